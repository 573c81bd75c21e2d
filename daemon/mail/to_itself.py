"""The mail that a mailbox sends to itself when `connect` and `doctor` look whether it works.

Not the looking: connectors do that, each in its way.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from msgspec import Struct

from daemon.domain.people import Address

WAITS = (0.2, 0.5, 1, 2, 3, 5, 8, 10, 15, 15)
"""Seconds between looks for it: about a minute in all."""


class ToItself(Struct, frozen=True):
    """How one such mail is known again: `word` stands in its id and in the plus-address to which it goes."""

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
        mail["X-Oneonone-Key"] = self.key
        mail.set_content("run.py connect looks whether this mailbox works.\n")
        return bytes(mail)
