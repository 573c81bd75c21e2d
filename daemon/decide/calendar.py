"""Calendar effects of a pairing: what has to be moved, put or taken off, until its receipt came.

Not the choice of a time: that is the proposal's.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from daemon.decide.keys import provider_id
from daemon.decide.meetings import close, meeting_of
from daemon.decide.seen import PairingTurn, put_meeting
from daemon.domain.effect import CancelMeeting, MoveMeeting, PutMeeting, Receipt
from daemon.domain.meeting import Meeting, Slot
from daemon.domain.proposal import Offer, Proposal


def calendar_effects(turn: PairingTurn) -> None:
    """Ask for every change that the calendar does not show yet."""
    proposal = turn.state.proposal
    if proposal and proposal.booked:
        _move(turn, proposal)
    for meeting in turn.state.meetings:
        if to_be_taken_off(turn, meeting):
            _cancel(turn, meeting)


def to_be_taken_off(turn: PairingTurn, meeting: Meeting) -> bool:
    """Left out, but still on the calendar ahead."""
    chosen = meeting.standing == "skipped" and meeting.settled_by != "rule"
    return bool(chosen and meeting.place and not meeting.gone and meeting.start > turn.now)


def _stem(turn: PairingTurn, verb: str, meeting: Meeting) -> str:
    return f"{verb}/{turn.state.line.pairing}/{meeting.origin}"


def _move(turn: PairingTurn, proposal: Proposal) -> None:
    """An occurrence that still exists is moved; one that is gone, or is over, becomes a one-off."""
    meeting, offer = meeting_of(turn, proposal), proposal.offer(proposal.picked)
    if meeting is None or offer is None:
        return
    one_off = meeting.gone or meeting.standing == "missed" or meeting.place is None
    stem = _stem(turn, "put" if one_off else "move", meeting)
    basis = offer.start.isoformat()
    mark = turn.marks.get(stem)
    if turn.now >= offer.start or (mark and mark.standing == "refused"):
        turn.tell("refused", reason="the calendar did not take the new time")
        gone = replace(proposal.without(offer), booked=False, picked=0, renew="gone")
        turn.state = replace(turn.state, proposal=gone)
        return
    line = turn.state.line
    slot = Slot(offer.start, offer.end)
    if one_off:
        live = mark is not None and mark.standing == "live" and mark.basis == basis
        generation = mark.generation if mark and live else turn.generation(stem)
        change: PutMeeting | MoveMeeting = PutMeeting(
            line.mentor.address, provider_id(f"{stem}/{generation}"), slot, line.anchor,
            f"1:1 {line.mentor.first} & {line.mentee.first}", (line.mentee.address,), line.link,
        )  # fmt: skip
    else:
        assert meeting.place is not None
        change = MoveMeeting(meeting.place, slot, meeting.version)
    turn.want(
        stem, change, account=line.mentor.address, opens=turn.now, closes=offer.start,
        reason=f"option {offer.number} was chosen", basis=basis, origin=meeting.origin, retell=True,
    )  # fmt: skip


def _cancel(turn: PairingTurn, meeting: Meeting) -> None:
    assert meeting.place is not None
    turn.want(
        _stem(turn, "cancel", meeting), CancelMeeting(meeting.place, meeting.version),
        account=meeting.place.calendar, opens=turn.now, closes=meeting.start,
        reason=f"left out ({meeting.settled_by})", basis="cancel", origin=meeting.origin,
    )  # fmt: skip


def moved(turn: PairingTurn, receipt: Receipt) -> None:
    """The receipt of a move or a one-off: only now is it a fact that letters may tell."""
    proposal = turn.state.proposal
    if proposal is None or not proposal.booked:
        return
    meeting, offer = meeting_of(turn, proposal), proposal.offer(proposal.picked)
    if meeting is None or offer is None:
        return
    put_meeting(turn, _at(turn, meeting, offer, receipt))
    close(turn, replace(proposal, standing="accepted"))
    turn.because(f"{meeting.origin}: now {offer.start:%a %d %b %H:%M}Z")


def _at(turn: PairingTurn, meeting: Meeting, offer: Offer, receipt: Receipt) -> Meeting:
    one_off = receipt.place is not None and receipt.place != meeting.place
    return replace(
        meeting, start=offer.start, end=offer.end, standing="moved", moved_from=meeting.start,
        moved_at=turn.now, moved_by="program", changed_at=turn.now - timedelta(days=1),
        gone=False, place=receipt.place or meeting.place, version=receipt.version,
        told=receipt.told, evidence="", settled_by="", settled_at=None, asked_by=None, checked=True,
        decline_seen=False if one_off else meeting.decline_seen,
    )  # fmt: skip
