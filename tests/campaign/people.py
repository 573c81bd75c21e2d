"""Acted people of the campaign: they answer letters, and act on their calendars while the daemon dies.

Not by chance: what somebody does follows from the letter and the pairing alone, so that two runs end alike
whatever was killed in between. A letter is thrown away once it was read, so that one that came twice is
counted twice.
"""

from __future__ import annotations

import hashlib
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from connectors.clock import SystemClock
from connectors.local import LocalHands
from daemon.domain.meeting import Slot
from daemon.domain.people import Address
from daemon.errors import VersionConflict
from daemon.simulate.hands import Shown
from daemon.simulate.letterbox import Letter, letter, reply_mail
from tests.campaign.world import Pair, addresses

ATTEMPTS_MAX = 20
FIRST, SECOND = timedelta(days=10), timedelta(days=17)
"""Until when the first and the second 1:1 of a pairing have taken place, seen from now."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody is about to do; `final` when it answers an offer of times."""

    do: Callable[[], None]
    final: bool = False


class People:
    """Everybody of a cast in one data folder."""

    def __init__(self, folder: Path, cast: list[Pair]) -> None:
        self._mail = folder / "mail"
        self._clock = SystemClock()
        self._hands = LocalHands(folder, self._clock)
        self._cast = {pair.id: pair for pair in cast}
        self._everybody = addresses(cast)
        self._again: set[str] = set()
        self.letters: Counter[str] = Counter()
        self.deeds: deque[Deed] = deque()
        self.done: Counter[str] = Counter()

    def look(self) -> int:
        """Read every new letter, throw it away, and remember what to do about it."""
        found = 0
        for address in self._everybody:
            for path in sorted((self._mail / address / "new").glob("*")):
                self._read(letter(path.read_bytes(), address, self._clock.now()))
                path.unlink()
                found += 1
        return found

    def act(self, count: int) -> None:
        """Do so many of the deeds that wait, the oldest first."""
        for _ in range(min(count, len(self.deeds))):
            self.deeds.popleft().do()

    def calendars(self) -> dict[Address, list[str]]:
        """What stands in everybody's calendar: when, and whether as part of a series."""
        now = self._clock.now()
        window = Slot(now, now + timedelta(days=40))
        return {
            who: [
                f"{shown.start:%d %b %H:%M} {'series' if shown.series else 'one-off'} {shown.answer}"
                for shown in self._hands.calendar(who, window)
            ]
            for who in self._everybody
        }

    def _read(self, read: Letter) -> None:
        self.letters[read.key] += 1
        if "/" not in read.key:
            return  # what is left of a letter whose store was damaged: counted, and nobody can answer it
        pair = self._cast[read.key.split("/")[2]]
        for deed in self._deeds(pair, read):
            self.deeds.append(deed)

    def _deeds(self, pair: Pair, read: Letter) -> Iterator[Deed]:
        match read.touchpoint:
            case "welcome-mentor-connected" | "welcome-mentee":
                yield Deed(lambda: self._reply(read, "YES"))
            case "started" if read.to == pair.mentee:
                yield Deed(lambda: self._spoil_first(pair))
            case "proposal":
                yield Deed(lambda: self._reply(read, str(1 + pair.number % 2)), final=True)
            case "moved" if read.to == pair.mentor and pair.old and pair.id not in self._again:
                self._again.add(pair.id)
                yield Deed(lambda: self._spoil_second(pair))

    def _reply(self, read: Letter, text: str) -> None:
        name = hashlib.sha256(read.stem.encode()).hexdigest()[:20]
        raw, _ = reply_mail(
            read, read.to, read.reply_to, text, name, read.at, automatic=False, cites=True
        )
        self._hands.write(read.to, read.reply_to, raw, read.at)
        self.done["answers a letter"] += 1

    def _spoil_first(self, pair: Pair) -> None:
        """The first 1:1: old pairings all lose it; of the new ones some, and some move it."""
        how = pair.number % 2 if pair.old else pair.number % 4
        self._spoil(pair, timedelta(0), FIRST, how)

    def _spoil_second(self, pair: Pair) -> None:
        self._spoil(pair, FIRST, SECOND, pair.number % 4)

    def _spoil(self, pair: Pair, start: timedelta, end: timedelta, how: int) -> None:
        match how:
            case 0:
                self._on_event(pair, start, end, "deletes an occurrence", self._delete)
            case 1:
                self._on_event(pair, start, end, "declines an occurrence", self._decline)
            case 2:
                self._on_event(pair, start, end, "moves an occurrence", self._move)

    def _delete(self, pair: Pair, shown: Shown) -> None:
        self._hands.delete(pair.mentor, shown.place)

    def _decline(self, pair: Pair, shown: Shown) -> None:
        self._hands.answer(pair.mentee, shown.place, "DECLINED")

    def _move(self, pair: Pair, shown: Shown) -> None:
        hour = timedelta(hours=1)
        self._hands.move(pair.mentor, shown.place, Slot(shown.start + hour, shown.end + hour))

    def _on_event(
        self,
        pair: Pair,
        start: timedelta,
        end: timedelta,
        what: str,
        act: Callable[[Pair, Shown], None],
    ) -> None:
        """Act on the occurrence of the series in that time; again, when the daemon wrote at that moment."""
        now = self._clock.now()
        window = Slot(now + start, now + end)
        for _ in range(ATTEMPTS_MAX):
            (shown,) = [s for s in self._hands.calendar(pair.mentee, window) if s.series]
            try:
                act(pair, shown)
            except VersionConflict:
                continue
            self.done[what] += 1
            return
        raise AssertionError(f"{pair.id} could not act on the calendar")
