"""The life of a pairing: invited, active, paused, closing, closed (RULES 3).

Not its series (series.py), its pauses (pausing.py) or its end (stopping.py): this calls them in order.
"""

from __future__ import annotations

from dataclasses import replace

from daemon.decide.keeping import keep_series
from daemon.decide.pausing import keep_pause
from daemon.decide.seen import PairingTurn
from daemon.decide.stopping import ask_to_extend, keep_end
from daemon.decide.terms import terms, with_zones
from daemon.decide.welcome import invite
from daemon.domain.observation import LineSeen
from daemon.domain.world import PairingState


def line_seen(state: PairingState | None, seen: LineSeen) -> PairingState:
    """The files name this pairing (for the first time, or with other values). What its people have said
    of themselves goes on counting."""
    if state is None:
        return PairingState(line=seen.line, standing="invited", since=seen.at)
    return replace(state, line=with_zones(seen.line, state.agreed))


def live(turn: PairingTurn) -> None:
    """Everything that moves a pairing from one standing to the next."""
    if turn.state.standing != "closed":
        _move_on(turn)
    if turn.state.standing == "closed" and turn.state.closed_at is None:
        turn.state = replace(turn.state, closed_at=turn.now)
    keep_series(turn)


def _move_on(turn: PairingTurn) -> None:
    if turn.state.standing == "invited":
        invite(turn)
        _activate(turn)
    if turn.state.standing in ("active", "paused"):
        keep_pause(turn)
    if turn.state.standing in ("active", "paused", "closing"):
        keep_end(turn)
    ask_to_extend(turn)


def _activate(turn: PairingTurn) -> None:
    """Both said yes, and the regular time is known (or there is none to know)."""
    state = turn.state
    if state.standing != "invited" or not (state.mentor_yes and state.mentee_yes):
        return
    wanted = terms(state, turn.program)
    if wanted.at or wanted.sessions:
        turn.state = replace(state, standing="active")
        turn.because("both said yes")
