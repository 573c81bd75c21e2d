"""The life of a pairing: invited, active, paused, closing, closed (RULES 3).

Not its series (series.py), its pauses (pausing.py) or its end (stopping.py): this calls them in order.
"""

from __future__ import annotations

from daemon.decide.agreeing import ask_to_agree, consents_given
from daemon.decide.chemistry import keep_chemistry
from daemon.decide.extending import ask_to_extend
from daemon.decide.group import with_members
from daemon.decide.keeping import keep_series
from daemon.decide.pausing import keep_pause
from daemon.decide.rating import ask_how_it_goes, ask_how_sure, ask_what_it_was_worth
from daemon.decide.seen import PairingTurn
from daemon.decide.stopping import keep_end
from daemon.decide.substituting import rests
from daemon.decide.terms import terms, with_own
from daemon.decide.welcome import invite
from daemon.domain.observation import LineSeen
from daemon.domain.people import Line
from daemon.domain.value import replace
from daemon.domain.world import PairingState


def line_seen(state: PairingState | None, seen: LineSeen) -> PairingState:
    """The files name this pairing (for the first time, or with other values). What its people have said
    of themselves goes on counting."""
    zones = (seen.line.anchor, seen.line.mentor.zone, seen.line.mentee.zone)
    if state is None:
        state = PairingState(seen.line, "invited", since=seen.at)
    state = _named_meanwhile(state, seen.line)
    line = replace(seen.line, anchor=_anchor(state, zones))
    closing_at = (state.closing_at or seen.at) if line.closing else None
    own = with_own(line, state.agreed)
    if own.members or state.members:
        state = with_members(state, own, seen.at)
        own = state.line
    return replace(state, line=own, closing_at=closing_at, zones_of_files=zones)


def _named_meanwhile(state: PairingState, line: Line) -> PairingState:
    """A regular time that the files name anew, while one is looked for and none is agreed, is the one (RULES 1)."""
    holds = state.agreed.at and not state.agreed.seeking
    if holds or not line.at or line.at == state.line.at:
        return state
    agreed = replace(state.agreed, at=None, seeking=False)
    return replace(state, agreed=agreed, wants_time="")


def _anchor(state: PairingState, zones: tuple[str, str, str]) -> str:
    """Whose clock counts is fixed once the series is put: it does not move along with a person, but an admin
    may name another one (RULES 1)."""
    known = state.series or any(each.answer == "yes" for each in state.hand_made)
    if not known or not state.zones_of_files:
        return zones[0]
    before, *lived = state.zones_of_files
    moved = any(zones[0] == new != old for old, new in zip(lived, zones[1:], strict=True))
    return state.line.anchor if zones[0] == before or moved else zones[0]


def live(turn: PairingTurn) -> None:
    """Everything that moves a pairing from one standing to the next."""
    if turn.state.standing != "closed":
        _move_on(turn)
    if turn.state.standing == "closed" and turn.state.closed_at is None:
        held = tuple(each for each in turn.state.questions if each.kind == "private-hold")
        turn.state = replace(turn.state, closed_at=turn.now, questions=held)
    ask_what_it_was_worth(turn)
    keep_series(turn)


def _move_on(turn: PairingTurn) -> None:
    if turn.state.standing == "invited":
        invite(turn)
        _activate(turn)
    if turn.state.standing in ("active", "paused"):
        keep_pause(turn)
    keep_chemistry(turn)
    if turn.state.standing in ("active", "paused", "closing"):
        keep_end(turn)
    ask_to_extend(turn)
    ask_to_agree(turn)
    if not rests(turn):
        ask_how_sure(turn)
        ask_how_it_goes(turn)


def _activate(turn: PairingTurn) -> None:
    """Both said yes, and agree to what the program asks of both; and the regular time is known (or there is none to
    know)."""
    state = turn.state
    if state.standing != "invited" or not (state.mentor_yes and state.mentee_yes):
        return
    wanted = terms(state, turn.program)
    if (wanted.at or wanted.sessions) and consents_given(turn):
        turn.state = replace(state, standing="active")
        turn.because("both said yes")
