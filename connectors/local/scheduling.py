"""The scheduling server between folders: answers to the organizer's file, the event to the guests' copies.

Not a mail service and not the daemon: it settles what the files say, whoever changed them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from icalendar import Calendar

from connectors.local.answers import (
    Times,
    copy_for,
    guests,
    organizes,
    same_meaning,
    shown_in,
    take_answers,
)
from connectors.local.files import Stamp, digest, folder_name, locked, read, remove, replace
from connectors.local.folder import Folder, Item, file_name
from daemon.domain.people import Address
from daemon.errors import Permanent, VersionConflict
from daemon.ical.parsing import Refused, Unreadable, parse, within_limits
from daemon.ical.reading import master_of, organizer_of
from daemon.ical.recurrence import named_parts
from daemon.ical.writing import text_of

NOTICED_MOST = 100
"""Where more are invited, a guest who gets a folder later is noticed when the event next changes."""


@dataclass(slots=True)
class Shown:
    """What one guest was last given: the digest of the copy as it then lay there, and its times."""

    copy: str = ""
    times: Times = field(default_factory=dict)


@dataclass(slots=True)
class Memory:
    """What was passed on of one event. `gone`: its organizer deleted it, and the uid stays taken."""

    file: str
    source: str = ""
    gone: bool = False
    shown: dict[Address, Shown] = field(default_factory=dict)


Memories = dict[str, Memory]
_Recalled = tuple[Stamp | None, tuple[Address, ...], Memories]


def _memory_name(organizer: Address) -> str:
    return f"{folder_name(organizer)}.json"


class Scheduling:
    """All folders below one root, and what was passed between them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._folders: dict[Address, Folder] = {}
        self._memories: dict[Address, _Recalled] = {}
        self._settled: dict[Address, list[object]] = {}
        self.lock = root / ".scheduling" / "lock"

    def folder(self, who: Address) -> Folder:
        """The person's folder, which may or may not exist."""
        if who not in self._folders:
            self._folders[who] = Folder(self.root / folder_name(who))
        return self._folders[who]

    def open_for(self, people: Iterable[Address]) -> None:
        """Make a first folder for each of them. One that was there before is never made again: a folder that
        is gone means that access is lost, not that all meetings are."""
        with locked(self.lock):
            known = {path.name for path in self.lock.parent.iterdir()}
            for who in people:
                if _memory_name(who) not in known:
                    self.folder(who).path.mkdir(parents=True, exist_ok=True)
                    self._keep(who, {}, None)

    def settle_for(self, who: Address) -> None:
        """Settle everything that may concern one person, as organizer or as guest."""
        for path in sorted(self.lock.parent.glob("*.json")):
            organizer = path.name.removesuffix(".json")
            concerned = organizer == who or who in self._recall(organizer)[1]
            if concerned and self.folder(organizer).exists:
                self.settle(organizer)

    def is_taken(self, organizer: Address, uid: str) -> bool:
        """Whether a deleted event still occupies the uid."""
        memory = self._recall(organizer)[2].get(uid)
        return memory is not None and memory.gone

    def has_passed_on(self, who: Address, item: Item, uid: str) -> bool:
        """Whether the event of that uid in somebody's file is a copy that its organizer's folder gave them."""
        part = next(iter(named_parts(item.events[uid], uid).values()))
        organizer = organizer_of(part)
        if organizer in ("", who):
            return False
        try:
            memory = self._recall(organizer)[2].get(uid)
        except Permanent:
            return False  # an organizer who cannot have a folder
        return memory is not None and who in memory.shown

    def settle(self, organizer: Address) -> None:
        """Bring the organizer's files and all copies into agreement; nothing changed costs nothing."""
        looks = self._looks(organizer)
        if looks == self._settled.get(organizer):
            return
        with locked(self.lock):
            raw = read(self._memory_path(organizer))
            memories = _memories(raw)
            items = self.folder(organizer).look()
            looked = {organizer}
            for item in items.values():
                try:
                    with within_limits():
                        for uid in _scheduled(item, organizer, memories):
                            self._look_at_guests(item, uid, memories.get(uid), looked)
                            self._settle_event(item, organizer, uid, memories)
                except Refused as why:
                    self.folder(organizer).refuse(item.name, str(why))
            items = self.folder(organizer).items
            there = {uid for item in items.values() for uid in item.uids}
            unreadable = {item.name for item in items.values() if item.calendar is None}
            for uid, memory in memories.items():
                if uid not in there and memory.file not in unreadable and not memory.gone:
                    self._take_back(organizer, uid, memory)
            self._keep(organizer, memories, raw)
            self.folder(organizer).look()
        # as it was seen before: what somebody changed meanwhile is looked at next time
        self._settled[organizer] = looks

    def _looks(self, organizer: Address) -> list[object]:
        stamp, people = self._recall(organizer)[:2]
        looks: list[object] = [stamp]
        for who in (organizer, *people):
            exists = self._has_folder(who)
            if exists:
                self.folder(who).look()
            looks.append((who, exists, self.folder(who).generation if exists else 0))
        return looks

    def _look_at_guests(
        self, item: Item, uid: str, memory: Memory | None, looked: set[Address]
    ) -> None:
        for who in (guests(item.events[uid]) | set(memory.shown if memory else ())) - looked:
            looked.add(who)
            if self._has_folder(who):
                self.folder(who).look()

    def _has_folder(self, who: Address) -> bool:
        """Whether a guest has a calendar here. An event may name what cannot even be the name of a folder."""
        try:
            return (self.root / folder_name(who)).is_dir()
        except Permanent:
            return False

    def _settle_event(self, item: Item, organizer: Address, uid: str, memories: Memories) -> None:
        memory = memories.setdefault(uid, Memory(item.name))
        memory.file = item.name
        if memory.gone:
            memory.gone, memory.source, memory.shown = False, "", {}
        invited = guests(item.events[uid]) - {organizer}
        copies = {
            who: self._copy(who, organizer, uid)
            for who in sorted(invited | set(memory.shown))
            if self._has_folder(who)
        }
        # also who has no folder yet, so that one that comes into being is noticed
        for who in copies if len(invited) > NOTICED_MOST else invited:
            memory.shown.setdefault(who, Shown(copy="?"))
        seen = {who: copy.sha if copy else "" for who, copy in copies.items()}
        if memory.source == item.sha and all(memory.shown[w].copy == seen[w] for w in seen):
            return
        try:
            event = self._merge(item, organizer, uid, memory, copies)
            for who, copy in copies.items():
                self._pass_on(event, uid, who, copy, memory.shown[who])
        except (VersionConflict, Unreadable):
            # somebody else writes at this very moment, or the file cannot be written again: the next
            # settling sees what they made of it
            memory.source = ""
            return
        for who in set(memory.shown) - guests(event):
            del memory.shown[who]
        memory.source = digest(read(self.folder(organizer).path / item.name) or b"")

    def _merge(
        self,
        item: Item,
        organizer: Address,
        uid: str,
        memory: Memory,
        copies: dict[Address, Item | None],
    ) -> Calendar:
        event = deepcopy(item.events[uid])
        if _take_all(event, uid, memory, copies):
            whole = parse(item.raw)
            _take_all(whole, uid, memory, copies)
            replace(self.folder(organizer).path / item.name, text_of(whole), item.raw)
        return event

    def _copy(self, who: Address, organizer: Address, uid: str) -> Item | None:
        item = self.folder(who).named(uid)
        if item is None or item.calendar is None:
            return item
        master = master_of(item.calendar, uid)
        foreign = master is not None and organizer_of(master) not in ("", organizer)
        return None if foreign else item

    def _pass_on(
        self, event: Calendar, uid: str, who: Address, copy: Item | None, shown: Shown
    ) -> None:
        if copy is not None and (copy.calendar is None or len(copy.uids) > 1):
            return
        old = None if copy is None else copy.calendar
        new = copy_for(event, uid, who, old)
        path = self.folder(who).path / (copy.name if copy else file_name(uid))
        shown.copy = "" if copy is None else copy.sha
        if new is None:
            if copy is not None:
                remove(path)
            shown.copy, shown.times = "", shown_in(event, uid)
            return
        if old is None or not same_meaning(new, old, uid):
            raw = text_of(new)
            replace(path, raw, copy.raw if copy else None)
            shown.copy = digest(raw)
        shown.times = shown_in(event, uid)

    def _take_back(self, organizer: Address, uid: str, memory: Memory) -> None:
        """The organizer deleted the event: so are the copies, as a CANCEL would do."""
        for who in memory.shown:
            copy = self._copy(who, organizer, uid) if self._has_folder(who) else None
            if copy is not None and copy.calendar is not None and len(copy.uids) == 1:
                remove(self.folder(who).path / copy.name)
        memory.gone, memory.source, memory.shown = True, "", {}

    def _memory_path(self, organizer: Address) -> Path:
        return self.root / ".scheduling" / _memory_name(organizer)

    def _recall(self, organizer: Address) -> _Recalled:
        path = self._memory_path(organizer)
        try:
            seen = path.stat()
        except FileNotFoundError:
            stamp = None
        else:
            stamp = Stamp(seen.st_ino, seen.st_size, seen.st_mtime_ns)
        known = self._memories.get(organizer)
        if known is None or known[0] != stamp or stamp is None:
            memories = _memories(read(path))
            people = tuple(sorted({who for m in memories.values() for who in m.shown}))
            known = (stamp, people, memories)
            self._memories[organizer] = known
        return known

    def _keep(self, organizer: Address, memories: Memories, before: bytes | None) -> None:
        raw = json.dumps(_plain(memories), separators=(",", ":"), sort_keys=True).encode()
        if raw != before:
            replace(self._memory_path(organizer), raw, before)
            self._memories.pop(organizer, None)


