"""Calendars that are somewhere else, put together of what the files say and what `connect` has kept.

Not which calendar is where: run.py. What only one of the connectors knows is in its own folder.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from connectors.connected import password_of
from connectors.internet import Grant, GuestMails, InternetCalendars, Post, Reached, SharedBusy
from daemon.domain.account import Account
from daemon.domain.people import Address
from daemon.domain.program import Config
from daemon.ports import CalendarConnector, Clock, Push, Vault

if TYPE_CHECKING:
    from connectors.google import Granted


CHANNELS = "channels"
"""The secret of the vault by which posts of Google are known."""


def on_the_internet(
    config: Config,
    addresses: set[Address],
    clock: Clock,
    vault: Vault,
    zones: dict[Address, str],
    folder: Path,
    post: Callable[[str], Post],
    shared: SharedBusy | None,
) -> CalendarConnector:
    """The calendars of these addresses; where no account says more, the address has to be enough. Guests whom their
    server does not tell get a mail."""
    known = {each.address: each for each in config.accounts}
    accounts = [
        Reached.of(known[each]) if each in known else Reached(each) for each in sorted(addresses)
    ]
    return InternetCalendars(
        accounts, vault, clock, zones, guest_mails=GuestMails(folder, clock, post), shared=shared
    )


def calendars_at_google(
    config: Config, addresses: set[Address], clock: Clock, vault: Vault, zones: dict[Address, str]
) -> CalendarConnector:
    """The calendars of these addresses at Google, whose library takes its time to load."""
    from connectors.google import GoogleCalendars

    return GoogleCalendars(sorted(addresses), _looked_up(config, vault), clock, zones)


def watch_of_google(config: Config, addresses: set[Address], clock: Clock, vault: Vault) -> Push:
    """What Google tells of these calendars, by posting to our pages."""
    from connectors.google import GoogleWatch

    secret, found = vault.secret(CHANNELS), _looked_up(config, vault)
    return GoogleWatch(sorted(addresses), found, clock, secret, config.web.address)


def _looked_up(config: Config, vault: Vault) -> Callable[[Address], Granted]:
    known = {each.address: each for each in config.accounts}

    def found(who: Address) -> Granted:
        said = known.get(who) or Account(who, client_id=config.google_client_id)
        return granted(said, password_of(vault, who))

    return found


def granted(account: Account, secret: str) -> Granted:
    """What the owner of a calendar at Google has allowed, as `connect` keeps it."""
    from connectors.google import Client, Granted

    grant = Grant.read(secret, account.address)
    client = Client(account.client_id, grant.client_secret)
    if account.url:
        client = replace(client, tokens=f"{account.url}/token", api=account.url)
    return Granted(client, grant.refresh_token)
