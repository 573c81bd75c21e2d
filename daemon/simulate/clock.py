"""A clock that stands still until it is set.

Not the system's clock: a simulated year passes in seconds, and a demo's week in one.
"""

from __future__ import annotations

from datetime import datetime, timedelta


class VirtualClock:
    """The present of a simulated world, in UTC. It never goes back by itself."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        """The present instant."""
        return self._now

    def set(self, moment: datetime) -> None:
        """Jump to a moment that is not in the past."""
        assert moment >= self._now, "a clock does not go back"
        self._now = moment

    def spend(self, time: timedelta) -> None:
        """Let time pass, as a slow call does."""
        self._now += time
