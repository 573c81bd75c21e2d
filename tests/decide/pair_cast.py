"""Words for decisions about a pair: Ana in Berlin and Ben in Kolkata, their Tuesdays at 15:00, in October 2026.

Not tests: those are in test_meetings.py, test_farewell.py, test_stopping.py and their neighbours.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from daemon.decide.seen import PairingTurn
from daemon.decide.turn import Turn
from daemon.domain.cadence import SeriesRule
from daemon.domain.effect import SendLetter, TellAdmin
from daemon.domain.meeting import Meeting, Origin, Place, Series
from daemon.domain.people import Line
from daemon.domain.program import Program
from daemon.domain.value import replace
from daemon.domain.world import PairingState, World
from tests.stories.cast import CITIES, PATIENT, line

ANAS, UID = "ana@example.org", "tuesdays"
BEGUN = datetime(2026, 10, 5, 8, tzinfo=UTC)


def berlin(text: str) -> datetime:
    """`2026-10-13T15:00` on Ana's clock, as an instant."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)


def tuesday(day: int, standing: Any = "planned", *, month: int = 10, **more: Any) -> Meeting:
    """The half hour of that Tuesday at its place in the series, unless told otherwise."""
    wall = f"2026-{month:02}-{day:02}T15:00"
    start = more.pop("start", berlin(wall))
    place = more.pop("place", Place(ANAS, UID, wall))
    end = more.pop("end", start + timedelta(minutes=30))
    return Meeting(Origin(wall, "Europe/Berlin"), start, end, standing, place, **more)


def tuesdays(first: str = "2026-10-06T15:00", known_to: str = "", **more: Any) -> Series:
    """The series on Ana's calendar; what belongs to its rule may be given with the rest."""
    ruled = {name: more.pop(name) for name in ("until", "gaps", "step") if name in more}
    rule = SeriesRule(first, "Europe/Berlin", more.pop("length_minutes", 30), **ruled)
    given = {"standing": "put", "put_at": BEGUN, **more}
    return Series(ANAS, given.pop("uid", UID), 1, rule, known_to=known_to, **given)


def turn_of(
    *meetings: Meeting,
    now: str | datetime = "2026-10-07T10:00",
    series: tuple[Series, ...] = (),
    roster: Line | None = None,
    program: Program = PATIENT,
    holidays: Mapping[str, Any] | None = None,
    standing: Any = "active",
    **state: Any,
) -> PairingTurn:
    """A turn of the lane at that moment (on Ana's clock), before any rule has looked at it."""
    at = berlin(now) if isinstance(now, str) else now
    known = {"since": BEGUN, "meetings": meetings, "series": series, **state}
    lane = PairingState(roster or line(), standing, **known)
    zones = {name: ZoneInfo(name) for name in CITIES.values()}
    return Turn(
        World("pairing/ana-ben", lane, (), (), program, {}, zones, holidays=holidays or {}),
        lane,
        at,
    )


def ruled(**settings: Any) -> Program:
    """The program with other settings."""
    return replace(PATIENT, **settings)


def wakes(turn: PairingTurn) -> str:
    """When the lane is to be looked at again, on Ana's clock."""
    at = turn.watch.wake_at
    return at.astimezone(ZoneInfo("Europe/Berlin")).isoformat()[:16] if at else ""


def letters(turn: PairingTurn) -> dict[str, dict[str, Any]]:
    """The facts of every letter that was asked for: `touchpoint person`, then them."""
    return {
        f"{e.change.touchpoint} {e.change.person}": dict(e.change.facts)
        for e in turn.effects
        if isinstance(e.change, SendLetter)
    }


def told(turn: PairingTurn) -> list[tuple[str, dict[str, Any]]]:
    """What the contact is told."""
    return [
        (e.change.fact, dict(e.change.facts))
        for e in turn.effects
        if isinstance(e.change, TellAdmin)
    ]


def reasons(turn: PairingTurn) -> list[str]:
    """Why, in the order of the decisions."""
    return [each.text for each in turn.reasons]
