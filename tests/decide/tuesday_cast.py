"""Words for tables about one 1:1 of Ana and Ben, on Tuesday 13 October at 15:00 Berlin, on the Wednesday before it.

Not tests: those are in test_calendar_effects.py, test_pairing.py, test_still_good.py and their neighbours.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from daemon.decide.pairing import decide_pairing
from daemon.decide.seen import PairingTurn
from daemon.decide.turn import Turn
from daemon.domain.cadence import SeriesRule
from daemon.domain.effect import Effect
from daemon.domain.meeting import Meeting, Origin, Place, Series, Slot
from daemon.domain.observation import Observation
from daemon.domain.proposal import Offer, Proposal
from daemon.domain.value import replace
from daemon.domain.world import PairingState, Plan, World
from tests.stories.cast import KOSS, line

NOW = datetime(2026, 10, 7, 8, 0, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
HALF_HOUR = timedelta(minutes=30)
ZONES = {zone: ZoneInfo(zone) for zone in ("Europe/Berlin", "Asia/Kolkata", "America/Toronto")}

START = datetime(2026, 10, 13, 13, 0, tzinfo=UTC)
ORIGIN = Origin("2026-10-13T15:00", "Europe/Berlin")
ANA, BEN = "ana@example.org", "ben@example.org"
OCCURRENCE, ONE_OFF = Place(ANA, "u", "2026-10-13T15:00"), Place(ANA, "w")
PLANNED = Meeting(ORIGIN, START, START + HALF_HOUR, place=OCCURRENCE, version="v1")
FALLEN = replace(PLANNED, standing="cancelled")
SERIES = Series(ANA, "u", 1, SeriesRule("2026-10-06T15:00", "Europe/Berlin", 30), standing="put")
THURSDAY = Slot(
    datetime(2026, 10, 15, 13, 0, tzinfo=UTC), datetime(2026, 10, 15, 13, 30, tzinfo=UTC)
)
PICKED = Proposal(
    ORIGIN, "mentee", "cancelled", NOW - DAY, NOW + DAY,
    (Offer(1, START + DAY, START + DAY + HALF_HOUR), Offer(2, THURSDAY.start, THURSDAY.end)),
    picked=2, booked=True,
)  # fmt: skip
LINK = replace(line(), link="https://meet.example.org/ana-ben")

LANE = "pairing/ana-ben"
SINCE = NOW - 9 * DAY
STATE = PairingState(
    line(), "active", SINCE, mentor_yes=SINCE, mentee_yes=SINCE, meetings=(PLANNED,), series=(SERIES,)
)  # fmt: skip


def turn(
    *meetings: Meeting, now: datetime = NOW, series: tuple[Series, ...] = (SERIES,), **known: Any
) -> PairingTurn:
    """A turn of the lane before any rule has looked at it."""
    state = PairingState(LINK, "active", SINCE, meetings=meetings, series=series, **known)
    return Turn(World(LANE, state, (), (), KOSS, {}, {}), state, now)


def effect(
    verb: str, change: Any, closes: datetime, reason: str, basis: str, **more: Any
) -> Effect:
    """What is asked of the calendar for that 1:1."""
    stem = f"{verb}/ana-ben/{ORIGIN}"
    return Effect(stem, 1, basis, "calendar", ANA, change, NOW, closes, reason, ORIGIN, **more)


def decided(state: PairingState | None, *seen: Observation, now: datetime = NOW) -> Plan:
    """One whole decision of the lane."""
    return decide_pairing(World(LANE, state, seen, (), KOSS, {}, ZONES), now)


def after(state: PairingState, *seen: Observation, now: datetime = NOW) -> PairingState:
    """What the lane remembers after it."""
    found = decided(state, *seen, now=now).state
    assert isinstance(found, PairingState)
    return found
