"""The rules: World and now go in, a Plan comes out.

Not allowed in here: a clock, chance, files, sockets, logs, or any vendor (tests/test_tidy.py).
"""

from __future__ import annotations

from datetime import datetime

from daemon.decide.account import decide_account
from daemon.decide.pairing import decide_pairing
from daemon.decide.programs import decide_program
from daemon.domain.world import Plan, World

__all__ = ["decide"]


def decide(world: World, now: datetime) -> Plan:
    """What this lane needs at `now`, and when to ask again."""
    if world.lane.startswith("pairing/"):
        return decide_pairing(world, now)
    if world.lane.startswith("program/"):
        return decide_program(world, now)
    return decide_account(world, now)
