"""Pause and resume (RULES 3): nothing takes place, and missed dates are not made up.

Not absences of one of the two: those leave out single dates (absence.py).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Literal

from daemon.decide.moment import at_minute, local_day
from daemon.decide.owed import personal, when
from daemon.decide.questions import drop_questions
from daemon.decide.seen import PairingTurn
from daemon.decide.series import end_all, first_start
from daemon.decide.terms import terms
from daemon.decide.turn import iso
from daemon.domain.pair import Pause
from daemon.domain.people import ROLES, Role

LETTER_DAYS = timedelta(days=14)


def pause(
    turn: PairingTurn, by: Role | Literal["admin", "silence"], until: date | None
) -> Pause | None:
    """Stop for a while: until a date, at most and by default `pause_days_max`; after silence without end."""
    if turn.state.standing not in ("active", "paused"):
        return None
    today = local_day(turn.now, turn.zone(turn.state.line.anchor))
    latest = today + timedelta(days=turn.program.pause_days_max)
    if by != "silence":
        until = latest if until is None else min(until, latest)
        if until <= today:
            return None
    known = turn.state.pause
    begun = known.since if known else turn.now
    paused = Pause(begun, until, by)
    turn.state = replace(turn.state, standing="paused", pause=paused)
    end_all(turn, "pause")
    drop_questions(turn, "clash", "still-good", "kindly", "lighter", "absence")
    turn.because(f"paused until {until or 'somebody says RESUME'} ({by})")
    return paused


def resume(turn: PairingTurn) -> bool:
    """Go on, from the first regular time that leaves notice."""
    if turn.state.standing != "paused":
        return False
    turn.state = replace(turn.state, standing="active", pause=None)
    turn.because("resumed")
    return True


def keep_pause(turn: PairingTurn) -> None:
    """A pause ends by itself; the admin may begin and end one in the files."""
    _by_files(turn)
    paused = turn.state.pause
    if paused is None:
        return
    if paused.until is None:
        longest = paused.since + timedelta(days=turn.program.pause_days_max)
        if turn.watch.reached(longest) and not paused.told_long:
            turn.state = replace(turn.state, pause=replace(paused, told_long=True))
            turn.tell("paused-long", reason="a pause without an end is long by now")
        return
    begins = at_minute(paused.until, 0, turn.zone(turn.state.line.anchor))
    if turn.watch.reached(begins - timedelta(days=turn.program.resume_ahead_days)):
        resume(turn)
        turn.state = replace(turn.state, resumed=paused)


def _by_files(turn: PairingTurn) -> None:
    line, paused = turn.state.line, turn.state.pause
    if line.state == "paused" and turn.state.standing == "active":
        pause(turn, "admin", line.resumes)
    elif line.state == "active" and paused and paused.by == "admin":
        resume(turn)
        turn.state = replace(turn.state, resumed=paused)


def pause_letters(turn: PairingTurn) -> None:
    """`paused` to whom did not ask for it (who did is answered at once), `resumed` to both."""
    paused, back = turn.state.pause, turn.state.resumed
    for role in ROLES:
        if paused and paused.by != role:
            moment = when(turn, paused.since, role)
            if turn.watch.reached(moment):
                facts = {
                    "until": paused.until.isoformat() if paused.until else "",
                    "by": "silence" if paused.by == "silence" else "other",
                }
                personal(
                    turn, "paused", _occasion(paused), role, facts, opens=moment,
                    closes=moment + LETTER_DAYS, reason="the 1:1s are paused",
                )  # fmt: skip
        if back and turn.state.standing == "active":
            _resumed(turn, back, role)


def _resumed(turn: PairingTurn, back: Pause, role: Role) -> None:
    start = next_start(turn)
    moment = when(turn, _resumed_at(turn, back), role)
    if start is None or not turn.watch.reached(moment):
        return
    personal(
        turn, "resumed", _occasion(back), role, {"start": iso(start)}, opens=moment,
        closes=moment + LETTER_DAYS, reason="the pause is over",
    )  # fmt: skip


def _resumed_at(turn: PairingTurn, back: Pause) -> datetime:
    if back.until is None:
        return turn.now
    begins = at_minute(back.until, 0, turn.zone(turn.state.line.anchor))
    ahead = timedelta(days=turn.program.resume_ahead_days)
    return min(turn.now, begins - ahead)


def next_start(turn: PairingTurn) -> datetime | None:
    """When the pair meets next: the next meeting that stands, else the first date of its series."""
    coming = [m.start for m in turn.state.meetings if m.stands and m.start > turn.now]
    if coming:
        return min(coming)
    wanted = terms(turn.state, turn.program)
    begun = [s.rule for s in turn.state.series if s.live]
    zone = turn.zone(wanted.zone)
    if begun:
        walls = [rule.begins.replace(tzinfo=zone) for rule in begun]
        return min(walls)
    if wanted.at is None:
        return None
    return first_start(turn, wanted, None).replace(tzinfo=zone)


def _occasion(paused: Pause) -> str:
    return f"pause-{paused.since:%Y%m%dT%H%M%S}"
