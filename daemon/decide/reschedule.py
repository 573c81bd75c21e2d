"""Reschedule: a time is needed; ask for one that suits both, and book it (RULES 7).

Not the wording: letters get facts only. The cases of a proposal, in the order of this file:
opened → (vetted by the mentor) → passed, lapsed; or renewed (none, gone, passed). How a time is booked: booking.py; how
the question is withdrawn: withdrawing.py.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from daemon.decide.acknowledging import acknowledge
from daemon.decide.adopting import may_be_instead
from daemon.decide.booking import book, book_first, may_be_booked, meeting_asked_about
from daemon.decide.gone import in_doubt
from daemon.decide.meetings import close, leave_out
from daemon.decide.offering import (
    answer_by,
    hears_that_it_stays,
    numbered,
    open_for,
    unfit,
)
from daemon.decide.regular import open_regular, renew_regular
from daemon.decide.searching import busy_around, overlapping, search
from daemon.decide.seen import PairingTurn, put_meeting
from daemon.decide.sessions import open_session, renew_session
from daemon.decide.slots import within
from daemon.decide.terms import terms
from daemon.decide.turn import iso
from daemon.decide.withdrawing import led_nowhere, withdraw
from daemon.domain.meeting import Meeting
from daemon.domain.proposal import TAKEN, Proposal
from daemon.domain.value import replace

WEEK = timedelta(days=7)


def reschedule(turn: PairingTurn) -> None:
    """Everything about the one open proposal of this pairing, or about opening it."""
    withdraw(turn)
    if turn.state.proposal is None:
        _open(turn)
    proposal = turn.state.proposal
    if proposal is None or proposal.booked:
        return
    if proposal.picked:
        book(turn, proposal)
    else:
        _pass(turn, proposal)
        _lapse(turn)
    proposal = turn.state.proposal
    if proposal and proposal.renew and not proposal.picked:
        _renew(turn, proposal)
        _answer(turn, proposal)


# --- opened


def _open(turn: PairingTurn) -> None:
    """One question at a time: the regular time first, then the earliest meeting, then the next session."""
    if turn.state.wants_time and turn.state.standing in ("invited", "active"):
        open_regular(turn)
        _answer_late(turn)
        if turn.state.proposal:
            return
    meeting = _waiting(turn)
    if meeting:
        open_for(turn, meeting)
    elif turn.state.standing in ("active", "closing") and not _ends_early(turn):
        if not may_be_instead(turn, None):
            open_session(turn)


def _answer_late(turn: PairingTurn) -> None:
    """Whoever answered a list of regular times after its end: the new one is the answer, where it comes by
    return and to the same person."""
    proposal = turn.state.proposal
    if turn.late and (proposal is None or proposal.asked != turn.late):
        acknowledge(turn, turn.late, "late", f"series#{turn.now:%Y%m%dT%H%M%S}")


def _ends_early(turn: PairingTurn) -> bool:
    return turn.state.line.closing or turn.state.stopped_by != ""


def _waiting(turn: PairingTurn) -> Meeting | None:
    """The earliest meeting that needs another time, after the wait that forgives a slip."""
    if turn.state.standing not in ("active", "closing") or turn.state.line.closing:
        return None
    ready: list[Meeting] = []
    for meeting in turn.state.meetings:
        if in_doubt(turn, meeting) or may_be_instead(turn, meeting):
            continue  # row 3: nobody is asked about single meetings; or a time stands already, perhaps
        fallen = meeting.standing in ("cancelled", "missed") and not meeting.settled_by
        asked = meeting.asked_by and (meeting.stands or meeting.off in ("", "break", "holiday"))
        if fallen or asked or (meeting.stands and _misfit(turn, meeting)):
            if turn.watch.reached(waited(turn, meeting)):
                ready.append(meeting)
    return min(ready, key=lambda m: m.origin, default=None)


def waited(turn: PairingTurn, meeting: Meeting) -> datetime:
    """When a change of this meeting counts: a drag or an undo looks like a cancellation at first."""
    changed = meeting.changed_at or turn.now
    left = meeting.moved_from if meeting.moved_at == changed else None
    soon = min(meeting.start, left or meeting.start) - changed < timedelta(hours=2)
    minutes = 0 if soon or meeting.asked_by else turn.program.repair_wait_minutes
    return changed + timedelta(minutes=minutes)


def _misfit(turn: PairingTurn, meeting: Meeting) -> bool:
    """Row 7: moved by the mentor's hand to where the mentee is busy or not there; looked at once a move."""
    if meeting.standing != "moved" or meeting.moved_by != "mentor" or meeting.checked:
        return False
    if meeting.start <= turn.now or not turn.watch.reached(waited(turn, meeting)):
        return False
    mentee = turn.state.line.mentee
    seen = busy_around(turn, meeting)
    if seen is None:
        return False
    if not within(meeting.slot, turn.zone(mentee.zone), mentee.hours):
        return True
    if any(slot != meeting.slot for slot in overlapping(seen.get(mentee.address) or (), meeting)):
        return True
    put_meeting(turn, replace(meeting, checked=True))
    return False


