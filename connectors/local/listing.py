"""What changed in one folder since a cursor, as observations.

Not the reading of files: see connectors/local/folder.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from connectors.local.folder import Item
from daemon.domain.meeting import Place
from daemon.domain.observation import EventGone, EventSeen, SetAside
from daemon.domain.people import Address
from daemon.errors import CursorExpired
from daemon.ical.parsing import Refused
from daemon.ical.reading import attendees, keys_of, master_of, organizer_of
from daemon.ical.telling import as_planned_again, not_followed, seen
from daemon.ports import Batch, Cursor

_FORM = 2

Told = dict[str, list[str]]
"""uid → the occurrences told one by one."""
PassedOn: TypeAlias = Callable[[Item, str], bool]
"""Whether the event of that uid in a file is a copy that another folder here has passed on."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a cursor remembers of one file. `foreign`: something in it takes time and is not told."""

    sha: str
    told: Told
    foreign: bool


Entries = dict[str, Entry]


def cursor_of(entries: Entries) -> Cursor:
    """The bookmark as text."""
    files = {name: [entry.sha, entry.told, entry.foreign] for name, entry in entries.items()}
    return json.dumps({"form": _FORM, "files": files}, separators=(",", ":"), sort_keys=True)


def entries_of(cursor: Cursor) -> Entries:
    """The bookmark back. CursorExpired for anything that is not one of ours."""
    try:
        plain = json.loads(cursor)
        if plain["form"] != _FORM:
            raise ValueError
        return {
            str(name): Entry(
                str(sha), {str(u): [str(w) for w in ws] for u, ws in told.items()}, bool(foreign)
            )
            for name, (sha, told, foreign) in plain["files"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CursorExpired("this cursor is not one of a local folder") from error


def list_changes(
    items: dict[str, Item], address: Address, since: Entries | None, passed_on: PassedOn
) -> Batch:
    """One batch: everything without a cursor, else what differs from it."""
    listing = _Listing(address, since or {}, _displaced(since or {}, items), passed_on)
    for item in items.values():
        listing.look_at(item)
    listing.look_for_gone(items)
    return Batch(
        observations=tuple(listing.observations),
        cursor=cursor_of(listing.entries),
        complete=since is not None or not listing.unread,
        set_aside=tuple(listing.aside),
        stirred=since is not None and listing.stirred,
    )


@dataclass(slots=True)
class _Listing:
    """One walk over a folder, file by file. `owned` are the uids that some file has told already."""

    address: Address
    before: Entries
    displaced: set[str]
    passed_on: PassedOn
    entries: Entries = field(default_factory=dict)
    observations: list[EventSeen | EventGone] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    owned: set[str] = field(default_factory=set)
    stirred: bool = False
    unread: bool = False

    def look_at(self, item: Item) -> None:
        """One file: as it was, or read anew."""
        known = self.before.get(item.name)
        if item.calendar is None:
            self._leave(item, known, item.problem)
            return
        if why := not_followed(item.calendar):
            self.aside.append(SetAside(f"calendar/{self.address}", item.name, why))
        if known and known.sha == item.sha and not (set(item.uids) & self.displaced):
            self._keep(item, known)
            return
        try:
            self._read(item, known)
        except Refused as why:
            self._leave(item, known, str(why))

    def look_for_gone(self, items: dict[str, Item]) -> None:
        """What was there at the cursor and is in no file any more."""
        there = {uid for item in items.values() for uid in item.uids}
        gone = {uid for entry in self.before.values() for uid in entry.told} - self.owned - there
        self.observations += [EventGone(Place(self.address, uid)) for uid in sorted(gone)]
        lost = [entry for name, entry in self.before.items() if name not in self.entries]
        self.stirred = self.stirred or any(entry.foreign for entry in lost)

    def _leave(self, item: Item, known: Entry | None, problem: str) -> None:
        """Unreadable is still there: what it told before is not gone (trap_20)."""
        self.unread = True
        self.aside.append(SetAside(f"calendar/{self.address}", item.name, problem))
        if known is not None:
            self._keep(item, known)

    def _keep(self, item: Item, known: Entry) -> None:
        self.entries[item.name] = known
        self.owned |= set(known.told)

    def _read(self, item: Item, known: Entry | None) -> None:
        assert item.calendar is not None
        # what was told stays told, also when its last guest is taken off (RULES 5, row 5)
        followed = set(known.told) if known else set()
        facts = seen(item.calendar, self.address, item.version, followed)
        facts = [fact for fact in facts if fact.place.uid not in self.owned]
        told = _told(facts)
        self.owned |= set(told)
        if known and known.foreign:
            followed = set()
        foreign = any(self._is_foreign(item, uid, followed) for uid in item.uids)
        self.entries[item.name] = Entry(item.sha, told, foreign)
        if known is None or known.sha != item.sha or set(known.told) != set(told):
            self.observations += facts
            for uid, walls in known.told.items() if known else ():
                self.observations += as_planned_again(facts, uid, walls)
            self.stirred = self.stirred or foreign or (known is not None and known.foreign)

    def _is_foreign(self, item: Item, uid: str, followed: set[str]) -> bool:
        master = master_of(item.events[uid], uid)
        own = master is not None and organizer_of(master) in ("", self.address)
        with_guests = own and master is not None and bool(attendees(master) or keys_of(master))
        told = uid in self.owned and (with_guests or uid in followed)
        return not told and not self.passed_on(item, uid)


def _displaced(before: Entries, items: dict[str, Item]) -> set[str]:
    """What was told of files that are gone or changed: another file may hold the same event."""
    same = {name for name, item in items.items() if name in before and before[name].sha == item.sha}
    return {uid for name, entry in before.items() if name not in same for uid in entry.told}


def _told(facts: list[EventSeen]) -> Told:
    told: Told = {}
    for fact in facts:
        walls = told.setdefault(fact.place.uid, [])
        if fact.place.recurrence:
            walls.append(fact.place.recurrence)
    return told
