"""Regular times: which weekly, or nth-weekday, times suit two people for weeks to come (RULES 6, "First time").

Not the conversation about them (regular.py), and not one meeting's time (slots.py). A time of a local day is a
bit of that day's row, so all times of one weekday are looked at together.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo

from msgspec import Struct

from daemon.decide.local_masks import clear_of, day_number, day_row, inside
from daemon.decide.masks import (
    STEP_MINUTES,
    Frame,
    Same,
    every,
    frame_of,
    free_of,
    lost_to,
    painted,
    step_after,
    steps_of,
    striped,
    whole,
)
from daemon.decide.moment import instant
from daemon.decide.ranking import discomfort
from daemon.decide.slots import Side, Sides
from daemon.domain.cadence import RegularTime, Step, first_wall
from daemon.domain.meeting import Slot
from daemon.domain.value import replace

CLOCK_MINUTES = 30
"""Regular times begin on the half hour."""
EVERY_CLOCK = every(1, CLOCK_MINUTES // STEP_MINUTES, 288) & ((1 << 288) - 1)
DAY = timedelta(days=1)


class Sought(Struct, frozen=True):
    """What is looked for: so many `dates` a `step` apart, by the clock of `zone`, the first on or after
    `from_day` and not before `earliest`. Nothing takes place in what is `off`; `avoid` are first dates that
    were offered before."""

    zone: tzinfo
    step: Step
    dates: int
    from_day: date
    earliest: datetime
    length: timedelta
    off: tuple[Slot, ...] = ()
    avoid: frozenset[datetime] = frozenset()


class Regular(Struct, frozen=True):
    """A regular time both can make: free so often of the times looked at."""

    at: RegularTime
    first: datetime
    end: datetime
    free: int
    away_minutes: int


class Rows(Struct, frozen=True):
    """Three masks of one frame: when both are there, when both are free, and what is not too soon."""

    frame: Frame
    zone: tzinfo
    there: int
    free: int
    soon: int

    def row(self, mask: int, day: date) -> int:
        """The starts of a local day by its clock."""
        return day_row(mask, self.zone, self.frame, day_number(day, self.frame))


def regular_times(sought: Sought, sides: Sides) -> list[Regular]:
    """Times inside both people's hours at every date, the best first: what is most often free, then what is
    least uncomfortable for who has it worse, then the earliest. Free in most of the dates, or as often as any."""
    rows = _rows(sought, sides)
    found = [
        _regular(sought, sides, at, first, free)
        for at, first, free in _free_times(sought, rows)
        if instant(first, sought.zone) not in sought.avoid
    ]
    most = max((regular.free for regular in found), default=0)
    good = [each for each in found if each.free * 2 > sought.dates or each.free == most]
    return sorted(good, key=lambda each: (-each.free, each.away_minutes, each.first))


def _rows(sought: Sought, sides: Sides) -> Rows:
    last = max(_days(sought, *which)[-1] for which in _weekdays(sought.step))
    ends = instant(datetime.combine(last + DAY, datetime.min.time()), sought.zone)
    frame = frame_of(Slot(sought.earliest - 2 * DAY, ends + sought.length))
    there, free = whole(frame), ~painted(_starts_in(sought.off, frame), frame.steps)
    for side in sides:
        there &= inside(side.zone, side.hours, frame, sought.length)
        there &= clear_of(side.zone, side.blackout, frame, sought.length)
        free &= free_of(Same(side.taken), frame, sought.length, side.buffer_minutes)
        free &= ~striped(lost_to(side.bound, frame, sought.length, 0), frame.steps)
    soon = ~((1 << step_after(sought.earliest, frame)) - 1)
    return Rows(frame, sought.zone, there, free, soon)


def _starts_in(off: tuple[Slot, ...], frame: Frame) -> Iterator[tuple[int, int]]:
    return ((step_after(each.start, frame), step_after(each.end, frame)) for each in off)


def _weekdays(step: Step) -> list[tuple[int, int]]:
    """Every weekday, and which of its month (0 where weeks are counted)."""
    return [
        (weekday, nth) for nth in ((1, 2, 3, 4) if step.months else (0,)) for weekday in range(7)
    ]


def _days(sought: Sought, weekday: int, nth: int) -> list[date]:
    """The dates of one weekday, and one more for the clock times that are over on the first of them."""
    step = replace(sought.step, nth=nth)
    first = first_wall(RegularTime(weekday, 0, 0, nth), step, sought.from_day)
    return [step.wall(first, number).date() for number in range(sought.dates + 1)]


def _free_times(sought: Sought, rows: Rows) -> Iterator[tuple[RegularTime, datetime, int]]:
    """Regular times inside the hours at every date, their first date, and how often they are free."""
    for weekday, nth in _weekdays(sought.step):
        days = _days(sought, weekday, nth)
        in_time = rows.row(rows.soon, days[0])
        for shown, clocks in ((days[:-1], in_time), (days[1:], ~in_time)):
            clocks &= EVERY_CLOCK
            for day in shown:
                clocks &= rows.row(rows.there, day)
            if not clocks:
                continue
            free = [rows.row(rows.free, day) for day in shown]
            for clock in steps_of(clocks):
                if count := sum(row >> clock & 1 for row in free):
                    hour, minute = divmod(clock * STEP_MINUTES, 60)
                    first = datetime.combine(shown[0], datetime.min.time().replace(hour, minute))
                    yield RegularTime(weekday, hour, minute, nth), first, count


def _regular(sought: Sought, sides: Sides, at: RegularTime, first: datetime, free: int) -> Regular:
    start = instant(first, sought.zone)
    return Regular(
        at, start, start + sought.length, free, max(_discomfort(start, side) for side in sides)
    )


def _discomfort(start: datetime, side: Side) -> int:
    """Far zones share the burden: what counts is who has it worse."""
    local = start.astimezone(side.zone)
    return discomfort(local.hour * 60 + local.minute)
