"""SMTP and IMAP over TLS: whose certificates count.

Not certificates of calendars: tests/conformance/test_caldav_radicale.py.
"""

from __future__ import annotations

import ssl
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import trustme

from connectors.internet import InternetMail, MailAccount, Server
from daemon.domain.effect import Receipt
from daemon.errors import Temporary
from tests.conformance.mailboxes import letter
from tests.conformance.test_internet_mail import GUEST, PROGRAM, account_at
from tests.conformance.test_local import StandingClock
from tests.servers.postoffice import PostOffice

pytestmark = pytest.mark.server("pymap and aiosmtpd")
OURS = letter(PROGRAM, GUEST)


def certificate(ca: trustme.CA, *, expired: bool = False) -> ssl.SSLContext:
    """A server's TLS context with a certificate for localhost."""
    until = datetime(2020, 1, 1, tzinfo=UTC) if expired else None
    made = ca.issue_cert("localhost", not_after=until)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.configure_cert(context)
    return context


def trusting(ca: trustme.CA) -> ssl.SSLContext:
    """A client's TLS context that believes this authority alone."""
    context = ssl.create_default_context()
    ca.configure_trust(context)
    return context


def tls_account(office: PostOffice, trust: ssl.SSLContext | None) -> MailAccount:
    """The program's account over TLS from the first byte."""
    there = account_at(0, 0)
    return replace(
        there,
        smtp=Server("localhost", office.smtp_port), imap=Server("localhost", office.imap_port), trust=trust,
    )  # fmt: skip


def test_over_tls() -> None:
    ca = trustme.CA()
    with PostOffice((PROGRAM, GUEST), context=certificate(ca)) as office:
        mail = InternetMail(tls_account(office, trusting(ca)), StandingClock())
        mail.send(OURS, key=OURS.key)
        assert isinstance(mail.sent(OURS), Receipt)
        mail.close()


@pytest.mark.parametrize(
    ("expired", "trusted", "why"),
    [(True, True, "certificate has expired"), (False, False, "unable to get local issuer certificate")],
)  # fmt: skip
def test_a_certificate_that_does_not_count_is_named(expired: bool, trusted: bool, why: str) -> None:
    ca = trustme.CA()
    with PostOffice((PROGRAM, GUEST), context=certificate(ca, expired=expired)) as office:
        mail = InternetMail(tls_account(office, trusting(ca) if trusted else None), StandingClock())
        for call in (lambda: mail.send(OURS, key=OURS.key), lambda: mail.arrivals(None)):
            with pytest.raises(Temporary, match=f"certificate that does not count: {why}"):
                call()
