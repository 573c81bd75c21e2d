"""Bodies: what a client writes into an event, and how Google gives it back.

Not what follows from it for others: events.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from tests.servers.google import recurring
from tests.servers.google.refused import bad, empty
from tests.servers.google.schema import Json

WORDS = ("summary", "location", "description")


def differs(one: Json, other: Json, names: Iterable[str]) -> bool:
    """Whether one of these is not the same."""
    return any(one.get(name) != other.get(name) for name in names)


NOT_WRITTEN = (
    "kind", "etag", "id", "status", "created", "updated", "creator", "organizer", "iCalUID", "htmlLink", "sequence",
    "recurringEventId", "originalStartTime", "eventType",
)  # fmt: skip
"""What a client may send along, and only Google says."""


def patched(event: Json, body: Json) -> Json:
    """Objects are merged, also times (n8n-io/n8n#35800), lists are replaced, null takes away."""
    merged: dict[str, Any] = deepcopy(event)
    for name, value in body.items():
        if name in NOT_WRITTEN:
            continue
        if value is None:
            merged.pop(name, None)
        elif isinstance(value, dict):
            known = merged.get(name)
            merged[name] = patched(known if isinstance(known, dict) else {}, value)
        else:
            merged[name] = deepcopy(value)
    return merged


def normal(event: Json, zone: str) -> None:
    """As Google gives it back: times with their offset, guests with what they said."""
    for name in ("start", "end"):
        told = event.get(name, {}).keys() & {"date", "dateTime"}
        if not told:
            raise bad(f"Missing {name} time.", "required")
        if len(told) > 1:
            raise bad(f"Invalid {name} time.")
    try:
        recurring.check(event)
        start, end = recurring.place(event["start"]), recurring.place(event["end"])
    except recurring.BadRule as why:
        raise bad(str(why)) from why
    if type(start) is not type(end):
        raise bad("Invalid start time.")
    if end < start:
        raise empty()
    for name, when in (("start", start), ("end", end)):
        event[name] = recurring.told(when, {"timeZone": event[name].get("timeZone") or zone})
    if not event.get("recurrence"):
        event.pop("recurrence", None)
    for each in event.get("attendees", ()):
        if "@" not in each.get("email", ""):
            raise bad("Missing attendee email." if "email" not in each else "Invalid attendee email.")  # fmt: skip
        each["email"] = each["email"].lower()
        each.setdefault("responseStatus", "needsAction")
        if each["email"] == event["organizer"]["email"]:
            each["organizer"] = True


def ask_anew(event: Json, owner: str) -> None:
    """Nobody but its owner has said anything."""
    for each in event.get("attendees", ()):
        if each["email"] != owner:
            each["responseStatus"] = "needsAction"
