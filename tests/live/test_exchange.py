"""A real Exchange before the conformance suite (see __init__.py).

Not the simulated one: tests/conformance/test_exchange.py.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from connectors.clock import SystemClock
from connectors.exchange import ExchangeCalendars, Login
from daemon.domain.people import Address
from tests.live.apart import LiveConformance


class TestExchange(LiveConformance):
    """All that needs no hands."""

    @pytest.fixture
    def there(self, organizer: Address, guest: Address) -> Iterator[ExchangeCalendars]:
        passwords = {organizer: os.environ["EWS_PASSWORD"], guest: os.environ["EWS_GUEST_PASSWORD"]}
        zones = dict.fromkeys(passwords, "Europe/Berlin")
        calendars = ExchangeCalendars(
            passwords, lambda who: Login(who, os.environ["EWS_URL"], who, passwords[who]), SystemClock(), zones
        )  # fmt: skip
        yield calendars
        calendars.close()

    @pytest.fixture
    def organizer(self) -> Address:
        return os.environ["EWS_USER"]

    @pytest.fixture
    def guest(self) -> Address:
        return os.environ["EWS_GUEST"]
