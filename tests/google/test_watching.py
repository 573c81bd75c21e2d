"""Google posts to our page when something has changed: what wakes a reading, what is forged, what is renewed.

Not the reading. The posts come over real sockets, to the real page.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection

import pytest
from cheroot import wsgi
from flask import Flask, request

from connectors.google import Access, Client, GoogleWatch, Granted
from daemon.domain.meeting import Slot
from daemon.ports import Posted
from daemon.simulate.clock import VirtualClock
from tests.servers.google import Fault, Google

pytestmark = pytest.mark.server("the simulated Google")
ANA, BEN = "ana@mentors.example", "ben@mentees.example"
NOW = datetime(2026, 12, 7, 9, tzinfo=UTC)
WINDOW = Slot(NOW - timedelta(days=30), NOW + timedelta(days=60))


class Desk:
    """Ana's calendar, who watches it, and the page that is posted to."""

    def __init__(self, google: Google) -> None:
        google.now, google.channels.plain = NOW, True
        self.google, self.clock = google, VirtualClock(NOW)
        self.tokens = {ANA: google.account(ANA)}
        self.app = Flask("desk")
        self.app.add_url_rule("/push/<provider>", "posted", self.posted, methods=["POST"])
        self.server = wsgi.Server(("127.0.0.1", 0), self.app)
        self.server.prepare()
        self.host = f"127.0.0.1:{self.server.bind_addr[1]}"
        self.wakes, self.silent_seconds = 0, 20.0
        self.watch = self.begun()

    def begun(self) -> GoogleWatch:
        """As at a start. Nothing is renewed by itself."""
        watch = GoogleWatch([ANA], self.granted, self.clock, b"secret", f"http://{self.host}")
        watch._wake = self.woke
        return watch

    def granted(self, who: str) -> Granted:
        """As the vault has it."""
        grants = self.google.grants
        client = Client(
            grants.client_id, grants.client_secret, f"{self.google.url}/token", self.google.url,
            self.silent_seconds,
        )  # fmt: skip
        return Granted(client, self.tokens[who])

    def woke(self) -> None:
        """A beat is wanted."""
        self.wakes += 1

    def posted(self, provider: str) -> tuple[str, int]:
        """The page."""
        return "", 404 if self.watch.posted(
            provider, Posted(dict(request.headers))
        ) is None else 204

    def post(self, **headers: str) -> int:
        """Somebody posts."""
        connection = HTTPConnection(self.host, timeout=20)
        connection.request(
            "POST",
            "/push/google",
            b"",
            {f"X-Goog-{n.replace('_', '-')}": v for n, v in headers.items()},
        )
        status = connection.getresponse().status
        connection.close()
        return status

    def passes(self, **time: float) -> None:
        """For both."""
        self.clock.spend(timedelta(**time))
        self.google.now = self.clock.now()

    def asked(self) -> list[str]:
        """What Google was asked since the last call; that a token has ended meanwhile is no question."""
        told = [method for _, method, status in self.google.calls if status != 401]
        self.google.calls.clear()
        return told


@pytest.fixture
def desk(google: Google) -> Iterator[Desk]:
    """Open for posts."""
    from threading import Thread

    desk = Desk(google)
    Thread(target=desk.server.serve, daemon=True).start()
    yield desk
    desk.server.stop()


def change(desk: Desk, name: str) -> None:
    """Ana makes something in her calendar."""
    at = {"dateTime": "2026-12-09T10:00:00+01:00"}
    end = {"dateTime": "2026-12-09T11:00:00+01:00"}
    access = Access(ANA, lambda: desk.granted(ANA), desk.clock)
    body = {"id": name, "start": at, "end": end}
    access.events().insert(calendarId="primary", body=body).execute(http=access.http())


def test_a_change_wakes_the_reading_of_that_calendar(desk: Desk) -> None:
    assert desk.watch.watched() == frozenset()
    desk.watch.renew()
    assert desk.watch.watched() == {ANA}
    assert (desk.wakes, desk.watch.woken()) == (0, ())  # hello is no change
    change(desk, "aaaaa1")
    assert desk.google.notify() == 1
    assert (desk.wakes, desk.watch.woken(), desk.watch.woken()) == (1, (ANA,), ())


