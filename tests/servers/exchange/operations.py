"""Operations on single items of one's own mailbox, as far as a daemon asks for them.

Not what lies in folders (folders.py), not who is told of a meeting (meetings.py) and not when people are busy (availability.py).
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from typing import TYPE_CHECKING

from tests.servers.exchange import availability, post
from tests.servers.exchange.folders import Folders, wanted_in
from tests.servers.exchange.items import (
    Item,
    Occurrence,
    address_of,
    moment_of,
    name_of_tag,
    read_id,
    shown,
)
from tests.servers.exchange.soap import (
    Element,
    Refused,
    child,
    done,
    inside,
    local,
    made,
    response,
    text_of,
)
from tests.servers.exchange.zones import zone

if TYPE_CHECKING:
    pass

_ANSWERS = {"AcceptItem": "Accept", "TentativelyAcceptItem": "Tentative", "DeclineItem": "Decline"}
_TIMED = ("Start", "End", "StartTimeZone", "EndTimeZone", "Recurrence")


class Operations(Folders):
    """What one account asks for."""

    def do(self, asked: Element) -> Element:
        """The answer."""
        name = local(asked)
        operation: Callable[[Element], Element] | None = {
            "GetFolder": self.get_folder, "CreateItem": self.create, "GetItem": self.get, "UpdateItem": self.update,
            "DeleteItem": self.delete, "FindItem": self.find, "SyncFolderItems": self.sync,
            "GetServerTimeZones": self.zones, "GetUserAvailabilityRequest": self.availability,
        }.get(name)  # fmt: skip
        if operation is None:
            raise Refused("ErrorInvalidRequest", f"{name} is not played here")
        return operation(asked)

    def _each(self, asked: Element, name: str, one: Callable[[Element], Element]) -> Element:
        """One response message for each id: what is refused of one is none of the others'."""
        messages = []
        for each in inside(asked, name):
            try:
                messages.append(one(each))
            except Refused as why:
                messages.append(why.message(local(asked)))
        return response(local(asked), messages)

    def found(self, named: Element) -> tuple[Item, Occurrence | None]:
        """An item by its id, or one time of a series. Raises Refused."""
        if local(named) == "OccurrenceItemId":
            item, _ = self._item(str(named.get("RecurringMasterId")))
            return item, item.time_at(item.planned(int(str(named.get("InstanceIndex")))))
        item, at = self._item(str(named.get("Id")))
        return item, item.time_at(at) if at else None

    def _item(self, text: str) -> tuple[Item, datetime | None]:
        name, at = read_id(text)
        if name not in self.box.items:
            raise Refused(
                "ErrorItemNotFound", "The specified object was not found in the store., The process failed to get the correct properties."
            )  # fmt: skip
        return self.box.items[name], at

    def get(self, asked: Element) -> Element:
        """GetItem."""
        wanted = wanted_in(child(asked, "ItemShape"))

        def one(named: Element) -> Element:
            item, at = self.found(named)
            return done(
                "GetItem", made("m:Items", shown(item, at, wanted, self.box))
            )  # fmt: skip

        return self._each(asked, "ItemIds", one)

    def create(self, asked: Element) -> Element:
        """CreateItem: an item of one's own, or an answer to one, which is an item as well."""

        def one(item: Element) -> Element:
            tells = asked.get("SendMeetingInvitations", "SendToNone") != "SendToNone"
            match local(item):
                case "Message":
                    new = post.send(self.exchange, self.box, item)
                case "CalendarItem":
                    new = self._create_event(item, tells)
                case "CancelCalendarItem":
                    new = self._cancel(item)
                case name if name in _ANSWERS:
                    new = self._answer(item, _ANSWERS[name])
                case other:
                    raise Refused("ErrorInvalidRequest", f"{other} is not played here")
            reference = shown(new, None, (), self.box)
            return done("CreateItem", made("m:Items", reference))

        return self._each(asked, "Items", one)

    def _create_event(self, told: Element, tells: bool) -> Item:
        item = Item(self.exchange.meetings.name(), "CalendarItem", "calendar", organizer=self.box.address)  # fmt: skip
        self._write(item, list(told))
        if item.start is None or item.end is None or item.end < item.start:
            raise Refused("ErrorCalendarEndDateIsEarlierThanStartDate")
        item.parts.setdefault("UID", made("t:UID", f"040000008200E000{item.id}"))
        self.box.put(item)
        if tells:
            self._tell(item, "invitation", _guests(item))
        return item

    def _write(self, item: Item, parts: list[Element]) -> None:
        """What a client says of an item. A time without an offset is in the zone of the request."""
        for each in parts:
            name = local(each)
            match name:
                case "Start":
                    item.start = moment_of(text_of(each), self.here)
                case "End":
                    item.end = moment_of(text_of(each), self.here)
                case "StartTimeZone":
                    zone(str(each.get("Id")))
                    item.zone = str(each.get("Id"))
                case "EndTimeZone":
                    pass
                case "ExtendedProperty":
                    item.tags[name_of_tag(each[0])] = deepcopy(each)
                case _:
                    item.parts[name] = deepcopy(each)

    def update(self, asked: Element) -> Element:
        """UpdateItem: fields are set or taken away, of an item or of one time of a series."""
        tells = asked.get("SendMeetingInvitationsOrCancellations", "SendToNone")
        blindly = asked.get("ConflictResolution") == "AlwaysOverwrite"

        def one(change: Element) -> Element:
            item, at = self.found(change[0])
            version = change[0].get("ChangeKey")
            if version and version != item.version and not blindly:
                raise Refused("ErrorIrresolvableConflict", "The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.")  # fmt: skip
            before = _guests(item)
            timed = self._change(item, at, inside(change, "Updates"))
            self.box.note("update", item)
            if tells != "SendToNone" and (before or _guests(item)):
                gone = [each for each in before if each not in _guests(item)]
                new = [each for each in _guests(item) if each not in before]
                self._tell(item, "cancellation", gone)
                self._tell(item, "invitation", new)
                rest = [each for each in before if each in _guests(item)]
                if timed or tells != "SendToChangedAndSaveCopy":
                    self._tell(item, "update", rest, at.original if at else None)
            reference = shown(item, at, (), self.box)
            conflicts = made("m:ConflictResults", made("t:Count", "0"))
            return done("UpdateItem", made("m:Items", reference), conflicts)

        return self._each(asked, "ItemChanges", one)

    def _change(self, item: Item, at: Occurrence | None, updates: list[Element]) -> bool:
        """Whether its time is another one now: then everybody is asked anew."""
        timed = False
        own: list[Element] = []
        for each in updates:
            if local(each) == "DeleteItemField" and local(each[0]) == "ExtendedFieldURI":
                (at.tags if at and item.recurs else item.tags).pop(name_of_tag(each[0]), None)
                continue
            if local(each) == "DeleteItemField":
                name = str(each[0].get("FieldURI", "")).partition(":")[2]
                (at.own if at else item.parts).pop(name, None)
                continue
            value = each[1][0]
            timed |= local(value) in _TIMED
            own.append(value)
        if at is None or not item.recurs:
            if any(local(value) == "Recurrence" for value in own):
                item.moved, item.deleted = {}, set()
            self._write(item, own)
        else:
            self._change_one(item, at, own)
        if timed:
            holders = [item.parts, *(each.own for each in item.moved.values())] if at is None else [at.own]  # fmt: skip
            for parts in holders:
                _ask_anew(parts)
        return timed

    def _change_one(self, item: Item, at: Occurrence, own: list[Element]) -> None:
        at = item.moved.setdefault(at.original, at)
        for value in own:
            match local(value):
                case "Start":
                    at.start = moment_of(text_of(value), self.here)
                case "End":
                    at.end = moment_of(text_of(value), self.here)
                case "StartTimeZone" | "EndTimeZone":
                    pass
                case "ExtendedProperty":
                    at.tags[name_of_tag(value[0])] = deepcopy(value)
                case name:
                    at.own[name] = deepcopy(value)

    def _cancel(self, told: Element) -> Item:
        """The organizer cancels: guests are told, with the words of the body, and it is gone."""
        reference = child(told, "ReferenceItemId")
        assert reference is not None
        item, at = self.found(reference)
        if item.organizer != self.box.address:
            raise Refused("ErrorCalendarIsNotOrganizer")
        if reference.get("ChangeKey") not in (None, item.version):
            raise Refused("ErrorStaleObject")
        self._take_off(item, at, tells=True)
        return item

    def delete(self, asked: Element) -> Element:
        """DeleteItem: nobody is told unless that is wished."""
        tells = asked.get("SendMeetingCancellations", "SendToNone") != "SendToNone"

        def one(named: Element) -> Element:
            item, at = self.found(named)
            self._take_off(item, at, tells=tells)
            return done("DeleteItem")

        return self._each(asked, "ItemIds", one)

    def _take_off(self, item: Item, at: Occurrence | None, *, tells: bool) -> None:
        if at is not None and item.recurs:
            item.moved.pop(at.original, None)
            item.deleted.add(at.original)
            self.box.note("update", item)
        else:
            self.box.throw_away(item, "recoverableitemsdeletions")
        if tells and item.organizer == self.box.address:
            self._tell(item, "cancellation", _guests(item), at.original if at and item.recurs else None)  # fmt: skip

    def _answer(self, told: Element, said: str) -> Item:
        reference = child(told, "ReferenceItemId")
        assert reference is not None
        item, at = self.found(reference)
        self.exchange.answered(self.box, item, said, at.original if at and item.recurs else None)
        return item

    def _tell(self, item: Item, kind: str, to: list[str], at: datetime | None = None) -> None:
        self.exchange.meetings.send(item, kind, to, at)  # type: ignore[arg-type]

    def zones(self, asked: Element) -> Element:
        """GetServerTimeZones."""
        return availability.zones(asked, self.exchange.now.year)

    def availability(self, asked: Element) -> Element:
        """GetUserAvailability."""
        return availability.busy(self.exchange.boxes, asked)


def _guests(item: Item) -> list[str]:
    return [address_of(each) for each in item.guests]


def _ask_anew(parts: dict[str, Element]) -> None:
    for name in ("RequiredAttendees", "OptionalAttendees"):
        for each in parts.get(name, ()):
            if (said := child(each, "ResponseType")) is not None:
                said.text = "Unknown"
