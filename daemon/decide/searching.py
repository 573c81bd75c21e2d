"""Searching: where in a meeting's cadence window both people are free, by busy times read just now (RULES 6).

Not what is offered and answered: reschedule.py does that, and slots.py does the arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache

from msgspec import Struct

from daemon.decide.days import off
from daemon.decide.group import away_slots
from daemon.decide.masks import Same
from daemon.decide.meetings import following
from daemon.decide.moment import at_minute, instant, local_day
from daemon.decide.reserved import beside, first_of_all, second_time
from daemon.decide.seen import PairingTurn
from daemon.decide.slots import Found, Search, Side, Sides, overlaps, rejections
from daemon.decide.terms import terms
from daemon.domain.meeting import Meeting, Slot
from daemon.domain.observation import BusyInterval, BusySeen
from daemon.domain.people import ROLES, Person, Role
from daemon.domain.value import replace
from daemon.domain.world import Need

RETRY = timedelta(minutes=10)
"""How long after an unanswered need the busy times are asked for again."""
LOST_RETRY = timedelta(hours=1)
"""As often as a lost account is looked at; its return stirs the lane anyway."""


class Searched(Struct, frozen=True):
    """The best slots that suit both, as many as are offered; `widened` beyond the cadence window, `unknown`
    are those of whom nobody knows when they are busy; `rejected` counts why others were not found good."""

    found: list[Found]
    widened: bool = False
    unknown: tuple[Role, ...] = ()
    rejected: str = ""

    @property
    def mentor_known(self) -> bool:
        """Whether anybody knows when the mentor is busy."""
        return "mentor" not in self.unknown


def soonest_offer(turn: PairingTurn) -> datetime:
    """From when on times are offered: after the notice, and after a pause that has come to its date."""
    notice = turn.now + timedelta(hours=turn.program.notice_hours)
    until = turn.state.paused_until
    return max(notice, at_minute(until, 0, turn.zone(turn.state.line.anchor))) if until else notice


def windows(turn: PairingTurn, meeting: Meeting) -> tuple[Slot, Slot]:
    """The cadence window of a meeting, and the widened one (RULES 6), both after the notice."""
    earliest = soonest_offer(turn)
    wanted = terms(turn.state, turn.program)
    zone = turn.zone(meeting.origin.zone)
    wall = datetime.fromisoformat(meeting.origin.wall)
    origin = instant(wall, zone)
    one_before, one_after, two_after = (
        instant(wanted.step.wall(wall, n), zone) for n in (-1, 1, 2)
    )
    step_before, step_after = origin - one_before, one_after - origin
    after = following(turn, replace(meeting, start=origin))
    following_start = min(after.start, two_after) if after else one_after
    before = [
        m.start for m in turn.state.meetings
        if m.origin != meeting.origin and m.start < origin and m.standing != "skipped"
    ]  # fmt: skip
    earlier = max(before, default=one_before) + step_before / 3
    lower = max(earliest, origin - step_before / 2, earlier)
    upper = min(origin + step_after / 2, following_start - step_after / 3)
    ends = _last_moment(turn)
    near = Slot(lower, min(upper, ends))
    return near, Slot(earliest, min(following_start - timedelta(hours=24), ends))


def _last_moment(turn: PairingTurn) -> datetime:
    """Nothing is offered past the end of the pairing."""
    ends = terms(turn.state, turn.program).ends
    if ends is None:
        return turn.now + timedelta(days=4000)
    return at_minute(ends, 24 * 60, turn.zone(turn.state.line.anchor))


def search(turn: PairingTurn, meeting: Meeting, avoid: frozenset[datetime]) -> Searched | None:
    """Slots in the cadence window, or in the widened one; None while busy times are not known."""
    near, wide = windows(turn, meeting)
    if wide.end <= wide.start:
        return Searched([])
    wall = meeting.origin.wall
    usual = int(wall[11:13]) * 60 + int(wall[14:16])
    asked = Asked(
        meeting, meeting.end - meeting.start, usual, meeting.origin.day.weekday(), avoid,
        second_time(turn, meeting),
    )  # fmt: skip
    return _searched(turn, asked, (near, wide))


def search_window(turn: PairingTurn, window: Slot, avoid: frozenset[datetime]) -> Searched | None:
    """Slots for a session that has no time yet."""
    length = timedelta(minutes=terms(turn.state, turn.program).lengths_minutes[0])
    return _searched(turn, Asked(None, length, 14 * 60, -1, avoid), (window,))


class Asked(Struct, frozen=True):
    """For what a time is looked for: `usual` is the minute of the local day that the pair is used to, `second` the time
    that is reserved for it in that week."""

    meeting: Meeting | None
    length: timedelta
    usual: int
    weekday: int
    avoid: frozenset[datetime]
    second: Slot | None = None


def _searched(turn: PairingTurn, asked: Asked, spans: tuple[Slot, ...]) -> Searched | None:
    whole = Slot(min(s.start for s in spans), max(s.end for s in spans))
    read = _busy(turn, asked.meeting, whole)
    if read is None:
        return None
    for offers_too in (True, False):
        sides = _sides(turn, read, asked.meeting, offers_too=offers_too)
        searched = _search(turn, asked, spans, sides)
        # What is offered to another pairing is left alone, unless fewer than three would remain.
        if len(searched.found) >= turn.program.offers:
            break
    line = turn.state.line
    unknown = tuple(role for role in ROLES if read.get(line.person(role).address) is None)
    return replace(searched, unknown=unknown)


def _search(turn: PairingTurn, asked: Asked, spans: tuple[Slot, ...], sides: Sides) -> Searched:
    """In the first window with as many good slots as are offered, else in the last one; the second reserved time
    wherever it lies."""
    first = first_of_all(_wanted(turn, asked, spans[-1]), sides, asked.second)
    for window in spans:
        wanted = _wanted(turn, asked, window)
        found = beside(wanted, sides, first, turn.program.offers)
        if len(found) >= turn.program.offers:
            break
    return Searched(
        found, widened=window != spans[0], rejected=_in_words(rejections(wanted, sides))
    )


def _wanted(turn: PairingTurn, asked: Asked, window: Slot) -> Search:
    return Search(
        window, asked.length, turn.program.slot_grid_minutes, turn.zone(turn.state.line.anchor),
        asked.usual, asked.weekday, asked.avoid, _days_off(turn, window, asked.meeting),
    )  # fmt: skip


def _in_words(rejected: Mapping[str, int]) -> str:
    """Why other times on the grid were not found good, in one sentence for the admin."""
    counts = ", ".join(f"{count} {why}" for why, count in rejected.items())
    return f"not offered: {counts}" if counts else ""


def _days_off(turn: PairingTurn, window: Slot, meeting: Meeting | None) -> frozenset[date]:
    """Local days of the anchor zone on which nothing is offered. MEET means the days that the program leaves
    out."""
    anyway = meeting is not None and meeting.standing == "skipped"
    zone = turn.zone(turn.state.line.anchor)
    day, last = local_day(window.start, zone), local_day(window.end, zone)
    found: set[date] = set()
    while day <= last:
        if off(turn, at_minute(day, 12 * 60, zone), anyway=anyway):
            found.add(day)
        day += timedelta(days=1)
    return frozenset(found)


def _sides(
    turn: PairingTurn, read: Mapping[str, tuple[BusyInterval, ...] | None],
    meeting: Meeting | None, *, offers_too: bool,
) -> Sides:  # fmt: skip
    """Everybody of the pairing; a group meets when all of it can."""
    people = turn.state.line.people
    return tuple(_side(turn, each, read, meeting, offers_too=offers_too) for each in people)


def _side(
    turn: PairingTurn, person: Person, read: Mapping[str, tuple[BusyInterval, ...] | None],
    meeting: Meeting | None, *, offers_too: bool,
) -> Side:  # fmt: skip
    program, role = turn.program, turn.state.line.role_of(person.id)
    own = meeting.place.uid if meeting and meeting.place and not meeting.place.recurrence else ""
    kinds = ("meeting", "picked", "offer") if offers_too else ("meeting", "picked")
    bound = [c for c in turn.world.commitments.get(person.id, ()) if c.lane != turn.lane]
    at = meeting.slot if meeting else None
    taken, yields = _sorted_out(Same(read.get(person.address) or ()), person.overbook, own, at)
    promised = tuple(Slot(c.start, c.end) for c in bound if c.kind in kinds)
    if role is None:
        promised += away_slots(turn, person)
    others = tuple(c.start for c in bound if c.kind == "meeting")
    most = program.mentor_meetings_per_day if role == "mentor" else program.mentee_meetings_per_day
    return Side(
        turn.zone(person.zone), person.hours, taken, blackout=person.blackout,
        buffer_minutes=program.kept_free_minutes, meetings=others, per_day_most=most,
        yields=yields, bound=promised,
    )  # fmt: skip


@lru_cache(maxsize=256)
def _sorted_out(
    busy: Same[BusyInterval], overbook: int, own: str, at: Slot | None
) -> tuple[tuple[BusyInterval, ...], tuple[BusyInterval, ...]]:
    """What is taken, and what may be offered over; both without the meeting itself, which is known by its uid
    or lies at its time. Where all is taken it stays the same tuple, and so do its masks."""
    others = [
        each
        for each in busy.items
        if (each.source != own or not own)
        and not (at and (each.start, each.end) == (at.start, at.end))
    ]
    taken = tuple(each for each in others if each.priority > overbook)
    yields = tuple(each for each in others if each.priority <= overbook)
    return busy.items if len(taken) == len(busy.items) else taken, yields


def is_free(turn: PairingTurn, meeting: Meeting | None, slot: Slot) -> bool | None:
    """Whether nobody has anything at that time now; None while that is not known."""
    read = _busy(turn, meeting, slot)
    if read is None:
        return None
    sides = _sides(turn, read, meeting, offers_too=False)
    return not any(overlaps(slot, side.taken) or overlaps(slot, side.bound) for side in sides)


def busy_at(
    turn: PairingTurn, meeting: Meeting
) -> Mapping[str, tuple[BusyInterval, ...] | None] | None:
    """What lies at the very time of a meeting, for both; None while that is not known."""
    return read_busy(turn, meeting.slot, meeting.slot)


def busy_around(
    turn: PairingTurn, meeting: Meeting
) -> Mapping[str, tuple[BusyInterval, ...] | None] | None:
    """The same, read so widely that another time can be looked for in the same beat."""
    return _busy(turn, meeting, meeting.slot)


def _busy(
    turn: PairingTurn, meeting: Meeting | None, window: Slot
) -> Mapping[str, tuple[BusyInterval, ...] | None] | None:
    """The need covers all that a search for this meeting may look at: a beat answers needs once, and what
    is found (a clash, a slot that is taken) asks for a search at once."""
    spans = (window, *(windows(turn, meeting) if meeting else ()))
    widest = Slot(min(span.start for span in spans), max(span.end for span in spans))
    return read_busy(turn, window, widest)


def read_busy(
    turn: PairingTurn, window: Slot, widest: Slot
) -> Mapping[str, tuple[BusyInterval, ...] | None] | None:
    """A BusySeen of this very beat that covers the window, else the need for one."""
    seen = covering(turn, window)
    if seen is not None and not seen.failed:
        return seen.busy
    if seen is None:
        line = turn.state.line
        people = tuple(each.address for each in line.people)
        turn.needs.append(Need(line.calendar, people, widest.start, widest.end))
    else:
        turn.because("the busy times could not be read: asked again later")
    turn.watch.reached(turn.now + (LOST_RETRY if seen and seen.lost else RETRY))
    return None


def covering(turn: PairingTurn, window: Slot) -> BusySeen | None:
    """The last answer of this beat that covers a window."""
    return next(
        (s for s in reversed(turn.busy) if s.start <= window.start and window.end <= s.end), None
    )


def overlapping(intervals: Iterable[BusyInterval], meeting: Meeting) -> list[Slot]:
    """What is taken at the very time of the meeting."""
    slots = [Slot(i.start, i.end) for i in intervals]
    return [slot for slot in slots if overlaps(meeting.slot, (slot,))]
