"""Offering: which times a proposal about one meeting names, in which order, and until when it waits (RULES 7).

Not the search for them (searching.py) and not what follows from an answer (reschedule.py).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from daemon.decide.acknowledging import acknowledge
from daemon.decide.keys import occasion_of
from daemon.decide.looking import asked_by_hand
from daemon.decide.meetings import leave_out
from daemon.decide.moment import at_minute, local_day
from daemon.decide.owed import when
from daemon.decide.patience import answer_time
from daemon.decide.searching import Searched, is_free, search
from daemon.decide.seen import PairingTurn, put_meeting
from daemon.decide.slots import Found, spread
from daemon.decide.terms import terms
from daemon.domain.meeting import Meeting, Slot, Wished
from daemon.domain.people import Role, other
from daemon.domain.proposal import Cause, Offer, Proposal
from daemon.domain.value import replace

EVENING_MINUTE = 20 * 60
TIME_TO_ANSWER = timedelta(hours=12)
"""An evening that leaves less than half a day is passed over, where the answer hours last longer: 20:00 may be
minutes away."""
BEFORE_IT_BEGINS = timedelta(hours=1)
"""So long before it begins a 1:1 that stands is sure to stay: time enough to come to it, or to say SKIP."""
TOO_NEAR = 3 * BEFORE_IT_BEGINS
"""What begins so soon is asked about until it begins: an hour less would be hardly any time to answer."""


def open_for(turn: PairingTurn, meeting: Meeting) -> None:
    """The first round for one meeting; nothing yet while busy times are not known."""
    wished = meeting.wished
    free = is_free(turn, meeting, Slot(wished.start, wished.end)) if wished else None
    if wished and free is None:
        return
    searched = search(turn, meeting, unfit(meeting))
    if searched is None:
        return
    if wished and free and wished.start > _closes(turn):
        _open_counter(turn, meeting, wished, searched)
        return
    if wished:
        turn.because(f"{meeting.origin}: what was proposed is not free: another time is looked for")
        meeting = replace(meeting, wished=None)
        put_meeting(turn, meeting)
    cause = _cause(meeting)
    keep = [Offer(1, meeting.start, meeting.end, why="keep")] if cause == "moved" else []
    offers = (*keep, *numbered(turn, searched.found, 1 + len(keep)))[: turn.program.offers]
    if len(offers) == len(keep):
        stays(turn, meeting)
        return
    vetting = (not searched.mentor_known or turn.program.initiator == "mentor") and not keep
    asked: Role = "mentor" if vetting else "mentee"
    proposal = Proposal(
        meeting.origin, "mentee", cause, turn.now, answer_by(turn, asked, offers, meeting), offers,
        occasion=_occasion(turn, meeting), widened=searched.widened, keeps=meeting.stands,
        vetting=vetting, unknown=searched.unknown,
    )  # fmt: skip
    put_meeting(turn, replace(meeting, checked=True))
    if keep:
        asked_by_hand(turn, meeting, "mentee")
    _answered(turn, meeting, asked)
    turn.state = replace(turn.state, proposal=_booked_at_once(turn, proposal))
    why = f"; {searched.rejected}" if searched.rejected else ""
    turn.because(f"{meeting.origin}: {len(offers)} times offered ({cause}){why}")


def _open_counter(turn: PairingTurn, meeting: Meeting, wished: Wished, searched: Searched) -> None:
    """Row 12: the other one is asked about the time that was proposed, and about others after it if it is known that
    they suit whoever proposed it."""
    asked = other(wished.by)
    known = wished.by not in searched.unknown
    found = [each for each in searched.found if each.slot.start != wished.start] if known else []
    first = Offer(1, wished.start, wished.end, why="counter")
    offers = (first, *numbered(turn, found, 2))[: turn.program.offers]
    put_meeting(turn, replace(meeting, checked=True, wished=None))
    turn.state = replace(
        turn.state,
        proposal=Proposal(
            meeting.origin, asked, "counter", turn.now, answer_by(turn, asked, offers, meeting), offers,
            occasion=_occasion(turn, meeting), widened=searched.widened, keeps=meeting.stands,
            unknown=searched.unknown,
        ),
    )  # fmt: skip
    turn.because(f"{meeting.origin}: the {asked} is asked about the time that was proposed")


def _closes(turn: PairingTurn) -> datetime:
    """What begins before that is offered no more."""
    return turn.now + timedelta(hours=turn.program.slot_closes_hours)


def _answered(turn: PairingTurn, meeting: Meeting, asked: Role) -> None:
    """A mentee who wrote MOVE gets the times by return; where the mentor is asked first, a word at least."""
    person = turn.state.line.mentee.id
    said = any(e.stem.startswith("ack/") and e.stem.endswith(f"/{person}") for e in turn.effects)
    if meeting.asked_by == "mentee" and asked == "mentor" and not said:
        occasion = f"{meeting.origin}#{meeting.changed_at:%Y%m%dT%H%M%S}"
        acknowledge(turn, "mentee", "move", occasion, undo=True)


def _booked_at_once(turn: PairingTurn, proposal: Proposal) -> Proposal:
    """Policy auto-book: the first time is taken, the letter offers the others. Never for somebody whose
    busy time is Unknown, nor so near that nobody would see it in time."""
    if turn.program.policy != "auto-book" or proposal.keeps or proposal.vetting or proposal.unknown:
        return proposal
    near = turn.now + timedelta(hours=turn.program.no_change_hours)
    first = next((offer for offer in proposal.offers if offer.start > near), None)
    if first is None:
        return proposal
    return replace(proposal, picked=first.number, auto=True)


def unfit(meeting: Meeting) -> frozenset[datetime]:
    """Where it just fell out, or was dragged away from by hand."""
    if meeting.standing == "skipped" and (meeting.off or meeting.cancelled_by == meeting.said_by):
        return frozenset()  # MEET: its own hour is the first to be thought of
    left = meeting.moved_from if meeting.moved_by == "mentor" else None
    return frozenset({meeting.start, left or meeting.start})


def _cause(meeting: Meeting) -> Cause:
    if meeting.standing == "missed":
        return "missed"
    if meeting.standing == "skipped":
        return "meet"
    if meeting.stands:
        return "asked" if meeting.asked_by else "moved"
    if meeting.off == "away" and not meeting.cancelled_by:
        return "away"
    return "declined" if meeting.cancelled_by == "mentee" else "cancelled"


def _occasion(turn: PairingTurn, meeting: Meeting) -> int:
    """How many questions about this meeting there have been, this one included."""
    return occasion_after(turn, str(meeting.origin))


def occasion_after(turn: PairingTurn, about: str) -> int:
    """The number of the next question about that origin or kind."""
    verbs = ("proposal/", "proposal-mentor/", "slot-gone/", "counter/")
    seen = [
        occasion_of(stem) for stem in turn.marks if f"{about}#" in stem and stem.startswith(verbs)
    ]
    earlier = [p.occasion for p in turn.state.closed_proposals if p.about == about]
    return max([*seen, *earlier], default=0) + 1


def stays(turn: PairingTurn, meeting: Meeting) -> None:
    """No time that suits both: what stands stays, what fell out is left out."""
    if meeting.standing == "skipped":
        put_meeting(turn, replace(meeting, asked_by=None))
        return
    if not meeting.stands:
        leave_out(turn, meeting, "no-times")
        return
    put_meeting(turn, replace(meeting, asked_by=None, checked=True))
    turn.because(f"{meeting.origin}: no other time suits both, so it stays")
    if meeting.asked_by:
        hears_that_it_stays(turn, meeting, meeting.asked_by)


def hears_that_it_stays(turn: PairingTurn, meeting: Meeting, role: Role) -> None:
    """Whoever has wished for another time, or has named none of those that were offered."""
    occasion = f"{meeting.origin}#{meeting.changed_at:%Y%m%dT%H%M%S}"
    acknowledge(turn, role, "stays", occasion)


def numbered(turn: PairingTurn, found: list[Found], number: int) -> tuple[Offer, ...]:
    """The best of what was found, numbered on; a second reserved time before all others."""
    first = [each for each in found if each.second]
    rest = spread([each for each in found if not each.second], turn.program.offers - len(first))
    return tuple(
        Offer(
            number + place, each.slot.start, each.slot.end, each.away_minutes == 0 and not each.second,
            why=each.why, second=each.second,
        )
        for place, each in enumerate((*first, *rest))
    )  # fmt: skip


def answer_by(
    turn: PairingTurn, role: Role, offers: tuple[Offer, ...], meeting: Meeting | None
) -> datetime:
    """The last 20:00 of the reader before the answer hours are over, and not after the last slot, nor
    when the meeting that stays without an answer is about to begin."""
    told = when(turn, turn.now, role)
    latest = told + answer_time(terms(turn.state, turn.program).step, turn.program)
    closes = timedelta(hours=turn.program.slot_closes_hours)
    latest = min(latest, max(offer.start for offer in offers) - closes)
    if meeting and meeting.stands:
        near = meeting.start - told <= TOO_NEAR
        latest = min(latest, meeting.start if near else meeting.start - BEFORE_IT_BEGINS)
    zone = turn.zone(turn.state.line.person(role).zone)
    evening = at_minute(local_day(latest, zone), EVENING_MINUTE, zone)
    if evening > latest:
        evening = at_minute(local_day(latest, zone) - timedelta(days=1), EVENING_MINUTE, zone)
    return evening if evening > told + TIME_TO_ANSWER else latest
