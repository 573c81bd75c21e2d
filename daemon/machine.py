"""A daemon that is wired up: ports, roster, templates, and the two halves that use the ports.

Not what it does: one beat of it is daemon/tick.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from daemon.act import Actor
from daemon.budget import Budgets
from daemon.decide.keys import lane_of_program
from daemon.domain.observation import DownSeen
from daemon.domain.program import Config
from daemon.domain.world import Lane
from daemon.mail.render import Templates
from daemon.noted import DOWN, DOWN_LEAST, LAST_BEAT, NOTE_EVERY
from daemon.observe import Observer
from daemon.ports import Ports
from daemon.roster import Roster


@dataclass(slots=True)
class Daemon:
    """A machine that is wired up: ports, roster, templates, and the two halves that use the ports."""

    ports: Ports
    roster: Roster
    templates: Templates
    observer: Observer = field(init=False)
    actor: Actor = field(init=False)
    noted_at: datetime | None = None
    note_every: timedelta = NOTE_EVERY
    down: tuple[datetime, datetime] | None = None
    """The last long time without a beat, as this process found it at its start."""
    stuck: dict[Lane, Exception] = field(default_factory=dict)
    """Lanes whose decision failed in this beat: a mistake of ours, which stops nobody else."""
    unweighed: bool = True
    """At its start: what a process that died in a beat did not come to weigh."""

    applied: bool = False
    """Whether an admin has applied the files that count: what follows from them is no surprise."""
    reread: bool = False
    """An admin has applied other files, which have to be read now."""
    options: str = ""
    """What a command needs that a letter to the contact names, to find the same folders."""

    budgets: Budgets = field(init=False)

    def __post_init__(self) -> None:
        self.observer = Observer(self.ports, self.roster)
        self.budgets = Budgets(self.ports)
        self.actor = Actor(self.ports, self.observer, self.budgets)

    def begin(self, now: datetime) -> None:
        """At start: what the store knows of accounts, lanes and of the time since the last beat."""
        self.observer.remember(now)
        last = self.ports.store.value(LAST_BEAT)
        if last and now - datetime.fromisoformat(last) > DOWN_LEAST:
            self.down = (datetime.fromisoformat(last), now)
            self.ports.store.keep_value(DOWN, f"{last} {now.isoformat()}")
            seen = DownSeen(self.down[0], now)
            lanes = [lane_of_program(program) for program in self.roster.programs]
            self.ports.store.record([(lane, seen) for lane in lanes], now=now)
        elif known := self.ports.store.value(DOWN):
            since, _, back = known.partition(" ")
            self.down = (datetime.fromisoformat(since), datetime.fromisoformat(back))

    def reload(self, config: Config, now: datetime) -> None:
        """Take over another configuration; lanes whose line is gone go on as they are (RULES 1)."""
        self.roster = self.observer.roster = Roster.of(
            config, self.roster.secret, self.ports.settled
        )
        self.observer.remember(now)

    def note_beat(self) -> None:
        """`status` shows the last beat; a machine with nothing to do does not write it down every time."""
        now = self.ports.clock.now()
        if self.noted_at is None or now - self.noted_at >= self.note_every:
            self.noted_at = now
            self.ports.store.keep_value(LAST_BEAT, now.isoformat())
