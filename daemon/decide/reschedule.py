"""Reschedule: a time is needed; ask for one that suits both, and book it (RULES 7).

Not the wording: letters get facts only. The cases of a proposal, in the order of this file:
opened → (vetted by the mentor) → picked → booked → accepted; or renewed (none, gone, passed); or lapsed; or
withdrawn.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from daemon.decide.acknowledging import acknowledge
from daemon.decide.gone import in_doubt
from daemon.decide.meetings import close, leave_out, meeting_of
from daemon.decide.offering import answer_by, numbered, open_for, unfit
from daemon.decide.regular import accept_regular, open_regular, renew_regular
from daemon.decide.searching import busy_around, is_free, overlapping, read_busy, search
from daemon.decide.seen import PairingTurn, put_meeting
from daemon.decide.sessions import accept_session, open_session, renew_session
from daemon.decide.slots import within
from daemon.decide.terms import terms
from daemon.decide.turn import iso
from daemon.domain.meeting import Meeting, Slot
from daemon.domain.people import Role
from daemon.domain.proposal import Proposal
from daemon.domain.value import replace

WEEK = timedelta(days=7)


def reschedule(turn: PairingTurn) -> None:
    """Everything about the one open proposal of this pairing, or about opening it."""
    _withdraw(turn)
    if turn.state.proposal is None:
        _open(turn)
    proposal = turn.state.proposal
    if proposal is None or proposal.booked:
        return
    if proposal.picked:
        _book(turn, proposal)
        return
    _pass(turn, proposal)
    _lapse(turn)
    proposal = turn.state.proposal
    if proposal and proposal.renew and not proposal.picked:
        _renew(turn, proposal)


# --- withdrawn


def _withdraw(turn: PairingTurn) -> None:
    """Restored or moved by hand, or the pairing pauses, ends or changes: the question is taken back."""
    proposal = turn.state.proposal
    if proposal is None or _wanted(turn, proposal):
        return
    close(turn, replace(proposal, standing="withdrawn"))
    turn.because(f"{proposal.about}: the question is taken back")
    meeting = meeting_of(turn, proposal)
    start = iso(meeting.start) if meeting else None
    shown: list[Role] = [proposal.asked] if proposal.told_at else []
    shown += ["mentor"] if proposal.vetted else []
    for role in shown:
        if turn.state.standing != "closed" and not _hears_anyway(turn, role, meeting):
            occasion = f"{proposal.about}#{proposal.occasion}"
            acknowledge(turn, role, "withdrawn", occasion, start=start)


def _hears_anyway(turn: PairingTurn, role: Role, meeting: Meeting | None) -> bool:
    """Whether another letter says it: the answer to one's own word, the new time, another question; or
    nothing may be said before the owner of a series has spoken."""
    person = turn.state.line.person(role).id
    if any(e.stem.startswith("ack/") and e.stem.endswith(f"/{person}") for e in turn.effects):
        return True
    if meeting is None:
        return False
    if in_doubt(turn, meeting) or meeting.standing == "cancelled":
        return True
    if meeting.standing == "skipped":
        return meeting.settled_by != "rule"
    return meeting.moved_at == turn.now and meeting.moved_by != role


def _wanted(turn: PairingTurn, proposal: Proposal) -> bool:
    standing = turn.state.standing
    if standing in ("closed", "paused") or turn.state.line.closing:
        return False
    if proposal.kind == "session":
        return not turn.state.stopped_by
    if proposal.kind != "meeting":
        return standing != "closing"
    meeting = meeting_of(turn, proposal)
    if meeting is None or in_doubt(turn, meeting):
        return False
    if proposal.keeps and not meeting.stands:
        return False  # it fell out meanwhile: another question, with another end of silence
    return bool(
        (meeting.standing in ("cancelled", "missed") and not meeting.settled_by)
        or meeting.asked_by or _kept(turn, proposal, meeting)
    )  # fmt: skip


def _kept(turn: PairingTurn, proposal: Proposal, meeting: Meeting) -> bool:
    """A question about a move by hand stands as long as that move does."""
    first = proposal.offers[0] if proposal.offers else None
    return bool(
        proposal.cause == "moved" and first and meeting.stands and meeting.start == first.start
    )


# --- opened


def _open(turn: PairingTurn) -> None:
    """One question at a time: the regular time first, then the earliest meeting, then the next session."""
    if turn.state.wants_time and turn.state.standing in ("invited", "active"):
        open_regular(turn)
        return
    meeting = _waiting(turn)
    if meeting:
        open_for(turn, meeting)
    elif turn.state.standing in ("active", "closing") and not _ends_early(turn):
        open_session(turn)


def _ends_early(turn: PairingTurn) -> bool:
    return turn.state.line.closing or turn.state.stopped_by != ""


def _waiting(turn: PairingTurn) -> Meeting | None:
    """The earliest meeting that needs another time, after the wait that forgives a slip."""
    if turn.state.standing not in ("active", "closing") or turn.state.line.closing:
        return None
    ready: list[Meeting] = []
    for meeting in turn.state.meetings:
        if in_doubt(turn, meeting):
            continue  # row 3: nobody is asked about single meetings
        fallen = meeting.standing in ("cancelled", "missed") and not meeting.settled_by
        asked = meeting.asked_by and (meeting.stands or meeting.off in ("break", "holiday"))
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
    if not within(meeting.slot, turn.zone(mentee.zone), mentee.hours):
        return True
    seen = busy_around(turn, meeting)
    if seen is None:
        return False
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
    if turn.program.policy == "auto-after-deadline" and _may_be_booked(turn, proposal):
        if not _book_first(turn, proposal):
            return  # busy times are not known just now
        proposal = turn.state.proposal
    if proposal and not proposal.booked:
        _give_up(turn, proposal, "silence")


def _may_be_booked(turn: PairingTurn, proposal: Proposal) -> bool:
    """Only what is a single meeting, and nobody is asked about still; what was taken back by UNDO once is
    not booked for somebody again."""
    asked = proposal.keeps or proposal.vetting or proposal.unknown or proposal.undone
    return proposal.kind == "meeting" and not asked


def _book_first(turn: PairingTurn, proposal: Proposal) -> bool:
    """The first time that is still free, if any is; False while that is not known."""
    near = turn.now + timedelta(hours=turn.program.no_change_hours)
    left = [Slot(o.start, o.end) for o in proposal.current if o.start > near]
    if not left:
        return True
    whole = Slot(min(s.start for s in left), max(s.end for s in left))
    if read_busy(turn, whole, whole) is None:
        return False
    meeting = meeting_of(turn, proposal)
    for offer in proposal.current:
        slot = Slot(offer.start, offer.end)
        if slot in left and is_free(turn, meeting, slot):
            picked = replace(
                proposal, picked=offer.number, picked_at=turn.now, auto=True, booked=True
            )
            turn.state = replace(turn.state, proposal=picked)
            turn.because(f"{proposal.about}: no answer, the first time that is free is booked")
            return True
    return True


def _give_up(turn: PairingTurn, proposal: Proposal, by: str) -> None:
    meeting = meeting_of(turn, proposal)
    close(turn, replace(proposal, standing="lapsed"))
    turn.because(f"{proposal.about}: the offer ended ({by})")
    if proposal.kind != "meeting":
        _leave_to_the_contact(turn, proposal, by)
        return
    if meeting is None:
        return
    if proposal.keeps or meeting.standing == "skipped":
        put_meeting(turn, replace(meeting, asked_by=None))
        return
    leave_out(turn, meeting, by)
    if by == "silence" and terms(turn.state, turn.program).step.length > WEEK:
        reason = "a 1:1 was left out because no new time was settled"
        turn.tell("lapsed", reason=reason, planned=meeting.origin.day.isoformat())


def _leave_to_the_contact(turn: PairingTurn, proposal: Proposal, by: str) -> None:
    """No regular time, or none for a session: a person has to help, and who said NONE hears so."""
    if by != "silence":
        occasion = f"{proposal.about}#{proposal.occasion}"
        acknowledge(turn, proposal.asked, "for-contact", occasion)
    elif proposal.cause == "first":
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
        turn.tell("rounds-over", reason="three rounds without a time that suits")
        _give_up(turn, proposal, "no-times")
        return
    if proposal.kind == "series":
        renew_regular(turn, proposal)
        return
    if proposal.kind == "session":
        renew_session(turn, proposal)
        return
    meeting = meeting_of(turn, proposal)
    if meeting is None:
        return
    refused = (o.start for o in proposal.offers if proposal.renew == "none" or o.open is False)
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


# --- picked, booked


def _book(turn: PairingTurn, proposal: Proposal) -> None:
    """Busy is read again just before the move; the first acceptance wins."""
    if proposal.kind == "series":
        accept_regular(turn, proposal)
        return
    if proposal.kind == "session":
        accept_session(turn, proposal)
        return
    offer = proposal.offer(proposal.picked)
    meeting = meeting_of(turn, proposal)
    if offer is None or meeting is None:
        return
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
        turn.because(f"{proposal.about}: {offer.start:%a %d %b %H:%M}Z is still free")
        return
    turn.because(f"{proposal.about}: option {offer.number} was taken meanwhile")
    gone = replace(proposal.without(offer), picked=0, picked_at=None, renew="gone", auto=False)
    turn.state = replace(turn.state, proposal=gone)
    _renew(turn, gone)
