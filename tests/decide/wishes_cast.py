"""Words for tables about wishes: Ben would like to meet every two weeks, and Ana is asked.

Not the pair itself: pair_cast.py.
"""

from __future__ import annotations

from typing import Any

from daemon.decide.seen import PairingTurn
from daemon.domain.people import Line
from daemon.domain.question import Question
from tests.decide.pair_cast import DAY, NOW, ruled, turn_of

BIWEEKLY = {"what": "cadence", "weeks": 2, "months": 0}
ASKED = Question("wish", "mentor", "m1", NOW - DAY, NOW + 6 * DAY, BIWEEKLY)


def turn(own: Line | None = None, locked: tuple[str, ...] = (), **known: Any) -> PairingTurn:
    """A turn of the lane of a pair with that line, before any rule has looked at it."""
    return turn_of(of=own, program=ruled(locked=locked), **known)
