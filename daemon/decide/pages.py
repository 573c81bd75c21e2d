"""Pages to read before the first 1:1: about the other one, what the program has to offer, how people treat each other there.

Not what is behind the links: only those that the files name are shown, and nothing of them is read.
"""

from __future__ import annotations

from daemon.decide.ideas import number_of
from daemon.decide.seen import PairingTurn
from daemon.domain.meeting import Meeting
from daemon.domain.people import Role, other


def pages_for(turn: PairingTurn, meeting: Meeting, role: Role) -> list[dict[str, str]]:
    """What the prep of their first 1:1 links to, for this reader; of a later one nothing."""
    if number_of(turn, meeting) > 1:
        return []
    known = (
        ("partner", turn.state.line.person(other(role)).page),
        ("resources", turn.program.resources),
        ("conduct", turn.program.conduct),
    )
    return [{"about": about, "url": url} for about, url in known if url]
