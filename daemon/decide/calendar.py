"""Calendar effects of single meetings: what has to be moved, put or taken off, until its receipt came.

Not the choice of a time: that is the proposal's. Not the series: that is series.py.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from daemon.decide.keys import is_provider_id, provider_id
from daemon.decide.listed import OFF, ON, changed_guests
from daemon.decide.meetings import close, meeting_of
from daemon.decide.seen import PairingTurn, meeting_at, put_meeting
from daemon.decide.turn import iso
from daemon.decide.undo import remember_move
from daemon.domain.cadence import wall_text
from daemon.domain.effect import CancelMeeting, Invite, MoveMeeting, PutMeeting, Receipt
from daemon.domain.meeting import Meeting, Place, Series, Slot
from daemon.domain.proposal import Offer, Proposal
from daemon.domain.value import replace
from daemon.domain.world import Mark

TRIED_FOR = timedelta(days=7)
"""So long an event is taken off whose own time the lane does not remember any more."""


def calendar_effects(turn: PairingTurn) -> None:
    """Ask for every change that the calendar does not show yet."""
    proposal = turn.state.proposal
    if proposal and proposal.booked:
        _move(turn, proposal)
    for meeting in turn.state.meetings:
        if proposal and proposal.booked and proposal.origin == meeting.origin:
            continue  # it goes from where it is to its next time
        if meeting.takes_back:
            _take_back(turn, meeting)
        elif to_be_taken_off(turn, meeting):
            _cancel(turn, meeting)
        elif meeting.stands and meeting.place is None and meeting.start > turn.now:
            if there := _in_a_copy(turn, meeting.start):
                put_meeting(turn, replace(meeting, place=there, gone=False))
                continue
            _one_off(turn, meeting, meeting.slot, "it stands, and is on no calendar yet")
        else:
            _other_venue(turn, meeting)
    for series in turn.state.series:
        if series.invites and series.standing == "put":
            _invite(turn, series)


def still_in_copy(turn: PairingTurn, meeting: Meeting) -> bool:
    """Whether the mentee's own series, which nobody else can change, shows it at a time that it does not have."""
    if not meeting.stands:
        return not meeting.gone and _in_a_copy(turn, meeting.start) is not None
    there = _in_a_copy(turn, meeting.moved_from) if meeting.moved_from else None
    return there is not None and there != meeting.place


def _in_a_copy(turn: PairingTurn, start: datetime) -> Place | None:
    """The date of the mentee's own series at that time, which nobody has taken off."""
    for series in turn.state.series:
        if series.uid in turn.state.copies and series.standing == "put":
            wall = start.astimezone(turn.zone(series.rule.zone)).replace(tzinfo=None)
            if series.rule.has(wall) and wall_text(wall) not in series.rule.gaps:
                return Place(series.calendar, series.uid, wall_text(wall))
    return None


def to_be_taken_off(turn: PairingTurn, meeting: Meeting) -> bool:
    """Left out, but still on the calendar ahead. What a changed or ended series takes along needs nothing."""
    if meeting.standing != "skipped" or not meeting.place or meeting.gone:
        return False
    if meeting.place.uid in turn.state.copies:
        return False
    if meeting.start <= turn.now:
        return False
    return not (meeting.settled_by == "rule" and _goes_with_series(turn, meeting.place))


def _goes_with_series(turn: PairingTurn, place: Place) -> bool:
    series = next((s for s in turn.state.series if s.uid == place.uid), None)
    if series is None:
        return False
    until = series.rule.until
    ends = until is not None and place.recurrence[:10] > until.isoformat()
    return ends or place.recurrence in series.skips


def _stem(turn: PairingTurn, verb: str, meeting: Meeting) -> str:
    return f"{verb}/{turn.state.line.pairing}/{meeting.origin}"


def _once_more(turn: PairingTurn, stem: str, basis: str) -> None:
    """A time that it was given already, and is asked for again, is its time no longer: UNDO, or a person, has
    changed it since."""
    mark = turn.marks.get(stem)
    if mark and mark.standing == "settled" and mark.basis == basis:
        turn.marks[stem] = replace(mark, standing="undone")


