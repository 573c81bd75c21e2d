"""The words of the domain → iCalendar: edits of a parsed calendar that leave alone what is not ours.

Not a file writer and not a decision: each function does one edit that a person could do by hand.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress, vRecur, vText

from daemon.domain.cadence import SeriesRule
from daemon.domain.meeting import Slot
from daemon.domain.observation import Partstat
from daemon.domain.people import Address
from daemon.ical.parsing import Unreadable, events, listed
from daemon.ical.reading import (
    KEY,
    address_of,
    answer_of,
    attendees,
    gaps_of,
    instant,
    is_occurrence,
    length_of,
    master_of,
    moment_of,
    named_parts,
    overrides_of,
    recurrence_of,
    rule_of,
    version_of,
    zone_of,
)
from daemon.ical.zones import vtimezone_text
from daemon.ports import OneOff, SeriesEvent

PRODID = "-//oneonone//oneonone//EN"
KEYS_MAX = 40

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Unwritable(Exception):
    """What was asked for cannot be said in iCalendar; the message says why."""


def known_zone(name: str) -> ZoneInfo:
    """The zone of that IANA name. Raises Unwritable for anything that is none (trap_8)."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError) as error:
        raise Unwritable(f"no time zone is called {name[:60]!r}") from error


def new_calendar() -> Calendar:
    """An empty VCALENDAR of ours."""
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    return calendar


def text_of(calendar: Calendar) -> bytes:
    """The calendar as bytes, with a VTIMEZONE for every zone it uses. Same content, same bytes."""
    try:
        _add_zones(calendar)
        raw: bytes = calendar.to_ical()
    except Exception as error:
        # some files parse but cannot be written again (trap_104)
        raise Unreadable(f"cannot be written again: {str(error)[:120]}") from error
    return raw


def _add_zones(calendar: Calendar) -> None:
    there = {str(part.get("TZID", "")) for part in calendar.walk("VTIMEZONE")}
    wanted: dict[str, int] = {}
    for event in events(calendar):
        zone, start = zone_of(event), moment_of(event)
        written: Any = event["DTSTART"]
        tzid = str(written.params.get("TZID", ""))
        if zone not in (None, "UTC") and tzid == zone and tzid not in there:
            wanted[tzid] = min(wanted.get(tzid, start.year), start.year)
    for zone in sorted(wanted, reverse=True):
        calendar.subcomponents.insert(0, Timezone.from_ical(vtimezone_text(zone, wanted[zone])))


def set_prop(event: Event, name: str, value: object) -> None:
    """Replace a property."""
    event.pop(name, None)
    event.add(name, value)


def _local(moment: datetime, zone: str) -> datetime:
    """An instant as it is written in a zone; the second of two equal wall clocks only UTC can name."""
    local = moment.astimezone(known_zone(zone))
    return moment.astimezone(ZoneInfo("UTC")) if local.fold else local


def set_slot(event: Event, to: Slot, zone: str) -> None:
    """Write start and end (trap_94: always DTEND) in a zone."""
    event.pop("DURATION", None)
    set_prop(event, "DTSTART", _local(to.start, zone))
    set_prop(event, "DTEND", _local(to.end, zone))


def touch(event: Event, now: datetime) -> None:
    """Say that the event was changed in a way its guests must know (RFC 5546 2.1.4)."""
    stamp = now.astimezone(UTC).replace(microsecond=0)
    sequence = int(str(event.get("SEQUENCE", -1) or 0))
    set_prop(event, "SEQUENCE", sequence + 1)
    set_prop(event, "DTSTAMP", stamp)
    set_prop(event, "LAST-MODIFIED", stamp)


def set_answer(event: Event, who: Address, answer: Partstat) -> bool:
    """Write down somebody's answer; False when it is already that, or they are not invited."""
    changed = False
    for attendee in attendees(event):
        if address_of(attendee) == who and answer_of(attendee) != answer:
            attendee.params["PARTSTAT"] = answer
            changed = True
    return changed


def ask_anew(event: Event) -> None:
    """Take every guest's answer back: it was about another time (trap_99)."""
    organizer = address_of(event.get("ORGANIZER"))
    for attendee in attendees(event):
        if address_of(attendee) != organizer:
            attendee.params["PARTSTAT"] = "NEEDS-ACTION"


def add_guests(event: Event, guests: tuple[Address, ...]) -> bool:
    """Add whom it does not name yet; False when it names all."""
    there = {address_of(attendee) for attendee in attendees(event)}
    organizer = address_of(event.get("ORGANIZER"))
    for guest in guests:
        if guest in there:
            continue
        attendee = vCalAddress(f"mailto:{guest}")
        attendee.params["ROLE"] = "REQ-PARTICIPANT"
        attendee.params["PARTSTAT"] = "ACCEPTED" if guest == organizer else "NEEDS-ACTION"
        attendee.params["RSVP"] = "TRUE"
        event.add("attendee", attendee, encode=False)
    return not set(guests) <= there


def _keep_guests(event: Event, guests: tuple[Address, ...]) -> None:
    kept = [attendee for attendee in attendees(event) if address_of(attendee) in guests]
    event.pop("ATTENDEE", None)
    for attendee in kept:
        event.add("attendee", attendee, encode=False)
    add_guests(event, guests)


