"""What was done to a whole series on its calendar (RULES 5, rows 1, 3, 5, 8, 9 and 14).

Not single occurrences (seen.py), and not the questions that follow from it (gone.py).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from daemon.decide.adopting import goes_on
from daemon.decide.days import left_by_rule, met_anyway
from daemon.decide.gone import (
    guest_back,
    guest_removed,
    series_gone,
    tell_it_stands,
    whole_series_declined,
)
from daemon.decide.keeping import as_it_stands
from daemon.decide.keys import series_stem
from daemon.decide.moment import instant, same_clock
from daemon.decide.pausing import resume
from daemon.decide.questions import drop_questions
from daemon.decide.seen import (
    PairingTurn,
    answer_of,
    declined,
    fall_out,
    gave_sign,
    maker_of,
    put_meeting,
    restore,
    told_moved,
)
from daemon.decide.series import from_now_on, put_series
from daemon.decide.terms import terms
from daemon.domain.cadence import RegularTime, SeriesRule, Step, wall_text
from daemon.domain.meeting import Meeting, Place, Series
from daemon.domain.observation import EventGone, EventSeen
from daemon.domain.value import replace


def series_seen(turn: PairingTurn, seen: EventSeen) -> None:
    """The series as a whole, as its organizer's calendar shows it now."""
    series = next(s for s in turn.state.series if s.uid == seen.place.uid)
    rule = seen.rule and _in_known_zone(turn, seen.rule, series.rule.zone)
    if seen.cancelled:
        series_gone(turn, series)
        return
    if series.standing == "ended":  # all that matters about it is that it ends
        put_series(turn, replace(series, version=seen.version))
        _goes_on_again(turn, series, rule)
        return
    if series.standing == "asked" or rule is None:
        return
    if series.standing == "gone":
        turn.because("the series is back")
        series = from_now_on(turn, replace(series, standing="put", gone_at=None))
        put_series(turn, series)
        drop_questions(turn, "series-gone")
        if turn.state.pause and turn.state.pause.by == "silence":
            resume(turn, "mentor")
        tell_it_stands(turn, "mentor")
    if _shape(rule) != _shape(series.rule):
        series = _follow(turn, series, rule)
    _gaps(turn, series, rule, seen.version)
    _cut_by_hand(turn, series, rule)
    _answered(turn, seen)
    guests = {guest.address for guest in seen.guests}
    if turn.state.line.mentee.address not in guests:
        guest_removed(turn, series)
    elif declined(turn, seen):
        whole_series_declined(turn, series)
    elif not _declined_by_mail(turn, series, seen):
        guest_back(turn, series)


def _declined_by_mail(turn: PairingTurn, series: Series, seen: EventSeen) -> bool:
    """What was never shown by the calendar is not taken back by it either, but by a yes."""
    shown = series.answer_seen == "DECLINED" or answer_of(turn, seen) == "ACCEPTED"
    return series.declined and not series.guest_gone and not shown


def _in_known_zone(turn: PairingTurn, rule: SeriesRule, zone: str) -> SeriesRule:
    """Calendars write some zones by another name, Africa/Abidjan as UTC, Europe/Kiev as Europe/Kyiv: where both show
    the same time all through the year it is no change."""
    if rule.zone == zone or not same_clock(turn.zone(rule.zone), turn.zone(zone), turn.now):
        return rule
    return replace(rule, zone=zone)


def _goes_on_again(turn: PairingTurn, series: Series, rule: SeriesRule | None) -> None:
    """Its owner took away an end that the calendar had: as good as RESUME where only silence had ended it. Else
    nothing says which of two series is meant now, or whether a pause still is: a person has to ask."""
    until, what = series.rule.until, "a series that had ended goes on again in its calendar"
    if rule is None or until is None or series.until_put != until:
        return
    if next(rule.walls(datetime.combine(until, datetime.max.time())), None) is None:
        return
    if turn.state.pause and turn.state.pause.by == "silence":
        kept = replace(series, standing="put", rule=rule, until_put=rule.until)
        put_series(turn, from_now_on(turn, kept))
        resume(turn, "mentor")
    else:
        first = turn.state.line.mentor.first
        turn.tell_once(f"goes-on/{series.uid}", "by-hand", reason=what, what=what, first=first)


def _answered(turn: PairingTurn, seen: EventSeen) -> None:
    series = next(s for s in turn.state.series if s.uid == seen.place.uid)
    said = answer_of(turn, seen)
    if said != series.answer_seen:
        if gave_sign(turn, series.answer_seen, seen):
            turn.signs.append("mentee")
        put_series(turn, replace(series, answer_seen=said))


def series_deleted(turn: PairingTurn, gone: EventGone) -> None:
    """Row 3: the whole series is no longer there."""
    series = next((s for s in turn.state.series if s.uid == gone.place.uid), None)
    if series and series.standing == "put":
        series_gone(turn, series)


