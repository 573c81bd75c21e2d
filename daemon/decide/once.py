"""Once: what is told to a person, or said by one, in one of their pairings and holds in all of them.

Not a letter, and not what follows from it: it only tells the other lanes of that person.
"""

from __future__ import annotations

from daemon.decide.keys import lane_of_person
from daemon.decide.seen import PairingTurn
from daemon.domain.observation import PersonSaid, Said
from daemon.domain.people import Role, Who
from daemon.domain.world import Commitment

OWN_PAUSE = "pause"
"""Under which the other pairings of a mentor know of a pause that this mentor has asked for."""


def hand_on(turn: PairingTurn, role: Role, said: Said) -> None:
    """What that person said here, to the lanes of their other pairings."""
    person = turn.state.line.person(role).id
    turn.forwarded.append((lane_of_person(person), PersonSaid(person, said, turn.now)))


def absence_name(source: str) -> str:
    """Under which the other pairings of a person know that it is asked about an event of days."""
    return f"absence/{source}"


def told_elsewhere(turn: PairingTurn, who: Who, name: str) -> bool:
    """Whether another pairing knows that very thing: that person reads, has read or has said it there."""
    bound = turn.world.commitments.get(turn.state.line.person(who).id, ())
    return any(c.kind == "told" and c.name == name and c.lane != turn.lane for c in bound)


def told_here(turn: PairingTurn, role: Role) -> list[Commitment]:
    """What that person reads, or has said, here for all their pairings: of an absence, of breaks, and that a mentor's
    1:1s pause."""
    state, person = turn.state, turn.state.line.person(role).id
    asked = [
        Commitment(turn.lane, "told", q.opened_at, q.opened_at, absence_name(q.facts["source"]))
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
    if state.pause and role == state.pause.by == "mentor":
        since = state.pause.since
        return [*asked, *breaks, Commitment(turn.lane, "told", since, since, OWN_PAUSE)]
    return asked + breaks
