"""`python -m tests.decide.slots_against_brute_force --worlds N --seed S`: the slot search beside a brute force
that knows nothing of masks: it walks minute by minute and asks the rules of each (RULES 6, issue 3 "Slots").

Not the rules as tables: test_slots.py. The brute force shares types with the engine and nothing else.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from random import Random
from zoneinfo import ZoneInfo

from daemon.decide.slots import Search, Side, best, find, rejections, spread, why_not
from daemon.domain.meeting import Slot
from daemon.domain.people import Hours

ZONES = (
    "Europe/Berlin", "Europe/London", "Atlantic/Azores", "America/New_York", "America/Vancouver",
    "America/St_Johns", "America/Havana", "America/Santiago", "America/Sao_Paulo", "Asia/Kolkata",
    "Asia/Kathmandu", "Asia/Beirut", "Africa/Cairo", "Africa/Casablanca", "Australia/Sydney",
    "Australia/Lord_Howe", "Australia/Darwin", "Pacific/Auckland", "Pacific/Chatham", "Antarctica/Troll",
)  # fmt: skip
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
YEARS = (2026, 2027, 2028)


@dataclass(frozen=True)
class World:
    """One question: what is looked for, and between whom."""

    search: Search
    sides: tuple[Side, Side]


# --- the brute force


@dataclass
class Minutes:
    """What every minute of one person is: by whole minutes since 1970, hours and blackout with the local day
    and stretch they belong to."""

    there: dict[int, set[tuple[date, int]]] = field(default_factory=dict)
    never: dict[int, set[date]] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    yielding: set[int] = field(default_factory=set)


def minute_of(moment: datetime) -> int:
    """The minute since 1970 in which a moment lies."""
    return int((moment - datetime(1970, 1, 1, tzinfo=UTC)) // MINUTE)


def shown(day: date, minute: int, zone: tzinfo) -> datetime:
    """When that minute of the local day is: the first of two, and by the old offset where there is none."""
    wall = datetime.combine(day, time(0)) + timedelta(minutes=minute)
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def walked(start: datetime, end: datetime) -> Iterator[int]:
    """Every minute that shares time with [start, end)."""
    minute = minute_of(start)
    while minute < minute_of(end) or (minute == minute_of(end) and end.second):
        yield minute
        minute += 1


def minutes_of(side: Side, window: Slot) -> Minutes:
    """Walk through all that is known of a person."""
    found = Minutes()
    day = window.start.date() - 3 * DAY
    while day <= window.end.date() + 3 * DAY:
        for number, each in enumerate(side.hours):
            if each.weekday == day.weekday():
                for minute in walked(
                    shown(day, each.from_minute, side.zone), shown(day, each.to_minute, side.zone)
                ):
                    found.there.setdefault(minute, set()).add((day, number))
        for each in side.blackout:
            if each.weekday == day.weekday():
                for minute in walked(
                    shown(day, each.from_minute, side.zone), shown(day, each.to_minute, side.zone)
                ):
                    found.never.setdefault(minute, set()).add(day)
        day += DAY
    buffer = timedelta(minutes=side.buffer_minutes)
    for times, kept in (
        (side.taken, found.taken), (side.bound, found.taken), (side.yields, found.yielding),
    ):  # fmt: skip
        for busy in times:
            kept.update(walked(busy.start - buffer, busy.end + buffer))
    return found


def refusal(world: World, start: datetime, people: list[Minutes]) -> str:
    """Why a start is not offered, by walking through its minutes."""
    search = world.search
    length = int(search.length / MINUTE)
    if start in search.avoid:
        return "the old hour or an earlier offer"
    if start.astimezone(search.zone).date() in search.days_off:
        return "a day off"
    its = range(minute_of(start), minute_of(start) + length)
    for side, known in zip(world.sides, people, strict=True):
        today = start.astimezone(side.zone).date()
        stretches = {each for each in known.there.get(its[0], ()) if each[0] == today}
        if not any(all(each in known.there.get(m, ()) for m in its) for each in stretches):
            return "outside the hours"
        if any(today in known.never.get(minute, ()) for minute in its):
            return "never offered"
        if any(minute in known.taken for minute in its):
            return "busy"
        same = [at for at in side.meetings if at.astimezone(side.zone).date() == today]
        if side.per_day_most and len(same) >= side.per_day_most:
            return "enough 1:1s that day"
    return ""


def rank(
    world: World, start: datetime, people: list[Minutes]
) -> tuple[bool, int, bool, int, datetime]:
    """What is better comes first: nothing overbooked, near the usual time, the usual weekday, comfort."""
    search = world.search
    its = range(minute_of(start), minute_of(start) + int(search.length / MINUTE))
    local = start.astimezone(search.zone)
    other_day = search.weekday >= 0 and local.weekday() != search.weekday
    worst = max(_round(start.astimezone(side.zone), 14 * 60) for side in world.sides)
    overbooks = any(minute in known.yielding for minute in its for known in people)
    return overbooks, _round(local, search.usual), other_day, worst, start


def _round(local: datetime, minute: int) -> int:
    away = abs(local.hour * 60 + local.minute - minute)
    return min(away, 1440 - away)


def brute_force(world: World) -> tuple[list[datetime], dict[datetime, str]]:
    """Every start that is offered, the best first; and why each of the others is not."""
    search, clock = world.search, world.sides[0].zone
    people = [minutes_of(side, search.window) for side in world.sides]
    offered: list[datetime] = []
    refused: dict[datetime, str] = {}
    start = search.window.start.replace(second=0, microsecond=0)
    while start + search.length <= search.window.end:
        whole = start.minute % 5 == 0  # a start is a whole step of five minutes
        on_grid = whole and start.astimezone(clock).minute % search.grid_minutes == 0
        if on_grid and start >= search.window.start:
            why = refusal(world, start, people)
            if why:
                refused[start] = why
            else:
                offered.append(start)
        start += MINUTE
    return sorted(offered, key=lambda at: rank(world, at, people)), refused


# --- random worlds


def changes_of(zone: ZoneInfo) -> list[datetime]:
    """The days on which the clocks of a zone change."""
    found = []
    day = datetime(YEARS[0], 1, 1, tzinfo=UTC)
    while day.year <= YEARS[-1]:
        if day.astimezone(zone).utcoffset() != (day + DAY).astimezone(zone).utcoffset():
            found.append(day)
        day += DAY
    return found


CHANGES = {name: changes_of(ZoneInfo(name)) for name in ZONES}


def world_of(seed: int) -> World:
    """A world of about a week in which a clock changes, if one of its zones has such weeks."""
    chance = Random(seed)
    names = [chance.choice(ZONES) for _ in range(2)]
    anchor = chance.choice([*names, *names, chance.choice(ZONES)])
    changes = [day for name in (*names, anchor) for day in CHANGES[name]]
    middle = chance.choice(changes or [datetime(2027, 6, 1, tzinfo=UTC)])
    begins = middle + timedelta(hours=chance.randint(-96, 24), seconds=chance.choice([0, 0, 1, 61]))
    ends = begins + timedelta(hours=chance.randint(1, 168), minutes=chance.randint(0, 59))
    window = Slot(begins, ends)
    length = timedelta(minutes=chance.choice([15, 25, 30, 30, 45, 60, 60, 90, 47]))
    grid = chance.choice([5, 10, 12, 15, 15, 20, 25, 30, 30, 60])
    sides = tuple(_side(chance, ZoneInfo(name), window) for name in names)
    search = Search(
        window, length, grid, ZoneInfo(anchor), chance.randrange(1440) // 5 * 5 + chance.choice([0, 0, 2]),
        chance.randint(-1, 6), _avoided(chance, window), _off(chance, window),
    )  # fmt: skip
    return World(search, (sides[0], sides[1]))


def _side(chance: Random, zone: tzinfo, window: Slot) -> Side:
    busy = [_busy(chance, window) for _ in range(chance.choice([0, 3, 10, 30]))]
    yields = [_busy(chance, window) for _ in range(chance.choice([0, 0, 0, 6]))]
    bound = [_busy(chance, window) for _ in range(chance.choice([0, 0, 2]))]
    meetings = tuple(_moment(chance, window) for _ in range(chance.choice([0, 0, 3])))
    return Side(
        zone, _hours(chance), tuple(busy), _blackout(chance), chance.choice([0, 0, 5, 10, 7]),
        meetings, chance.choice([0, 1, 2]), tuple(yields), tuple(bound),
    )  # fmt: skip


def _hours(chance: Random) -> tuple[Hours, ...]:
    """Mostly an office, sometimes the whole day, sometimes any stretches at any minute."""
    kind = chance.choice(["office", "always", "any", "any", "split"])
    if kind == "office":
        return tuple(Hours(day, 9 * 60, 17 * 60 + 30) for day in range(5))
    if kind == "always":
        return tuple(Hours(day, 0, 1440) for day in range(7))
    if kind == "split":
        return tuple(
            Hours(day, *each) for day in range(7) for each in ((0, 150), (150, 720), (780, 1440))
        )
    return tuple(_stretch(chance) for _ in range(chance.randint(1, 14)))


def _stretch(chance: Random) -> Hours:
    step = chance.choice([1, 5, 15, 30, 60])
    first = chance.randrange(0, 1440, step)
    return Hours(chance.randrange(7), first, min(1440, first + chance.randint(1, 16) * 30))


def _blackout(chance: Random) -> tuple[Hours, ...]:
    return tuple(_stretch(chance) for _ in range(chance.choice([0, 0, 2])))


def _moment(chance: Random, window: Slot) -> datetime:
    seconds = int((window.end - window.start).total_seconds())
    return window.start + timedelta(seconds=chance.randint(-7200, seconds + 7200))


def _busy(chance: Random, window: Slot) -> Slot:
    start = _moment(chance, window)
    if chance.random() < 0.7:
        start = start.replace(minute=start.minute // 15 * 15, second=0)
    lasts = chance.choice([900, 1800, 3600, 3600, 5400, 28_800, chance.randint(1, 20_000)])
    return Slot(start, start + timedelta(seconds=lasts))


def _avoided(chance: Random, window: Slot) -> frozenset[datetime]:
    moments = (_moment(chance, window) for _ in range(chance.choice([0, 0, 4])))
    return frozenset(at.replace(minute=at.minute // 15 * 15, second=0) for at in moments)


def _off(chance: Random, window: Slot) -> frozenset[date]:
    days = (window.end - window.start).days + 1
    return frozenset(
        window.start.date() + timedelta(days=chance.randint(0, days))
        for _ in range(chance.choice([0, 0, 0, 2]))
    )


# --- side by side


def differences(world: World, count: int = 3) -> tuple[int, list[str]]:
    """How many slots the world has, and in what engine and brute force do not agree."""
    expected, refused = brute_force(world)
    found = find(world.search, world.sides)
    wrong: list[str] = []
    starts = [each.slot.start for each in found]
    if set(starts) != set(expected):
        wrong.append(f"slots {sorted(set(starts) ^ set(expected))[:3]}")
    elif starts != expected:
        wrong.append("order")
    length = world.search.length
    for start, why in (*refused.items(), *((at, "") for at in expected)):
        if why_not(world.search, Slot(start, start + length), world.sides) != why:
            wrong.append(f"why not {start}: {why!r}")
            break
    reasons = list(refused.values())
    if rejections(world.search, world.sides) != {why: reasons.count(why) for why in reasons}:
        wrong.append("rejections")
    if best(world.search, world.sides, count) != spread(found, count):
        wrong.append("best")
    return len(expected), wrong


def compared(worlds: int, seed: int) -> tuple[int, int, list[str]]:
    """Slots in so many worlds, how many worlds have any, and every mismatch with the seed of its world."""
    slots, filled, wrong = 0, 0, []
    for number in range(worlds):
        one = seed * 1_000_000 + number
        count, found = differences(world_of(one))
        slots += count
        filled += count > 0
        wrong += [f"world {one}: {each}" for each in found]
    return slots, filled, wrong


def main(arguments: list[str]) -> int:
    """Print worlds, slots and mismatches; 1 if there is any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    slots, filled, wrong = compared(chosen.worlds, chosen.seed)
    print(*wrong[:20], sep="\n", end="\n" if wrong else "")
    print(f"{chosen.worlds} worlds in {len(ZONES)} zones ({filled} with a slot), {slots} slots")
    print(f"{len(wrong)} mismatches")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
