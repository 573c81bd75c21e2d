"""freebusy.query: when people are busy, merged, and nothing else of their calendars.

Not their events. Who is not known, or does not show it, is an error of that calendar, and not free.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.servers.google import recurring
from tests.servers.google.calendars import Calendar
from tests.servers.google.listing import expanded
from tests.servers.google.refused import Refused, bad
from tests.servers.google.schema import Json
from tests.servers.google.selecting import instant, window

CALENDARS_MOST = 50
LONGEST = timedelta(days=90)
"""calcom/cal.diy#11962 (and #11696 for the words of the refusal)."""
_FREE = ("workingLocation", "birthday")


def busy(calendars: Mapping[str, Calendar], reader: str, body: Json) -> Json:
    """The answer to `reader`."""
    for name in ("timeMin", "timeMax"):
        if name not in body:
            raise bad(f"Missing {name} parameter.", "required", name)
    begin, end = window(body)
    assert begin is not None
    assert end is not None
    if end - begin > LONGEST:
        raise Refused(
            400, "timeRangeTooLong", "The requested time range is too long.", domain="calendar", location="timeMax",
        )  # fmt: skip
    items = body.get("items", ())
    if len(items) > min(CALENDARS_MOST, body.get("calendarExpansionMax", CALENDARS_MOST)):
        raise bad("Too many calendars requested.", "tooManyCalendarsRequested")
    zone = ZoneInfo(body.get("timeZone", "UTC"))
    answers: Json = {}
    for item in items:
        calendar = calendars.get(reader if item["id"] == "primary" else item["id"])
        if calendar is None or (calendar.address != reader and reader not in calendar.readers):
            answers[item["id"]] = {"errors": [{"domain": "global", "reason": "notFound"}], "busy": []}  # fmt: skip
        else:
            merged = _merged(_taken(calendar, begin, end))
            answers[item["id"]] = {"busy": [_period(*each, zone) for each in merged]}
    return {
        "kind": "calendar#freeBusy", "timeMin": body["timeMin"], "timeMax": body["timeMax"], "calendars": answers,
    }  # fmt: skip


def _taken(calendar: Calendar, begin: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:  # fmt: skip
    for event in list(calendar.events.values()):
        if event.get("recurringEventId") in calendar.events:
            continue
        some = expanded(calendar, event, begin, end) if "recurrence" in event else iter([event])
        for each in some:
            if _takes_time(calendar, each):
                first, last = (
                    instant(recurring.place(each[name]), calendar.zone) for name in ("start", "end")
                )
                if last > begin and first < end:
                    yield max(first, begin), min(last, end)


def _takes_time(calendar: Calendar, event: Json) -> bool:
    if event["status"] == "cancelled" or event.get("transparency") == "transparent":
        return False
    mine = next((e for e in event.get("attendees", ()) if e["email"] == calendar.address), {})
    return mine.get("responseStatus") != "declined" and event.get("eventType") not in _FREE


def _merged(taken: Iterator[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    merged: list[tuple[datetime, datetime]] = []
    for first, last in sorted(taken):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def _period(first: datetime, last: datetime, zone: ZoneInfo) -> Json:
    said = (each.astimezone(zone).isoformat(timespec="seconds") for each in (first, last))
    return dict(zip(("start", "end"), (each.replace("+00:00", "Z") for each in said), strict=True))
