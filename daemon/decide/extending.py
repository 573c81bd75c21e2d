"""Whether both want to go on: asked of each alone before the end (RULES 3).

Not the end itself: stopping.py.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from daemon.decide.acknowledging import acknowledge_by_day
from daemon.decide.moment import at_minute, local_day
from daemon.decide.owed import when
from daemon.decide.questions import asked, close_question, open_question
from daemon.decide.seen import PairingTurn
from daemon.decide.stopping import last_day
from daemon.decide.terms import first_day, terms
from daemon.domain.pair import GoingOn
from daemon.domain.people import ROLES, other
from daemon.domain.question import Question
from daemon.domain.value import replace

LETTER_DAYS = timedelta(days=3)


def ask_to_extend(turn: PairingTurn) -> None:
    """Two weeks before the end each of the two is asked alone whether to go on."""
    until, ahead = last_day(turn), turn.program.extend_ask_days
    if until is None or not ahead or not _may_be_extended(turn):
        return
    over = at_minute(until, 24 * 60, turn.zone(turn.state.line.anchor))
    moment = over - timedelta(days=ahead)
    if (until - _agreed_on(turn)).days < 2 * ahead or not turn.watch.reached(moment):
        return
    if turn.now < over:
        facts = {"ends": until.isoformat(), "weeks": turn.program.extend_weeks}
        for role in ROLES:
            open_question(
                turn, "extend", role, f"{role}-{until.isoformat()}", answer_by=over, facts=facts
            )


def _agreed_on(turn: PairingTurn) -> date:
    """When they last said how long it goes on: whoever has just done so is not asked again."""
    settled = result(turn)
    if settled is None or settled.at is None:
        return first_day(turn.state)
    return local_day(settled.at, turn.zone(turn.state.line.anchor))


def _may_be_extended(turn: PairingTurn) -> bool:
    """Not what somebody stops, what the program fixes, or a plan of so many sessions."""
    fixed = "ends" in turn.program.locked or terms(turn.state, turn.program).sessions > 0
    stopped = turn.state.line.closing or turn.state.stopped_by != ""
    return turn.state.standing in ("active", "closing") and not fixed and not stopped


def answered_extend(turn: PairingTurn, question: Question, number: int, till: date | None) -> None:
    """1 yes · 2 till … · 3 end. It takes both; nobody hears the other's answer before both have said, and then
    both hear what comes of it."""
    close_question(turn, question)
    word = "end" if number == 3 else (till.isoformat() if till else "yes")
    ends, known = date.fromisoformat(question.facts["ends"]), turn.state.going_on
    said = {**(known.said if known and known.ends == ends else {}), question.role: word}
    going_on = GoingOn(ends, said)
    if len(said) == len(ROLES):
        _go_on(turn, list(said.values()))
        until = terms(turn.state, turn.program).ends
        going_on = replace(going_on, last=question.role, at=turn.now, until=until)
    turn.state = replace(turn.state, going_on=going_on)


def result(turn: PairingTurn) -> GoingOn | None:
    """What the two said, once both have."""
    known = turn.state.going_on
    return known if known and known.last else None


def worded(settled: GoingOn) -> tuple[str, dict[str, Any]]:
    """What came of it, as it is acknowledged."""
    until = settled.until
    over = until is not None and until <= settled.ends
    return "extend-over" if over else "extend-on", {"ends": until.isoformat() if until else ""}


def extend_letter(turn: PairingTurn) -> None:
    """Whoever answered first hears the result by day, until the day that had been the last."""
    settled = result(turn)
    if settled is None or settled.last == "" or settled.at is None:
        return
    role = other(settled.last)
    moment = when(turn, settled.at, role)
    if turn.watch.reached(moment):
        what, facts = worded(settled)
        over = at_minute(settled.ends, 24 * 60, turn.zone(turn.state.line.anchor))
        acknowledge_by_day(
            turn, role, what, f"{role}-{settled.ends}", facts,
            opens=moment, closes=max(moment, over) + LETTER_DAYS,
        )  # fmt: skip


def may_still_go_on(turn: PairingTurn) -> bool:
    """Whether an answer is still waited for, and nobody has said that it was good so."""
    known = turn.state.going_on
    ended = known is not None and "end" in known.said.values()
    return asked(turn, "extend") is not None and not ended


def _go_on(turn: PairingTurn, said: list[str]) -> None:
    ends = last_day(turn)
    if "end" in said or ends is None:
        return
    named = [date.fromisoformat(word) for word in said if word != "yes"]
    weeks = turn.program.extend_weeks
    new = min(named) if named else (ends + timedelta(weeks=weeks) if weeks else None)
    if new is not None and new <= ends:
        return
    agreed = replace(turn.state.agreed, ends=new, open_ended=new is None)
    turn.state = replace(turn.state, agreed=agreed)
    turn.because(f"both want to go on, until {new or 'further notice'}")
