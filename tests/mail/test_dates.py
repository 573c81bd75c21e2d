"""Days in a command, as a table: what is named is read, and what is not is never guessed.

Not about which lines are commands: tests/mail/test_meaning.py.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.mail.reading.dates import stretch_at
from daemon.mail.reading.lexicon import clause_of, lexicon

TODAY = date(2026, 11, 28)
TENTH, LAST = date(2026, 12, 10), date(2026, 12, 24)

STRETCHES = [
    ("10–24 Dec", (TENTH, LAST)),
    ("10-24 December", (TENTH, LAST)),
    ("from 10 to 24 Dec.", (TENTH, LAST)),
    ("Dec 10-24", (TENTH, LAST)),
    ("December 10th to 24th", (TENTH, LAST)),
    ("10 Dec till 24 Dec", (TENTH, LAST)),
    ("10 Dec", (TENTH, TENTH)),
    ("on 10th of December", (TENTH, TENTH)),
    ("2026-12-10", (TENTH, TENTH)),
    ("2026-12-10 to 2026-12-24", (TENTH, LAST)),
    ("2026-12-10 - 2026-12-24", (TENTH, LAST)),
    ("from 2026-12-10–2026-12-24", (TENTH, LAST)),
    ("28 Dec - 3 Jan", (date(2026, 12, 28), date(2027, 1, 3))),
    ("28 Dec 2026 – 3 Jan 2027", (date(2026, 12, 28), date(2027, 1, 3))),
    ("20 Nov - 5 Dec", (date(2026, 11, 20), date(2026, 12, 5))),  # begun already
    ("1-5 Nov", (date(2027, 11, 1), date(2027, 11, 5))),  # long past: of next year
]


def stretch(text: str) -> tuple[date, date] | None:
    """The first and last day, where the text is nothing else."""
    clause = clause_of(text)
    found = stretch_at(clause, lexicon("en"), 0, TODAY)
    return found[0] if found and found[1] == len(clause) else None


@pytest.mark.parametrize(("text", "days"), STRETCHES, ids=[text for text, _ in STRETCHES])
def test_a_stretch_of_days(text: str, days: tuple[date, date]) -> None:
    assert stretch(text) == days


@pytest.mark.parametrize(
    "text",
    [
        *("", "next week", "31 Feb", "10.12.", "12/10", "24 Dec-", "Monday", "10", "10 to 24"),
        *("24-10 Dec", "Dec 24-10", "2026-12-24 to 2026-12-10", "2026-13-01 to 2026-13-05"),
    ],
)
def test_anything_else_is_no_date(text: str) -> None:
    assert stretch(text) is None
