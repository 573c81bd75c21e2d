"""Words for tables about meetings: each by the date first planned, with how it stands.

Not the pair itself: pair_cast.py.
"""

from __future__ import annotations

from daemon.decide.seen import PairingTurn
from tests.decide.pair_cast import berlin, offered

PROPOSAL = offered(6, opened_at=berlin("2026-10-07T10:00"), answer_by=berlin("2026-10-08T10:00"))


def days(turn: PairingTurn) -> list[str]:
    """The date first planned of each meeting, with how it stands."""
    return [
        " ".join(filter(None, (str(m.origin.day)[5:], m.standing, m.settled_by, m.off)))
        for m in turn.state.meetings
    ]
