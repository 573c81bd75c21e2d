"""An event of Google's as iCalendar, and back: what it means is then read and changed as any calendar's (daemon/ical).

Not the requests. Titles and places of other people's events never come by (wire masks), so none are here.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vRecur, vText

from connectors.google.wire import Json
from daemon.domain.people import Address
from daemon.ical.parsing import Unreadable, listed, within_limits
from daemon.ical.reading import (
    KEY,
    address_of,
    answer_of,
    attendees,
    length_of,
    moment_of,
    zone_of,
)
from daemon.ical.recurrence import exdates
from daemon.ical.repeating import end_after
from daemon.ical.writing import new_calendar

TAG = "oneonone"
"""The name of our uid among an event's own properties; guests' copies carry it as well."""
DONE = "done"
"""The name of the changes that were made, each with the version that it made."""
DONE_MOST = 25
"""A value may have 1,024 characters."""
ITEM = (
    "id,status,etag,iCalUID,recurringEventId,originalStartTime,start,end,recurrence,organizer(email,self),"
    "attendees(email,responseStatus),extendedProperties(private,shared),eventType,transparency"
)
"""What is asked for of each event: no title, no place, no words of anybody's."""
_TO_ICAL = {"needsAction": "NEEDS-ACTION", "accepted": "ACCEPTED", "declined": "DECLINED", "tentative": "TENTATIVE"}  # fmt: skip
_FROM_ICAL = {ical: google for google, ical in _TO_ICAL.items()}


def id_of(uid: str) -> str:
    """The id that we choose for an event: base32hex of SHA-256, which has no other letters than Google takes."""
    digest = hashlib.sha256(uid.encode()).digest()
    return base64.b32hexencode(digest).decode().rstrip("=").lower()


def uid_of(item: Json) -> str:
    """The uid of an event: ours where we made it, else the one that calendars share. A series that somebody split off from
    ours may carry our uid as well, and is another one (PROVIDERS 2.4)."""
    told = item.get("extendedProperties", {})
    for kind in ("private", "shared"):
        uid = str(told.get(kind, {}).get(TAG, ""))
        if uid and id_of(uid) == (item.get("recurringEventId") or item["id"]):
            return uid
    return str(item.get("iCalUID") or item["id"])


def is_ours(item: Json) -> bool:
    """Whether we made it, or have changed it."""
    told = item.get("extendedProperties", {})
    return TAG in told.get("private", {}) or DONE in told.get("private", {})


def made_by(item: Json | None, key: str) -> str | None:
    """The version that a change with that key has made; None where it was not made."""
    marks = (item or {}).get("extendedProperties", {}).get("private", {}).get(DONE, "").split()
    found = dict(mark.partition("=")[::2] for mark in marks)
    return found.get(_name(key))


def marks_with(item: Json | None, key: str, version: str) -> str:
    """The changes that were made, with one more."""
    marks = (item or {}).get("extendedProperties", {}).get("private", {}).get(DONE, "").split()
    return " ".join([*marks[1 - DONE_MOST :], f"{_name(key)}={version}"])


