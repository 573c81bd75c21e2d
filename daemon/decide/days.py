"""Days on which no 1:1 takes place by rule: pauses, breaks, absences, holidays, those of a substitute (RULES 4).

Not the calendar effects that follow (series.py, calendar.py), and not which dates are holidays: those
are handed in.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Literal

from daemon.decide.moment import at_minute, local_day
from daemon.decide.turn import Turn
from daemon.domain.meeting import Meeting
from daemon.domain.people import ROLES, Days
from daemon.domain.value import replace
from daemon.domain.world import PairingState

Off = Literal["", "holiday", "break", "away", "pause", "end", "change", "substitute"]


def off(turn: Turn[PairingState], start: datetime, *, anyway: bool = False) -> Off:
    """Why nothing takes place at that instant, empty when nothing is in the way. `anyway`: what the program
    leaves out does not count, only what the two of them do."""
    state, line, zone_of = turn.state, turn.state.line, turn.zone
    if state.pause and start >= state.pause.since and not _resumed(turn, start):
        return "pause"
    day = local_day(start, zone_of(line.anchor))
    if line.substituted and day in line.substituted.days:
        return "substitute"
    if line.stands_in and day not in line.stands_in.days:
        return "end"
    if any(day in each for each in turn.program.breaks) and not anyway:
        return "break"
    if any(_is_holiday(turn, day, code) for code in turn.program.holidays) and not anyway:
        return "holiday"
    for role in ROLES:
        person = line.person(role)
        own = local_day(start, zone_of(person.zone))
        if any(own in each for each in person.away):
            return "away"
        if any(each.role == role and own in each.days for each in state.absences):
            return "away"
        if any(_is_holiday(turn, own, code) for code in person.holidays):
            return "holiday"
    return ""


def left_by_rule(meeting: Meeting, why: Off, now: datetime, *, gone: bool = False) -> Meeting:
    """The meeting, left out for that reason, and nobody is asked about it any more; `gone`: it stands on no
    calendar."""
    return replace(
        meeting, standing="skipped", settled_by="rule", settled_at=now, off=why, asked_by=None,
        gone=meeting.gone or gone,
    )  # fmt: skip


def met_anyway(turn: Turn[PairingState], meeting: Meeting) -> bool:
    """Whether the two meet at that very hour already, in an event of its own that they had agreed on: a series that
    somebody puts there by hand is not a second 1:1 (RULES 6)."""
    return any(
        each.standing == "moved"
        and each.origin != meeting.origin
        and each.start < meeting.end
        and meeting.start < each.end
        for each in turn.state.meetings
    )


def _is_holiday(turn: Turn[PairingState], day: date, code: str) -> bool:
    return day in turn.world.holidays.get(code, ())


def _resumed(turn: Turn[PairingState], start: datetime) -> bool:
    pause, line = turn.state.pause, turn.state.line
    if pause is None or pause.until is None:
        return False
    return start >= at_minute(pause.until, 0, turn.zone(line.anchor))


def stretches(turn: Turn[PairingState]) -> Iterator[Days]:
    """Breaks and absences, whoever says so, and the days of a substitute."""
    yield from turn.program.breaks
    if turn.state.line.substituted:
        yield turn.state.line.substituted.days
    for role in ROLES:
        yield from turn.state.line.person(role).away
    for absence in turn.state.absences:
        yield absence.days
