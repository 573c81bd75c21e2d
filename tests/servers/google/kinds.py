"""Kinds of events (eventType): what each has to be like, and what each is by itself.

Not whether it takes time: freebusy.py. Sources: Event.eventType in the discovery document, developers.google.com/calendar/
api/guides/calendar-status and /event-types; the words of most refusals are ours.
"""

from __future__ import annotations

from tests.servers.google.refused import bad
from tests.servers.google.schema import Json

_PROPERTIES = {
    "outOfOfficeProperties": "outOfOffice", "focusTimeProperties": "focusTime",
    "workingLocationProperties": "workingLocation", "birthdayProperties": "birthday",
}  # fmt: skip
_CREATED = ("default", "outOfOffice", "focusTime", "workingLocation", "birthday")
_FREE = {
    "workingLocation": {"transparency": "transparent", "visibility": "public"},
    "birthday": {"transparency": "transparent", "visibility": "private"},
}


def check(event: Json) -> None:
    """Raises Refused for one that its kind cannot be."""
    kind = event["eventType"]
    if kind not in _CREATED:
        raise bad(f"Event type {kind} cannot be created.")
    for name, its in _PROPERTIES.items():
        if name in event and its != kind:  # also when it is empty: dust-tt/dust#25311
            raise bad(f"{name} requires an event type of {its}")
    if kind in ("outOfOffice", "focusTime") and "date" in event["start"]:
        raise bad(f"An event of type {kind} cannot last all day.")  # google_workspace_mcp#637
    if kind != "default" and event.get("attendees"):
        raise bad(f"An event of type {kind} cannot have attendees.")
    yearly = any("FREQ=YEARLY" in rule for rule in event.get("recurrence", ()))
    if kind == "birthday" and not ("date" in event["start"] and yearly):
        raise bad("A birthday lasts all day, and comes every year.")
    for name, value in _FREE.get(kind, {}).items():
        event.setdefault(name, value)
