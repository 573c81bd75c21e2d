"""What is the same for hands before the calendars of any provider.

Not how an event is changed there: each world has hands of its own.
"""

from __future__ import annotations

from datetime import datetime

from icalendar import Event

from daemon.domain.people import Address
from daemon.ical.reading import master_of
from daemon.ical.writing import new_calendar, put_event
from daemon.ports import OneOff, SeriesEvent
from tests.conformance.following import NOW


class WithoutMail:
    """Mail is another connector's."""

    def letters(self, who: Address) -> list[bytes]:
        """None."""
        return []

    def write(self, who: Address, to: Address, raw: bytes, at: datetime) -> None:
        """Nowhere."""

    def turn_away(self, who: Address) -> list[bytes]:
        """None."""
        return []


def as_text(event: SeriesEvent | OneOff, who: Address) -> Event:
    """How an event that somebody makes by hand says what it is."""
    text = new_calendar()
    put_event(text, event, who, NOW)
    master = master_of(text, event.uid)
    assert master is not None
    return master
