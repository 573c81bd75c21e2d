"""What became of a meeting, told from the receipt to whom no provider told it: moved, off, left out (RULES 8).

Not the question for another time: that is asking.py.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal

from daemon.decide.calendar import still_in_copy, to_be_taken_off
from daemon.decide.gone import in_doubt
from daemon.decide.meetings import move_until, next_but, start_after
from daemon.decide.owed import letter, soonest, urgent, when
from daemon.decide.reschedule import waited
from daemon.decide.seen import PairingTurn
from daemon.decide.turn import iso
from daemon.domain.meeting import Meeting, Undone
from daemon.domain.people import ROLES, Role, other
from daemon.domain.proposal import Proposal

RECEIPT_WAIT = timedelta(hours=1)
"""So long a letter waits for the calendar when a person's word has made its fact already."""

SET_OUT = timedelta(hours=2)
"""So long before a 1:1 it has to be known where it is, if it must be at night."""


def moved(turn: PairingTurn, meeting: Meeting) -> None:
    """A new time, to both unless they did it themselves or their provider told them."""
    if meeting.standing != "moved" or meeting.moved_at is None or meeting.start <= turn.now:
        return
    if meeting.place is None or meeting.takes_back:
        return  # not on the calendar yet
    if meeting.moved_by == "mentor" and not turn.watch.reached(waited(turn, meeting)):
        return
    chosen = _chosen(turn, meeting)
    for role in ROLES:
        own = chosen is not None and chosen.chooser == role and not chosen.auto
        if role == meeting.moved_by or (_told(turn, meeting, role) and not own):
            continue
        if not own and _asked_to_keep(turn, meeting, role):
            continue  # the question says it
        moment = meeting.moved_at
        if not own:
            moment = soonest(turn, moment, meeting.start, role)
        if turn.watch.reached(moment):
            letter(
                turn, "moved", meeting, role, _facts(turn, meeting, role, chosen, own),
                opens=moment, closes=meeting.start, reason="the calendar has the new time",
                basis=_time_of(meeting), retell=True, own=own, due=meeting.start - SET_OUT,
                answers=chosen.answered if chosen and own else "",
            )  # fmt: skip


def _time_of(meeting: Meeting) -> str:
    """What was settled anew is told anew, though it be the time of before. By hand a time may be left and come
    back within the wait: that is told once."""
    by_hand = meeting.moved_by == "mentor" and meeting.moved_from != meeting.start
    settled_at = None if by_hand else meeting.moved_at
    return " ".join(iso(at) for at in (meeting.start, settled_at) if at)


