#!/usr/bin/env python3
"""The composition root: gives the command line the function (config, data) -> Ports, and what lies beside it.

Not a command: those are in daemon/cli. This is the only file that imports both sides.
"""

# The zone files of PyPI's tzdata win over old ones of the system (trap_91), and `schedule` counts in local
# time (trap_3): both have to be said before anything reads a zone.
import os
import sys
import time

os.environ["PYTHONTZPATH"] = ""
os.environ["TZ"] = "UTC"
time.tzset()

# Everything below is imported late, so that `run.py --help` answers at once.
from collections.abc import Iterator  # noqa: E402
from contextlib import AbstractContextManager, contextmanager  # noqa: E402
from datetime import datetime  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import TYPE_CHECKING, cast  # noqa: E402

if TYPE_CHECKING:
    from connectors.memory.faults import Level
    from daemon.domain.program import Alarms, Config
    from daemon.ports import Bell, Clock, MailConnector, Ports, Store, Vault
    from daemon.simulate.outside import Outside

STORE = "oneonone.db"


class Wire:
    """Connectors for the commands; the contract of each method is daemon/commands/wire.py."""

    shipped = Path(__file__).resolve().parent

    def __call__(self, config: "Config", data: Path) -> "Ports":
        from connectors.stores.embedded import EmbeddedStore
        from connectors.stores.vault import FileVault

        store = EmbeddedStore.open(data / STORE)
        store.free_claims()
        vault = FileVault(data / "vault", os.environ)
        ports = _ports(config, data, self.clock(), store, vault)
        ports.bell = self.bell(config.alarms, data)
        return ports

    @contextmanager
    def copied(self, config: "Config", data: Path, clock: "Clock") -> "Iterator[Ports]":
        from tempfile import TemporaryDirectory

        from connectors.local import copy_folders
        from connectors.stores.embedded import EmbeddedStore
        from connectors.stores.vault import FileVault
        from daemon.errors import NotNow

        try:
            room = TemporaryDirectory(prefix="oneonone-", ignore_cleanup_errors=True)
        except OSError as why:
            raise NotNow(f"there is no room for a copy: {why.strerror or why}") from why
        with room as folder:
            copy, store = Path(folder), EmbeddedStore.copied(data / STORE)
            store.free_claims()
            copy_folders(data, {program.mailbox for program in config.programs}, copy)
            # A vault is read where there is one; a first secret is made where it is thrown away.
            home = data if (data / "vault" / "reply-tokens.secret").exists() else copy
            yield _ports(config, copy, clock, store, FileVault(home / "vault", os.environ))
            store.close()

    def mailbox(self, data: Path, address: str) -> "MailConnector":
        from connectors.local import LocalMail

        return LocalMail(data, address, self.clock())

    def bell(self, to: "Alarms", data: Path) -> "Bell":
        from connectors.alarms import OutsideBell

        return OutsideBell(to, data)

    def clock(self) -> "Clock":
        from connectors.clock import SystemClock

        return SystemClock()

    def own(self, data: Path, command: str) -> AbstractContextManager[object]:
        from connectors.stores.lock import OwnerLock

        return OwnerLock(data, command, self.clock().now())

    def owner(self, data: Path) -> str | None:
        from connectors.stores.lock import owner

        return owner(data)

    def beside(self, data: Path, *, read_only: bool) -> "Store":
        from connectors.stores.embedded import EmbeddedStore
        from connectors.stores.schema import open_file

        if not read_only:
            open_file(data / STORE, read_only=True).close()  # only where there is one already
        return EmbeddedStore.open(data / STORE, read_only=read_only)

    def restore(self, backup: Path, data: Path) -> Path | None:
        from connectors.stores.restore import restore

        return restore(backup, data / STORE, now=self.clock().now())

    def acted_folder(self, config: "Config", start: datetime, folder: Path) -> "Outside":
        from connectors.outside import LocalOutside

        return LocalOutside(config, start, folder)

    def acted_memory(self, config: "Config", start: datetime, seed: int, level: str) -> "Outside":
        from connectors.outside import MemoryOutside

        return MemoryOutside(config, start, seed, cast("Level", level))


def _ports(
    config: "Config", folder: Path, clock: "Clock", store: "Store", vault: "Vault"
) -> "Ports":
    """Calendars and mailboxes in a folder, whoever made it."""
    from connectors.local import LocalCalendars, LocalMail
    from daemon.ports import Ports

    people = [person for line in config.lines for person in (line.mentor, line.mentee)]
    zones = {person.address: person.zone for person in people}
    mailboxes = {program.mailbox for program in config.programs}
    return Ports(
        clock=clock,
        vault=vault,
        store=store,
        calendars={"local": LocalCalendars(folder, clock, zones, zones)},
        mail={mailbox: LocalMail(folder, mailbox, clock) for mailbox in mailboxes},
    )


def main() -> None:
    """The command `oneonone`."""
    try:
        from daemon.cli import main
    except ModuleNotFoundError as missing:
        if missing.name != "typer":
            raise
        sys.exit(_not_installed())

    main(Wire())


def _not_installed() -> int:
    """What to run instead, for whoever called another Python than that of .venv; the exit code of a wrong call."""
    run = ".venv/bin/python run.py ..."
    print(f"typer is not installed here. Run: {run} (`make demo` sets .venv up)", file=sys.stderr)
    return 2


if __name__ == "__main__":
    main()
