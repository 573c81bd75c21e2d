"""iCalendar bytes → the words of the domain: times, weekly rules, answers, events seen.

Not an editor and not a file reader: bytes come in, values go out, and what is doubtful is Unreadable.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from daemon.domain.cadence import SeriesRule, Step, wall_text
from daemon.domain.meeting import Place, Slot
from daemon.domain.observation import EventSeen, Guest, Partstat
from daemon.domain.people import Address
from daemon.ical.parsing import events, listed

KEY = "X-ONEONONE-KEY"

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_UNDERSTOOD = {"FREQ", "INTERVAL", "BYDAY", "BYSETPOS", "UNTIL", "COUNT", "WKST"}


def uid_of(event: Event) -> str:
    """The UID."""
    return str(event["UID"])


def is_override(event: Event) -> bool:
    """Whether this is one occurrence of a series rather than a whole event."""
    return event.get("RECURRENCE-ID") is not None


def uids(calendar: Calendar) -> list[str]:
    """The UIDs in a calendar, each once, in their order."""
    return list(dict.fromkeys(uid_of(event) for event in events(calendar)))


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


def instant(wall: str, zone: str) -> datetime:
    """The UTC instant of a wall clock; in an overlap the first, in a gap as RFC 5545 3.3.5 says."""
    return datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def wall_of(moment: date | datetime, at: time, zone: str) -> str:
    """The wall-clock name of an occurrence, however it was written (trap_17).

    UTC, another zone, a bare date (all of that day) and the zone itself give the same name; `at` is the
    time of day of the series, which also names an occurrence that falls into a gap.
    """
    if not isinstance(moment, datetime):
        local = datetime.combine(moment, at)
    elif moment.tzinfo is None or getattr(moment.tzinfo, "key", "") == zone:
        local = moment.replace(tzinfo=None)
    else:
        local = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        nominal = datetime.combine(local.date(), at)
        if nominal.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) == moment.astimezone(UTC):
            local = nominal
    return local.isoformat(timespec="minutes")


def rule_of(master: Event) -> SeriesRule | None:
    """The rule of a series, None when it is anything that we do not understand for certain."""
    rules, zone, start = listed(master.get("RRULE")), zone_of(master), moment_of(master)
    if len(rules) != 1 or zone is None or not isinstance(start, datetime) or start.second:
        return None
    rule = rules[0]
    if set(rule) - _UNDERSTOOD or master.get("RDATE") is not None:
        return None
    step = _step(rule, start)
    if step is None:
        return None
    first = start.replace(tzinfo=None)
    return SeriesRule(
        first=wall_text(first),
        zone=zone,
        length_minutes=int(length_of(master).total_seconds() // 60),
        step=step,
        until=_until(rule, first, zone, step),
        gaps=tuple(sorted(gaps_of(master))),
    )


def _step(rule: Any, start: datetime) -> Step | None:
    """Weeks, or months by the nth weekday: `BYDAY=2TU` as we write it, `BYDAY=TU;BYSETPOS=2` as others do."""
    interval = int(rule.get("INTERVAL", [1])[0])
    day = _DAYS[start.weekday()]
    days = [str(each) for each in rule.get("BYDAY", [day])]
    if interval < 1 or len(days) != 1 or days[0][-2:] != day:
        return None
    places = [*rule.get("BYSETPOS", []), *([days[0][:-2]] if days[0] != day else [])]
    match rule.get("FREQ"):
        case ["WEEKLY"] if not places:
            return Step(weeks=interval)
        case ["MONTHLY"] if len(places) == 1:
            nth = int(places[0])
            last = nth == -1 and (start + timedelta(days=7)).month != start.month
            if last or (0 < nth < 5 and (start.day - 1) // 7 + 1 == nth):
                return Step(months=interval, nth=nth)
    return None


def _until(rule: Any, first: datetime, zone: str, step: Step) -> date | None:
    """UNTIL or COUNT as the last local date. A bare date includes that day, whatever the time (trap_9)."""
    if rule.get("COUNT"):
        return step.wall(first, int(rule["COUNT"][0]) - 1).date()
    if not rule.get("UNTIL"):
        return None
    until: date | datetime = rule["UNTIL"][0]
    if not isinstance(until, datetime):
        return until
    # compared as instants where it has one, so that an occurrence in a gap is still included
    aware = until if until.tzinfo else until.replace(tzinfo=ZoneInfo(zone))
    day = aware.astimezone(ZoneInfo(zone)).date()
    start = datetime.combine(day, first.time()).replace(tzinfo=ZoneInfo(zone))
    return day if start.astimezone(UTC) <= aware.astimezone(UTC) else day - timedelta(days=1)


def exdates(event: Event) -> list[date | datetime]:
    """All EXDATE values."""
    return [value.dt for prop in listed(event.get("EXDATE")) for value in prop.dts]


def occurrences(rule: SeriesRule, window: Slot) -> Iterator[tuple[str, Slot]]:
    """Name and planned time of each occurrence that touches the window, gaps left out."""
    length = timedelta(minutes=rule.length_minutes)
    # two days of margin cover every offset and length up to a day
    for at in rule.walls(window.start.replace(tzinfo=None) - length - timedelta(days=2)):
        wall = wall_text(at)
        start = instant(wall, rule.zone)
        if start >= window.end:
            return
        if start + length > window.start and wall not in rule.gaps:
            yield wall, Slot(start, start + length)


def is_occurrence(rule: SeriesRule, wall: str) -> bool:
    """Whether the series has, by its rule and not counting gaps, an occurrence of that name."""
    return rule.has(datetime.fromisoformat(wall))


def recurrence_of(override: Event, master: Event) -> str:
    """The name of an occurrence that is written down by itself."""
    return name_in(master, moment_of(override, "RECURRENCE-ID"))


def name_in(master: Event, moment: date | datetime) -> str:
    """The wall-clock name of one of a series' starts, however it was written."""
    start, zone = moment_of(master), zone_of(master)
    if zone is None or not isinstance(start, datetime):
        return moment.isoformat()
    return wall_of(moment, start.time(), zone)


