"""Booking: a time that was picked, or the first that is free, is booked if it is free still (RULES 7).

Not the question about it: reschedule.py. Not the calendar change that follows: calendar.py.
"""

from __future__ import annotations

from datetime import timedelta

from daemon.decide.meetings import close
from daemon.decide.regular import accept_regular
from daemon.decide.searching import is_free, read_busy
from daemon.decide.seen import PairingTurn
from daemon.decide.sessions import accept_session
from daemon.decide.turn import iso
from daemon.domain.meeting import Meeting, Slot
from daemon.domain.proposal import Offer, Proposal
from daemon.domain.value import replace


def book(turn: PairingTurn, proposal: Proposal) -> None:
    """Busy is read again just before the move; the first acceptance wins."""
    if proposal.kind == "series":
        accept_regular(turn, proposal)
        return
    if proposal.kind == "session":
        accept_session(turn, proposal)
        return
    meeting = meeting_asked_about(turn, proposal)
    offer = next(each for each in proposal.offers if each.number == proposal.picked)
    if proposal.cause == "moved" and offer.start == meeting.start:
        close(turn, replace(proposal, standing="accepted"))
        turn.because(f"{proposal.about}: kept where it was put by hand")
        return
    closes = timedelta(hours=turn.program.slot_closes_hours)
    passed = turn.watch.reached(offer.start - closes)
    free = False if passed else is_free(turn, meeting, Slot(offer.start, offer.end))
    if free is None:
        return
    if free:
        turn.state = replace(turn.state, proposal=replace(proposal, booked=True))
        turn.because(f"{proposal.about}: {iso(offer.start)} is still free")
        return
    turn.because(f"{proposal.about}: option {offer.number} was taken meanwhile")
    after = _without(proposal, offer)
    turn.state = replace(turn.state, proposal=after)
    if after.picked:
        book(turn, after)


def _without(proposal: Proposal, offer: Offer) -> Proposal:
    """The question when what was picked is gone: another round is due. Of the times that a mentor with the
    initiative has named the next one is picked: the first that suits is booked."""
    left = proposal.without(offer)
    if proposal.chooser == "mentor" and left.current:
        return replace(left, picked=left.current[0].number, said="")  # read right, but gone
    return replace(left, picked=0, renew="gone", auto=False)


# --- without an answer


def may_be_booked(turn: PairingTurn, proposal: Proposal) -> bool:
    """Only what is a single meeting, and nobody is asked about still; what was taken back by UNDO once is
    not booked for somebody again."""
    asked = proposal.keeps or proposal.vetting or proposal.unknown or proposal.undone
    asked = asked or proposal.cause == "counter"  # what was wished is never booked by silence
    return proposal.kind == "meeting" and not asked


def book_first(turn: PairingTurn, proposal: Proposal) -> bool:
    """The first time that is still free, if any is; False while that is not known."""
    near = turn.now + timedelta(hours=turn.program.no_change_hours)
    slots = {o.number: Slot(o.start, o.end) for o in proposal.current}
    if all(slot.start <= near for slot in slots.values()):
        return True
    whole = Slot(min(s.start for s in slots.values()), max(s.end for s in slots.values()))
    if read_busy(turn, whole, whole) is None:
        return False
    meeting = meeting_asked_about(turn, proposal)
    free = [number for number, slot in slots.items() if is_free(turn, meeting, slot)]
    first = next((number for number in free if slots[number].start > near), 0)
    if first:
        # what was taken meanwhile is not offered in its place either
        offers = tuple(replace(o, open=o.open and o.number in free) for o in proposal.offers)
        picked = replace(proposal, offers=offers, picked=first, auto=True, booked=True)
        turn.state = replace(turn.state, proposal=picked)
        turn.because(f"{proposal.about}: no answer, the first time that is free is booked")
    return True


def meeting_asked_about(turn: PairingTurn, proposal: Proposal) -> Meeting:
    """The meeting of a question about one: without it, the question is withdrawn."""
    return next(m for m in turn.state.meetings if m.origin == proposal.origin)
