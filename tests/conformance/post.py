"""Hands over a post office of tests/servers, with only what mail suites need of them.

Not hands over calendars.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from daemon.domain.people import Address
from tests.conformance.following import NOW


class Office(Protocol):
    """A post office that can be looked into from behind."""

    def deliver(self, to: str, raw: bytes, at: datetime) -> bool:
        """Put a mail into the mailbox to which an address leads."""
        ...

    def mails(self, address: str) -> list[bytes]:
        """What lies in the inbox of that address, oldest first."""
        ...

    def owner(self, address: str) -> str:
        """Whose mailbox an address leads to; empty where it leads nowhere."""
        ...


class PostHands:
    """What people do with their mail, behind the back of the connector."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def write(self, who: Address, to: Address, raw: bytes, at: datetime | None) -> None:
        """A mail from `who`, as it lies in the mailbox of `to`."""
        self._office.deliver(to, raw, at or NOW)

    def letters(self, who: Address) -> list[bytes]:
        """What lies in somebody's inbox, oldest first."""
        return self._office.mails(who) if self._office.owner(who) else []
