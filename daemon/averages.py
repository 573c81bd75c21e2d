"""Averages of what each was asked alone, over a program: never of so few that somebody could be told apart.

Not a single number: whose it is stays with whoever gave it (daemon/decide/rating.py).
"""

from __future__ import annotations

from collections.abc import Iterable

from daemon.domain.world import PairingState

PEOPLE_LEAST = 5


def last_said(states: Iterable[PairingState]) -> list[int]:
    """What each person said last of how it goes, 1 to 5, pairings that are over included; nothing of fewer than five people."""
    last: dict[tuple[str, str], int] = {}
    for state in states:
        for rating in state.alone.ratings:
            if rating.about == "check":
                last[state.line.pairing, state.line.person(rating.role).id] = rating.value
    people = {person for _, person in last}
    return list(last.values()) if len(people) >= PEOPLE_LEAST else []


def satisfaction(states: Iterable[PairingState]) -> float | None:
    """The mean of that."""
    said = last_said(states)
    return round(sum(said) / len(said), 1) if said else None
