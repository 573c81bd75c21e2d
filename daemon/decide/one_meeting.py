"""One meeting: what a person says of a single 1:1 in a mail, SKIP, MOVE or MEET (RULES 8 and 11).

Not whether it took place (words.py), and not the answer to a list of times (choosing.py).
"""

from __future__ import annotations

from datetime import timedelta

from daemon.decide.acknowledging import acknowledge, answer, unclear
from daemon.decide.breaks import next_left_out
from daemon.decide.choosing import LISTS, proposal_meant
from daemon.decide.keys import origin_of, short, touchpoint_of
from daemon.decide.meetings import close, leave_out, upcoming
from daemon.decide.moment import quiet
from daemon.decide.owed import hours_of
from daemon.decide.seen import PairingTurn, fall_out, put_meeting
from daemon.decide.turn import iso
from daemon.decide.undo import remember, until_before
from daemon.domain.meeting import Meeting
from daemon.domain.observation import ReplySeen
from daemon.domain.pair import Undo
from daemon.domain.people import Role
from daemon.domain.proposal import Proposal
from daemon.domain.value import replace

PROPOSALS = (*LISTS, "regular-time")


def meeting_meant(turn: PairingTurn, reply: ReplySeen) -> Meeting | None:
    """The meeting a command is about: the one its letter is about, else the next. What was said about
    one that has fallen out meanwhile is not taken for the next."""
    origin = origin_of(reply.answers)
    named = next((m for m in turn.state.meetings if m.origin == origin), None)
    if named and named.stands and named.end > turn.now:
        return named
    return None if named and _only_about_it(turn, reply, named) else upcoming(turn)


def _only_about_it(turn: PairingTurn, reply: ReplySeen, named: Meeting) -> bool:
    touchpoint = touchpoint_of(reply.answers)
    if touchpoint == "moved":
        return named.end > turn.now  # once it is over, that letter is as good as any
    return touchpoint in PROPOSALS or touchpoint.startswith("prep-")


def _left_out_meant(turn: PairingTurn, reply: ReplySeen) -> Meeting | None:
    """The left-out meeting that the answered letter is about."""
    origin = origin_of(reply.answers)
    return next((m for m in _dropped(turn) if m.origin == origin), None)


def _next_dropped(turn: PairingTurn) -> Meeting | None:
    return min(_dropped(turn), key=lambda m: m.start, default=None)


def _dropped(turn: PairingTurn) -> list[Meeting]:
    """What is still to come and was left out by a word, by silence, or for want of a time; by no rule."""
    return [
        m
        for m in turn.state.meetings
        if m.standing == "skipped" and not m.off and m.settled_by != "rule" and m.start > turn.now
    ]


def skip(turn: PairingTurn, role: Role, reply: ReplySeen) -> bool:
    """SKIP of the chooser leaves it out; of the other side it means "can't" (RULES 11)."""
    proposal = proposal_meant(turn, role, reply)
    if proposal and proposal.kind == "meeting" and not proposal.booked:
        if _leaves_out(turn, reply, proposal):
            close(turn, replace(proposal, standing="declined"))
            meeting = next(m for m in turn.state.meetings if m.origin == proposal.origin)
            _leave_out(turn, role, meeting, proposal)
            if meeting.standing == "missed":  # no letter of its own will tell it
                answer(turn, role, reply, "withdrawn", start=iso(meeting.start))
            return True
    target = meeting_meant(turn, reply)
    if target is None:
        if touchpoint_of(reply.answers) in PROPOSALS:
            unclear(turn, role, reply, "closed-list")
        return touchpoint_of(reply.answers) in PROPOSALS
    if role == "mentee":
        _leave_out(turn, role, target)
    else:
        cannot(turn, role, reply, target)
    return True


def cannot(turn: PairingTurn, role: Role, reply: ReplySeen, target: Meeting) -> None:
    """It falls out, and can be taken back for a day, or until it would have begun."""
    fall_out(turn, target, role, gone=False)
    until = turn.now + timedelta(days=1)
    name, mail = str(target.origin), short(reply.message_id)
    last = min(until, target.start)
    remember(turn, Undo("skip", role, turn.now, last, target, name=name, mail=mail))
    answer(turn, role, reply, "skip", undo=last == until)


def _leave_out(
    turn: PairingTurn, role: Role, meeting: Meeting, proposal: Proposal | None = None
) -> None:
    until, name = until_before(turn, meeting.start), str(meeting.origin)
    remember(turn, Undo("skip", role, turn.now, until, meeting, proposal, name))
    leave_out(turn, meeting, "choice")
    left = next((m for m in turn.state.meetings if m.origin == meeting.origin), None)
    if left and left.standing == "skipped":
        left = replace(left, said_by=role)
        if left.cancelled_by is None:
            late = meeting.start - turn.now < timedelta(hours=turn.program.notice_hours)
            left = replace(left, cancelled_by=role, cancelled_at=turn.now, late=late)
        put_meeting(turn, left)


def _leaves_out(turn: PairingTurn, reply: ReplySeen, proposal: Proposal) -> bool:
    """Whether SKIP is said to this question, and not to a letter about a meeting that stands."""
    origin = origin_of(reply.answers)
    named = next((m for m in turn.state.meetings if m.origin == origin), None)
    if named is None or named.origin == proposal.origin:
        return True
    return not (named.stands and named.end > turn.now)


def move(turn: PairingTurn, role: Role, reply: ReplySeen) -> bool:
    """MOVE starts a question; where that cannot be asked at once, the word is answered by itself."""
    target, proposal = meeting_meant(turn, reply), turn.state.proposal
    if target is None:
        return False
    if target.start - turn.now < timedelta(hours=turn.program.no_change_hours):
        answer(turn, role, reply, "too-late", start=iso(target.start))
        return True
    if proposal and proposal.origin == target.origin:
        if proposal.asked != role:  # the other one has the times already
            _looked_for(turn, role, reply, target)
        return proposal.asked != role
    put_meeting(turn, replace(target, asked_by=role, changed_at=turn.now))
    until = turn.now + timedelta(days=1)
    remember(turn, Undo("move", role, turn.now, until, target, name=str(target.origin)))
    if role == "mentor" or proposal or quiet(turn.now, hours_of(turn, role)):
        _looked_for(turn, role, reply, target, undo=True)
    return True


def _looked_for(
    turn: PairingTurn, role: Role, reply: ReplySeen, target: Meeting, *, undo: bool = False
) -> None:
    """The answer names its 1:1, so that UNDO said to it means that one."""
    acknowledge(
        turn, role, "move", f"{target.origin}#{short(reply.message_id)}", answers=reply.message_id,
        thread=reply.thread, index=reply.index, undo=undo,
    )  # fmt: skip


def meet(turn: PairingTurn, role: Role, reply: ReplySeen) -> bool:
    """MEET although a break, a holiday or somebody's word leaves it out: a time for it is looked for."""
    first = _left_out_meant(turn, reply) or next_left_out(turn) or _next_dropped(turn)
    if first is None:
        answer(turn, role, reply, "meet-later")
        return True
    put_meeting(turn, replace(first, asked_by=role, changed_at=turn.now))
    answer(turn, role, reply, "meet", start=iso(first.start))
    return True
