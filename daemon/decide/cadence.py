"""Cadence: at which wall-clock times the occurrences of a series lie.

Not instants: a wall clock becomes an instant only together with the zone rules of the day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from daemon.domain.meeting import SeriesRule
from daemon.domain.people import WeeklyTime

STEP = timedelta(days=7)
"""One step of the weekly cadence."""


def wall_text(wall: datetime) -> str:
    """A wall clock as it stands in origins and recurrence ids."""
    return wall.strftime("%Y-%m-%dT%H:%M")


def first_wall(at: WeeklyTime, from_day: date) -> datetime:
    """The first wall-clock start on or after a local day."""
    ahead = (at.weekday - from_day.weekday()) % 7
    return datetime.combine(from_day + timedelta(days=ahead), time(at.hour, at.minute))


def walls(rule: SeriesRule, after: str = "") -> Iterator[datetime]:
    """Every wall-clock start of the rule, gaps included, later than the wall clock `after`."""
    wall = datetime.fromisoformat(rule.first)
    step = timedelta(weeks=rule.interval_weeks)
    if after:
        behind = datetime.fromisoformat(after) - wall
        if behind >= timedelta(0):
            wall += step * (behind // step + 1)
    while rule.until is None or wall.date() <= rule.until:
        yield wall
        wall += step
