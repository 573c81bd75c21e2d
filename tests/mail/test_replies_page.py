"""docs/replies.md: every word that stands there is read as the command beside it, in its own language and in English.

Not how well people's own sentences are read: tests/corpus measures that.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from daemon.mail.reading.meaning import understand

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "replies.md").read_text(encoding="utf-8")
CODES = ("en", "de", "fr", "es", "pt")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| ") and line.count("|") == 8
][1:]
WORDS = [
    (row[0], code, word)
    for row in ROWS
    for code, cell in zip(CODES, row[1:6], strict=True)
    for word in re.findall(r"`([^`]+)`", cell)
]
TODAY = date(2026, 10, 12)


@pytest.mark.parametrize("language", ["its own", "en"])
@pytest.mark.parametrize(("command", "code", "word"), WORDS)
def test_each_word_is_read_as_its_command(
    command: str, code: str, word: str, language: str
) -> None:
    read_in = code if language == "its own" else language
    found = understand(word, "Ana", "mentee", "Ben Das", today=TODAY, language=read_in)
    assert [each.word for each in found.said] == [command]


def test_the_page_has_every_command_in_every_language() -> None:
    assert len(ROWS) == 25
    assert {(command, code) for command, code, _ in WORDS} == {
        (row[0], code) for row in ROWS for code in CODES
    }


def test_the_openings_sort_the_lines_of_a_note() -> None:
    openings = re.findall(r"^\| `([^`]+:[^`]+)` \|", PAGE, re.MULTILINE)
    found = understand("\n".join(openings), "Ana", "mentee", "Ben Das", today=TODAY)
    assert found.private == "not for Ana yet"
    assert found.private_next == "ask about Rome"
    assert found.themes_out == ("money",)
    assert found.todos == (("mentee", "send the CV"), ("mentor", "ask Priya"))
    assert found.intros == ("Priya Rao, designs at Example Labs",)
    assert found.chances == ("summer schools in astronomy",)
