"""What is allowed in answer to the letter that asks what a new mentor may read: the letters named, ALL, NOTHING, or not sure.

Not what follows from it: tests/stories/test_handover.py.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.domain.observation import Said
from daemon.mail.reading.in_words import in_words
from daemon.mail.reading.meaning import Meaning, understand

TODAY = date(2026, 10, 14)


def read(
    text: str, name: str = "Ben Das", language: str = "en", letter: str = "handover"
) -> Meaning:
    """As an answer to that letter."""
    return understand(
        text, "Dan", "mentee", own_name=name, today=TODAY, language=language, letter=letter
    )


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("a c", ("a", "c")),
        ("A, C", ("a", "c")),
        ("a and c please", ("a", "c")),
        ("a\nc", ("a", "c")),
        ("a e c", ("a", "c")),  # Portuguese: no line is called e
        ("nur b und d", ("b", "d")),
        ("Hi,\n\na c\n\nThanks,\nBen", ("a", "c")),
        ("b", ("b",)),  # so might Ben sign
        ("ALL", ("*",)),
        ("Tudo, por favor", ("*",)),
        ("alles", ("*",)),
        ("NOTHING", ()),
        ("nada", ()),
        ("No", ()),
        ("rien", ()),
    ],
)
def test_what_is_allowed(text: str, letters: tuple[str, ...]) -> None:
    found = read(text)
    assert [(each.word, each.letters) for each in found.said] == [("allow", letters)]
    assert found.text == ""


@pytest.mark.parametrize(
    "text",
    [
        "all but b",
        "not a",
        "a c\nB",
        "a because it is about Rome",
        "yes",
        "everything except the note",
        "abc",
        "DONE a",
    ],
)
def test_what_is_not_sure_allows_nothing(text: str) -> None:
    assert "allow" not in [each.word for each in read(text).said]


@pytest.mark.parametrize("text", ["a c", "ALL", "NOTHING"])
@pytest.mark.parametrize("letter", ["notes", "prep-mentee", ""])
def test_to_other_letters_it_says_nothing_of_the_kind(text: str, letter: str) -> None:
    assert "allow" not in [each.word for each in read(text, letter=letter).said]


@pytest.mark.parametrize(
    ("letters", "words"),
    [
        (("a", "c"), "may be read: a and c"),
        (("*",), "may be read: everything"),
        ((), "may be read: nothing"),
    ],
)
def test_in_words(letters: tuple[str, ...], words: str) -> None:
    assert in_words(Said("allow", letters=letters)) == words
