"""The day that a goal names, as a table: one that is to come, or none.

Not the dates of commands: test_dates.py.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.mail.reading.meaning import understand
from daemon.mail.reading.targets import target_of

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("goal", "language", "day"),
    [
        ("CV done by 15 March", "en", date(2027, 3, 15)),
        ("CV done by March 15, whatever comes", "en", date(2027, 3, 15)),
        ("the CV, by the end of January", "en", date(2027, 1, 31)),
        ("by 2027-02-01 three drafts", "en", date(2027, 2, 1)),
        ("ten pages by 1 December, read by 3 people", "en", date(2026, 12, 1)),
        ("Lebenslauf bis zum 15. März", "de", date(2027, 3, 15)),
        ("Lebenslauf bis 3.12.", "de", date(2026, 12, 3)),
        ("um rascunho até 15 de janeiro", "pt", date(2027, 1, 15)),
        ("CV done by 15 March", "pt", date(2027, 3, 15)),
        ("CV done by 15 March", "it", date(2027, 3, 15)),  # a language that nobody reads
        ("read 20 papers", "en", None),
        ("talk on 3 March, report by 15 March", "en", None),
        ("CV by 3/12", "en", None),
        ("what I began on 28 November 2026", "en", None),
        ("in office on 1 May 2035", "en", None),
        ("", "en", None),
    ],
)
def test_one_day_ahead_or_none(goal: str, language: str, day: date | None) -> None:
    assert target_of(goal, language, TODAY) == day


def test_each_goal_of_a_mail_brings_its_own_day() -> None:
    said = understand(
        "goal: CV by 15 March\ngoal: a place\nZiel: Vortrag am 1 May", "Ana", "mentee", today=TODAY
    )
    assert said.goals == ("CV by 15 March", "a place", "Vortrag am 1 May")
    assert said.targets == (date(2027, 3, 15), None, date(2027, 5, 1))
