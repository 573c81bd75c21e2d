"""Inviting: an advisor is wished at one 1:1, by a mentor when the mentee does not mind, or by a mentee when the mentor
agrees (LETTERS 2, RULES 11).

Not the letters to the advisor and what follows from their answers: advising.py.

The mentee has 24 hours to say RATHER NOT, and half of the time that is left where the 1:1 is near. Silence is a yes only
of somebody who has the letter: when it could not be sent, or came so late that half of these hours were over, nobody is
invited.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from daemon.decide.acknowledging import acknowledge, answer
from daemon.decide.advising import advise, why_not
from daemon.decide.bounced import address_on_hold
from daemon.decide.keys import short
from daemon.decide.meetings import upcoming
from daemon.decide.one_meeting import meeting_meant
from daemon.decide.owed import when
from daemon.decide.questions import close_question, open_question
from daemon.decide.seen import PairingTurn
from daemon.decide.turn import iso
from daemon.domain.meeting import Meeting
from daemon.domain.observation import ReplySeen, Said
from daemon.domain.people import Role, other
from daemon.domain.question import Question, QuestionKind

ANSWER_DAYS = timedelta(days=3)
RATHER_NOT = timedelta(hours=24)
SHORTEST = timedelta(hours=2)
"""Whoever has less time than that to say no is not asked."""
ASKS: tuple[QuestionKind, ...] = ("invite", "advisor-heads-up")


def invite_wished(turn: PairingTurn, role: Role, reply: ReplySeen, said: Said) -> bool:
    """The other one of the two is asked first; without them nobody is written to."""
    meeting, guest = meeting_meant(turn, reply), said.text
    if guest and upcoming(turn) is None:
        answer(turn, role, reply, "advisor-not", why="none")
        return True
    if meeting is None or not guest:
        return False
    until = _answer_by(turn, role, meeting)
    asked = [q.facts for q in turn.state.questions if q.kind in ASKS]
    same = any((q["guest"], q["start"]) == (guest, iso(meeting.start)) for q in asked)
    if guest.casefold() in (turn.program.mailbox, *(p.address for p in turn.state.line.people)):
        why = "takes-part"
    else:
        why = "known" if same else why_not(turn, guest, meeting, waiting=len(asked))
    if why or until is None:
        answer(turn, role, reply, "advisor-not", why=why or "soon", start=iso(meeting.start))
        return True
    facts = {"guest": guest, "topic": said.about, "start": iso(meeting.start)}
    kind: QuestionKind = "advisor-heads-up" if role == "mentor" else "invite"
    open_question(turn, kind, other(role), short(reply.message_id), answer_by=until, facts=facts)
    answer(
        turn, role, reply, "invite" if role == "mentor" else "invite-asked",
        start=facts["start"], guest=guest,
    )  # fmt: skip
    return True


def _answer_by(turn: PairingTurn, by: Role, meeting: Meeting) -> datetime | None:
    """Until when the other one can answer, counted from when they may be written to; None where that is too short."""
    opens = when(turn, turn.now, other(by))
    left = (meeting.start - opens) / 2
    if left < SHORTEST:
        return None
    return opens + min(RATHER_NOT if by == "mentor" else ANSWER_DAYS, left)


def answered_invite(turn: PairingTurn, question: Question, number: int) -> None:
    """1 yes · 2 no."""
    if number == 1:
        _agreed(turn, question)
    else:
        _nobody(turn, question)


def silent_invite(turn: PairingTurn, question: Question) -> None:
    """Nobody is invited, and whoever wished it hears no more than that."""
    _nobody(turn, question)


def silent_heads_up(turn: PairingTurn, question: Question) -> None:
    """Whoever has read it, and had the time to say no, does not mind."""
    time = question.answer_by - when(turn, question.opened_at, question.role)
    in_time = question.told_at and question.told_at <= question.answer_by - time / 2
    if in_time and not address_on_hold(turn.state, question.role):
        _agreed(turn, question)
    else:
        _nobody(turn, question)


def forget_guests(turn: PairingTurn) -> None:
    """Of a 1:1 that falls out, or has another time, nobody is asked on: the question names the time."""
    running = turn.state.standing in ("active", "closing")
    starts = {iso(m.start) for m in turn.state.meetings if m.stands and running}
    for question in turn.state.questions:
        if question.kind in ASKS and question.facts["start"] not in starts:
            _nobody(turn, question)


def _agreed(turn: PairingTurn, question: Question) -> None:
    close_question(turn, question)
    by, facts = other(question.role), question.facts
    meeting = next((m for m in turn.state.meetings if iso(m.start) == facts["start"]), None)
    if meeting is None or why_not(turn, facts["guest"], meeting):
        _hear(turn, by, question, agreed=False)
        return
    advise(turn, question.occasion, facts["guest"], by, meeting, facts["topic"])
    if by == "mentee":  # who was told that the mentor is asked
        _hear(turn, by, question, agreed=True)


def _nobody(turn: PairingTurn, question: Question) -> None:
    close_question(turn, question)
    _hear(turn, other(question.role), question, agreed=False)


def _hear(turn: PairingTurn, role: Role, question: Question, *, agreed: bool) -> None:
    """By day."""
    acknowledge(
        turn, role, "invite-yes" if agreed else "invite-no", question.occasion, start=question.facts["start"],
        opens=when(turn, turn.now, role),
    )  # fmt: skip
