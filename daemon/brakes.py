"""The brakes: what waits for a person before it is done, and who lets it go (RULES 10).

Not a rule of one lane: the first run, a restore, and masses that no date explains.
"""

from __future__ import annotations

import logging
from datetime import datetime

from daemon.decide.guard import WEIGHING, weigh
from daemon.domain.effect import Effect
from daemon.domain.world import Lane
from daemon.machine import Daemon
from daemon.ports import RESTORED, Hold

log = logging.getLogger("oneonone")

FIRST_RUN = "first-run/"
"""How the hold begins under which the first letters of a program wait."""
CHANGED_FILES = "guard/config/"
"""How the holds begin under which a mass waits that changed files have caused."""


def brake(daemon: Daemon, lane: Lane) -> Hold | None:
    """First run and restore: everything waits once for a person (RULES 10)."""
    store, program = daemon.ports.store, daemon.roster.program_of(lane)
    assert program is not None
    restored = store.value(RESTORED)
    if restored:
        return Hold(f"restore/{restored[:10]}", "after a restore everything waits for release")
    if program.first_run == "hold" and store.value(f"released/{program.id}") is None:
        return Hold(f"{FIRST_RUN}{program.id}", "the first letters of a program wait for release")
    return None


def guard(daemon: Daemon, now: datetime) -> None:
    """Invariant 9: a mass of unexplained effects waits for a person, a few go at once; what follows from files
    that an admin has applied was agreed to already."""
    store = daemon.ports.store
    weighed: list[tuple[Lane, Effect]] = [
        (entry.lane, entry.effect)
        for entry in store.queue(on_hold=True)
        if entry.hold.startswith(WEIGHING)
    ]
    program = next(iter(daemon.roster.programs.values()))
    for verdict in weigh(weighed, len(daemon.roster.lines), program, now):
        hold = verdict.hold
        if hold and daemon.applied and hold.startswith(CHANGED_FILES):
            hold = None
        for key in verdict.keys:
            if hold:
                store.rename_hold(key, Hold(hold, verdict.why), now=now)
            else:
                store.release(key, now=now)
        if hold:
            log.error("event=guard hold=%s", hold)
