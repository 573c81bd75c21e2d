"""When somebody is busy: by their own events where they let us in, else as they show it to the one who asks.

Not which times are good. A calendar that cannot be read is Unknown, and never free.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from connectors.google.access import Access
from connectors.google.events import uid_of
from connectors.google.mirror import Mirror
from connectors.google.wire import Json, ask
from connectors.mirrored import apart, in_parts
from daemon.domain.meeting import Slot
from daemon.domain.observation import Busy, BusyInterval, Unknown
from daemon.domain.people import Address
from daemon.errors import Temporary

ASKED_MOST = 50
"""Calendars in one question (PROVIDERS 3)."""
ASKED_LONGEST = timedelta(days=90)
"""Of one question: a longer one is refused with "The requested time range is too long." (calcom/cal.diy#11962)."""
_FREE = ("workingLocation", "birthday")
_AWAY, _SURE, _PERHAPS = 9, 5, 3
_FIELDS = (
    "items(id,status,iCalUID,recurringEventId,start,end,transparency,eventType,organizer(email,self),attendees(email,responseStatus),"
    "extendedProperties(private,shared)),nextPageToken"
)


def own_busy(access: Access, window: Slot, home: str) -> Busy:
    """By the events of an account: each with the uid of what takes the time."""
    found: list[BusyInterval] = []
    events, page = access.events(), ""
    while True:
        request = events.list(
            calendarId="primary", singleEvents=True, timeMin=window.start.isoformat(), timeMax=window.end.isoformat(),
            maxResults=2500, fields=_FIELDS, **({"pageToken": page} if page else {}),
        )  # fmt: skip
        answer = ask(request, access)
        try:
            found += [
                each
                for item in answer.get("items", ())
                for each in _taken(item, access.address, home)
            ]
        except (KeyError, ValueError, TypeError) as why:
            raise Temporary("what Google says of busy times cannot be read") from why
        page = answer.get("nextPageToken", "")
        if not page:
            return Busy(tuple(sorted(found, key=lambda each: (each.start, each.end, each.source))))


def _taken(item: Json, owner: Address, home: str) -> Iterable[BusyInterval]:
    if item["status"] == "cancelled" or item.get("transparency") == "transparent":
        return
    if item.get("eventType") in _FREE:
        return
    said = next(
        (e.get("responseStatus") for e in item.get("attendees", ()) if e["email"] == owner), None
    )
    if said == "declined":
        return
    away = item.get("eventType") == "outOfOffice"
    priority = _AWAY if away else (_PERHAPS if said == "tentative" else _SURE)
    start, end = _instant(item["start"], home), _instant(item["end"], home)
    if start < end:
        yield BusyInterval(start, end, priority, uid_of(item), away=away)


def _instant(told: Mapping[str, str], home: str) -> datetime:
    """A day is one where the person is at home."""
    if "date" in told:
        midnight = datetime.combine(date.fromisoformat(told["date"]), time())
        return midnight.replace(tzinfo=ZoneInfo(home or "UTC")).astimezone(UTC)
    return datetime.fromisoformat(told["dateTime"]).astimezone(UTC)


def shown_busy(
    mirror: Mirror, people: list[Address], window: Slot
) -> dict[Address, Busy | Unknown]:
    """Of people who show the account when they are busy. Google merges what touches."""
    return apart(mirror, _shown_to(mirror.access, people, window), window)


def _shown_to(access: Access, people: list[Address], window: Slot) -> dict[Address, Busy | Unknown]:
    told: dict[Address, Busy | Unknown] = {}
    for at in range(0, len(people), ASKED_MOST):
        some = people[at : at + ASKED_MOST]
        for part in in_parts(window, ASKED_LONGEST):
            body = {
                "timeMin": part.start.isoformat(), "timeMax": part.end.isoformat(), "items": [{"id": each} for each in some],
            }  # fmt: skip
            answer = ask(access.freebusy().query(body=body), access)
            calendars = answer.get("calendars", {})
            for who in some:
                shown = _shown(calendars.get(who, {"errors": [{}]}), who, part)
                told[who] = _joined(told.get(who, Busy(())), shown)
    return told


def _joined(one: Busy | Unknown, other: Busy | Unknown) -> Busy | Unknown:
    """Half an answer is none."""
    if isinstance(one, Busy) and isinstance(other, Busy):
        return Busy((*one.intervals, *other.intervals))
    return one if isinstance(one, Unknown) else other


def _shown(calendar: Json, who: Address, window: Slot) -> Busy | Unknown:
    if calendar.get("errors") or "busy" not in calendar:
        return Unknown(f"{who} does not show when they are busy")
    taken = [
        (_instant({"dateTime": e["start"]}, ""), _instant({"dateTime": e["end"]}, ""))
        for e in calendar["busy"]
    ]
    return Busy(tuple(BusyInterval(s, e) for s, e in taken if s < window.end and e > window.start))
