"""What `run.py connect` puts into the vault about an account, and how it is read: the password, and what was found out.

Not a connection. Nothing is remembered here, so that what is put while the daemon runs counts at once.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from daemon.domain.people import Address
from daemon.errors import AccessLost, Temporary, UserError
from daemon.ports import OpenVault, Vault

KEPT = ("imap", "smtp", "proof")
"""What is found out about a mailbox and needed afterwards."""


class KeptVault(OpenVault, Protocol):
    """A vault that knows what was put into it."""

    def kept(self, kind: str) -> Collection[str]:
        """Of which accounts there is a secret of that kind (`account`, `mail`, `calendar`)."""
        ...


def keep(vault: OpenVault, address: Address, password: str, facts: Mapping[str, str]) -> None:
    """The password, and those facts that are needed afterwards."""
    found = {name: facts[name] for name in KEPT if name in facts}
    if found:
        vault.put(f"mail/{address}", json.dumps(found).encode())
    vault.put(f"account/{address}", password.encode())


def password_of(vault: Vault, address: Address) -> str:
    """AccessLost where there is none, or none that opens."""
    return _text(vault, f"account/{address}", address)


def facts_of(vault: Vault, address: Address) -> dict[str, str]:
    """What was found out about a mailbox; AccessLost where it was never connected."""
    try:
        known: dict[str, str] = json.loads(_text(vault, f"mail/{address}", address))
    except ValueError as why:
        raise Temporary("what was found out about the mailbox cannot be read") from why
    return known


def settle(vault: OpenVault, address: Address, kind: str) -> None:
    """Where a calendar is of which the files leave that open."""
    vault.put(f"calendar/{address}", kind.encode())


def settled(vault: Vault, address: Address) -> str:
    """The same back: internet, none (invitations by mail), or empty while nobody has found out."""
    try:
        return vault.secret(f"calendar/{address}").decode()
    except (KeyError, UserError, UnicodeDecodeError):
        return ""


def all_settled(vault: KeptVault, addresses: Iterable[Address]) -> dict[Address, str]:
    """The same of those of many people for whom it was found out: one look into the vault, and not one for each."""
    known = vault.kept("calendar")
    found = {address: settled(vault, address) for address in addresses if address in known}
    return {address: kind for address, kind in found.items() if kind}


def _text(vault: Vault, name: str, address: Address) -> str:
    try:
        return vault.secret(name).decode()
    except KeyError:
        raise AccessLost(f"{address} is not connected: run.py connect {address}") from None
    except UserError as why:
        raise AccessLost(str(why)) from why
    except UnicodeDecodeError as why:
        raise Temporary("the password in the vault is not text") from why
