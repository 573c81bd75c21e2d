"""Which lines of a mail are a chance, in the five languages.

Not what follows from it: tests/stories/test_chances.py.
"""

from __future__ import annotations

import pytest

from daemon.mail.reading.meaning import Meaning
from tests.mail.test_introduced import read

SCHOOLS = "summer schools in astronomy"


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "pt"])
@pytest.mark.parametrize(
    "mark",
    [
        *("CHANCE:", "chance :", "- Chance:", "Opportunity:", "Gelegenheit:", "Opportunité :"),
        *("Oportunidad:", "OPORTUNIDADE:"),
    ],
)
def test_it_is_read_in_every_language_whatever_the_letters_are_in(mark: str, language: str) -> None:
    assert read(f"{mark} {SCHOOLS}", language) == Meaning(chances=(SCHOOLS,))


@pytest.mark.parametrize(
    "text", ["A chance for me?", "CHANCE", "My chance: it is small", "chance:"]
)
def test_a_word_in_a_sentence_or_alone_is_no_mark(text: str) -> None:
    assert read(text).chances == ()


def test_beside_other_lines_each_is_what_it_is_and_a_wrapped_one_goes_on() -> None:
    found = read(
        f"DONE a\nWe spoke.\nchance: {SCHOOLS}, and whatever else there is for people\nof my year"
        "\ngoal: a draft\nintro: Bob Ode\nprivate: x"
    )
    assert found.chances == (f"{SCHOOLS}, and whatever else there is for people of my year",)
    assert (found.goals, found.intros, found.private) == (("a draft",), ("Bob Ode",), "x")
    assert found.text == "We spoke."


def test_below_private_it_is_private_and_it_can_look_as_if_it_were_meant_for_few() -> None:
    assert read(f"private: chance: {SCHOOLS}") == Meaning(private=f"chance: {SCHOOLS}")
    assert read("chance: another mentor").confidential
