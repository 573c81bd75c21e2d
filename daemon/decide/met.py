"""When the two have met: the first and the last 1:1 that took place, as far as anybody has said.

Not whether one took place: that is said in words.py, and presumed in meetings.py.
"""

from __future__ import annotations

from daemon.decide.seen import PairingTurn
from daemon.domain.pair import Met
from daemon.domain.value import replace


def remember_meetings(turn: PairingTurn) -> None:
    """What goals and homework are counted from; meetings leave the lane, and this stays. A NO takes a date back."""
    if turn.program.goals == "none":
        return
    over = [m for m in turn.state.meetings if turn.watch.reached(m.end)]
    took_place = [m.start for m in over if m.stands or m.standing == "held"]
    not_met = {m.start for m in over} - {*took_place}
    known = turn.state.met
    before = [known.first, known.last] if known else []
    starts = [*(start for start in before if start not in not_met), *took_place]
    met = Met(min(starts), max(starts)) if starts else None
    if met != known:
        turn.state = replace(turn.state, met=met)
