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
from collections.abc import Callable, Iterator, Mapping  # noqa: E402
from contextlib import AbstractContextManager, contextmanager  # noqa: E402
from datetime import datetime  # noqa: E402
from functools import partial  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import TYPE_CHECKING, cast  # noqa: E402

if TYPE_CHECKING:
    from connectors.connected import KeptVault
    from connectors.internet import MailAccount
    from connectors.memory.faults import Level
    from connectors.stores.vault import FileVault
    from daemon.domain.account import Account
    from daemon.domain.program import Alarms, Config
    from daemon.ports import (
        Bell,
        CalendarConnector,
        Clock,
        MailConnector,
        OpenVault,
        Ports,
        Push,
        Store,
        Vault,
    )
    from daemon.ports.probe import Probe
    from daemon.ports.signing_in import SignsIn
    from daemon.simulate.outside import Outside

STORE = "oneonone.db"
AWAY = ("internet", "google", "exchange", "microsoft", "none")
"""Kinds of calendars that are not in a folder here."""


class Wire:
    """Connectors for the commands; the contract of each method is daemon/commands/wire.py."""

    shipped = Path(__file__).resolve().parent

    def __call__(self, config: "Config", data: Path) -> "Ports":
        from connectors.stores.embedded import EmbeddedStore
        from connectors.stores.vault import FileVault

        store = EmbeddedStore.open(data / STORE)
        store.free_claims()
        vault = FileVault(data / "vault", os.environ)
        ports = _ports(config, data, self.clock(), store, vault, lambda: _passwords(config, data))
        ports.bell = self.bell(config.alarms, data)
        return ports

    @contextmanager
    def copied(self, config: "Config", data: Path, clock: "Clock") -> "Iterator[Ports]":
        from tempfile import TemporaryDirectory

        from connectors.internet import copy_invitations
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
            copy_invitations(data, copy)
            # A vault is read where there is one; a first secret is made where it is thrown away.
            home = data if (data / "vault" / "reply-tokens.secret").exists() else copy
            vault = FileVault(home / "vault", os.environ)

            def passwords() -> "KeptVault":
                return _passwords(config, data) if (data / "vault").is_dir() else vault

            yield _ports(config, copy, clock, store, vault, passwords, looking=True)
            store.close()

    def mailbox(self, config: "Config", data: Path, address: str) -> "MailConnector":
        return _mailbox(config, data, address, self.clock(), lambda: _passwords(config, data))

    def probe(
        self, config: "Config", data: Path, account: "Account", password: str | None
    ) -> "list[Probe]":
        from connectors.connected import password_of
        from connectors.internet import (
            found_account,
            kept_account,
            probe_calendars,
            probe_mail,
        )

        vault = _passwords(config, data)
        probes: list[Probe] = []
        if account.at_google:
            from connectors.at_google import probed

            return list(probed(config, account, self.clock(), vault, password, time.sleep))
        if account.at_microsoft:
            from connectors.at_microsoft import probed as probed_there

            return list(probed_there(config, account, self.clock(), vault, password, time.sleep))
        if account.at_exchange:
            from connectors.at_exchange import probed as probed_at

            probes += probed_at(account, self.clock(), vault, password, time.sleep)
            if account.calendar != "internet" and account.mail != "internet":
                return probes
        secret = password_of(vault, account.address) if password is None else password
        if account.calendar in ("internet", "auto"):
            people = {p.address for line in config.lines for p in (line.mentor, line.mentee)}
            keeps, clock = account.address in people, self.clock()
            probes += probe_calendars(account, keeps, config.accounts, secret, clock)
        if account.mail == "internet":

            def find() -> "MailAccount":
                if password is None:
                    return kept_account(account, vault, self.clock())
                return found_account(account, password)

            probes.append(probe_mail(account.address, find, self.clock(), time.sleep))
        return probes

    def sign_in(
        self,
        config: "Config",
        account: "Account",
        secret: str,
        tell: "Callable[[str], None]",
        ask: "Callable[[str], str]",
    ) -> str:
        from connectors.internet import Person
        from connectors.signing_in import sign_in

        return sign_in(config, account, secret, Person(tell, ask, time.sleep), self.clock())

    def signing_in(self, config: "Config") -> "SignsIn":
        from connectors.signing_in import SigningIn

        return SigningIn(config, self.clock())

    def vault(self, config: "Config", data: Path) -> "OpenVault":
        return _passwords(config, data)

    def keep(
        self, config: "Config", data: Path, address: str, password: str, facts: dict[str, str]
    ) -> None:
        from connectors.connected import keep

        keep(_passwords(config, data), address, password, facts)

    def settle(self, config: "Config", data: Path, address: str, kind: str) -> None:
        from connectors.connected import settle

        settle(_passwords(config, data), address, kind)

    def settled(self, config: "Config", data: Path, address: str) -> str:
        from connectors.connected import settled

        return settled(_passwords(config, data), address) if (data / "vault").is_dir() else ""

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

    def backup(self, data: Path, to: Path) -> int:
        from contextlib import closing

        from connectors.stores.beside import pack

        with closing(self.beside(data, read_only=True)) as store:
            store.backup(to)
        try:
            return pack(data, to)
        except BaseException:
            to.unlink(missing_ok=True)
            raise

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
    config: "Config",
    folder: Path,
    clock: "Clock",
    store: "Store",
    vault: "Vault",
    passwords: "Callable[[], KeptVault]",
    *,
    looking: bool = False,
) -> "Ports":
    """Calendars and mailboxes in a folder, whoever made it, and those on the internet; `looking`: calendars there
    are only looked at, and mailboxes left alone."""
    from connectors.local import LocalCalendars, LocalMail
    from daemon.ports import Ports

    people = [person for line in config.lines for person in (line.mentor, line.mentee)]
    zones = {person.address: person.zone for person in people}
    known = _settled(config, passwords)
    # In a rehearsal only files are calendars.
    kinds = {
        p.address: "local" if config.rehearsal else known.get(p.address) or p.calendar
        for p in people
    }
    said = {each.address: each.calendar for each in config.accounts if not config.rehearsal}
    organizers = {line.organizer for line in config.lines if line.organizer}
    kinds |= {each: said.get(each, "local") for each in organizers}
    mailboxes = {program.mailbox for program in config.programs}
    mail: dict[str, MailConnector] = {
        box: LocalMail(folder, box, clock)
        if looking
        else _mailbox(config, folder, box, clock, passwords)
        for box in mailboxes
    }
    here = [each for each in kinds if kinds[each] in ("local", "none")]
    local = LocalCalendars(folder, clock, here, zones)
    calendars: dict[str, CalendarConnector] = dict.fromkeys(("local", *AWAY), local)
    posted: Callable[[], Mapping[str, int]] = dict
    push: Push | None = None
    if any(kind in AWAY for kind in kinds.values()):
        from connectors.away import calendars_away

        found = calendars_away(
            config, folder, clock, vault, passwords(), kinds, zones, mail, looking
        )
        calendars, posted = calendars | found.calendars, found.posted
    if not looking and (config.web.address or any(config.mail_account(box) for box in mailboxes)):
        from connectors.away import watch

        push = watch(config, kinds, clock, passwords)
    return Ports(
        clock=clock, vault=vault, store=store, calendars=calendars, mail=mail,
        settled=lambda address: known.get(address, ""),
        budgets=dict if looking else _budgets(config, mailboxes, passwords),
        posted=posted, push=push,
    )  # fmt: skip


