"""Whether a regular time lies inside the working hours of both, over a year of clock changes.

Not free time: nobody's calendar is known here.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from daemon.domain.cadence import RegularTime, Step, first_wall
from daemon.domain.people import Hours, Line, Person
from daemon.settings.calendar_kinds import DAYS, WorkingHours, day_in_words

WEEKS = 53
# Where neither start nor end is given. Any year will do, and a fixed one keeps the answer the same.
_SOME_MONDAY = date(2026, 1, 5)


def unsuited(line: Line) -> list[str]:
    """For each person whose hours the regular time leaves: at what local time, on which first date."""
    if line.at is None or line.cadence.finite:
        return []
    found = []
    for person in (line.mentor, line.mentee):
        for start in _starts(line, line.at):
            local = start.astimezone(ZoneInfo(person.zone))
            why = _why_not(person, local, max(line.lengths_minutes))
            if why:
                found.append(_words(person, local, why))
                break
    return found


def first_day(line: Line) -> date:
    """From which day on a year is looked at."""
    return line.starts or (line.ends - timedelta(weeks=WEEKS) if line.ends else _SOME_MONDAY)


def _starts(line: Line, at: RegularTime) -> list[datetime]:
    """Every week (or month) of a year: in which of them a rarer cadence begins is not known yet."""
    step = Step(months=1, nth=at.nth) if at.nth else Step(weeks=1)
    first = first_day(line)
    wall, last = first_wall(at, step, first), line.ends or first + timedelta(weeks=WEEKS)
    zone = ZoneInfo(line.anchor)
    walls = [step.wall(wall, number) for number in range(WEEKS)]
    return [each.replace(tzinfo=zone).astimezone(UTC) for each in walls if each.date() <= last]


def _why_not(person: Person, local: datetime, length_minutes: int) -> str:
    if not within(person.hours, local, length_minutes):
        return f"outside the hours of {person.name}: {WorkingHours().show(person.hours)}"
    start = local.hour * 60 + local.minute
    for each in person.blackout:
        if each.weekday == local.weekday():
            if each.from_minute < start + length_minutes and start < each.to_minute:
                return f"in the blackout of {person.name}: {WorkingHours().show(person.blackout)}"
    return ""


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


def _words(person: Person, local: datetime, why: str) -> str:
    return (
        f"is {DAYS[local.weekday()]} {local:%H:%M} in {city(person.zone)} on "
        f"{day_in_words(local.date())}, {why}."
    )


def city(zone: str) -> str:
    """A zone as people say it."""
    return zone.rpartition("/")[2].replace("_", " ")
