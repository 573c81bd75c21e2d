"""Items of a mailbox: what lies in its folders, the occurrences of a series, and how an item is shown.

Not what may be done with them: operations.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache

from exchangelib.items import CalendarItem, MeetingCancellation, MeetingRequest, MeetingResponse
from exchangelib.items import Message as MailMessage

from tests.servers.exchange.rhythm import days_of
from tests.servers.exchange.soap import Element, Refused, local, made, text_of
from tests.servers.exchange.zones import zone

KINDS = {
    each.ELEMENT_NAME: each
    for each in (CalendarItem, MailMessage, MeetingRequest, MeetingResponse, MeetingCancellation)
}
EXTENDED = "ExtendedProperty"
GUESTS = ("RequiredAttendees", "OptionalAttendees")
Parts = dict[str, Element]


@lru_cache
def order(kind: str) -> tuple[str, ...]:
    """The names of the children of that kind of item, as the schema has them one after another; exchangelib keeps them so."""
    names = ["ItemId"]
    for each in KINDS[kind].FIELDS:
        name = str(getattr(each, "field_uri", None) or "").partition(":")[2]
        if name and name not in names:
            names.append(name)
        if name == "HasAttachments":
            names.append(EXTENDED)
    return tuple(names)


@dataclass(slots=True)
class Occurrence:
    """One time of a series. `index` counts from one, deleted ones as well; `original` is when it was planned for."""

    index: int
    original: datetime
    start: datetime
    end: datetime
    own: Parts = field(default_factory=dict)
    tags: Parts = field(default_factory=dict)
    """What it has of its own."""


@dataclass(slots=True)
class Item:
    """One item. Times in UTC; `parts` are its children by name, `tags` its extended properties by set and name."""

    id: str
    kind: str
    folder: str
    parts: Parts = field(default_factory=dict)
    tags: Parts = field(default_factory=dict)
    start: datetime | None = None
    end: datetime | None = None
    zone: str = "UTC"
    organizer: str = ""
    change: int = 1
    moved: dict[datetime, Occurrence] = field(default_factory=dict)
    """Occurrences that differ, by when they were planned for."""
    deleted: set[datetime] = field(default_factory=set)
    """Occurrences that are gone, by when they were planned for."""
    sent: bool = False
    """Whether anybody was ever invited to it."""
    answer: str = "Organizer"
    """What the owner of the mailbox has said to it."""

    @property
    def version(self) -> str:
        """Its change key."""
        return f"ck{self.change}"

    @property
    def recurs(self) -> bool:
        """Whether it is a series."""
        return "Recurrence" in self.parts

    @property
    def guests(self) -> list[Element]:
        """Its attendees."""
        return [each for name in GUESTS if name in self.parts for each in self.parts[name]]

    def times(self) -> Iterator[Occurrence]:
        """What takes place, each where it is now; of a series in the order in which it was planned."""
        assert self.start and self.end
        if not self.recurs:
            yield Occurrence(0, self.start, self.start, self.end)
            return
        there, length = zone(self.zone), self.end - self.start
        wall = self.start.astimezone(there).time()
        for number, day in enumerate(days_of(self.parts["Recurrence"]), start=1):
            original = datetime.combine(day, wall, there).astimezone(UTC)
            if original in self.deleted:
                continue
            plain = Occurrence(number, original, original, original + length)
            yield self.moved.get(original, plain)

    def planned(self, index: int) -> datetime:
        """When the occurrence of that number was planned for, deleted or not. Raises Refused."""
        assert self.start
        wall = self.start.astimezone(zone(self.zone)).time()
        for number, day in enumerate(days_of(self.parts["Recurrence"]), start=1):
            if number == index:
                return datetime.combine(day, wall, zone(self.zone)).astimezone(UTC)
        raise Refused("ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange")

    def time_at(self, original: datetime) -> Occurrence:
        """The occurrence that was planned for then. Raises Refused."""
        if original in self.deleted:
            raise Refused("ErrorCalendarOccurrenceIsDeletedFromRecurrence")
        for each in self.times():
            if each.original == original:
                return each
        raise Refused("ErrorItemNotFound", "The specified object was not found in the store.")


@dataclass(slots=True)
class Mailbox:
    """One person's. `log`: what has happened to which item, in order; a sync state is a number in it."""

    address: str
    password: str
    zone: str = "W. Europe Standard Time"
    items: dict[str, Item] = field(default_factory=dict)
    log: list[tuple[str, str, str]] = field(default_factory=list)
    """(folder, what: create, update, delete; the item)"""
    custom_zone: bool = False
    """Whether a program has written its zones as one of its own making."""
    oldest: int = 0
    """Sync states from before are not known any more."""

    def note(self, what: str, item: Item) -> None:
        """It happened."""
        item.change += what == "update"
        self.log.append((item.folder, what, item.id))

    def put(self, item: Item) -> None:
        """A new one."""
        self.items[item.id] = item
        self.note("create", item)

    def remove(self, item: Item) -> None:
        """For good."""
        del self.items[item.id]
        self.note("delete", item)

    def throw_away(self, item: Item, to: str) -> None:
        """Out of its folder into one for what was deleted, where it has another id."""
        self.remove(item)
        item.folder, item.id = to, f"{item.id}gone"
        self.items[item.id] = item

    def named(self, uid: str) -> Item | None:
        """The calendar item with that UID."""
        found = (each for each in self.items.values() if each.folder == "calendar")
        return next((each for each in found if text_of(each.parts.get("UID")) == uid), None)