def _budgets(
    config: "Config", mailboxes: set[str], passwords: "Callable[[], Vault]"
) -> "Callable[[], dict[str, int]]":
    """How many letters a day each mailbox may send, where that is limited: asked each time, for a mailbox may be
    connected while the daemon runs."""
    accounts = [found for box in sorted(mailboxes) if (found := config.mail_account(box))]
    if not accounts:
        return dict
    from connectors.internet import budgets_of

    return partial(budgets_of, accounts, passwords())


def _settled(config: "Config", passwords: "Callable[[], KeptVault]") -> dict[str, str]:
    """Where the calendars are of which the files leave that to `connect`: as it was found out, once for a start, so that
    nothing changes its place while the daemon runs."""
    from connectors.connected import all_settled

    if not config.auto or config.rehearsal:
        return {}
    return all_settled(passwords(), config.auto)


def _mailbox(
    config: "Config",
    folder: Path,
    address: str,
    clock: "Clock",
    passwords: "Callable[[], KeptVault]",
) -> "MailConnector":
    """The mailbox of that address: in a folder, unless an account says where it is."""
    from connectors.local import LocalMail

    account = config.mail_account(address)
    if account is None:
        return LocalMail(folder, address, clock)
    from connectors.away import mailbox_away

    return mailbox_away(config, account, clock, passwords())


def _passwords(config: "Config", data: Path) -> "FileVault":
    """Where the passwords of accounts are: a rehearsal uses those of the real thing."""
    from connectors.stores.vault import FileVault
    from daemon.commands.rehearsing import FOLDER

    home = data.parent if config.rehearsal and data.name == FOLDER else data
    return FileVault(home / "vault", os.environ)


def main() -> None:
    """The command `oneonone`."""
    try:
        from daemon.cli import main
    except ModuleNotFoundError as missing:
        if missing.name != "typer":
            raise
        sys.exit(_by_another_python())

    main(Wire())


def _by_another_python() -> int:
    """The same again by the Python of .venv, so that a printed `run.py ...` can be pasted; where there is none, what to
    run instead, and the exit code of a wrong call."""
    own = Wire.shipped / ".venv" / "bin" / "python"
    if own.exists() and sys.executable != str(own):
        os.execv(own, [str(own), *sys.argv])
    run = ".venv/bin/python run.py ..."
    print(f"typer is not installed here. Run: {run} (`make demo` sets .venv up)", file=sys.stderr)
    return 2


if __name__ == "__main__":
    main()
