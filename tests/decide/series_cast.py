"""Words for tables about one pair's series: Ana and Ben on Tuesdays at 15:00 Berlin, on Wednesday 7 October 2026.

Not tests: those are in test_seen.py, test_series_begun.py, test_changing.py, test_keeping.py and test_rewalled.py.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from daemon.decide.seen import PairingTurn
from daemon.decide.turn import Turn
from daemon.domain.cadence import SeriesRule
from daemon.domain.meeting import Meeting, Origin, Place, Series
from daemon.domain.observation import EventSeen, Guest, Partstat
from daemon.domain.people import Line
from daemon.domain.program import Program
from daemon.domain.proposal import Offer, Proposal
from daemon.domain.value import replace
from daemon.domain.world import Mark, PairingState, Queued, World
from tests.stories.cast import PATIENT, line

BERLIN = ZoneInfo("Europe/Berlin")
ANAS = "ana@example.org"
ZONES = {name: ZoneInfo(name) for name in ("Europe/Berlin", "Asia/Kolkata", "America/Toronto")}
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def berlin(text: str) -> datetime:
    """`2026-10-13T15:00` in Berlin, as an instant."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


NOW = berlin("2026-10-07T10:00")
LONG_AGO = berlin("2026-09-01T12:00")
TUESDAYS = SeriesRule("2026-10-06T15:00", "Europe/Berlin", 30)


def day(number: int) -> str:
    """That day of October at 15:00, as origins and recurrences say it; past the 31st it is November."""
    return f"{date(2026, 10, 1) + (number - 1) * DAY}T15:00"


def series(uid: str = "tuesdays", rule: SeriesRule = TUESDAYS, **more: Any) -> Series:
    """On the calendar since the first of the month."""
    own = {"standing": "put", "version": "v1", "put_at": LONG_AGO, "asked_generation": 1}
    return replace(Series(ANAS, uid, 1, rule), **{**own, **more})


def meeting(number: int, uid: str = "tuesdays", **more: Any) -> Meeting:
    """The half hour of that day of October at 15:00, an occurrence of the series."""
    start = berlin(day(number))
    own = {"place": Place(ANAS, uid, day(number)), "version": "v1"}
    planned = Meeting(Origin(day(number), "Europe/Berlin"), start, start + 30 * MINUTE)
    return replace(planned, **{**own, **more})


def moved(number: int, to: str, **more: Any) -> Meeting:
    """The meeting of that day, half an hour long as ever, at another time of Berlin."""
    start = berlin(to)
    own = {"start": start, "end": start + 30 * MINUTE, "moved_from": berlin(day(number))}
    made = {"standing": "moved", "moved_at": LONG_AGO, "moved_by": "mentor"}
    return replace(meeting(number), **{**own, **made, **more})


def settled(at: datetime = LONG_AGO, basis: str = "", generation: int = 1) -> Mark:
    return Mark(generation, basis, "settled", at)


def queued(stem: str, standing: Any, generation: int = 1) -> Queued:
    """An effect of that stem in the outbox."""
    return Queued(stem, generation, "", standing, NOW + 30 * DAY, False, NOW)


def letter(touchpoint: str, number: int, person: str) -> str:
    """The stem of a letter about the meeting of that day of October."""
    return f"{touchpoint}/pairing/ana-ben/{day(number)}[Europe/Berlin]/{person}"


def offered(number: int, to: str, **more: Any) -> Proposal:
    """A proposal for the meeting of that day with one time in Berlin."""
    start = berlin(to)
    offers = (Offer(1, start, start + 30 * MINUTE),)
    origin = Origin(day(number), "Europe/Berlin")
    own = Proposal(origin, "mentee", "cancelled", LONG_AGO, NOW + DAY, offers)
    return replace(own, **more) if more else own


def turn_of(
    *, now: datetime = NOW, program: Program = PATIENT, of: Line | None = None,
    outbox: tuple[Queued, ...] = (), **state: Any,
) -> PairingTurn:  # fmt: skip
    """An active pair with that memory, before anything was decided."""
    own = {"mentor_yes": LONG_AGO, "mentee_yes": LONG_AGO, "standing": "active"}
    known = PairingState(of or line(), since=LONG_AGO, **{**own, **state})
    turn: PairingTurn = Turn(
        World("pairing/ana-ben", known, (), outbox, program, {}, ZONES), known, now
    )
    return turn


def occurrence(
    number: int, said: Partstat = "NEEDS-ACTION", at: str = "", minutes: int = 30, **more: Any
) -> EventSeen:
    """The occurrence of that day as the calendar shows it, at its own time unless told."""
    start = berlin(at or day(number))
    guests = (Guest("eva@example.org", "ACCEPTED"), Guest("ben@example.org", said))
    place = more.pop("place", Place(ANAS, "tuesdays", day(number)))
    return EventSeen(place, "v2", start, start + minutes * MINUTE, guests, **more)


def because(turn: PairingTurn) -> list[str]:
    """What was given as reasons."""
    return [each.text for each in turn.reasons]
