"""Calendar files that somebody made to stop whoever reads them: small, well formed, and endless.

Not broken ones: tests/fuzz makes those by the thousand.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from tests.conformance.texts import ANA, BEN

OLD = "DTSTART:16000101T000000Z"
OWN = "DTSTART;TZID=Own:20261028T110000"
FIRST = datetime(2026, 10, 28, 11, tzinfo=UTC)


def calendar(*parts: Iterable[str]) -> bytes:
    """One file."""
    lines = [line for part in parts for line in part]
    return "\r\n".join(
        ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *lines, "END:VCALENDAR", "")
    ).encode()


def event(uid: str, *more: str, start: str = "DTSTART:20261028T110000Z") -> list[str]:
    """One event that Ana organizes and Ben is invited to."""
    people = (f"ORGANIZER:mailto:{ANA}", f"ATTENDEE:mailto:{BEN}")
    return ["BEGIN:VEVENT", f"UID:{uid}", start, "DURATION:PT30M", *people, *more, "END:VEVENT"]


def zone(*observances: Iterable[str]) -> list[str]:
    """A zone of its own."""
    inner = [line for each in observances for line in each]
    return ["BEGIN:VTIMEZONE", "TZID:Own", *inner, "END:VTIMEZONE"]


def observance(rule: str) -> list[str]:
    """One of its changes."""
    offsets = ("TZOFFSETFROM:+0100", "TZOFFSETTO:+0200")
    return ["BEGIN:STANDARD", "DTSTART:19700101T000000", *offsets, rule, "END:STANDARD"]


def hours(count: int) -> str:
    """So many times in a row."""
    return ",".join(f"{FIRST + timedelta(hours=n):%Y%m%dT%H%M%SZ}" for n in range(count))


def overrides(count: int) -> list[str]:
    """So many weeks of one series, each written down by itself."""
    walls = (f"{FIRST + timedelta(weeks=n):%Y%m%dT%H%M%SZ}" for n in range(count))
    return [line for wall in walls for line in event("1", f"RECURRENCE-ID:{wall}")]


NEVER = "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"
ALL_HOURS = "RRULE:FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24)))

REFUSED: dict[str, tuple[bytes, str]] = {
    "one inside another, which never goes on": (
        calendar(event("1", "RRULE:FREQ=WEEKLY", *event("2", "RRULE:FREQ=WEEKLY;INTERVAL=0"))),
        "an event inside an event",
    ),
    "each second": (calendar(event("1", "RRULE:FREQ=SECONDLY")), "without measure"),
    "each second since 1600": (
        calendar(event("1", "RRULE:FREQ=SECONDLY", start=OLD)), "without measure",
    ),
    "a step of nothing": (calendar(event("1", "RRULE:FREQ=DAILY;INTERVAL=0")), "ever going on"),
    "sixty thousand dates": (calendar(event("1", "RDATE:" + hours(56_000))), "values"),
    "a long list of days": (
        calendar(event("1", "RRULE:FREQ=DAILY;BYDAY=" + "MO," * 200_000 + "MO")), "values",
    ),
    "components in components": (
        calendar(event("1", *["BEGIN:VALARM"] * 900, *["END:VALARM"] * 900)), "deep",
    ),
    "zones in zones": (
        calendar(["BEGIN:VTIMEZONE"] * 900, ["END:VTIMEZONE"] * 900, event("1")), "deep",
    ),
    "ten thousand zones": (calendar(*[zone()] * 2_001, event("1")), "components"),
}  # fmt: skip
"""Each with a word of what is said of it."""

UNKNOWN: dict[str, bytes] = {
    "every hour since 1600": calendar(event("1", ALL_HOURS, start=OLD)),
    "a hundred times what never comes": calendar(
        *(event(str(n), NEVER, start=OLD) for n in range(100))
    ),
}
"""Read well; when they take time, nobody can find out in time."""

HARMLESS: dict[str, bytes] = {
    "nine hundred overrides": calendar(event("1", "RRULE:FREQ=WEEKLY"), overrides(900)),
    "two hundred events": calendar(*(event(str(n)) for n in range(200))),
    "three thousand guests": calendar(
        event("1", *(f"ATTENDEE:mailto:guest{n}@x.example" for n in range(3_000)))
    ),
    "guests whose name is no folder": calendar(
        event("1", "ATTENDEE:mailto:a/b@x.example", "ATTENDEE:mailto:.", f"ATTENDEE:{'x' * 999}")
    ),
    "a zone that changes each second": calendar(
        zone(observance("RRULE:FREQ=SECONDLY")), event("1", start=OWN)
    ),
    "a zone of three hundred changes": calendar(
        zone(*[observance("RRULE:FREQ=YEARLY")] * 300), event("1", start=OWN)
    ),
    "components of a thousand names": calendar(
        event("1"), *(["BEGIN:X-" + str(n), "END:X-" + str(n)] for n in range(900))
    ),
}
"""Large or odd, and no reason to leave them unread."""
