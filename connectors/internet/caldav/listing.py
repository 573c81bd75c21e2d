"""What changed in a person's calendars since a bookmark, as observations.

Not the requests (account.py, dav.py) and not what takes time (busy.py).
"""

from __future__ import annotations

from collections.abc import Collection as Several
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from icalendar import Calendar

from connectors.internet.caldav import cursor
from connectors.internet.caldav.account import Account, Item, item_in
from connectors.internet.caldav.cursor import Mark, Told, digest
from connectors.internet.caldav.dav import D, Dav, etag_of, path_of
from connectors.internet.caldav.discovery import Collection, Found, others
from daemon.domain.meeting import Place
from daemon.domain.observation import EventGone, EventSeen, SetAside
from daemon.domain.people import Address
from daemon.errors import CursorExpired, Temporary
from daemon.ical.parsing import Unreadable
from daemon.ical.reading import attendees, keys_of, master_of, organizer_of
from daemon.ical.recurrence import named_parts
from daemon.ical.telling import as_planned_again, not_followed, seen
from daemon.ports import Batch, Cursor

PAGES_MAX = 200


@dataclass(slots=True)
class State:
    """What the server shows: the resources to read, those that are gone, and the state to go on from."""

    etags: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    token: str = ""
    digests: list[str] = field(default_factory=list)
    others_gone: bool = False


def changes(
    account: Account, dav: Dav, since: Cursor | None, colleagues: Several[Address]
) -> Batch:
    """One batch. `colleagues` are the addresses whose calendars are read as well: they tell their own events."""
    before = None if since is None else cursor.read(since)
    found = account.look()
    if before is not None and before.at != found.main.href:
        raise CursorExpired("the 1:1s are kept in another calendar now")
    known = set(before.told if before is not None else account.where.values())
    moved = {
        each.href: each
        for each in found.calendars
        if each.href != found.main.href and _in(each, known)
    }
    states = {href: each.token for href, each in {**others(found), **moved}.items()}
    if before is not None:
        account.seen |= set(before.told)
        account.where |= {uid: href for href, told in before.told.items() for uid in told.walls}
        if found.main.token and found.main.token == before.token and states == before.others:
            return Batch((), since, True, _aside(account.address, before.aside))
    state = _state(dav, found, before)
    kept = set().union(*(_in(each, known) for each in (found.main, *moved.values())))
    state.gone |= (known - kept) if before is not None else set()  # with all of its calendar
    items = account.fetch(found.main, sorted(state.etags))
    missing = set(state.etags) - set(items)
    for collection in moved.values():
        there = _in(collection, known)
        items |= account.fetch(collection, sorted(there))
        missing |= there - set(items)
    listing = _Listing(account, before or Mark(found.main.href), colleagues, full=before is None)
    listing.read(items, state)
    states |= {each.href: each.token for each in listing.moved_to}
    stirred = (
        listing.stirred or state.others_gone or (before is not None and states != before.others)
    )
    mark = Mark(
        found.main.href, state.token, found.main.syncs, states, listing.told, state.digests, listing.aside
    )  # fmt: skip
    whole = not missing and not listing.doubtful
    believed = whole and not (before is None and listing.unreadable)
    return Batch(
        observations=tuple(listing.observations),
        cursor=cursor.written(mark) if whole else since,
        complete=believed,
        set_aside=_aside(account.address, listing.aside),
        stirred=before is not None and stirred,
    )


def _in(collection: Collection, hrefs: Iterable[str]) -> set[str]:
    """Those of some paths that lie in a calendar."""
    home = collection.href.rstrip("/") + "/"
    return {href for href in hrefs if href.startswith(home)}


def _aside(address: Address, aside: Mapping[str, str]) -> tuple[SetAside, ...]:
    return tuple(
        SetAside(f"calendar/{address}", href.rpartition("/")[2], why)
        for href, why in sorted(aside.items())
    )


def _state(dav: Dav, found: Found, before: Mark | None) -> State:
    main = found.main
    if not main.syncs:
        return _by_etags(dav, found, before)
    if before is not None and not before.syncs:
        raise CursorExpired("the server has sync tokens now")
    state = State(token=before.token if before is not None else "")
    for _ in range(PAGES_MAX):
        page = dav.changed(main.url, state.token)
        for entry in page.entries:
            if entry.href == path_of(main.url):
                continue
            if entry.status in (404, 410):
                state.gone.add(entry.href)
                state.etags.pop(entry.href, None)
            elif not entry.href.endswith("/"):
                # whatever else a server says of it (418 was met): it is asked for, and then it is there or not
                state.gone.discard(entry.href)
                state.etags[entry.href] = etag_of(entry.text(f"{D}getetag"))
        if not page.token or (page.cut and page.token == state.token):
            raise Temporary("the server cuts its listing short and names no way on")
        state.token = page.token
        if not page.cut:
            return state
    raise Temporary(f"the listing has more than {PAGES_MAX} pages")