def _facts(
    turn: PairingTurn, meeting: Meeting, role: Role, chosen: Proposal | None, own: bool
) -> dict[str, Any]:
    after = start_after(turn, meeting)
    chooses = chosen is not None and chosen.chooser == role
    undo_by = _undo_by(turn, meeting, role, "moved") if chooses else None
    move_by = move_until(turn, meeting.start)
    by = "calendar" if chosen is None else ("you" if own else "partner")
    if by == "partner" and chosen and chosen.cause == "counter" and chosen.picked == 1:
        by = "wished"
    return {
        "start": iso(meeting.start),
        "old_start": iso(meeting.moved_from or meeting.start),
        "length_minutes": int((meeting.end - meeting.start).total_seconds() // 60),
        "link": turn.state.link,
        "number": chosen.picked if chosen and own else 0,
        "said": chosen.said if chosen and own else "",
        "next_start": iso(after) if after else None,
        "by": "program" if chosen and chosen.auto else by,
        "undo_by": iso(undo_by) if undo_by else None,
        "others": _others(chosen) if chooses and chosen and chosen.auto else [],
        # by hand: it never had another time
        "session": chosen.kind == "session" if chosen else meeting.moved_from is None,
        "move_by": iso(move_by) if move_by else None,
        "left_behind": role == "mentee" and still_in_copy(turn, meeting),
    }


def _undo_by(
    turn: PairingTurn, meeting: Meeting, role: Role, what: Literal["moved", "skip"]
) -> datetime | None:
    """Until when that person can take back what was done to this meeting; None where nothing is remembered
    that could be (a session has no time before it to go back to)."""
    name = str(meeting.origin)
    for undo in reversed(turn.state.undo):
        if (undo.what, undo.role, undo.name) == (what, role, name) and undo.until > turn.now:
            return undo.until
    return None


def _others(chosen: Proposal) -> list[dict[str, Any]]:
    return [
        {"number": o.number, "start": iso(o.start)}
        for o in chosen.current
        if o.number != chosen.picked
    ]


def _chosen(turn: PairingTurn, meeting: Meeting) -> Proposal | None:
    """The proposal whose answer led to the present time: its chooser is answered."""
    for closed in reversed(turn.state.closed_proposals):
        if closed.origin == meeting.origin and closed.standing == "accepted":
            offer = closed.offer(closed.picked)
            return closed if offer and offer.start == meeting.start else None
    return None


def _asked_to_keep(turn: PairingTurn, meeting: Meeting, role: Role) -> bool:
    """Whether a question names the present time as one answer, or is about to."""
    for proposal in (turn.state.proposal, *turn.state.closed_proposals):
        if proposal and proposal.origin == meeting.origin and proposal.chooser == role:
            named = proposal.cause == "moved" and proposal.offers[0].start == meeting.start
            if named and (proposal.standing == "open" or proposal.told_at):
                return True
    return False


def _told(turn: PairingTurn, meeting: Meeting, role: Role) -> bool:
    return turn.state.line.person(role).address in meeting.told


def off_letter(turn: PairingTurn, meeting: Meeting) -> None:
    """Less than 12 h ahead: who did not do it must not set out, quiet hours or not. A meeting whose whole
    series is in doubt is told a day ahead."""
    doubt = in_doubt(turn, meeting)
    if doubt is not None and meeting.stands:
        _doubtful(turn, meeting, *doubt)
        return
    if meeting.undone:
        _undone(turn, meeting, meeting.undone)
        return
    if meeting.cancelled_at is None or meeting.start <= turn.now:
        return
    if meeting.cancelled_by is None:
        return  # by an absence: the question or the letter of the absence says it
    if meeting.start - meeting.cancelled_at >= timedelta(hours=turn.program.off_within_hours):
        return
    if not turn.watch.reached(waited(turn, meeting)):
        return
    role = other(meeting.cancelled_by)
    person = turn.state.line.person(role)
    told = any(person.address in s.told for s in turn.state.series)
    if meeting.gone and told:
        return  # their provider mails them what the organizer takes off
    proposal = turn.state.proposal
    follows = bool(proposal and proposal.origin == meeting.origin and not proposal.vetting)
    if role == "mentee" and follows and when(turn, turn.now, role) == turn.now:
        if turn.letter_stem("off", str(meeting.origin), person.id) not in turn.marks:
            return  # the proposal goes at once and says it
    letter(
        turn, "off", meeting, role,
        {"start": iso(meeting.start), "times_follow": role == "mentee"},
        opens=turn.now, closes=meeting.start, reason="it falls out today",
        basis=iso(meeting.cancelled_at), retell=True, pressing=True,
    )  # fmt: skip


def _undone(turn: PairingTurn, meeting: Meeting, undone: Undone) -> None:
    """The time that the other one has read of is no longer true, and no other one is settled yet."""
    role = other(undone.by)
    if undone.start <= turn.now or meeting.takes_back or _told(turn, meeting, role):
        return
    moment = soonest(turn, undone.at, undone.start, role)
    if turn.watch.reached(moment):
        letter(
            turn, "off", meeting, role, {"start": iso(undone.start), "times_follow": False},
            opens=moment, closes=undone.start, reason="UNDO of a move", basis=iso(undone.at),
            retell=True, pressing=urgent(turn, undone.at, undone.start, role),
        )  # fmt: skip


def _doubtful(turn: PairingTurn, meeting: Meeting, since: datetime, role: Role | None) -> None:
    if role is None or meeting.start <= turn.now:
        return
    wait = timedelta(minutes=turn.program.repair_wait_minutes)
    day = timedelta(hours=turn.program.series_gone_hours)
    moment = max(since + wait, meeting.start - day)
    moment = soonest(turn, moment, meeting.start, role)
    if turn.watch.reached(moment):
        letter(
            turn, "off", meeting, role, {"start": iso(meeting.start), "times_follow": False},
            opens=moment, closes=meeting.start, reason="its series is in doubt",
            basis=iso(since), retell=True,
        )  # fmt: skip


def awaited(turn: PairingTurn, meeting: Meeting) -> bool:
    """Whether the calendar's receipt is still waited for. A calendar that is lost, or refuses, sends none:
    then a person's word counts, so that nobody turns up to what the other one has left out."""
    if meeting.settled_at is None or meeting.settled_by != "choice":
        return to_be_taken_off(turn, meeting)
    latest = min(meeting.settled_at + RECEIPT_WAIT, meeting.start - timedelta(hours=2))
    latest = max(latest, meeting.settled_at + timedelta(minutes=5))
    return to_be_taken_off(turn, meeting) and not turn.watch.reached(latest)


def left_out(turn: PairingTurn, meeting: Meeting, *, answers: bool) -> None:
    """Whoever chose it is answered at once, each time (`answers`); everybody else hears when it is off the
    calendar, and anew only when it has stood since."""
    if meeting.settled_by in ("", "rule") or meeting.settled_at is None:
        return
    for role in ROLES:
        own = meeting.settled_by == "choice" and role == meeting.said_by
        if own != answers:
            continue
        if not own and (awaited(turn, meeting) or _told(turn, meeting, role)):
            continue  # from the receipt, and to whom no provider told it
        moment = meeting.settled_at
        if not own:
            moment = soonest(turn, moment, meeting.start, role)
        if not turn.watch.reached(moment):
            continue
        after = next_but(turn, meeting)
        undo_by = _undo_by(turn, meeting, role, "skip") if own else None
        since = meeting.settled_at if own else meeting.moved_at
        facts = {
            "start": iso(meeting.start),
            "next_start": iso(after) if after else None,
            "why": meeting.settled_by,
            "by_you": own,
            "undo_by": iso(undo_by) if undo_by else None,
            "left_behind": role == "mentee" and still_in_copy(turn, meeting),
        }
        letter(
            turn, "left-out", meeting, role, facts, opens=moment,
            closes=meeting.settled_at + timedelta(days=3), reason=f"left out ({meeting.settled_by})",
            basis=iso(since) if since else "as planned", retell=True, own=own,
            due=meeting.start - SET_OUT if meeting.settled_at < meeting.start - SET_OUT else None,
        )  # fmt: skip
