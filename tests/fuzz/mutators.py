"""Small malice: each mutator makes one mail or calendar worse, by a seeded chance.

Not the material (material.py), and not the judging of what comes of it (through.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import TypeAlias

from tests.fuzz.material import Material

Mutator: TypeAlias = Callable[[bytes, Random], bytes]
BYTES_MAX = 6_000_000
PIECES_MAX = 20_000
"""Into so many lines or words a mail is cut; the last is the rest of it. Joining two million takes 160 MB, and the memory
that is measured is to be the reader's."""

CHARSETS = (
    b"utf-7", b"utf-16", b"utf-32", b"iso-2022-jp", b"hz", b"gb18030", b"big5", b"idna", b"punycode", b"zlib",
    b"unicode_escape", b"x-none", b"", b"utf-8\x00", b"windows-1252", b"koi8-r", b"cp037", b"'", b"%s" * 50,
)  # fmt: skip
ENCODINGS = (b"base64", b"quoted-printable", b"x-uuencode", b"8bit", b"binary", b"7bit; x", b"gzip")
TRICKS = (
    "\u202e", "\u2028", "\u2029", "\ufeff", "\x00", "\x85", "\ud7ff", "\ufffe", "\U0010ffff", "a\u0301\u0323" * 30,
    "\u200b" * 40, "１", "²", "①", "٢", "İ", "ß", "ﬀ", "\u1160" * 20, "👩‍👩‍👧‍👦", "\u0600", "\ue000\ue001", "Ⅻ", "𝟚",
)  # fmt: skip
HEADERS = (
    b"From: " + b"(" * 5_000, b"To: " + b"a@b.c, " * 3_000, b"Message-ID: <<<<", b"Message-ID: <a@[",
    b"Subject: " + b"=?utf-8?q?a?= " * 2_000, b"Subject: =?utf-8?b?=?=", b"References: " + b"<a@b> " * 3_000,
    b'Content-Type: text/plain; name="' + b';\\"' * 4_000, b"Content-Type: text/plain" + b";" * 9_000,
    b"Content-Type: multipart/mixed", b"Content-Type: multipart/report; report-type=delivery-status; boundary=x",
    b"Content-Type: text/calendar; method=REPLY", b"Content-Type: message/rfc822", b"Content-Type: /",
    b"Content-Type: text/plain; charset*0*=utf-8''a; charset*1*=%ff", b"Auto-Submitted: ;;;", b"Date: 99999 Foo -9999",
    b"Content-Disposition: attachment; filename*=x'y'%", b"Return-Path: <>", b"Date: Mon, 31 Feb 9999 99:99:99 +9999",
    b"From: =?x?q?=0ABcc:_a?= <a@b.c>", b"From: <@>", b"From: " + b'"' * 3_001, b"List-Id: ", b"X-Failed-Recipients: ,",
    b"Authentication-Results: " + b"a;" * 4_000, b"Thread-Index: ====", b": nameless", b"\xff\xfe: bytes",
)  # fmt: skip
LINES = (
    b"RRULE:FREQ=SECONDLY", b"RRULE:FREQ=DAILY;COUNT=999999999", b"RRULE:FREQ=YEARLY;BYDAY=53MO;BYYEARDAY=-366",
    b"RRULE:FREQ=WEEKLY;INTERVAL=0", b"RRULE:FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2", b"RRULE:;;;", b"RRULE:FREQ=",
    b"DTSTART:00000101T000000", b"DTSTART:99991231T235959Z", b"DTSTART;TZID=Europe:20261015T150000",
    b"DTSTART;TZID=" + b"x" * 300 + b":20261015T150000", b"DTSTART;VALUE=DATE:20261332", b"DURATION:P99999999W",
    b"DURATION:-PT1S", b"DTEND:10000101", b"EXDATE:20260229T000000", b"RDATE;VALUE=PERIOD:20261015T150000Z/P9W",
    b"RECURRENCE-ID;RANGE=THISANDFUTURE:20261029T150000", b"UID:", b"UID:" + b"u" * 9_000, b"BEGIN:VEVENT",
    b"END:VEVENT", b"BEGIN:VALARM\r\nTRIGGER:-PT1S\r\nREPEAT:99999999\r\nDURATION:PT1S\r\nEND:VALARM",
    b"ATTENDEE:", b"ATTENDEE;PARTSTAT=:mailto:", b"ORGANIZER;CN=\"a:mailto:b", b"X-ONEONONE-KEY;X-VERSION=:k",
    b"BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nEND:VTIMEZONE", b"GEO:999;999", b"SEQUENCE:-1", b";=:", b" folded",
)  # fmt: skip


