"""Events of a mailbox: the occurrences of a series, and how an event is shown.

Not what may be done with them: calendars.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tests.servers.graph.faults import Json, Refused
from tests.servers.graph.rhythm import days_of, zone

GOID = "040000008200E00074C5B7101A82E008"
"""How the ids begin that Exchange itself gives; four bytes after that are the day of an occurrence (MS-OXOCAL 2.2.1.27)."""
NOT_SHOWN = ("cancelledOccurrences", "exceptionOccurrences", "singleValueExtendedProperties")
"""What has to be asked for."""


@dataclass(slots=True)
class Occurrence:
    """One time of a series; `original` is when it was planned for, `own` what it has of its own."""

    original: datetime
    start: datetime
    end: datetime
    own: Json = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Event:
    """A series, or one event alone. Times in UTC; `zone` as it was written; `tags` are its extended properties."""

    name: str
    uid: str
    start: datetime
    end: datetime
    zone: str
    organizer: str
    parts: Json = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    change: int = 1
    moved: dict[datetime, Occurrence] = field(default_factory=dict)
    deleted: set[datetime] = field(default_factory=set)
    answer: str = "organizer"
    """What the owner of the mailbox has said to it."""
    custom_zone: bool = False
    """Whether a program has written its zone as one of its own making."""

    @property
    def etag(self) -> str:
        """The name of how it is now."""
        return f'W/"ck{self.name}{self.change}"'

    @property
    def recurs(self) -> bool:
        """Whether it is a series."""
        return bool(self.parts.get("recurrence"))

    @property
    def guests(self) -> list[str]:
        """Whom it invites."""
        return addresses(self.parts.get("attendees", ()))

    def times(self) -> Iterator[Occurrence]:
        """What takes place, in the order in which it was planned."""
        if not self.recurs:
            yield Occurrence(self.start, self.start, self.end)
            return
        there, length = zone(self.zone), self.end - self.start
        wall = self.start.astimezone(there).time()
        for day in days_of(self.parts["recurrence"]):
            original = datetime.combine(day, wall, there).astimezone(UTC)
            if original not in self.deleted:
                plain = Occurrence(original, original, original + length)
                yield self.moved.get(original, plain)

    def time_at(self, original: datetime) -> Occurrence:
        """That which was planned for then. Raises Refused."""
        for each in self.times():
            if each.original == original:
                return each
        raise Refused(404, "ErrorItemNotFound", "The specified object was not found in the store.")

    def within(self, start: datetime, end: datetime) -> list[Occurrence]:
        """Those that have anything of that time."""
        return [each for each in self.times() if each.start < end and each.end > start]


def addresses(attendees: object) -> list[str]:
    """Whose they are."""
    assert isinstance(attendees, list | tuple)
    return [str(each["emailAddress"]["address"]).lower() for each in attendees]


def name_of(event: Event, original: datetime) -> str:
    """The id of one occurrence, which it keeps."""
    return f"{event.name}.{original:%Y%m%dT%H%M}"


def split(name: str) -> tuple[str, datetime | None]:
    """The series and the occurrence in an id."""
    master, _, planned = name.partition(".")
    if not planned:
        return master, None
    return master, datetime.strptime(planned, "%Y%m%dT%H%M").replace(tzinfo=UTC)


def shown(event: Event, owner: str, at: Occurrence | None = None) -> Json:
    """An event, or one occurrence of it, with all that it has."""
    own = at is not None and event.recurs
    parts = deepcopy(event.parts | (at.own if at and own else {}))
    start, end = (at.start, at.end) if at else (event.start, event.end)
    kind = "seriesMaster" if event.recurs else "singleInstance"
    if at and own:
        kind = "exception" if at.original in event.moved else "occurrence"
    written = "tzone://Microsoft/Custom" if event.custom_zone else event.zone
    body: Json = {
        "@odata.etag": event.etag, "id": name_of(event, at.original) if at and own else event.name,
        "changeKey": event.etag[3:-1], "iCalUId": _uid(event, at if own else None), "type": kind,
        "seriesMasterId": event.name if own else None, "start": moment(start), "end": moment(end),
        "originalStartTimeZone": written, "originalEndTimeZone": written, "isAllDay": False, "isCancelled": False,
        "isOrganizer": event.organizer == owner, "organizer": {"emailAddress": {"name": event.organizer, "address": event.organizer}},
        "attendees": [], "recurrence": None, "showAs": "busy", "subject": "", "body": {"contentType": "html", "content": ""},
        "bodyPreview": "", "isOnlineMeeting": False, "onlineMeeting": None, "location": {"displayName": ""},
        "responseStatus": {"response": event.answer, "time": "0001-01-01T00:00:00Z"}, "transactionId": None,
    } | parts  # fmt: skip
    if at and own:
        body["recurrence"], body["originalStart"] = None, f"{at.original:%Y-%m-%dT%H:%M:%SZ}"
        if said := at.own.get("answer"):
            body["responseStatus"]["response"] = said
        body.pop("answer", None)
    elif event.custom_zone and event.recurs:
        body["recurrence"]["range"]["recurrenceTimeZone"] = written
    if event.recurs and not own:
        body["cancelledOccurrences"] = [f"OID.{event.name}.{day:%Y-%m-%d}" for day in _days_off(event)]  # fmt: skip
        body["exceptionOccurrences"] = [shown(event, owner, one) for _, one in sorted(event.moved.items())]  # fmt: skip
    tags = at.tags if at and own else event.tags
    body["singleValueExtendedProperties"] = [{"id": name, "value": value} for name, value in tags.items()]  # fmt: skip
    return body


def _days_off(event: Event) -> list[datetime]:
    return sorted(each.astimezone(zone(event.zone)) for each in event.deleted)


def _uid(event: Event, at: Occurrence | None) -> str:
    """That of an occurrence has its day in it, where Exchange has made it."""
    if at is None or not event.uid.startswith(GOID):
        return event.uid
    day = at.original
    return f"{event.uid[:32]}{day.year:04X}{day.month:02X}{day.day:02X}{event.uid[40:]}"


def moment(at: datetime) -> Json:
    """A time as Graph writes it for who prefers UTC."""
    return {"dateTime": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.0000000", "timeZone": "UTC"}


def instant(told: Json) -> datetime:
    """A time as a client writes it."""
    local = datetime.fromisoformat(told["dateTime"])
    if local.tzinfo is None:
        local = local.replace(tzinfo=zone(told.get("timeZone") or "UTC"))
    return local.astimezone(UTC)


def chosen(body: Json, query: dict[str, str]) -> Json:
    """What of it was asked for. An annotation is always there."""
    wanted, expanded = query.get("$select", ""), query.get("$expand", "")
    if "singleValueExtendedProperties" not in expanded or not body["singleValueExtendedProperties"]:
        body.pop("singleValueExtendedProperties", None)
    else:
        asked = [each for each in body["singleValueExtendedProperties"] if f"'{each['id']}'" in expanded]  # fmt: skip
        body["singleValueExtendedProperties"] = asked
    names = set(filter(None, wanted.split(",")))
    for name in ("cancelledOccurrences", "exceptionOccurrences"):
        if name in body and name not in names:
            del body[name]
    if "exceptionOccurrences" in body:
        body["exceptionOccurrences"] = [{"id": each["id"]} for each in body["exceptionOccurrences"]]
        if "exceptionOccurrences($select=id)" not in expanded:
            del body["exceptionOccurrences"]
    if names:
        names |= {"id", "singleValueExtendedProperties"}
        body = {name: value for name, value in body.items() if name in names or name.startswith("@")}  # fmt: skip
    return body
