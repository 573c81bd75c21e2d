"""Confidential: words that look as if they were meant for few are held until their writer says who may read them
(LETTERS 1, 12).

Not HELP, which says it plainly: helping.py. Whether words look like it is read, not decided.
"""

from __future__ import annotations

from datetime import timedelta

from daemon.decide.chances import keep_chances
from daemon.decide.helping import all_lines, take_in_confidence
from daemon.decide.introducing import introduce
from daemon.decide.keys import short
from daemon.decide.questions import asked, close_question, open_question
from daemon.decide.seen import PairingTurn
from daemon.decide.words import keep_words
from daemon.domain.observation import ReplySeen
from daemon.domain.people import Role
from daemon.domain.question import Question
from daemon.domain.value import replace

ANSWER_DAYS = timedelta(days=3)
HELD_MOST = 2
"""So many mails are held at a time; an older one stays with its writer, as silence would have it."""
ONLY_HELPER, ONLY_WRITER, PARTNER_TOO = 1, 2, 3


def may_be_for_few(reply: ReplySeen) -> bool:
    """Whether anything of that mail would be read by others, and looks as if it should not be."""
    return reply.confidential and is_shared(reply)


def is_shared(reply: ReplySeen) -> bool:
    """Whether any of its words are for others as well."""
    words = (reply.text, reply.todos, reply.goals, reply.intros, reply.chances)
    return any(words)


def hold_words(turn: PairingTurn, role: Role, reply: ReplySeen) -> ReplySeen:
    """Nobody gets what may be meant for few, and its writer alone is asked, where nobody else reads. What is left of
    the mail: commands, and lines that are private anyway and so not in doubt."""
    if not may_be_for_few(reply):
        return reply
    own = [each for each in turn.pending if is_held(each) and each.person == reply.person]
    for oldest in own[: 1 - HELD_MOST] if len(own) >= HELD_MOST else ():
        question = asked(turn, "private-hold", short(oldest.message_id))
        if question:
            keep_for_writer(turn, question)
    mail, until = short(reply.message_id), turn.now + ANSWER_DAYS
    open_question(turn, "private-hold", role, mail, answer_by=until, own=True)
    if asked(turn, "private-hold", mail):  # the same mail is not asked about once more
        turn.pending = (*turn.pending, replace(reply, said=(), private="", private_next=""))
    return without_shared(reply)


def without_shared(reply: ReplySeen) -> ReplySeen:
    """What is left of a mail when nobody else is to read of it: commands, and lines for its writer alone."""
    return replace(reply, text="", todos=(), goals=(), links=(), intros=(), chances=())


def is_held(waiting: ReplySeen) -> bool:
    """Whether that mail waits for its writer to say who may read it. Of all others it is not certain who wrote them."""
    return waiting.trust == "verified"


def answered_hold(turn: PairingTurn, question: Question, number: int) -> None:
    """1 only the helper · 2 only the writer · 3 the partner too."""
    reply = _let_go(turn, question)
    if reply is None:
        return
    if number == ONLY_HELPER:
        take_in_confidence(turn, question.role, reply, "private")
    elif number == PARTNER_TOO:
        rest = keep_chances(turn, question.role, introduce(turn, question.role, reply))
        if rest.wrote:
            keep_words(turn, question.role, rest)
    else:
        alone = "\n".join(all_lines(reply))
        private = replace(without_shared(reply), private=alone)
        keep_words(turn, question.role, private)


def keep_for_writer(turn: PairingTurn, question: Question) -> None:
    """Silence: only the writer."""
    answered_hold(turn, question, ONLY_WRITER)


def _let_go(turn: PairingTurn, question: Question) -> ReplySeen | None:
    close_question(turn, question)
    person = turn.state.line.person(question.role).id
    found = [
        each
        for each in turn.pending
        if is_held(each) and (each.person, short(each.message_id)) == (person, question.occasion)
    ]
    turn.pending = tuple(each for each in turn.pending if each not in found)
    return found[0] if found else None
