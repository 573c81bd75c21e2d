"""Release: what happens when an admin lets go of something on hold.

Not the command (daemon/cli hands the request in): this is the owner of the store answering it.
"""

from __future__ import annotations

import logging
from datetime import datetime

from daemon.accepted import APPLIED, PREFIX, READ
from daemon.brakes import CHANGED_FILES, FIRST_RUN
from daemon.decide.bounced import HOLD
from daemon.decide.keys import lane_of_account, logged
from daemon.domain.observation import AdminAsked
from daemon.domain.people import Line
from daemon.domain.world import Lane, PairingState
from daemon.machine import Daemon
from daemon.mail.source import LetterFailed
from daemon.pace import released
from daemon.ports import RESTORED, OutgoingLetter
from daemon.rendering import letter_of

log = logging.getLogger("oneonone")


def answer_requests(daemon: Daemon, now: datetime) -> None:
    """Every admin request that was handed in beside the running daemon."""
    store = daemon.ports.store
    for number, word, key in store.asked():
        if word == "release":
            count = release(daemon, key, now)
            log.info("event=released name=%s count=%d", logged(key), count)
        elif word == READ:
            daemon.reread = True
        store.answered(number)


def release(daemon: Daemon, name: str, now: datetime) -> int:
    """Let go of a hold by its name, or of one effect by its key; answers how many effects are due again.

    What is outdated was withdrawn by later plans already, and not-after is checked at the claim.
    """
    store = daemon.ports.store
    if name.startswith(PREFIX):
        return _apply(daemon, name, now)
    if name.startswith("frozen/"):
        account = name.partition("/")[2]
        daemon.observer.frozen.pop(account, None)
        lane = lane_of_account(account)
        store.record([(lane, AdminAsked("release", name, now))], now=now)
        return 1
    if name.startswith(f"{HOLD}/"):
        asked = AdminAsked("release", name, now)
        lanes = daemon.roster.pairings_of(name.partition("/")[2])
        store.record([(lane, asked) for lane in lanes], now=now)
        return sum(each.hold == name for each in store.queue(on_hold=True))
    if name.startswith("aside/"):
        store.record([], now=now, source=name, set_aside=[])
        return 1
    if name.startswith(FIRST_RUN):
        store.keep_value(f"released/{name.removeprefix(FIRST_RUN)}", now.isoformat())
    if name.startswith("restore/"):
        store.keep_value(RESTORED, "")
    waiting = [
        (entry.lane, entry.effect)
        for entry in store.queue(on_hold=True)
        if name in (entry.hold, entry.effect.key)
    ]
    return store.release(
        name, now=now, letters=_mended(daemon, name, now), not_before=released(daemon, waiting, now)
    )


def _apply(daemon: Daemon, name: str, now: datetime) -> int:
    """The files of that name may count. What the guard holds because of earlier ones goes with them."""
    daemon.ports.store.keep_value(APPLIED, name)
    daemon.reread = True
    held = {entry.hold for entry in daemon.ports.store.queue(on_hold=True)}
    return sum(
        release(daemon, each, now) for each in sorted(held) if each.startswith(CHANGED_FILES)
    )


def _mended(daemon: Daemon, name: str, now: datetime) -> dict[str, OutgoingLetter]:
    """Letters that had no bytes because their template failed are rendered now; who fails again stays."""
    letters: dict[str, OutgoingLetter] = {}
    for entry in daemon.ports.store.queue(on_hold=True):
        if name not in (entry.hold, entry.effect.key) or not entry.hold.startswith("template/"):
            continue
        try:
            letters[entry.effect.key] = letter_of(
                entry.effect, entry.lane, _line(daemon, entry.lane), templates=daemon.templates,
                roster=daemon.roster, store=daemon.ports.store, now=now, options=daemon.options,
            )  # fmt: skip
        except LetterFailed:
            log.error("event=letter-failed-again key=%s", logged(entry.effect.key))
    return letters


def _line(daemon: Daemon, lane: Lane) -> Line | None:
    state = daemon.ports.store.world(lane).state
    return state.line if isinstance(state, PairingState) else None
