"""The mail port: what the daemon asks of a mailbox.

Not the wording or reading of mails: see daemon/mail.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
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


class DealtWith(Struct, frozen=True):
    """A mail that needs nobody any more, by the name and the time with which it arrived."""

    name: str
    at: datetime


class Lying(Struct, frozen=True):
    """A mail that lies in a mailbox, by its head: where, from whom and to whom, and the key that letters of ours carry
    (X-Oneonone-Key), empty where there is none."""

    in_trash: bool
    senders: tuple[Address, ...]
    to: tuple[Address, ...]
    key: str


class Cleared(Struct, frozen=True):
    """What a mailbox was rid of. `gone`: the names that are not in it (any more); `more`: it was not all yet."""

    gone: tuple[str, ...] = ()
    more: bool = False


CLEARED_MOST = 300
"""So many mails of one kind are deleted at once, at most."""


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

    def clear(
        self, names: Sequence[str], before: datetime, may_go: Callable[[Lying], bool]
    ) -> Cleared:
        """Delete for good the arrived mails of these names, and what of the inbox, of Sent and of the Trash lies there
        since before that moment and `may_go`. It is asked about what carries a key, and in the Trash at least about what
        was sent to an address of this mailbox with a plus. No other mail is touched, and what its name does not lead to
        any more is gone. Doing it twice is doing it once. Permanent where the server cannot delete single mails."""
        ...
