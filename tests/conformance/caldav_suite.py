"""What the suites need on a real CalDAV server: two people, their hands, the connector behind a proxy.

Not tests: test_caldav.py inherits the suites, test_caldav_others.py takes things away from the server.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from daemon.domain.people import Address
from tests.conformance.caldav_world import (
    PASSWORD,
    CalDavHands,
    Delivered,
    Faulty,
    Mirror,
    connector,
    people,
)
from tests.conformance.calendar_faults import Inject
from tests.servers import radicale, xandikos
from tests.servers.fault_proxy import FaultProxy, fault_proxy

ANA, BEN = "ana@mentors.example", "ben@mentees.example"


@pytest.fixture(scope="module")
def radicale_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with radicale.radicale(tmp_path_factory.mktemp("radicale")) as url:
        yield url


@pytest.fixture(scope="module")
def xandikos_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with xandikos.xandikos(tmp_path_factory.mktemp("xandikos")) as url:
        yield url


class Site:
    """The fixtures. A subclass gives `behind`, the address of a running server, and `calendar_path`."""

    calendar_path = "/{user}/calendar/"

    @pytest.fixture
    def names(self) -> dict[Address, str]:
        return people(ANA, BEN)

    @pytest.fixture
    def proxy(self, behind: str, names: dict[Address, str]) -> Iterator[FaultProxy]:
        users = {who: (PASSWORD, name) for who, name in names.items()}
        with fault_proxy(behind, users) as proxy:
            yield proxy

    @pytest.fixture
    def mirror(self, behind: str, names: dict[Address, str], tmp_path: Path) -> Mirror:
        homes = {who: (name, self.calendar_path.format(user=name)) for who, name in names.items()}
        mirror = Mirror(behind, tmp_path, homes)
        for who in names:
            self.make_calendar(mirror, who)
        return mirror

    def make_calendar(self, mirror: Mirror, who: Address) -> None:
        """Make a first calendar, where the server does not do that."""

    @pytest.fixture
    def faults(self, proxy: FaultProxy) -> Faulty:
        return Faulty(proxy)

    @pytest.fixture
    def calendars(self, proxy: FaultProxy, mirror: Mirror, faults: Faulty) -> Delivered:
        return Delivered(connector(proxy, faults, ANA, BEN), mirror, faults)

    @pytest.fixture
    def reopen(self, proxy: FaultProxy, mirror: Mirror, faults: Faulty) -> Callable[[], Delivered]:
        return lambda: Delivered(connector(proxy, faults, ANA, BEN), mirror, faults)

    @pytest.fixture
    def hands(self, mirror: Mirror, proxy: FaultProxy) -> CalDavHands:
        return CalDavHands(mirror, proxy)

    @pytest.fixture
    def inject(self, faults: Faulty) -> Inject:
        return faults.inject

    @pytest.fixture
    def expire(self, proxy: FaultProxy) -> Iterator[Callable[[], None]]:
        """The server is asked about a token that it never gave, once."""
        bogus = (rb"(sync-token>)[^<]+(</)", rb"\1http://radicale.org/ns/sync/bogus\2")

        def expire() -> None:
            proxy.rewrite.append(bogus)

        yield expire


class OnRadicale(Site):
    """No scheduling: what passes between people goes by mail."""

    @pytest.fixture
    def behind(self, radicale_server: str) -> str:
        return radicale_server

    def make_calendar(self, mirror: Mirror, who: Address) -> None:
        assert mirror.ask(who, "MKCALENDAR").status_code == 201


class OnXandikos(Site):
    """It would schedule for people whose address it knows; here it knows none."""

    calendar_path = "/{user}/calendars/calendar/"

    @pytest.fixture
    def behind(self, xandikos_server: str) -> str:
        return xandikos_server

    def make_calendar(self, mirror: Mirror, who: Address) -> None:
        mirror.listed(who)