# --- passed, lapsed


def _pass(turn: PairingTurn, proposal: Proposal) -> None:
    """Slots that come too near are closed; when all of a round have passed, the next one is due."""
    if proposal.kind == "series":
        return  # a regular time is as good next week
    closes = timedelta(hours=turn.program.slot_closes_hours)
    offers = tuple(
        replace(offer, open=False)
        if offer.open and turn.watch.reached(offer.start - closes)
        else offer
        for offer in proposal.offers
    )
    proposal = replace(proposal, offers=offers)
    if not proposal.current and not proposal.renew:
        proposal = replace(proposal, renew="passed")
    turn.state = replace(turn.state, proposal=proposal)


def _lapse(turn: PairingTurn) -> None:
    """Silence has a stated, harmless end."""
    proposal = turn.state.proposal
    if proposal is None or not turn.watch.reached(proposal.answer_by) or proposal.renew == "none":
        return
    if turn.program.policy == "auto-after-deadline" and may_be_booked(turn, proposal):
        if not book_first(turn, proposal):
            return  # busy times are not known just now
        proposal = turn.state.proposal
    if proposal and not proposal.booked:
        _give_up(turn, proposal, "silence")


def _give_up(turn: PairingTurn, proposal: Proposal, by: str) -> None:
    close(turn, led_nowhere(turn, proposal, "lapsed"))
    turn.because(f"{proposal.about}: the offer ended ({by})")
    if proposal.kind != "meeting":
        if by == "silence":
            _leave_to_the_contact(turn, proposal)
        return
    meeting = meeting_asked_about(turn, proposal)
    if proposal.keeps or meeting.standing == "skipped":
        put_meeting(turn, replace(meeting, asked_by=None))
        if meeting.stands and by != "silence":
            hears_that_it_stays(turn, meeting, proposal.asked)
        return
    leave_out(turn, meeting, by)
    if by == "silence" and terms(turn.state, turn.program).step.length > WEEK:
        reason = "a 1:1 was left out because no new time was settled"
        turn.tell("lapsed", reason=reason, planned=meeting.origin.day.isoformat())


def _leave_to_the_contact(turn: PairingTurn, proposal: Proposal) -> None:
    """No regular time, or none for a session: a person has to help."""
    if proposal.cause == "first":
        first = turn.state.line.person(proposal.asked).first
        turn.tell(
            "setup-silent", reason="no answer to the welcome", first=first, role=proposal.asked
        )
    else:
        turn.tell("no-time-found", reason="no time was settled", what=proposal.kind)


# --- renewed


def _renew(turn: PairingTurn, proposal: Proposal) -> None:
    """The next round, with new numbers and none of the times offered before."""
    if proposal.round >= turn.program.rounds:
        reason = f"no time that suits in round {proposal.round} of {turn.program.rounds}"
        turn.tell("rounds-over", reason=reason)
        _give_up(turn, proposal, "no-times")
        return
    if proposal.kind == "series":
        renew_regular(turn, proposal)
        return
    if proposal.kind == "session":
        renew_session(turn, proposal)
        return
    meeting = meeting_asked_about(turn, proposal)
    refused = (o.start for o in proposal.offers if not o.open)
    searched = search(turn, meeting, unfit(meeting).union(refused))
    if searched is None:
        return
    offers = numbered(turn, searched.found, proposal.round * turn.program.offers + 1)
    if not offers:
        _give_up(turn, proposal, "no-times")
        return
    vetting = not searched.mentor_known or turn.program.initiator == "mentor"
    until = answer_by(turn, "mentor" if vetting else "mentee", offers, meeting)
    turn.state = replace(
        turn.state,
        proposal=proposal.renewed(
            offers, turn.now, until, searched.widened, vetting, searched.unknown
        ),
    )
    turn.because(f"{proposal.about}: round {proposal.round + 1} ({proposal.renew})")


def _answer(turn: PairingTurn, before: Proposal) -> None:
    """Whoever has said NONE, or picked a time that is gone, is answered by the next list, or by what is said of
    the meeting; where neither comes, in a word."""
    after, role = turn.state.proposal, before.asked
    if after == before or before.renew == "passed":
        return  # nothing was found out yet, or nobody has said anything
    occasion = f"{before.about}#{before.occasion}.{before.round}"
    if after and after.asked != role:
        taken = [o.start for o in before.offers if o.why == TAKEN and before.renew == "gone"]
        start = iso(taken[-1]) if taken else None
        acknowledge(turn, role, before.renew, occasion, start=start)
    elif after is None and before.kind != "meeting":
        acknowledge(turn, role, "for-contact", occasion)
