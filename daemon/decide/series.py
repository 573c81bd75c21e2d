"""The series of a pairing: begun, and begun again (RULES 6).

Not when that is due (keeping.py, changing.py), not how it ends (ending.py), and not what people do to it on their calendar: that is
followed in seen.py and rewalled.py.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from daemon.decide.days import off
from daemon.decide.keys import end_stem, provider_id, series_stem
from daemon.decide.moment import instant, local_day
from daemon.decide.seen import PairingTurn, put_meeting
from daemon.decide.terms import Terms
from daemon.domain.cadence import SeriesRule, Step, first_wall, wall_text
from daemon.domain.meeting import Meeting, Origin, Place, Series
from daemon.domain.value import replace

KNOWN_AHEAD = timedelta(days=400)
"""So far ahead the skip dates of a series are looked for."""


def newest(turn: PairingTurn, index: int = 0) -> Series | None:
    """The present series of that index, whatever became of it."""
    return next((s for s in reversed(turn.state.series) if s.index == index), None)


def put_series(turn: PairingTurn, series: Series) -> None:
    """Replace the series of the same uid, or add one."""
    known = turn.state.series
    if any(s.uid == series.uid for s in known):
        changed = tuple(series if s.uid == series.uid else s for s in known)
    else:
        changed = (*known, series)
    turn.state = replace(turn.state, series=changed)


# --- begin


def step_of(wanted: Terms) -> Step:
    """The step of each series: alternating lengths take turns."""
    count = len(wanted.lengths_minutes)
    return replace(wanted.step, weeks=wanted.step.weeks * count, months=wanted.step.months * count)


def rule_of(wanted: Terms, index: int, first: datetime) -> SeriesRule:
    """The rule of the series with that index, from its first wall clock on."""
    length = wanted.lengths_minutes[index]
    return SeriesRule(wall_text(first), wanted.zone, length, step_of(wanted), wanted.ends)


def soonest(turn: PairingTurn, wanted: Terms) -> datetime:
    """The wall clock of the first regular time that leaves everybody the notice of the program, and lies in
    no pause that is about to end."""
    back = turn.state.resumed
    paused_until = back.until if back and not back.ended_by else None
    days = [day for day in (turn.state.line.starts, paused_until) if day]
    return first_start(turn, wanted, max(days, default=None))


def first_to_come(turn: PairingTurn, wanted: Terms) -> datetime:
    """The wall clock of the first date of a series that begins as soon as it can: what people took off before stays off."""
    wall = soonest(turn, wanted)
    grid = SeriesRule(wall_text(wall), wanted.zone, wanted.lengths_minutes[0], wanted.step)
    taken_off = _taken_off(turn, grid)
    while wall_text(wall) in taken_off:
        wall = wanted.step.wall(wall, 1)
    return wall


def first_start(turn: PairingTurn, wanted: Terms, not_before: date | None) -> datetime:
    """The wall clock of the first regular time after the notice, and not before that day."""
    assert wanted.at is not None
    zone = turn.zone(wanted.zone)
    earliest = turn.now + timedelta(hours=turn.program.notice_hours)
    day = local_day(earliest, zone)
    wall = first_wall(wanted.at, wanted.step, max(day, not_before or day))
    if instant(wall, zone) < earliest:
        wall = first_wall(wanted.at, wanted.step, wall.date() + timedelta(days=1))
    return wall


def begin(turn: PairingTurn, wanted: Terms, from_day: date, *, by_files: bool = False) -> None:
    """A new series from that local day on; with alternating lengths one for each length."""
    assert wanted.at is not None
    first = first_wall(wanted.at, wanted.step, from_day)
    grid = SeriesRule(wall_text(first), wanted.zone, wanted.lengths_minutes[0], wanted.step)
    while _is_filled(turn, grid, first):
        first = wanted.step.wall(first, 1)
    if wanted.ends and first.date() > wanted.ends:
        return
    for index in range(len(wanted.lengths_minutes)):
        rule = rule_of(wanted, index, wanted.step.wall(first, index))
        begin_one(turn, index, rule, grid, by_files=by_files)


def begin_one(
    turn: PairingTurn, index: int, rule: SeriesRule, grid: SeriesRule, *, by_files: bool
) -> None:
    """The series with that index; `grid` are the dates of all lengths. What is off by rule, what people took
    off before, and what a meeting at an agreed time fills already, is left out from the beginning."""
    line, zone = turn.state.line, turn.zone(rule.zone)
    stem = series_stem(line.pairing, index)
    generation = turn.generation(stem)
    ahead = _ahead(turn, rule)
    skips = [wall_text(wall) for wall in ahead if off(turn, instant(wall, zone))]
    filled = [wall_text(wall) for wall in ahead if _is_filled(turn, grid, wall)]
    left_out = {*_taken_off(turn, rule), *filled} - {*skips}
    series = Series(
        line.calendar, provider_id(f"{stem}/{generation}"), generation,
        replace(rule, gaps=tuple(sorted({*skips, *left_out}))), index, asked_generation=generation,
        skips=tuple(skips), left_out=tuple(sorted(left_out)), by_files=by_files,
    )  # fmt: skip
    put_series(turn, series)
    for wall in filled:
        _no_meeting_of_its_own(turn, Origin(wall, rule.zone), rule)
    turn.because(f"a series from {rule.first} on")


def _taken_off(turn: PairingTurn, rule: SeriesRule) -> set[str]:
    """Dates of the new rule that somebody had taken off the old series, or had left out."""
    by_hand = {
        wall for s in turn.state.series for wall in {*s.rule.gaps} - {*s.skips}
        if s.rule.zone == rule.zone
    }  # fmt: skip
    fallen = {
        m.origin.wall for m in turn.state.meetings
        if m.start > turn.now and m.origin.zone == rule.zone and m.settled_by != "rule"
        and m.standing in ("cancelled", "skipped")
    }  # fmt: skip
    return {wall for wall in by_hand | fallen if rule.has(datetime.fromisoformat(wall))}


def _no_meeting_of_its_own(turn: PairingTurn, origin: Origin, rule: SeriesRule) -> None:
    """A date in whose window the pair meets at an agreed time already."""
    if all(m.origin != origin for m in turn.state.meetings):
        start = instant(datetime.fromisoformat(origin.wall), turn.zone(origin.zone))
        end = start + timedelta(minutes=rule.length_minutes)
        meeting = Meeting(
            origin, start, end, "skipped", gone=True, settled_by="rule", settled_at=turn.now,
            off="change",
        )  # fmt: skip
        turn.state = replace(turn.state, meetings=(*turn.state.meetings, meeting))


def _ahead(turn: PairingTurn, rule: SeriesRule) -> list[datetime]:
    """The wall clocks that lie so near that their skip dates are known."""
    found: list[datetime] = []
    last = local_day(turn.now + KNOWN_AHEAD, turn.zone(rule.zone))
    for wall in rule.walls():
        if wall.date() > last:
            break
        found.append(wall)
    return found


def _is_filled(turn: PairingTurn, grid: SeriesRule, wall: datetime) -> bool:
    """Whether the pair meets, or met, at an agreed time instead: the meeting of that very date was moved, or
    one of no date of these was moved into its cadence window."""
    start = instant(wall, turn.zone(grid.zone))
    half = grid.step.length / 2
    for meeting in turn.state.meetings:
        origin = meeting.origin
        on_grid = origin.zone == grid.zone and grid.has(datetime.fromisoformat(origin.wall))
        of_this_date = on_grid and origin.wall == wall_text(wall)
        if meeting.start <= turn.now and meeting.standing not in ("cancelled", "skipped"):
            if of_this_date:
                return True  # moved ahead, it has taken place already
        elif meeting.standing == "moved":
            if of_this_date if on_grid else _lies_in(meeting, start, half):
                return True
    return False


def _lies_in(meeting: Meeting, middle: datetime, half: timedelta) -> bool:
    return middle - half <= meeting.start < middle + half


def from_now_on(turn: PairingTurn, series: Series) -> Series:
    """Dates that passed while it was on no calendar, or elsewhere, never were meetings of it."""
    now = turn.now.astimezone(turn.zone(series.rule.zone)).replace(tzinfo=None)
    number = series.rule.number(now)
    passed = wall_text(series.rule.wall(number)) if number >= 0 else ""
    return replace(series, known_to=max(series.known_to, passed))


def begin_again(turn: PairingTurn, series: Series) -> None:
    """A series that its owner deleted, or cut, by mistake: the same once more, under another id."""
    if series.standing != "gone":
        back = replace(series, cut_to=None, gone_at=None, until_put=series.cut_to)
        put_series(turn, from_now_on(turn, back))
        _end_anew(turn, series)
        _move_anew(turn, series)
        return
    if first := put_anew(turn, series, put_back=series.put_back + 1):
        turn.because(f"the series is put back from {first} on")


def put_anew(turn: PairingTurn, series: Series, *, put_back: int) -> str:
    """The same series under another id, from the next date on, and what lies ahead of it. That date; empty where there
    is none."""
    stem = series_stem(turn.state.line.pairing, series.index)
    generation = turn.generation(stem)
    now = turn.now.astimezone(turn.zone(series.rule.zone)).replace(tzinfo=None)
    first = next(series.rule.walls(now), None)
    turn.state = replace(
        turn.state, series=tuple(s for s in turn.state.series if s.uid != series.uid)
    )
    if first is None:
        return ""
    uid = provider_id(f"{stem}/{generation}")
    rule = replace(series.rule, first=wall_text(first))
    elsewhere = {
        wall for wall in _go_along(turn, series, uid) if rule.has(datetime.fromisoformat(wall))
    }
    left_out = {*rule.gaps, *elsewhere} - {*series.skips}
    put_series(
        turn,
        Series(
            turn.state.line.calendar, uid, generation,
            replace(rule, gaps=tuple(sorted({*series.skips, *left_out}))), series.index,
            asked_generation=generation, known_to=series.known_to, skips=series.skips,
            put_back=put_back, left_out=tuple(sorted(left_out)),
        ),
    )  # fmt: skip
    return rule.first


def _go_along(turn: PairingTurn, series: Series, uid: str) -> list[str]:
    """What lies ahead goes along with its series where it stands on its own date. The dates of all others are
    returned: each of those has fallen out, or is an event of its own."""
    elsewhere: list[str] = []
    for meeting in turn.state.meetings:
        place = meeting.place
        if not place or place.uid != series.uid:
            continue
        if meeting.stands and not _is_elsewhere(turn, series, meeting, place):
            place = replace(place, calendar=turn.state.line.calendar, uid=uid)
        else:
            elsewhere.append(place.recurrence)
            place = None
        if meeting.start > turn.now:
            along = replace(meeting, place=place, version="", gone=place is None, takes_back="")
            put_meeting(turn, along)
    return elsewhere


def _end_anew(turn: PairingTurn, cut: Series) -> None:
    """The end that the calendar was told once is the cut now: it is asked for again, the same as it may be."""
    stem = end_stem(turn.state.line.pairing, cut.index, cut.generation)
    if stem in turn.marks:
        turn.marks[stem] = replace(turn.marks[stem], basis="")


def _move_anew(turn: PairingTurn, cut: Series) -> None:
    """What lies behind the cut comes back at the regular time: a move is made anew."""
    for meeting in turn.state.meetings:
        place = meeting.place
        if place and cut.cut_to and place.recurrence[:10] > cut.cut_to.isoformat():
            if place.uid == cut.uid and _is_elsewhere(turn, cut, meeting, place):
                put_meeting(turn, replace(meeting, version="", takes_back="move"))


def _is_elsewhere(turn: PairingTurn, series: Series, meeting: Meeting, place: Place) -> bool:
    regular = instant(datetime.fromisoformat(place.recurrence), turn.zone(series.rule.zone))
    return meeting.standing == "moved" and meeting.start != regular
