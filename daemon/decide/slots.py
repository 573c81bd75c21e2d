"""Slots: which concrete times can be offered for a meeting, and why.

Not a proposal: who is asked, and what follows, is decided in reschedule.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from daemon.decide.moment import at_minute, local_day
from daemon.domain.meeting import Slot
from daemon.domain.people import Hours


@dataclass(frozen=True, slots=True)
class Side:
    """One person as a slot search sees them: what is taken (UTC), and when they are there.

    `blackout` is never offered, `buffer_minutes` are kept free around what is taken. `meetings` are the
    starts of that person's other 1:1s, of which a day holds `per_day_most` (0: any number).
    """

    zone: tzinfo
    hours: tuple[Hours, ...]
    taken: tuple[Slot, ...]
    blackout: tuple[Hours, ...] = ()
    buffer_minutes: int = 0
    meetings: tuple[datetime, ...] = ()
    per_day_most: int = 0


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for, in UTC. `usual` is the minute of the local day in `zone`, and `weekday` the day,
    that the pair is used to; `avoid` are starts that were offered before, `days_off` local days in `zone`."""

    window: Slot
    length: timedelta
    grid_minutes: int
    zone: tzinfo
    usual: int
    weekday: int = -1
    avoid: frozenset[datetime] = frozenset()
    days_off: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """A slot both can make. `away_minutes` is its distance from the usual time of day."""

    slot: Slot
    day: date
    away_minutes: int
    why: str = ""


def overlaps(slot: Slot, taken: Iterable[Slot]) -> bool:
    """Whether anything that is taken overlaps the slot (half open: touching is free)."""
    return any(t.start < slot.end and slot.start < t.end for t in taken)


def within(slot: Slot, zone: tzinfo, hours: Iterable[Hours]) -> bool:
    """Whether the whole slot lies in one stretch of these hours, on the local day it starts."""
    day = local_day(slot.start, zone)
    return any(
        each.weekday == day.weekday()
        and at_minute(day, each.from_minute, zone) <= slot.start
        and slot.end <= at_minute(day, each.to_minute, zone)
        for each in hours
    )


def find(search: Search, sides: tuple[Side, Side]) -> list[Found]:
    """Every slot on the grid that suits both, nearest to the usual time of day first."""
    first, _ = sides
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
                if not why_not(search, slot, sides):
                    found.append(_found(search, slot))
                start += step
        day += timedelta(days=1)
    return sorted(found, key=lambda f: (f.away_minutes, f.slot.start))


def why_not(search: Search, slot: Slot, sides: tuple[Side, Side]) -> str:
    """Why a slot is not offered, empty when it is: the first reason that applies."""
    if not (search.window.start <= slot.start and slot.end <= search.window.end):
        return "outside the window"
    if slot.start in search.avoid:
        return "offered before"
    if local_day(slot.start, search.zone) in search.days_off:
        return "a day off"
    for side in sides:
        if not within(slot, side.zone, side.hours):
            return "outside the hours"
        if _blacked_out(slot, side):
            return "never offered"
        buffer = timedelta(minutes=side.buffer_minutes)
        if overlaps(Slot(slot.start - buffer, slot.end + buffer), side.taken):
            return "busy"
        if side.per_day_most:
            day = local_day(slot.start, side.zone)
            same = sum(local_day(at, side.zone) == day for at in side.meetings)
            if same >= side.per_day_most:
                return "enough 1:1s that day"
    return ""


def _blacked_out(slot: Slot, side: Side) -> bool:
    day = local_day(slot.start, side.zone)
    return any(
        each.weekday == day.weekday()
        and at_minute(day, each.from_minute, side.zone) < slot.end
        and slot.start < at_minute(day, each.to_minute, side.zone)
        for each in side.blackout
    )


def _found(search: Search, slot: Slot) -> Found:
    local = slot.start.astimezone(search.zone)
    away = abs(local.hour * 60 + local.minute - search.usual)
    away = min(away, 1440 - away)
    why = "your usual hour" if away == 0 else f"{away} min from the usual hour"
    return Found(slot, local.date(), away, why)


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
