"""Two people with calendars at Exchange: their hands before Outlook, and what goes wrong on the wire.

Not a suite: test_exchange.py runs those. The hands go past the connector, into the simulator.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tzlocal.windows_tz import tz_win

from daemon.domain.invitation import Partstat
from daemon.domain.meeting import Place, Slot
from daemon.domain.people import Address
from daemon.ical.reading import address_of, attendees, zone_of
from daemon.ports import OneOff, SeriesEvent
from daemon.simulate.hands import Shown
from tests.conformance.hands import WithoutMail, as_text
from tests.servers.exchange import Exchange, Fault, Outlook
from tests.servers.exchange.items import Item, Occurrence, mailbox
from tests.servers.exchange.items import address_of as address_in
from tests.servers.exchange.soap import Element, local, made, text_of

_SAYS = {"ACCEPTED": "Accept", "DECLINED": "Decline", "TENTATIVE": "Tentative", "NEEDS-ACTION": "NoResponseReceived"}  # fmt: skip
_HEARS = {"Accept": "ACCEPTED", "Decline": "DECLINED", "Tentative": "TENTATIVE"}


class ExchangeHands(WithoutMail):
    """Hands over a simulated Exchange."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._bin: dict[tuple[Address, str], Item] = {}

    def calendar(self, who: Address, window: Slot) -> list[Shown]:
        """What lies in the copy of that person."""
        shown: list[Shown] = []
        for item in self._exchange.boxes[who].items.values():
            if item.folder != "calendar" or not item.guests:
                continue
            for each in item.times():
                if text_of((item.parts | each.own).get("IsCancelled")) == "true":
                    continue
                if window.start <= each.start < window.end:
                    shown.append(_shown(who, item, each))
        return sorted(shown, key=lambda one: (one.start, one.place))

    def cancel(self, who: Address, place: Place) -> None:
        """There is only deleting."""
        self.delete(who, place)

    def delete(self, who: Address, place: Place) -> None:
        """One's own event, or one's own copy."""
        item = self._find(who, place.uid)
        if item is None:
            return
        if item.organizer != who:
            self.answer(who, place, "DECLINED")
            return
        if not place.recurrence:
            self.delete_series(who, place.uid)
        elif self._stands(item, place):
            self._outlook(who).delete_one(place.uid, f"{self._planned(item, place):%Y-%m-%d}")

    def answer(self, who: Address, place: Place, partstat: Partstat) -> None:
        """Yes, no, perhaps."""
        item = self._find(who, place.uid)
        if item is not None and (not place.recurrence or self._stands(item, place)):
            day = f"{self._planned(item, place):%Y-%m-%d}" if place.recurrence else ""
            self._outlook(who).answers(place.uid, _SAYS[partstat], day)  # type: ignore[arg-type]

    def move(self, who: Address, place: Place, to: Slot) -> None:
        """One is dragged; of a whole series the rule goes along, and what had been changed by itself is lost."""
        item = self._find(who, place.uid)
        if item is None:
            return
        if place.recurrence:
            if self._stands(item, place):
                old = self._planned(item, place)
                at = next(each for each in item.times() if each.original == old)
                self._outlook(who).move_one(place.uid, f"{old:%Y-%m-%d}", to.start - at.start)
                item.moved[old].end = to.end
            return
        _begin(item, to)
        self._outlook(who).change(item)

    def delete_series(self, who: Address, uid: str) -> None:
        """All of it."""
        item = self._find(who, uid)
        if item is not None:
            self._bin[who, uid] = deepcopy(item)
            self._outlook(who).delete(uid)

    def restore_series(self, who: Address, uid: str) -> None:
        """Out of the bin."""
        self._outlook(who).restore(self._bin.pop((who, uid)))

    def cut_series(self, who: Address, place: Place) -> None:
        """This and following deleted."""
        item = self._find(who, place.uid)
        assert item is not None
        planned = self._planned(item, place)
        if planned == item.start:
            self.delete_series(who, place.uid)
        else:
            self._outlook(who).cut(place.uid, planned)

    def split_series(self, who: Address, place: Place, to: Slot, uid: str) -> None:
        """This and following moved."""
        item = self._find(who, place.uid)
        assert item is not None
        planned = self._planned(item, place)
        if planned == item.start:
            self.move(who, Place(who, place.uid), to)
            return
        rest = self._outlook(who).cut(place.uid, planned)
        rest.id, rest.tags = self._exchange.meetings.name(), {}
        rest.parts["UID"] = made("t:UID", uid)
        rest.moved, rest.deleted = {}, set()
        _begin(rest, to)
        self._outlook(who).put(rest)

    def uninvite(self, who: Address, uid: str, guest: Address) -> None:
        """Taken off the list."""
        self._outlook(who).uninvite(uid, guest)

    def make(self, who: Address, event: SeriesEvent | OneOff) -> None:
        """With guests, by hand."""
        from connectors.exchange.events import recurrence_of, times_of

        master = as_text(event, who)
        start, end = times_of(master)
        zone = zone_of(master) or "UTC"
        guests = [made("t:Attendee", mailbox(address_of(each)), made("t:ResponseType", "Unknown")) for each in attendees(master)]  # fmt: skip
        item = Item(
            self._exchange.meetings.name(), "CalendarItem", "calendar", organizer=who, zone=tz_win[zone],
            start=datetime.fromtimestamp(start.timestamp(), UTC), end=datetime.fromtimestamp(end.timestamp(), UTC),
        )  # fmt: skip
        item.parts |= {
            "Subject": made("t:Subject", event.summary), "UID": made("t:UID", event.uid),
            "RequiredAttendees": made("t:RequiredAttendees", *guests),
        }  # fmt: skip
        recurrence = recurrence_of(master, zone)
        if recurrence is not None:
            from exchangelib.version import EXCHANGE_2019, Version

            item.parts["Recurrence"] = recurrence.to_xml(version=Version(EXCHANGE_2019))
        self._outlook(who).put(item)

    def leave_office(self, who: Address, uid: str, slot: Slot) -> None:
        """Out of office is how it is shown."""
        self._own(who, uid, slot, "OOF")

    def occupy(self, who: Address, uid: str, slot: Slot) -> None:
        """Something of one's own."""
        self._own(who, uid, slot, "Busy")

    def free(self, who: Address, uid: str) -> None:
        """Not any more."""
        if self._find(who, uid) is not None:
            self._outlook(who).delete(uid)

    def lock_out(self, who: Address) -> None:
        """The password is another one now."""
        self._exchange.shut.add(who)

    def let_in(self, who: Address) -> None:
        """And the old one again."""
        self._exchange.shut.discard(who)

    # --- where it is

    def _outlook(self, who: Address) -> Outlook:
        return self._exchange.outlook(who)

    def _find(self, who: Address, uid: str) -> Item | None:
        return self._exchange.boxes[who].named(uid)

    def _own(self, who: Address, uid: str, slot: Slot, status: str) -> None:
        self.free(who, uid)
        item = self._outlook(who).make("Something", slot.start, slot.end, status=status)
        item.parts["UID"] = made("t:UID", uid)

    def _planned(self, item: Item, place: Place) -> datetime:
        from tests.servers.exchange.zones import zone

        wall = datetime.fromisoformat(place.recurrence)
        return wall.replace(tzinfo=ZoneInfo(zone(item.zone).key)).astimezone(UTC)

    def _stands(self, item: Item, place: Place) -> bool:
        return any(each.original == self._planned(item, place) for each in item.times())


