"""Invited: what follows from an answer that a guest's calendar program has mailed (RULES 5, rows 2, 9, 11 and 12).

Not the same answer seen on a calendar (seen.py, rewalled.py), though it means the same (TRAPS 99). Not the question
about a proposed time: offering.py opens it, and nothing is ever moved before it is answered.
"""

from __future__ import annotations

from datetime import timedelta

from daemon.decide.acknowledging import acknowledge
from daemon.decide.countered import DAY, decline, note_counter
from daemon.decide.gone import guest_back, whole_series_declined
from daemon.decide.keys import short
from daemon.decide.rsvps import note_answer
from daemon.decide.seen import PairingTurn, fall_out, meeting_at, put_meeting, restore
from daemon.decide.turn import iso
from daemon.domain.invitation import AnswerSeen, CounterSeen
from daemon.domain.meeting import Meeting, Override, Series, Wished
from daemon.domain.people import Role
from daemon.domain.value import replace

PROPOSED_MAX = timedelta(hours=8)
"""What is proposed for longer than that is a slip, and no 1:1."""


def answer_seen(turn: PairingTurn, seen: AnswerSeen) -> None:
    """Yes, no or perhaps, to one 1:1 or to all of them."""
    role = turn.state.line.role_of(seen.person)
    if role is None or turn.state.standing not in ("active", "closing"):
        turn.because("an answer to an invitation that is no longer ours to follow")
        return
    turn.signs.append(role)
    series = next((s for s in turn.state.series if s.uid == seen.place.uid), None)
    meeting = next((m for m in turn.state.meetings if m.place == seen.place), None)
    if meeting is not None and _is_stale(meeting, seen):
        turn.because(f"{meeting.origin}: an answer to a time that it no longer has")
        return
    if series or meeting:
        note_answer(turn, role, seen)
    if series and not seen.place.recurrence:
        _of_all(turn, role, series, seen)
    elif meeting is None:
        if series and seen.partstat == "DECLINED":
            _far_ahead(turn, role, series, seen)
    else:
        _of_one(turn, role, meeting, seen)


def _is_stale(meeting: Meeting, seen: AnswerSeen) -> bool:
    """A late answer says nothing of the time that it has now (trap_28)."""
    return _before_the_move(meeting, seen) or seen.about not in (None, meeting.start)


def _before_the_move(meeting: Meeting, seen: AnswerSeen | CounterSeen) -> bool:
    # a program that answers by itself does so within the second, and a DTSTAMP has no parts of one
    moved_at = meeting.moved_at and meeting.moved_at.replace(microsecond=0)
    return bool(moved_at and seen.given_at and seen.given_at < moved_at)


def _of_one(turn: PairingTurn, role: Role, meeting: Meeting, seen: AnswerSeen) -> None:
    proposal = turn.state.proposal
    on_its_way = proposal and proposal.origin == meeting.origin and proposal.picked
    if seen.partstat == "DECLINED":
        fall_out(turn, meeting, role, gone=False)
    elif seen.partstat == "ACCEPTED" and meeting.standing == "cancelled" and not on_its_way:
        if meeting.cancelled_by == role and not meeting.gone and turn.now < meeting.start:
            restore(turn, meeting)  # the no before it is taken back


def _of_all(turn: PairingTurn, role: Role, series: Series, seen: AnswerSeen) -> None:
    if series.standing != "put":
        return
    if seen.partstat == "DECLINED":
        whole_series_declined(turn, series, role)
    elif seen.partstat == "ACCEPTED" and series.declined_by == role:
        guest_back(turn, series)


def _far_ahead(turn: PairingTurn, role: Role, series: Series, seen: AnswerSeen) -> None:
    """Of an occurrence that is no meeting yet only the mentee's no is remembered until it becomes one."""
    recurrence = seen.place.recurrence
    if role == "mentee" and recurrence > series.known_to and seen.about:
        end = seen.about + timedelta(minutes=series.rule.length_minutes)
        no = Override(recurrence, seen.about, end, declined=True)
        kept = tuple(o for o in series.overrides if o.recurrence != recurrence)
        changed = replace(series, overrides=(*kept, no))
        turn.state = replace(
            turn.state,
            series=tuple(changed if s.uid == series.uid else s for s in turn.state.series),
        )


