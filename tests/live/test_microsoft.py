"""A real tenant of Microsoft 365 before the conformance suite (see __init__.py). `GRAPH_URL`: a stand-in for Microsoft.

Not the simulated one: tests/conformance/test_microsoft.py.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from connectors.clock import SystemClock
from connectors.microsoft import App, Granted, MicrosoftCalendars
from connectors.microsoft.access import API, AUTHORITY
from daemon.domain.people import Address
from tests.live.apart import LiveConformance


class TestMicrosoft(LiveConformance):
    """All that needs no hands."""

    @pytest.fixture
    def there(self, organizer: Address, guest: Address) -> Iterator[MicrosoftCalendars]:
        at = os.environ.get("GRAPH_URL", "")
        app = App(
            os.environ["GRAPH_CLIENT_ID"], os.environ["GRAPH_TENANT"], os.environ["GRAPH_CLIENT_SECRET"], at or AUTHORITY, at or API
        )  # fmt: skip
        zones = dict.fromkeys((organizer, guest), "Europe/Berlin")
        calendars = MicrosoftCalendars(zones, lambda who: Granted(app), SystemClock(), zones)
        yield calendars
        calendars.close()

    @pytest.fixture
    def organizer(self) -> Address:
        return os.environ["GRAPH_USER"]

    @pytest.fixture
    def guest(self) -> Address:
        return os.environ["GRAPH_GUEST"]
