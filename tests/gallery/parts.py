"""The HTML part of every letter of the gallery, by name: each fixture in each language, and what presets send.

Not the page: page.py shows the text parts.
"""

from __future__ import annotations

from collections.abc import Iterator

from daemon.mail.fixtures import FIXTURES
from daemon.settings.presets import PRESETS
from tests.gallery.lives import made_by
from tests.gallery.page import LANGUAGES, TEMPLATES


def html_parts() -> dict[str, str]:
    """Each by a name that is found again on the page."""
    return dict([*_of_fixtures(), *_of_presets()])


def _of_fixtures() -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        for touchpoint in TEMPLATES.touchpoints(language):
            for number, fixture in enumerate(FIXTURES[touchpoint]):
                name = f"{language} {touchpoint} {number}: {fixture.name}"
                yield name, TEMPLATES.render(touchpoint, language, fixture.context()).html


def _of_presets() -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        for preset in PRESETS:
            for number, came in enumerate(made_by(preset, language)):
                yield f"{language} {preset} {number}: {came.read.touchpoint}", came.html
