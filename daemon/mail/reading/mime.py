"""The bytes of a mail as a tree of parts, in linear time and never too deep (RFC 2045, RFC 2046).

Not the standard library's parser for bodies: a thousand nested parts end it in a RecursionError, and a
million short lines inside them take minutes (trap_72). It reads the headers, one short block at a time.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
import string
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import HeaderParser
from email.utils import getaddresses
from typing import TypeAlias

from daemon.mail.parts import clean

MAIL_BYTES_MAX = 1_000_000
LOOKED_AT_BYTES_MAX = 32_000_000
STRETCH_BYTES_MAX = 150_000
STRETCHES_MAX = 1_000
HEAD_BYTES_MAX = 100_000
HEADER_CHARACTERS_MAX = 8_000
PARAMETERS_CHARACTERS_MAX = 1_000
TEXT_CHARACTERS_MAX = 100_000
DEPTH_MAX = 20
PARTS_MAX = 200
RECIPIENTS_MAX = 100
SAME_HEADER_MAX = 20

# What the standard library is known to raise on mails out of the wild (TRAPS 72 and 104).
BROKEN = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError),
    *(TypeError, ValueError, HeaderParseError),
)
_Head: TypeAlias = "Message[str, str]"
_HEAD_ENDS = re.compile(rb"\r\n\r\n|\n\n|\r\n\n|\n\r\n|\r\r")
_FIRST_LINE = re.compile(rb"[!-9;-~]+[ \t]*:|From |[ \t]|\r?\n|$")
_LINE_END = re.compile(rb"\r\n|\n|\r")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2066-\u2069\u202a-\u202e\ue000\ue001]")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
"""ASCII alone: other letters that have a lower case in it (the Kelvin sign) are other addresses."""
_WORD = re.compile(r"\S{1,200}")
_CODES_THAT_ARE_NONE = frozenset(
    ("idna", "punycode", "raw_unicode_escape", "undefined", "unicode_escape")
)


class Unreadable(ValueError):
    """Nested deeper, or in more parts, than any honest mail."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a mail: what its headers say, its bytes as they stand, and the parts inside it. A mail inside a
    mail (`message/rfc822`) is one part inside it."""

    head: _Head
    type: str
    body: bytes
    parts: tuple[Part, ...] = ()

    def header(self, name: str) -> str:
        """The first header of that name as it stands, empty when there is none."""
        return next(iter(self.headers(name)), "")

    def headers(self, *names: str) -> list[str]:
        """All headers of these names as they stand, each cut to a length that any reader can bear."""
        return [
            str(value)[:HEADER_CHARACTERS_MAX]
            for name in names
            for value in self.head.get_all(name, [])[:SAME_HEADER_MAX]
        ]

    def words(self, name: str) -> str:
        """A header decoded, on one printable line (TRAPS, finding 5)."""
        return clean(_decoded(self.header(name)))

    def parameter(self, name: str) -> str:
        """A parameter of the Content-Type in lower case, empty when there is none."""
        return _parameter(self.head, name).lower()

    def addresses(self, *names: str) -> tuple[str, ...]:
        """Addresses in lower case, without display names, in order, each once."""
        found: dict[str, None] = {}
        for name in names:
            try:
                pairs = getaddresses(self.headers(name))
            except BROKEN:
                continue
            for _, address in pairs[:RECIPIENTS_MAX]:
                plain = address.strip().translate(_LOWER)
                if (
                    plain == clean(plain)
                    and "@" in plain
                    and " " not in plain
                    and len(plain) <= 320
                ):
                    found[plain] = None
        return tuple(found)

    def authors(self) -> tuple[str, ...]:
        """Everybody whom From names. A group (RFC 6854) is nobody."""
        group = any(";" in _QUOTED.sub("", value) for value in self.headers("From"))
        return () if group else self.addresses("From")

    @property
    def attached(self) -> bool:
        """Whether it is a file rather than something to be read on the spot."""
        disposition = self.header("Content-Disposition").lower()
        return (
            "attachment" in disposition or "filename" in disposition or bool(self.parameter("name"))
        )

    def walk(self, into_mails: bool = True) -> Iterator[Part]:
        """This part and all inside it, in their order; those of a mail inside it only when asked."""
        waiting = [self]
        while waiting:
            part = waiting.pop()
            yield part
            if into_mails or part is self or not part.type.startswith("message/"):
                waiting += reversed(part.parts)

    def bytes(self) -> bytes:
        """What it says once its transfer encoding is taken off."""
        encoding = self.header("Content-Transfer-Encoding").strip().lower()
        if encoding == "quoted-printable":
            return quopri.decodestring(self.body)
        if encoding == "base64":
            return _from_base64(self.body)
        return self.body

    def text(self) -> str:
        """Its words, tidy."""
        charset = _parameter(self.head, "charset") or "utf-8"
        return tidy(characters(self.bytes()[: 4 * TEXT_CHARACTERS_MAX], charset))


def parsed(raw: bytes) -> Part:
    """The tree of parts. Raises Unreadable, or one of BROKEN where a header is worse than the library knows."""
    return _part(_abridged(raw), "text/plain", DEPTH_MAX, [PARTS_MAX])


def _abridged(raw: bytes) -> bytes:
    """A large mail without the inside of its pictures, so that what was written below them is read. They are what
    goes on for long without a line that begins as a boundary does."""
    if len(raw) <= MAIL_BYTES_MAX:
        return raw
    stretches = raw[:LOOKED_AT_BYTES_MAX].split(b"\n--", STRETCHES_MAX)
    return b"\n--".join(each[:STRETCH_BYTES_MAX] for each in stretches)[:MAIL_BYTES_MAX]


def only_head(raw: bytes) -> Part:
    """The headers alone, of a mail whose body cannot be read."""
    head, _ = _split(raw[:HEAD_BYTES_MAX])
    return Part(head, "text/plain", b"")


def _part(raw: bytes, usual: str, depth: int, left: list[int]) -> Part:
    left[0] -= 1
    if not depth or left[0] < 0:
        raise Unreadable("too many parts in one another")
    head, body = _split(raw)
    kind = _type(head, usual)
    inside: tuple[Part, ...] = ()
    if kind.startswith("multipart/"):
        boundary = _parameter(head, "boundary")
        usual = "message/rfc822" if kind == "multipart/digest" else "text/plain"
        pieces = _pieces(body, boundary) if boundary else []
        inside = tuple(_part(piece, usual, depth - 1, left) for piece in pieces)
        if not inside:  # RFC 2046 5.1.1 asks for a boundary; what is left is words
            inside = (Part(Message(), "text/plain", body),)
    elif kind in ("message/rfc822", "message/global"):
        inside = (_part(body.lstrip(b"\r\n"), "text/plain", depth - 1, left),)
    return Part(head, kind, body, inside)


def _split(raw: bytes) -> tuple[_Head, bytes]:
    """Headers and body. A first line that is no header means that there are none."""
    start = raw[:HEAD_BYTES_MAX]
    if not _FIRST_LINE.match(start):
        return Message(), raw
    if start[:1] in (b"\n", b"\r"):
        return Message(), raw[2 if start[:2] == b"\r\n" else 1 :]
    found = _HEAD_ENDS.search(start)
    head, body = (raw[: found.start()], raw[found.end() :]) if found else (start, raw[len(start) :])
    read = HeaderParser().parsestr(characters(head, "utf-8") + "\n\n")
    rest = read.get_payload()  # a line without a colon ends the headers as well
    told = rest.strip() if isinstance(rest, str) else ""
    return read, told.encode("utf-8", "replace") + b"\n" + body if told else body


def _type(head: _Head, usual: str) -> str:
    value = str(head.get("Content-Type", ""))[:HEADER_CHARACTERS_MAX]
    kind = value.partition(";")[0].strip().lower()
    return kind if re.fullmatch(r"[\w.+-]{1,60}/[\w.+-]{1,100}", kind) else usual


def _parameter(head: _Head, name: str) -> str:
    """A parameter of the Content-Type. The library takes time that grows with the square of the header's length."""
    value = str(head.get("Content-Type", ""))
    if name not in value.lower():
        return ""
    short: _Head = Message()
    short["Content-Type"] = re.sub(r"\s+", " ", value[:PARAMETERS_CHARACTERS_MAX])
    try:
        found = short.get_param(name, "")
        said = found[2] if isinstance(found, tuple) else str(found or "")
        return said.strip()
    except BROKEN:
        return ""


