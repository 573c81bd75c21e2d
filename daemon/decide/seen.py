"""What was seen on a calendar, and what it means (RULES 5, rows 1–4, 7, 11, 13).

Not the answer to it: repairs are decided in reschedule.py, letters in touchpoints.py. Rows 5, 8 and 9
are told to the contact until their rules come.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from daemon.decide.moment import instant
from daemon.decide.turn import Turn
from daemon.domain.meeting import Meeting, Override, Series, Standing
from daemon.domain.observation import EventGone, EventSeen
from daemon.domain.people import Role, other
from daemon.domain.world import PairingState

PairingTurn = Turn[PairingState]


def put_meeting(turn: PairingTurn, meeting: Meeting) -> None:
    """Replace the meeting of the same origin; at another time it has a prep and a notes letter to come."""
    known = next((m for m in turn.state.meetings if m.origin == meeting.origin), meeting)
    if known.start != meeting.start:
        mentor, mentee = turn.state.line.mentor, turn.state.line.mentee
        for what, who in (("prep-mentor", mentor), ("prep-mentee", mentee), ("notes", mentee)):
            turn.owe_again(turn.letter_stem(what, str(meeting.origin), who.id))
    turn.state = replace(
        turn.state,
        meetings=tuple(meeting if m.origin == meeting.origin else m for m in turn.state.meetings),
    )


def event_seen(turn: PairingTurn, seen: EventSeen) -> None:
    """One event as its organizer's calendar shows it now."""
    series = turn.state.series
    if series and seen.place.uid == series.uid and seen.place.calendar == series.calendar:
        if seen.place.recurrence:
            _occurrence(turn, series, seen)
        elif seen.cancelled:
            _series_gone(turn, series)
        else:
            _master(turn, series, seen)
        return
    for meeting in turn.state.meetings:
        if meeting.place and meeting.place.uid == seen.place.uid:
            _look(turn, meeting, seen)


def event_gone(turn: PairingTurn, gone: EventGone) -> None:
    """An event of ours is no longer there; only complete listings say so (row 13)."""
    series = turn.state.series
    if series and gone.place.uid == series.uid and not gone.place.recurrence:
        _series_gone(turn, series)
        return
    for meeting in turn.state.meetings:
        if meeting.place and meeting.place == gone.place:
            fall_out(turn, meeting, "mentor", gone=True)


def fall_out(turn: PairingTurn, meeting: Meeting, by: Role, *, gone: bool) -> None:
    """Rows 1 and 2: somebody took this meeting off, or declined it."""
    if turn.now >= meeting.end:
        return  # tidying up a calendar afterwards says nothing about whether two people met
    if not meeting.stands:
        if gone and not meeting.gone:
            put_meeting(turn, replace(meeting, gone=True))
        return
    late = meeting.start - turn.now < timedelta(hours=turn.program.notice_hours)
    put_meeting(
        turn,
        replace(
            meeting, standing="cancelled", cancelled_by=by, cancelled_at=turn.now, late=late,
            changed_at=turn.now, gone=gone, settled_by="", settled_at=None, asked_by=None,
        ),
    )  # fmt: skip
    what = "taken off the calendar" if gone else "declined"
    turn.because(f"{meeting.origin}: {what} by the {by}")


def _restore(turn: PairingTurn, meeting: Meeting) -> None:
    """As it was; who has read that it falls out has to hear that it does not (RULES 7, withdrawn)."""
    standing: Standing = "moved" if meeting.moved_at else "planned"
    if meeting.cancelled_by and _told_off(turn, meeting, other(meeting.cancelled_by)):
        standing = "moved"
        meeting = replace(
            meeting, moved_from=meeting.start, moved_at=turn.now, moved_by=meeting.cancelled_by,
            told=(), checked=True,
        )  # fmt: skip
    put_meeting(
        turn,
        replace(
            meeting, standing=standing, cancelled_by=None, cancelled_at=None, late=False,
            changed_at=turn.now, gone=False,
        ),
    )  # fmt: skip
    turn.because(f"{meeting.origin}: back on the calendar as it was")


def _told_off(turn: PairingTurn, meeting: Meeting, role: Role) -> bool:
    proposal = turn.state.proposal
    asked = proposal and proposal.origin == meeting.origin and proposal.chooser == role
    off = turn.letter_stem("off", str(meeting.origin), turn.state.line.person(role).id)
    return bool(asked and proposal and proposal.told_at) or turn.settled(off) is not None


def _series_gone(turn: PairingTurn, series: Series) -> None:
    """Row 3: unclear, so nothing is made again and nobody is asked per meeting."""
    if series.standing != "put":
        return
    turn.state = replace(turn.state, series=replace(series, standing="gone", gone_at=turn.now))
    turn.because("the whole series was deleted: nothing is made again, the contact is told")
    turn.tell("series-gone", reason="the series was deleted by its owner")


