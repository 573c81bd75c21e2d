"""After the end: what somebody writes to a pairing that is closed (RULES 3).

Not the end itself: stopping.py.
"""

from __future__ import annotations

from datetime import timedelta

from daemon.decide.acknowledging import answer, left_to_the_contact, unclear
from daemon.decide.answers import follow, number_of, question_meant
from daemon.decide.chances import keep_chances
from daemon.decide.choosing import letter_asked
from daemon.decide.confidential import hold_words
from daemon.decide.follow_up import answered_follow_up, later
from daemon.decide.helping import asks_for_help, case_of, help_asked
from daemon.decide.introducing import introduce
from daemon.decide.journal import MY_NOTES, show_own
from daemon.decide.keys import touchpoint_of
from daemon.decide.links import LINKS, show_links
from daemon.decide.promised import reader_of_words
from daemon.decide.seen import PairingTurn
from daemon.decide.words import keep_words
from daemon.domain.observation import ReplySeen
from daemon.domain.people import Role
from daemon.domain.value import replace

HEARD_FOR = timedelta(days=14)
LAST_LETTERS = ("farewell", "notes", "copy", "first-note")


def is_over(turn: PairingTurn) -> bool:
    """Whether the tokens of the two have come to their end; a call for help is heard all the same."""
    closed_at = turn.state.closed_at if turn.state.standing == "closed" else None
    return closed_at is not None and turn.now >= closed_at + HEARD_FOR


def reply_afterwards(turn: PairingTurn, role: Role, reply: ReplySeen) -> None:
    """A last line is still for the two of them. Anything else is for a person: one line says so."""
    if asks_for_help(reply):
        help_asked(turn, role, reply, case_of(reply))
        return
    if reply.wrote and reader_of_words(reply.answers, reply.thread) == "helper":
        help_asked(turn, role, reply, "more")
        return
    if answered_follow_up(turn, role, reply) or _answered(turn, role, reply):
        return
    question = question_meant(turn, role, reply)
    if letter_asked(reply.answers) == "exit" or (question and question.kind == "exit"):
        unclear(turn, role, reply, "question" if question else "closed-list", question)
        return
    if any(said.word == MY_NOTES for said in reply.said):
        show_own(turn, role, reply)
        return
    if any(said.word == LINKS for said in reply.said):
        show_links(turn, role, reply)
        return
    if any(said.word == "later" for said in reply.said) and later(turn, role, reply):
        reply = replace(reply, said=tuple(each for each in reply.said if each.word != "later"))
    words = reply.wrote
    if touchpoint_of(reply.answers) in LAST_LETTERS and words and turn.state.meetings:
        rest = keep_chances(turn, role, introduce(turn, role, hold_words(turn, role, reply)))
        if rest.wrote:
            keep_words(turn, role, rest)
    elif words or reply.said or reply.themes_out:
        turn.tell("for-contact", reason="somebody wrote after the end", what="the 1:1s have ended")
        said = next((said.text for said in reply.said if said.text), "")
        left_to_the_contact(turn, role, reply, *([said] if said else []))


def _answered(turn: PairingTurn, role: Role, reply: ReplySeen) -> bool:
    """The answer to what is held, or to what it was worth; no other question is open any more."""
    question = question_meant(turn, role, reply)
    if question is None:
        return False
    for said in reply.said:
        number = number_of(question, said)
        if number:
            outcome = follow(turn, question, number, said)
            answer(turn, role, reply, outcome.what, **outcome.facts)
            return True
    return False
