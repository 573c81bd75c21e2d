"""One person's folder of .ics files, read again only where something changed.

Not a judgement: a file that cannot be relied upon is kept with the reason, for others to weigh.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from icalendar import Calendar

from connectors.local.files import Stamp, digest, read, stamps
from daemon.ical.parsing import BYTES_MAX, Unreadable, parse
from daemon.ical.reading import apart, version_of

_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._@-]{0,99}")


@dataclass(frozen=True, slots=True)
class Item:
    """One file as it was read, `events` being each event of it by its uid. `calendar` and these are shared:
    never edit them, parse `raw` anew instead."""

    name: str
    raw: bytes
    sha: str
    version: str
    calendar: Calendar | None
    problem: str = ""
    events: Mapping[str, Calendar] = field(default_factory=dict)

    @property
    def uids(self) -> tuple[str, ...]:
        """The events in it."""
        return tuple(self.events)


@dataclass(slots=True)
class _Known:
    stamp: Stamp
    item: Item
    looks: int


def file_name(uid: str) -> str:
    """The file of an event: its uid where that is a plain name, else a digest of it."""
    return f"{uid if _PLAIN.fullmatch(uid) else digest(uid.encode())}.ics"


def item_of(name: str, raw: bytes) -> Item:
    """Read the bytes of one file."""
    sha = digest(raw)
    try:
        calendar = parse(raw)
    except Unreadable as error:
        return Item(name, b"", sha, "", None, str(error))
    return Item(name, raw, sha, version_of(raw), calendar, events=apart(calendar))


class Folder:
    """The .ics files of one person."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known: dict[str, _Known] = {}
        self._items: dict[str, Item] = {}
        self.generation = 0

    @property
    def exists(self) -> bool:
        """Whether the person has a calendar here."""
        return self.path.is_dir()

    @property
    def items(self) -> dict[str, Item]:
        """Every file by name, as at the last look."""
        return self._items

    def look(self) -> dict[str, Item]:
        """Every file by name, as it is now; `generation` counts the differences seen.

        A file is believed unchanged by inode, size and time only after two equal readings: time stamps
        are coarse, and a program may write twice within one tick of the file system's clock.
        """
        now = stamps(self.path, ".ics")
        changed = len(now) != len(self._known)
        for name, stamp in now.items():
            known = self._known.get(name)
            if known is not None and known.stamp == stamp and known.looks > 1:
                continue
            changed = self._look_at(name, stamp) or changed
        if changed:
            self._known = {name: self._known[name] for name in now if name in self._known}
            self._items = {name: known.item for name, known in self._known.items()}
            self.generation += 1
        return self._items

    def _look_at(self, name: str, stamp: Stamp) -> bool:
        known = self._known.get(name)
        item = self._read(name, stamp)
        if item is None:
            return self._known.pop(name, None) is not None
        if known is not None and known.item.sha == item.sha:
            looks = known.looks + 1 if known.stamp == stamp else 1
            self._known[name] = _Known(stamp, known.item, looks)
            return False
        self._known[name] = _Known(stamp, item, 1)
        return True

    def _read(self, name: str, stamp: Stamp) -> Item | None:
        if stamp.size > BYTES_MAX:
            sha = f"{stamp.inode}-{stamp.size}-{stamp.changed_ns}"
            return Item(name, b"", sha, "", None, f"larger than {BYTES_MAX} bytes")
        try:
            raw = read(self.path / name)
        except OSError as error:
            return Item(name, b"", "", "", None, error.strerror or "cannot be read")
        if raw is None:
            return None
        known = self._known.get(name)
        if known is not None and known.item.sha == digest(raw):
            return known.item
        return item_of(name, raw)

    def named(self, uid: str) -> Item | None:
        """The file that held the event at the last look; by name first, else by what it says."""
        by_name = self._items.get(file_name(uid))
        if by_name is not None and (by_name.calendar is None or uid in by_name.events):
            return by_name
        return next((item for item in self._items.values() if uid in item.events), None)

    def refuse(self, name: str, problem: str) -> None:
        """What one file says took too long to find out: it counts as unreadable until it changes."""
        known = self._known[name]
        if known.item.calendar is None:
            return
        known.item = Item(name, b"", known.item.sha, "", None, problem)
        self._items = self._items | {name: known.item}
        self.generation += 1
