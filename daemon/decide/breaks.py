"""Program breaks: told a week ahead, in one letter with all dates (LETTERS 2).

Not the dates themselves: days.py knows them, series.py takes them out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from daemon.decide.days import off
from daemon.decide.moment import at_minute, instant, local_day
from daemon.decide.once import told_elsewhere
from daemon.decide.owed import personal, when
from daemon.decide.seen import PairingTurn
from daemon.decide.turn import iso
from daemon.domain.cadence import wall_text
from daemon.domain.meeting import Meeting, Origin, Place, Series
from daemon.domain.people import ROLES, Days
from daemon.domain.value import replace

NAMED_MOST = 10
SOON = timedelta(hours=12)
MEET_WITHIN = timedelta(days=90)


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
        after = first_after(turn, days)
        facts = {
            "name": days.name, "first": days.first.isoformat(), "last": days.last.isoformat(),
            "left_out": [iso(start) for start in left_out],
            "next_start": iso(after) if after else None,
        }  # fmt: skip
        occasion = f"{days.first:%Y%m%d}-{days.last:%Y%m%d}"
        for role in ROLES:
            moment = when(turn, ahead, role)
            if told_elsewhere(turn, role, f"break-ahead/{occasion}"):
                continue  # a mentor of many reads it once
            if turn.watch.reached(moment):
                personal(
                    turn, "break-ahead", occasion, role, facts,
                    opens=moment, closes=begins, reason=f"a break, first at {iso(left_out[0])}",
                    basis=days.first.isoformat(),
                    due=min(left_out[0] - SOON, begins),
                )  # fmt: skip


def next_left_out(turn: PairingTurn) -> Meeting | None:
    """The next 1:1 that a break or a holiday leaves out; one that lies too far ahead to be a meeting yet, is
    one from now on."""
    known = [
        m
        for m in turn.state.meetings
        if m.off in ("break", "holiday") and m.standing == "skipped" and m.start > turn.now
    ]
    if known:
        return min(known, key=lambda m: m.start)
    ahead = [m for s in turn.state.series if s.live for m in _far_left_out(turn, s)]
    if not ahead:
        return None
    first = min(ahead, key=lambda m: m.start)
    turn.state = replace(turn.state, meetings=(*turn.state.meetings, first))
    return first


def _far_left_out(turn: PairingTurn, series: Series) -> Iterator[Meeting]:
    zone = turn.zone(series.rule.zone)
    length = timedelta(minutes=series.rule.length_minutes)
    for wall in series.rule.walls(turn.now.astimezone(zone).replace(tzinfo=None)):
        start, name = instant(wall, zone), wall_text(wall)
        if start > turn.now + MEET_WITHIN:
            return
        why = off(turn, start)
        if why in ("break", "holiday") and name > series.known_to and name in series.skips:
            yield Meeting(
                Origin(name, series.rule.zone), start, start + length, "skipped", gone=True,
                settled_by="rule", settled_at=turn.now, off=why,
                place=Place(series.calendar, series.uid, name),
            )  # fmt: skip


def told_of_break(turn: PairingTurn, start: datetime) -> bool:
    """Whether somebody has read that there are no 1:1s on that day."""
    day = f"{local_day(start, turn.zone(turn.state.line.anchor)):%Y%m%d}"
    for stem, mark in turn.marks.items():
        if stem.startswith("break-ahead/") and mark.standing == "settled":
            first, _, last = stem.split("/")[3].partition("-")
            if first <= day <= last:
                return True
    return False


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


def first_after(turn: PairingTurn, days: Days) -> datetime | None:
    """The first regular 1:1 after these days."""
    found: list[datetime] = []
    for series in turn.state.series:
        if series.standing == "put":
            last = datetime.combine(days.last, datetime.max.time())
            for wall in series.rule.walls(last):
                start = instant(wall, turn.zone(series.rule.zone))
                if wall_text(wall) not in series.rule.gaps and not off(turn, start):
                    found.append(start)
                    break
    return min(found, default=None)