def _take_all(
    event: Calendar, uid: str, memory: Memory, copies: dict[Address, Item | None]
) -> bool:
    """Every guest's answer into the organizer's event; True when that changed it."""
    changed = False
    for who, copy in copies.items():
        if copy is not None and copy.calendar is None:
            continue
        shown = memory.shown[who]
        given = None if shown.copy == "?" else shown.times
        theirs = None if copy is None else copy.events.get(uid)
        changed = take_answers(event, uid, who, theirs, given) or changed
    return changed


def _scheduled(item: Item, organizer: Address, memories: Memories) -> list[str]:
    if item.calendar is None:
        return []
    known = [uid for uid in item.uids if uid in memories]
    return list(dict.fromkeys([*organizes(item.calendar, organizer), *known]))


def _plain(memories: Memories) -> dict[str, Any]:
    return {
        uid: {
            "file": memory.file,
            "source": memory.source,
            "gone": memory.gone,
            "shown": {who: [shown.copy, shown.times] for who, shown in memory.shown.items()},
        }
        for uid, memory in memories.items()
    }


def _memories(raw: bytes | None) -> Memories:
    """What was remembered. A damaged memory is none: then everything is passed on anew, harmlessly."""
    try:
        plain: dict[str, Any] = json.loads(raw or b"{}")
        return {
            uid: Memory(
                file=str(kept["file"]),
                source=str(kept["source"]),
                gone=bool(kept["gone"]),
                shown={who: Shown(str(c), dict(t)) for who, (c, t) in kept["shown"].items()},
            )
            for uid, kept in plain.items()
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}
