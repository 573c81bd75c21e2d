"""A stage: the whole machine on a virtual clock, with people whose acts read like a story.

Not a simulation: nothing happens on it by chance, and nobody acts but the story.
"""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from connectors.memory import Faults, MemoryCalendars, MemoryMail
from connectors.outside import MemoryOutside
from daemon.domain.meeting import Meeting, Place, Slot
from daemon.domain.people import Line, Person, Role
from daemon.domain.program import Config, Program
from daemon.domain.world import PairingState
from daemon.mail.render import Templates
from daemon.ports import Ports
from daemon.roster import Roster
from daemon.simulate.hands import Shown
from daemon.tick import Daemon, tick
from tests.stories.cast import CITIES, KOSS, line

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"
WELCOMES: tuple[tuple[str, Role], ...] = (
    ("welcome-mentor-connected", "mentor"),
    ("welcome-mentee", "mentee"),
)
MINUTE = timedelta(minutes=1)
YEARS = (2026, 2027, 2028)
BEATS_MAX = 40
"""So many beats without time going on are a daemon that never comes to rest."""


class Crash(BaseException):
    """The power goes, in the middle of a beat."""


@dataclass(frozen=True)
class Read:
    """A letter as its reader sees it, at the reader's local time."""

    at: str
    touchpoint: str
    first: str
    text: str
    raw: bytes

    @property
    def line(self) -> str:
        """`Tue 13 Oct 15:01  proposal  Tuesday's 1:1 …`."""
        return f"{self.at}  {self.touchpoint}  {self.first}"

    @property
    def choices(self) -> list[str]:
        """The numbered lines."""
        return re.findall(r"^(?:\d+  .*)$", self.text, re.MULTILINE)

    def header(self, name: str) -> str:
        """One header of it."""
        return str(email.message_from_bytes(self.raw, policy=email.policy.default)[name] or "")


def moment(text: str) -> datetime:
    """`Tue 13 Oct 15:00 Berlin` as an instant; the weekday tells the year."""
    weekday, rest, city = text[:3], text[4:].rsplit(" ", 1)[0], text.rsplit(" ", 1)[1]
    for year in YEARS:
        wall = datetime.strptime(f"{rest} {year}", "%d %b %H:%M %Y")  # noqa: DTZ007
        if f"{wall:%a}" == weekday:
            return wall.replace(tzinfo=ZoneInfo(CITIES[city])).astimezone(UTC)
    raise AssertionError(f"no such day in {YEARS}: {text}")


def local(at: datetime, zone: str) -> str:
    """`Tue 13 Oct 15:00` on the clock of a zone."""
    wall = at.astimezone(ZoneInfo(zone))
    return f"{wall:%a} {wall.day} {wall:%b %H:%M}"


class Stage:
    """The machine and its people. Faults happen only where a story injects one."""

    def __init__(
        self,
        *lines: Line,
        start: str = "Mon 5 Oct 10:00 Berlin",
        program: Program = KOSS,
        tells_guests: bool = False,
        templates: tuple[Path, ...] = (TEMPLATES,),
    ) -> None:
        self.program = program
        self.config = Config((program,), lines or (line(),))
        self.outside = MemoryOutside(self.config, moment(start), 1, "none")
        self.outside.world.tells_guests = tells_guests
        self.outside.world.account(program.mailbox)
        self.faults = Faults(Random(1), spend=self.outside.clock.spend)
        self.templates = templates
        self.crash_at: tuple[str, str] | None = None
        self.crashes = 0
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
            for person in (one.mentor, one.mentee):
                if person.id not in self.people:
                    self.someone(person)
                    self.outside.world.account(person.address).readable = True

    def _wired(self) -> Daemon:
        ports = self.wire(self.outside.ports(self._statement))
        daemon = Daemon(
            ports,
            Roster.of(self.config, ports.vault.secret("reply-tokens")),
            Templates(list(self.templates)),
        )
        daemon.actor = replace(daemon.actor, probe=self._phase)
        daemon.observer.remember(self.now)
        return daemon

    def wire(self, ports: Ports) -> Ports:
        """The ports a story sees; a test of an invariant may put something around them."""
        world = self.outside.world
        ports.calendars = {"local": MemoryCalendars(world, self.faults)}
        ports.mail = {box: MemoryMail(world, box, self.faults) for box in ports.mail}
        return ports

    def _statement(self, name: str) -> None:
        self._perhaps_crash("statement", name)

    def _phase(self, phase: str, key: str) -> None:
        self._perhaps_crash(phase, key)

    def _perhaps_crash(self, phase: str, what: str) -> None:
        if self.crash_at and self.crash_at[0] == phase and self.crash_at[1] in what:
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
        except Crash:
            self.crashes += 1
            self.restart()
            self.beat()

    def restart(self) -> None:
        """A new process on what was committed."""
        self.daemon = self._wired()

    def reconfigured(self, *lines: Line) -> None:
        """The files say something else from now on."""
        self.config = Config((self.program,), lines)
        self._enter()
        self.restart()
        self.passes(1)

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

    # --- what can be looked at

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


