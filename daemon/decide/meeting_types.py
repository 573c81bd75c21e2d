"""Which type a 1:1 is, and how its agenda fills its time: their first, a look back, one after a long time, the last, or
one like any other.

Not the letter that says so: touchpoints.py. Nothing is stored of a type: it derives from the days, first planned, on which
the two met, so that a 1:1 that is moved keeps its type, and one that falls out leaves it to the next.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from daemon.decide.meetings import dates_to_come
from daemon.decide.moment import local_day
from daemon.decide.seen import PairingTurn
from daemon.decide.sessions import next_session
from daemon.decide.stopping import last_day
from daemon.decide.terms import terms
from daemon.domain.agenda import TYPES, Agenda, Block, MeetingType
from daemon.domain.meeting import Meeting

QUARTER_MONTHS = 3
LONG_STEPS = 3
"""After so many steps of the cadence without a 1:1 it is a long time since the last one."""
PAUSE_STEPS = 2
"""After so many where they paused meanwhile: a pause that left no 1:1 out is none to catch up on."""


class Before(Struct, frozen=True):
    """What is known of a 1:1: its own `day`; when the two met for the first time, and for the last time before it (None:
    it is the first); whether it is the `last`, and whether it comes after a `long` time. `unseen`: since when nobody has
    looked back, where the last one was to catch up instead."""

    day: date
    began: date | None = None
    met: date | None = None
    last: bool = False
    long: bool = False
    unseen: date | None = None


def type_of(turn: PairingTurn, meeting: Meeting) -> MeetingType | None:
    """The type of that 1:1; None where the program has no agenda for any that it is."""
    agendas = turn.program.meeting_types
    if not agendas:
        return None
    return first_that_fits(before(turn, meeting), [each.type for each in agendas])


def first_that_fits(known: Before, types: Iterable[MeetingType]) -> MeetingType | None:
    """Of these types the one that goes before the others."""
    fits = {
        "first": known.began is None,
        "closing": known.last,
        "catch_up": known.long,
        "career": _came_since(known, QUARTER_MONTHS),
        "monthly_review": _came_since(known, 1),
        "regular": True,
    }
    return next((each for each in TYPES if each in types and fits[each]), None)


def _came_since(known: Before, months: int) -> bool:
    """Whether so many months, or twice as many and so on, have become full since they last met, or since the one before
    where that was to catch up: then nobody has looked back on them yet."""
    since = known.unseen or known.met
    if known.began is None or since is None:
        return False
    now, then = (full_months(known.began, day) // months for day in (known.day, since))
    return now > then


def full_months(since: date, day: date) -> int:
    """How many months are full by that day; that of the 31st is full on the last day of a shorter month."""
    length = monthrange(day.year, day.month)[1]
    begun = (day.year - since.year) * 12 + day.month - since.month
    return begun - (day.day < min(since.day, length))


def before(turn: PairingTurn, meeting: Meeting) -> Before:
    """What the lane knows of the time before that 1:1, in the order in which they were first planned."""
    state = turn.state
    days = sorted(
        each.origin.day
        for each in state.meetings
        if takes_place(each) and each.origin.wall < meeting.origin.wall
    )
    known = sorted({each for each in (state.met.before, state.met.last, *days) if each is not None})
    if not known:
        return Before(meeting.origin.day, last=_is_last(turn, meeting))
    day, met = meeting.origin.day, known[-1]
    catches_up = any(each.type == "catch_up" for each in turn.program.meeting_types)
    earlier = known[-2] if catches_up and len(known) > 1 else None
    return Before(
        day,
        state.met.first or known[0],
        met,
        _is_last(turn, meeting),
        _is_long(turn, met, day),
        earlier if earlier and _is_long(turn, earlier, met) else None,
    )


def _is_long(turn: PairingTurn, met: date, day: date) -> bool:
    """Whether so many steps of their rhythm lie between the two days, to the nearest whole one, that both have much to
    tell each other."""
    step, over = terms(turn.state, turn.program).step.length, turn.state.resumed
    zone = turn.zone(turn.state.line.anchor)
    paused = over is not None and met <= local_day(over.since, zone) < day
    least = PAUSE_STEPS if paused else LONG_STEPS
    return day - met >= step * least - step / 2


def takes_place(meeting: Meeting) -> bool:
    """Whether the two meet then, or have met."""
    return meeting.stands or meeting.standing == "held"


def _is_last(turn: PairingTurn, meeting: Meeting) -> bool:
    """Whether nothing comes after it before the end. What fell out and may still find another time does."""
    later = (each for each in turn.state.meetings if each.origin.wall > meeting.origin.wall)
    if any(each.stands or (each.standing == "cancelled" and not each.settled_by) for each in later):
        return False
    wanted, until = terms(turn.state, turn.program), last_day(turn)
    if wanted.sessions:
        return next_session(turn) > wanted.sessions
    if until is None or any(each.live and each.gone_at for each in turn.state.series):
        return False
    wall = datetime.fromisoformat(meeting.origin.wall)
    if wanted.step.wall(wall, 1).date() > until:
        return True
    live = [each for each in turn.state.series if each.live]
    known = bool(live) and all(each.standing == "put" and each.rule.until for each in live)
    return known and not dates_to_come(turn)


# --- its agenda


def agenda_of(agendas: Sequence[Agenda], wanted: MeetingType | None, minutes: int) -> list[Block]:
    """The blocks of that type for a 1:1 of so many minutes."""
    blocks = next((each.blocks for each in agendas if each.type == wanted), ())
    return scaled(blocks, minutes)


def scaled(blocks: Sequence[Block], minutes: int) -> list[Block]:
    """The same blocks in so many minutes: whole ones, at least one each, and the largest remainders rounded up. None
    where there are more blocks than minutes."""
    if not blocks or minutes < len(blocks):
        return []
    whole = sum(each.minutes for each in blocks)
    shares = [
        each.minutes * minutes for each in blocks
    ]  # in parts of `whole`, so that nothing is rounded
    given = [max(1, share // whole) for share in shares]
    while sum(given) < minutes:
        least = max(range(len(given)), key=lambda at: shares[at] - given[at] * whole)
        given[least] += 1
    while sum(given) > minutes:
        most = min(
            (at for at in range(len(given)) if given[at] > 1),
            key=lambda at: shares[at] - given[at] * whole,
        )
        given[most] -= 1
    return [Block(many, each.words) for many, each in zip(given, blocks, strict=True)]


def blocks_shown(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """The same, as facts of a letter."""
    return [{"minutes": each.minutes, "words": each.words} for each in blocks]
