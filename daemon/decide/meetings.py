"""Meetings: how occurrences become meetings, and how they end (RULES 4).

Not what is said about them: letters are in touchpoints.py.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from daemon.decide.days import left_by_rule, met_anyway, off
from daemon.decide.measured import line_of_meeting
from daemon.decide.moment import instant
from daemon.decide.seen import PairingTurn, fall_out, put_meeting
from daemon.domain.agenda import Met
from daemon.domain.cadence import SeriesRule, wall_text
from daemon.domain.meeting import Meeting, Origin, Place, Series
from daemon.domain.proposal import Proposal
from daemon.domain.value import replace

DATES_TRIED = 8
SOON = timedelta(minutes=30)
"""What ends so soon after a letter is offered by none."""
OCCURRENCES_AHEAD = 2
"""So many occurrences of a series that are still to come are meetings already."""


def materialise(turn: PairingTurn) -> bool:
    """Make meetings of the occurrences that come near; what was seen of them earlier is applied.

    Only of a series that is on the calendar: what nobody can see there is announced to nobody, and what
    was over when it was put there at last was never a meeting. Old meetings are forgotten when new ones come:
    whether some came.
    """
    before = turn.state.meetings
    for series in turn.state.series:
        if series.standing == "put":
            _near(turn, series)
    came = turn.state.meetings != before
    if came or not any(s.standing == "put" for s in turn.state.series):
        _forget_old(turn)
    return came


def _near(turn: PairingTurn, series: Series) -> None:
    rule, zone = series.rule, turn.zone(series.rule.zone)
    known = datetime.fromisoformat(series.known_to) if series.known_to else None
    number = rule.number(known) + 1 if known else 0
    for wall in rule.walls(known):
        if series.cut_to and wall.date() > series.cut_to:
            break  # its owner is asked first what became of the rest
        if number >= OCCURRENCES_AHEAD:
            earlier = instant(rule.wall(number - OCCURRENCES_AHEAD), zone)
            if not turn.watch.reached(over(turn, rule, earlier)):
                break
        start = instant(wall, zone)
        if series.put_at is None or start > series.put_at:
            _add(turn, series.uid, wall_text(wall), start)
        number += 1


def over(turn: PairingTurn, rule: SeriesRule, start: datetime) -> datetime:
    """When an occurrence counts as over: at the moment at which its notes are asked for."""
    minutes = rule.length_minutes + turn.program.notes_after_minutes
    return start + timedelta(minutes=minutes)


def _add(turn: PairingTurn, uid: str, wall: str, start: datetime) -> None:
    series = next(s for s in turn.state.series if s.uid == uid)
    origin = Origin(wall, series.rule.zone)
    length = timedelta(minutes=series.rule.length_minutes)
    meeting = Meeting(origin, start, start + length, place=Place(series.calendar, uid, wall))
    seen = next((o for o in series.overrides if o.recurrence == wall), None)
    if seen and seen.start != start:
        meeting = replace(
            meeting, start=seen.start, end=seen.end, standing="moved", moved_from=start,
            moved_at=turn.now, moved_by="mentor", changed_at=turn.now,
        )  # fmt: skip
    same = (m for m in turn.state.meetings if m.origin == origin or m.place == meeting.place)
    known = next(same, None)
    filled = series.left_out if known and known.place is None else ()
    if known is None:
        turn.state = replace(turn.state, meetings=(*turn.state.meetings, meeting))
        _apply(turn, series, meeting, seen)
    elif wall not in filled and _comes_back(known, meeting):
        put_meeting(turn, replace(meeting, counted=known.counted, number=known.number))
        _apply(turn, series, meeting, seen)
    overrides = tuple(o for o in series.overrides if o.recurrence != wall)
    followed = replace(series, known_to=wall, overrides=overrides)
    turn.state = replace(
        turn.state, series=tuple(followed if s.uid == uid else s for s in turn.state.series)
    )


def _comes_back(known: Meeting, again: Meeting) -> bool:
    """Whether a date that a pause, an end or a change took along is on the calendar again, with another
    series: the same meeting."""
    elsewhere = known.place is None or (again.place and known.place.uid != again.place.uid)
    taken_along = known.standing == "skipped" and known.off in ("pause", "end", "change")
    return bool(elsewhere) and taken_along


def _apply(turn: PairingTurn, series: Series, meeting: Meeting, seen: Any) -> None:
    """What is known of an occurrence at the moment at which it becomes a meeting."""
    assert meeting.place is not None
    wall = meeting.place.recurrence
    why = off(turn, meeting.start)
    if wall in series.skips:
        if why:
            put_meeting(turn, left_by_rule(meeting, why, turn.now, gone=True))
        else:  # the day is off no more: the occurrence cannot come back, a one-off takes its place
            put_meeting(turn, replace(meeting, place=None))
    elif wall in series.rule.gaps or (seen and seen.cancelled):
        fall_out(turn, meeting, "mentor", gone=True)
    elif met_anyway(turn, meeting):
        put_meeting(turn, left_by_rule(meeting, "change", turn.now))
    elif seen and seen.declined:
        fall_out(turn, replace(meeting, answer_seen="DECLINED"), "mentee", gone=False)


def end(turn: PairingTurn) -> None:
    """What became of meetings whose end has passed."""
    days = timedelta(days=turn.program.presume_after_days)
    ended = [
        _ended(turn, meeting, days) if turn.now >= meeting.end else meeting
        for meeting in turn.state.meetings
    ]
    if any(a is not b for a, b in zip(ended, turn.state.meetings, strict=True)):
        turn.state = replace(turn.state, meetings=tuple(ended))


def _ended(turn: PairingTurn, meeting: Meeting, days: timedelta) -> Meeting:
    if not meeting.stands:
        return meeting
    place = meeting.place
    series = next((s for s in turn.state.series if place and s.uid == place.uid), None)
    gone_at = series.gone_at if series and _concerned(series, place) else None
    if gone_at and meeting.end > gone_at:
        turn.because(f"{meeting.origin}: its series was gone at its end, so it was not held")
        return replace(meeting, standing="cancelled", settled_by="silence", settled_at=turn.now)
    if turn.watch.reached(meeting.end + days):
        turn.because(f"{meeting.origin}: no word for {days.days} days, presumed held")
        return replace(meeting, standing="held", evidence="presumed")
    return meeting


def _concerned(series: Series, place: Place | None) -> bool:
    cut = series.cut_to.isoformat() if series.cut_to else ""
    return bool(place and place.recurrence and place.recurrence[:10] > cut)


def _forget_old(turn: PairingTurn) -> None:
    """What cannot be corrected any more leaves the lane; the tally keeps its count."""
    days = timedelta(days=turn.program.correct_within_days + 2)
    series = any(s.standing == "put" for s in turn.state.series)
    kept: list[Meeting] = []
    for meeting in turn.state.meetings:
        gone = max(meeting.end, _planned(turn, meeting)) + days
        past = gone <= turn.now if series else turn.watch.reached(gone)
        if past and not _busy_with(turn, meeting):
            count(turn, meeting)
        else:
            kept.append(meeting)
    if len(kept) != len(turn.state.meetings):
        turn.state = replace(turn.state, meetings=tuple(kept))


def _planned(turn: PairingTurn, meeting: Meeting) -> datetime:
    """When it would have been by its series: a date that took place early is no date of the next series."""
    return instant(datetime.fromisoformat(meeting.origin.wall), turn.zone(meeting.origin.zone))


def count(turn: PairingTurn, meeting: Meeting) -> None:
    """Due: origin passed, and not skipped by rule (RULES 4)."""
    tally, line = turn.state.tally, turn.state.line
    zone = turn.zone(line.mentee.zone)
    turn.counted += line_of_meeting(line.pairing, meeting, turn.program, zone)
    if meeting.settled_by != "rule":
        held = meeting.standing == "held"
        confirmed = held and meeting.evidence == "confirmed"
        turn.state = replace(
            turn.state,
            tally=replace(
                tally, due=tally.due + 1, held=tally.held + held,
                confirmed=tally.confirmed + confirmed,
            ),
            met=_met(turn, meeting.origin.day) if held else turn.state.met,
        )  # fmt: skip


def _met(turn: PairingTurn, day: date) -> Met:
    """The days on which the two have met, with this one."""
    met = turn.state.met
    days = sorted({each for each in (met.before, met.last, day) if each})
    return Met(min(met.first or day, day), days[-1], days[-2] if len(days) > 1 else None)


def _busy_with(turn: PairingTurn, meeting: Meeting) -> bool:
    proposal = turn.state.proposal
    return proposal is not None and proposal.origin == meeting.origin


def following(turn: PairingTurn, meeting: Meeting) -> Meeting | None:
    """The next meeting after this one that people should turn up to."""
    later = [m for m in turn.state.meetings if m.stands and m.start > max(meeting.start, turn.now)]
    return min(
        (m for m in later if m.origin != meeting.origin), key=lambda m: m.start, default=None
    )


def start_after(turn: PairingTurn, meeting: Meeting) -> datetime | None:
    """When people meet after this one: the next meeting, or a regular date that is no meeting yet."""
    after = following(turn, meeting)
    return after.start if after else next_date(turn, meeting.origin.wall)


def next_date(turn: PairingTurn, after: str = "") -> datetime | None:
    """The first regular date, later than that wall clock, that is no meeting yet and takes place."""
    found: list[datetime] = []
    for series in turn.state.series:
        if series.live and not series.gone_at:
            zone = turn.zone(series.rule.zone)
            now = wall_text(turn.now.astimezone(zone).replace(tzinfo=None))
            known = datetime.fromisoformat(max(series.known_to, after, now))
            walls = islice(series.rule.walls(known), DATES_TRIED)
            starts = (instant(w, zone) for w in walls if not _taken_off(series, wall_text(w)))
            found += [s for s in starts if s > turn.now and not off(turn, s)][:1]
    return min(found, default=None)


def _taken_off(series: Series, wall: str) -> bool:
    """By somebody's hand: what a rule has left out comes back when its day is off no more."""
    return wall in series.rule.gaps and wall not in series.skips


