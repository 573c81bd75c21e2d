"""Program breaks: told a week ahead, in one letter with all dates (LETTERS 2).

Not the dates themselves: days.py knows them, series.py takes them out.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from daemon.decide.moment import at_minute, instant
from daemon.decide.owed import personal, when
from daemon.decide.seen import PairingTurn
from daemon.decide.turn import iso
from daemon.domain.people import ROLES, Days

NAMED_MOST = 10


def break_letters(turn: PairingTurn) -> None:
    """To both, a week before it begins; nothing where no 1:1 would have been."""
    zone = turn.zone(turn.state.line.anchor)
    for days in turn.program.breaks:
        begins = at_minute(days.first, 0, zone)
        ahead = begins - timedelta(days=turn.program.break_ahead_days)
        if turn.now >= begins or not turn.watch.reached(ahead):
            continue
        left_out = _left_out(turn, days)
        if not left_out:
            continue
        after = _first_after(turn, days)
        facts = {
            "name": days.name, "first": days.first.isoformat(), "last": days.last.isoformat(),
            "left_out": [iso(start) for start in left_out],
            "next_start": iso(after) if after else None,
        }  # fmt: skip
        for role in ROLES:
            moment = when(turn, ahead, role)
            if turn.watch.reached(moment):
                personal(
                    turn, "break-ahead", f"{days.first:%Y%m%d}-{days.last:%Y%m%d}", role, facts,
                    opens=moment, closes=begins, reason=f"a break from {days.first}",
                    basis=days.first.isoformat(),
                )  # fmt: skip


def _left_out(turn: PairingTurn, days: Days) -> list[datetime]:
    """The regular 1:1s that fall into it."""
    found: list[datetime] = []
    for series in turn.state.series:
        if series.standing != "put":
            continue
        zone = turn.zone(series.rule.zone)
        before = datetime.combine(days.first, datetime.min.time()) - timedelta(minutes=1)
        for wall in series.rule.walls(before):
            if wall.date() > days.last or len(found) >= NAMED_MOST:
                break
            found.append(instant(wall, zone))
    return sorted(found)


def _first_after(turn: PairingTurn, days: Days) -> datetime | None:
    found: list[datetime] = []
    for series in turn.state.series:
        if series.standing == "put":
            last = datetime.combine(days.last, datetime.max.time())
            for wall in series.rule.walls(last):
                if wall.isoformat(timespec="minutes") not in series.rule.gaps:
                    found.append(instant(wall, turn.zone(series.rule.zone)))
                    break
    return min(found, default=None)
