"""Gmail holds every promise of the mail port, through Google's own client library.

Not the simulator, which has tests of its own in tests/google.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from connectors.google import GmailMailbox
from daemon.domain.effect import Receipt
from daemon.domain.people import Address
from tests.conformance.calendar_faults import Inject
from tests.conformance.clearing import ClearingConformance, TrashConformance
from tests.conformance.faults import KINDS, MAIL, cells
from tests.conformance.following import NOW
from tests.conformance.gmail_world import (
    ALL_OF_MAIL,
    BEN,
    KOSS,
    GmailOffice,
    fault_of,
    mailbox_at,
)
from tests.conformance.mailboxes import MailConformance, MailFaultConformance, letter
from tests.conformance.post import PostHands
from tests.servers.google import Google

pytestmark = pytest.mark.server("the simulated Google")


class AtGmail:
    """The fixtures."""

    @pytest.fixture
    def google(self, request: pytest.FixtureRequest) -> Iterator[Google]:
        with Google(NOW) as google:
            google.account(BEN)
            yield google
        assert google.problems == []
        request.node.user_properties.append(("bodies", google.validated))

    @pytest.fixture
    def program(self) -> Address:
        return KOSS

    @pytest.fixture
    def guest(self) -> Address:
        return BEN

    @pytest.fixture
    def reopen(self, google: Google) -> Callable[[], GmailMailbox]:
        token = google.account(KOSS, scopes=ALL_OF_MAIL)
        return lambda: mailbox_at(google, token)

    @pytest.fixture
    def mail(self, reopen: Callable[[], GmailMailbox]) -> GmailMailbox:
        return reopen()

    @pytest.fixture
    def office(self, google: Google) -> GmailOffice:
        return GmailOffice(google)

    @pytest.fixture
    def hands(self, office: GmailOffice, mail: GmailMailbox) -> PostHands:
        return PostHands(office)

    @pytest.fixture
    def spoil(self, hands: PostHands) -> Callable[[], None]:
        """A mail larger than what is read."""
        return lambda: hands.write(BEN, KOSS, b"Subject: x\r\n\r\n" + b"x" * 2_000_001, None)

    @pytest.fixture
    def throw_away(self, google: Google, mail: GmailMailbox) -> Callable[[bytes, datetime], None]:
        return lambda raw, at: google.gmail.deliver(KOSS, raw, at, "TRASH")

    @pytest.fixture
    def thrown_away(self, office: GmailOffice) -> Callable[[], list[bytes]]:
        return lambda: office.mails(KOSS, "TRASH")


class TestGmail(AtGmail, MailConformance, ClearingConformance, TrashConformance):
    """All of it."""


class TestGmailThatGivesIdsOfItsOwn(AtGmail, MailConformance, ClearingConformance):
    """All of it, where the Message-ID of what is sent is replaced (trap_48)."""

    @pytest.fixture
    def mail(self, google: Google, reopen: Callable[[], GmailMailbox]) -> GmailMailbox:
        google.gmail.rewrites_ids = True
        return reopen()

    def test_a_letter_goes_to_its_one_person_as_it_was_written(self) -> None:  # type: ignore[override]
        """But for that id."""

    def test_the_id_that_answers_cite_is_learned(self, mail: GmailMailbox, google: Google) -> None:
        ours = letter(KOSS, BEN)
        (real,) = {mail.send(ours, key=ours.key).message_id}
        assert real.endswith("@mail.gmail.com>")
        found = mail.sent(ours)
        assert isinstance(found, Receipt) and found.message_id == real


class TestFaults(AtGmail, MailFaultConformance):
    """The fault matrix, between us and Google."""

    @pytest.fixture
    def reopen(self, google: Google) -> Callable[[], GmailMailbox]:
        token = google.account(KOSS, scopes=ALL_OF_MAIL)
        return lambda: mailbox_at(google, token, silent_seconds=2.0)

    @pytest.fixture
    def inject(self, google: Google) -> Inject:
        def inject(call: str, kind: str) -> None:
            fault = fault_of(call, kind)
            if fault is not None:
                google.inject(fault)

        return inject

    def test_every_cell_of_the_matrix_has_its_harm(self) -> None:
        harmless = {(call, kind) for call, kind in cells(*MAIL) if fault_of(call, kind) is None}
        assert {kind for _, kind in harmless} == {"slow"} < set(KINDS)
