"""Ranking: in which order the starts of a mask are worth offering (RULES 6).

Not which starts there are: slots.py says that. Starts are ranked in groups of equal rank, nearest to the usual
time of day first, so that whoever wants three of three hundred never looks at the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo
from functools import lru_cache
from itertools import pairwise
from math import gcd, lcm

from msgspec import Struct

from daemon.decide.local_masks import Steady, at_time, clock, day_mask, local_time, weekday_mask
from daemon.decide.masks import STEP_MINUTES, Frame, between, lowest, steps_of

DAY_MINUTES = 1440
MIDDLE_OF_DAY = 14 * 60
"""As far from getting up as from going to bed: what is near it is comfortable."""
FEW = 12
"""So few starts are ranked one by one: to look through all times of the day costs more."""


class View(Struct, frozen=True):
    """By whose clock which time and weekday (−1: none) are usual, in which zones people have to be up, and of how
    many minutes every start is a multiple by that clock."""

    frame: Frame
    zone: tzinfo
    usual: int
    weekday: int
    people: tuple[tzinfo, ...]
    spacing: int


class Pick(Struct, frozen=True, order=True):
    """A chosen step, whether something is overbooked there, how many minutes it lies from the usual time of day,
    and on which local day of the frame, at which minute of it."""

    step: int
    yields: bool
    away: int
    day: int
    minute: int


def apart(minute: int, other: int) -> int:
    """How far two times of day lie from each other, over midnight if that is shorter."""
    away = abs(minute - other) % DAY_MINUTES
    return min(away, DAY_MINUTES - away)


def discomfort(minute: int) -> int:
    """How far a time of day lies from the middle of the day."""
    return apart(minute % DAY_MINUTES, MIDDLE_OF_DAY)


def picks(free: int, over: int, view: View) -> Iterator[Pick]:
    """Every step, the best first; what overbooks nothing before all else."""
    for yields, starts in ((False, free), (True, over)):
        for away, group in ranked(starts, view):
            for step in steps_of(group):
                yield Pick(step, yields, away, *local_time(step, view.zone, view.frame))


def one_a_day(free: int, over: int, view: View, count: int) -> list[Pick]:
    """So many of the best steps, each on another local day; what overbooks nothing first."""
    chosen: list[Pick] = []
    left = free | over
    if count <= 0:
        return chosen
    for yields, starts in ((False, free), (True, over)):
        for away, group in ranked(starts, view):
            here = group & left
            while here:
                step = lowest(here)
                day, minute = local_time(step, view.zone, view.frame)
                chosen.append(Pick(step, yields, away, day, minute))
                if len(chosen) == count:
                    return chosen
                left &= ~day_mask(view.zone, view.frame, day)
                here &= left
    return chosen


def ranked(starts: int, view: View) -> Iterator[tuple[int, int]]:
    """Minutes away from the usual time, and all starts of one rank: the nearest first, then those on the usual
    weekday, then by the discomfort of who has it worse."""
    frame, zone, usual, weekday, people = (
        view.frame,
        view.zone,
        view.usual,
        view.weekday,
        view.people,
    )
    left = starts
    for number, away in enumerate(_distances(usual, view.spacing)):
        if not left:
            return
        if number % FEW == 0 and number and left.bit_count() <= FEW:
            yield from _one_by_one(left, view)
            return
        tier, groups = _tier(frame, zone, people, usual, away, weekday)
        if not (near := left & tier):
            continue
        left ^= near
        for group in groups:
            if here := near & group:
                yield away, here


@lru_cache(maxsize=512)
def _distances(usual: int, spacing: int) -> tuple[int, ...]:
    """How far from the usual time of day a start can be, in minutes."""
    odd, after = usual % spacing, DAY_MINUTES // 2 + 1
    return tuple(sorted({*range(odd, after, spacing), *range(-odd % spacing, after, spacing)}))


@lru_cache(maxsize=256)
def spacing_of(grid_minutes: int, clocked: tzinfo, zone: tzinfo, frame: Frame) -> int:
    """Of how many minutes a start is a multiple by the clock of a zone, when it is on the grid by another one."""
    offsets = {each.offset // 60 for each in (*clock(clocked, frame), *clock(zone, frame))}
    ahead = (offset - min(offsets) for offset in offsets)
    return lcm(gcd(grid_minutes, 60, *ahead), STEP_MINUTES)


@lru_cache(maxsize=1024)
def _tier(
    frame: Frame, zone: tzinfo, people: tuple[tzinfo, ...], usual: int, away: int, weekday: int
) -> tuple[int, tuple[int, ...]]:
    """The steps so far from the usual time of day; the same apart, those on the usual weekday before all others,
    then by the discomfort of who has it worse."""
    by_discomfort: dict[int, int] = {}
    tier = 0
    for minute in {(usual - away) % DAY_MINUTES, (usual + away) % DAY_MINUTES}:
        at = at_time(zone, frame, minute)
        tier |= at
        for ahead, steps in _ahead(zone, people, frame):
            worst = max(discomfort(minute + each) for each in ahead)
            by_discomfort[worst] = by_discomfort.get(worst, 0) | (at & steps)
    groups = [steps for _, steps in sorted(by_discomfort.items())]
    if weekday < 0:
        return tier, tuple(groups)
    day = weekday_mask(zone, frame, weekday)
    return tier, (*(each & day for each in groups), *(each & ~day for each in groups))


def _one_by_one(starts: int, view: View) -> Iterator[tuple[int, int]]:
    ranks: dict[tuple[int, bool, int], int] = {}
    for step in steps_of(starts):
        day, minute = local_time(step, view.zone, view.frame)
        other_day = view.weekday >= 0 and day % 7 != view.weekday
        worst = max(discomfort(local_time(step, zone, view.frame)[1]) for zone in view.people)
        rank = apart(minute, view.usual), other_day, worst
        ranks[rank] = ranks.get(rank, 0) | 1 << step
    for (away, _, _), group in sorted(ranks.items()):
        yield away, group


@lru_cache(maxsize=256)
def _ahead(
    zone: tzinfo, people: tuple[tzinfo, ...], frame: Frame
) -> tuple[tuple[tuple[int, ...], int], ...]:
    """By how many minutes the clocks of people are ahead of that of the zone, and the steps at which they are."""
    clocks = [clock(each, frame) for each in (zone, *people)]
    changes = sorted({steady.first for each in clocks for steady in each})
    found: dict[tuple[int, ...], int] = {}
    for first, after in pairwise((*changes, frame.steps)):
        offsets = [_offset(each, first) for each in clocks]
        ahead = tuple((offset - offsets[0]) // 60 for offset in offsets[1:])
        found[ahead] = found.get(ahead, 0) | between(first, after, frame)
    return tuple(found.items())


def _offset(steadies: tuple[Steady, ...], step: int) -> int:
    for each in steadies:
        if step < each.after:
            break
    return each.offset
