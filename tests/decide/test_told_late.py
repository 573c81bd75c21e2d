"""When a new time is told that the calendar, or a machine that was off, has kept until late, as a table (RULES 8).

Not when it is told otherwise: that is in test_told.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from daemon.decide.told import moved
from tests.decide.letters_cast import at, turn_at
from tests.decide.pair_cast import DAY, letters, meeting
from tests.stories.people import moment

NIGHT = moment("Tue 13 Oct 23:00 Berlin")


@pytest.mark.parametrize(
    ("start", "ana"),
    [
        ("Fri 16 Oct 11:00 Berlin", "Wed 14 Oct 07:00 Berlin"),
        ("Wed 14 Oct 09:30 Berlin", "Wed 14 Oct 07:00 Berlin"),
        ("Wed 14 Oct 08:00 Berlin", "Wed 14 Oct 06:00 Berlin"),  # two hours before
        ("Wed 14 Oct 00:30 Berlin", "Tue 13 Oct 23:00 Berlin"),
    ],
)
def test_in_the_morning_or_two_hours_before_it(start: str, ana: str) -> None:
    """It was settled two days ago, in good time."""
    known = at(start, moved_at=NIGHT - 2 * DAY, changed_at=NIGHT - 2 * DAY, moved_by="program")

    def heard(now: Any) -> list[str]:
        turn = turn_at(now, meetings=(known, meeting(20)))
        moved(turn, known)
        return [each.change.person for each in letters(turn)]

    due = moment(ana)
    assert "ana" in heard(due)
    assert due == NIGHT or "ana" not in heard(NIGHT)
