"""An event of Graph's as iCalendar, and back: what it means is then read and changed as any calendar's (daemon/ical).

Not the requests. Graph sends whole events along with what has changed; of these no subject, place or word is kept.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Mapping
from copy import deepcopy
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vRecur, vText

from connectors.microsoft.access import Json
from connectors.mirrored.zones import in_windows, meant
from daemon.domain.people import Address
from daemon.errors import Permanent
from daemon.ical.parsing import Unreadable, listed, within_limits
from daemon.ical.reading import KEY, address_of, attendees, length_of, moment_of, zone_of
from daemon.ical.repeating import end_after
from daemon.ical.writing import new_calendar

SET = "6f6e656f-6e65-4c39-9f55-316f6e316f6e"
"""The property set of ours."""
OURS, DONE, ZONE, PENDING = (
    f"String {{{SET}}} Name {name}" for name in ("oneonone", "done", "zone", "pending")
)
"""Our uid, which Graph lets nobody choose; the changes that were made, each with the version that it made; the zone in which we put
it, by our name; and what shall be, as iCalendar, while it takes several requests to make it so."""
DONE_MOST = 25
_OCCURRENCE = (
    "id,changeKey,iCalUId,type,start,end,originalStart,originalStartTimeZone,isAllDay,isCancelled,isOrganizer,organizer,attendees,"
    "showAs,responseStatus,seriesMasterId"
)
SELECT = f"{_OCCURRENCE},recurrence,transactionId,isOnlineMeeting,onlineMeeting,cancelledOccurrences,exceptionOccurrences"
_WHICH = " or ".join(f"id eq '{each}'" for each in (OURS, DONE, ZONE, PENDING))
_TAGS = f"singleValueExtendedProperties($filter={_WHICH})"
OF_MASTER = {"$select": SELECT, "$expand": f"exceptionOccurrences($select=id),{_TAGS}"}
OF_OCCURRENCE = {"$select": _OCCURRENCE, "$expand": _TAGS}
"""What is asked for of each event: no subject, no place, no words of anybody's."""
KEPT = frozenset((*SELECT.split(","), "@odata.etag", "singleValueExtendedProperties"))
_GOID = "040000008200E00074C5B7101A82E008"
_TO_ICAL = {"accepted": "ACCEPTED", "declined": "DECLINED", "tentativelyAccepted": "TENTATIVE", "organizer": "ACCEPTED"}  # fmt: skip
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEKS = ("first", "second", "third", "fourth", "last")


def transaction_of(uid: str) -> str:
    """By what Graph knows a second request to make the same event; also how a copy that somebody makes of ours is told apart, for
    it has every extended property of ours, and not this."""
    return str(uuid.UUID(bytes=hashlib.sha256(uid.encode()).digest()[:16]))


def tag(item: Json, name: str) -> str:
    """One of our extended properties; empty where it has none."""
    found = (each for each in item.get("singleValueExtendedProperties", ()) if _same(each["id"], name))  # fmt: skip
    return next((str(each["value"]) for each in found), "")


def _same(one: str, other: str) -> bool:
    return str(one).casefold() == other.casefold()


def shared_uid(item: Json) -> str:
    """The uid that all copies of an event share. Exchange puts the day of an occurrence into it (MS-OXOCAL 2.2.1.27)."""
    uid = str(item.get("iCalUId") or item["id"])
    return f"{uid[:32]}00000000{uid[40:]}" if uid.upper().startswith(_GOID) else uid


def our_uid(item: Json) -> str:
    """The uid that we made the event with; empty where we did not."""
    uid = tag(item, OURS)
    return uid if uid and item.get("transactionId") == transaction_of(uid) else ""


def is_ours(item: Json) -> bool:
    """Whether we made it, or have changed it."""
    return bool(our_uid(item) or tag(item, DONE))


def made_by(item: Json | None, key: str) -> str | None:
    """The version that a change with that key has made; None where it was not made."""
    marks = tag(item, DONE).split() if item else []
    return dict(mark.partition("=")[::2] for mark in marks).get(_name(key))


def marks_with(item: Json | None, key: str, version: str) -> str:
    """The changes that were made, with one more."""
    marks = tag(item, DONE).split() if item else []
    return " ".join([*marks[1 - DONE_MOST :], f"{_name(key)}={version}"])


