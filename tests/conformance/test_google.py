"""Google Calendar holds every promise of the calendar port, through Google's own client library.

Not the simulator, which has tests of its own in tests/google.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from connectors.google import Client, GoogleCalendars, Granted
from daemon.domain.people import Address
from tests.conformance.caldav_world import StandingClock
from tests.conformance.calendar_faults import FaultConformance, Inject
from tests.conformance.calendars import CalendarConformance
from tests.conformance.exchange_world import Patience
from tests.conformance.following import NOW
from tests.conformance.google_world import GoogleHands, fault_of
from tests.servers.google import Google

pytestmark = pytest.mark.server("the simulated Google")
ANA, BEN = "ana@mentors.example", "ben@mentees.example"


class OnGoogle:
    """The fixtures."""

    @pytest.fixture
    def google(self, request: pytest.FixtureRequest) -> Iterator[Google]:
        with Google(NOW) as google:
            yield google
        assert google.problems == []
        request.node.user_properties.append(("bodies", google.validated))

    @pytest.fixture
    def patience(self) -> Patience:
        return Patience()

    @pytest.fixture
    def reopen(self, google: Google, patience: Patience) -> Callable[[], GoogleCalendars]:
        tokens = {who: google.account(who) for who in (ANA, BEN)}
        grants, url = google.grants, google.url

        def granted(who: Address) -> Granted:
            client = Client(
                grants.client_id, grants.client_secret, f"{url}/token", url, patience.seconds
            )
            return Granted(client, tokens[who])

        return lambda: GoogleCalendars(tokens, granted, StandingClock())

    @pytest.fixture
    def calendars(self, reopen: Callable[[], GoogleCalendars]) -> GoogleCalendars:
        return reopen()

    @pytest.fixture
    def hands(self, google: Google, calendars: GoogleCalendars) -> GoogleHands:
        return GoogleHands(google)

    @pytest.fixture
    def organizer(self) -> Address:
        return ANA

    @pytest.fixture
    def guest(self) -> Address:
        return BEN


class TestGoogle(OnGoogle, CalendarConformance, FaultConformance):
    """All of it."""

    @pytest.fixture
    def inject(self, google: Google, patience: Patience) -> Inject:
        def inject(call: str, kind: str) -> None:
            patience.lose(kind)
            fault = fault_of(call, kind)
            if fault is not None:
                google.inject(fault)

        return inject

    @pytest.fixture
    def expire(self, google: Google) -> Callable[[], None]:
        return lambda: google.expire(ANA)
