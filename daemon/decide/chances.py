"""Chances: what the mentor keeps an eye on for the mentee, or has found for them, in both preps until it is done (S2.24, S2.26).

Not introductions: introducing.py. Nobody but the two hears of a chance and nothing is passed on, so nobody is asked first.
"""

from __future__ import annotations

from datetime import timedelta

from daemon.decide.acknowledging import answer
from daemon.decide.keys import short
from daemon.decide.seen import PairingTurn
from daemon.decide.undo import remember
from daemon.decide.words import free_letter
from daemon.domain.observation import ReplySeen
from daemon.domain.pair import Undo
from daemon.domain.people import Role, other
from daemon.domain.thread import Action
from daemon.domain.value import replace

UNDO_DAYS = timedelta(days=1)
OPEN_MOST = 3
"""So many of a pair are open at the same time."""
CHARACTERS_MAX = 200


def keep_chances(turn: PairingTurn, role: Role, reply: ReplySeen) -> ReplySeen:
    """What is left of a mail when its chances are kept, or answered with a reason. Whoever writes it, it is the other one's:
    the mentor's to keep an eye on, the mentee's to take up."""
    if not reply.chances:
        return reply
    kept: list[Action] = []
    refused: dict[str, list[str]] = {}
    for text in dict.fromkeys(each[:CHARACTERS_MAX] for each in reply.chances):
        why = _why_not(turn, text)
        if why:
            refused.setdefault(why, []).append(text)
            continue
        chance = Action(
            free_letter(turn.state), other(role), text, turn.now, by=role, shown=reply.shared,
            kind="chance",
        )  # fmt: skip
        turn.state = replace(turn.state, actions=(*turn.state.actions, chance))
        kept.append(chance)
    if kept:
        name, mail = " ".join(each.letter for each in kept), short(reply.message_id)
        remember(turn, Undo("chance", role, turn.now, turn.now + UNDO_DAYS, name=name, mail=mail))
        answer(turn, role, reply, "chance", items=[each.text for each in kept], undo=True)
    for why, items in refused.items():
        answer(turn, role, reply, f"chance-{why}", items=items)
    return replace(reply, chances=())


def _why_not(turn: PairingTurn, text: str) -> str:
    """Why it is not kept; empty where nothing speaks against it."""
    if turn.state.standing not in ("active", "closing"):
        return "rests"
    if turn.state.line.members:
        return "group"
    waiting = [a.text for a in turn.state.actions if a.kind == "chance" and a.done_at is None]
    if text.casefold() in (each.casefold() for each in waiting):
        return "known"
    return "many" if len(waiting) >= OPEN_MOST else ""
