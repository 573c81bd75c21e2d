"""The record of a performance: every letter with its reason, and the figures at the end.

Not the ledger and not a checker: it counts what an audience saw, in mailboxes and on calendars.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from daemon.decide.keys import lane_of_pairing
from daemon.demo.happening import Happening
from daemon.demo.script import PRIVATE_LINE
from daemon.domain.meeting import Meeting
from daemon.domain.people import Address, Line
from daemon.domain.program import Config
from daemon.domain.thread import Note
from daemon.domain.world import Lane, PairingState
from daemon.ports import Store
from daemon.rendering import CONTACT
from daemon.simulate.letterbox import Letter

STEP = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """A letter as it lies in a mailbox, and the happening that sent it."""

    letter: Letter
    raw: bytes
    happening: Happening | None


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody answered to a letter, word for word: what is looked for in everybody's letters afterwards."""

    at: datetime
    writer: Address
    letter: Letter
    text: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What the last screen says. Everything is counted, nothing is known beforehand."""

    weeks: int
    due: int
    kept: int
    fell_out: int
    repaired: int
    left_out: int
    median_repair_minutes: int | None
    letters: int
    letters_a_week: dict[str, float]
    twice: int
    lost: int
    private_found: int


class Record:
    """Grows with the performance. `yaml` is the program file that all of it came from."""

    def __init__(self, config: Config, yaml: str = "") -> None:
        self.config = config
        self.yaml = yaml
        people = [p for line in config.lines for p in (line.mentor, line.mentee)]
        self.names = {name: p.first for p in people for name in (p.id, p.address)}
        program = config.programs[0]
        self.names |= {CONTACT: program.contact_name, program.contact: program.contact_name}
        self.happenings: list[Happening] = []
        self.letters: list[Shown] = []
        self.written: list[Written] = []
        self.settled: Counter[str] = Counter()
        self.meetings: dict[tuple[Lane, str], Meeting] = {}
        self.fallen: dict[tuple[Lane, str], datetime] = {}
        self.repairs: dict[tuple[Lane, str], tuple[datetime, datetime]] = {}
        self._raw: dict[str, bytes] = {}
        self._in_mailboxes: Counter[str] = Counter()
        self._notes: Counter[Lane] = Counter()
        self._done: set[tuple[Lane, str]] = set()

    def posted(self, letter: Letter, raw: bytes) -> None:
        """A letter lies in somebody's mailbox."""
        self._in_mailboxes[letter.key] += 1
        self._raw[letter.key] = raw

    def add(self, happening: Happening, letter: Letter | None) -> None:
        """Something the ledger told."""
        if happening.tone == "letter":
            self.settled[happening.key] += 1
            if letter:
                self.letters.append(Shown(letter, self._raw[letter.key], happening))

    def look(self, store: Store, now: datetime) -> Iterator[Happening]:
        """What is new in the pairings' own memory: notes kept, to-dos done, meetings that moved."""
        for line in self.config.lines:
            lane = lane_of_pairing(line.pairing)
            state = store.world(lane).state
            if isinstance(state, PairingState):
                self._meetings(lane, state, now)
                yield from self._kept(lane, store.notes(lane), line, now)
                yield from self._finished(lane, state, line, now)

    def _kept(
        self, lane: Lane, notes: list[Note], line: Line, now: datetime
    ) -> Iterator[Happening]:
        fresh = notes[self._notes[lane] :]
        self._notes[lane] = len(notes)
        for note in fresh:
            writer = line.person(note.author)
            day = f"{note.origin.day:%a} {note.origin.day.day} {note.origin.day:%b}"
            if note.private:
                text, why = f"a line for {writer.first} alone", "it began with private:"
            else:
                text, why = f"a note under {day}", "it answers the notes letter"
            yield Happening(now, writer.zone, "seen", "kept", text, why, lane=lane)

    def _finished(
        self, lane: Lane, state: PairingState, line: Line, now: datetime
    ) -> Iterator[Happening]:
        for action in state.actions:
            name = (lane, f"{action.letter}{action.at}")
            if action.done_at and name not in self._done:
                self._done.add(name)
                owner = line.person(action.owner)
                text = f"{action.letter}  {owner.first}: {action.text}"
                yield Happening(now, owner.zone, "seen", "done", text, lane=lane)

    def _meetings(self, lane: Lane, state: PairingState, now: datetime) -> None:
        for meeting in state.meetings:
            name = (lane, str(meeting.origin))
            self.meetings[name] = meeting
            if meeting.standing == "cancelled" and meeting.cancelled_at:
                self.fallen.setdefault(name, meeting.cancelled_at)
            if meeting.standing == "skipped" and meeting.settled_by == "choice":
                self.fallen.setdefault(name, now)
            if name in self.fallen and name not in self.repairs and meeting.stands:
                self.repairs[name] = (self.fallen[name], now)

    # --- figures

    def figures(self, weeks: int, now: datetime) -> Figures:
        """Counted over everything."""
        over = [
            m for m in self.meetings.values() if m.end <= now and m.settled_by != "rule"
        ]  # fmt: skip
        kept = [m for m in over if m.stands or m.standing == "held"]
        waking = [self._waking(name, *times) for name, times in self.repairs.items()]
        keys = set(self.settled)
        return Figures(
            weeks=weeks,
            due=len(over),
            kept=len(kept),
            fell_out=len(self.fallen),
            repaired=len(self.repairs),
            left_out=sum(self.meetings[n].standing == "skipped" for n in self.fallen),
            median_repair_minutes=round(statistics.median(waking)) if waking else None,
            letters=len(self.letters),
            letters_a_week=self._by_role(weeks),
            twice=sum(count > 1 for count in self._in_mailboxes.values()),
            lost=len(keys - set(self._in_mailboxes)),
            private_found=self._private_found(),
        )

    def _waking(self, name: tuple[Lane, str], start: datetime, end: datetime) -> int:
        """Minutes outside the mentee's quiet hours between falling out and standing again."""
        lines = {lane_of_pairing(line.pairing): line for line in self.config.lines}
        line = lines[name[0]]
        program = self.config.program(line.program) or self.config.programs[0]
        zone = ZoneInfo(line.mentee.zone)
        minutes, at = 0, start
        while at < end:
            local = at.astimezone(zone)
            minute = local.hour * 60 + local.minute
            minutes += program.quiet_to_minute <= minute < program.quiet_from_minute
            at += STEP
        return minutes

    def _by_role(self, weeks: int) -> dict[str, float]:
        counts: Counter[str] = Counter()
        people: dict[str, set[str]] = {"mentor": set(), "mentee": set(), "admin": set()}
        mentors = {line.mentor.address for line in self.config.lines}
        mentees = {line.mentee.address for line in self.config.lines}
        for role, addresses in (("mentor", mentors), ("mentee", mentees)):
            people[role] = set(addresses)
        people["admin"] = {program.contact for program in self.config.programs}
        for shown in self.letters:
            for role, addresses in people.items():
                counts[role] += shown.letter.to in addresses
        return {role: counts[role] / weeks / max(1, len(people[role])) for role in people}

    def _private_found(self) -> int:
        return sum(PRIVATE_LINE in shown.letter.text for shown in self.letters)
