"""An item of Exchange as iCalendar, and back: what it means is then read and changed as any calendar's (daemon/ical).

Not the requests. Subjects and bodies are never asked for, so none are here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from copy import deepcopy
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from exchangelib import (
    Attendee,
    CalendarItem,
    EWSDate,
    EWSDateTime,
    EWSTimeZone,
    ExtendedProperty,
    Mailbox,
)
from exchangelib.recurrence import (
    AbsoluteMonthlyPattern,
    DailyPattern,
    EndDatePattern,
    NoEndPattern,
    NumberedPattern,
    Recurrence,
    RelativeMonthlyPattern,
    WeeklyPattern,
)
from icalendar import Calendar, Event, vCalAddress, vRecur, vText

from connectors.exchange.zones import meant
from daemon.domain.people import Address
from daemon.errors import Permanent
from daemon.ical.parsing import Unreadable, listed, within_limits
from daemon.ical.reading import KEY, address_of, answer_of, attendees, length_of, moment_of, zone_of
from daemon.ical.repeating import end_after
from daemon.ical.writing import new_calendar

_UTC = EWSTimeZone("UTC")
SET = "6f6e656f-6e65-4c39-9f55-316f6e316f6e"
"""The property set of ours."""
DONE_MOST = 25


class _OurUid(ExtendedProperty):  # type: ignore[misc]
    """Our uid once more: no search finds an event by its own."""

    property_set_id, property_name, property_type = SET, "oneonone", "String"


class _OurDone(ExtendedProperty):  # type: ignore[misc]
    """The changes that were made, each with the version that it made."""

    property_set_id, property_name, property_type = SET, "done", "String"


class _OurZone(ExtendedProperty):  # type: ignore[misc]
    """The zone in which we put it, by its name of ours."""

    property_set_id, property_name, property_type = SET, "zone", "String"


class _OurPending(ExtendedProperty):  # type: ignore[misc]
    """What shall be, as iCalendar, while it takes several requests to make it so."""

    property_set_id, property_name, property_type = SET, "pending", "String"


CalendarItem.register("our_uid", _OurUid)
CalendarItem.register("our_pending", _OurPending)
CalendarItem.register("our_zone", _OurZone)
CalendarItem.register("our_done", _OurDone)

FIELDS = (
    "uid", "start", "end", "is_all_day", "_start_timezone", "type", "original_start", "recurrence", "modified_occurrences",
    "deleted_occurrences", "required_attendees", "optional_attendees", "organizer", "is_cancelled", "my_response_type", "meeting_request_was_sent",
    "legacy_free_busy_status", "our_uid", "our_zone", "our_done", "our_pending",
)  # fmt: skip
"""What is asked for of each event: no subject, no place, no words of anybody's."""
TO_ICAL = {"Accept": "ACCEPTED", "Decline": "DECLINED", "Tentative": "TENTATIVE", "Organizer": "ACCEPTED"}  # fmt: skip
_FROM_ICAL = {"ACCEPTED": "Accept", "DECLINED": "Decline", "TENTATIVE": "Tentative"}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHORT = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEKS = ("First", "Second", "Third", "Fourth", "Last")
_KEEPS_TIME = frozenset(("Single", "RecurringMaster"))


def uid_of(item: CalendarItem) -> str:
    """The uid of an event, which all copies share; we choose it when we make one."""
    return str(item.uid)


def is_ours(item: CalendarItem) -> bool:
    """Whether we made it, or have changed it."""
    return bool(item.our_uid or item.our_done)


def made_by(item: CalendarItem | None, key: str) -> str | None:
    """The version that a change with that key has made; None where it was not made."""
    marks = str(item.our_done or "").split() if item is not None else []
    return dict(mark.partition("=")[::2] for mark in marks).get(_name(key))


def marks_with(item: CalendarItem | None, key: str, version: str) -> str:
    """The changes that were made, with one more."""
    marks = str(item.our_done or "").split() if item is not None else []
    return " ".join([*marks[1 - DONE_MOST :], f"{_name(key)}={version}"])


