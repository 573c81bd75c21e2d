"""The letters of the end: `ended` to the partner of who stops it, `farewell` to both after the last 1:1.

Not the end itself: stopping.py.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from daemon.decide.afterwards import HEARD_FOR
from daemon.decide.chemistry import chemistry_letter
from daemon.decide.extending import extend_letter, may_still_go_on
from daemon.decide.follow_up import follow_up_day
from daemon.decide.meetings import dates_to_come
from daemon.decide.moment import at_minute, local_day
from daemon.decide.owed import personal, urgent, when
from daemon.decide.rating import may_ask_worth
from daemon.decide.seen import PairingTurn
from daemon.decide.stopping import NOTES_WINDOW, last_day
from daemon.decide.terms import first_day, terms
from daemon.decide.turn import iso
from daemon.domain.meeting import Meeting
from daemon.domain.people import ROLES, Role, other

LETTER_DAYS = timedelta(days=14)


def end_letters(turn: PairingTurn) -> None:
    """`ended` to the partner of who stopped it, `farewell` to both after the last 1:1."""
    by, at = turn.state.stopped_by, turn.state.stopped_at
    for role in ROLES:
        if at is not None and by in (other(role), "pair"):
            _ended(turn, role, by, at)
    chemistry_letter(turn)
    extend_letter(turn)
    if turn.state.standing in ("closing", "closed") and not turn.state.line.stands_in:
        _farewell(turn)  # a substitute's end is none of the mentoring


def _ended(turn: PairingTurn, role: Role, by: str, at: datetime) -> None:
    out = [m.start for m in turn.state.meetings if m.off == "end" and m.settled_at == at]
    first = min(out, default=None)
    pressing = first is not None and urgent(turn, at, first, role)
    moment = at if pressing else when(turn, at, role)
    if not turn.watch.reached(moment):
        return
    last = _last_start(turn)
    facts = {
        "last_start": iso(last) if last else None,
        "out_start": iso(first) if first and first > turn.now else None,
        "urgent": pressing,
    }
    personal(
        turn, "ended", "stopped", role, facts, opens=moment,
        closes=moment + LETTER_DAYS, reason="the pairing ends", basis="ended", pressing=pressing,
        own=by == "pair",  # both were asked whether to go on: it is what came of that
    )  # fmt: skip


def _last_start(turn: PairingTurn) -> datetime | None:
    """The last 1:1 that is still to come."""
    standing = [m.start for m in turn.state.meetings if m.stands and m.start > turn.now]
    return max((*standing, *dates_to_come(turn)), default=None)


def _farewell(turn: PairingTurn) -> None:
    """The day after the last 1:1; with counts only where they are something to be glad of. Who stopped it
    before its time, and their partner, have their own letters."""
    coming = any(m.stands and m.end > turn.now for m in turn.state.meetings)
    held, due = counts(turn)
    if coming or turn.state.proposal or turn.state.stopped_by or not held:
        return
    met = [m for m in turn.state.meetings if m.end <= turn.now and _took_place(m)]
    until = last_day(turn)
    if not met or until is None:
        return
    last = max(met, key=lambda m: m.end)
    over = at_minute(until, 24 * 60, turn.zone(turn.state.line.anchor))
    if may_still_go_on(turn) and not turn.watch.reached(over):
        return
    for role in ROLES:
        moment = when(turn, last.end + timedelta(days=1), role)
        if turn.watch.reached(moment):
            closes = max(over, last.end) + NOTES_WINDOW
            later = follow_up_day(turn, moment, role)
            facts = {
                **_goodbye(turn, held, due, last.start),
                "line_by": _line_by(turn, role, closes),
                "later": later.isoformat() if later else None,
                "exit": may_ask_worth(turn, role),
            }
            personal(
                turn, "farewell", "last", role, facts, opens=moment,
                closes=max(moment, over) + LETTER_DAYS, reason="the last 1:1 is over",
                basis=f"farewell {later}" if later else "farewell",
            )  # fmt: skip


def _line_by(turn: PairingTurn, role: Role, closes: datetime) -> str | None:
    """The last day on which a line to the two of them is still taken; none is asked for once all is closed."""
    if turn.state.standing == "closed":
        return None
    zone = turn.zone(turn.state.line.person(role).zone)
    return (local_day(closes + HEARD_FOR, zone) - timedelta(days=1)).isoformat()


def _took_place(meeting: Meeting) -> bool:
    return meeting.standing == "held" or meeting.stands


def counts(turn: PairingTurn) -> tuple[int, int]:
    """(held, due) over the life of the pairing; a meeting that stood and is over counts as held."""
    tally = turn.state.tally
    here = [m for m in turn.state.meetings if m.end <= turn.now and m.settled_by != "rule"]
    held = sum(_took_place(m) for m in here)
    return tally.held + held, tally.due + len(here)


def is_glad(turn: PairingTurn, held: int, due: int) -> bool:
    """Whether these counts are something to be glad of; else nobody is shown them."""
    least, planned = turn.program.closing_held_least, terms(turn.state, turn.program).sessions
    enough = held >= min(least, planned or least)
    return enough and held * 100 >= turn.program.closing_share_percent * due


def _goodbye(turn: PairingTurn, held: int, due: int, last: datetime) -> dict[str, Any]:
    glad = is_glad(turn, held, due)
    done = turn.state.tally.done + sum(a.done_at is not None for a in turn.state.actions)
    return {
        "since": first_day(turn.state).isoformat(),
        "held": held if glad else 0,
        "done": done if glad else 0,
        "last_start": iso(last),
        "goals": [goal.text for goal in turn.state.goals if goal.done_at is None],
        "reached": [goal.text for goal in turn.state.goals if goal.done_at],
        "reached_count": reached(turn) or None,
    }


def reached(turn: PairingTurn) -> int:
    """How many goals were reached; of the older ones only that is known."""
    return turn.state.tally.reached + sum(goal.done_at is not None for goal in turn.state.goals)
