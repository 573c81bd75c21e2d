"""Which lines of a mail name somebody to be introduced to, in the five languages, and what is left of such a line.

Not what follows from it: tests/stories/test_introductions.py.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.mail.reading.introduced import introduced
from daemon.mail.reading.meaning import Meaning, understand

PRIYA = "Priya Rao, designs at Example Labs"


def read(text: str, language: str = "en") -> Meaning:
    """As a mentee's mail."""
    return understand(text, "Ana", "mentee", today=date(2026, 10, 12), language=language)


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "pt"])
@pytest.mark.parametrize(
    "mark",
    [
        *("INTRO:", "intro :", "- Intro:", "Introduction:", "introduce:", "Vorstellen:"),
        *("Mise en relation :", "Presentar:", "Poner en contacto:", "APRESENTAR:", "Pôr em contato:"),
    ],
)  # fmt: skip
def test_it_is_read_in_every_language_whatever_the_letters_are_in(mark: str, language: str) -> None:
    assert read(f"{mark} {PRIYA}", language) == Meaning(intros=(PRIYA,))


@pytest.mark.parametrize(
    "text",
    [
        "Could you introduce me to Priya Rao?",
        "INTRO",
        "The intro: it was too long",
        "My introduction is done: see the draft",
    ],
)
def test_a_word_in_a_sentence_is_no_mark(text: str) -> None:
    assert read(text).intros == ()


def test_beside_other_lines_each_is_what_it_is() -> None:
    found = read(
        f"DONE a\nWe spoke about it.\nintro: {PRIYA}\ntodo: send it\nintro: Bob Ode\nprivate: x"
    )
    assert found.intros == (PRIYA, "Bob Ode")
    assert [said.word for said in found.said] == ["done"]
    assert (found.text, found.todos, found.private) == (
        "We spoke about it.",
        (("mentee", "send it"),),
        "x",
    )


def test_a_line_that_the_mail_program_wrapped_goes_on() -> None:
    wrapped = "intro: Priya Rao, who designs the instruments of the telescopes\nat Example Labs\n\nThanks!"
    assert read(wrapped).intros == (
        "Priya Rao, who designs the instruments of the telescopes at Example Labs",
    )


def test_below_private_it_is_private_and_it_can_look_as_if_it_were_meant_for_few() -> None:
    assert read(f"private: intro: {PRIYA}") == Meaning(private=f"intro: {PRIYA}")
    assert read("intro: Priya, I need another mentor").confidential


@pytest.mark.parametrize(
    ("written", "left"),
    [
        (f"Priya Rao <priya@labs.example.com>{PRIYA[9:]}", PRIYA),
        ("Priya Rao (priya.rao+x@labs.example.com), designs at Example Labs", PRIYA),
        ("priya@labs.example.com, Priya Rao, designs at Example Labs", PRIYA),
        ("Priya Rao, mailto:priya@labs.example.com, designs at Example Labs", PRIYA),
        ("Priya Rao, designs at Example Labs, +49 (30) 123-45 67", PRIYA),
        ("Priya Rao, designs at Example Labs: 030/1234567", PRIYA),
        ("Priya Rao, met in 2024, 2 talks", "Priya Rao, met in 2024, 2 talks"),
        ("priya@labs.example.com", ""),
        ("<priya@labs.example.com>, +49 30 1234567", ""),
    ],
)
def test_addresses_and_telephone_numbers_are_left_out(written: str, left: str) -> None:
    assert introduced(written) == left
