"""Finite plans: so many sessions inside a window, each put when its time is accepted (RULES 3).

Not a series: there is none. The search for a time is that of any other meeting.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from daemon.decide.meetings import close
from daemon.decide.moment import at_minute, local_day
from daemon.decide.offering import answer_by, numbered, occasion_after
from daemon.decide.searching import Searched, is_free, read_busy, search_window, soonest_offer
from daemon.decide.seen import PairingTurn
from daemon.decide.slots import Found
from daemon.decide.terms import terms
from daemon.domain.cadence import wall_text
from daemon.domain.meeting import Meeting, Origin, Slot
from daemon.domain.people import Role
from daemon.domain.proposal import Offer, Proposal
from daemon.domain.value import replace

AHEAD = timedelta(days=7)
"""So long before its share of the plan a session is asked about."""


def open_session(turn: PairingTurn) -> None:
    """The next session is asked about when the one before it is over."""
    window = next_window(turn)
    if window is None:
        return
    searched = search_window(turn, window, frozenset())
    if searched is None:
        return
    offers, occasion = _offers(turn, searched.found, 1), occasion_after(turn, "session")
    if not offers:
        turn.tell_once(
            f"no-session-time/{occasion}", "no-time-found",
            reason="no time for the next session", what="session",
        )  # fmt: skip
        turn.watch.reached(turn.now + timedelta(days=1))
        return
    vetting = _mentor_first(turn, searched)
    asked: Role = "mentor" if vetting else "mentee"
    turn.state = replace(
        turn.state,
        proposal=Proposal(
            None, "mentee", "session", turn.now, answer_by(turn, asked, offers, None), offers,
            occasion=occasion, kind="session", vetting=vetting, unknown=searched.unknown,
        ),
    )  # fmt: skip
    turn.because(f"{len(offers)} times offered for session {next_session(turn)}")


def tell_late_sessions(turn: PairingTurn) -> None:
    """The contact hears, once of each, that a session has no time yet by the day that the program names for it."""
    wanted = terms(turn.state, turn.program)
    running = turn.state.standing in ("active", "closing") and not turn.state.line.closing
    if not running or wanted.begun is None or turn.state.mentee_yes is None:
        return
    for number, days in enumerate(turn.program.session_days[: wanted.sessions], start=1):
        if number < next_session(turn):
            continue
        by = at_minute(wanted.begun + timedelta(days=days + 1), 0, turn.zone(wanted.zone))
        if turn.watch.reached(by):
            turn.tell_once(
                f"session-late/{number}", "session-late",
                reason=f"session {number} has no time {days} days after the plan began", number=number,
            )  # fmt: skip


def _mentor_first(turn: PairingTurn, searched: Searched) -> bool:
    """Whether the mentor says which times are possible before the mentee picks among them, in every round."""
    return not searched.mentor_known or turn.program.initiator == "mentor"


def _offers(turn: PairingTurn, found: list[Found], number: int) -> tuple[Offer, ...]:
    """Sessions have no usual hour."""
    return tuple(replace(offer, usual=False) for offer in numbered(turn, found, number))


def plan_is_done(turn: PairingTurn) -> date | None:
    """The local day of the last session, when all of them are over."""
    wanted = terms(turn.state, turn.program)
    if not wanted.sessions or turn.state.proposal or next_session(turn) <= wanted.sessions:
        return None
    open_still = any(
        not turn.watch.reached(m.end)
        if m.stands
        else m.standing == "cancelled" and not m.settled_by
        for m in turn.state.meetings
    )
    if open_still:
        return None
    ends = [m.end for m in turn.state.meetings if m.settled_by != "rule"]
    return local_day(max(ends, default=turn.now), turn.zone(wanted.zone))


def renew_session(turn: PairingTurn, proposal: Proposal) -> None:
    """The next round for the same session."""
    window = next_window(turn)
    refused = frozenset(o.start for o in proposal.offers)
    searched = search_window(turn, window, refused) if window else None
    if searched is None and window is not None:
        return
    offers = (
        _offers(turn, searched.found, proposal.round * turn.program.offers + 1) if searched else ()
    )
    if not offers or searched is None:
        close(turn, replace(proposal, standing="lapsed"))
        turn.tell("no-time-found", reason="no time for the next session", what="session")
        return
    vetting = _mentor_first(turn, searched)
    until = answer_by(turn, "mentor" if vetting else "mentee", offers, None)
    renewed = proposal.renewed(offers, turn.now, until, False, vetting, searched.unknown)
    turn.state = replace(turn.state, proposal=renewed)


def accept_session(turn: PairingTurn, proposal: Proposal) -> None:
    """A new meeting: its origin is the time first planned; a one-off event is put for it (calendar.py)."""
    offer = proposal.offer(proposal.picked)
    if offer is None:
        return
    slot, window = Slot(offer.start, offer.end), next_window(turn)
    # read so widely that other times can be looked for in the same beat
    spans = (slot, window or slot)
    widest = Slot(min(s.start for s in spans), max(s.end for s in spans))
    free = None if read_busy(turn, slot, widest) is None else is_free(turn, None, slot)
    if free is None:
        return
    if not free:
        gone = replace(proposal.without(offer), picked=0, renew="gone")
        turn.state = replace(turn.state, proposal=gone)
        return
    zone = terms(turn.state, turn.program).zone
    origin = Origin(wall_text(offer.start.astimezone(turn.zone(zone)).replace(tzinfo=None)), zone)
    meeting = Meeting(
        origin, offer.start, offer.end, "moved", moved_at=turn.now, moved_by="program",
        moved_from=offer.start, checked=True,
    )  # fmt: skip
    turn.state = replace(turn.state, meetings=(*turn.state.meetings, meeting))
    close(turn, replace(proposal, origin=origin, standing="accepted"))
    turn.because(f"a session is agreed: {origin}")


def next_session(turn: PairingTurn) -> int:
    """Which session comes next; what was left out by choice or silence is not made up."""
    counted = sum(m.settled_by != "rule" for m in turn.state.meetings)
    return turn.state.tally.due + counted + 1


def next_window(turn: PairingTurn) -> Slot | None:
    """The share of the plan's window in which the next session belongs, after the notice."""
    wanted = terms(turn.state, turn.program)
    if wanted.begun is None or wanted.ends is None or next_session(turn) > wanted.sessions:
        return None
    if any(m.stands and m.end > turn.now for m in turn.state.meetings):
        turn.watch.reached(min(m.end for m in turn.state.meetings if m.stands and m.end > turn.now))
        return None
    zone = turn.zone(wanted.zone)
    plan, over = (at_minute(day, 24 * 60, zone) for day in (wanted.begun, wanted.ends))
    if over <= plan:
        return None
    share = (over - plan) / wanted.sessions
    begins = plan + share * (next_session(turn) - 1)
    earliest = soonest_offer(turn)
    opens = max(begins - AHEAD, _after_silence(turn, plan, share))
    if not turn.watch.reached(opens):
        return None
    latest = min(max(begins, earliest) + share, over)
    return Slot(max(begins, earliest), latest) if latest > earliest else None


def _after_silence(turn: PairingTurn, plan: datetime, share: timedelta) -> datetime:
    """Whoever did not answer, or whom no time suited, is left alone until the next share of the plan."""
    lapsed = [
        p.answer_by for p in turn.state.closed_proposals
        if p.kind == "session" and p.standing == "lapsed"
    ]  # fmt: skip
    if not lapsed:
        return plan - AHEAD
    last = max(lapsed)
    shares = (last + AHEAD - plan) // share + 1
    return plan + share * shares - AHEAD