def id_of(item: Item, at: datetime | None = None) -> str:
    """The id of an item, or of one occurrence, which a client takes for an opaque word."""
    return item.id if at is None else f"{item.id}!{at:%Y%m%dT%H%M%SZ}"


def read_id(text: str) -> tuple[str, datetime | None]:
    """The same back."""
    name, _, moment = text.partition("!")
    return name, datetime.strptime(moment, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) if moment else None  # fmt: skip


def shown(
    item: Item, at: Occurrence | None, wanted: Sequence[str] | None, box: Mailbox | None = None
) -> Element:
    """An item as an answer has it. `at`: one occurrence of a series. `wanted`: which children, beside its id; None for all."""
    original = at.original if at and item.recurs else None
    told: dict[str, list[Element]] = {
        "ItemId": [made("t:ItemId", Id=id_of(item, original), ChangeKey=item.version)]
    }
    for name, element in (item.parts | (at.own if at else {})).items():
        told[name] = [element]
    if item.kind == "CalendarItem":
        told |= {name: [each] for name, each in _of_calendar(item, at).items()}
        if original:
            told.pop("Recurrence", None)
    if box is not None and box.custom_zone:
        for name in ("StartTimeZone", "EndTimeZone"):
            told[name] = [made(f"t:{name}", Id="Customized Time Zone")]
    told[EXTENDED] = [
        each
        for name, each in (item.tags | (at.tags if at else {})).items()
        if wanted is None or f"{EXTENDED}/{name}" in wanted
    ]
    asked = None if wanted is None else {"ItemId", EXTENDED, *wanted}
    return made(
        f"t:{item.kind}",
        *(
            deepcopy(each)
            for name in order(item.kind)
            for each in told.get(name, ())
            if asked is None or name in asked
        ),
    )


def _of_calendar(item: Item, at: Occurrence | None) -> Parts:
    """What the server knows of it by itself."""
    assert item.start and item.end
    start, end = (at.start, at.end) if at else (item.start, item.end)
    exception = at is not None and at.original in item.moved
    kind = "RecurringMaster" if item.recurs and not at else "Single"
    if item.recurs and at:
        kind = "Exception" if exception else "Occurrence"
    parts = {
        "Start": made("t:Start", stamp(start)), "End": made("t:End", stamp(end)),
        "CalendarItemType": made("t:CalendarItemType", kind),
        "IsRecurring": made("t:IsRecurring", str(item.recurs and at is not None).lower()),
        "MeetingRequestWasSent": made("t:MeetingRequestWasSent", str(item.sent).lower()),
        "IsMeeting": made("t:IsMeeting", str(bool(item.guests)).lower()),
        "MyResponseType": made("t:MyResponseType", item.answer),
        "Organizer": made("t:Organizer", mailbox(item.organizer)),
        "StartTimeZone": made("t:StartTimeZone", Id=item.zone), "EndTimeZone": made("t:EndTimeZone", Id=item.zone),
    }  # fmt: skip
    if at and item.recurs:
        parts["OriginalStart"] = made("t:OriginalStart", stamp(at.original))
        parts["RecurrenceId"] = made("t:RecurrenceId", stamp(at.original))
    if item.recurs and not at:
        parts |= _of_series(item)
    return parts


def _of_series(item: Item) -> Parts:
    parts: Parts = {}
    if item.moved:
        parts["ModifiedOccurrences"] = made("t:ModifiedOccurrences", *(
            made("t:Occurrence",
                 made("t:ItemId", Id=id_of(item, each.original), ChangeKey=item.version), made("t:Start", stamp(each.start)),
                 made("t:End", stamp(each.end)), made("t:OriginalStart", stamp(each.original)))
            for _, each in sorted(item.moved.items())
        ))  # fmt: skip
    if item.deleted:
        parts["DeletedOccurrences"] = made("t:DeletedOccurrences", *(
            made("t:DeletedOccurrence", made("t:Start", stamp(original))) for original in sorted(item.deleted)
        ))  # fmt: skip
    return parts


def mailbox(address: str) -> Element:
    """Somebody."""
    return made(
        "t:Mailbox", made("t:Name", address), made("t:EmailAddress", address), made("t:RoutingType", "SMTP"),
        made("t:MailboxType", "Mailbox"),
    )  # fmt: skip


def address_of(holder: Element) -> str:
    """Whose address is in there."""
    return text_of(holder, "Mailbox", "EmailAddress").lower()


def stamp(moment: datetime) -> str:
    """As Exchange writes a time: in UTC."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def moment_of(text: str, here: str) -> datetime:
    """A time as a client writes it; without an offset it is on the clocks of that zone."""
    told = datetime.fromisoformat(text)
    return (told if told.tzinfo else told.replace(tzinfo=zone(here))).astimezone(UTC)


def name_of_tag(uri: Element) -> str:
    """An extended property by its set and name."""
    known = (uri.get("PropertySetId") or uri.get("DistinguishedPropertySetId") or "", uri.get("PropertyName") or uri.get("PropertyTag") or uri.get("PropertyId") or "")  # fmt: skip
    return "/".join(known).lower()


def wrong_in(element: Element) -> list[str]:
    """Where an item that a client sends is not as the schema has it: a child that is unknown, or at the wrong place."""
    kind = local(element)
    if kind not in KINDS:
        return []
    known, last, wrong = order(kind), -1, []
    for each in element:
        name = local(each)
        if name not in known:
            wrong.append(f"{kind} has no {name}")
        elif known.index(name) < last:
            wrong.append(f"{kind}: {name} comes too late")
        else:
            last = known.index(name)
    return wrong