def _move(turn: PairingTurn, proposal: Proposal) -> None:
    """An occurrence that still exists is moved; one that is gone, or is over, becomes a one-off."""
    meeting, offer = meeting_of(turn, proposal), proposal.offer(proposal.picked)
    if meeting is None or offer is None:
        return
    one_off = meeting.gone or meeting.standing == "missed" or meeting.place is None
    one_off = one_off or (meeting.place is not None and meeting.place.uid in turn.state.copies)
    stem = _stem(turn, "put" if one_off else "move", meeting)
    basis = offer.start.isoformat()
    if turn.now >= offer.start or turn.refused(stem, basis):
        turn.tell("refused", reason="the calendar did not take the new time", what="move")
        gone = replace(proposal.without(offer), booked=False, picked=0, renew="gone")
        turn.state = replace(turn.state, proposal=gone)
        return
    slot = Slot(offer.start, offer.end)
    reason = f"option {offer.number} was chosen"
    if one_off:
        _one_off(turn, meeting, slot, reason)
        return
    assert meeting.place is not None
    _once_more(turn, stem, basis)
    turn.want(
        stem, MoveMeeting(meeting.place, slot, meeting.version), account=meeting.place.calendar,
        opens=turn.now, closes=offer.start, reason=reason, basis=basis, origin=meeting.origin,
        retell=True,
    )  # fmt: skip


def _one_off(turn: PairingTurn, meeting: Meeting, slot: Slot, reason: str) -> None:
    """A new event of its own: an occurrence that was deleted cannot come back (RULES 5); for a session, too,
    a repair that outlives its series, or what was left out and came back."""
    line, stem = turn.state.line, _stem(turn, "put", meeting)
    basis = slot.start.isoformat()
    _once_more(turn, stem, basis)
    change = _one_off_event(turn, provider_id(f"{stem}/{turn.generation(stem)}"), slot)
    turn.want(
        stem, change, account=line.calendar, opens=turn.now, closes=slot.start,
        reason=reason, basis=basis, origin=meeting.origin, retell=True,
    )  # fmt: skip


def _other_venue(turn: PairingTurn, meeting: Meeting) -> None:
    """A single event of ours that has another link by now: it is put once more, as it stands. What a person made by hand
    keeps its own."""
    place, stem = meeting.place, _stem(turn, "venue", meeting)
    mark = turn.marks.get(stem)
    if mark is None or place is None or place.recurrence or not is_provider_id(place.uid):
        return
    link = _venue_of(turn)
    if (
        not meeting.stands
        or meeting.start <= turn.now
        or (turn.settled(stem) and mark.basis == link)
    ):
        return
    turn.want(
        stem, _one_off_event(turn, place.uid, meeting.slot), account=place.calendar,
        opens=turn.now, closes=meeting.start, reason="it has another link, or other guests",
        basis=link, origin=meeting.origin, retell=True, explained="config",
    )  # fmt: skip


def _venue_of(turn: PairingTurn) -> str:
    """Where it takes place, and for a group with whom: what a single event has to show."""
    line = turn.state.line
    return " ".join((line.link, *(each.address for each in line.members)))


def _one_off_event(turn: PairingTurn, uid: str, slot: Slot) -> PutMeeting:
    line, room = turn.state.line, turn.state.room
    return PutMeeting(
        line.calendar, uid, slot, line.anchor,
        f"1:1 {line.named}", line.guests, turn.state.link, line.meets and not room,
    )  # fmt: skip


def _cancel(turn: PairingTurn, meeting: Meeting) -> None:
    assert meeting.place is not None
    turn.want(
        _stem(turn, "cancel", meeting), CancelMeeting(meeting.place, meeting.version),
        account=meeting.place.calendar, opens=turn.now, closes=meeting.start,
        reason=f"left out ({meeting.off or meeting.settled_by})",
        basis=f"cancel {meeting.place.uid} {meeting.place.recurrence}".strip(), origin=meeting.origin, retell=True,
        explained="config" if meeting.off in ("break", "holiday", "substitute") else "",
    )  # fmt: skip


