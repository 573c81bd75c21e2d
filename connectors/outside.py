"""Acted outside worlds: one in memory for the simulator, one of real .ics files and Maildirs for the demo.

Not for real programs: run.py wires those.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from random import Random

from connectors.local import LocalCalendars, LocalHands, LocalMail
from connectors.local.maildir import names_in
from connectors.memory import Faults, MemoryCalendars, MemoryHands, MemoryMail, MemoryWorld
from connectors.memory.faults import Level
from connectors.stores.embedded import EmbeddedStore
from daemon.domain.people import Address
from daemon.domain.program import Config
from daemon.ports import CalendarConnector, Ports
from daemon.simulate.clock import VirtualClock


class FixedVault:
    """Secrets of a world that is thrown away: derived from its seed, so that a run repeats exactly."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def secret(self, name: str) -> bytes:
        """The secret of that name."""
        return Random(f"{self._seed}/{name}").randbytes(32)


def _of_every_kind(calendars: CalendarConnector) -> dict[str, CalendarConnector]:
    """In an acted world everybody has a calendar, and nobody's real server is asked, whatever the files say."""
    return dict.fromkeys(
        ("local", "internet", "google", "exchange", "microsoft", "none"), calendars
    )


class _PostedWorld(MemoryWorld):
    """A MemoryWorld that remembers what reached a mailbox since somebody last asked."""

    def __init__(self, clock: Callable[[], datetime], calendars: Iterable[Address]) -> None:
        super().__init__(clock, calendars)
        self.posted: list[tuple[Address, bytes, datetime]] = []

    def deliver(self, to: Address, raw: bytes, at: datetime) -> None:
        """Put a mail into a mailbox, and on the list."""
        super().deliver(to, raw, at)
        self.posted.append((to, raw, at))


class MemoryOutside:
    """Calendars, mailboxes and the store's file in memory. `level` of faults: none, light, heavy."""

    def __init__(self, config: Config, start: datetime, seed: int, level: Level) -> None:
        self.clock = VirtualClock(start)
        self._seed = seed
        people = dict.fromkeys(
            address
            for line in config.lines
            for address in (line.mentor.address, line.mentee.address, line.calendar)
        )
        self.world = _PostedWorld(self.clock.now, people)
        self.hands = MemoryHands(self.world)
        self._faults = Faults(Random(seed ^ 0xFA17), level, spend=self.clock.spend)
        self._mailboxes = tuple(dict.fromkeys(p.mailbox for p in config.programs))
        self._connection = sqlite3.connect(":memory:", isolation_level=None)

    def ports(self, statement: Callable[[str], None] | None = None) -> Ports:
        """Ports on this world; the store sees only what was committed."""
        return Ports(
            clock=self.clock,
            vault=FixedVault(self._seed),
            store=EmbeddedStore(self._connection, probe=statement),
            calendars=_of_every_kind(MemoryCalendars(self.world, self._faults)),
            mail={box: MemoryMail(self.world, box, self._faults) for box in self._mailboxes},
        )

    def posted(self) -> list[tuple[Address, bytes, datetime]]:
        """Mails that reached a mailbox since the last call."""
        posted, self.world.posted = self.world.posted, []
        return posted

    def faults(self) -> Mapping[tuple[str, str], int]:
        """Injected faults by (call, kind)."""
        return self._faults.counts

    def quiet(self, quiet: bool = True) -> None:
        """Switch faults off or on."""
        self._faults.quiet = quiet


class LocalOutside:
    """Calendars, mailboxes and the store as files in one folder, without faults: the world of the demo."""

    def __init__(self, config: Config, start: datetime, folder: Path) -> None:
        self.clock = VirtualClock(start)
        self.hands = LocalHands(folder, self.clock)
        self._folder = folder
        people = [person for line in config.lines for person in line.people]
        self._zones = {person.address: person.zone for person in people}
        self._organizers = {line.organizer for line in config.lines if line.organizer}
        self._mailboxes = tuple(dict.fromkeys(p.mailbox for p in config.programs))
        self._known: set[Path] = set()

    def ports(self, statement: Callable[[str], None] | None = None) -> Ports:
        """Ports on the folder, as after a start."""
        store = EmbeddedStore.open(self._folder / "oneonone.db", probe=statement)
        store.free_claims()
        return Ports(
            clock=self.clock,
            vault=FixedVault(0),
            store=store,
            calendars=_of_every_kind(
                LocalCalendars(
                    self._folder, self.clock, [*self._zones, *self._organizers], self._zones
                )
            ),
            mail={box: LocalMail(self._folder, box, self.clock) for box in self._mailboxes},
        )

    def posted(self) -> list[tuple[Address, bytes, datetime]]:
        """Mails that reached a mailbox since the last call, of whomever it is: an advisor stands in no file."""
        found: list[tuple[int, Path, Address]] = []
        for mailbox in sorted(path for path in (self._folder / "mail").glob("*") if path.is_dir()):
            for path in names_in(mailbox).values():
                if path not in self._known:
                    self._known.add(path)
                    found.append((path.stat().st_mtime_ns, path, mailbox.name))
        now = self.clock.now()
        return [(address, path.read_bytes(), now) for _, path, address in sorted(found)]

    def faults(self) -> Mapping[tuple[str, str], int]:
        """None are injected here."""
        return {}

    def quiet(self, quiet: bool = True) -> None:
        """It is quiet anyway."""
