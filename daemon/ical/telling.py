"""What an organizer's calendar tells the daemon: its events with guests, as observations.

Not what takes time: see daemon/ical/busy.py, which looks at everything.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from icalendar import Calendar, Event

from daemon.domain.cadence import SeriesRule
from daemon.domain.meeting import Place
from daemon.domain.observation import EventSeen
from daemon.domain.people import Address
from daemon.ical.reading import (
    attendees,
    guests_of,
    is_cancelled,
    keys_of,
    master_of,
    organizer_of,
    overrides_of,
    slot_of,
    uids,
)
from daemon.ical.recurrence import is_occurrence, recurrence_of, rule_of


def seen(
    calendar: Calendar, address: Address, version: str, followed: Collection[str] = ()
) -> list[EventSeen]:
    """What the organizer's calendar says of events with guests: masters, then their occurrences.

    Left out: events that somebody else organizes, and series whose rule we do not understand, which
    are merely busy time. One whose last guest was taken off is still told: it has an ORGANIZER, as only
    events with guests have (RFC 5545 3.8.4.3), or it is `followed`.
    """
    told: list[EventSeen] = []
    for uid in uids(calendar):
        master = master_of(calendar, uid)
        if master is None or organizer_of(master) not in ("", address):
            continue
        if attendees(master) or keys_of(master) or organizer_of(master) or uid in followed:
            told += _seen_event(calendar, master, Place(address, uid), version)
    return told


def _seen_event(calendar: Calendar, master: Event, place: Place, version: str) -> list[EventSeen]:
    slot = slot_of(master)
    rule = rule_of(master)
    if slot is None or (rule is None and master.get("RRULE") is not None):
        return []
    told = [_seen_one(master, place, version, rule)]
    if rule is None:
        return told
    parts = overrides_of(calendar, place.uid)
    if any(_is_range(part) for part in parts):
        return []
    for part in parts:
        wall = recurrence_of(part, master)
        if slot_of(part) is not None and wall not in rule.gaps and is_occurrence(rule, wall):
            told.append(_seen_one(part, Place(place.calendar, place.uid, wall), version, None))
    return told


def _is_range(part: Event) -> bool:
    prop: Any = part["RECURRENCE-ID"]
    return "RANGE" in prop.params


def _seen_one(event: Event, place: Place, version: str, rule: SeriesRule | None) -> EventSeen:
    slot = slot_of(event)
    assert slot is not None
    return EventSeen(
        place=place,
        version=version,
        start=slot.start,
        end=slot.end,
        guests=guests_of(event),
        rule=rule,
        cancelled=is_cancelled(event),
    )
