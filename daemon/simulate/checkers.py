"""Checkers: the invariants of the design, watched from outside, letter by letter and hour by hour.

Not what has to hold at the end (ends.py) or what a letter needs (causes.py); not the daemon's own opinion: they compare what people can see with what people did (see oracle.py).
"""

from __future__ import annotations

import logging
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from daemon.domain.meeting import Slot
from daemon.domain.people import Line
from daemon.domain.record import too_large
from daemon.ports import Store
from daemon.simulate import forms
from daemon.simulate.advisors import Advisors
from daemon.simulate.agreement import disagreements
from daemon.simulate.bounces import Bounces
from daemon.simulate.causes import MEMORY, without_cause
from daemon.simulate.deeds import WHOLE
from daemon.simulate.ends import A_NIGHT, Ends
from daemon.simulate.groups import Groups
from daemon.simulate.letterbox import Letter
from daemon.simulate.oracle import EARLIEST, STEADY, Oracle, Standing, local
from daemon.simulate.people import People
from daemon.simulate.phrases import INTRODUCED
from daemon.simulate.postmaster import Refusal
from daemon.simulate.threads import Threads

ONCE = ("prep-mentee", "prep-mentor", "notes", "group-prep")
EXPLAINED = ("skipped", "on hold", "refused", "held")
CANCELS = ("delete-occurrence", "cancel-occurrence", "far-ahead", "decline", "delete-copy")
HARD_CAP = 12
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_CANARY = re.compile(rb"kiwi\d+x\d+")


class LogChecker(logging.Handler):
    """I14: no address and no word of the pair in any log line."""

    def __init__(self, checkers: Checkers) -> None:
        super().__init__(logging.INFO)
        self._checkers = checkers

    def emit(self, record: logging.LogRecord) -> None:
        """Look at one line."""
        line = record.getMessage()
        if "@" in line or _CANARY.search(line.encode()):
            self._checkers.violation("I14", f"log line {record.msg!r}")


