"""Occurrences of a weekly rule as tables (TRAPS 12).

Not instants: see test_moment.py.
"""

from __future__ import annotations

from datetime import date, datetime
from itertools import islice

import pytest
from dateutil.rrule import WEEKLY, rrule

from daemon.domain.cadence import RegularTime, SeriesRule, Step, first_wall, wall_text

FIRST, LAST = datetime.fromisoformat("2026-10-06T15:00"), datetime.fromisoformat("2031-10-06")
RULE = SeriesRule("2026-10-06T15:00", "Europe/Berlin", 30)


@pytest.mark.parametrize(
    ("weekday", "from_day", "expected"),
    [
        (1, date(2026, 10, 6), "2026-10-06T15:00"),
        (1, date(2026, 10, 7), "2026-10-13T15:00"),
        (0, date(2026, 12, 30), "2027-01-04T15:00"),
        (6, date(2027, 2, 27), "2027-02-28T15:00"),
    ],
)
def test_the_first_wall_clock_on_or_after_a_day(
    weekday: int, from_day: date, expected: str
) -> None:
    assert wall_text(first_wall(RegularTime(weekday, 15, 0), Step(weeks=1), from_day)) == expected


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("", ["2026-10-06T15:00", "2026-10-13T15:00"]),
        ("2026-10-05T15:00", ["2026-10-06T15:00", "2026-10-13T15:00"]),
        ("2026-10-06T15:00", ["2026-10-13T15:00", "2026-10-20T15:00"]),
        ("2026-10-06T14:59", ["2026-10-06T15:00", "2026-10-13T15:00"]),
        ("2026-10-12T23:00", ["2026-10-13T15:00", "2026-10-20T15:00"]),
        ("2026-10-13T15:00", ["2026-10-20T15:00", "2026-10-27T15:00"]),
    ],
)
def test_the_wall_clocks_later_than_one(after: str, expected: list[str]) -> None:
    assert [
        wall_text(wall)
        for wall in islice(RULE.walls(datetime.fromisoformat(after) if after else None), 2)
    ] == expected


def test_until_is_the_last_day_on_which_one_may_start() -> None:
    ends = SeriesRule("2026-10-06T15:00", "Europe/Berlin", 30, until=date(2026, 10, 20))
    assert [wall.day for wall in ends.walls()] == [6, 13, 20]
    assert list(ends.walls(datetime.fromisoformat("2026-10-20T15:00"))) == []


@pytest.mark.parametrize("interval", [1, 2, 3])
@pytest.mark.parametrize("week_start", [0, 6])
def test_trap_12_parity_holds_wherever_one_begins(interval: int, week_start: int) -> None:
    """Against another implementation of RFC 5545, for both week starts."""
    rule = SeriesRule("2026-10-06T15:00", "Europe/Berlin", 30, step=Step(weeks=interval))
    expected = list(
        rrule(WEEKLY, interval=interval, wkst=week_start, dtstart=FIRST, until=LAST)
    )  # fmt: skip
    assert list(islice(rule.walls(), len(expected))) == expected
    for known in expected[::7]:
        assert next(rule.walls(known)) == expected[expected.index(known) + 1 :][0]
