"""The oracle: what is due, told from calendars and wall clocks alone.

Not the rules: nothing of daemon/decide is imported here (import-linter), so that a mistake in a rule is
not repeated in its judge. It knows the published defaults only (18:00 the day before, 48 h, 2 h, 3 days), and the lead that a pair has
agreed on, or its program says.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from daemon.domain.meeting import Place, Slot
from daemon.domain.people import Line
from daemon.simulate.hands import Hands

STEADY = timedelta(hours=60)
"""A meeting that has stood unchanged for so long before its start must have had its prep asked for, where the mentee is asked
on the day before or later."""
EARLIEST = timedelta(hours=49)
"""So long before its start a prep comes at the earliest, there."""

BEHIND = timedelta(hours=12)
"""So far back a look goes, more than lies between two of them."""


@dataclass(slots=True)
class Standing:
    """One occurrence as the two people see it, since when it has looked like this."""

    start: datetime
    end: datetime
    since: datetime
    line: str


@dataclass(slots=True)
class Oracle:
    """Watches the calendars by the hour and remembers what stood there, and for how long."""

    hands: Hands
    lines: Mapping[str, Line]
    unheeded: Set[str] = frozenset()
    """Events made by hand that nobody has to look after."""
    leads: Mapping[str, int] = field(default_factory=dict)
    """So many days before a 1:1 the mentees of a program are asked, where its file says so."""
    seen: dict[tuple[str, str, str], Standing] = field(default_factory=dict)
    ended: list[tuple[tuple[str, str, str], Standing]] = field(default_factory=list)
    doubled: set[tuple[str, datetime]] = field(default_factory=set)

    def longer(self, line: Line) -> timedelta:
        """By so much the lead of a pairing is longer than a day."""
        own = line.letters.prep_mentee_days
        return timedelta(days=max(0, (self.leads.get(line.program, 1) if own is None else own) - 1))

    def look(self, now: datetime) -> None:
        """What stands in the next eight days and the lead, for both: accepted or at least not declined."""
        for line in self.lines.values():
            self.glance(line, now)

    def _refused(self, line: Line, window: Slot) -> set[Place]:
        """What the mentor has said no to, where a calendar of the program invites both."""
        if not line.organizer:
            return set()
        own = self.hands.calendar(line.mentor.address, window)
        return {each.place for each in own if each.answer == "DECLINED"}

    def glance(self, line: Line, now: datetime) -> None:
        """The same for one pairing, as right after somebody has touched its calendar.

        A meeting stood to its end when it is still there afterwards: between two looks it may be taken off.
        """
        present: set[tuple[str, str, str]] = set()
        window = Slot(now - BEHIND, now + timedelta(days=8) + self.longer(line))
        refused = self._refused(line, window)
        for shown in self.hands.calendar(line.mentee.address, window):
            if shown.place.calendar != line.calendar or shown.answer == "DECLINED":
                continue
            if shown.place in refused:
                continue
            if shown.place.uid in self.unheeded:
                continue
            name = (line.pairing, shown.place.uid, shown.place.recurrence)
            known = self.seen.get(name)
            if shown.end <= now:
                if known is not None and known.start == shown.start:
                    self.ended.append((name, known))
                continue
            present.add(name)
            if known is None or known.start != shown.start:
                self.seen[name] = Standing(shown.start, shown.end, now, line.pairing)
        for name in [n for n in self.seen if n[0] == line.pairing and n not in present]:
            del self.seen[name]

    def twins(self) -> list[tuple[str, datetime, frozenset[str]]]:
        """(pairing, start, uids) of two events where there should be one meeting, each told once."""
        events: dict[tuple[str, datetime], set[str]] = {}
        for (pairing, uid, _), standing in self.seen.items():
            events.setdefault((pairing, standing.start), set()).add(uid)
        found = {each for each, uids in events.items() if len(uids) > 1} - self.doubled
        self.doubled |= found
        return [(*each, frozenset(events[each])) for each in sorted(found)]

    def over(self) -> list[tuple[tuple[str, str, str], Standing]]:
        """Meetings that stood to their end since the last call."""
        ended, self.ended = self.ended, []
        return ended


def local(moment: datetime, zone: str) -> str:
    """The wall clock of an instant in a zone."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%H:%M")
