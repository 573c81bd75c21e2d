"""Push channels: Google posts to our page when something has changed in a calendar, and this wakes the reading of it.

Not a reading, and no truth: a post has no body, and may be lost, late, doubled or forged (developers.google.com/calendar/
api/guides/push). Calendars are read all the same, only more rarely.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Event, Lock, Thread

from connectors.google.access import Access, Granted
from connectors.google.wire import ask
from daemon.domain.people import Address
from daemon.errors import ConnectorError, Temporary
from daemon.ports import Clock

log = logging.getLogger("oneonone")

PROVIDER = "google"
LIVED = 0.8
"""A channel is renewed when so much of its life is over: none renews itself."""
AGAIN_TEMPORARY, AGAIN = timedelta(minutes=15), timedelta(hours=6)
"""After a refusal."""
BETWEEN = timedelta(seconds=10)
"""One calendar wakes a reading so often at most: a flood is one reading."""
LOOK_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class _Channel:
    ends: datetime
    renewed_at: datetime


class GoogleWatch:
    """See Push and PostedTo. `web` is how Google reaches our pages; `secret` makes the words by which its posts are known,
    so that those of a channel from before a restart are known as well."""

    def __init__(
        self,
        accounts: Iterable[Address],
        granted: Callable[[Address], Granted],
        clock: Clock,
        secret: bytes,
        web: str,
    ) -> None:
        self._clock, self._to = clock, f"{web}/push/{PROVIDER}"
        self._access = {
            each: Access(each, partial(granted, each), clock) for each in sorted(accounts)
        }
        self._words = {each: _word(secret, each) for each in self._access}
        self._channels: dict[Address, _Channel] = {}
        self._not_before: dict[Address, datetime] = {}
        self._heard: set[Address] = set()
        """About whom anything was posted: Google reaches us."""
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

    def posted(self, provider: str, headers: Mapping[str, str]) -> bool:
        """See PostedTo. The first post of a channel only says that it is open."""
        told = {name.lower(): value for name, value in headers.items()}
        word = told.get("x-goog-channel-token", "")
        whose = self._whose(word) if provider == PROVIDER else None
        if whose is None:
            return False
        now = self._clock.now()
        with self._lock:
            self._heard.add(whose)
            if told.get("x-goog-resource-state") == "sync":
                return True
            before = self._rung.get(whose)
            at_once = before is None or now - before >= BETWEEN
            if at_once:
                self._rung[whose] = now
            self._woken.setdefault(whose, now if at_once else self._rung[whose] + BETWEEN)
        if at_once:
            self._wake()
        return True

    def close(self) -> None:
        """See Push. Channels stay open until they end: what they post to the next daemon it knows."""
        self._over.set()

    def _whose(self, word: str) -> Address | None:
        found = [
            each
            for each, known in self._words.items()
            if hmac.compare_digest(known.encode(), word.encode())
        ]
        return found[0] if found else None

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
        for address, access in self._access.items():
            if self._over.is_set():
                return
            now = self._clock.now()
            known = self._channels.get(address)
            due = known is None or known.renewed_at <= now
            if not due or self._not_before.get(address, now) > now:
                continue
            try:
                channel = self._opened(address, access, now)
            except Temporary as why:
                self._not_before[address] = now + (why.retry_after or AGAIN_TEMPORARY)
            except ConnectorError as why:
                self._not_before[address] = now + AGAIN
                log.info("event=channel-refused why=%s", type(why).__name__)
            else:
                with self._lock:
                    self._channels[address] = channel

    def _opened(self, address: Address, access: Access, now: datetime) -> _Channel:
        word = self._words[address]
        body = {
            "id": hashlib.sha256(f"{word} {now.isoformat()}".encode()).hexdigest()[:40],
            "type": "web_hook", "address": self._to, "token": word,
        }  # fmt: skip
        request = access.events().watch(calendarId="primary", body=body)
        told = str(ask(request, access).get("expiration", ""))
        if not told.isdigit():
            raise Temporary("Google does not say how long it watches")
        ends = datetime.fromtimestamp(int(told) / 1000, UTC)
        return _Channel(ends, now + LIVED * (ends - now))


def _word(secret: bytes, address: Address) -> str:
    digest = hmac.digest(secret, f"channel {address}".encode(), "sha256")
    return base64.b32encode(digest)[:26].decode("ascii").lower()


def _nobody() -> None:
    """Nobody listens yet."""
