"""Push channels: Google posts to our page when something has changed in a calendar (developers.google.com/calendar/api/guides/push).

Not what is made of a post: connectors/mirrored/watching.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial

from connectors.google.access import Access, Granted
from connectors.google.wire import ask
from connectors.mirrored.watching import Channel, Watch
from daemon.domain.people import Address
from daemon.errors import Temporary
from daemon.ports import Clock, Posted

PROVIDER = "google"
LIVED = 0.8
"""A channel is renewed when so much of its life is over."""


class GoogleWatch(Watch):
    """See Watch. `web` is how Google reaches our pages."""

    def __init__(
        self,
        accounts: Iterable[Address],
        granted: Callable[[Address], Granted],
        clock: Clock,
        secret: bytes,
        web: str,
    ) -> None:
        people = sorted(accounts)
        super().__init__(people, clock, secret)
        self._to = f"{web}/push/{PROVIDER}"
        self._access = {each: Access(each, partial(granted, each), clock) for each in people}

    def posted(self, provider: str, post: Posted) -> str | None:
        """See PostedTo. A post has no body, and the first one of a channel only says that it is open."""
        told = {name.lower(): value for name, value in post.headers.items()}
        word = told.get("x-goog-channel-token", "")
        whose = self._whose(word) if provider == PROVIDER else None
        if whose is None:
            return None
        self._hear(whose, changed=told.get("x-goog-resource-state") != "sync")
        return ""

    def _opened(self, address: Address, known: Channel | None, now: datetime) -> Channel:
        word, access = self._words[address], self._access[address]
        name = hashlib.sha256(f"{word} {now.isoformat()}".encode()).hexdigest()[:40]
        body = {"id": name, "type": "web_hook", "address": self._to, "token": word}
        request = access.events().watch(calendarId="primary", body=body)
        told = str(ask(request, access).get("expiration", ""))
        if not told.isdigit():
            raise Temporary("Google does not say how long it watches")
        ends = datetime.fromtimestamp(int(told) / 1000, UTC)
        return Channel(name, ends, now + LIVED * (ends - now))
