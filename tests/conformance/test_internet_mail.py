"""SMTP and IMAP on the conformance suite and the fault matrix: pymap and aiosmtpd, in both ways of proof.

Not what is special about these protocols: see tests/conformance/test_internet_wire.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from connectors.internet import InternetMail, Login, MailAccount, Server
from connectors.internet.mail.account import Proof
from daemon.domain.people import Address
from tests.conformance.calendar_faults import Inject
from tests.conformance.clearing import ClearingConformance, TrashConformance
from tests.conformance.faults import KINDS, MAIL, cells
from tests.conformance.mailboxes import MailConformance, MailFaultConformance
from tests.conformance.post import PostHands
from tests.conformance.test_local import StandingClock
from tests.servers.postoffice import PASSWORD, PostOffice
from tests.servers.wire import Fault, Wire

pytestmark = pytest.mark.server("pymap and aiosmtpd")
PROGRAM, GUEST = "koss@program.example", "ben@mentees.example"
LATE = timedelta(seconds=2)
"""How long an answer may take where a test has one that never comes."""

HARMS: dict[tuple[str, str], tuple[str, Fault]] = {
    ("send", "refused"): ("smtp", Fault("refuse")),
    ("send", "reset"): ("smtp", Fault("reset", rb"(?i)^(MAIL|RSET)")),
    ("send", "timeout"): ("smtp", Fault("silence", rb"(?i)^MAIL")),
    ("send", "timeout-after"): ("smtp", Fault("silence-after", rb"^\.\r\n$")),
    ("send", "429"): ("smtp", Fault("say", rb"(?i)^MAIL", b"450 4.7.1 Greylisted, come back\r\n")),
    ("send", "500"): ("smtp", Fault("say", rb"(?i)^MAIL", b"451 4.3.0 something broke\r\n")),
    ("send", "503-after"): ("smtp", Fault("reset-after", rb"^\.\r\n$")),
    ("send", "slow"): ("smtp", Fault("drip", rb"(?i)^(MAIL|RSET)")),
    ("sent", "refused"): ("imap", Fault("refuse")),
    ("sent", "reset"): ("imap", Fault("reset", rb"SEARCH")),
    ("sent", "timeout"): ("imap", Fault("silence", rb"SEARCH")),
    ("sent", "429"): ("imap", Fault("say", rb"SEARCH", b"{tag} NO [LIMIT] too many commands\r\n")),
    ("sent", "500"): ("imap", Fault("say", rb"SEARCH", b"* BYE internal error\r\n")),
    ("sent", "unknown"): ("imap", Fault("say", rb"SEARCH", b"{tag} NO [CANNOT] not in this folder\r\n")),
    ("sent", "slow"): ("imap", Fault("drip", rb"SEARCH")),
    ("arrivals", "refused"): ("imap", Fault("refuse")),
    ("arrivals", "reset"): ("imap", Fault("reset", rb"FETCH")),
    ("arrivals", "timeout"): ("imap", Fault("silence", rb"FETCH")),
    ("arrivals", "429"): ("imap", Fault("say", rb"FETCH", b"{tag} NO [LIMIT] too many commands\r\n")),
    ("arrivals", "500"): ("imap", Fault("say", rb"FETCH", b"* BYE internal error\r\n")),
    ("arrivals", "part"): ("imap", Fault("say", rb"BODY.PEEK\[\]", b"{tag} OK that was all\r\n")),
    ("arrivals", "garbage"): ("imap", Fault("say", rb"BODY.PEEK\[\]", b"* 1 FETCH ((((\r\n{tag} OK done\r\n")),
    ("arrivals", "slow"): ("imap", Fault("drip", rb"FETCH")),
    ("clear", "refused"): ("imap", Fault("refuse")),
    ("clear", "reset"): ("imap", Fault("reset", rb"STORE")),
    ("clear", "timeout"): ("imap", Fault("silence", rb"STORE")),
    ("clear", "timeout-after"): ("imap", Fault("silence-after", rb"UID EXPUNGE")),
    ("clear", "429"): ("imap", Fault("say", rb"STORE", b"{tag} NO [LIMIT] too many commands\r\n")),
    ("clear", "500"): ("imap", Fault("say", rb"STORE", b"* BYE internal error\r\n")),
    ("clear", "503-after"): ("imap", Fault("reset-after", rb"UID EXPUNGE")),
    ("clear", "slow"): ("imap", Fault("drip", rb"STORE")),
}  # fmt: skip
"""What befalls the wire, so that the call suffers that fault."""


@pytest.fixture
def proof() -> Proof:
    return "copy"


@pytest.fixture
def office(proof: Proof) -> Iterator[PostOffice]:
    """A post office of the program and Ben."""
    with PostOffice((PROGRAM, GUEST), keeps_sent=proof == "server") as office:
        yield office


@pytest.fixture
def account(office: PostOffice, proof: Proof) -> MailAccount:
    """The program's account there."""
    return account_at(office.smtp_port, office.imap_port, proof)


