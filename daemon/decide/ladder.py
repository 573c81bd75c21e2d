"""The ladder: what follows when 1:1s keep falling out by one side (RULES 4).

Not a score: nobody is shown a count, the other side hears nothing, and the admin reads no name of a side.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from daemon.decide.questions import close_question, open_question
from daemon.decide.regular import look_for_time
from daemon.decide.seen import PairingTurn, put_meeting
from daemon.decide.wishes import wish_rarer, wish_shorter
from daemon.domain.meeting import Meeting
from daemon.domain.pair import Fall
from daemon.domain.people import ROLES, Role
from daemon.domain.question import Question, QuestionKind

REMEMBERED = 8
ANSWER_DAYS = timedelta(days=7)


def count_falls(turn: PairingTurn) -> None:
    """Each meeting that was due counts once, when its time is over: who made it fall out, if anybody."""
    for meeting in turn.state.meetings:
        if meeting.counted or not turn.watch.reached(_over(turn, meeting)):
            continue
        put_meeting(turn, replace(meeting, counted=True))
        if meeting.settled_by != "rule":
            _count(turn, Fall(str(meeting.origin), _by(meeting)))


def _over(turn: PairingTurn, meeting: Meeting) -> datetime:
    return meeting.end + timedelta(minutes=turn.program.notes_after_minutes)


def _by(meeting: Meeting) -> Role | Literal[""]:
    """A mover is no canceller: what was cancelled in time and repaired counts for nobody."""
    if meeting.cancelled_by and (meeting.late or meeting.standing in ("cancelled", "skipped")):
        return meeting.cancelled_by
    return ""


def _count(turn: PairingTurn, fall: Fall) -> None:
    tally = turn.state.tally
    falls = (*tally.falls, fall)[-REMEMBERED:]
    turn.state = replace(turn.state, tally=replace(tally, falls=falls))
    if not fall.by or turn.state.standing != "active":
        return
    program = turn.program
    if _reached(falls, fall.by, program.word_after):
        turn.tell("needs-a-word", reason="1:1s of this pairing keep falling out")
    elif _reached(falls, fall.by, program.lighter_after):
        _ask(turn, "lighter", fall)
    elif _reached(falls, fall.by, program.kindly_after):
        _ask(turn, "kindly", fall)


def _reached(falls: tuple[Fall, ...], by: str, limit: tuple[int, int]) -> bool:
    count, of_last = limit
    return sum(fall.by == by for fall in falls[-of_last:]) >= count > 0


def _ask(turn: PairingTurn, kind: QuestionKind, fall: Fall) -> None:
    """The side itself, in its own thread, and one of these questions at a time."""
    assert fall.by in ROLES
    if not any(q.kind in ("kindly", "lighter") for q in turn.state.questions):
        open_question(turn, kind, fall.by, f"after-{fall.origin}", answer_by=turn.now + ANSWER_DAYS)


def answered_ladder(turn: PairingTurn, question: Question, number: int) -> None:
    """kindly: 1 other time · 2 rarer · 3 fine. lighter: 1 rarer · 2 shorter · 3 as it is."""
    close_question(turn, question)
    match question.kind, number:
        case ("kindly", 1):
            look_for_time(turn, question.role)
        case ("kindly", 2) | ("lighter", 1):
            wish_rarer(turn, question.role)
        case ("lighter", 2):
            wish_shorter(turn, question.role)
        case _:
            turn.because(f"{question.kind}: it is fine as it is")
