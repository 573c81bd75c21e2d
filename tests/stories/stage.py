"""A stage: the whole machine on a virtual clock, with people whose acts read like a story.

Not a simulation: nothing happens on it by chance, and nobody acts but the story.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from connectors.memory import Faults, MemoryCalendars, MemoryMail
from connectors.outside import MemoryOutside
from daemon.domain.account import Account
from daemon.domain.meeting import Meeting, Series, Slot
from daemon.domain.observation import Busy, Unknown
from daemon.domain.people import Line, Person, Role
from daemon.domain.program import Config, Program, Web
from daemon.domain.value import replace
from daemon.domain.world import PairingState
from daemon.machine import Daemon
from daemon.noted import LAST_BEAT
from daemon.ports import Ports
from daemon.roster import Roster
from daemon.tick import tick
from tests.facts import WatchedTemplates
from tests.stories.cast import KOSS, PATIENT, line
from tests.stories.people import Someone, moment

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"
SHIPPED = WatchedTemplates((TEMPLATES,))
"""One for all stories: to compile them anew in each took most of the time of a short one."""
WELCOMES: tuple[tuple[str, Role], ...] = (
    ("welcome-mentor-connected", "mentor"),
    ("welcome-mentee", "mentee"),
)
MINUTE = timedelta(minutes=1)
BEATS_MAX = 40
"""So many beats without time going on are a daemon that never comes to rest."""


class Crash(BaseException):
    """The power goes, in the middle of a beat."""


class _Calendars(MemoryCalendars):
    """Calendars of which some show nobody when their owner is busy."""

    hidden: set[str]

    def busy(
        self, calendar: str, people: tuple[str, ...], window: Slot
    ) -> Mapping[str, Busy | Unknown]:
        """Unknown for those who hide it."""
        found = super().busy(calendar, people, window)
        return {who: Unknown("hidden") if who in self.hidden else found[who] for who in found}


class Stage:
    """The machine and its people. Faults happen only where a story injects one."""

    def __init__(
        self,
        *lines: Line,
        start: str = "Mon 5 Oct 10:00 Berlin",
        program: Program = KOSS,
        tells_guests: bool = False,
        templates: tuple[Path, ...] = (TEMPLATES,),
        web: str = "",
        accounts: tuple[Account, ...] = (),
    ) -> None:
        self.program = program
        self.config = Config((program,), lines or (line(),), accounts=accounts, web=Web(web))
        self.outside = MemoryOutside(self.config, moment(start), 1, "none")
        self.outside.world.tells_guests = tells_guests
        self.outside.world.account(program.mailbox)
        self.faults = Faults(Random(1), spend=self.outside.clock.spend)
        self.hidden: set[str] = set()
        self.templates = templates
        self.crash_at: tuple[str, str] | None = None
        self.crashes = 0
        self.crash_after = 0
        self.off = False
        self.posted: list[tuple[str, bytes, datetime]] = []
        self.people: dict[str, Someone] = {}
        self.maya = self.someone(
            Person("maya", program.contact_name, program.contact, program.timezone)
        )
        self._enter()
        self.daemon = self._wired()

    # --- the machine

    def _enter(self) -> None:
        for one in self.config.lines:
            self.outside.world.account(one.calendar).readable = True
            for person in one.people:
                if person.id not in self.people:
                    self.someone(person)
                    self.outside.world.account(person.address).readable = True

    def _wired(self) -> Daemon:
        ports = self.wire(self.outside.ports(self._statement))
        daemon = Daemon(
            ports,
            Roster.of(self.config, ports.vault.secret("reply-tokens")),
            SHIPPED if self.templates == (TEMPLATES,) else WatchedTemplates(self.templates),
        )
        daemon.actor = dataclasses.replace(daemon.actor, probe=self._phase)
        daemon.begin(self.now)
        return daemon

    def wire(self, ports: Ports) -> Ports:
        """The ports a story sees; a test of an invariant may put something around them."""
        world = self.outside.world
        calendars = _Calendars(world, self.faults)
        calendars.hidden = self.hidden
        ports.calendars = dict.fromkeys(("local", "google"), calendars)
        ports.mail = {box: MemoryMail(world, box, self.faults) for box in ports.mail}
        return ports

    def _statement(self, name: str) -> None:
        self._perhaps_crash("statement", name)

    def _phase(self, phase: str, key: str) -> None:
        self._perhaps_crash(phase, key)

    def _perhaps_crash(self, phase: str, what: str) -> None:
        if self.crash_at and self.crash_at[0] == phase and self.crash_at[1] in what:
            if self.crash_after:
                self.crash_after -= 1
                return
            self.crash_at = None
            raise Crash(f"{phase} {what}")

    @property
    def now(self) -> datetime:
        """The present of the story."""
        return self.outside.clock.now()

    def beat(self) -> None:
        """One beat; a crash that the story asked for is followed by a new start."""
        try:
            tick(self.daemon)
            self.daemon.note_beat()
            for why in self.daemon.stuck.values():
                raise why
        except Crash:
            self.crashes += 1
            self._had_beaten()
            self.restart()
            self.beat()

    def _had_beaten(self) -> None:
        """Beats with nothing to do are left out on a stage; a machine would have noted the last of them."""
        store = self.outside.ports(self._statement).store
        store.keep_value(LAST_BEAT, self.now.isoformat())

    def restart(self) -> None:
        """A new process on what was committed; it knows that the old one is dead, as `start` does."""
        self.daemon = self._wired()
        store: Any = self.daemon.ports.store
        store.free_claims()

    def reconfigured(self, *lines: Line) -> None:
        """The files say something else from now on."""
        self.config = Config((self.program,), lines)
        self._enter()
        self.restart()
        self.passes(1)

    def ruled(self, **settings: Any) -> None:
        """The program's file says something else from now on."""
        self.program = replace(self.program, **settings)
        self.reconfigured(*self.config.lines)

    def until(self, text: str) -> None:
        """Let time pass to a moment: a beat at every moment at which the daemon itself wakes."""
        self._run_to(moment(text))

    def passes(self, minutes: int) -> None:
        """Let so many minutes pass."""
        self._run_to(self.now + minutes * MINUTE)

    def sleeps_until(self, text: str) -> None:
        """The machine is switched off until then."""
        self.outside.clock.set(moment(text))
        self.off = False
        self.restart()
        self.beat()

    def _run_to(self, end: datetime) -> None:
        still = 0
        while self.now < end:
            self.beat()
            woken = [self.daemon.ports.store.wake_at(), self.daemon.observer.wake_at()]
            due = min((at for at in woken if at is not None), default=end)
            still = still + 1 if due <= self.now else 0
            assert still < BEATS_MAX, f"no rest at {self.now}"
            self.outside.clock.set(min(max(due, self.now + MINUTE), max(end, self.now)))
        self.beat()
        if self.templates == (TEMPLATES,):
            failed = [entry.why for entry in self.daemon.ports.store.queue(on_hold=True)]
            assert not [why for why in failed if ".md:" in why], failed

    # --- what can be looked at

    def all_read(self) -> None:
        """Everybody reads what has come."""
        for someone in self.people.values():
            someone.reads()

    def someone(self, person: Person) -> Someone:
        """The hands and eyes of a person."""
        self.people[person.id] = Someone(self, person)
        return self.people[person.id]

    def __getattr__(self, name: str) -> Someone:
        people = self.__dict__.get("people", {})
        if name in people:
            return people[name]
        raise AttributeError(name)

    def lane(self, pairing: str = "") -> str:
        """The lane of a pairing, of the first one unless told."""
        return f"pairing/{pairing or self.config.lines[0].pairing}"

    def state(self, pairing: str = "") -> PairingState:
        """What the lane remembers."""
        state = self.daemon.ports.store.world(self.lane(pairing)).state
        assert isinstance(state, PairingState)
        return state

    def series(self, pairing: str = "") -> Series:
        """The present series."""
        return self.state(pairing).series[-1]

    def meeting(self, day: str, pairing: str = "") -> Meeting:
        """The meeting whose origin is on that day (`Tue 13 Oct`)."""
        found = [
            m
            for m in self.state(pairing).meetings
            if f"{m.origin.day:%a} {m.origin.day.day} {m.origin.day:%b}" == day
        ]
        assert len(found) == 1, f"{len(found)} meetings of {day}"
        return found[0]

    def standing(self, day: str, pairing: str = "") -> str:
        """The standing of that day's meeting, with the evidence or the way it was settled."""
        meeting = self.meeting(day, pairing)
        return " ".join(filter(None, (meeting.standing, meeting.evidence, meeting.settled_by)))

    def why(self, part: str, pairing: str = "") -> list[str]:
        """What the ledger says of keys or reasons that contain `part`: `what: why`, oldest first."""
        entries = self.daemon.ports.store.ledger(lane=self.lane(pairing), last=2000)
        return [f"{e.what}: {e.why}" for e in entries if part in e.key or part in e.why]

    def on_hold(self) -> list[str]:
        """`hold  key without generation` of everything on hold."""
        return sorted(
            f"{entry.hold}  {entry.effect.stem}"
            for entry in self.daemon.ports.store.queue(on_hold=True)
        )

    def release(self, name: str) -> None:
        """An admin lets go of a hold."""
        self.daemon.ports.store.ask("release", name, now=self.now)
        self.passes(1)


def running(*lines: Line, kind: type[Stage] = Stage, **wishes: object) -> Stage:
    """A stage on which every pairing has said yes twice and the first letters have been read."""
    stage = kind(*lines, **wishes)  # type: ignore[arg-type]
    stage.passes(1)
    for touchpoint, role in WELCOMES:
        asked = [stage.people[one.person(role).id] for one in stage.config.lines]
        if any(touchpoint not in " ".join(someone.reads()) for someone in dict.fromkeys(asked)):
            stage.passes(14 * 60)  # it is night for somebody
        for someone in dict.fromkeys(asked):
            someone.reads()
            for letter in [each for each in someone.letters if each.touchpoint == touchpoint]:
                someone.answers(letter, "Yes")
    stage.passes(1)
    assert all(stage.state(one.pairing).series for one in stage.config.lines)
    stage.all_read()
    return stage


def before(*lines: Line, at: str = "Wed 7 Oct 10:00 Berlin", **wishes: object) -> Stage:
    """A week into it; everything has been read."""
    stage = running(*lines, **{"program": PATIENT, **wishes})
    stage.until(at)
    stage.all_read()
    return stage
