"""Acknowledging: a command is answered in the thread, once, in words; an unclear one is asked about, once.

Not the command itself: replies.py follows it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from daemon.decide.automatic import answered_lately
from daemon.decide.keys import in_confidence, short
from daemon.decide.owed import personal
from daemon.decide.promised import letter_of_ack, name_of, occasion_of_ack, occasion_of_unclear
from daemon.decide.reserved import slot_of
from daemon.decide.seen import PairingTurn
from daemon.decide.terms import terms
from daemon.domain.effect import SendLetter
from daemon.domain.observation import ReplySeen
from daemon.domain.people import Role
from daemon.domain.proposal import Proposal
from daemon.domain.question import Question

SAID_CHARACTERS_MAX = 60
NO_FACTS: dict[str, Any] = {
    "items": [], "undo": False, "start": None, "days": [], "weeks": 0, "months": 0, "minutes": 0,
}  # fmt: skip
"""What an acknowledgement says when nothing else is known."""
UNASKED = ("unclear", "ack for-contact")
"""Answers to what was no command."""
LISTED = ("proposal", "closed-list")
"""What an unclear reply can be about so that the open list is shown."""


def acknowledge(
    turn: PairingTurn, role: Role, what: str, occasion: str, *, items: Iterable[str] = (),
    answers: str = "", thread: str = "", index: str = "", undo: bool = False, opens: datetime | None = None,
    **facts: Any,
) -> None:  # fmt: skip
    """One letter about what was understood, at once unless told; `undo` promises that UNDO takes it back."""
    person = turn.state.line.person(role)
    said = {"what": what, **NO_FACTS, "items": list(items), "undo": undo, **facts}
    touchpoint = letter_of_ack(what)
    turn.say(
        turn.letter_stem(touchpoint, occasion_of_ack(what, occasion), person.id),
        SendLetter(touchpoint, person.id, said, answers, thread, index),
        reason=f"a command was read: {what}",
        opens=opens,
    )


def acknowledge_by_day(
    turn: PairingTurn, role: Role, what: str, occasion: str, facts: dict[str, Any],
    *, opens: datetime, closes: datetime,
) -> None:  # fmt: skip
    """The same to somebody who is not waiting for it, or has not said it: outside quiet hours, and withdrawn
    when it is true no more."""
    personal(
        turn, "ack", occasion_of_ack(what, occasion), role, {"what": what, **NO_FACTS, **facts},
        opens=opens, closes=closes, reason=f"to hear: {what}", basis=what,
    )  # fmt: skip


def answer(
    turn: PairingTurn, role: Role, reply: ReplySeen, what: str, *, items: Iterable[str] = (),
    undo: bool = False, **facts: Any,
) -> None:  # fmt: skip
    """The same as the answer to a mail."""
    acknowledge(
        turn, role, what, short(reply.message_id), items=items, answers=reply.message_id,
        thread=reply.thread, index=reply.index, undo=undo, **facts,
    )  # fmt: skip


def left_to_the_contact(turn: PairingTurn, role: Role, reply: ReplySeen, *items: str) -> None:
    """Words that the contact answers: their writer hears that once a day."""
    if not answered_lately(turn, role, *UNASKED):
        answer(turn, role, reply, "for-contact", items=items)


def unclear(
    turn: PairingTurn, role: Role, reply: ReplySeen, about: str, question: Question | None = None,
    *, only: tuple[int, ...] = (),
) -> None:  # fmt: skip
    """Asked about once a day, never guessed: with the very answers that the list, or the question, accepts; where
    some of them were named, with these (`only`). What else is not understood on that day is for a person."""
    if answered_lately(turn, role, *UNASKED):
        turn.because(f"not understood ({about}), and asked about already today")
        turn.tell("not-understood", reason="not understood, and asked about already today")
        return
    person, proposal = turn.state.line.person(role), turn.state.proposal
    shown = proposal if proposal and proposal.asked == role and about in LISTED else None
    step = terms(turn.state, turn.program).step
    said = next((s.text for s in reply.said if s.text), "") or reply.text.split("\n")[0]
    if reply.confidential or in_confidence(reply.thread):
        said = ""  # it is quoted nowhere
    facts = {
        "said": said[:SAID_CHARACTERS_MAX], "about": about, "slots": _slots(shown, only),
        "list": shown.kind if shown else "", "vetting": bool(shown and shown.vetting),
        "invited": turn.state.standing == "invited", "weeks": step.weeks, "months": step.months,
        "question": question.kind if question else "",
        "ends": str(question.facts.get("ends", "")) if question else "",
        "more_weeks": question.facts.get("weeks", 0) if question else 0,
    }  # fmt: skip
    named = name_of(question) if question else ""
    occasion = occasion_of_unclear(short(reply.message_id), about, named)
    turn.say(
        turn.letter_stem("unclear", occasion, person.id),
        SendLetter("unclear", person.id, facts, reply.message_id, reply.thread, reply.index),
        reason=f"not understood ({about})",
    )


def _slots(proposal: Proposal | None, only: tuple[int, ...]) -> list[dict[str, Any]]:
    offers = proposal.current if proposal else ()
    return [slot_of(o) for o in offers if not only or o.number in only]
