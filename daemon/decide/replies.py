"""Replies: what follows from what a person wrote (RULES 8 and 11).

Not the reading of a mail: daemon/mail/reading has already told commands from words.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from daemon.decide.keys import origin_of, short, touchpoint_of
from daemon.decide.lifecycle import answer_welcome
from daemon.decide.meetings import close, leave_out, upcoming
from daemon.decide.moment import quiet
from daemon.decide.seen import PairingTurn, fall_out, put_meeting
from daemon.decide.turn import iso
from daemon.domain.effect import SendLetter
from daemon.domain.meeting import Meeting, Origin
from daemon.domain.observation import ReplySeen, Said
from daemon.domain.people import Role
from daemon.domain.proposal import Proposal
from daemon.domain.thread import Action, AgendaLine, Note
from daemon.domain.world import Mark

WELCOMES = ("welcome-mentee", "welcome-mentor-connected", "setup-nudge")
PROPOSALS = ("proposal", "proposal-nudge", "slot-gone")
NOTE_CHARACTERS_MAX = 4000
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def reply_seen(turn: PairingTurn, reply: ReplySeen) -> None:
    """One mail from one of the two: first its commands, then its words."""
    role = turn.state.line.role_of(reply.person)
    if role is None or not reply.verified:
        turn.because("a reply that is not verified changes nothing")
        return
    if turn.state.standing == "closed":
        turn.because("a reply after the end changes nothing")
        return
    understood = [_command(turn, role, reply, said) for said in reply.said]
    words = bool(reply.text or reply.private or reply.todos)
    touchpoint = touchpoint_of(reply.answers)
    if touchpoint in (*PROPOSALS, *WELCOMES):
        if not any(understood) and words:
            _unclear(turn, role, reply, "proposal" if touchpoint in PROPOSALS else "welcome")
        if touchpoint in WELCOMES and words:  # those letters say that the contact answers
            first = turn.state.line.person(role).first
            turn.tell("for-contact", reason="own words to a welcome", first=first)
        return
    if words:
        _keep_words(turn, role, reply)
    elif not any(understood) and reply.said:
        _unclear(turn, role, reply, "other")


def _command(turn: PairingTurn, role: Role, reply: ReplySeen, said: Said) -> bool:
    """Whether the command was understood (and followed, or answered with a reason)."""
    match said.word:
        case "choose":
            return _choose(turn, role, reply, said)
        case "none":
            return _none(turn, role, reply)
        case "skip":
            return _skip(turn, role, reply)
        case "move":
            return _move(turn, role, reply)
        case "done":
            return _done(turn, role, reply, said)
        case "yes" | "no":
            return _yes_or_no(turn, role, reply, said.word == "yes")
        case _:
            turn.tell("for-contact", reason="a word that only a person can answer", word=said.text)
            _ack(turn, role, reply, "for-contact", [said.text])
            return True


def _choose(turn: PairingTurn, role: Role, reply: ReplySeen, said: Said) -> bool:
    """A number counts only against the list of the letter it answers (RULES 7)."""
    proposal = turn.state.proposal
    if not proposal or proposal.chooser != role or not _is_about(reply, proposal.origin):
        if _already_booked(turn, reply, said):
            return True
        had_a_list = proposal or touchpoint_of(reply.answers) in (*PROPOSALS, "unclear")
        _unclear(turn, role, reply, "closed-list" if had_a_list else "other")
        return True
    if proposal.picked or proposal.standing != "open":
        turn.because("an answer was already being carried out")
        return True
    offers = {offer.number: offer for offer in proposal.current}
    number = next((n for n in said.numbers if n in offers), 0)
    if not number:
        _unclear(turn, role, reply, "closed-list")
        return True
    picked = replace(
        proposal, picked=number, picked_at=turn.now, said=said.text[:40] or str(number),
        answered=reply.message_id, renew="",
    )  # fmt: skip
    turn.state = replace(turn.state, proposal=picked)
    turn.because(f"{proposal.origin}: option {number} was chosen")
    return True


def _is_about(reply: ReplySeen, origin: Origin) -> bool:
    """A reply that cites a proposal counts for that one; any other for the only open one."""
    if touchpoint_of(reply.answers) not in PROPOSALS:
        return True
    return origin_of(reply.answers) == origin


def _already_booked(turn: PairingTurn, reply: ReplySeen, said: Said) -> bool:
    """The same answer sent twice: the first was carried out, and its `moved` letter says so."""
    for closed in turn.state.closed_proposals:
        if closed.standing == "accepted" and closed.picked in said.numbers:
            if touchpoint_of(reply.answers) in PROPOSALS and closed.origin == origin_of(
                reply.answers
            ):
                turn.because("the same answer again")
                return True
    return False


def _none(turn: PairingTurn, role: Role, reply: ReplySeen) -> bool:
    proposal = turn.state.proposal
    if not proposal or proposal.chooser != role or not _is_about(reply, proposal.origin):
        if touchpoint_of(reply.answers) in PROPOSALS:
            _unclear(turn, role, reply, "closed-list")
            return True
        return False
    if proposal.picked:
        return False
    closed = tuple(replace(offer, open=False) for offer in proposal.offers)
    turn.state = replace(turn.state, proposal=replace(proposal, renew="none", offers=closed))
    turn.because(f"{proposal.origin}: none of the times fits")
    return True


def _target(turn: PairingTurn, reply: ReplySeen) -> Meeting | None:
    """The meeting a command is about: the one its letter is about, else the next. What was said about
    one that has fallen out meanwhile is not taken for the next."""
    origin = origin_of(reply.answers)
    named = next((m for m in turn.state.meetings if m.origin == origin), None)
    if named and named.stands and named.end > turn.now:
        return named
    return None if named and _only_about_it(reply) else upcoming(turn)


def _only_about_it(reply: ReplySeen) -> bool:
    touchpoint = touchpoint_of(reply.answers)
    return touchpoint in PROPOSALS or touchpoint.startswith("prep-")


def _skip(turn: PairingTurn, role: Role, reply: ReplySeen) -> bool:
    """SKIP of the chooser leaves it out; of the other side it means "can't" (RULES 11)."""
    proposal = turn.state.proposal
    if proposal and proposal.chooser == role and not proposal.booked:
        if _leaves_out(turn, reply, proposal):
            close(turn, replace(proposal, standing="declined"))
            meeting = next((m for m in turn.state.meetings if m.origin == proposal.origin), None)
            if meeting:
                leave_out(turn, meeting, "choice")
            return True
    target = _target(turn, reply)
    if target is None:
        if touchpoint_of(reply.answers) in PROPOSALS:
            _unclear(turn, role, reply, "closed-list")
        return touchpoint_of(reply.answers) in PROPOSALS
    if role == "mentee":
        leave_out(turn, target, "choice")
    else:
        fall_out(turn, target, role, gone=False)
        _ack(turn, role, reply, "skip", [])
    return True


def _leaves_out(turn: PairingTurn, reply: ReplySeen, proposal: Proposal) -> bool:
    """Whether SKIP is said to this question, and not to a letter about a meeting that stands."""
    if not _is_about(reply, proposal.origin):
        return False
    origin = origin_of(reply.answers)
    named = next((m for m in turn.state.meetings if m.origin == origin), None)
    other_one = named is not None and named.origin != proposal.origin
    return not (other_one and named and named.stands and named.end > turn.now)


def _move(turn: PairingTurn, role: Role, reply: ReplySeen) -> bool:
    """MOVE starts a question; where that cannot be asked at once, the word is answered by itself."""
    target, proposal = _target(turn, reply), turn.state.proposal
    if target is None or target.start - turn.now < timedelta(hours=2):
        return False
    if proposal and proposal.origin == target.origin:
        return False
    put_meeting(turn, replace(target, asked_by=role, changed_at=turn.now))
    zone = turn.zone(turn.state.line.person(role).zone)
    if role == "mentor" or proposal or quiet(turn.now, zone, turn.program):
        _ack(turn, role, reply, "move", [])
    return True


def _done(turn: PairingTurn, role: Role, reply: ReplySeen, said: Said) -> bool:
    open_actions = {a.letter: a for a in turn.state.actions if a.done_at is None}
    found = [letter for letter in said.letters if letter in open_actions]
    if not found:
        return False
    turn.state = replace(
        turn.state,
        actions=tuple(
            replace(a, done_at=turn.now) if a.letter in found and a.done_at is None else a
            for a in turn.state.actions
        ),
    )
    _ack(turn, role, reply, "done", [open_actions[letter].text for letter in found])
    return True


def _yes_or_no(turn: PairingTurn, role: Role, reply: ReplySeen, yes: bool) -> bool:
    touchpoint = touchpoint_of(reply.answers)
    if turn.state.standing == "invited":
        answer_welcome(turn, role, yes)
        if not yes:
            _ack(turn, role, reply, "no", [])
        return True
    if touchpoint != "notes":
        return False
    origin = origin_of(reply.answers)
    meeting = next((m for m in turn.state.meetings if m.origin == origin), None)
    corrigible = timedelta(days=turn.program.correct_within_days)
    if meeting is None or not meeting.end <= turn.now < meeting.end + corrigible:
        return False
    if yes and role == "mentee" and meeting.standing == "missed":
        meeting = replace(meeting, standing="held")  # a NO of before is corrected
        turn.because(f"{meeting.origin}: did take place after all, says the mentee")
    _took_place(turn, role, reply, meeting, yes)
    return True


def _took_place(
    turn: PairingTurn, role: Role, reply: ReplySeen, meeting: Meeting, yes: bool
) -> None:
    """RULES 4: a mentee's NO comes first, then anybody's yes, then a mentor's NO."""
    if yes and meeting.standing in ("planned", "moved", "held"):
        put_meeting(turn, replace(meeting, standing="held", evidence="confirmed"))
        turn.because(f"{meeting.origin}: took place, says the {role}")
    elif not yes and meeting.standing in ("planned", "moved", "held"):
        if role == "mentor" and meeting.evidence == "confirmed":
            return
        put_meeting(
            turn,
            replace(meeting, standing="missed", evidence="", changed_at=turn.now, settled_by=""),
        )
        turn.because(f"{meeting.origin}: did not take place, says the {role}")
        _ack(turn, role, reply, "missed", [])


