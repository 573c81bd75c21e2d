"""Handing over: a mentee's own words of a pairing that ends, or rests, offered to the one with a new mentor or a substitute (S0.10).

Not who may read them, which the mentee says there: carried.py. One lane tells the other in the commit in which it
decides so, so nothing of it is lost or said twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from daemon.decide.keys import lane_of_pairing, lane_of_person, touchpoint_of
from daemon.decide.seen import PairingTurn
from daemon.decide.substituting import substitute_found
from daemon.domain.handover import (
    CarriedKind,
    CarriedLine,
    Handover,
    LinesOffered,
    MentorFound,
    Successor,
)
from daemon.domain.value import replace

WAITS_FOR_THE_END = timedelta(days=30)
"""So long a new pairing may begin before the earlier one ends, and take its place."""
LINES_MOST, NOTES_MOST, CHARACTERS_MAX = 9, 3, 200
LETTERS = "abcdfghjk"
"""Names of the lines, without letters that are words between others in one of the languages of replies."""
GOAL = "Goal: "
"""How a line of a note begins that stands among the goals as well (words.py)."""
SHOWING = ("prep-mentor", "carried")
"""Letters that bring the lines to the mentor; the latter where there are no preps."""


# --- the new pairing asks


def seek_lines(turn: PairingTurn) -> None:
    """Once, when both have said yes and before they meet: whether an earlier pairing of the mentee comes to its end."""
    state = turn.state
    if state.sought_lines or state.standing != "active":
        return
    turn.state = replace(state, sought_lines=True)
    if state.tally.due or any(m.end <= turn.now for m in state.meetings):
        return
    line = state.line
    found = MentorFound(line.mentee.id, line.program, line.pairing, line.mentor.id, turn.now)
    whom = lane_of_person(line.mentee.id)
    if line.stands_in:
        whom = lane_of_pairing(line.stands_in.pairing)  # and no other pairing of the mentee
    turn.forwarded.append((whom, found))


def lines_offered(turn: PairingTurn, seen: LinesOffered) -> None:
    """Of several earlier pairings that of the last mentor counts, and none once the mentee is asked."""
    known = turn.state.handover
    if turn.state.standing not in ("active", "paused"):
        turn.because("the pairing with the new mentor has ended as well: nothing is carried over")
    elif known is None or (known.answer_by is None and known.ended < seen.ended):
        taken = Handover(seen.pairing, seen.before, seen.ended, seen.lines, turn.now)
        turn.state = replace(turn.state, handover=taken)


# --- the earlier pairing answers


def mentor_found(turn: PairingTurn, seen: MentorFound) -> None:
    """Another pairing of the same mentee has begun, with somebody else, in the same program."""
    line = turn.state.line
    if (line.mentee.id, line.program) != (seen.person, seen.program):
        return
    if substitute_found(turn, seen):
        _offer(turn, seen.pairing, turn.now)
    elif line.mentor.id != seen.mentor:
        turn.state = replace(turn.state, successor=Successor(seen.pairing, seen.at))


def offer_lines(turn: PairingTurn) -> None:
    """When this one ends, or has ended: what is the mentee's own of it, unless it is deleted."""
    state, successor = turn.state, turn.state.successor
    if successor is None:
        return
    if state.standing in ("closing", "closed"):
        turn.state = replace(state, successor=None)
        ended = state.stopped_at or state.closing_at or state.closed_at or turn.now
        _offer(turn, successor.pairing, ended)
    elif turn.watch.reached(successor.at + WAITS_FOR_THE_END):
        turn.state = replace(state, successor=None)


def _offer(turn: PairingTurn, to: str, ended: datetime) -> None:
    line, lines = turn.state.line, tuple(_own_lines(turn))
    if lines:
        offered = LinesOffered(line.pairing, line.mentor.first, ended, lines, turn.now)
        turn.forwarded.append((lane_of_pairing(to), offered))
        turn.because(
            "a new mentor, or a substitute, was found: the mentee says what may be carried over"
        )


def _own_lines(turn: PairingTurn) -> Iterator[CarriedLine]:
    """Open goals and to-dos, and the last notes that the other one has read: what the mentee has written, and nothing
    private, nor of the mentor's."""
    found = [*_goals(turn), *_todos(turn), *_notes(turn)]
    for letter, (kind, text, target) in zip(LETTERS, found[:LINES_MOST], strict=False):
        yield CarriedLine(letter, kind, _short(text), target)


_Found = tuple[CarriedKind, str, date | None]


def _goals(turn: PairingTurn) -> Iterator[_Found]:
    for goal in turn.state.goals:
        if goal.by == "mentee" and goal.done_at is None:
            yield "goal", goal.text, goal.target


def _todos(turn: PairingTurn) -> Iterator[_Found]:
    for action in turn.state.actions:
        if action.owner == action.by == "mentee" and action.done_at is None:
            yield "todo", action.text, None


def _notes(turn: PairingTurn) -> Iterator[_Found]:
    own = [
        n for n in turn.state.notes if n.author == "mentee" and n.copied and not (n.private or n.by)
    ]
    for note in own[-NOTES_MOST:]:
        text = "\n".join(each for each in note.text.splitlines() if not each.startswith(GOAL))
        if text.strip():
            yield "note", text, None


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= CHARACTERS_MAX else f"{text[:CHARACTERS_MAX].rsplit(' ', 1)[0]} …"


# --- what may still be said otherwise


def on_its_way(turn: PairingTurn, handover: Handover) -> bool:
    """Whether a letter with what was allowed may be with the new mentor already, though no receipt has come."""
    for stem, row in turn.queued.items():
        mark = turn.marks.get(stem)
        if touchpoint_of(stem) in SHOWING and not row.untouched and mark and handover.said_at:
            if handover.allowed and mark.at >= handover.said_at:
                return True
    return False


def carry_nothing(turn: PairingTurn) -> bool:
    """UNDO: whether what was allowed could still be taken back."""
    known = turn.state.handover
    if known is None or not known.allowed or on_its_way(turn, known):
        return False
    turn.state = replace(turn.state, handover=replace(known, allowed=(), said_at=turn.now))
    return True
