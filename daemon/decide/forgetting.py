"""What the two wrote goes for good, so long after the closing as `notes_keep_days` says (LETTERS 2).

Not what the lane lets go of while it runs, to stay small (pairing.py), and not how a row is deleted (connectors/stores).
"""

from __future__ import annotations

from datetime import timedelta

from daemon.decide.meetings import count
from daemon.decide.seen import PairingTurn
from daemon.decide.turn import OF_A_GROUP
from daemon.domain.alone import Alone
from daemon.domain.value import replace
from daemon.domain.world import PairingState


def forget_words(turn: PairingTurn) -> None:
    """Once for each closing: a pairing that was taken up anew has new words, and closes anew."""
    state, days = turn.state, turn.program.notes_keep_days
    if state.standing != "closed" or state.closed_at is None or not days:
        return
    if state.forgotten:
        return
    if not turn.watch.reached(state.closed_at + timedelta(days=days)):
        return
    for meeting in state.meetings:
        count(turn, meeting)
    turn.state = replace(_without_notes_on_them(turn.state), words_deleted_at=turn.now)
    turn.marks = {
        stem: mark for stem, mark in turn.marks.items() if not stem.startswith(OF_A_GROUP)
    }
    turn.pending, turn.forget_words = (), True
    turn.because(f"closed for {days} days: what the two wrote is deleted")


def _without_notes_on_them(state: PairingState) -> PairingState:
    """What they wrote, and what was noted of them on the way and serves nobody any more. Who they were, how far they came
    and how often they met stays; of a group who was in it at the end, and of nobody that they have left before."""
    return replace(
        state, meetings=(), notes=(), agenda=(), actions=(), goals=(), own_next=(), themes_out=(), links=(), successor=None, handover=None, undo=(), questions=(), proposal=None,
        closed_proposals=(), absences=(), not_away=(), signs=(), addresses=(), doubts=(), mails=(),
        returned=(), sent=(), answered=(), countered=(), double_booked=(), hand_made=(),
        going_on=None, tally=replace(state.tally, falls=()), done=(), alone=Alone(state.alone.agreed_to),
        sought_lines=False, members=(), line=replace(state.line, former=()),
    )  # fmt: skip
