"""Every request that Microsoft is asked, under every fault that a network or a server has: what is raised is one of ours, and nothing
is changed by it.

Beside the matrix, which tries each call of the ports at the request in which it matters: test_microsoft.py, test_microsoft_mail.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from connectors.microsoft import Access, MicrosoftCalendars, MicrosoftMail, MicrosoftWatch
from daemon.domain.meeting import Place
from daemon.domain.observation import Unknown
from daemon.errors import AccessLost, ConnectorError, Temporary
from daemon.ports import Posted
from tests.conformance.calendar_writing import FOURTH, NOON
from tests.conformance.following import NOW, WINDOW, listing, one_off, series
from tests.conformance.graph_world import Allowed, simulated
from tests.conformance.mailboxes import letter, reply
from tests.conformance.test_local import StandingClock
from tests.servers.graph import Fault, Graph
from tests.servers.graph.door import ROUTES
from tests.servers.graph.mails import deliver

pytestmark = pytest.mark.server("the simulated Microsoft 365")
ANA, BEN, CLEO = "ana@mentors.example", "ben@mentees.example", "cleo@mentees.example"
ONE = Place(ANA, "one", FOURTH)


class World:
    """Ana's calendar with a series, her mailbox with a mail, and whoever watches."""

    def __init__(self, graph: Graph) -> None:
        self.graph, self._allowed = graph, Allowed(graph)
        self.begin()
        self.calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
        deliver(graph, ANA, reply(BEN, ANA, 1), NOW)

    def begin(self) -> None:
        """As after a start."""
        clock, allowed = StandingClock(), self._allowed
        self.calendars = MicrosoftCalendars((ANA,), allowed.granted, clock, {}, allowed.save)
        access = Access(ANA, partial(allowed.granted, ANA), clock, partial(allowed.save, ANA))
        self.mail = MicrosoftMail(access, visible_after=timedelta())
        self.watch = MicrosoftWatch([ANA], allowed.granted, clock, b"secret", "http://127.0.0.1:9", allowed.save)  # fmt: skip

    def put(self) -> object:
        """Another title."""
        return self.calendars.put(ANA, series(ANA, BEN), key="k/2", expected="")


CALLS: dict[str, Callable[[World], Any]] = {
    "delta": lambda world: world.calendars.changes(ANA, None, WINDOW),
    "batch": lambda world: world.calendars.changes(ANA, None, WINDOW),
    "view": lambda world: world.calendars.busy(ANA, (ANA,), WINDOW),
    "schedule": lambda world: world.calendars.busy(ANA, (CLEO,), WINDOW),
    "instances": lambda world: world.calendars.move(ANA, ONE, NOON, key="k/2", expected=""),
    "event.update": lambda world: world.calendars.move(ANA, ONE, NOON, key="k/2", expected=""),
    "event.cancel": lambda world: world.calendars.cancel(ANA, ONE, key="k/2", expected=""),
    "event.list": lambda world: world.calendars.put(ANA, one_off(BEN), key="k/2", expected=""),
    "event.create": lambda world: world.calendars.put(ANA, one_off(BEN), key="k/2", expected=""),
    "event.get": World.put,
    "mail.list": lambda world: world.mail.sent(letter(ANA, BEN)),
    "mail.draft": lambda world: world.mail.send(letter(ANA, BEN), key="k"),
    "mail.update": lambda world: world.mail.send(letter(ANA, BEN), key="k"),
    "mail.send": lambda world: world.mail.send(letter(ANA, BEN), key="k"),
    "mail.delta": lambda world: world.mail.arrivals(None),
    "mail.value": lambda world: world.mail.arrivals(None),
    "token": lambda world: world.calendars.changes(ANA, None, WINDOW),
}
ELSEWHERE = {"event.delete", "mail.delete", "mail.get", "me"}
"""Tried in test_microsoft.py and test_microsoft_mail.py, in `batch`, after a letter has gone, and by `connect`."""
NOTHING_TO_TEAR = ("event.cancel", "mail.send")
"""What is answered without a word."""
FAULTS = {
    "cut": Fault("drop"),
    "torn": Fault("tear"),
    "500": Fault("say", status=500),
    "503": Fault("say", status=503, wait_seconds=7),
    "429": Fault("say", status=429, wait_seconds=90),
    "nobody": Fault("say", status=401, times=3),
}


@pytest.fixture
def world(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[World]:
    with simulated(tmp_path, monkeypatch, request, ANA, BEN) as graph:
        world = World(graph)
        yield world
        world.calendars.close()
        world.mail.close()


def test_every_request_has_its_row() -> None:
    assert {name for name, _, _ in ROUTES} | {"batch", "token"} == set(CALLS) | ELSEWHERE


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("call", CALLS)
def test_what_is_raised_is_ours_and_the_next_time_it_goes_on(
    world: World, call: str, fault: str
) -> None:
    harm = FAULTS[fault]
    if fault == "torn" and call in NOTHING_TO_TEAR:
        return
    if call == "token":
        world.graph.sign_in.access.clear()  # the token of the hour is over
    world.graph.faults.inject(Fault(harm.harm, call, harm.status, wait_seconds=harm.wait_seconds, times=harm.times))  # fmt: skip
    with pytest.raises(ConnectorError) as raised:
        CALLS[call](world)
    assert isinstance(raised.value, AccessLost if fault == "nobody" and call != "token" else Temporary)  # fmt: skip
    if harm.wait_seconds and call != "token":
        assert isinstance(raised.value, Temporary)
        assert raised.value.retry_after == timedelta(seconds=harm.wait_seconds)
    assert "@" not in str(raised.value) or "run.py connect" in str(raised.value)
    world.graph.faults.clear()
    if call == "token":
        world.begin()  # msal asks nobody for some seconds after a server's trouble
    CALLS[call](world)
    assert Place(ANA, "one") in listing(world.calendars, ANA)


def test_whoever_does_not_show_it_is_unknown_also_where_the_answer_is_none(world: World) -> None:
    nonsense = Fault("spoil", "schedule", spoils=lambda answer: {"value": [{"scheduleId": CLEO}]})
    world.graph.account(CLEO)
    world.graph.faults.inject(nonsense)
    assert isinstance(world.calendars.busy(ANA, (CLEO,), WINDOW)[CLEO], Unknown)


@pytest.mark.parametrize("status", [400, 403, 500])
def test_a_subscription_that_is_refused_is_asked_for_later_and_stops_nothing(
    world: World, status: int
) -> None:
    world.graph.faults.inject(Fault("say", "subscription", status))
    world.watch.renew()
    assert world.watch.watched() == frozenset()
    assert world.watch.posted("microsoft", Posted({})) is None
