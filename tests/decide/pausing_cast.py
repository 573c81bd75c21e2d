"""Words for tables about a pause: Ana asked for it long ago, until 3 November.

Not the pair itself: pair_cast.py.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from daemon.domain.pair import Pause
from tests.decide.pair_cast import LONG_AGO

NOVEMBER = date(2026, 11, 3)
LONGEST = date(2026, 12, 6)
"""Sixty days from now."""
BY_ANA = Pause(LONG_AGO, NOVEMBER, "mentor")


def paused(by: Pause = BY_ANA, **more: Any) -> dict[str, Any]:
    """What is remembered of a pair that pauses."""
    return {"standing": "paused", "pause": by, **more}
