"""Literal calendar texts, as other programs write them, and the two people in them.

Not a test: test_ical.py, test_ical_busy.py and test_ical_written.py say what we make of such texts.
"""

from __future__ import annotations

from daemon.domain.meeting import Slot
from daemon.domain.people import Address
from tests.conformance.following import utc

ANA: Address = "ana@mentors.example"
BEN: Address = "ben@mentees.example"
PEOPLE = f"ORGANIZER:mailto:{ANA}\nATTENDEE;CN=Ben;PARTSTAT=ACCEPTED:MAILTO:Ben@Mentees.example\n"
WINDOW = Slot(utc("2026-10-26T00:00"), utc("2026-11-09T00:00"))
YEAR = Slot(utc("2026-10-01T00:00"), utc("2027-10-01T00:00"))
WEEKLY = "DTSTART;TZID=Europe/Berlin:20261006T100000\nDTEND;TZID=Europe/Berlin:20261006T103000\n"
LAST_TUESDAY = WEEKLY.replace("1006", "1027")


def ics(*events: str, before: str = "") -> bytes:
    """A calendar of these events, each with uid `one` and our two people."""
    parts = "".join(f"BEGIN:VEVENT\nUID:one\n{PEOPLE}{event}END:VEVENT\n" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{before}{parts}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()
