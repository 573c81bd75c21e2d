"""Who tells a guest: the server by itself, or we by mail; never both (RFC 6638 7).

Not the mails: what we send ourselves is made in daemon/ical and sent by the mail connector.
"""

from __future__ import annotations

from icalendar import Calendar, Event

from daemon.domain.meeting import Place
from daemon.domain.people import Address
from daemon.ical.parsing import events
from daemon.ical.reading import address_of, attendees
from daemon.ical.recurrence import named_parts

AGENT, STATUS = "SCHEDULE-AGENT", "SCHEDULE-STATUS"


def mark_agents(calendar: Calendar, *, client: bool) -> None:
    """Say at every guest that we invite them (`client`), or that the server shall."""
    for event in events(calendar):
        for attendee in attendees(event):
            attendee.params.pop(AGENT, None)
            if client:
                attendee.params[AGENT] = "CLIENT"


def told_by_server(calendar: Calendar, place: Place) -> tuple[Address, ...]:
    """The guests of an event or occurrence whom the server has told, or will: all but those of whom it says that it
    cannot (codes 3.x and 5.x) or that others do."""
    parts = named_parts(calendar, place.uid)
    part = parts.get(place.recurrence) or parts.get("")
    if part is None:
        return ()
    return _of_server(part, failed=False)


def unreached(calendar: Calendar, place: Place) -> tuple[Address, ...]:
    """The guests of whom the server says that it cannot tell them: nobody else would."""
    parts = named_parts(calendar, place.uid)
    part = parts.get(place.recurrence) or parts.get("")
    return () if part is None else _of_server(part, failed=True)


def _of_server(part: Event, *, failed: bool) -> tuple[Address, ...]:
    found = {
        address_of(attendee)
        for attendee in attendees(part)
        if str(attendee.params.get(AGENT, "SERVER")).upper() == "SERVER"
        and _failed(str(attendee.params.get(STATUS, ""))) == failed
    }
    return tuple(sorted(found - {address_of(part.get("ORGANIZER"))}))


def _failed(status: str) -> bool:
    codes = [code.strip() for code in status.split(",") if code.strip()]
    return any(code.startswith(("3.", "5.")) for code in codes)
