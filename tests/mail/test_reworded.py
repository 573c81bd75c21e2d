"""A figure of a report in the words of a language pack, and why no chain of it can grow.

Not the letters that tell figures: tests/mail/test_language_packs.py.
"""

import pytest
from jinja2.exceptions import SecurityError

from daemon.mail.sandbox import environment

TABLE = [
    ("12 of 40", "12 de 40"),
    ("none", "nenhum"),
    ("too few to say", "poucos para dizer"),
    ("2 hours of waking time", "2 horas de tempo acordado"),
    ("7", "7"),
]
WORDS = {
    " of ": " de ",
    "none": "nenhum",
    "too few to say": "poucos para dizer",
    "hours of waking time": "horas de tempo acordado",
}


@pytest.mark.parametrize(("figure", "told"), TABLE)
def test_a_figure_is_told_in_other_words(figure: str, told: str) -> None:
    assert environment().filters["reworded"](figure, WORDS) == told


def test_trap_78_a_chain_of_it_builds_no_huge_text() -> None:
    reworded = environment().filters["reworded"]
    text = "a"
    with pytest.raises(SecurityError, match="at most 400 characters"):
        for _ in range(10):
            text = reworded(text, {"a": "aaaaaaaaaa"})
    assert len(text) == 100
