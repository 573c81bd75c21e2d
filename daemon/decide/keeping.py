"""Keeping a series in line with what counts, until the calendar shows it (RULES 6).

Not how one begins or ends (series.py), and not its change (changing.py).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from daemon.decide.adopting import is_awaited
from daemon.decide.changing import change, outdated
from daemon.decide.days import off, stretches
from daemon.decide.keys import basis_of, end_stem, provider_id, series_stem
from daemon.decide.moment import instant
from daemon.decide.seen import PairingTurn
from daemon.decide.series import KNOWN_AHEAD, begin, newest, put_series, soonest
from daemon.decide.terms import Terms, terms
from daemon.domain.cadence import wall_text
from daemon.domain.effect import EndSeries, PutSeries
from daemon.domain.meeting import Series
from daemon.domain.people import ROLES
from daemon.domain.value import replace
from daemon.domain.world import Mark

COPY_REMEMBERED = timedelta(days=21)
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


def _begin_or_change(turn: PairingTurn, wanted: Terms) -> None:
    present = [newest(turn, index) for index in range(len(wanted.lengths_minutes))]
    if any(series is not None and series.standing == "gone" for series in present):
        return  # its owner is asked first
    if is_awaited(turn):
        return
    if _may_begin(turn) and not any(s and s.live for s in present):
        begin(turn, wanted, soonest(turn, wanted).date())
    elif outdated(turn, wanted):
        change(turn, wanted)


def _may_begin(turn: PairingTurn) -> bool:
    """A substitute may be agreed on within the last step before the end: what still fits takes place."""
    state = turn.state
    late = state.line.stands_in and not (state.series or state.stopped_by or state.line.closing)
    return state.standing == "active" or bool(late)


def _forget_ended(turn: PairingTurn) -> None:
    """A series that we ended is forgotten when the calendar knows its end and its last meeting is over."""
    kept = tuple(s for s in turn.state.series if not _is_over(turn, s))
    if kept != turn.state.series:
        turn.state = replace(turn.state, series=kept)


def _is_over(turn: PairingTurn, series: Series) -> bool:
    until = series.rule.until
    if series.standing != "ended" or until is None:
        return False
    if series.uid in turn.state.copies:  # it stands where it is until its organizer has read of it
        if turn.now.date() - until < COPY_REMEMBERED:
            return False
    elif until != series.until_put:
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
    """Dates without a 1:1. One that was moved to another time keeps its date: a gap would take it along."""
    rule, zone = series.rule, turn.zone(series.rule.zone)
    moved = {
        m.place.recurrence: m.start
        for m in turn.state.meetings
        if m.stands and m.place and m.place.uid == series.uid
    }
    latest = turn.now + KNOWN_AHEAD
    found: dict[str, None] = {}
    yesterday = turn.now.date() - timedelta(days=1)
    for days in stretches(turn):
        if days.last < yesterday:
            continue
        before = datetime.combine(days.first, datetime.min.time()) - timedelta(days=1)
        for wall in rule.walls(before):
            start = instant(wall, zone)
            if wall.date() > days.last + timedelta(days=1) or start > latest:
                break
            name = wall_text(wall)
            stays = moved.get(name, start) != start
            if start > turn.now and name not in rule.gaps and not stays and off(turn, start):
                found[name] = None
    return list(found)


# --- effects


def _ask(turn: PairingTurn, series: Series) -> None:
    if series.uid in turn.state.copies:
        return  # the calendar has but a copy: its organizer alone can change it, and has read so
    stem = series_stem(turn.state.line.pairing, series.index)
    present = newest(turn, series.index)
    if series.live and present is not None and present.uid == series.uid:
        if series.standing == "asked" and _old_one_stays(turn):
            return
        mark = turn.marks.get(stem)
        if series.standing == "asked" and mark and mark.standing in ("withdrawn", "conflict"):
            series = _renamed(turn, series, stem)
        turn.want(
            stem, _change(turn, PutSeries, series), account=series.calendar, opens=turn.now,
            closes=turn.now + FOR_GOOD, reason=_why_put(turn, mark), retell=True,
            basis=_basis(turn, series), explained="config" if _by_files(turn, series) else "",
        )  # fmt: skip
        asked = turn.marks[stem].generation
        if asked != series.asked_generation:
            put_series(turn, replace(series, asked_generation=asked))
    replaced = present is None or present.uid != series.uid
    if replaced and _one_off_is_due(turn):
        return
    until = series.rule.until
    if series.put_at and until != series.until_put and series.standing != "gone":
        turn.want(
            end_stem(turn.state.line.pairing, series.index, series.generation),
            _change(turn, EndSeries, series), account=series.calendar, opens=turn.now,
            closes=turn.now + FOR_GOOD, reason=f"it ends on {until}" if until else "it goes on",
            basis=str(until), retell=True,
            explained="config" if _ended_by_files(turn, None if not replaced else present) else "",
        )  # fmt: skip


def _old_one_stays(turn: PairingTurn) -> bool:
    """Whether the calendar would not let a series end: the one after it waits, or both would stand there."""
    for series in turn.state.series:
        if series.standing == "ended" and series.put_at and series.rule.until != series.until_put:
            pairing, index, generation = turn.state.line.pairing, series.index, series.generation
            mark = turn.marks.get(end_stem(pairing, index, generation))
            if mark and mark.standing in ("refused", "conflict"):
                return True
    return False


def _why_put(turn: PairingTurn, mark: Mark | None) -> str:
    """What is put for the very first time; a length that is added later was agreed on."""
    first = mark is None and not any(series.put_at for series in turn.state.series)
    return "both said yes" if first else "the series as it is agreed"


def _one_off_is_due(turn: PairingTurn) -> bool:
    """Whether a meeting that outlives its series is on its way to an event of its own: it is put before the
    old series ends, so that it is never on no calendar."""
    for meeting in turn.state.meetings:
        if meeting.stands and meeting.place is None and not turn.watch.reached(meeting.start):
            mark = turn.marks.get(f"put/{turn.state.line.pairing}/{meeting.origin}")
            if mark is None or mark.standing in ("live", "settled", "withdrawn", "undone"):
                return True
    return False


def _renamed(turn: PairingTurn, series: Series, stem: str) -> Series:
    """After a conflict about its id the next generation has another one, and its meetings go along."""
    named = replace(series, uid=provider_id(f"{stem}/{turn.generation(stem)}"))
    turn.state = replace(
        turn.state,
        series=tuple(named if s.uid == series.uid else s for s in turn.state.series),
        meetings=tuple(
            replace(m, place=replace(m.place, uid=named.uid))
            if m.place and m.place.uid == series.uid
            else m
            for m in turn.state.meetings
        ),
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
    group = (sorted(line.guests),) if line.members and not series.theirs else ()
    return basis_of(
        (
            series.uid,
            rule.first,
            rule.zone,
            rule.length_minutes,
            rule.step,
            series.skips,
            "" if series.theirs else _venue(turn, series) or line.link,
            *group,
        )
    )


def _by_files(turn: PairingTurn, series: Series) -> bool:
    """Whether nobody of the pair asked for this change: the guard weighs it."""
    return series.by_files or (series.standing == "put" and not turn.state.absences)


def _ended_by_files(turn: PairingTurn, successor: Series | None) -> bool:
    """Whether it ends, or goes on longer, because the files say so, and nobody of the pair."""
    state, back = turn.state, turn.state.resumed
    if successor is not None:
        return successor.by_files
    if state.pause is not None:
        return state.pause.by == "admin"
    if state.stopped_by in (*ROLES, "pair") or (
        back and back.ended_at == turn.now and back.ended_by in ROLES
    ):
        return False
    return state.agreed.ends is None and not state.agreed.open_ended


def _change(
    turn: PairingTurn, kind: type[PutSeries] | type[EndSeries], series: Series
) -> PutSeries | EndSeries:
    line = turn.state.line
    # What people took off behind an end would be forgotten, and be there again when the end is put off.
    by_hand = series.rule.gaps if kind is EndSeries else ()
    gaps = tuple(sorted({*series.skips, *series.left_out, *by_hand}))
    return kind(
        calendar=series.calendar, uid=series.uid, rule=replace(series.rule, gaps=gaps),
        summary=f"1:1 {line.named}",
        guests=line.guests, location=_venue(turn, series),
        expected="" if kind is PutSeries else series.version, theirs=series.theirs, meet=_makes_room(turn, series),
    )  # fmt: skip


def _makes_room(turn: PairingTurn, series: Series) -> bool:
    """Whether its provider makes the link: of several, which differ in length, with the first alone."""
    return turn.state.line.meets and series.index == 0


def _venue(turn: PairingTurn, series: Series) -> str:
    return "" if _makes_room(turn, series) else turn.state.link
