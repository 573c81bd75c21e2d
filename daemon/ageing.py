"""Ageing: once a day what has been kept for long enough is deleted in the store; what it is to count in is summed up before.

Not the mailbox (daemon/clearing.py), and not the words of a pair: their own lane lets go of them, and is only woken
here where it would sleep on (daemon/decide/forgetting.py).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from daemon.domain.observation import LineSeen
from daemon.domain.world import PairingState
from daemon.machine import Daemon
from daemon.measures.bundles import sum_up
from daemon.measures.gathered import states_of

EVERY = timedelta(days=1)
LOG_KEPT = timedelta(days=365)
"""So long the ledger says what was sent and changed, to whom, when and why (LETTERS 2)."""
ROUNDS_MAX = 50
"""What is left then is deleted tomorrow."""
AGED = "aged"


def let_age(daemon: Daemon) -> bool:
    """Whether lanes have something to delete now."""
    store, now = daemon.ports.store, daemon.ports.clock.now()
    last = store.value(AGED)
    if last and abs(now - datetime.fromisoformat(last)) < EVERY:
        return False
    states = states_of(store).values()
    for program in daemon.roster.programs:
        sum_up(store, program, states, now)
    for _ in range(ROUNDS_MAX):
        if not store.forget_before(now - LOG_KEPT):
            break
    woken = _wake_over_due(daemon, now)
    store.keep_value(AGED, now.isoformat())
    store.settle_file()
    return woken


def _wake_over_due(daemon: Daemon, now: datetime) -> bool:
    """A lane wakes by itself when its words are to go, unless that day came by another number in the files."""
    seen = []
    for lane in daemon.ports.store.lane_names():
        state = daemon.ports.store.world(lane).state if lane.startswith("pairing/") else None
        if isinstance(state, PairingState) and _is_over_due(daemon, state, now):
            seen.append((lane, LineSeen(state.line, now)))
    if seen:
        daemon.ports.store.record(seen, now=now)
    return bool(seen)


def _is_over_due(daemon: Daemon, state: PairingState, now: datetime) -> bool:
    program = daemon.roster.programs.get(state.line.program)
    if not program or not program.notes_keep_days or state.closed_at is None:
        return False
    over = state.closed_at + timedelta(days=program.notes_keep_days) <= now
    return state.standing == "closed" and over and not state.forgotten