# --- another time is proposed


def counter_seen(turn: PairingTurn, seen: CounterSeen) -> None:
    """Row 12: a wish. The other one is asked, with that time first; it stands as it is until they have said yes."""
    role = turn.state.line.role_of(seen.person)
    if role is None or turn.state.standing not in ("active", "closing"):
        turn.because("a time is proposed for what is no longer ours to move")
        return
    turn.signs.append(role)
    meeting = next((m for m in turn.state.meetings if m.place == seen.place), None)
    if meeting is None:
        _of_no_meeting(turn, role, seen)
        return
    if turn.now >= meeting.end:
        turn.because(f"{meeting.origin}: a time is proposed for what is over")
        return
    if _before_the_move(meeting, seen):
        turn.because(f"{meeting.origin}: another time than one that it no longer has is proposed")
        return
    note_counter(turn, role, meeting, seen)
    if meeting.stands and seen.partstat == "DECLINED":
        fall_out(turn, meeting, role, gone=False)  # "no, and rather then"
        meeting = meeting_at(turn, meeting)
    _wish(turn, role, meeting, seen)


def _of_no_meeting(turn: PairingTurn, role: Role, seen: CounterSeen) -> None:
    """Another regular time is for a person to settle; a single 1:1 far ahead is not talked about yet, which is said."""
    series = next((s for s in turn.state.series if s.uid == seen.place.uid), None)
    if series and not seen.place.recurrence:
        reason = "another regular time is proposed in a calendar program"
        first = turn.state.line.person(role).first
        turn.tell("for-contact", reason=reason, word="NEW TIME", first=first)
        acknowledge(turn, role, "for-contact", short(seen.message_id), answers=seen.message_id)
    elif series and seen.place.recurrence > series.known_to:
        acknowledge(turn, role, "counter-later", short(seen.message_id), answers=seen.message_id)
    else:
        turn.because("a time is proposed for no 1:1 that is to come")
        return
    decline(turn, role, seen.place, short(seen.message_id), turn.now + DAY)


def _wish(turn: PairingTurn, role: Role, meeting: Meeting, seen: CounterSeen) -> None:
    proposal = turn.state.proposal
    if meeting.standing not in ("planned", "moved", "cancelled") or meeting.settled_by:
        turn.because(f"{meeting.origin}: a time is proposed for what is settled")
        return
    if seen.start == meeting.start and meeting.stands:
        turn.because(f"{meeting.origin}: the time that it has anyway is proposed")
        return
    if proposal and proposal.origin == meeting.origin:
        turn.because(f"{meeting.origin}: a time is proposed while others are on offer already")
        return
    hours = timedelta(hours=turn.program.no_change_hours)
    if meeting.stands and meeting.start - turn.now < hours:
        acknowledge(
            turn, role, "too-late", short(seen.message_id), answers=seen.message_id,
            start=iso(meeting.start),
        )  # fmt: skip
        return
    wished = Wished(seen.start, seen.end, role) if _can_be(turn, seen) else None
    asked_by = role if meeting.stands else meeting.asked_by
    put_meeting(turn, replace(meeting, asked_by=asked_by, changed_at=turn.now, wished=wished))
    occasion = f"{meeting.origin}#{short(seen.message_id)}"
    if wished:
        acknowledge(turn, role, "counter", occasion, answers=seen.message_id, start=iso(seen.start))
    else:
        acknowledge(turn, role, "move", occasion, answers=seen.message_id)
    turn.because(f"{meeting.origin}: the {role} proposes another time: the other one is asked")


def _can_be(turn: PairingTurn, seen: CounterSeen) -> bool:
    """Some programs propose the moment at which they were asked (trap_29): then other times are looked for."""
    closes = timedelta(hours=turn.program.slot_closes_hours)
    length = seen.end - seen.start
    return seen.start > turn.now + closes and timedelta() < length <= PROPOSED_MAX
