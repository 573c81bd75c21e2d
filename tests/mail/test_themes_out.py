"""Which lines of a mail leave themes out, in the five languages, and that they are words for nobody.

Not what follows from it: tests/stories/test_out_of_bounds.py.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.mail.reading.meaning import Meaning, understand


def read(text: str, language: str = "en") -> Meaning:
    """As a mentee's mail."""
    return understand(text, "Ana", "mentee", today=date(2026, 10, 12), language=language)


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "pt"])
@pytest.mark.parametrize(
    "mark",
    [
        *("LEAVE OUT:", "leave out :", "- Leave out:", "Topics out:", "off limits:", "Ausklammern:"),
        *("Sujets à éviter :", "Dejar fuera:", "DEIXAR DE FORA:", "Temas fora:", "tabu:"),
    ],
)  # fmt: skip
def test_it_is_read_in_every_language_whatever_the_letters_are_in(mark: str, language: str) -> None:
    assert read(f"{mark} money", language) == Meaning(themes_out=("money",))


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("leave out: money, my family; faith.", ("money", "my family", "faith")),
        ("“leave out: money”", ("money",)),
        ('"leave out: money"', ("money",)),
        ("leave out:\n- money\n- my family\n\nThanks!", ("money", "my family")),
        ("leave out:\nmoney", ("money",)),
        ("leave out: money\nleave out: Money\nleave out: money", ("money", "Money")),
        ("leave out: a, b, c, d, e, f, g", ("a", "b", "c", "d", "e")),
        (f"leave out: {'x' * 90}", ("x" * 60,)),
        ("leave out:", ()),
    ],
)
def test_what_it_names(text: str, themes: tuple[str, ...]) -> None:
    found = read(text)
    assert found.themes_out == themes
    assert found.text in ("", "Thanks!")


@pytest.mark.parametrize(
    "text", ["We should leave out: the last part", "Please leave money out of it."]
)
def test_a_word_in_a_sentence_is_no_mark(text: str) -> None:
    assert read(text).themes_out == ()


def test_it_stands_beside_a_command_and_words_and_is_in_none_of_them() -> None:
    agreed = read("AGREE\nleave out: money")
    assert ([each.word for each in agreed.said], agreed.themes_out) == (["yes"], ("money",))
    found = read("leave out: my divorce\nI would like to talk about Rome.")
    assert (found.text, found.private, found.confidential) == (
        "I would like to talk about Rome.", "", False,
    )  # fmt: skip
    assert read("SKIP").said[0].word == "skip", "without a colon it is what it was"
    assert read("leave it out").said[0].word == "skip"
