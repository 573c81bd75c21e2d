"""The changes of CalendarConnector, in the text of one calendar: put, move, call off, invite, uninvite.

Not the keeping: whoever calls has read the text, compares its version, and writes it. False: it already is as desired.
"""

from __future__ import annotations

from datetime import datetime

from icalendar import Calendar, Event

from daemon.domain.meeting import Place, Slot
from daemon.domain.people import Address
from daemon.errors import Permanent, VersionConflict
from daemon.ical.editing import (
    Unwritable,
    add_guests,
    ask_anew,
    drop_guests,
    set_prop,
    set_slot,
    touch,
)
from daemon.ical.reading import is_cancelled, master_of, zone_of
from daemon.ical.recurrence import named_parts
from daemon.ical.repeating import part_named
from daemon.ical.writing import put_event
from daemon.ports import OneOff, SeriesEvent


def put(text: Calendar, event: SeriesEvent | OneOff, organizer: Address, now: datetime) -> bool:
    """The whole event as it shall be."""
    master = master_of(text, event.uid)
    if master is not None and is_cancelled(master):
        raise VersionConflict(f"{event.uid} was cancelled")
    try:
        put_event(text, event, organizer, now)
    except Unwritable as error:
        raise Permanent(f"{event.uid}: {error}") from error
    return True


def move(text: Calendar, place: Place, to: Slot, now: datetime) -> bool:
    """Another time; every answer goes back to NEEDS-ACTION."""
    part = _standing(text, place)
    if part is None:
        raise VersionConflict(f"{place.uid} {place.recurrence} is no longer there")
    set_slot(part, to, zone_of(part) or "UTC")
    ask_anew(part)
    touch(part, now)
    return True


def call_off(text: Calendar, place: Place, now: datetime) -> bool:
    """It stays visible as STATUS:CANCELLED."""
    part = _standing(text, place)
    if part is None:
        return False
    set_prop(part, "STATUS", "CANCELLED")
    touch(part, now)
    return True


def invite(text: Calendar, place: Place, guests: tuple[Address, ...], now: datetime) -> bool:
    """More guests; those of a whole series are also guests of its changed occurrences, but of none that is off."""
    named = _standing(text, place)
    if named is None:
        raise VersionConflict(f"{place.uid} {place.recurrence} is no longer there")
    added = [part for part in _meant(text, place, named) if add_guests(part, guests)]
    for part in added:
        touch(part, now)
    return bool(added)


def uninvite(text: Calendar, place: Place, guests: tuple[Address, ...], now: datetime) -> bool:
    """Fewer guests; what is off has none to let go."""
    named = _standing(text, place)
    meant = [] if named is None else _meant(text, place, named)
    left = [part for part in meant if drop_guests(part, guests)]
    for part in left:
        touch(part, now)
    return bool(left)


def _meant(text: Calendar, place: Place, named: Event) -> list[Event]:
    """One occurrence alone, or the whole with its changed occurrences; none that is off."""
    parts = [named] if place.recurrence else list(named_parts(text, place.uid).values())
    return [part for part in parts if not is_cancelled(part)]


def _standing(text: Calendar, place: Place) -> Event | None:
    """The event or occurrence of that name, made from its series when it has no part yet; None where it is off."""
    part, master = part_named(text, place.uid, place.recurrence), master_of(text, place.uid)
    off = part is None or is_cancelled(part) or (master is not None and is_cancelled(master))
    return None if off else part
