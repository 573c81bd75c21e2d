"""Outside: the acted outside world of a simulation or demo, as the simulator sees it.

Not an implementation: connectors/outside.py builds one in memory and one of real files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from daemon.domain.people import Address
from daemon.ports import Ports
from daemon.simulate.clock import VirtualClock
from daemon.simulate.hands import Hands


class Outside(Protocol):
    """Everything that survives a crash of the daemon: calendars, mailboxes, the store's file, time."""

    @property
    def clock(self) -> VirtualClock:
        """Its present."""
        ...

    @property
    def hands(self) -> Hands:
        """Everybody's hands."""
        ...

    def ports(self, statement: Callable[[str], None] | None = None) -> Ports:
        """Ports on this world, as after a start: what was not committed is gone. `statement` is called
        between any two statements of the store's transactions."""
        ...

    def posted(self) -> list[tuple[Address, bytes, datetime]]:
        """Mails that reached a mailbox since the last call, as (mailbox, raw, at), oldest first."""
        ...

    def faults(self) -> Mapping[tuple[str, str], int]:
        """How many faults were injected, by (call, kind)."""
        ...

    def quiet(self, quiet: bool = True) -> None:
        """Switch fault injection off or on."""
        ...
