"""The ladder: what follows when 1:1s keep falling out by one side (RULES 4).

Not a score: nobody is shown a count, the other side hears nothing, and the admin reads no name of a side.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from daemon.decide.questions import close_question, open_question
from daemon.decide.regular import look_for_time
from daemon.decide.seen import PairingTurn, put_meeting
from daemon.decide.wishes import wish_rarer, wish_shorter
from daemon.domain.meeting import Meeting
from daemon.domain.pair import Fall
from daemon.domain.people import Role
from daemon.domain.question import Question, QuestionKind
from daemon.domain.value import replace

REMEMBERED = 8
Rung = Literal["", "kindly", "lighter", "word"]
RUNGS: tuple[Rung, ...] = ("", "kindly", "lighter", "word")
ANSWER_DAYS = timedelta(days=7)


def count_falls(turn: PairingTurn) -> None:
    """Each meeting that was due counts once, when its time is over and nothing is open about it any more:
    who made it fall out, if anybody."""
    for meeting in turn.state.meetings:
        if meeting.counted or not turn.watch.reached(_over(turn, meeting)):
            continue
        if meeting.standing == "cancelled" and not meeting.settled_by:
            continue  # another time may still be found for it
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
    """The highest rung that is reached; not one that was reached within the meetings remembered."""
    tally = turn.state.tally
    falls = (*tally.falls, fall)
    rung = _rung(turn, falls, fall) if fall.by and turn.state.standing == "active" else ""
    before = [RUNGS.index(f.rung) for f in falls[-REMEMBERED:] if f.by == fall.by]
    if rung and RUNGS.index(rung) > max(before) and _climb(turn, rung, fall):
        falls = (*tally.falls, replace(fall, rung=rung))
    turn.state = replace(turn.state, tally=replace(tally, falls=falls[-REMEMBERED:]))


def _rung(turn: PairingTurn, falls: tuple[Fall, ...], fall: Fall) -> Rung:
    program = turn.program
    if _reached(falls, fall.by, program.word_after):
        return "word"
    if _reached(falls, fall.by, program.lighter_after):
        return "lighter"
    return "kindly" if _reached(falls, fall.by, program.kindly_after) else ""


def _reached(falls: tuple[Fall, ...], by: str, limit: tuple[int, int]) -> bool:
    count, of_last = limit
    return sum(fall.by == by for fall in falls[-of_last:]) >= count > 0


def _climb(turn: PairingTurn, rung: Rung, fall: Fall) -> bool:
    """The side itself is asked, in its own thread, one of these questions at a time; the contact is told."""
    if rung in ("", "word"):
        turn.tell("needs-a-word", reason="1:1s of this pairing keep falling out")
        return True
    if not fall.by or any(q.kind in ("kindly", "lighter") for q in turn.state.questions):
        return False
    kind: QuestionKind = "kindly" if rung == "kindly" else "lighter"
    open_question(turn, kind, fall.by, f"after-{fall.origin}", answer_by=turn.now + ANSWER_DAYS)
    return True


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
