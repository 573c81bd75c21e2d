"""Words for tables about replies: a mail of Ben's or Ana's, the letter that it answers, and what it led to.

Not the pair itself: pair_cast.py. Not how a mail is read: tests/mail.
"""

from __future__ import annotations

from typing import Any

from daemon.decide.keys import letter_stem
from daemon.decide.seen import PairingTurn
from daemon.domain.effect import SendLetter, TellAdmin
from daemon.domain.observation import ReplySeen, Said
from daemon.domain.pair import Undo
from daemon.domain.proposal import Proposal
from daemon.domain.question import Question
from daemon.domain.value import replace
from tests.decide.pair_cast import DAY, HOUR, LANE, NOW, ORIGIN, WEEK, meeting, offered, origin

NAME = str(ORIGIN)
CLASH = Question("clash", "mentor", "20261013", NOW, NOW + WEEK)


def listed(number: int, **fields: Any) -> Proposal:
    """Two times for that day's 1:1, one and two days after it, and Ben is asked now."""
    start = meeting(number).start
    own = {"opened_at": NOW, "answer_by": NOW + 2 * DAY, **fields}
    return offered(number, start + DAY, start + 2 * DAY, **own)


REGULAR = listed(13, origin=None, kind="series", cause="first")
"""A list of regular times."""


def key(touchpoint: str, occasion: str | int, person: str = "ben") -> str:
    """The key of a letter; a number names the 1:1 of that day."""
    named = str(origin(occasion)) if isinstance(occasion, int) else occasion
    return f"{letter_stem(touchpoint, LANE, named, person)}/1"


STARTED = key("started", "series-1")


def mail(answers: str, *said: Said | str, person: str = "ben", **fields: Any) -> ReplySeen:
    """One mail from Ben, or from somebody else."""
    commands = tuple(Said(each) if isinstance(each, str) else each for each in said)
    return replace(
        ReplySeen(person, "<m@example.org>", answers, commands, "", NOW, trust="verified"), **fields
    )


def led_to(turn: PairingTurn) -> list[str]:
    """Letters, and what they say was understood."""
    found = []
    for effect in turn.effects:
        match effect.change:
            case SendLetter(touchpoint, person, facts):
                what = facts.get("about") or facts.get("what") or ""
                found.append(f"{person} {touchpoint} {what}".strip())
            case TellAdmin(fact):
                found.append(f"contact {fact}")
    return found


def kept(what: Any = "done", name: str = "", role: Any = "mentee", **fields: Any) -> Undo:
    """What can be taken back until tomorrow."""
    return replace(Undo(what, role, NOW - HOUR, NOW + DAY, name=name), **fields)
