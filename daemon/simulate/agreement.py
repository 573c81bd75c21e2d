"""Agreement: what a lane believes, and what lies in its inbox and outbox, after any crash.

Not a rule: it knows only that what is believed to be on its way has to be somewhere (DESIGN 5, stores).
"""

from __future__ import annotations

from collections.abc import Iterator

from daemon.domain.observation import Refused, Settled
from daemon.domain.world import LaneRecord, PairingState


def disagreements(record: LaneRecord) -> Iterator[str]:
    """Keys of effects that the state believes to be under way, and that are neither queued nor over."""
    queued = {row.key for row in record.outbox}
    over = {seen.key for seen in record.inbox if isinstance(seen, Settled | Refused)}
    state = record.state
    marks = dict(state.marks) if state else {}
    if isinstance(state, PairingState):
        marks |= state.group_marks
    for stem, mark in marks.items():
        key = f"{stem}/{mark.generation}"
        if mark.standing == "live" and key not in queued and key not in over:
            yield key
