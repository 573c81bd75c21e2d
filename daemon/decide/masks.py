"""Masks: a stretch of weeks as one integer, in which each bit is a start at a step of five minutes in UTC.

Not a rule and not a zone: what may be offered is said in slots.py, local time is turned into steps in
local_masks.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import Generic, NamedTuple, Protocol, TypeVar

from daemon.domain.meeting import Slot

STEP_MINUTES = 5
STEP_SECONDS = 300
STEPS_A_DAY = 288
STEPS_A_WEEK = 2016
EPOCH = date(1970, 1, 1).toordinal()
START = attrgetter("start")


class Timed(Protocol):
    """Anything that takes time: a slot, or an interval of a calendar."""

    @property
    def start(self) -> datetime:
        """When it begins."""

    @property
    def end(self) -> datetime:
        """When it ends."""


T = TypeVar("T", bound=Timed)


class Same(Generic[T]):
    """Some times, known by which tuple they are and not by what it holds: to compare a thousand intervals
    costs more than a mask saves. Within a beat the busy times of a person are one and the same tuple."""

    __slots__ = ("items",)

    def __init__(self, items: tuple[T, ...]) -> None:
        self.items = items

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.items is other.items

    def __hash__(self) -> int:
        # Which one it is, too: only a cache ever sees it, and what is found does not depend on it.
        return object.__hash__(self.items)


class Frame(NamedTuple):
    """The weeks that a mask spans: the ordinal of their first day, a Monday, and how many steps they have.

    Whole weeks, so that everybody's searches of one week share their masks; a tuple, because masks are kept by it
    and its hash is cheap.
    """

    day: int
    steps: int

    @property
    def begins(self) -> datetime:
        """The instant of bit 0."""
        return midnight(self.day)

    @property
    def epoch(self) -> int:
        """The same in seconds since 1970."""
        return (self.day - EPOCH) * 86_400


@lru_cache(maxsize=64)
def midnight(day: int) -> datetime:
    """Midnight in UTC of a day by its ordinal."""
    return datetime.combine(date.fromordinal(day), time(0), UTC)


@lru_cache(maxsize=256)
def frame_of(window: Slot) -> Frame:
    """The weeks in which a window in UTC lies."""
    day = window.start.toordinal()
    day -= (day - 1) % 7
    weeks = -((midnight(day) - window.end).days // 7)
    return Frame(day, max(weeks, 1) * STEPS_A_WEEK)


def step_after(moment: datetime, frame: Frame) -> int:
    """The first step that is not before a moment."""
    return -_steps(midnight(frame.day) - moment)


def step_before(moment: datetime, frame: Frame) -> int:
    """The last step that is not after a moment."""
    return _steps(moment - midnight(frame.day))


def moment_of(step: int, frame: Frame) -> datetime:
    """The instant of a step."""
    return midnight(frame.day) + timedelta(0, step * STEP_SECONDS)


@lru_cache(maxsize=32)
def whole(frame: Frame) -> int:
    """Every step of a frame."""
    return (1 << frame.steps) - 1


def between(first: int, after: int, frame: Frame) -> int:
    """The steps in [first, after), as far as the frame has them."""
    first, after = max(first, 0), min(after, frame.steps)
    return ((1 << (after - first)) - 1) << first if first < after else 0


def painted(runs: Iterable[tuple[int, int]], steps: int) -> int:
    """The steps of many runs [first, after), which may overlap: a character each, read as one number of
    base two, so that the work grows with the runs and not with runs times weeks."""
    row = bytearray(b"0") * steps
    ones = b"1" * steps
    for first, after in runs:
        if first < 0:
            first = 0
        if after > steps:
            after = steps
        if first < after:
            row[steps - after : steps - first] = ones[first:after]
    return int(row, 2)


def striped(runs: Iterable[tuple[int, int]], steps: int) -> int:
    """The same for runs that lie apart: a bit where each of them is over, less a bit where it begins, is all that
    lies between."""
    begun, over = bytearray(steps // 8 + 1), bytearray(steps // 8 + 1)
    for first, after in runs:
        if first < 0:
            first = 0
        if after > steps:
            after = steps
        if first < after:
            begun[first >> 3] |= 1 << (first & 7)
            over[after >> 3] |= 1 << (after & 7)
    return int.from_bytes(over, "little") - int.from_bytes(begun, "little")


@lru_cache(maxsize=256)
def every(pattern: int, period: int, steps: int) -> int:
    """A pattern of `period` steps, again and again from bit 0 on for at least so many steps."""
    found = pattern
    while period < steps:
        found |= found << period
        period *= 2
    return found


def lowest(mask: int) -> int:
    """The earliest step of a mask that has one."""
    return (mask & -mask).bit_length() - 1


def steps_of(mask: int) -> Iterator[int]:
    """The steps of a mask, the earliest first."""
    while mask:
        step = lowest(mask)
        yield step
        mask ^= 1 << step


@lru_cache(maxsize=512)
def free_of(taken: Same[Timed], frame: Frame, length: timedelta, buffer_minutes: int) -> int:
    """The starts at which a slot of that length, with its buffers, meets nothing that is taken."""
    return whole(frame) ^ striped(lost_to(taken.items, frame, length, buffer_minutes), frame.steps)


def lost_to(
    taken: Iterable[Timed], frame: Frame, length: timedelta, buffer_minutes: int
) -> list[tuple[int, int]]:
    """The runs of starts that what is taken costs, buffers included; they lie apart.

    Exact to the microsecond: a start t is lost where begin < t + length + buffer and t − buffer < end.
    """
    buffer = timedelta(minutes=buffer_minutes)
    late, early = frame.begins + length + buffer, frame.begins - buffer
    return [
        (
            (after := begin - late).days * STEPS_A_DAY + after.seconds // STEP_SECONDS + 1,
            -(before := early - end).days * STEPS_A_DAY - before.seconds // STEP_SECONDS,
        )
        for begin, end in _joined(taken, length + 2 * buffer)
    ]


def _steps(time: timedelta) -> int:
    """Whole steps, rounded down."""
    return time.days * STEPS_A_DAY + time.seconds // STEP_SECONDS


def _joined(taken: Iterable[Timed], room: timedelta) -> list[tuple[datetime, datetime]]:
    """What is taken, joined where less room is left between: most of a full day is a few stretches, and to
    join costs a third of what it costs to turn every interval into steps."""
    found: list[tuple[datetime, datetime]] = []
    in_order = iter(sorted(taken, key=START))
    first = next(in_order, None)
    if first is None:
        return found
    begin, end = first.start, first.end
    until = end + room
    for each in in_order:
        start, over = each.start, each.end
        if start >= until:
            found.append((begin, end))
            begin, end = start, over
            until = end + room
        elif over > end:
            end = over
            until = end + room
    found.append((begin, end))
    return found
