"""Whether a regular time lies inside the working hours of both, over a year of clock changes.

Not free time: nobody's calendar is known here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from daemon.domain.cadence import RegularTime, Step, first_wall
from daemon.domain.people import Hours, Line, Person
from daemon.settings.calendar_kinds import DAYS, WorkingHours, day_in_words

WEEKS = 53
# Where neither start nor end is given. Any year will do, and a fixed one keeps the answer the same.
_SOME_MONDAY = date(2026, 1, 5)


@dataclass(frozen=True, slots=True)
class There:
    """When somebody is there: what decides, whoever it is. Many people of a roster share it."""

    zone: str
    hours: tuple[Hours, ...]
    blackout: tuple[Hours, ...]


def there(person: Person) -> There:
    """When that person is there."""
    return There(person.zone, person.hours, person.blackout)


def unsuited(line: Line) -> list[str]:
    """For each person whose hours the regular time leaves: at what local time, on which first date."""
    if line.at is None or line.cadence.finite:
        return []
    first, length = first_day(line), max(line.lengths_minutes)
    last = line.ends or first + timedelta(weeks=WEEKS)
    found = []
    for person in line.people:
        local = _first_outside(there(person), line.at, line.anchor, length, first, last)
        if local is not None:
            found.append(_words(person, local, length))
    return found


def first_day(line: Line) -> date:
    """From which day on a year is looked at."""
    return line.starts or (line.ends - timedelta(weeks=WEEKS) if line.ends else _SOME_MONDAY)


@lru_cache(maxsize=4096)
def _first_outside(
    who: There, at: RegularTime, anchor: str, length: int, first: date, last: date
) -> datetime | None:
    for local in _locals(at, anchor, who.zone, first, last):
        if not within(who.hours, local, length) or _blacked_out(who.blackout, local, length):
            return local
    return None


@lru_cache(maxsize=4096)
def _locals(
    at: RegularTime, anchor: str, zone: str, first: date, last: date
) -> tuple[datetime, ...]:
    """The local times that a regular time has in a year, each with its first date."""
    found: dict[tuple[int, int, int], datetime] = {}
    for start in _starts(at, anchor, first, last):
        local = start.astimezone(ZoneInfo(zone))
        found.setdefault((local.weekday(), local.hour, local.minute), local)
    return tuple(found.values())


def _starts(at: RegularTime, anchor: str, first: date, last: date) -> list[datetime]:
    """Every week (or month) of a year: in which of them a rarer cadence begins is not known yet."""
    step = Step(months=1, nth=at.nth) if at.nth else Step(weeks=1)
    wall, zone = first_wall(at, step, first), ZoneInfo(anchor)
    walls = [step.wall(wall, number) for number in range(WEEKS)]
    return [each.replace(tzinfo=zone).astimezone(UTC) for each in walls if each.date() <= last]


def _blacked_out(blackout: tuple[Hours, ...], local: datetime, length: int) -> bool:
    start = local.hour * 60 + local.minute
    return any(
        each.weekday == local.weekday()
        and each.from_minute < start + length
        and start < each.to_minute
        for each in blackout
    )


def within(hours: tuple[Hours, ...], local: datetime, length_minutes: int) -> bool:
    """Whether a 1:1 that starts at this local time lies wholly in the hours of that weekday."""
    start = local.hour * 60 + local.minute
    end = start + length_minutes
    covered = start
    for stretch in sorted(
        (each.from_minute, each.to_minute) for each in hours if each.weekday == local.weekday()
    ):
        if stretch[0] <= covered:
            covered = max(covered, stretch[1])
    opens = any(
        each.from_minute <= start < each.to_minute
        for each in hours
        if each.weekday == local.weekday()
    )
    return opens and covered >= end


def _words(person: Person, local: datetime, length: int) -> str:
    why = f"outside the hours of {person.name}: {WorkingHours().show(person.hours)}"
    if within(person.hours, local, length):
        why = f"in the blackout of {person.name}: {WorkingHours().show(person.blackout)}"
    return (
        f"is {DAYS[local.weekday()]} {local:%H:%M} in {city(person.zone)} on "
        f"{day_in_words(local.date())}, {why}."
    )


def city(zone: str) -> str:
    """A zone as people say it."""
    return zone.rpartition("/")[2].replace("_", " ")