def gaps_of(master: Event) -> set[str]:
    """The names of the occurrences that EXDATE takes out."""
    return {name_in(master, moment) for moment in exdates(master)}


def named_parts(calendar: Calendar, uid: str) -> dict[str, Event]:
    """Whole event (under the empty name) and overrides of one uid, each by its name."""
    master = master_of(calendar, uid)
    parts: dict[str, Event] = {} if master is None else {"": master}
    for part in overrides_of(calendar, uid):
        name = moment_of(part, "RECURRENCE-ID").isoformat()
        parts[name if master is None else recurrence_of(part, master)] = part
    return parts


def seen(calendar: Calendar, address: Address, version: str) -> list[EventSeen]:
    """What the organizer's calendar says of events with guests: masters, then their occurrences.

    Left out: events that somebody else organizes, and series whose rule we do not understand, which
    are merely busy time.
    """
    told: list[EventSeen] = []
    for uid in uids(calendar):
        master = master_of(calendar, uid)
        if master is None or organizer_of(master) not in ("", address):
            continue
        if not attendees(master) and not keys_of(master):
            continue
        told += _seen_event(calendar, master, Place(address, uid), version)
    return told


def _seen_event(calendar: Calendar, master: Event, place: Place, version: str) -> list[EventSeen]:
    slot = slot_of(master)
    rule = rule_of(master)
    if slot is None or (rule is None and master.get("RRULE") is not None):
        return []
    told = [_seen_one(master, place, version, rule)]
    if rule is None:
        return told
    parts = overrides_of(calendar, place.uid)
    if any(_is_range(part) for part in parts):
        return []
    for part in parts:
        wall = recurrence_of(part, master)
        if slot_of(part) is not None and wall not in rule.gaps and is_occurrence(rule, wall):
            told.append(_seen_one(part, Place(place.calendar, place.uid, wall), version, None))
    return told


def _is_range(part: Event) -> bool:
    prop: Any = part["RECURRENCE-ID"]
    return "RANGE" in prop.params


def _seen_one(event: Event, place: Place, version: str, rule: SeriesRule | None) -> EventSeen:
    slot = slot_of(event)
    assert slot is not None
    return EventSeen(
        place=place,
        version=version,
        start=slot.start,
        end=slot.end,
        guests=guests_of(event),
        rule=rule,
        cancelled=is_cancelled(event),
    )
