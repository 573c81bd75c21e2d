"""Reschedule: a meeting fell out; find another time that suits both (RULES 6 and 7).

Not the wording: letters get facts only. The cases of a proposal, in the order of this file:
opened → renewed (none, gone, passed) → picked → booked → accepted, or lapsed, or withdrawn.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from daemon.decide.keys import occasion_of
from daemon.decide.meetings import close, leave_out, meeting_of
from daemon.decide.moment import at_minute, local_day, speakable
from daemon.decide.searching import busy_now, overlapping, search, sides_of
from daemon.decide.seen import PairingTurn, put_meeting
from daemon.decide.slots import Found, Side, free, spread, within_hours
from daemon.domain.effect import SendLetter
from daemon.domain.meeting import Meeting, Slot
from daemon.domain.people import Person
from daemon.domain.proposal import Cause, Offer, Proposal


def reschedule(turn: PairingTurn) -> None:
    """Everything about the one open proposal of this pairing, or about opening it."""
    _withdraw(turn)
    if turn.state.proposal is None:
        meeting = _waiting(turn)
        if meeting:
            _open(turn, meeting)
    proposal = turn.state.proposal
    if proposal is None or proposal.booked:
        return
    if proposal.picked:
        _book(turn, proposal)
        return
    _pass(turn, proposal)
    _lapse(turn)
    if turn.state.proposal and turn.state.proposal.renew:
        _renew(turn, turn.state.proposal)


def _withdraw(turn: PairingTurn) -> None:
    """Restored or moved by hand, or the pairing is ending: the question is taken back."""
    proposal = turn.state.proposal
    if proposal is None:
        return
    meeting = meeting_of(turn, proposal)
    ending = turn.state.standing == "closed" or turn.state.line.closing or _series_gone(turn)
    if meeting and proposal.keeps and not meeting.stands:
        wanted = False  # it fell out meanwhile: another question, with another end of silence
    else:
        wanted = meeting is not None and bool(
            meeting.standing in ("cancelled", "missed") or meeting.asked_by or _kept(turn, proposal)
        )
    if wanted and not ending:
        return
    close(turn, replace(proposal, standing="withdrawn"))
    turn.because(f"{proposal.origin}: the question is taken back")


def _series_gone(turn: PairingTurn) -> bool:
    """Row 3: while it is unclear what its owner meant, nobody is asked about single meetings."""
    return turn.state.series is not None and turn.state.series.standing == "gone"


def _kept(turn: PairingTurn, proposal: Proposal) -> bool:
    """A question about a move by hand stands as long as that move does."""
    meeting = meeting_of(turn, proposal)
    first = proposal.offers[0] if proposal.offers else None
    return bool(
        proposal.cause == "moved" and meeting and first and meeting.stands
        and meeting.start == first.start
    )  # fmt: skip


def _waiting(turn: PairingTurn) -> Meeting | None:
    """The earliest meeting that needs another time, after the wait that forgives a slip."""
    if turn.state.standing not in ("active", "closing") or turn.state.line.closing:
        return None
    if _series_gone(turn):
        return None
    ready: list[Meeting] = []
    for meeting in turn.state.meetings:
        fallen = meeting.standing in ("cancelled", "missed") and not meeting.settled_by
        if fallen or (meeting.stands and (meeting.asked_by or _misfit(turn, meeting))):
            if turn.watch.reached(waited(turn, meeting)):
                ready.append(meeting)
    return min(ready, key=lambda m: m.origin, default=None)


def waited(turn: PairingTurn, meeting: Meeting) -> datetime:
    """When a change of this meeting counts: a drag or an undo looks like a cancellation at first."""
    changed = meeting.changed_at or turn.now
    soon = meeting.start - changed < timedelta(hours=2)
    minutes = 0 if soon or meeting.asked_by else turn.program.repair_wait_minutes
    return changed + timedelta(minutes=minutes)


def _misfit(turn: PairingTurn, meeting: Meeting) -> bool:
    """Row 7: moved by the mentor's hand to where the mentee is busy or not there; looked at once a move."""
    if meeting.standing != "moved" or meeting.moved_by != "mentor" or meeting.checked:
        return False
    if meeting.start <= turn.now or not turn.watch.reached(waited(turn, meeting)):
        return False
    mentee = turn.state.line.mentee
    if not within_hours(meeting.slot, Side(turn.zone(mentee.zone), mentee.hours, ())):
        return True
    seen = busy_now(turn, meeting, meeting.slot)
    if seen is None:
        return False
    if any(slot != meeting.slot for slot in overlapping(seen[mentee.address] or (), meeting)):
        return True
    put_meeting(turn, replace(meeting, checked=True))
    return False


