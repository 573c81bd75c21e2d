"""Bounces: whose, how lasting, why, and which letter; in the words of many servers and languages.

Not the mails of flufl.bounce: tests/bounces measures those.
"""

from __future__ import annotations

import pytest

from daemon.mail.reading.bounces import Bounce
from daemon.mail.reading.incoming import read

OURS = "<k35s2lbd6s4e2wpw23p7nr72hy@example.org>"


def report(
    status: str = "5.1.1", said: str = "smtp; 550 5.1.1 User unknown", *, action: str = "failed",
    recipient: str = "Final-Recipient: rfc822; ben@example.org", third: str = "message/rfc822",
    words: str = "Your message could not be delivered.",
) -> bytes:  # fmt: skip
    """RFC 3464, as Postfix writes it."""
    return f"""\
Return-Path: <>
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
To: koss@example.org
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="x/y"

--x/y
Content-Description: Notification
Content-Type: text/plain; charset=utf-8

{words}
--x/y
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Original-Envelope-Id: env-7

{recipient}
Action: {action}
Status: {status}
Diagnostic-Code: {said}
 and a second line

--x/y
Content-Type: {third}

Message-ID: {OURS}
To: Ben <ben@example.org>

2
--x/y--
""".encode()


def test_trap_65_a_report_names_the_address_the_letter_and_the_envelope() -> None:
    expected = Bounce("ben@example.org", True, True, "no such user", OURS, "env-7")
    for third in ("message/rfc822", "text/rfc822-headers", "message/global-headers"):
        mail = read(report(third=third))
        assert (mail.kind, mail.bounces, mail.bounce) == ("bounce", (expected,), expected)


CODES = [
    ("5.1.1", "smtp; 550 5.1.1 no", "no such user", True, True),
    ("5.0.0", "smtp; 550 unknown user", "no such user", True, True),
    ("5.4.1", "smtp; 550 5.4.1 Recipient address rejected: Access denied", "no such user", True, True),
    ("5.1.2", "x-unix; unknown mailer error 1", "no such host", True, True),
    ("5.4.4", "X-Postfix; Host or domain name not found", "no such host", True, True),
    ("5.2.1", "smtp; 550 5.2.1 disabled", "disabled", True, True),
    ("5.1.6", "smtp; 550 5.1.6 recipient no longer here", "moved", True, True),
    ("5.0.0", "smtp; 550 who knows", "unknown", True, True),
    ("5.2.2", "smtp; 552 5.2.2 over quota", "mailbox full", False, True),
    ("4.4.7", "smtp; 400 4.4.7 message expired", "not reached", False, True),
    ("5.7.1", "smtp; 550 5.7.1 blocked by our policy", "refused", False, False),
    ("5.7.26", "smtp; 550 5.7.26 unauthenticated, see DMARC of sender", "refused", False, False),
    ("5.7.1", "smtp; 550 5.7.1 Recipient address rejected: user unknown", "no such user", True, True),
    ("5.3.4", "smtp; 552 5.3.4 message size exceeds fixed limit", "too large", False, False),
]  # fmt: skip


@pytest.mark.parametrize(("status", "said", "reason", "hard", "suppress"), CODES)
def test_hard_or_soft_by_code_and_by_words(
    status: str, said: str, reason: str, hard: bool, suppress: bool
) -> None:
    bounce = read(report(status, said)).bounce
    assert bounce
    assert (bounce.reason, bounce.hard, bounce.suppress) == (reason, hard, suppress)


def test_what_is_still_tried_is_neither_hard_nor_counted() -> None:
    for action in ("delayed", "Delayed (still trying)"):
        bounce = read(report("4.4.1", "smtp; connection timed out", action=action)).bounce
        assert bounce == Bounce("ben@example.org", False, False, "not reached", OURS, "env-7")


def test_a_receipt_that_says_delivered_is_no_bounce() -> None:
    for action in ("delivered", "relayed", "expanded"):
        assert read(report("2.0.0", "smtp; 250 ok", action=action)).kind == "auto-reply"


@pytest.mark.parametrize(
    "recipient",
    [
        "Original-Recipient: rfc822;Ben@Example.org\nFinal-Recipient: rfc822;b@elsewhere.example",
        "Final-Recipient: <ben@example.org>",
        "Final-Recipient: RFC822; <ben@example.org>",
        "Final-Recipient: utf-8; ben@example.org",
        "Final-Recipient: x400; /S=ben/\nOriginal-Recipient: rfc822; ben@example.org",
    ],
)
def test_whom_we_wrote_to_counts(recipient: str) -> None:
    assert [each.address for each in read(report(recipient=recipient)).bounces] == [
        "ben@example.org"
    ]


def words(
    text: str, subject: str = "failure notice", sender: str = "MAILER-DAEMON@mx.example.net"
) -> bytes:
    """A report without a part for machines."""
    given_back = f"\n\n--- Below this line is a copy of the message.\n\nMessage-ID: {OURS}\nTo: x@y.example\n"
    head = f"From: {sender}\nTo: koss@example.org\nSubject: {subject}\n"
    return f"{head}Content-Type: text/plain; charset=utf-8\n\n{text}{given_back}".encode()


