"""`connect` and `doctor`: whether the accounts on the internet work, and the password of one.

Not a connection of its own: connectors look, and say what they found as daemon/ports/probe.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from daemon.commands.folders import Folders
from daemon.commands.wire import Wire
from daemon.domain.account import Account
from daemon.domain.people import Address
from daemon.domain.program import Config
from daemon.domain.value import replace
from daemon.errors import AccessLost, NotNow, UserError
from daemon.mail.threads import connect_link
from daemon.ports import Vault
from daemon.ports.probe import Check, Probe
from daemon.roster import BY_THEMSELVES, REPLY_TOKENS
from daemon.settings import load_or_raise
from daemon.settings.addresses import address_of
from daemon.settings.kinds import Wrong
from daemon.settings.problem import nearest

AWAY = ("internet", "google", "exchange", "microsoft")
"""Where a calendar or a mailbox is that has to be connected."""
ORDER = {"bad": 0, "look": 1, "good": 2}


def account_of(where: Folders, text: str) -> tuple[Config, Account]:
    """The account that is to be connected; UserError where the files have none on the internet."""
    try:
        address = address_of(text)
    except Wrong as wrong:
        raise UserError(f"{text}  {wrong.text} {wrong.advice}".rstrip()) from wrong
    loaded = load_or_raise(where.config)
    found = next((each for each in online(loaded.config) if each.address == address), None)
    if found is not None:
        return loaded.config, found
    if address in loaded.config.auto and address in _mentors(loaded.config):
        named = (each for each in loaded.config.accounts if each.address == address)
        account = next(named, Account(address))
        return loaded.config, replace(account, calendar="auto", auto=True)
    if address not in loaded.accounts:
        meant = nearest(address, loaded.accounts)
        hint = f" Did you mean {meant}?" if meant else ""
        raise UserError(
            f"{address} stands in no file of {where.config}.{hint}\n"
            f"What can be connected: the mailbox of a program, and the calendar of a person."
        )
    told = loaded.account(address).shares_busy_with
    if told:
        raise UserError(
            f"{address} has nothing to connect: busy times are shared with {told}.\n"
            f"Connect that account: run.py connect {told}{where.options}"
        )
    what = "mail" if any(p.mailbox == address for p in loaded.config.programs) else "calendar"
    raise UserError(
        f"{address} has nothing on the internet, so there is nothing to connect.\n"
        f"If it has, say so in oneonone.yaml or the program's file:\n"
        f"accounts:\n  {address}: {{{what}: internet}}"
    )


def _mentors(config: Config) -> set[Address]:
    return {line.mentor.address for line in config.lines}


def online(config: Config) -> list[Account]:
    """The accounts that have a server: those that a file names, and people whose calendar is on the internet."""
    named = {each.address: each for each in config.accounts}
    people = [person for line in config.lines for person in line.people]
    away = [
        account_at(config, person.address, person.calendar)
        for person in people
        if person.calendar in AWAY and person.address not in named
    ]
    every = {each.address: each for each in (*named.values(), *away)}
    return [each for _, each in sorted(every.items()) if each.calendar in AWAY or each.mail in AWAY]


def account_at(config: Config, address: Address, calendar: str) -> Account:
    """The account of somebody of whom the files say no more than where the calendar is."""
    ids = {"google": config.google_client_id, "microsoft": config.microsoft.microsoft_client_id}
    return Account(address, calendar=calendar, client_id=ids.get(calendar, ""))


def link_for(
    wire: Wire, where: Folders, config: Config, account: Account, client_secret: str
) -> str:
    """The page on which its owner connects that account; empty where that is not done on a page. What the issuer gave
    for this program is kept for it. UserError where nobody ever said that."""
    page = config.web.address and account.calendar in BY_THEMSELVES
    organizers = {line.organizer for line in config.lines}
    if not page or account.address not in _mentors(config) | organizers:
        return ""
    vault, name = wire.vault(config, where.data), f"client/{account.client_id}"
    if client_secret:
        vault.put(name, client_secret.encode())
    elif not kept_secret(vault, account):
        raise UserError(
            f"The page needs what {ISSUERS[account.calendar]} gave for {account.client_id}: say it once, and it is kept.\n"
            f"ONEONONE_CLIENT_SECRET=... run.py connect {account.address}{where.options}"
        )
    return connect_link(config.web.address, vault.secret(REPLY_TOKENS), account.address)


def kept_secret(vault: Vault, account: Account) -> str:
    """What the issuer gave for this program, as it was said; empty where it was not."""
    try:
        return vault.secret(f"client/{account.client_id}").decode()
    except (KeyError, UserError):
        return ""


def acts_for_people(where: Folders, text: str) -> str:
    """At which provider that is whom the files name as the one who may act for people; empty where it is nobody."""
    config = load_or_raise(where.config).config
    known = {config.google_service_account: "google", config.microsoft.acts_as: "microsoft"}
    return known.get(text, "") if text.strip() else ""


def delegate(wire: Wire, where: Folders, who: str, secret: str) -> list[Probe]:
    """Keep by what the one whom the files name acts for people, if it works: tried with the calendar of one of those for whom it
    is there. UserError where it is nothing of the kind."""
    config = load_or_raise(where.config).config
    kind = acts_for_people(where, who)
    secret = _key_of(where, who, secret) if kind == "google" else secret.strip()
    if not secret or any(ord(character) < 32 for character in secret):
        raise UserError("A client secret of one line is wanted, and nothing is changed.")
    found = [a for a in online(config) if kind in (a.calendar, a.mail)][:TRIED_MOST]
    probes = [each for a in found for each in wire.probe(config, where.data, a, secret)]
    if not probes or any(each.usable for each in probes):
        wire.keep(config, where.data, who, secret, {})
    return probes


def _key_of(where: Folders, address: Address, key: str) -> str:
    """The key of a service account, in one line."""
    try:
        told = json.loads(key)
        fits = told["type"] == "service_account" and told["client_email"] == address
    except (ValueError, KeyError, TypeError):
        fits = False
    if not fits or "PRIVATE KEY" not in str(told.get("private_key")):
        raise UserError(
            f"That is not the key of {address}, and nothing is changed.\n"
            f"Give the JSON file that Google made for it: run.py connect {address}{where.options} < key.json"
        )
    return json.dumps(told)


TRIED_MOST = 5
"""So many calendars are looked at before that by which somebody acts for people is kept."""
ISSUERS = {"google": "Google", "microsoft": "Microsoft"}
"""Who lets us in, as people know them."""


def connect(
    wire: Wire, where: Folders, config: Config, account: Account, password: str
) -> list[Probe]:
    """Look at the account with this password, and keep it where nothing bars the way."""
    if not password:
        raise NotNow("No password was given, and nothing is changed.")
    if any(ord(character) < 32 for character in password):
        raise UserError("A password of one line is wanted, and nothing is changed.")
    probes = wire.probe(config, where.data, account, password)
    if account.calendar == "auto" and (kind := _kind_found(probes)):
        wire.settle(config, where.data, account.address, kind)
    if all(each.usable for each in probes):
        facts = {name: value for each in probes for name, value in each.facts.items()}
        wire.keep(config, where.data, account.address, password, facts)
    return probes


def _kind_found(probes: list[Probe]) -> str:
    """What `auto` is by what was found; empty where the server could not be asked, which says nothing."""
    probe = probes[0]
    if probe.usable:
        return "internet"
    return "none" if [check.name for check in probe.checks] == ["calendar"] else ""


def connected_words(account: Account, probes: list[Probe]) -> str:
    """What is told at the end; empty where nothing came of it. Of `calendar: auto`: where the 1:1s are from now on, and
    who invites the mentee."""
    if account.calendar != "auto":
        return f"{account.address} is connected." if worst(probes) != "bad" else ""
    kind = _kind_found(probes)
    return (
        f"calendar: auto is settled for {account.address}: {MEANS[kind]}.{BEGINS}" if kind else ""
    )


MEANS = {
    "internet": "1:1s are kept there, and who invites stands above",
    "none": "1:1s are invitations by mail, from the mailbox of the program",
}
BEGINS = "\nIt counts from the next start of the daemon."


def doctor(wire: Wire, where: Folders) -> list[Probe]:
    """Every account on the internet, with the password that is kept."""
    config = load_or_raise(where.config).config
    known = [
        each for account in online(config) for each in _looked_at(wire, where, config, account)
    ]
    return [*known, *_left_open(wire, where, config)]


def _left_open(wire: Wire, where: Folders, config: Config) -> Iterator[Probe]:
    """The mentors with `calendar: auto`: as it was settled, and looked at. Where nobody has connected anything there is
    only something to say in a program with a mailbox on the internet: its 1:1s are in folders that nobody sees."""
    away = any(each.mail in AWAY for each in config.accounts)
    for address in sorted(_mentors(config).intersection(config.auto)):
        kind = wire.settled(config, where.data, address)
        if kind == "internet":
            named = (each for each in config.accounts if each.address == address)
            account = replace(next(named, Account(address)), calendar="auto")
            yield from _looked_at(wire, where, config, account)
        elif kind == "none":
            yield Probe(address, (Check("calendar", "good", f"auto: {MEANS[kind]}"),))
        elif away:
            said = "auto, and nothing is connected: 1:1s are in a folder on this machine"
            advice = f"run.py connect {address}{where.options}, or calendar: none for invitations by mail."
            yield Probe(address, (Check("calendar", "look", said, advice),))


def _looked_at(wire: Wire, where: Folders, config: Config, account: Account) -> list[Probe]:
    try:
        return _with_keep(config, account, wire.probe(config, where.data, account, None))
    except AccessLost:
        advice = f"run.py connect {account.address}{where.options}"
        known = "nobody has signed in" if account.signs_in else "no password is known"
        check = Check("login", "bad", known, advice)
        return [Probe(account.address, (check,))]


def _with_keep(config: Config, account: Account, probes: list[Probe]) -> list[Probe]:
    """The same, and of a program's mailbox that can be read also what is kept there how long."""
    if account.mail not in AWAY or not probes or not probes[-1].usable:
        return probes
    *others, mailbox = probes
    keep = config.mailbox_keep(account.address)
    if keep is None:
        said = "mails and letters are never deleted there (mailbox_keep: 0)"
    elif mailbox.facts.get("deletes") == "no":
        said = f"nothing can be deleted there, though mailbox_keep says {keep.days} days"
    elif account.read_in:
        said = f"what was dealt with is deleted in {account.read_in} after {keep.days} days, and letters stay in Sent"
    else:
        said = f"what was dealt with, and our letters in Sent, are deleted after {keep.days} days"
    return [*others, replace(mailbox, checks=(*mailbox.checks, Check("kept", "good", said)))]


def worst(probes: Iterable[Probe]) -> str:
    """The state of the whole: bad, look or good."""
    states = [check.state for each in probes for check in each.checks]
    return min(states, key=ORDER.__getitem__, default="good")


def facts_of(probes: list[Probe]) -> dict[str, Any]:
    """The same for --json."""
    return {
        "state": worst(probes),
        "accounts": [
            {
                "address": each.account,
                "usable": each.usable,
                "checks": [
                    {"name": c.name, "state": c.state, "text": c.text, "advice": c.advice}
                    for c in each.checks
                ],
                "facts": each.facts,
            }
            for each in probes
        ],
    }


def words_of(probes: list[Probe]) -> str:
    """The same for a terminal: one line a check, and under it what to do."""
    lines: list[str] = []
    for each in probes:
        lines.append(each.account)
        for check in each.checks:
            lines.append(f"  {check.state:4}  {check.name}: {check.text}")
            if check.advice:
                lines.append(f"        {check.advice}")
    return "\n".join(lines)


def not_connected(account: Account) -> NotNow:
    """Said after a probe that found something bad."""
    return NotNow(f"{account.address} is not connected, and nothing is changed.")
