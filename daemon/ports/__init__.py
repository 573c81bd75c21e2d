"""The ports: all that the daemon asks of the outside world.

Not implementations: those are in connectors/, and nothing in daemon/ imports them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from daemon.domain.people import Address
from daemon.ports.alarm import Bell
from daemon.ports.calendar import CalendarConnector, OneOff, SeriesEvent
from daemon.ports.listing import Batch, Cursor
from daemon.ports.mail import MailConnector, NotSent, OutgoingLetter
from daemon.ports.store import (
    RESTORED,
    Claim,
    Hold,
    LedgerEntry,
    QueueEntry,
    Rendered,
    SentLetter,
    Store,
)

__all__ = [
    "RESTORED",
    "Batch",
    "Bell",
    "CalendarConnector",
    "Claim",
    "Clock",
    "Cursor",
    "Hold",
    "LedgerEntry",
    "MailConnector",
    "NotSent",
    "OneOff",
    "OutgoingLetter",
    "Ports",
    "Push",
    "QueueEntry",
    "Rendered",
    "SentLetter",
    "SeriesEvent",
    "Store",
    "Vault",
]


class Push(Protocol):
    """Something that wakes a poll. It carries no truth."""

    def woken(self) -> tuple[Address, ...]:
        """The accounts about which something was heard since the last call."""
        ...


class Clock(Protocol):
    """The only source of the present."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class Vault(Protocol):
    """Secrets. Never logged, never in a store's document."""

    def secret(self, name: str) -> bytes:
        """The secret of that name, made on first use where it can be made. KeyError otherwise."""
        ...


@dataclass(slots=True)
class Ports:
    """All that a daemon is wired to. `calendars` by kind of account; `mail` by mailbox address."""

    clock: Clock
    vault: Vault
    store: Store
    calendars: Mapping[str, CalendarConnector]
    mail: Mapping[Address, MailConnector]
    push: Push | None = None
    bell: Bell | None = None
