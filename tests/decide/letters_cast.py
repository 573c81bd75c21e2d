"""Words for tables about the letters of one pair: Ana in Berlin and Ben in Kolkata, who meet on Tuesdays at 15:00 Berlin.

Not tests: those are in test_touchpoints.py, test_told.py, test_copies.py, test_words_kept.py, test_card.py,
test_owed.py, test_caps.py and test_prepared.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from daemon.decide.seen import PairingTurn
from daemon.decide.turn import Turn
from daemon.domain.cadence import SeriesRule
from daemon.domain.effect import Effect, SendLetter
from daemon.domain.meeting import Meeting, Origin, Place, Series
from daemon.domain.people import Line
from daemon.domain.program import Program
from daemon.domain.value import replace
from daemon.domain.world import Commitment, Mark, PairingState, World
from tests.stories.cast import CITIES, PATIENT, line
from tests.stories.people import moment

ZONES = {zone: ZoneInfo(zone) for zone in CITIES.values()}
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WEEK = 7 * DAY
LANE = "pairing/ana-ben"
ROOMY = replace(PATIENT, letters_per_day=50, letters_per_week=50)
"""A program in which the caps are in nobody's way."""
LONG_AGO = moment("Tue 1 Sep 12:00 Berlin")
ORIGIN = Origin("2026-10-13T15:00", "Europe/Berlin")
START = moment("Tue 13 Oct 15:00 Berlin")


def origin(day: int) -> Origin:
    """The origin of the Tuesday, or whatever day it is, of October at 15:00."""
    return Origin(f"2026-10-{day:02}T15:00", "Europe/Berlin")


def meeting(day: int = 13, **more: Any) -> Meeting:
    """The half hour of that day of October, an occurrence of the series."""
    wall = datetime.fromisoformat(origin(day).wall)
    begins = wall.replace(tzinfo=ZONES["Europe/Berlin"]).astimezone(UTC)
    own = {"place": Place("ana@example.org", "tuesdays", origin(day).wall)}
    return Meeting(origin(day), begins, begins + 30 * MINUTE, **{**own, **more})


def at(start: str, day: int = 13, **more: Any) -> Meeting:
    """The meeting of that day, moved by the mentor long ago to another time."""
    begins = moment(start)
    own = {"standing": "moved", "moved_at": LONG_AGO, "moved_by": "mentor", "moved_from": START}
    own |= {"start": begins, "end": begins + 30 * MINUTE}
    known = meeting(day)
    return Meeting(known.origin, **{"place": known.place, **own, **more})


def series(**more: Any) -> Series:
    """On the calendar since long ago; no date of it is still to become a meeting."""
    own = {"standing": "put", "put_at": LONG_AGO, "known_to": "2027-12-28T15:00"}
    rule = SeriesRule("2026-10-06T15:00", "Europe/Berlin", 30)
    return Series("ana@example.org", "tuesdays", 1, rule, **{**own, **more})


def stem(touchpoint: str, person: str, occasion: str = str(ORIGIN)) -> str:
    """The stem of a letter, about the meeting of the 13th unless told."""
    return f"{touchpoint}/{LANE}/{occasion}/{person}"


def mark(standing: str = "settled", when: datetime = LONG_AGO, basis: str = "") -> Mark:
    """What is remembered of a letter."""
    return Mark(1, basis, standing, when)  # type: ignore[arg-type]


def bound(kind: str, start: str, lane: str = "pairing/else", **more: Any) -> Commitment:
    """Something a person is bound to for half an hour in another pairing."""
    begins = moment(start)
    return Commitment(lane, kind, begins, begins + 30 * MINUTE, **more)  # type: ignore[arg-type]


def turn_at(
    now: str | datetime, *, program: Program = PATIENT, of: Line | None = None,
    bounds: Mapping[str, tuple[Commitment, ...]] | None = None,
    down: tuple[datetime, datetime] | None = None, **state: Any,
) -> PairingTurn:  # fmt: skip
    """An active pair with that memory, before anything was decided."""
    own = {"mentor_yes": LONG_AGO, "mentee_yes": LONG_AGO, "standing": "active"}
    known = PairingState(of or line(), since=LONG_AGO, **{**own, **state})
    world = World(LANE, known, (), (), program, bounds or {}, ZONES, down=down)
    turn: PairingTurn = Turn(world, known, moment(now) if isinstance(now, str) else now)
    return turn


def letters(turn: PairingTurn) -> list[Effect]:
    """The letters asked for in this turn."""
    return [each for each in turn.effects if isinstance(each.change, SendLetter)]


def named(turn: PairingTurn) -> list[str]:
    """`ben notes`, of each letter."""
    changes = [each.change for each in letters(turn)]
    return [f"{c.person} {c.touchpoint}" for c in changes if isinstance(c, SendLetter)]


def facts(turn: PairingTurn, number: int = 0) -> dict[str, Any]:
    """All that one letter tells."""
    change = letters(turn)[number].change
    assert isinstance(change, SendLetter)
    return change.facts
