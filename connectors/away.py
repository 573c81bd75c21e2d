"""Calendars that are somewhere else, put together of what the files say and what `connect` has kept.

Not which calendar is where: run.py. What only one of the connectors knows is in its own folder.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from connectors.at_google import gmail_at, looked_up_in
from connectors.connected import KeptVault
from connectors.internet import (
    ConnectedMail,
    GuestMails,
    InternetCalendars,
    Invitations,
    MailWatch,
    Post,
    Reached,
    SharedBusy,
    Tally,
    UntouchedCalendars,
    kept_account,
)
from daemon.domain.account import Account
from daemon.domain.people import Address
from daemon.domain.program import Config
from daemon.mail.threads import message_id
from daemon.ports import CalendarConnector, Clock, MailConnector, Push, Vault
from daemon.roster import REPLY_TOKENS, Roster
from daemon.waking import Together

CHANNELS = "channels"
"""The secret of the vault by which posts of providers are known."""


@dataclass(frozen=True, slots=True)
class Away:
    """Calendars by kind, and how many mails about events they have sent from a mailbox since that was asked last."""

    calendars: dict[str, CalendarConnector]
    posted: Callable[[], Mapping[Address, int]]


def calendars_away(
    config: Config,
    folder: Path,
    clock: Clock,
    vault: Vault,
    passwords: KeptVault,
    kinds: Mapping[Address, str],
    zones: dict[Address, str],
    mail: Mapping[Address, MailConnector],
    looking: bool,
) -> Away:
    """Those of people whose kind says so; `looking`: they are only looked at."""
    tally = Tally()
    post = _post(config, vault, mail, tally)
    shared = SharedBusy.by(config.accounts, passwords, clock)
    found: dict[str, CalendarConnector] = {}
    if "internet" in kinds.values():
        found["internet"] = _on_the_internet(
            config, _of(kinds, "internet"), clock, passwords, zones, folder, post, shared
        )
    if "google" in kinds.values():
        from connectors.google import GoogleCalendars  # it takes its time to load

        looked_up = looked_up_in(config, passwords)
        found["google"] = GoogleCalendars(
            sorted(_of(kinds, "google")), looked_up, clock, zones, config.google_limits
        )
    if "exchange" in kinds.values():
        from connectors import at_exchange  # likewise

        there = _of(kinds, "exchange")
        found["exchange"] = at_exchange.calendars_at(config, there, clock, passwords, zones)
    if "microsoft" in kinds.values():
        from connectors import at_microsoft

        there = _of(kinds, "microsoft")
        found["microsoft"] = at_microsoft.calendars_at(config, there, clock, passwords, zones)
    if looking:
        found = {kind: UntouchedCalendars(there) for kind, there in found.items()}
    if "none" in kinds.values():
        found["none"] = Invitations(folder, clock, post, shared)
    return Away(found, tally.taken)


def mailbox_away(config: Config, account: Account, clock: Clock, vault: KeptVault) -> MailConnector:
    """The mailbox of a program, where that account says."""
    keep, reading = config.mailbox_keep(account.address), read_at(config, account.address)
    kept = ConnectedMail(reading, vault, clock, keep) if reading else None
    if kept is not None and reading == account:
        return kept
    if account.mail == "exchange":
        from connectors import at_exchange

        return at_exchange.mailbox_at(config, account, clock, vault)
    if account.mail == "microsoft":
        from connectors import at_microsoft

        return at_microsoft.mailbox_at(config, account, clock, vault)
    return gmail_at(config, account, clock, vault, kept)


def read_at(config: Config, mailbox: Address) -> Account | None:
    """The account on a server of mail in which that mailbox is read; None where there is none."""
    account = config.mail_account(mailbox)
    if account and account.read_in:
        account = config.mail_account(account.read_in)
    return account if account and account.mail == "internet" else None


def _of(kinds: Mapping[Address, str], wanted: str) -> set[Address]:
    return {address for address, kind in kinds.items() if kind == wanted}


def _on_the_internet(
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


def _post(
    config: Config, vault: Vault, mail: Mapping[Address, MailConnector], tally: Tally
) -> Callable[[str], Post]:
    """How the mails of a change go: from the mailbox of its program, answered to an address of each guest."""
    secret = vault.secret(REPLY_TOKENS)
    roster = Roster.of(config, secret)

    def post(key: str) -> Post:
        known, name = roster.sender_of(key)
        box = known or next(iter(mail))  # a pairing that is in no file any more goes on
        return Post(
            mail[box], box, name, lambda guest: roster.answer_address(key, guest) or box,
            lambda part: message_id(part, secret, box.rpartition("@")[2]), tally,
        )  # fmt: skip

    return post


def watch(
    config: Config, kinds: Mapping[Address, str], clock: Clock, passwords: Callable[[], KeptVault]
) -> Push | None:
    """What tells of mails in mailboxes on the internet, and of changes in calendars where a provider can post to our
    pages; None where nothing does."""
    boxes = {program.mailbox for program in config.programs}
    accounts = {box: account for box in sorted(boxes) if (account := read_at(config, box))}
    told: list[Push] = []
    if accounts:
        vault = passwords()
        found = {box: partial(kept_account, each, vault, clock) for box, each in accounts.items()}
        told.append(MailWatch(found))
    at_google = _of(kinds, "google")
    if at_google and config.web.address:
        from connectors.google import GoogleWatch

        looked_up, secret = looked_up_in(config, passwords()), passwords().secret(CHANNELS)
        told.append(GoogleWatch(sorted(at_google), looked_up, clock, secret, config.web.address))
    at_microsoft = _of(kinds, "microsoft")
    if at_microsoft and config.web.address:
        from connectors import at_microsoft as there

        vault = passwords()
        told.append(there.watch_at(config, at_microsoft, clock, vault, vault.secret(CHANNELS)))
    return Together(*told) if told else None
