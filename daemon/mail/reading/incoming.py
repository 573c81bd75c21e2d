"""The bytes of a mail to what is in it: kind, ids, addresses, words.

Not who wrote it (daemon/observe.py) and not what it means (meaning.py). `read` never raises, whatever
the bytes are: one malformed mail must not stop a mailbox (trap_72).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses
from typing import Literal, TypeAlias

from daemon.mail.letters import FEWER_LETTERS
from daemon.mail.parts import clean
from daemon.mail.reading.markup import words_of_html
from daemon.mail.threads import ids_in

Kind = Literal["human", "auto-reply", "bounce", "list", "unreadable"]
_Mail: TypeAlias = "Message[str, str]"

MAIL_BYTES_MAX = 1_000_000
HEADER_CHARACTERS_MAX = 8_000
TEXT_CHARACTERS_MAX = 100_000
PARTS_MAX = 200
RECIPIENTS_MAX = 100

# What the standard library is known to raise on mails out of the wild (TRAPS 72 and 104).
BROKEN = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError),
    *(TypeError, ValueError, HeaderParseError),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2066-\u2069\u202a-\u202e\ue000\ue001]")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A mail as it was understood. `to_addresses` are all addresses it says it was meant for, with
    those a delivering server noted; only a reply token in them means anything."""

    kind: Kind
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    from_address: str = ""
    to_addresses: tuple[str, ...] = ()
    subject: str = ""
    text: str = ""
    text_html: bool = False


def read(raw: bytes) -> Incoming:
    """What is in a mail. `text_html` says that the words were taken out of HTML."""
    try:
        mail = message_from_bytes(raw[:MAIL_BYTES_MAX])
    except BROKEN:
        return _only_headers(raw)
    try:
        return _understood(mail)
    except BROKEN:
        return _only_headers(raw)


def _only_headers(raw: bytes) -> Incoming:
    """What can still be told of a mail whose body cannot be read."""
    head = re.split(rb"\r?\n\r?\n", raw[:50_000], maxsplit=1)[0]
    try:
        mail = message_from_bytes(head + b"\r\n\r\n")
        return replace(_envelope(mail), kind="unreadable")
    except BROKEN:
        return Incoming("unreadable")


def _understood(mail: _Mail) -> Incoming:
    envelope = _envelope(mail)
    text, from_html = _words(mail)
    if not text and envelope.subject.casefold() == FEWER_LETTERS:
        text = FEWER_LETTERS  # the mail that our List-Unsubscribe asks a client to write
    if not (envelope.message_id or envelope.from_address or text):
        return replace(envelope, kind="unreadable")
    return replace(envelope, text=text, text_html=from_html)


def _envelope(mail: _Mail) -> Incoming:
    ids = ids_in(_header(mail, "Message-ID"))
    answered = ids_in(_header(mail, "In-Reply-To"))
    senders = _addresses(mail, "From") or _addresses(mail, "Sender")
    return Incoming(
        kind=_kind(mail),
        message_id=ids[0] if ids else "",
        in_reply_to=answered[0] if answered else "",
        references=ids_in(" ".join(_all(mail, "References"))),
        from_address=senders[0] if senders else "",
        to_addresses=_addresses(mail, "To", "Cc", "Delivered-To", "X-Original-To"),
        subject=clean(_decoded(_header(mail, "Subject"))),
    )


def _kind(mail: _Mail) -> Kind:
    """Whether a person wrote it. X-Auto-Response-Suppress proves nothing (trap_103)."""
    if mail.get_content_type() == "multipart/report":
        report = str(mail.get_param("report-type", "")).lower()
        return "auto-reply" if report == "disposition-notification" else "bounce"
    if _header(mail, "Return-Path").strip() == "<>":
        sender = _header(mail, "From").lower()
        return "bounce" if re.search(r"mailer-daemon|postmaster", sender) else "auto-reply"
    submitted = _header(mail, "Auto-Submitted").split(";")[0].strip().lower()
    precedence = _header(mail, "Precedence").strip().lower()
    if submitted not in ("", "no") or precedence in ("auto_reply", "auto-reply"):
        return "auto-reply"
    if any(name in mail for name in ("X-Autoreply", "X-Autorespond", "X-Autoresponder")):
        return "auto-reply"
    if "List-Id" in mail or precedence in ("bulk", "list", "junk"):
        return "list"
    return "human"


def _all(mail: _Mail, name: str) -> list[str]:
    return [str(value)[:HEADER_CHARACTERS_MAX] for value in mail.get_all(name, [])[:20]]


def _header(mail: _Mail, name: str) -> str:
    return next(iter(_all(mail, name)), "")


def _decoded(value: str) -> str:
    """A header in words. Decoded text is cleaned before anybody uses it (TRAPS, finding 5)."""
    try:
        pieces = decode_header(value[:2_000])
    except BROKEN:
        return value
    return "".join(
        piece if isinstance(piece, str) else _characters(piece, charset or "ascii")
        for piece, charset in pieces
    )


def _addresses(mail: _Mail, *names: str) -> tuple[str, ...]:
    """Addresses in lower case, without display names, in order, each once."""
    found: dict[str, None] = {}
    for name in names:
        try:
            pairs = getaddresses(_all(mail, name))
        except BROKEN:
            continue
        for _, address in pairs[:RECIPIENTS_MAX]:
            plain = clean(address).lower()
            if "@" in plain and " " not in plain and len(plain) <= 320:
                found[plain] = None
    return tuple(found)


def _words(mail: _Mail) -> tuple[str, bool]:
    """The plain text parts; where they say nothing, the words of the HTML (trap_71)."""
    plain: list[str] = []
    html: list[str] = []
    for at, part in enumerate(mail.walk()):
        if at >= PARTS_MAX:
            break
        kind = part.get_content_type()
        if part.is_multipart() or kind not in ("text/plain", "text/html"):
            continue
        if "attachment" in _header(part, "Content-Disposition").lower() or part.get_filename():
            continue
        (plain if kind == "text/plain" else html).append(_payload(part))
    text = _tidy("\n".join(plain))
    if text or not html:
        return text, False
    return _tidy(words_of_html(html[0])), True


def _payload(part: _Mail) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    return _characters(payload[: 4 * TEXT_CHARACTERS_MAX], part.get_content_charset() or "utf-8")


def _characters(data: bytes, charset: str) -> str:
    """Text, whatever its charset claims (trap_73): as declared, else as UTF-8, else as Latin-1."""
    for tried in (charset, "utf-8"):
        try:
            return data.decode(tried)
        except (LookupError, ValueError):
            continue
    return data.decode("latin-1")


def _tidy(text: str) -> str:
    """Printable text with plain line ends that every store can keep."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    printable = _CONTROLS.sub("", lines.replace("\u2028", "\n").replace("\xa0", " "))
    sound = printable.encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", sound)[:TEXT_CHARACTERS_MAX].strip()