def put_event(
    calendar: Calendar, event: SeriesEvent | OneOff, organizer: Address, now: datetime
) -> None:
    """Make the whole event as desired; answers, exceptions and foreign properties that fit stay."""
    master = master_of(calendar, event.uid)
    if master is None:
        master = Event()
        master.add("uid", event.uid)
        organizing = vCalAddress(f"mailto:{organizer}")
        master.add("organizer", organizing, encode=False)
        master.add("status", "CONFIRMED")
        calendar.subcomponents.insert(0, master)
    before = _pattern(master)
    set_prop(master, "SUMMARY", event.summary)
    master.pop("LOCATION", None)
    if event.location:
        master.add("location", event.location)
    _keep_guests(master, event.guests)
    match event:
        case SeriesEvent():
            put_rule(calendar, master, event.rule)
        case OneOff():
            set_slot(master, event.slot, event.zone)
    if before is not None and _pattern(master) != before:
        ask_anew(master)
    touch(master, now)


def _pattern(master: Event) -> tuple[object, ...] | None:
    """When it takes place, apart from its end and its exceptions."""
    if master.get("DTSTART") is None:
        return None
    rule = rule_of(master)
    return moment_of(master), length_of(master), rule and rule.step


def put_rule(calendar: Calendar, master: Event, rule: SeriesRule) -> None:
    """Give a whole event this recurrence; gaps that still fit stay, exceptions that do not are dropped."""
    first = datetime.fromisoformat(rule.first)
    gaps = set(rule.gaps)
    if master.get("DTSTART") is not None:
        gaps |= {wall for wall in gaps_of(master) if _fits(rule, wall)}
    start = first.replace(tzinfo=known_zone(rule.zone))
    set_prop(master, "DTSTART", start)
    master.pop("DURATION", None)
    set_prop(master, "DTEND", _local(instant(rule.first, rule.zone) + _length(rule), rule.zone))
    step, day = rule.step, _DAYS[first.weekday()]
    recur: dict[str, Any] = {
        "FREQ": "WEEKLY" if step.weeks else "MONTHLY",
        "INTERVAL": step.weeks or step.months,
        "BYDAY": day if step.weeks else f"{step.nth}{day}",
    }
    if rule.until is not None:
        # an instant in UTC, as DTSTART has a zone (RFC 5545 3.3.10); it counts itself (trap_9)
        wall = datetime.combine(rule.until, first.time()).isoformat()
        recur["UNTIL"] = instant(wall, rule.zone)
    set_prop(master, "RRULE", vRecur(**recur))
    master.pop("EXDATE", None)
    for wall in sorted(gaps):
        add_gap(master, wall)
    for part in overrides_of(calendar, str(master["UID"])):
        if not _fits(rule, recurrence_of(part, master)) or recurrence_of(part, master) in gaps:
            calendar.subcomponents.remove(part)


def _fits(rule: SeriesRule, wall: str) -> bool:
    try:
        return is_occurrence(rule, wall)
    except ValueError:
        return False


def _length(rule: SeriesRule) -> timedelta:
    return timedelta(minutes=rule.length_minutes)


def moment_named(master: Event, wall: str) -> date | datetime:
    """The value of a RECURRENCE-ID or EXDATE of that name, in the form of the series' own start."""
    start = moment_of(master)
    if not isinstance(start, datetime):
        return date.fromisoformat(wall[:10])
    return datetime.fromisoformat(wall).replace(tzinfo=start.tzinfo)


def add_gap(master: Event, wall: str) -> None:
    """Take one occurrence out of a series (EXDATE)."""
    master.add("exdate", [moment_named(master, wall)])


def part_named(calendar: Calendar, uid: str, wall: str) -> Event | None:
    """The override of that name, made from the series when there is none.

    None when the series has no such occurrence, or took it out.
    """
    parts = named_parts(calendar, uid)
    if wall in parts or not wall:
        return parts.get(wall)
    master = parts.get("")
    if master is None or wall in gaps_of(master):
        return None
    rule = rule_of(master)
    if master.get("RRULE") is None or (rule is not None and not _fits(rule, wall)):
        return None
    part = deepcopy(master)
    for name in ("RRULE", "RDATE", "EXDATE", "DURATION", KEY):
        part.pop(name, None)
    start = moment_named(master, wall)
    set_prop(part, "RECURRENCE-ID", start)
    set_prop(part, "DTSTART", start)
    set_prop(part, "DTEND", _end_of(start, length_of(master)))
    calendar.add_component(part)
    return part


def _end_of(start: date | datetime, length: timedelta) -> date | datetime:
    if not isinstance(start, datetime) or start.tzinfo is None:
        return start + length
    zone = start.tzinfo
    end = (start.astimezone(UTC) + length).astimezone(zone)
    return end.astimezone(ZoneInfo("UTC")) if end.fold else end


def remember_key(calendar: Calendar, uid: str, key: str) -> str:
    """Write down that the change with this key is done; answers the version that it made."""
    version = version_of(text_of(calendar))
    marked = master_of(calendar, uid) or events(calendar)[0]
    marks = [mark for mark in listed(marked.get(KEY)) if str(mark) != key][1 - KEYS_MAX :]
    mark = vText(key)
    mark.params["X-VERSION"] = version
    marked.pop(KEY, None)
    for kept in (*marks, mark):
        marked.add(KEY, kept, encode=False)
    return version
