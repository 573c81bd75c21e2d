"""Follows a calendar by its increments, as the daemon does, and says what that means per meeting.

Not a connector and not the daemon's observe step: an independent reading to hold both against.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from daemon.domain.cadence import SeriesRule
from daemon.domain.invitation import Partstat
from daemon.domain.meeting import Place, Slot
from daemon.domain.observation import EventGone, EventSeen
from daemon.domain.people import Address
from daemon.domain.value import replace
from daemon.ports import Batch, CalendarConnector, Cursor, OneOff, SeriesEvent
from tests.decide.cadence_against_oracle import walked

NOW = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)
"""The instant at which every conformance test plays. Clocks given to a connector should say so."""

WINDOW = Slot(NOW - timedelta(days=30), NOW + timedelta(days=400))

RULE = SeriesRule(
    first="2026-10-06T10:00",
    zone="Europe/Berlin",
    length_minutes=30,
    until=date(2027, 3, 30),
)
"""A weekly Tuesday at ten over a winter: 26 occurrences and both changes of the clock."""


def series(
    organizer: Address, guest: Address, *, uid: str = "one", rule: SeriesRule = RULE
) -> SeriesEvent:
    """The 1:1 of organizer and guest."""
    return SeriesEvent(uid, rule, f"1:1 {organizer.split('@')[0]}", (guest,))


def one_off(guest: Address, *, uid: str = "single", start: datetime | None = None) -> OneOff:
    """A single half hour."""
    start = start or utc("2026-11-12T15:00")
    return OneOff(uid, Slot(start, start + timedelta(minutes=30)), "Europe/Berlin", "1:1", (guest,))


def utc(text: str) -> datetime:
    """An instant, written without its UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def half_hour(text: str) -> Slot:
    """Thirty minutes from an instant in UTC."""
    return Slot(utc(text), utc(text) + timedelta(minutes=30))


@dataclass(frozen=True, slots=True)
class Instance:
    """One meeting as the listing tells it; `off` when cancelled or deleted, whichever way it was."""

    start: datetime
    end: datetime
    off: bool
    answers: tuple[tuple[Address, Partstat], ...]


Known = dict[Place, EventSeen]


def apply(known: Known, batch: Batch) -> None:
    """Put the told facts over the known ones, in the order in which they were told."""
    for seen in batch.observations:
        match seen:
            case EventSeen():
                known[seen.place] = seen
                _forget_void(known, seen)
            case EventGone():
                for place in [place for place in known if covers(seen.place, place)]:
                    del known[place]
            case _:
                raise AssertionError(f"a calendar told {seen!r}")


def _forget_void(known: Known, seen: EventSeen) -> None:
    """Exceptions of dates that a series has no more are told by its rule alone, and do not come back with it."""
    exceptions = [place for place in known if place.recurrence and covers(seen.place, place)]
    if exceptions and seen.rule is not None and seen.rule.until is not None:
        dates = set(walls(seen.rule))
        for place in exceptions:
            if place.recurrence not in dates:
                del known[place]


def covers(gone: Place, place: Place) -> bool:
    """True when the end of `gone` is the end of `place` too."""
    return gone == place or (not gone.recurrence and (gone.uid == place.uid))


def walls(rule: SeriesRule) -> Iterator[str]:
    """The wall-clock starts of a rule with an end, gaps included: every day is looked at."""
    assert rule.until is not None
    first = datetime.fromisoformat(rule.first)
    for day in walked(first.date(), rule.step, rule.until):
        yield datetime.combine(day, first.time()).isoformat(timespec="minutes")


