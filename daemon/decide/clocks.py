"""Clocks that change on one side only: a warning in the letter before such a week (LETTERS 1.3).

Not a change of the 1:1: its wall clock in the anchor zone never moves.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from daemon.decide.moment import instant
from daemon.decide.seen import PairingTurn
from daemon.decide.terms import terms
from daemon.domain.meeting import Meeting
from daemon.domain.people import Role, other


def clock_shift(turn: PairingTurn, meeting: Meeting, role: Role) -> dict[str, Any] | None:
    """By how many minutes the reader's clock shows the regular hour otherwise than at the date before.

    None for a meeting at another time, and where nothing shifts for this reader.
    """
    if meeting.standing != "planned":
        return None
    line = turn.state.line
    mine, theirs = turn.zone(line.person(role).zone), turn.zone(line.person(other(role)).zone)
    anchor = turn.zone(line.anchor)
    wall = meeting.start.astimezone(anchor).replace(tzinfo=None)
    before = instant(terms(turn.state, turn.program).step.wall(wall, -1), anchor)
    minutes = _minute(meeting.start, mine) - _minute(before, mine)
    minutes = (minutes + 720) % 1440 - 720
    if not minutes:
        return None
    moved = meeting.start.astimezone(theirs).utcoffset() != before.astimezone(theirs).utcoffset()
    return {"minutes": minutes, "zone": line.person(other(role) if moved else role).zone}


def _minute(moment: datetime, zone: Any) -> int:
    local = moment.astimezone(zone)
    return local.hour * 60 + local.minute
