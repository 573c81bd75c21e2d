"""Answers to questions: which question is meant, what its numbers and words mean, and whose rule follows.

Not the rules themselves: each is in the file of its concern. Not proposals: replies.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct, field

from daemon.decide.absence import answered_absence, keep_absent
from daemon.decide.adopting import answered_adopt, silent_adopt
from daemon.decide.agreeing import answered_agreement
from daemon.decide.chemistry import NO as NO_MORE
from daemon.decide.chemistry import NOT_SURE, answered_chemistry, told_by
from daemon.decide.confidential import ONLY_HELPER, answered_hold, keep_for_writer
from daemon.decide.extending import answered_extend, result, worded
from daemon.decide.gone import answered_gone, silent_gone
from daemon.decide.introducing import answered_by_letter, answered_intro, silent_intro
from daemon.decide.inviting import answered_invite, silent_heads_up, silent_invite
from daemon.decide.keys import in_confidence, touchpoint_of
from daemon.decide.ladder import answered_ladder
from daemon.decide.looking import answered_clash, keep_double
from daemon.decide.pausing import next_start, pause
from daemon.decide.promised import about_unclear, name_of
from daemon.decide.questions import asked, close_question, is_put_off
from daemon.decide.rating import LOW, answered_rating
from daemon.decide.seen import PairingTurn
from daemon.decide.still_good import answered_still_good, silent_still_good
from daemon.decide.stopping import answered_leave
from daemon.decide.terms import terms
from daemon.decide.turn import iso
from daemon.decide.wishes import answered_wish, answered_zone, silent_wish
from daemon.domain.observation import ReplySeen, Said
from daemon.domain.pair import Agreed
from daemon.domain.people import Role
from daemon.domain.question import Question, QuestionKind
from daemon.domain.world import PairingState

PAUSES = (("series-gone", 3), ("declined-all", 3), ("still-good", 3))
RARER = (("kindly", 2), ("lighter", 1), ("still-good", 2))
SHORTER = (("lighter", 2),)
OTHER_TIME = (("kindly", 1), ("zone-changed", 2), ("series-gone", 2), ("declined-all", 2))


UNNAMED: tuple[QuestionKind, ...] = ("check", "assess", "exit", "chemistry")
"""Questions whose answer is nobody else's business: it stands in no ledger, and in no key of a letter."""


class Outcome(Struct, frozen=True):
    """How an answer is acknowledged: in which words, with which facts; in none where a letter of its own follows."""

    what: str
    facts: dict[str, Any] = field(default_factory=dict)


Follow = Callable[[PairingTurn, Question, int], None]
Silence = Callable[[PairingTurn, Question], None]

OPTIONS: dict[QuestionKind, int] = {
    "series-gone": 4, "guest-gone": 2, "declined-all": 4, "clash": 2, "absence": 2, "kindly": 3,
    "lighter": 3, "still-good": 4, "wish": 2, "zone-changed": 3, "extend": 3, "leave": 2,
    "private-hold": 3, "invite": 2, "advisor-heads-up": 2, "adopt": 2, "agreement": 2, "check": 5,
    "assess": 5, "exit": 5, "chemistry": 3, "intro": 2,
}  # fmt: skip
YES: dict[QuestionKind, int] = {
    "absence": 1, "wish": 1, "extend": 1, "leave": 1, "still-good": 1, "zone-changed": 1,
    "invite": 1, "advisor-heads-up": 1, "adopt": 1, "agreement": 1, "chemistry": 1, "intro": 1,
}  # fmt: skip
NO: dict[QuestionKind, int] = {
    "absence": 2,
    "wish": 2,
    "extend": 3,
    "leave": 2,
    "zone-changed": 2,
    "invite": 2,
    "advisor-heads-up": 2,
    "adopt": 2,
    "agreement": 2,
    "chemistry": 3,
    "intro": 2,
}
WORDS: dict[tuple[QuestionKind, str], int] = {
    ("clash", "keep"): 1, ("series-gone", "undo"): 1, ("clash", "move"): 2, ("series-gone", "pause"): 3,
    ("declined-all", "keep"): 1, ("declined-all", "pause"): 3, ("still-good", "pause"): 3, ("still-good", "resume"): 1,
    ("still-good", "keep"): 1, ("lighter", "keep"): 3, ("kindly", "keep"): 3, ("still-good", "same"): 1, ("lighter", "same"): 3, ("kindly", "same"): 3,
    ("still-good", "rarer"): 2, ("lighter", "rarer"): 1, ("kindly", "rarer"): 2,
    ("declined-all", "undo"): 1, ("series-gone", "leave"): 4, ("declined-all", "leave"): 4, ("still-good", "leave"): 4,
    ("chemistry", "keep"): 1, ("chemistry", "same"): 1, ("chemistry", "leave"): 3,
    ("chemistry", "resume"): 1, ("chemistry", "change"): 3,
}  # fmt: skip

