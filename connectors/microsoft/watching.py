"""Subscriptions: Microsoft posts to our page when something has changed in a calendar, and when a subscription needs attention
(learn.microsoft.com/graph/change-notifications-lifecycle-events).

Not what is made of a post: connectors/mirrored/watching.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from connectors.microsoft.access import Access, Granted, path_of, until
from connectors.mirrored.watching import Channel, Watch
from daemon.domain.people import Address
from daemon.errors import VersionConflict
from daemon.ports import Clock, Posted

PROVIDER = "microsoft"
LASTS = timedelta(days=4)
"""Of a subscription; Outlook's may last a week (learn.microsoft.com/graph/api/resources/subscription). It is renewed at half of it."""
WORD_MOST = 1_000


class MicrosoftWatch(Watch):
    """See Watch. `web` is how Microsoft reaches our pages."""

    def __init__(
        self,
        accounts: Iterable[Address],
        granted: Callable[[Address], Granted],
        clock: Clock,
        secret: bytes,
        web: str,
        save: Callable[[Address, str], None] = lambda who, cache: None,
    ) -> None:
        people = sorted(accounts)
        super().__init__(people, clock, secret)
        self._to = f"{web}/push/{PROVIDER}"
        self._access = {
            each: Access(each, partial(granted, each), clock, partial(save, each))
            for each in people
        }

    def posted(self, provider: str, post: Posted) -> str | None:
        """See PostedTo. Before it opens a subscription Microsoft asks whether somebody is there, who says back what it says."""
        if provider != PROVIDER:
            return None
        if word := post.query.get("validationToken", ""):
            return word if len(word) <= WORD_MOST else None
        known = False
        for each in _notices(post.body):
            whose = self._whose(str(each.get("clientState", "")))
            if whose is None:
                continue
            known = True
            event = each.get("lifecycleEvent")
            if event in ("subscriptionRemoved", "reauthorizationRequired"):
                self._again(whose, removed=event == "subscriptionRemoved")
            self._hear(whose, changed=event != "reauthorizationRequired")
        return "" if known else None

    def _again(self, whose: Address, *, removed: bool) -> None:
        """The subscription is renewed with the next look; a new one where it is gone."""
        with self._lock:
            channel = self._channels.pop(whose, None)
            if channel is not None and not removed:
                self._channels[whose] = Channel(channel.name, channel.ends, self._clock.now())

    def _opened(self, address: Address, known: Channel | None, now: datetime) -> Channel:
        access, ends = self._access[address], now + LASTS
        channel = partial(Channel, ends=ends, renewed_at=now + LASTS / 2)
        if known is not None:
            try:
                access.subscribe("PATCH", f"/{path_of(known.name)}", {"expirationDateTime": until(ends)})  # fmt: skip
                return channel(known.name)
            except VersionConflict:
                pass  # it is gone
        told = access.subscribe(
            "POST",
            "",
            {
                "changeType": "created,updated,deleted", "notificationUrl": self._to, "lifecycleNotificationUrl": self._to,
                "resource": f"{access.root}/events", "expirationDateTime": until(ends), "clientState": self._words[address],
            },
        )  # fmt: skip
        return channel(str(told.get("id", "")))


def _notices(body: bytes) -> Iterator[dict[str, Any]]:
    try:
        told = json.loads(body)
    except ValueError:
        return
    many = told.get("value") if isinstance(told, dict) else None
    yield from (each for each in many or () if isinstance(each, dict))
