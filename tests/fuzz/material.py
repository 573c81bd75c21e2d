"""Real mails and calendars of others that lie on this machine, to be mutated.

Not a corpus of ours: what is absent is left out, and `python -m tests.fuzz.run` says what there was.
"""

from __future__ import annotations

import importlib.util
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SHARED = Path(os.environ.get("ONEONONE_SHARED", "../shared"))
OWN = Path(__file__).parent.parent / "corpus"
BYTES_MAX = 300_000
TOKEN = "k35s2lbd6s4e2wpw23p7nr72hy"
MAILBOX = "koss@example.org"
LETTER = """\
Your 1:1 with Ana on Tuesday does not take place. Which of these suits you?

1. Thu 15 Oct, 15:00
2. Fri 16 Oct, 10:00

Answer with the number.
"""
GOOD = f"""\
From: Ben Das <ben@example.org>\r
To: KOSS 1:1s <koss+{TOKEN}@example.org>\r
Subject: Re: Ana & Ben: our 1:1s\r
Message-ID: <1@phone.example.org>\r
In-Reply-To: <letter@example.org>\r
References: <letter@example.org>\r
MIME-Version: 1.0\r
Content-Type: text/plain; charset=utf-8\r
\r
2\r
\r
On Mon, Oct 12, 2026 at 11:00 KOSS 1:1s <koss+{TOKEN}@example.org> wrote:\r
> Your 1:1 with Ana on Tuesday does not take place. Which of these suits you?\r
>\r
> 1. Thu 15 Oct, 15:00\r
> 2. Fri 16 Oct, 10:00\r
""".encode()
INVITATION = b"""\
BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//x//y//EN\r
BEGIN:VEVENT\r
UID:1@example.org\r
DTSTAMP:20261012T110000Z\r
DTSTART;TZID=Europe/Berlin:20261015T150000\r
DTEND;TZID=Europe/Berlin:20261015T153000\r
RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=12\r
EXDATE;TZID=Europe/Berlin:20261029T150000\r
ORGANIZER:mailto:ana@example.org\r
ATTENDEE;PARTSTAT=ACCEPTED:mailto:ben@example.org\r
SUMMARY:Ana and Ben\r
END:VEVENT\r
END:VCALENDAR\r
"""


@dataclass(frozen=True, slots=True)
class Material:
    """Mails and calendars, each with where they come from."""

    mails: tuple[bytes, ...]
    calendars: tuple[bytes, ...]
    counts: tuple[tuple[str, int], ...]


@cache
def material() -> Material:
    """All there is, in an order that does not depend on the machine's folders."""
    mails: dict[str, list[bytes]] = {
        "ours": [GOOD],
        "corpora/replies": list(_cases(SHARED / "corpora" / "replies")),
        "corpora/invitations": list(_files(SHARED / "corpora" / "invitations", ".eml")),
        "CPython": list(_files(_package("test.test_email"), ".txt")),
        "tests/corpus": [*_files(OWN, ".eml"), *_cases(OWN)],
    }
    calendars = {
        "an invitation": [INVITATION],
        "icalendar": list(_files(_package("icalendar"), ".ics")),
        "recurring-ical-events": list(_files(_package("recurring_ical_events"), ".ics")),
    }
    counts = [(name, len(found)) for name, found in [*mails.items(), *calendars.items()]]
    return Material(
        tuple(mail for found in mails.values() for mail in found),
        tuple(calendar for found in calendars.values() for calendar in found),
        tuple(counts),
    )


def _package(name: str) -> Path:
    try:
        found = importlib.util.find_spec(name)
    except ModuleNotFoundError:
        found = None
    return Path(found.origin).parent if found and found.origin else Path("absent")


def _files(folder: Path, ending: str) -> Iterator[bytes]:
    for path in sorted(folder.rglob(f"*{ending}")) if folder.is_dir() else ():
        yield path.read_bytes()[:BYTES_MAX]


def _cases(folder: Path) -> Iterator[bytes]:
    """Every text of some length in the JSON files of a folder, as the words of a mail."""
    for path in sorted(folder.rglob("*.json*")) if folder.is_dir() else ():
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines() if path.suffix == ".jsonl" else [text]
        for line in lines:
            if line.strip():
                yield from map(as_mail, _texts(json.loads(line)))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name in ("input", "text", "body", "mail", "raw"):
            if isinstance(value.get(name), str):
                yield value[name]
                return
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _texts(each)


def as_mail(text: str) -> bytes:
    """The words of a mail as bytes with the headers of a reply."""
    head, _, _ = GOOD.partition(b"\r\n\r\n")
    return head + b"\r\n\r\n" + text.replace("\n", "\r\n").encode("utf-8", "replace")
