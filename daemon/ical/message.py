"""The text in a calendar mail → what it says, whatever its method and whoever wrote it (RFC 5546).

Not what it means for an event that we keep: daemon/ical/answering.py compares the two. Not an event to be relied upon
either: a cancellation may be without times, an answer without guests.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from icalendar import Event

from daemon.domain.invitation import Guest
from daemon.domain.people import Address
from daemon.ical.parsing import FIRST_YEAR, LAST_YEAR, events, listed, parse_message
from daemon.ical.reading import (
    guests_of,
    length_of,
    moment_of,
    organizer_of,
    sequence_of,
    uid_of,
    zone_of,
)

TEXT_CHARACTERS_MAX = 1_000


@dataclass(frozen=True, slots=True)
class Told:
    """One event as a message tells it. `start` and `end` are instants in UTC, dates of whole days, or naive where they
    float; None where it does not say. `zone` is the IANA name in which they are written, `rule` the RRULE."""

    method: str
    uid: str
    recurrence: date | datetime | None
    sequence: int
    start: date | datetime | None
    end: date | datetime | None
    zone: str
    rule: str
    gaps: tuple[date | datetime, ...]
    status: str
    summary: str
    location: str
    organizer: Address
    guests: tuple[Guest, ...]
    comment: str
    stamp: datetime | None


def told_in(raw: bytes) -> list[Told]:
    """The events of a message, in their order. Raises Unreadable."""
    calendar = parse_message(raw)
    method = str(calendar.get("METHOD", "")).upper()
    return [_told(method, event) for event in events(calendar)]


def _told(method: str, event: Event) -> Told:
    timed = event.get("DTSTART") is not None
    start = instant_of(moment_of(event)) if timed else None
    return Told(
        method, uid_of(event), _instant_in(event, "RECURRENCE-ID"), sequence_of(event), start,
        start + length_of(event) if start is not None else _instant_in(event, "DTEND"),
        (zone_of(event) if timed else "") or "", _first(event, "RRULE"),
        tuple(instant_of(value.dt) for prop in listed(event.get("EXDATE")) for value in prop.dts),
        _text(event, "STATUS").upper(), _text(event, "SUMMARY"), _text(event, "LOCATION"),
        organizer_of(event), guests_of(event), _text(event, "COMMENT"), stamp_of(event),
    )  # fmt: skip


def _instant_in(event: Event, name: str) -> date | datetime | None:
    return instant_of(moment_of(event, name)) if event.get(name) is not None else None


def instant_of(moment: Any) -> Any:
    """In UTC; dates and what floats stay as they are."""
    aware = isinstance(moment, datetime) and moment.tzinfo is not None
    return moment.astimezone(UTC) if aware else moment


def stamp_of(event: Event) -> datetime | None:
    """When the message was made (DTSTAMP), None where that cannot be told."""
    if any(name == "DTSTAMP" for name, _ in event.errors):
        return None
    moment = getattr(event.get("DTSTAMP"), "dt", None)
    if not isinstance(moment, datetime) or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _first(event: Event, name: str) -> str:
    said = listed(event.get(name))
    return said[0].to_ical().decode() if said else ""


def _text(event: Event, name: str) -> str:
    said = "\n".join(str(each).strip() for each in listed(event.get(name)))
    return said[:TEXT_CHARACTERS_MAX].strip()
