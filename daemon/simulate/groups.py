"""What the members of a group have to know of a 1:1 that took place, told from their calendars and mailboxes alone.

Not the two, whom checkers.py watches. Nothing of daemon/decide is looked at: who was a guest, and had not said no, must
have read when it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from daemon.domain.meeting import Slot
from daemon.domain.people import Line, Person
from daemon.ports import Store
from daemon.simulate.letterbox import Letter
from daemon.simulate.oracle import EARLIEST, Oracle, Standing, local
from daemon.simulate.people import People

LOOKED_BACK = timedelta(days=40)
EXPLAINED = ("skipped", "on hold", "refused", "held")


def reader_of(line: Line, seen: Letter) -> Person | None:
    """To whose mailbox it came; None where that is nobody's of the pairing."""
    return next((each for each in line.people if each.address == seen.to), None)


@dataclass(frozen=True, slots=True)
class Groups:
    """`letters` are those of each pairing so far."""

    people: People
    oracle: Oracle
    letters: Mapping[str, list[Letter]]
    disturbed: Callable[[Line, datetime, datetime], bool]

    def told(self, line: Line, recurrence: str, standing: Standing, store: Store) -> Iterator[str]:
        """What is wrong with what each member has read of it."""
        begin = standing.start - timedelta(days=4)
        if self.disturbed(line, begin, standing.start):
            return
        for member in line.members:
            if self._comes(line, member, standing):
                moved = _is_moved(line, recurrence, standing)
                yield from self._prep(line, member, standing, store, moved=moved)
                if moved:
                    yield from self._news(line, member, standing, store)

    def _comes(self, line: Line, member: Person, standing: Standing) -> bool:
        window = Slot(standing.start, standing.end)
        seen = self.oracle.hands.calendar(member.address, window)
        own = [s for s in seen if s.place.calendar == line.calendar and s.start == standing.start]
        said = self.people.excused[line.pairing, member.id]
        excused = any(standing.start - timedelta(days=14) < at < standing.start for at in said)
        return bool(own) and own[0].answer != "DECLINED" and not excused

    def _read(
        self, line: Line, member: Person, touchpoint: str, standing: Standing
    ) -> list[Letter]:
        since = standing.start - LOOKED_BACK
        return [
            each
            for each in self.letters[line.pairing]
            if each.touchpoint == touchpoint
            and each.to == member.address
            and since < each.at < standing.start
        ]

    def _explained(
        self, line: Line, member: Person, what: str, store: Store, since: datetime
    ) -> bool:
        entries = store.ledger(key=f"{what}/pairing/{line.pairing}/", last=60)
        own = [each for each in entries if f"/{member.id}/" in each.key]
        return any(each.what in EXPLAINED and each.at > since for each in own)

    def _prep(
        self, line: Line, member: Person, standing: Standing, store: Store, *, moved: bool
    ) -> Iterator[str]:
        """Another time has a prep of its own, unless it is too near for that."""
        read = self._read(line, member, "group-prep", standing)
        earliest = standing.start - EARLIEST - self.oracle.longer(line)
        near = [each for each in read if each.at > earliest]
        hour = local(standing.start, member.zone)
        name = f"{line.pairing} {member.id} {standing.start}"
        if not near and not moved:
            since = standing.start - timedelta(days=14)
            if not self._explained(line, member, "group-prep", store, since):
                yield f"a member got no prep, and no reason: {name}"
        elif near and not moved and hour not in near[-1].text.partition("\n")[0]:
            yield f"a member's prep says another hour than {hour}: {name}"

    def _news(self, line: Line, member: Person, standing: Standing, store: Store) -> Iterator[str]:
        hour = local(standing.start, member.zone)
        read = self._read(line, member, "group-news", standing)
        if not any(hour in each.text.partition("\n")[0] for each in read):
            since = standing.start - LOOKED_BACK
            if not self._explained(line, member, "group-news", store, since):
                yield f"a member was not told of another time: {line.pairing} {member.id} {standing.start}"


def _is_moved(line: Line, recurrence: str, standing: Standing) -> bool:
    """Whether it is not where the series has it."""
    if not recurrence:
        return True
    there = standing.start.astimezone(ZoneInfo(line.anchor)).replace(tzinfo=None)
    return there != datetime.fromisoformat(recurrence)
