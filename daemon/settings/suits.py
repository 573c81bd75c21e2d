"""Whether a regular time lies inside the working hours of both, over a year of clock changes.

Not free time: nobody's calendar is known here.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from daemon.domain.cadence import RegularTime
from daemon.domain.people import Hours, Line, Person
from daemon.settings.calendar_kinds import DAYS, WorkingHours, day_in_words

WEEKS = 53
# Where neither start nor end is given. Any year will do, and a fixed one keeps the answer the same.
_SOME_MONDAY = date(2026, 1, 5)


def unsuited(line: Line) -> list[str]:
    """For each person whose hours the regular time leaves: at what local time, on which first date."""
    if line.at is None:
        return []
    found = []
    for person in (line.mentor, line.mentee):
        for start in _starts(line, line.at):
            local = start.astimezone(ZoneInfo(person.zone))
            if not within(person.hours, local, max(line.lengths_minutes)):
                found.append(_words(person, local))
                break
    return found


def _starts(line: Line, at: RegularTime) -> list[datetime]:
    first = line.starts or (line.ends - timedelta(weeks=WEEKS) if line.ends else _SOME_MONDAY)
    first += timedelta(days=(at.weekday - first.weekday()) % 7)
    zone = ZoneInfo(line.anchor)
    days = [first + timedelta(weeks=week) for week in range(WEEKS)]
    return [
        datetime(day.year, day.month, day.day, at.hour, at.minute, tzinfo=zone).astimezone(UTC)
        for day in days
        if line.ends is None or day <= line.ends
    ]


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


def _words(person: Person, local: datetime) -> str:
    city = person.zone.rpartition("/")[2].replace("_", " ")
    return (
        f"is {DAYS[local.weekday()]} {local:%H:%M} in {city} on {day_in_words(local.date())}, "
        f"outside the hours of {person.name}: {WorkingHours().show(person.hours)}."
    )
