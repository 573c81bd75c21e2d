"""The mail port: what the daemon asks of a mailbox.

Not the wording or reading of mails: see daemon/mail.
"""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from daemon.domain.effect import Receipt
from daemon.domain.observation import Unknown
from daemon.domain.people import Address
from daemon.ports.listing import Batch, Cursor


class OutgoingLetter(Struct, frozen=True):
    """A rendered letter: the bytes to send, and what is needed to find it again. `thread` names the chain of
    letters to that person to which it belongs; `returned_to` is the envelope's sender, to which a server reports that
    it could not be delivered (RFC 5321 4.5.5); `marks` are by what its words are known again in a reply."""

    key: str
    message_id: str
    sender: Address
    to: Address
    raw: bytes
    thread: str = ""
    returned_to: Address = ""
    marks: bytes = b""


class NotSent(Struct, frozen=True):
    """Proof that a letter was never accepted."""


class MailConnector(Protocol):
    """One mailbox to send from and to read replies in."""

    def send(self, letter: OutgoingLetter, *, key: str) -> Receipt:
        """Hand the letter over. After Temporary it may or may not have been accepted: ask `sent`."""
        ...

    def sent(self, letter: OutgoingLetter) -> Receipt | NotSent | Unknown:
        """Whether this letter was accepted: by Message-ID, then by the key header. After `send`
        returned it is never NotSent."""
        ...

    def arrivals(self, since: Cursor | None) -> Batch:
        """Mails that came in since the cursor, oldest first, each told once per cursor."""
        ...
