"""Wire: what the composition root gives to the commands, so that they never import a connector.

Not an implementation: run.py has the only one.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from daemon.domain.people import Address
from daemon.domain.program import Alarms, Config
from daemon.ports import Bell, Clock, MailConnector, Ports, Store
from daemon.simulate.outside import Outside


class Wire(Protocol):
    """Connectors, wired. `shipped` is the folder in which config/ and templates/ came along."""

    @property
    def shipped(self) -> Path:
        """Where config/ and templates/ lie that came with the program."""
        ...

    def __call__(self, config: Config, data: Path) -> Ports:
        """Ports for the owner of the data folder, who holds its lock: claims of a dead one are freed."""
        ...

    def mailbox(self, data: Path, address: Address) -> MailConnector:
        """One mailbox to send from. It needs no store, so whoever owns the data folder is not disturbed."""
        ...

    def bell(self, to: Alarms, data: Path) -> Bell:
        """The bell of that data folder."""
        ...

    def clock(self) -> Clock:
        """The machine's clock."""
        ...

    def copied(self, config: Config, data: Path, clock: Clock) -> AbstractContextManager[Ports]:
        """Ports on a copy of everything in the data folder, gone at the end: what is done through them is
        done nowhere. Works beside a running owner, and where there is nothing yet."""
        ...

    def own(self, data: Path, command: str) -> AbstractContextManager[object]:
        """The owner lock on a data folder; NotNow, saying who holds it, when it is taken."""
        ...

    def owner(self, data: Path) -> str | None:
        """Who owns the data folder now, None for nobody."""
        ...

    def beside(self, data: Path, *, read_only: bool) -> Store:
        """The store beside a running owner; NotNow when there is none yet."""
        ...

    def restore(self, backup: Path, data: Path) -> Path | None:
        """Put a backup in the store's place; answers where the old one is kept."""
        ...

    def acted_folder(self, config: Config, start: datetime, folder: Path) -> Outside:
        """An acted world of real files in a folder, for the demo."""
        ...

    def acted_memory(self, config: Config, start: datetime, seed: int, level: str) -> Outside:
        """An acted world in memory with seeded faults, for the simulator."""
        ...