def _cause(meeting: Meeting) -> Cause:
    if meeting.standing == "missed":
        return "missed"
    if meeting.stands:
        return "asked" if meeting.asked_by else "moved"
    return "declined" if meeting.cancelled_by == "mentee" else "cancelled"


def _open(turn: PairingTurn, meeting: Meeting) -> None:
    searched = search(turn, meeting, _unfit(meeting))
    if searched is None:
        return
    found, widened = searched
    cause = _cause(meeting)
    keep = [Offer(1, meeting.start, meeting.end, why="keep")] if cause == "moved" else []
    offers = (*keep, *_offers(turn, meeting, found, 1 + len(keep)))[: turn.program.offers]
    if len(offers) == len(keep):
        _no_times(turn, meeting)
        return
    mentee = turn.state.line.mentee
    proposal = Proposal(
        meeting.origin, "mentee", cause, turn.now, _answer_by(turn, mentee, offers, meeting), offers,
        occasion=_occasion(turn, meeting), widened=widened, keeps=meeting.stands,
    )  # fmt: skip
    put_meeting(turn, replace(meeting, checked=True))
    turn.state = replace(turn.state, proposal=proposal)
    turn.because(f"{meeting.origin}: {len(offers)} times offered ({cause})")


def _unfit(meeting: Meeting) -> frozenset[datetime]:
    """Where it just fell out, or was dragged away from by hand."""
    left = meeting.moved_from if meeting.moved_by == "mentor" else None
    return frozenset({meeting.start, left or meeting.start})


def _occasion(turn: PairingTurn, meeting: Meeting) -> int:
    """How many questions about this meeting there have been, this one included."""
    seen = [
        occasion_of(stem)
        for stem in turn.marks
        if f"{meeting.origin}#" in stem and stem.startswith(("proposal/", "slot-gone/"))
    ]
    earlier = [p.occasion for p in turn.state.closed_proposals if p.origin == meeting.origin]
    return max([*seen, *earlier], default=0) + 1


def _no_times(turn: PairingTurn, meeting: Meeting) -> None:
    if meeting.stands:  # nothing better than where it is: it stays, and is not asked about again
        put_meeting(turn, replace(meeting, asked_by=None, checked=True))
        turn.because(f"{meeting.origin}: no other time suits both, so it stays")
        if meeting.asked_by:
            person = turn.state.line.person(meeting.asked_by)
            occasion = f"stays-{meeting.origin}#{meeting.changed_at:%Y%m%dT%H%M%S}"
            turn.say(
                turn.letter_stem("ack", occasion, person.id),
                SendLetter("ack", person.id, {"what": "stays", "items": []}),
                reason="a wish that cannot be met is answered",
            )
        return
    leave_out(turn, meeting, "no-times")


def _offers(
    turn: PairingTurn, meeting: Meeting, found: list[Found], number: int
) -> tuple[Offer, ...]:
    chosen = spread(found, turn.program.offers)
    return tuple(
        Offer(
            number + place, each.slot.start, each.slot.end, each.away_minutes == 0,
            why="your usual hour" if each.away_minutes == 0 else f"{each.away_minutes} min from it",
        )
        for place, each in enumerate(chosen)
    )  # fmt: skip