def flip(data: bytes, chance: Random) -> bytes:
    """A few bytes become others."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 12) if data else 0):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def truncate(data: bytes, chance: Random) -> bytes:
    """The end, the beginning or the middle is missing."""
    a, b = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return chance.choice((data[:b], data[a:], data[:a] + data[b:]))


def lines_moved(data: bytes, chance: Random) -> bytes:
    """Lines doubled, dropped, changed about, or repeated a thousand times."""
    lines = data.split(b"\n", PIECES_MAX)
    for _ in range(chance.randint(1, 4)):
        at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
        match chance.randrange(4):
            case 0:
                lines.insert(to, lines[at])
            case 1 if len(lines) > 1:
                del lines[at]
            case 2:
                lines[at], lines[to] = lines[to], lines[at]
            case _:
                most = 1 + BYTES_MAX // (1 + len(lines[at]))
                lines[at:at] = [lines[at]] * min(chance.choice((3, 40, 1_000)), most)
    return b"\n".join(lines)


def header(data: bytes, chance: Random) -> bytes:
    """A hostile header line before, between or instead of others."""
    lines = data.split(b"\n", PIECES_MAX)
    at = chance.randrange(min(len(lines), 12))
    lines[at : at + chance.randrange(2)] = [chance.choice(HEADERS) + b"\r"]
    return b"\n".join(lines)


def lie(data: bytes, chance: Random) -> bytes:
    """Another charset or transfer encoding than that of the words."""
    if chance.random() < 0.5:
        found = re.sub(
            rb"(?i)charset=\"?[\w-]+\"?", lambda _: b"charset=" + chance.choice(CHARSETS), data
        )
        if found != data:
            return found
        return b"Content-Type: text/plain; charset=" + chance.choice(CHARSETS) + b"\r\n" + data
    return b"Content-Transfer-Encoding: " + chance.choice(ENCODINGS) + b"\r\n" + data


def nest(data: bytes, chance: Random) -> bytes:
    """Parts in parts, or mails in mails."""
    levels, same = chance.choice((1, 2, 5, 19, 21, 60, 1_500)), chance.random() < 0.3
    for level in range(levels) if len(data) < 50_000 else ():
        mark = b"x" if same else b"x%d" % level
        if chance.random() < 0.2:
            data = b"Content-Type: message/rfc822\r\n\r\n" + data
        else:
            kind = chance.choice((b"mixed", b"alternative", b"digest", b"report", b"signed"))
            data = b"Content-Type: multipart/%s; boundary=%s\r\n\r\n--%s\r\n%s" % (kind, mark, mark, data)  # fmt: skip
        if levels > 60 and level % 50 == 0 and len(data) > 400_000:
            break
    return b"From: a@b.c\r\n" + data


def boundaries(data: bytes, chance: Random) -> bytes:
    """Boundaries that do not close, are prefixes of each other, or end each line."""
    found = re.findall(rb'boundary="?([^";\s]{1,70})', data)
    if not found:
        return b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\na\r\n" * chance.choice((1, 199, 201, 9_000)) + data  # fmt: skip
    mark = chance.choice(found)
    match chance.randrange(4):
        case 0:
            return data.replace(b"--" + mark + b"--", b"")
        case 1:
            return data.replace(b"--" + mark, b"--" + mark[:-1])
        case 2:
            return data.replace(b"\n", b"\n--" + mark + b"\r\n", chance.choice((5, 300)))
        case _:
            return data.replace(mark, b"")


def giant(data: bytes, chance: Random) -> bytes:
    """One line, one word, one quote or one page of a size that nobody writes."""
    what = chance.choice(
        (b"a", b" ", b">", b"> ", b"\n", b"<div>", b"<!--", b"&", b"=", b"-", b"_", b"a:", b"1,", b"\xcc\x81", b"@a ",
         b"On a wrote:\n", b"\n-- \n", b"\nFrom: a\nSent: b\n", b"[", b"http://", b"\r", b"a@", b"private: a\n", b"\t",
         b"2 ", b"and 2 ", b"next ", b"thursday ", b"10-11 Dec ", b"*")
    )  # fmt: skip
    size = chance.choice((2_000, 30_000, 30_000, 30_000, 120_000, 120_000, 2_000_000))
    at = chance.randrange(len(data) + 1) if chance.random() < 0.5 else len(data)
    return data[:at] + what * (size // len(what)) + data[at:]


def tricks(data: bytes, chance: Random) -> bytes:
    """Characters that are not what they look like."""
    text = data.decode("utf-8", "surrogateescape")
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(TRICKS) + text[at:]
    return text.encode("utf-8", "surrogateescape")


def line_ends(data: bytes, chance: Random) -> bytes:
    """Lines that end as they do elsewhere, or nowhere."""
    plain = data.replace(b"\r\n", b"\n")
    return plain.replace(
        b"\n", chance.choice((b"\r", b"\n", b"\r\r\n", b"\n\n", b"\x0b", b"\x00\n"))
    )


def html(data: bytes, chance: Random) -> bytes:
    """The same as a page, with tags that never end."""
    head, end, body = data.partition(b"\r\n\r\n")
    head = re.sub(rb"(?i)content-type:[^\n]*\n", b"", head) + b"\r\nContent-Type: text/html"
    tags = (b"<div class=gmail_quote>", b"<blockquote>", b"</div>", b"<p", b"<style>", b"<!--", b"&#x110000;", b"&#0;", b"<br>")  # fmt: skip
    words = body.split(b" ", PIECES_MAX)
    for _ in range(chance.randint(1, 20)):
        words.insert(chance.randrange(len(words) + 1), chance.choice(tags))
    return head + (end or b"\r\n\r\n") + b" ".join(words)


def calendar_line(data: bytes, chance: Random) -> bytes:
    """A line of iCalendar that no sane program writes, in the place of another or beside it."""
    lines = data.split(b"\n", PIECES_MAX)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(max(1, len(lines) - 1))
        lines[at : at + chance.randrange(2)] = [chance.choice(LINES) + b"\r"]
    return b"\n".join(lines)


COMMON: tuple[Mutator, ...] = (flip, truncate, lines_moved, giant, tricks, line_ends)
OF_MAILS: tuple[Mutator, ...] = (*COMMON, header, header, lie, nest, boundaries, html)
OF_CALENDARS: tuple[Mutator, ...] = (*COMMON, calendar_line, calendar_line, calendar_line)
CALENDAR_EVERY = 5


def mutated(seed: int, number: int, found: Material) -> tuple[bool, bytes]:
    """Whether it is a calendar, and the bytes: the same for the same seed and number, whatever came before."""
    chance = Random(f"{seed}/{number}")
    is_calendar = number % CALENDAR_EVERY == 0
    of = found.calendars if is_calendar else found.mails
    data = chance.choice(of)
    if chance.random() < 0.15:
        other = chance.choice(of)
        data = data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]
    for _ in range(chance.choice((1, 1, 2, 3))):
        data = chance.choice(OF_CALENDARS if is_calendar else OF_MAILS)(data, chance)[:BYTES_MAX]
    if is_calendar and chance.random() < 0.5:
        data = data.rstrip() + b"\r\nEND:VCALENDAR\r\n"
    return is_calendar, data
