"""iCalendar bytes → a parsed calendar whose every event can be relied upon, or Unreadable.

Not a reader of meaning: see daemon/ical/reading.py.
"""

from __future__ import annotations

import warnings
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

BYTES_MAX = 1_000_000
COMPONENTS_MAX = 2_000

_TIMES = ("DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "RDATE", "RECURRENCE-ID")
_ONCE = ("UID", "DTSTART", "DTEND", "DURATION", "RECURRENCE-ID")
_MORE_THAN_DAILY = {"SECONDLY", "MINUTELY", "HOURLY"}


class Unreadable(Exception):
    """This calendar text must not be acted upon; the message says why."""


def parse(raw: bytes) -> Calendar:
    """One VCALENDAR whose events can all be relied upon. Raises Unreadable, and nothing else."""
    if len(raw) > BYTES_MAX:
        raise Unreadable(f"larger than {BYTES_MAX} bytes")
    upper = raw.upper()
    if upper.count(b"BEGIN:") > COMPONENTS_MAX:
        raise Unreadable(f"more than {COMPONENTS_MAX} components")
    if not upper.rstrip().endswith(b"END:VCALENDAR"):
        raise Unreadable("no END:VCALENDAR; perhaps it is still being written")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # bytes only: a str that names a file would be opened (trap_6)
            calendar = Calendar.from_ical(raw)
        for event in events(calendar):
            _check(event, _defined_zones(calendar))
    except Unreadable:
        raise
    except (Exception, RecursionError) as error:
        # a zone name may be a folder or too long for a file name (trap_8), and the parser raises many
        # kinds: none of them may stop the rest
        raise Unreadable(f"not a calendar: {str(error)[:120] or type(error).__name__}") from error
    if not isinstance(calendar, Calendar):
        raise Unreadable("not a VCALENDAR")
    return calendar


def _defined_zones(calendar: Calendar) -> set[str]:
    return {str(zone.get("TZID", "")) for zone in calendar.walk("VTIMEZONE")}


def _check(event: Event, zones: set[str]) -> None:
    broken = [name for name, _ in event.errors if name in _TIMES]
    if broken:
        # a broken EXDATE would bring a cancelled meeting back (trap_13)
        raise Unreadable(f"broken {broken[0]}")
    for name in _ONCE:
        if isinstance(event.get(name), list):
            raise Unreadable(f"more than one {name}")
    if not event.get("UID") or event.get("DTSTART") is None:
        raise Unreadable("an event without UID or DTSTART")
    for name in _TIMES:
        for prop in listed(event.get(name)):
            _check_zone(prop, zones)
    for rule in listed(event.get("RRULE")):
        _check_pace(rule)


def _check_zone(prop: Any, zones: set[str]) -> None:
    for value in getattr(prop, "dts", [prop]):
        moment = getattr(value, "dt", None)
        tzid = str(getattr(prop, "params", {}).get("TZID", ""))
        if not tzid or not isinstance(moment, datetime):
            continue
        # the parser turns an unknown zone into a naive time, and remembers zones that another file
        # defined: neither may be believed (trap_7)
        if moment.tzinfo is None or (not isinstance(moment.tzinfo, ZoneInfo) and tzid not in zones):
            raise Unreadable(f"unknown time zone {tzid[:60]!r}")


def _check_pace(rule: Any) -> None:
    often = {str(freq) for freq in rule.get("FREQ", [])} & _MORE_THAN_DAILY
    times = [len(rule.get(name, [0])) for name in ("BYHOUR", "BYMINUTE", "BYSECOND")]
    if often or times[0] * times[1] * times[2] > 24:
        raise Unreadable("repeats more than once an hour or without measure")  # trap_31


def listed(value: Any) -> list[Any]:
    """A property that may be absent, single or repeated, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def events(calendar: Calendar) -> list[Event]:
    """The VEVENTs of a calendar, in their order."""
    return [part for part in calendar.subcomponents if isinstance(part, Event)]
