"""Whether both want to go on: asked of each alone before the end (RULES 3).

Not the end itself: stopping.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from daemon.decide.moment import at_minute
from daemon.decide.questions import asked, close_question, open_question
from daemon.decide.seen import PairingTurn
from daemon.decide.stopping import last_day
from daemon.decide.terms import first_day, terms
from daemon.domain.people import ROLES
from daemon.domain.question import Question


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
    """1 yes · 2 till … · 3 end. It takes both; nobody hears the other's answer before both have said."""
    close_question(turn, question)
    said = "end" if number == 3 else (till.isoformat() if till else "yes")
    about = {"ends": str(question.facts["ends"])}
    known = turn.state.extends
    answers = {**(known if known.get("ends") == about["ends"] else about), question.role: said}
    turn.state = replace(turn.state, extends=answers)
    both = [answers[role] for role in ROLES if role in answers]
    ends = last_day(turn)
    if len(both) == len(ROLES) and "end" not in both and ends:
        _go_on(turn, ends, [date.fromisoformat(said) for said in both if said != "yes"])


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
