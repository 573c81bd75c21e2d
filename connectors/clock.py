"""The system's clock behind the Clock port.

Not a timer: nothing waits here, and nothing else in the project may read the present.
"""

from __future__ import annotations

from datetime import UTC, datetime


class SystemClock:
    """The present as the machine believes it."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)
