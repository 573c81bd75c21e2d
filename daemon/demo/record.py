"""The record of a performance: every letter with its reason, the moments, and the figures at the end.

Not the ledger and not a checker: it counts what an audience saw, in mailboxes and on calendars.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from daemon.decide.keys import lane_of_pairing, origin_of
from daemon.demo.happening import TOO_LATE, Happening, day_words
from daemon.demo.moments import Moment, Moments
from daemon.demo.script import PRIVATE_LINE, week_of
from daemon.domain.meeting import Meeting, Origin
from daemon.domain.people import Address, Line
from daemon.domain.program import Config
from daemon.domain.thread import Note
from daemon.domain.world import Lane, PairingState
from daemon.ports import Store
from daemon.rendering import CONTACT
from daemon.simulate.letterbox import Letter

AS_ALWAYS = ("prep-mentee", "notes", "first-note", "copy", "ack", "break-ahead")
"""Letters that come whether or not anything lies on a 1:1."""
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
    power_cuts: int
    came_back: int


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
        self.advisors: dict[Address, str] = {}
        self.erased: dict[Address, datetime] = {}
        self._remembered: dict[Lane, set[Address]] = {}
        self.power_cuts = 0
        self._came_back: set[str] = set()
        self._moments = Moments([lane_of_pairing(line.pairing) for line in config.lines])
        self.settled: Counter[str] = Counter()
        self.meetings: dict[tuple[Lane, str], Meeting] = {}
        self.fallen: dict[tuple[Lane, str], datetime] = {}
        self.repairs: dict[tuple[Lane, str], tuple[datetime, datetime]] = {}
        self._clashes: dict[Lane, tuple[Origin, datetime]] = {}
        self._raw: dict[str, bytes] = {}
        self._in_mailboxes: Counter[str] = Counter()
        self._notes: Counter[Lane] = Counter()
        self._done: set[tuple[Lane, str]] = set()

    @property
    def moments(self) -> list[Moment]:
        """What nobody should miss, as it came."""
        return self._moments.found

    def tell(self, happening: Happening) -> Moment | None:
        """One more happening; the moment that it is, None mostly."""
        self.happenings.append(happening)
        return self._moments.look(happening)

    def posted(self, letter: Letter, raw: bytes) -> None:
        """A letter lies in somebody's mailbox; of an advisor nothing else tells who that is."""
        if letter.touchpoint == "advisor":
            self.advisors[letter.to] = name = called_by(letter.to)
            self.names |= {letter.to: name, letter.key.split("/")[-2]: name}
        self._in_mailboxes[letter.key] += 1
        self._raw[letter.key] = raw

    def came_back(self, letter: Letter) -> None:
        """A letter lies in no mailbox: its address does not exist."""
        self._came_back.add(letter.key)

    def add(self, happening: Happening, letter: Letter | None) -> None:
        """Something the ledger told."""
        if happening.tone == "letter":
            self.settled[happening.key] += 1
            origin = origin_of(happening.key)
            if letter and letter.touchpoint == "clash" and origin:
                self._clashes[happening.lane] = (origin, letter.at)
            if letter:
                self.letters.append(Shown(letter, self._raw[letter.key], happening))

    def look(self, store: Store, now: datetime) -> Iterator[Happening]:
        """What is new in the pairings' own memory: notes kept, to-dos done, meetings that moved."""
        for line in self.config.lines:
            lane = lane_of_pairing(line.pairing)
            state = store.world(lane).state
            if isinstance(state, PairingState):
                self._meetings(lane, state, now)
                yield from self._kept(lane, store.notes(lane), state, line, now)
                yield from self._finished(lane, state, line, now)
                yield from self._erased(lane, state, line, now)
                yield from self._undisturbed(lane, state, line, now)

    def part_of(self, happening: Happening) -> int:
        """The number of the moment that it belongs to, 0 for none."""
        return self._moments.number(happening)

    def repaired(self, lane: Lane, now: datetime) -> Iterator[Happening]:
        """How long it took, right after it."""
        for name, (fell_out, stands) in self.repairs.items():
            if name[0] == lane and stands == now:
                minutes = self._waking(name, fell_out, stands)
                line = self._line(lane)
                text = f"repaired in {minutes} min of {line.mentee.first}'s waking time"
                yield Happening(now, line.mentee.zone, "figure", "=", text, lane=lane)

    def letters_of_week(self, number: int) -> dict[str, int]:
        """First name of everybody → letters in that week, from 1; of an advisor only where there is one."""
        counts = self._letters(lambda week: week == number)
        return {n: c for n, c in counts.items() if c or n not in self.advisors.values()}

    def letters_after(self, weeks: int) -> dict[str, int]:
        """The same of all that came after the story; nobody who got none."""
        return {n: c for n, c in self._letters(lambda week: week > weeks).items() if c}

    def _letters(self, is_meant: Callable[[int], bool]) -> dict[str, int]:
        counts = dict.fromkeys(sorted(set(self.names.values())), 0)
        for shown in self.letters:
            counts[self.names[shown.letter.to]] += is_meant(week_of(shown.letter.at))
        return counts

    def _line(self, lane: Lane) -> Line:
        return next(x for x in self.config.lines if lane_of_pairing(x.pairing) == lane)

    def _kept(
        self, lane: Lane, notes: list[Note], state: PairingState, line: Line, now: datetime
    ) -> Iterator[Happening]:
        fresh = notes[self._notes[lane] :]
        self._notes[lane] = len(notes)
        for note in fresh:
            writer = line.person(note.author)
            held = next((m for m in state.meetings if m.origin == note.origin), None)
            at = held.start.astimezone(ZoneInfo(writer.zone)).date() if held else note.origin.day
            if note.private:
                text, why = f"a line for {writer.first} alone", '"private:" in front'
            else:
                text, why = f"a note under {day_words(at)}", "for the pair alone"
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
                yield Happening(now, owner.zone, "seen", "done", text, "off the list", lane=lane)

    def _erased(
        self, lane: Lane, state: PairingState, line: Line, now: datetime
    ) -> Iterator[Happening]:
        """When the pair's memory holds the address of an advisor no more."""
        known = {advisor.address for advisor in state.advisors}
        for address in sorted(self._remembered.get(lane, set()) - known):
            name = self.names.get(address, address)
            text, why = f"{name}'s address is erased", "30 days after the 1:1"
            self.erased[address] = now
            yield Happening(now, line.mentor.zone, "seen", "erased", text, why, lane=lane)
        self._remembered[lane] = known

    def _undisturbed(
        self, lane: Lane, state: PairingState, line: Line, now: datetime
    ) -> Iterator[Happening]:
        """After a 1:1 about which one was asked to keep or move it: what the other has heard of that."""
        asked = self._clashes.get(lane)
        over = asked and [m for m in state.meetings if m.origin == asked[0] and m.end <= now]
        if asked and over and over[0].stands:
            del self._clashes[lane]
            heard = [
                shown.letter
                for shown in self.letters
                if shown.letter.to == line.mentee.address and shown.letter.at >= asked[1]
                and f"/{lane}/" in shown.letter.key and shown.letter.touchpoint not in AS_ALWAYS
            ]  # fmt: skip
            text = f"it took place; letters to {line.mentee.first} about the clash: {len(heard)}"
            yield Happening(now, line.mentee.zone, "figure", "=", text, lane=lane)

    def after_cut(self, now: datetime) -> Happening:
        """What the power cut has done to letters, told when it is over."""
        late = sum(h.at == now and h.why.startswith(TOO_LATE) for h in self.happenings)
        twice = sum(each > 1 for each in self._in_mailboxes.values())
        text = f"too late, skipped: {late} letters; sent twice so far: {twice}"
        return Happening(now, self.config.programs[0].timezone, "figure", "=", text)

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
        over = {
            name: m for name, m in self.meetings.items() if m.end <= now and m.settled_by != "rule"
        }
        kept = {name for name, m in over.items() if m.stands or m.standing == "held"}
        # what falls out of a week that is not played any more is not due either, so that the figures add up
        fallen = self.fallen.keys() & over.keys()
        waking = [self._waking(name, *times) for name, times in self.repairs.items()]
        keys = set(self.settled)
        return Figures(
            weeks=weeks,
            due=len(over),
            kept=len(kept),
            fell_out=len(fallen),
            repaired=len(fallen & kept),
            left_out=len(fallen - kept),
            median_repair_minutes=round(statistics.median(waking)) if waking else None,
            letters=len(self.letters),
            letters_a_week=self._by_role(weeks),
            twice=sum(count > 1 for count in self._in_mailboxes.values()),
            lost=len(keys - set(self._in_mailboxes) - self._gone_again()),
            private_found=self._private_found(),
            power_cuts=self.power_cuts,
            came_back=len(self._came_back),
        )

    def _gone_again(self) -> set[str]:
        """What came back, and lies in a mailbox all the same: it was sent once more, to another address."""
        arrived = {_stem(key) for key in self._in_mailboxes}
        return {key for key in self._came_back if _stem(key) in arrived}

    def _waking(self, name: tuple[Lane, str], start: datetime, end: datetime) -> int:
        """Minutes outside the mentee's quiet hours between falling out and standing again."""
        line = self._line(name[0])
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
        people: dict[str, set[str]] = {"mentee": set(), "mentor": set(), "admin": set()}
        mentors = {line.mentor.address for line in self.config.lines}
        mentees = {line.mentee.address for line in self.config.lines}
        for role, addresses in (("mentee", mentees), ("mentor", mentors)):
            people[role] = set(addresses)
        people["admin"] = {program.contact for program in self.config.programs}
        for shown in self.letters:
            if week_of(shown.letter.at) > weeks:
                continue
            for role, addresses in people.items():
                counts[role] += shown.letter.to in addresses
        return {role: counts[role] / weeks / max(1, len(people[role])) for role in people}

    def _private_found(self) -> int:
        return sum(PRIVATE_LINE in shown.letter.text for shown in self.letters)


def called_by(address: Address) -> str:
    """The first name of whoever is known by address alone, as one does here: `priya@…` is Priya."""
    return address.partition("@")[0].capitalize()


def _stem(key: str) -> str:
    """A key without the count of how often it was tried."""
    return key.rpartition("/")[0]
