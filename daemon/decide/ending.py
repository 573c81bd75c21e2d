"""Ending: a series takes place no more from some day on, and what that means for its meetings (RULES 6).

Not why it ends: stopping.py, pausing.py, changing.py and gone.py.
"""

from __future__ import annotations

from datetime import date, timedelta

from daemon.decide.days import Off, left_by_rule
from daemon.decide.seen import PairingTurn, put_meeting
from daemon.decide.series import put_series
from daemon.domain.meeting import Meeting, Series
from daemon.domain.value import replace


def end(turn: PairingTurn, series: Series, last_day: date) -> None:
    """No occurrence starts after that local day."""
    if series.rule.until is None or series.rule.until > last_day:
        put_series(
            turn, replace(series, rule=replace(series.rule, until=last_day), standing="ended")
        )


def end_all(turn: PairingTurn, why: Off) -> None:
    """Nothing takes place from now on: the series end, and what stands is left out by rule."""
    for series in turn.state.series:
        if series.live:
            end(turn, series, last_day_before_now(turn, series))
    for meeting in turn.state.meetings:
        if meeting.start > turn.now and (meeting.stands or meeting.standing == "cancelled"):
            put_meeting(turn, left_by_rule(meeting, why, turn.now))


def end_ahead(turn: PairingTurn, series: Series, until: date | None) -> date | None:
    """That end, or the day of the last occurrence that has begun, where that is later: it stays on the calendar."""
    rule = replace(series.rule, until=None)
    number = rule.number(turn.now.astimezone(turn.zone(rule.zone)).replace(tzinfo=None))
    if until is None or number < 0 or until >= (begun := rule.wall(number).date()):
        return until
    known = series.rule.until
    return known if known and known < begun else begun


def last_day_before_now(turn: PairingTurn, series: Series) -> date:
    """The day before the first occurrence that has not begun."""
    zone = turn.zone(series.rule.zone)
    now = turn.now.astimezone(zone).replace(tzinfo=None)
    following = next(series.rule.walls(now), now + timedelta(days=1))
    return following.date() - timedelta(days=1)


def stands_again(meeting: Meeting) -> Meeting:
    """As it was. An occurrence comes back with its series, but at the regular time: a move is made anew."""
    back = replace(meeting, settled_by="", settled_at=None, off="", version="")
    if meeting.fell:
        return replace(back, standing="cancelled")
    if meeting.moved_at is None:
        return replace(back, standing="planned", place=None if meeting.gone else meeting.place)
    kept = None if meeting.gone or not meeting.place else meeting.place
    return replace(
        back, standing="moved", place=kept, gone=False,
        takes_back="move" if kept and kept.recurrence else "",
    )  # fmt: skip
