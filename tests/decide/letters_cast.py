"""Words for tables about the letters of the pair: moments by the city whose clock says them, and how letters are named.

Not the pair itself: pair_cast.py.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from daemon.decide.seen import PairingTurn
from daemon.domain.meeting import Meeting, Series
from daemon.domain.value import replace
from daemon.domain.world import Commitment
from tests.decide import pair_cast
from tests.decide.pair_cast import HALF_HOUR, LANE, LONG_AGO, ORIGIN, START, meeting, turn_of
from tests.stories.cast import PATIENT
from tests.stories.people import moment

ROOMY = replace(PATIENT, letters_per_day=50, letters_per_week=50)
"""A program in which the caps are in nobody's way."""
END = START + HALF_HOUR


def at(start: str, day: int = 13, **more: Any) -> Meeting:
    """The meeting of that day, moved by the mentor long ago to another time."""
    made = {"standing": "moved", "moved_at": LONG_AGO, "moved_by": "mentor", "moved_from": START}
    return meeting(day, **{**made, "start": moment(start), **more})


def series(**more: Any) -> Series:
    """On the calendar since long ago; no date of it is still to become a meeting."""
    return pair_cast.series(**{"known_to": "2027-12-28T15:00", **more})


def stem(touchpoint: str, person: str, occasion: str = str(ORIGIN)) -> str:
    """The stem of a letter, about the meeting of the 13th unless told."""
    return f"{touchpoint}/{LANE}/{occasion}/{person}"


def bound(kind: Any, start: str, lane: str = "pairing/else", **more: Any) -> Commitment:
    """Something a person is bound to for half an hour in another pairing."""
    begins = moment(start)
    return Commitment(lane, kind, begins, begins + HALF_HOUR, **more)


TWO_MORE = (
    bound("pairing", "Tue 1 Sep 12:00 Berlin", "pairing/ana-chi"),
    bound("pairing", "Tue 1 Sep 12:00 Berlin", "pairing/ana-eva"),
)
CARD = {"ana": TWO_MORE}
"""Ana has three mentees, and so a week card."""


def turn_at(now: str | datetime, **more: Any) -> PairingTurn:
    """A turn of the pair at `Tue 13 Oct 09:00 Berlin`, before anything was decided."""
    return turn_of(now=moment(now) if isinstance(now, str) else now, **more)


def standing(turn: PairingTurn) -> str:
    """How the meeting of the 13th stands, and by whose word."""
    known = next(each for each in turn.state.meetings if each.origin == ORIGIN)
    return " ".join((known.standing, known.evidence, known.said_by, known.settled_by)).strip()
