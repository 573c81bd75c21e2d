"""Meetings: who is told of what, and the copies of a meeting in the calendars of its guests.

Not one's own items: operations.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Literal

from tests.servers.exchange.items import (
    GUESTS,
    Item,
    Mailbox,
    Occurrence,
    address_of,
    id_of,
    mailbox,
)
from tests.servers.exchange.soap import Element, child, made, text_of

Kind = Literal["invitation", "update", "cancellation", "answer"]


@dataclass(frozen=True, slots=True)
class Told:
    """A mail about a meeting that the server has sent by itself."""

    to: str
    kind: Kind
    uid: str
    at: datetime | None = None
    """Of which occurrence, by when it was planned for."""


@dataclass(slots=True)
class Meetings:
    """Those of all mailboxes of one organisation."""

    boxes: dict[str, Mailbox]
    now: Callable[[], datetime]
    told: list[Told] = field(default_factory=list)
    processes: bool = True
    """Whether what a guest answers is put into the event (AutomateProcessing), or stays in the inbox."""
    _numbers: Iterable[int] = field(default_factory=lambda: count(1))

    def name(self) -> str:
        """An id that nobody has yet."""
        return f"AAMk{next(iter(self._numbers)):08d}"

    def send(self, item: Item, kind: Kind, to: Iterable[str], at: datetime | None = None) -> None:
        """Tell these guests, and change their copies."""
        uid = text_of(item.parts["UID"])
        item.sent = True
        for address in to:
            self.told.append(Told(address, kind, uid, at))
            if (box := self.boxes.get(address)) is not None:
                self._copy(box, item, kind, at)

    def _copy(self, box: Mailbox, item: Item, kind: Kind, at: datetime | None) -> None:
        known = box.named(text_of(item.parts["UID"]))
        if kind == "cancellation":
            if known is None:
                return
            # it stays there until its owner takes it off
            parts = known.parts
            if at is not None:
                if at in known.deleted:
                    return
                parts = known.moved.setdefault(at, _plain(known, at)).own
            parts["IsCancelled"] = made("t:IsCancelled", "true")
            parts["LegacyFreeBusyStatus"] = made("t:LegacyFreeBusyStatus", "Free")
            box.note("update", known)
            return
        fresh = deepcopy(item)
        fresh.tags = {}  # extended properties are the organizer's own
        fresh.id, fresh.change = (known.id, known.change) if known else (self.name(), 1)
        fresh.answer = "NoResponseReceived"
        box.items[fresh.id] = fresh
        box.note("update" if known else "create", fresh)

    def answer(
        self, guest: str, organizer: str, uid: str, said: str, at: datetime | None = None
    ) -> None:
        """What a guest says goes to the organizer, whose item then has it (and the guest's copy, or it goes)."""
        self.told.append(Told(organizer, "answer", uid, at))
        box = self.boxes.get(organizer)
        item = box.named(uid) if box else None
        if box is None or item is None:
            return
        if not self.processes:
            self._leave(box, item, guest, said, at)
            return
        if at is None:
            _say(item.parts, guest, said)
            for each in item.moved.values():
                _say(each.own, guest, said)
        else:
            exception = item.moved.setdefault(at, _plain(item, at))
            for name in GUESTS:
                if name in item.parts:
                    exception.own.setdefault(name, deepcopy(item.parts[name]))
            _say(exception.own, guest, said)
        box.note("update", item)

    def _leave(self, box: Mailbox, item: Item, guest: str, said: str, at: datetime | None) -> None:
        """In the inbox."""
        mail = Item(self.name(), "MeetingResponse", "inbox")
        mail.parts = {
            "ItemClass": made("t:ItemClass", f"IPM.Schedule.Meeting.Resp.{_CLASSES[said]}"),
            "DateTimeReceived": made("t:DateTimeReceived", f"{self.now():%Y-%m-%dT%H:%M:%SZ}"),
            "Sender": made("t:Sender", mailbox(guest)), "AssociatedCalendarItemId": made("t:AssociatedCalendarItemId", Id=id_of(item, at), ChangeKey=item.version),
            "IsOutOfDate": made("t:IsOutOfDate", "false"), "HasBeenProcessed": made("t:HasBeenProcessed", "false"),
            "ResponseType": made("t:ResponseType", said), "Size": made("t:Size", "100"),
        }  # fmt: skip
        box.put(mail)


_CLASSES = {"Accept": "Pos", "Decline": "Neg", "Tentative": "Tent"}


def _plain(item: Item, at: datetime) -> Occurrence:
    return deepcopy(item.time_at(at))


def _say(parts: dict[str, Element], guest: str, said: str) -> None:
    for name in GUESTS:
        for each in parts.get(name, ()):
            if address_of(each) == guest:
                old = child(each, "ResponseType")
                if old is not None:
                    each.remove(old)
                each.insert(1, made("t:ResponseType", said))
