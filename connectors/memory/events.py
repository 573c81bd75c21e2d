"""Events as plain objects, and which occurrences of them stand in a window.

Not iCalendar: there is no text to parse here, and only rules of daemon/domain/cadence.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from daemon.domain.cadence import SeriesRule, Step, wall_text
from daemon.domain.invitation import Guest, Partstat
from daemon.domain.meeting import Place, Slot
from daemon.domain.observation import EventSeen
from daemon.domain.people import Address

DAY = timedelta(days=1)


@dataclass(slots=True)
class Exceptional:
    """What differs at one occurrence; `slot` None while it is at its own time; `without` are guests of the series who are
    none of this one."""

    slot: Slot | None = None
    cancelled: bool = False
    answers: dict[Address, Partstat] = field(default_factory=dict)
    without: set[Address] = field(default_factory=set)


@dataclass(slots=True)
class Event:
    """One event as its organizer keeps it. `slot` is that of a one-off, or of the first occurrence.

    `version` names the whole event: any change to it or to one of its occurrences makes a new one.
    `hidden` are the copies that guests deleted, as (guest, recurrence). A `gone` event is a tombstone.
    """

    place: Place
    slot: Slot
    rule: SeriesRule | None
    summary: str
    location: str
    guests: dict[Address, Partstat]
    changed: dict[str, Exceptional] = field(default_factory=dict)
    hidden: set[tuple[Address, str]] = field(default_factory=set)
    cancelled: bool = False
    gone: bool = False
    version: str = ""
    at: datetime | None = None

    def answers(self, recurrence: str) -> dict[Address, Partstat]:
        """Who is invited to one occurrence (empty: to all of it), and what they said."""
        own = self.changed.get(recurrence)
        if own is None or not (own.answers or own.without):
            return self.guests
        told = {**self.guests, **own.answers}
        return {who: said for who, said in told.items() if who not in own.without}

    def stands(self, recurrence: str) -> bool:
        """True while that occurrence (empty: any of it) should take place."""
        if self.gone or self.cancelled:
            return False
        if not recurrence or self.rule is None:
            return not recurrence
        own = self.changed.get(recurrence)
        return fits(self.rule, recurrence) and (own is None or not own.cancelled)

    def when(self, recurrence: str) -> Slot:
        """The present time of one occurrence or of a one-off."""
        if not recurrence or self.rule is None:
            return self.slot
        own = self.changed.get(recurrence)
        return own.slot if own is not None and own.slot is not None else due(self.rule, recurrence)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One meeting that stands; `recurrence` is empty for a one-off."""

    recurrence: str
    start: datetime
    end: datetime


def standing(event: Event, window: Slot) -> Iterator[Occurrence]:
    """What of this event stands and touches the half-open window, in no particular order."""
    if event.gone or event.cancelled:
        return
    if event.rule is None:
        if touches(event.slot, window):
            yield Occurrence("", event.slot.start, event.slot.end)
        return
    rule, changed, length = event.rule, event.changed, timedelta(minutes=event.rule.length_minutes)
    for wall, start in _starts(rule, window, length):
        own = changed.get(wall)
        if own is None or not (own.cancelled or own.slot):
            yield Occurrence(wall, start, start + length)
    for wall, own in changed.items():
        if own.slot is not None and not own.cancelled and touches(own.slot, window):
            yield Occurrence(wall, own.slot.start, own.slot.end)


def _starts(rule: SeriesRule, window: Slot, length: timedelta) -> Iterator[tuple[str, datetime]]:
    """The planned starts whose time touches the window, gaps left out."""
    # A day earlier than needed: a change of the clock may have shifted the instant.
    number = max(0, rule.number((window.start - length - DAY).replace(tzinfo=None)) - 1)
    last = rule.until.isoformat() if rule.until is not None else "9999"
    while True:
        wall, start = _nth(rule.first, rule.zone, rule.step, number)
        if start >= window.end or wall[:10] > last:
            return
        if start + length > window.start and wall not in rule.gaps:
            yield wall, start
        number += 1


@lru_cache(maxsize=65_536)
def _nth(first: str, zone: str, step: Step, number: int) -> tuple[str, datetime]:
    wall = step.wall(datetime.fromisoformat(first), number)
    return wall_text(wall), instant(wall, zone)


def instant(wall: datetime, zone: str) -> datetime:
    """A wall clock as an instant: the first of two (trap_3), shifted over a gap (trap_2)."""
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def known_zone(zone: str) -> bool:
    """OSError and IsADirectoryError are among what zoneinfo raises for odd names (trap_8)."""
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        return False
    return True


def touches(slot: Slot, window: Slot) -> bool:
    """Half open on both sides."""
    return slot.start < window.end and slot.end > window.start


@lru_cache(maxsize=65_536)
def due(rule: SeriesRule, recurrence: str) -> Slot:
    """The planned time of one occurrence."""
    start = instant(datetime.fromisoformat(recurrence), rule.zone)
    return Slot(start, start + timedelta(minutes=rule.length_minutes))


def fits(rule: SeriesRule, recurrence: str) -> bool:
    """True when the rule makes that occurrence and it is no gap."""
    try:
        wall = datetime.fromisoformat(recurrence)
    except ValueError:
        return False
    return rule.has(wall) and recurrence not in rule.gaps


def seen(event: Event, window: Slot) -> Iterator[EventSeen]:
    """The event as a listing tells it: the whole of it, then each exceptional occurrence.

    All of them whenever one has changed, because they share a version: what was told last is then
    always good as `expected`. Exceptions that are over before the window are left out.
    """
    slot = event.slot if event.rule is None else due(event.rule, event.rule.first)
    yield EventSeen(
        event.place,
        event.version,
        slot.start,
        slot.end,
        _guests(event.guests),
        event.rule,
        event.cancelled,
        event.at,
    )
    for recurrence, own in event.changed.items():
        now = event.when(recurrence)
        if event.rule is not None and max(now.end, due(event.rule, recurrence).end) > window.start:
            place = Place(event.place.calendar, event.place.uid, recurrence)
            guests = _guests(event.answers(recurrence))
            yield EventSeen(
                place, event.version, now.start, now.end, guests, None, own.cancelled, event.at
            )


def _guests(answers: dict[Address, Partstat]) -> tuple[Guest, ...]:
    return tuple(Guest(who, partstat) for who, partstat in answers.items())