def _by_etags(dav: Dav, found: Found, before: Mark | None) -> State:
    """All of it, compared by ETag, where there are no tokens."""
    if before is not None and before.syncs:
        raise CursorExpired("the server has no sync tokens any more")
    main = found.main
    there = {
        entry.href: etag_of(entry.text(f"{D}getetag"))
        for entry in dav.propfind(main.url, [f"{D}getetag", f"{D}resourcetype"], depth=1).entries
        if entry.href != path_of(main.url) and not entry.href.endswith("/")
    }
    now = {href: digest(href, etag) for href, etag in there.items()}
    state = State(token=main.token, digests=list(now.values()))
    if before is None:
        state.etags = there
        return state
    known = set(before.digests)
    state.etags = {href: there[href] for href in there if now[href] not in known}
    state.gone = _in(main, before.told) - set(there)
    # a digest that is left over belongs to what was told, or somebody else's event has changed or is gone
    ours = state.gone | (_in(main, before.told) & set(state.etags))
    state.others_gone = len(known - set(now.values())) > len(ours)
    return state


@dataclass(slots=True)
class _Listing:
    """One walk over what was read."""

    account: Account
    before: Mark
    colleagues: Several[Address]
    full: bool
    told: dict[str, Told] = field(default_factory=dict)
    aside: dict[str, str] = field(default_factory=dict)
    observations: list[EventSeen | EventGone] = field(default_factory=list)
    there: set[str] = field(default_factory=set)
    stirred: bool = False
    doubtful: bool = False
    unreadable: bool = False
    moved_to: list[Collection] = field(default_factory=list)

    def read(self, items: Mapping[str, Item | None], state: State) -> None:
        """Everything that was read, then what is gone."""
        gone = state.gone | {href for href, item in items.items() if item is None}
        touched = gone | set(items)
        self.told = {h: each for h, each in self.before.told.items() if h not in touched}
        self.aside = {h: why for h, why in self.before.aside.items() if h not in touched}
        self.there = {uid for each in self.told.values() for uid in each.walls}
        for href, item in items.items():
            if item is not None:
                self._item(href, item)
        lost = [self.before.told[href] for href in gone if href in self.before.told]
        unknown = [href for href in gone if href not in self.before.told]
        self.stirred = self.stirred or bool(unknown) or any(each.foreign for each in lost)
        self._look_elsewhere({uid for each in lost for uid in each.walls} - self.there)
        vanished = {uid for each in lost for uid in each.walls} - self.there
        address = self.account.address
        self.observations += [EventGone(Place(address, uid)) for uid in sorted(vanished)]

    def _look_elsewhere(self, uids: set[str]) -> None:
        """What is no longer where it was may have been moved to another calendar of the same person: then it is there,
        under the same uid, and nobody has deleted it."""
        found, dav = self.account.found, self.account.dav
        assert found is not None and dav is not None, "listed after open"
        for uid in sorted(uids):
            for collection in found.calendars:
                if collection.href == found.main.href or uid in self.there:
                    continue
                for entry in dav.query(collection.url, None, uid).entries:
                    item = item_in(entry)
                    if item is not None and uid in item.uids:
                        self._item(item.href, item)
                        self.moved_to.append(collection)
                        break

    def _item(self, href: str, item: Item) -> None:
        known = self.before.told.get(href)
        if item.calendar is None:
            self._unreadable(href, item, known, item.problem)
            return
        followed = set(known.walls) if known else set[str]()
        try:
            shown = seen(item.calendar, self.account.address, item.version, followed)
        except Unreadable as error:
            self._unreadable(href, item, known, str(error))
            return
        self.account.doubted.discard((href, item.etag))
        if why := not_followed(item.calendar):
            self.aside[href] = why
        facts = [fact for fact in shown if fact.place.uid not in self.there]
        walls: dict[str, list[str]] = {fact.place.uid: [] for fact in facts}
        for fact in facts:
            if fact.place.recurrence:
                walls[fact.place.uid].append(fact.place.recurrence)
        if known and known.foreign:
            followed = set()
        foreign = any(self._is_foreign(item.calendar, uid, walls, followed) for uid in item.uids)
        self.there |= set(item.uids)
        if walls:
            self.told[href] = Told(item.version, foreign, walls)
            self.account.seen.add(href)
            self.account.where |= dict.fromkeys(walls, href)
        if known is not None and (known.version, known.walls) == (item.version, walls):
            return
        self.observations += facts
        for uid, before in known.walls.items() if known else ():
            self.observations += as_planned_again(facts, uid, before)
        self.stirred = self.stirred or foreign or (known is not None and known.foreign)

    def _unreadable(self, href: str, item: Item, known: Told | None, problem: str) -> None:
        """Unreadable is still there: what it told before is not gone (trap_20). Once may be the wire's fault; twice
        the same is the resource's, and must not stop the rest for ever."""
        self.aside[href] = problem
        self.unreadable = True
        if known is not None:
            self.told[href] = known
            self.there |= set(known.walls)
        else:
            self.stirred = True
        if (href, item.etag) not in self.account.doubted:
            self.account.doubted.add((href, item.etag))
            self.doubtful = True

    def _is_foreign(
        self, calendar: Calendar, uid: str, walls: Mapping[str, list[str]], followed: Several[str]
    ) -> bool:
        """Whether it takes time and is told neither here nor by the calendar of its organizer."""
        part = next(iter(named_parts(calendar, uid).values()))
        organizer = organizer_of(part)
        if organizer not in ("", self.account.address) and organizer in self.colleagues:
            return False
        master = master_of(calendar, uid)
        own = organizer in ("", self.account.address)
        with_guests = own and master is not None and bool(attendees(master) or keys_of(master))
        return not (uid in walls and (with_guests or uid in followed))
