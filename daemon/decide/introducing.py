"""Introducing: one of the two names somebody whom the mentor could introduce the mentee to (S3.13).

Not a guest at a 1:1: inviting.py. Both say yes before anybody hears of anybody: the other one of the two is asked first, and
the third person by the mentor, who gets words to copy for it. Nobody else is written to, and no address is kept. From then on
it is a to-do of the mentor's like any other.
"""

from __future__ import annotations

import re
from datetime import timedelta

from daemon.decide.acknowledging import acknowledge, answer
from daemon.decide.keys import short
from daemon.decide.moment import full_hour
from daemon.decide.owed import when
from daemon.decide.questions import QUESTIONS_MAX, close_question, open_question
from daemon.decide.seen import PairingTurn
from daemon.decide.undo import remember
from daemon.decide.words import free_letter
from daemon.domain.effect import SendLetter
from daemon.domain.observation import ReplySeen
from daemon.domain.pair import Undo
from daemon.domain.people import Role, other
from daemon.domain.question import Question
from daemon.domain.thread import Action
from daemon.domain.value import replace

ANSWER_DAYS = timedelta(days=7)
UNDO_DAYS = timedelta(days=1)
OPEN_MOST = 3
"""So many are asked about, or wait for the mentor, at the same time."""
WHO_CHARACTERS_MAX = 160
YES = 1
_NAME_ENDS = re.compile(r"\s*[,;:(–—]|\s-\s")


def introduce(turn: PairingTurn, role: Role, reply: ReplySeen) -> ReplySeen:
    """What is left of a mail when the lines that wish an introduction are followed, or answered with a reason."""
    if not reply.intros:
        return reply
    asked: dict[str, str] = {}
    refused: dict[str, list[str]] = {}
    for who in dict.fromkeys(each[:WHO_CHARACTERS_MAX] for each in reply.intros):
        same = _asked_of(turn, role, who)
        why = "" if same else _why_not(turn, who)
        if same:  # the other one had wished the very same
            answered_intro(turn, same, YES)
            if role == "mentee":
                answer(turn, role, reply, "intro-1")
        elif why:
            refused.setdefault(why, []).append(who)
        else:
            occasion = short(f"{reply.message_id} {who}")
            _ask(turn, other(role), occasion, who)
            asked[occasion] = who
    if asked:
        name, mail = " ".join(asked), short(reply.message_id)
        remember(turn, Undo("intro", role, turn.now, turn.now + UNDO_DAYS, name=name, mail=mail))
        answer(turn, role, reply, "intro", items=asked.values(), undo=True)
    for why, items in refused.items():
        answer(turn, role, reply, f"intro-{why}", items=filter(None, items))
    return replace(reply, intros=())


def _ask(turn: PairingTurn, role: Role, occasion: str, who: str) -> None:
    zone = turn.zone(turn.state.line.person(role).zone)
    until = full_hour(when(turn, turn.now, role) + ANSWER_DAYS, zone)
    open_question(turn, "intro", role, occasion, answer_by=until, facts={"who": who})


def _asked_of(turn: PairingTurn, role: Role, who: str) -> Question | None:
    """The open question to that person about the very same introduction."""
    return next((q for q in _open(turn) if q.role == role and _is_same(q.facts["who"], who)), None)


def _open(turn: PairingTurn) -> list[Question]:
    return [q for q in turn.state.questions if q.kind == "intro"]


def _why_not(turn: PairingTurn, who: str) -> str:
    """Why the other one is not asked; empty where nothing speaks against it."""
    if turn.state.standing not in ("active", "closing"):
        return "rests"
    if turn.state.line.members:
        return "group"
    if not who:
        return "nameless"
    waiting = [q.facts["who"] for q in _open(turn)]
    waiting += [a.text for a in turn.state.actions if a.kind == "intro" and a.done_at is None]
    if any(_is_same(each, who) for each in waiting):
        return "known"
    crowded = len(turn.state.questions) >= QUESTIONS_MAX  # no other question gives way to it
    return "many" if crowded or len(waiting) >= OPEN_MOST else ""


def _is_same(one: str, another: str) -> bool:
    return name_in(one).casefold() == name_in(another).casefold()


def name_in(who: str) -> str:
    """ "Priya Rao, designs at Example Labs" → "Priya Rao"."""
    return _NAME_ENDS.split(who, maxsplit=1)[0].strip()


def answered_intro(turn: PairingTurn, question: Question, number: int) -> None:
    """1 yes · 2 not now."""
    if number != YES:
        silent_intro(turn, question)
        return
    close_question(turn, question)
    by, who = other(question.role), question.facts["who"]
    to_do = Action(
        free_letter(turn.state), "mentor", who, turn.now, by=by, shown=True, kind="intro"
    )  # fmt: skip
    turn.state = replace(turn.state, actions=(*turn.state.actions, to_do))
    turn.because("an introduction: both of the two want it, and the third is the mentor's to ask")
    _draft(turn, question, to_do)
    if by == "mentee":
        _hear(turn, by, question, agreed=True)


def answered_by_letter(question: Question, number: int) -> bool:
    """Whether the words to copy are the answer to that answer."""
    return (question.kind, question.role, number) == ("intro", "mentor", YES)


def silent_intro(turn: PairingTurn, question: Question) -> None:
    """Nobody is introduced, and whoever wished it hears no more than that."""
    close_question(turn, question)
    _hear(turn, other(question.role), question, agreed=False)


def _draft(turn: PairingTurn, question: Question, to_do: Action) -> None:
    """At once to a mentor who has just said yes, else by day."""
    mentor = turn.state.line.mentor
    facts = {
        "letter": to_do.letter, "who": to_do.text, "name": name_in(to_do.text),
        "wished": question.role == "mentor",
    }  # fmt: skip
    turn.say(
        turn.letter_stem("intro-draft", question.occasion, mentor.id),
        SendLetter("intro-draft", mentor.id, facts), reason="words to copy for an introduction",
        opens=turn.now if question.role == "mentor" else when(turn, turn.now, "mentor"),
    )  # fmt: skip


def _hear(turn: PairingTurn, role: Role, question: Question, *, agreed: bool) -> None:
    """By day."""
    acknowledge(
        turn, role, "intro-yes" if agreed else "intro-no", question.occasion,
        items=[question.facts["who"]], opens=when(turn, turn.now, role),
    )  # fmt: skip
