"""Searching: where in a meeting's cadence window both people are free, by busy times read just now (RULES 6).

Not what is offered and answered: reschedule.py does that, and slots.py does the arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from daemon.decide.cadence import STEP
from daemon.decide.meetings import following
from daemon.decide.moment import instant
from daemon.decide.seen import PairingTurn
from daemon.decide.slots import Found, Search, Side, find, free, spread, taken_by
from daemon.domain.meeting import Meeting, Slot
from daemon.domain.observation import BusyInterval
from daemon.domain.world import Need

RETRY = timedelta(minutes=10)
"""How long after an unanswered need the busy times are asked for again."""


def _window(turn: PairingTurn, meeting: Meeting) -> tuple[Slot, Slot]:
    """The cadence window of a meeting, and the widened one (RULES 6), both after the notice."""
    earliest = turn.now + timedelta(hours=turn.program.notice_hours)
    origin = instant(datetime.fromisoformat(meeting.origin.wall), turn.zone(meeting.origin.zone))
    after = following(turn, replace(meeting, start=origin))
    following_start = after.start if after else origin + STEP
    before = [m.start for m in turn.state.meetings if m.start < origin and m.standing != "skipped"]
    lower = max(earliest, origin - STEP / 2, max(before, default=origin - STEP) + STEP / 3)
    upper = min(origin + STEP / 2, following_start - STEP / 3)
    return Slot(lower, upper), Slot(earliest, following_start - timedelta(hours=24))


def search(
    turn: PairingTurn, meeting: Meeting, avoid: frozenset[datetime]
) -> tuple[list[Found], bool] | None:
    """Slots in the cadence window, or in the widened one; None while busy times are not known."""
    near, wide = _window(turn, meeting)
    if wide.end <= wide.start:
        return [], False
    sides = sides_of(turn, meeting, Slot(min(near.start, wide.start), max(near.end, wide.end)))
    if sides is None:
        return None
    local = turn.zone(meeting.origin.zone)
    usual = int(meeting.origin.wall[11:13]) * 60 + int(meeting.origin.wall[14:16])
    length = meeting.end - meeting.start
    for window, widened in ((near, False), (wide, True)):
        wanted = Search(window, length, turn.program.slot_grid_minutes, local, usual, avoid)
        found = find(wanted, sides) if window.end > window.start else []
        if widened or len(spread(found, turn.program.offers)) >= turn.program.offers:
            return found, widened
    return [], True


def sides_of(turn: PairingTurn, meeting: Meeting, window: Slot) -> tuple[Side, Side] | None:
    """Both people's busy time, read just now. A mentor whose busy time is Unknown is never offered."""
    line = turn.state.line
    seen = busy_now(turn, meeting, window)
    if seen is None:
        return None
    own = frozenset({meeting.place.uid} if meeting.place and not meeting.place.recurrence else ())
    sides: list[Side] = []
    for person in (line.mentor, line.mentee):
        intervals = seen[person.address] or ()
        bound = turn.world.commitments.get(person.id, ())
        taken = [c for c in bound if c.lane != turn.lane]
        mine = Slot(meeting.start, meeting.end)
        slots = tuple(s for s in taken_by(intervals, own) if s != mine)
        slots += tuple(Slot(c.start, c.end) for c in taken)
        sides.append(Side(turn.zone(person.zone), person.hours, slots))
    return sides[0], sides[1]


def busy_now(
    turn: PairingTurn, meeting: Meeting, window: Slot
) -> Mapping[str, tuple[BusyInterval, ...] | None] | None:
    """A BusySeen of this very beat that covers the window, else the need for one.

    The need covers all that a search for this meeting may look at: a beat answers needs once, and what
    is found (a clash, a slot that is taken) asks for a search at once.
    """
    line = turn.state.line
    for seen in reversed(turn.busy):
        if seen.start <= window.start and window.end <= seen.end:
            if seen.busy.get(line.mentor.address) is not None:
                return {line.mentee.address: None, **seen.busy}
            turn.because("the mentor's busy time is not known: asked again later")
            turn.watch.reached(turn.now + RETRY)
            return None
    people = (line.mentor.address, line.mentee.address)
    spans = (window, *_window(turn, meeting))
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    turn.needs.append(Need(line.mentor.address, people, start, end))
    turn.watch.reached(turn.now + RETRY)
    return None


def overlapping(intervals: Iterable[BusyInterval], meeting: Meeting) -> list[Slot]:
    """What is taken at the very time of the meeting."""
    return [slot for slot in taken_by(intervals) if not free(meeting.slot, (slot,))]
