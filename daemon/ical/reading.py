"""What one event says of itself: uid, people and their answers, times, our keys, its version.

Not how it repeats (daemon/ical/recurrence.py) and not an editor (daemon/ical/writing.py).
"""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from daemon.domain.invitation import Guest, Partstat
from daemon.domain.meeting import Slot
from daemon.domain.people import Address
from daemon.ical.parsing import events, listed

KEY = "X-ONEONONE-KEY"


def uid_of(event: Event) -> str:
    """The UID."""
    return str(event["UID"])


def is_override(event: Event) -> bool:
    """Whether this is one occurrence of a series rather than a whole event."""
    return event.get("RECURRENCE-ID") is not None


def uids(calendar: Calendar) -> list[str]:
    """The UIDs in a calendar, each once, in their order."""
    return list(dict.fromkeys(uid_of(event) for event in events(calendar)))


def apart(calendar: Calendar) -> dict[str, Calendar]:
    """Each uid's own events, with all that is no event beside them: what looks at one event after the other
    looks at few parts each time, however many stand in one file."""
    common = [part for part in calendar.subcomponents if not isinstance(part, Event)]
    found: dict[str, Calendar] = {}
    for event in events(calendar):
        uid = uid_of(event)
        if uid not in found:
            found[uid] = Calendar()
            found[uid].subcomponents = list(common)
        found[uid].add_component(event)
    return found


def master_of(calendar: Calendar, uid: str) -> Event | None:
    """The whole event with that uid, None where only occurrences are there."""
    return next(
        (e for e in events(calendar) if uid_of(e) == uid and not is_override(e)),
        None,
    )


def overrides_of(calendar: Calendar, uid: str) -> list[Event]:
    """The occurrences of that series that are written down by themselves."""
    return [e for e in events(calendar) if uid_of(e) == uid and is_override(e)]


def address_of(value: Any) -> Address:
    """`mailto:Ana@X.org` → `ana@x.org`."""
    text = str(value or "").strip()
    return text[7:].lower() if text[:7].lower() == "mailto:" else text.lower()


def organizer_of(event: Event) -> Address:
    """The organizer's address, empty when none is named."""
    return address_of(event.get("ORGANIZER"))


def attendees(event: Event) -> list[Any]:
    """The ATTENDEE properties."""
    return listed(event.get("ATTENDEE"))


def guests_of(event: Event) -> tuple[Guest, ...]:
    """Attendees with their answers."""
    return tuple(Guest(address_of(a), answer_of(a)) for a in attendees(event))


def answer_of(attendee: Any) -> Partstat:
    """The PARTSTAT of an ATTENDEE property; what we do not know counts as no answer."""
    match str(attendee.params.get("PARTSTAT", "")).upper():
        case "ACCEPTED":
            return "ACCEPTED"
        case "DECLINED":
            return "DECLINED"
        case "TENTATIVE":
            return "TENTATIVE"
        case _:
            return "NEEDS-ACTION"


def is_cancelled(event: Event) -> bool:
    """STATUS:CANCELLED."""
    return str(event.get("STATUS", "")).upper() == "CANCELLED"


def sequence_of(event: Event) -> int:
    """The revision, 0 where none is written (RFC 5545 3.8.7.4)."""
    said = event.get("SEQUENCE")
    return said if isinstance(said, int) and said > 0 else 0


def keys_of(event: Event) -> list[str]:
    """The keys of our changes that this event carries, oldest first."""
    return [str(key) for key in listed(event.get(KEY))]


def version_of(raw: bytes) -> str:
    """A name for what an event says: equal bytes give equal names, our keys left out.

    The keys are left out so that a key can be written down together with the version it made.
    """
    kept, skipping = [], False
    for line in raw.splitlines():
        skipping = line.startswith(KEY.encode()) or (skipping and line[:1] in (b" ", b"\t"))
        if not skipping:
            kept.append(line)
    return hashlib.sha256(b"\n".join(kept)).hexdigest()[:20]


def version_made_by(calendar: Calendar, uid: str, key: str) -> str | None:
    """The version that the change with this key made; None when the key was never applied here."""
    for event in events(calendar):
        for mark in listed(event.get(KEY)) if uid_of(event) == uid else []:
            if str(mark) == key:
                return str(mark.params.get("X-VERSION", ""))
    return None


def _value(event: Event, name: str) -> Any:
    prop: Any = event[name]
    return prop.dt


def moment_of(event: Event, name: str = "DTSTART") -> date | datetime:
    """A date or date-time as written."""
    moment: date | datetime = _value(event, name)
    return moment


def zone_of(event: Event) -> str | None:
    """The IANA zone in which a timed event is written down; None for dates, floating and own zones."""
    moment = moment_of(event)
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        return None
    if isinstance(moment.tzinfo, ZoneInfo):
        return moment.tzinfo.key
    return "UTC" if moment.tzinfo is UTC else None


def length_of(event: Event) -> timedelta:
    """How long it is, by DTEND, else DURATION, else what RFC 5545 3.6.1 says."""
    start = moment_of(event)
    if event.get("DTEND") is not None:
        end = moment_of(event, "DTEND")
        if isinstance(start, datetime) != isinstance(end, datetime):
            return timedelta(days=1)
        if isinstance(start, datetime) and isinstance(end, datetime):
            if (start.tzinfo is None) != (end.tzinfo is None):
                return timedelta()
            if start.tzinfo is not None:
                start, end = start.astimezone(UTC), end.astimezone(UTC)
        return max(end - start, timedelta())
    if event.get("DURATION") is not None:
        length: timedelta = _value(event, "DURATION")
        return max(length, timedelta())
    return timedelta() if isinstance(start, datetime) else timedelta(days=1)


def slot_of(event: Event) -> Slot | None:
    """Start and end in UTC; None where they depend on who looks (dates, floating times)."""
    start = moment_of(event)
    if not isinstance(start, datetime) or start.tzinfo is None:
        return None
    begin = start.astimezone(UTC)
    return Slot(begin, begin + length_of(event))
