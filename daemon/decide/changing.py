"""Another cadence, time or length of a series that is put already (RULES 6).

Not a move of one meeting, and not what the organizer does to the series by hand (rewalled.py).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from daemon.decide.days import left_by_rule
from daemon.decide.ending import end
from daemon.decide.keys import series_stem
from daemon.decide.moment import instant, local_day
from daemon.decide.seen import PairingTurn, put_meeting
from daemon.decide.series import begin, begin_one, newest, rule_of, soonest, step_of
from daemon.decide.terms import Terms
from daemon.domain.cadence import SeriesRule, Step, first_wall, wall_text
from daemon.domain.meeting import Meeting, Origin, Place, Series
from daemon.domain.value import replace
from daemon.domain.world import PairingState

DAY = timedelta(days=1)


def outdated(turn: PairingTurn, wanted: Terms) -> list[int]:
    """The indices of the series that are not as they should be by now; of another number of lengths, all."""
    live = [s for s in turn.state.series if s.live]
    count = len(wanted.lengths_minutes)
    if not live or len(live) != count or {s.index for s in live} != {*range(count)}:
        return list(range(count)) if live else []
    return [s.index for s in live if _shape(s.rule) != _wanted_shape(wanted, s.index)]


def _shape(rule: SeriesRule) -> tuple[int, int, int, Step, int, str]:
    first = rule.begins
    return first.weekday(), first.hour, first.minute, rule.step, rule.length_minutes, rule.zone


def _wanted_shape(wanted: Terms, index: int) -> tuple[int, int, int, Step, int, str]:
    assert wanted.at is not None
    at, length = wanted.at, wanted.lengths_minutes[index]
    return at.weekday, at.hour, at.minute, step_of(wanted), length, wanted.zone


def change(turn: PairingTurn, wanted: Terms) -> None:
    """The old series ends before the first origin that leaves notice, the new one begins there, and with notice
    as well; what was moved by agreement keeps its agreed time."""
    asked = [series for series in turn.state.series if series.standing == "asked"]
    if any(_is_under_way(turn, series) for series in asked):
        return  # what may be on the calendar already is changed when its receipt has come
    by_files = _by_files(turn)
    turn.because("another cadence, time or length")
    indices = outdated(turn, wanted)
    old = [series for series in turn.state.series if series.live]
    if not asked and len(indices) < len(wanted.lengths_minutes):
        for index in indices:
            _change_one(turn, wanted, index, by_files=by_files)
        return
    put = [series for series in old if series.standing == "put"]
    cut = soonest(turn, wanted).date() if asked else _cut_of_all(turn, wanted, put)
    if asked:  # nobody has seen it: nothing has to be cut
        kept = tuple(series for series in turn.state.series if series not in asked)
        turn.state = replace(turn.state, series=kept)
    _replace(turn, put, cut)
    begin(turn, wanted, cut, by_files=by_files)
    _let_go(turn, old, cut)


def _replace(turn: PairingTurn, old: list[Series], cut: date) -> None:
    """What was moved by hand keeps its time, and the old series end before that day."""
    for series in old:
        _keep_moves_far_ahead(turn, series, cut)
        end(turn, series, cut - DAY)


def _by_files(turn: PairingTurn) -> bool:
    """Whether the pair agreed on nothing just now, so that it is the files that say otherwise."""
    before = turn.world.state
    return isinstance(before, PairingState) and before.agreed == turn.state.agreed


def _is_under_way(turn: PairingTurn, series: Series) -> bool:
    row = turn.queued.get(series_stem(turn.state.line.pairing, series.index))
    return row is not None and not row.untouched


def _cut_of_all(turn: PairingTurn, wanted: Terms, old: list[Series]) -> date:
    """The earliest cut. Where a new date of that day would lie inside the notice, the old one takes place once
    more: otherwise there would be none in its place."""
    assert wanted.at is not None
    cut, zone = min(_cut(turn, series) for series in old), turn.zone(wanted.zone)
    while instant(first_wall(wanted.at, wanted.step, cut), zone) <= _notice(turn):
        cut += DAY
    return cut


def _notice(turn: PairingTurn) -> datetime:
    return turn.now + timedelta(hours=turn.program.series_notice_hours)


def _cut(turn: PairingTurn, series: Series) -> date:
    """The local day of the first origin later than the notice."""
    notice = _notice(turn)
    zone = turn.zone(series.rule.zone)
    local = notice.astimezone(zone).replace(tzinfo=None)
    later = (wall for wall in series.rule.walls(local) if instant(wall, zone) > notice)
    return next((wall.date() for wall in later), local_day(notice, zone))


# --- one of two lengths


def _change_one(turn: PairingTurn, wanted: Terms, index: int, *, by_files: bool) -> None:
    """One of alternating lengths is not where the other is: it follows, in the same weeks as before."""
    old = newest(turn, index)
    if old is None or wanted.at is None:
        return
    cut = _cut(turn, old)
    rule = rule_of(wanted, index, datetime.combine(cut, datetime.min.time()))
    first = _nearest(wanted, cut)
    if instant(first, turn.zone(rule.zone)) <= turn.now + timedelta(
        hours=turn.program.notice_hours
    ):
        first, cut = rule.step.wall(first, 1), cut + DAY  # the old one takes place once more
    rule = replace(rule, first=wall_text(first))
    cut = min(cut, first.date())
    _replace(turn, [old], cut)
    grid = replace(rule, step=wanted.step)
    begin_one(turn, index, rule, grid, by_files=by_files)
    _let_go(turn, [old], cut)


def _nearest(wanted: Terms, day: date) -> datetime:
    """The regular time in the week, or month, of a day."""
    assert wanted.at is not None
    if wanted.step.months:
        begins = day.replace(day=1)
        return first_wall(wanted.at, wanted.step, begins)
    apart = (wanted.at.weekday - day.weekday() + 3) % 7 - 3
    return first_wall(wanted.at, wanted.step, day + timedelta(days=apart))


# --- meetings


def _let_go(turn: PairingTurn, old: list[Series], cut: date) -> None:
    """What falls to the cut: what was moved keeps its time as an event of its own; what has fallen out on a
    date that the new series has too, is still looked for; anything else is left to the new series."""
    uids = {series.uid for series in old}
    for meeting in turn.state.meetings:
        place = meeting.place
        if place and place.uid in uids and place.recurrence[:10] >= cut.isoformat():
            put_meeting(turn, _after_the_cut(turn, meeting))


def _after_the_cut(turn: PairingTurn, meeting: Meeting) -> Meeting:
    if meeting.standing == "moved":
        return replace(meeting, place=None, version="", gone=False)
    again = _again_at(turn, meeting.origin)
    if again and not meeting.stands and meeting.settled_by != "rule":
        return replace(meeting, place=again, version="", gone=True)
    if meeting.stands or meeting.standing == "cancelled":
        return left_by_rule(meeting, "change", turn.now, gone=True)
    return replace(meeting, gone=True)


def _again_at(turn: PairingTurn, origin: Origin) -> Place | None:
    """The place that a new series has for that very date."""
    wall = datetime.fromisoformat(origin.wall)
    for series in turn.state.series:
        if series.live and series.rule.zone == origin.zone and series.rule.has(wall):
            return Place(series.calendar, series.uid, origin.wall)
    return None


def _keep_moves_far_ahead(turn: PairingTurn, series: Series, cut: date) -> None:
    """Dates that the organizer had moved although they are no meetings yet."""
    zone = turn.zone(series.rule.zone)
    for each in series.overrides:
        planned = instant(datetime.fromisoformat(each.recurrence), zone)
        origin = Origin(each.recurrence, series.rule.zone)
        known = any(m.origin == origin for m in turn.state.meetings)
        if each.recurrence[:10] >= cut.isoformat() and not known and not each.cancelled:
            if each.start != planned:
                moved = Meeting(
                    origin, each.start, each.end, "moved", moved_from=planned, moved_at=turn.now,
                    moved_by="mentor", changed_at=turn.now,
                )  # fmt: skip
                turn.state = replace(turn.state, meetings=(*turn.state.meetings, moved))