def _take_back(turn: PairingTurn, meeting: Meeting) -> None:
    """UNDO of a move: an occurrence goes back to where it was. A one-off is taken off again, and so is what
    would go back into the past."""
    place, how = meeting.place, meeting.takes_back
    if place is None:
        put_meeting(turn, replace(meeting, takes_back=""))
        return
    if how == "move" and (meeting.start <= turn.now or meeting.standing == "skipped"):
        how = "cancel"
        put_meeting(turn, replace(meeting, takes_back=how))
    if how == "move":
        stem, basis = _stem(turn, "move", meeting), meeting.start.isoformat()
        _once_more(turn, stem, basis)
        turn.want(
            stem, MoveMeeting(place, meeting.slot, meeting.version), account=place.calendar,
            opens=turn.now, closes=meeting.start, reason="UNDO", basis=basis, origin=meeting.origin,
            retell=True,
        )  # fmt: skip
    else:
        turn.want(
            _stem(turn, "cancel", meeting), CancelMeeting(place, meeting.version),
            account=place.calendar, opens=turn.now, closes=turn.now + TRIED_FOR, reason="UNDO",
            basis=f"cancel {place.uid}", origin=meeting.origin, retell=True,
        )  # fmt: skip


def _invite(turn: PairingTurn, series: Series) -> None:
    """The guest who was taken off the series, or has another address now, is invited again: each time, and what
    lacks the guest another time is another version of it."""
    line = turn.state.line
    turn.want(
        f"invite/{line.pairing}/{series.index}-{series.generation}/{line.mentee.id}",
        Invite(Place(series.calendar, series.uid), (line.mentee.address,)),
        account=series.calendar, opens=turn.now, closes=turn.now + timedelta(days=14),
        reason="the guest is not on it, and belongs there", basis=series.version, retell=True,
    )  # fmt: skip


def done(turn: PairingTurn, stem: str, receipt: Receipt) -> None:
    """The receipt of a calendar effect: only now is it a fact that letters may tell."""
    verb = stem.partition("/")[0]
    if verb in ("move", "put"):
        if verb == "put":  # with the link of this moment
            where, shown = stem.replace("put/", "venue/", 1), _venue_of(turn)
            turn.marks[where] = Mark(turn.generation(where), shown, "settled", turn.now)
        _moved(turn, stem, receipt)
    elif verb == "cancel":
        for meeting in turn.state.meetings:
            if str(meeting.origin) in stem:
                _taken_off(turn, meeting, receipt)
    elif verb in (ON, OFF):
        changed_guests(turn, stem)
        for meeting in turn.state.meetings:
            if str(meeting.origin) in stem and receipt.version:
                put_meeting(turn, replace(meeting, version=receipt.version))
    elif verb == "invite":
        turn.state = replace(
            turn.state,
            series=tuple(
                replace(s, invites=False) if f"/{s.index}-{s.generation}/" in stem else s
                for s in turn.state.series
            ),
        )


def _taken_off(turn: PairingTurn, meeting: Meeting, receipt: Receipt) -> None:
    if meeting.takes_back:
        meeting = replace(meeting, takes_back="", place=None if meeting.stands else meeting.place)
    put_meeting(turn, replace(meeting, gone=True, told=receipt.told))


def _moved(turn: PairingTurn, stem: str, receipt: Receipt) -> None:
    meeting = next((m for m in turn.state.meetings if str(m.origin) in stem), None)
    if meeting is None:
        return
    proposal = turn.state.proposal
    offer = proposal.offer(proposal.picked) if proposal and proposal.booked else None
    if proposal and offer and proposal.origin == meeting.origin:
        moved = _at(turn, meeting, offer, receipt)
        put_meeting(turn, moved)
        accepted = replace(proposal, standing="accepted")
        close(turn, accepted)
        remember_move(turn, meeting, moved, accepted)
        turn.because(f"{meeting.origin}: now {iso(offer.start)}")
    elif meeting.takes_back:
        told = receipt.told
        put_meeting(turn, replace(meeting, takes_back="", version=receipt.version, told=told))
    elif meeting.place is None:
        placed = replace(
            meeting_at(turn, meeting), place=receipt.place, version=receipt.version, gone=False,
            told=receipt.told,
        )  # fmt: skip
        put_meeting(turn, placed)


def _at(turn: PairingTurn, meeting: Meeting, offer: Offer, receipt: Receipt) -> Meeting:
    return replace(
        meeting, start=offer.start, end=offer.end, standing="moved", moved_from=meeting.start,
        moved_at=turn.now, moved_by="program", changed_at=_long_ago(turn), gone=False,
        place=receipt.place or meeting.place, version=receipt.version, told=receipt.told,
        evidence="", settled_by="", settled_at=None, asked_by=None, checked=True, off="", undone=None,
        takes_back="",
        answer_seen="",
    )  # fmt: skip


def _long_ago(turn: PairingTurn) -> datetime:
    """A change that nobody has to wait for."""
    return turn.now - timedelta(days=1)
