"""Reading mails: what kind, from whom, which words; and nothing that stops the mailbox.

Not about meaning: tests/mail/test_meaning.py reads the words.
"""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.mail.reading.incoming import Incoming, read
from daemon.mail.reading.kinds import Kind
from daemon.mail.reading.meaning import understand

TOKEN = "k35s2lbd6s4e2wpw23p7nr72hy"
HUMAN = b"""\
From: "Das, Ben" <Ben@Example.org>\r
To: KOSS 1:1s <koss.1on1+k35s2lbd6s4e2wpw23p7nr72hy@example.org>\r
Cc: ana@example.org\r
Subject: Re: Ana & Ben: our 1:1s\r
Message-ID: <abc@phone.example.org>\r
In-Reply-To: <letter@example.org>\r
References: <root@example.org>\r
 <letter@example.org>\r
Content-Type: text/plain; charset=utf-8\r
\r
2\r
"""


def with_header(header: bytes) -> bytes:
    return header + b"\r\n" + HUMAN


def test_a_reply_from_a_person() -> None:
    assert read(HUMAN) == Incoming(
        kind="human",
        message_id="<abc@phone.example.org>",
        in_reply_to="<letter@example.org>",
        references=("<root@example.org>", "<letter@example.org>"),
        from_address="ben@example.org",
        authors=("ben@example.org",),
        to_addresses=(f"koss.1on1+{TOKEN}@example.org", "ana@example.org"),
        subject="Re: Ana & Ben: our 1:1s",
        text="2",
        writer='"Das, Ben" <Ben',
    )


KINDS = [
    (b"Auto-Submitted: auto-replied", "auto-reply"),
    (b"Auto-Submitted: AUTO-GENERATED; x=y", "auto-reply"),
    (b"Auto-Submitted: no", "human"),
    (b"X-Autoreply: yes", "auto-reply"),
    (b"Precedence: auto_reply", "auto-reply"),
    (b"Precedence: bulk", "list"),
    (b"List-Id: <x.example.org>", "list"),
    (b"Return-Path: <>", "auto-reply"),
    (b"Return-Path: <ben@example.org>", "human"),
    (b"Auto-Submitted: auto-replied (vacation)", "auto-reply"),
    (b"X-Auto-Response-Suppress: DR, OOF, AutoReply", "human"),
    (b"X-POST-MessageClass: 9; Autoresponder", "auto-reply"),
    (b"Precedence: list", "list"),
    (b"List-Unsubscribe: <mailto:x@example.org>", "human"),
    (b"X-Failed-Recipients: ana@example.org", "bounce"),
]


@pytest.mark.parametrize(("header", "kind"), KINDS)
def test_trap_64_no_machine_is_taken_for_a_person(header: bytes, kind: str) -> None:
    assert read(with_header(header)).kind == kind


def test_trap_103_exchange_puts_suppress_headers_on_ordinary_mail() -> None:
    assert read(with_header(b"X-Auto-Response-Suppress: All")).kind == "human"


def test_trap_65_reports_and_bounces_are_no_replies() -> None:
    report = HUMAN.replace(
        b"text/plain; charset=utf-8", b"multipart/report; report-type=delivery-status; boundary=x"
    )
    assert read(report).kind == "bounce"
    read_receipt = report.replace(b"delivery-status", b"disposition-notification")
    assert read(read_receipt).kind == "auto-reply"
    daemon = with_header(b"Return-Path: <>").replace(b"Ben@Example", b"MAILER-DAEMON@example")
    assert read(daemon).kind == "bounce"


def test_addresses_that_a_server_noted_count_for_the_token() -> None:
    raw = with_header(f"Delivered-To: koss+{TOKEN}@example.org".encode())
    assert f"koss+{TOKEN}@example.org" in read(raw).to_addresses


MULTIPART = b"""\
From: ben@example.org
Message-ID: <a@b>
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: multipart/alternative; boundary=y

--y
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

=A1Hola! z=FCrich
--y
Content-Type: text/html

<p>something else</p>
--y--
--x
Content-Type: text/plain
Content-Disposition: attachment; filename=secret.txt

attached
--x--
"""


def test_the_plain_part_is_read_and_no_attachment() -> None:
    assert read(MULTIPART).text == "¡Hola! zürich"


HTML = b"""\
From: ben@example.org
Message-ID: <a@b>
Content-Type: text/html; charset=utf-8

<html><head><title>no</title><style>p {color: red}</style></head><body>
<div>2</div><div><br></div><div>Let us take the <b>CV</b> first &amp; the lab</div>
<script>alert(1)</script>
<div class="gmail_quote"><div>On Sat KOSS wrote:</div><blockquote>1  Wed<br>2  Thu</blockquote></div>
</body></html>
"""


def test_trap_71_a_mail_in_html_alone_is_reduced_to_its_words() -> None:
    mail = read(HTML)
    assert mail.text == (
        "2\n\nLet us take the CV first & the lab\n> On Sat KOSS wrote:\n> 1  Wed\n> 2  Thu"
    ).replace("  ", " ")


