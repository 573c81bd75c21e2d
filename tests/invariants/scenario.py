"""Three weeks in which everything happens once, and watchers that are put around the ports.

Not a test: the tests of the invariants run it and look at what the watchers saw.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from connectors.memory import MemoryCalendars, MemoryMail
from daemon.domain.cadence import RegularTime
from daemon.domain.meeting import Slot
from daemon.domain.people import Address, Line
from daemon.domain.world import LaneRecord, Plan
from daemon.errors import Temporary
from daemon.ports import Ports, Rendered
from tests.stories.cast import ANA, BEN, CHI, DAN, line
from tests.stories.people import moment
from tests.stories.stage import Stage

LINES: tuple[Line, ...] = (line(ANA, BEN), line(DAN, CHI, RegularTime(2, 10, 0)))

ACTS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("Mon 5 Oct 10:02 Berlin", "ana", "replies", ("welcome-mentor-connected", "Yes")),
    ("Mon 5 Oct 10:05 Berlin", "dan", "replies", ("welcome-mentor-connected", "Yes")),
    ("Mon 5 Oct 10:10 Berlin", "ben", "replies", ("welcome-mentee", "Yes")),
    ("Mon 5 Oct 10:20 Berlin", "chi", "replies", ("welcome-mentee", "Yes")),
    ("Tue 6 Oct 19:50 Kolkata", "ben", "replies", ("notes", "Rome.\ntodo: the CV\nprivate: hm")),
    ("Fri 9 Oct 10:00 Berlin", "ana", "deletes", ("Tue 13 Oct",)),
    ("Fri 9 Oct 14:00 Kolkata", "ben", "replies", ("proposal", "2")),
    ("Mon 12 Oct 12:00 Taipei", "chi", "declines", ("Wed 14 Oct",)),
    ("Mon 12 Oct 13:00 Taipei", "chi", "replies", ("proposal", "NONE")),
    ("Mon 12 Oct 14:00 Taipei", "chi", "replies", ("proposal", "SKIP")),
    ("Mon 19 Oct 10:00 Berlin", "ana", "drags", ("Tue 20 Oct", "Wed 21 Oct 11:00")),
    ("Mon 19 Oct 18:30 Kolkata", "ben", "replies", ("prep-mentee", "DONE a")),
    ("Wed 21 Oct 18:00 Taipei", "chi", "replies", ("notes", "NO")),
)
END = "Fri 23 Oct 12:00 Berlin"


def act_out(stage: Stage, *, end: str = END) -> Stage:
    """Everything, in its order."""
    for at, who, verb, words in ACTS:
        if moment(at) > moment(end):
            break
        stage.until(at)
        getattr(stage.people[who], verb)(*words)
    stage.until(end)
    return stage


def outcome(stage: Stage) -> dict[str, list[str]]:
    """All that anybody can see in the end: every letter, and what stands on every calendar."""
    window = Slot(moment("Mon 5 Oct 00:00 UTC"), moment("Mon 30 Nov 00:00 UTC"))
    seen: dict[str, list[str]] = {}
    for name, someone in sorted(stage.people.items()):
        someone.reads()
        seen[f"{name} reads"] = sorted(each.line for each in someone.letters)
        seen[f"{name} sees"] = [
            f"{shown.start:%d %b %H:%M} {shown.answer}"
            for shown in stage.outside.hands.calendar(someone.person.address, window)
        ]
    return seen


class Watched:
    """Something of the machine, with a watcher that is told of every call before it is made."""

    def __init__(self, real: Any, watcher: Callable[[str, tuple[Any, ...]], None]) -> None:
        self._real = real
        self._watcher = watcher

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self._real, name)
        if not callable(attribute):
            return attribute

        def call(*arguments: Any, **named: Any) -> Any:
            self._watcher(name, arguments)
            return attribute(*arguments, **named)

        return call


class WatchedStage(Stage):
    """A stage whose ports have watchers around them; a test overrides what it wants to hear of."""

    def remote(self, name: str, arguments: tuple[Any, ...]) -> None:
        """A calendar or mailbox is about to be asked."""

    def committing(self, record: LaneRecord, plan: Plan, rendered: Rendered) -> None:
        """A plan is about to be committed."""

    def _stored(self, name: str, arguments: tuple[Any, ...]) -> None:
        if name == "commit":
            self.committing(*arguments)

    def wire(self, ports: Ports) -> Ports:
        """Real ports, watched."""
        ports = super().wire(ports)
        calendars: Mapping[str, Any] = ports.calendars
        ports.calendars = {kind: Watched(real, self.remote) for kind, real in calendars.items()}
        ports.mail = {box: Watched(real, self.remote) for box, real in ports.mail.items()}
        store: Any = Watched(ports.store, self._stored)
        ports.store = store
        return ports


class Deaf(MemoryCalendars):
    """Calendars of which some answer no change for a while, as behind a broken connection."""

    deaf: frozenset[Address] = frozenset()

    def _write(self, call: str, place: Any, *rest: Any) -> Any:
        if place.calendar in self.deaf:
            raise Temporary("no connection")
        return super()._write(call, place, *rest)


class Mute(MemoryMail):
    """A mailbox that takes no letter for a while."""

    mute = False

    def send(self, letter: Any, *, key: str) -> Any:
        """Nothing is accepted while mute."""
        if self.mute:
            raise Temporary("no connection")
        return super().send(letter, key=key)


class BrokenStage(Stage):
    """A stage whose calendars may be deaf and whose mailbox may be mute."""

    calendars: Deaf
    mail: Mute

    def wire(self, ports: Ports) -> Ports:
        """The same connectors after a restart."""
        ports = super().wire(ports)
        if "calendars" not in self.__dict__:
            world, box = self.outside.world, self.program.mailbox
            self.__dict__["calendars"] = Deaf(world, self.faults)
            self.__dict__["mail"] = Mute(world, box, self.faults)
        ports.calendars = {"local": self.calendars}
        ports.mail = {self.program.mailbox: self.mail}
        return ports
