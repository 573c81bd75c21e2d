"""Words for tables about a plan of two sessions, from the 6th to the 23rd of October, in two shares of nine days: the
second begins on the 15th.

Not the pair itself: pair_cast.py.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from daemon.decide.seen import PairingTurn
from daemon.domain.cadence import Cadence
from daemon.domain.meeting import Meeting
from daemon.domain.observation import BusySeen
from daemon.domain.proposal import Proposal
from daemon.domain.value import replace
from tests.decide.pair_cast import ANAS, BEGUN, BENS, berlin, turn_of
from tests.stories.cast import line

TWO = replace(line(), at=None, cadence=Cadence(sessions=2, within_days=18))
LIST = Proposal(
    None, "mentee", "session", BEGUN, berlin("2026-10-07T16:30"), (), kind="session",
    standing="lapsed",
)  # fmt: skip


def pair(*meetings: Meeting, busy: Any = None, **state: Any) -> PairingTurn:
    """A turn of that plan; nobody's busy times are known yet, unless told."""
    turn = turn_of(*meetings, **{"of": TWO, "since": BEGUN, "mentee_yes": BEGUN, **state})
    if busy is not None:
        long = berlin("2026-10-01T00:00"), berlin("2026-12-30T00:00")
        turn.busy.append(BusySeen(*long, {ANAS: (), BENS: (), **busy}, turn.now))
    return turn


def window(start: str, end: str) -> tuple[datetime, datetime]:
    """From that day and time of October to that one."""
    return berlin(f"2026-10-{start}"), berlin(f"2026-10-{end}")
