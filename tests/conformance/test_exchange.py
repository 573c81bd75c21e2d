"""Exchange holds every promise of the calendar port, through the real exchangelib.

Not the simulator, which has tests of its own in tests/exchange.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from connectors.exchange import ExchangeCalendars, Login
from daemon.domain.people import Address
from tests.conformance.caldav_world import StandingClock
from tests.conformance.calendar_faults import FaultConformance, Inject
from tests.conformance.calendars import CalendarConformance
from tests.conformance.exchange_world import ExchangeHands, Patience, fault_of
from tests.conformance.following import NOW
from tests.conformance.reopened import ANA, BEN, Calendars
from tests.servers.exchange import Exchange

pytestmark = pytest.mark.server("the simulated Exchange")


class OnExchange(Calendars):
    """The fixtures."""

    @pytest.fixture
    def exchange(self, request: pytest.FixtureRequest) -> Iterator[Exchange]:
        with Exchange(NOW) as exchange:
            for each in (ANA, BEN):
                exchange.account(each)
            yield exchange
        assert exchange.problems == []
        request.node.user_properties += exchange.counted

    @pytest.fixture
    def patience(self) -> Patience:
        return Patience()

    @pytest.fixture
    def reopen(self, exchange: Exchange, patience: Patience) -> Callable[[], ExchangeCalendars]:
        def login(who: Address) -> Login:
            return Login(who, exchange.url, who, "secret", patience.seconds)

        zones = dict.fromkeys((ANA, BEN), "Europe/Berlin")
        return lambda: ExchangeCalendars((ANA, BEN), login, StandingClock(), zones)

    @pytest.fixture
    def hands(self, exchange: Exchange, calendars: ExchangeCalendars) -> ExchangeHands:
        return ExchangeHands(exchange)


class TestExchange(OnExchange, CalendarConformance, FaultConformance):
    """All of it."""

    @pytest.fixture
    def inject(self, exchange: Exchange, patience: Patience) -> Inject:
        def inject(call: str, kind: str) -> None:
            patience.lose(kind)
            fault = fault_of(call, kind)
            if fault is not None:
                exchange.faults.inject(fault)

        return inject

    @pytest.fixture
    def expire(self, exchange: Exchange) -> Callable[[], None]:
        def expire() -> None:
            box = exchange.boxes[ANA]
            box.log.append(("calendar", "update", "nothing"))
            box.oldest = len(box.log)

        return expire
