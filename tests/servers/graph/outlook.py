"""Outlook: somebody before their own calendar, past every wire.

Not a client of Graph.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.servers.graph.events import Event, addresses
from tests.servers.graph.faults import Json
from tests.servers.graph.mailbox import Mailbox, one_of

if TYPE_CHECKING:
    from tests.servers.graph import Graph


class Outlook:
    """One person's."""

    def __init__(self, graph: Graph, box: Mailbox) -> None:
        self._graph, self._box = graph, box

    def event(self, uid: str) -> Event:
        """What lies there with that uid."""
        event = self._box.named(uid)
        assert event is not None, f"{self._box.address} has no {uid}"
        return event

    def make(self, subject: str, start: datetime, end: datetime, *, status: str = "busy", uid: str = "") -> Event:  # fmt: skip
        """Something of one's own."""
        meetings = self._graph.meetings
        uid = uid or meetings.uid(self._graph.now)
        event = Event(meetings.name(), uid, start, end, "W. Europe Standard Time", self._box.address)  # fmt: skip
        event.parts |= {"subject": subject, "showAs": status}
        self._box.put(event)
        return event

    def put(self, event: Event) -> None:
        """A meeting made by hand."""
        self._box.put(event)
        self._tell(event, "invitation")

    def change(self, event: Event) -> None:
        """It was edited."""
        self._box.note(event)
        self._tell(event, "update")

    def delete_one(self, event: Event, at: datetime) -> None:
        """One time of a series is deleted, and guests are told."""
        event.moved.pop(at, None)
        event.deleted.add(at)
        self._box.note(event)
        self._tell(event, "cancellation", at)

    def delete(self, event: Event) -> None:
        """All of it."""
        self._box.remove(event)
        self._tell(event, "cancellation")

    def move_one(self, event: Event, at: datetime, start: datetime, end: datetime) -> None:
        """One time of a series is dragged; everybody is asked anew."""
        one = one_of(event, at)
        one.start, one.end = start, end
        one.own.setdefault("attendees", deepcopy(event.parts.get("attendees", [])))
        for each in one.own["attendees"]:
            each["status"] = {"response": "none", "time": "0001-01-01T00:00:00Z"}
        self._box.note(event)
        self._tell(event, "update", at)

    def cut(self, event: Event, original: datetime) -> Event:
        """The series ends the day before that time; what it was comes back."""
        whole = deepcopy(event)
        day = (original - timedelta(days=1)).date().isoformat()
        limits: Json = event.parts["recurrence"]["range"]
        event.parts["recurrence"]["range"] = {"type": "endDate", "startDate": limits["startDate"], "endDate": day}  # fmt: skip
        event.moved = {at: each for at, each in event.moved.items() if at < original}
        event.deleted = {at for at in event.deleted if at < original}
        self.change(event)
        return whole

    def uninvite(self, event: Event, guest: str) -> None:
        """Taken off the list."""
        for parts in (event.parts, *(each.own for each in event.moved.values())):
            if "attendees" in parts:
                parts["attendees"] = [each for each in parts["attendees"] if addresses([each]) != [guest]]  # fmt: skip
        self._box.note(event)
        self._graph.meetings.send(event, "cancellation", [guest])

    def answers(self, uid: str, said: str, at: datetime | None = None) -> None:
        """What a guest says, to all of it or to one time."""
        self._graph.meetings.answer(self._box.address, self.event(uid), said, at)

    def _tell(self, event: Event, kind: str, at: datetime | None = None) -> None:
        if event.organizer == self._box.address:
            self._graph.meetings.send(event, kind, event.guests, at)  # type: ignore[arg-type]
