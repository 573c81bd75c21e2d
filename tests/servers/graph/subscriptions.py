"""Subscriptions: whom the server tells that something has changed, over HTTP, and never what.

Not the changes themselves.
"""

from __future__ import annotations

import json
import urllib.request
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tests.servers.graph.faults import Json, Refused
from tests.servers.graph.judge import wrong_in

if TYPE_CHECKING:
    from tests.servers.graph import Graph

LONGEST = timedelta(minutes=10_080)
"""Of Outlook's resources (learn.microsoft.com/graph/api/resources/subscription)."""


@dataclass(slots=True)
class Subscription:
    """One that is open."""

    name: str
    url: str
    lifecycle: str
    resource: str
    state: str
    ends: datetime


class Subscriptions:
    """Those of all mailboxes."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self.open: dict[str, Subscription] = {}

    def __call__(self, method: str, path: str, body: Json) -> tuple[int, Json | None]:
        """See door.py. Raises Refused."""
        self._graph.judged += 1
        self._graph.problems += wrong_in("subscription", body)
        name = unquote(path.removeprefix("/v1.0/subscriptions/"))
        ends = datetime.fromisoformat(body["expirationDateTime"])
        if ends - self._graph.now > LONGEST:
            raise Refused(400, "ExtensionError", "Subscription expiration can only be 10080 minutes in the future.")  # fmt: skip
        if method == "PATCH":
            if name not in self.open:
                raise Refused(404, "ResourceNotFound", "The object was not found.")
            self.open[name].ends = ends
            return 200, {"id": name, "expirationDateTime": body["expirationDateTime"]}
        for url in (body["notificationUrl"], body["lifecycleNotificationUrl"]):
            if _posted(f"{url}?validationToken=a%20word%3C", b"") != "a word<":
                raise Refused(400, "ValidationError", "Subscription validation request failed.")
        name = self._graph.meetings.name()
        self.open[name] = Subscription(
            name, body["notificationUrl"], body["lifecycleNotificationUrl"], body["resource"], body["clientState"], ends
        )  # fmt: skip
        return 201, {"id": name, "expirationDateTime": body["expirationDateTime"], "resource": body["resource"]}  # fmt: skip

    def tell(self, *, state: str | None = None, lifecycle: str = "") -> None:
        """Every open one is told that something has changed, or that its subscription is to be renewed or is gone."""
        for each in list(self.open.values()):
            told: Json = {
                "subscriptionId": each.name, "clientState": each.state if state is None else state,
                "subscriptionExpirationDateTime": f"{each.ends:%Y-%m-%dT%H:%M:%SZ}", "tenantId": "11111111-0000-0000-0000-000000000000",
            }  # fmt: skip
            told |= {"lifecycleEvent": lifecycle} if lifecycle else {"changeType": "updated", "resource": each.resource}  # fmt: skip
            _posted(each.lifecycle if lifecycle else each.url, json.dumps({"value": [told]}).encode())  # fmt: skip


def _posted(url: str, body: bytes) -> str:
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"}, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return str(answer.read().decode())
    except OSError:
        return ""