FOLLOW: dict[QuestionKind, Follow] = {
    "series-gone": answered_gone, "guest-gone": answered_gone, "declined-all": answered_gone,
    "clash": answered_clash, "absence": answered_absence, "kindly": answered_ladder,
    "lighter": answered_ladder, "still-good": answered_still_good, "wish": answered_wish,
    "zone-changed": answered_zone, "leave": answered_leave, "private-hold": answered_hold,
    "invite": answered_invite, "advisor-heads-up": answered_invite, "adopt": answered_adopt, "agreement": answered_agreement,
    "check": answered_rating, "assess": answered_rating, "exit": answered_rating, "chemistry": answered_chemistry, "intro": answered_intro,
}  # fmt: skip
SILENCE: dict[QuestionKind, Silence] = {
    "series-gone": silent_gone, "guest-gone": silent_gone, "declined-all": silent_gone,
    "clash": keep_double, "absence": keep_absent, "still-good": silent_still_good, "wish": silent_wish,
    "private-hold": keep_for_writer, "invite": silent_invite, "adopt": silent_adopt,
    "advisor-heads-up": silent_heads_up, "intro": silent_intro,
}  # fmt: skip
"""What silence leads to; of all others nothing follows."""


def question_meant(turn: PairingTurn, role: Role, reply: ReplySeen) -> Question | None:
    """The question whose letter is answered; a mail that cites none may answer the only one open."""
    own = [q for q in turn.state.questions if q.role == role]
    kind, named = touchpoint_of(reply.answers), _named(reply.answers)
    if named:
        return next((q for q in own if name_of(q) == named), None)
    if kind in OPTIONS:
        cited = [q for q in own if q.kind == kind and _cited(q, reply.answers)]
        return cited[0] if cited else None
    if reply.answers or lists_open(turn, role, reply) != 1:
        return None
    return next((q for q in own if _may_be_meant(q, reply)), None)


def _may_be_meant(question: Question, reply: ReplySeen) -> bool:
    """Whether a mail that cites no letter can answer it: who may read words is said in confidence alone, and
    nothing else is said there."""
    return (question.kind == "private-hold") == in_confidence(reply.thread)


def lists_open(turn: PairingTurn, role: Role, reply: ReplySeen) -> int:
    """How many numbered lists a mail that cites no letter could answer."""
    questions = [q for q in turn.state.questions if q.role == role and _may_be_meant(q, reply)]
    proposal = turn.state.proposal
    listed = proposal is not None and proposal.asked == role and not in_confidence(reply.thread)
    return len(questions) + listed


def about_a_question(key: str) -> bool:
    """Whether that letter asked a question, or asked what was meant by the answer to one."""
    return touchpoint_of(key) in OPTIONS or _named(key) != ""


def _named(key: str) -> str:
    return about_unclear(key)[1] if touchpoint_of(key) == "unclear" else ""


def _cited(question: Question, key: str) -> bool:
    return f"/{question.occasion}/" in key or f"/{question.occasion}~" in key


def number_of(question: Question, said: Said) -> int:
    """Which of its answers is said, 0 for none of them."""
    kind = question.kind
    if said.word in ("choose", "when"):  # "the 2nd" can be a day; of a question it is an answer
        known = [number for number in said.numbers if 0 < number <= OPTIONS[kind]]
        return known[0] if len(known) == 1 else 0
    if said.word in ("yes", "no"):
        return (YES if said.word == "yes" else NO).get(kind, 0)
    return WORDS.get((kind, said.word), 0)


