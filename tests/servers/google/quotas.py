"""Quotas: how many requests Google takes from a person and from a project in a minute (PROVIDERS 3).

Not the guard against invitations: events.py. The minute is that of the simulated clock.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

from tests.servers.google.refused import Refused

MINUTE = timedelta(minutes=1)


class Quotas:
    """Sliding windows of a minute."""

    def __init__(self) -> None:
        self.of_person, self.of_project = 600, 10_000
        self.says_429 = False
        """Whether it says 429 instead of 403: both occur (developers.google.com/calendar/api/guides/quota)."""
        self._asked: dict[str, deque[datetime]] = {}

    def take(self, account: str, now: datetime) -> None:
        """One request more. Raises Refused where that is one too many."""
        for who, most, reason in (
            (account, self.of_person, "userRateLimitExceeded"),
            ("", self.of_project, "rateLimitExceeded"),
        ):
            asked = self._asked.setdefault(who, deque())
            while asked and asked[0] <= now - MINUTE:
                asked.popleft()
            if len(asked) >= most:
                status = 429 if self.says_429 else 403
                raise Refused(
                    status,
                    reason,
                    "Rate Limit Exceeded",
                    domain="usageLimits",
                    retry_after=30 if self.says_429 else None,
                )
        for who in (account, ""):
            self._asked[who].append(now)
