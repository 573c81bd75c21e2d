"""What connectors of mailboxes share: what a head says of whose a mail is, which letter may not be visible yet, and the mail that
a mailbox sends to itself.

Not a connection, and not a judgement of what may go: daemon/clearing.py.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from email.message import EmailMessage, Message
from email.utils import format_datetime, getaddresses

from msgspec import Struct

from daemon.domain.people import Address
from daemon.errors import Temporary
from daemon.ports import Clock, Lying

KEY = "X-Oneonone-Key"
_TO = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
HEADERS = ("From", KEY, *_TO)
"""The headers that are looked at."""


def lying(head: Message, *, in_trash: bool) -> Lying:
    """Of whom a mail is, as the port has it."""
    return Lying(in_trash, _addresses(head, "From"), _addresses(head, *_TO), key_of(head))


def is_ours(head: Message, address: Address) -> bool:
    """What we sent ourselves carries our key and comes from our mailbox."""
    return KEY in head and _addresses(head, "From") == (address.lower(),)


def key_of(head: Message) -> str:
    """The key by which a letter of ours is known again; empty where there is none."""
    return " ".join(str(head.get(KEY, "")).split())


LOOK_BACK = timedelta(days=30)
"""How far back a mailbox is read for the first time, at least: a daemon may have been down for weeks."""
OVERDUE = timedelta(days=2)
"""What is to be deleted may lie there so much longer: that is done once a day, and when it failed the day after."""
VISIBLE_AFTER = timedelta(seconds=60)
"""How long an accepted letter may take until it lies in Sent, or a search finds it; before, its absence proves nothing."""


def looks_back(keep: timedelta | None) -> timedelta:
    """How far back a mailbox is read for the first time: as far as what was dealt with lies there. `keep`: mailbox_keep."""
    return max(LOOK_BACK, keep + OVERDUE) if keep else LOOK_BACK


class Attempts:
    """When each letter of unknown outcome was last tried: an accepted one may take `visible_after` until it can be seen, and
    before that its absence proves nothing. Of one that another process tried, since this one began."""

    def __init__(self, clock: Clock, visible_after: timedelta) -> None:
        self._clock, self._visible_after = clock, visible_after
        self._began = clock.now()
        self._tried: dict[str, datetime] = {}

    def begin(self, key: str) -> None:
        """The letter with that key is handed over now."""
        self._tried[key] = self._clock.now()

    def over(self, key: str) -> None:
        """It is known to have gone."""
        del self._tried[key]

    def check_absence(self, key: str) -> None:
        """Raises Temporary while the absence of that letter proves nothing."""
        early = self._tried.get(key, self._began) + self._visible_after - self._clock.now()
        if early > timedelta():
            raise Temporary("what was accepted may not be visible yet", early)


WAITS = (0.2, 0.5, 1, 2, 3, 5, 8, 10, 15, 15)
"""Seconds between looks for it: about a minute in all."""


class ToItself(Struct, frozen=True):
    """The mail that `connect` and `doctor` let a mailbox send to itself. `word`, by which it is known again, stands in its id and
    in the plus-address to which it goes."""

    address: Address
    word: str

    @classmethod
    def new(cls, address: Address) -> ToItself:
        """One that nobody else has."""
        return cls(address, secrets.token_hex(6))

    @property
    def plus(self) -> Address:
        """The plus-address of this mail."""
        local, _, domain = self.address.partition("@")
        return f"{local}+probe-{self.word}@{domain}"

    @property
    def message_id(self) -> str:
        """Its Message-ID."""
        return f"<probe.{self.word}@{self.address.partition('@')[2]}>"

    @property
    def key(self) -> str:
        """What its key header says, like that of a letter."""
        return f"probe/probe.{self.word}"

    def raw(self, to: Address, now: datetime) -> bytes:
        """The mail."""
        mail = EmailMessage()
        mail["From"], mail["To"] = self.address, to
        mail["Subject"] = "A mail to itself, removed again"
        mail["Message-ID"], mail["Date"] = self.message_id, format_datetime(now)
        mail["Auto-Submitted"] = "auto-generated"
        mail[KEY] = self.key
        mail.set_content("run.py connect looks whether this mailbox works.\n")
        return bytes(mail)


def _addresses(head: Message, *names: str) -> tuple[Address, ...]:
    fields = [str(each) for name in names for each in head.get_all(name, [])]
    return tuple(address.lower() for _, address in getaddresses(fields))
