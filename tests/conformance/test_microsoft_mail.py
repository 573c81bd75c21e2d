"""Microsoft 365 holds every promise of the mail port, through the real msal.

Not calendars: test_microsoft.py.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from connectors.microsoft import Access, MicrosoftMail
from daemon.domain.effect import Receipt
from daemon.domain.observation import MailArrived
from daemon.domain.people import Address
from daemon.errors import CursorExpired, Temporary
from daemon.ports import NotSent
from tests.conformance.calendar_faults import Inject
from tests.conformance.clearing import ClearingConformance, TrashConformance
from tests.conformance.faults import KINDS, MAIL, cells
from tests.conformance.following import NOW
from tests.conformance.graph_world import Allowed
from tests.conformance.mailboxes import MailConformance, MailFaultConformance, drain, letter, reply
from tests.conformance.reopened import BEN, KOSS, Mailboxes
from tests.conformance.test_local import StandingClock
from tests.servers.graph import Fault, Graph
from tests.servers.graph.mails import deliver, owner

pytestmark = pytest.mark.server("the simulated Microsoft 365")


class Office:
    """The mailboxes, looked into from behind."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def deliver(self, to: str, raw: bytes, at: datetime) -> bool:
        """See Office of post.py."""
        return deliver(self._graph, to, raw, at)

    def mails(self, address: str, folder: str = "inbox") -> list[bytes]:
        """See Office of post.py."""
        mails = self._graph.boxes[owner(address)].mails.values()
        return [each.raw for each in mails if each.folder == folder]

    def owner(self, address: str) -> Address:
        """See Office of post.py."""
        return owner(address) if owner(address) in self._graph.boxes else ""


class AtMicrosoft(Mailboxes):
    """The fixtures."""

    @pytest.fixture
    def reopen(self, allowed: Allowed) -> Callable[[], MicrosoftMail]:
        def reopen() -> MicrosoftMail:
            access = Access(KOSS, partial(allowed.granted, KOSS), StandingClock(), partial(allowed.save, KOSS))  # fmt: skip
            return MicrosoftMail(access, visible_after=timedelta(), bytes_max=2_000_000)

        return reopen

    @pytest.fixture
    def office(self, graph: Graph) -> Office:
        return Office(graph)

    @pytest.fixture
    def throw_away(self, graph: Graph) -> Callable[[bytes, datetime], None]:
        return lambda raw, at: deliver(graph, KOSS, raw, at, "deleteditems") and None


class TestMicrosoftMail(AtMicrosoft, MailConformance, ClearingConformance, TrashConformance):
    """All of it."""


def fault_of(call: str, kind: str) -> Fault | None:
    """A kind of fault, at the request of that call in which it matters."""
    at = {"send": "mail.send", "sent": "mail.list", "arrivals": "mail.delta", "clear": "batch"}[call]  # fmt: skip
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
            return Fault("say", at, 429, "ApplicationThrottled", wait_seconds=90)
        case "500":
            return Fault("say", at, 500, "ErrorInternalServerError")
        case "part" | "garbage":
            return Fault("spoil", at, spoils=_without_a_link)
        case "unknown":
            return Fault("say", at, 403, "ErrorSearchNotAllowed")
    return None


def _without_a_link(answer: dict[str, Any]) -> dict[str, Any]:
    return {"value": answer["value"]}


class TestFaults(AtMicrosoft, MailFaultConformance):
    """The fault matrix, between us and Microsoft."""

    @pytest.fixture
    def inject(self, graph: Graph, allowed: Allowed) -> Inject:
        def inject(call: str, kind: str) -> None:
            allowed.lose(kind)
            fault = fault_of(call, kind)
            if fault is not None:
                graph.faults.inject(fault)

        return inject

    def test_every_cell_of_the_matrix_has_its_harm(self) -> None:
        harmless = {kind for call, kind in cells(*MAIL) if fault_of(call, kind) is None}
        assert harmless == {"slow"} < set(KINDS)


