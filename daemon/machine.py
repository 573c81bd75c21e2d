"""A daemon that is wired up: ports, roster, templates, and the two halves that use the ports.

Not what it does: one beat of it is daemon/tick.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from daemon.act import Actor
from daemon.domain.program import Config
from daemon.mail.render import Templates
from daemon.observe import Observer
from daemon.ports import Ports
from daemon.roster import Roster

NOTE_EVERY = timedelta(minutes=5)


@dataclass(slots=True)
class Daemon:
    """A machine that is wired up: ports, roster, templates, and the two halves that use the ports."""

    ports: Ports
    roster: Roster
    templates: Templates
    observer: Observer = field(init=False)
    actor: Actor = field(init=False)
    noted_at: datetime | None = None
    unweighed: bool = True
    """At its start: what a process that died in a beat did not come to weigh."""

    def __post_init__(self) -> None:
        self.observer = Observer(self.ports, self.roster)
        self.actor = Actor(self.ports, self.observer)

    def reload(self, config: Config, now: datetime) -> None:
        """Take over another configuration; lanes whose line is gone go on as they are (RULES 1)."""
        self.roster = self.observer.roster = Roster.of(config, self.roster.secret)
        self.observer.remember(now)

    def note_beat(self) -> None:
        """`status` shows the last beat; a machine with nothing to do does not write it down every time."""
        now = self.ports.clock.now()
        if self.noted_at is None or now - self.noted_at >= NOTE_EVERY:
            self.noted_at = now
            self.ports.store.keep_value("last-beat", now.isoformat())
