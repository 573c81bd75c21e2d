"""Moments: the only place where a rule compares an instant with the present.

Not a clock: `now` is given, and every moment that was not reached yet is remembered, so that a plan
knows by itself when it must be decided again (`wake_at`).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple

from daemon.domain.people import Person
from daemon.domain.program import Program

STRETCHES_MOST = 4
"""So many stretches of quiet hours follow each other at most: of two, each once, and once more over midnight. The files are
refused where none of the day were left (daemon/settings/against_hours.py)."""


class Watch:
    """Compares moments with `now` and remembers the earliest one that is still to come."""

    __slots__ = ("now", "wake_at")

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.wake_at: datetime | None = None

    def reached(self, moment: datetime) -> bool:
        """True from that moment on; before it, the plan is woken then."""
        if moment <= self.now:
            return True
        if self.wake_at is None or moment < self.wake_at:
            self.wake_at = moment
        return False


def instant(wall: datetime, zone: tzinfo) -> datetime:
    """The UTC instant of a naive wall clock in a zone.

    In the gap of a clock change the offset before it counts, so the shown hour shifts forward; in the
    overlap the first of the two counts (RFC 5545 section 3.3.5; TRAPS 2, 3).
    """
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


@lru_cache(maxsize=16_384)
def at_minute(day: date, minute: int, zone: tzinfo) -> datetime:
    """The instant of a minute of a local day; 24:00 is the next midnight."""
    wall = datetime.combine(day + timedelta(days=minute // 1440), time(0)) + timedelta(
        minutes=minute % 1440
    )
    return instant(wall, zone)


def local_day(moment: datetime, zone: tzinfo) -> date:
    """The local date of an instant."""
    return moment.astimezone(zone).date()


class Quiet(NamedTuple):
    """When somebody is not to be written to: minutes after local midnight of their zone; never, where both are the same.
    `also` is a second such stretch."""

    zone: tzinfo
    from_minute: int
    to_minute: int
    also: tuple[int, int] | None = None


def quiet_hours(person: Person, zone: tzinfo, program: Program) -> Quiet:
    """Those of a person, where people.yaml has some, and those that the pair has agreed on; else the program's. Of a person's
    and the pair's both count, so the tighter one wins."""
    own, agreed = person.quiet, program.of_pair.quiet
    begins, ends = own or agreed or (program.quiet_from_minute, program.quiet_to_minute)
    return Quiet(zone, begins, ends, agreed if own and agreed != own else None)


def full_hour(moment: datetime, zone: tzinfo) -> datetime:
    """The first full hour of a zone's clocks, not before this moment."""
    local = moment.astimezone(zone)
    past = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return moment + (timedelta(hours=1) - past if past else past)


def quiet(moment: datetime, hours: Quiet) -> bool:
    """Whether the moment lies in these hours."""
    return _stretch_at(moment, hours) is not None


def _stretch_at(moment: datetime, hours: Quiet) -> tuple[int, int] | None:
    """The stretch of them in which the moment lies."""
    local = moment.astimezone(hours.zone)
    minute = local.hour * 60 + local.minute
    if _holds(minute, hours.from_minute, hours.to_minute):
        return hours.from_minute, hours.to_minute
    return hours.also if hours.also and _holds(minute, *hours.also) else None


def _holds(minute: int, start: int, end: int) -> bool:
    if start == end:
        return False
    return start <= minute < end if start < end else minute >= start or minute < end


def speakable(moment: datetime, hours: Quiet) -> datetime:
    """The first moment, not before this one, that is outside quiet hours."""
    for _ in range(STRETCHES_MOST):
        stretch = _stretch_at(moment, hours)
        if stretch is None:
            break
        day = local_day(moment, hours.zone)
        end = at_minute(day, stretch[1], hours.zone)
        after = at_minute(day + timedelta(days=1), stretch[1], hours.zone)
        moment = end if end > moment else after
    return moment


def speakable_before(moment: datetime, hours: Quiet) -> datetime:
    """The last moment, not after this one, that is outside quiet hours."""
    for _ in range(STRETCHES_MOST):
        stretch = _stretch_at(moment, hours)
        if stretch is None:
            break
        day = local_day(moment, hours.zone)
        start = at_minute(day, stretch[0], hours.zone)
        if start > moment:
            start = at_minute(day - timedelta(days=1), stretch[0], hours.zone)
        moment = start - timedelta(minutes=1)
    return moment


def speakable_to_all(moment: datetime, each_hours: tuple[Quiet, ...]) -> datetime:
    """The first moment that is outside the quiet hours of everybody, within two days; else the first that is outside those of
    the first of them (far zones may share no waking hour)."""
    found = moment
    while found < moment + timedelta(days=2):
        later = found
        for hours in each_hours:
            later = speakable(later, hours)
        if later == found:
            return found
        found = later
    return speakable(moment, each_hours[0])


def same_clock(zone: tzinfo, other: tzinfo, now: datetime) -> bool:
    """Whether two zones show the same time on every day of the coming year."""
    days = (now + timedelta(days=number) for number in range(366))
    return all(at.astimezone(zone).utcoffset() == at.astimezone(other).utcoffset() for at in days)
