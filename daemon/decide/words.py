"""Words: notes, topics, to-dos and goals that a pair writes, and whether a meeting took place (RULES 4 and 8).

Not copies of them: copies.py.
"""

from __future__ import annotations

from datetime import timedelta

from daemon.decide.acknowledging import answer, unclear
from daemon.decide.journal import keep_alone, keep_for_next
from daemon.decide.keys import origin_of, touchpoint_of
from daemon.decide.links import keep_links, links_in
from daemon.decide.meetings import following, upcoming
from daemon.decide.seen import PairingTurn, meeting_at, put_meeting
from daemon.decide.turn import iso
from daemon.decide.undo import PRIVATE, WORDS_DAYS, remember
from daemon.domain.effect import SendLetter
from daemon.domain.meeting import Meeting
from daemon.domain.observation import ReplySeen
from daemon.domain.pair import Undo
from daemon.domain.people import Role
from daemon.domain.thread import Action, AgendaLine, Goal, Note
from daemon.domain.value import replace
from daemon.domain.world import Mark, PairingState

NOTE_CHARACTERS_MAX = 4000
GOALS_MOST = 5
GOAL_CHARACTERS_MAX = 200
LETTERS = "abcdefghijklmnopqrstuvwxyz"
FOR_THE_NEXT = ("goals", "goal-review", "halfway")
"""Letters about goals and to-dos: what is written in answer is a topic of the next 1:1."""


def keep_words(turn: PairingTurn, role: Role, reply: ReplySeen) -> None:
    """To a prep, or a letter about goals or to-dos: an agenda line. To anything else: a note of the pair (RULES 8). What the
    other one got in the same mail is not passed on."""
    for_the_next = touchpoint_of(reply.answers) in FOR_THE_NEXT
    meeting = (upcoming(turn) if for_the_next else None) or _about(turn, reply)
    if meeting is None:
        unclear(turn, role, reply, "other")
        return
    ahead = for_the_next or touchpoint_of(reply.answers).startswith("prep-")
    prep = ahead and turn.now < meeting.start
    _keep_todos(turn, role, reply)
    _keep_goals(turn, role, reply)
    if touchpoint_of(reply.answers) == "goals" and reply.text and not reply.goals:
        answer(turn, role, reply, "goal-none")
    shared = "\n".join((*filter(None, (reply.text,)), *(f"Goal: {goal}" for goal in reply.goals)))
    # Below LEAVE: why somebody leaves is in no letter to anyone else, unless it is written to whoever helps.
    own = "\n".join(filter(None, (reply.alone, reply.aside)))
    if shared:
        keep_links(turn, role, reply)
        _keep_shared(turn, role, reply, meeting, shared[:NOTE_CHARACTERS_MAX], prep=prep)
    if own:
        keep_alone(turn, role, meeting.origin, own[:NOTE_CHARACTERS_MAX])
        keep_for_next(turn, role, reply.private_next)
    name = PRIVATE if own and not (shared or reply.todos) else ""
    remember(turn, Undo("words", role, turn.now, turn.now + WORDS_DAYS, name=name))
    if not prep and not for_the_next and turn.now >= meeting.end:
        took_place(turn, role, reply, meeting_at(turn, meeting), True)


def _keep_shared(
    turn: PairingTurn, role: Role, reply: ReplySeen, meeting: Meeting, text: str, *, prep: bool
) -> None:
    if prep:
        line = AgendaLine(meeting.origin, role, text, turn.now, shown=reply.shared)
        turn.state = replace(turn.state, agenda=(*turn.state.agenda, line))
        return
    note = Note(meeting.origin, role, text, turn.now, copied=reply.shared, links=links_in(reply))
    turn.state = replace(turn.state, notes=(*turn.state.notes, note))
    turn.kept.append(note)
    _first_note(turn, role, reply, meeting)


def keep_private(turn: PairingTurn, role: Role, reply: ReplySeen, text: str) -> bool:
    """Lines for their writer alone, whatever letter they answer; they say nothing about whether a 1:1 took place. False
    where there has been no 1:1, and none is known, beside which they could stand."""
    meeting = _about(turn, reply)
    if meeting is None:
        return False
    keep_alone(turn, role, meeting.origin, text[:NOTE_CHARACTERS_MAX])
    keep_for_next(turn, role, reply.private_next)
    remember(turn, Undo("words", role, turn.now, turn.now + WORDS_DAYS, name=PRIVATE))
    return True


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
        letter = free_letter(turn.state)
        role: Role = "mentor" if owner == "mentor" else "mentee"
        action = Action(letter, role, text[:200], turn.now, by=by, shown=reply.shared)
        turn.state = replace(turn.state, actions=(*turn.state.actions, action))


def free_letter(state: PairingState) -> str:
    """The first that names no to-do and no goal."""
    taken = {a.letter for a in state.actions} | {goal.letter for goal in state.goals}
    return next((each for each in LETTERS if each not in taken), "z")


def _keep_goals(turn: PairingTurn, by: Role, reply: ReplySeen) -> None:
    """What the pair sets out for: a few, so that they stay in sight. Each is a line of the note as well, by which
    the other one reads it."""
    known = [goal.text for goal in turn.state.goals]
    said = [text.strip()[:GOAL_CHARACTERS_MAX] for text in reply.goals]
    new = [text for text in dict.fromkeys(said) if text and text not in known]
    if not new:
        return
    still_open = sum(goal.done_at is None for goal in turn.state.goals)
    kept = new[: max(0, GOALS_MOST - still_open)]
    targets = dict(zip(said, reply.targets, strict=False))
    goals = tuple(Goal(by, text, turn.now, target=targets.get(text)) for text in kept)
    turn.state = replace(turn.state, goals=(*turn.state.goals, *goals))
    if len(kept) < len(new):
        answer(turn, by, reply, "goals-full", items=new[len(kept) :])
    else:
        answer(turn, by, reply, "goal", items=kept, undo=True)


def _first_note(turn: PairingTurn, role: Role, reply: ReplySeen, meeting: Meeting) -> None:
    earlier = [n for n in turn.state.notes if n.author == role and not (n.private or n.by)]
    person = turn.state.line.person(role)
    stem = turn.letter_stem("first-note", "ever", person.id)
    if len(earlier) == 1 and stem not in turn.marks:
        turn.marks[stem] = Mark(1, "", "settled", turn.now)
        facts = {
            "start": iso(meeting.start), "copied": turn.program.share_notes == "copy",
            "next_start": _next_unnamed(turn, person.id, meeting),
        }  # fmt: skip
        letter = SendLetter(
            "first-note", person.id, facts, reply.message_id, reply.thread, reply.index
        )
        turn.say(stem, letter, reason="a person's very first note is confirmed")


def _next_unnamed(turn: PairingTurn, person: str, meeting: Meeting) -> str | None:
    """When they meet after that, where no notes letter has named it: it does not come any more, or not to that person."""
    asked = turn.letter_stem("notes", str(meeting.origin), person) in turn.marks
    after = None if asked or meeting.end > turn.now else following(turn, meeting)
    return iso(after.start) if after else None


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
