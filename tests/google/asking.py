"""Asking the simulator by plain HTTP, as PROVIDERS.md tells what the live API answers.

Not the client library that the daemon uses: test_simulator_by_the_real_client.py.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from html import unescape
from http.client import HTTPConnection
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

from tests.servers.google import Google

ANA, BEN = "ana@gmail.example", "ben@gmail.example"
EVENTS = "/calendar/v3/calendars/primary/events"
MONDAY = {"dateTime": "2026-12-07T18:00:00", "timeZone": "Europe/Berlin"}
AT_SEVEN = {"dateTime": "2026-12-07T19:00:00", "timeZone": "Europe/Berlin"}
WEEKLY: dict[str, Any] = {
    "id": "aaaaa0", "summary": "1:1", "start": MONDAY, "end": AT_SEVEN, "recurrence": ["RRULE:FREQ=WEEKLY"],
    "attendees": [{"email": BEN}],
}  # fmt: skip


class Client:
    """One account's access to it."""

    def __init__(self, google: Google, refresh: str) -> None:
        self.google = google
        self._host = google.url.removeprefix("http://")
        form = {
            "grant_type": "refresh_token", "refresh_token": refresh, "client_id": google.grants.client_id,
            "client_secret": google.grants.client_secret,
        }  # fmt: skip
        status, answer = self._ask("POST", "/token", urlencode(form), {})
        assert status == 200, answer
        self._headers = {"Authorization": f"Bearer {answer['access_token']}"}

    def ask(
        self, http: str, path: str, body: Any = None, *, if_match: str = "", **query: Any
    ) -> tuple[int, Any]:
        """The status and the body."""
        headers = self._headers | ({"If-Match": if_match} if if_match else {})
        text = None if body is None else json.dumps(body)
        return self._ask(http, path + (f"?{urlencode(query, doseq=True)}" if query else ""), text, headers)  # fmt: skip

    def _ask(self, http: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, Any]:  # fmt: skip
        connection = HTTPConnection(self._host, timeout=20)
        connection.request(http, path, body, headers)
        answer = connection.getresponse()
        raw = answer.read()
        connection.close()
        return answer.status, json.loads(raw) if raw else None

    def make(self, **more: Any) -> Any:
        """A weekly series on Mondays at 18:00 in Berlin, with Ben."""
        status, event = self.ask("POST", EVENTS, WEEKLY | more, sendUpdates="all")
        assert status == 200, event
        return event

    def full(self) -> tuple[list[Any], str]:
        """Everything, and the token from which one goes on."""
        status, answer = self.ask("GET", EVENTS)
        assert status == 200, answer
        return answer["items"], answer["nextSyncToken"]

    def since(self, token: str) -> list[Any]:
        """What changed since."""
        status, answer = self.ask("GET", EVENTS, syncToken=token)
        assert status == 200, answer
        return list(answer["items"])


def moment(text: str) -> datetime:
    """An aware time as written."""
    return datetime.fromisoformat(text)


class _Stays(HTTPRedirectHandler):
    """A browser that stops where it is sent."""

    def redirect_request(self, *asked: Any) -> None:
        return None


def browsed(url: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
    """The status, the page, and where the browser is sent."""
    try:
        with build_opener(_Stays).open(url, urlencode(form).encode() if form else None) as answer:
            return answer.status, answer.read().decode(), ""
    except HTTPError as answer:
        return answer.code, answer.read().decode(), answer.headers.get("Location", "")


def agreed(link: str, account: str, answer: str = "allow", unticked: str = "") -> str:
    """The address to which a browser is sent after somebody has followed a link, and has said yes or no; `unticked`: the
    box that they have left out."""
    status, page, _ = browsed(link)
    assert status == 200, page
    form = dict(re.findall(r'name="(\w+)" value="([^"]*)"', unescape(page)))
    form.pop(unticked, None)
    parts = urlsplit(link)
    base = f"{parts.scheme}://{parts.netloc}"
    status, _, location = browsed(
        f"{base}/o/oauth2/consent", form | {"account": account, "answer": answer}
    )
    assert status == 302
    return location
