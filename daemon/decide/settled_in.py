"""The word at the change from development to maintenance: what the two have come to, and that a lighter rhythm is fine.

No letter of its own: it stands in both preps of the first 1:1 after that change. Not the phases themselves: phases.py.
"""

from __future__ import annotations

from typing import Any

from daemon.decide.farewell import counts, is_glad, reached
from daemon.decide.meeting_types import before
from daemon.decide.phases import phase_at, settled_day
from daemon.decide.seen import PairingTurn
from daemon.decide.terms import terms
from daemon.decide.wishes import STEPS
from daemon.domain.meeting import Meeting
from daemon.domain.people import Role

OFFERED = ("biweekly", "monthly")


def settled_in(turn: PairingTurn, meeting: Meeting, role: Role) -> dict[str, Any] | None:
    """The facts of a prep about it; None in the prep of any other 1:1, and for whom an earlier one has told it."""
    if not turn.program.maintenance_word or not _is_first(turn, meeting):
        return None
    if _is_told(turn, meeting, role):
        return None
    held, due = counts(turn)
    return {
        "held": held if is_glad(turn, held, due) else 0,
        "reached": reached(turn),
        "rarer": _rarer(turn),
    }


def _is_first(turn: PairingTurn, meeting: Meeting) -> bool:
    """Whether they meet in maintenance then, and have not before: of a pair that was there when the program began to say
    it, nothing has changed."""
    zone = turn.zone(turn.state.line.anchor)
    if phase_at(turn.state, turn.program, meeting.start, zone) != "maintenance":
        return False
    met = before(turn, meeting).met
    return met is not None and met < settled_day(turn.state, turn.program, zone)


def _is_told(turn: PairingTurn, meeting: Meeting, role: Role) -> bool:
    """Whether that person has the prep of a 1:1 which was the first, and fell out afterwards."""
    settled = settled_day(turn.state, turn.program, turn.zone(turn.state.line.anchor))
    person = turn.state.line.person(role).id
    return any(
        turn.settled(turn.letter_stem(f"prep-{role}", str(each.origin), person))
        for each in turn.state.meetings
        if each.origin.day >= settled and each.origin.wall < meeting.origin.wall
    )


def _rarer(turn: PairingTurn) -> list[str]:
    """The words for a rhythm that is really lighter, where the pair may choose one."""
    present = terms(turn.state, turn.program)
    if present.sessions or "cadence" in turn.program.locked:
        return []
    return [word for word in OFFERED if STEPS[word].length * 4 > present.step.length * 5]
