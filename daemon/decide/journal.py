"""Journal: lines that one keeps for oneself, shown to oneself when asked for, and in one's own next prep (S2.27).

Not how many are shown, and how: the letter that shows them takes them from the store (daemon/journal.py), as the lane
itself forgets private lines in the turn in which they come.
"""

from __future__ import annotations

from datetime import datetime

from daemon.decide.keys import short
from daemon.decide.seen import PairingTurn
from daemon.domain.effect import SendLetter
from daemon.domain.meeting import Origin
from daemon.domain.observation import ReplySeen
from daemon.domain.people import Role
from daemon.domain.thread import Note, OwnLine
from daemon.domain.value import replace

MY_NOTES = "my-notes"
"""The word that asks for one's own lines, and the letter that shows them."""
NEXT_MOST = 3
NEXT_CHARACTERS_MAX = 300


def show_own(turn: PairingTurn, role: Role, reply: ReplySeen) -> bool:
    """At once, to whoever asked, at the address of the files; whoever else got that mail hears nothing."""
    person = turn.state.line.person(role).id
    turn.say(
        turn.letter_stem(MY_NOTES, short(reply.message_id), person),
        SendLetter(MY_NOTES, person, {}, reply.message_id, reply.thread, reply.index),
        reason="own lines were asked for",
    )
    return True


def keep_alone(turn: PairingTurn, role: Role, origin: Origin, text: str) -> None:
    """A line for nobody but its writer."""
    note = Note(origin, role, text, turn.now, private=True)
    turn.state = replace(turn.state, notes=(*turn.state.notes, note))
    turn.kept.append(note)


def keep_for_next(turn: PairingTurn, role: Role, text: str) -> None:
    """One of them for the own next prep; the newest few, as more than that is no help there."""
    if text:
        line = OwnLine(role, text[:NEXT_CHARACTERS_MAX], turn.now)
        known = turn.state.own_next
        own = [each for each in known if each.author == role][1 - NEXT_MOST :]
        rest = [each for each in known if each.author != role]
        turn.state = replace(turn.state, own_next=(*rest, *own, line))


def lines_for_prep(turn: PairingTurn, role: Role) -> list[str]:
    """What that person wanted to read there."""
    own = [each.text for each in turn.state.own_next if each.author == role]
    return [line.strip() for text in own for line in text.splitlines() if line.strip()]


def was_shown(turn: PairingTurn, role: Role, until: datetime) -> None:
    """Their prep, or card, has gone: what was written by then is in it."""
    kept = tuple(e for e in turn.state.own_next if e.author != role or e.at > until)
    turn.state = replace(turn.state, own_next=kept)
