"""One person's calendars on one server: the login, what was discovered, and single resources.

Not the connector: what is read here becomes observations in listing.py, and changes in calendar.py.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TypeVar
from urllib.parse import quote

import httpx
from icalendar import Calendar

from connectors.internet.caldav import quirks
from connectors.internet.caldav.dav import C, D, Dav, Entry, etag_of, path_of
from connectors.internet.caldav.discovery import (
    Collection,
    Found,
    collection_at,
    collections_of,
    discover,
    start_of,
)
from connectors.internet.caldav.wire import Login, Way, Wire
from connectors.internet.srv import Srv
from daemon.domain.account import Account as Said
from daemon.domain.people import Address
from daemon.errors import AccessLost, ConnectorError
from daemon.ical.meaning import meant
from daemon.ical.parsing import Unreadable, parse
from daemon.ical.reading import uids

FETCHED_AT_ONCE = 80
"""Resources asked for in one request; some servers refuse more than a hundred."""
T = TypeVar("T")
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._@-]{0,99}")


@dataclass(frozen=True, slots=True)
class Reached:
    """What the settings say of an account with calendars on the internet. `user` is the address where empty."""

    address: Address
    url: str = ""
    user: str = ""
    own_network: bool = False

    @classmethod
    def of(cls, account: Said) -> Reached:
        """As the files say it."""
        return cls(account.address, account.url, account.user, account.own_network)


@dataclass(frozen=True, slots=True)
class Item:
    """One resource as it was read; `calendar` is None where it cannot be relied upon, and `problem` says why."""

    url: httpx.URL
    etag: str
    raw: bytes
    calendar: Calendar | None
    problem: str = ""
    version: str = ""
    uids: tuple[str, ...] = ()

    @property
    def href(self) -> str:
        """Its path."""
        return path_of(self.url)


def item_of(url: httpx.URL, etag: str, raw: bytes) -> Item:
    """Read the bytes of one resource."""
    try:
        calendar = parse(raw)
        return Item(url, etag, raw, calendar, "", meant(calendar), tuple(uids(calendar)))
    except Unreadable as error:
        return Item(url, etag, raw, None, str(error))


def item_in(entry: Entry) -> Item | None:
    """The resource in an answer to a report; None where the answer has no data of it."""
    data = entry.props.get(f"{C}calendar-data")
    if data is None or not (data.text or "").strip():
        return None
    return item_of(entry.url, etag_of(entry.text(f"{D}getetag")), (data.text or "").encode())


def resource_name(uid: str) -> str:
    """The last part of the path of an event that we make: always the same for a uid, so that it is made once."""
    digest = hashlib.sha256(uid.encode()).hexdigest()[:20]
    return f"{uid if _PLAIN.fullmatch(uid) else digest}.ics"


def log_in(
    reached: Reached, password: str, way: Way, srv: Srv, look: Callable[[Dav], T]
) -> tuple[Dav, T]:
    """The server of an account, and what there is to be seen; where nothing is, it raises what the best guess said. Its
    host may stand in one's own network where that was declared of this account."""
    way = replace(way, own_network=reached.own_network)
    login = Login(reached.user or reached.address, password)
    trouble: ConnectorError | None = None
    for url in start_of(reached.address, reached.url, srv):
        wire = Wire(url, login, way, quirks.KIN.get(httpx.URL(url).host, ""))
        dav = Dav(wire)
        try:
            return dav, look(dav)
        except ConnectorError as error:
            wire.close()
            trouble = trouble or error
    assert trouble is not None, "there is somewhere to begin"
    raise trouble


