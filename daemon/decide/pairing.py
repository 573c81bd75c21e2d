"""The decision of a pairing's lane: first what was seen, then what follows, in a fixed order.

Not a rule of its own: each line below is one file of rules.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from daemon.decide.absence import forget_absences, leave_out_by_rule
from daemon.decide.answers import lapse_questions
from daemon.decide.calendar import calendar_effects
from daemon.decide.caps import COUNTS, note_letters
from daemon.decide.card import shown_on_card, tell_card
from daemon.decide.gone import ask_what_is_meant
from daemon.decide.ladder import count_falls
from daemon.decide.lifecycle import line_seen, live
from daemon.decide.looking import drop_clashes, look_at_meetings
from daemon.decide.meetings import end, materialise
from daemon.decide.moment import instant
from daemon.decide.once import told_here
from daemon.decide.oneself import said_elsewhere
from daemon.decide.receipts import expect_quietly, refused, settled
from daemon.decide.replies import reply_seen
from daemon.decide.reschedule import reschedule
from daemon.decide.rewalled import adopt, series_deleted, series_seen, stranger_seen
from daemon.decide.seen import PairingTurn, event_gone, event_seen
from daemon.decide.series import first_start
from daemon.decide.still_good import alive_here, ask_whether_still_good, heard
from daemon.decide.terms import terms
from daemon.decide.touchpoints import touchpoints
from daemon.decide.turn import Turn
from daemon.domain.observation import (
    BusySeen,
    CardSent,
    EventGone,
    EventSeen,
    LineSeen,
    Observation,
    PersonSaid,
    Refused,
    ReplySeen,
    Settled,
    Stirred,
)
from daemon.domain.people import ROLES, other
from daemon.domain.thread import AgendaLine, Note
from daemon.domain.value import replace
from daemon.domain.world import Commitment, PairingState, Plan, World

NOTES_KEPT = 4
ACTIONS_KEPT = 12
EXCERPT_CHARACTERS = 700
LETTERS_REMEMBERED = timedelta(hours=48)
REGULAR_DATES_BOUND = 4


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
    for role in turn.signs:
        heard(turn, role, now)
    _follow(turn)
    note_letters(turn)
    expect_quietly(turn)
    _forget(turn)
    _commit_people(turn)
    return turn.plan(frozenset(str(m.origin) for m in turn.state.meetings))


def _follow(turn: PairingTurn) -> None:
    """Everything that follows, whatever was seen: from the pair as a whole to single letters."""
    adopt(turn)
    lapse_questions(turn)
    live(turn)
    if materialise(turn):
        forget_absences(turn)
    leave_out_by_rule(turn)
    ask_what_is_meant(turn)
    look_at_meetings(turn)
    drop_clashes(turn)
    agreed = turn.state.agreed
    reschedule(turn)
    if turn.state.agreed != agreed:
        live(turn)  # a regular time was accepted: the series follows at once
    end(turn)
    count_falls(turn)
    ask_whether_still_good(turn)
    calendar_effects(turn)
    touchpoints(turn)
    tell_card(turn)


def _fold(turn: PairingTurn, seen: Observation) -> None:
    match seen:
        case EventSeen():
            _event_seen(turn, seen)
        case EventGone():
            if any(s.uid == seen.place.uid for s in turn.state.series):
                series_deleted(turn, seen)
            else:
                event_gone(turn, seen)
        case BusySeen():
            turn.busy.append(seen)
        case Stirred():
            turn.stirred = seen.at
        case ReplySeen():
            role = turn.state.line.role_of(seen.person)
            turn.writer = turn.state.line.person(role).first if role else ""
            reply_seen(turn, seen)
            turn.writer = ""
        case PersonSaid():
            _person_said(turn, seen)
        case Settled():
            settled(turn, seen)
        case Refused():
            refused(turn, seen)
        case CardSent():
            shown_on_card(turn, seen.until)
        case LineSeen():
            pass  # folded first: everything else needs the people it names
        case _:
            turn.because(f"{type(seen).__name__} says nothing to a pairing")


def _event_seen(turn: PairingTurn, seen: EventSeen) -> None:
    if any(s.uid == seen.place.uid for s in turn.state.series):
        if seen.place.recurrence:
            event_seen(turn, seen)
        else:
            series_seen(turn, seen)
    elif not event_seen(turn, seen):
        stranger_seen(turn, seen)


def _person_said(turn: PairingTurn, seen: PersonSaid) -> None:
    """Said in another pairing of the same person, and true here as well."""
    role = turn.state.line.role_of(seen.person)
    if role and turn.state.standing != "closed":
        said_elsewhere(turn, role, seen.said, f"{seen.at:%Y%m%dT%H%M%S}")


def _forget(turn: PairingTurn) -> None:
    """Keep the state small: the pair's words are kept in full elsewhere (Plan.keep)."""
    state = turn.state
    origins = {m.origin for m in state.meetings}
    notes = tuple(n for n in state.notes if not n.copied and not n.private)
    rest = tuple(_excerpt(n) for n in state.notes if n.copied)[-NOTES_KEPT:]
    notes = tuple(sorted((*rest, *(n for n in notes if n.origin in origins)), key=_written))
    agenda = tuple(line for line in state.agenda if line.origin in origins)
    shown = timedelta(days=2)
    actions = [
        a for a in state.actions if a.done_at is None or not turn.watch.reached(a.done_at + shown)
    ]
    done = sum(a.done_at is not None for a in state.actions) - sum(
        a.done_at is not None for a in actions
    )
    tally = replace(state.tally, done=state.tally.done + done) if done else state.tally
    turn.state = replace(
        state, notes=notes, agenda=agenda, actions=tuple(actions[-ACTIONS_KEPT:]), tally=tally,
    )  # fmt: skip


