"""Foresight: the daemon itself on a copy of its world, on a clock that jumps, and what it did there.

Not a second set of rules, and not the copy: the composition root makes it, and throws it away afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from daemon.decide import decide
from daemon.deciding import world_of
from daemon.domain.effect import Effect
from daemon.domain.world import Lane
from daemon.machine import Daemon
from daemon.ports import QueueEntry
from daemon.tick import tick

STEP_LEAST = timedelta(minutes=1)
BEATS_MAX = 5000
"""So many beats are years of any pairing; whatever comes after is left out rather than waited for."""
ENTRIES_MAX = 500
_ENDS = ("settled", "refused", "skipped", "withdrawn")


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One effect, and what becomes of it: `done`, `later`, `on hold`, `left out` or `refused`, when and why.

    `hold` is the name under which it waits. What is left out was never an effect where `effect` is None.
    """

    lane: Lane
    key: str
    effect: Effect | None
    becomes: str
    at: datetime
    why: str
    hold: str = ""


@dataclass(frozen=True, slots=True)
class Foresight:
    """What the beats between two moments would do, in the order in which it would happen."""

    since: datetime
    until: datetime
    foreseen: tuple[Foreseen, ...]
    wakes: dict[Lane, datetime]
    """When a pairing is decided again, without anything new, after the end."""
    reasons: dict[Lane, tuple[str, ...]]
    """What was decided about a lane as a whole."""
    stuck: tuple[Lane, ...]
    """What could not be decided, by a mistake of ours: of these nothing is known."""


@dataclass(slots=True)
class _Watched:
    """The effects that lay in the outbox at any time."""

    effects: dict[str, tuple[Lane, Effect]] = field(default_factory=dict)

    def look(self, daemon: Daemon) -> None:
        """Remember what is about to be acted on."""
        for entry in daemon.ports.store.queue():
            self.effects.setdefault(entry.effect.key, (entry.lane, entry.effect))


def foresee(daemon: Daemon, jump: Callable[[datetime], None], until: datetime) -> Foresight:
    """Beat after beat until then, as if nobody wrote and nobody touched a calendar. `daemon` is wired to a
    copy, and `jump` sets its clock."""
    since = daemon.ports.clock.now()
    watched = _Watched()
    daemon.begin(since)
    for _ in range(BEATS_MAX):
        tick(daemon, watched.look)
        now = daemon.ports.clock.now()
        wakes = [daemon.ports.store.wake_at(), daemon.observer.wake_at()]
        coming = [max(wake, now + STEP_LEAST) for wake in wakes if wake is not None]
        if not coming or min(coming) > until:
            break
        jump(min(coming))
    lanes = [lane for lane in daemon.ports.store.lane_names() if lane in daemon.roster.lines]
    return Foresight(
        since, until, tuple(_foreseen(daemon, watched, since)), _wakes(daemon, lanes, until),
        {lane: found for lane in lanes if (found := _reasons(daemon, lane, since))},
        tuple(sorted(daemon.stuck)),
    )  # fmt: skip


def _foreseen(daemon: Daemon, watched: _Watched, since: datetime) -> list[Foreseen]:
    waiting = {entry.effect.key: entry for entry in daemon.ports.store.queue()}
    found = [
        _waits(waiting[key], since) if key in waiting else _ended(daemon, key, lane, effect, since)
        for key, (lane, effect) in watched.effects.items()
    ]
    found += _never_asked(daemon, watched, since)
    return sorted(found, key=lambda each: (each.at, each.lane, each.key))


def _waits(entry: QueueEntry, since: datetime) -> Foreseen:
    effect = entry.effect
    on_hold = entry.standing == "on hold"
    at = max(entry.not_before or since, since)
    why = entry.why if on_hold else effect.reason
    becomes = "on hold" if on_hold else "later"
    return Foreseen(entry.lane, effect.key, effect, becomes, at, why, entry.hold)


def _ended(daemon: Daemon, key: str, lane: Lane, effect: Effect, since: datetime) -> Foreseen:
    entries = daemon.ports.store.ledger(key=key, last=ENTRIES_MAX)
    last = [each for each in entries if each.key == key and each.what in _ENDS][-1]
    done = last.what == "settled"
    why = effect.reason if done else last.why
    becomes = {"settled": "done", "refused": "refused"}.get(last.what, "left out")
    return Foreseen(lane, key, effect, becomes, max(last.at, since), why)


def _never_asked(daemon: Daemon, watched: _Watched, since: datetime) -> Iterable[Foreseen]:
    """Letters that are left out before they ever were an effect, with the reason."""
    for lane in daemon.ports.store.lane_names():
        for each in daemon.ports.store.ledger(lane=lane, last=ENTRIES_MAX):
            if each.at >= since and each.what == "skipped" and each.key not in watched.effects:
                yield Foreseen(lane, each.key, None, "left out", each.at, each.why)


def _reasons(daemon: Daemon, lane: Lane, since: datetime) -> tuple[str, ...]:
    entries = daemon.ports.store.ledger(lane=lane, last=ENTRIES_MAX)
    return tuple(
        dict.fromkeys(e.why for e in entries if e.at >= since and e.what == "decided" and not e.key)
    )


def _wakes(daemon: Daemon, lanes: Iterable[Lane], until: datetime) -> dict[Lane, datetime]:
    """Deciding is pure: asked once more, each lane says when it could differ."""
    wakes: dict[Lane, datetime] = {}
    for lane in lanes:
        if lane in daemon.stuck:
            continue
        world = world_of(daemon, daemon.ports.store.world(lane))
        wake = decide(world, daemon.ports.clock.now()).wake_at if world else None
        if wake is not None:
            wakes[lane] = max(wake, until)
    return wakes


def at_once(daemon: Daemon) -> tuple[Foreseen, ...]:
    """What the next beat would do, with all that follows from its own receipts. `daemon` is wired to a copy."""
    now = daemon.ports.clock.now()
    return foresee(daemon, lambda _: None, now).foreseen
