"""What the two wrote goes for good, so long after the closing as `notes_keep_days` says (LETTERS 2).

Not what the lane lets go of while it runs, to stay small (pairing.py), and not how a row is deleted (connectors/stores).
"""

from __future__ import annotations

from datetime import timedelta

from daemon.decide.seen import PairingTurn
from daemon.domain.value import replace


def forget_words(turn: PairingTurn) -> None:
    """Once for each closing: a pairing that was taken up anew has new words, and closes anew."""
    state, days = turn.state, turn.program.notes_keep_days
    if state.standing != "closed" or state.closed_at is None or not days:
        return
    if state.words_deleted_at and state.words_deleted_at >= state.closed_at:
        return
    if not turn.watch.reached(state.closed_at + timedelta(days=days)):
        return
    turn.state = replace(
        state, notes=(), agenda=(), actions=(), goals=(), undo=(), questions=(), proposal=None,
        closed_proposals=(), words_deleted_at=turn.now,
    )  # fmt: skip
    turn.pending, turn.forget_words = (), True
    turn.because(f"closed for {days} days: what the two wrote is deleted")
