"""Slots: which concrete times can be offered for a meeting, and why.

Not a proposal: who is asked, and what follows, is decided in reschedule.py. The search works on masks
(masks.py), one bit for a start at every five minutes; `why_not` says the same rules of one slot in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache

from msgspec import Struct

from daemon.decide.local_masks import (
    clear_of,
    day_mask,
    day_number,
    inside,
    local_time,
    on_grid,
)
from daemon.decide.masks import (
    STEP_MINUTES,
    Frame,
    Same,
    Timed,
    between,
    frame_of,
    free_of,
    lost_to,
    moment_of,
    step_after,
    step_before,
    striped,
)
from daemon.decide.moment import at_minute, local_day
from daemon.decide.ranking import Pick, View, one_a_day, picks, spacing_of
from daemon.domain.meeting import Slot
from daemon.domain.people import Hours

HOUR_STEPS = 60 // STEP_MINUTES
TRIED = "the old hour or an earlier offer"


class Side(Struct, frozen=True):
    """One person as a slot search sees them: what is taken (UTC), and when they are there.

    `blackout` is never offered, `buffer_minutes` are kept free around what is taken. `meetings` are the
    starts of that person's other 1:1s, of which a day holds `per_day_most` (0: any number). What `yields`
    may be offered over when nothing better is left. `bound` is what this person has promised elsewhere: taken
    as well, but another tuple each time, where `taken` and `yields` stay the same for a beat.
    """

    zone: tzinfo
    hours: tuple[Hours, ...]
    taken: tuple[Timed, ...]
    blackout: tuple[Hours, ...] = ()
    buffer_minutes: int = 0
    meetings: tuple[datetime, ...] = ()
    per_day_most: int = 0
    yields: tuple[Timed, ...] = ()
    bound: tuple[Slot, ...] = ()

    @property
    def buffer(self) -> timedelta:
        """What is kept free around what is taken."""
        return timedelta(minutes=self.buffer_minutes)


class Search(Struct, frozen=True):
    """What is looked for, in UTC. `usual` is the minute of the local day in `zone`, and `weekday` the day
    (−1: none), that the pair is used to; `avoid` are starts that fell out or were offered
    before, `days_off` local days in `zone`. Slots start where the first side's clock shows a multiple of `grid_minutes` after the hour."""

    window: Slot
    length: timedelta
    grid_minutes: int
    zone: tzinfo
    usual: int
    weekday: int = -1
    avoid: frozenset[datetime] = frozenset()
    days_off: frozenset[date] = frozenset()


class Found(Struct, frozen=True):
    """A slot both can make. `away_minutes` is its distance from the usual time of day; `second`: it is reserved for the
    pair (reserved.py)."""

    slot: Slot
    day: date
    away_minutes: int
    why: str = ""
    second: bool = False


Sides = tuple[Side, ...]
"""The mentor first, then the mentee; then the members of a group."""


def overlaps(slot: Slot, taken: Iterable[Timed]) -> bool:
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


# --- the search


def find(search: Search, sides: Sides) -> list[Found]:
    """Every slot on the grid that suits both, the best first: what overbooks nothing, then nearest to the usual
    time of day, then on the usual weekday, then what is less uncomfortable for who has it worse."""
    frame = frame_of(search.window)
    free, over = _open(search, sides, frame)
    in_order = picks(free, over, _view(search, sides, frame))
    return [_found(search, sides, frame, each) for each in in_order]


def best(search: Search, sides: Sides, count: int) -> list[Found]:
    """`spread` of all that `find` finds, without looking at more of it than that takes."""
    frame = frame_of(search.window)
    free, over = _open(search, sides, frame)
    view = _view(search, sides, frame)
    chosen = one_a_day(free, over, view, count)
    if len(chosen) < count:
        apart = _an_hour_apart(chosen, view)
        chosen += one_a_day(free & apart, over & apart, view, count - len(chosen))
    return [_found(search, sides, frame, each) for each in sorted(chosen)]


def _an_hour_apart(chosen: list[Pick], view: View) -> int:
    """All starts but those within an hour of a chosen one on the same day."""
    near = 0
    for each in chosen:
        hours = between(each.step - HOUR_STEPS + 1, each.step + HOUR_STEPS, view.frame)
        near |= hours & day_mask(view.zone, view.frame, each.day)
    return ~near


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


def _view(search: Search, sides: Sides, frame: Frame) -> View:
    first, second = sides[0].zone, sides[1].zone
    spacing = spacing_of(search.grid_minutes, first, search.zone, frame)
    return View(frame, search.zone, search.usual, search.weekday, (first, second), spacing)


