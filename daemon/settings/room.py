"""Whether two people's hours leave any time for their 1:1, over every clock change of a year.

Not free time: nobody's calendar is known here. The search is the one that proposals use.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from daemon.decide.slots import Search, Side, find
from daemon.domain.meeting import Slot
from daemon.domain.people import Line
from daemon.settings.suits import There, first_day, there

WEEKS = 53
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Room:
    """Whether any week has room, and the first stretch of weeks that has none."""

    ever: bool
    none_from: date | None = None
    none_until: date | None = None


def room(line: Line, grid_minutes: int) -> Room:
    """Whether all have time at once for the longest of the pairing's lengths."""
    first = first_day(line)
    weeks = WEEKS if line.ends is None else min(WEEKS, (line.ends - first) // WEEK + 1)
    monday = first - timedelta(days=first.weekday())
    length = max(line.lengths_minutes)
    people = tuple(there(each) for each in line.people)
    return _room(people, length, grid_minutes, monday, weeks)


@lru_cache(maxsize=4096)
def _room(
    people: tuple[There, ...], length: int, grid_minutes: int, monday: date, weeks: int
) -> Room:
    zones = tuple(ZoneInfo(each.zone) for each in people)
    known: dict[tuple[timedelta | None, ...], bool] = {}
    without: list[date] = []
    for week in range(weeks):
        day = monday + week * WEEK
        noon = datetime.combine(day, time(12), UTC)
        offsets = tuple(noon.astimezone(zone).utcoffset() for zone in zones)
        if offsets not in known:
            known[offsets] = _has_room(people, length, grid_minutes, day)
        if not known[offsets]:
            without.append(day)
    if not without:
        return Room(True)
    last = next(day for day in without if day + WEEK not in without)
    return Room(len(without) < weeks, without[0], last + timedelta(days=6))


def _has_room(people: tuple[There, ...], length: int, grid: int, monday: date) -> bool:
    """The search of a proposal, over one week in which nobody has anything else."""
    sides, zone = tuple(_side(each) for each in people), ZoneInfo(people[0].zone)
    for number in range(7):
        begins = datetime.combine(monday + timedelta(days=number), time(0), zone).astimezone(UTC)
        window = Slot(begins, begins + timedelta(hours=26))
        search = Search(window, timedelta(minutes=length), grid, zone, usual=0)
        if find(search, sides):
            return True
    return False


def _side(who: There) -> Side:
    return Side(ZoneInfo(who.zone), who.hours, (), who.blackout)