SERVERS = {
    "qmail": "Hi. This is the qmail-send program.\nThis is a permanent error; I've given up.\n\n<ben@example.org>:\nSorry, no mailbox here by that name. (#5.1.1)",
    "exim": "A message that you sent could not be delivered to one or more of its\nrecipients. The following address(es) failed:\n\n  ben@example.org\n    host mx.example.org [192.0.2.1]\n    550 5.1.1 <ben@example.org>: Recipient address rejected: User unknown",
    "exim alias": "The following address(es) failed:\n\n  an undisclosed address\n    (generated from ben@example.org)\n    Unrouteable address: no such user",
    "postfix": "I'm sorry to have to inform you that your message could not\nbe delivered.\n\n                   The mail system\n\n<ben@example.org>: host mx.example.org said: 550 5.1.1\n    User unknown (in reply to RCPT TO command)",
    "sendmail": "   ----- The following addresses had permanent fatal errors -----\n<ben@example.org>\n    (reason: 550 5.1.1 User unknown)\n\n   ----- Transcript of session follows -----",
    "exchange": "Your message\n\n  To:      Ben\n  Sent:    Fri, 4 Oct 2002\n\ndid not reach the following recipient(s):\n\nben@example.org on Fri, 4 Oct 2002\n    The recipient name is not recognized",
    "yahoo": "Sorry, we were unable to deliver your message to the following address.\n\n<ben@example.org>:\nThis user doesn't have an example.org account (ben@example.org) [0]",
    "groupwise": "The message that you sent was undeliverable to the following:\n\tben@example.org (user unknown)",
    "notes": "Your message\n\n  Subject: x\n\nwas not delivered to:\n\n  ben@example.org\n\nbecause:\n\n  User ben (ben@example.org) not listed in Domino Directory",
    "smtp32": "Unknown user: ben@example.org\n\nRCPT TO generated following response:\n550 unknown",
    "gmail": "** Address not found **\n\nYour message wasn't delivered to ben@example.org because the address couldn't be found, or is unable to receive mail.\n\nThe response was:\n550 5.1.1 The email account that you tried to reach does not exist.",
    "de": "Ihre Nachricht konnte nicht zugestellt werden.\n\nben@example.org\nDer Empfänger ist unbekannt.",
    "fr": "Votre message n'a pas pu être remis à :\n\nben@example.org\nCette adresse n'existe pas.",
    "es": "No se pudo entregar el mensaje.\n\n<ben@example.org>:\nEl usuario no existe",
    "pt": "A mensagem não foi entregue.\n\nben@example.org: usuário desconhecido",
    "it": "Mancata consegna del messaggio.\n\nben@example.org: indirizzo inesistente",
    "ru": "Не удалось доставить письмо.\n\nben@example.org: пользователь не найден",
    "ja": "次のあて先に配信できませんでした。\n\nben@example.org\nこのアドレスは存在しません",
}


@pytest.mark.parametrize("server", SERVERS)
def test_servers_that_write_only_words(server: str) -> None:
    mail = read(words(SERVERS[server]))
    assert mail.kind == "bounce"
    assert mail.bounces == (Bounce("ben@example.org", True, True, "no such user", OURS),)


def test_words_of_a_passing_trouble() -> None:
    late = "Your message has not yet been delivered to\n\n  ben@example.org\n\nDelivery attempts will continue for some time."
    bounce = read(words(late, "Warning: message delayed 24 hours")).bounce
    assert bounce
    assert (bounce.address, bounce.hard, bounce.suppress) == ("ben@example.org", False, False)
    full = "Unable to deliver:\n\n<ben@example.org>:\nThe user's mailfolder is full."
    assert read(words(full)).bounce == Bounce("ben@example.org", False, True, "mailbox full", OURS)


def test_each_address_has_its_own_reason() -> None:
    text = "Unable to deliver to these:\n\n<a@example.org>:\nno such user\n\n<b@example.org>:\nmailbox is full\n"
    found = [(each.address, each.reason) for each in read(words(text)).bounces]
    assert found == [("a@example.org", "no such user"), ("b@example.org", "mailbox full")]


def test_addresses_that_only_stand_about_did_not_fail() -> None:
    text = "Please contact <help@example.net> or postmaster@example.net.\nFrom: koss@example.org\n\n<ben@example.org>: user unknown"
    assert [each.address for each in read(words(text)).bounces] == ["ben@example.org"]


def test_a_report_in_a_mail_of_a_gateway_is_found() -> None:
    outer = b"From: postmaster@example.org\nSubject: undeliverable\nContent-Type: multipart/mixed; boundary=o\n\n--o\n\nfor you\n--o\nContent-Type: message/rfc822\n\n"
    mail = read(outer + report() + b"\n--o--\n")
    assert [each.address for each in mail.bounces] == ["ben@example.org"]


def test_a_bounce_that_names_nobody_still_names_its_letter() -> None:
    mail = read(words("The following mail could not be delivered.\nReason: user unknown"))
    assert mail.bounces == (Bounce("", True, True, "no such user", OURS),)


def test_a_person_who_writes_about_delivery_is_a_person() -> None:
    for subject in ("Re: Ana & Ben: our 1:1s", "Fwd: Undeliverable: hello", "my parcel"):
        raw = words(
            "The parcel could not be delivered to bob@example.net", subject, "ben@example.org"
        )
        assert read(raw).kind == "human"


def test_trap_64_a_complaint_is_none_of_these_and_names_its_letter() -> None:
    raw = report().replace(b"delivery-status", b"feedback-report")
    mail = read(raw)
    assert mail.kind == "complaint"
    assert mail.bounce
    assert mail.bounce.message_id == OURS
    microsoft = (
        b"From: staff@example.com\nSubject: complaint about message from 192.0.2.1\n"
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n"
        + f"Message-ID: {OURS}\n\n--b--\n".encode()
    )
    assert (read(microsoft).kind, read(microsoft).bounces[0].message_id) == ("complaint", OURS)
