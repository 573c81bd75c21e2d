"""After the end: what somebody writes to a pairing that is closed (RULES 3).

Not the end itself: stopping.py.
"""

from __future__ import annotations

from datetime import timedelta

from daemon.decide.acknowledging import answer
from daemon.decide.keys import touchpoint_of
from daemon.decide.seen import PairingTurn
from daemon.decide.words import keep_words
from daemon.domain.observation import ReplySeen
from daemon.domain.people import Role

HEARD_FOR = timedelta(days=14)
LAST_LETTERS = ("farewell", "notes", "copy", "first-note")


def reply_afterwards(turn: PairingTurn, role: Role, reply: ReplySeen) -> None:
    """A last line is still for the two of them. Anything else is for a person: one line says so."""
    closed_at = turn.state.closed_at or turn.now
    if turn.now >= closed_at + HEARD_FOR:
        turn.because("a reply long after the end changes nothing")
        return
    words = bool(reply.text or reply.private or reply.todos)
    if touchpoint_of(reply.answers) in LAST_LETTERS and words and turn.state.meetings:
        keep_words(turn, role, reply)
    elif words or reply.said:
        turn.tell("for-contact", reason="somebody wrote after the end", what="the 1:1s have ended")
        said = next((said.text for said in reply.said if said.text), "")
        answer(turn, role, reply, "for-contact", items=[said] if said else [])
