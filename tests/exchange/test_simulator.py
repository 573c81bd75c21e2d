"""The simulated Exchange answers the real exchangelib as PROVIDERS.md has measured it.

Not the connector of the daemon, which comes on top of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from exchangelib import Account, FaultTolerance
from exchangelib.errors import (
    ErrorInvalidSyncStateData,
    ErrorIrresolvableConflict,
    ErrorItemNotFound,
    ErrorMailRecipientNotFound,
    ErrorServerBusy,
    UnauthorizedError,
)
from exchangelib.items import SEND_TO_ALL_AND_SAVE_COPY, SEND_TO_NONE

from tests.exchange.client import (
    ANA,
    BEN,
    account,
    again,
    at,
    meeting,
    one_of,
    starts,
)
from tests.servers.exchange import Exchange, Fault, Told

pytestmark = pytest.mark.server("the simulated Exchange")
TUESDAY, HALF_PAST, UNTIL = "2026-12-01T10:00", "2026-12-01T10:30", "2027-03-30"


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    with Exchange() as exchange:
        for each in (ANA, BEN):
            exchange.account(each)
        yield exchange
    assert exchange.problems == []


@pytest.fixture
def ana(exchange: Exchange) -> Iterator[Account]:
    ana = account(exchange)
    yield ana
    ana.protocol.close()


def utc(account: Account, text: str) -> datetime:
    return datetime.fromtimestamp(at(account, text).timestamp(), UTC)


def kinds(exchange: Exchange) -> list[tuple[str, str]]:
    return [(each.to, each.kind) for each in exchange.mails]


def test_a_series_with_one_moved_and_one_cancelled(exchange: Exchange, ana: Account) -> None:
    item = meeting(ana, TUESDAY, HALF_PAST, until=UNTIL)
    second, third = one_of(ana, item, 2), one_of(ana, item, 3)
    second.start, second.end = at(ana, "2026-12-09T11:00"), at(ana, "2026-12-09T11:30")
    second.save(update_fields=["start", "end"], send_meeting_invitations=SEND_TO_ALL_AND_SAVE_COPY)
    one_of(ana, item, 3).cancel(body="Not this week")
    assert starts(ana, "2026-12-01", "2026-12-31") == [
        "01 Dec 10:00 Occurrence", "09 Dec 11:00 Exception", "22 Dec 10:00 Occurrence", "29 Dec 10:00 Occurrence",
    ]  # fmt: skip
    assert kinds(exchange) == [(BEN, "invitation"), (BEN, "update"), (BEN, "cancellation")]
    there = again(ana, item)
    assert [each.original_start for each in there.modified_occurrences] == [second.original_start]
    assert [each.start for each in there.deleted_occurrences] == [third.start]
    assert exchange.outlook(BEN).event(item_uid(there)).answer == "NoResponseReceived"


def item_uid(item: Any) -> str:
    return str(item.uid)


def test_nobody_is_told_unless_that_is_said(exchange: Exchange, ana: Account) -> None:
    """What exchangelib leaves out is SendToNone (PROVIDERS 5)."""
    item = meeting(ana, TUESDAY, HALF_PAST)
    item.subject = "1:1 Ana & Ben"
    item.save(update_fields=["subject"], send_meeting_invitations=SEND_TO_NONE)
    again(ana, item).delete()
    assert kinds(exchange) == [(BEN, "invitation")]


def test_a_change_of_what_was_changed_meanwhile_is_a_conflict(
    exchange: Exchange, ana: Account
) -> None:
    item = meeting(ana, TUESDAY, HALF_PAST)
    old = again(ana, item)
    exchange.outlook(BEN).answers(item_uid(old), "Accept")
    old.subject = "Other words"
    with pytest.raises(ErrorIrresolvableConflict):
        old.save(update_fields=["subject"], conflict_resolution="NeverOverwrite")
    assert [each.response_type for each in again(ana, item).required_attendees] == ["Accept"]


def test_what_has_changed_since_of_a_series_the_master_alone(
    exchange: Exchange, ana: Account
) -> None:
    def news(state: str | None) -> tuple[list[str], str]:
        told = list(ana.calendar.sync_items(sync_state=state, only_fields=["subject"]))
        return [kind for kind, _ in told], str(ana.calendar.item_sync_state)

    item = meeting(ana, TUESDAY, HALF_PAST, until=UNTIL)
    meeting(ana, "2026-12-03T10:00", "2026-12-03T10:30", tag="k/2")
    first, state = news(None)
    assert first == ["create", "create"]
    uid = item_uid(again(ana, item))
    exchange.outlook(ANA).delete_one(uid, "2026-12-08")
    exchange.outlook(BEN).answers(uid, "Decline", "2026-12-15")
    changed, state = news(state)
    assert changed == ["update"]
    exchange.outlook(ANA).delete(uid)
    assert news(state)[0] == ["delete"]
    exchange.boxes[ANA].oldest = 99
    with pytest.raises(ErrorInvalidSyncStateData):
        news(state)


def test_an_item_is_found_by_a_property_of_its_own(exchange: Exchange, ana: Account) -> None:
    item = meeting(ana, TUESDAY, HALF_PAST, tag="k/7")
    assert [each.id for each in ana.calendar.filter(tested="k/7").only("subject")] == [item.id]
    assert list(ana.calendar.filter(tested="k/8").only("subject")) == []
    (copy,) = account(exchange, BEN).calendar.view(
        start=at(ana, TUESDAY), end=at(ana, "2026-12-02")
    )
    assert copy.tested is None, "the organizer's alone"


def test_what_is_gone_is_not_found(exchange: Exchange, ana: Account) -> None:
    item = meeting(ana, TUESDAY, HALF_PAST)
    again(ana, item).delete(send_meeting_cancellations="SendToAllAndSaveCopy")
    (found,) = ana.fetch(ids=[item])
    assert isinstance(found, ErrorItemNotFound)
    assert kinds(exchange)[-1] == (BEN, "cancellation")


def test_when_people_are_busy_on_the_clock_of_the_question(
    exchange: Exchange, ana: Account
) -> None:
    """In winter and in summer; times that say no offset are on that clock, and whom nobody knows is an error of its own."""
    for start, end in (("2027-01-12T09:00", "2027-01-12T10:00"), ("2027-07-13T09:00", "2027-07-13T10:00")):  # fmt: skip
        exchange.outlook(BEN).make("Dentist", utc(ana, start), utc(ana, end))
        window = (at(ana, start) - timedelta(days=2), at(ana, start) + timedelta(days=2))
        (view,) = ana.protocol.get_free_busy_info(
            accounts=[(BEN, "Required", False)], start=window[0], end=window[1]
        )
        assert [(e.start, e.end, e.busy_type) for e in view.calendar_events] == [
            (at(ana, start), at(ana, end), "Busy")
        ]
    (nobody,) = ana.protocol.get_free_busy_info(
        accounts=[("nobody@company.example", "Required", False)], start=window[0], end=window[1]
    )
    assert isinstance(nobody, ErrorMailRecipientNotFound)


@pytest.mark.parametrize(
    ("zone", "windows"),
    [
        ("Europe/Berlin", "W. Europe Standard Time"),
        ("Europe/London", "GMT Standard Time"),
        ("America/Los_Angeles", "Pacific Standard Time"),
        ("America/Sao_Paulo", "E. South America Standard Time"),
        ("Asia/Kolkata", "India Standard Time"),
    ],
)
def test_a_series_keeps_the_clock_of_its_zone_for_two_years(
    exchange: Exchange, zone: str, windows: str
) -> None:
    exchange.account("cleo@company.example", zone=windows)
    cleo = account(exchange, "cleo@company.example", zone=zone)
    meeting(cleo, TUESDAY, HALF_PAST, until="2028-11-30")
    found = [
        start
        for year, month in [(y, m) for y in (2027, 2028) for m in (1, 3, 4, 7, 10, 11)]
        for start in starts(cleo, f"{year}-{month:02}-01", f"{year}-{month:02}-28")
    ]
    assert len(found) > 40
    assert {each.split()[2] for each in found} == {"10:00"}
    cleo.protocol.close()


@pytest.mark.parametrize("what", ["drop-after", "say-after", "hang-after"])
def test_after_a_lost_answer_the_item_is_there_and_found_by_its_property(
    exchange: Exchange, ana: Account, what: Any
) -> None:
    ana.protocol.TIMEOUT = 0.5
    exchange.faults.inject(Fault(what, "CreateItem"))
    with pytest.raises(Exception, match=""):
        meeting(ana, TUESDAY, HALF_PAST, tag="k/1")
    exchange.faults.go_on()
    assert len(list(ana.calendar.filter(tested="k/1").only("subject"))) == 1
    assert kinds(exchange) == [(BEN, "invitation")]


def test_its_own_patience_makes_two_meetings_of_one(exchange: Exchange) -> None:
    """Why nothing is tried again by exchangelib: a gateway that says 503 after the fact, and everybody is invited twice."""
    patient = account(exchange, policy=FaultTolerance(max_wait=30))
    patient.protocol.RETRY_WAIT = 0
    exchange.faults.inject(Fault("say-after", "CreateItem", 503, wait_seconds=0))
    meeting(patient, TUESDAY, HALF_PAST)
    assert kinds(exchange) == [(BEN, "invitation"), (BEN, "invitation")]
    patient.protocol.close()


def test_a_busy_server_and_a_password_that_is_not_taken_any_more(
    exchange: Exchange, ana: Account
) -> None:
    exchange.faults.inject(Fault("busy", "FindItem", wait_seconds=90))
    with pytest.raises(ErrorServerBusy) as busy:
        starts(ana, "2026-12-01", "2026-12-31")
    assert busy.value.back_off == 90
    exchange.shut.add(ANA)
    with pytest.raises(UnauthorizedError):
        starts(ana, "2026-12-01", "2026-12-31")
    exchange.shut.clear()
    assert starts(ana, "2026-12-01", "2026-12-31") == []


def test_what_the_schema_does_not_know_is_caught(exchange: Exchange) -> None:
    from tests.servers.exchange.items import wrong_in
    from tests.servers.exchange.soap import made

    item = made("t:CalendarItem", made("t:Start", "x"), made("t:Subject", "late"), made("t:Nonsense"))  # fmt: skip
    assert wrong_in(item) == ["CalendarItem: Subject comes too late", "CalendarItem has no Nonsense"]  # fmt: skip


def test_a_guest_of_another_organisation_is_told_as_well(exchange: Exchange, ana: Account) -> None:
    del exchange.boxes[BEN]
    item = meeting(ana, TUESDAY, HALF_PAST)
    assert exchange.mails == [Told(BEN, "invitation", item_uid(again(ana, item)))]
