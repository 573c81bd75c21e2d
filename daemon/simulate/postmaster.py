"""Postmasters: the mail servers of people whose mailbox does not exist, or is full, and the reports they send back.

Not daemon/mail/reading: a report is written as servers write it (RFC 3464), with the standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from daemon.domain.people import Address
from daemon.simulate.letterbox import Letter


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a server does not take a letter: its status (RFC 3463), and what it says in its own words."""

    status: str
    said: str

    @property
    def for_good(self) -> bool:
        """Whether no later letter would fare better."""
        return self == NO_SUCH_USER


NO_SUCH_USER = Refusal("5.1.1", "550 5.1.1 User unknown")
FULL = Refusal("5.2.2", "552 5.2.2 The mailbox is full")

_REPORT = """\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@{domain}>
To: <{mailbox}>
Subject: Undelivered Mail Returned to Sender
Date: {date}
Message-ID: {own_id}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="{boundary}"

--{boundary}
Content-Type: text/plain; charset=utf-8

I'm sorry to have to inform you that your message could not be delivered.

<{address}>: {said}
--{boundary}
Content-Type: message/delivery-status

Reporting-MTA: dns; {domain}

Final-Recipient: rfc822; {address}
Action: failed
Status: {status}
Diagnostic-Code: smtp; {said}
--{boundary}
Content-Type: text/rfc822-headers

Message-ID: {message_id}
Subject: {subject}

--{boundary}--
"""


def returned(
    letter: Letter, address: Address, refusal: Refusal, name: str, at: datetime
) -> tuple[bytes, str]:
    """What the server of that address sends back instead of taking the letter; answers (bytes, its Message-ID)."""
    domain = f"mx.{address.rpartition('@')[2]}"
    own_id = f"<{name}@{domain}>"
    text = _REPORT.format(
        domain=domain, mailbox=letter.mailbox, date=format_datetime(at), own_id=own_id,
        boundary=f"=_{name}", address=address, said=refusal.said, status=refusal.status,
        message_id=letter.message_id, subject=letter.subject,
    )  # fmt: skip
    return text.replace("\n", "\r\n").encode(), own_id
