"""Once: what is said to a person in one of their pairings, and need not be said again in the others.

Not a letter: it only tells the other lanes of that person (commitments of the kind "told").
"""

from __future__ import annotations

from daemon.decide.seen import PairingTurn
from daemon.domain.people import Role
from daemon.domain.world import Commitment


def said_elsewhere(turn: PairingTurn, role: Role, name: str) -> bool:
    """Whether another pairing of that person says, or has said, that very thing."""
    bound = turn.world.commitments.get(turn.state.line.person(role).id, ())
    return any(c.kind == "told" and c.name == name and c.lane != turn.lane for c in bound)


def said_here(turn: PairingTurn, role: Role) -> list[Commitment]:
    """What that person reads here for all their pairings: of an absence, and of breaks."""
    state, person = turn.state, turn.state.line.person(role).id
    asked = [
        Commitment(turn.lane, "told", q.opened_at, q.opened_at, f"absence/{q.facts['source']}")
        for q in state.questions
        if q.kind == "absence" and q.role == role
    ]
    breaks = [
        Commitment(turn.lane, "told", mark.at, mark.at, "/".join(stem.split("/")[::3]))
        for stem, mark in turn.marks.items()
        if stem.startswith("break-ahead/")
        and stem.endswith(f"/{person}")
        and mark.standing in ("live", "settled")
    ]
    return asked + breaks