@dataclass(slots=True)
class Account:
    """An account and what is known of it while this process runs.

    `seen` are the paths that held an event of ours: one that is gone stays taken, as long as this process or a
    cursor remembers it. `doubted` are resources that could not be read once; twice the same is believed.
    """

    reached: Reached
    way: Way
    password: Callable[[], str]
    srv: Srv
    dav: Dav | None = None
    found: Found | None = None
    kept_at: str = ""
    seen: set[str] = field(default_factory=set)
    where: dict[str, str] = field(default_factory=dict)
    doubted: set[tuple[str, str]] = field(default_factory=set)

    @property
    def address(self) -> Address:
        """Whose it is."""
        return self.reached.address

    @contextmanager
    def open(self) -> Iterator[tuple[Dav, Found]]:
        """The server and what it has for this person, discovered where that has not happened yet.

        After an account was lost everything is discovered anew: its password or its address may be another.
        """
        try:
            if self.dav is None or self.found is None:
                self.dav, self.found = self._discover()
            if self.kept_at and self.found.main.href != self.kept_at:
                raise AccessLost(f"the calendar {self.kept_at} is no longer there")
            self.kept_at = self.found.main.href
            yield self.dav, self.found
        except AccessLost:
            self.forget()
            raise

    def forget(self) -> None:
        """Begin anew next time."""
        if self.dav is not None:
            self.dav.wire.close()
        self.dav = self.found = None

    def _discover(self) -> tuple[Dav, Found]:
        def look(dav: Dav) -> Found:
            return discover(dav, self.address)

        return log_in(self.reached, self.password(), self.way, self.srv, look)

    def look(self) -> Found:
        """The calendars as they are now: one request. AccessLost when the one with the 1:1s is gone."""
        assert self.dav is not None and self.found is not None, "look after open"
        main = self.found.main
        if self.found.home is None:
            main, calendars = collection_at(self.dav, main.url), self.found.calendars
        else:
            calendars = collections_of(self.dav, self.found.home)
            same = [each for each in calendars if each.href == main.href]
            main = same[0] if same else collection_at(self.dav, main.url)
        self.found = replace(self.found, main=main, calendars=calendars)
        return self.found

    def fetch(self, collection: Collection, hrefs: Iterable[str]) -> dict[str, Item | None]:
        """The resources at some paths; None for one that is gone, left out where the answer lacks it."""
        assert self.dav is not None, "fetch after open"
        wanted, items = list(hrefs), dict[str, Item | None]()
        for begin in range(0, len(wanted), FETCHED_AT_ONCE):
            some = wanted[begin : begin + FETCHED_AT_ONCE]
            for entry in self.dav.fetch(collection.url, some).entries:
                if entry.href not in some:
                    continue
                if entry.status in (404, 410):
                    items[entry.href] = None
                elif (item := item_in(entry)) is not None:
                    items[entry.href] = item
                elif entry.status != 200:
                    items[entry.href] = self._alone(entry.url)
        return items

    def _alone(self, url: httpx.URL) -> Item | None:
        """One resource of which a report says neither what is in it nor that it is gone."""
        assert self.dav is not None, "after open"
        got = self.dav.get(url)
        return None if got is None else item_of(url, got[1], got[0])

    def find(self, uid: str) -> Item | None:
        """The event with that uid in the calendar of the 1:1s, wherever it lies there."""
        assert self.dav is not None and self.found is not None, "find after open"
        main = self.found.main.url
        known = self.where.get(uid)
        for url in dict.fromkeys([main.join(known)] if known else []) | {self.url_of(uid): None}:
            got = self.dav.get(url)
            if got is not None:
                item = item_of(url, got[1], got[0])
                if item.calendar is None or uid in item.uids:
                    return item
        for entry in self.dav.query(main, None, uid).entries:
            found = item_in(entry)
            if found is not None and uid in found.uids:
                self.where[uid] = found.href
                return found
        return None

    def url_of(self, uid: str) -> httpx.URL:
        """Where an event of ours is made."""
        assert self.found is not None, "after open"
        main = self.found.main.url
        base = main if main.path.endswith("/") else main.copy_with(path=f"{main.path}/")
        return base.join(quote(resource_name(uid), safe="@"))
