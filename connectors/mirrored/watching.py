"""What a provider posts to our page when something has changed wakes the reading of that calendar.

Not a reading, and no truth: a post may be lost, late, doubled or forged. Calendars are read all the same, only more rarely. How a
provider is asked to post, and what it posts, is in its own folder.
"""

from __future__ import annotations

import base64
import hmac
import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Lock, Thread

from daemon.domain.people import Address
from daemon.errors import ConnectorError, Temporary
from daemon.ports import Clock

log = logging.getLogger("oneonone")

AGAIN_TEMPORARY, AGAIN = timedelta(minutes=15), timedelta(hours=6)
"""After a refusal."""
BETWEEN = timedelta(seconds=10)
"""One calendar wakes a reading so often at most: a flood is one reading."""
LOOK_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Channel:
    """What is open of one calendar, until when, and from when on it is renewed: none renews itself."""

    name: str
    ends: datetime
    renewed_at: datetime


class Watch(ABC):
    """See Push and PostedTo. `secret` makes the words by which posts are known, so that those of a channel from before a restart
    are known as well."""

    def __init__(self, accounts: Iterable[Address], clock: Clock, secret: bytes) -> None:
        self._clock = clock
        self._words = {each: _word(secret, each) for each in sorted(accounts)}
        self._channels: dict[Address, Channel] = {}
        self._not_before: dict[Address, datetime] = {}
        self._heard: set[Address] = set()
        """About whom anything was posted: the provider reaches us."""
        self._rung: dict[Address, datetime] = {}
        """When a post woke the reading last."""
        self._woken: dict[Address, datetime] = {}
        """Whose reading is to be woken, and not before when."""
        self._lock, self._over = Lock(), Event()
        self._wake: Callable[[], None] = _nobody

    def listen(self, wake: Callable[[], None]) -> None:
        """See Push."""
        self._wake = wake
        Thread(target=self._renew, daemon=True, name="channels").start()

    def woken(self) -> tuple[Address, ...]:
        """See Push."""
        now = self._clock.now()
        with self._lock:
            told = tuple(sorted(each for each, since in self._woken.items() if since <= now))
            for each in told:
                del self._woken[each]
        return told

    def watched(self) -> frozenset[Address]:
        """See Push. Only where a post has reached us: whoever is behind a wall opens channels in vain."""
        now = self._clock.now()
        with self._lock:
            return frozenset(
                each for each, channel in self._channels.items() if channel.ends > now and each in self._heard
            )  # fmt: skip

    def close(self) -> None:
        """See Push. Channels stay open until they end: what they post to the next daemon it knows."""
        self._over.set()

    def _whose(self, word: str) -> Address | None:
        """Who is meant by a post with that word."""
        found = [
            each
            for each, known in self._words.items()
            if hmac.compare_digest(known.encode(), word.encode())
        ]
        return found[0] if found else None

    def _hear(self, whose: Address, *, changed: bool) -> None:
        """Something was posted about that calendar; `changed`: also that it has changed."""
        now = self._clock.now()
        with self._lock:
            self._heard.add(whose)
            if not changed:
                return
            before = self._rung.get(whose)
            at_once = before is None or now - before >= BETWEEN
            if at_once:
                self._rung[whose] = now
            self._woken.setdefault(whose, now if at_once else self._rung[whose] + BETWEEN)
        if at_once:
            self._wake()

    def _renew(self) -> None:
        while not self._over.is_set():
            try:
                self.renew()
            # a thread that ends by surprise would end the watching for good, and polling goes on anyway
            except Exception as why:
                log.info("event=channels-lost why=%s", type(why).__name__)
            self._over.wait(LOOK_SECONDS)

    def renew(self) -> None:
        """Open what is not open, and what soon ends."""
        for address in self._words:
            if self._over.is_set():
                return
            now = self._clock.now()
            known = self._channels.get(address)
            due = known is None or known.renewed_at <= now
            if not due or self._not_before.get(address, now) > now:
                continue
            try:
                channel = self._opened(address, known, now)
            except Temporary as why:
                self._not_before[address] = now + (why.retry_after or AGAIN_TEMPORARY)
            except ConnectorError as why:
                self._not_before[address] = now + AGAIN
                log.info("event=channel-refused why=%s", type(why).__name__)
            else:
                with self._lock:
                    self._channels[address] = channel

    @abstractmethod
    def _opened(self, address: Address, known: Channel | None, now: datetime) -> Channel:
        """A channel that is good for a while; `known` is the one from before. Raises any error of daemon/errors.py."""


def _word(secret: bytes, address: Address) -> str:
    digest = hmac.digest(secret, f"channel {address}".encode(), "sha256")
    return base64.b32encode(digest)[:26].decode("ascii").lower()


def _nobody() -> None:
    """Nobody listens yet."""
