"""What is at Google, put together of what the files say and what `connect` has kept.

Not the calendars and mails themselves: connectors/google, which is loaded only where somebody is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from connectors.connected import KeptVault, password_of
from connectors.internet import ConnectedMail, Grant, budget_of, google_scopes
from connectors.mails import looks_back
from daemon.domain.account import Account
from daemon.domain.people import Address
from daemon.domain.program import Config
from daemon.errors import AccessLost
from daemon.ports import Clock, MailConnector, Vault
from daemon.ports.probe import Probe

if TYPE_CHECKING:
    from connectors.google import Client, Granted


def looked_up_in(config: Config, vault: Vault) -> Callable[[Address], Granted]:
    """What the owners of calendars have allowed, looked up each time."""
    known = {each.address: each for each in config.accounts}

    def found(who: Address) -> Granted:
        said = known.get(who) or Account(who, calendar="google", client_id=config.google_client_id)
        return granted(config, said, vault)

    return found


def granted(config: Config, account: Account, vault: Vault, secret: str | None = None) -> Granted:
    """What the owner of an account at Google has allowed, as `connect` keeps it, or the admin of their Workspace; `secret`:
    what they allow just now. AccessLost where nobody has allowed anything."""
    from connectors.google import Granted

    key = _key(config, account, vault) if secret is None else secret
    if '"service_account"' in key:
        return Granted(_client(account, ""), key=key, scopes=google_scopes(account))
    grant = Grant.read(secret or password_of(vault, account.address), account.address)
    return Granted(_client(account, grant.client_secret), grant.refresh_token)


def gmail_at(
    config: Config, account: Account, clock: Clock, vault: Vault, reading: MailConnector | None
) -> MailConnector:
    """The mailbox of a program at Gmail. `reading`: where it is read, where it is only sent from there."""
    from connectors.google import Access, GmailMailbox, ReadElsewhere
    from connectors.google.pace import Pace

    look_back = looks_back(config.mailbox_keep(account.address))
    allowed = partial(granted, config, account, vault)
    access = Access(account.address, allowed, clock, Pace(config.google_limits))
    mail = GmailMailbox(access, reads=reading is None, look_back=look_back)
    return ReadElsewhere(mail, reading) if reading else mail


def probed(
    config: Config,
    account: Account,
    clock: Clock,
    vault: KeptVault,
    secret: str | None,
    wait: Callable[[float], None],
) -> Iterator[Probe]:
    """An account at Google, its calendar and its mailbox; `secret` as for `granted`."""
    from connectors.google import Access, probe_gmail, probe_google, probe_sending

    allowed = granted(config, account, vault, secret)
    if account.calendar == "google":
        yield probe_google(account.address, allowed, clock)
    if account.mail != "google":
        return
    access, most = Access(account.address, lambda: allowed, clock), budget_of(account, vault)
    reading = config.mail_account(account.read_in)
    if reading is None:
        yield probe_gmail(access, most, wait)
    else:
        mail = ConnectedMail(reading, vault, clock, None)
        yield probe_sending(access, mail, account.read_in, most, wait)


def _client(account: Account, secret: str) -> Client:
    from connectors.google import Client

    client = Client(account.client_id, secret)
    if account.url:
        client = replace(client, tokens=f"{account.url}/token", api=account.url)
    return client


def _key(config: Config, account: Account, vault: Vault) -> str:
    """That of the service account, where there is one and its owner has not let us in themselves."""
    if not config.google_service_account:
        return ""
    try:
        password_of(vault, account.address)
    except AccessLost:
        return password_of(vault, config.google_service_account)
    return ""
