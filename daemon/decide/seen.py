"""What was seen on a calendar of one meeting, and what it means (RULES 5, rows 1, 2, 7, 11, 13).

Not what was done to a whole series: that is rewalled.py. Not the answer: repairs are decided in
reschedule.py, letters in touchpoints.py.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from daemon.decide.moment import instant
from daemon.decide.turn import Turn
from daemon.domain.meeting import Meeting, Override, Series, Standing
from daemon.domain.observation import EventGone, EventSeen
from daemon.domain.people import Role, other
from daemon.domain.value import replace
from daemon.domain.world import PairingState

PairingTurn = Turn[PairingState]


def put_meeting(turn: PairingTurn, meeting: Meeting) -> None:
    """Replace the meeting of the same origin; at another time it has a prep and a notes letter to come."""
    known = next((m for m in turn.state.meetings if m.origin == meeting.origin), meeting)
    if known.start != meeting.start:
        mentor, mentee = turn.state.line.mentor, turn.state.line.mentee
        for what, who in (("prep-mentor", mentor), ("prep-mentee", mentee), ("notes", mentee)):
            turn.owe_again(turn.letter_stem(what, str(meeting.origin), who.id))
        meeting = replace(meeting, looked_at=None)
    turn.state = replace(
        turn.state,
        meetings=tuple(meeting if m.origin == meeting.origin else m for m in turn.state.meetings),
    )


def meeting_at(turn: PairingTurn, meeting: Meeting) -> Meeting:
    """The meeting as it is now."""
    return next(m for m in turn.state.meetings if m.origin == meeting.origin)


def event_seen(turn: PairingTurn, seen: EventSeen) -> bool:
    """One meeting as its organizer's calendar shows it now; False for what is about a whole series."""
    series = next((s for s in turn.state.series if s.uid == seen.place.uid), None)
    if series and not seen.place.recurrence:
        return False
    known = [m for m in turn.state.meetings if m.place and m.place == seen.place]
    if series and not known:
        _far_ahead(turn, series, seen)
    for meeting in known:
        _look(turn, meeting, seen)
    return bool(series or known)


def event_gone(turn: PairingTurn, gone: EventGone) -> None:
    """A one-off of ours is no longer there; only complete listings say so (row 13)."""
    for meeting in turn.state.meetings:
        if meeting.place and meeting.place == gone.place:
            fall_out(turn, meeting, maker_of(turn, gone.place.uid), gone=True)


def maker_of(turn: PairingTurn, uid: str) -> Role:
    """Who organizes that event: whoever takes it off, or moves it, is the one."""
    return "mentee" if uid in turn.state.copies else "mentor"


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
            changed_at=turn.now, gone=gone, settled_by="", settled_at=None, asked_by=None, undone=None,
        ),
    )  # fmt: skip
    what = "taken off the calendar" if gone else "declined"
    turn.because(f"{meeting.origin}: {what} by the {by}")


def restore(turn: PairingTurn, meeting: Meeting) -> None:
    """On again, as it was or at the time that it is given; who has read that it falls out has to hear that it
    does not (RULES 7, withdrawn)."""
    standing: Standing = "moved" if meeting.moved_at else "planned"
    if meeting.cancelled_by and _told_off(turn, meeting, other(meeting.cancelled_by)):
        standing = "moved"
        meeting = replace(
            meeting, moved_from=meeting_at(turn, meeting).start, moved_at=turn.now,
            moved_by=meeting.cancelled_by, told=(), checked=True,
        )  # fmt: skip
    put_meeting(
        turn,
        replace(
            meeting, standing=standing, cancelled_by=None, cancelled_at=None, late=False,
            changed_at=turn.now, gone=False, undone=None,
        ),
    )  # fmt: skip
    turn.because(f"{meeting.origin}: back on the calendar as it was")


def _told_off(turn: PairingTurn, meeting: Meeting, role: Role) -> bool:
    proposal = turn.state.proposal
    asked = proposal and proposal.origin == meeting.origin and proposal.asked == role
    off = turn.letter_stem("off", str(meeting.origin), turn.state.line.person(role).id)
    return bool(asked and proposal and proposal.told_at) or turn.settled(off) is not None


def _far_ahead(turn: PairingTurn, series: Series, seen: EventSeen) -> None:
    """A changed occurrence that is no meeting yet is remembered until it becomes one."""
    if seen.place.recurrence > series.known_to:
        override = Override(
            seen.place.recurrence, seen.start, seen.end, seen.cancelled, declined(turn, seen)
        )
        others = tuple(o for o in series.overrides if o.recurrence != override.recurrence)
        changed = replace(series, overrides=(*others, override))
        turn.state = replace(
            turn.state,
            series=tuple(changed if s.uid == series.uid else s for s in turn.state.series),
        )


