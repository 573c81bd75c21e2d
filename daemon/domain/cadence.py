"""Cadence: how often a pair meets, as wall clocks and never as instants.

Not a calendar event and not the choice of a time: zone rules and busy times are nobody's business here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import count

from msgspec import Struct

from daemon.domain.value import replace

WEEK = timedelta(days=7)


class RegularTime(Struct, frozen=True, omit_defaults=True):
    """A wall-clock time on one weekday (0 is Monday), in the pairing's anchor zone.

    `nth` says which such weekday of the month, 1 to 4, or −1 for the last; 0 where weeks are counted.
    """

    weekday: int
    hour: int
    minute: int
    nth: int = 0


class Step(Struct, frozen=True, omit_defaults=True):
    """The way from one occurrence to the next: whole weeks, or whole months on the same weekday.

    `nth` says which such weekday of the month, 1 to 4, or −1 for the last; 0 with weeks. There is no
    fifth, because not every month has one (a bare day of the month would skip short months, TRAPS 11).
    """

    weeks: int = 0
    months: int = 0
    nth: int = 0

    @property
    def length(self) -> timedelta:
        """About how long it is; a month counts 30 days."""
        return timedelta(weeks=self.weeks, days=30 * self.months)

    def wall(self, first: datetime, number: int) -> datetime:
        """The wall clock of the occurrence with that number; `first` has number 0."""
        if self.weeks:
            return first + number * self.weeks * WEEK
        year, month = divmod(first.year * 12 + first.month - 1 + number * self.months, 12)
        day = weekday_of_month(year, month + 1, first.weekday(), self.nth)
        return datetime.combine(day, first.time())

    def number(self, first: datetime, wall: datetime) -> int:
        """The number of the last occurrence that is not later than `wall`; −1 and below before the first."""
        if self.weeks:
            return (wall - first) // (self.weeks * WEEK)
        months = (wall.year - first.year) * 12 + wall.month - first.month
        number = months // self.months
        return number if self.wall(first, number) <= wall else number - 1

    def on(self, day: date) -> Step:
        """The same step for a series that begins that day. The last one stays the last where it can."""
        if not self.months or (self.nth == -1 and (day + WEEK).month != day.month):
            return self
        return replace(self, nth=nth_of(day))


def weekday_of_month(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth such weekday of a month; −1 is the last one."""
    if nth > 0:
        begins = date(year, month, 1)
        return begins + timedelta(days=(weekday - begins.weekday()) % 7 + 7 * (nth - 1))
    ends = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return ends - timedelta(days=(ends.weekday() - weekday) % 7)


def nth_of(day: date) -> int:
    """Which of its weekday in its month a day is, 1 to 4; a fifth is called the last."""
    nth = (day.day - 1) // 7 + 1
    return nth if nth < 5 else -1


class Cadence(Struct, frozen=True, omit_defaults=True):
    """How often a pair meets: on and on, a step apart; or so many `sessions` inside `within_days`."""

    step: Step = Step(weeks=1)
    sessions: int = 0
    within_days: int = 0

    @property
    def finite(self) -> bool:
        """Whether it is a plan of single sessions, without a series."""
        return self.sessions > 0


class SeriesRule(Struct, frozen=True, omit_defaults=True):
    """A recurrence in wall-clock terms (RFC 5545 RRULE with a TZID).

    `first` is the wall-clock start of the first occurrence, `until` the last local date on which an
    occurrence may start, None for open-ended. `gaps` are cancelled occurrences (EXDATE), as wall clock.
    """

    first: str
    zone: str
    length_minutes: int
    step: Step = Step(weeks=1)
    until: date | None = None
    gaps: tuple[str, ...] = ()

    @property
    def begins(self) -> datetime:
        """The wall clock of the first occurrence."""
        return datetime.fromisoformat(self.first)

    def number(self, wall: datetime) -> int:
        """The number of the last occurrence that is not later than `wall`, whatever `until` says."""
        return self.step.number(self.begins, wall)

    def wall(self, number: int) -> datetime:
        """The wall clock of the occurrence with that number, whatever `until` says."""
        return self.step.wall(self.begins, number)

    def walls(self, after: datetime | None = None) -> Iterator[datetime]:
        """Every wall-clock start, gaps included, later than `after`. It jumps there: the age of a series
        costs nothing."""
        first = self.begins
        for number in count(0 if after is None else max(0, self.step.number(first, after) + 1)):
            wall = self.step.wall(first, number)
            if self.until is not None and wall.date() > self.until:
                return
            yield wall

    def has(self, wall: datetime) -> bool:
        """Whether it makes an occurrence then, gaps not counted."""
        if wall.tzinfo is not None or (self.until is not None and wall.date() > self.until):
            return False
        first = self.begins
        number = self.step.number(first, wall)
        return number >= 0 and self.step.wall(first, number) == wall


def wall_text(wall: datetime) -> str:
    """A wall clock as it stands in origins and recurrence ids: `2026-12-01T10:00`."""
    return wall.isoformat(timespec="minutes")


def first_wall(at: RegularTime, step: Step, from_day: date) -> datetime:
    """The first wall-clock start of a regular time on or after a local day; the step says which weekday
    of the month it is, so that the series begins with an occurrence of its own."""
    clock = time(at.hour, at.minute)
    if not step.months:
        return datetime.combine(from_day + timedelta((at.weekday - from_day.weekday()) % 7), clock)
    for ahead in (0, 1):
        year, month = divmod(from_day.year * 12 + from_day.month - 1 + ahead, 12)
        day = weekday_of_month(year, month + 1, at.weekday, step.nth)
        if day >= from_day:
            return datetime.combine(day, clock)
    raise AssertionError("one month after another has such a weekday")
