"""The measures of one program over a stretch of time, worked out from the log and from what lanes still remember.

Not their formulas (formulas.py), and no name and no word of anybody: what comes out may be shown to anyone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from daemon.averages import last_said
from daemon.decide.measured import COUNTS, TO_DO, Counted, counted
from daemon.decide.turn import iso
from daemon.domain.people import ROLES
from daemon.domain.program import Program
from daemon.domain.world import Lane, PairingState
from daemon.measures.bundles import Sums, sums_of
from daemon.measures.formulas import (
    LEAST,
    adherence,
    engagement,
    goal_progress,
    repaired,
    satisfaction,
    skill,
    skill_delta,
    time_to_repair,
    worth,
)
from daemon.ports import LedgerEntry, Store

SIGN_FOR = timedelta(days=28)
LOG_LINES_MOST = 1_000_000
Span = tuple[datetime, datetime]


def measures(store: Store, program: Program, span: Span, *, now: datetime) -> dict[str, Any]:
    """The facts, for machines as they are. Goals are counted where the program asks for some."""
    states = _states(store, program.id)
    log = [e for e in store.ledger(key=COUNTS, last=LOG_LINES_MOST) if e.lane in states]
    due = [each for each in _due(states, log, program, now) if _inside(each.start, span)]
    minutes = [each.repaired_minutes for each in due if each.repaired_minutes is not None]
    held, fell = sum(each.held for each in due), sum(each.fell for each in due)
    confirmed = sum(each.confirmed for each in due)
    standings = Counter(state.standing for state in states.values())
    running = [s for s in states.values() if s.standing in ("active", "closing")]
    alive = sum(_both_alive(state, now) for state in running)
    reached = sum(_reached(state) for state in running)
    aims = sum(len(state.goals) + state.tally.reached for state in running)
    goals_done = None if program.goals == "none" else reached
    pulses, pairs = last_said(states.values()), len(states)
    return {
        "program": program.id,
        "since": iso(span[0]),
        "until": iso(span[1]),
        "pairings": dict(sorted(standings.items())),
        "median_minutes_to_repair": time_to_repair(minutes),
        "fell_out": fell,
        "repaired": len(minutes),
        "repaired_percent": repaired(len(minutes), fell, pairs),
        "due": len(due),
        "held": held,
        "held_confirmed": confirmed,
        "held_presumed": held - confirmed,
        "adherence_percent": adherence(held, len(due), pairs),
        "engagement_percent": engagement(alive, len(running)),
        "goals_set": aims,
        "goals_done": goals_done,
        "goals_percent": None if goals_done is None else goal_progress(goals_done, aims, pairs),
        "to_dos_done": _to_dos(states, log, span),
        "satisfaction": satisfaction(pulses),
        "satisfaction_answers": len(pulses) if len(pulses) >= LEAST else None,
        **_said_once(sums_of(store, program.id)),
    }


def _said_once(sums: Sums) -> dict[str, Any]:
    """How sure mentees were at each moment, how it grew, and what it was worth; since the program began, whatever the
    stretch of time."""
    moments = {"start": sums.start, "mid": sums.mid, "end": sums.end}
    means = {f"skill_{name}": skill(at.total, at.answers) for name, at in moments.items()}
    counts = {f"skill_{name}_answers": at.answers or None for name, at in moments.items()}
    return {
        **means,
        **counts,
        "skill_delta": delta_of(sums),
        "skill_delta_answers": sums.delta.answers or None,
        "worth": worth(sums.exit.total, sums.exit.answers),
        "worth_answers": sums.exit.answers or None,
    }


def delta_of(sums: Sums) -> float | None:
    """By how much surer mentees are at the end; only the difference of the two sums is kept."""
    return skill_delta(0, sums.delta.total, sums.delta.answers)


def _reached(state: PairingState) -> int:
    return state.tally.reached + sum(goal.done_at is not None for goal in state.goals)


def states_of(store: Store) -> dict[Lane, PairingState]:
    """All pairings, as they stand."""
    found = {}
    for lane in store.lane_names():
        state = store.world(lane).state if lane.startswith("pairing/") else None
        if isinstance(state, PairingState):
            found[lane] = state
    return found


def _states(store: Store, program: str) -> dict[Lane, PairingState]:
    return {lane: s for lane, s in states_of(store).items() if s.line.program == program}


def _inside(at: datetime, span: Span) -> bool:
    return span[0] <= at < span[1]


def _due(
    states: Mapping[Lane, PairingState], log: Iterable[LedgerEntry], program: Program, now: datetime
) -> list[Counted]:
    """What the log has of 1:1s that are over, and what lanes still remember; each once."""
    found = {e.key: Counted.of_words(e.why) for e in log if f"/{TO_DO}/" not in e.key}
    for state in states.values():
        zone = ZoneInfo(state.line.mentee.zone)
        for meeting in state.meetings:
            here = counted(meeting, program, zone) if meeting.end <= now else None
            if here:
                found[f"{COUNTS}{state.line.pairing}/{meeting.origin}"] = here
    return list(found.values())


def _to_dos(states: Mapping[Lane, PairingState], log: Iterable[LedgerEntry], span: Span) -> int:
    """Those that were done in that time, whoever did them."""
    over = [datetime.fromisoformat(e.why.split()[0]) for e in log if f"/{TO_DO}/" in e.key]
    shown = [a.done_at for state in states.values() for a in state.actions if a.done_at]
    return sum(_inside(at, span) for at in (*over, *shown))


def _both_alive(state: PairingState, now: datetime) -> bool:
    heard = {each.role: each.heard_at for each in state.signs}
    since = now - SIGN_FOR
    return all((at := heard.get(role)) is not None and at > since for role in ROLES)
