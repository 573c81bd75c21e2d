"""docs/gallery.md and docs/gallery.pt-BR.md: every letter as it is sent, every way it can come out, and what presets change.

Not the HTML parts: tests/web/test_letters_in_browser.py looks at those in a browser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from daemon.domain.people import Role
from daemon.mail.fixtures import FIXTURES, Fixture
from daemon.mail.render import Rendering, Templates
from daemon.settings.presets import PRESETS
from tests.gallery.lives import made_by
from tests.gallery.moments import WHEN

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"
TEMPLATES = Templates([DOCS.parent / "templates"])
LANGUAGES = {"en": "English", "pt-BR": "Brazilian Portuguese"}
HEAD = """\
# The gallery: every letter in {name}

<!-- Made by `python -m tests.gallery {language} > docs/{file}`; a test fails when it is out of date. -->

The text of each letter as it is sent, made from the samples of daemon/mail: Ana is the mentor, in Berlin; Ben the mentee, in
Kolkata; Maya is who helps. The first way a letter can come out stands whole; of the others what is new, with … for what they
share with those above. The HTML part says the same words, and is looked at in a browser at four widths, by day and by
night. Here in {others}.
"""
PRESET = """\
## What the preset `{preset}` changes

What comes in the life of a pair under it that would not come, or would read otherwise, in a program that sets nothing but
the same rhythm. One letter of each shape, in the order in which they came.
"""
SAME = "…"


def path_of(language: str) -> Path:
    """Where the page of a language is."""
    return DOCS / ("gallery.md" if language == "en" else f"gallery.{language}.md")


def document(language: str) -> str:
    """The page."""
    others = ", ".join(
        f"[{name}]({path_of(each).name})" for each, name in LANGUAGES.items() if each != language
    )
    head = HEAD.format(
        name=LANGUAGES[language], language=language, file=path_of(language).name, others=others
    )
    letters = TEMPLATES.touchpoints(language)
    parts = [head, *(_letter(each, language) for each in FIXTURES if each in letters)]
    parts += [_preset(each, language) for each in PRESETS]
    return "\n".join(parts)


def _letter(touchpoint: str, language: str) -> str:
    """All ways in which one letter can come out."""
    parts, seen = [f"## `{touchpoint}`\n"], set[str]()
    if touchpoint in WHEN:
        parts.append(f"{WHEN[touchpoint]}\n")
    for number, fixture in enumerate(FIXTURES[touchpoint]):
        rendering = TEMPLATES.render(touchpoint, language, fixture.context())
        paragraphs = rendering.text.strip().split("\n\n")
        shown = paragraphs if number == 0 else _new(paragraphs, seen)
        seen.update(paragraphs)
        parts.append(f"**{fixture.name}**, {_to(fixture, rendering)}\n")
        parts.append(quoted(shown))
    return "\n".join(parts)


def _to(fixture: Fixture, rendering: Rendering) -> str:
    reader, partner = fixture.people()
    return f"to {whom(reader.first, fixture.role if partner or reader.id != 'contact' else None)}: “{escaped(rendering.subject)}”"


def whom(first: str, role: Role | None) -> str:
    """`Ana, the mentor`; of Maya only the name."""
    return f"{first}, the {role}" if role else first


def _new(paragraphs: Iterable[str], seen: set[str]) -> list[str]:
    """Those that no letter above had; each run of others is one sign."""
    shown: list[str] = []
    for each in paragraphs:
        if each not in seen:
            shown.append(each)
        elif shown[-1:] != [SAME]:
            shown.append(SAME)
    return shown


def _preset(preset: str, language: str) -> str:
    parts = [PRESET.format(preset=preset)]
    for came in made_by(preset, language):
        parts.append(
            f"**`{came.read.touchpoint}`**, to {whom(came.to, came.role)}, {came.read.at}:\n"
        )
        parts.append(quoted(came.read.text.strip().split("\n\n")))
    return "\n".join(parts)


def quoted(paragraphs: Iterable[str]) -> str:
    """As Markdown that shows these lines and nothing else."""
    blocks = ("\\\n> ".join(_lines(paragraph)) for paragraph in paragraphs)
    return "> " + "\n>\n> ".join(blocks) + "\n"


def _lines(paragraph: str) -> Iterator[str]:
    return (escaped(line.rstrip()) for line in paragraph.split("\n"))


def escaped(line: str) -> str:
    """No sign of it means anything to Markdown."""
    return re.sub(r"([\\`*_\[\]<>#|~])", r"\\\1", line)
