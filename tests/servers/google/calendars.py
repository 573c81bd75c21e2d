"""Calendars: what lies in the calendar of each account, and the copies that guests have.

Not what may be asked of them: events.py, listing.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime

from tests.servers.google.recurring import base_and_place, length, occurrences, place, stamp, told
from tests.servers.google.schema import Json

OWN = ("extendedProperties", "reminders", "colorId", "transparency")
"""What each copy has for itself."""
_TOMBSTONE = ("kind", "etag", "id", "status")


@dataclass(slots=True)
class Told:
    """A mail that Google itself sent: to whom, what (`invitation`, `update`, `cancellation`), of which event."""

    to: str
    kind: str
    event: str
    sequence: int


@dataclass(slots=True)
class Calendar:
    """The primary calendar of an account."""

    address: str
    zone: str
    events: dict[str, Json] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    """By id, the number of its last change in this calendar."""
    number: int = 0
    readers: set[str] = field(default_factory=set)
    """Who may see when its owner is busy."""
    pages: dict[str, tuple[list[Json], int, int]] = field(default_factory=dict)
    """By its token, a listing, where in it the next page begins, and after which change it was made."""
    _stamps: dict[str, datetime] = field(default_factory=dict)

    def put(self, event: Json, now: datetime) -> Json:
        """Keep it as changed now."""
        self.number += 1
        event["etag"] = f'"{self.number:016d}"'
        if event["status"] != "cancelled":
            event["updated"] = f"{now:%Y-%m-%dT%H:%M:%S}.000Z"
        self.events[event["id"]] = event
        self.changed[event["id"]] = self.number
        self._stamps[event["id"]] = now
        return event

    def updated(self, event: Json) -> datetime:
        """When it changed last: a tombstone does not say so itself. An occurrence that nobody touched with its series."""
        return self._stamps[
            event["id"] if event["id"] in self._stamps else event["recurringEventId"]
        ]

    def exceptions(self, master: str) -> Iterator[Json]:
        """The single occurrences of a series of which something is known by itself."""
        yield from [e for e in self.events.values() if e.get("recurringEventId") == master]

    def found(self, wanted: str) -> Json | None:
        """An event, or an occurrence of a series of which nothing is known by itself; None where there is neither."""
        if wanted in self.events:
            return self.events[wanted]
        named = base_and_place(wanted)
        master = self.events.get(named[0]) if named else None
        if named is None or master is None or "recurrence" not in master:
            return None
        when = named[1]
        if when not in occurrences(master, when):
            return None
        return occurrence(master, when)

    def bury(self, event: Json, now: datetime, *, alone: bool = False) -> None:
        """Deleted: of an occurrence of a series that goes on six keys are left, of anything else four (PROVIDERS 2)."""
        keys = (*_TOMBSTONE, "recurringEventId", "originalStartTime") if alone else _TOMBSTONE
        left = {name: event[name] for name in keys if name in event}
        self.put({**left, "status": "cancelled"}, now)


def occurrence(master: Json, when: object) -> Json:
    """One occurrence as its series makes it. What is in it is the series' own: whoever writes copies first."""
    assert isinstance(when, type(place(master["start"])))
    event = {name: value for name, value in master.items() if name != "recurrence"}
    begin = told(when, master["start"])
    event |= {
        "id": f"{master['id']}_{stamp(when)}", "recurringEventId": master["id"], "originalStartTime": begin,
        "start": begin, "end": told(when + length(master), master["end"]),
    }  # fmt: skip
    return event


def as_seen_by(address: str, event: Json) -> Json:
    """The copy of an event that lies in somebody's calendar."""
    seen = deepcopy(event)
    for each in (seen["organizer"], seen["creator"], *seen.get("attendees", ())):
        each.pop("self", None)
        if each["email"] == address:
            each["self"] = True
    return seen


def people(event: Json) -> list[str]:
    """Who is on its list of guests."""
    return [each["email"] for each in event.get("attendees", ())]
