"""Words for tables about what becomes of a question when the 1:1, the question, the pair or the program is another one.

Not the pairs themselves: choosing_cast.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from daemon.decide.reschedule import reschedule
from daemon.decide.seen import PairingTurn
from daemon.decide.turn import Turn
from daemon.domain.effect import SendLetter, TellAdmin
from daemon.domain.meeting import Meeting
from daemon.domain.observation import BusySeen
from daemon.domain.value import replace
from daemon.domain.world import PairingState
from tests.decide.choosing_cast import THIS, world
from tests.decide.pair_cast import DAY

Changes = Mapping[str, object]


def turn_with(
    name: str, later: timedelta = timedelta(), *, meeting: Changes | None = None,
    proposal: Changes | None = None, state: Changes | None = None, program: Changes | None = None,
) -> PairingTurn:  # fmt: skip
    """A decision about the pair of that name, so much later, with something else about Tuesday's 1:1, the question, the
    pair or the program; both are free."""
    found, now = world(name)
    known = found.state
    assert isinstance(known, PairingState)
    if meeting:
        known = replace(
            known,
            meetings=tuple(
                replace(m, **meeting) if str(m.origin) == THIS else m for m in known.meetings
            ),
        )
    if proposal:
        known = replace(known, proposal=replace(known.proposal, **proposal))
    known = replace(known, **(state or {}))
    found = replace(found, state=known, program=replace(found.program, **(program or {})))
    turn: PairingTurn = Turn(found, known, now + later)
    free = {"ana@example.org": (), "ben@example.org": ()}
    turn.busy.append(BusySeen(now - DAY, now + 90 * DAY, free, turn.now))
    return turn


def tuesday(turn: PairingTurn) -> Meeting:
    """The 1:1 that the question is about."""
    return next(m for m in turn.state.meetings if str(m.origin) == THIS)


def said(turn: PairingTurn) -> list[str]:
    """What is said by return, and what the contact reads."""
    return [
        f"{each.person} {each.facts['what']}"
        if isinstance(each := effect.change, SendLetter)
        else f"contact {each.fact}"
        for effect in turn.effects
        if isinstance(effect.change, SendLetter | TellAdmin)
    ]


def outcome(turn: PairingTurn) -> str:
    """What has become of the question."""
    reschedule(turn)
    proposal, closed = turn.state.proposal, turn.state.closed_proposals
    if closed and (proposal is None or closed[-1].standing == "withdrawn"):
        return closed[-1].standing
    if proposal is None:
        return "none"
    if proposal.booked:
        return f"booked {proposal.picked}"
    return " ".join([proposal.kind, *(str(each.number) for each in proposal.current)])
