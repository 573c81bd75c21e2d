"""SMTP and IMAP on the conformance suite and the fault matrix: postfix and dovecot.

Not pymap and aiosmtpd: see tests/conformance/test_internet_mail.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from connectors.clock import SystemClock
from connectors.internet import InternetMail, MailAccount, probe_mail
from daemon.domain.effect import Receipt
from daemon.domain.people import Address
from daemon.errors import Temporary
from daemon.ports import OutgoingLetter
from tests.conformance.calendar_faults import Inject
from tests.conformance.clearing import ClearingConformance, TrashConformance
from tests.conformance.mailboxes import MailConformance, MailFaultConformance, letter
from tests.conformance.post import PostHands
from tests.conformance.test_internet_mail import HARMS, account_at
from tests.conformance.test_local import StandingClock
from tests.installed import need
from tests.servers.site import DOMAIN, MailSite, absent
from tests.servers.wire import Fault, Wire

PROGRAM, GUEST = f"koss@{DOMAIN}", f"ben@{DOMAIN}"
LATE = timedelta(seconds=3)
"""Longer than any answer takes here, so that only what is silenced is late."""

pytestmark = pytest.mark.server("postfix and dovecot")


@pytest.fixture(scope="module")
def site() -> Iterator[MailSite]:
    """One site for all of them, emptied before each. In CI it is there, or that is the failure."""
    need(absent())
    with MailSite(("koss", "ben")) as site:
        yield site


@pytest.fixture
def account(site: MailSite) -> MailAccount:
    """The program's account there."""
    site.empty()
    there = account_at(site.submission_port, site.imap_port)
    return replace(there, address=PROGRAM, login=replace(there.login, user=PROGRAM))


class Settled(InternetMail):
    """As seen by somebody who waits until postfix has delivered what it took."""

    def __init__(self, account: MailAccount, site: MailSite) -> None:
        super().__init__(account, StandingClock())
        self._site = site

    def send(self, letter: OutgoingLetter, *, key: str) -> Receipt:
        try:
            return super().send(letter, key=key)
        finally:
            self._site.settled()


class TestPostfixAndDovecot(MailConformance, ClearingConformance, TrashConformance):
    """A copy to ourselves proves that a letter was accepted."""

    @pytest.fixture
    def program(self) -> Address:
        return PROGRAM

    @pytest.fixture
    def guest(self) -> Address:
        return GUEST

    @pytest.fixture
    def mail(self, account: MailAccount, site: MailSite) -> Iterator[InternetMail]:
        mail = Settled(account, site)
        yield mail
        mail.close()

    @pytest.fixture
    def hands(self, site: MailSite) -> PostHands:
        return PostHands(site)

    @pytest.fixture
    def reopen(self, account: MailAccount) -> Callable[[], InternetMail]:
        return lambda: InternetMail(account, StandingClock())

    @pytest.fixture
    def throw_away(self, account: MailAccount, site: MailSite) -> Callable[[bytes, datetime], None]:
        return lambda raw, at: site.put(PROGRAM, "Trash", raw, at)

    @pytest.fixture
    def thrown_away(self, site: MailSite) -> Callable[[], list[bytes]]:
        return lambda: site.mails(PROGRAM, "Trash")

    @pytest.fixture
    def spoil(self, hands: PostHands, program: Address) -> Callable[[], None]:
        """A mail larger than what is read."""
        return lambda: hands.write(GUEST, program, b"Subject: x\n\n" + b"x" * 2_000_001, None)


class TestFaults(MailFaultConformance):
    """The fault matrix, on the wire between us and both servers."""

    @pytest.fixture
    def program(self) -> Address:
        return PROGRAM

    @pytest.fixture
    def guest(self) -> Address:
        return GUEST

    @pytest.fixture
    def wires(self, site: MailSite) -> Iterator[dict[str, Wire]]:
        wires = {"smtp": Wire(site.submission_port), "imap": Wire(site.imap_port)}
        yield wires
        for each in wires.values():
            each.close()

    @pytest.fixture
    def mail(
        self, account: MailAccount, site: MailSite, wires: dict[str, Wire]
    ) -> Iterator[InternetMail]:
        there = account_at(wires["smtp"].port, wires["imap"].port)
        mail = Settled(replace(account, smtp=there.smtp, imap=there.imap, timeout=LATE), site)
        yield mail
        mail.close()

    @pytest.fixture
    def hands(self, site: MailSite) -> PostHands:
        return PostHands(site)

    @pytest.fixture
    def inject(self, wires: dict[str, Wire]) -> Inject:
        def inject(call: str, kind: str) -> None:
            where, fault = HARMS[call, kind]
            wires[where].inject(fault)

        return inject


def test_doctor_finds_out_what_can_be_relied_upon(account: MailAccount, site: MailSite) -> None:
    found = probe_mail(PROGRAM, lambda: account, SystemClock(), lambda seconds: site.settled())
    assert [(check.name, check.state) for check in found.checks if check.state != "good"] == [
        ("authentication", "look")
    ]
    said = {check.name: check.text for check in found.checks}
    assert said["plus-addressing"] == f"koss+word@{DOMAIN} arrives"
    assert said["clock"] == "its clock agrees with ours"
    assert said["sent"].endswith("keeps nothing of what is sent; copies to itself do")
    capabilities = [check.text for check in found.checks if check.name == "capabilities"]
    assert capabilities[0].endswith("removes single mails (UIDPLUS)")
    assert "takes letters to every address" in capabilities[1]
    assert (found.facts["plus"], found.facts["proof"]) == ("yes", "copy")
    site.settled()
    assert site.mails(PROGRAM) == []


def test_doctor_names_a_wrong_password_and_what_to_do(account: MailAccount) -> None:
    wrong = replace(account, login=replace(account.login, secret=lambda: "wrong"))
    found = probe_mail(PROGRAM, lambda: wrong, SystemClock(), lambda seconds: None)
    (check,) = found.checks
    assert (check.name, check.state) == ("login", "bad")
    assert "app password" in check.advice


def test_trap_47_cut_after_the_final_dot_fifty_times_none_twice_and_none_lost(
    account: MailAccount, site: MailSite
) -> None:
    wire = Wire(site.submission_port)
    mail = Settled(replace(account, smtp=account_at(wire.port, 0).smtp), site)
    outcomes = Counter[str]()
    for number in range(50):
        ours = letter(PROGRAM, GUEST, number=number)
        wire.inject(Fault("reset-after", rb"^\.\r\n$"))
        with pytest.raises(Temporary):
            mail.send(ours, key=ours.key)
        outcomes[type(mail.sent(ours)).__name__] += 1
    mail.close()
    wire.close()
    got = [raw.splitlines()[-1] for raw in site.mails(GUEST)]
    print(
        f"\nreset after the final dot: {dict(outcomes)}, {len(got)} letters, {len(set(got))} different"
    )
    assert outcomes == {"Receipt": 50}
    assert len(set(got)) == len(got) == 50
