"""Patience: after how long an unanswered question is recalled, and when its silence ends (LETTERS 2).

Not the end itself: what silence leads to is said where the question is.
"""

from __future__ import annotations

from datetime import timedelta

from daemon.domain.cadence import Step
from daemon.domain.program import Program


def reminders(step: Step, program: Program) -> tuple[timedelta, ...]:
    """After which times an open offer is recalled. Two reminders in two days would outlive a weekly 1:1."""
    if program.nudge_after_hours:
        return tuple(timedelta(hours=hours) for hours in program.nudge_after_hours)
    if step.length <= timedelta(days=7):
        return (timedelta(hours=24),)
    if step.length <= timedelta(days=14):
        return (timedelta(hours=48),)
    return (timedelta(days=2), timedelta(days=4))


def answer_time(step: Step, program: Program) -> timedelta:
    """How long an offer waits for its answer."""
    if program.answer_by_hours:
        return timedelta(hours=program.answer_by_hours)
    if step.length <= timedelta(days=7):
        return timedelta(hours=48)
    return timedelta(days=4 if step.length <= timedelta(days=14) else 7)
