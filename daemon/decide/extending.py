"""Whether both want to go on: asked of each alone before the end (RULES 3).

Not the end itself: stopping.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from daemon.decide.acknowledging import acknowledge_by_day
from daemon.decide.moment import at_minute
from daemon.decide.owed import when
from daemon.decide.questions import asked, close_question, open_question
from daemon.decide.seen import PairingTurn
from daemon.decide.stopping import last_day
from daemon.decide.terms import first_day, terms
from daemon.domain.people import ROLES, Role, other
from daemon.domain.question import Question

LETTER_DAYS = timedelta(days=3)


def ask_to_extend(turn: PairingTurn) -> None:
    """Two weeks before the end each of the two is asked alone whether to go on."""
    until, ahead = last_day(turn), turn.program.extend_ask_days
    if until is None or not ahead or not _may_be_extended(turn):
        return
    over = at_minute(until, 24 * 60, turn.zone(turn.state.line.anchor))
    moment = over - timedelta(days=ahead)
    if (until - first_day(turn.state)).days < 2 * ahead or not turn.watch.reached(moment):
        return
    if turn.now < over:
        facts = {"ends": until.isoformat(), "weeks": turn.program.extend_weeks}
        for role in ROLES:
            open_question(
                turn, "extend", role, f"{role}-{until.isoformat()}", answer_by=over, facts=facts
            )


def _may_be_extended(turn: PairingTurn) -> bool:
    """Not what somebody stops, what the program fixes, or a plan of so many sessions."""
    fixed = "ends" in turn.program.locked or terms(turn.state, turn.program).sessions > 0
    stopped = turn.state.line.closing or turn.state.stopped_by != ""
    return turn.state.standing in ("active", "closing") and not fixed and not stopped


def answered_extend(turn: PairingTurn, question: Question, number: int, till: date | None) -> None:
    """1 yes · 2 till … · 3 end. It takes both; nobody hears the other's answer before both have said, and then
    both hear what comes of it."""
    close_question(turn, question)
    said = "end" if number == 3 else (till.isoformat() if till else "yes")
    about = {"ends": str(question.facts["ends"])}
    known = turn.state.extends
    answers = {**(known if known.get("ends") == about["ends"] else about), question.role: said}
    turn.state = replace(turn.state, extends=answers)
    both = [answers[role] for role in ROLES if role in answers]
    ends = last_day(turn)
    if len(both) < len(ROLES):
        return
    if "end" not in both and ends:
        _go_on(turn, ends, [date.fromisoformat(said) for said in both if said != "yes"])
    said_last = {"last": question.role, "at": turn.now.isoformat(), "until": _until(turn)}
    turn.state = replace(turn.state, extends={**answers, **said_last})


def _until(turn: PairingTurn) -> str:
    """The last day by now, empty for none."""
    ends = terms(turn.state, turn.program).ends
    return ends.isoformat() if ends else ""


def result(turn: PairingTurn) -> Role | None:
    """Who said it last, once both have."""
    return next((role for role in ROLES if turn.state.extends.get("last") == role), None)


def worded_result(turn: PairingTurn) -> tuple[str, dict[str, Any]]:
    """What came of it, as it is acknowledged."""
    known = turn.state.extends
    over = known["until"] and known["until"] <= known["ends"]
    return "extend-over" if over else "extend-on", {"ends": known["until"]}


def extend_letter(turn: PairingTurn) -> None:
    """Whoever answered first hears the result by day, until the day that had been the last."""
    last = result(turn)
    if last is None:
        return
    at = datetime.fromisoformat(turn.state.extends["at"])
    ends = date.fromisoformat(turn.state.extends["ends"])
    moment = when(turn, at, other(last))
    if turn.watch.reached(moment):
        what, facts = worded_result(turn)
        acknowledge_by_day(
            turn, other(last), what, f"{other(last)}-{ends}", facts, opens=moment,
            closes=max(moment, at_minute(ends, 24 * 60, turn.zone(turn.state.line.anchor))) + LETTER_DAYS,
        )  # fmt: skip


def may_still_go_on(turn: PairingTurn) -> bool:
    """Whether an answer is still waited for, and nobody has said that it was good so."""
    ended = any(turn.state.extends.get(role) == "end" for role in ROLES)
    return asked(turn, "extend") is not None and not ended


def _go_on(turn: PairingTurn, ends: date, named: list[date]) -> None:
    weeks = turn.program.extend_weeks
    new = min(named) if named else (ends + timedelta(weeks=weeks) if weeks else None)
    if new is not None and new <= ends:
        return
    agreed = replace(turn.state.agreed, ends=new, open_ended=new is None)
    turn.state = replace(turn.state, agreed=agreed)
    turn.because(f"both want to go on, until {new or 'further notice'}")
