"""Inviting: a guest for one 1:1 is wished by a mentor, or by a mentee when the mentor agrees (RULES 11).

Not the invitation: a human being writes it so far, and the guest gets no letter from here.
"""

from __future__ import annotations

from datetime import timedelta

from daemon.decide.acknowledging import acknowledge, answer
from daemon.decide.keys import short
from daemon.decide.one_meeting import meeting_meant
from daemon.decide.owed import when
from daemon.decide.questions import close_question, open_question
from daemon.decide.seen import PairingTurn
from daemon.decide.turn import iso
from daemon.domain.observation import ReplySeen
from daemon.domain.people import Address, Role
from daemon.domain.question import Question

ANSWER_DAYS = timedelta(days=3)


def invite_wished(turn: PairingTurn, role: Role, reply: ReplySeen, guest: Address) -> bool:
    """Of a mentor the contact hears at once; of a mentee the mentor is asked first."""
    meeting, line = meeting_meant(turn, reply), turn.state.line
    known = (line.mentor.address, line.mentee.address, turn.program.mailbox)
    if meeting is None or not guest or guest.casefold() in known:
        return False
    facts = {"guest": guest, "start": iso(meeting.start)}
    if role == "mentor":
        _tell(turn, short(reply.message_id), facts)
        answer(turn, role, reply, "invite", start=facts["start"])
        return True
    until = min(turn.now + ANSWER_DAYS, meeting.start)
    open_question(turn, "invite", "mentor", short(reply.message_id), answer_by=until, facts=facts)
    answer(turn, role, reply, "invite-asked", start=facts["start"])
    return True


def answered_invite(turn: PairingTurn, question: Question, number: int) -> None:
    """1 yes · 2 no."""
    close_question(turn, question)
    if number == 1:
        _tell(turn, question.occasion, question.facts)
    _hear(turn, question, agreed=number == 1)


def silent_invite(turn: PairingTurn, question: Question) -> None:
    """Nobody is invited, and whoever wished it hears no more than that."""
    close_question(turn, question)
    _hear(turn, question, agreed=False)


def forget_guests(turn: PairingTurn) -> None:
    """Of a 1:1 that falls out, or has another time, nobody is asked on: the question names the time."""
    starts = {iso(m.start) for m in turn.state.meetings if m.stands}
    for question in turn.state.questions:
        if question.kind == "invite" and question.facts["start"] not in starts:
            silent_invite(turn, question)


def _hear(turn: PairingTurn, question: Question, *, agreed: bool) -> None:
    """To the mentee, by day."""
    acknowledge(
        turn, "mentee", "invite-yes" if agreed else "invite-no", question.occasion,
        start=question.facts["start"], opens=when(turn, turn.now, "mentee"),
    )  # fmt: skip


def _tell(turn: PairingTurn, occasion: str, facts: dict[str, str]) -> None:
    turn.tell(
        "guest-wished", reason="a guest is wished for one 1:1", occasion=occasion,
        whom=facts["guest"], planned=facts["start"][:10],
    )  # fmt: skip