def follow(turn: PairingTurn, question: Question, number: int, said: Said) -> Outcome:
    """What that answer leads to, and how it is acknowledged."""
    turn.because(f"{question.kind}: answered" + ("" if question.kind in UNNAMED else f" {number}"))
    till = said.days[1] if said.days else None
    if question.kind == "extend":
        answered_extend(turn, question, number, till if number != 3 else None)
        return _extended(turn, question, number)
    FOLLOW[question.kind](turn, question, number)
    if (question.kind, number) in PAUSES and till and turn.state.pause:
        pause(turn, question.role, till)
    return _outcome(turn, question, number)


def _outcome(turn: PairingTurn, question: Question, number: int) -> Outcome:
    """As it was answered, if it could be done. Where the program, or the rhythm they have, leaves no room for
    it, the contact knows, and what holds instead is said."""
    answered, wanted = (question.kind, number), terms(turn.state, turn.program)
    done = Outcome(f"{question.kind}-{number}", shown(question))
    if question.kind == "chemistry":
        again, until = question.facts["again"], told_by(turn)
        told = {"again": again, "unsure": number == NOT_SURE, "parts": number == NO_MORE}
        return Outcome(question.kind, {**told, "until": iso(until) if until else None})
    if question.kind in UNNAMED:
        return Outcome(question.kind, {"low": number <= LOW})
    if question.kind == "agreement":
        text = turn.program.agreement
        version = text.version if text else ""
        return Outcome(done.what, {"version": version, "renewal": question.facts["renewal"]})
    if answered_by_letter(question, number):
        return Outcome("")
    if question.kind == "private-hold":
        return Outcome(done.what, {"undo": number != ONLY_HELPER})
    if answered in PAUSES:
        paused = turn.state.pause
        if paused and paused.until:
            return Outcome(
                done.what, {"days": [turn.now.date().isoformat(), paused.until.isoformat()]}
            )
        turn.tell("for-contact", reason="a pause of what is about to end")
        return Outcome("for-contact")
    if answered in RARER or answered in SHORTER:
        if asked(turn, "wish") or turn.state.agreed != _agreed_before(turn):
            return done
        if answered in SHORTER:
            return Outcome("fixed", {"minutes": max(wanted.lengths_minutes)})
        return Outcome("fixed", {"weeks": wanted.step.weeks, "months": wanted.step.months})
    if answered in OTHER_TIME and not turn.state.wants_time:
        if question.kind in ("series-gone", "declined-all"):
            return Outcome("fixed-rests")
        start = next_start(turn)
        step = {"weeks": wanted.step.weeks, "months": wanted.step.months}
        return Outcome("fixed", {**step, "start": iso(start)} if start else step)
    return done


def _extended(turn: PairingTurn, question: Question, number: int) -> Outcome:
    """Once both have said, whoever said it last hears the result at once; before, only that it was read."""
    settled = result(turn)
    if settled is None:
        return Outcome(f"{question.kind}-{number}", {"ends": question.facts["ends"]})
    return Outcome(*worded(settled))


def shown(question: Question) -> dict[str, Any]:
    """The facts of a question that come back with the answer to it."""
    names = ("start", "weeks", "months", "minutes", "ends", "first", "last")
    facts = {name: question.facts[name] for name in names if question.facts.get(name) is not None}
    if "first" in facts:
        facts["days"] = [facts.pop("first"), facts.pop("last")]
    return facts


def _agreed_before(turn: PairingTurn) -> Agreed | None:
    before = turn.world.state
    return before.agreed if isinstance(before, PairingState) else None


def lapse_questions(turn: PairingTurn) -> None:
    """Silence has a stated, harmless end."""
    for question in turn.state.questions:
        if turn.watch.reached(question.answer_by) and not is_put_off(turn, question):
            if asked(turn, question.kind, question.occasion) is None:
                continue
            if not question.answered:
                turn.because(f"{question.kind}: no answer")
            SILENCE.get(question.kind, close_question)(turn, question)
