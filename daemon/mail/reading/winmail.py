"""The words in a winmail.dat: what Exchange sends to readers that it takes for Outlook (MS-OXTNEF).

Not its attachments and not its calendar. Only the container is read here, a few kinds of length and value;
what it holds is text, HTML (markup.py) or compressed RTF (rtf.py).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from compressed_rtf import decompress  # type: ignore[import-untyped]  # it has no types

from daemon.mail.reading.markup import words_of_html
from daemon.mail.reading.mime import characters
from daemon.mail.reading.rtf import words_of_rtf

WINMAIL_BYTES_MAX = 5_000_000
COMPRESSED_BYTES_MAX = 60_000
VALUES_MAX = 2_000
TYPES = ("application/ms-tnef", "application/vnd.ms-tnef")

_SIGNATURE = 0x223E9F78
_BODY, _PROPERTIES = 0x0002800C, 0x00069003
# MS-OXPROPS: PidTagBody, PidTagRtfCompressed, PidTagHtml, PidTagInternetCodepage.
_TEXT, _RTF, _HTML, _PAGE = 0x1000, 0x1009, 0x1013, 0x3FDE
_FIXED = {
    0x2: 4,
    0x3: 4,
    0x4: 4,
    0x5: 8,
    0x6: 8,
    0x7: 8,
    0xA: 4,
    0xB: 4,
    0x14: 8,
    0x40: 8,
    0x48: 16,
}
_VARIABLE = (0x0D, 0x1E, 0x1F, 0x102)
_UNICODE = 0x1F


class _Cut(ValueError):
    """The bytes end before what they announce."""


def words_of_winmail(raw: bytes) -> str:
    """What its writer wrote; empty where nothing of it can be read."""
    if len(raw) > WINMAIL_BYTES_MAX:
        return ""
    found: dict[int, bytes] = {}
    try:
        for name, value in _attributes(raw):
            if name == _BODY:
                found.setdefault(_BODY, value)
            elif name == _PROPERTIES:
                found.update(_properties(value))
    except _Cut:
        pass  # what was read before counts
    page = f"cp{int.from_bytes(found[_PAGE][:4], 'little')}" if _PAGE in found else "cp1252"
    page = "utf-8" if page == "cp65001" else page
    return (
        _plain(found.get(_TEXT, b"") or found.get(_BODY, b""), page)
        or words_of_html(_plain(found.get(_HTML, b""), page))
        or words_of_rtf(_decompressed(found.get(_RTF, b"")))
    )


def _plain(data: bytes, page: str) -> str:
    """`data` is in UTF-8 where it was in UTF-16 (see `_properties`), and in the mail's code page else."""
    try:
        text = data.decode("utf-8")
    except ValueError:
        text = characters(data, page)
    return text.rstrip("\x00").strip()


def _decompressed(data: bytes) -> str:
    """The library raises plain exceptions for whatever is broken."""
    if not data or len(data) > COMPRESSED_BYTES_MAX:
        return ""
    try:
        return bytes(decompress(data)).decode("latin-1")
    except Exception:
        return ""


def _attributes(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """The attributes of the message in their order (MS-OXTNEF 2.1.3)."""
    if _number(raw, 0) != _SIGNATURE:
        return
    at = 6
    for _ in range(VALUES_MAX):
        if at + 9 > len(raw) or raw[at] != 1:
            return
        name, length = struct.unpack_from("<II", raw, at + 1)
        if at + 9 + length > len(raw):
            raise _Cut
        yield name, raw[at + 9 : at + 9 + length]
        at += 9 + length + 2


def _properties(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The properties of the message that say something (MS-OXTNEF 2.1.3.4); Unicode as UTF-8."""
    at = 4
    for _ in range(min(_number(data, 0), VALUES_MAX)):
        kind, name = struct.unpack("<HH", _taken(data, at, 4))
        at += 4
        if name >= 0x8000:
            at = _past_name(data, at)
        many = bool(kind & 0x1000)
        kind &= 0xFFF
        count = 1
        if many or kind in _VARIABLE:
            count, at = min(_number(data, at), VALUES_MAX), at + 4
        for _ in range(count):
            if kind in _FIXED:
                length = size = _FIXED[kind]
            elif kind in _VARIABLE:
                length, at = _number(data, at), at + 4
                size = -(-length // 4) * 4
            else:
                return
            if name in (_TEXT, _RTF, _HTML, _PAGE):
                value = _taken(data, at, length)
                if kind == _UNICODE:
                    value = value.decode("utf-16-le", "replace").encode("utf-8")
                yield name, value
            at += size


def _past_name(data: bytes, at: int) -> int:
    """Behind the name of a property that an application has named itself."""
    if _number(data, at + 16) == 0:
        return at + 24
    return at + 24 + -(-_number(data, at + 20) // 4) * 4


def _number(data: bytes, at: int) -> int:
    found: int = struct.unpack("<I", _taken(data, at, 4))[0]
    return found


def _taken(data: bytes, at: int, length: int) -> bytes:
    if at + length > len(data):
        raise _Cut
    return data[at : at + length]
