"""The series of a pairing: begun, cut, filled with gaps, ended, until the calendar shows it (RULES 6).

Not what people do to it on their calendar: that is followed in seen.py and rewalled.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from daemon.decide.days import Off, off, stretches
from daemon.decide.keys import basis_of, end_stem, provider_id, series_stem
from daemon.decide.moment import instant, local_day
from daemon.decide.seen import PairingTurn, put_meeting
from daemon.decide.terms import Terms, terms
from daemon.domain.cadence import SeriesRule, Step, first_wall, wall_text
from daemon.domain.effect import EndSeries, PutSeries
from daemon.domain.meeting import Meeting, Series

KNOWN_AHEAD = timedelta(days=400)
"""So far ahead the skip dates of a series are looked for."""
FOR_GOOD = timedelta(days=400)
"""How long the calendar is asked for a change of the series."""


def keep_series(turn: PairingTurn) -> None:
    """Bring the series in line with what counts now, and ask for what the calendar does not show yet."""
    if turn.state.standing in ("active", "closing"):
        wanted = terms(turn.state, turn.program)
        if wanted.at and not wanted.sessions:
            _begin_or_change(turn, wanted)
        _leave_gaps(turn)
    _forget_ended(turn)
    for series in turn.state.series:
        _ask(turn, series)


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


def lost(turn: PairingTurn) -> bool:
    """Row 3: a series that its owner deleted, and nobody knows why yet."""
    return any(series.standing == "gone" for series in turn.state.series)


# --- begin, change


def _begin_or_change(turn: PairingTurn, wanted: Terms) -> None:
    present = [newest(turn, index) for index in range(len(wanted.lengths_minutes))]
    if any(series is not None and series.standing == "gone" for series in present):
        return  # its owner is asked first
    if turn.state.standing == "active" and not any(s and s.live for s in present):
        begin(turn, wanted, _soonest_day(turn, wanted))
    elif any(s and s.live and _differs(s.rule, _rule(wanted, s.index)) for s in present) or len(
        [s for s in turn.state.series if s.live]
    ) != len(present):
        change(turn, wanted)


def _rule(wanted: Terms, index: int) -> tuple[int, int, int, Step, int, str]:
    assert wanted.at is not None
    count = len(wanted.lengths_minutes)
    step = replace(wanted.step, weeks=wanted.step.weeks * count, months=wanted.step.months * count)
    return (
        wanted.at.weekday, wanted.at.hour, wanted.at.minute, step, wanted.lengths_minutes[index],
        wanted.zone,
    )  # fmt: skip


def _differs(rule: SeriesRule, wanted: tuple[int, int, int, Step, int, str]) -> bool:
    first = rule.begins
    has = (first.weekday(), first.hour, first.minute, rule.step, rule.length_minutes, rule.zone)
    return has != wanted


def _soonest_day(turn: PairingTurn, wanted: Terms) -> date:
    """The local day of the first regular time that leaves everybody the notice of the program."""
    line = turn.state.line
    return first_start(turn, wanted, line.starts).date()


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


def begin(turn: PairingTurn, wanted: Terms, from_day: date, by: str = "") -> None:
    """A new series from that local day on; with alternating lengths one for each length."""
    assert wanted.at is not None
    line, zone = turn.state.line, turn.zone(wanted.zone)
    first = first_wall(wanted.at, wanted.step, from_day)
    while _keeps_agreed(turn, wanted.step, first):
        first = wanted.step.wall(first, 1)
    if wanted.ends and first.date() > wanted.ends:
        return
    for index in range(len(wanted.lengths_minutes)):
        _, _, _, step, length, _ = _rule(wanted, index)
        stem = series_stem(line.pairing, index)
        generation = turn.generation(stem)
        wall = wanted.step.wall(first, index)
        rule = SeriesRule(wall_text(wall), wanted.zone, length, step, wanted.ends)
        skips = tuple(
            wall_text(wall) for wall in _ahead(turn, rule) if off(turn, instant(wall, zone))
        )
        series = Series(
            line.mentor.address, provider_id(f"{stem}/{generation}"), generation,
            replace(rule, gaps=skips), index, asked_generation=generation, skips=skips,
        )  # fmt: skip
        put_series(turn, series)
    turn.because(f"a series from {wall_text(first)} on{by}")


def _ahead(turn: PairingTurn, rule: SeriesRule) -> list[datetime]:
    """The wall clocks that lie so near that their skip dates are known."""
    found: list[datetime] = []
    last = local_day(turn.now + KNOWN_AHEAD, turn.zone(rule.zone))
    for wall in rule.walls():
        if wall.date() > last:
            break
        found.append(wall)
    return found


def _keeps_agreed(turn: PairingTurn, step: Step, wall: datetime) -> bool:
    """Whether a meeting that was moved by agreement lies in the cadence window of that wall clock."""
    start = instant(wall, turn.zone(turn.state.line.anchor))
    half = step.length / 2
    kept = [m for m in turn.state.meetings if m.standing == "moved" and m.start > turn.now]
    return any(start - half <= m.start < start + half for m in kept)


def change(turn: PairingTurn, wanted: Terms) -> None:
    """Another cadence, time or length: the old series ends before the first origin that leaves notice, the
    new one begins there; what was moved by agreement keeps its agreed time."""
    notice = turn.now + timedelta(hours=turn.program.series_notice_hours)
    cut = _cut(turn, notice)
    asked = [series for series in turn.state.series if series.standing == "asked"]
    if any(_is_under_way(turn, series) for series in asked):
        return  # what may be on the calendar already is changed when its receipt has come
    for series in turn.state.series:
        if series.standing == "put":
            end(turn, series, cut - timedelta(days=1))
    for meeting in turn.state.meetings:
        if meeting.place and meeting.place.recurrence[:10] >= cut.isoformat():
            _let_go(turn, meeting)
    if asked:  # nobody has seen it: nothing has to be cut
        kept = tuple(series for series in turn.state.series if series not in asked)
        turn.state = replace(turn.state, series=kept)
        cut = _soonest_day(turn, wanted)
    begin(turn, wanted, cut, ": another cadence, time or length")


def _is_under_way(turn: PairingTurn, series: Series) -> bool:
    row = turn.queued.get(series_stem(turn.state.line.pairing, series.index))
    return row is not None and not row.untouched


def _cut(turn: PairingTurn, notice: datetime) -> date:
    """The local day of the first origin later than the notice."""
    found: list[date] = []
    for series in turn.state.series:
        zone = turn.zone(series.rule.zone)
        if series.live:
            found += [
                next(
                    (
                        wall.date()
                        for wall in series.rule.walls(notice.astimezone(zone).replace(tzinfo=None))
                        if instant(wall, zone) > notice
                    ),
                    local_day(notice, zone),
                )
            ]
    return min(found, default=local_day(notice, turn.zone(turn.state.line.anchor)))


def _let_go(turn: PairingTurn, meeting: Meeting) -> None:
    """An occurrence that falls to the cut: what was moved by agreement becomes a one-off, anything else is
    left to the new series."""
    if meeting.standing == "moved":
        put_meeting(turn, replace(meeting, place=None, version="", gone=False))
    elif meeting.stands or meeting.standing == "cancelled":
        put_meeting(
            turn,
            replace(
                meeting, standing="skipped", settled_by="rule", settled_at=turn.now, off="change",
                gone=True, asked_by=None,
            ),
        )  # fmt: skip


def begin_again(turn: PairingTurn, series: Series) -> None:
    """A series that its owner deleted, or cut, by mistake: the same once more, under another id."""
    if series.standing != "gone":
        put_series(turn, replace(series, cut_to=None, gone_at=None, until_put=series.cut_to))
        return
    stem = series_stem(turn.state.line.pairing, series.index)
    generation = turn.generation(stem)
    now = turn.now.astimezone(turn.zone(series.rule.zone)).replace(tzinfo=None)
    first = next(series.rule.walls(now), None)
    turn.state = replace(
        turn.state, series=tuple(s for s in turn.state.series if s.uid != series.uid)
    )
    if first is None:
        return
    uid = provider_id(f"{stem}/{generation}")
    rule = replace(series.rule, first=wall_text(first))
    put_series(
        turn,
        Series(
            series.calendar, uid, generation, rule, series.index, asked_generation=generation,
            known_to=series.known_to, skips=series.rule.gaps, put_back=series.put_back + 1,
        ),
    )  # fmt: skip
    for meeting in turn.state.meetings:
        place = meeting.place
        if place and place.uid == series.uid and meeting.start > turn.now:
            kept = replace(place, uid=uid) if meeting.standing == "planned" else None
            put_meeting(turn, replace(meeting, place=kept, version="", gone=kept is None))
    turn.because(f"the series is put back from {wall_text(first)} on")


# --- end


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
            end(turn, series, _last_day_before_now(turn, series))
    for meeting in turn.state.meetings:
        if meeting.start > turn.now and (meeting.stands or meeting.standing == "cancelled"):
            put_meeting(
                turn,
                replace(
                    meeting, standing="skipped", settled_by="rule", settled_at=turn.now, off=why,
                    asked_by=None,
                ),
            )  # fmt: skip


def _last_day_before_now(turn: PairingTurn, series: Series) -> date:
    """The day before the first occurrence that has not begun."""
    zone = turn.zone(series.rule.zone)
    now = turn.now.astimezone(zone).replace(tzinfo=None)
    following = next(series.rule.walls(now), now + timedelta(days=1))
    return following.date() - timedelta(days=1)


def _forget_ended(turn: PairingTurn) -> None:
    """A series that we ended is forgotten when the calendar knows its end and its last meeting is over."""
    kept = tuple(s for s in turn.state.series if not _is_over(turn, s))
    if kept != turn.state.series:
        turn.state = replace(turn.state, series=kept)


def _is_over(turn: PairingTurn, series: Series) -> bool:
    if series.standing != "ended" or series.rule.until != series.until_put:
        return False
    present = newest(turn, series.index)
    if present is None or present.uid == series.uid:
        return False
    return not any(m.place and m.place.uid == series.uid for m in turn.state.meetings)


# --- gaps


def _leave_gaps(turn: PairingTurn) -> None:
    """Breaks and absences that were not known when the series was put: ONE change of the series for all
    of their dates. A single date is taken off by itself when it comes near (calendar.py)."""
    for series in turn.state.series:
        if series.live:
            owed = _owed_gaps(turn, series)
            if len(owed) > 1 or (owed and series.standing == "asked"):
                skips = tuple(sorted({*series.skips, *owed}))
                gaps = tuple(sorted({*series.rule.gaps, *owed}))
                rule = replace(series.rule, gaps=gaps)
                put_series(turn, replace(series, skips=skips, rule=rule))
                turn.because(f"{len(owed)} dates are taken out of the series")


def _owed_gaps(turn: PairingTurn, series: Series) -> list[str]:
    rule, zone = series.rule, turn.zone(series.rule.zone)
    latest = turn.now + KNOWN_AHEAD
    found: dict[str, None] = {}
    yesterday = turn.now.date() - timedelta(days=1)
    for days, _ in stretches(turn):
        if days.last < yesterday:
            continue
        before = datetime.combine(days.first, datetime.min.time()) - timedelta(days=1)
        for wall in rule.walls(before):
            start = instant(wall, zone)
            if wall.date() > days.last + timedelta(days=1) or start > latest:
                break
            name = wall_text(wall)
            if start > turn.now and name not in rule.gaps and off(turn, start):
                found[name] = None
    return list(found)


# --- effects


def _ask(turn: PairingTurn, series: Series) -> None:
    stem = series_stem(turn.state.line.pairing, series.index)
    present = newest(turn, series.index)
    if series.live and present is not None and present.uid == series.uid:
        mark = turn.marks.get(stem)
        if series.standing == "asked" and mark and mark.standing == "withdrawn":
            series = _renamed(turn, series, stem)
        turn.want(
            stem, _change(turn, PutSeries, series), account=series.calendar, opens=turn.now,
            closes=turn.now + FOR_GOOD, reason="the series as it is agreed", retell=True,
            basis=_basis(turn, series), explained="config" if _by_files(turn, series) else "",
        )  # fmt: skip
        asked = turn.marks[stem].generation
        if asked != series.asked_generation:
            put_series(turn, replace(series, asked_generation=asked))
    if series.put_at and series.rule.until != series.until_put and series.standing != "gone":
        turn.want(
            end_stem(turn.state.line.pairing, series.index, series.generation),
            _change(turn, EndSeries, series), account=series.calendar, opens=turn.now,
            closes=turn.now + FOR_GOOD, reason=f"it ends on {series.rule.until}",
            basis=str(series.rule.until), retell=True,
            explained="config" if turn.state.line.closing or present is series else "",
        )  # fmt: skip


def _renamed(turn: PairingTurn, series: Series, stem: str) -> Series:
    """After a conflict about its id the next generation has another one."""
    named = replace(series, uid=provider_id(f"{stem}/{turn.generation(stem)}"))
    turn.state = replace(
        turn.state, series=tuple(named if s.uid == series.uid else s for s in turn.state.series)
    )
    return named


def as_it_stands(turn: PairingTurn, series: Series) -> None:
    """Somebody changed it on the calendar: what stands there is what we would ask for."""
    stem = series_stem(turn.state.line.pairing, series.index)
    mark = turn.marks.get(stem)
    if mark:
        turn.marks[stem] = replace(mark, basis=_basis(turn, series))


def _basis(turn: PairingTurn, series: Series) -> str:
    rule, line = series.rule, turn.state.line
    return basis_of(
        (series.uid, rule.first, rule.zone, rule.length_minutes, rule.step, series.skips, line.link)
    )


def _by_files(turn: PairingTurn, series: Series) -> bool:
    """Whether nobody of the pair asked for this change: the guard weighs it."""
    return series.standing == "put" and not turn.state.absences


def _change(
    turn: PairingTurn, kind: type[PutSeries] | type[EndSeries], series: Series
) -> PutSeries | EndSeries:
    line = turn.state.line
    return kind(
        calendar=series.calendar, uid=series.uid, rule=replace(series.rule, gaps=series.skips),
        summary=f"1:1 {line.mentor.first} & {line.mentee.first}",
        guests=(line.mentee.address,), location=line.link,
        expected="" if kind is PutSeries else series.version,
    )  # fmt: skip
