"""Averages over a program, as a table: what is counted, and that nobody can be told apart.

Not how they are shown: tests/stories/test_ratings.py.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.averages import satisfaction
from daemon.domain.alone import Alone, Rating
from daemon.domain.people import Person, Role
from daemon.domain.value import replace
from daemon.domain.world import PairingState
from tests.decide.pair_cast import BEGUN
from tests.stories.cast import ANA, BEN, line

DAY = date(2026, 11, 16)
Said = list[tuple[Role, str, int]]


def pair(number: int, said: Said, mentor: Person = ANA) -> PairingState:
    """A pair of Ana and somebody of their own."""
    mentee = replace(BEN, id=f"mentee-{number}")
    ratings = tuple(Rating(role, about, DAY, value) for role, about, value in said)
    return PairingState(line(mentor, mentee), "active", since=BEGUN, alone=Alone(ratings=ratings))


@pytest.mark.parametrize(
    ("said", "mean"),
    [
        ([[("mentee", "check", value)] for value in (5, 4, 4, 3, 5)], 4.2),
        ([[("mentee", "check", value)] for value in (5, 4, 4, 3)], None),
        ([[("mentee", "check", 1), ("mentee", "check", 5)]] * 5, 5.0),  # the last of each
        ([[("mentor", "check", 5)]] * 9, None),  # all of one mentor
        ([[("mentor", "check", 1), ("mentee", "check", 4)]] * 4, 2.5),
        ([[("mentee", "start", 5)]] * 9, None),
        ([], None),
    ],
)
def test_how_it_goes(said: list[Said], mean: float | None) -> None:
    assert satisfaction(pair(n, each) for n, each in enumerate(said)) == mean
