"""Browser: what a person does in the web interface of the calendar.

Not the API: this and following is a thing of the interface alone, which makes two series of one (PROVIDERS 2.4).
"""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.servers.google import recurring
from tests.servers.google.calendars import Calendar
from tests.servers.google.events import Events
from tests.servers.google.recurring import base_and_place, place
from tests.servers.google.schema import Json

_ALL = {"sendUpdates": "all"}


class Browser:
    """Somebody before their calendar."""

    def __init__(self, events: Events, address: str) -> None:
        self._events, self.address = events, address

    @property
    def calendar(self) -> Calendar:
        """What they see."""
        return self._events.calendars[self.address]

    def make(self, **fields: Any) -> str:
        """A new event; its id."""
        return str(self._events.insert(self.address, self._body(fields), _ALL)["id"])

    def answer(self, name: str, status: str, comment: str = "") -> None:
        """Yes, no, perhaps: to a series or to one of its occurrences."""
        self._events.answer(self.address, name, status, comment)

    def edit_one(self, name: str, **fields: Any) -> None:
        """Only this event."""
        self._events.change(self.address, name, self._change(fields), _ALL)

    def edit_all(self, name: str, **fields: Any) -> None:
        """All events: of every part into which the series was split earlier. Of a new time the hour counts, on the days
        that each part has."""
        begin = self._body(fields).get("start")
        first = place(self.calendar.events[name]["start"])
        for part in self._parts(name):
            body = self._change(fields)
            if begin is not None:
                shift = place(begin) - first
                event = self.calendar.events[part]
                body |= {side: _shifted(event[side], shift) for side in ("start", "end")}
            self._events.change(self.address, part, body, _ALL)

    def edit_following(self, name: str, **fields: Any) -> str:
        """This and following: the old series ends before it, a new one begins; the id of that."""
        base, when = _instance(name)
        old = deepcopy(self.calendar.events[base])
        if when == place(old["start"]):
            self._events.change(self.address, base, self._change(fields), _ALL)
            return base
        self._ends(base, when)
        new = f"{base.partition('_R')[0]}_R{recurring.stamp(when).rstrip('Z')}"
        begin = recurring.told(when, old["start"])
        end = recurring.told(when + recurring.length(old), old["end"])
        event = {**old, "id": new, "iCalUID": f"{new}@google.com", "start": begin, "end": end, "sequence": 0}  # fmt: skip
        gone = sum(each < when for each in recurring.occurrences(old, when))
        event["recurrence"] = [_fewer(rule, gone) for rule in old["recurrence"]]
        event |= self._body(fields)
        event["extendedProperties"] = old.get("extendedProperties", {})
        self._events.put(self.address, event)
        return new

    def delete_one(self, name: str) -> None:
        """Only this event."""
        self._events.delete(self.address, name, _ALL)

    def delete_following(self, name: str) -> None:
        """This and following: the series ends before it, and is none where nothing is before it."""
        base, when = _instance(name)
        if when == place(self.calendar.events[base]["start"]):
            self._events.delete(self.address, base, _ALL)
        else:
            self._ends(base, when)

    def delete_all(self, name: str) -> None:
        """All events, of every part."""
        for part in self._parts(name):
            self._events.delete(self.address, part, _ALL)

    def invite(self, name: str, address: str) -> None:
        """One more guest."""
        event = self.calendar.found(name)
        assert event is not None
        guests = [*event.get("attendees", ()), {"email": address}]
        self._events.change(self.address, name, {"attendees": guests}, _ALL)

    def drop(self, name: str, address: str) -> None:
        """One guest less."""
        event = self.calendar.found(name)
        assert event is not None
        guests = [each for each in event["attendees"] if each["email"] != address]
        self._events.change(self.address, name, {"attendees": guests}, _ALL)

    def restore(self, name: str) -> None:
        """Back from the bin, under the id that it had."""
        if base_and_place(name) is None:
            self._events.restore(self.address, name)
        else:
            self._events.change(self.address, name, {"status": "confirmed"}, _ALL)

    def _parts(self, name: str) -> list[str]:
        base = name.partition("_R")[0]
        return [
            each for each, event in self.calendar.events.items()
            if (each == base or each.startswith(f"{base}_R")) and event["status"] != "cancelled" and "recurrence" in event
        ]  # fmt: skip

    def _ends(self, base: str, before: recurring.Place) -> None:
        event = self.calendar.events[base]
        last = before - timedelta(seconds=1) if isinstance(before, datetime) else before - timedelta(days=1)  # fmt: skip
        until = f"{last:%Y%m%dT%H%M%SZ}" if isinstance(last, datetime) else f"{last:%Y%m%d}"
        rules = [_until(rule, until) for rule in event["recurrence"]]
        self._events.change(self.address, base, {"recurrence": rules}, _ALL)

    def _change(self, fields: dict[str, Any]) -> Json:
        """A time as a whole: what is all day may become an hour."""
        body = self._body(fields)
        for side in body.keys() & {"start", "end"}:
            body[side] = {"date": None, "dateTime": None, "timeZone": None} | body[side]
        return body

    def _body(self, fields: dict[str, Any]) -> Json:
        body: Json = {}
        for name, value in fields.items():
            if name == "guests":
                body["attendees"] = [{"email": each} for each in value]
            elif name in ("start", "end") and not isinstance(value, dict):
                body[name] = recurring.told(
                    value.astimezone(UTC) if isinstance(value, datetime) else value,
                    {"timeZone": getattr(getattr(value, "tzinfo", None), "key", None) or self.calendar.zone},
                )  # fmt: skip
            else:
                body[name] = value
        return body


def _instance(name: str) -> tuple[str, recurring.Place]:
    found = base_and_place(name)
    assert found is not None, f"{name} is no occurrence of a series"
    return found


def _until(rule: str, until: str) -> str:
    if not rule.startswith("RRULE"):
        return rule
    parts = [each for each in rule.split(";") if not each.startswith(("UNTIL=", "COUNT="))]
    return ";".join([*parts, f"UNTIL={until}"])


def _fewer(rule: str, gone: int) -> str:
    """What is left of a number of times."""
    return re.sub(r"COUNT=(\d+)", lambda found: f"COUNT={int(found[1]) - gone}", rule)


def _shifted(told: Json, shift: timedelta) -> Json:
    """In wall time."""
    if "date" in told:
        return {"date": (date.fromisoformat(told["date"]) + shift).isoformat()}
    zone = recurring.zone_of(told)
    wall = datetime.fromisoformat(told["dateTime"]).astimezone(zone).replace(tzinfo=None) + shift
    return recurring.told(wall.replace(tzinfo=zone).astimezone(UTC), told)
