"""Fixtures that are the same wherever a connector can be opened anew on a simulated provider.

Not a suite, and not a provider: a subclass gives `reopen`, and for mail `office` and `deliver_to`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from daemon.domain.people import Address
from tests.conformance.post import Office, PostHands

ANA, BEN = "ana@mentors.example", "ben@mentees.example"
KOSS = "koss@program.example"
LARGE = 2_000_001


class Calendars:
    """Ana's calendar with Ben as its guest."""

    @pytest.fixture
    def calendars(self, reopen: Callable[[], Any]) -> Iterator[Any]:
        calendars = reopen()
        yield calendars
        calendars.close()

    @pytest.fixture
    def organizer(self) -> Address:
        return ANA

    @pytest.fixture
    def guest(self) -> Address:
        return BEN


class Mailboxes:
    """The program's mailbox, and Ben's."""

    @pytest.fixture
    def program(self) -> Address:
        return KOSS

    @pytest.fixture
    def guest(self) -> Address:
        return BEN

    @pytest.fixture
    def mail(self, reopen: Callable[[], Any]) -> Iterator[Any]:
        mail = reopen()
        yield mail
        mail.close()

    @pytest.fixture
    def hands(self, office: Office) -> PostHands:
        return PostHands(office)

    @pytest.fixture
    def spoil(self, hands: PostHands) -> Callable[[], None]:
        """A mail larger than what is read."""
        return lambda: hands.write(BEN, KOSS, b"Subject: x\r\n\r\n" + b"x" * LARGE, None)

    @pytest.fixture
    def thrown_away(self, office: Office) -> Callable[[], list[bytes]]:
        return lambda: office.mails(KOSS, "deleteditems")