def _pieces(body: bytes, boundary: str) -> list[bytes]:
    """What stands between the boundary lines; the last piece may lack its end (RFC 2046 5.1.1)."""
    mark = b"--" + boundary.encode("utf-8", "replace")
    pieces: list[bytes] = []
    begins, at = -1, body.find(mark)
    while at >= 0:
        if at == 0 or body[at - 1 : at] in (b"\n", b"\r"):
            after = at + len(mark)
            last = body[after : after + 2] == b"--"
            ends = _LINE_END.search(body, after)
            if last or not body[after : ends.start() if ends else len(body)].strip():
                if begins >= 0:
                    pieces.append(body[begins:at].removesuffix(b"\n").removesuffix(b"\r"))
                begins = ends.end() if ends else len(body)
                if last:
                    return pieces
        at = body.find(mark, at + len(mark))
    if begins >= 0:
        pieces.append(body[begins:])
    return pieces[:PARTS_MAX]


def _from_base64(body: bytes) -> bytes:
    """Base64 as it is met: with strange characters in it, and cut off at the end."""
    kept = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
    try:
        return base64.b64decode(kept[: len(kept) // 4 * 4] + _padded(kept[len(kept) // 4 * 4 :]))
    except (binascii.Error, ValueError):
        return b""


def _padded(end: bytes) -> bytes:
    return end + b"=" * (4 - len(end)) if len(end) > 1 else b""


def _decoded(value: str) -> str:
    """A header in words."""
    try:
        pieces = decode_header(value[:2_000])
    except BROKEN:
        return value
    return "".join(
        piece
        if isinstance(piece, str)
        else characters(piece, charset)
        if charset
        else piece.decode("raw_unicode_escape", "replace")
        for piece, charset in pieces
    )


def characters(data: bytes, charset: str) -> str:
    """Text, whatever its charset claims (trap_73): as declared, else as UTF-8, else as Latin-1."""
    tried = (
        (charset, "utf-8")
        if charset.lower().replace("-", "_") not in _CODES_THAT_ARE_NONE
        else ("utf-8",)
    )
    for name in tried:
        try:
            return data.decode(name)
        except (LookupError, ValueError):
            continue
    return data.decode("latin-1")


def tidy(text: str) -> str:
    """Printable text with plain line ends that every store can keep."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    printable = _CONTROLS.sub("", lines.replace("\u2028", "\n").replace("\xa0", " "))
    sound = printable.encode("utf-8", "replace").decode("utf-8")
    return _composed(sound[:TEXT_CHARACTERS_MAX]).strip()


def _composed(text: str) -> str:
    """NFC, word by word: in one go 100,000 marks above one letter took 19 seconds."""
    if text.isascii():
        return text
    return _WORD.sub(lambda word: unicodedata.normalize("NFC", word[0]), text)
