"""Cadences held against two other readings of RFC 5545, and their instants against a third of its 3.3.5.

Not a test by itself: `python -m tests.decide.cadence_against_oracle --expansions 200000 --seed 1` prints how
many expansions were compared and how many differ; test_cadence_oracle.py runs some thousands.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice, product
from random import Random
from zoneinfo import ZoneInfo

from dateutil.rrule import FR, MO, MONTHLY, SA, SU, TH, TU, WE, WEEKLY, rrule

from daemon.decide.moment import instant
from daemon.domain.cadence import RegularTime, SeriesRule, Step, first_wall, wall_text

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
STEPS = (
    *(Step(weeks=weeks) for weeks in range(1, 9)),
    *(Step(months=months, nth=nth) for months in (1, 2, 3, 6) for nth in (1, 2, 3, 4, -1)),
)
START_DAYS = tuple(date(2026, 1, 1) + timedelta(days=number) for number in range(731))
"""Every day of 24 months, and the one after them."""
HORIZON = timedelta(weeks=54)
"""From wherever a series begins, both changes of the clock and every length of month lie inside."""
ZONES = (
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/Havana",
    "America/New_York",
    "America/Nuuk",
    "America/Santiago",
    "America/St_Johns",
    "America/Vancouver",
    "Asia/Beirut",
    "Asia/Jerusalem",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Europe/Berlin",
    "Europe/Dublin",
    "Pacific/Chatham",
)
CLOCKS = (
    *(time(hour, minute) for hour in range(4) for minute in (0, 15, 30)),
    time(10),
    time(15, 45),
    time(23, 30),
    time(23, 59),
)
"""Most of them lie where some zone leaves a time out, or has it twice."""
_WEEKDAYS = (MO, TU, WE, TH, FR, SA, SU)


def means(first: date, step: Step, day: date) -> bool:
    """Whether a series that begins on `first` has an occurrence that day: asked of the one day alone."""
    if day < first or day.weekday() != first.weekday():
        return False
    if step.weeks:
        return (day - first).days % (7 * step.weeks) == 0
    months = (day.year - first.year) * 12 + day.month - first.month
    return months % step.months == 0 and is_nth(day, step.nth)


def is_nth(day: date, nth: int) -> bool:
    """Whether it is that one of its weekday in its month: the same weekdays up to it are counted."""
    if nth == -1:
        return (day + 7 * DAY).month != day.month
    begins = day.replace(day=1)
    return sum((day - n * 7 * DAY) >= begins for n in range(5)) == nth


def walked(first: date, step: Step, last: date) -> Iterator[date]:
    """One reading: every day is looked at."""
    for number in range((last - first).days + 1):
        if means(first, step, first + number * DAY):
            yield first + number * DAY


def by_dateutil(first: date, step: Step, last: date) -> Iterator[date]:
    """Another one: the rule as python-dateutil understands it."""
    begins, ends = datetime.combine(first, time()), datetime.combine(last, time())
    if step.weeks:
        found = rrule(WEEKLY, interval=step.weeks, dtstart=begins, until=ends)
    else:
        day = _WEEKDAYS[first.weekday()](step.nth)
        found = rrule(MONTHLY, interval=step.months, byweekday=day, dtstart=begins, until=ends)
    return (each.date() for each in found)


@lru_cache(maxsize=1 << 18)
def shown_at(wall: datetime, zone: str) -> datetime:
    """The instant of a wall clock, found by asking which instants show it (RFC 5545 3.3.5).

    Shown twice: the first. Never shown: the offset from before the gap counts.
    """
    info, there = ZoneInfo(zone), wall.replace(tzinfo=UTC)
    before, after = ((there + n * DAY).astimezone(info).utcoffset() for n in (-1, 1))
    assert before is not None and after is not None
    found = [there - offset for offset in (before, after)]
    shows = [at for at in found if at.astimezone(info).replace(tzinfo=None) == wall]
    return min(shows, default=there - before)


@dataclass(frozen=True)
class Case:
    """One series to expand: from the first such weekday on or after a day, at a time, in a zone."""

    step: Step
    day: date
    weekday: int
    zone: str
    clock: time

    @property
    def first(self) -> date:
        """The day it begins on, found by walking."""
        day = self.day
        while day.weekday() != self.weekday or not (self.step.weeks or is_nth(day, self.step.nth)):
            day += DAY
        return day


def cases(seed: int) -> Iterator[Case]:
    """Every step from every day in every zone, in an order of chance, and then again."""
    chance = Random(seed)
    grid = list(product(STEPS, START_DAYS, ZONES))
    while True:
        chance.shuffle(grid)
        for step, day, zone in grid:
            yield Case(step, day, chance.randrange(7), zone, chance.choice(CLOCKS))


@lru_cache(maxsize=1 << 15)
def days_of(first: date, step: Step) -> tuple[tuple[date, ...], bool]:
    """The days of a series up to the horizon, and whether both readings name the same."""
    days = tuple(walked(first, step, first + HORIZON))
    return days, days == tuple(by_dateutil(first, step, first + HORIZON))


def differences(case: Case, chance: Random) -> list[str]:
    """Where the domain says something else than the oracles; empty when it nowhere does."""
    days, agreed = days_of(case.first, case.step)
    walls = [datetime.combine(day, case.clock) for day in days]
    at = RegularTime(case.weekday, case.clock.hour, case.clock.minute, case.step.nth)
    found = [] if agreed else ["the oracles differ"]
    if first_wall(at, case.step, case.day) != walls[0]:
        found.append("first_wall")
    last = case.first + HORIZON - chance.randrange(60) * DAY
    rule = SeriesRule(wall_text(walls[0]), case.zone, 30, case.step, last)
    inside = [wall for wall in walls if wall.date() <= last]
    if list(rule.walls()) != inside:
        found.append("walls")
    found += _jumps(rule, walls, chance)
    for number, wall in enumerate(walls):
        found += _one(rule, number, wall, wall in inside)
    zone = ZoneInfo(case.zone)
    if [instant(wall, zone) for wall in walls] != [shown_at(wall, case.zone) for wall in walls]:
        found.append("instants")
    return found


def _jumps(rule: SeriesRule, walls: list[datetime], chance: Random) -> Iterator[str]:
    """A jump lands where stepping would."""
    somewhere = walls[0] + timedelta(minutes=chance.randrange(-100_000, 550_000))
    known = chance.choice(walls)
    stepped = list(rule.walls())
    for after in (somewhere, known, known - MINUTE, known + MINUTE):
        if list(rule.walls(after)) != [wall for wall in stepped if wall > after]:
            yield f"walls after {after}"


def _one(rule: SeriesRule, number: int, wall: datetime, inside: bool) -> Iterator[str]:
    """`number`, `wall` and `has` agree about one occurrence and the minutes beside it."""
    if rule.wall(number) != wall:
        yield f"wall {number}"
    if [rule.number(wall + n * MINUTE) for n in (-1, 0, 1)] != [number - 1, number, number]:
        yield f"number of {wall}"
    if rule.has(wall) is not inside or rule.has(wall + MINUTE) or rule.has(wall - DAY):
        yield f"has {wall}"


@dataclass
class Comparison:
    """What was compared, and where it differed."""

    expansions: int = 0
    occurrences: int = 0
    mismatches: int = 0
    first_mismatch: str = ""


def compare(expansions: int, seed: int) -> Comparison:
    """So many expansions; the same seed compares the same ones."""
    told, chance = Comparison(), Random(seed)
    for case in islice(cases(seed), expansions):
        found = differences(case, chance)
        told.expansions += 1
        told.occurrences += len(days_of(case.first, case.step)[0])
        if found:
            told.mismatches += 1
            told.first_mismatch = told.first_mismatch or f"{case}: {', '.join(found)}"
    return told


def main(arguments: list[str]) -> int:
    """Print the comparison; 1 when anything differs."""
    wanted = argparse.ArgumentParser(prog="python -m tests.decide.cadence_against_oracle")
    wanted.add_argument("--expansions", type=int, default=200_000)
    wanted.add_argument("--seed", type=int, default=1)
    chosen = wanted.parse_args(arguments)
    told = compare(chosen.expansions, chosen.seed)
    print(f"seed {chosen.seed}: {len(STEPS)} steps × {len(START_DAYS)} days × {len(ZONES)} zones")
    print(f"expansions: {told.expansions}, occurrences: {told.occurrences}")
    print(f"mismatches: {told.mismatches} {told.first_mismatch}".rstrip())
    return 1 if told.mismatches else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
