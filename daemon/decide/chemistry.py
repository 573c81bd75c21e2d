"""Chemistry: after their first 1:1 each is asked alone whether to go on, and nobody ever learns the other's answer.

Not the end itself (stopping.py), and not whether both go on after the last day (extending.py).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from daemon.decide.acknowledging import acknowledge_by_day
from daemon.decide.meetings import following
from daemon.decide.owed import when
from daemon.decide.questions import close_question, drop_questions, is_put_off, open_question
from daemon.decide.rating import SINCE_FIRST, first_held, note_asked, took_place
from daemon.decide.seen import PairingTurn
from daemon.decide.stopping import stop
from daemon.domain.alone import Chemistry
from daemon.domain.meeting import Meeting
from daemon.domain.people import ROLES
from daemon.domain.question import Question
from daemon.domain.value import replace

NOT_SURE, NO = 2, 3
ANSWER_DAYS = timedelta(days=4)
ANSWER_LEAST = timedelta(days=1)
BEFORE_NEXT = timedelta(days=1)
"""It is settled before people set out for the next 1:1, where there is a day for an answer."""
WINDOW = timedelta(days=7)
"""So long after a 1:1 it is no longer asked about."""
LETTER_DAYS = timedelta(days=3)


def keep_chemistry(turn: PairingTurn) -> None:
    """Asked after the first 1:1, of who is not sure once more after the next; settled once everybody asked has said, or
    the day that the letter named has come."""
    if not turn.program.chemistry or turn.state.standing not in ("active", "paused"):
        drop_questions(turn, "chemistry")
        return
    known = turn.state.alone.chemistry
    if known is None:
        first = first_held(turn)
        if first is not None:
            _ask_after(turn, Chemistry(asked=ROLES), first)
    elif not known.over and known.until is None:
        _once_more(turn, known)
    elif not known.over:
        _settle(turn, known)


def _once_more(turn: PairingTurn, known: Chemistry) -> None:
    since = known.settled_at or turn.now
    for meeting in turn.state.meetings:
        if meeting.stands:
            turn.watch.reached(meeting.end)
    later = [m for m in took_place(turn) if m.end > since]
    if later:
        _ask_after(turn, known, later[0])


def _ask_after(turn: PairingTurn, known: Chemistry, meeting: Meeting) -> None:
    if turn.now >= meeting.end + WINDOW:
        _put(turn, replace(known, over=True))
    elif turn.watch.reached(meeting.end + SINCE_FIRST):
        until, again = _until(turn, meeting), known.settled_at is not None
        _put(turn, replace(known, until=until))
        for role in known.asked:
            occasion = f"{role}-{2 if again else 1}"
            open_question(
                turn, "chemistry", role, occasion, answer_by=until, facts={"again": again}
            )
            note_asked(turn, role)


def _until(turn: PairingTurn, meeting: Meeting) -> datetime:
    coming = following(turn, meeting)
    latest = meeting.end + ANSWER_DAYS
    before = coming.start - BEFORE_NEXT if coming else latest
    return max(min(latest, before), turn.now + ANSWER_LEAST)


def _settled_by(turn: PairingTurn, known: Chemistry) -> datetime | None:
    """By when it is settled; None while a letter of it still waits for room among others."""
    waiting = [q for q in turn.state.questions if q.kind == "chemistry"]
    if any(is_put_off(turn, each) for each in waiting):
        return None
    return max(filter(None, (known.until, *(each.answer_by for each in waiting))), default=None)


def told_by(turn: PairingTurn) -> datetime | None:
    """By when both have what comes of it; None while one of the two has not even been asked."""
    known = turn.state.alone.chemistry
    unasked = [q for q in turn.state.questions if q.kind == "chemistry" and not q.told_at]
    return _settled_by(turn, known) if known and not unasked else None


def answered_chemistry(turn: PairingTurn, question: Question, number: int) -> None:
    """1 yes · 2 not sure · 3 no. What comes of it comes later, and to both alike."""
    close_question(turn, question)
    known = turn.state.alone.chemistry
    if known is not None and not known.over:
        _put(turn, replace(known, said={**known.said, question.role: number}))


def _settle(turn: PairingTurn, known: Chemistry) -> None:
    """Silence is a yes. Before both have said nothing happens, so that the moment tells nobody whose answer it was."""
    by = _settled_by(turn, known)
    if by is not None and by != known.until:  # kept for when the question that says it is over
        known = replace(known, until=by)
        _put(turn, known)
    waits = any(role not in known.said for role in known.asked)
    if waits and (by is None or not turn.watch.reached(by)):
        return
    if NO in known.said.values():
        _put(turn, replace(known, said={}, over=True))
        stop(turn, "pair", at_once=True)
        turn.tell_once("chemistry-off", "chemistry-off", reason="the two do not go on")
        return
    unsure = tuple(role for role in known.asked if known.said.get(role) == NOT_SURE)
    again = known.settled_at is None and bool(unsure)
    turn.because("the first 1:1s are followed by more")
    _put(
        turn,
        replace(
            known, said={}, asked=unsure if again else (), until=None, over=not again,
            settled_at=known.settled_at or turn.now,
        ),
    )  # fmt: skip


def chemistry_letter(turn: PairingTurn) -> None:
    """Both hear once, at the same moment and in the same words, that it goes on."""
    known = turn.state.alone.chemistry
    if known is None or known.settled_at is None or turn.state.stopped_by:
        return
    for role in ROLES:
        moment = when(turn, known.settled_at, role)
        if turn.watch.reached(moment):
            acknowledge_by_day(
                turn, role, "chemistry-on", role, {}, opens=moment, closes=moment + LETTER_DAYS
            )


def _put(turn: PairingTurn, known: Chemistry) -> None:
    turn.state = replace(turn.state, alone=replace(turn.state.alone, chemistry=known))
