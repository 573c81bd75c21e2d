"""Calendar mails as nobody sane writes them: they are read, or refused, and nothing else comes of them.

Not mails as a whole (tests/fuzz): these are the texts inside, made worse line by line.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import UTC, datetime
from random import Random

import pytest

from daemon.domain.cadence import SeriesRule
from daemon.ical.answering import answers, answers_in, write_down
from daemon.ical.message import told_in
from daemon.ical.parsing import Unreadable, parse
from daemon.ical.scheduling import Contradictory, messages
from daemon.mail.reading.incoming import read
from daemon.ports import SeriesEvent
from tests.itip.cast import ANA, MAILBOX, NOW, series
from tests.itip.test_answering import MAILS, UID, event

BENS = "ben@gmail.example"
INVITED = {
    UID: SeriesEvent(UID, SeriesRule("2026-12-01T10:00", "Europe/Berlin", 30), "", (ANA, BENS)),
}
WORSE = [
    "DTSTART:00010101T000000Z", "DTSTAMP;TZID=Asia/Kolkata:00010101T000000", "DTSTAMP:99991231T235959Z",
    "DTSTAMP:nonsense", "DTEND;VALUE=DATE:20261208", "DTEND:20261208T100000", "DTSTART:20261208",
    "DTSTART;VALUE=PERIOD:20261208T100000Z/PT1H", "RECURRENCE-ID;VALUE=DATE:20261208",
    "RECURRENCE-ID;VALUE=PERIOD:20261208T100000Z/PT1H", "RECURRENCE-ID;RANGE=THISANDFUTURE:20261208T090000Z",
    "EXDATE:99991231T235959Z", "EXDATE;TZID=Asia/Kolkata:00010101T000000", "RRULE:FREQ=WEEKLY;INTERVAL=0",
    "RDATE;VALUE=PERIOD:20261208T100000Z/PT1H", "DURATION:-P1D", "DURATION:P99999999D", "ATTENDEE:",
    "ATTENDEE;PARTSTAT=:mailto:", "ORGANIZER:", "SEQUENCE:-5", "SEQUENCE:99999999999999999999", "SEQUENCE:x",
    "UID:", "DTSTART;TZID=Nowhere/Land:20261208T100000", "DTSTART;TZID=Europe:20261208T100000", "REQUEST-STATUS:",
    "METHOD:COUNTER", "BEGIN:VEVENT", "END:VEVENT", "COMMENT:\x00\ud7ff", "DTSTART;TZID=" + "x" * 300 + ":20261208T100000",
]  # fmt: skip
READERS: list[Callable[[bytes], object]] = [
    told_in,
    lambda text: answers_in(text, INVITED, BENS),
    lambda text: [
        write_down(event(BENS), each) for each in answers(parse(text), event(BENS), BENS)
    ],
    lambda text: messages(series(), parse(text), MAILBOX, NOW),
]


def made_worse(text: str, random: Random) -> bytes:
    """The same with a few lines put in, replaced, doubled, dropped or bent."""
    lines = text.replace("\r\n", "\n").split("\n")
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(lines))
        match random.randrange(5):
            case 0 | 1:
                lines.insert(at, random.choice(WORSE))
            case 2:
                lines[at] = random.choice(WORSE)
            case 3:
                lines.insert(at, lines[random.randrange(len(lines))])
            case _:
                lines[at] = lines[at][: random.randrange(len(lines[at]) + 1)] + chr(
                    random.randrange(1, 0x3000)
                )
    return "\r\n".join(lines).encode()


@pytest.mark.parametrize("name", sorted(path.stem for path in MAILS.glob("*.eml")))
def test_trap_72_whatever_it_says_it_is_read_or_refused(name: str) -> None:
    text = read((MAILS / f"{name}.eml").read_bytes()).calendar_text.decode()
    for seed in range(40):
        raw = made_worse(text, Random(f"{name} {seed}"))
        for reader in READERS:
            with contextlib.suppress(Unreadable, Contradictory):
                reader(raw)


def test_trap_7_a_zone_that_a_mail_defines_holds_in_that_mail_alone() -> None:
    """The library keeps the first definition of a name: a stranger's would move everybody's 1:1s."""
    text = read((MAILS / "outlook-counter.eml").read_bytes()).calendar_text
    (before,) = told_in(text)
    strangers = text.replace(b"TZOFFSETTO:+0100", b"TZOFFSETTO:-1100").replace(
        b"TZOFFSETTO:+0200", b"TZOFFSETTO:-1000"
    )
    (poison,) = told_in(strangers)
    assert poison.start != before.start
    assert told_in(text) == [before]
    bare = (
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=W. Europe Standard Time:20261208T100000\r\n"
        b"END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    (told,) = told_in(bare)
    assert told.start == datetime(2026, 12, 8, 9, tzinfo=UTC)
