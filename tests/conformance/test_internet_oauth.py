"""Mail without a password: XOAUTH2 on dovecot and postfix, which ask a real issuer over HTTP whether a token is good.

Not the command that signs in: tests/cli/test_connect_oauth.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from connectors.internet import InternetMail, MailWatch, kept_account
from connectors.internet.mail.watching import Pace
from connectors.internet.oauth.issuer import issuer_at
from connectors.internet.oauth.tokens import Grant
from daemon.domain.account import Account
from daemon.errors import AccessLost, ConnectorError, Temporary
from tests.conformance.following import NOW
from tests.conformance.mailboxes import letter, reply
from tests.conformance.test_internet_idle import Bell
from tests.installed import need
from tests.servers.issuer import CLIENT, Issuer
from tests.servers.site import DOMAIN, MailSite, absent

pytestmark = pytest.mark.server("postfix and dovecot")
KOSS, BEN = f"koss@{DOMAIN}", f"ben@{DOMAIN}"


class Clock:
    """Set by hand, for the daemon; the issuer has none."""

    def __init__(self) -> None:
        self.at = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)

    def now(self) -> datetime:
        """As it was set."""
        return self.at


class Vault:
    """Secrets by name, in memory."""

    def __init__(self, **secrets: str) -> None:
        self.secrets = {name: text.encode() for name, text in secrets.items()}

    def secret(self, name: str) -> bytes:
        """KeyError where there is none."""
        return self.secrets[name]

    def put(self, name: str, value: bytes) -> None:
        """Keep or replace."""
        self.secrets[name] = value


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with Issuer("koss") as issuer:
        yield issuer


@pytest.fixture
def site(issuer: Issuer) -> Iterator[MailSite]:
    need(absent())
    with MailSite(("koss", "ben"), introspection=issuer.introspection) as site:
        yield site


class Box:
    """The program's mailbox on that site, connected an hour ago."""

    def __init__(self, site: MailSite, issuer: Issuer) -> None:
        self.account = Account(
            KOSS, mail="internet", imap=f"127.0.0.1:{site.imap_port}",
            smtp=f"127.0.0.1:{site.submission_port}", sign_in=issuer.url, client_id=CLIENT,
        )  # fmt: skip
        issuer.granted("refresh-0")
        self.clock, self.vault = Clock(), Vault()
        self.vault.put(f"account/{KOSS}", Grant("refresh-0").text().encode())
        facts = f'{{"imap": "{self.account.imap}", "smtp": "{self.account.smtp}", "proof": "copy"}}'
        self.vault.put(f"mail/{KOSS}", facts.encode())

    def mail(self) -> InternetMail:
        """As after a restart."""
        return InternetMail(kept_account(self.account, self.vault, self.clock), self.clock)

    def grant(self) -> Grant:
        """What is kept."""
        return Grant.read(self.vault.secret(f"account/{KOSS}").decode(), KOSS)


@pytest.fixture
def box(site: MailSite, issuer: Issuer) -> Box:
    return Box(site, issuer)


def works(mail: InternetMail, site: MailSite, number: int) -> None:
    """It sends, and it reads."""
    ours = letter(KOSS, BEN, number=number)
    mail.send(ours, key=ours.key)
    site.deliver(KOSS, reply(BEN, KOSS, number), NOW)
    told = mail.arrivals(None)
    assert f"answer {number}".encode() in b"".join(each.raw for each in told.observations)  # type: ignore[union-attr]
    mail.close()


def test_one_token_serves_both_servers_and_is_renewed_before_it_ends(
    box: Box, site: MailSite, issuer: Issuer
) -> None:
    works(box.mail(), site, 1)
    works(box.mail(), site, 2)
    assert issuer.renewed == 1
    first = box.grant()
    box.clock.at += timedelta(minutes=59)
    works(box.mail(), site, 3)
    assert issuer.renewed == 2
    assert box.grant().access_token != first.access_token
    assert box.grant().refresh_token != first.refresh_token, "a new one is kept where one comes"


def test_a_token_that_ends_before_its_time_is_renewed_when_a_server_refuses_it(
    box: Box, site: MailSite, issuer: Issuer
) -> None:
    works(box.mail(), site, 1)
    issuer.end_tokens()
    works(box.mail(), site, 2)
    assert issuer.renewed == 2


def test_a_grant_that_was_taken_back_is_lost_access_and_names_the_command(
    box: Box, site: MailSite, issuer: Issuer
) -> None:
    works(box.mail(), site, 1)
    issuer.take_back()
    for call in (lambda m: m.arrivals(None), lambda m: m.send(letter(KOSS, BEN), key="k")):
        mail = box.mail()
        with pytest.raises(AccessLost, match=f"run.py connect {KOSS}"):
            call(mail)
        mail.close()
    assert len(site.mails(BEN)) == 1


FAULTS: dict[str, type[ConnectorError]] = {
    "500": Temporary,
    "temporarily_unavailable": Temporary,
    "slow_down": Temporary,
    "invalid_grant": AccessLost,
    "invalid_client": AccessLost,
    "unauthorized_client": AccessLost,
}


@pytest.mark.parametrize("said", FAULTS)
def test_what_an_issuer_says_at_the_renewal(
    box: Box, site: MailSite, issuer: Issuer, said: str
) -> None:
    issuer.says = said
    mail = box.mail()
    with pytest.raises(FAULTS[said]) as raised:
        mail.arrivals(None)
    assert "refresh-0" not in str(raised.value)
    issuer.says = ""
    works(mail, site, 1)


def test_an_issuer_that_is_away_is_temporary(box: Box, issuer: Issuer) -> None:
    issuer.__exit__()
    with pytest.raises(Temporary):
        box.mail().arrivals(None)
    issuer.__enter__()


def test_it_is_heard_of_what_comes_in(box: Box, site: MailSite) -> None:
    bell = Bell()
    watch = MailWatch({KOSS: lambda: kept_account(box.account, box.vault, box.clock)}, Pace())
    watch.listen(bell.ring)
    bell.heard()
    bell.hears_of(lambda: site.deliver(KOSS, reply(BEN, KOSS, 1), NOW))
    watch.close()


def test_a_password_from_before_has_to_sign_in(box: Box) -> None:
    box.vault.put(f"account/{KOSS}", b"hunter2")
    with pytest.raises(AccessLost, match="has to sign in"):
        box.mail().arrivals(None)


def test_trap_83_an_issuer_is_only_who_it_says(issuer: Issuer) -> None:
    with pytest.raises(AccessLost, match="somebody else"):
        issuer_at(issuer.url.replace("127.0.0.1", "localhost"))
