"""A rendering and its envelope to the bytes of one letter to exactly one person.

Not the words (render.py) and not the sending (a mail connector). The same key and `now` give the same
bytes, so a retry is the same letter (DESIGN 3, invariant 6).

The headers are written here and not by `email.policy`: it encodes long message ids, which breaks threads
(trap_4), and takes most of the time a letter needs (PEERS, row "letter").
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from datetime import datetime
from email.utils import format_datetime

from daemon.domain.effect import Effect, SendLetter
from daemon.domain.people import Address, Person
from daemon.domain.program import Program
from daemon.domain.world import Lane
from daemon.mail import threads
from daemon.mail.parts import clean
from daemon.mail.render import Rendering
from daemon.mail.source import LetterFailed
from daemon.ports import OutgoingLetter

NAME_CHARACTERS_MAX = 64
SUBJECT_CHARACTERS_MAX = 150
LINE_BYTES_MAX = 998  # RFC 5322 2.1.1

# Letters of a regular kind, which people may want fewer of (LETTERS 2, row "headers").
_REGULAR = frozenset({"prep-mentee", "prep-mentor", "notes"})
FEWER_LETTERS = "reminders off"
"""The subject of the mail that List-Unsubscribe asks for: fewer letters, never leaving (trap_53)."""

_ADDRESS = re.compile(r"[^\s<>()\[\]\\,;:\"@\x00-\x1f\x7f]{1,64}@[A-Za-z0-9.-]{1,253}")
_WORD_BYTES = 42  # 56 base64 characters and "=?utf-8?b?…?=": below the 75 of RFC 2047 2


class AddressRefused(LetterFailed):
    """An address that cannot stand in a header."""


def post(
    effect: Effect,
    rendering: Rendering,
    *,
    program: Program,
    reader: Person,
    lane: Lane,
    thread: tuple[str, ...],
    secret: bytes,
    now: datetime,
) -> OutgoingLetter:
    """The letter of this effect. `thread`: Message-IDs of earlier letters to this person in this lane."""
    mailbox = _address(program.mailbox)
    domain = mailbox.rpartition("@")[2]
    change = effect.change
    answered = change.answers if isinstance(change, SendLetter) else ""
    touchpoint = change.touchpoint if isinstance(change, SendLetter) else "admin"
    own_id = threads.message_id(effect.key, secret, domain)
    root = threads.root_id(lane, reader.id, secret, domain)
    reply_address = threads.reply_to(mailbox, threads.reply_token(secret, reader.id, lane))
    subject = f"Re: {rendering.subject}" if thread or answered else rendering.subject
    chain = threads.references(root, thread, answered)
    head = [
        f"From: {_mailbox_header(program.name, mailbox)}",
        f"To: {_mailbox_header(reader.name, _address(reader.address))}",
        f"Reply-To: <{reply_address}>",
        f"Subject: {_text_header(clean(subject)[:SUBJECT_CHARACTERS_MAX])}",
        f"Date: {format_datetime(now)}",
        f"Message-ID: {own_id}",
        *_threading(chain, root),
        f"Auto-Submitted: {'auto-replied' if answered else 'auto-generated'}",
        "X-Auto-Response-Suppress: DR, RN, NRN",
        f"X-Oneonone-Key: {_key_header(effect.key)}",
        f"X-Oneonone-Touchpoint: {_key_header(touchpoint)}",
    ]
    if touchpoint in _REGULAR:
        asked = FEWER_LETTERS.replace(" ", "%20")
        head.append(f"List-Unsubscribe: <mailto:{reply_address}?subject={asked}>")
    raw = _assembled(head, rendering, effect.key)
    return OutgoingLetter(effect.key, own_id, mailbox, reader.address, raw, lane)


def _address(address: Address) -> Address:
    if not _ADDRESS.fullmatch(address):
        raise AddressRefused("an address in the roster or the program cannot be written to")
    return address


def _mailbox_header(name: str, address: Address) -> str:
    """A display name that can only ever be a name (trap_58)."""
    shown = clean(name)[:NAME_CHARACTERS_MAX]
    if not shown:
        return f"<{address}>"
    if shown.isascii() and "=?" not in shown:
        quoted = shown.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{address}>'
    return f"{_text_header(shown)}\r\n <{address}>"


def _text_header(text: str) -> str:
    """Unstructured text: as it is, or in encoded words (RFC 2047) of which each is whole characters."""
    if text.isascii() and "=?" not in text and len(text) < 65:
        return text
    words: list[str] = []
    chunk = b""
    for character in text:
        encoded = character.encode("utf-8")
        if len(chunk) + len(encoded) > _WORD_BYTES:
            words.append(_encoded_word(chunk))
            chunk = b""
        chunk += encoded
    words.append(_encoded_word(chunk))
    return "\r\n ".join(words)


def _encoded_word(chunk: bytes) -> str:
    return f"=?utf-8?b?{base64.b64encode(chunk).decode('ascii')}?="


def _key_header(key: str) -> str:
    """A key as it is when it is printable ASCII; keys are made of ids, so it always should be."""
    return key if key.isascii() and key.isprintable() else _text_header(clean(key))


def _threading(chain: tuple[str, ...], root: str) -> list[str]:
    """References, and In-Reply-To unless this is the first letter. Ids are never folded inside."""
    lines = ["References: " + "\r\n ".join(chain)]
    return lines if chain[-1] == root else [f"In-Reply-To: {chain[-1]}", *lines]


def _assembled(head: list[str], rendering: Rendering, key: str) -> bytes:
    boundary = "part-" + hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:32]
    lines = [
        *head,
        "MIME-Version: 1.0",
        f'Content-Type: multipart/alternative; boundary="{boundary}"',
        "",
        f"--{boundary}",
        *_part("plain", rendering.text),
        f"--{boundary}",
        *_part("html", rendering.html),
        f"--{boundary}--",
        "",
    ]
    raw = "\r\n".join(lines).encode("utf-8")
    longest = max(map(len, raw.split(b"\r\n")))
    if longest > LINE_BYTES_MAX:
        raise LetterFailed(f"a line of {longest} bytes: servers take at most {LINE_BYTES_MAX}")
    return raw


def _part(subtype: str, text: str) -> list[str]:
    data = text.encode("utf-8").replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    quoted = binascii.b2a_qp(data, istext=True)
    # "From " at a line start is changed by mbox stores, and a lone dot by careless relays.
    safe = re.sub(rb"^(?:From |\.)", _quoted_first, quoted, flags=re.MULTILINE)
    return [
        f'Content-Type: text/{subtype}; charset="utf-8"',
        "Content-Transfer-Encoding: quoted-printable",
        "",
        safe.decode("ascii").rstrip("\r\n") + "\r\n",
    ]


def _quoted_first(found: re.Match[bytes]) -> bytes:
    return b"=%02X" % found[0][0] + found[0][1:]
