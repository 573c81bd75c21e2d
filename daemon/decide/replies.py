"""Replies: what follows from what a person wrote (RULES 8 and 11).

Not the reading of a mail: daemon/mail/reading has already told commands from words. Not the words kept for
the pair: words.py.
"""

from __future__ import annotations

from datetime import timedelta

from daemon.decide.acknowledging import answer, unclear
from daemon.decide.afterwards import reply_afterwards
from daemon.decide.answers import about_a_question, follow, number_of, question_meant, shown
from daemon.decide.breaks import next_left_out
from daemon.decide.choosing import LISTS, REGULAR, choose, keep, none, proposal_meant
from daemon.decide.keys import origin_of, person_of, short, touchpoint_of
from daemon.decide.meetings import close, leave_out, upcoming
from daemon.decide.moment import quiet
from daemon.decide.oneself import of_oneself, taken_back
from daemon.decide.promised import WELCOMES, about_unclear, reader_of_words
from daemon.decide.questions import asked
from daemon.decide.regular import look_again
from daemon.decide.seen import PairingTurn, fall_out, put_meeting
from daemon.decide.still_good import heard
from daemon.decide.stopping import ask_whether_to_leave
from daemon.decide.terms import terms
from daemon.decide.turn import iso
from daemon.decide.undo import find_undo, remember, take_back, until_before
from daemon.decide.welcome import answer_welcome
from daemon.decide.wishes import wish_cadence
from daemon.decide.words import keep_words, took_place
from daemon.domain.meeting import Meeting
from daemon.domain.observation import ReplySeen, Said
from daemon.domain.pair import Undo
from daemon.domain.people import Role
from daemon.domain.proposal import Proposal
from daemon.domain.value import replace

PROPOSALS = (*LISTS, "regular-time")


def reply_seen(turn: PairingTurn, reply: ReplySeen) -> None:
    """One mail from one of the two: first its commands, then its words."""
    role = turn.state.line.role_of(reply.person)
    if role is None or not reply.verified:
        turn.because("a reply that is not verified changes nothing")
        return
    if turn.state.standing == "closed":
        reply_afterwards(turn, role, reply)
        return
    heard(turn, role, turn.now)
    understood = [_command(turn, role, reply, said) for said in reply.said]
    _words(turn, role, reply, any(understood))


def _words(turn: PairingTurn, role: Role, reply: ReplySeen, understood: bool) -> None:
    """Words reach whom the letter that they answer has named, and nobody else; words that nobody reads are
    kept by nobody, and whoever wrote them is asked what was meant."""
    words = bool(reply.text or reply.private or reply.todos)
    reader = reader_of_words(reply.answers, reply.thread)
    if reader == "pair" and words:
        keep_words(turn, role, reply)
        return
    if reader == "contact" and words:
        first = turn.state.line.person(role).first
        turn.tell("for-contact", reason="words that only the contact reads", first=first)
    if understood or not (words or reply.said):
        return
    about = _unclear_about(turn, role, reply)
    if reader == "contact" and words and about == "other":
        answer(turn, role, reply, "for-contact")
    else:
        question = question_meant(turn, role, reply) if about == "question" else None
        unclear(turn, role, reply, about, question)


def _unclear_about(turn: PairingTurn, role: Role, reply: ReplySeen) -> str:
    """What the letter that was answered has asked, and still asks."""
    touchpoint = touchpoint_of(reply.answers)
    meant = question_meant(turn, role, reply)
    if about_a_question(reply.answers):
        return "question" if meant else "closed-list"
    if meant and person_of(reply.thread):  # a mail in somebody's own thread that cites no letter
        return "question"
    proposal = proposal_meant(turn, role, reply)
    before = about_unclear(reply.answers)[0] if touchpoint == "unclear" else ""
    listed = touchpoint in (*LISTS, *REGULAR) or before in ("proposal", "closed-list")
    if proposal and (listed or proposal.origin == origin_of(reply.answers) is not None):
        return "proposal"
    if touchpoint in PROPOSALS:
        return "closed-list"
    welcome = touchpoint in WELCOMES or before == "welcome"
    return "welcome" if welcome and turn.state.standing == "invited" else "other"


def _command(turn: PairingTurn, role: Role, reply: ReplySeen, said: Said) -> bool:
    """Whether the command was understood (and followed, or answered with a reason)."""
    question = question_meant(turn, role, reply)
    if question is not None:
        number = number_of(question, said)
        if number:
            outcome = follow(turn, question, number, said)
            answer(turn, role, reply, outcome.what, **outcome.facts)
            return True
    elif about_a_question(reply.answers) and said.word in ("choose", "yes", "no", "keep"):
        unclear(turn, role, reply, "closed-list")
        return True
    match said.word:
        case "choose":
            return choose(turn, role, reply, said)
        case "none":
            return none(turn, role, reply)
        case "keep":
            return keep(turn, role, reply)
        case "skip":
            return _skip(turn, role, reply)
        case "move":
            return _move(turn, role, reply)
        case "meet":
            return _meet(turn, role, reply)
        case "done":
            return _done(turn, role, reply, said)
        case "undo":
            return _undo(turn, role, reply)
        case "yes" | "no":
            return _yes_or_no(turn, role, reply, said.word == "yes")
        case "away" | "pause" | "resume" | "zone":
            return of_oneself(turn, role, reply, said)
        case "cadence":
            return _cadence(turn, role, reply, said)
        case "leave" if turn.state.standing == "invited":
            return _yes_or_no(turn, role, reply, False)
        case "leave":
            ask_whether_to_leave(turn, role, short(reply.message_id))
            return True
        case _:
            turn.tell("for-contact", reason="a word that only a person can answer", word=said.text)
            answer(turn, role, reply, "for-contact", items=[said.text])
            return True


