"""What waits under a name that its contact reads a letter of its own about: first letters, and changed files.

Not the holds themselves (daemon/brakes.py, daemon/accepted.py), and not the other things that wait: those are one alarm.
"""

from __future__ import annotations

from daemon.accepted import waiting
from daemon.brakes import FIRST_RUN
from daemon.decide.keys import lane_of_program
from daemon.domain.effect import SendLetter
from daemon.domain.observation import WaitsSeen
from daemon.domain.world import Lane
from daemon.machine import Daemon
from daemon.pace import WELCOMES

TOLD = "waits-told"
SHOWN_MOST = 3


def look_at_what_waits(daemon: Daemon) -> frozenset[str]:
    """The names that are told now. What is told is told once for as long as it waits."""
    store, now = daemon.ports.store, daemon.ports.clock.now()
    standing = [*_launches(daemon), *_files(daemon)]
    known = (store.value(TOLD) or "").split()
    fresh = [(lane, seen) for lane, seen in standing if seen.name not in known]
    if fresh:
        store.record(fresh, now=now)
    names = sorted({seen.name for _, seen in standing})
    if names != known:
        store.keep_value(TOLD, " ".join(names))
    return frozenset(seen.name for _, seen in fresh)


def _launches(daemon: Daemon) -> list[tuple[Lane, WaitsSeen]]:
    """Programs whose welcomes wait. Only those are shown: they hold names and times that the files say."""
    now = daemon.ports.clock.now()
    keys: dict[str, list[str]] = {}
    for entry in daemon.ports.store.queue(on_hold=True):
        change = entry.effect.change
        if (
            entry.hold.startswith(FIRST_RUN)
            and isinstance(change, SendLetter)
            and change.touchpoint in WELCOMES
        ):
            keys.setdefault(entry.hold, []).append(entry.effect.key)
    return [
        (
            lane_of_program(name.removeprefix(FIRST_RUN)),
            WaitsSeen("launch", name, len(found), tuple(found[:SHOWN_MOST]), now),
        )
        for name, found in keys.items()
        if name.removeprefix(FIRST_RUN) in daemon.roster.programs
    ]


def _files(daemon: Daemon) -> list[tuple[Lane, WaitsSeen]]:
    """The changed files, to each contact once."""
    found = waiting(daemon.ports.store)
    if found is None:
        return []
    seen = WaitsSeen("files-wait", found.name, found.pairings, (), daemon.ports.clock.now())
    return [(lane, seen) for lane in lanes_of_contacts(daemon)]


def lanes_of_contacts(daemon: Daemon) -> list[Lane]:
    """The programs whose contacts are told what is about no one program, each contact once."""
    programs = daemon.roster.programs.values()
    first = {program.contact: program.id for program in reversed(list(programs))}
    return [lane_of_program(name) for name in sorted(first.values())]
