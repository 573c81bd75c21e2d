"""Words for tables about one 1:1 of the pair, that of the 13th, on its way through the calendar and whole decisions.

Not the pair itself: pair_cast.py. Here silence is asked about, as in every program.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from daemon.decide.pairing import decide_pairing
from daemon.decide.seen import PairingTurn
from daemon.domain.effect import Effect
from daemon.domain.meeting import Meeting, Place, Series, Slot
from daemon.domain.observation import Observation
from daemon.domain.value import replace
from daemon.domain.world import PairingState, Plan, World
from tests.decide.pair_cast import (
    ANAS,
    DAY,
    HALF_HOUR,
    LANE,
    LINKED,
    NOW,
    ORIGIN,
    START,
    ZONES,
    berlin,
    day,
    meeting,
    offered,
    series,
    turn_of,
)
from tests.stories.cast import KOSS, line

PLANNED = meeting(13)
FALLEN = replace(PLANNED, standing="cancelled")
OCCURRENCE, ONE_OFF = Place(ANAS, "tuesdays", day(13)), Place(ANAS, "one-off")
SERIES = series(put_at=None, asked_generation=0, version="")
THURSDAY = Slot(berlin(day(15)), berlin(day(15)) + HALF_HOUR)
PICKED = offered(13, START + DAY, THURSDAY.start, opened_at=NOW - DAY, picked=2, booked=True)
SINCE = NOW - 9 * DAY
STATE = PairingState(line(), "active", SINCE, SINCE, SINCE, meetings=(PLANNED,), series=(SERIES,))


def turn(
    *meetings: Meeting, now: datetime = NOW, series: tuple[Series, ...] = (SERIES,), **known: Any
) -> PairingTurn:
    """A turn of the lane before any rule has looked at it."""
    return turn_of(*meetings, now=now, of=LINKED, program=KOSS, series=series, **known)


def effect(
    verb: str, change: Any, closes: datetime, reason: str, basis: str, **more: Any
) -> Effect:
    """What is asked of the calendar for that 1:1."""
    stem = f"{verb}/ana-ben/{ORIGIN}"
    return Effect(stem, 1, basis, "calendar", ANAS, change, NOW, closes, reason, ORIGIN, **more)


def decided(state: PairingState | None, *seen: Observation, now: datetime = NOW) -> Plan:
    """One whole decision of the lane."""
    return decide_pairing(World(LANE, state, seen, (), KOSS, {}, ZONES), now)


def after(state: PairingState, *seen: Observation, now: datetime = NOW) -> PairingState:
    """What the lane remembers after it."""
    found = decided(state, *seen, now=now).state
    assert isinstance(found, PairingState)
    return found