def answer_of(turn: PairingTurn, seen: EventSeen) -> str:
    """What the mentee said to that very event; empty for no guest of it."""
    mentee = turn.state.line.mentee.address
    return next((str(guest.partstat) for guest in seen.guests if guest.address == mentee), "")


def declined(turn: PairingTurn, seen: EventSeen) -> bool:
    """Whether the mentee said no to that very event."""
    return answer_of(turn, seen) == "DECLINED"


def gave_sign(turn: PairingTurn, before: str, seen: EventSeen) -> bool:
    """Whether the mentee has just answered the invitation: a sign of life."""
    said = answer_of(turn, seen)
    return said not in ("", "NEEDS-ACTION", before)


def _look(turn: PairingTurn, meeting: Meeting, seen: EventSeen) -> None:
    """Compare by meaning (TRAPS 38, 98): what says the same as we know, or as we just asked for, is nothing."""
    says_no = declined(turn, seen)
    # Some servers keep a DECLINED through our move (TRAPS 99): it is new only if somebody changed the event since.
    as_we_left_it = not meeting.answer_seen and seen.version == meeting.version
    before = answer_of(turn, seen) if as_we_left_it else meeting.answer_seen
    if gave_sign(turn, before, seen):
        turn.signs.append("mentee")
    whole = any(s.declined for s in turn.state.series if s.uid == seen.place.uid)
    newly_declined = says_no and before != "DECLINED" and not whole
    taken_back = meeting.decline_seen and not says_no
    meeting = replace(meeting, answer_seen=answer_of(turn, seen), version=seen.version)
    put_meeting(turn, meeting)
    if seen.cancelled:
        by = "mentor" if seen.by_owner else maker_of(turn, seen.place.uid)
        fall_out(turn, meeting, by, gone=True)
        return
    if meeting.standing in ("held", "missed", "skipped") or turn.now >= max(meeting.end, seen.end):
        return
    if _is_ours(turn, meeting, seen):
        return
    if seen.start != meeting.start:
        move_by_hand(turn, meeting, seen)
    elif seen.end != meeting.end:
        put_meeting(turn, replace(meeting, end=seen.end))  # row 11: a new length is followed
    elif meeting.standing == "cancelled" and (
        taken_back if meeting.cancelled_by == "mentee" else meeting.gone
    ):
        restore(turn, meeting)
    if newly_declined:
        fall_out(turn, meeting_at(turn, meeting), "mentee", gone=False)


def _is_ours(turn: PairingTurn, meeting: Meeting, seen: EventSeen) -> bool:
    """The slot that we are just moving this meeting to: its receipt will tell."""
    if meeting.takes_back:
        return seen.start != meeting.start
    proposal = turn.state.proposal
    if not proposal or proposal.origin != meeting.origin or not proposal.booked:
        return False
    offer = proposal.offer(proposal.picked)
    return offer is not None and offer.start == seen.start


def move_by_hand(turn: PairingTurn, meeting: Meeting, seen: EventSeen) -> None:
    """Row 7: the organizer's own move is followed; decline and cancellation before it no longer count.

    Dragged back to where it was before anybody was told: nothing has happened, and nobody's wish to move it
    counts any more.
    """
    start = instant(datetime.fromisoformat(meeting.origin.wall), turn.zone(meeting.origin.zone))
    if seen.start == start and not told_moved(turn, meeting):
        planned = replace(
            meeting, start=seen.start, end=seen.end, moved_from=None, moved_at=None, moved_by="",
            asked_by=None,
        )  # fmt: skip
        restore(turn, planned)
        return
    # whom this calendar tells of our changes, it tells of these
    told = next((s.told for s in reversed(turn.state.series) if s.told), ())
    put_meeting(
        turn,
        replace(
            meeting, start=seen.start, end=seen.end, standing="moved", moved_from=meeting.start,
            moved_at=turn.now, moved_by=maker_of(turn, seen.place.uid), changed_at=turn.now, cancelled_by=None,
            cancelled_at=None, late=False, gone=False, told=told, settled_by="", asked_by=None,
            checked=False, undone=None,
        ),
    )  # fmt: skip
    turn.because(f"{meeting.origin}: moved by hand in the calendar")


def told_moved(turn: PairingTurn, meeting: Meeting) -> bool:
    """Whether somebody has, or may have, a letter that says another time."""
    for person in (turn.state.line.mentor, turn.state.line.mentee):
        stem = turn.letter_stem("moved", str(meeting.origin), person.id)
        mark, row = turn.marks.get(stem), turn.queued.get(stem)
        if mark and (mark.standing == "settled" or (row and row.standing == "claimed")):
            return True
    return False
