"""A winmail.dat as Exchange makes one (MS-OXTNEF), by hand.

Not its reader: daemon/mail/reading/winmail.py.
"""

from __future__ import annotations

import base64
import struct

from compressed_rtf import compress

TEXT, RTF, HTML, CODE_PAGE = 0x1000, 0x1009, 0x1013, 0x3FDE
STRING, UNICODE, BINARY, LONG, TIME = 0x1E, 0x1F, 0x102, 0x3, 0x40
ENCAPSULATED = (
    r"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0\fswiss Arial;}}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 "
    r"2, bitte\htmlrtf\par}\htmlrtf0 {\*\htmltag72 </p>}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Gr\'fc\'dfe, \u1041?en"
    r"\htmlrtf\par}\htmlrtf0 {\*\htmltag72 </p>}{\*\htmltag96 <blockquote>}Our letter{\*\htmltag104 </blockquote>}}"
)


def attribute(name: int, data: bytes) -> bytes:
    """An attribute of the message."""
    return struct.pack("<BII", 1, name, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def prop(kind: int, name: int, value: bytes) -> bytes:
    """A property that varies in length."""
    padded = value + b"\0" * (-len(value) % 4)
    return struct.pack("<HHII", kind, name, 1, len(value)) + padded


def properties(*each: bytes) -> bytes:
    """All properties of the message, with others around them that say nothing."""
    when = struct.pack("<HHQ", TIME, 0x39, 0)
    guid = b"G" * 16
    named = struct.pack("<HH", LONG, 0x8005) + guid + struct.pack("<III", 0, 7, 1)
    by_name = struct.pack("<HH", UNICODE, 0x8006) + guid + struct.pack("<II", 1, 6)
    by_name += "ab\0".encode("utf-16-le") + b"\0\0" + struct.pack("<II", 1, 4) + b"xyz\0"
    many = struct.pack("<HHIII", 0x1003, 0x6001, 2, 1, 2)
    page = struct.pack("<HHI", LONG, CODE_PAGE, 1252)
    found = (when, named, by_name, many, page, *each)
    return attribute(0x00069003, struct.pack("<I", len(found)) + b"".join(found))


def winmail(*attributes: bytes) -> bytes:
    """The file."""
    version = attribute(0x00089006, struct.pack("<I", 0x10000))
    return struct.pack("<IH", 0x223E9F78, 1) + version + b"".join(attributes)


def rtf(text: str) -> bytes:
    """A property with compressed RTF."""
    return prop(BINARY, RTF, compress(text.encode("latin-1")))


def mail(
    file: bytes, *, words: str = "", head: str = "", kind: str = "application/ms-tnef"
) -> bytes:
    """A mail in which it comes, beside words or alone."""
    text = f"--b\nContent-Type: text/plain\n\n{words}\n" if words else ""
    return (
        f"{head}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n{text}--b\nContent-Type: {kind}; "
        f"name=winmail.dat\nContent-Disposition: attachment; filename=winmail.dat\nContent-Transfer-Encoding: base64\n\n"
        f"{base64.encodebytes(file).decode()}\n--b--\n"
    ).encode()
