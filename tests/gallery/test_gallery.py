"""The pages of letters are up to date, show every letter of the fixtures, and what presets change.

Not the letters themselves: tests/test_letters.py judges their words, tests/web/test_letters_in_browser.py their looks.
"""

from __future__ import annotations

import pytest

from daemon.mail.fixtures import FIXTURES
from daemon.settings.presets import PRESETS
from tests.gallery.lives import made_by
from tests.gallery.moments import WHEN
from tests.gallery.page import LANGUAGES, TEMPLATES, document, escaped, path_of, quoted

BYTES_MAX = 400_000
"""GitHub shows no more than half a megabyte of a page."""
SEEN = {
    "koss": {"prep-mentee", "prep-mentor"},
    "practical": {"prep-mentee", "prep-mentor", "check"},
    "wealljs": {"agreement", "goals", "goal-review", "halfway", "notes", "check", "extend"},
    "ctan": {"agreement", "proposal-mentor", "goals", "halfway", "prep-mentee", "follow-up"},
    "km": {"agreement", "chemistry", "check", "assess", "extend", "prep-mentee"},
}
"""What each preset is known for."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_up_to_date(language: str) -> None:
    """docs/gallery.md and docs/gallery.pt-BR.md."""
    path = path_of(language)
    text = document(language)
    assert path.read_text(encoding="utf-8") == text, (
        f"run: python -m tests.gallery {language} > docs/{path.name}"
    )
    assert len(text.encode()) < BYTES_MAX


def test_there_is_a_page_for_every_language() -> None:
    assert set(LANGUAGES) == TEMPLATES.languages()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_of_the_fixtures_is_on_the_page(language: str) -> None:
    page = path_of(language).read_text(encoding="utf-8")
    for touchpoint in TEMPLATES.touchpoints(language):
        (part,) = [each for each in page.split("\n## ") if each.startswith(f"`{touchpoint}`\n")]
        for fixture in FIXTURES[touchpoint]:
            assert f"**{fixture.name}**, to " in part
            text = TEMPLATES.render(touchpoint, language, fixture.context()).text
            assert quoted(text.strip().split("\n\n")[:1]).strip() in part


def test_moments_are_those_of_letters() -> None:
    assert WHEN.keys() <= FIXTURES.keys()


@pytest.mark.parametrize("preset", PRESETS)
def test_the_letters_that_a_preset_is_known_for_are_found(preset: str) -> None:
    assert {came.read.touchpoint for came in made_by(preset, "en")} >= SEEN[preset]


def test_nothing_in_a_letter_means_anything_to_markdown() -> None:
    assert escaped("| *a* <b> [c](d) `e` #f _g_ ~h~") == (
        r"\| \*a\* \<b\> \[c\](d) \`e\` \#f \_g\_ \~h\~"
    )
    assert quoted(["a\nb", "c"]) == "> a\\\n> b\n>\n> c\n"
