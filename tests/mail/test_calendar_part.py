"""Calendar mails: what a calendar program says, whatever headers stand above it (TRAPS 95).

Not what follows from it: nothing yet.
"""

from __future__ import annotations

import pytest

from daemon.mail.reading.calendar_part import CalendarPart
from daemon.mail.reading.incoming import read


def mail(method: str, more: str = "", head: str = "", kind: str = "text/calendar") -> bytes:
    """A mail with words and a calendar part."""
    return f"""\
From: Ana <ana@example.org>
To: koss@example.org
Subject: Accepted: our 1:1
Message-ID: <c@example.org>
{head}Content-Type: multipart/alternative; boundary=x

--x
Content-Type: text/plain

Ana has answered.
--x
Content-Type: {kind}; method={method}; charset=utf-8

BEGIN:VCALENDAR
METHOD:{method}
BEGIN:VTIMEZONE
TZID:Europe/Berlin
END:VTIMEZONE
BEGIN:VEVENT
UID:abc
 def
DTSTART;TZID="Europe/Berlin":20261201T150000
DTEND;TZID=Europe/Berlin:20261201T153000
{more}BEGIN:VALARM
UID:of-the-alarm
END:VALARM
END:VEVENT
END:VCALENDAR
--x--
""".encode()


ATTENDEE = 'ATTENDEE;CN="Rao: Ana; x";PARTSTAT=DECLINED:mailto:Ana@Example.org\n'


def test_an_answer_names_who_answers_what() -> None:
    found = read(mail("REPLY", "RECURRENCE-ID:20261201T140000Z\n" + ATTENDEE))
    assert found.kind == "calendar"
    assert found.calendar == CalendarPart(
        "REPLY", "abcdef", "20261201T140000Z", "DECLINED", "ana@example.org"
    )


def test_a_counter_names_the_times_it_proposes() -> None:
    found = read(mail("COUNTER", ATTENDEE)).calendar
    assert found
    assert found.counter == (
        "20261201T150000[Europe/Berlin]",
        "20261201T153000[Europe/Berlin]",
    )


@pytest.mark.parametrize("method", ["REPLY", "COUNTER", "REQUEST", "CANCEL", "DECLINECOUNTER"])
def test_trap_95_an_answer_is_one_even_when_it_was_sent_by_itself(method: str) -> None:
    assert read(mail(method, head="Auto-Submitted: auto-generated\n")).kind == "calendar"
    assert read(mail(method, head="Return-Path: <>\n")).kind == "calendar"


def test_a_person_may_attach_a_calendar_file() -> None:
    raw = mail("PUBLISH", kind="text/calendar; name=a.ics")
    raw = raw.replace(b"charset=utf-8\n", b"charset=utf-8\nContent-Disposition: attachment\n")
    assert read(raw).kind == "human"
    assert read(raw.replace(b"PUBLISH", b"REPLY")).kind == "calendar"


def test_a_calendar_file_that_says_nothing_is_nothing() -> None:
    assert read(mail("NONSENSE")).kind == "human"


def test_an_invitation_inside_a_bounce_is_a_bounce() -> None:
    report = b"From: mailer-daemon@example.org\nSubject: failure notice\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n<ben@example.org>: user unknown\n--b\nContent-Type: message/rfc822\n\n"
    assert read(report + mail("REQUEST") + b"\n--b--\n").kind == "bounce"
