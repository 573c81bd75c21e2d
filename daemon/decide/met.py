"""When the two have met: the first and the last 1:1 that took place, as far as anybody has said.

Not whether one took place: that is said in words.py, and presumed in meetings.py.
"""

from __future__ import annotations

from datetime import datetime

from daemon.decide.seen import PairingTurn
from daemon.domain.pair import MetAt
from daemon.domain.thread import Action
from daemon.domain.value import replace


def remember_meetings(turn: PairingTurn) -> None:
    """What goals and homework are counted from; meetings leave the lane, and this stays. A NO takes a date back."""
    if turn.program.goals == "none" and not turn.program.halfway:
        return
    over = [m for m in turn.state.meetings if turn.watch.reached(m.end)]
    took_place = [m.start for m in over if m.stands or m.standing == "held"]
    not_met = {m.start for m in over} - {*took_place}
    known = turn.state.met_at
    before = [known.first, known.last] if known else []
    starts = [*(start for start in before if start not in not_met), *took_place]
    met = MetAt(min(starts), max(starts)) if starts else None
    if met != known:
        turn.state = replace(turn.state, met_at=met)
        if turn.program.halfway:
            news = [start for start in took_place if known is None or start > known.last]
            turn.state = replace(
                turn.state, actions=tuple(_through(a, news) for a in turn.state.actions)
            )


def _through(action: Action, starts: list[datetime]) -> Action:
    """The same, open through as many more 1:1s."""
    more = sum(action.at < start for start in starts) if action.done_at is None else 0
    return replace(action, through=action.through + more) if more else action
