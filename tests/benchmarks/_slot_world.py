"""The question that the sides of the benchmark "slots" answer: two people, four calendars, six weeks.

Not a side, and not a random world of the tests: hours and calendars look like those of an office.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from daemon.decide.slots import Search, Side
from daemon.domain.meeting import Slot
from daemon.domain.people import Hours

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
OFFICE = tuple(Hours(day, 9 * 60, 18 * 60) for day in range(5))
FIRST = datetime(2026, 3, 2, tzinfo=UTC)
"""Six weeks from here hold the change of clocks of New York (8 March) and of Berlin (29 March)."""
WEEKS = 6
LENGTH, GRID_MINUTES, BUFFER_MINUTES = timedelta(minutes=30), 15, 10
WORK_A_DAY, PRIVATE_A_DAY = 10, 2
COPIED = 0.6


def person(zone: ZoneInfo, seed: int, weeks: int = WEEKS) -> Side:
    """A calendar of work, and one of one's own into which most of the work is copied; each in the order of
    time, as providers tell it."""
    chance = Random(seed)
    work: list[Slot] = []
    own: list[Slot] = []
    for day in range(weeks * 7):
        midnight = (FIRST + timedelta(days=day)).replace(tzinfo=zone)
        if midnight.weekday() < 5:
            work += [_busy(chance, midnight, 8 * 60, 18 * 60) for _ in range(WORK_A_DAY)]
        own += [_busy(chance, midnight, 7 * 60, 22 * 60) for _ in range(PRIVATE_A_DAY)]
    own += [each for each in work if chance.random() < COPIED]
    taken = (*sorted(work, key=_start), *sorted(own, key=_start))
    return Side(zone, OFFICE, taken, buffer_minutes=BUFFER_MINUTES)


def _busy(chance: Random, midnight: datetime, first: int, last: int) -> Slot:
    """Something that begins at a quarter, and sometimes at any minute."""
    minute = chance.randrange(first, last, 15) + (chance.random() < 0.1) * chance.randrange(15)
    start = (midnight + timedelta(minutes=minute)).astimezone(UTC)
    return Slot(start, start + timedelta(minutes=chance.choice((15, 15, 30, 30, 30, 60))))


def _start(slot: Slot) -> datetime:
    return slot.start


def search(usual: int = 15 * 60, weekday: int = 1, weeks: int = WEEKS) -> Search:
    """Half an hour in so many weeks, for a pair that usually meets on Tuesdays at 15:00 in Berlin."""
    window = Slot(FIRST, FIRST + timedelta(weeks=weeks))
    return Search(window, LENGTH, GRID_MINUTES, BERLIN, usual, weekday)


def pair(seed: int, weeks: int = WEEKS) -> tuple[Side, Side]:
    """A mentor in Berlin and a mentee in New York."""
    return person(BERLIN, 2 * seed, weeks), person(NEW_YORK, 2 * seed + 1, weeks)
