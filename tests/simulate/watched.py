"""A pairing that is watched: checkers over a world in memory, with letters and acts written down literally.

Not a simulation and not the daemon: nothing happens here but what a test says.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from connectors.memory import Faults, MemoryCalendars
from connectors.outside import MemoryOutside
from connectors.stores.embedded import EmbeddedStore
from daemon.domain.cadence import SeriesRule
from daemon.domain.meeting import Slot
from daemon.domain.people import Line
from daemon.domain.program import Config
from daemon.ports import OneOff, SeriesEvent
from daemon.simulate.checkers import Checkers
from daemon.simulate.deeds import Act
from daemon.simulate.letterbox import Letter
from daemon.simulate.oracle import Oracle, Standing
from daemon.simulate.people import People
from tests.conformance.store_words import at
from tests.stories.cast import ANA, BEN, KOSS, line

PAIRING = "ana-ben"
LANE = f"pairing/{PAIRING}"
ORIGIN = "2026-11-03T15:00[Europe/Berlin]"
"""Tuesday 15:00 in Berlin is 14:00Z, and 19:30 in Kolkata."""
PREP = f"prep-mentee/{LANE}/{ORIGIN}/ben/1"
HALF_AN_HOUR = timedelta(minutes=30)


@dataclass
class Watched:
    """Ana and Ben from Monday 2 November 2026 on, and everything that watches them."""

    of: Line = field(default_factory=line)
    outside: MemoryOutside = field(init=False)
    calendars: MemoryCalendars = field(init=False)
    people: People = field(init=False)
    checkers: Checkers = field(init=False)
    store: EmbeddedStore = field(init=False)

    def __post_init__(self) -> None:
        lines: dict[str, Line] = {PAIRING: self.of}
        self.outside = MemoryOutside(Config((KOSS,), tuple(lines.values())), at("00:00"), 1, "none")
        self.calendars = MemoryCalendars(self.outside.world, Faults(Random(1)))
        self.people = People(self.outside.hands, Random(1))
        oracle = Oracle(self.outside.hands, lines)
        self.checkers = Checkers(lines, self.people, oracle, at("00:00"), now=at("00:00"))
        self.store = EmbeddedStore(sqlite3.connect(":memory:", isolation_level=None))

    @property
    def found(self) -> dict[str, int]:
        """Checker → violations so far."""
        return dict(self.checkers.found)

    def event(self, uid: str, start: datetime) -> None:
        """A one-off of the two on Ana's calendar."""
        slot = Slot(start, start + HALF_AN_HOUR)
        self._put(OneOff(uid, slot, ANA.zone, "1:1", (BEN.address,)))

    def series(self, uid: str, first: str = "2026-11-03T15:00") -> None:
        """A weekly series of the two on Ana's calendar."""
        self._put(SeriesEvent(uid, SeriesRule(first, ANA.zone, 30), "1:1", (BEN.address,)))

    def _put(self, event: OneOff | SeriesEvent) -> None:
        self.calendars.put(ANA.address, event, key=event.uid, expected="")

    def did(self, what: str, *, uid: str = "s", recurrence: str = "2026-11-03T15:00") -> None:
        """One of them did that by hand on Monday at midnight."""
        start = at("14:00", day=3)
        act = Act(at("00:00"), ANA.address, what, PAIRING, recurrence, uid, start)
        self.people.acts.append(act)

    def reads(self, letter: Letter) -> dict[str, int]:
        """A letter became visible; answers what was found then."""
        self.checkers.now = letter.at
        self.checkers.letter(letter)
        return self.found

    def ended(self, start: datetime, since: datetime) -> dict[str, int]:
        """Three days after a meeting that stood since then; answers what was found then."""
        standing = Standing(start, start + HALF_AN_HOUR, since, PAIRING)
        self.checkers.now = start + timedelta(days=3, hours=4)
        self.checkers.ended("", standing, self.store)
        return self.found

    def at_the_end(self, moment: datetime) -> dict[str, int]:
        """Faults have stopped and two days have passed; answers what was found then."""
        self.checkers.finish(self.store, moment)
        return self.found

    def hour(self, moment: datetime) -> dict[str, int]:
        """The checkers look at the calendars; answers what was found then."""
        self.checkers.now = moment
        self.checkers.hour(moment)
        return self.found


def letter(
    key: str = f"welcome-mentee/{LANE}/invited/ben/1",
    *,
    to: str = BEN.address,
    moment: datetime | None = None,
    text: str = "Tue 3 Nov, 19:30: what shall it be about?\n",
    subject: str = "Ana & Ben: our 1:1s",
    own_id: str = "",
    root: str = "",
    reply_to: str = "",
    cites: tuple[str, ...] = (),
) -> Letter:
    """A letter whose threading is right unless said otherwise."""
    who = to.partition("@")[0]
    return Letter(
        key, key.partition("/")[0], own_id or f"<{key}@ids>", reply_to or f"koss+{who}@example.org",
        KOSS.mailbox, to, subject, cites[-1] if cites else "", (root or f"<root-{who}@ids>", *cites),
        text, text.encode(), moment or at("12:30"),
    )  # fmt: skip
