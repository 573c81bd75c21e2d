"""Calendars: what may be asked about the events of a mailbox, and what is done then.

Not mails: mails.py.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable
from copy import deepcopy
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tests.servers.graph.events import (
    Event,
    Occurrence,
    addresses,
    chosen,
    instant,
    moment,
    name_of,
    shown,
    split,
)
from tests.servers.graph.faults import Json, Refused
from tests.servers.graph.mailbox import Mailbox, Meetings, one_of

if TYPE_CHECKING:
    from tests.servers.graph import Graph

_FILTER = re.compile(r"singleValueExtendedProperties/Any\(ep: ep/id eq '([^']+)' and ep/value eq '([^']*)'\)")  # fmt: skip
_RHYTHM = ("start", "end", "recurrence")
_WORTH_A_MAIL = (*_RHYTHM, "location", "subject", "isOnlineMeeting")
_READ_ONLY = ("id", "iCalUId", "changeKey", "type", "organizer", "isOrganizer", "responseStatus", "seriesMasterId")  # fmt: skip
SCHEDULE_DAYS_MOST, SCHEDULES_MOST = 42, 20


class Calendars:
    """Requests about one mailbox."""

    def __init__(self, graph: Graph, box: Mailbox, path: str) -> None:
        self._graph, self._box, self._path = graph, box, path
        self._meetings: Meetings = graph.meetings

    # --- reading

    def delta(self, query: dict[str, str], prefer: str) -> Json:
        """What has changed within a window since a token; of a series the master and each of its times, and of these little."""
        if token := query.get("$deltatoken") or query.get("$skiptoken"):
            state = json.loads(base64.urlsafe_b64decode(token))
        else:
            if set(query) != {"startDateTime", "endDateTime"}:
                raise Refused(400, "ErrorInvalidUrlQuery", f"{sorted(query)} are not taken here")
            state = {"start": query["startDateTime"], "end": query["endDateTime"], "since": -1, "done": 0}  # fmt: skip
        if 0 <= state["since"] < self._box.oldest:
            raise Refused(410, "syncStateNotFound", "The sync state generation is not found.")
        state.setdefault("to", len(self._box.log))
        window = datetime.fromisoformat(state["start"]), datetime.fromisoformat(state["end"])
        every = [body for name in self._touched(state) for body in self._told(name, window, state["since"] < 0)]  # fmt: skip
        size = re.search(r"odata\.maxpagesize=(\d+)", prefer)
        last = state["done"] + (int(size[1]) if size else 10)
        answer: Json = {"@odata.context": "#Collection(event)", "value": every[state["done"] : last]}  # fmt: skip
        if last < len(every):
            answer["@odata.nextLink"] = self._link("$skiptoken", state | {"done": last})
        else:
            fresh = {"start": state["start"], "end": state["end"], "since": state["to"], "done": 0}
            answer["@odata.deltaLink"] = self._link("$deltatoken", fresh)
        return answer

    def _link(self, name: str, state: Json) -> str:
        token = base64.urlsafe_b64encode(json.dumps(state).encode()).decode()
        return f"{self._graph.url}{self._path}?{name.replace('$', '%24')}={token}"

    def _touched(self, state: Json) -> list[str]:
        names = self._box.events if state["since"] < 0 else self._box.log[state["since"] : state["to"]]  # fmt: skip
        return list(dict.fromkeys(names))

    def _told(self, name: str, window: tuple[datetime, datetime], first: bool) -> Iterable[Json]:
        event = self._box.events.get(name)
        inside = event.within(*window) if event else []
        if event is None or not inside:
            # also of what was never there (microsoft-graph-docs #6599)
            return () if first else [{"@odata.type": "#microsoft.graph.event", "id": name, "@removed": {"reason": "deleted"}}]  # fmt: skip
        bodies = [chosen(shown(event, self._box.address), {})]
        if event.recurs:
            bodies += [self._little(event, each) for each in inside]
        return bodies

    def _little(self, event: Event, at: Occurrence) -> Json:
        """Of a time that is as planned hardly anything is told (microsoft-graph-docs #7632); of one that was taken off, nothing."""
        whole = chosen(shown(event, self._box.address, at), {})
        if at.original in event.moved:
            return whole
        names = ("@odata.etag", "id", "seriesMasterId", "type", "start", "end")
        return {"@odata.type": "#microsoft.graph.event"} | {name: whole[name] for name in names}

    def view(self, query: dict[str, str]) -> Json:
        """What takes place in a window, each occurrence by itself."""
        return self._times(self._box.events.values(), query)

    def instances(self, name: str, query: dict[str, str]) -> Json:
        """The same of one series."""
        return self._times([self._found(name)[0]], query)

    def _times(self, events: Iterable[Event], query: dict[str, str]) -> Json:
        start, end = (datetime.fromisoformat(query[name]) for name in ("startDateTime", "endDateTime"))  # fmt: skip
        every = [
            chosen(shown(event, self._box.address, each), query)
            for event in events
            for each in event.within(start, end)
        ]
        return self._page(every, query)

    def _page(self, every: list[Json], query: dict[str, str]) -> Json:
        skip, top = int(query.get("$skip", 0)), int(query.get("$top", 10))
        answer: Json = {"@odata.context": "#Collection(event)", "value": every[skip : skip + top]}
        if skip + top < len(every):
            more = "&".join(f"{k.replace('$', '%24')}={_quoted(v)}" for k, v in (query | {"$skip": str(skip + top)}).items())  # fmt: skip
            answer["@odata.nextLink"] = f"{self._graph.url}{self._path}?{more}"
        return answer

    def listed(self, query: dict[str, str]) -> Json:
        """Masters and single events that carry an extended property of a value."""
        wanted = _FILTER.fullmatch(query["$filter"])
        if wanted is None:
            raise Refused(400, "ErrorInvalidUrlQueryFilter", query["$filter"])
        found = [each for each in self._box.events.values() if each.tags.get(wanted[1]) == wanted[2]]  # fmt: skip
        return self._page([chosen(shown(each, self._box.address), query) for each in found], query)

    def one(self, name: str, query: dict[str, str]) -> Json:
        """An event, or one occurrence."""
        event, at = self._found(name)
        return chosen(shown(event, self._box.address, at), query)

    def _found(self, name: str) -> tuple[Event, Occurrence | None]:
        master, planned = split(name)
        event = self._box.events.get(master)
        if event is None:
            raise Refused(404, "ErrorItemNotFound", "The specified object was not found in the store.")  # fmt: skip
        return event, event.time_at(planned) if planned else None

    # --- writing

    def create(self, body: Json) -> Json:
        """A new one; what was made with the same transaction is there already, and is answered again."""
        _check(body)
        for each in self._box.events.values():
            if body.get("transactionId") and each.parts.get("transactionId") == body["transactionId"]:  # fmt: skip
                return chosen(shown(each, self._box.address), {})
        meetings = self._meetings
        event = Event(
            meetings.name(), meetings.uid(self._graph.now), instant(body["start"]), instant(body["end"]), body["start"]["timeZone"],
            self._box.address,
        )  # fmt: skip
        self._set(event, None, body)
        self._box.put(event)
        meetings.send(event, "invitation", event.guests)
        return chosen(shown(event, self._box.address), {})

    def update(self, name: str, body: Json, expected: str) -> Json:
        """Only what is named. Whoever is invited is told where it matters to them: there is no way not to."""
        _check(body)
        event, at = self._found(name)
        if expected and expected != event.etag:
            raise Refused(412, "ErrorIrresolvableConflict", "The change key passed in the request does not match.")  # fmt: skip
        before = set(event.guests if at is None else self._guests(event, at))
        if at is not None:
            at = one_of(event, at.original)
        self._set(event, at, body)
        self._box.note(event)
        if event.organizer == self._box.address:
            self._tell(event, at, before, body)
        return chosen(shown(event, self._box.address, at), {})

    def _tell(self, event: Event, at: Occurrence | None, before: set[str], body: Json) -> None:
        planned = at.original if at else None
        after = set(event.guests if at is None else self._guests(event, at))
        if any(name in body for name in _WORTH_A_MAIL):
            self._meetings.send(event, "update", sorted(before & after), planned)
            if at is None:
                for each in sorted(event.moved):
                    self._meetings.send(event, "update", sorted(before & after), each)
        self._meetings.send(event, "invitation", sorted(after - before), planned)
        self._meetings.send(event, "cancellation", sorted(before - after), planned)

    def _guests(self, event: Event, at: Occurrence) -> list[str]:
        return addresses(at.own.get("attendees", event.parts.get("attendees", [])))

    def _set(self, event: Event, at: Occurrence | None, body: Json) -> None:
        parts = event.parts if at is None else at.own
        moved = any(name in body for name in _RHYTHM)
        if "start" in body and "end" in body:
            self._put_at(event, at, body)
        tags = event.tags if at is None else at.tags
        for each in body.get("singleValueExtendedProperties", ()):
            if each["value"]:
                tags[each["id"]] = each["value"]
            else:
                tags.pop(each["id"], None)
        if "attendees" in body:
            known = {addresses([each])[0]: each for each in (event.parts | parts).get("attendees", ())}  # fmt: skip
            parts["attendees"] = [_guest(each, known) for each in body["attendees"]]
        if moved:
            if at is not None:
                parts.setdefault("attendees", deepcopy(event.parts.get("attendees", [])))
            for each in parts.get("attendees", ()):
                each["status"] = {"response": "none", "time": "0001-01-01T00:00:00Z"}
        other = ("start", "end", "attendees", "singleValueExtendedProperties")
        parts |= {name: value for name, value in body.items() if name not in other}
        if body.get("isOnlineMeeting") and body.get("onlineMeetingProvider") == "teamsForBusiness":
            if self._graph.makes_rooms:
                parts["onlineMeeting"] = {"joinUrl": f"https://teams.example/l/{event.name[6:12]}"}
            else:
                parts["isOnlineMeeting"] = False

    def _put_at(self, event: Event, at: Occurrence | None, body: Json) -> None:
        start, end = instant(body["start"]), instant(body["end"])
        if at is not None:
            at.start, at.end = start, end
            return
        if event.recurs or "recurrence" in body:
            event.moved, event.deleted = (
                {},
                set(),
            )  # a rhythm that is written takes all that was changed by itself away
        event.start, event.end, event.zone = start, end, body["start"]["timeZone"]

    def cancel(self, name: str) -> None:
        """The organizer calls it off, and everybody is told."""
        event, at = self._found(name)
        guests = event.guests if at is None else self._guests(event, at)
        if event.organizer != self._box.address or not guests:
            raise Refused(400, "ErrorInvalidRequest", "Your request can't be completed. You need to be an organizer to cancel a meeting.")  # fmt: skip
        self.delete(name)

    def delete(self, name: str) -> None:
        """Off the calendar; where it is one's own meeting, everybody is told."""
        event, at = self._found(name)
        guests = event.guests if at is None else self._guests(event, at)
        if at is None:
            self._box.remove(event)
        else:
            event.moved.pop(at.original, None)
            event.deleted.add(at.original)
            self._box.note(event)
        if event.organizer == self._box.address:
            self._meetings.send(event, "cancellation", guests, at.original if at else None)

    # --- when somebody is busy

    def schedule(self, body: Json) -> Json:
        """Of whom the organisation knows; of others it says why not."""
        told = {name.lower(): value for name, value in body.items()}
        start, end = instant(told["starttime"]), instant(told["endtime"])
        if (end - start).days > SCHEDULE_DAYS_MOST:
            raise Refused(400, "ErrorInvalidParameter", "The requested time range is too long.")
        if len(told["schedules"]) > SCHEDULES_MOST:
            raise Refused(400, "ErrorInvalidParameter", "Too many schedules.")
        return {"value": [self._free_busy(who, start, end) for who in told["schedules"]]}

    def _free_busy(self, who: str, start: datetime, end: datetime) -> Json:
        box = self._graph.boxes.get(who.lower())
        if box is None or who.lower() in self._graph.hides_busy:
            return {"scheduleId": who, "error": {"message": "Unable to resolve.", "responseCode": "ErrorMailRecipientNotFound"}}  # fmt: skip
        items = []
        for event in box.events.values():
            for at in event.within(start, end):
                body = shown(event, box.address, at)
                if body["responseStatus"]["response"] != "declined" and not body["isCancelled"]:
                    items.append({"status": body["showAs"], "start": moment(at.start), "end": moment(at.end), "subject": body["subject"]})  # fmt: skip
        return {"scheduleId": who, "availabilityView": "", "scheduleItems": items}


def _guest(told: Json, known: dict[str, Json]) -> Json:
    status = known.get(addresses([told])[0], {}).get("status", {"response": "none", "time": "0001-01-01T00:00:00Z"})  # fmt: skip
    return deepcopy(told) | {"status": dict(status)}


def _check(body: Json) -> None:
    for name in _READ_ONLY:
        if name in body:
            raise Refused(400, "ErrorPropertyCannotBeWritten", f"{name} is read-only")
    recurrence: Any = body.get("recurrence")
    if recurrence and recurrence["range"]["startDate"] != body["start"]["dateTime"][:10]:
        raise Refused(400, "ErrorPropertyValidationFailure", "The start date of the range is not that of the event.")  # fmt: skip


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="")


__all__ = ["Calendars", "name_of"]
