"""Words for tables about the pair's series: what its calendar shows of it, and what is wanted instead of it.

Not the pair itself: pair_cast.py.
"""

from __future__ import annotations

from typing import Any

from daemon.decide.changing import change
from daemon.decide.rewalled import series_seen
from daemon.decide.seen import PairingTurn, event_seen
from daemon.decide.terms import Terms
from daemon.domain.cadence import RegularTime, SeriesRule, Step
from daemon.domain.invitation import Guest, Partstat
from daemon.domain.meeting import Meeting, Place
from daemon.domain.observation import EventSeen
from daemon.domain.value import replace
from tests.decide.pair_cast import (
    ANAS,
    BENS,
    HALF_HOUR,
    LANE,
    MINUTE,
    TUESDAYS,
    berlin,
    day,
    origin,
    series,
    turn_of,
)

STEM = "series/ana-ben/0"
OTHER = series("another one", index=1)
WEEKLY = Terms(RegularTime(1, 15, 0), Step(weeks=1), (30,), None, "Europe/Berlin")
THURSDAYS = replace(WEEKLY, at=RegularTime(3, 10, 0))
LONGER = replace(WEEKLY, lengths_minutes=(45,))
THIRTY = replace(TUESDAYS, step=Step(weeks=2))
SIXTY = replace(THIRTY, first=day(13), length_minutes=60)
TWO = (series("thirty", THIRTY), series("sixty", SIXTY, index=1))
GUESTS = (Guest("eva@example.org", "DECLINED"), Guest(BENS))


def letter(touchpoint: str, number: int, person: str) -> str:
    """The stem of a letter about the meeting of that day of October."""
    return f"{touchpoint}/{LANE}/{origin(number)}/{person}"


def occurrence(
    number: int, said: Partstat = "NEEDS-ACTION", at: str = "", minutes: int = 30, **more: Any
) -> EventSeen:
    """The occurrence of that day as the calendar shows it, at its own time unless told."""
    start = berlin(at or day(number))
    guests = (Guest("eva@example.org", "ACCEPTED"), Guest(BENS, said))
    place = more.pop("place", Place(ANAS, "tuesdays", day(number)))
    return EventSeen(place, "v2", start, start + minutes * MINUTE, guests, **more)


def whole(rule: SeriesRule | None = TUESDAYS, **more: Any) -> EventSeen:
    """The whole series as the calendar shows it now."""
    start = berlin(rule.first if rule else TUESDAYS.first)
    shown = EventSeen(Place(ANAS, "tuesdays"), "v2", start, start + HALF_HOUR, GUESTS, rule)
    return replace(shown, **more) if more else shown


def meeting_after(known: Meeting, seen: EventSeen, **state: Any) -> Meeting:
    """The meeting after one look at its event."""
    turn = turn_of(known, **{"series": (series(),), **state})
    assert event_seen(turn, seen)
    (after,) = turn.state.meetings
    return after


def looked(seen: EventSeen, **state: Any) -> PairingTurn:
    """The turn after one look at a series that answers are known of."""
    turn = turn_of(**{"series": (series(answer_seen="NEEDS-ACTION"),), **state})
    series_seen(turn, seen)
    return turn


def changed(wanted: Terms, **state: Any) -> PairingTurn:
    """The turn in which the series become what is wanted."""
    turn = turn_of(**{"series": (series(),), **state})
    change(turn, wanted)
    return turn
