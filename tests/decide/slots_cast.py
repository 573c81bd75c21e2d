"""Words for questions about slots: a Tuesday in Berlin, a mentor there in the morning, a mentee at any hour.

Not tests: those are in test_slots.py and test_slots_chosen.py.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from daemon.decide.slots import Found, Search, Side
from daemon.domain.meeting import Slot
from daemon.domain.people import Hours

BERLIN, KOLKATA = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kolkata")
LORD_HOWE, SANTIAGO = ZoneInfo("Australia/Lord_Howe"), ZoneInfo("America/Santiago")
NEW_YORK, KATHMANDU = ZoneInfo("America/New_York"), ZoneInfo("Asia/Kathmandu")
APIA = ZoneInfo("Pacific/Apia")
HALF_HOUR, HOUR = timedelta(minutes=30), timedelta(hours=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def slot(start: str, end: str) -> Slot:
    return Slot(utc(start), utc(end))


def every_day(*stretches: tuple[str, str]) -> tuple[Hours, ...]:
    """The same hours on every day of the week: ("09:00", "10:30")."""
    return tuple(Hours(day, minute(a), minute(b)) for day in range(7) for a, b in stretches)


def minute(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


ALWAYS = every_day(("00:00", "24:00"))
MORNING = every_day(("09:00", "11:00"))
MENTOR, MENTEE = Side(BERLIN, MORNING, ()), Side(BERLIN, ALWAYS, ())
TUESDAY = Search(slot("2026-10-12T22:00", "2026-10-13T22:00"), HALF_HOUR, 30, BERLIN, 9 * 60)
"""Tuesday 13 October 2026 in Berlin, half an hour on the half hour; usual is 09:00."""


def clocks(found: list[Found], zone: ZoneInfo = BERLIN) -> list[str]:
    return [f"{each.slot.start.astimezone(zone):%H:%M}" for each in found]


def days(found: list[Found], zone: ZoneInfo = BERLIN) -> list[str]:
    return [f"{each.slot.start.astimezone(zone):%a %d %H:%M}" for each in found]
