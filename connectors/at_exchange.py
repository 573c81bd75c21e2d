"""What is at Exchange, put together of what the files say and what `connect` has kept.

Not the calendars and mails themselves: connectors/exchange, which is loaded only where somebody is there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import TYPE_CHECKING

from connectors.connected import KeptVault, password_of
from connectors.internet import Tokens
from connectors.mails import looks_back
from daemon.domain.account import Account
from daemon.domain.people import Address
from daemon.domain.program import Config
from daemon.ports import CalendarConnector, Clock, MailConnector
from daemon.ports.probe import Probe

if TYPE_CHECKING:
    from connectors.exchange import Login


def login_at(account: Account, clock: Clock, vault: KeptVault, secret: str | None = None) -> Login:
    """How that account logs in: with the password that is kept, or with the token of the hour where its owner has signed in.
    `secret`: what is said just now. AccessLost where there is neither."""
    from connectors.exchange import login_of

    today, place = clock.now().date(), f"account/{account.address}"
    if not account.sign_in:
        kept = password_of(vault, account.address) if secret is None else secret
        return login_of(account, kept, "", today)
    just_now = [] if secret is None else [secret]

    def load() -> str:
        return just_now[-1] if just_now else password_of(vault, account.address)

    def save(text: str) -> None:
        just_now.append(text) if just_now else vault.put(place, text.encode())

    return login_of(account, "", Tokens(account, load, save, clock).access(), today)


def calendars_at(
    config: Config, people: Collection[Address], clock: Clock, vault: KeptVault, zones: dict[Address, str]
) -> CalendarConnector:  # fmt: skip
    """Those of these people."""
    from connectors.exchange import ExchangeCalendars

    known = {each.address: each for each in config.accounts}

    def login(who: Address) -> Login:
        return login_at(known.get(who) or Account(who), clock, vault)

    inboxes = {each.address for each in config.accounts if each.answers_in_inbox}
    return ExchangeCalendars(sorted(people), login, clock, zones, inboxes)


def mailbox_at(config: Config, account: Account, clock: Clock, vault: KeptVault) -> MailConnector:
    """The mailbox of a program."""
    from connectors.exchange import ExchangeMail, Reached

    reached = Reached(account.address, partial(login_at, account, clock, vault), "UTC")
    return ExchangeMail(reached, clock, look_back=looks_back(config.mailbox_keep(account.address)))


def probed(
    account: Account, clock: Clock, vault: KeptVault, secret: str | None, wait: Callable[[float], None]
) -> Iterator[Probe]:  # fmt: skip
    """An account at Exchange, its calendar and its mailbox; `secret` as for `login_at`. AccessLost where nothing is known of it."""
    from connectors.exchange import probe_exchange

    login_at(account, clock, vault, secret)
    yield from probe_exchange(
        account, partial(login_at, account, clock, vault, secret), clock, wait
    )
