"""Channels: what Google posts to somebody who watches a calendar (developers.google.com/calendar/api/guides/push).

Not what has changed: a notification has no body. It goes out when a test says so, and not by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPConnection
from urllib.parse import urlsplit

from tests.servers.google.calendars import Calendar
from tests.servers.google.refused import Refused, bad, not_found
from tests.servers.google.schema import Json

LASTS = timedelta(days=7)


@dataclass(slots=True)
class Channel:
    """One watch of one calendar."""

    id: str
    account: str
    address: str
    token: str
    until: datetime
    number: int
    sent: int = 0


class Channels:
    """All that are open."""

    def __init__(self) -> None:
        self.plain = False
        """Whether plain HTTP will do: Google itself wants HTTPS with a good certificate."""
        self.lost = 0
        """Posts to somebody who does not answer: Google gives up on them some time."""
        self._open: dict[str, Channel] = {}
        self._due: list[Channel] = []

    def watch(self, calendar: Calendar, body: Json, now: datetime) -> Json:
        """events.watch: one id for each channel, for good."""
        if body.get("type") not in ("web_hook", "webhook"):
            raise bad("Unknown channel type.", "channelUnknown")
        if len(body["id"]) > 64 or body["id"] in self._open:
            raise Refused(400, "channelIdNotUnique", f"Channel id {body['id']} not unique")
        if not body["address"].startswith("https://") and not self.plain:
            raise Refused(
                400, "push.webhookUrlNotHttps", f"WebHook callback must be HTTPS: {body['address']}"
            )
        until = now + LASTS
        if "expiration" in body:
            until = min(until, datetime.fromtimestamp(int(body["expiration"]) / 1000, now.tzinfo))
        channel = Channel(
            body["id"],
            calendar.address,
            body["address"],
            body.get("token", ""),
            until,
            calendar.number,
        )
        self._open[channel.id] = channel
        self._due.append(channel)
        return {
            "kind": "api#channel", "id": channel.id, "resourceId": resource_of(calendar.address),
            "resourceUri": _uri_of(calendar.address),
            "expiration": str(int(until.timestamp() * 1000)),
        }  # fmt: skip

    def stop(self, account: str, body: Json) -> None:
        """channels.stop."""
        channel = self._open.get(body.get("id", ""))
        if (
            channel is None
            or channel.account != account
            or body.get("resourceId") != resource_of(account)
        ):
            raise not_found()
        del self._open[channel.id]

    def notify(self, calendars: dict[str, Calendar], now: datetime) -> int:
        """Post to everybody whose calendar has changed since; how many posts that were."""
        posted = 0
        for channel in [each for each in self._open.values() if each.until > now]:
            number = calendars[channel.account].number
            if number > channel.number:
                channel.number = number
                self._post(channel, "exists")
                posted += 1
        return posted

    def post(self) -> None:
        """Say hello to those who have begun to watch. Not while anything is locked: who hears it may ask at once."""
        while self._due:
            self._post(self._due.pop(0), "sync")

    def _post(self, channel: Channel, state: str) -> None:
        channel.sent += 1
        to = urlsplit(channel.address)
        connection = HTTPConnection(to.netloc, timeout=20)
        headers = {
            "X-Goog-Channel-ID": channel.id, "X-Goog-Message-Number": str(channel.sent), "X-Goog-Resource-ID": resource_of(channel.account),
            "X-Goog-Resource-State": state, "X-Goog-Resource-URI": _uri_of(channel.account), "Content-Length": "0",
            "X-Goog-Channel-Expiration": f"{channel.until:%a, %d %b %Y %H:%M:%S GMT}",
        }  # fmt: skip
        if channel.token:
            headers["X-Goog-Channel-Token"] = channel.token
        path = f"{to.path or '/'}{'?' if to.query else ''}{to.query}"
        try:
            connection.request("POST", path, b"", headers)
            connection.getresponse().read()
        except OSError:
            self.lost += 1
        finally:
            connection.close()


def _uri_of(account: str) -> str:
    return f"https://www.googleapis.com/calendar/v3/calendars/{account}/events?alt=json"


def resource_of(account: str) -> str:
    """The name of what is watched, the same for every channel."""
    return f"r-{account}"
