"""Selecting: which events the parameters of a listing let through, in which order, and how much of each they show.

Not pages and not tokens: listing.py. What a parameter means is told by its description in the discovery document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.servers.google import recurring
from tests.servers.google.calendars import Calendar
from tests.servers.google.refused import bad, empty
from tests.servers.google.schema import Json

Query = Mapping[str, Sequence[str]]
_SEARCHED = ("summary", "description", "location")


def window(one: Mapping[str, object]) -> tuple[datetime | None, datetime | None]:
    """timeMin and timeMax: both with an offset, the second after the first."""
    begin, end = (instant_of(one, name) for name in ("timeMin", "timeMax"))
    if begin and end and end <= begin:
        raise empty()
    return begin, end


def instant_of(one: Mapping[str, object], name: str) -> datetime | None:
    """A parameter that is a time; "with mandatory time zone offset"."""
    if name not in one:
        return None
    moment = datetime.fromisoformat(str(one[name]))
    if moment.tzinfo is None:
        raise bad("Bad Request", "badRequest", name)
    return moment.astimezone(UTC)


def instant(when: date, zone: str) -> datetime:
    """A day has no zone: it begins where the calendar is."""
    if isinstance(when, datetime):
        return when
    return datetime.combine(when, time(), ZoneInfo(zone)).astimezone(UTC)


def begins(event: Json, zone: str) -> datetime:
    """When it begins; a tombstone where its occurrence was planned, or long ago."""
    told = event.get("start") or event.get("originalStartTime")
    return instant(recurring.place(told), zone) if told else datetime.min.replace(tzinfo=UTC)


def meets(event: Json, begin: datetime | None, end: datetime | None, zone: str) -> bool:
    """Whether an event, or any occurrence of a series, lies in that window: both bounds are exclusive."""
    if "recurrence" in event:
        lasts = recurring.length(event)
        return any(
            (begin is None or instant(when, zone) + lasts > begin)
            and (end is None or instant(when, zone) < end)
            for when in recurring.occurrences(event, horizon(event, begin, end))
        )
    first, last = (instant(recurring.place(event[name]), zone) for name in ("start", "end"))
    return (begin is None or last > begin) and (end is None or first < end)


def horizon(event: Json, begin: datetime | None, end: datetime | None) -> datetime:
    """Up to when occurrences are looked at where nobody sets an end: some time after the beginning of what is asked for."""
    if end is not None:
        return end + timedelta(days=1)
    return max(instant(recurring.place(event["start"]), "UTC"), begin or datetime.min.replace(tzinfo=UTC)) + recurring.FOR_EVER  # fmt: skip


def is_wanted(calendar: Calendar, event: Json, query: Query) -> bool:
    """By all that is no time of the event."""
    one = {name: values[0] for name, values in query.items()}
    if "iCalUID" in one and event.get("iCalUID") != one["iCalUID"]:
        return False
    if "eventTypes" in query and event.get("eventType", "default") not in query["eventTypes"]:
        return False
    since = instant_of(one, "updatedMin")
    if since is not None and calendar.updated(event) < since:
        return False
    if "q" in one and one["q"].casefold() not in _words(event):
        return False
    for kind in ("private", "shared"):
        own = event.get("extendedProperties", {}).get(kind, {})
        pairs = (each.partition("=") for each in query.get(f"{kind}ExtendedProperty", ()))
        if not all(own.get(name) == value for name, _, value in pairs):
            return False
    return True


def _words(event: Json) -> str:
    people = [event.get("organizer", {}), *event.get("attendees", ())]
    found = [str(event.get(name, "")) for name in _SEARCHED]
    found += [str(each.get(name, "")) for each in people for name in ("email", "displayName")]
    return "\n".join(found).casefold()


def ordered(calendar: Calendar, found: list[Json], one: Mapping[str, str]) -> list[Json]:
    """By start, of single events alone (googleworkspace/java-samples#52 has the refusal), or by their last change."""
    match one.get("orderBy"):
        case "startTime":
            if one.get("singleEvents") != "true":
                raise bad(
                    "The requested ordering is not available for the particular query.", location="orderBy"
                )  # fmt: skip
            return sorted(found, key=lambda each: begins(each, calendar.zone))
        case "updated":
            return sorted(found, key=calendar.updated)
    return found


def shown(event: Json, owner: str, one: Mapping[str, str]) -> Json:
    """With as many guests as were asked for, and in the zone that was asked for."""
    most, zone = int(one.get("maxAttendees", 0)), one.get("timeZone")
    guests = event.get("attendees", ())
    if not zone and not 0 < most < len(guests):
        return event
    event = deepcopy(event)
    if 0 < most < len(guests):
        event["attendees"] = [each for each in guests if each["email"] == owner]
        event["attendeesOmitted"] = True
    for name in ("start", "end", "originalStartTime"):
        if zone and "dateTime" in event.get(name, {}):
            told = event[name]
            event[name] = told | {"dateTime": recurring.told(recurring.place(told), {"timeZone": zone})["dateTime"]}  # fmt: skip
    return event