def _written(note: Note | AgendaLine) -> datetime:
    return note.at


def _excerpt(note: Note) -> Note:
    if len(note.text) <= EXCERPT_CHARACTERS:
        return note
    return replace(note, text=note.text[:EXCERPT_CHARACTERS].rsplit(" ", 1)[0] + " …")


def _commit_people(turn: PairingTurn) -> None:
    """What both are bound to, for decisions in other lanes of the same people."""
    line, lane, state = turn.state.line, turn.lane, turn.state
    running = state.standing in ("active", "closing")
    bound = [Commitment(lane, "pairing", state.since, state.since)] if running else []
    bound += (*_offered(turn), *_named(turn))
    for role in ROLES:
        partner = line.person(other(role))
        meetings = [
            Commitment(lane, "meeting", m.start, m.end, partner.first, role, partner.zone)
            for m in state.meetings
            if running and m.stands and m.end > turn.now
        ]
        letters = [
            Commitment(lane, "letter", s.at, s.at, COUNTS if s.counts else "")
            for s in state.sent
            if s.role == role and turn.now - s.at < LETTERS_REMEMBERED
        ]
        person = line.person(role).id
        told = (*told_here(turn, role), *alive_here(turn, role))
        turn.commitments[person] = (*meetings, *bound, *letters, *told)


def _offered(turn: PairingTurn) -> list[Commitment]:
    proposal = turn.state.proposal
    if proposal is None:
        return []
    dates = REGULAR_DATES_BOUND if proposal.kind == "series" else 1
    return [
        Commitment(
            turn.lane, "picked" if proposal.picked == o.number else "offer",
            o.start + timedelta(weeks=week), o.end + timedelta(weeks=week),
        )
        for o in proposal.current
        if not proposal.picked or o.number == proposal.picked
        for week in range(dates)
    ]  # fmt: skip


def _named(turn: PairingTurn) -> list[Commitment]:
    """The first dates of a regular time that is known before the two have said yes: another pair of the same
    people is not offered it."""
    state, wanted = turn.state, terms(turn.state, turn.program)
    if state.standing != "invited" or wanted.at is None:
        return []
    zone, first = turn.zone(wanted.zone), first_start(turn, wanted, state.line.starts)
    starts = [instant(wanted.step.wall(first, n), zone) for n in range(REGULAR_DATES_BOUND)]
    length = timedelta(minutes=max(wanted.lengths_minutes))
    return [Commitment(turn.lane, "picked", start, start + length) for start in starts]
