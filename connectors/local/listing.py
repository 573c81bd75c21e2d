"""What changed in one folder since a cursor, as observations.

Not the reading of files: see connectors/local/folder.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeAlias

from connectors.local.folder import Item
from daemon.domain.meeting import Place
from daemon.domain.observation import EventGone, EventSeen, SetAside
from daemon.domain.people import Address
from daemon.errors import CursorExpired
from daemon.ical.reading import attendees, keys_of, master_of
from daemon.ical.recurrence import instant, is_occurrence, rule_of
from daemon.ical.telling import seen
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
        complete=since is not None or not any(item.calendar is None for item in items.values()),
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

    def look_at(self, item: Item) -> None:
        """One file: as it was, or read anew."""
        known = self.before.get(item.name)
        if item.calendar is None:
            self.aside.append(SetAside(f"calendar/{self.address}", item.name, item.problem))
            if known is not None:
                # unreadable is still there: what it told before is not gone (trap_20)
                self._keep(item, known)
            return
        self.aside += _not_followed(item, self.address)
        if known and known.sha == item.sha and not (set(item.uids) & self.displaced):
            self._keep(item, known)
        else:
            self._read(item, known)

    def look_for_gone(self, items: dict[str, Item]) -> None:
        """What was there at the cursor and is in no file any more."""
        there = {uid for item in items.values() for uid in item.uids}
        gone = {uid for entry in self.before.values() for uid in entry.told} - self.owned - there
        self.observations += [EventGone(Place(self.address, uid)) for uid in sorted(gone)]
        lost = [entry for name, entry in self.before.items() if name not in self.entries]
        self.stirred = self.stirred or any(entry.foreign for entry in lost)

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
            self.observations += _reverted(facts, known)
            self.stirred = self.stirred or foreign or (known is not None and known.foreign)

    def _is_foreign(self, item: Item, uid: str, followed: set[str]) -> bool:
        assert item.calendar is not None
        master = master_of(item.calendar, uid)
        with_guests = master is not None and bool(attendees(master) or keys_of(master))
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


def _not_followed(item: Item, address: Address) -> Iterator[SetAside]:
    """Our own event, changed by somebody into a repetition that we do not understand."""
    assert item.calendar is not None
    for uid in item.uids:
        master = master_of(item.calendar, uid)
        if master is None or not keys_of(master) or master.get("RRULE") is None:
            continue
        if rule_of(master) is None:
            why = "repeats in a way that is not followed (one day every N weeks or months is)"
            yield SetAside(f"calendar/{address}", item.name, why)


def _reverted(facts: list[EventSeen], known: Entry | None) -> Iterator[EventSeen]:
    """Occurrences told before that are as planned again: their override was taken away.

    What the series has no more, because it was moved or cut, is told by its rule alone.
    """
    if known is None:
        return
    for fact in facts:
        if fact.rule is None:
            continue
        now = {f.place.recurrence for f in facts if f.place.uid == fact.place.uid}
        for wall in known.told.get(fact.place.uid, []):
            if wall in now or wall in fact.rule.gaps or not is_occurrence(fact.rule, wall):
                continue
            start = instant(wall, fact.rule.zone)
            yield EventSeen(
                place=Place(fact.place.calendar, fact.place.uid, wall),
                version=fact.version,
                start=start,
                end=start + timedelta(minutes=fact.rule.length_minutes),
                guests=fact.guests,
                cancelled=fact.cancelled,
            )