@dataclass(slots=True)
class Checkers:
    """All of them, with what they have found."""

    lines: Mapping[str, Line]
    people: People
    oracle: Oracle
    start: datetime
    violations: list[str] = field(default_factory=list)
    found: Counter[str] = field(default_factory=Counter)
    keys: Counter[str] = field(default_factory=Counter)
    stems: dict[str, str] = field(default_factory=dict)
    per_day: Counter[tuple[str, str]] = field(default_factory=Counter)
    letters: dict[str, list[Letter]] = field(default_factory=lambda: defaultdict(list))
    down: list[tuple[datetime, datetime]] = field(default_factory=list)
    locked: dict[str, list[tuple[datetime, datetime]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    walls: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Weekday and wall clock of each pairing's series so far."""
    threads: Threads = field(default_factory=Threads)
    bounces: Bounces = field(init=False)
    advisors: Advisors = field(init=False)
    groups: Groups = field(init=False)
    absences: dict[tuple[str, str], datetime] = field(default_factory=dict)
    """When somebody was last asked about the same days."""
    adrift: set[str] = field(default_factory=set)
    lost: int = 0
    now: datetime | None = None
    on_violation: Callable[[str, str], None] = lambda _, __: None
    """Hears of each as it is found: of its invariant, and of what it is."""

    def __post_init__(self) -> None:
        self.bounces = Bounces(self.lines)
        self.advisors = Advisors(self.people.hands, Random(len(self.lines)), self.people.counts)
        self.groups = Groups(self.people, self.oracle, self.letters, self.disturbed)

    def violation(self, invariant: str, what: str) -> None:
        """Note a broken invariant; the first hundred in words, all in numbers."""
        self.found[invariant] += 1
        if len(self.violations) < 100:
            self.violations.append(f"{invariant} {self.now or self.start:%Y-%m-%d %H:%M}Z {what}")
        self.on_violation(invariant, what)

    @property
    def duplicates(self) -> int:
        """Letters that somebody saw more than once."""
        return sum(count - 1 for count in self.keys.values() if count > 1)

    def letter(self, letter: Letter) -> None:
        """A letter became visible."""
        self.keys[letter.key] += 1
        if self.keys[letter.key] > 1:
            self.violation("I1", f"a second time: {letter.key}")
        elif letter.touchpoint in ONCE:
            earlier = self.stems.setdefault(letter.stem, letter.key)
            if earlier != letter.key:
                self.violation("I1", f"again as another generation: {letter.key}")
        line = self._line(letter)
        if line:
            self.letters[line.pairing].append(letter)
        for what in self.threads.letter(letter):
            self.violation("thread", f"{letter.key} {what}")
        for what in self.advisors.letter(letter):
            self.violation("advisor", what)
        for what in self.bounces.letter(letter):
            self.violation("bounce", what)
        if forms.MARKS.search(letter.body):
            self.violation("I15", f"what a mail program wrote is shown as words: {letter.key}")
        if INTRODUCED.encode() in letter.body:
            self.violation("I7", f"an address that is nobody's business is shown: {letter.key}")
        self._asked_once(letter)
        self._privacy(letter, line)
        self._cap(letter, line)
        if letter.in_reply_to in self.people.automatic_ids:
            self.violation("I9", f"an automatic mail was answered: {letter.key}")
        if letter.in_reply_to in self.people.refused_ids:
            self.violation("I10", f"a stranger's mail was answered: {letter.key}")
        if line:
            what = without_cause(letter, line, self.people, letter.at)
            if what:
                self.violation("I4", what)
            if letter.touchpoint == "prep-mentee":
                self._prep(letter, line)

    def returned(self, letter: Letter, refusal: Refusal) -> None:
        """A letter came back: it was sent, and nobody has read it."""
        line = self._line(letter)
        if line:
            self.letters[line.pairing].append(letter)
        for what in self.bounces.returned(letter, refusal, self._down, self.people.wrote):
            self.violation("bounce", what)

    def _down(self, begin: datetime, end: datetime) -> bool:
        return any(a < end and begin < b for a, b in self.down)

    def _asked_once(self, letter: Letter) -> None:
        """I9: however often a machine says from when until when somebody is away, they are asked once."""
        if letter.touchpoint != "absence":
            return
        days = (letter.to, letter.text.partition("\n")[0])
        before = self.absences.setdefault(days, letter.at)
        if timedelta() < letter.at - before < MEMORY and "automatic answer" in days[1]:
            self.violation("I9", f"asked again about the same days: {letter.key}")

    def _line(self, letter: Letter) -> Line | None:
        found = re.search(r"pairing/([a-z0-9-]+)", letter.key)
        return self.lines.get(found.group(1)) if found else None

    def _privacy(self, letter: Letter, line: Line | None) -> None:
        """I7: what a pair writes is seen by the pair; private lines by their writer alone."""
        for found in set(_CANARY.findall(letter.body)):
            pairing, writer, private = self.people.canaries[found.decode()]
            own = self.lines.get(pairing)
            readers = _readers(letter, line, own) if own else set()
            if line and own and line != own and not private and writer == own.mentee.address:
                readers |= self._carried(letter, line, found.decode())
            if letter.to not in readers or (private and letter.to != writer):
                self.violation("I7", f"{letter.key} shows what is not for its reader")
            if found in letter.subject.encode():
                self.violation("I7", f"{letter.key} has it in its subject")

    def _carried(self, letter: Letter, line: Line, word: str) -> set[str]:
        """Whoever may read in another pairing of a mentee what that one has written in an earlier one: the mentee is asked,
        and says which lines the mentor may read."""
        if self.people.carried.get(word) == line.pairing:
            return {line.mentor.address, line.mentee.address}
        return {line.mentee.address} if letter.touchpoint == "handover" else set()

    def _cap(self, letter: Letter, line: Line | None) -> None:
        """I8."""
        if line:
            zone = next((p.zone for p in line.people if p.address == letter.to), line.mentor.zone)
            day = f"{letter.at.astimezone(ZoneInfo(zone)):%Y-%m-%d}"
            self.per_day[letter.to, day] += 1
            count = self.per_day[letter.to, day]
            if count > HARD_CAP:
                self.violation("I8", f"letter {count} of a day: {letter.key}")

    def _prep(self, letter: Letter, line: Line) -> None:
        """I3 and I6: what is announced stands in the reader's calendar, at the hour that the letter says."""
        window = Slot(letter.at, letter.at + EARLIEST + self.oracle.longer(line))
        shown = [
            s
            for s in self.oracle.hands.calendar(line.mentee.address, window)
            if s.place.calendar == line.calendar
            and (s.answer != "DECLINED" or line.pairing in self.people.slips)
        ]
        if not shown:
            changed = [a.at for a in self.people.acts if a.line == line.pairing]
            fresh = any(letter.at - at < timedelta(hours=12) for at in changed)
            if not fresh and not self.disturbed(line, letter.at - timedelta(days=4), letter.at):
                self.violation("I3", f"announced, but not there: {letter.key}")
            return
        first = letter.text.split("\n")[0]
        zones = {line.mentee.zone, *self.people.zones[line.mentee.id]}
        hours = {local(s.start, zone) for s in shown for zone in zones}
        moved = any(
            letter.at - a.at < timedelta(hours=12)
            for a in self.people.acts
            if a.line == line.pairing
        )
        if not moved and not any(hour in first for hour in hours):
            if not self.disturbed(line, letter.at - timedelta(days=4), letter.at):
                self.violation("I6", f"says another hour than the calendar: {letter.key} {first!r}")

    def disturbed(self, line: Line, begin: datetime, end: datetime) -> bool:
        """Whether the daemon was down, or could not see that mentor's calendar, in a stretch of time."""
        spans = [*self.down, *self.locked[line.calendar]]
        return any(a < end and begin < b for a, b in spans)

    def held_for_lost(self, address: str, begin: datetime, end: datetime) -> None:
        """From an answer like 401 on, until a listing works again, nothing is put on that calendar."""
        spans = self.locked[address]
        if spans and spans[-1][0] <= begin <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((begin, end))

    def hour(self, now: datetime) -> None:
        """I6 and I5 of the calendar itself: a series keeps its wall clock, a meeting is there once."""
        self.oracle.look(now)
        for what in self.advisors.hour(now, self.down, self.locked):
            self.violation("advisor", what)
        for (pairing, _, recurrence), standing in self.oracle.seen.items():
            if recurrence and standing.since == now:
                self._series_wall(self.lines[pairing], recurrence)
                self._wall(self.lines[pairing], recurrence, standing)
        for pairing, start, uids in self.oracle.twins():
            dragged = any(
                a.uid in uids and (a.what in WHOLE or a.what.startswith("move"))
                for a in self.people.acts
            )
            if not dragged:
                self.violation("I5", f"{pairing}: two events at {start}")

    def _series_wall(self, line: Line, recurrence: str) -> None:
        """A series is planned on the same weekday and wall clock until somebody wants another."""
        wall = f"{datetime.fromisoformat(recurrence):%a %H:%M}"
        known = self.walls[line.pairing]
        if line.at and not known:
            known.add(f"{DAYS[line.at.weekday]} {line.at.hour:02}:{line.at.minute:02}")
        if known and wall not in known and not self._wanted(line):
            self.violation("I6", f"{line.pairing}: the series is planned at {recurrence}")
        known.add(wall)

    def _wanted(self, line: Line) -> bool:
        """Whether anybody of the pairing did something to all of its series, or asked for something."""
        assert self.now is not None
        since = self.now - timedelta(days=70)
        whole = any(a.what in WHOLE for a in self.people.acts if a.line == line.pairing)
        return whole or any(at > since for at in self.people.asked[line.pairing])

    def _wall(self, line: Line, recurrence: str, standing: Standing) -> None:
        wall = datetime.fromisoformat(recurrence)
        at = standing.start.astimezone(ZoneInfo(line.anchor)).replace(tzinfo=None)
        if at == wall:
            return
        touched = any(
            a.line == line.pairing and (a.recurrence == recurrence or a.what in WHOLE)
            for a in self.people.acts
        )
        told = any(recurrence in letter.key for letter in self.letters[line.pairing])
        if not touched and not told and not self._said_lately(line):
            self.violation("I6", f"{line.pairing}: {recurrence} stands at {at} and nobody moved it")

    def _said_lately(self, line: Line) -> bool:
        """What somebody wrote may move a 1:1 at once, while the letters about it wait for the morning."""
        assert self.now is not None
        since = self.now - A_NIGHT
        names = (line.pairing, line.mentor.id, line.mentee.id)
        return any(at > since for name in names for at in self.people.asked[name])

    def ended(self, recurrence: str, standing: Standing, store: Store) -> None:
        """I2: three days after a meeting that stood: its prep and its notes letter, or a reason.

        Neither is sent twice (RULES 2), so one that went before the meeting was moved counts.
        """
        line = self.lines[standing.line]
        longer = self.oracle.longer(line)
        if standing.start - standing.since < STEADY + longer:
            return
        spans = {
            "prep-mentee": (standing.start - EARLIEST - longer, standing.start),
            "notes": (standing.end, standing.end + timedelta(hours=73)),
        }
        for touchpoint, (begin, end) in spans.items():
            letters = [x for x in self.letters[line.pairing] if x.touchpoint == touchpoint]
            if any(begin <= x.at <= end for x in letters):
                continue
            if self._before_move(recurrence, standing, letters):
                continue
            prefix = f"{touchpoint}/pairing/{line.pairing}/"
            entries = store.ledger(key=prefix, last=40)
            why = [e for e in entries if e.what in EXPLAINED and begin <= e.at]
            if (
                not why
                and not self._said_off(line, standing, store)
                and not self._in_doubt(line, standing)
            ):
                self.lost += 1
                self.violation(
                    "I2", f"no {touchpoint} and no reason: {line.pairing} {standing.start}"
                )
        if line.members and not self._said_off(line, standing, store):
            for what in self.groups.told(line, recurrence, standing, store):
                self.violation("I2", what)

    def _said_off(self, line: Line, standing: Standing, store: Store) -> bool:
        """Whether the event alone was left over. A mentor's SKIP means "can't" (RULES 11): it stays until a
        time is found. A mentee's takes it off, unless the calendar cannot or will not, or the hour has come."""
        said = Slot(standing.start - STEADY, standing.end)
        if any(said.start < at < said.end for at in self.people.cannot.get(line.pairing, ())):
            return True
        ends = store.ledger(key=f"series/{line.pairing}/", last=10)
        refusals = [e.at for e in ends if e.what == "refused" and "/end/" in e.key]
        if any(said.start < at < said.end for at in refusals):
            return True  # paused or ended, and the contact reads that the calendar would not
        skipped = [
            a for a in self.people.skipped.get(line.pairing, ()) if said.start < a < said.end
        ]
        if not skipped:
            return False
        cancels = store.ledger(key=f"cancel/{line.pairing}/", last=10)
        refused = any(each.what == "refused" and each.at > said.start for each in cancels)
        near = standing.start - timedelta(hours=2)
        return any(
            at > near or refused or self.disturbed(line, at, standing.start) for at in skipped
        )

    def _in_doubt(self, line: Line, standing: Standing) -> bool:
        """Who has declined all of it comes to none, also not to one that is dragged before they say what they
        meant: the other one has read that it is off."""
        declined = any(
            a.line == line.pairing and a.what == "decline-series" and a.at < standing.start
            for a in self.people.acts
        )
        return declined and any(
            x.touchpoint == "off" and standing.start - STEADY < x.at < standing.start
            for x in self.letters[line.pairing]
        )

    def _before_move(self, recurrence: str, standing: Standing, preps: list[Letter]) -> bool:
        """A letter of the hour known before, also where the calendar could not be seen when it got another one."""
        moved = [x for x in self.letters[standing.line] if x.touchpoint == "moved"]
        walls = {x.origin.partition("[")[0] for x in moved if x.at < standing.start}
        walls |= {recurrence} if recurrence else set()
        unseen = self.disturbed(self.lines[standing.line], standing.since, standing.end)
        if unseen and any(abs(x.at - standing.end) < timedelta(days=1) for x in preps):
            return True
        return any(x.origin.partition("[")[0] in walls and x.at < standing.start for x in preps)

    def crashed(self, store: Store) -> None:
        """I12: everything can be read after a crash, and what is on its way is in a queue. And it is small."""
        for lane in store.lane_names():
            world = store.world(lane)
            for key in disagreements(world):
                if key not in self.adrift:
                    self.adrift.add(key)
                    self.violation("I12", f"on its way, but in no queue: {key}")
            for row, size in too_large(world.state) if world.state else ():
                self.violation("size", f"{lane}: {size} bytes in the row {row}")

    def finish(self, store: Store, now: datetime) -> None:
        """After faults have stopped and two days have passed."""
        self.now = now
        self.crashed(store)
        for what in self.threads.never_seen(store):
            self.violation("thread", what)
        for what in self.advisors.finish(store, now):
            self.violation("advisor", what)
        for what in self.bounces.finish(now):
            self.violation("bounce", what)
        ends = Ends(self.bounces.keys, self.lines, self.people, self.oracle, self.disturbed)
        for invariant, what in ends.found(store, now):
            self.violation(invariant, what)


def _readers(letter: Letter, line: Line | None, own: Line) -> set[str]:
    """The people of a pairing; on a card for all of a mentor's pairings, that mentor."""
    if letter.touchpoint == "week-card":
        return {own.mentor.address}
    return {each.address for each in own.people} if line == own else set()
