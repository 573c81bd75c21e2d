"""Carried over: the mentee says, line by line, what the new mentor may read of an earlier pairing (S0.10).

Not which lines there are: handing_over.py. Without an answer nothing is shown.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from daemon.decide.acknowledging import answer, unclear
from daemon.decide.handing_over import SHOWING, on_its_way
from daemon.decide.keys import short, touchpoint_of
from daemon.decide.meetings import upcoming
from daemon.decide.owed import letter, personal, when
from daemon.decide.prepared import on_week_card, prep_moment
from daemon.decide.questions import WAITS
from daemon.decide.seen import PairingTurn
from daemon.decide.turn import iso
from daemon.decide.undo import remember
from daemon.decide.words import GOALS_MOST, free_letter
from daemon.domain.handover import CarriedLine, Handover
from daemon.domain.meeting import Meeting
from daemon.domain.observation import ReplySeen, Said
from daemon.domain.pair import Undo
from daemon.domain.people import Role
from daemon.domain.thread import Action, Goal
from daemon.domain.value import replace

ANSWER_DAYS, A_DAY = timedelta(days=7), timedelta(days=1)
ALL_HAVE_ANSWERED = timedelta(minutes=10)
"""So long after the first earlier pairing has offered lines, no other one will."""
UNDO_DAYS = timedelta(days=30)
EVERYTHING = "*"
"""Among the letters of an answer: ALL."""
TOUCHPOINT = "handover"


def keep_handover(turn: PairingTurn) -> None:
    """Silence is a no, and so is NOTHING once its time is over; of a pair that ends nothing is kept."""
    known = turn.state.handover
    if known is None:
        return
    silent = (
        known.answer_by is not None and not known.allowed and turn.watch.reached(known.answer_by)
    )
    if silent or turn.state.standing == "closed":
        turn.state = replace(turn.state, handover=None)
        turn.because("nothing is carried over")


def handover_letters(turn: PairingTurn) -> None:
    """The question, once; and where the mentor gets no preps, what was allowed in a letter of its own."""
    known = turn.state.handover
    if known is None:
        return
    _ask(turn, known)
    if known.allowed and not _gets_preps(turn):
        _bring(turn, known)


def _ask(turn: PairingTurn, known: Handover) -> None:
    opens = when(turn, known.at + ALL_HAVE_ANSWERED, "mentee")
    stem = turn.letter_stem(TOUCHPOINT, known.pairing, turn.state.line.mentee.id)
    by_day = max(opens, when(turn, turn.now, "mentee"))
    if stem not in turn.marks and not turn.watch.reached(by_day):
        return
    answer_by = known.answer_by or turn.now + ANSWER_DAYS
    facts = {
        "before": known.before, "answer_by": iso(answer_by),
        "substitute": turn.state.line.stands_in is not None,
        "lines": [_shown(line) for line in known.lines],
    }  # fmt: skip
    meeting = upcoming(turn)
    first = f"; they meet at {iso(meeting.start)}" if meeting else ""
    personal(
        turn, TOUCHPOINT, known.pairing, "mentee", facts, opens=opens, closes=answer_by,
        reason=f"a new mentor, or a substitute, was found: only the mentee can say what may be read{first}",
        basis=known.pairing, waits=known.at + WAITS, due=_useful_until(turn, meeting),
    )  # fmt: skip
    if known.answer_by is None and stem in turn.marks:
        turn.state = replace(turn.state, handover=replace(known, answer_by=answer_by))


def _useful_until(turn: PairingTurn, meeting: Meeting | None) -> datetime | None:
    """A day before the mentor reads it: put off longer, it would be answered after they have met."""
    return prep_moment(turn, meeting.start, "mentor") - A_DAY if meeting else None


def _shown(line: CarriedLine) -> dict[str, Any]:
    return {"letter": line.letter, "kind": line.kind, "text": line.text}


# --- answered


def allow(turn: PairingTurn, role: Role, reply: ReplySeen, said: Said) -> bool:
    """These lines and no others, in the place of what was said before; not once the new mentor has, or may have, them."""
    known = turn.state.handover
    if role != "mentee" or known is None or on_its_way(turn, known):
        answer(turn, role, reply, "handover-late")
        return True
    names = tuple(line.letter for line in known.lines)
    letters = names if EVERYTHING in said.letters else said.letters
    if not set(letters) <= set(names):
        unclear(turn, role, reply, TOUCHPOINT)
        return True
    allowed = tuple(each for each in names if each in letters)
    known = replace(known, allowed=allowed, said_at=turn.now)
    turn.state = replace(turn.state, handover=known)
    mail = short(reply.message_id)
    remember(turn, Undo("handover", role, turn.now, turn.now + UNDO_DAYS, mail=mail))
    turn.because(f"carried over: {len(allowed)} of {len(names)} lines")
    answer(turn, role, reply, "handover", items=[line.text for line in known.shown])
    return True


def is_asked(turn: PairingTurn, role: Role) -> bool:
    """Whether that person has this question before them."""
    known = turn.state.handover
    return role == "mentee" and known is not None and known.answer_by is not None


# --- shown


def for_prep(turn: PairingTurn) -> list[dict[str, Any]]:
    """What the mentor's next prep shows of it."""
    known = turn.state.handover
    return [_shown(line) for line in known.shown] if known else []


def _gets_preps(turn: PairingTurn) -> bool:
    return not on_week_card(turn) and "mentor" not in turn.state.fewer


def _bring(turn: PairingTurn, known: Handover) -> None:
    meeting = upcoming(turn)
    if meeting is None or known.said_at is None or meeting.start <= turn.now:
        return
    moment = max(known.said_at, prep_moment(turn, meeting.start, "mentor"))
    opens = when(turn, moment, "mentor")
    if not turn.watch.reached(opens):
        return
    letter(
        turn, "carried", meeting, "mentor", {"carried": for_prep(turn), "start": iso(meeting.start)},
        opens=opens, closes=meeting.start, reason="the mentee carries it over",
        basis=iso(known.said_at), occasion=f"{meeting.origin}#{known.pairing}",
    )  # fmt: skip


def was_carried(turn: PairingTurn, stem: str, decided: datetime) -> None:
    """The mentor has read what was allowed by then: goals and to-dos go on in this pairing, the rest is deleted."""
    known = turn.state.handover
    if known is None or known.said_at is None or known.said_at > decided or not known.allowed:
        return
    if touchpoint_of(stem) not in SHOWING:
        return
    turn.state = replace(turn.state, handover=None)
    for line in known.shown:
        if line.kind == "goal":
            _set_out(turn, line)
        elif line.kind == "todo":
            name = free_letter(turn.state)
            action = Action(name, "mentee", line.text, turn.now, by="mentee", shown=True)
            turn.state = replace(turn.state, actions=(*turn.state.actions, action))
    turn.because(f"carried over and read: {len(known.shown)} lines")


def _set_out(turn: PairingTurn, line: CarriedLine) -> None:
    goals = turn.state.goals
    still_open = [goal.text for goal in goals if goal.done_at is None]
    if line.text not in still_open and len(still_open) < GOALS_MOST:
        goal = Goal("mentee", line.text, turn.now, target=line.target)
        turn.state = replace(turn.state, goals=(*goals, goal))
