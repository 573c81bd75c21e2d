"""What is at Microsoft 365, put together of what the files say and what `connect` has kept.

Not the calendars and mails themselves: connectors/microsoft, which is loaded only where somebody is there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import TYPE_CHECKING

from connectors.connected import KeptVault, password_of
from connectors.internet import budget_of
from connectors.mails import looks_back
from daemon.domain.account import Account
from daemon.domain.people import Address
from daemon.domain.program import Config
from daemon.errors import AccessLost
from daemon.ports import CalendarConnector, Clock, MailConnector, OpenVault, Push, Vault
from daemon.ports.probe import Probe

if TYPE_CHECKING:
    from connectors.microsoft import Access, App, Granted

ALWAYS = ("User.Read",)
"""To see who has let us in."""
CALENDAR, MAIL = ("Calendars.ReadWrite",), ("Mail.ReadWrite", "Mail.Send")
LOGIN, API = "https://login.microsoftonline.com", "https://graph.microsoft.com"


def scopes_of(account: Account) -> tuple[str, ...]:
    """What its owner is asked for: the smallest that do (learn.microsoft.com/graph/permissions-reference)."""
    calendar = CALENDAR if account.calendar == "microsoft" else ()
    return (*calendar, *(MAIL if account.mail == "microsoft" else ()), *ALWAYS)


def app_for(config: Config, account: Account, secret: str = "") -> App:
    """The app as the files name it. The `url` of an account is a stand-in for Microsoft, as tests have it."""
    from connectors.microsoft import App

    said = config.microsoft
    return App(
        account.client_id or said.microsoft_client_id, said.microsoft_tenant, secret, account.url or LOGIN, account.url or API
    )  # fmt: skip


def granted(config: Config, account: Account, vault: Vault, secret: str | None = None) -> Granted:
    """What the owner of an account has allowed, as `connect` keeps it, or the admin of the tenant; `secret`: what is said just now.
    AccessLost where nobody has allowed anything."""
    from connectors.microsoft import Granted, Kept

    said = _said(config, account, vault) if secret is None else secret
    if config.microsoft.acts_as and not said.startswith("{"):
        return Granted(app_for(config, account, said))
    kept = Kept.read(said, account.address)
    return Granted(app_for(config, account, kept.secret), kept.cache, scopes_of(account))


def _said(config: Config, account: Account, vault: Vault) -> str:
    try:
        return password_of(vault, account.address)
    except AccessLost:
        if not config.microsoft.acts_as:
            raise
    return password_of(vault, config.microsoft.acts_as)


def _save(vault: OpenVault, address: Address, cache: str) -> None:
    """What msal keeps of a yes has changed."""
    from connectors.microsoft import Kept

    try:
        kept = Kept.read(password_of(vault, address), address)
    except AccessLost:
        return  # it was taken away meanwhile
    vault.put(f"account/{address}", Kept(cache, kept.secret).text().encode())


def _looked_up(config: Config, vault: KeptVault) -> Callable[[Address], Granted]:
    known = {each.address: each for each in config.accounts}

    def found(who: Address) -> Granted:
        return granted(config, known.get(who) or Account(who, calendar="microsoft"), vault)

    return found


def calendars_at(
    config: Config, people: Collection[Address], clock: Clock, vault: KeptVault, zones: dict[Address, str]
) -> CalendarConnector:  # fmt: skip
    """Those of these people."""
    from connectors.microsoft import MicrosoftCalendars

    looked_up, save = _looked_up(config, vault), partial(_save, vault)
    return MicrosoftCalendars(sorted(people), looked_up, clock, zones, save)


def mailbox_at(config: Config, account: Account, clock: Clock, vault: KeptVault) -> MailConnector:
    """The mailbox of a program."""
    from connectors.microsoft import MicrosoftMail

    access = _access(config, account, clock, vault, None)
    return MicrosoftMail(access, look_back=looks_back(config.mailbox_keep(account.address)))


def watch_at(
    config: Config, people: Collection[Address], clock: Clock, vault: KeptVault, secret: bytes
) -> Push:
    """What tells of changes in these calendars, where Microsoft can post to our pages."""
    from connectors.microsoft import MicrosoftWatch

    looked_up, save = _looked_up(config, vault), partial(_save, vault)
    return MicrosoftWatch(people, looked_up, clock, secret, config.web.address, save)


def probed(
    config: Config,
    account: Account,
    clock: Clock,
    vault: KeptVault,
    secret: str | None,
    wait: Callable[[float], None],
) -> Iterator[Probe]:
    """An account at Microsoft 365, its calendar and its mailbox; `secret` as for `granted`."""
    from connectors.microsoft import probe_calendar, probe_mailbox

    access = _access(config, account, clock, vault, secret)
    of_owner = bool(granted(config, account, vault, secret).cache)
    try:
        if account.calendar == "microsoft":
            yield probe_calendar(access, of_owner=of_owner)
        if account.mail == "microsoft":
            yield probe_mailbox(access, budget_of(account, vault), wait, of_owner=of_owner)
    finally:
        access.close()


def _access(
    config: Config, account: Account, clock: Clock, vault: KeptVault, secret: str | None
) -> Access:
    """`secret`: what is said just now, of which nothing is kept yet."""
    from connectors.microsoft import Access

    if secret is None:
        save = partial(_save, vault, account.address)
        return Access(account.address, partial(granted, config, account, vault), clock, save)
    just_now = [granted(config, account, vault, secret)]

    def renewed(cache: str) -> None:
        just_now[0] = type(just_now[0])(just_now[0].app, cache, just_now[0].scopes)

    return Access(account.address, lambda: just_now[0], clock, renewed)