def _begin(item: Item, to: Slot) -> None:
    """The series begins at that time, on that day of the week; its end stays."""
    from tests.servers.exchange.rhythm import DAYS, WEEKS
    from tests.servers.exchange.zones import zone

    item.start, item.end = to.start, to.end
    for guest in item.guests:
        for each in guest:
            if each.tag.endswith("ResponseType"):
                each.text = "Unknown"
    if not item.recurs:
        return
    item.moved, item.deleted = {}, set()
    local = to.start.astimezone(zone(item.zone))
    pattern, limit = item.parts["Recurrence"]
    for each in pattern:
        match each.tag.rpartition("}")[2]:
            case "DaysOfWeek":
                each.text = DAYS[local.weekday()]
            case "DayOfWeekIndex" if each.text != "Last":
                each.text = WEEKS[(local.day - 1) // 7]
            case "DayOfMonth":
                each.text = str(local.day)
    limit[0].text = local.date().isoformat()


def _shown(who: Address, item: Item, at: Occurrence) -> Shown:
    from tests.servers.exchange.zones import zone

    wall = at.original.astimezone(zone(item.zone)).replace(tzinfo=None)
    recurrence = wall.isoformat(timespec="minutes") if item.recurs else ""
    said = item.answer
    if item.organizer != who:
        for name in ("RequiredAttendees", "OptionalAttendees"):
            for each in at.own.get(name, ()):
                if address_in(each) == who:
                    said = text_of(each, "ResponseType") or said
    answer = "ACCEPTED" if item.organizer == who else _HEARS.get(said, "NEEDS-ACTION")
    return Shown(
        Place(item.organizer, text_of(item.parts["UID"]), recurrence), at.start, at.end, item.recurs, answer,  # type: ignore[arg-type]
        text_of(item.parts.get("Location")),
    )  # fmt: skip


@dataclass(slots=True)
class Patience:
    """How long an answer may take: long, but where a test has one that never comes."""

    seconds: float = 30.0

    def lose(self, kind: str) -> None:
        """For a fault of that kind."""
        if kind.startswith("timeout"):
            self.seconds = 1.5


def fault_of(call: str, kind: str) -> Fault | None:
    """A kind of fault, at the request of that call in which it matters."""
    at: str | tuple[str, ...] = "DeleteItem" if call == "cancel" else ("CreateItem", "UpdateItem")
    if call in ("changes", "busy"):
        at = "SyncFolderItems" if call == "changes" else "FindItem"
    match kind:
        case "refused" | "reset":
            return Fault("drop", at)
        case "timeout":
            return Fault("hang", at)
        case "timeout-after":
            return Fault("hang-after", at)
        case "503-after":
            return Fault("say-after", at, 503)
        case "401":
            return Fault("say", at, 401)
        case "429" | "403-rate":
            return Fault("busy", at, wait_seconds=90)
        case "500":
            return Fault("say", at, 500)
        case "part":
            return Fault("spoil", "GetItem", spoils=_without_the_last)
        case "garbage":
            return Fault("spoil", "GetItem", spoils=_without_times)
        case "unknown":
            return Fault("say", at, 500, account="ben@mentees.example")
    code = {
        "403-rights": "ErrorInvalidOperation", "404": "ErrorItemNotFound", "409": "ErrorIrresolvableConflict",
        "410": "ErrorInvalidSyncStateData", "412": "ErrorIrresolvableConflict",
    }.get(kind)  # fmt: skip
    return Fault("refuse", at, code=code) if code else None


def _without_the_last(answer: Element) -> Element:
    """An answer that lacks what was asked for last."""
    messages = answer[0]
    messages.remove(messages[-1])
    return answer


def _without_times(answer: Element) -> Element:
    """An event that does not say when it is."""
    for each in list(answer[0][-1].iter()):
        if local(each) in ("Start", "StartTimeZone"):
            each.getparent().remove(each)
    return answer
