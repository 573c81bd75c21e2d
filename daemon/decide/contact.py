"""Contact: what a pair reads of how the two reach each other between the 1:1s, and of how many letters come at most.

Not the limits themselves: caps.py keeps them.
"""

from __future__ import annotations

from typing import Any

from daemon.decide.seen import PairingTurn
from daemon.domain.people import Role


def between(turn: PairingTurn) -> str:
    """The agreed way between the 1:1s, as it stands inside a sentence; empty where none was named."""
    return turn.state.line.between.rstrip(". ")


def budget(turn: PairingTurn, role: Role) -> dict[str, Any]:
    """At most so many letters a week; where a week has no limit, a day."""
    a_week = turn.program.letters_a_week(role)
    if a_week is None:
        return {"most": turn.program.letters_per_day, "each": "day"}
    return {"most": a_week, "each": "week"}
