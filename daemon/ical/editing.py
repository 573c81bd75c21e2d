"""Single edits of one event, as a person could make them by hand: times, answers, guests.

Not whole events (daemon/ical/writing.py) and not repetitions (daemon/ical/repeating.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress

from daemon.domain.invitation import GuestSaid, Partstat
from daemon.domain.meeting import Slot
from daemon.domain.people import Address
from daemon.ical.reading import address_of, answer_of, attendees
from daemon.ical.recurrence import named_parts


class Unwritable(Exception):
    """What was asked for cannot be said in iCalendar; the message says why."""


def known_zone(name: str) -> ZoneInfo:
    """The zone of that IANA name. Raises Unwritable for anything that is none (trap_8)."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError) as error:
        raise Unwritable(f"no time zone is called {name[:60]!r}") from error


def set_prop(event: Event, name: str, value: object) -> None:
    """Replace a property."""
    event.pop(name, None)
    event.add(name, value)


def written_in(moment: datetime, zone: str) -> datetime:
    """An instant as it is written in a zone; the second of two equal wall clocks only UTC can name."""
    written = moment.astimezone(known_zone(zone))
    return moment.astimezone(ZoneInfo("UTC")) if written.fold else written


def set_slot(event: Event, to: Slot, zone: str) -> None:
    """Write start and end (trap_94: always DTEND) in a zone."""
    event.pop("DURATION", None)
    set_prop(event, "DTSTART", written_in(to.start, zone))
    set_prop(event, "DTEND", written_in(to.end, zone))


def touch(event: Event, now: datetime) -> None:
    """Say that the event was changed in a way its guests must know (RFC 5546 2.1.4)."""
    stamp = now.astimezone(UTC).replace(microsecond=0)
    sequence = int(str(event.get("SEQUENCE", -1) or 0))
    set_prop(event, "SEQUENCE", sequence + 1)
    set_prop(event, "DTSTAMP", stamp)
    set_prop(event, "LAST-MODIFIED", stamp)


def set_answer(event: Event, who: Address, answer: Partstat) -> bool:
    """Write down somebody's answer; False when it is already that, or they are not invited."""
    changed = False
    for attendee in attendees(event):
        if address_of(attendee) == who and answer_of(attendee) != answer:
            attendee.params["PARTSTAT"] = answer
            changed = True
    return changed


def fill_in_answers(calendar: Calendar, uid: str, said: Iterable[GuestSaid]) -> None:
    """Write down what guests have answered elsewhere, where the event itself knows of no answer."""
    parts = named_parts(calendar, uid)
    for each in said:
        part = parts.get(each.recurrence)
        for attendee in attendees(part) if part is not None else ():
            if address_of(attendee) == each.address and answer_of(attendee) == "NEEDS-ACTION":
                attendee.params["PARTSTAT"] = each.partstat


def ask_anew(event: Event) -> None:
    """Take every guest's answer back: it was about another time (trap_99)."""
    organizer = address_of(event.get("ORGANIZER"))
    for attendee in attendees(event):
        if address_of(attendee) != organizer:
            attendee.params["PARTSTAT"] = "NEEDS-ACTION"


def add_guests(event: Event, guests: tuple[Address, ...]) -> bool:
    """Add whom it does not name yet; False when it names all."""
    there = {address_of(attendee) for attendee in attendees(event)}
    organizer = address_of(event.get("ORGANIZER"))
    for guest in guests:
        if guest in there:
            continue
        attendee = vCalAddress(f"mailto:{guest}")
        attendee.params["ROLE"] = "REQ-PARTICIPANT"
        attendee.params["PARTSTAT"] = "ACCEPTED" if guest == organizer else "NEEDS-ACTION"
        attendee.params["RSVP"] = "TRUE"
        event.add("attendee", attendee, encode=False)
    return not set(guests) <= there


def drop_guests(event: Event, guests: tuple[Address, ...]) -> bool:
    """Invite these no more; False when it names none of them."""
    named = attendees(event)
    kept = [attendee for attendee in named if address_of(attendee) not in guests]
    event.pop("ATTENDEE", None)
    for attendee in kept:
        event.add("attendee", attendee, encode=False)
    return len(kept) < len(named)


def keep_guests(event: Event, guests: tuple[Address, ...]) -> None:
    """Invite these and nobody else; who stays keeps their answer."""
    kept = [attendee for attendee in attendees(event) if address_of(attendee) in guests]
    event.pop("ATTENDEE", None)
    for attendee in kept:
        event.add("attendee", attendee, encode=False)
    add_guests(event, guests)
