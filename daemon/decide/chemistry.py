"""Chemistry: after their first 1:1 each is asked alone whether to go on, and nobody ever learns the other's answer.

Not the end itself (stopping.py), and not whether both go on after the last day (extending.py).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from daemon.decide.acknowledging import acknowledge_by_day
from daemon.decide.meetings import following, upcoming
from daemon.decide.owed import JUST_NOW, when
from daemon.decide.questions import close_question, drop_questions, open_question, stem_of
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


def _put_off(turn: PairingTurn, known: Chemistry) -> Chemistry:
    """Whose letter still waits for room among others has as many days from when it goes."""
    late = [q for q in turn.state.questions if _is_late(turn, q)]
    if not late:
        return known
    coming, latest = upcoming(turn), turn.now + ANSWER_DAYS
    before = coming.start - BEFORE_NEXT if coming else latest
    until = max(min(latest, before), turn.now + ANSWER_LEAST)
    questions = (replace(q, answer_by=until) if q in late else q for q in turn.state.questions)
    turn.state = replace(turn.state, questions=tuple(questions))
    known = replace(known, until=max(until, known.until or until))
    _put(turn, known)
    return known


def _is_late(turn: PairingTurn, question: Question) -> bool:
    """Not only by a night."""
    if question.kind != "chemistry" or stem_of(turn, question) in turn.marks:
        return False
    return turn.now - when(turn, question.opened_at, question.role) >= JUST_NOW


def told_by(turn: PairingTurn) -> datetime | None:
    """By when both have what comes of it; None while one of the two has not even been asked."""
    unasked = [q for q in turn.state.questions if q.kind == "chemistry" and not q.told_at]
    known = turn.state.alone.chemistry
    return known.until if known and not unasked else None


def answered_chemistry(turn: PairingTurn, question: Question, number: int) -> None:
    """1 yes · 2 not sure · 3 no. What comes of it comes later, and to both alike."""
    close_question(turn, question)
    known = turn.state.alone.chemistry
    if known is not None and not known.over:
        _put(turn, replace(known, said={**known.said, question.role: number}))


def _settle(turn: PairingTurn, known: Chemistry) -> None:
    """Silence is a yes. Before both have said nothing happens, so that the moment tells nobody whose answer it was."""
    known = _put_off(turn, known)
    waits = any(role not in known.said for role in known.asked)
    if waits and known.until and not turn.watch.reached(known.until):
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
