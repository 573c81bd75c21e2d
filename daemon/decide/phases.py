"""Phases: how far along a pair is, from what is known of it anyway (initiation, development, maintenance, closure).

Nothing that is stored. `status` counts them, and at the change from development to maintenance both preps say a word about
it (settled_in.py); the letters of the beginning and of the end have rules of their own.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from typing import Literal, get_args

from daemon.decide.moment import local_day
from daemon.decide.seen import PairingTurn
from daemon.decide.terms import first_day, terms
from daemon.domain.program import Program
from daemon.domain.world import PairingState

Phase = Literal["initiation", "development", "maintenance", "closure"]
PHASES: tuple[Phase, ...] = get_args(Phase)
CLOSURE_DAYS = 14
"""So long before its last day a pair is at its close."""


def phase_of(turn: PairingTurn) -> Phase:
    """The phase of the pair that is being decided."""
    zone = turn.zone(turn.state.line.anchor)
    return phase_at(turn.state, turn.program, turn.now, zone)


def phase_at(state: PairingState, program: Program, now: datetime, zone: tzinfo) -> Phase:
    """The same of any state; `zone` is that of the pairing's clock."""
    today = local_day(now, zone)
    if state.standing in ("closing", "closed") or _is_near_its_end(state, program, today):
        return "closure"
    if state.standing == "invited" or not _is_settled(state) or not _has_met(state, now):
        return "initiation"
    return "development" if today < settled_day(state, program, zone) else "maintenance"


def settled_day(state: PairingState, program: Program, zone: tzinfo) -> date:
    """The day with which development is over."""
    return _begun(state, zone) + timedelta(weeks=program.development_weeks)


def _is_near_its_end(state: PairingState, program: Program, today: date) -> bool:
    ends = terms(state, program).ends
    return ends is not None and today > ends - timedelta(days=CLOSURE_DAYS)


def _is_settled(state: PairingState) -> bool:
    """Whether neither of them is still asked if they go on after the first. What a pair that is not active yet waits for,
    an agreement too, is why it is not."""
    known = state.alone.chemistry
    return known is None or known.over


def _has_met(state: PairingState, now: datetime) -> bool:
    held = any(m.standing == "held" or (m.stands and m.end <= now) for m in state.meetings)
    return held or state.tally.held > 0


def _begun(state: PairingState, zone: tzinfo) -> date:
    """Since both have said yes, where that is later than the files say."""
    begun = first_day(state)
    return max(begun, local_day(state.mentee_yes, zone)) if state.mentee_yes else begun
