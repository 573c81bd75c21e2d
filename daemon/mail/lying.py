"""What the head of a mail that lies in a mailbox says of whose it is: ours by its key, and from whom and to whom.

Not a judgement of what may go: daemon/clearing.py.
"""

from __future__ import annotations

from email.message import Message
from email.utils import getaddresses

from daemon.domain.people import Address
from daemon.ports import Lying

KEY = "X-Oneonone-Key"
_TO = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
HEADERS = ("From", KEY, *_TO)
"""The headers that are looked at."""


def lying(head: Message, *, in_trash: bool) -> Lying:
    """The same, as the port has it."""
    return Lying(in_trash, _addresses(head, "From"), _addresses(head, *_TO), key_of(head))


def is_ours(head: Message, address: Address) -> bool:
    """What we sent ourselves carries our key and comes from our mailbox."""
    return KEY in head and _addresses(head, "From") == (address.lower(),)


def key_of(head: Message) -> str:
    """The key by which a letter of ours is known again; empty where there is none."""
    return " ".join(str(head.get(KEY, "")).split())


def _addresses(head: Message, *names: str) -> tuple[Address, ...]:
    fields = [str(each) for name in names for each in head.get_all(name, [])]
    return tuple(address.lower() for _, address in getaddresses(fields))
