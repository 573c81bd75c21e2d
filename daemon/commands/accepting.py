"""Which files count: those that are there, or the last ones while a change that touches many waits (DESIGN 9).

Not whether they are good: bad files never come this far.
"""

from __future__ import annotations

import logging

from daemon.accepted import Accepted, Waiting, in_force, is_applied, name_of, waiting
from daemon.commands.folders import Folders
from daemon.commands.log import unheard
from daemon.commands.rehearsing import on_files
from daemon.commands.wire import Wire
from daemon.domain.program import Config
from daemon.errors import NotNow, UserError
from daemon.foresight import held_by_guard
from daemon.machine import Daemon
from daemon.mail.render import Templates
from daemon.ports import Ports, Store
from daemon.roster import Roster

log = logging.getLogger("oneonone")

REPLY_TOKENS = "reply-tokens"


def wired(ports: Ports, where: Folders, config: Config) -> Daemon:
    """A daemon on these ports."""
    roster = Roster.of(on_files(config), ports.vault.secret(REPLY_TOKENS))
    return Daemon(ports, roster, Templates(list(where.templates)))


def accept(wire: Wire, where: Folders, config: Config) -> Accepted:
    """What counts from now on when the files say this. Nothing is written."""
    try:
        store = wire.beside(where.data, read_only=True)
    except UserError:
        # Nothing runs yet that could be changed; what is wrong with the file, the owner is told.
        return Accepted(config)
    try:
        return _accepted(wire, where, config, store)
    finally:
        store.close()


def _accepted(wire: Wire, where: Folders, config: Config, store: Store) -> Accepted:
    known, name = in_force(store), name_of(config)
    if known is None or known == config or is_applied(store, name):
        return Accepted(config, applied=is_applied(store, name))
    found = weighed(wire, where, config)
    if found is None:
        return Accepted(config)
    before = waiting(store)
    if before and before.name == name:
        found = before
    log.error("event=config-waits name=%s pairings=%d", name, found.pairings)
    return Accepted(known, found, applied=is_applied(store, name_of(known)))


def weighed(wire: Wire, where: Folders, config: Config) -> Waiting | None:
    """The change that these files make, if the guard would not let it through (RULES 10)."""
    now = wire.clock().now()
    try:
        with unheard(), wire.copied(config, where.data, wire.clock()) as ports:
            held = held_by_guard(wired(ports, where, config))
    except NotNow:
        return None  # what cannot be copied just now, the guard weighs when it comes to it
    if not held:
        return None
    pairings = len({entry.lane for entry in held})
    why = f"the files have changed, for {pairings} of {len(config.lines)} pairings"
    return Waiting(name_of(config), now, pairings, f"{why}: see run.py plan{where.options}")
