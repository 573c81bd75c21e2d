"""A mirror of one calendar: what Google shows of it, kept up to date by what has changed.

Not what is told of it: connectors/mirrored.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from icalendar import Calendar

from connectors.google.access import Access
from connectors.google.events import ITEM, calendar_of, guests_in, id_of, uid_of
from connectors.google.wire import Json, ask
from connectors.mirrored.kept import Kept
from daemon.domain.observation import EventSeen
from daemon.domain.people import Address
from daemon.errors import CursorExpired, Temporary
from daemon.ports import Clock

PAGE_MOST = 2500
PAGES_MAX = 200
LOOKS_BACK = timedelta(days=60)
"""How old the oldest events are that a full listing shows; the masters of series that go on are among them."""


@dataclass(slots=True)
class Group:
    """A series with its single occurrences, or one event alone."""

    master: Json
    exceptions: dict[str, Json] = field(default_factory=dict)
    told: tuple[list[EventSeen], str] | None = None
    """What it tells, and why it is not followed, once somebody has read that; None after every change."""

    @property
    def name(self) -> str:
        """The id of the master."""
        return str(self.master["id"])

    @property
    def guests(self) -> set[Address]:
        """Whom Google tells of it, or of a part of it."""
        parts = (self.master, *self.exceptions.values())
        return {who for part in parts for who in guests_in(part)}

    @property
    def takes_time(self) -> bool:
        """Birthdays take none."""
        return bool(self.master.get("eventType", "default") != "birthday")

    @property
    def state(self) -> str:
        """A name for what Google has told of it."""
        return " ".join(str(each.get("etag")) for each in (self.master, *self.exceptions.values()))

    def text(self) -> Calendar:
        """As iCalendar; Unreadable."""
        return calendar_of(self.master, self.exceptions.values())


class Mirror(Kept[Group]):
    """One listing serves every pairing of a calendar, and every change looks into it first."""

    provider = "Google"

    def __init__(self, access: Access, clock: Clock) -> None:
        super().__init__(clock)
        self.access = access
        self.token = ""

    @property
    def address(self) -> Address:
        """See Kept."""
        return self.access.address

    @property
    def listed(self) -> bool:
        """See Kept."""
        return bool(self.token)

    def drop(self) -> None:
        """See Kept."""
        self.token, self.groups = "", {}

    def refresh(self) -> bool:
        """See Kept."""
        try:
            return self._refresh()
        except CursorExpired:
            self.drop()
            raise

    def _refresh(self) -> bool:
        query: Json = {
            "maxResults": PAGE_MOST,
            "fields": f"items({ITEM}),nextPageToken,nextSyncToken",
        }
        first: Json = {"syncToken": self.token} if self.token else {}
        horizon = self._clock.now() - LOOKS_BACK
        if not self.token:
            first = {"timeMin": horizon.isoformat()}
        items: list[Json] = []
        events = self.access.events()
        page: Json = {}
        for _ in range(PAGES_MAX):
            request = events.list(calendarId="primary", **query, **first, **page)
            answer = ask(request, self.access)
            items += [
                each
                for each in answer.get("items", ())
                if isinstance(each, dict) and each.get("id")
            ]
            if answer.get("nextSyncToken"):
                if not self.token:
                    self.groups, self.reaches_back = {}, horizon.date()
                self._take_all(items)
                self.token = str(answer["nextSyncToken"])
                return True
            if not answer.get("nextPageToken"):
                return False
            page = {"pageToken": answer["nextPageToken"]}
        raise Temporary(f"the listing has more than {PAGES_MAX} pages")

    def _take_all(self, items: list[Json]) -> None:
        for each in sorted(items, key=lambda item: "recurringEventId" in item):
            self.take(each)

    def take(self, item: Json) -> None:
        """One event as Google tells it now."""
        name, of = str(item["id"]), item.get("recurringEventId")
        if of is not None:
            if of in self.groups:
                self.groups[of].exceptions[name] = item
                self.groups[of].told = None
                return
            # of somebody else's series, to which the owner was invited once
            if item.get("status") == "cancelled":
                self.groups.pop(name, None)
            else:
                self.groups[name] = Group(item)
            return
        if item.get("status") != "cancelled":
            known = self.groups.get(name)
            self.groups[name] = Group(item, known.exceptions if known else {})
            return
        if self.groups.pop(name, None) is None:
            # the tombstone of an occurrence that its series does not make any more names no series (PROVIDERS 2.5)
            for group in self.groups.values():
                if group.exceptions.pop(name, None) is not None:
                    group.told = None

    def named(self, uid: str) -> Group | None:
        """The event with that uid."""
        own = self.groups.get(id_of(uid))
        if own is not None:
            return own
        return next((each for each in self.groups.values() if uid_of(each.master) == uid), None)