class Someone:
    """One person's hands and eyes. After each act a minute passes, so the daemon has seen it."""

    def __init__(self, stage: Stage, person: Person) -> None:
        self.stage = stage
        self.person = person
        self.seen = 0
        self.letters: list[Read] = []
        self.written = 0

    # --- eyes

    def _fetch(self) -> None:
        world = self.stage.outside.world
        mails = world.mailbox(self.person.address).arrived
        for mail in mails[len(self.letters) :]:
            parsed = email.message_from_bytes(mail.raw, policy=email.policy.default)
            body = parsed.get_body(("plain",))
            assert body is not None
            text = str(body.get_content()).replace("\r\n", "\n")
            at = local(mail.at, self.person.zone)
            first = text.split("\n")[0]
            self.letters.append(
                Read(at, str(parsed["X-Oneonone-Touchpoint"]), first, text, mail.raw)
            )

    def reads(self) -> list[str]:
        """The letters since the last look: `when  touchpoint  first line`."""
        self._fetch()
        news, self.seen = self.letters[self.seen :], len(self.letters)
        return [letter.line for letter in news]

    def last(self, touchpoint: str = "") -> Read:
        """The last letter (of that touchpoint)."""
        self._fetch()
        found = [read for read in self.letters if touchpoint in ("", read.touchpoint)]
        assert found, f"no {touchpoint} for {self.person.first}"
        return found[-1]

    def calendar(self, days: int = 15) -> list[str]:
        """What the person sees in their own calendar from now on; guests with their answer."""
        return [self._worded(shown) for shown in self.shown(days)]

    def _worded(self, shown: Shown) -> str:
        text = local(shown.start, self.person.zone)
        if not shown.series:
            text += " one-off"
        if shown.place.calendar != self.person.address:
            text += f" {shown.answer}"
        return text

    def shown(self, days: int = 60) -> list[Shown]:
        """What is not over yet in the person's own calendar."""
        now = self.stage.now
        window = Slot(now - timedelta(days=2), now + timedelta(days=days))
        return [
            shown
            for shown in self.stage.outside.hands.calendar(self.person.address, window)
            if shown.end > now
        ]

    def _place(self, day: str) -> Place:
        found = [s for s in self.shown() if local(s.start, self.person.zone).startswith(f"{day} ")]
        assert len(found) == 1, f"{len(found)} events of {self.person.first} on {day}"
        return found[0].place

    # --- hands

    def _at(self, text: str) -> datetime:
        city = next(c for c, zone in CITIES.items() if zone == self.person.zone)
        return moment(f"{text} {city}")

    def deletes(self, day: str) -> None:
        """Deletes an event from the calendar; a guest deletes their copy."""
        self.stage.outside.hands.delete(self.person.address, self._place(day))
        self.stage.passes(1)

    def cancels(self, day: str) -> None:
        """Cancels one's own event and leaves it visible."""
        self.stage.outside.hands.cancel(self.person.address, self._place(day))
        self.stage.passes(1)

    def declines(self, day: str) -> None:
        """As guest."""
        self.stage.outside.hands.answer(self.person.address, self._place(day), "DECLINED")
        self.stage.passes(1)

    def accepts(self, day: str) -> None:
        """As guest."""
        self.stage.outside.hands.answer(self.person.address, self._place(day), "ACCEPTED")
        self.stage.passes(1)

    def drags(self, day: str, to: str) -> None:
        """Moves an event (half an hour long) to another time of one's own clock."""
        start = self._at(to)
        slot = Slot(start, start + timedelta(minutes=30))
        self.stage.outside.hands.move(self.person.address, self._place(day), slot)
        self.stage.passes(1)

    def takes_back_deletions(self) -> None:
        """Every occurrence deleted from one's series is there again (undo, or a restored backup)."""
        world = self.stage.outside.world
        for event in world.account(self.person.address).events.values():
            if event.rule and event.rule.gaps:
                event.rule = replace(event.rule, gaps=())
                world.touch(event)
        self.stage.passes(1)

    def deletes_all(self) -> None:
        """Deletes the series."""
        uid = next(s.place.uid for s in self.shown() if s.series)
        self.stage.outside.hands.delete_series(self.person.address, uid)
        self.stage.passes(1)

    def takes_series_out_of_the_bin(self) -> None:
        """As it was."""
        for event in self.stage.outside.world.account(self.person.address).events.values():
            self.stage.outside.hands.restore_series(self.person.address, event.place.uid)
        self.stage.passes(1)

    def is_busy(self, start: str, hours: float = 1) -> None:
        """Makes an ordinary event; the daemon is not told."""
        begin = self._at(start)
        slot = Slot(begin, begin + timedelta(hours=hours))
        self.stage.outside.hands.occupy(self.person.address, f"busy {start}", slot)

    def locks_out(self) -> None:
        """Takes the daemon's right away."""
        self.stage.outside.hands.lock_out(self.person.address)
        self.stage.passes(1)

    def lets_in(self) -> None:
        """Gives it back; a lost account is looked at every hour."""
        self.stage.outside.hands.let_in(self.person.address)
        self.stage.passes(61)

    def replies(self, touchpoint: str, text: str, **headers: str) -> None:
        """Answers the last letter of that touchpoint as a mail program does."""
        self.answers(self.last(touchpoint), text, **headers)

    def answers(self, letter: Read, text: str, **headers: str) -> None:
        """Answers that letter; further headers replace those a mail program writes."""
        given = {
            "From": f"{self.person.name} <{self.person.address}>",
            "To": letter.header("Reply-To"),
            "Subject": f"Re: {letter.header('Subject').removeprefix('Re: ')}",
            "In-Reply-To": letter.header("Message-ID"),
            "References": f"{letter.header('References')} {letter.header('Message-ID')}",
        }
        quoted = "\n".join(f"> {each}" for each in letter.text.split("\n"))
        self._write(
            f"{text}\n\nOn Tue, KOSS 1:1s wrote:\n{quoted}\n",
            given | {name.replace("_", "-"): value for name, value in headers.items()},
        )
        if not self.stage.off:
            self.stage.passes(1)

    def _write(self, text: str, headers: dict[str, str]) -> None:
        self.written += 1
        own = {"Message-ID": f"<{self.person.id}-{self.written}@example.org>", **headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in own.items() if value)
        raw = f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}".encode()
        to = own["To"].strip("<>")
        self.stage.outside.hands.write(self.person.address, to, raw, self.stage.now)


def running(*lines: Line, **wishes: object) -> Stage:
    """A stage on which every pairing has said yes twice and the first letters have been read."""
    stage = Stage(*lines, **wishes)  # type: ignore[arg-type]
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
    for someone in stage.people.values():
        someone.reads()
    return stage
