"""The engine: the real tick on a virtual clock that jumps to the next moment at which anything can differ.

Not a model of the daemon: what beats here is daemon/tick.py on a store that loses what was not committed.
"""

from __future__ import annotations

import dataclasses
import hashlib
import heapq
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random

from daemon.act import LEASE
from daemon.domain.people import Address, Line
from daemon.domain.program import Config
from daemon.machine import Daemon
from daemon.mail.render import Templates
from daemon.ports import Claim
from daemon.roster import REPLY_TOKENS, Roster
from daemon.simulate.cast import ended
from daemon.simulate.chance import CRASH_EVERY, Chance, Crash
from daemon.simulate.checkers import Checkers, LogChecker
from daemon.simulate.groups import reader_of
from daemon.simulate.letterbox import Letter, letter
from daemon.simulate.oracle import Oracle, Standing
from daemon.simulate.outcome import Outcome
from daemon.simulate.outside import Outside
from daemon.simulate.people import ROBOTS, People
from daemon.simulate.postmaster import Refusal, returned
from daemon.tick import tick

START = datetime(2026, 9, 7, 6, tzinfo=UTC)
QUIET_TAIL = timedelta(days=2)
POLL_MINUTES = (1, 2, 4)
LOOK = timedelta(hours=6)
"""How often the oracle looks at the calendars."""
ZOMBIE_PER_MILLE = {"none": 0, "light": 1, "heavy": 4}