def _shape(rule: SeriesRule) -> tuple[datetime, str, int, Step]:
    return rule.begins, rule.zone, rule.length_minutes, rule.step


def _gaps(turn: PairingTurn, series: Series, rule: SeriesRule, version: str) -> None:
    """New gaps are cancelled meetings, closed gaps are restored ones; our own are neither."""
    added = set(rule.gaps) - set(series.rule.gaps) - set(series.skips)
    closed = set(series.rule.gaps) - set(rule.gaps)
    known = replace(series.rule, gaps=tuple(sorted({*rule.gaps, *_asked_gaps(turn, series)})))
    put_series(turn, replace(series, version=version, rule=known))
    for meeting in turn.state.meetings:
        if not meeting.place or meeting.place.uid != series.uid:
            continue
        if meeting.place.recurrence in added:
            fall_out(turn, meeting, maker_of(turn, series.uid), gone=True)
        elif meeting.place.recurrence in closed and meeting.standing == "cancelled":
            restore(turn, meeting)


def _asked_gaps(turn: PairingTurn, series: Series) -> tuple[str, ...]:
    """Gaps that we just asked for: the calendar may not show them yet."""
    mark = turn.marks.get(series_stem(turn.state.line.pairing, series.index))
    return series.skips if mark and mark.standing == "live" else ()


# --- row 8: "all", and "this and following"


def _follow(turn: PairingTurn, series: Series, rule: SeriesRule) -> Series:
    """The organizer moved the whole series: the agreed time changes, meetings keep their origin."""
    rule = replace(rule, until=series.rule.until)
    replace_places(turn, series, series.uid, rule)
    kept = tuple(wall for wall in series.skips if rule.has(datetime.fromisoformat(wall)))
    series = replace(
        series,
        rule=rule,
        skips=kept,
        left_out=(),
        overrides=(),
        changed_by=maker_of(turn, series.uid),
    )
    series = from_now_on(turn, replace(series, known_to="", changed_at=turn.now))
    put_series(turn, series)
    agree_on(turn, series)
    as_it_stands(turn, series)
    turn.because(f"the whole series was moved in its calendar, to {rule.first}")
    return series


def agree_on(turn: PairingTurn, series: Series) -> None:
    """What stands on the calendar is what the pair agreed on from now on: of it, what is not so already,
    because the files go on counting for the rest."""
    present, rule, agreed = terms(turn.state, turn.program), series.rule, turn.state.agreed
    first, lengths = rule.begins, list(present.lengths_minutes)
    at = RegularTime(first.weekday(), first.hour, first.minute, rule.step.nth)
    if at != present.at:
        agreed = replace(agreed, at=at)
    if len(lengths) == 1 and rule.step != present.step:
        agreed = replace(agreed, step=rule.step)
    if series.index < len(lengths) and lengths[series.index] != rule.length_minutes:
        lengths[series.index] = rule.length_minutes
        agreed = replace(agreed, lengths_minutes=tuple(lengths))
    turn.state = replace(turn.state, agreed=agreed)
    if (agreed.at and "at" in turn.program.locked) or (
        agreed.lengths_minutes and "length" in turn.program.locked
    ):
        what = "a series changed by hand in its calendar, which this program fixes"
        turn.tell("by-hand", reason=what, what=what, first=turn.state.line.mentor.first)


def _nearest(rule: SeriesRule, wall: datetime, after: datetime) -> datetime:
    """The occurrence of a rule, later than `after`, that lies nearest to a wall clock."""
    number = max(0, rule.number(after) + 1, rule.number(wall))
    return min((rule.wall(number), rule.wall(number + 1)), key=lambda each: abs(each - wall))


def replace_places(
    turn: PairingTurn, series: Series, uid: str, rule: SeriesRule, since: str = ""
) -> None:
    """Meetings of the old rule at the place that the new one has for them; origins stay. Where it has fewer
    dates, the rest is left out."""
    taken: set[str] = set()
    now = turn.now.astimezone(turn.zone(rule.zone)).replace(tzinfo=None)
    ahead = [m for m in turn.state.meetings if _is_ahead(turn, m, series, since)]
    dates = [(_nearest(rule, _wall(meeting), now), meeting) for meeting in ahead]
    for nearest, meeting in sorted(dates, key=lambda each: _by_distance(*each)):
        wall = wall_text(nearest)
        if wall in taken:
            put_meeting(turn, left_by_rule(meeting, "change", turn.now, gone=True))
            continue
        taken.add(wall)
        _follow_meeting(turn, meeting, Place(series.calendar, uid, wall), rule)


def _wall(meeting: Meeting) -> datetime:
    assert meeting.place is not None
    return datetime.fromisoformat(meeting.place.recurrence)


def _by_distance(nearest: datetime, meeting: Meeting) -> tuple[timedelta, datetime]:
    """The shortest ways come first, so that nobody takes another one's place: today's 1:1, whose new hour is over, not
    that of next week."""
    return abs(nearest - _wall(meeting)), _wall(meeting)


