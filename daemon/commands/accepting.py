"""Which files count: those that are there, or the last ones while a change that touches many waits (DESIGN 9).

Not whether they are good: bad files never come this far.
"""

from __future__ import annotations

import logging
from datetime import datetime

from daemon.accepted import (
    APPLIED,
    Accepted,
    Waiting,
    counts_already,
    in_force,
    is_applied,
    name_of,
    waiting,
)
from daemon.commands.folders import Folders
from daemon.commands.log import unheard
from daemon.commands.planned import beyond
from daemon.commands.rehearsing import on_files
from daemon.commands.wire import Wire
from daemon.decide.guard import weigh
from daemon.decide.keys import lane_of_account, lane_of_pairing
from daemon.domain.program import Config
from daemon.domain.world import Lane
from daemon.errors import NotNow, UserError
from daemon.foresight import Foreseen, at_once
from daemon.machine import Daemon
from daemon.mail.render import Templates
from daemon.ports import Ports, Store
from daemon.roster import REPLY_TOKENS, Roster
from daemon.simulate.clock import VirtualClock

log = logging.getLogger("oneonone")

FILES = "config"
"""How an effect says that changed files explain it."""


def wired(ports: Ports, where: Folders, config: Config) -> Daemon:
    """A daemon on these ports."""
    roster = Roster.of(on_files(config), ports.vault.secret(REPLY_TOKENS), ports.settled)
    return Daemon(ports, roster, Templates(list(where.templates)), options=where.in_letters)


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
    if counts_already(store, config) and not store.asked():
        return Accepted(config, applied=bool(store.value(APPLIED)))
    known, name = in_force(store), name_of(config)
    if known is None or known == config or is_applied(store, name):
        return Accepted(config, applied=is_applied(store, name))
    found = weighed(wire, where, config, known)
    if found is None:
        return Accepted(config)
    before = waiting(store)
    if before and before.name == name:
        found = before
    log.error("event=config-waits name=%s pairings=%d", name, found.pairings)
    return Accepted(known, found, applied=is_applied(store, name_of(known)))


def weighed(wire: Wire, where: Folders, config: Config, known: Config) -> Waiting | None:
    """The change from the files that count to these, if the guard would not let it through (RULES 10)."""
    now = wire.clock().now()
    try:
        with unheard():
            new = _at_once(wire, where, config)
            old = _at_once(wire, where, known)
    except NotNow:
        return None  # what cannot be copied just now, the guard weighs when it comes to it
    added = beyond(new, old)
    lanes = _mass([each for each in new if each.key in added], config, known, now)
    if not lanes:
        return None
    why = f"the files have changed, for {len(lanes)} of {len(config.lines)} pairings"
    return Waiting(name_of(config), now, len(lanes), f"{why}: see run.py plan{where.options}")


def _at_once(wire: Wire, where: Folders, config: Config) -> tuple[Foreseen, ...]:
    """What would happen now if these files counted, and nothing of it waited for the guard."""
    clock = VirtualClock(wire.clock().now())
    with wire.copied(config, where.data, clock) as ports:
        daemon = wired(ports, where, config)
        daemon.applied = True
        return at_once(daemon)


def _mass(added: list[Foreseen], config: Config, known: Config, now: datetime) -> set[Lane]:
    """The lanes of what is too much: changes of calendars as the guard weighs them, whatever else they wait for,
    and the letters that follow. Those to new pairings have a pace of their own (RULES 10)."""
    program = config.programs[0]
    effects = [(each.lane, each.effect) for each in added if each.effect]
    explained = [(lane, effect) for lane, effect in effects if effect.explained == FILES]
    verdicts = weigh(explained, len(config.lines), program, now)
    held = {key for verdict in verdicts if verdict.hold for key in verdict.keys}
    before = {lane_of_pairing(line.pairing) for line in known.lines}
    before |= {lane_of_account(p.address) for line in known.lines for p in line.people}
    letters = [lane for lane, each in effects if each.port == "mail" and lane in before]
    mailed = set(letters) if len(letters) > program.guard_letters else set()
    return mailed | {lane for lane, effect in effects if effect.key in held}
