"""Mailboxes of one organisation: what lies in each, who is told of a meeting, and the copies of it that guests have.

Not what may be asked: calendars.py, mails.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Literal

from tests.servers.graph.events import GOID, Event, Occurrence, addresses

Kind = Literal["invitation", "update", "cancellation", "answer"]


@dataclass(frozen=True, slots=True)
class Told:
    """A mail about a meeting that the server has sent by itself; `at`: of which occurrence, by when it was planned for."""

    to: str
    kind: Kind
    uid: str
    at: datetime | None = None


@dataclass(slots=True)
class Mail:
    """One mail, or the draft of one."""

    name: str
    raw: bytes
    folder: str
    at: datetime
    tags: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Mailbox:
    """One person's. `log`: which event has changed, in order; a delta token is a number in it. `arrived`: the same of the inbox."""

    address: str
    events: dict[str, Event] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)
    mails: dict[str, Mail] = field(default_factory=dict)
    arrived: list[str] = field(default_factory=list)
    oldest: int = 0
    """Tokens from before are not known any more."""

    def note(self, event: Event) -> None:
        """It has changed."""
        event.change += 1
        self.log.append(event.name)

    def put(self, event: Event) -> None:
        """A new one."""
        self.events[event.name] = event
        self.log.append(event.name)

    def remove(self, event: Event) -> None:
        """Into the bin, where no request about events finds it."""
        del self.events[event.name]
        self.log.append(event.name)

    def named(self, uid: str) -> Event | None:
        """The event with that uid."""
        return next((each for each in self.events.values() if each.uid == uid), None)


@dataclass(slots=True)
class Meetings:
    """Those of all mailboxes."""

    boxes: dict[str, Mailbox]
    told: list[Told] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def name(self) -> str:
        """An id that nobody has yet; it has characters that stand in no path as they are."""
        return f"AAkALg{next(self.numbers):06d}/+=="

    def uid(self, now: datetime) -> str:
        """An iCalUId as Exchange gives them."""
        return f"{GOID}00000000{int(now.timestamp()):016X}{0:016X}10000000{next(self.numbers):032X}"

    def send(self, event: Event, kind: Kind, to: Iterable[str], at: datetime | None = None) -> None:
        """Tell these guests, and change their copies."""
        for address in to:
            self.told.append(Told(address, kind, event.uid, at))
            if (box := self.boxes.get(address)) is not None:
                self._copy(box, event, kind, at)

    def _copy(self, box: Mailbox, event: Event, kind: Kind, at: datetime | None) -> None:
        known = box.named(event.uid)
        if kind == "cancellation":
            if known is None or at in known.deleted:
                return
            # it stays there until its owner takes it off
            parts = known.parts if at is None else one_of(known, at).own
            parts |= {"isCancelled": True, "showAs": "free"}
            box.note(known)
            return
        fresh = deepcopy(event)
        fresh.tags, fresh.answer = {}, "notResponded"  # extended properties are the organizer's own
        fresh.parts.pop("transactionId", None)
        for each in fresh.moved.values():
            each.tags = {}
        fresh.name, fresh.change = (known.name, known.change + 1) if known else (self.name(), 1)
        fresh.parts["showAs"] = "tentative"
        box.put(fresh)

    def answer(self, guest: str, copy: Event, said: str, at: datetime | None = None) -> None:
        """What a guest says goes to the organizer, whose event then has it."""
        box = self.boxes[guest]
        if at is None:
            copy.answer = said
        elif said == "declined":
            copy.deleted.add(at)
            copy.moved.pop(at, None)
        else:
            one_of(copy, at).own["answer"] = said
        box.note(copy)
        self.told.append(Told(copy.organizer, "answer", copy.uid, at))
        theirs = self.boxes.get(copy.organizer)
        event = theirs.named(copy.uid) if theirs else None
        if theirs is None or event is None:
            return
        if at is None:
            _say(event.parts, guest, said)
            for each in event.moved.values():
                _say(each.own, guest, said)
        else:
            own = one_of(event, at).own
            own.setdefault("attendees", deepcopy(event.parts.get("attendees", [])))
            _say(own, guest, said)
        theirs.note(event)


def one_of(event: Event, at: datetime) -> Occurrence:
    """One occurrence, which stands by itself from now on."""
    return event.moved.setdefault(at, event.time_at(at))


def _say(parts: dict[str, list[dict[str, object]]], guest: str, said: str) -> None:
    for each in parts.get("attendees", ()):
        if addresses([each]) == [guest]:
            each["status"] = {"response": said, "time": "2026-10-01T00:00:00Z"}
