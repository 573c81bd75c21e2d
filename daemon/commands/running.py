"""`start`, `once` and `release`: the commands that beat.

Not the beat (daemon/tick.py) and not the metronome (daemon/heartbeat.py).
"""

from __future__ import annotations

import difflib
import logging
from collections.abc import Iterable

from daemon.alarms import store_is_damaged
from daemon.commands.folders import Folders
from daemon.commands.rehearsing import on_files, refuse_change, same_kind
from daemon.commands.wire import Wire
from daemon.domain.program import Config
from daemon.errors import NotNow, StoreDamaged, UserError
from daemon.heartbeat import Heartbeat, Signals, beats
from daemon.machine import Daemon
from daemon.mail.render import Templates
from daemon.ports import Store
from daemon.roster import Roster
from daemon.settings import load_or_raise
from daemon.status import frozen_names, holds

log = logging.getLogger("oneonone")

REPLY_TOKENS = "reply-tokens"


def daemon_of(wire: Wire, where: Folders, config: Config) -> Daemon:
    """A daemon as the files say it. The caller holds the owner lock."""
    try:
        ports = wire(config, where.data)
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
    roster = Roster.of(on_files(config), ports.vault.secret(REPLY_TOKENS))
    return Daemon(ports, roster, Templates(list(where.templates)))


def start(wire: Wire, where: Folders, every_seconds: float) -> None:
    """The daemon, until SIGTERM or SIGINT."""
    read = [load_or_raise(where.config).config]  # before anything is written
    with wire.own(where.data, "run.py start"):
        signals = Signals()
        signals.listen()

        def make() -> Daemon:
            config = read.pop() if read else load_or_raise(where.config).config
            refuse_change(where, config)
            return daemon_of(wire, where, config)

        Heartbeat(make, signals, every_seconds).run()


def once(wire: Wire, where: Folders, command: str = "run.py once") -> None:
    """Beats until nothing is due now."""
    config = load_or_raise(where.config).config
    refuse_change(where, config)
    with wire.own(where.data, command):
        daemon = daemon_of(wire, where, config)
        try:
            beats(daemon)
        finally:
            daemon.ports.store.close()
            if daemon.ports.bell:
                daemon.ports.bell.close()


def release(wire: Wire, where: Folders, name: str) -> tuple[int, bool]:
    """How many effects are let go, and whether a running daemon was asked to (else it is done now)."""
    store = wire.beside(where.data, read_only=False)
    try:
        name = frozen_names(store).get(name, name)
        count = _waiting(store, name)
        store.ask("release", name, now=wire.clock().now())
    finally:
        store.close()
    if wire.owner(where.data):
        return count, True
    try:
        once(wire, where, "run.py release")
    except NotNow:
        if wire.owner(where.data) is None:
            raise
        return count, True  # somebody started just now, and takes it up
    return count, False


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
    near = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.5)
    return f" Did you mean {near[0]}?" if near else " See: run.py held"
