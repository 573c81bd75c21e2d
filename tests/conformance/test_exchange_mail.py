"""Exchange holds every promise of the mail port, through the real exchangelib.

Not calendars: test_exchange.py.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from connectors.exchange import ExchangeMail, Login, Reached
from daemon.domain.effect import Receipt
from daemon.domain.people import Address
from daemon.errors import Temporary
from tests.cli.place import ROOT
from tests.conformance.calendar_faults import Inject
from tests.conformance.clearing import ClearingConformance, TrashConformance
from tests.conformance.exchange_world import Patience
from tests.conformance.faults import KINDS, MAIL, cells
from tests.conformance.following import NOW
from tests.conformance.mailboxes import (
    MailConformance,
    MailFaultConformance,
    drain,
    letter,
    reply,
)
from tests.conformance.reopened import BEN, KOSS, Mailboxes
from tests.conformance.test_local import StandingClock
from tests.servers.exchange import Exchange, Fault
from tests.servers.exchange.post import deliver, owner, raw_of
from tests.servers.exchange.soap import Element, local

pytestmark = pytest.mark.server("the simulated Exchange")


class Office:
    """The mailboxes, looked into from behind."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def deliver(self, to: str, raw: bytes, at: datetime) -> bool:
        """See Office of post.py."""
        return deliver(self._exchange, to, raw, at)

    def mails(self, address: str, folder: str = "inbox") -> list[bytes]:
        """See Office of post.py."""
        items = self._exchange.boxes[owner(address)].items.values()
        return [raw_of(each) for each in items if each.folder == folder and each.kind == "Message"]

    def owner(self, address: str) -> Address:
        """See Office of post.py."""
        return owner(address) if owner(address) in self._exchange.boxes else ""


class AtExchange(Mailboxes):
    """The fixtures."""

    @pytest.fixture
    def exchange(self, request: pytest.FixtureRequest) -> Iterator[Exchange]:
        with Exchange(NOW) as exchange:
            for each in (KOSS, BEN):
                exchange.account(each)
            yield exchange
        assert exchange.problems == []
        request.node.user_properties += exchange.counted

    @pytest.fixture
    def patience(self) -> Patience:
        return Patience()

    @pytest.fixture
    def reopen(self, exchange: Exchange, patience: Patience) -> Callable[[], ExchangeMail]:
        def reopen() -> ExchangeMail:
            reached = Reached(
                KOSS, lambda: Login(KOSS, exchange.url, KOSS, "secret", patience.seconds), "UTC"
            )
            return ExchangeMail(
                reached, StandingClock(), visible_after=timedelta(), bytes_max=2_000_000
            )

        return reopen

    @pytest.fixture
    def office(self, exchange: Exchange) -> Office:
        return Office(exchange)

    @pytest.fixture
    def throw_away(self, exchange: Exchange) -> Callable[[bytes, datetime], None]:
        return lambda raw, at: deliver(exchange, KOSS, raw, at, "deleteditems") and None


class TestExchangeMail(AtExchange, MailConformance, ClearingConformance, TrashConformance):
    """All of it."""


def fault_of(call: str, kind: str) -> Fault | None:
    """A kind of fault, at the request of that call in which it matters."""
    at = {"send": "CreateItem", "sent": "FindItem", "arrivals": "GetItem", "clear": "DeleteItem"}[
        call
    ]
    match kind:
        case "refused" | "reset":
            return Fault("drop", at)
        case "timeout":
            return Fault("hang", at)
        case "timeout-after":
            return Fault("hang-after", at)
        case "503-after":
            return Fault("say-after", at, 503)
        case "429":
            return Fault("busy", at, wait_seconds=90)
        case "500":
            return Fault("say", at, 500)
        case "part":
            return Fault("spoil", at, spoils=_without_the_last)
        case "garbage":
            return Fault("spoil", at, spoils=_without_content)
        case "unknown":
            return Fault("refuse", at, code="ErrorUnsupportedPathForQuery")
    return None


def _without_the_last(answer: Element) -> Element:
    answer[0].remove(answer[0][-1])
    return answer


def _without_content(answer: Element) -> Element:
    for each in list(answer.iter()):
        if local(each) == "MimeContent":
            each.getparent().remove(each)
    return answer


class TestFaults(AtExchange, MailFaultConformance):
    """The fault matrix, between us and Exchange."""

    @pytest.fixture
    def inject(self, exchange: Exchange, patience: Patience) -> Inject:
        def inject(call: str, kind: str) -> None:
            patience.lose(kind)
            fault = fault_of(call, kind)
            if fault is not None:
                exchange.faults.inject(fault)

        return inject

    def test_every_cell_of_the_matrix_has_its_harm(self) -> None:
        harmless = {kind for call, kind in cells(*MAIL) if fault_of(call, kind) is None}
        assert harmless == {"slow"} < set(KINDS)


class TestMore(AtExchange):
    """What is special about it."""

    @pytest.mark.parametrize("harm", ["drop-after", "say-after"])
    def test_a_hundred_lost_answers_and_each_letter_once(
        self, exchange: Exchange, mail: ExchangeMail, office: Office, harm: str
    ) -> None:
        for number in range(100):
            ours = letter(KOSS, BEN, number=number)
            exchange.faults.inject(Fault(harm, "CreateItem"))  # type: ignore[arg-type]
            with pytest.raises(Temporary):
                mail.send(ours, key=ours.key)
            assert isinstance(mail.sent(ours), Receipt)
        assert len(office.mails(BEN)) == 100

    def test_many_are_told_bit_by_bit_and_none_is_lost(
        self, mail: ExchangeMail, office: Office
    ) -> None:
        for number in range(250):
            office.deliver(KOSS, reply(BEN, KOSS, number), NOW)
        first = mail.arrivals(None)
        assert len(first.observations) == 100
        rest, cursor = drain(mail, first.cursor)
        assert len(rest) == 150
        assert drain(mail, cursor)[0] == []

    def test_large_ones_are_read_a_few_at_a_time_and_in_order(
        self, exchange: Exchange, office: Office
    ) -> None:
        """A hundred of the largest would fill the memory."""
        login = Login(KOSS, exchange.url, KOSS, "secret")
        mail = ExchangeMail(Reached(KOSS, lambda: login, "UTC"), StandingClock())
        for number in range(6):
            office.deliver(
                KOSS, reply(BEN, KOSS, number) + b"x" * 9_000_000, NOW + timedelta(minutes=number)
            )
        first = mail.arrivals(None)
        assert 1 <= len(first.observations) <= 2
        rest, _ = drain(mail, first.cursor)
        assert [raw[-9_000_003:-9_000_000] for raw in rest][-1] == b"5\r\n"
        assert len(first.observations) + len(rest) == 6
        mail.close()

    def test_what_exchangelib_logs_reaches_nobody(self) -> None:
        """It writes whole requests there, with letters and passwords, where `post` fails in a way that it does not know."""
        said = (
            "import logging, connectors.exchange\n"
            "logging.getLogger('exchangelib.util').error('Request headers: Basic hunter2')"
        )
        done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True, cwd=ROOT)  # fmt: skip
        assert (done.stdout, done.stderr) == ("", "")

    def test_what_is_older_than_a_month_is_not_told_by_a_first_reading(
        self, mail: ExchangeMail, office: Office
    ) -> None:
        office.deliver(KOSS, reply(BEN, KOSS, 1), NOW - timedelta(days=31))
        office.deliver(KOSS, reply(BEN, KOSS, 2), NOW)
        assert len(drain(mail, None)[0]) == 1