def account_at(smtp: int, imap: int, proof: Proof = "copy") -> MailAccount:
    """The program's account at these ports of this machine."""
    return MailAccount(
        PROGRAM, Server("127.0.0.1", smtp, "none"), Server("127.0.0.1", imap, "none"),
        Login(PROGRAM, lambda: PASSWORD), proof, visible_after=timedelta(0), timeout=timedelta(seconds=20),
        bytes_max=2_000_000,
    )  # fmt: skip


class Posted:
    """The fixtures of MailConformance on this post office."""

    @pytest.fixture
    def program(self) -> Address:
        return PROGRAM

    @pytest.fixture
    def guest(self) -> Address:
        return GUEST

    @pytest.fixture
    def mail(self, account: MailAccount) -> Iterator[InternetMail]:
        mail = InternetMail(account, StandingClock())
        yield mail
        mail.close()

    @pytest.fixture
    def hands(self, office: PostOffice) -> PostHands:
        return PostHands(office)

    @pytest.fixture
    def reopen(self, account: MailAccount) -> Callable[[], InternetMail]:
        return lambda: InternetMail(account, StandingClock())

    @pytest.fixture
    def spoil(self, hands: PostHands, program: Address) -> Callable[[], None]:
        """A mail larger than what is read."""
        return lambda: hands.write(GUEST, program, b"Subject: x\r\n\r\n" + b"x" * 2_000_001, None)


class Trashed:
    """The Trash of the program's mailbox."""

    @pytest.fixture
    def throw_away(self, office: PostOffice) -> Callable[[bytes, datetime], None]:
        return lambda raw, at: office.deliver(PROGRAM, raw, at, "Trash") and None

    @pytest.fixture
    def thrown_away(self, office: PostOffice) -> Callable[[], list[bytes]]:
        return lambda: office.mails(PROGRAM, "Trash")


class TestACopyToOurselves(Posted, Trashed, MailConformance, ClearingConformance, TrashConformance):
    """A server that keeps nothing of what is sent."""


class TestAServerThatKeepsSent(Posted, MailConformance, ClearingConformance):
    """As Gmail does."""

    @pytest.fixture
    def proof(self) -> Proof:
        return "server"


class TestFaults(Posted, MailFaultConformance):
    """The fault matrix, on the wire between us and both servers."""

    @pytest.fixture
    def wires(self, office: PostOffice) -> Iterator[dict[str, Wire]]:
        wires = {"smtp": Wire(office.smtp_port), "imap": Wire(office.imap_port)}
        yield wires
        for each in wires.values():
            each.close()

    @pytest.fixture
    def account(self, wires: dict[str, Wire], request: pytest.FixtureRequest) -> MailAccount:
        """Only there: a busy machine may need longer for an answer that does come."""
        account = account_at(wires["smtp"].port, wires["imap"].port)
        never = request.node.callspec.params["kind"].startswith("timeout")
        return replace(account, timeout=LATE) if never else account

    @pytest.fixture
    def inject(self, wires: dict[str, Wire]) -> Inject:
        def inject(call: str, kind: str) -> None:
            where, fault = HARMS[call, kind]
            wires[where].inject(fault)

        return inject

    def test_every_cell_of_the_matrix_has_its_harm(self) -> None:
        assert set(HARMS) == set(cells(*MAIL))
        assert {kind for _, kind in HARMS} <= set(KINDS)