def _name(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def calendar_of(
    owner: Address, master: CalendarItem, exceptions: Iterable[CalendarItem]
) -> Calendar:
    """A series with its single occurrences, or one event, as it lies with that owner. Raises Unreadable."""
    try:
        with within_limits():
            return _calendar_of(owner, master, exceptions)
    except Unreadable:
        raise
    except (LookupError, ValueError, TypeError, AttributeError) as why:
        raise Unreadable(f"cannot be read: {type(why).__name__}") from why


def _calendar_of(
    owner: Address, master: CalendarItem, exceptions: Iterable[CalendarItem]
) -> Calendar:
    calendar, uid, zone = new_calendar(), uid_of(master), _zone(master)
    event = _event_of(master, uid, zone)
    if master.recurrence is not None:
        event.add("rrule", vRecur.from_ical(_rule_of(master.recurrence, zone)))
    calendar.add_component(event)
    copied = organizer_of(master) not in ("", owner)
    for gone in (master.deleted_occurrences or ()) if master.recurrence is not None else ():
        planned = _plain(gone.start, zone, master)
        if (
            copied
        ):  # what an organizer cancels stays there, as cancelled: it is the owner who took it off
            calendar.add_component(_declined(event, planned, owner))
        else:
            event.add("exdate", planned)
    for each in exceptions:
        part = _event_of(each, uid, zone)
        part.add("recurrence-id", _plain(each.original_start, zone, master))
        calendar.add_component(part)
    return calendar


def _declined(event: Event, planned: date | datetime, owner: Address) -> Event:
    """One time of somebody else's series to which the owner of this copy does not come."""
    part = deepcopy(event)
    for name in ("RRULE", "DTSTART", "DTEND", "ATTENDEE"):
        part.pop(name, None)
    guest = vCalAddress(f"mailto:{owner}")
    guest.params["PARTSTAT"] = vText("DECLINED")
    part.add("attendee", guest, encode=False)
    part.add("dtstart", planned)
    part.add("dtend", end_after(planned, length_of(event)))
    part.add("recurrence-id", planned)
    return part


def _zone(item: CalendarItem) -> ZoneInfo:
    """That in which it repeats. Exchange has names for zones that nobody else knows ("Customized Time Zone"): an event in one
    cannot be followed, and must not be guessed at (exchangelib #310)."""
    zone = item._start_timezone
    if zone is None:
        raise Unreadable("it is in a time zone that nobody else knows")
    return ZoneInfo(meant(zone, str(item.our_zone or "")))


def _plain(moment: Any, zone: ZoneInfo, like: CalendarItem) -> date | datetime:
    """A moment without the types of exchangelib, in the zone of its series; a day of an event of whole days."""
    if isinstance(moment, datetime):
        there = datetime.fromtimestamp(moment.timestamp(), UTC).astimezone(zone)
        return there.date() if like.is_all_day else there
    return date(moment.year, moment.month, moment.day)


def _event_of(item: CalendarItem, uid: str, zone: ZoneInfo) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstart", _plain(item.start, zone, item))
    event.add("dtend", _plain(item.end, zone, item))
    event.add("status", "CANCELLED" if item.is_cancelled else "CONFIRMED")
    organizer = organizer_of(item)
    guests = guests_of(item)
    if guests or is_ours(item) or item.meeting_request_was_sent:
        event.add("organizer", vCalAddress(f"mailto:{organizer}"), encode=False)
    for each in guests:
        guest = vCalAddress(f"mailto:{each.mailbox.email_address.lower()}")
        guest.params["PARTSTAT"] = vText(TO_ICAL.get(each.response_type, "NEEDS-ACTION"))
        event.add("attendee", guest, encode=False)
    if is_ours(item):
        event.add(KEY, vText("oneonone"), encode=False)
    return event


def organizer_of(item: CalendarItem) -> Address:
    """Who invites; empty where nobody does."""
    return str(item.organizer.email_address if item.organizer else "").lower()


def guests_of(item: CalendarItem) -> list[Attendee]:
    """Whom it invites, without who organizes it."""
    organizer = organizer_of(item)
    every = [*(item.required_attendees or ()), *(item.optional_attendees or ())]
    return [each for each in every if str(each.mailbox.email_address or "").lower() not in ("", organizer)]  # fmt: skip


# --- rhythms


def _rule_of(recurrence: Recurrence, zone: ZoneInfo) -> str:
    pattern, limit = recurrence.pattern, recurrence.boundary
    parts = _pattern_of(pattern)
    if isinstance(limit, EndDatePattern):
        last = date(limit.end.year, limit.end.month, limit.end.day)
        until = datetime.combine(last, time(23, 59, 59), zone).astimezone(UTC)
        parts.append(f"UNTIL={until:%Y%m%dT%H%M%SZ}")
    elif isinstance(limit, NumberedPattern):
        parts.append(f"COUNT={limit.number}")
    return ";".join(parts)


def _pattern_of(pattern: Any) -> list[str]:
    match pattern:
        case DailyPattern():
            return ["FREQ=DAILY", f"INTERVAL={pattern.interval}"]
        case WeeklyPattern():
            days = ",".join(_SHORT[int(day) - 1] for day in pattern.weekdays)
            first = _SHORT[int(pattern.first_day_of_week) - 1]
            return ["FREQ=WEEKLY", f"INTERVAL={pattern.interval}", f"BYDAY={days}", f"WKST={first}"]
        case AbsoluteMonthlyPattern():
            return ["FREQ=MONTHLY", f"INTERVAL={pattern.interval}", f"BYMONTHDAY={pattern.day_of_month}"]  # fmt: skip
        case RelativeMonthlyPattern():
            week = int(pattern.week_number)
            day = _SHORT[int(pattern.weekday) - 1]
            return ["FREQ=MONTHLY", f"INTERVAL={pattern.interval}", f"BYDAY={-1 if week == 5 else week}{day}"]  # fmt: skip
    raise ValueError("a rhythm that is not followed")


def recurrence_of(event: Event, zone: str) -> Recurrence | None:
    """The rhythm as Exchange has it; None for one event. Permanent where it has none like that."""
    rules = listed(event.get("RRULE"))
    if not rules:
        return None
    rule, start = rules[0], moment_of(event)
    first = EWSDate(start.year, start.month, start.day)
    until = rule.get("UNTIL", [None])[0]
    count = rule.get("COUNT", [None])[0]
    limit: Any = NoEndPattern(start=first)
    if isinstance(until, datetime):
        there = until.astimezone(EWSTimeZone(zone)) if until.tzinfo else until
        limit = EndDatePattern(start=first, end=EWSDate(there.year, there.month, there.day))
    elif isinstance(until, date):
        limit = EndDatePattern(start=first, end=EWSDate(until.year, until.month, until.day))
    elif count is not None:
        limit = NumberedPattern(start=first, number=int(count))
    return Recurrence(pattern=_pattern_for(rule, start), boundary=limit)


def _pattern_for(rule: Any, start: date) -> Any:
    interval = int(rule.get("INTERVAL", [1])[0])
    days = [str(day) for day in rule.get("BYDAY", ())]
    match str(rule["FREQ"][0]).upper():
        case "DAILY":
            return DailyPattern(interval=interval)
        case "WEEKLY":
            named = [_SHORT.index(day) for day in days] or [start.weekday()]
            return WeeklyPattern(interval=interval, weekdays=[_DAYS[day] for day in named], first_day_of_week="Monday")  # fmt: skip
        case "MONTHLY" if days:
            number, day = int(days[0][:-2] or 1), _SHORT.index(days[0][-2:])
            week = _WEEKS[4 if number in (-1, 5) else number - 1]
            return RelativeMonthlyPattern(interval=interval, weekday=_DAYS[day], week_number=week)
        case "MONTHLY":
            on = int(rule.get("BYMONTHDAY", [start.day])[0])
            return AbsoluteMonthlyPattern(interval=interval, day_of_month=on)
    raise Permanent("Exchange has no such rhythm")


# --- back


def times_of(event: Event) -> tuple[EWSDateTime, EWSDateTime]:
    """When it is, in its zone."""
    start, zone = moment_of(event), EWSTimeZone(zone_of(event) or "UTC")
    end = end_after(start, length_of(event))
    assert isinstance(start, datetime) and isinstance(end, datetime)
    return _moment(start, zone), _moment(end, zone)


def _moment(moment: datetime, zone: EWSTimeZone) -> EWSDateTime:
    if moment.tzinfo:
        return moment_there(moment).astimezone(zone)
    return EWSDateTime(*moment.timetuple()[:6], tzinfo=zone)


def moment_there(moment: datetime) -> EWSDateTime:
    """A moment in the types of exchangelib, in UTC."""
    return EWSDateTime(*moment.astimezone(UTC).timetuple()[:6], tzinfo=_UTC)


def invited(event: Event) -> list[Attendee]:
    """Its guests, with what is known of their answers."""
    return [
        Attendee(
            mailbox=Mailbox(email_address=address_of(each)), response_type=_FROM_ICAL.get(answer_of(each), "Unknown")
        )
        for each in attendees(event)
    ]  # fmt: skip


def told(item: CalendarItem) -> tuple[Address, ...]:
    """Whom Exchange tells of it."""
    return tuple(each.mailbox.email_address.lower() for each in guests_of(item))
