"""The Monday letter's figures, read out of the store and handed to the lane of the program.

Not the figures (daemon/decide/monday.py) and not the letter.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from daemon.decide.keys import lane_of_program
from daemon.decide.monday import WEEK, week_name, week_of, week_to_tell
from daemon.domain.people import ROLES
from daemon.domain.program import Program
from daemon.domain.world import Lane, PairingState
from daemon.ledger import CALENDAR_WORDS
from daemon.machine import Daemon
from daemon.status import hold_names

LEDGER_LINES = 500
NO_LETTER = CALENDAR_WORDS.keys() | {"tell"}
"""How the keys begin of what is no letter to one of the two."""


def look_at_the_week(daemon: Daemon) -> bool:
    """On Monday from eight on, once for each program: whether its contact gets the week."""
    now, store, seen = daemon.ports.clock.now(), daemon.ports.store, False
    for program in daemon.roster.programs.values():
        if "weekly" not in program.reports:
            continue
        zone = daemon.roster.zones[program.timezone]
        week, known = week_to_tell(now, zone), f"monday/{program.id}"
        last = store.value(known)
        if last is None:  # its first day: there is no week yet
            store.keep_value(known, week_name(now, zone))
        if not week or last in (None, week):
            continue
        states = _states(daemon, program)
        letters = sum(_letters(daemon, lane, now) for lane in states)
        spoken = _spoken(daemon, states.values())
        found = week_of(states.values(), letters, len(hold_names(store)), now, zone, spoken)
        store.record([(lane_of_program(program.id), found)], now=now)
        store.keep_value(known, week)
        seen = True
    return seen


def _states(daemon: Daemon, program: Program) -> dict[Lane, PairingState]:
    found = {}
    for lane, line in daemon.roster.lines.items():
        state = daemon.ports.store.world(lane).state
        if isinstance(state, PairingState) and line.program == program.id:
            found[lane] = state
    return found


def _spoken(daemon: Daemon, states: Iterable[PairingState]) -> set[str]:
    """The languages of these people in which there are letters."""
    read = {state.line.person(role).language for state in states for role in ROLES}
    return {language for language in read if daemon.templates.speaks(language)}


def _letters(daemon: Daemon, lane: Lane, now: datetime) -> int:
    """How many letters the two got in the last seven days."""
    entries = daemon.ports.store.ledger(lane=lane, last=LEDGER_LINES)
    return sum(
        each.what == "settled"
        and each.at >= now - WEEK
        and each.key.partition("/")[0] not in NO_LETTER
        for each in entries
    )
