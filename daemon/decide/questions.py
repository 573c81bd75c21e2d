"""Questions that are answered by a number or a word: opened, asked, recalled, closed.

Not what follows from an answer or from silence: that is in the file of each concern, by answers.py.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from daemon.decide.owed import JUST_NOW, personal, when
from daemon.decide.seen import PairingTurn
from daemon.decide.turn import iso
from daemon.domain.people import Role
from daemon.domain.question import Question, QuestionKind
from daemon.domain.value import replace

RECALLED: dict[QuestionKind, tuple[timedelta, ...]] = {
    "series-gone": (timedelta(days=1), timedelta(days=3)),
    "adopt": (timedelta(days=2),),
}
"""Questions that are recalled, after which times; all others are asked once."""
FROM_THE_LETTER: tuple[QuestionKind, ...] = (
    "still-good", "check", "assess", "intro", "exit", "agreement", "chemistry",
)  # fmt: skip
"""Questions whose days for an answer begin with the letter."""
WAITS = timedelta(days=14)
"""So long a question waits for room among the letters of its reader."""
RECALL_DAYS = timedelta(days=2)
QUESTIONS_MAX = 6


def asked(turn: PairingTurn, kind: QuestionKind, occasion: str = "") -> Question | None:
    """The open question of that kind (about that occasion)."""
    return next(
        (q for q in turn.state.questions if q.kind == kind and occasion in ("", q.occasion)), None
    )


def open_question(
    turn: PairingTurn, kind: QuestionKind, role: Role, occasion: str,
    *, answer_by: datetime, facts: dict[str, Any] | None = None, own: bool = False,
) -> None:  # fmt: skip
    """Ask one person one thing. The same question about the same occasion is never asked twice."""
    person = turn.state.line.person(role)
    if asked(turn, kind, occasion) or turn.letter_stem(kind, occasion, person.id) in turn.marks:
        return
    question = Question(kind, role, occasion, turn.now, answer_by, facts or {}, own=own)
    questions = [*turn.state.questions, question]
    if len(questions) > QUESTIONS_MAX:  # held words hang on theirs: they would wait for ever
        questions.remove(next(q for q in questions if q.kind != "private-hold"))
    turn.state = replace(turn.state, questions=tuple(questions))
    turn.because(f"the {role} is asked: {kind}")


def close_question(turn: PairingTurn, question: Question) -> None:
    """It was answered, or its time is over, or nobody needs the answer any more."""
    kept = tuple(
        q
        for q in turn.state.questions
        if (q.kind, q.role, q.occasion) != (question.kind, question.role, question.occasion)
    )
    turn.state = replace(turn.state, questions=kept)


def drop_questions(turn: PairingTurn, *kinds: QuestionKind) -> None:
    """What is asked no longer matters."""
    turn.state = replace(
        turn.state, questions=tuple(q for q in turn.state.questions if q.kind not in kinds)
    )


def ask_questions(turn: PairingTurn) -> None:
    """The letters of all open questions; none of them is urgent. What answers one's own command waits for no
    morning."""
    for question in turn.state.questions:
        opened = question.opened_at
        moment = opened if question.own else when(turn, opened, question.role)
        if not turn.watch.reached(moment):
            continue
        if question.kind in FROM_THE_LETTER:
            question = _given_time(turn, question)
        if not _told_long_ago(turn, question):
            _letter(turn, question, question.occasion, moment, {})
        _put_off(turn, question)
        recalled = _recalled(turn, question)
        for number, after in enumerate(recalled, start=1):
            if question.told_at:
                again = when(turn, question.told_at + after, question.role)
                if turn.watch.reached(again):
                    more = {"reminder": True, "last": number == len(recalled)}
                    _letter(turn, question, f"{question.occasion}~{number}", again, more)


def is_put_off(turn: PairingTurn, question: Question) -> bool:
    """Whether its letter may still go: who was never asked has not been silent."""
    if question.kind not in FROM_THE_LETTER or stem_of(turn, question) in turn.marks:
        return False
    return not turn.watch.reached(question.opened_at + WAITS)


def stem_of(turn: PairingTurn, question: Question) -> str:
    """The stem of its letter."""
    person = turn.state.line.person(question.role).id
    return turn.letter_stem(question.kind, question.occasion, person)


def _told_long_ago(turn: PairingTurn, question: Question) -> bool:
    """An agreement may be waited for longer than it is remembered that its letter went."""
    return question.told_at is not None and stem_of(turn, question) not in turn.marks


def _recalled(turn: PairingTurn, question: Question) -> tuple[timedelta, ...]:
    """The agreement is recalled as a welcome is, before the pairing begins and until its reader has said something."""
    if question.kind != "agreement":
        return RECALLED.get(question.kind, ())
    waits = not question.facts["renewal"] and not question.answered
    return tuple(timedelta(days=days) for days in turn.program.setup_nudge_days) if waits else ()


def _beside(turn: PairingTurn, question: Question) -> dict[str, Any]:
    """What is too long to lie in the state with the question."""
    text = turn.program.agreement
    if question.kind != "agreement" or text is None:
        return {}
    language = turn.state.line.person(question.role).language
    beside: dict[str, Any] = {"lines": text.lines(language), "version": text.version}
    return beside if question.facts["renewal"] else {**beside, "answer_by": None}


def _given_time(turn: PairingTurn, question: Question) -> Question:
    """The days for an answer begin when the letter goes, which the caps may put off."""
    if stem_of(turn, question) in turn.marks:
        return question
    by_day = when(turn, question.opened_at, question.role)
    if turn.now < by_day + JUST_NOW:
        return question  # a night puts nothing off
    return replace(question, answer_by=question.answer_by + (turn.now - by_day))


def _put_off(turn: PairingTurn, question: Question) -> None:
    """The answer is waited for until the moment that the letter names, once there is one."""
    mark = turn.marks.get(stem_of(turn, question))
    if mark and mark.standing == "live":
        turn.state = replace(
            turn.state,
            questions=tuple(
                question if (q.kind, q.occasion) == (question.kind, question.occasion) else q
                for q in turn.state.questions
            ),
        )


def _letter(
    turn: PairingTurn, question: Question, occasion: str, opens: datetime, more: dict[str, Any]
) -> None:
    facts = {
        "answer_by": iso(question.answer_by),
        "reminder": False,
        "last": False,
        **question.facts,
        **_beside(turn, question),
        **more,
    }
    late = (
        question.kind in FROM_THE_LETTER and not more
    )  # it may wait for room: its days begin then
    personal(
        turn, question.kind, occasion, question.role, facts, opens=opens,
        closes=_closes(question, opens, more), reason=f"{question.kind}: only that person can say",
        basis="asked", own=question.own, waits=question.opened_at + WAITS if late else None,
    )  # fmt: skip


def _closes(question: Question, opens: datetime, more: dict[str, Any]) -> datetime:
    """A question that is waited for without end is recalled within days, as a welcome is, or not at all."""
    if question.kind == "agreement" and more.get("reminder"):
        return opens + RECALL_DAYS
    return question.answer_by


def question_told(turn: PairingTurn, stem: str, at: datetime) -> None:
    """The letter of a question was accepted."""
    turn.state = replace(
        turn.state,
        questions=tuple(
            replace(q, told_at=at)
            if q.told_at is None and stem.startswith(f"{q.kind}/") and f"/{q.occasion}/" in stem
            else q
            for q in turn.state.questions
        ),
    )
