"""The decision of a pairing's lane: first what was seen, then what follows, in a fixed order.

Not a rule of its own: each line below is one file of rules.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from daemon.decide.calendar import calendar_effects, moved
from daemon.decide.copies import told
from daemon.decide.lifecycle import line_seen, live
from daemon.decide.meetings import end, materialise
from daemon.decide.replies import reply_seen
from daemon.decide.reschedule import reschedule
from daemon.decide.seen import PairingTurn, event_gone, event_seen
from daemon.decide.touchpoints import touchpoints
from daemon.decide.turn import Turn
from daemon.domain.meeting import Meeting
from daemon.domain.observation import (
    BusySeen,
    EventGone,
    EventSeen,
    LineSeen,
    Observation,
    Refused,
    ReplySeen,
    Settled,
)
from daemon.domain.thread import AgendaLine, Note
from daemon.domain.world import Commitment, PairingState, Plan, World

NOTES_KEPT = 4
ACTIONS_KEPT = 12
EXCERPT_CHARACTERS = 700


def decide_pairing(world: World, now: datetime) -> Plan:
    """What this pairing needs now. Deciding twice with the same world gives the same plan."""
    state = world.state
    for seen in world.inbox:
        if isinstance(seen, LineSeen):
            state = line_seen(state if isinstance(state, PairingState) else None, seen)
    if not isinstance(state, PairingState):
        return Plan(world.lane, None)
    turn: PairingTurn = Turn(world, state, now)
    for seen in world.inbox:
        _fold(turn, seen)
    live(turn)
    materialise(turn)
    reschedule(turn)
    end(turn)
    calendar_effects(turn)
    touchpoints(turn)
    _forget(turn)
    _commit_people(turn)
    return turn.plan(frozenset(str(m.origin) for m in turn.state.meetings))


def _fold(turn: PairingTurn, seen: Observation) -> None:
    match seen:
        case EventSeen():
            event_seen(turn, seen)
        case EventGone():
            event_gone(turn, seen)
        case BusySeen():
            turn.busy.append(seen)
        case ReplySeen():
            reply_seen(turn, seen)
        case Settled():
            _settled(turn, seen)
        case Refused():
            _refused(turn, seen)
        case LineSeen():
            pass  # folded first: everything else needs the people it names
        case _:
            turn.because(f"{type(seen).__name__} says nothing to a pairing")


def _settled(turn: PairingTurn, seen: Settled) -> None:
    stem, generation = _stem_of(seen.key)
    told(turn, stem, seen.at)
    mark = turn.marks.get(stem)
    if mark is None or mark.generation != generation:
        return
    turn.marks[stem] = replace(mark, standing="settled", at=seen.at)
    verb, series = stem.partition("/")[0], turn.state.series
    if verb == "series" and series:
        known = replace(
            series, standing="put" if series.standing == "asked" else series.standing,
            version=seen.receipt.version, told=seen.receipt.told, until_put=series.rule.until,
        )  # fmt: skip
        turn.state = replace(turn.state, series=known)
    elif verb in ("move", "put"):
        moved(turn, seen.receipt)
    elif verb == "cancel":
        turn.state = replace(
            turn.state,
            meetings=tuple(
                replace(m, gone=True, told=seen.receipt.told) if str(m.origin) in stem else m
                for m in turn.state.meetings
            ),
        )


def _refused(turn: PairingTurn, seen: Refused) -> None:
    """A conflict is decided anew with the next generation; what is permanent is told to the contact."""
    stem, generation = _stem_of(seen.key)
    mark = turn.marks.get(stem)
    turn.because(f"not done: {seen.why}", seen.key)
    if mark is None or mark.generation != generation:
        return
    how = {"conflict": "withdrawn", "late": "skipped"}.get(seen.how, "refused")
    turn.marks[stem] = replace(mark, standing=how, at=seen.at)  # type: ignore[arg-type]
    if how == "refused":
        turn.tell("refused", reason=seen.why, what=stem.partition("/")[0])


def _stem_of(key: str) -> tuple[str, int]:
    stem, _, generation = key.rpartition("/")
    return stem, int(generation)


def _forget(turn: PairingTurn) -> None:
    """Keep the state small: the pair's words are kept in full elsewhere (Plan.keep)."""
    state = turn.state
    origins = {m.origin for m in state.meetings}
    notes = tuple(_excerpt(n) for n in state.notes if not n.copied and not n.private)
    rest = tuple(_excerpt(n) for n in state.notes if n.copied)[-NOTES_KEPT:]
    notes = tuple(sorted((*rest, *(n for n in notes if n.origin in origins)), key=_written))
    agenda = tuple(line for line in state.agenda if line.origin in origins)
    shown = timedelta(days=2)
    actions = [
        a for a in state.actions if a.done_at is None or not turn.watch.reached(a.done_at + shown)
    ]
    turn.state = replace(state, notes=notes, agenda=agenda, actions=tuple(actions[-ACTIONS_KEPT:]))


def _written(note: Note | AgendaLine) -> datetime:
    return note.at


def _excerpt(note: Note) -> Note:
    if not note.copied or len(note.text) <= EXCERPT_CHARACTERS:
        return note
    return replace(note, text=note.text[:EXCERPT_CHARACTERS].rsplit(" ", 1)[0] + " …")


def _commit_people(turn: PairingTurn) -> None:
    """What both are bound to, for decisions in other lanes of the same people."""
    line = turn.state.line
    running = turn.state.standing in ("active", "closing")
    meetings = [m for m in turn.state.meetings if m.stands and m.end > turn.now and running]
    for person in (line.mentor, line.mentee):
        bound = [_bound(turn, m) for m in meetings]
        proposal = turn.state.proposal
        if proposal:
            bound += [
                Commitment(turn.lane, "offer", o.start, o.end)
                for o in proposal.current
                if not proposal.picked or o.number == proposal.picked
            ]
        turn.commitments[person.id] = tuple(bound)


def _bound(turn: PairingTurn, meeting: Meeting) -> Commitment:
    first = turn.state.line.mentee.first
    return Commitment(turn.lane, "meeting", meeting.start, meeting.end, first)
