"""The headers and text parts of what we send, written so that no reader can take them for anything else.

Not which letter it is (letters.py) and not invitations (daemon/ical/mailing.py): both are put together of these. They
are written here and not by `email.policy`, which encodes long message ids and so breaks threads (trap_4).
"""

from __future__ import annotations

import base64
import binascii
import re

from daemon.domain.people import Address
from daemon.mail.parts import clean
from daemon.mail.source import LetterFailed

NAME_CHARACTERS_MAX = 64
_ADDRESS = re.compile(r"[^\s<>()\[\]\\,;:\"@\x00-\x1f\x7f]{1,64}@[A-Za-z0-9.-]{1,253}")
_WORD_BYTES = 42  # 56 base64 characters and "=?utf-8?b?…?=": below the 75 of RFC 2047 2


class AddressRefused(LetterFailed):
    """An address that cannot stand in a header."""


def sendable(address: Address) -> Address:
    """The address, if a header can hold it. Raises AddressRefused."""
    if not _ADDRESS.fullmatch(address):
        raise AddressRefused("an address in the roster or the program cannot be written to")
    return address


def mailbox_header(name: str, address: Address) -> str:
    """A display name that can only ever be a name (trap_58)."""
    shown = clean(name)[:NAME_CHARACTERS_MAX]
    if not shown:
        return f"<{address}>"
    if shown.isascii() and "=?" not in shown:
        quoted = shown.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{address}>'
    return f"{text_header(shown)}\r\n <{address}>"


def text_header(text: str) -> str:
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


def key_header(key: str) -> str:
    """A key as it is when it is printable ASCII; keys are made of ids, so it always should be."""
    return key if key.isascii() and key.isprintable() else text_header(clean(key))


def text_part(subtype: str, text: str) -> list[str]:
    """The lines of one text part of a multipart mail."""
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
