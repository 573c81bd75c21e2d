"""Pace: how many people are written to for the first time in an hour (RULES 10).

Not a brake that waits for a person: whoever comes later is only later. Spam filters, and nerves.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from daemon.domain.effect import Effect, SendLetter
from daemon.domain.world import Lane, Plan
from daemon.machine import Daemon

WELCOMES = ("welcome-mentor-connected", "welcome-mentee")
HOUR = timedelta(hours=1)


def newcomers(daemon: Daemon, plan: Plan, now: datetime) -> dict[str, datetime]:
    """When the first letters of a plan may go."""
    if not any(_welcomes(effect) for effect in plan.effects):
        return {}
    return spread(daemon, [(plan.lane, effect) for effect in plan.effects], now)


def spread(
    daemon: Daemon, effects: Iterable[tuple[Lane, Effect]], now: datetime
) -> dict[str, datetime]:
    """Welcomes one after another, so many an hour and program; by key, only those that have to wait."""
    store = daemon.ports.store
    later: dict[str, datetime] = {}
    for lane, effect in effects:
        program = daemon.roster.program_of(lane)
        if program is None or program.first_run == "send" or not _welcomes(effect):
            continue
        name = f"newcomers/{program.id}"
        known = [datetime.fromisoformat(at) for at in (store.value(name) or "").split()]
        recent = [at for at in known if at > now - HOUR]
        most = program.new_people_per_hour
        moment = now if len(recent) < most else max(now, recent[-most] + HOUR)
        store.keep_value(name, " ".join(at.isoformat() for at in (*recent, moment)))
        if moment > now:
            later[effect.key] = moment
    return later


def _welcomes(effect: Effect) -> bool:
    return isinstance(effect.change, SendLetter) and effect.change.touchpoint in WELCOMES
