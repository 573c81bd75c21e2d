"""Microsoft posts to our page when something has changed: what wakes a reading, what is forged, what is renewed.

Not the reading. The posts come over real sockets, to a page like ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from cheroot import wsgi
from flask import Flask, request

from connectors.microsoft import App, Granted, MicrosoftWatch
from connectors.microsoft.watching import LASTS, WORD_MOST
from daemon.ports import Posted
from daemon.simulate.clock import VirtualClock
from tests.conformance.graph_world import Allowed, simulated
from tests.servers.graph import APP, APP_SECRET, TENANT, Graph

pytestmark = pytest.mark.server("the simulated Microsoft 365")
ANA, BEN = "ana@mentors.example", "ben@mentees.example"
NOW = datetime(2026, 12, 7, 9, tzinfo=UTC)


class Desk:
    """Who watches Ana's calendar, and the page that is posted to."""

    def __init__(self, graph: Graph) -> None:
        graph.now = NOW
        self.graph, self.clock, self.wakes = graph, VirtualClock(NOW), 0
        self.app = Flask("desk")
        self.app.add_url_rule("/push/<provider>", "posted", self.posted, methods=["POST"])
        self.server = wsgi.Server(("127.0.0.1", 0), self.app)
        self.server.prepare()
        self.web, self.answers = f"http://127.0.0.1:{self.server.bind_addr[1]}", True
        allowed = Allowed(graph)
        self.watch = MicrosoftWatch([ANA], allowed.granted, self.clock, b"secret", self.web, allowed.save)  # fmt: skip
        self.watch._wake = self.woke

    def woke(self) -> None:
        """A beat is wanted."""
        self.wakes += 1

    def posted(self, provider: str) -> tuple[str, int]:
        """The page."""
        told = Posted(dict(request.headers), dict(request.args), request.get_data())
        answer = self.watch.posted(provider, told) if self.answers else None
        return ("", 404) if answer is None else (answer, 200)

    def passes(self, **time: float) -> None:
        """For both."""
        self.clock.spend(timedelta(**time))
        self.graph.now = self.clock.now()

    def opened(self) -> list[str]:
        """How subscriptions were asked for since the last call."""
        told = [name for _, name in self.graph.calls if name == "subscription"]
        self.graph.calls.clear()
        return told


@pytest.fixture
def desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Desk]:
    with simulated(tmp_path, monkeypatch, request, ANA, BEN) as graph:
        desk = Desk(graph)
        Thread(target=desk.server.serve, daemon=True).start()
        yield desk
        desk.server.stop()


def test_a_change_wakes_the_reading_of_that_calendar(desk: Desk) -> None:
    desk.watch.renew()
    (open_,) = desk.graph.subscriptions.open.values()
    assert (open_.resource, open_.ends) == ("/me/events", NOW + LASTS)
    assert desk.watch.watched() == frozenset(), "nothing has reached us yet"
    desk.graph.subscriptions.tell()
    assert desk.watch.watched() == {ANA}
    assert (desk.wakes, desk.watch.woken(), desk.watch.woken()) == (1, (ANA,), ())


def test_what_an_admin_allowed_is_watched_by_its_name(desk: Desk) -> None:
    app = App(APP, TENANT, APP_SECRET, desk.graph.url, desk.graph.url)
    watch = MicrosoftWatch([ANA], lambda who: Granted(app), desk.clock, b"secret", desk.web)
    watch.renew()
    (open_,) = desk.graph.subscriptions.open.values()
    assert open_.resource == f"/users/{ANA}/events"


def test_a_flood_is_one_reading_and_a_forged_post_is_none(desk: Desk) -> None:
    desk.watch.renew()
    for _ in range(20):
        desk.graph.subscriptions.tell()
    assert (desk.wakes, desk.watch.woken()) == (1, (ANA,))
    desk.passes(seconds=30)
    desk.graph.subscriptions.tell(state="guessed")
    for body in (b"", b"[]", b"{}", b'{"value": [1, {"clientState": null}]}', b"\xff"):
        assert desk.watch.posted("microsoft", Posted({}, {}, body)) is None
    assert desk.watch.posted("google", Posted({}, {"validationToken": "x"})) is None
    assert desk.watch.posted("microsoft", Posted({}, {"validationToken": "x" * (WORD_MOST + 1)})) is None  # fmt: skip
    assert (desk.wakes, desk.watch.woken()) == (1, ())


def test_it_is_renewed_at_half_of_its_life_and_made_anew_where_it_is_gone(desk: Desk) -> None:
    desk.watch.renew()
    desk.watch.renew()
    assert desk.opened() == ["subscription"]
    desk.passes(days=2)
    desk.watch.renew()
    (open_,) = desk.graph.subscriptions.open.values()
    assert open_.ends == NOW + timedelta(days=2) + LASTS
    desk.graph.subscriptions.open.clear()
    desk.passes(days=2)
    desk.watch.renew()
    assert len(desk.graph.subscriptions.open) == 1


def test_what_microsoft_says_of_a_subscription_is_done(desk: Desk) -> None:
    desk.watch.renew()
    desk.passes(hours=1)
    desk.graph.subscriptions.tell(lifecycle="reauthorizationRequired")
    assert desk.wakes == 0
    desk.watch.renew()
    (open_,) = desk.graph.subscriptions.open.values()
    assert open_.ends == NOW + timedelta(hours=1) + LASTS
    desk.graph.subscriptions.tell(lifecycle="subscriptionRemoved")
    assert desk.watch.woken() == (ANA,), "what was missed meanwhile is read"
    desk.graph.subscriptions.open.clear()
    desk.watch.renew()
    assert len(desk.graph.subscriptions.open) == 1
    desk.passes(minutes=5)
    desk.graph.subscriptions.tell(lifecycle="missed")
    assert desk.watch.woken() == (ANA,)


def test_whom_microsoft_cannot_reach_is_asked_again_later(desk: Desk) -> None:
    desk.answers = False
    desk.watch.renew()
    desk.watch.renew()
    assert desk.opened() == ["subscription"]
    assert desk.graph.subscriptions.open == {}
    desk.answers = True
    desk.passes(hours=6)
    desk.watch.renew()
    assert len(desk.graph.subscriptions.open) == 1
