"""Words for tables about wishes: Ben would like to meet every two weeks, and Ana is asked.

Not tests: those are in test_wishes.py and test_zone_wishes.py.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from daemon.decide.seen import PairingTurn
from daemon.decide.turn import Turn
from daemon.domain.people import Line
from daemon.domain.question import Question
from daemon.domain.value import replace
from daemon.domain.world import PairingState, World
from tests.decide.tuesday_cast import DAY, LANE, NOW, SINCE, ZONES
from tests.stories.cast import KOSS, line

BIWEEKLY = {"what": "cadence", "weeks": 2, "months": 0}
ASKED = Question("wish", "mentor", "m1", NOW - DAY, NOW + 6 * DAY, BIWEEKLY)


def turn(
    own: Line | None = None, locked: tuple[str, ...] = (), *, now: datetime = NOW, **known: Any
) -> PairingTurn:
    """A turn of the lane of a pair with that line, before any rule has looked at it."""
    state = PairingState(own or line(), **{"standing": "active", "since": SINCE, **known})
    program = replace(KOSS, locked=locked)  # type: ignore[arg-type]
    return Turn(World(LANE, state, (), (), program, {}, ZONES), state, now)
