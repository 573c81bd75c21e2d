"""Listing: events.list and events.instances, in pages, whole or from a sync token on.

Not a change of anything (events.py), and not which events a parameter lets through (selecting.py).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from datetime import datetime

from tests.servers.google import recurring
from tests.servers.google.calendars import Calendar, occurrence
from tests.servers.google.refused import Refused, bad
from tests.servers.google.schema import Json
from tests.servers.google.selecting import (
    Query,
    horizon,
    is_wanted,
    meets,
    ordered,
    shown,
    window,
)

PAGE, PAGE_MOST = 250, 2500
_NEVER_WITH_A_TOKEN = (
    "iCalUID", "orderBy", "privateExtendedProperty", "q", "sharedExtendedProperty", "timeMin", "timeMax", "updatedMin",
)  # fmt: skip
_SAME = ("singleEvents", "eventTypes", "maxAttendees", "showHiddenInvitations", "timeZone")
"""What has to be the same from the first page of the first listing on."""


def listed(calendar: Calendar, query: Query, expired: Mapping[str, tuple[int, str]]) -> Json:
    """events.list. `expired`: by account, up to which change tokens are good no more, and why."""
    one = {name: values[0] for name, values in query.items()}
    settled = {name: list(query[name]) for name in _SAME if name in query}
    since = _since(calendar, one, settled, expired)
    if "pageToken" in one:
        found, begin, number = _page(calendar, one["pageToken"])
    else:
        found = _changed(calendar, since) if since >= 0 else _whole(calendar, query, one)
        begin, number = 0, calendar.number
    size = min(int(one.get("maxResults", PAGE)), PAGE_MOST)
    items = [shown(each, calendar.address, one) for each in found[begin : begin + size]]
    answer: Json = {
        "kind": "calendar#events", "etag": f'"p{calendar.number}"', "summary": calendar.address, "updated": "2026-01-01T00:00:00.000Z",
        "timeZone": one.get("timeZone", calendar.zone), "accessRole": "owner", "defaultReminders": [], "items": items,
    }  # fmt: skip
    if begin + size < len(found):
        answer["nextPageToken"] = _kept(calendar, found, begin + size, number)
    else:
        answer["nextSyncToken"] = _written({"number": number, "settled": settled})
    return answer


def _since(
    calendar: Calendar, one: Mapping[str, str], settled: Json, expired: Mapping[str, tuple[int, str]]
) -> int:  # fmt: skip
    """The change from which a sync token goes on; -1 without one. Raises Refused."""
    if "syncToken" not in one:
        return -1
    restricted = any(name in one for name in _NEVER_WITH_A_TOKEN)
    if restricted or one.get("showDeleted") == "false":
        raise bad(
            "Sync token cannot be used with other request restrictions.", "syncTokenWithRequestRestrictions", "syncToken"
        )  # fmt: skip
    token = _read(one["syncToken"])
    if token.get("settled") != settled:
        raise bad("Sync token is to be used with the parameters of the first request.")
    until, why = expired.get(calendar.address, (-1, ""))
    if token["number"] <= until:
        raise Refused(
            410, why, "Sync token is no longer valid, a full sync is required.",
            domain="calendar", location="syncToken",
        )  # fmt: skip
    return int(token["number"])


def _written(token: Json) -> str:
    return base64.urlsafe_b64encode(json.dumps(token).encode()).decode()


def _read(token: str) -> Json:
    try:
        found = json.loads(base64.urlsafe_b64decode(token))
    except ValueError as why:
        raise bad("Invalid sync token value.", location="syncToken") from why
    if not isinstance(found, dict) or "number" not in found:
        raise bad("Invalid sync token value.", location="syncToken")
    return found


def _kept(calendar: Calendar, found: list[Json], begin: int, number: int) -> str:
    """The rest of a listing is as it was when its first page was read: what changes amid comes with the sync token, and
    nothing slips from one page to the next."""
    name = f"p{len(calendar.pages)}-{calendar.number}"
    calendar.pages[name] = (found, begin, number)
    return name


def _page(calendar: Calendar, name: str) -> tuple[list[Json], int, int]:
    if name not in calendar.pages:
        raise bad("Invalid page token value.", location="pageToken")
    return calendar.pages[name]


def _changed(calendar: Calendar, since: int) -> list[Json]:
    """What changed after that number; with an occurrence comes its series, changed or not (PROVIDERS 2.1)."""
    wanted = [name for name, number in calendar.changed.items() if number > since]
    masters = [calendar.events[name].get("recurringEventId") for name in wanted]
    along = [e for e in dict.fromkeys(masters) if e in calendar.events and e not in wanted]
    return [calendar.events[name] for name in (*along, *sorted(wanted, key=calendar.changed.__getitem__))]  # fmt: skip


def _whole(calendar: Calendar, query: Query, one: Mapping[str, str]) -> list[Json]:
    begin, end = window(one)
    single = one.get("singleEvents") == "true"
    deleted = one.get("showDeleted") == "true" or "updatedMin" in one
    found: list[Json] = []
    for event in list(calendar.events.values()):
        if single and "recurrence" in event:
            found += [each for each in expanded(calendar, event, begin, end) if each["status"] != "cancelled" or deleted]  # fmt: skip
        elif event["status"] == "cancelled":
            alive = not single and "recurringEventId" in event
            if (deleted and not (single and "recurringEventId" in event)) or alive:
                found.append(event)
        elif not (single and _is_of_a_series(calendar, event)) and meets(event, begin, end, calendar.zone):  # fmt: skip
            found.append(event)
    return ordered(calendar, [each for each in found if is_wanted(calendar, each, query)], one)


def _is_of_a_series(calendar: Calendar, event: Json) -> bool:
    """Not one whose series lies in another calendar: who is invited to one occurrence has that alone."""
    return event.get("recurringEventId") in calendar.events


def expanded(calendar: Calendar, master: Json, begin: datetime | None, end: datetime | None) -> Iterator[Json]:  # fmt: skip
    """The occurrences of a series in a window, with what is known of single ones."""
    alone = {each["id"]: each for each in calendar.exceptions(master["id"])}
    for when in recurring.occurrences(master, horizon(master, begin, end)):
        event = occurrence(master, when)
        known = alone.pop(event["id"], event)
        told = event if known["status"] == "cancelled" else known
        if meets(told, begin, end, calendar.zone):
            yield known
    for known in alone.values():  # planned for later, and moved here
        if known["status"] != "cancelled" and meets(known, begin, end, calendar.zone):
            yield known


def instances(calendar: Calendar, master: Json, query: Query) -> Json:
    """events.instances."""
    one = {name: values[0] for name, values in query.items()}
    begin, end = window(one)
    if "pageToken" in one:
        found, first, number = _page(calendar, one["pageToken"])
    else:
        deleted = one.get("showDeleted") == "true"
        found = [
            each for each in expanded(calendar, master, begin, end)
            if (each["status"] != "cancelled" or deleted)
            and one.get("originalStart", each["originalStartTime"].get("dateTime")) == each["originalStartTime"].get("dateTime")
        ]  # fmt: skip
        first, number = 0, calendar.number
    size = min(int(one.get("maxResults", PAGE)), PAGE_MOST)
    items = [shown(each, calendar.address, one) for each in found[first : first + size]]
    answer: Json = {
        "kind": "calendar#events", "items": items, "timeZone": one.get("timeZone", calendar.zone)
    }  # fmt: skip
    if first + size < len(found):
        answer["nextPageToken"] = _kept(calendar, found, first + size, number)
    return answer
