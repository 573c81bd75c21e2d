"""Patience: after how long an unanswered question is recalled, and when its silence ends (LETTERS 2).

Not the end itself: what silence leads to is said where the question is.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from daemon.decide.moment import quiet_hours, speakable
from daemon.decide.seen import PairingTurn
from daemon.decide.terms import terms
from daemon.domain.cadence import Step
from daemon.domain.program import Program
from daemon.domain.proposal import Proposal

HOUR = timedelta(hours=1)


def reminders(step: Step, program: Program) -> tuple[timedelta, ...]:
    """After which times an open offer is recalled. Two reminders in two days would outlive a weekly 1:1."""
    if program.nudge_after_hours:
        return tuple(timedelta(hours=hours) for hours in program.nudge_after_hours)
    if step.length <= timedelta(days=7):
        return (timedelta(hours=24),)
    if step.length <= timedelta(days=14):
        return (timedelta(hours=48),)
    return (timedelta(days=2), timedelta(days=4))


def reminded_at(turn: PairingTurn, proposal: Proposal) -> list[datetime]:
    """When whoever has got that list is reminded of it, should there be no answer: by day, and of a single 1:1
    not in the last hour before silence ends it."""
    if proposal.told_at is None:
        return []
    waits, until = reminders(terms(turn.state, turn.program).step, turn.program), proposal.answer_by
    if proposal.kind == "series":
        waits = tuple(timedelta(days=days) for days in turn.program.setup_nudge_days)
    else:
        until -= HOUR
    person = turn.state.line.person(proposal.asked)
    hours = quiet_hours(person, turn.zone(person.zone), turn.program)
    moments = [speakable(proposal.told_at + after, hours) for after in waits]
    return [at for at in moments if at < until]


def answer_time(step: Step, program: Program) -> timedelta:
    """How long an offer waits for its answer."""
    if program.answer_by_hours:
        return timedelta(hours=program.answer_by_hours)
    if step.length <= timedelta(days=7):
        return timedelta(hours=48)
    return timedelta(days=4 if step.length <= timedelta(days=14) else 7)
