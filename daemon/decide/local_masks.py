"""Local masks: which steps of a frame lie on a local day, in somebody's hours, at a time of the day.

Not a zone database: zones are handed in. A zone is looked at once a frame and is then a few times of
constant offset, because asking it about every start costs more than the whole search.

Relied upon, and looked at for every zone in tests/decide/test_slots_masks.py: offsets are multiples of five
minutes, and clocks change on a whole minute and never twice within six days.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from daemon.decide.masks import (
    STEP_MINUTES,
    STEP_SECONDS,
    STEPS_A_DAY,
    STEPS_A_WEEK,
    Frame,
    between,
    every,
    painted,
    whole,
)
from daemon.domain.people import Hours

DAY_SECONDS = 86_400
SECOND = timedelta(seconds=1)
MARGIN_DAYS = 2
"""Local days reach over both ends of a frame."""
PROBE_DAYS = 6
"""A zone is asked so often. No clocks change twice within it."""


class Steady(NamedTuple):
    """As long as a zone keeps its offset. `begins` and `ends` are seconds from the beginning of the frame in
    UTC, `offset` what is added for local time; `first` and `after` are the same as steps."""

    begins: int
    ends: int
    offset: int
    first: int
    after: int


class PlainDays(NamedTuple):
    """Local days [first, after), by their number in the frame, with one offset from midnight to midnight."""

    offset: int
    first: int
    after: int


def up(seconds: int) -> int:
    """The first step that is not before so many seconds."""
    return -(-seconds // STEP_SECONDS)


@lru_cache(maxsize=256)
def clock(zone: tzinfo, frame: Frame) -> tuple[Steady, ...]:
    """The times of constant offset of a zone, the margin included."""
    begins = frame.epoch
    looked_at = begins - MARGIN_DAYS * DAY_SECONDS
    last = begins + frame.steps * STEP_SECONDS + MARGIN_DAYS * DAY_SECONDS
    changes, offsets = [looked_at], [_offset(zone, looked_at)]
    for moment in (*range(looked_at, last, PROBE_DAYS * DAY_SECONDS), last):
        offset = _offset(zone, moment)
        if offset != offsets[-1]:
            changes.append(_change(zone, looked_at, moment, offset))
            offsets.append(offset)
        looked_at = moment
    seconds = [change - begins for change in (*changes, last)]
    return tuple(
        Steady(first, after, offset // SECOND, up(first), up(after))
        for (first, after), offset in zip(pairwise(seconds), offsets, strict=True)
    )


def _offset(zone: tzinfo, moment: int) -> timedelta:
    """What local time is ahead, so many seconds after 1970."""
    offset = datetime.fromtimestamp(moment, zone).utcoffset()
    assert offset is not None, "a zone tells its offset"
    return offset


def _change(zone: tzinfo, before: int, reached: int, offset: timedelta) -> int:
    """When an offset was reached, to the minute; nearly always on the hour, so that is tried first."""
    for unit in (3600, 60):
        while reached - before > unit:
            middle = (before + reached) // (2 * unit) * unit
            if _offset(zone, middle) == offset:
                reached = middle
            else:
                before = middle
        if _offset(zone, reached - 60) != offset:
            break
    return reached


# --- local days


def day_number(day: date, frame: Frame) -> int:
    """The number of a local date, counted from the first day of the frame."""
    return day.toordinal() - frame.day


@lru_cache(maxsize=1024)
def day_mask(zone: tzinfo, frame: Frame, number: int) -> int:
    """The steps of a local day."""
    found = 0
    for first, after in _day(clock(zone, frame), number):
        found |= between(first, after, frame)
    return found


def _day(steadies: tuple[Steady, ...], number: int) -> list[tuple[int, int]]:
    """The steps of a local day, a run for each stretch that it touches."""
    found = []
    for each in steadies:
        begins = number * DAY_SECONDS - each.offset
        first = max(up(begins), each.first)
        after = min(up(begins + DAY_SECONDS), each.after)
        if first < after:
            found.append((first, after))
    return found


def day_row(mask: int, zone: tzinfo, frame: Frame, number: int) -> int:
    """The steps of a mask by the clock of a local day, bit 0 for midnight: a clock time that comes twice or not
    at all that day stands for the instant that `instant_of` says."""
    midnight, found, begins = number * STEPS_A_DAY, 0, -frame.steps
    steadies = clock(zone, frame)
    for each, later in zip(steadies, (*steadies[1:], None), strict=True):
        offset = each.offset // STEP_SECONDS
        ends = each.after + (max(offset, later.offset // STEP_SECONDS) if later else offset)
        first, after = max(begins, midnight), min(ends, midnight + STEPS_A_DAY)
        if first < after:
            here = mask >> first - offset if first >= offset else mask << offset - first
            found |= (here & (1 << after - first) - 1) << first - midnight
        begins = ends
    return found


def local_time(step: int, zone: tzinfo, frame: Frame) -> tuple[int, int]:
    """The local day of a step by its number, and the minute of that day."""
    seconds = step * STEP_SECONDS
    for each in clock(zone, frame):
        if step < each.after:
            break
    number, second = divmod(seconds + each.offset, DAY_SECONDS)
    return number, second // 60


# --- what comes again by the local clock


@lru_cache(maxsize=256)
def on_grid(zone: tzinfo, frame: Frame, grid_minutes: int) -> int:
    """The steps at which the local clock shows a multiple of so many minutes after the hour."""
    hour = sum(1 << at for at in range(12) if at * STEP_MINUTES % grid_minutes == 0)
    return _again(hour, 12, 0, zone, frame)


def at_time(zone: tzinfo, frame: Frame, minute: int) -> int:
    """The steps at which the local clock shows this minute of the day."""
    step, odd = divmod(minute, STEP_MINUTES)
    return 0 if odd else _again(1, STEPS_A_DAY, step, zone, frame)


@lru_cache(maxsize=256)
def weekday_mask(zone: tzinfo, frame: Frame, weekday: int) -> int:
    """The steps of every local day that is this weekday."""
    return _again((1 << STEPS_A_DAY) - 1, STEPS_A_WEEK, weekday * STEPS_A_DAY, zone, frame)


def _again(pattern: int, period: int, at: int, zone: tzinfo, frame: Frame) -> int:
    """The steps of a pattern that comes again and again by the local clock, `at` steps after its beginning;
    a frame begins on a Monday."""
    found = 0
    for each in clock(zone, frame):
        found |= _local(pattern, period, each.offset, at, frame) & between(
            each.first, each.after, frame
        )
    return found


def _local(pattern: int, period: int, offset: int, at: int, frame: Frame) -> int:
    """The same by a clock of one offset: a row that begins a week early, moved to where the offset says."""
    row = every(pattern, period, frame.steps + 2 * STEPS_A_WEEK)
    return row >> STEPS_A_WEEK + offset // STEP_SECONDS - at


# --- hours


@lru_cache(maxsize=1024)
def inside(zone: tzinfo, hours: tuple[Hours, ...], frame: Frame, length: timedelta) -> int:
    """The starts whose whole slot lies in one stretch of hours, on the local day it starts."""
    seconds = _seconds(length)

    def starts(begins: int, ends: int) -> tuple[int, int]:
        return up(begins), (ends - seconds) // STEP_SECONDS + 1

    return _starts(zone, hours, frame, starts)


@lru_cache(maxsize=1024)
def clear_of(zone: tzinfo, hours: tuple[Hours, ...], frame: Frame, length: timedelta) -> int:
    """The starts whose slot touches none of these hours on its local day; no slot in `inside` leaves its day."""
    seconds = _seconds(length)

    def starts(begins: int, ends: int) -> tuple[int, int]:
        return (begins - seconds) // STEP_SECONDS + 1, up(ends)

    return whole(frame) & ~_starts(zone, hours, frame, starts)


def _seconds(length: timedelta) -> int:
    """A length of whole seconds; a fraction counts as one."""
    return -((-length) // SECOND)


Starts = Callable[[int, int], tuple[int, int]]


def _starts(zone: tzinfo, hours: tuple[Hours, ...], frame: Frame, starts: Starts) -> int:
    """The starts of every stretch of hours."""
    steadies = clock(zone, frame)
    days = _plain(steadies)
    week = painted((_on_plain_day(each, starts) for each in hours), STEPS_A_WEEK)
    found = 0
    for plain in days:
        first, after = (day * STEPS_A_DAY - plain.offset // STEP_SECONDS for day in plain[1:])
        weeks = _local(week, STEPS_A_WEEK, plain.offset, 0, frame)
        found |= weeks & between(first, after, frame)
    for before, behind in pairwise(days):
        for number in range(before.after, behind.first):
            for each in hours:
                if each.weekday == number % 7:
                    found |= _on_odd_day(steadies, number, each, starts, frame)
    return found


def _on_plain_day(each: Hours, starts: Starts) -> tuple[int, int]:
    """One stretch of hours in a week of local time."""
    midnight = each.weekday * DAY_SECONDS
    return starts(midnight + each.from_minute * 60, midnight + each.to_minute * 60)


def _on_odd_day(
    steadies: tuple[Steady, ...], number: int, each: Hours, starts: Starts, frame: Frame
) -> int:
    """One stretch of hours on a day on which clocks change, cut to that day: it may not exist at all."""
    midnight = number * DAY_SECONDS
    begins = instant_of(steadies, midnight + each.from_minute * 60)
    ends = instant_of(steadies, midnight + each.to_minute * 60)
    first, after = starts(begins, ends)
    found = 0
    for day_first, day_after in _day(steadies, number):
        found |= between(max(first, day_first), min(after, day_after), frame)
    return found


def _plain(steadies: tuple[Steady, ...]) -> list[PlainDays]:
    """The days of each stretch on which every clock time comes once, from midnight to midnight."""
    found = []
    for number, each in enumerate(steadies):
        earlier, later = steadies[max(number - 1, 0)], steadies[number + 1 :][:1] or (each,)
        begins = each.begins + max(each.offset, earlier.offset)
        ends = each.ends + min(each.offset, later[0].offset)
        found.append(PlainDays(each.offset, -(-begins // DAY_SECONDS), ends // DAY_SECONDS))
    return found


def instant_of(steadies: tuple[Steady, ...], wall: int) -> int:
    """The instant of a wall clock, both in seconds of the frame: the first of two in an overlap, by the
    offset before the change in a gap (RFC 5545 section 3.3.5)."""
    for each, later in pairwise(steadies):
        instant = wall - each.offset
        if instant < each.ends or wall - later.offset < later.begins:
            return instant
    return wall - steadies[-1].offset
