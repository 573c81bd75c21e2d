"""Looking: is something else on a person's calendar now where a 1:1 stands? (RULES 5, rows 10 and 10a)

Not a cancellation: the 1:1 stands whatever lies on top of it, and only that person is asked.
"""

from __future__ import annotations

from datetime import timedelta

from daemon.decide.absence import ask_about_absence, stays_anyway
from daemon.decide.keys import short
from daemon.decide.questions import asked, close_question, open_question
from daemon.decide.searching import busy_at, covering
from daemon.decide.seen import PairingTurn, put_meeting
from daemon.decide.turn import iso
from daemon.domain.meeting import Meeting, Slot
from daemon.domain.observation import BusyInterval
from daemon.domain.people import ROLES, Role
from daemon.domain.question import Question
from daemon.domain.value import replace

LOOK_BEFORE_ANSWER = timedelta(hours=26)
"""So long before it is too late to ask, a 1:1 is looked at once more: early enough to be answered."""
NOT_NAMED = ("local", "none")
"""With a calendar of the program: kinds of mentors who have connected no calendar of their own."""
OWN_PRIORITY = 5
"""What has at least the priority of the 1:1 itself lies on top of it (DESIGN 5)."""


def look_at_meetings(turn: PairingTurn) -> None:
    """Hold what stands against both people's busy time: when a calendar stirred, and once before it is
    too late to ask. Where both only show when they are busy, what lies on a 1:1 cannot be told from it."""
    line = turn.state.line
    if line.organizer and line.mentor.calendar in NOT_NAMED:
        return
    for meeting in turn.state.meetings:
        latest = meeting.start - timedelta(hours=turn.program.clash_answer_hours)
        if meeting.stands and meeting.place and turn.now < latest and _is_time(turn, meeting):
            _look(turn, meeting)


def _is_time(turn: PairingTurn, meeting: Meeting) -> bool:
    latest = meeting.start - timedelta(hours=turn.program.clash_answer_hours)
    once = latest - LOOK_BEFORE_ANSWER
    due = turn.watch.reached(once) and (meeting.looked_at is None or meeting.looked_at < once)
    return due or (turn.stirred is not None and meeting.looked_at != turn.stirred)


def _look(turn: PairingTurn, meeting: Meeting) -> None:
    seen = busy_at(turn, meeting)
    if seen is None:
        put_meeting(turn, replace(meeting, looked_at=None))  # what stirred may be right here
        return
    put_meeting(turn, replace(meeting, looked_at=turn.stirred or turn.now))
    for role in ROLES:
        known = seen.get(turn.state.line.person(role).address)
        on_top = [each for each in known or () if _lies_on(turn, meeting, each)]
        if known is not None:
            _think_better(turn, meeting, role, {_name(role, each) for each in on_top})
        for each in on_top:
            _found(turn, meeting, role, each)


def _lies_on(turn: PairingTurn, meeting: Meeting, each: BusyInterval) -> bool:
    """Whether this is something else, and no less than the 1:1 itself. Where a provider names no sources,
    what takes the very same time is the 1:1."""
    own = {m.place.uid for m in turn.state.meetings if m.place}
    own |= {hand.place.uid for hand in turn.state.hand_made}  # who meets whom anyway is no clash
    itself = each.source in own or (not each.source and Slot(each.start, each.end) == meeting.slot)
    on_top = each.start < meeting.end and meeting.start < each.end
    return on_top and not itself and each.priority >= OWN_PRIORITY


def _name(role: Role, each: BusyInterval) -> str:
    return short(f"{each.source or iso(each.start)} {role}")


def _think_better(turn: PairingTurn, meeting: Meeting, role: Role, there: set[str]) -> None:
    """What is gone again before its letter went is not asked about: most of that is a slip at night."""
    for question in turn.state.questions:
        same = question.kind == "clash" and question.role == role
        if same and question.told_at is None:
            about = question.occasion.partition("#")[0] == str(meeting.origin)
            if about and question.facts["source"] not in there:
                close_question(turn, question)


def _found(turn: PairingTurn, meeting: Meeting, role: Role, each: BusyInterval) -> None:
    name = _name(role, each)
    if name in turn.state.double_booked or (role == "mentee" and _was_dragged(turn, meeting)):
        return
    if each.away and each.end - each.start >= timedelta(days=turn.program.absence_days) * 0.95:
        ask_about_absence(turn, role, each, name)
        return
    latest = meeting.start - timedelta(hours=turn.program.clash_answer_hours)
    open_question(
        turn, "clash", role, f"{meeting.origin}#{role}-{iso(meeting.start)}", answer_by=latest,
        facts={"start": iso(meeting.start), "source": name},
    )  # fmt: skip


def _was_dragged(turn: PairingTurn, meeting: Meeting) -> bool:
    """Whether the mentor's hand has moved it, and row 7 is about to ask the mentee about that."""
    by_hand = meeting.standing == "moved" and meeting.moved_by == "mentor"
    return by_hand and not meeting.checked and turn.state.proposal is None


def asked_by_hand(turn: PairingTurn, meeting: Meeting, role: Role) -> None:
    """What lies on a 1:1 that was dragged there is asked about by the question about that move (row 7), once."""
    seen = covering(turn, meeting.slot)
    known = seen.busy.get(turn.state.line.person(role).address) if seen else None
    for each in known or ():
        if _lies_on(turn, meeting, each):
            stays_anyway(turn, _name(role, each))


def answered_clash(turn: PairingTurn, question: Question, number: int) -> None:
    """1 keep · 2 another time."""
    close_question(turn, question)
    meeting = _meeting(turn, question)
    if number == 1:
        keep_double(turn, question)
    elif meeting and meeting.stands:
        put_meeting(turn, replace(meeting, asked_by=question.role, changed_at=turn.now))


def keep_double(turn: PairingTurn, question: Question) -> None:
    """Double-booking is often intended: the same event is not asked about again."""
    stays_anyway(turn, str(question.facts.get("source", "")))
    turn.because(f"{question.occasion}: kept as it is")
    if asked(turn, question.kind, question.occasion):
        close_question(turn, question)


def drop_clashes(turn: PairingTurn) -> None:
    """A question about a meeting that has another time, or fell out, is asked no more."""
    for question in turn.state.questions:
        if question.kind == "clash":
            meeting = _meeting(turn, question)
            if not meeting or not meeting.stands or iso(meeting.start) != question.facts["start"]:
                close_question(turn, question)


def _meeting(turn: PairingTurn, question: Question) -> Meeting | None:
    name = question.occasion.partition("#")[0]
    return next((m for m in turn.state.meetings if str(m.origin) == name), None)
