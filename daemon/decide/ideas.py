"""Which question of the program's banks is an idea for a 1:1: one that the pair has not had for the longest time.

Not the letter: touchpoints.py puts it there. No idea is remembered: the same pair has the same ideas in the same order, so the
idea for a 1:1 derives from its number, which it keeps once a prep of it was due: whatever becomes of it then, no later one gets
the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from daemon.decide.seen import PairingTurn, put_meeting
from daemon.decide.themes import asks_of, closed_from
from daemon.domain.asks import Ask
from daemon.domain.language import nearest_first
from daemon.domain.meeting import Meeting
from daemon.domain.people import Role
from daemon.domain.program import Program
from daemon.domain.value import replace

NEVER: Mapping[str, int] = MappingProxyType({})


def idea_for(turn: PairingTurn, meeting: Meeting, role: Role) -> str:
    """A question that this side may ask in that 1:1, which has its number; empty where the program has none."""
    fitting = fitting_in(turn.program, role, turn.state.line.themes_left_out)
    reads = turn.state.line.person(role).language
    own = [each.text for each in fitting if _is_in(turn.program, each, reads)]
    return ideas(fitting, turn.lane, meeting.number, closed_from(turn, fitting), own)[-1]


def _is_in(program: Program, ask: Ask, language: str) -> bool:
    return bool(nearest_first(language, [ask.language or program.language]))


def fitting_in(program: Program, role: Role, left_out: Sequence[str] = ()) -> list[Ask]:
    """Of the questions of a program those that this side may ask; `left_out`: what the files leave out for this pairing."""
    return [
        each
        for each in asks_of(program)
        if each.by in (role, "both") and each.theme not in left_out
    ]


def ideas(
    asks: Sequence[Ask],
    seed: str,
    many: int,
    closed: Mapping[str, int] = NEVER,
    first: Collection[str] = (),
) -> list[str]:
    """The ideas of the first so many 1:1s, in their order; empty words where there is none yet. None comes again before all that
    are open by then were there; of those the personal and the practical take turns; else chance, which derives from `seed`.
    `closed`: from which 1:1 on a question is open no more; `first`: those that come before all others."""
    last: dict[str, int] = {}
    order = sorted(asks, key=lambda each: _chance(seed, each.text))
    found: list[str] = []
    before = ""
    for number in range(1, many + 1):
        open_ = [
            each for each in order if each.from_meeting <= number < closed.get(each.text, many + 1)
        ]
        if not open_:
            found.append("")
            continue
        longest = min(last.get(each.text, 0) for each in open_)
        oldest = [each for each in open_ if last.get(each.text, 0) == longest]
        oldest = [each for each in oldest if each.text in first] or oldest
        chosen = next((each for each in oldest if each.need != before), oldest[0])
        last[chosen.text], before = number, chosen.need
        found.append(chosen.text)
    return found


def thought_for(turn: PairingTurn, meeting: Meeting) -> str:
    """A line for the mentor of that 1:1, none again before all others were there; empty where the program has none."""
    order = sorted(turn.program.thoughts, key=lambda each: _chance(turn.lane, each))
    return order[(meeting.number - 1) % len(order)] if order else ""


def _chance(seed: str, text: str) -> bytes:
    return hashlib.sha256(f"{seed}\n{text}".encode()).digest()


def numbered(turn: PairingTurn, meeting: Meeting) -> Meeting:
    """That 1:1 with the number by which it has its ideas: its own for ever, also when it falls out or changes places with another."""
    if meeting.number:
        return meeting
    tally = turn.state.tally
    number = max(number_of(turn, meeting), tally.numbered + 1)
    named = replace(meeting, number=number)
    put_meeting(turn, named)
    turn.state = replace(turn.state, tally=replace(tally, numbered=number))
    return named


def number_of(turn: PairingTurn, meeting: Meeting) -> int:
    """Which 1:1 of the two it is, by those that were due and those that are: what a rule has left out never is."""
    before = [each for each in turn.state.meetings if each.start < meeting.start]
    return turn.state.tally.due + sum(each.settled_by != "rule" for each in before) + 1
