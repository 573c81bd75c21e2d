"""Post: mails of one organisation, sent and delivered as they were written.

Not meetings, which the server sends by itself: meetings.py.
"""

from __future__ import annotations

import base64
from datetime import datetime
from email import message_from_bytes
from email.policy import compat32
from email.utils import getaddresses
from typing import TYPE_CHECKING

from tests.servers.exchange.items import Item, Mailbox, name_of_tag
from tests.servers.exchange.soap import Element, Refused, child, local, made, text_of

if TYPE_CHECKING:
    from tests.servers.exchange import Exchange


def send(exchange: Exchange, box: Mailbox, told: Element) -> Item:
    """A message with its MIME content: into Sent, and to everybody who is named in it. Raises Refused."""
    raw = base64.b64decode(text_of(told, "MimeContent"))
    head = message_from_bytes(raw, policy=compat32)
    readers = [a for _, a in getaddresses([str(v) for n in ("To", "Cc", "Bcc") for v in head.get_all(n, [])]) if a]  # fmt: skip
    if not readers:
        raise Refused("ErrorInvalidRecipients", "At least one recipient isn't valid.")
    if not exchange.may_send:
        raise Refused("ErrorMessageSubmissionBlocked", "The mailbox has sent too much.")
    item = lay(exchange, box, raw, exchange.now, "sentitems")
    for each in told:
        if local(each) == "ExtendedProperty":
            item.tags[name_of_tag(each[0])] = each
    for who in readers:
        deliver(exchange, who, raw, exchange.now)
    return item


def deliver(exchange: Exchange, to: str, raw: bytes, at: datetime, folder: str = "inbox") -> bool:
    """A mail comes in from somewhere."""
    box = exchange.boxes.get(owner(to) if exchange.plus else to.lower())
    if box is not None:
        lay(exchange, box, raw, at, folder)
    return box is not None


def lay(exchange: Exchange, box: Mailbox, raw: bytes, at: datetime, folder: str) -> Item:
    """It lies there now."""
    item = Item(exchange.meetings.name(), "Message", folder)
    message_id = str(message_from_bytes(raw, policy=compat32).get("Message-ID", "")).strip()
    item.parts = {
        "MimeContent": made("t:MimeContent", base64.b64encode(raw).decode(), CharacterSet="UTF-8"),
        "DateTimeReceived": made("t:DateTimeReceived", f"{at:%Y-%m-%dT%H:%M:%SZ}"),
        "Size": made("t:Size", str(len(raw))),
        "InternetMessageId": made("t:InternetMessageId", _plain(message_id)),
    }
    box.put(item)
    return item


def raw_of(item: Item) -> bytes:
    """As it came."""
    return base64.b64decode(text_of(item.parts["MimeContent"]))


def owner(address: str) -> str:
    """Whose mailbox it is, where the organisation has plus-addresses switched on."""
    local_part, _, domain = address.lower().rpartition("@")
    return f"{local_part.partition('+')[0]}@{domain}"


def _plain(text: str) -> str:
    return "".join(each for each in text if each.isprintable())


def fits(item: Item, test: Element) -> bool:
    """Whether an item is one of those that a restriction wants. Raises Refused."""
    match local(test):
        case "Restriction":
            return all(fits(item, each) for each in test)
        case "And":
            return all(fits(item, each) for each in test)
        case "Exists":
            return name_of_tag(test[0]) in item.tags
        case "Contains":
            constant = child(test, "Constant")
            return _value(item, test[0]).startswith(
                str(constant.get("Value") if constant is not None else "")
            )
        case "IsEqualTo" | "IsLessThan" | "IsGreaterThanOrEqualTo":
            constant = child(test, "FieldURIOrConstant", "Constant")
            wanted = "" if constant is None else str(constant.get("Value"))
            value = _value(item, test[0])
            if local(test) == "IsEqualTo":
                return value == wanted
            if value and local(test) == "IsGreaterThanOrEqualTo":
                return datetime.fromisoformat(value) >= datetime.fromisoformat(wanted)
            return value != "" and datetime.fromisoformat(value) < datetime.fromisoformat(wanted)
        case other:
            raise Refused("ErrorUnsupportedPathForQuery", f"{other} is not played here")


def _value(item: Item, uri: Element) -> str:
    if local(uri) == "ExtendedFieldURI":
        tag = item.tags.get(name_of_tag(uri))
        return "" if tag is None else text_of(tag, "Value")
    return text_of(item.parts.get(str(uri.get("FieldURI")).partition(":")[2]))
