"""Words: notes, topics and to-dos that a pair writes, and whether a meeting took place (RULES 4 and 8).

Not copies of them: copies.py.
"""

from __future__ import annotations

from datetime import timedelta

from daemon.decide.acknowledging import answer, unclear
from daemon.decide.keys import origin_of, touchpoint_of
from daemon.decide.meetings import upcoming
from daemon.decide.seen import PairingTurn, meeting_at, put_meeting
from daemon.decide.turn import iso
from daemon.decide.undo import PRIVATE, WORDS_DAYS, remember
from daemon.domain.effect import SendLetter
from daemon.domain.meeting import Meeting
from daemon.domain.observation import ReplySeen
from daemon.domain.pair import Undo
from daemon.domain.people import Role
from daemon.domain.thread import Action, AgendaLine, Note
from daemon.domain.value import replace
from daemon.domain.world import Mark

NOTE_CHARACTERS_MAX = 4000
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def keep_words(turn: PairingTurn, role: Role, reply: ReplySeen) -> None:
    """To a prep: an agenda line. To anything else: a note of the pair (RULES 8)."""
    meeting = _about(turn, reply)
    if meeting is None:
        unclear(turn, role, reply, "other")
        return
    prep = touchpoint_of(reply.answers).startswith("prep-") and turn.now < meeting.start
    _keep_todos(turn, role, reply)
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
    name = PRIVATE if reply.private and not (reply.text or reply.todos) else ""
    remember(turn, Undo("words", role, turn.now, turn.now + WORDS_DAYS, name=name))
    if not prep and turn.now >= meeting.end:
        took_place(turn, role, reply, meeting_at(turn, meeting), True)


def _about(turn: PairingTurn, reply: ReplySeen) -> Meeting | None:
    origin = origin_of(reply.answers)
    meetings = turn.state.meetings
    named = next((m for m in meetings if m.origin == origin), None)
    if named:
        return named
    past = [m for m in meetings if m.end <= turn.now]
    return max(past, key=lambda m: m.end, default=None) or upcoming(turn)


def _keep_todos(turn: PairingTurn, by: Role, reply: ReplySeen) -> None:
    for owner, text in reply.todos:
        taken = {a.letter for a in turn.state.actions}
        letter = next((each for each in LETTERS if each not in taken), "z")
        role: Role = "mentor" if owner == "mentor" else "mentee"
        action = Action(letter, role, text[:200], turn.now, by=by)
        turn.state = replace(turn.state, actions=(*turn.state.actions, action))


def _first_note(turn: PairingTurn, role: Role, reply: ReplySeen, meeting: Meeting) -> None:
    earlier = [n for n in turn.state.notes if n.author == role and not n.private]
    person = turn.state.line.person(role)
    stem = turn.letter_stem("first-note", "ever", person.id)
    if len(earlier) == 1 and stem not in turn.marks:
        turn.marks[stem] = Mark(1, "", "settled", turn.now)
        facts = {"start": iso(meeting.start), "copied": turn.program.share_notes == "copy"}
        letter = SendLetter("first-note", person.id, facts, reply.message_id, reply.thread)
        turn.say(stem, letter, reason="a person's very first note is confirmed")


def took_place(
    turn: PairingTurn, role: Role, reply: ReplySeen, meeting: Meeting, yes: bool
) -> None:
    """RULES 4: a mentee's NO comes first, then anybody's yes or note, then a mentor's NO. Whoever says NO
    reads the same, whatever the other one has said."""
    if yes:
        _held(turn, role, reply, meeting)
        return
    if meeting.standing in ("planned", "moved", "held"):
        if role == "mentee" or meeting.evidence != "confirmed":
            put_meeting(
                turn,
                replace(
                    meeting, standing="missed", evidence="", changed_at=turn.now, settled_by="",
                    said_by=role,
                ),
            )  # fmt: skip
        turn.because(f"{meeting.origin}: did not take place, says the {role}")
    elif meeting.standing != "missed":
        return
    answer(turn, role, reply, "missed")


def _held(turn: PairingTurn, role: Role, reply: ReplySeen, meeting: Meeting) -> None:
    """A NO is taken back by a YES of the same person; a mentee's words outweigh a mentor's NO."""
    by = meeting.said_by
    if meeting.standing == "missed":
        own_yes = role == by and any(said.word == "yes" for said in reply.said)
        within = timedelta(days=turn.program.correct_within_days)
        if turn.now >= meeting.end + within or not (own_yes or (role, by) == ("mentee", "mentor")):
            return
    elif meeting.standing not in ("planned", "moved", "held"):
        return
    put_meeting(
        turn, replace(meeting, standing="held", evidence="confirmed", said_by="", settled_by="")
    )
    turn.because(f"{meeting.origin}: took place, says the {role}")