def _answer_by(
    turn: PairingTurn, person: Person, offers: tuple[Offer, ...], meeting: Meeting
) -> datetime:
    """The last 20:00 of the reader before the answer hours are over, and not after the last slot, nor
    when the meeting that stays without an answer is about to begin."""
    zone = turn.zone(person.zone)
    told = speakable(turn.now, zone, turn.program)
    latest = told + timedelta(hours=turn.program.answer_by_hours)
    closes = timedelta(hours=turn.program.slot_closes_hours)
    latest = min(latest, max(offer.start for offer in offers) - closes)
    if meeting.stands:
        hour = timedelta(hours=1)
        begins = meeting.start - hour if meeting.start - told > 3 * hour else meeting.start
        latest = min(latest, begins)
    evening = at_minute(local_day(latest, zone), 20 * 60, zone)
    if evening > latest:
        evening = at_minute(local_day(latest, zone) - timedelta(days=1), 20 * 60, zone)
    return evening if evening > told + timedelta(hours=12) else latest


def _pass(turn: PairingTurn, proposal: Proposal) -> None:
    """Slots that come too near are closed; when all of a round have passed, the next one is due."""
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
    """Silence has a stated, harmless end (policy ask)."""
    proposal = turn.state.proposal
    if proposal is None or not turn.watch.reached(proposal.answer_by):
        return
    if proposal.renew == "none":
        return
    _give_up(turn, proposal, "silence")


def _give_up(turn: PairingTurn, proposal: Proposal, by: str) -> None:
    meeting = meeting_of(turn, proposal)
    close(turn, replace(proposal, standing="lapsed"))
    turn.because(f"{proposal.origin}: the offer ended ({by})")
    if meeting is None:
        return
    if proposal.keeps:
        put_meeting(turn, replace(meeting, asked_by=None))
    else:
        leave_out(turn, meeting, by)


def _renew(turn: PairingTurn, proposal: Proposal) -> None:
    """The next round, with new numbers and none of the times offered before."""
    meeting = meeting_of(turn, proposal)
    if meeting is None:
        return
    if proposal.round >= turn.program.rounds:
        turn.tell("rounds-over", reason="three rounds without a time that suits")
        _give_up(turn, proposal, "no-times")
        return
    refused = (o.start for o in proposal.offers if proposal.renew == "none" or o.open is False)
    searched = search(turn, meeting, _unfit(meeting).union(refused))
    if searched is None:
        return
    number = proposal.round * turn.program.offers + 1
    offers = _offers(turn, meeting, searched[0], number)
    if not offers:
        _give_up(turn, proposal, "no-times")
        return
    closed = tuple(replace(offer, open=False) for offer in proposal.offers)
    renewed = replace(
        proposal, offers=(*closed, *offers), round=proposal.round + 1, because=proposal.renew,
        renew="", widened=searched[1], told_at=None, opened_at=turn.now,
        answer_by=_answer_by(turn, turn.state.line.mentee, offers, meeting),
    )  # fmt: skip
    turn.state = replace(turn.state, proposal=renewed)
    turn.because(f"{proposal.origin}: round {renewed.round} ({renewed.because})")


def _book(turn: PairingTurn, proposal: Proposal) -> None:
    """Busy is read again just before the move; the first acceptance wins."""
    offer = proposal.offer(proposal.picked)
    meeting = meeting_of(turn, proposal)
    if offer is None or meeting is None:
        return
    if proposal.cause == "moved" and offer.start == meeting.start:
        close(turn, replace(proposal, standing="accepted"))
        turn.because(f"{proposal.origin}: kept where it was put by hand")
        return
    slot = Slot(offer.start, offer.end)
    closes = timedelta(hours=turn.program.slot_closes_hours)
    passed = turn.watch.reached(offer.start - closes)
    sides = None if passed else sides_of(turn, meeting, slot)
    if sides is None and not passed:
        return
    if sides and all(free(slot, side.taken) for side in sides):
        turn.state = replace(turn.state, proposal=replace(proposal, booked=True))
        turn.because(f"{proposal.origin}: {offer.start:%a %d %b %H:%M}Z is still free")
        return
    turn.because(f"{proposal.origin}: option {offer.number} was taken meanwhile")
    gone = replace(proposal.without(offer), picked=0, picked_at=None, renew="gone")
    turn.state = replace(turn.state, proposal=gone)
    _renew(turn, gone)
