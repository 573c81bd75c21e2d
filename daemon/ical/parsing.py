"""iCalendar bytes → a parsed calendar whose every event can be relied upon, or Unreadable.

Not a reader of meaning: see daemon/ical/reading.py.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, ComponentFactory, Event
from icalendar.parser.ical.calendar import CalendarIcalParser
from icalendar.timezone import tzp

from daemon.computing import (
    OUR_MISTAKE,
    READING_SECONDS_MAX,
    TOO_SLOW,
    TookTooLong,
    at_most,
    is_counted,
)
from daemon.errors import ConnectorError

log = logging.getLogger("oneonone")

BYTES_MAX = 1_000_000
COMPONENTS_MAX = 2_000
LEVELS_MAX = 8
VALUES_MAX = 50_000
"""Commas or semicolons: a list that says more than that takes hundreds of bytes for each of them."""
FIRST_YEAR, LAST_YEAR = 1600, 9000
LONGEST = timedelta(days=36_500)

_TIMES = ("DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "RDATE", "RECURRENCE-ID")
_ONCE = ("UID", "DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "SEQUENCE", "DTSTAMP", "ORGANIZER")
_MORE_THAN_DAILY = {"SECONDLY", "MINUTELY", "HOURLY"}


class Unreadable(Exception):
    """This calendar text must not be acted upon; the message says why."""


class Refused(Unreadable):
    """Reading it takes too long, or met a mistake of ours: not again before it says something else."""


def parse(raw: bytes) -> Calendar:
    """One VCALENDAR whose events can all be relied upon. Raises Unreadable, and nothing else."""
    calendar = parse_message(raw)
    if any(event.get("DTSTART") is None for event in events(calendar)):
        raise Unreadable("an event without DTSTART")
    return calendar


def parse_message(raw: bytes) -> Calendar:
    """The same of what calendar programs write to each other: an answer or a cancellation may leave out when the
    event begins (RFC 5546 3.2.3, 3.2.5)."""
    if len(raw) > BYTES_MAX:
        raise Unreadable(f"larger than {BYTES_MAX} bytes")
    upper = raw.upper()
    if upper.count(b"BEGIN:") > COMPONENTS_MAX:
        raise Unreadable(f"more than {COMPONENTS_MAX} components")
    if max(raw.count(b","), raw.count(b";")) > VALUES_MAX:
        raise Unreadable(f"more than {VALUES_MAX} values")
    if not upper.rstrip().endswith(b"END:VCALENDAR"):
        raise Unreadable("no END:VCALENDAR; perhaps it is still being written")
    with within_limits():
        try:
            calendar = _parsed(raw)
            _check_depth(calendar)
            zones = _defined_zones(calendar)
            for event in events(calendar):
                _check(event, zones)
        except Unreadable:
            raise
        except (Exception, RecursionError) as error:
            # a zone name may be a folder or too long for a file name (trap_8), and the parser raises many
            # kinds: none of them may stop the rest
            why = str(error)[:120] or type(error).__name__
            raise Unreadable(f"not a calendar: {why}") from error
    return calendar


@contextmanager
def within_limits() -> Iterator[None]:
    """Refused where the body computes for longer than one calendar may, or stumbles over it.

    Inside of what is counted already, the reading of a mail perhaps, it is that which takes too long.
    """
    if is_counted():
        yield
        return
    try:
        with at_most(READING_SECONDS_MAX):
            yield
    except TookTooLong:
        raise Refused(TOO_SLOW) from None
    except (Unreadable, ConnectorError, OSError):
        raise
    except Exception as why:
        log.error("event=calendar-quarantined why=%s", type(why).__name__)
        raise Refused(OUR_MISTAKE) from why


def _parsed(raw: bytes) -> Calendar:
    """The one calendar in there, whatever was parsed before it.

    The library keeps a class for each name of a component, and a zone for each TZID, for as long as the
    process lives: strangers could fill the memory, and of two files that define a zone of the same name
    differently the second would get the times of the first (trap_7).
    """
    tzp.use_zoneinfo()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # bytes only: a str that names a file would be opened (trap_6)
        found = CalendarIcalParser(raw, ComponentFactory(), Calendar.types_factory).parse()
    if len(found) != 1 or not isinstance(found[0], Calendar):
        raise Unreadable("not one VCALENDAR")
    return found[0]


def _check_depth(calendar: Calendar) -> None:
    """Not by recursion, which is what it is to be kept from."""
    level: list[Component] = [calendar]
    for _ in range(LEVELS_MAX):
        level = [part for whole in level for part in whole.subcomponents]
    if level:
        raise Unreadable(f"components in components, more than {LEVELS_MAX} deep")


def _defined_zones(calendar: Calendar) -> set[str]:
    return {str(zone.get("TZID", "")) for zone in calendar.walk("VTIMEZONE")}


def _check(event: Event, zones: set[str]) -> None:
    if any(isinstance(part, Event) for part in event.subcomponents):
        # a line is lost that ended one; what lies inside is expanded by the library, and checked by nobody
        raise Unreadable("an event inside an event (RFC 5545 3.6.1)")
    broken = [name for name, _ in event.errors if name in _TIMES]
    if broken:
        # a broken EXDATE would bring a cancelled meeting back (trap_13)
        raise Unreadable(f"broken {broken[0]}")
    for name in _ONCE:
        _only_once(event, name)
    if not event.get("UID"):
        raise Unreadable("an event without UID")
    for name in _TIMES:
        for prop in listed(event.get(name)):
            _check_zone(prop, zones)
    _check_reach(event)
    for rule in listed(event.get("RRULE")):
        _check_pace(rule)


def _only_once(event: Event, name: str) -> None:
    """What is said twice with the same words is said once."""
    said = event.get(name)
    if isinstance(said, list):
        if any(each != said[0] for each in said):
            raise Unreadable(f"more than one {name}")
        event[name] = said[0]


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


def _check_reach(event: Event) -> None:
    """Times at the end of all calendars cannot be reckoned with."""
    for name in ("DTSTART", "DTEND", "RECURRENCE-ID"):
        if event.get(name) is not None:
            _check_moment(name, getattr(event[name], "dt", None))
    for prop in listed(event.get("EXDATE")):
        for value in getattr(prop, "dts", ()):
            _check_moment("EXDATE", value.dt)
    length = getattr(event.get("DURATION"), "dt", None)
    if isinstance(length, timedelta) and abs(length) > LONGEST:
        raise Unreadable(f"it lasts {length.days} days")


def _check_moment(name: str, moment: Any) -> None:
    if not isinstance(moment, date):
        raise Unreadable(f"{name} is no moment")  # a period may be written there
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise Unreadable(f"{name} lies in the year {moment.year}")


def _check_pace(rule: Any) -> None:
    often = {str(freq) for freq in rule.get("FREQ", [])} & _MORE_THAN_DAILY
    if any(step < 1 for step in rule.get("INTERVAL", [])):
        raise Unreadable("repeats without ever going on")  # an endless loop in the library
    if often or times_a_day(rule) > 24:
        raise Unreadable("repeats more than once an hour or without measure")  # trap_31


def times_a_day(rule: Any) -> int:
    """How often an RRULE takes place on one of its days, at most."""
    times = [len(rule.get(name, [0])) for name in ("BYHOUR", "BYMINUTE", "BYSECOND")]
    return times[0] * times[1] * times[2]


def listed(value: Any) -> list[Any]:
    """A property that may be absent, single or repeated, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def events(calendar: Calendar) -> list[Event]:
    """The VEVENTs of a calendar, in their order."""
    return [part for part in calendar.subcomponents if isinstance(part, Event)]