def test_list_unsubscribe_asks_for_fewer_letters() -> None:
    raw = b"From: ben@example.org\nSubject: reminders off\n\n"
    (said,) = understand(read(raw).text, "Ana", "mentee", today=date(2026, 11, 28)).said
    assert said.word == "fewer"


def test_trap_5_a_subject_with_a_hidden_line_is_one_line() -> None:
    raw = HUMAN.replace(b"Re: Ana & Ben: our 1:1s", b"=?utf-8?q?Hi=0ABcc=3A_evil=40x?=")
    assert read(raw).subject == "Hi Bcc: evil@x"


def test_trap_73_wrong_charsets_and_lone_surrogates_can_be_stored() -> None:
    for charset in (b"foo-bar", b"utf-16", b"ascii", b"unicode_escape", b"idna"):
        text = read(
            HUMAN.replace(b"charset=utf-8", b"charset=" + charset).replace(
                b"\r\n2\r\n", b"\r\n\xff2\xfe\r\n"
            )
        ).text
        assert text.encode("utf-8").decode("utf-8") == text
    assert read(HUMAN.replace(b"2\r\n", "e\u0301".encode())).text == "é"


DEEP = b"From: a@b\nContent-Type: multipart/mixed; boundary=0\n\n" + b"".join(
    b"--%d\nContent-Type: multipart/mixed; boundary=%d\n\n" % (at, at + 1) for at in range(2_000)
)
BROKEN = {
    "nothing": b"",
    "zeros": b"\x00" * 1000,
    "no headers": b"just words",
    "deep": DEEP,
    "unknown charset": HUMAN.replace(b"utf-8", b"foo-bar"),
    "id of brackets": HUMAN.replace(b"<abc@phone.example.org>", b"<<<<"),
    "To of brackets": HUMAN.replace(b"Cc: ana@example.org", b"Cc: " + b"(" * 50_000),
    "many encoded words": HUMAN.replace(b"Re: Ana", b"=?utf-8?q?a?= " * 20_000),
    "many recipients": HUMAN.replace(b"Cc: ", b"Cc: " + b"a@example.org, " * 20_000),
    "bad base64": HUMAN.replace(
        b"Content-Type", b"Content-Transfer-Encoding: base64\r\nContent-Type"
    ),
    "huge": HUMAN + b"x" * 5_000_000,
    "open tags": HTML.replace(b"<body>", b"<div><blockquote>" * 20_000),
    "open comments": HTML.replace(b"<body>", b"<!--<a " * 20_000),
    "parameters without end": b"Content-Type: multipart/mixed; " + b'a="b;";' * 20_000 + b"\n\nx",
    "open quotes": b'Content-Type: multipart/mixed; boundary="' + b";" * 50_000 + b"\n\nx",
    "many headers": b"X: y\n" * 50_000 + b"\nx",
    "many parts": b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\na\n" * 50_000,
    "boundaries that are none": b"Content-Type: multipart/mixed; boundary=x\n\n"
    + b"--xx\n" * 99_000,
    "mails in mails": b"Content-Type: message/rfc822\n\n" * 20_000,
    "many reports": b"Content-Type: message/delivery-status\n\n"
    + b"Final-Recipient: rfc822; a@b.org\nAction: failed\n\n" * 20_000,
    "a bounce of one line": b"From: mailer-daemon@b.org\n\n" + b"a." * 200_000,
    "a bounce of addresses": b"From: mailer-daemon@b.org\n\n"
    + b"<a@b.org>: user unknown\n" * 20_000,
    "dates": b"Auto-Submitted: yes\nDate: Thu, 26 Nov 2026 12:00:00 +0000\n\n"
    + b"12 december " * 9_000,
    "a calendar of one line": b"Content-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR\n"
    + b'ATTENDEE;X="' * 50_000,
    "a bad date in type": HUMAN.replace(b"charset=utf-8", b"charset*=x'y'%ff%"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_trap_72_and_trap_104_no_mail_stops_the_mailbox(what: str) -> None:
    mail = read(BROKEN[what])
    assert len(mail.text) <= 100_000
    mail.text.encode("utf-8")


def test_what_cannot_be_read_is_called_unreadable_and_its_envelope_kept() -> None:
    assert read(b"").kind == "unreadable"
    assert read(DEEP).from_address == "a@b"


@given(st.binary(max_size=2_000))
def test_trap_72_any_bytes_are_read(raw: bytes) -> None:
    assert read(raw).kind in get_args(Kind)


@given(at=st.integers(0, len(MULTIPART)), junk=st.binary(max_size=40))
def test_trap_72_any_damage_to_a_mail_is_survived(at: int, junk: bytes) -> None:
    for sound in (MULTIPART, HUMAN, HTML):
        read(sound[:at] + junk + sound[at + len(junk) :]).text.encode("utf-8")
