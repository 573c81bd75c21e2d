"""Wire: what the composition root gives to the commands, so that they never import a connector.

Not an implementation: run.py has the only one.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from daemon.domain.account import Account
from daemon.domain.people import Address
from daemon.domain.program import Alarms, Config
from daemon.ports import Bell, Clock, MailConnector, OpenVault, Ports, Store
from daemon.ports.probe import Probe
from daemon.ports.signing_in import SignsIn
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

    def mailbox(self, config: Config, data: Path, address: Address) -> MailConnector:
        """One mailbox to send from. It needs no store, so whoever owns the data folder is not disturbed."""
        ...

    def probe(
        self, config: Config, data: Path, account: Account, password: str | None
    ) -> list[Probe]:
        """What is found at an account's servers, calendar first; None: with the password that is kept.
        AccessLost where there is none."""
        ...

    def sign_in(
        self, config: Config, account: Account, secret: str, tell: Callable[[str], None], ask: Callable[[str], str]
    ) -> str:  # fmt: skip
        """What the owner of an account grants in a browser; that is kept like a password. `secret` is what the issuer
        gave for this program, empty where it gave none. NotNow where nothing is granted."""
        ...

    def signing_in(self, config: Config) -> SignsIn:
        """The same from a page."""
        ...

    def vault(self, config: Config, data: Path) -> OpenVault:
        """Where secrets are; a rehearsal uses those of the real thing."""
        ...

    def keep(
        self, config: Config, data: Path, address: Address, password: str, facts: dict[str, str]
    ) -> None:
        """Put the password of an account into the vault, and what was found out about its mailbox."""
        ...

    def settle(self, config: Config, data: Path, address: Address, kind: str) -> None:
        """Remember where a calendar is of which the files leave that to `connect`."""
        ...

    def settled(self, config: Config, data: Path, address: Address) -> str:
        """The same back, empty while nobody has found out."""
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

    def backup(self, data: Path, to: Path) -> int:
        """A consistent copy of everything in a data folder but its secrets, in one new file, beside a running owner;
        answers how many files beside the store are in it. NotNow when there is no store yet."""
        ...

    def restore(self, backup: Path, data: Path) -> Path | None:
        """Put a backup in the store's place, and beside it what is missing; answers where the old store is kept."""
        ...

    def acted_folder(self, config: Config, start: datetime, folder: Path) -> Outside:
        """An acted world of real files in a folder, for the demo."""
        ...

    def acted_memory(self, config: Config, start: datetime, seed: int, level: str) -> Outside:
        """An acted world in memory with seeded faults, for the simulator."""
        ...