def instant(wall: str, zone: str) -> datetime:
    """A wall clock as an instant: first of two (trap_3), shifted over a gap (trap_2)."""
    return datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def meaning(known: Known) -> dict[tuple[str, str], Instance]:
    """Every meeting by (uid, recurrence); an exception that changes nothing means nothing."""
    told: dict[tuple[str, str], Instance] = {}
    for place, seen in known.items():
        if place.recurrence:
            continue
        if seen.rule is None:
            told[place.uid, ""] = _instance(seen, off=False)
            continue
        length = timedelta(minutes=seen.rule.length_minutes)
        for wall in walls(seen.rule):
            own = known.get(Place(place.calendar, place.uid, wall))
            off = wall in seen.rule.gaps or seen.cancelled
            start = instant(wall, seen.rule.zone)
            if off or (own is not None and own.cancelled):
                told[place.uid, wall] = Instance(start, start + length, True, ())
            elif own is not None:
                told[place.uid, wall] = _instance(own, off=False)
            else:
                told[place.uid, wall] = Instance(start, start + length, False, _answers(seen))
    return told


def _answers(seen: EventSeen) -> tuple[tuple[Address, Partstat], ...]:
    return tuple(sorted((guest.address, guest.partstat) for guest in seen.guests))


def _instance(seen: EventSeen, *, off: bool) -> Instance:
    return Instance(seen.start, seen.end, off or seen.cancelled, _answers(seen))


class Reader:
    """Reads one calendar on and on, and checks at each step that what it was told adds up."""

    def __init__(self, calendars: CalendarConnector, calendar: Address) -> None:
        self.calendars = calendars
        self.calendar = calendar
        self.known: Known = {}
        self.cursor: Cursor | None = None
        self.stirred = False
        """Whether the last reading told that something else has changed."""

    def read(self) -> tuple[EventSeen | EventGone, ...]:
        """What is new. Afterwards all that was ever told says the same as a fresh full listing."""
        batch = self.calendars.changes(self.calendar, self.cursor, WINDOW)
        assert batch.complete and batch.cursor is not None and not batch.set_aside
        apply(self.known, batch)
        assert_occurrences(self.known, batch)
        self.cursor, self.stirred = batch.cursor, batch.stirred
        whole = listing(self.calendars, self.calendar)
        assert self.meetings() == meaning(whole), "the increments do not add up to the listing"
        for place, seen in whole.items():
            assert self.known[place].version == seen.version, f"{place} was told an old version"
        for seen in self.known.values():
            assert_utc(seen.start, seen.end)
        return tuple(seen for seen in batch.observations if isinstance(seen, EventSeen | EventGone))

    def meetings(self) -> dict[tuple[str, str], Instance]:
        """All meetings known, what is over and what is off included."""
        return meaning(self.known)

    def meeting(self, recurrence: str, uid: str = "one") -> Instance:
        """One meeting."""
        return self.meetings()[uid, recurrence]

    def standing(self, uid: str = "one") -> list[str]:
        """The recurrences of a series that still stand."""
        return [wall for (of, wall), seen in self.meetings().items() if of == uid and not seen.off]


def listing(calendars: CalendarConnector, calendar: Address) -> Known:
    """A complete listing by place."""
    batch = calendars.changes(calendar, None, WINDOW)
    assert batch.complete, "a listing without any trouble is complete"
    known: Known = {}
    for seen in batch.observations:
        assert isinstance(seen, EventSeen), f"a full listing tells no absence: {seen!r}"
        assert seen.place not in known, f"told twice in one listing: {seen.place}"
        assert seen.place.calendar == calendar
        known[seen.place] = seen
    for place, seen in known.items():
        master = known.get(Place(calendar, place.uid))
        if place.recurrence and master is not None and master.rule is not None:
            in_gap = place.recurrence in master.rule.gaps
            assert seen.cancelled or not in_gap, f"told as deleted and as standing: {place}"
    return known


def assert_occurrences(known: Known, batch: Batch) -> None:
    """No occurrence is told that its series, as it now is, does not have."""
    for seen in batch.observations:
        if isinstance(seen, EventSeen) and seen.place.recurrence:
            master = known.get(replace(seen.place, recurrence=""))
            if master is not None and master.rule is not None and master.rule.until is not None:
                assert seen.place.recurrence in walls(master.rule), f"none of its dates: {seen}"


def assert_utc(*instants: datetime) -> None:
    """Aware, and in UTC."""
    for at in instants:
        assert at.utcoffset() == timedelta(0), f"{at!r} is not UTC"
