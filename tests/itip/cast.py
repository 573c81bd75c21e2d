"""One series of 1:1s, and what becomes of it, for the tests of messages and mails.

Not people who act: those are in tests/stories.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar

from daemon.domain.cadence import SeriesRule, Step
from daemon.domain.meeting import Slot
from daemon.ical.editing import ask_anew, set_prop, set_slot, touch
from daemon.ical.mailing import Envelope
from daemon.ical.parsing import parse
from daemon.ical.reading import zone_of
from daemon.ical.repeating import part_named
from daemon.ical.writing import new_calendar, put_event, remember_key, text_of
from daemon.ports import OneOff, SeriesEvent

UID = "kq2u3h5j7l9n1p3r@example.org"
MAILBOX = "koss+7dk4mzq2xw5ap3rn6tjc8yvhbe@example.org"
ANA, BEN = "ana@example.org", "ben@example.org"
MADE = datetime(2026, 11, 20, 9, tzinfo=UTC)
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
ONE = "2026-12-08T10:00"


def series(
    zone: str = "Europe/Berlin", first: str = "2026-12-01T10:00", until: date | None = None
) -> Calendar:
    """Tuesdays at 10:00, as we put them."""
    calendar = new_calendar()
    rule = SeriesRule(first, zone, 30, Step(weeks=1), until)
    event = SeriesEvent(
        UID, rule, "1:1 Ana and Ben", (ANA, BEN), "https://meet.example.org/ana-ben"
    )
    put_event(calendar, event, MAILBOX, MADE)
    remember_key(calendar, UID, "series/ana-ben/0/1")
    return parse(text_of(calendar))


def one_off() -> Calendar:
    """A single 1:1."""
    calendar = new_calendar()
    start = datetime(2026, 12, 3, 15, tzinfo=UTC)
    slot = Slot(start, start + timedelta(minutes=30))
    put_event(
        calendar, OneOff(UID, slot, "Europe/Berlin", "1:1 Ana and Ben", (ANA, BEN)), MAILBOX, MADE
    )
    return parse(text_of(calendar))


def moved(calendar: Calendar, recurrence: str = ONE, hours: int = 4) -> Calendar:
    """One occurrence put so many hours later."""
    part = part_named(calendar, UID, recurrence)
    assert part is not None
    start = part["DTSTART"].dt.astimezone(UTC) + timedelta(hours=hours)
    set_slot(part, Slot(start, start + timedelta(minutes=30)), zone_of(part) or "UTC")
    ask_anew(part)
    touch(part, NOW)
    return parse(text_of(calendar))


def cancelled(calendar: Calendar, recurrence: str = ONE) -> Calendar:
    """One occurrence, or all of it, off."""
    part = part_named(calendar, UID, recurrence)
    assert part is not None
    set_prop(part, "STATUS", "CANCELLED")
    touch(part, NOW)
    return parse(text_of(calendar))


def envelope(key: str) -> Envelope:
    """As the daemon sends it."""
    return Envelope(
        "koss@example.org", "KOSS 1:1s", key, f"<{key.replace('/', '.')}@example.org>", NOW
    )
