"""Terms: which value counts for a pair now (RULES 1).

Not where values come from: the files are read in daemon/settings, agreements are made in replies.
"""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from daemon.decide.turn import Turn
from daemon.domain.cadence import RegularTime, Step
from daemon.domain.pair import Agreed
from daemon.domain.people import Line, Role
from daemon.domain.program import Program
from daemon.domain.value import replace
from daemon.domain.world import PairingState


class Terms(Struct, frozen=True):
    """What counts: `at` None while no regular time is known. With `sessions` there is no series, and the plan
    is counted from the day after `begun`."""

    at: RegularTime | None
    step: Step
    lengths_minutes: tuple[int, ...]
    ends: date | None
    zone: str
    sessions: int = 0
    begun: date | None = None


def terms(state: PairingState, program: Program) -> Terms:
    """A locked value of the program, else what the pair agreed on, else what the files say."""
    line, agreed, locked = state.line, state.agreed, program.locked
    at = line.at if "at" in locked else agreed.at or line.at
    if agreed.seeking and "at" not in locked:
        at = None
    step = line.cadence.step if "cadence" in locked else agreed.step or line.cadence.step
    lengths = line.lengths_minutes
    if "length" not in locked and agreed.lengths_minutes:
        lengths = agreed.lengths_minutes
    ends = _ends(state, program)
    if line.cadence.finite:
        return _plan(state, lengths, ends)
    if step.months and at:
        step = replace(step, nth=at.nth or 1)
    return Terms(at, step, lengths, ends, line.anchor)


def _ends(state: PairingState, program: Program) -> date | None:
    line, agreed = state.line, state.agreed
    if "ends" not in program.locked:
        if agreed.open_ended:
            return None
        if agreed.ends:
            return agreed.ends
    if line.ends or not program.minimum_weeks or line.cadence.finite:
        return line.ends
    return first_day(state) + timedelta(weeks=program.minimum_weeks)


def first_day(state: PairingState) -> date:
    """The day from which the pairing counts: as the files say, else since it is known."""
    return state.line.starts or state.since.date()


def _plan(state: PairingState, lengths: tuple[int, ...], ends: date | None) -> Terms:
    """A finite plan lasts as long as it says, and never past an end that is set. Its sessions lie about so
    far apart, a week at least."""
    line = state.line
    begun = first_day(state)
    if state.mentee_yes:
        begun = max(begun, state.mentee_yes.date())
    last = begun + timedelta(days=line.cadence.within_days)
    last = min(last, ends) if ends else last
    apart = Step(weeks=max(1, (last - begun).days // line.cadence.sessions // 7))
    return Terms(None, apart, lengths[:1], last, line.anchor, line.cadence.sessions, begun)


def with_own(line: Line, agreed: Agreed) -> Line:
    """A roster line with the zones and languages that its people have said themselves."""
    if agreed.mentor_zone:
        line = replace(line, mentor=replace(line.mentor, zone=agreed.mentor_zone))
    if agreed.mentee_zone:
        line = replace(line, mentee=replace(line.mentee, zone=agreed.mentee_zone))
    if agreed.mentor_language:
        line = replace(line, mentor=replace(line.mentor, language=agreed.mentor_language))
    if agreed.mentee_language:
        line = replace(line, mentee=replace(line.mentee, language=agreed.mentee_language))
    return line


def speak(turn: Turn[PairingState], role: Role, language: str) -> None:
    """That person's letters come in this language from now on, as far as there are words in it."""
    agreed = turn.state.agreed
    if role == "mentor":
        agreed = replace(agreed, mentor_language=language)
    else:
        agreed = replace(agreed, mentee_language=language)
    turn.state = replace(turn.state, agreed=agreed, line=with_own(turn.state.line, agreed))
