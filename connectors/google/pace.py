"""How often Google may be asked: less than it takes, so that nothing is refused; and how long to wait where it refuses.

Not the requests. Google counts in sliding windows: 600 a minute and person, 10,000 a minute and project, and in projects of
2026-05 and later 1,000,000 a day (developers.google.com/calendar/api/guides/quota).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from threading import Lock

from daemon.domain.people import Address
from daemon.domain.program import GoogleLimits
from daemon.errors import Temporary

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
WAIT, WAIT_MOST = timedelta(minutes=1), timedelta(hours=1)
"""After a refusal that does not say how long: a chance of so long, twice as long each time."""


class Bucket:
    """In no window of that length more than `most`: half of it may come at once, and half of it comes in by and by."""

    def __init__(self, most: int, window: timedelta) -> None:
        self._holds, self._refill = max(1.0, most / 2), most / 2 / window.total_seconds()
        self._left, self._at = self._holds, None

    _at: datetime | None

    def fill(self, now: datetime) -> None:
        """As much as has come in since; a clock that was set back brings nothing."""
        if self._at is not None and now > self._at:
            came = (now - self._at).total_seconds() * self._refill
            self._left = min(self._holds, self._left + came)
        self._at = now

    def lacks(self) -> timedelta | None:
        """How long until there is one; None where there is one now."""
        return None if self._left >= 1 else timedelta(seconds=ceil((1 - self._left) / self._refill))

    def take(self) -> None:
        """One of those that are there."""
        self._left -= 1


@dataclass(slots=True)
class _Of:
    """One account: its bucket, how often it was refused in a row, and until when it invites nobody."""

    bucket: Bucket
    refused: int = 0
    invites_at: datetime | None = None


@dataclass(slots=True)
class Pace:
    """Of all accounts of one program at Google. Threads share it."""

    limits: GoogleLimits = GoogleLimits()
    _of: dict[Address, _Of] = field(default_factory=dict)
    _all: tuple[Bucket, ...] = field(init=False)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self._all = (
            Bucket(self.limits.google_a_minute, MINUTE),
            Bucket(self.limits.google_a_day, DAY),
        )

    def take(self, address: Address, now: datetime) -> None:
        """One request of that account. Temporary where it would be one too many."""
        with self._lock:
            buckets = (self._account(address).bucket, *self._all)
            for each in buckets:
                each.fill(now)
            lacks = [wait for each in buckets if (wait := each.lacks()) is not None]
            if lacks:
                raise Temporary("Google is asked as often as it may be", max(lacks))
            for each in buckets:
                each.take()

    def refused(self, address: Address, now: datetime) -> timedelta:
        """How long to wait: a chance, so that not everybody comes back at once ("full jitter"). It derives from the account
        and the moment, so that a run can be repeated."""
        with self._lock:
            account = self._account(address)
            account.refused += 1
            most = min(WAIT_MOST, WAIT * float(2 ** min(account.refused, 10)))
            chance = hashlib.sha256(f"{address} {now.isoformat()}".encode()).digest()
            share = int.from_bytes(chance[:4], "big") / 2**32
            return most * share

    def answered(self, address: Address) -> None:
        """It was not refused."""
        with self._lock:
            self._account(address).refused = 0

    def invites_nobody(self, address: Address, until: datetime) -> None:
        """Google takes no guests from that account for hours, and each attempt makes it longer."""
        with self._lock:
            self._account(address).invites_at = until

    def check_invites(self, address: Address, now: datetime) -> None:
        """Temporary as long as that lasts: nothing is asked."""
        with self._lock:
            until = self._account(address).invites_at
        if until is not None and now < until:
            raise Temporary(NO_GUESTS, until - now, whole=True)

    def _account(self, address: Address) -> _Of:
        if address not in self._of:
            self._of[address] = _Of(Bucket(self.limits.google_a_minute_each, MINUTE))
        return self._of[address]


NO_GUESTS = "Google lets this account invite nobody for some hours"
