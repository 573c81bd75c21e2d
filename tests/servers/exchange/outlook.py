"""Outlook: somebody before their own calendar, past every wire.

Not a client of Exchange Web Services.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from tests.servers.exchange.items import Item, Mailbox, Occurrence, address_of
from tests.servers.exchange.soap import made, text_of

if TYPE_CHECKING:
    from tests.servers.exchange import Exchange

Said = Literal["Accept", "Tentative", "Decline"]


class Outlook:
    """One person's."""

    def __init__(self, exchange: Exchange, box: Mailbox) -> None:
        self._exchange, self._box = exchange, box

    def event(self, uid: str) -> Item:
        """What lies there with that UID."""
        item = self._box.named(uid)
        assert item is not None, f"{self._box.address} has no {uid}"
        return item

    def occurrence(self, uid: str, day: str) -> Occurrence:
        """That which was planned for a day, in the zone of the series."""
        item = self.event(uid)
        for each in item.times():
            if f"{each.original:%Y-%m-%d}" == day:
                return each
        raise AssertionError(f"{uid} has nothing on {day}")

    def make(self, subject: str, start: datetime, end: datetime, *, status: str = "Busy") -> Item:
        """Something of one's own."""
        item = Item(
            self._exchange.meetings.name(), "CalendarItem", "calendar", organizer=self._box.address,
            start=start.astimezone(UTC), end=end.astimezone(UTC), zone=self._box.zone,
        )  # fmt: skip
        item.parts |= {
            "Subject": made("t:Subject", subject), "UID": made("t:UID", f"own-{item.id}"),
            "LegacyFreeBusyStatus": made("t:LegacyFreeBusyStatus", status),
        }  # fmt: skip
        self._box.put(item)
        return item

    def delete_one(self, uid: str, day: str) -> None:
        """One time of a series is deleted, and guests are told."""
        item, at = self.event(uid), self.occurrence(uid, day)
        item.moved.pop(at.original, None)
        item.deleted.add(at.original)
        self._box.note("update", item)
        self._tell(item, "cancellation", at.original)

    def delete(self, uid: str) -> None:
        """All of it."""
        item = self.event(uid)
        self._box.throw_away(item, "deleteditems")
        self._tell(item, "cancellation")

    def restore(self, item: Item) -> None:
        """Out of the bin, as it was."""
        item.folder = "calendar"
        self._box.put(item)
        self._tell(item, "invitation")

    def cut(self, uid: str, original: datetime) -> Item:
        """The series ends the day before that time; what it was comes back."""
        item = self.event(uid)
        whole = deepcopy(item)
        first = text_of(item.parts["Recurrence"][1], "StartDate")
        day = (original - timedelta(days=1)).date().isoformat()
        item.parts["Recurrence"] = made(
            "t:Recurrence", deepcopy(item.parts["Recurrence"][0]),
            made("t:EndDateRecurrence", made("t:StartDate", first), made("t:EndDate", day)),
        )  # fmt: skip
        item.moved = {at: each for at, each in item.moved.items() if at < original}
        item.deleted = {at for at in item.deleted if at < original}
        self._box.note("update", item)
        self._tell(item, "update")
        return whole

    def uninvite(self, uid: str, guest: str) -> None:
        """Taken off the list."""
        item = self.event(uid)
        for parts in (item.parts, *(each.own for each in item.moved.values())):
            for name in ("RequiredAttendees", "OptionalAttendees"):
                for each in [e for e in parts.get(name, ()) if address_of(e) == guest]:
                    parts[name].remove(each)
        self._box.note("update", item)
        self._exchange.meetings.send(item, "cancellation", [guest])

    def put(self, item: Item) -> None:
        """A meeting made by hand."""
        self._box.put(item)
        self._tell(item, "invitation")

    def change(self, item: Item) -> None:
        """It was edited."""
        self._box.note("update", item)
        self._tell(item, "update")

    def move_one(self, uid: str, day: str, by: timedelta) -> None:
        """One time of a series is dragged."""
        item, at = self.event(uid), deepcopy(self.occurrence(uid, day))
        at.start, at.end = at.start + by, at.end + by
        item.moved[at.original] = at
        self._box.note("update", item)
        self._tell(item, "update", at.original)

    def answers(self, uid: str, said: Said, day: str = "") -> None:
        """What a guest says, to all of it or to one time."""
        item = self.event(uid)
        at = self.occurrence(uid, day).original if day else None
        self._exchange.answered(self._box, item, said, at)

    def _tell(self, item: Item, kind: str, at: datetime | None = None) -> None:
        if item.organizer == self._box.address:
            guests = [address_of(each) for each in item.guests]
            self._exchange.meetings.send(item, kind, guests, at)  # type: ignore[arg-type]


def uid_of(item: Item) -> str:
    """Its UID."""
    return text_of(item.parts["UID"])
