"""Agreeing: each of the two reads the program's text alone and says AGREE, before anything is on a calendar.

Not the text (daemon/settings/agreements.py), and not what else a pairing waits for: lifecycle.py.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from daemon.decide.moment import local_day
from daemon.decide.questions import close_question, open_question
from daemon.decide.seen import PairingTurn
from daemon.decide.terms import terms
from daemon.decide.welcome import terms_facts
from daemon.domain.alone import AgreedTo, Agreement
from daemon.domain.people import ROLES, Role
from daemon.domain.question import Question
from daemon.domain.value import replace

FOR_GOOD = timedelta(days=365)
"""A pairing that begins waits for the two: only the contact ends that, or they do."""
RENEWAL_DAYS = timedelta(days=14)
AGREES, NOT_SO = 1, 2


def agreed_to(turn: PairingTurn, role: Role) -> AgreedTo | None:
    """What that person agreed to last."""
    return next((each for each in turn.state.alone.agreed_to if each.role == role), None)


def consents_given(turn: PairingTurn) -> bool:
    """Whether both have agreed to the text as it is now, where the program has one."""
    text = turn.program.agreement
    return text is None or all(_has_agreed(turn, role, text) for role in ROLES)


def _has_agreed(turn: PairingTurn, role: Role, text: Agreement) -> bool:
    known = agreed_to(turn, role)
    return known is not None and known.mark == text.mark


def drop_old_text(turn: PairingTurn) -> None:
    """Nobody agrees to a text that counts no more: an answer to it that comes in the same moment is one to a closed list."""
    text = turn.program.agreement
    for question in turn.state.questions:
        if question.kind == "agreement" and (text is None or question.facts["mark"] != text.mark):
            close_question(turn, question)


def ask_to_agree(turn: PairingTurn) -> None:
    """Both, once both have said yes to each other; a pair that runs, once for each new text."""
    text, state = turn.program.agreement, turn.state
    if text is None:
        return
    begins = state.standing == "invited" and bool(state.mentor_yes and state.mentee_yes)
    for role in ROLES if begins or state.standing == "active" else ():
        if not _has_agreed(turn, role, text):
            _ask(turn, role, text, begins=begins)
            _tell_of_silence(turn, role)


def _ask(turn: PairingTurn, role: Role, text: Agreement, *, begins: bool) -> None:
    if _asked_of(turn, role):
        return
    known = agreed_to(turn, role)
    wanted = terms(turn.state, turn.program)
    told = terms_facts(turn, wanted) if begins else {"start": None, "weeks": 0, "months": 0}
    zone = turn.zone(turn.state.line.person(role).zone)
    facts: dict[str, Any] = {
        "mark": text.mark,
        "as_of": local_day(turn.now, zone).isoformat(),
        "renewal": not begins,
        "before": local_day(known.at, zone).isoformat() if known else "",
        **{name: told[name] for name in ("start", "weeks", "months")},
    }
    # A text that comes back, before it begins, is asked about anew; of a pair that runs, never twice.
    occasion = f"{role}-{text.mark}{turn.now:-%Y%m%d}" if begins else f"{role}-{text.mark}"
    answer_by = turn.now + (FOR_GOOD if begins else RENEWAL_DAYS)
    just_said_yes = role == "mentee" and turn.state.mentee_yes == turn.now
    open_question(
        turn, "agreement", role, occasion, answer_by=answer_by, facts=facts,
        own=begins and just_said_yes,
    )  # fmt: skip


def _tell_of_silence(turn: PairingTurn, role: Role) -> None:
    """After a week without an answer it is the contact's turn, as with a welcome."""
    question = _asked_of(turn, role)
    if question is None or question.facts["renewal"] or question.answered or not question.told_at:
        return
    if turn.watch.reached(question.told_at + timedelta(days=turn.program.setup_tell_days)):
        turn.tell_once(
            f"agreement-silent/{question.occasion}", "agreement-silent",
            reason="no answer to the agreement",
            first=turn.state.line.person(role).first, role=role,
        )  # fmt: skip


def _asked_of(turn: PairingTurn, role: Role) -> Question | None:
    return next((q for q in turn.state.questions if (q.kind, q.role) == ("agreement", role)), None)


def answered_agreement(turn: PairingTurn, question: Question, number: int) -> None:
    """1 agrees · 2 not as it stands: the contact hears that, and a pairing that begins waits."""
    text = turn.program.agreement
    if number == AGREES and text is not None:
        close_question(turn, question)
        known = AgreedTo(question.role, text.version, text.mark, turn.now)
        others = tuple(each for each in turn.state.alone.agreed_to if each.role != question.role)
        alone = replace(turn.state.alone, agreed_to=(*others, known))
        turn.state = replace(turn.state, alone=alone)
        return
    turn.tell("agreement-not", reason="one of the two does not agree as it stands")
    wrote_instead(turn, question.role)


def wrote_instead(turn: PairingTurn, role: Role) -> bool:
    """Whoever does not agree yet, and has said so, is reminded no more; AGREE still counts. Whether the pairing waits for
    it: one that runs does not."""
    question = _asked_of(turn, role)
    if question is None:
        return False
    close_question(turn, question)
    if question.facts["renewal"]:
        return False
    waits = replace(question, answered=NOT_SO)
    turn.state = replace(turn.state, questions=(*turn.state.questions, waits))
    return True
