"""Availability: when people are busy, and the zones that a client has to know to ask for it.

Not what they do then: no subject is told to who may not read the calendar.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from tests.servers.exchange.items import Item, Mailbox, text_of
from tests.servers.exchange.soap import Element, child, done, inside, made, response
from tests.servers.exchange.zones import definition

WINDOW_MOST = timedelta(days=62)
"""Of one question (FreeBusyViewOptions)."""


def zones(asked: Element, year: int) -> Element:
    """GetServerTimeZones, by the names of Windows."""
    names = [text_of(each) for each in inside(asked, "Ids")]
    told = made("m:TimeZoneDefinitions", *(definition(name, year) for name in names))
    return response("GetServerTimeZones", [done("GetServerTimeZones", told)])


def busy(boxes: Mapping[str, Mailbox], asked: Element) -> Element:
    """GetUserAvailability: of each mailbox what is taken, or why that cannot be told. Times are on the clock of the zone that
    the request brings along, and say no offset."""
    told_zone = child(asked, "TimeZone")
    assert told_zone is not None
    window = child(asked, "FreeBusyViewOptions", "TimeWindow")
    begin = _moment(text_of(window, "StartTime"), told_zone)
    end = _moment(text_of(window, "EndTime"), told_zone)
    answers = []
    for each in inside(asked, "MailboxDataArray"):
        address = text_of(each, "Email", "Address").lower()
        if end - begin > WINDOW_MOST:
            answers.append(_refused("ErrorTimeIntervalTooBig"))
        elif address not in boxes:
            answers.append(_refused("ErrorMailRecipientNotFound"))
        else:
            answers.append(_view(boxes[address], begin, end, told_zone))
    return made("m:GetUserAvailabilityResponse", made("m:FreeBusyResponseArray", *answers))


def _refused(code: str) -> Element:
    return made(
        "m:FreeBusyResponse",
        made("m:ResponseMessage", made("m:MessageText", code), made("m:ResponseCode", code), ResponseClass="Error"),
        made("m:FreeBusyView", made("t:FreeBusyViewType", "None")),
    )  # fmt: skip


def _view(box: Mailbox, begin: datetime, end: datetime, told_zone: Element) -> Element:
    events = []
    for item in box.items.values():
        status = text_of(item.parts.get("LegacyFreeBusyStatus")) or "Busy"
        if item.folder != "calendar" or status == "Free" or item.answer == "Decline":
            continue
        for each in item.times():
            if text_of(each.own.get("LegacyFreeBusyStatus")) == "Free":
                continue
            if each.start < end and each.end > begin:
                events.append((each.start, each.end, _status(item, status)))
    told = [
        made("t:CalendarEvent", made("t:StartTime", _clock(start, told_zone)), made("t:EndTime", _clock(until, told_zone)),
             made("t:BusyType", status))
        for start, until, status in sorted(events)
    ]  # fmt: skip
    return made(
        "m:FreeBusyResponse",
        made("m:ResponseMessage", made("m:ResponseCode", "NoError"), ResponseClass="Success"),
        made("m:FreeBusyView", made("t:FreeBusyViewType", "Detailed"), made("t:CalendarEventArray", *told)),
    )  # fmt: skip


def _status(item: Item, status: str) -> str:
    return "Tentative" if item.answer in ("NoResponseReceived", "Tentative") else status


def _bias(told_zone: Element, moment: datetime) -> timedelta:
    """How far west of Greenwich that zone is then, by its rules alone."""
    base = int(text_of(told_zone, "Bias"))
    standard, daylight = child(told_zone, "StandardTime"), child(told_zone, "DaylightTime")
    if standard is None or daylight is None:
        return timedelta(minutes=base)
    local = moment - timedelta(minutes=base)
    begins, ends = _on(daylight, local.year), _on(standard, local.year)
    naive = local.replace(tzinfo=None)
    in_summer = begins <= naive < ends if begins < ends else not ends <= naive < begins
    more = int(text_of(daylight if in_summer else standard, "Bias"))
    return timedelta(minutes=base + more)


def _on(rule: Element, year: int) -> datetime:
    """The moment of a change in that year, on the clock of standard time."""
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    month, week = int(text_of(rule, "Month")), int(text_of(rule, "DayOrder"))
    weekday = days.index(text_of(rule, "DayOfWeek"))
    first = datetime.fromisoformat(f"{year}-{month:02}-01")
    found = [first + timedelta(days=n) for n in range(31)]
    found = [each for each in found if each.month == month and each.weekday() == weekday]
    hour, minute, *_ = (int(part) for part in text_of(rule, "Time").split(":"))
    return found[min(week, len(found)) - 1] + timedelta(hours=hour, minutes=minute)


def _moment(text: str, told_zone: Element) -> datetime:
    told = datetime.fromisoformat(text)
    if told.tzinfo:
        return told.astimezone(UTC)
    guess = told.replace(tzinfo=UTC)
    return guess + _bias(told_zone, guess)


def _clock(moment: datetime, told_zone: Element) -> str:
    return f"{moment - _bias(told_zone, moment):%Y-%m-%dT%H:%M:%S}"