# --- one meeting


def _target(turn: PairingTurn, reply: ReplySeen) -> Meeting | None:
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


def _skip(turn: PairingTurn, role: Role, reply: ReplySeen) -> bool:
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
    target = _target(turn, reply)
    if target is None:
        if touchpoint_of(reply.answers) in PROPOSALS:
            unclear(turn, role, reply, "closed-list")
        return touchpoint_of(reply.answers) in PROPOSALS
    if role == "mentee":
        _leave_out(turn, role, target)
    else:
        fall_out(turn, target, role, gone=False)
        answer(turn, role, reply, "skip")
    return True


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


def _move(turn: PairingTurn, role: Role, reply: ReplySeen) -> bool:
    """MOVE starts a question; where that cannot be asked at once, the word is answered by itself."""
    target, proposal = _target(turn, reply), turn.state.proposal
    if target is None:
        return False
    if target.start - turn.now < timedelta(hours=turn.program.no_change_hours):
        answer(turn, role, reply, "too-late", start=iso(target.start))
        return True
    if proposal and proposal.origin == target.origin:
        if proposal.asked != role:  # the other one has the times already
            answer(turn, role, reply, "move")
        return proposal.asked != role
    put_meeting(turn, replace(target, asked_by=role, changed_at=turn.now))
    until = turn.now + timedelta(days=1)
    remember(turn, Undo("move", role, turn.now, until, target, name=str(target.origin)))
    zone = turn.zone(turn.state.line.person(role).zone)
    if role == "mentor" or proposal or quiet(turn.now, zone, turn.program):
        answer(turn, role, reply, "move", undo=True)
    return True


def _meet(turn: PairingTurn, role: Role, reply: ReplySeen) -> bool:
    """MEET although a break or a holiday leaves it out: a time inside it is looked for."""
    first = next_left_out(turn)
    if first is None:
        answer(turn, role, reply, "meet-later")
        return True
    put_meeting(turn, replace(first, asked_by=role, changed_at=turn.now))
    answer(turn, role, reply, "meet", start=iso(first.start))
    return True


def _done(turn: PairingTurn, role: Role, reply: ReplySeen, said: Said) -> bool:
    open_actions = {a.letter: a for a in turn.state.actions if a.done_at is None}
    found = [letter for letter in said.letters if letter in open_actions]
    if not found:
        return False
    turn.state = replace(
        turn.state,
        actions=tuple(
            replace(a, done_at=turn.now) if a.letter in found else a for a in turn.state.actions
        ),
    )
    until = turn.now + timedelta(days=1)
    remember(turn, Undo("done", role, turn.now, until, name=" ".join(found)))
    items = [open_actions[letter].text for letter in found]
    answer(turn, role, reply, "done", items=items, undo=True)
    return True


def _yes_or_no(turn: PairingTurn, role: Role, reply: ReplySeen, yes: bool) -> bool:
    touchpoint = touchpoint_of(reply.answers)
    if turn.state.standing == "invited":
        if role == "mentee" and yes and turn.state.proposal:
            return False  # which of the times?
        if role == "mentee" and yes and look_again(turn, role, "welcome-mentee"):
            return True  # none that they knew is offered any more
        answer_welcome(turn, role, yes)
        if not yes:
            answer(turn, role, reply, "no")
        elif role == "mentor" and not turn.state.mentee_yes:
            # who hears no more until the mentee has said
            answer(turn, role, reply, "yes")
        return True
    if touchpoint != "notes":
        proposal = proposal_meant(turn, role, reply) if yes else None
        return bool(proposal and proposal.cause == "moved") and keep(turn, role, reply)
    origin = origin_of(reply.answers)
    meeting = next((m for m in turn.state.meetings if m.origin == origin), None)
    corrigible = timedelta(days=turn.program.correct_within_days)
    if meeting is None or not meeting.end <= turn.now < meeting.end + corrigible:
        return False
    took_place(turn, role, reply, meeting, yes)
    return True


# --- oneself, and the pairing as a whole


def _cadence(turn: PairingTurn, role: Role, reply: ReplySeen, said: Said) -> bool:
    if not wish_cadence(turn, role, said.text, short(reply.message_id)):
        answer(turn, role, reply, "cadence-no")
        return True
    question = asked(turn, "wish")
    if question:
        answer(turn, role, reply, "wish", **shown(question))
    else:  # the other one had asked for the very same
        step = terms(turn.state, turn.program).step
        answer(turn, role, reply, "wish-1", weeks=step.weeks, months=step.months)
    return True


def _undo(turn: PairingTurn, role: Role, reply: ReplySeen) -> bool:
    """Within its time it is taken back; UNDO of a move after that is read as MOVE (RULES 7)."""
    undo = find_undo(turn, role, reply)
    if undo and take_back(turn, undo):
        start = iso(undo.before.start) if undo.before else None
        answer(turn, role, reply, f"undone-{undo.what}", start=start)
        taken_back(turn, role, undo)
        return True
    target = _target(turn, reply) if touchpoint_of(reply.answers) == "moved" else None
    if target and target.origin == origin_of(reply.answers):
        return _move(turn, role, reply)
    answer(turn, role, reply, "undo-late")
    return True
