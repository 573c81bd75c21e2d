"""The system's clock behind the Clock port.

Not a timer: nothing waits here, and nothing else in the project may read the present.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime


class SystemClock:
    """The present as the machine believes it."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)


def seconds_running() -> float:
    """Seconds on a clock that nobody sets: for limits of time, never for the present."""
    return time.monotonic()
