"""The words of the domain → iCalendar: whole events, leaving alone what is not ours.

Not a file writer and not a decision: what is put here was decided before, and connectors save it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from daemon.domain.people import Address
from daemon.ical.editing import ask_anew, keep_guests, set_prop, set_slot, touch
from daemon.ical.parsing import Unreadable, events, listed
from daemon.ical.reading import (
    KEY,
    address_of,
    attendees,
    length_of,
    master_of,
    moment_of,
    overrides_of,
    version_of,
    zone_of,
)
from daemon.ical.recurrence import rule_of
from daemon.ical.repeating import put_rule
from daemon.ical.zones import vtimezone_text
from daemon.ports import OneOff, SeriesEvent

PRODID = "-//oneonone//oneonone//EN"
KEYS_MAX = 40


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
        if event.get("DTSTART") is None:
            continue  # a message need not say when it is
        zone, start = zone_of(event), moment_of(event)
        written: Any = event["DTSTART"]
        tzid = str(written.params.get("TZID", ""))
        if zone not in (None, "UTC") and tzid == zone and tzid not in there:
            wanted[tzid] = min(wanted.get(tzid, start.year), start.year)
    for zone in sorted(wanted, reverse=True):
        calendar.subcomponents.insert(0, Timezone.from_ical(vtimezone_text(zone, wanted[zone])))


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
    if before is None or not (isinstance(event, SeriesEvent) and event.theirs):
        set_prop(master, "SUMMARY", event.summary)
        _set_location(calendar, master, event.location)
        _set_guests(calendar, master, event.guests)
    match event:
        case SeriesEvent():
            put_rule(calendar, master, event.rule)
        case OneOff():
            set_slot(master, event.slot, event.zone)
    if before is not None and _pattern(master) != before:
        ask_anew(master)
    touch(master, now)


def _set_guests(calendar: Calendar, master: Event, guests: tuple[Address, ...]) -> None:
    """Whom it invites; who is new, or is one no longer, goes for an occurrence that stands by itself as well."""
    before = {address_of(each) for each in attendees(master)}
    keep_guests(master, guests)
    for part in overrides_of(calendar, str(master["UID"])):
        there = [address_of(each) for each in attendees(part)]
        stay = [each for each in there if each in guests or each not in before]
        new = [each for each in guests if each not in before]
        if before and set(there) != {*stay, *new}:
            keep_guests(part, tuple(dict.fromkeys((*stay, *new))))


def _set_location(calendar: Calendar, master: Event, location: str) -> None:
    """Where it takes place; an occurrence that stands by itself goes along, unless it has a place of its own."""
    before = str(master.get("LOCATION", ""))
    for part in (master, *overrides_of(calendar, str(master["UID"]))):
        if part is master or str(part.get("LOCATION", "")) == before:
            part.pop("LOCATION", None)
            if location:
                part.add("location", location)


def _pattern(master: Event) -> tuple[object, ...] | None:
    """When it takes place, apart from its end and its exceptions."""
    if master.get("DTSTART") is None:
        return None
    rule = rule_of(master)
    return moment_of(master), length_of(master), rule and rule.step


def remember_key(calendar: Calendar, uid: str, key: str) -> str:
    """Write down that the change with this key is done; answers the version that it made."""
    version = version_of(text_of(calendar))
    mark_done(calendar, uid, key, version)
    return version


def mark_done(calendar: Calendar, uid: str, key: str, version: str) -> None:
    """Write down that the change with this key is done and made that version, by whatever name."""
    marked = master_of(calendar, uid) or events(calendar)[0]
    marks = [mark for mark in listed(marked.get(KEY)) if str(mark) != key][1 - KEYS_MAX :]
    mark = vText(key)
    mark.params["X-VERSION"] = version
    marked.pop(KEY, None)
    for kept in (*marks, mark):
        marked.add(KEY, kept, encode=False)
