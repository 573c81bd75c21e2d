"""Listing: events.list and events.instances, in pages, whole or from a sync token on; and freebusy.query.

Not a change of anything: events.py.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time

from tests.servers.google import recurring
from tests.servers.google.calendars import Calendar, occurrence
from tests.servers.google.refused import Refused, bad
from tests.servers.google.schema import Json

PAGE, PAGE_MOST = 250, 2500
CALENDARS_MOST = 50
_NEVER_WITH_A_TOKEN = (
    "iCalUID", "orderBy", "privateExtendedProperty", "q", "sharedExtendedProperty", "timeMin", "timeMax", "updatedMin",
)  # fmt: skip
_SAME = ("singleEvents", "eventTypes", "maxAttendees", "showHiddenInvitations", "timeZone")
"""What has to be the same from the first page of the first listing on."""
_FREE = ("workingLocation", "birthday")


def listed(calendar: Calendar, query: Mapping[str, Sequence[str]], expired: Mapping[str, tuple[int, str]]) -> Json:  # fmt: skip
    """events.list. `expired`: by account, up to which change tokens are good no more, and why."""
    one = {name: values[0] for name, values in query.items()}
    settled = {name: list(query[name]) for name in _SAME if name in query}
    page = _read(one["pageToken"], "pageToken") if "pageToken" in one else {}
    since, number = page.get("since", -1), page.get("number", calendar.number)
    if "syncToken" in one:
        if wrong := [name for name in _NEVER_WITH_A_TOKEN if name in one]:
            raise bad(f"Sync token cannot be used with other query restrictions: {wrong}.")
        if one.get("showDeleted") == "false":
            raise bad("showDeleted cannot be false with a sync token.")
        token = _read(one["syncToken"], "syncToken")
        if token["settled"] != settled:
            raise bad("Sync token is to be used with the parameters of the first request.")
        until, why = expired.get(calendar.address, (-1, ""))
        if token["number"] <= until:
            raise Refused(
                410, why, "Sync token is no longer valid, a full sync is required.",
                domain="calendar", location="syncToken",
            )  # fmt: skip
        since = token["number"]
    found = _changed(calendar, since) if since >= 0 else _whole(calendar, query, one)
    size = min(int(one.get("maxResults", PAGE)), PAGE_MOST)
    begin = page.get("begin", 0)
    answer: Json = {
        "kind": "calendar#events", "etag": f'"p{calendar.number}"', "summary": calendar.address, "updated": "2026-01-01T00:00:00.000Z",
        "timeZone": calendar.zone, "accessRole": "owner", "defaultReminders": [], "items": found[begin : begin + size],
    }  # fmt: skip
    if begin + size < len(found):
        answer["nextPageToken"] = _written(
            {"begin": begin + size, "number": number, "since": since}
        )
    else:
        answer["nextSyncToken"] = _written({"number": number, "settled": settled})
    return answer


def _written(token: Json) -> str:
    return base64.urlsafe_b64encode(json.dumps(token).encode()).decode()


def _read(token: str, name: str) -> Json:
    try:
        found: Json = json.loads(base64.urlsafe_b64decode(token))
    except ValueError as why:
        raise bad(f"Invalid {name} value.") from why
    return found


def _changed(calendar: Calendar, since: int) -> list[Json]:
    """What changed after that number; with an occurrence comes its series, changed or not (PROVIDERS 2.1)."""
    wanted = [name for name, number in calendar.changed.items() if number > since]
    masters = [calendar.events[name].get("recurringEventId") for name in wanted]
    along = [e for e in dict.fromkeys(masters) if e in calendar.events and e not in wanted]
    return [calendar.events[name] for name in (*along, *sorted(wanted, key=calendar.changed.__getitem__))]  # fmt: skip


def _whole(calendar: Calendar, query: Mapping[str, Sequence[str]], one: Mapping[str, str]) -> list[Json]:  # fmt: skip
    begin, end = (
        datetime.fromisoformat(one[name]).astimezone(UTC) if name in one else None
        for name in ("timeMin", "timeMax")
    )
    single, deleted = one.get("singleEvents") == "true", one.get("showDeleted") == "true"
    found: list[Json] = []
    for event in list(calendar.events.values()):
        if single and "recurrence" in event:
            found += [each for each in expanded(calendar, event, begin, end) if each["status"] != "cancelled" or deleted]  # fmt: skip
        elif event["status"] == "cancelled":
            alive = not single and "recurringEventId" in event
            if deleted or alive:
                found.append(event)
        elif not (single and "recurringEventId" in event) and meets(event, begin, end):
            found.append(event)
    return [each for each in found if _is_wanted(each, query, one)]


def _is_wanted(event: Json, query: Mapping[str, Sequence[str]], one: Mapping[str, str]) -> bool:
    if "iCalUID" in one and event.get("iCalUID") != one["iCalUID"]:
        return False
    if "eventTypes" in query and event.get("eventType", "default") not in query["eventTypes"]:
        return False
    own = event.get("extendedProperties", {}).get("private", {})
    pairs = (each.partition("=") for each in query.get("privateExtendedProperty", ()))
    return all(own.get(name) == value for name, _, value in pairs)


def expanded(calendar: Calendar, master: Json, begin: datetime | None, end: datetime | None) -> Iterator[Json]:  # fmt: skip
    """The occurrences of a series in a window, with what is known of single ones."""
    alone = {each["id"]: each for each in calendar.exceptions(master["id"])}
    for when in recurring.occurrences(master, end):
        event = occurrence(master, when)
        known = alone.pop(event["id"], event)
        if known["status"] == "cancelled" or meets(known, begin, end):
            yield known
    for known in alone.values():  # planned for later, and moved here
        if known["status"] != "cancelled" and meets(known, begin, end):
            yield known


def instances(calendar: Calendar, master: Json, query: Mapping[str, Sequence[str]]) -> Json:
    """events.instances."""
    one = {name: values[0] for name, values in query.items()}
    begin, end = (
        datetime.fromisoformat(one[name]).astimezone(UTC) if name in one else None
        for name in ("timeMin", "timeMax")
    )
    deleted = one.get("showDeleted") == "true"
    found = [
        e for e in expanded(calendar, master, begin, end) if e["status"] != "cancelled" or deleted
    ]
    first, size = int(one.get("pageToken", 0)), int(one.get("maxResults", PAGE))
    answer: Json = {"kind": "calendar#events", "items": found[first : first + size], "timeZone": calendar.zone}  # fmt: skip
    if first + size < len(found):
        answer["nextPageToken"] = str(first + size)
    return answer


def meets(event: Json, begin: datetime | None, end: datetime | None) -> bool:
    """Whether an event, or any occurrence of a series, lies in that window."""
    if "recurrence" in event:
        lasts = recurring.length(event)
        return any(
            begin is None or _instant(when) + lasts > begin
            for when in recurring.occurrences(event, end)
        )
    first, last = (_instant(recurring.place(event[name])) for name in ("start", "end"))
    return (begin is None or last > begin) and (end is None or first < end)


def _instant(when: date) -> datetime:
    return when if isinstance(when, datetime) else datetime.combine(when, time(), UTC)


def busy(calendars: Mapping[str, Calendar], reader: str, body: Json) -> Json:
    """freebusy.query: who is not known, or does not show it, is an error of that calendar, and not free."""
    begin, end = (datetime.fromisoformat(body[name]).astimezone(UTC) for name in ("timeMin", "timeMax"))  # fmt: skip
    if len(body.get("items", ())) > CALENDARS_MOST:
        raise bad("Too many calendars requested.", "tooManyCalendarsRequested")
    answers: Json = {}
    for item in body.get("items", ()):
        calendar = calendars.get(reader if item["id"] == "primary" else item["id"])
        if calendar is None or (calendar.address != reader and reader not in calendar.readers):
            answers[item["id"]] = {"errors": [{"domain": "global", "reason": "notFound"}], "busy": []}  # fmt: skip
        else:
            answers[item["id"]] = {"busy": list(_merged(_taken(calendar, begin, end)))}
    return {
        "kind": "calendar#freeBusy", "timeMin": body["timeMin"], "timeMax": body["timeMax"], "calendars": answers,
    }  # fmt: skip


def _taken(calendar: Calendar, begin: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:  # fmt: skip
    for event in list(calendar.events.values()):
        if "recurringEventId" in event:
            continue
        some = expanded(calendar, event, begin, end) if "recurrence" in event else iter([event])
        for each in some:
            if _takes_time(calendar, each):
                first, last = (_instant(recurring.place(each[name])) for name in ("start", "end"))
                if last > begin and first < end:
                    yield max(first, begin), min(last, end)


def _takes_time(calendar: Calendar, event: Json) -> bool:
    if event["status"] == "cancelled" or event.get("transparency") == "transparent":
        return False
    mine = next((e for e in event.get("attendees", ()) if e["email"] == calendar.address), {})
    return mine.get("responseStatus") != "declined" and event.get("eventType") not in _FREE


def _merged(taken: Iterator[tuple[datetime, datetime]]) -> Iterator[Json]:
    begun, over = None, None
    for first, last in sorted(taken):
        if over is not None and first <= over:
            over = max(over, last)
            continue
        if begun is not None and over is not None:
            yield _period(begun, over)
        begun, over = first, last
    if begun is not None and over is not None:
        yield _period(begun, over)


def _period(first: datetime, last: datetime) -> Json:
    return {"start": f"{first:%Y-%m-%dT%H:%M:%SZ}", "end": f"{last:%Y-%m-%dT%H:%M:%SZ}"}
