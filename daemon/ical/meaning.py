"""What a calendar says about its events, apart from how a program writes it down (trap_98), as one short name.

Not a version of bytes (`version_of` in daemon/ical/reading.py): servers fold lines, add statuses and move properties about.
"""

from __future__ import annotations

import hashlib
from typing import Any

from icalendar import Calendar, Event

from daemon.ical.parsing import listed, within_limits
from daemon.ical.reading import (
    apart,
    guests_of,
    is_cancelled,
    length_of,
    moment_of,
    organizer_of,
    zone_of,
)
from daemon.ical.recurrence import gaps_of, named_parts, rule_of


def meant(calendar: Calendar) -> str:
    """A name for what is said: when, who with which answer, what it is called and where. Alarms, notes, our keys,
    SEQUENCE and time stamps say nothing of that. Raises Refused where the calendar takes too long to go through."""
    with within_limits():
        told = [
            (uid, name, _meaning(part))
            for uid, alone in sorted(apart(calendar).items())
            for name, part in sorted(named_parts(alone, uid).items())
        ]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:20]


def _meaning(part: Event) -> tuple[object, ...]:
    rule = rule_of(part) if part.get("RRULE") is not None else None
    start, zone = moment_of(part), zone_of(part)
    return (
        # the wall clock: what a zone makes of it may change with its rules, and nobody has moved it
        start.isoformat()[: 19 if zone else None],
        zone or "",
        length_of(part).total_seconds(),
        _rhythm(part) if rule is None else repr((rule.step, rule.until)),
        sorted(gaps_of(part)),
        is_cancelled(part),
        organizer_of(part),
        sorted((guest.address, guest.partstat) for guest in guests_of(part)),
        str(part.get("SUMMARY", "")),
        str(part.get("LOCATION", "")),
    )


def _rhythm(part: Event) -> list[str]:
    """A repetition that we do not understand, as it stands."""
    rules: list[Any] = listed(part.get("RRULE"))
    dates: list[Any] = [value for each in listed(part.get("RDATE")) for value in each.dts]
    said = [f"{name}={value}" for rule in rules for name, value in sorted(rule.items())]
    return said + sorted(str(value.dt) for value in dates)
