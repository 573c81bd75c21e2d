"""Slots: which concrete times can be offered for a meeting, and why.

Not a proposal: who is asked, and what follows, is decided in reschedule.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from daemon.decide.moment import at_minute, local_day
from daemon.domain.meeting import Slot
from daemon.domain.observation import BusyInterval
from daemon.domain.people import Hours


@dataclass(frozen=True, slots=True)
class Side:
    """One person as a slot search sees them: what is taken, and when they are there."""

    zone: tzinfo
    hours: tuple[Hours, ...]
    taken: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for, in UTC. `usual` is the minute of the local day in `zone` that the pair is
    used to; `avoid` are starts that were offered before."""

    window: Slot
    length: timedelta
    grid_minutes: int
    zone: tzinfo
    usual: int
    avoid: frozenset[datetime] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """A slot both can make. `away_minutes` is its distance from the usual time of day."""

    slot: Slot
    day: date
    away_minutes: int


def taken_by(
    intervals: Iterable[BusyInterval], without: frozenset[str] = frozenset()
) -> tuple[Slot, ...]:
    """Busy intervals as slots, without those of the named sources (the meeting to be moved itself)."""
    return tuple(Slot(i.start, i.end) for i in intervals if i.source not in without or not i.source)


def free(slot: Slot, taken: Iterable[Slot]) -> bool:
    """Whether nothing that is taken overlaps the slot (half open: touching is free)."""
    return all(t.end <= slot.start or slot.end <= t.start for t in taken)


def within_hours(slot: Slot, side: Side) -> bool:
    """Whether the whole slot lies in one stretch of the person's hours, on the local day it starts."""
    day = local_day(slot.start, side.zone)
    return any(
        hours.weekday == day.weekday()
        and at_minute(day, hours.from_minute, side.zone) <= slot.start
        and slot.end <= at_minute(day, hours.to_minute, side.zone)
        for hours in side.hours
    )


def find(search: Search, sides: tuple[Side, Side]) -> list[Found]:
    """Every slot on the grid that suits both, nearest to the usual time of day first."""
    first, second = sides
    found: list[Found] = []
    day = local_day(search.window.start, first.zone)
    last = local_day(search.window.end, first.zone)
    step = timedelta(minutes=search.grid_minutes)
    while day <= last:
        for hours in first.hours:
            if hours.weekday != day.weekday():
                continue
            start = at_minute(day, hours.from_minute, first.zone)
            end = at_minute(day, hours.to_minute, first.zone)
            while start + search.length <= end:
                slot = Slot(start, start + search.length)
                if _suits(search, slot, second) and free(slot, first.taken):
                    found.append(_found(search, slot))
                start += step
        day += timedelta(days=1)
    return sorted(found, key=lambda f: (f.away_minutes, f.slot.start))


def _suits(search: Search, slot: Slot, second: Side) -> bool:
    return (
        search.window.start <= slot.start
        and slot.end <= search.window.end
        and slot.start not in search.avoid
        and within_hours(slot, second)
        and free(slot, second.taken)
    )


def _found(search: Search, slot: Slot) -> Found:
    local = slot.start.astimezone(search.zone)
    away = abs(local.hour * 60 + local.minute - search.usual)
    return Found(slot, local.date(), min(away, 1440 - away))


def spread(found: list[Found], count: int) -> list[Found]:
    """The best of them, by start: on different days where possible, never all on one day."""
    chosen: list[Found] = []
    for wanted_per_day in (1, 2):
        for each in found:
            same_day = [c for c in chosen if c.day == each.day]
            if len(chosen) < count and len(same_day) < wanted_per_day and each not in chosen:
                if all(abs(c.slot.start - each.slot.start) >= timedelta(hours=1) for c in same_day):
                    chosen.append(each)
    return sorted(chosen, key=lambda f: f.slot.start)
