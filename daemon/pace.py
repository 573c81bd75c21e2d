"""Pace: when letters may go that a whole program is behind: so many new people an hour (RULES 10), and nobody
is woken because an admin releases something at night.

Not a brake that waits for a person: whoever comes later is only later. Spam filters, and nerves.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from daemon.decide.moment import quiet_hours, speakable
from daemon.decide.owed import ANY_HOUR
from daemon.domain.effect import Effect, SendLetter
from daemon.domain.program import Program
from daemon.domain.world import Lane
from daemon.machine import Daemon

WELCOMES = ("welcome-mentor-connected", "welcome-mentee", "group-welcome")
HOUR = timedelta(hours=1)


def newcomers(
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
        moment = _waking(daemon, lane, effect, program, now)
        while sum(abs(at - moment) < HOUR for at in recent) >= program.new_people_per_hour:
            moment = min(at for at in recent if at > moment - HOUR) + HOUR
            moment = _waking(daemon, lane, effect, program, moment)
        store.keep_value(name, " ".join(at.isoformat() for at in (*recent, moment)))
        if moment > now:
            later[effect.key] = moment
    return later


def released(
    daemon: Daemon, effects: Iterable[tuple[Lane, Effect]], now: datetime
) -> dict[str, datetime]:
    """When what is let go of may go: welcomes at their pace, other letters outside their readers' quiet
    hours, by key only those that have to wait."""
    waiting = list(effects)
    later: dict[str, datetime] = {}
    for lane, effect in waiting:
        program = daemon.roster.program_of(lane)
        letter = isinstance(effect.change, SendLetter) and effect.change.touchpoint not in ANY_HOUR
        if program and letter and (moment := _waking(daemon, lane, effect, program, now)) > now:
            later[effect.key] = moment
    return later | newcomers(daemon, waiting, now)


def _waking(
    daemon: Daemon, lane: Lane, effect: Effect, program: Program, moment: datetime
) -> datetime:
    """The first moment, not before this one, outside the quiet hours of whoever reads it."""
    who = effect.change.person if isinstance(effect.change, SendLetter) else ""
    for person in daemon.roster.people_of(lane):
        if person.id == who:
            return speakable(moment, quiet_hours(person, daemon.roster.zones[person.zone], program))
    return moment


def _welcomes(effect: Effect) -> bool:
    """One to a group that has another shape now goes to nobody who is new."""
    change = effect.change
    return (
        isinstance(change, SendLetter)
        and change.touchpoint in WELCOMES
        and not change.facts.get("again")
    )
