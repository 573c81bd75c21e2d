"""The simulated Google takes so many requests a minute and no more, and posts to those who watch.

Not how the daemon keeps to it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from tests.google.asking import EVENTS, Client
from tests.servers.google import Google

ANA = "ana@gmail.example"


@pytest.fixture
def ana(google: Google) -> Client:
    return Client(google, google.account(ANA))


@pytest.mark.parametrize(
    ("of_person", "of_project", "reason"),
    [(3, 10_000, "userRateLimitExceeded"), (600, 3, "rateLimitExceeded")],
)
def test_one_too_many_in_a_minute(
    google: Google, ana: Client, of_person: int, of_project: int, reason: str
) -> None:
    google.quotas.of_person, google.quotas.of_project = of_person, of_project
    assert [ana.ask("GET", EVENTS)[0] for _ in range(4)] == [200, 200, 200, 403]
    error = ana.ask("GET", EVENTS)[1]["error"]["errors"][0]
    assert (error["reason"], error["domain"]) == (reason, "usageLimits")
    google.now += timedelta(minutes=1)
    assert ana.ask("GET", EVENTS)[0] == 200


def test_or_it_says_429_and_how_long_to_wait(google: Google, ana: Client) -> None:
    google.quotas.of_person, google.quotas.says_429 = 1, True
    assert [ana.ask("GET", EVENTS)[0] for _ in range(2)] == [200, 429]


class Hook:
    """Where notifications go: their heads, in their order."""

    def __enter__(self) -> Hook:
        self.heads: list[dict[str, str]] = []
        self.then: Callable[[], None] = lambda: None
        hook = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                hook.heads.append(dict(self.headers.items()))
                hook.then()
                self.send_response(204)
                self.end_headers()

            def log_message(self, *said: object) -> None:
                """Nothing."""

        self._server = HTTPServer(("127.0.0.1", 0), Door)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}/hook"
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.004}, daemon=True).start()  # fmt: skip
        return self

    def __exit__(self, *why: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def channel(hook: Hook, **more: Any) -> dict[str, Any]:
    return {
        "id": "channel-1",
        "type": "web_hook",
        "address": hook.address,
        "token": "secret",
    } | more


def test_who_watches_hears_that_something_changed_and_not_what(google: Google, ana: Client) -> None:
    google.channels.plain = True
    with Hook() as hook:
        _, opened = ana.ask("POST", f"{EVENTS}/watch", channel(hook))
        ends = datetime.fromtimestamp(int(opened["expiration"]) / 1000, UTC)
        assert ends == google.now + timedelta(days=7)
        ana.make()
        assert (google.notify(), google.notify()) == (1, 0)
        states = [(each["X-Goog-Resource-State"], each["X-Goog-Message-Number"]) for each in hook.heads]  # fmt: skip
        assert states == [("sync", "1"), ("exists", "2")]
        assert {each["X-Goog-Channel-Token"] for each in hook.heads} == {"secret"}
        assert {each["X-Goog-Resource-URI"] for each in hook.heads} == {opened["resourceUri"]}
        assert ana.ask("POST", f"{EVENTS}/watch", channel(hook))[0] == 400
        stop = {"id": "channel-1", "resourceId": opened["resourceId"]}
        assert ana.ask("POST", "/calendar/v3/channels/stop", stop)[0] == 204
        ana.make(id="bbbbb0")
        assert google.notify() == 0


def test_who_watches_may_ask_before_it_answers(google: Google, ana: Client) -> None:
    google.channels.plain = True
    with Hook() as hook:
        hook.then = lambda: asked.append(ana.ask("GET", EVENTS)[0])
        asked: list[int] = []
        ana.ask("POST", f"{EVENTS}/watch", channel(hook))
        ana.make()
        google.notify()
    assert asked == [200, 200]


def test_who_watches_and_does_not_answer_is_passed_over(google: Google, ana: Client) -> None:
    google.channels.plain = True
    with Hook() as hook:
        ana.ask("POST", f"{EVENTS}/watch", channel(hook))
    ana.make()
    assert (google.notify(), google.channels.lost) == (1, 1)


def test_a_channel_ends_by_itself_and_wants_https(google: Google, ana: Client) -> None:
    with Hook() as hook:
        status, answer = ana.ask("POST", f"{EVENTS}/watch", channel(hook))
        reason = answer["error"]["errors"][0]["reason"]
        assert (status, reason) == (400, "push.webhookUrlNotHttps")
        google.channels.plain = True
        until = str(int((google.now + timedelta(hours=1)).timestamp() * 1000))
        assert ana.ask("POST", f"{EVENTS}/watch", channel(hook, expiration=until))[0] == 200
        google.now += timedelta(hours=1)
        google.browser(ANA).make(
            summary="1:1", start=google.now, end=google.now + timedelta(hours=1)
        )
        assert google.notify() == 0