def _keep_words(turn: PairingTurn, role: Role, reply: ReplySeen) -> None:
    """To a prep: an agenda line. To anything else: a note of the pair (RULES 8)."""
    meeting = _words_about(turn, reply)
    if meeting is None:
        _unclear(turn, role, reply, "other")
        return
    prep = touchpoint_of(reply.answers).startswith("prep-") and turn.now < meeting.start
    _keep_todos(turn, reply)
    for text, private in ((reply.text, False), (reply.private, True)):
        if not text:
            continue
        text = text[:NOTE_CHARACTERS_MAX]
        if prep:
            line = AgendaLine(meeting.origin, role, text, turn.now, private)
            turn.state = replace(turn.state, agenda=(*turn.state.agenda, line))
        else:
            note = Note(meeting.origin, role, text, turn.now, private)
            turn.state = replace(turn.state, notes=(*turn.state.notes, note))
            turn.kept.append(note)
            if not private:
                _first_note(turn, role, reply, meeting)
    if not prep and turn.now >= meeting.end:
        _took_place(turn, role, reply, _again(turn, meeting), True)


def _again(turn: PairingTurn, meeting: Meeting) -> Meeting:
    return next(m for m in turn.state.meetings if m.origin == meeting.origin)


def _words_about(turn: PairingTurn, reply: ReplySeen) -> Meeting | None:
    origin = origin_of(reply.answers)
    meetings = turn.state.meetings
    named = next((m for m in meetings if m.origin == origin), None)
    if named:
        return named
    past = [m for m in meetings if m.end <= turn.now]
    return max(past, key=lambda m: m.end, default=None) or upcoming(turn)