def _name(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def tagged(tags: Mapping[str, str]) -> list[Json]:
    """As Graph takes extended properties."""
    return [{"id": name, "value": value} for name, value in tags.items()]


# --- as iCalendar


def calendar_of(owner: Address, uid: str, master: Json, exceptions: Iterable[Json]) -> Calendar:
    """A series with its single occurrences, or one event, as it lies with that owner. Raises Unreadable."""
    try:
        with within_limits():
            return _calendar_of(owner, uid, master, exceptions)
    except Unreadable:
        raise
    except (LookupError, ValueError, TypeError, AttributeError) as why:
        raise Unreadable(f"cannot be read: {type(why).__name__}") from why


def _calendar_of(owner: Address, uid: str, master: Json, exceptions: Iterable[Json]) -> Calendar:
    calendar, zone, exceptions = new_calendar(), _zone(master), list(exceptions)
    ours = any(is_ours(each) for each in (master, *exceptions))
    event = _event_of(master, uid, zone, ours)
    if master.get("recurrence"):
        event.add("rrule", vRecur.from_ical(_rule_of(master["recurrence"], zone)))
    calendar.add_component(event)
    for planned in gaps_of(master, zone):
        if organizer_of(master) not in ("", owner):
            # what an organizer cancels stays there, as cancelled: it is the owner who took it off
            calendar.add_component(_declined(event, planned, owner))
        else:
            event.add("exdate", planned)
    for each in exceptions:
        part = _event_of(each, uid, zone, ours)
        part.add("recurrence-id", planned_of(each, zone, master))
        calendar.add_component(part)
    return calendar


def _declined(master: Event, planned: date | datetime, owner: Address) -> Event:
    part = deepcopy(master)
    for name in ("rrule", "exdate", "dtstart", "dtend"):
        part.pop(name, None)
    for each in attendees(part):
        if address_of(each) == owner:
            each.params["PARTSTAT"] = vText("DECLINED")
    part.add("dtstart", planned)
    part.add("dtend", end_after(planned, length_of(master)))
    part.add("recurrence-id", planned)
    return part


def _zone(item: Json) -> ZoneInfo:
    """That in which it repeats. Exchange has names for zones that nobody else knows ("tzone://Microsoft/Custom"): an event in one
    cannot be followed, and must not be guessed at."""
    limits = (item.get("recurrence") or {}).get("range", {})
    told = str(limits.get("recurrenceTimeZone") or item.get("originalStartTimeZone") or "")
    try:
        return ZoneInfo(meant(told, tag(item, ZONE)))
    except (OSError, ValueError) as why:
        raise Unreadable("it is in a time zone that nobody else knows") from why


def zone_of_item(item: Json) -> ZoneInfo:
    """That in which it repeats; UTC where nobody knows it."""
    try:
        return _zone(item)
    except Unreadable:
        return ZoneInfo("UTC")


def gaps_of(master: Json, zone: ZoneInfo) -> list[date | datetime]:
    """When the occurrences that were taken off were planned for: Graph names the day of each."""
    first = _there(master["start"], zone, master)
    days = [
        date.fromisoformat(str(each)[-10:]) for each in master.get("cancelledOccurrences") or ()
    ]
    if not isinstance(first, datetime):
        return list(days)
    return [datetime.combine(day, first.time(), zone) for day in days]


def planned_of(item: Json, zone: ZoneInfo, master: Json) -> date | datetime:
    """When an occurrence was planned for."""
    told = datetime.fromisoformat(_seconds(item["originalStart"]))
    at = (told if told.tzinfo else told.replace(tzinfo=UTC)).astimezone(zone)
    return at.date() if master.get("isAllDay") else at


def _there(told: Json, zone: ZoneInfo, like: Json) -> date | datetime:
    """A moment in the zone of its series; a day of an event of whole days."""
    if like.get("isAllDay"):
        return date.fromisoformat(str(told["dateTime"])[:10])
    return instant_of(told).astimezone(zone)


def instant_of(told: Json) -> datetime:
    """A moment as Graph tells it to who wants UTC."""
    if told.get("timeZone") not in ("UTC", None):
        raise ValueError("another zone than was asked for")
    return datetime.fromisoformat(_seconds(told["dateTime"])).replace(tzinfo=UTC)


def _seconds(text: object) -> str:
    """Graph writes seven digits of a second."""
    return str(text).partition(".")[0].rstrip("Z")


def _event_of(item: Json, uid: str, zone: ZoneInfo, ours: bool) -> Event:
    """`ours`: whether we made any part of it, or have changed it, so that it is followed whoever is left on the list."""
    event = Event()
    event.add("uid", uid)
    event.add("dtstart", _there(item["start"], zone, item))
    event.add("dtend", _there(item["end"], zone, item))
    event.add("status", "CANCELLED" if item.get("isCancelled") else "CONFIRMED")
    organizer, guests = organizer_of(item), guests_of(item)
    if guests or ours:
        event.add("organizer", vCalAddress(f"mailto:{organizer}"), encode=False)
    for each in guests:
        guest = vCalAddress(f"mailto:{_address(each)}")
        said = str((each.get("status") or {}).get("response", "none"))
        guest.params["PARTSTAT"] = vText(_TO_ICAL.get(said, "NEEDS-ACTION"))
        event.add("attendee", guest, encode=False)
    if ours:
        event.add(KEY, vText("oneonone"), encode=False)
    return event


def organizer_of(item: Json) -> Address:
    """Who invites; empty where nobody does."""
    return _address(item.get("organizer") or {})


def _address(recipient: Json) -> Address:
    return str((recipient.get("emailAddress") or {}).get("address") or "").lower()


def guests_of(item: Json) -> list[Json]:
    """Whom it invites, without who organizes it; a room is nobody."""
    organizer = organizer_of(item)
    every = [each for each in item.get("attendees") or () if each.get("type") != "resource"]
    return [each for each in every if _address(each) not in ("", organizer)]


def told(item: Json) -> tuple[Address, ...]:
    """Whom Microsoft tells of it."""
    return tuple(_address(each) for each in guests_of(item))


# --- rhythms


def _rule_of(recurrence: Json, zone: ZoneInfo) -> str:
    parts, limits = _pattern_of(recurrence["pattern"]), recurrence["range"]
    match limits["type"]:
        case "endDate":
            last = datetime.combine(date.fromisoformat(limits["endDate"]), time(23, 59, 59), zone)
            parts.append(f"UNTIL={last.astimezone(UTC):%Y%m%dT%H%M%SZ}")
        case "numbered":
            parts.append(f"COUNT={int(limits['numberOfOccurrences'])}")
    return ";".join(parts)


def _pattern_of(pattern: Json) -> list[str]:
    interval = f"INTERVAL={int(pattern['interval'])}"
    days = [_SHORT[DAYS.index(name)] for name in pattern.get("daysOfWeek") or ()]
    match pattern["type"]:
        case "daily":
            return ["FREQ=DAILY", interval]
        case "weekly":
            first = _SHORT[DAYS.index(pattern.get("firstDayOfWeek") or "sunday")]
            return ["FREQ=WEEKLY", interval, f"BYDAY={','.join(days)}", f"WKST={first}"]
        case "absoluteMonthly":
            return ["FREQ=MONTHLY", interval, f"BYMONTHDAY={int(pattern['dayOfMonth'])}"]
        case "relativeMonthly" if len(days) == 1:
            week = (1, 2, 3, 4, -1)[_WEEKS.index(pattern.get("index") or "first")]
            return ["FREQ=MONTHLY", interval, f"BYDAY={week}{days[0]}"]
    raise ValueError("a rhythm that is not followed")


def recurrence_of(event: Event) -> Json | None:
    """The rhythm as Graph has it; None for one event. Permanent where it has none like that."""
    rules = listed(event.get("RRULE"))
    if not rules:
        return None
    rule, start, zone = rules[0], moment_of(event), zone_of(event) or "UTC"
    limits: Json = {"type": "noEnd"}
    until, count = rule.get("UNTIL", [None])[0], rule.get("COUNT", [None])[0]
    if isinstance(until, date):
        if isinstance(until, datetime) and until.tzinfo:
            until = until.astimezone(ZoneInfo(zone))
        limits = {"type": "endDate", "endDate": f"{until:%Y-%m-%d}"}
    elif count is not None:
        limits = {"type": "numbered", "numberOfOccurrences": int(count)}
    limits |= {"startDate": f"{start:%Y-%m-%d}", "recurrenceTimeZone": in_windows(zone) or zone}
    return {"pattern": _pattern_for(rule, start), "range": limits}


def _pattern_for(rule: Any, start: date) -> Json:
    interval = {"interval": int(rule.get("INTERVAL", [1])[0])}
    days = [str(day) for day in rule.get("BYDAY", ())]
    match str(rule["FREQ"][0]).upper():
        case "DAILY":
            return {"type": "daily", **interval}
        case "WEEKLY":
            named = [DAYS[_SHORT.index(day)] for day in days] or [DAYS[start.weekday()]]
            return {"type": "weekly", **interval, "daysOfWeek": named, "firstDayOfWeek": "monday"}
        case "MONTHLY" if days:
            number, day = int(days[0][:-2] or 1), DAYS[_SHORT.index(days[0][-2:])]
            week = _WEEKS[4 if number in (-1, 5) else number - 1]
            return {"type": "relativeMonthly", **interval, "daysOfWeek": [day], "index": week}
        case "MONTHLY":
            on = int(rule.get("BYMONTHDAY", [start.day])[0])
            return {"type": "absoluteMonthly", **interval, "dayOfMonth": on}
    raise Permanent("Microsoft has no such rhythm")


# --- back


def times_of(event: Event) -> Json:
    """When it is, as the clocks show it in its zone."""
    start, zone = moment_of(event), zone_of(event) or "UTC"
    return {"start": _written(start, zone), "end": _written(end_after(start, length_of(event)), zone)}  # fmt: skip


def _written(moment: date | datetime, zone: str) -> Json:
    assert isinstance(moment, datetime)
    local = moment.astimezone(ZoneInfo(zone)) if moment.tzinfo else moment
    return {"dateTime": f"{local:%Y-%m-%dT%H:%M:%S}", "timeZone": in_windows(zone) or zone}


def invited(event: Event) -> list[Json]:
    """Its guests. What they have answered only they can say."""
    return [
        {"emailAddress": {"address": address_of(each)}, "type": "required"}
        for each in attendees(event)
    ]