@dataclass(slots=True)
class Simulation:
    """One run. Everything it does follows from the seed."""

    config: Config
    outside: Outside
    templates: Templates
    seed: int
    weeks: int
    faults: str
    on_progress: Callable[[float], None] = lambda _: None
    on_violation: Callable[[str, str], None] = lambda _, __: None
    random: Random = field(init=False)
    lines: dict[str, Line] = field(init=False)
    """By name, as everybody knows them; a mentee may get another mentor meanwhile."""
    people: People = field(init=False)
    checkers: Checkers = field(init=False)
    chance: Chance = field(init=False)
    daemon: Daemon = field(init=False)
    outcome: Outcome = field(init=False)
    queue: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    beat_at: datetime = START
    down_until: datetime = START
    begun: bool = False
    """Whether this process has begun: the first thing it does in its first beat."""
    beats: int = 0
    zombies: int = 0
    number: int = 0
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.people = People(self.outside.hands, Random(self.seed ^ 0xBEEF))
        self.lines = {line.pairing: line for line in self.config.lines}
        leads = {each.id: each.prep_mentee_days for each in self.config.programs}
        oracle = Oracle(self.outside.hands, self.lines, self.people.unheeded, leads)
        self.checkers = Checkers(
            self.lines, self.people, oracle, START, on_violation=self.on_violation
        )
        self.chance = Chance(Random(self.seed ^ 0xDEAD), CRASH_EVERY[self.faults])
        self.outcome = Outcome()

    @property
    def now(self) -> datetime:
        """The virtual present."""
        return self.outside.clock.now()

    @property
    def end(self) -> datetime:
        """When faults and the deeds of people stop."""
        return START + timedelta(weeks=self.weeks)

    def later(self, moment: datetime, what: Callable[[], None]) -> None:
        """Something a person does at that moment."""
        self.number += 1
        heapq.heappush(self.queue, (max(moment, self.now), self.number, what))

    def run(self) -> None:
        """From the first beat to the quiet end."""
        log = logging.getLogger("oneonone")
        handler = LogChecker(self.checkers)
        log.addHandler(handler)
        before, log.propagate = (log.level, log.propagate), False
        log.setLevel(logging.INFO)
        try:
            self._start()
            self._until(self.end)
            self.outside.quiet()
            for address in list(self.people.refusals):
                del self.people.refusals[address]
                self._release(address)
            self.chance.every = 0
            self._until(self.end + QUIET_TAIL)
            self.outcome.look(self.daemon.ports.store, self.now)
            self.checkers.finish(self.daemon.ports.store, self.now)
        finally:
            log.removeHandler(handler)
            log.setLevel(before[0])
            log.propagate = before[1]

    def _start(self) -> None:
        try:
            self._wire()
        except Crash:
            self._crashed()
        for number in range(self.weeks):
            monday = START + timedelta(weeks=number)
            self.later(monday, lambda monday=monday: self._week(monday))  # type: ignore[misc]
        hours = int((timedelta(weeks=self.weeks) + QUIET_TAIL) / LOOK)
        for number in range(hours):
            self.later(START + LOOK * number, self._hour)

    def _wire(self) -> None:
        """A daemon on what survived, as after a start."""
        statement = self._statement if CRASH_EVERY[self.faults] else None
        ports = self.outside.ports(statement)
        roster = Roster.of(self.config, ports.vault.secret(REPLY_TOKENS))
        self.daemon = Daemon(ports, roster, self.templates)
        self.daemon.actor = dataclasses.replace(self.daemon.actor, probe=self._probe)
        self.daemon.note_every = LOOK
        self.begun = False

    def _probe(self, phase: str, _: str) -> None:
        if phase == "before-claim":
            self._zombie()
        self.chance.step(phase)

    def _statement(self, _: str) -> None:
        self.chance.step("between-statements")

    def _until(self, end: datetime) -> None:
        while True:
            moment = min(self.beat_at, self.queue[0][0] if self.queue else end)
            if moment >= end:
                break
            self.outside.clock.set(max(moment, self.now))
            while self.queue and self.queue[0][0] <= self.now:
                heapq.heappop(self.queue)[2]()
            if self.beat_at <= self.now:
                self._beat()

    def _soon(self) -> None:
        """A person did something: the next reading of the calendars will see it."""
        minutes = self.random.choice(POLL_MINUTES)
        seen_at = min(self.beat_at, self.now + timedelta(minutes=minutes))
        self.beat_at = max(seen_at, self.down_until)

    def _beat(self) -> None:
        self.beats += 1
        self.checkers.now = self.now
        begun = self.now
        try:
            if not self.begun:
                self.daemon.begin(begun)
                self.begun = True
            tick(self.daemon)
            for why in self.daemon.stuck.values():
                raise why
            self.daemon.note_beat()
            self._next_beat(begun)
            for address in self.daemon.observer.blocked(self.now):
                self.checkers.held_for_lost(address, begun, self.beat_at + timedelta(minutes=1))
        except Crash:
            self._crashed()
        self._deliver()

    def _next_beat(self, begun: datetime) -> None:
        store, observer = self.daemon.ports.store, self.daemon.observer
        moments = [m for m in (store.wake_at(), observer.wake_at()) if m is not None]
        wake = min(moments, default=begun + timedelta(days=30))
        self.beat_at = max(wake, self.now + timedelta(minutes=1))

    def _crashed(self) -> None:
        """Down for minutes, sometimes for three days; what people do meanwhile is seen afterwards."""
        down = timedelta(minutes=self.random.choice((1, 2, 5, 20, 60)))
        if self.random.random() < 0.04:
            down = timedelta(days=3)
        self.checkers.down.append((self.now - timedelta(hours=1), self.now + down + LEASE * 3))
        every, self.chance.every = self.chance.every, 0
        self._wire()
        self.chance.every = every
        self.checkers.crashed(self.daemon.ports.store)
        self.beat_at = self.down_until = self.now + down

    def _zombie(self) -> None:
        """A worker that stops breathing with a claim in its hands, and goes on before its lease is over."""
        if self.random.randrange(1000) >= ZOMBIE_PER_MILLE[self.faults]:
            return
        observer = self.daemon.observer
        claim = self.daemon.ports.store.claim(self.now, LEASE, observer.blocked(self.now))
        if claim is not None:
            self.zombies += 1
            self.later(self.now + LEASE * 0.6, lambda: self._wakes(claim))

    def _wakes(self, claim: Claim) -> None:
        try:
            self.daemon.actor.carry_out(claim, self.now)
        except Crash:
            self._crashed()
        self._deliver()
        self._soon()

    def _week(self, monday: datetime) -> None:
        self.on_progress((monday - START) / timedelta(weeks=self.weeks))
        for line in self.config.lines:
            for moment, what, _ in self.people.plan_week(line, monday):
                self._plan(line, moment, what)
            for moment, what in self.people.plan_members(line, monday):
                self._plan(line, moment, what)
            if self.random.random() < 0.0012 and line.pairing not in self.people.quitters:
                self._quit(line)
        if self.faults != "none" and self.random.random() < 0.3:
            self.people.counts["garbage-mail"] += 1
            mailbox = self.config.programs[0].mailbox
            junk = b"\xff\xfe From nobody\r\nMessage-ID: <<<<\r\n\r\n" + self.random.randbytes(40)
            self.outside.hands.write("nobody@else.example", mailbox, junk, self.now)
            self._soon()

    def _plan(self, line: Line, moment: datetime, what: str) -> None:
        self.later(moment, lambda: self._by_hand(line, what))

    def _by_hand(self, line: Line, what: str) -> None:
        if what.startswith("release:"):
            self._release(what.partition(":")[2])
            return
        self.checkers.oracle.glance(line, self.now)
        if what == "lock-out":
            begin = self.now
            for after, then in self.people.by_hand(line, what, self.now):
                span = (begin, begin + after + timedelta(hours=3))
                self.checkers.locked[line.calendar].append(span)
                self._plan(line, begin + after, then)
        else:
            for after, then in self.people.by_hand(line, what, self.now):
                self._plan(line, self.now + after, then)
        self.checkers.oracle.glance(line, self.now)
        self._soon()

    def _release(self, address: Address) -> None:
        """An admin has heard that the mailbox works, and lets letters go there again."""
        people = (p for line in self.config.lines for p in line.people)
        person = next(each for each in people if each.address == address)
        if address not in self.people.refusals:
            self.checkers.bounces.works(address)
            try:
                self.daemon.ports.store.ask("release", f"address/{person.id}", now=self.now)
            except Crash:
                self._crashed()
            self._soon()

    def _quit(self, line: Line) -> None:
        """Somebody stops answering; the admin ends the pairing in the files a fortnight later, and finds
        another mentor."""
        self.people.counts["quit"] += 1
        self.people.quitters.add(line.pairing)
        self.later(self.now + timedelta(days=15), lambda: self._end_line(line))

    def _end_line(self, line: Line) -> None:
        self.config = Config(self.config.programs, ended(self.config.lines, line.pairing))
        self.lines |= {each.pairing: each for each in self.config.lines[-1:]}
        self._soon()
        try:
            self.daemon.reload(self.config, self.now)
        except Crash:
            self._crashed()

    def _hour(self) -> None:
        self.checkers.now = self.now
        self._note()
        self.checkers.hour(self.now)
        for name, standing in self.checkers.oracle.over():
            self._judge_later(name[2], standing)
        if self.now.hour < 12:
            self.outcome.look(self.daemon.ports.store, self.now)

    def _note(self) -> None:
        """A daemon with nothing to do beats all the same; only the moments that matter are played."""
        if self.begun and self.now >= self.down_until:
            try:
                self.daemon.note_beat()
            except Crash:
                self._crashed()

    def _judge_later(self, recurrence: str, standing: Standing) -> None:
        def judge() -> None:
            if self.now < self.down_until:  # what was left out is told when the daemon is up again
                self.later(self.down_until + timedelta(hours=1), judge)
                return
            self.checkers.now = self.now
            self.checkers.ended(recurrence, standing, self.daemon.ports.store)

        self.later(standing.end + timedelta(days=3, hours=4), judge)

    def _deliver(self) -> None:
        """What became visible: to the checkers, to the digest, and to whom it was written."""
        mailboxes = {program.mailbox for program in self.config.programs}
        for to, raw, at in self.outside.posted():
            local, _, domain = to.partition("@")
            if f"{local.partition('+')[0]}@{domain}" in mailboxes:
                self.checkers.threads.mail(to, raw)
                continue
            self.digest.update(raw)
            seen = letter(raw, to, at)
            refusal = self.people.refusals.get(to)
            if refusal:
                self.outside.hands.turn_away(to)
                self.checkers.returned(seen, refusal)
                self.later(self.now + timedelta(minutes=1), partial(self._send_back, seen, refusal))
                continue
            self.outcome.letter(seen)
            self.checkers.letter(seen)
            self._hand_over(seen)

    def _send_back(self, seen: Letter, refusal: Refusal) -> None:
        """The server of that address reports that it did not take the letter."""
        self.number += 1
        raw, own_id = returned(seen, seen.to, refusal, f"report-{self.number}", self.now)
        self.people.automatic_ids.add(own_id)
        self.outside.hands.write(seen.to, seen.mailbox, raw, self.now)
        self._soon()

    def _hand_over(self, seen: Letter) -> None:
        for after, act in self.checkers.advisors.acts(seen):
            self.later(self.now + after, partial(self._from_outside, act))
        line = self.checkers._line(seen)
        if line is None or seen.touchpoint == "advisor":
            return
        person = reader_of(line, seen)
        if person is None:
            return
        what = self.people.answer(line, person, seen, self.now)
        if what:
            moment = self.now + timedelta(minutes=1)
            if what not in ROBOTS:
                moment = self.people.waking(person, self.now + self.people.delay())
            self.later(moment, lambda: self._write(line, seen, what))

    def _from_outside(self, act: Callable[[datetime], None]) -> None:
        act(self.now)
        self._soon()

    def _write(self, line: Line, seen: Letter, what: str) -> None:
        person = reader_of(line, seen)
        assert person is not None
        self.people.write(line, person, seen, what, self.now)
        self._soon()
