"""Meetings: how occurrences become meetings, and how they end (RULES 4).

Not what is said about them: letters are in touchpoints.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from daemon.decide.cadence import wall_text, walls
from daemon.decide.keys import series_stem
from daemon.decide.moment import instant
from daemon.decide.seen import PairingTurn, fall_out, put_meeting
from daemon.domain.meeting import Meeting, Origin, Place, Series
from daemon.domain.proposal import Proposal

AHEAD = timedelta(days=15)
"""An occurrence becomes a meeting so long before its start: two weekly steps and a day."""


def materialise(turn: PairingTurn) -> None:
    """Make meetings of the occurrences that come near; what was seen of them earlier is applied.

    Only of a series that is on the calendar: what nobody can see there is announced to nobody, and what
    was over when it was put there at last was never a meeting.
    """
    series = turn.state.series
    if not series or series.standing != "put":
        return
    zone = turn.zone(series.rule.zone)
    put_at = turn.settled(series_stem(turn.state.line.pairing))
    for wall in walls(series.rule, series.known_to):
        start = instant(wall, zone)
        if not turn.watch.reached(start - AHEAD):
            break
        if put_at is None or start > put_at:
            _add(turn, series, wall_text(wall), start)


def _add(turn: PairingTurn, series: Series, wall: str, start: datetime) -> None:
    origin = Origin(wall, series.rule.zone)
    length = timedelta(minutes=series.rule.length_minutes)
    place = Place(series.calendar, series.uid, wall)
    meeting = Meeting(origin, start, start + length, place=place)
    seen = next((o for o in series.overrides if o.recurrence == wall), None)
    if seen and seen.start != start:
        meeting = replace(
            meeting, start=seen.start, end=seen.end, standing="moved", moved_from=start,
            moved_at=turn.now, moved_by="mentor", changed_at=turn.now,
        )  # fmt: skip
    turn.state = replace(turn.state, meetings=(*turn.state.meetings, meeting))
    if wall in series.rule.gaps or (seen and seen.cancelled):
        fall_out(turn, meeting, "mentor", gone=True)
    elif seen and seen.declined:
        put_meeting(turn, replace(meeting, decline_seen=True))
        fall_out(turn, replace(meeting, decline_seen=True), "mentee", gone=False)
    current = turn.state.series
    assert current is not None
    overrides = tuple(o for o in current.overrides if o.recurrence != wall)
    turn.state = replace(turn.state, series=replace(current, known_to=wall, overrides=overrides))


def end(turn: PairingTurn) -> None:
    """What became of meetings whose end has passed, and which are old enough to forget."""
    days = timedelta(days=turn.program.presume_after_days)
    forget = timedelta(days=turn.program.correct_within_days + 2)
    kept: list[Meeting] = []
    for meeting in turn.state.meetings:
        if turn.watch.reached(meeting.end):
            meeting = _ended(turn, meeting, days)
            if turn.watch.reached(meeting.end + forget) and not _busy_with(turn, meeting):
                continue
        kept.append(meeting)
    turn.state = replace(turn.state, meetings=tuple(kept))


def _ended(turn: PairingTurn, meeting: Meeting, days: timedelta) -> Meeting:
    series = turn.state.series
    on_series = bool(series and meeting.place and meeting.place.uid == series.uid)
    gone_at = series.gone_at if series and on_series else None
    if meeting.stands and gone_at and meeting.end > gone_at:
        turn.because(f"{meeting.origin}: its series was gone at its end, so it was not held")
        return replace(meeting, standing="cancelled", settled_by="silence", settled_at=turn.now)
    if meeting.stands and turn.watch.reached(meeting.end + days):
        turn.because(f"{meeting.origin}: no word for {days.days} days, presumed held")
        return replace(meeting, standing="held", evidence="presumed")
    return meeting


def _busy_with(turn: PairingTurn, meeting: Meeting) -> bool:
    proposal = turn.state.proposal
    return proposal is not None and proposal.origin == meeting.origin


def following(turn: PairingTurn, meeting: Meeting) -> Meeting | None:
    """The next meeting after this one that people should turn up to."""
    later = [m for m in turn.state.meetings if m.stands and m.start > max(meeting.start, turn.now)]
    return min(
        (m for m in later if m.origin != meeting.origin), key=lambda m: m.start, default=None
    )


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
    return next((m for m in turn.state.meetings if m.origin == proposal.origin), None)


def close(turn: PairingTurn, proposal: Proposal) -> None:
    """Remember a closed proposal, so that a late answer to it is recognised."""
    kept = (*turn.state.closed_proposals, proposal)[-2:]
    turn.state = replace(turn.state, proposal=None, closed_proposals=kept)