def _name(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def calendar_of(master: Json, exceptions: Iterable[Json]) -> Calendar:
    """A series with its single occurrences, or one event. Raises Unreadable."""
    try:
        with within_limits():
            return _calendar_of(master, exceptions)
    except (LookupError, ValueError, TypeError, AttributeError) as why:
        raise Unreadable(f"cannot be read: {type(why).__name__}") from why


def _calendar_of(master: Json, exceptions: Iterable[Json]) -> Calendar:
    calendar, uid = new_calendar(), uid_of(master)
    event = _event_of(master, uid)
    for line in master.get("recurrence", ()):
        name, _, value = str(line).partition(":")
        if name.partition(";")[0] == "RRULE":
            event.add("rrule", vRecur.from_ical(value))
        elif name.partition(";")[0] == "EXDATE":
            event.add("exdate", [_listed(each, name, master) for each in value.split(",")])
        else:
            event.add("rdate", [_listed(each, name, master) for each in value.split(",")])
    calendar.add_component(event)
    for each in sorted(exceptions, key=lambda item: str(item["id"])):
        planned = planned_start(each, master)
        if planned is None:
            continue
        if each["status"] == "cancelled":
            event.add("exdate", planned)
            continue
        part = _event_of(each, uid)
        part.add("recurrence-id", planned)
        calendar.add_component(part)
    return calendar


def _listed(text: str, name: str, master: Json) -> date | datetime:
    if "T" not in text:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    moment = datetime.fromisoformat(text.rstrip("Z"))
    zone = "UTC" if text.endswith("Z") else name.partition("TZID=")[2].partition(";")[0]
    return moment.replace(tzinfo=ZoneInfo(zone or str(master["start"]["timeZone"])))


def _event_of(item: Json, uid: str) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstart", read_moment(item["start"], item["start"]))
    event.add("dtend", read_moment(item["end"], item["start"]))
    event.add("status", "CANCELLED" if item["status"] == "cancelled" else "CONFIRMED")
    organizer = str(item.get("organizer", {}).get("email", "")).lower()
    guests = [each for each in item.get("attendees", ()) if str(each["email"]).lower() != organizer]
    if guests or is_ours(item):
        event.add("organizer", vCalAddress(f"mailto:{organizer}"), encode=False)
    for each in guests:
        guest = vCalAddress(f"mailto:{str(each['email']).lower()}")
        guest.params["PARTSTAT"] = vText(_TO_ICAL[each.get("responseStatus", "needsAction")])
        event.add("attendee", guest, encode=False)
    if is_ours(item):
        event.add(KEY, vText(TAG), encode=False)
    return event


def planned_start(item: Json, master: Json) -> date | datetime | None:
    """The start that an occurrence was planned for; None where Google tells none (PROVIDERS 2.5)."""
    if "originalStartTime" not in item:
        return None
    return read_moment(item["originalStartTime"], master["start"])


def read_moment(told: Mapping[str, Any], like: Mapping[str, Any]) -> date | datetime:
    """In the zone of the series: Google tells the original start of an occurrence with an offset alone at times."""
    if "date" in told:
        return date.fromisoformat(told["date"])
    zone = told.get("timeZone") or like.get("timeZone") or "UTC"
    moment = datetime.fromisoformat(told["dateTime"])
    return (
        moment.astimezone(ZoneInfo(zone))
        if moment.tzinfo
        else moment.replace(tzinfo=ZoneInfo(zone))
    )


def body_of(event: Event, gone: Iterable[date | datetime] = ()) -> Json:
    """An event or occurrence as Google takes it. `gone`: occurrences that are deleted there, and so need no EXDATE."""
    start, zone = moment_of(event), zone_of(event) or "UTC"
    end = end_after(start, length_of(event))
    body: Json = {"start": write_moment(start, zone), "end": write_moment(end, zone)}
    body["attendees"] = [
        {"email": address_of(each), "responseStatus": _FROM_ICAL.get(answer_of(each), "needsAction")}
        for each in attendees(event)
    ]  # fmt: skip
    if rules := listed(event.get("RRULE")):
        left_out = sorted({_stamp(each, zone) for each in exdates(event)} - {_stamp(each, zone) for each in gone})  # fmt: skip
        body["recurrence"] = [f"RRULE:{rule.to_ical().decode()}" for rule in rules]
        body["recurrence"] += [f"EXDATE;TZID={zone}:{each}" for each in left_out]
    return body


def write_moment(moment: date | datetime, zone: str) -> Json:
    """As the clocks show it there, with the zone; a day as it is."""
    if not isinstance(moment, datetime):
        return {"date": moment.isoformat()}
    local = moment.astimezone(ZoneInfo(zone)) if moment.tzinfo else moment
    return {"dateTime": local.replace(tzinfo=None).isoformat(), "timeZone": zone}


def _stamp(moment: date | datetime, zone: str) -> str:
    if not isinstance(moment, datetime):
        return f"{moment:%Y%m%d}"
    local = moment.astimezone(ZoneInfo(zone)) if moment.tzinfo else moment
    return f"{local:%Y%m%dT%H%M%S}"


def instance_id(master: Json, moment: date | datetime) -> str:
    """The id of an occurrence: that of its series, and its planned start in UTC (PROVIDERS 2.6)."""
    if isinstance(moment, datetime):
        return f"{master['id']}_{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f"{master['id']}_{moment:%Y%m%d}"


def guests_in(item: Json) -> tuple[Address, ...]:
    """Whom Google tells of it."""
    organizer = item.get("organizer", {}).get("email")
    found = [str(each["email"]).lower() for each in item.get("attendees", ())]
    return tuple(each for each in found if each != organizer)