def _keep_todos(turn: PairingTurn, reply: ReplySeen) -> None:
    for owner, text in reply.todos:
        taken = {a.letter for a in turn.state.actions}
        letter = next((each for each in LETTERS if each not in taken), "z")
        role: Role = "mentor" if owner == "mentor" else "mentee"
        action = Action(letter, role, text[:200], turn.now)
        turn.state = replace(turn.state, actions=(*turn.state.actions, action))


def _first_note(turn: PairingTurn, role: Role, reply: ReplySeen, meeting: Meeting) -> None:
    earlier = [n for n in turn.state.notes if n.author == role and not n.private]
    person = turn.state.line.person(role)
    stem = turn.letter_stem("first-note", "ever", person.id)
    if len(earlier) == 1 and stem not in turn.marks:
        turn.marks[stem] = Mark(1, "", "settled", turn.now)
        letter = SendLetter(
            "first-note", person.id, {"start": iso(meeting.start)}, reply.message_id
        )
        turn.say(stem, letter, reason="a person's very first note is confirmed")


def _ack(turn: PairingTurn, role: Role, reply: ReplySeen, what: str, items: list[str]) -> None:
    person = turn.state.line.person(role)
    turn.say(
        turn.letter_stem("ack", f"{what}-{short(reply.message_id)}", person.id),
        SendLetter("ack", person.id, {"what": what, "items": items}, reply.message_id),
        reason=f"a command was read: {what}",
    )


def _unclear(turn: PairingTurn, role: Role, reply: ReplySeen, about: str) -> None:
    """Asked about once per mail, never guessed."""
    person = turn.state.line.person(role)
    proposal = turn.state.proposal
    offers = proposal.current if proposal and proposal.chooser == role else ()
    slots = [
        {"number": o.number, "start": iso(o.start), "end": iso(o.end), "usual": o.usual}
        for o in offers
    ]
    said = next((s.text for s in reply.said if s.text), "") or reply.text.split("\n")[0]
    turn.say(
        turn.letter_stem("unclear", short(reply.message_id), person.id),
        SendLetter(
            "unclear", person.id, {"said": said[:60], "about": about, "slots": slots},
            reply.message_id,
        ),
        reason=f"not understood ({about})",
    )  # fmt: skip
