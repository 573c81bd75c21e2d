"""The slot search beside a brute force, a few hundred random worlds in weeks in which clocks change.

Not all that was ever compared: `python -m tests.decide.slots_against_brute_force --worlds 10000` goes on.
"""

from __future__ import annotations

import pytest

from tests.decide.slots_against_brute_force import ZONES, compared


def test_the_zones_are_many() -> None:
    assert len(set(ZONES)) >= 12


@pytest.mark.parametrize("seed", range(10))
def test_slots_order_reasons_and_choice_are_those_of_the_brute_force(seed: int) -> None:
    slots, filled, wrong = compared(worlds=30, seed=seed)
    assert wrong == []
    assert slots > 100 and filled > 5
