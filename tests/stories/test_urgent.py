"""Quiet hours and what ignores them: a move is told at night only when the morning is too late (RULES 8).

Not what is moved, nor by whom.
"""

from __future__ import annotations

import pytest

from tests.stories.stage import running


@pytest.mark.parametrize(
    ("dragged_at", "to", "told"),
    [
        # 23:00 in Kolkata: eleven hours and a half before the new time, and twelve and a half
        ("Mon 12 Oct 19:30 Berlin", "Tue 13 Oct 07:00", "Mon 12 Oct 23:06"),
        ("Mon 12 Oct 19:30 Berlin", "Tue 13 Oct 08:00", "Tue 13 Oct 07:00"),
        ("Tue 13 Oct 06:00 Berlin", "Tue 13 Oct 16:00", "Tue 13 Oct 09:36"),
    ],
)
def test_a_move_by_hand_is_told(dragged_at: str, to: str, told: str) -> None:
    stage = running()
    stage.until(dragged_at)
    stage.ben.reads()
    stage.ana.drags("Tue 13 Oct", to)
    stage.until("Tue 13 Oct 13:00 Berlin")
    assert [e.split("  ")[0] for e in stage.ben.reads() if "  moved  " in e] == [told]
