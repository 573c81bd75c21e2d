"""`accounts:`, in oneonone.yaml or a program file: where somebody's calendar and mail are kept.

Not secrets: those are asked for by `connect` and never stand in a file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from daemon.domain.account import Account
from daemon.domain.people import Address
from daemon.domain.value import replace
from daemon.settings.account_table import ACCOUNT
from daemon.settings.addresses import Mail
from daemon.settings.exchange import barred
from daemon.settings.fields import Values, read_block, refuse_secret
from daemon.settings.kinds import Wrong
from daemon.settings.problem import Findings, names_secret, nearest, shown
from daemon.settings.tree import Entries, Node, Scalar
from daemon.settings.web_kinds import on_this_machine

_NEEDS = {
    "url": ("calendar",), "user": ("calendar", "mail"), "own_network": ("calendar",),
    "imap": ("mail",), "smtp": ("mail",), "letters_a_day": ("mail",), "sign_in": ("mail",),
    "client_id": ("mail", "calendar"),
}  # fmt: skip
"""What only an account on the internet has."""
_SIGNED_IN = ("url", "own_network", "client_id")
"""What an account at Google or Microsoft may have as well; `url` is then a stand-in for them on this machine, as tests have it."""
_AT_EXCHANGE = ("url", "user", "own_network", "sign_in", "client_id")
_SECRETS = {
    "internet": "a password or a sign-in of its own",
    "exchange": "a password",
    "google": "a sign-in at Google",
    "microsoft": "a sign-in at Microsoft",
}
"""By what a calendar or a mailbox of each kind lets us in: an account has one of these."""
_WHAT = {"calendar": "calendar", "mail": "mailbox"}
_EXAMPLE = "For example: ana@example.org: {calendar: local}"


@dataclass(slots=True)
class Accounts:
    """The accounts of all files, and where those stand that need another one."""

    known: dict[Address, Account] = field(default_factory=dict)
    shares: list[tuple[Account, Values, Findings]] = field(default_factory=list)
    read_elsewhere: list[tuple[Account, Values, Findings]] = field(default_factory=list)


def read_accounts(node: Node, findings: Findings, accounts: Accounts, today: date | None) -> None:
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
        account = _account(address, values, findings, today)
        if account is None:
            continue
        if account.shares_busy_with:
            accounts.shares.append((account, values, findings))
        if account.read_in:
            accounts.read_elsewhere.append((account, values, findings))
        if accounts.known.setdefault(address, account) != account:
            findings.error(
                name.at, f"{address}:  is set differently in another file.", "Keep one of the two."
            )


def _account(
    address: Address, values: Values, findings: Findings, today: date | None
) -> Account | None:
    """The account, None where what is said of it does not go together."""
    # auto is settled by `connect`; until there is anything to connect to, it is local.
    said: dict[str, Any] = {
        key: "local" if each.value == "auto" else each.value for key, each in values.items()
    }
    auto = "calendar" not in values or values["calendar"].value == "auto"
    account = Account(address, **said, auto=auto)
    for name, kinds in _NEEDS.items():
        known = any(getattr(account, kind) == "internet" for kind in kinds)
        known |= name in _SIGNED_IN and (account.at_google or account.at_microsoft)
        known |= name in _AT_EXCHANGE and account.at_exchange
        known |= name == "letters_a_day" and account.mail in ("google", "exchange", "microsoft")
        left_open = "calendar" in values and auto and "calendar" in kinds
        shared = name == "url" and bool(account.shares_busy_with)
        if name in values and not known and not left_open and not shared:
            findings.error(
                values[name].at,
                f"{name}:  says where a {_WHAT[kinds[0]]} on the internet is.",
                f"Write {kinds[0]}: internet as well, or remove the line.",
            )
            return None
    if account.at_exchange and (why := barred(account, today)):
        findings.error(values[next(n for n in ("url", "calendar", "mail") if n in values)].at, *why)
        return None
    if wrong := _misplaced(account) or _sign_in(account):
        line, problem, advice = wrong
        findings.error(values[line].at, problem, advice)
        return None
    if not account.shares_busy_with and not _is_safe(account, values, findings, account):
        return None
    return account


def _misplaced(account: Account) -> tuple[str, str, str] | None:
    """Which line is of no use with the kinds of this account, why, and what to do."""
    if account.answers_in_inbox and account.calendar != "exchange":
        return "answers_in_inbox", "answers_in_inbox:  is for a calendar at an Exchange.", "Remove the line: elsewhere answers stand in the event."  # fmt: skip
    if account.read_in and account.mail != "google":
        return "read_in", "read_in:  says where a mailbox at Gmail is read.", "Write mail: google as well, or remove the line."  # fmt: skip
    issuer = "Google" if account.at_google else "Microsoft 365" if account.at_microsoft else ""
    if issuer and account.url and not on_this_machine(account.url):
        return "url", f"url:  is for a calendar on a server, and {issuer} is found without it.", f"Remove the line: whoever is there would be given what {issuer} gives."  # fmt: skip
    if account.shares_busy_with and account.calendar != "none":
        return "shares_busy_with", "shares_busy_with:  is for somebody whose 1:1s are invitations by mail.", "Write calendar: none as well, or remove the line."  # fmt: skip
    return None


def _is_safe(account: Account, values: Values, findings: Findings, server: Account) -> bool:
    """False, and a problem, where its url is in clear text and the server of `server` is far away."""
    if not account.url.startswith("http:") or server.own_network:
        return True
    findings.error(
        values["url"].at,
        f"{account.url}:  is not encrypted.",
        "Write https://, or own_network: true where the server stands in your own network.",
    )
    return False


def check_shares(accounts: Accounts) -> None:
    """Whoever is told busy times has to have an account that can be asked."""
    online = {a.address: a for a in accounts.known.values() if a.calendar == "internet"}
    for account, values, findings in accounts.shares:
        told = online.get(account.shares_busy_with)
        if told is not None:
            _is_safe(account, values, findings, told)
            continue
        meant = nearest(account.shares_busy_with, online)
        findings.error(
            values["shares_busy_with"].at,
            f"{account.shares_busy_with}:  has no calendar on the internet here.",
            f"Did you mean {meant}?"
            if meant
            else f"Write its account as well: {account.shares_busy_with}: {{calendar: internet}}",
        )


def check_reading(accounts: Accounts, mailboxes: Collection[Address]) -> None:
    """Where a mailbox is read has to be one on a server, and nothing else."""
    online = {a.address: a for a in accounts.known.values() if a.mail == "internet"}
    for account, values, findings in accounts.read_elsewhere:
        at, there = values["read_in"].at, account.read_in
        if there in mailboxes:
            findings.error(
                at,
                f"read_in:  {there} is the mailbox of a program, whose mails are its own.",
                "Forward to a mailbox of its own.",
            )
        elif there not in online:
            findings.error(
                at,
                f"read_in:  {there} has no mailbox on the internet here.",
                f"Write its account as well: {there}: {{mail: internet}}",
            )


def with_clients(accounts: Accounts, at_google: str, at_microsoft: str) -> tuple[Account, ...]:
    """All accounts by address; each with how its provider knows this program, where nothing else is said."""
    every = (accounts.known[address] for address in sorted(accounts.known))
    return tuple(_with_client(each, at_google, at_microsoft) for each in every)


def _with_client(account: Account, at_google: str, at_microsoft: str) -> Account:
    known = at_google if account.at_google else at_microsoft if account.at_microsoft else ""
    return account if account.client_id or not known else replace(account, client_id=known)


def _sign_in(account: Account) -> tuple[str, str, str] | None:
    """Which line of a sign-in does not go together with the rest, why, and what to do."""
    by, also = _SECRETS.get(account.mail), _SECRETS.get(account.calendar)
    if by and also and by != also and {account.mail, account.calendar} != {"internet", "exchange"}:
        signed_in = account.mail in ("google", "microsoft")
        same = f"calendar: {account.mail}" if signed_in else f"mail: {account.calendar}"
        return "mail", f"mail:  {account.mail} is let in by {by}, and this calendar by {also}.", f"Write {same} as well, or give the calendar to another address."  # fmt: skip
    if account.sign_in and account.at_exchange and "internet" in (account.calendar, account.mail):
        return "sign_in", "sign_in:  is asked for one service, and this account is at two.", "Give one of the two to another address."  # fmt: skip
    if account.sign_in and account.calendar == "internet":
        return "sign_in", "sign_in:  is for mail, and this calendar is let in otherwise.", "Give the calendar to another address, or use an app password for both."  # fmt: skip
    if account.sign_in and not account.client_id:
        return "sign_in", "sign_in:  needs to say who asks.", "Register this program there, and write its client_id: as well."  # fmt: skip
    if account.client_id and not account.signs_in:
        return "client_id", "client_id:  is of no use without sign_in.", "Write sign_in: as well, or remove the line."  # fmt: skip
    return None


def calendar_of(accounts: Mapping[Address, Account], address: Address, otherwise: str) -> str:
    """The kind of calendar of an address: what its account says, else `otherwise`."""
    account = accounts.get(address)
    return otherwise if account is None or account.calendar == "local" else account.calendar


def complete(
    accounts: dict[Address, Account], addresses: Iterable[Address]
) -> dict[Address, Account]:
    """An account for everybody, sorted by address; those that no file mentions are local."""
    everybody = {address: Account(address) for address in addresses} | accounts
    return dict(sorted(everybody.items()))