def test_whoever_google_cannot_reach_is_not_watched(desk: Desk) -> None:
    desk.host = "127.0.0.1:9"
    desk.watch = desk.begun()
    desk.watch.renew()
    assert desk.watch.watched() == frozenset()
    assert desk.google.channels.lost == 1


def test_what_is_forged_wakes_nobody(desk: Desk) -> None:
    desk.watch.renew()
    assert desk.post() == 404
    assert desk.post(Channel_Token="a" * 26, Resource_State="exists") == 404
    assert desk.post(Channel_Token="ä", Resource_State="exists") == 404
    assert (desk.wakes, desk.watch.woken()) == (0, ())


def test_a_flood_is_one_reading_in_ten_seconds_and_the_last_word_counts(desk: Desk) -> None:
    desk.watch.renew()
    desk.passes(minutes=1)
    word = desk.watch._words[ANA]
    for _ in range(50):
        assert desk.post(Channel_Token=word, Resource_State="exists") == 204
    assert (desk.wakes, desk.watch.woken()) == (1, (ANA,))
    assert desk.post(Channel_Token=word, Resource_State="exists") == 204
    assert (desk.wakes, desk.watch.woken()) == (1, ())
    desk.passes(seconds=10)
    assert desk.watch.woken() == (ANA,)


def test_a_channel_is_renewed_before_it_ends_and_no_sooner(desk: Desk) -> None:
    desk.watch.renew()
    assert desk.asked() == ["calendar.events.watch"]
    desk.passes(days=5.5)
    desk.watch.renew()
    assert desk.asked() == []
    desk.passes(hours=3)
    desk.watch.renew()
    assert desk.asked() == ["calendar.events.watch"]
    desk.passes(days=7.5)  # the machine was off
    assert desk.watch.watched() == frozenset()
    desk.watch.renew()
    assert desk.watch.watched() == {ANA}


def test_what_a_channel_of_before_a_restart_posts_is_known(desk: Desk) -> None:
    desk.watch.renew()
    desk.watch = desk.begun()
    change(desk, "aaaaa1")
    desk.google.notify()
    assert desk.watch.woken() == (ANA,)


def test_a_refusal_is_not_asked_about_again_and_again(desk: Desk) -> None:
    desk.google.channels.plain = False
    for _ in range(3):
        desk.watch.renew()
        desk.passes(minutes=1)
    assert desk.asked() == ["calendar.events.watch"]
    desk.google.channels.plain = True
    desk.passes(hours=6)
    desk.watch.renew()
    assert desk.watch.watched() == {ANA}


WATCH = "calendar.events.watch"


@pytest.mark.parametrize(
    ("fault", "again"),
    [
        (Fault("drop", WATCH), timedelta(minutes=15)),
        (Fault("drop-after", WATCH), timedelta(minutes=15)),
        (Fault("say", WATCH, 503), None),
        (Fault("say", WATCH, 429, retry_after=600), timedelta(minutes=10)),
        (Fault("say", WATCH, 403, reason="rateLimitExceeded"), None),
        (Fault("say", WATCH, 401, times=3), timedelta(hours=6)),
        (Fault("say", WATCH, 404, reason="notFound"), timedelta(hours=6)),
        (Fault("tear", WATCH), timedelta(minutes=15)),
        (Fault("spoil", WATCH, spoils=lambda answer: {**answer, "expiration": "soon"}), timedelta(minutes=15)),
        (Fault("spoil", WATCH, spoils=lambda answer: {}), timedelta(minutes=15)),
        (Fault("hang", WATCH), timedelta(minutes=15)),
    ],
    ids=lambda each: f"{each.harm} {each.status}" if isinstance(each, Fault) else "",
)  # fmt: skip
def test_whatever_goes_wrong_it_is_tried_again_later_and_nothing_else_ends(
    desk: Desk, fault: Fault, again: timedelta | None
) -> None:
    """`again` None: a chance of at most two minutes."""
    desk.silent_seconds = 0.5
    desk.google.inject(fault)
    desk.watch.renew()
    assert desk.watch.watched() == frozenset()
    not_before = desk.watch._not_before[ANA] - desk.clock.now()
    assert not_before == again or (again is None and not_before <= timedelta(minutes=2))
    desk.google.faults.go_on()
    desk.passes(hours=6)
    desk.watch.renew()
    assert desk.watch.watched() == {ANA}
