"""`accounts:`, in oneonone.yaml or a program file: where somebody's calendar and mail are kept.

Not secrets: those are asked for by `connect` and never stand in a file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from daemon.domain.people import Address
from daemon.settings.addresses import Mail
from daemon.settings.fields import read_block, refuse_secret
from daemon.settings.kinds import Wrong
from daemon.settings.problem import Findings, names_secret, shown
from daemon.settings.roster_table import ACCOUNT
from daemon.settings.tree import Entries, Node, Scalar

_EXAMPLE = "For example: ana@example.org: {calendar: local}"


@dataclass(frozen=True, slots=True)
class Account:
    """Where one address keeps its calendar and its mail."""

    address: Address
    calendar: str = "local"
    mail: str = "local"


def read_accounts(node: Node, findings: Findings, accounts: dict[Address, Account]) -> None:
    """Add every account of one block; the same address in two files must not differ."""
    if not isinstance(node, Entries):
        if not isinstance(node, Scalar) or node.text:
            findings.error(node.at, "accounts:  is not a block of addresses.", _EXAMPLE)
        return
    for name, entry in node.entries:
        if names_secret(name.text):
            refuse_secret(name, findings, "")
            continue
        try:
            address = Mail().parse(name.text)
        except Wrong as wrong:
            findings.error(name.at, f"{shown(name.text)}:  {wrong.text}", wrong.advice or _EXAMPLE)
            continue
        if not isinstance(entry, Entries):
            findings.error(entry.at, f"{address}:  is not a block of settings.", _EXAMPLE)
            continue
        values = read_block(entry, ACCOUNT, findings, address)
        # auto is settled by `connect`; until there is anything to connect to, it is local.
        kinds = {key: "local" if v.value == "auto" else v.value for key, v in values.items()}
        account = Account(address, **kinds)
        if accounts.setdefault(address, account) != account:
            findings.error(
                name.at, f"{address}:  is set differently in another file.", "Keep one of the two."
            )


def complete(
    accounts: dict[Address, Account], addresses: Iterable[Address]
) -> dict[Address, Account]:
    """An account for everybody, sorted by address; those that no file mentions are local."""
    everybody = {address: Account(address) for address in addresses} | accounts
    return dict(sorted(everybody.items()))
