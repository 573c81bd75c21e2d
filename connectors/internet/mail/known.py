"""A mail account as it is found now, for `connect`; and as `connect` found it, for the daemon.

Not a connection, and not the vault: connected.py beside this folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from threading import Lock
from typing import cast

from connectors.connected import KeptVault, facts_of, password_of
from connectors.internet.mail.account import Login, MailAccount, Proof
from connectors.internet.mail.connector import InternetMail
from connectors.internet.mail.finding import read_at, sent_at, servers_of
from connectors.internet.mail.limits import AT_MICROSOFT, at_gmail, limit_of
from connectors.internet.oauth.tokens import Grant, Tokens
from connectors.internet.srv import Srv, dns_srv
from connectors.mails import LOOK_BACK, looks_back
from daemon.domain.account import Account
from daemon.domain.effect import Receipt
from daemon.domain.observation import Unknown
from daemon.domain.people import Address
from daemon.errors import ConnectorError
from daemon.ports import Batch, Cleared, Clock, Cursor, Lying, NotSent, OutgoingLetter, Vault


def found_account(account: Account, secret: str, srv: Srv = dns_srv) -> MailAccount:
    """Its servers are looked for; nothing is proved. `secret` is the password, or what was granted just now. AccessLost
    where DNS sends us to somebody else's domain."""
    imap, smtp = servers_of(account, srv)
    if account.sign_in:
        token = Grant.read(secret, account.address).access_token
        login = Login(account.user or account.address, lambda: token, "xoauth2")
    else:
        login = Login(account.user or account.address, lambda: secret)
    return MailAccount(account.address, smtp, imap, login)


def kept_account(
    account: Account, vault: KeptVault, clock: Clock, look_back: timedelta = LOOK_BACK
) -> MailAccount:
    """With the servers and the proof that `connect` found; what the files say of servers wins. AccessLost where it was
    never connected. The password is read at each new connection."""
    known = facts_of(vault, account.address)
    return MailAccount(
        account.address,
        sent_at(account.smtp or known["smtp"]),
        read_at(account.imap or known["imap"]),
        _login(account, vault, clock),
        cast("Proof", known["proof"]),
        look_back=look_back,
    )


def budget_of(account: Account, vault: Vault) -> int:
    """How many letters a day it sends at most: as the files say, else four fifths of what its provider allows, because
    people use the mailbox as well; 0 for no limit that is known."""
    if account.mail == "google":
        return account.letters_a_day or at_gmail(account.address)
    if account.mail == "exchange":
        return account.letters_a_day
    if account.mail == "microsoft":
        return account.letters_a_day or AT_MICROSOFT
    try:
        found = account.smtp or facts_of(vault, account.address).get("smtp", "")
    except ConnectorError:
        found = ""  # it is not connected yet
    known = limit_of(sent_at(found).host) if found else None
    return account.letters_a_day or (known[0] * 4 // 5 if known else 0)


def budgets_of(accounts: Iterable[Account], vault: Vault) -> dict[Address, int]:
    """The same of several, without those that have no limit that is known."""
    most = {each.address: budget_of(each, vault) for each in accounts}
    return {mailbox: count for mailbox, count in most.items() if count}


def _login(account: Account, vault: KeptVault, clock: Clock) -> Login:
    address = account.address
    user, secret = account.user or address, partial(password_of, vault, address)
    if not account.sign_in:
        return Login(user, secret)

    def save(text: str) -> None:
        vault.put(f"account/{address}", text.encode())

    tokens = Tokens(account, secret, save, clock)
    return Login(user, tokens.access, "xoauth2", tokens.refused)


class ConnectedMail:
    """The program's mailbox as `connect` found it last: what it finds anew counts without a restart."""

    def __init__(
        self, account: Account, vault: KeptVault, clock: Clock, keep: timedelta | None
    ) -> None:
        """`keep`: how long what was dealt with lies there; None: for ever."""
        self._account = account
        self._look_back = looks_back(keep)
        self._vault = vault
        self._clock = clock
        self._lock = Lock()
        self._facts: dict[str, str] = {}
        self._mail: InternetMail | None = None

    def send(self, letter: OutgoingLetter, *, key: str) -> Receipt:
        """See MailConnector."""
        return self._now().send(letter, key=key)

    def sent(self, letter: OutgoingLetter) -> Receipt | NotSent | Unknown:
        """See MailConnector."""
        return self._now().sent(letter)

    def arrivals(self, since: Cursor | None) -> Batch:
        """See MailConnector."""
        return self._now().arrivals(since)

    def clear(
        self, names: Sequence[str], before: datetime, may_go: Callable[[Lying], bool]
    ) -> Cleared:
        """See MailConnector."""
        return self._now().clear(names, before, may_go)

    def _now(self) -> InternetMail:
        with self._lock:
            facts = facts_of(self._vault, self._account.address)
            if self._mail is None or facts != self._facts:
                if self._mail is not None:
                    self._mail.close()
                account = kept_account(self._account, self._vault, self._clock, self._look_back)
                self._mail = InternetMail(account, self._clock)
                self._facts = facts
            return self._mail