def _master(turn: PairingTurn, series: Series, seen: EventSeen) -> None:
    """The series as a whole: new gaps are cancelled meetings, closed gaps are restored ones."""
    rule = seen.rule
    if series.standing in ("asked", "ended") or rule is None:
        return
    if series.standing == "gone":
        turn.because("the series is back")
    if (rule.first[11:], rule.zone) != (series.rule.first[11:], series.rule.zone):
        turn.tell("series-changed", reason="the series was moved as a whole in its calendar")
    added = set(rule.gaps) - set(series.rule.gaps)
    closed = set(series.rule.gaps) - set(rule.gaps)
    known = replace(series.rule, gaps=rule.gaps)
    turn.state = replace(
        turn.state,
        series=replace(series, standing="put", version=seen.version, rule=known, gone_at=None),
    )
    for meeting in turn.state.meetings:
        if not meeting.place or meeting.place.uid != series.uid:
            continue
        if meeting.place.recurrence in added:
            fall_out(turn, meeting, "mentor", gone=True)
        elif meeting.place.recurrence in closed and meeting.standing == "cancelled":
            _restore(turn, meeting)
    mentee = turn.state.line.mentee.address
    if any(guest.address == mentee and guest.partstat == "DECLINED" for guest in seen.guests):
        turn.tell("declined-all", reason="the guest declined the whole series")


def _occurrence(turn: PairingTurn, series: Series, seen: EventSeen) -> None:
    """One changed occurrence: a meeting already, or one that is remembered until it becomes one."""
    for meeting in turn.state.meetings:
        if meeting.place == seen.place:
            _look(turn, meeting, seen)
            return
    if seen.place.recurrence > series.known_to:
        override = Override(
            seen.place.recurrence, seen.start, seen.end, seen.cancelled, _declined(turn, seen)
        )
        others = tuple(o for o in series.overrides if o.recurrence != override.recurrence)
        turn.state = replace(turn.state, series=replace(series, overrides=(*others, override)))


def _declined(turn: PairingTurn, seen: EventSeen) -> bool:
    mentee = turn.state.line.mentee.address
    return any(guest.address == mentee and guest.partstat == "DECLINED" for guest in seen.guests)


def _look(turn: PairingTurn, meeting: Meeting, seen: EventSeen) -> None:
    """Compare by meaning (TRAPS 38, 98): what says the same as we know, or as we just asked for, is nothing."""
    declined = _declined(turn, seen)
    newly_declined = declined and not meeting.decline_seen
    taken_back = meeting.decline_seen and not declined
    meeting = replace(meeting, decline_seen=declined, version=seen.version)
    put_meeting(turn, meeting)
    if seen.cancelled:
        fall_out(turn, meeting, "mentor", gone=True)
        return
    if meeting.standing in ("held", "missed", "skipped") or turn.now >= max(meeting.end, seen.end):
        return
    if _is_ours(turn, meeting, seen):
        return
    if seen.start != meeting.start:
        move_by_hand(turn, meeting, seen)
        meeting = next(m for m in turn.state.meetings if m.origin == meeting.origin)
    elif seen.end != meeting.end:
        put_meeting(turn, replace(meeting, end=seen.end))  # row 11: a new length is followed
    elif meeting.standing == "cancelled" and (
        taken_back if meeting.cancelled_by == "mentee" else meeting.gone
    ):
        _restore(turn, meeting)
    if newly_declined:
        fall_out(turn, meeting, "mentee", gone=False)


def _is_ours(turn: PairingTurn, meeting: Meeting, seen: EventSeen) -> bool:
    """The slot that we are just moving this meeting to: its receipt will tell."""
    proposal = turn.state.proposal
    if not proposal or proposal.origin != meeting.origin or not proposal.booked:
        return False
    offer = proposal.offer(proposal.picked)
    return offer is not None and offer.start == seen.start


def move_by_hand(turn: PairingTurn, meeting: Meeting, seen: EventSeen) -> None:
    """Row 7: the organizer's own move is followed; decline and cancellation before it no longer count.

    Dragged back to where it was before anybody was told: nothing has happened.
    """
    start = instant(datetime.fromisoformat(meeting.origin.wall), turn.zone(meeting.origin.zone))
    if seen.start == start and not _told_moved(turn, meeting):
        planned = replace(meeting, start=seen.start, end=seen.end, moved_at=None, moved_by="")
        put_meeting(turn, replace(planned, standing="planned", moved_from=None, asked_by=None))
        _restore(turn, planned)
        return
    series = turn.state.series
    told = (
        series.told if series else ()
    )  # whom this calendar tells of our changes, it tells of these
    put_meeting(
        turn,
        replace(
            meeting, start=seen.start, end=seen.end, standing="moved", moved_from=meeting.start,
            moved_at=turn.now, moved_by="mentor", changed_at=turn.now, cancelled_by=None,
            cancelled_at=None, late=False, gone=False, told=told, settled_by="", asked_by=None, checked=False,
        ),
    )  # fmt: skip
    turn.because(f"{meeting.origin}: moved by hand in the calendar")


def _told_moved(turn: PairingTurn, meeting: Meeting) -> bool:
    """Whether somebody has, or may have, a letter that says another time."""
    for person in (turn.state.line.mentor, turn.state.line.mentee):
        stem = turn.letter_stem("moved", str(meeting.origin), person.id)
        mark, row = turn.marks.get(stem), turn.queued.get(stem)
        if mark and (mark.standing == "settled" or (row and row.standing == "claimed")):
            return True
    return False
