"""What the page to connect does: whose link it is, where they are sent, and what is made of their coming back.

Not HTTP (pages.py), and not what a provider answers (connectors).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from daemon.commands.connecting import account_at, connect, kept_secret
from daemon.commands.folders import Folders
from daemon.commands.wire import Wire
from daemon.domain.account import Account
from daemon.domain.people import Person
from daemon.domain.program import Config, Program
from daemon.errors import NotNow, UserError
from daemon.mail import times
from daemon.mail.threads import connect_token
from daemon.ports.signing_in import Way
from daemon.roster import BY_THEMSELVES

BACK = "/connect/back"
AWAY_MOST = timedelta(minutes=15)
"""So long somebody may take to sign in."""
UNDER_WAY_MOST = 1_000
SHOWN_MOST = 5


@dataclass(frozen=True, slots=True)
class Owner:
    """Whoever a link is for."""

    person: Person
    program: Program
    account: Account


@dataclass(slots=True)
class Connecting:
    """Of one installation, as its files say. `secret` is what links are made with."""

    wire: Wire
    where: Folders
    config: Config
    secret: bytes
    owners: dict[str, Owner] = field(init=False)
    """By the word in their link."""
    _under_way: dict[str, tuple[str, Way, datetime]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        programs = {program.id: program for program in self.config.programs}
        named = {account.address: account for account in self.config.accounts}
        self.owners = {}
        for line in self.config.lines:
            mentor, program = line.mentor, programs.get(line.program)
            if program is None:
                continue
            if mentor.calendar in BY_THEMSELVES:
                account = named.get(mentor.address) or account_at(
                    self.config, mentor.address, mentor.calendar
                )
                self._add(Owner(mentor, program, account))
            organizer = named.get(line.organizer)
            if organizer and organizer.calendar in BY_THEMSELVES:
                contact = Person("contact", program.contact_name, program.contact, program.timezone)
                self._add(Owner(contact, program, organizer))

    def _add(self, owner: Owner) -> None:
        self.owners[connect_token(self.secret, owner.account.address)] = owner

    def sent_away(self, token: str) -> Way:
        """Where the owner of that link signs in. NotNow where that cannot be said."""
        redirect = f"{self.config.web.address}{BACK}"
        way = self.wire.signing_in(self.config).sent_away(self.owners[token].account, redirect)
        now = self.wire.clock().now()
        with self._lock:
            fresh = {s: e for s, e in self._under_way.items() if now - e[2] < AWAY_MOST}
            while len(fresh) >= UNDER_WAY_MOST:
                del fresh[next(iter(fresh))]
            self._under_way = {**fresh, way.state: (token, way, now)}
        return way

    def signs_in_at(self) -> set[str]:
        """The servers where people sign in."""
        accounts = {(o.account.calendar, o.account.url): o.account for o in self.owners.values()}
        return {self.wire.signing_in(self.config).place(account) for account in accounts.values()}

    def come_back(self, state: str) -> tuple[str, Way] | None:
        """Whose way that was, once; None where it is none of ours, or took too long."""
        with self._lock:
            token, way, at = self._under_way.pop(state, ("", None, None))
        if way is None or at is None or self.wire.clock().now() - at >= AWAY_MOST:
            return None
        return token, way

    def connected(self, token: str, way: Way, address: str) -> None:
        """Keep what was granted, if it works. NotNow says why not, to whoever sits before the page."""
        account = self.owners[token].account
        secret = kept_secret(self.wire.vault(self.config, self.where.data), account)
        grant = self.wire.signing_in(self.config).come_back(account, secret, way, address)
        probes = connect(self.wire, self.where, self.config, account, grant)
        for check in (check for probe in probes for check in probe.checks):
            if check.state == "bad":
                raise NotNow(f"{check.text[:1].upper()}{check.text[1:]}. {check.advice}".strip())

    def next_ones(self, owner: Owner) -> Iterator[tuple[str, str]]:
        """Their next 1:1s: with whom, and when, in words."""
        try:
            store = self.wire.beside(self.where.data, read_only=True)
        except UserError:
            return
        try:
            bound = store.commitments([owner.person.id])[owner.person.id]
        finally:
            store.close()
        now = self.wire.clock().now()
        meetings = (c for c in bound if c.kind == "meeting" and c.role == "mentor" and c.end > now)
        for each in sorted(meetings, key=lambda c: c.start)[:SHOWN_MOST]:
            reading = times.Reading(owner.person.zone, each.zone, owner.person.clock_hours)
            yield each.name, times.when(each.start.isoformat(), reading)