def _follow_meeting(turn: PairingTurn, meeting: Meeting, place: Place, rule: SeriesRule) -> None:
    """At the new regular time, whatever was changed about that one before: a calendar that keeps such a
    change tells it together with the series, and then it is followed again."""
    start = instant(datetime.fromisoformat(place.recurrence), turn.zone(rule.zone))
    end, there = start + timedelta(minutes=rule.length_minutes), place.recurrence not in rule.gaps
    again = replace(meeting, place=place, start=start, end=end, version="")
    match meeting.standing:
        case "planned":
            put_meeting(turn, again)
            if there and met_anyway(turn, again):
                put_meeting(turn, left_by_rule(again, "change", turn.now))
            elif not there:
                fall_out(turn, again, "mentor", gone=True)
        case "moved":
            put_meeting(turn, _moved_again(turn, meeting, again))
        case "cancelled" if there:
            restore(turn, _moved_again(turn, meeting, again))
        case _:
            put_meeting(turn, replace(again, gone=not there))


def _moved_again(turn: PairingTurn, before: Meeting, again: Meeting) -> Meeting:
    """Whoever has read another time has to hear of this one."""
    if not told_moved(turn, before):
        return replace(again, standing="planned", moved_from=None, moved_at=None, moved_by="")
    return replace(
        again, moved_from=before.start, moved_at=turn.now, moved_by="mentor", changed_at=turn.now,
        checked=False,
    )  # fmt: skip


def _is_ahead(turn: PairingTurn, meeting: Meeting, series: Series, since: str) -> bool:
    place = meeting.place
    if not place or place.uid != series.uid or not place.recurrence:
        return False
    return meeting.start > turn.now and place.recurrence >= since


def _cut_by_hand(turn: PairingTurn, series: Series, rule: SeriesRule) -> None:
    """The organizer ended the series earlier than we did: "this and following", moved or deleted."""
    known = next(s for s in turn.state.series if s.uid == series.uid)
    if rule.until is None or (known.until_put and rule.until >= known.until_put):
        if known.cut_to is not None:
            put_series(turn, from_now_on(turn, replace(known, cut_to=None, gone_at=None)))
            drop_questions(turn, "series-gone")
            tell_it_stands(turn, "mentor")
        return
    if rule.until == known.cut_to or (known.rule.until and rule.until >= known.rule.until):
        return
    put_series(turn, replace(known, cut_to=rule.until, gone_at=turn.now))
    turn.because(f"the series was cut after {rule.until} in its calendar")


def stranger_seen(turn: PairingTurn, seen: EventSeen) -> None:
    """A series that somebody made by hand, with the mentee as a guest: it may be the rest of a cut one."""
    if seen.rule is None or seen.cancelled or seen.place.recurrence:
        return
    turn.state = replace(
        turn.state,
        stranger=Series(
            seen.place.calendar, seen.place.uid, 0, seen.rule, standing="put", version=seen.version
        ),
    )


def adopt(turn: PairingTurn) -> None:
    """Row 8, "this and following": never a second series, the new one takes the place of the cut one."""
    stranger = turn.state.stranger
    cut = next((s for s in turn.state.series if s.cut_to and s.standing == "put"), None)
    if stranger is None or cut is None or cut.cut_to is None:
        return
    if not goes_on(stranger.rule, cut.rule, cut.cut_to):
        return
    stem = series_stem(turn.state.line.pairing, cut.index)
    mark = turn.marks.get(stem)
    if mark is None or mark.standing == "live":
        return  # a change of ours is under way: first hear what becomes of it
    generation = turn.generation(stem)
    turn.marks[stem] = replace(mark, generation=generation, standing="settled")
    since = wall_text(datetime.combine(cut.cut_to + timedelta(days=1), datetime.min.time()))
    rule = replace(stranger.rule, until=cut.rule.until)
    new = replace(
        cut, uid=stranger.uid, generation=generation, asked_generation=generation, rule=rule,
        version=stranger.version, known_to="", cut_to=None, gone_at=None, changed_by="mentor", changed_at=turn.now, skips=(),
        left_out=(), overrides=(), until_put=stranger.rule.until,
    )  # fmt: skip
    ended = replace(
        cut, rule=replace(cut.rule, until=cut.cut_to), standing="ended", until_put=cut.cut_to,
        cut_to=None, gone_at=None,
    )  # fmt: skip
    others = tuple(ended if s.uid == cut.uid else s for s in turn.state.series)
    turn.state = replace(turn.state, series=(*others, new), stranger=None)
    replace_places(turn, cut, new.uid, rule, since)
    put_series(turn, from_now_on(turn, new))
    turn.adopted.append(Place(new.calendar, new.uid))
    drop_questions(turn, "series-gone")
    tell_it_stands(turn, "mentor")
    agree_on(turn, new)
    as_it_stands(turn, new)
    turn.because(f"the series goes on as another one from {rule.first}")
