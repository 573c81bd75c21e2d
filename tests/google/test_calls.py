"""What Google is asked in a few days is within the goals of PEERS, and nothing is refused: the same as calls.py, small.

Not a measurement: python -m tests.google.calls.
"""

from __future__ import annotations

import pytest

from tests.google.calls import week

pytestmark = pytest.mark.server("the simulated Google")


@pytest.mark.parametrize(("way", "most"), [("polling", 80), ("push", 7), ("organizer", 75)])
def test_a_few_days_of_a_few_pairings(way: str, most: float) -> None:
    """Goals are those of whole weeks; here most of the days have a 1:1."""
    told = week(pairings=4, days=3, way=way, weeks=1)
    assert told.a_day <= most, told
    assert told.calls["calendar.events.list"] > 0
    assert not told.refused
