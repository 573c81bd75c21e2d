"""One change, written in as many requests as it takes.

Not whether it may be made: calendar.py; nor in what order: connectors/mirrored/stepwise.py. Graph tells the guests of every change
that matters to them, and there is no way not to: of a new rhythm they hear once, and once more for each time that stands by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Event

from connectors.microsoft.access import Access, Json, path_of, until
from connectors.microsoft.events import (
    DONE,
    PENDING,
    gaps_of,
    instant_of,
    invited,
    marks_with,
    planned_of,
    recurrence_of,
    tagged,
    times_of,
    told,
    zone_of_item,
)
from connectors.microsoft.mirror import Group, Mirror
from connectors.mirrored.stepwise import Single, Stepwise, instant
from daemon.errors import VersionConflict
from daemon.ical.meaning import meant
from daemon.ical.reading import moment_of

OVER = "-"
"""What stands where something was pending: Graph takes no extended property away."""


@dataclass(frozen=True, slots=True)
class Change(Stepwise):
    """One at Microsoft 365. `words`: what else has to be written, and is read otherwise than the rest."""

    mirror: Mirror
    words: Json

    @property
    def group(self) -> Group:
        """The event as it is now."""
        return self.mirror.now(self.place.uid)

    def _recurs(self) -> bool:
        return bool(self.group.master.get("recurrence"))

    def _pending(self) -> bool:
        return bool(self.group.pending)

    def _gaps(self) -> set[float]:
        master = self.group.master
        return {instant(each) for each in gaps_of(master, zone_of_item(master))}

    def _singles(self) -> Iterable[Single]:
        group, zone = self.group, zone_of_item(self.group.master)
        return [
            Single(instant(planned_of(each, zone, group.master)), frozenset(told(each)), each)
            for each in group.exceptions
        ]

    def _rhythm(self, part: Event) -> object:
        return times_of(part), recurrence_of(part)

    def _read_again(self) -> None:
        self.mirror.again(self.group.name)

    def _write_rhythm(self, part: Event, old: Event | None) -> None:
        pending = self.text.to_ical().decode()
        body = {**self._differs(part, old, self.group.master), **self.words}
        self._patch(self.group.master, body | {"singleValueExtendedProperties": tagged({PENDING: pending})})  # fmt: skip

    def _write_last(self, part: Event, old: Event | None) -> None:
        """Only what differs is written: whatever else is sent along would be changed as well, and told."""
        group = self.group
        item = self._item(part)
        tags = {DONE: marks_with(item, self.key, meant(self.text))}
        if group.pending and not self.place.recurrence:
            tags[PENDING] = OVER
        body = {**self._differs(part, old, item), **({} if group.pending else self.words)}
        self._patch(item, body | {"singleValueExtendedProperties": tagged(tags)})

    def _differs(self, part: Event, old: Event | None, item: Json) -> Json:
        body: Json = {}
        if old is None or self._rhythm(old) != self._rhythm(part):
            body |= times_of(part)
            if (recurrence := recurrence_of(part)) is not None:
                body["recurrence"] = recurrence
        if old is None or invited(old) != invited(part):
            body["attendees"] = _guests(part, item)
        return body

    def _item(self, part: Event) -> Json:
        """What is written: the event, or one occurrence of it. Raises VersionConflict."""
        if not self.place.recurrence:
            return self.group.master
        return occurrence(self.mirror.access, self.group, part)

    def _move(self, part: Event, planned: date | datetime) -> None:
        """Not where it is there already: everybody would be told once more."""
        found = occurrence_at(self.mirror.access, self.group, planned)
        wished = moment_of(part)
        if found is not None and instant_of(found["start"]).timestamp() != instant(wished):
            self._patch(found, times_of(part), guarded=False)

    def _take_off(self, moment: date | datetime) -> None:
        found = occurrence_at(self.mirror.access, self.group, moment)
        if found is not None:
            take_off(self.mirror.access, self.group, found)

    def _invite(self, item: Any, part: Event) -> None:
        self._patch(item, {"attendees": _guests(part, item)}, guarded=False)

    def _patch(self, item: Json, body: Json, *, guarded: bool = True) -> None:
        """`guarded`: over exactly what was read; a step of a change is guarded by its first one."""
        headers = (
            {"If-Match": str(item["@odata.etag"])} if guarded and "@odata.etag" in item else {}
        )
        self.mirror.access.ask("PATCH", f"/events/{path_of(item['id'])}", body=body, headers=headers)  # fmt: skip


def _guests(part: Event, item: Json) -> list[Json]:
    """A list is replaced as a whole: what else stands there of each (a name, that they need not come) stays, and so do rooms."""
    there = item.get("attendees") or ()
    known = {str(each["emailAddress"].get("address", "")).lower(): each for each in there}
    rooms = [each for each in there if each.get("type") == "resource"]
    every = [*(known.get(each["emailAddress"]["address"], each) for each in invited(part)), *rooms]
    return [{name: each[name] for name in ("emailAddress", "type") if name in each} for each in every]  # fmt: skip


def occurrence(access: Access, group: Group, part: Event) -> Json:
    """One time of a series, as it is. Raises VersionConflict."""
    found = occurrence_at(access, group, moment_of(part, "RECURRENCE-ID"))
    if found is None:
        raise VersionConflict(f"{group.uid} {moment_of(part, 'RECURRENCE-ID')} is no longer there")
    return found


def occurrence_at(access: Access, group: Group, moment: date | datetime) -> Json | None:
    """The same by when it was planned for; None where there is none."""
    zone = zone_of_item(group.master)
    for each in group.exceptions:
        if instant(planned_of(each, zone, group.master)) == instant(moment):
            return each
    if not isinstance(moment, datetime):
        return None
    start = moment.astimezone(UTC)
    query = {"startDateTime": until(start), "endDateTime": until(start + timedelta(minutes=1)), "$select": "id,type,start,isOrganizer,attendees"}  # fmt: skip
    answer = access.ask("GET", f"/events/{path_of(group.name)}/instances", query=query)
    for each in answer.get("value", ()):
        if instant_of(each["start"]) == start and each.get("type") == "occurrence":
            return dict(each)
    return None


def take_off(access: Access, group: Group, item: Json) -> None:
    """An event or an occurrence: who is invited is told."""
    name = path_of(str(item["id"]))
    if group.master.get("isOrganizer") and told({**group.master, **item}):
        access.ask("POST", f"/events/{name}/cancel", body={"comment": ""})
    else:
        access.ask("DELETE", f"/events/{name}")
