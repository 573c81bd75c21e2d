"""`started`: the regular time is settled, or another one than before (RULES 3, 5 row 8, 6).

Not the series itself: this is told from its receipt.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from daemon.decide.contact import between, budget
from daemon.decide.keys import basis_of, touchpoint_of
from daemon.decide.moment import instant
from daemon.decide.owed import personal, when
from daemon.decide.seen import PairingTurn
from daemon.decide.turn import iso
from daemon.decide.welcome import promise
from daemon.domain.cadence import RegularTime
from daemon.domain.meeting import Series
from daemon.domain.people import ROLES
from daemon.domain.value import replace

FIRST = ("welcome-mentor-connected", "welcome-mentee", "regular-time")
LETTER_DAYS = timedelta(days=14)


def started(turn: PairingTurn) -> None:
    """Not to whom the provider invited by itself (Receipt.told) to what the first letters said, nor to whom
    changed it."""
    present = [s for s in turn.state.series if s.standing == "put"]
    if not present or any(s.standing in ("asked", "gone") for s in turn.state.series):
        return
    first = min(present, key=lambda s: s.rule.first)
    again = first.generation > 1 or first.changed_by != ""
    basis = shape_of(present)
    for role in ROLES:
        person = turn.state.line.person(role)
        stem = turn.letter_stem("started", "series", person.id)
        mark = turn.marks.get(stem)
        if mark and mark.basis == basis and mark.standing != "live":
            continue
        if first.put_at is None:
            continue
        if person.address in first.told and not again and _as_promised(turn, present, person.id):
            continue
        if first.changed_by == role:
            continue
        moment = when(turn, _since(turn, first), role)
        if not turn.watch.reached(moment):
            continue
        facts = {
            "start": iso(first_date(turn, first)), "link": turn.state.link,
            "length_minutes": first.rule.length_minutes,
            "lengths": [s.rule.length_minutes for s in present], "again": again,
            "weeks": first.rule.step.weeks // len(present),
            "months": first.rule.step.months // len(present),
            "by_hand": first.changed_by != "",
            "own": _own(turn, first) if role == "mentee" else "",
            "between": between(turn), "days_before": turn.program.prep_mentee_days,
            **budget(turn, role),
        }  # fmt: skip
        personal(
            turn, "started", "series", role, facts, opens=moment, closes=moment + LETTER_DAYS,
            reason="the series is on the calendar", basis=basis, retell=True,
        )  # fmt: skip


def _own(turn: PairingTurn, present: Series) -> str:
    """Whether it is the mentee's own event, or one of theirs from before still stands: nobody else can change those."""
    copies = turn.state.copies
    if present.uid in copies:
        return "now"
    before = any(s.uid in copies and s.standing == "ended" for s in turn.state.series)
    return "before" if before else ""


def _as_promised(turn: PairingTurn, present: list[Series], person: str) -> bool:
    """Whether it is what the newest of the first letters said, which the files may have changed since."""
    letters = [
        mark for stem, mark in turn.marks.items()
        if touchpoint_of(stem) in FIRST and stem.endswith(f"/{person}") and mark.standing == "settled"
    ]  # fmt: skip
    if not letters:
        return True
    rule = present[0].rule
    step = replace(
        rule.step, weeks=rule.step.weeks // len(present), months=rule.step.months // len(present)
    )
    lengths = [series.rule.length_minutes for series in present]
    at = RegularTime(rule.begins.weekday(), rule.begins.hour, rule.begins.minute)
    said = max(letters, key=lambda mark: mark.at).basis.partition(" ")[0]
    return said in (promise(step, lengths, at), promise(step, lengths, None))


def shape_of(present: list[Series]) -> str:
    """What both know by it: weekday, hour, rhythm and length; not which dates are left out."""
    shapes = [
        (s.rule.begins.strftime("%w%H%M"), s.rule.step, s.rule.length_minutes) for s in present
    ]
    return basis_of((shapes, present[0].rule.zone))


def _since(turn: PairingTurn, series: Series) -> datetime:
    if series.changed_at:  # by hand: the wait forgives a slip
        return series.changed_at + timedelta(minutes=turn.program.repair_wait_minutes)
    return min(turn.now, series.put_at or turn.now)


def first_date(turn: PairingTurn, series: Series) -> datetime:
    """The first date of it that has not passed."""
    zone = turn.zone(series.rule.zone)
    now = turn.now.astimezone(zone).replace(tzinfo=None)
    for wall in series.rule.walls(now if series.rule.begins < now else None):
        if wall.isoformat(timespec="minutes") not in series.rule.gaps:
            return instant(wall, zone)
    return instant(series.rule.begins, zone)
