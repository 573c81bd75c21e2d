"""Words for decisions about one pair: Ana in Berlin and Ben in Kolkata, who meet on Tuesdays at 15:00 Berlin; it is
Wednesday 7 October 2026, ten in the morning there.

Not tests. What only some of them say: series_cast.py, letters_cast.py, replies_cast.py and their neighbours.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from daemon.decide.seen import PairingTurn
from daemon.decide.turn import Turn
from daemon.domain.cadence import SeriesRule
from daemon.domain.effect import Effect, SendLetter, TellAdmin
from daemon.domain.meeting import Meeting, Origin, Place, Series
from daemon.domain.people import Days, Line
from daemon.domain.program import Program
from daemon.domain.proposal import Offer, Proposal
from daemon.domain.value import replace
from daemon.domain.world import Commitment, Mark, PairingState, Queued, World
from tests.stories.cast import CITIES, PATIENT, line

BERLIN = ZoneInfo("Europe/Berlin")
ZONES: dict[str, tzinfo] = {zone: ZoneInfo(zone) for zone in CITIES.values()}
ANAS, BENS = "ana@example.org", "ben@example.org"
LANE = "pairing/ana-ben"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
HALF_HOUR, WEEK = HOUR / 2, 7 * DAY
LINKED = replace(line(), link="https://meet.example.org/ana-ben")


def berlin(text: str) -> datetime:
    """`2026-10-13T15:00` in Berlin, as an instant."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


NOW = berlin("2026-10-07T10:00")
BEGUN = berlin("2026-10-05T10:00")
LONG_AGO = berlin("2026-09-01T12:00")


# --- what they have


def day(number: int) -> str:
    """That day of October at 15:00, as origins and recurrences say it; past the 31st it is November."""
    return f"{date(2026, 10, 1) + (number - 1) * DAY}T15:00"


def origin(number: int) -> Origin:
    """The origin of what was planned for that day of October at 15:00."""
    return Origin(day(number), "Europe/Berlin")


TUESDAYS = SeriesRule(day(6), "Europe/Berlin", 30)
ORIGIN = origin(13)
START = berlin(day(13))


def meeting(number: int = 13, uid: str = "tuesdays", **more: Any) -> Meeting:
    """The half hour of that day of October at 15:00, an occurrence of the series; another start moves its end along."""
    start = more.pop("start", berlin(day(number)))
    own = {"place": Place(ANAS, uid, day(number)), "version": "v1", **more}
    return replace(Meeting(origin(number), start, start + HALF_HOUR), **own)


def tuesday(number: int, standing: Any = "planned", **more: Any) -> Meeting:
    """The same, and how it stands."""
    return meeting(number, standing=standing, **more)


def moved(number: int, to: str, **more: Any) -> Meeting:
    """The meeting of that day, half an hour long as ever, moved by the mentor long ago to another time of Berlin."""
    made = {"standing": "moved", "moved_at": LONG_AGO, "moved_by": "mentor"}
    made |= {"start": berlin(to), "moved_from": berlin(day(number))}
    return meeting(number, **{**made, **more})


FELL = meeting(13, standing="cancelled", cancelled_by="mentor", cancelled_at=LONG_AGO)
"""Taken off by Ana long ago."""


def series(uid: str = "tuesdays", rule: SeriesRule = TUESDAYS, **more: Any) -> Series:
    """On the calendar since the first of September."""
    own = {"standing": "put", "version": "v1", "put_at": LONG_AGO, "asked_generation": 1}
    return replace(Series(ANAS, uid, 1, rule), **{**own, **more})


def tuesdays(first: str = TUESDAYS.first, *, uid: str = "tuesdays", **more: Any) -> Series:
    """The series; what belongs to its rule may be given with the rest."""
    of_rule = ("until", "gaps", "step", "length_minutes")
    ruled = {name: more.pop(name) for name in of_rule if name in more}
    return series(uid, replace(TUESDAYS, first=first, **ruled), **more)


def offered(number: int, *starts: datetime, **more: Any) -> Proposal:
    """A proposal of those times for the meeting of that day, which Ben has until tomorrow to answer."""
    offers = tuple(Offer(n, start, start + HALF_HOUR) for n, start in enumerate(starts, 1))
    own = Proposal(origin(number), "mentee", "cancelled", LONG_AGO, NOW + DAY, offers)
    return replace(own, **more) if more else own


WEEK_AWAY = Days(date(2026, 10, 12), date(2026, 10, 16))


def mark(standing: Any = "settled", at: datetime = LONG_AGO, basis: str = "") -> Mark:
    """What is remembered of an effect."""
    return Mark(1, basis, standing, at)


def queued(stem: str, standing: Any, generation: int = 1) -> Queued:
    """An effect of that stem in the outbox."""
    return Queued(stem, generation, "", standing, NOW + 30 * DAY, False, NOW)


# --- a decision about it


def turn_of(
    *meetings: Meeting, now: str | datetime = NOW, of: Line | None = None, program: Program = PATIENT,
    outbox: tuple[Queued, ...] = (), bounds: Mapping[str, tuple[Commitment, ...]] | None = None,
    holidays: Mapping[str, Any] | None = None, down: tuple[datetime, datetime] | None = None,
    standing: Any = "active", **state: Any,
) -> PairingTurn:  # fmt: skip
    """A turn of a pair with that memory, at that moment (on Ana's clock), before any rule has looked at it."""
    own = {"since": LONG_AGO, "mentor_yes": LONG_AGO, "mentee_yes": LONG_AGO, "meetings": meetings}
    roster = of or line()
    known = PairingState(roster, standing, **{**own, **state})
    lane = f"pairing/{roster.pairing}"
    world = World(
        lane, known, (), outbox, program, bounds or {}, ZONES, holidays=holidays or {}, down=down
    )
    return Turn(world, known, berlin(now) if isinstance(now, str) else now)


def ruled(**settings: Any) -> Program:
    """The program with other settings."""
    return replace(PATIENT, **settings)


# --- what came of it


def reasons(turn: PairingTurn) -> list[str]:
    """Why, in the order of the decisions."""
    return [each.text for each in turn.reasons]


def wakes(turn: PairingTurn) -> str:
    """When the lane is to be looked at again, on Ana's clock."""
    at = turn.watch.wake_at
    return at.astimezone(BERLIN).isoformat()[:16] if at else ""


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


def written(turn: PairingTurn) -> dict[str, dict[str, Any]]:
    """The facts of every letter: `ended ana`, then them."""
    changes = [each.change for each in letters(turn)]
    return {
        f"{c.touchpoint} {c.person}": dict(c.facts) for c in changes if isinstance(c, SendLetter)
    }


def told(turn: PairingTurn) -> list[tuple[str, dict[str, Any]]]:
    """What the contact is told."""
    changes = [each.change for each in turn.effects if isinstance(each.change, TellAdmin)]
    return [(each.fact, dict(each.facts)) for each in changes]
