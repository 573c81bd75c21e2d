"""A mirror of one calendar: what Graph shows of it, kept up to date by what has changed.

Not what is told of it: connectors/mirrored. Graph tells changes within a window that stays where it was when it was asked for, so a
new one is asked for in time. Of a series it tells the master and its times, and of one that was taken off nothing at all
(microsoft-graph-docs #4501): so whatever is told of a series, its master is looked up, which names what was taken off and what
differs. "Deleted" is said of what has left the window as well (#6599), so that is looked up too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlencode

from icalendar import Calendar

from connectors.microsoft.access import (
    PREFER,
    Access,
    CutShort,
    Json,
    path_of,
    query_of,
    until,
)
from connectors.microsoft.events import (
    DONE,
    KEPT,
    OF_MASTER,
    OF_OCCURRENCE,
    OURS,
    PENDING,
    calendar_of,
    is_ours,
    our_uid,
    shared_uid,
    tag,
    told,
)
from connectors.mirrored.kept import Kept
from daemon.domain.observation import EventSeen
from daemon.domain.people import Address
from daemon.errors import CursorExpired, Temporary
from daemon.ical.parsing import parse
from daemon.ports import Clock

LOOKS_BACK, LOOKS_AHEAD = timedelta(days=60), timedelta(days=550)
"""The window: how long an event may be over, or how far off, that is looked at."""
ROLLS = timedelta(days=28)
"""So old a window may become."""
PAGE_MOST, PAGES_MAX = 500, 200


@dataclass(slots=True)
class Group:
    """A series with the occurrences that differ, or one event alone."""

    master: Json
    owner: Address
    uid: str
    exceptions: list[Json] = field(default_factory=list)
    told: tuple[list[EventSeen], str] | None = None

    @property
    def name(self) -> str:
        """Its id at Microsoft."""
        return str(self.master["id"])

    @property
    def state(self) -> str:
        """A name for what Graph has told of it."""
        off = self.master.get("cancelledOccurrences") or ()
        return " ".join([*(str(each.get("changeKey")) for each in self.parts()), *map(str, off)])

    @property
    def guests(self) -> set[Address]:
        """Whom Microsoft tells of it, or of a part of it."""
        return {who for part in self.parts() for who in told(part)}

    @property
    def takes_time(self) -> bool:
        """Everything may."""
        return True

    @property
    def pending(self) -> str:
        """What shall be, as iCalendar, while it takes several requests."""
        text = tag(self.master, PENDING)
        return text if text.startswith("BEGIN") else ""

    def text(self) -> Calendar:
        """As iCalendar; Unreadable. Of what is under way, as it shall be."""
        if self.pending:
            return parse(self.pending.encode())
        return calendar_of(self.owner, self.uid, self.master, self.exceptions)

    def parts(self) -> Iterable[Json]:
        """The master and what differs."""
        return (self.master, *self.exceptions)


class Mirror(Kept[Group]):
    """`names`: our uid of an event, by the one that its copies share; every mirror knows those of all."""

    provider = "Microsoft"

    def __init__(self, access: Access, clock: Clock, names: dict[str, str]) -> None:
        super().__init__(clock)
        self.access, self.names = access, names
        self.token: dict[str, str] = {}
        self.deleted: set[str] = set()
        """Uids of ours that were there, and are not any more."""
        self._rolls: datetime | None = None

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
        self.token, self.groups = {}, {}

    def refresh(self) -> bool:
        """See Kept."""
        now = self._clock.now()
        if self._rolls is not None and now >= self._rolls:
            self.token = {}
        first = not self.token
        window = {"startDateTime": until(now - LOOKS_BACK), "endDateTime": until(now + LOOKS_AHEAD)}
        try:
            token, items = self._news(self.token or window)
            wanted, plain = self._sorted(items, first)
            fresh = self._looked_up(wanted)
        except CutShort:
            return False
        except CursorExpired:
            self.drop()
            raise
        if first:
            self.groups, self.reaches_back = {}, (now - LOOKS_BACK).date()
            self._rolls = now + ROLLS
        for name in wanted:
            if name not in fresh:
                self._is_gone(name)
        self.groups |= fresh | plain
        self.token = token
        return True

    def _news(self, query: dict[str, str]) -> tuple[dict[str, str], list[Json]]:
        items: list[Json] = []
        headers = {"Prefer": f"{PREFER}, odata.maxpagesize={PAGE_MOST}"}
        for _ in range(PAGES_MAX):
            answer = self.access.look("/calendarView/delta", query, headers)
            items += [each for each in answer.get("value", ()) if isinstance(each, dict) and each.get("id")]  # fmt: skip
            if link := answer.get("@odata.deltaLink"):
                return query_of(link), items
            if not (link := answer.get("@odata.nextLink")):
                raise CutShort("Microsoft's listing is cut short")
            query = query_of(link)
        raise Temporary(f"the listing has more than {PAGES_MAX} pages")

    def _sorted(self, items: list[Json], first: bool) -> tuple[list[str], dict[str, Group]]:
        """The names of what has to be looked up, and what needs no looking up: what somebody does alone."""
        known: Collection[str] = () if first else self.groups
        wanted: dict[str, None] = {}
        plain: dict[str, Group] = {}
        for item in items:
            name = str(item.get("seriesMasterId") or item["id"])
            if "@removed" in item and name not in known:
                continue
            if item.get("type") == "singleInstance" and not item.get("attendees") and not item.get("transactionId"):  # fmt: skip
                kept = {key: value for key, value in item.items() if key in KEPT}
                plain[name] = Group(kept, self.address, shared_uid(item))
            else:
                wanted[name] = None
        return list(wanted), plain

    def again(self, name: str) -> None:
        """One event as it is now, after it was changed."""
        fresh = self._looked_up([name])
        if name not in fresh:
            self._is_gone(name)
        self.groups |= fresh

    def found(self, uid: str) -> Group | None:
        """The event that we made with that uid, by a search: what changed last may not be told yet."""
        query = {
            "$filter": f"singleValueExtendedProperties/Any(ep: ep/id eq '{OURS}' and ep/value eq '{_quoted(uid)}')",
            **OF_MASTER,
        }
        for each in self.access.look("/events", query).get("value", ()):
            if our_uid(each) == uid:
                self.again(str(each["id"]))
        return self.named(uid)

    def named(self, uid: str) -> Group | None:
        """See Kept."""
        found = [each for each in self.groups.values() if each.uid == uid]
        return next((each for each in found if is_ours(each.master)), next(iter(found), None))

    def _is_gone(self, name: str) -> None:
        group = self.groups.pop(name, None)
        if group is not None and our_uid(group.master):
            self.deleted.add(group.uid)

    def _looked_up(self, names: list[str]) -> dict[str, Group]:
        """Those that are still there, each with what differs."""
        asked = [f"/events/{path_of(name)}?{urlencode(OF_MASTER)}" for name in names]
        masters: list[Json] = []
        for name, answer in zip(names, self.access.several(asked), strict=True):
            if answer is not None:
                # what Microsoft will not show is there all the same: it cannot be read, and is set aside
                masters.append({"id": name} if "error" in answer else answer)
        differing = [(str(master["id"]), str(one["id"])) for master in masters for one in master.get("exceptionOccurrences") or ()]  # fmt: skip
        asked = [f"/events/{path_of(one)}?{urlencode(OF_OCCURRENCE)}" for _, one in differing]
        exceptions = self.access.several(asked)
        groups = {str(each["id"]): Group(each, self.address, self._uid(each)) for each in masters}
        for (name, _), item in zip(differing, exceptions, strict=True):
            if item is None or "error" in item:
                raise Temporary("a series changes while it is read")
            groups[name].exceptions.append(item)
        return groups

    def _uid(self, master: Json) -> str:
        known = self.groups.get(str(master["id"]))
        if known is not None and "iCalUId" not in master:
            return known.uid
        shared = shared_uid(master)
        if ours := our_uid(master):
            self.names[shared] = ours
        return self.names.get(shared, shared)

    def is_known(self, group: Group) -> bool:
        """See Kept."""
        return bool(tag(group.master, DONE) or not our_uid(group.master))


def _quoted(text: str) -> str:
    """A text in a filter (OData 5.1.1.6.1)."""
    return text.replace("'", "''")