class TestMore(AtMicrosoft):
    """What is special about it."""

    @pytest.mark.parametrize("harm", ["drop-after", "say-after"])
    def test_a_hundred_lost_answers_and_each_letter_once(
        self, graph: Graph, mail: MicrosoftMail, office: Office, harm: Any
    ) -> None:
        for number in range(100):
            ours = letter(KOSS, BEN, number=number)
            graph.faults.inject(Fault(harm, "mail.send"))
            with pytest.raises(Temporary):
                mail.send(ours, key=ours.key)
            assert isinstance(mail.sent(ours), Receipt)
        assert len(office.mails(BEN)) == 100
        assert office.mails(KOSS, "drafts") == []

    @pytest.mark.parametrize("harm", ["drop", "drop-after", "say-after"])
    @pytest.mark.parametrize("at", ["mail.list", "mail.draft", "mail.update", "mail.send"])
    def test_a_crash_at_any_request_of_a_letter_and_it_goes_once(
        self, graph: Graph, reopen: Callable[[], MicrosoftMail], office: Office, at: str, harm: Any
    ) -> None:
        ours = letter(KOSS, BEN)
        graph.faults.inject(Fault(harm, at))
        with pytest.raises(Temporary):
            reopen().send(ours, key=ours.key)
        again = reopen()
        if isinstance(again.sent(ours), NotSent):
            again.send(ours, key=ours.key)
        assert office.mails(BEN) == [ours.raw]
        assert isinstance(again.sent(ours), Receipt)
        assert office.mails(KOSS, "drafts") == [], "none is left over"

    @pytest.mark.parametrize("status", [401, 404, 500])
    def test_what_fails_after_a_letter_has_gone_does_not_make_it_go_again(
        self, graph: Graph, mail: MicrosoftMail, office: Office, status: int
    ) -> None:
        ours = letter(KOSS, BEN)
        graph.faults.inject(Fault("say", "mail.get", status, times=2))
        assert mail.send(ours, key=ours.key).message_id == ours.message_id
        assert len(office.mails(BEN)) == 1

    def test_what_may_not_be_deleted_is_not_said_to_be_gone(
        self, graph: Graph, mail: MicrosoftMail, office: Office
    ) -> None:
        for number in range(2):
            office.deliver(KOSS, reply(BEN, KOSS, number), NOW)
        names = [each.id for each in mail.arrivals(None).observations if isinstance(each, MailArrived)]  # fmt: skip

        def spoil(answer: dict[str, Any]) -> dict[str, Any]:
            first, *rest = answer["responses"]
            return {"responses": [first | {"status": 400, "body": {"error": {"code": "ErrorCannotDeleteObject"}}}, *rest]}  # fmt: skip

        graph.faults.inject(Fault("spoil", "batch", spoils=spoil))
        assert mail.clear(names, NOW, lambda lying: False).gone == (names[0],)

    def test_a_letter_that_gets_another_id_is_known_by_that(
        self, graph: Graph, mail: MicrosoftMail
    ) -> None:
        """It is the one that people's answers cite."""
        graph.own_ids = True
        ours = letter(KOSS, BEN)
        given = mail.send(ours, key=ours.key).message_id
        assert given.endswith("@graph.example>")
        found = mail.sent(ours)
        assert isinstance(found, Receipt) and found.message_id == given

    def test_who_may_send_no_more_waits_and_no_letter_is_to_blame(
        self, graph: Graph, mail: MicrosoftMail
    ) -> None:
        graph.may_send = False
        ours = letter(KOSS, BEN)
        with pytest.raises(Temporary) as raised:
            mail.send(ours, key=ours.key)
        assert raised.value.whole and raised.value.retry_after == timedelta(hours=3)

    def test_many_are_told_bit_by_bit_and_none_is_lost(
        self, mail: MicrosoftMail, office: Office
    ) -> None:
        for number in range(120):
            office.deliver(KOSS, reply(BEN, KOSS, number), NOW)
        first = mail.arrivals(None)
        assert len(first.observations) == 50
        rest, cursor = drain(mail, first.cursor)
        assert len(rest) == 70
        assert drain(mail, cursor)[0] == []

    def test_large_ones_are_read_a_few_at_a_time_and_in_order(
        self, allowed: Allowed, office: Office
    ) -> None:
        """A page of the largest would fill the memory."""
        access = Access(KOSS, partial(allowed.granted, KOSS), StandingClock(), partial(allowed.save, KOSS))  # fmt: skip
        mail = MicrosoftMail(access)
        for number in range(5):
            office.deliver(KOSS, reply(BEN, KOSS, number) + b"x" * 13_000_000, NOW)
        first = mail.arrivals(None)
        assert len(first.observations) == 2
        rest, _ = drain(mail, first.cursor)
        assert [raw[-13_000_003:-13_000_000] for raw in rest] == [b"2\r\n", b"3\r\n", b"4\r\n"]
        mail.close()

    def test_a_token_that_is_too_old_begins_anew(
        self, graph: Graph, mail: MicrosoftMail, office: Office
    ) -> None:
        office.deliver(KOSS, reply(BEN, KOSS, 1), NOW)
        cursor = mail.arrivals(None).cursor
        graph.boxes[KOSS].oldest = 99
        with pytest.raises(CursorExpired):
            mail.arrivals(cursor)
        graph.boxes[KOSS].oldest = 0
        assert len(drain(mail, None)[0]) == 1