def _open(search: Search, sides: Sides, frame: Frame) -> tuple[int, int]:
    """The starts that can be offered: those that are free, and those that overbook what yields."""
    starts = _looked_at(search.window, search.length, sides[0].zone, search.grid_minutes)
    for _, allowed in _conditions(search, sides, frame):
        starts &= allowed
    free = starts
    for side in sides:
        if side.yields:
            free &= free_of(Same(side.yields), frame, search.length, side.buffer_minutes)
    return free, starts ^ free


@lru_cache(maxsize=256)
def _looked_at(window: Slot, length: timedelta, zone: tzinfo, grid_minutes: int) -> int:
    """The grid inside the window."""
    frame = frame_of(window)
    first, last = step_after(window.start, frame), step_before(window.end - length, frame)
    return on_grid(zone, frame, grid_minutes) & between(first, last + 1, frame)


def _conditions(search: Search, sides: Sides, frame: Frame) -> Iterator[tuple[str, int]]:
    """Why a start is not offered, and the starts to which that does not apply; in the order of `why_not`."""
    length = search.length
    if search.avoid:
        yield TRIED, _without(search.avoid, frame)
    if search.days_off:
        yield "a day off", _outside_days(search.days_off, search.zone, frame)
    for side in sides:
        yield "outside the hours", inside(side.zone, side.hours, frame, length)
        if side.blackout:
            yield "never offered", clear_of(side.zone, side.blackout, frame, length)
        if side.taken:
            yield "busy", free_of(Same(side.taken), frame, length, side.buffer_minutes)
        if side.bound:
            yield (
                "busy",
                ~striped(lost_to(side.bound, frame, length, side.buffer_minutes), frame.steps),
            )
        if side.per_day_most and (full := _full_days(side)):
            yield "enough 1:1s that day", _outside_days(full, side.zone, frame)


def _without(moments: Iterable[datetime], frame: Frame) -> int:
    lost = 0
    for moment in moments:
        step = step_before(moment, frame)
        if step == step_after(moment, frame):
            lost |= between(step, step + 1, frame)
    return ~lost


def _full_days(side: Side) -> frozenset[date]:
    """The local days of a person that hold as many 1:1s as a day may."""
    days = [local_day(start, side.zone) for start in side.meetings]
    return frozenset(day for day in days if days.count(day) >= side.per_day_most)


def _outside_days(days: Iterable[date], zone: tzinfo, frame: Frame) -> int:
    off = 0
    for day in days:
        off |= day_mask(zone, frame, day_number(day, frame))
    return ~off


# --- the reasons


def rejections(search: Search, sides: Sides) -> dict[str, int]:
    """How many starts on the grid inside the window are not offered, by the first reason that applies."""
    frame = frame_of(search.window)
    counts: dict[str, int] = {}
    starts = _looked_at(search.window, search.length, sides[0].zone, search.grid_minutes)
    for reason, allowed in _conditions(search, sides, frame):
        left = starts & allowed
        if lost := (starts ^ left).bit_count():
            counts[reason] = counts.get(reason, 0) + lost
        starts = left
    return counts


def why_not(search: Search, slot: Slot, sides: Sides) -> str:
    """Why a slot is not offered, empty when it is: the first reason that applies."""
    if not (search.window.start <= slot.start and slot.end <= search.window.end):
        return "outside the window"
    if slot.start in search.avoid:
        return TRIED
    if local_day(slot.start, search.zone) in search.days_off:
        return "a day off"
    for side in sides:
        if not within(slot, side.zone, side.hours):
            return "outside the hours"
        if _blacked_out(slot, side):
            return "never offered"
        wide = Slot(slot.start - side.buffer, slot.end + side.buffer)
        if overlaps(wide, side.taken) or overlaps(wide, side.bound):
            return "busy"
        if side.per_day_most and local_day(slot.start, side.zone) in _full_days(side):
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


def _found(search: Search, sides: Sides, frame: Frame, pick: Pick) -> Found:
    step, away, day, minute = pick.step, pick.away, pick.day, pick.minute
    start = moment_of(step, frame)
    here, there = sides[0].zone, sides[1].zone
    first = minute if here is search.zone else local_time(step, here, frame)[1]
    second = first if there is here else local_time(step, there, frame)[1]
    why = _why(away, day % 7 == search.weekday, first, second, pick.yields)
    return Found(Slot(start, start + search.length), date.fromordinal(frame.day + day), away, why)


@lru_cache(maxsize=1024)
def _why(away: int, usual_day: bool, first: int, second: int, yields: bool) -> str:
    """What spoke for a slot, in words for the admin: also the clocks where they differ, for far zones share
    the burden."""
    usual = "time" if usual_day else "hour"
    words = f"{away} min from the usual hour" if away else f"your usual {usual}"
    if first != second:
        here, there = (f"{minute // 60:02}:{minute % 60:02}" for minute in (first, second))
        words += f", {here} and {there} there"
    return f"{words}, over what may give way" if yields else words