def dates_to_come(turn: PairingTurn) -> list[datetime]:
    """The regular dates until the end that are no meetings yet and take place; none of a series without an end."""
    found: list[datetime] = []
    for series in turn.state.series:
        zone = turn.zone(series.rule.zone)
        now = turn.now.astimezone(zone).replace(tzinfo=None)
        if series.standing == "put" and series.rule.until:
            walls = [w for w in series.rule.walls(now) if wall_text(w) not in series.rule.gaps]
            starts = [instant(wall, zone) for wall in walls if wall_text(wall) > series.known_to]
            found += [start for start in starts if not off(turn, start)]
    return found


def next_but(turn: PairingTurn, meeting: Meeting) -> datetime | None:
    """When people meet next, were there not this one."""
    coming = [m for m in turn.state.meetings if m.stands and m.start > turn.now]
    starts = [m.start for m in coming if m.origin != meeting.origin]
    return min(starts) if starts else start_after(turn, meeting)


def move_until(turn: PairingTurn, start: datetime) -> datetime | None:
    """Until when MOVE is followed for a 1:1 that starts then; None where it is too late for that by now, or in
    a moment."""
    latest = start - timedelta(hours=turn.program.no_change_hours)
    return latest if latest > turn.now + SOON else None


def upcoming(turn: PairingTurn) -> Meeting | None:
    """The next meeting from now on that people should turn up to."""
    return min(
        (m for m in turn.state.meetings if m.stands and m.end > turn.now),
        key=lambda m: m.start,
        default=None,
    )


def leave_out(turn: PairingTurn, meeting: Meeting, by: Any) -> None:
    """The meeting is skipped, by choice or by silence; what stands of it on a calendar is taken off."""
    if meeting.standing == "missed":
        put_meeting(turn, replace(meeting, settled_by=by, settled_at=turn.now))
        return
    put_meeting(
        turn,
        replace(
            meeting, standing="skipped", settled_by=by, settled_at=turn.now, asked_by=None, told=()
        ),
    )  # fmt: skip
    turn.because(f"{meeting.origin}: left out ({by})")


def meeting_of(turn: PairingTurn, proposal: Proposal) -> Meeting | None:
    """The meeting a proposal is for."""
    if proposal.origin is None:
        return None
    return next((m for m in turn.state.meetings if m.origin == proposal.origin), None)


def close(turn: PairingTurn, proposal: Proposal) -> None:
    """Remember a closed proposal, so that a late answer to it is recognised."""
    kept = (*turn.state.closed_proposals, proposal)[-2:]
    turn.state = replace(turn.state, proposal=None, closed_proposals=kept)
