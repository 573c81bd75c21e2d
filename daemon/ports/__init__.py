"""The ports: all that the daemon asks of the outside world.

Not implementations: those are in connectors/, and nothing in daemon/ imports them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable

from msgspec import Struct

from daemon.domain.people import Address
from daemon.ports.alarm import Bell
from daemon.ports.calendar import AnswersGuests, CalendarConnector, OneOff, SeriesEvent
from daemon.ports.listing import Batch, Cursor
from daemon.ports.mail import (
    CLEARED_MOST,
    Cleared,
    DealtWith,
    Lying,
    MailConnector,
    NotSent,
    OutgoingLetter,
)
from daemon.ports.store import (
    COUNTED,
    HEARD_FOR,
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
    "CLEARED_MOST",
    "COUNTED",
    "HEARD_FOR",
    "RESTORED",
    "AnswersGuests",
    "Batch",
    "Bell",
    "CalendarConnector",
    "Claim",
    "Cleared",
    "Clock",
    "Cursor",
    "DealtWith",
    "Hold",
    "LedgerEntry",
    "Lying",
    "MailConnector",
    "NotSent",
    "OneOff",
    "OpenVault",
    "OutgoingLetter",
    "Ports",
    "Posted",
    "PostedTo",
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

    def listen(self, wake: Callable[[], None]) -> None:
        """Begin; `wake` is called whenever something was heard, by whatever thread."""
        ...

    def woken(self) -> tuple[Address, ...]:
        """The accounts about which something was heard since the last call."""
        ...

    def watched(self) -> Collection[Address]:
        """The accounts of whose calendars something is told as things are: these are read for good measure only."""
        ...

    def close(self) -> None:
        """Listen no more."""
        ...


class Posted(Struct, frozen=True):
    """What a provider has posted to our pages."""

    headers: Mapping[str, str]
    query: Mapping[str, str] = {}
    body: bytes = b""


@runtime_checkable
class PostedTo(Protocol):
    """A Push that a provider tells by posting to our pages."""

    def posted(self, provider: str, post: Posted) -> str | None:
        """Something was posted for that provider; what to answer, None where it was meant for none of ours."""
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


class OpenVault(Vault, Protocol):
    """A vault that secrets can be put into."""

    def put(self, name: str, value: bytes) -> None:
        """Keep or replace a secret."""
        ...


@dataclass(slots=True)
class Ports:
    """All that a daemon is wired to. `calendars` by kind of account; `mail` by mailbox address; `settled` tells where the
    calendar of somebody is whose files leave that to `connect`, empty as long as nobody has found out; `budgets`: how many
    letters a day a mailbox may send, where that is limited, as it is now; `posted`: how many mails about events calendars
    have sent from a mailbox since that was asked last."""

    clock: Clock
    vault: Vault
    store: Store
    calendars: Mapping[str, CalendarConnector]
    mail: Mapping[Address, MailConnector]
    push: Push | None = None
    bell: Bell | None = None
    settled: Callable[[Address], str] = field(default=lambda _: "")
    budgets: Callable[[], Mapping[Address, int]] = dict
    posted: Callable[[], Mapping[Address, int]] = dict
