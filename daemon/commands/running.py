"""`start`, `once` and `release`: the commands that beat.

Not the beat (daemon/tick.py) and not the metronome (daemon/heartbeat.py).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from contextlib import ExitStack

from daemon.accepted import in_force, keep
from daemon.alarms import store_is_damaged
from daemon.commands.accepting import accept, wired
from daemon.commands.folders import Folders
from daemon.commands.rehearsing import refuse_change, same_kind
from daemon.commands.wire import Wire
from daemon.domain.program import Config
from daemon.errors import NotNow, StoreDamaged, UserError
from daemon.garbage import kept, uncollected
from daemon.heartbeat import Heartbeat, Signals, beats, keep_problem
from daemon.machine import Daemon
from daemon.noted import CONFIG_PROBLEM
from daemon.ports import Push, Store
from daemon.settings import load_or_raise
from daemon.settings.problem import nearest
from daemon.status import frozen_names, holds
from daemon.waking import Together

log = logging.getLogger("oneonone")


def daemon_of(wire: Wire, where: Folders, config: Config) -> Daemon:
    """A daemon as the files say it; as they said it before, while a change that touches many waits. The caller
    holds the owner lock."""
    accepted = accept(wire, where, config)
    try:
        ports = wire(accepted.config, where.data)
    except StoreDamaged:
        bell = wire.bell(config.alarms, where.data)
        store_is_damaged(bell, wire.clock().now())
        bell.close()
        raise
    try:
        same_kind(ports.store, where)
    except UserError:
        ports.store.close()
        raise
    if where.rehearsal:
        log.warning("event=rehearsal why=letters_to")
    keep(ports.store, accepted, where.config, where.data)
    daemon = wired(ports, where, accepted.config)
    daemon.applied = accepted.applied
    return daemon


def files_or_last(wire: Wire, where: Folders) -> tuple[Config, str]:
    """What the files say; where they are bad the last good ones, and what is wrong. UserError with neither."""
    try:
        return load_or_raise(where.config).config, ""
    except UserError as why:
        known = last_good(wire, where)
        if known is None:
            raise
        return known, str(why)


def last_good(wire: Wire, where: Folders) -> Config | None:
    """The files that count, as the store knows them; None where nothing has run."""
    try:
        store = wire.beside(where.data, read_only=True)
    except UserError:
        return None
    try:
        return in_force(store)
    finally:
        store.close()


Pages = Callable[[Config, Daemon], Push | None]
"""Opens the pages that the files ask for."""


def start(wire: Wire, where: Folders, every_seconds: float, pages: Pages) -> None:
    """The daemon, until SIGTERM or SIGINT."""
    with ExitStack() as held:
        with uncollected():
            first, problem = files_or_last(wire, where)  # before anything is written
            held.enter_context(wire.own(where.data, "run.py start"))
            signals, read = Signals(), [first]
            signals.listen()

            def make() -> Daemon:
                config = read.pop() if read else load_or_raise(where.config).config
                refuse_change(where, config)
                daemon = daemon_of(wire, where, config)
                daemon.ports.push = Together(daemon.ports.push, pages(config, daemon))
                return daemon

            heartbeat = Heartbeat(make, signals, every_seconds, problem)
            heartbeat.start()
            kept()
        heartbeat.run()


def once(wire: Wire, where: Folders, command: str = "run.py once") -> None:
    """Beats until nothing is due now."""
    config, problem = files_or_last(wire, where)
    refuse_change(where, config)
    with wire.own(where.data, command):
        daemon = daemon_of(wire, where, config)
        if problem:
            keep_problem(daemon, problem)
        else:
            daemon.ports.store.keep_value(CONFIG_PROBLEM, "")
        try:
            beats(daemon)
        finally:
            daemon.ports.store.close()
            if daemon.ports.bell:
                daemon.ports.bell.close()


def release(wire: Wire, where: Folders, name: str) -> tuple[int, bool]:
    """How many effects are let go, and whether a running daemon was asked to (else it is done now)."""
    store = wire.beside(where.data, read_only=True)
    try:
        name = frozen_names(store).get(name, name)
        count = _waiting(store, name)
    finally:
        store.close()
    return count, ask(wire, where, name, "run.py release")


def ask(wire: Wire, where: Folders, name: str, command: str, word: str = "release") -> bool:
    """Let go of what has that name: True when a running daemon was asked to, else it is done now."""
    store = wire.beside(where.data, read_only=False)
    try:
        store.ask(word, name, now=wire.clock().now())
    finally:
        store.close()
    if wire.owner(where.data):
        return True
    try:
        once(wire, where, command)
    except NotNow:
        if wire.owner(where.data) is None:
            raise
        return True  # somebody started just now, and takes it up
    return False


def _waiting(store: Store, name: str) -> int:
    """How many effects wait under that name or key; UserError when it is nobody's name."""
    found = {each["name"]: each["count"] for each in holds(store)}
    real = {name: alias for alias, name in frozen_names(store).items()}
    known = found | {entry.effect.key: 1 for entry in store.queue(on_hold=True)}
    known |= {f"aside/{each.name}": 1 for each in store.set_aside() if each.source == "mail"}
    alias = real.get(name, name)
    if alias not in known:
        raise UserError(f"nothing is on hold under {name!r}.{_meant(name, known)}")
    return int(known[alias])


def _meant(name: str, known: Iterable[str]) -> str:
    near = nearest(name, known)
    return f" Did you mean {near}?" if near else " See: run.py held"
