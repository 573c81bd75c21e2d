"""Answers that an Exchange leaves in the inbox are found there, where the files say that they are, and nobody else's inbox is read.

Not the promises of the port: test_exchange.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from connectors.exchange import ExchangeCalendars, Login
from daemon.domain.meeting import Place
from tests.conformance.caldav_world import StandingClock
from tests.conformance.calendar_writing import FOURTH
from tests.conformance.exchange_world import ExchangeHands
from tests.conformance.following import NOW, WINDOW, listing, series
from tests.servers.exchange import Exchange

pytestmark = pytest.mark.server("the simulated Exchange")
ANA, BEN = "ana@mentors.example", "ben@mentees.example"
ONE = Place(ANA, "one")
FIFTH = "2026-11-03T10:00"


class Moved(StandingClock):
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        """As it was set."""
        return self.at


@pytest.fixture
def exchange(request: pytest.FixtureRequest) -> Iterator[Exchange]:
    with Exchange(NOW) as exchange:
        for each in (ANA, BEN):
            exchange.account(each)
        exchange.meetings.processes = False
        yield exchange
    assert exchange.problems == []
    request.node.user_properties += exchange.counted


def connected(exchange: Exchange, clock: Moved, *inboxes: str) -> ExchangeCalendars:
    zones = dict.fromkeys((ANA, BEN), "Europe/Berlin")
    return ExchangeCalendars(
        (ANA, BEN), lambda who: Login(who, exchange.url, who, "secret"), clock, zones, inboxes
    )


def answers(calendars: ExchangeCalendars, recurrence: str = "") -> dict[str, str]:
    seen = listing(calendars, ANA)
    event = seen.get(Place(ANA, "one", recurrence)) or seen[ONE]
    return {guest.address: guest.partstat for guest in event.guests}


def test_to_the_whole_and_to_one_of_it(exchange: Exchange) -> None:
    clock = Moved()
    calendars, hands = connected(exchange, clock, ANA), ExchangeHands(exchange)
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    cursor = calendars.changes(ANA, None, WINDOW).cursor
    hands.answer(BEN, ONE, "ACCEPTED")
    hands.answer(BEN, Place(ANA, "one", FOURTH), "DECLINED")
    assert answers(calendars) == {BEN: "NEEDS-ACTION"}, "it was asked a moment ago"
    clock.at += timedelta(minutes=5)
    told = calendars.changes(ANA, cursor, WINDOW)
    assert {each.place.recurrence for each in told.observations} == {"", FOURTH}
    assert answers(calendars) == {BEN: "ACCEPTED"}
    assert answers(calendars, FOURTH) == {BEN: "DECLINED"}
    assert answers(calendars, FIFTH) == {BEN: "ACCEPTED"}
    quiet = calendars.changes(ANA, told.cursor, WINDOW)
    assert quiet.complete and not quiet.observations
    calendars.close()


def test_after_a_start_they_are_found_again(exchange: Exchange) -> None:
    clock = Moved()
    calendars = connected(exchange, clock, ANA)
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    calendars.close()
    ExchangeHands(exchange).answer(BEN, ONE, "DECLINED")
    again = connected(exchange, clock, ANA)
    assert answers(again) == {BEN: "DECLINED"}
    again.close()


def test_what_exchange_has_put_in_counts_more_and_what_is_out_of_date_does_not(
    exchange: Exchange,
) -> None:
    clock = Moved()
    calendars, hands = connected(exchange, clock, ANA), ExchangeHands(exchange)
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    hands.answer(BEN, ONE, "DECLINED")
    (mail,) = [each for each in exchange.boxes[ANA].items.values() if each.folder == "inbox"]
    mail.parts["IsOutOfDate"].text = "true"
    clock.at += timedelta(minutes=5)
    assert answers(calendars) == {BEN: "NEEDS-ACTION"}
    hands.answer(BEN, ONE, "TENTATIVE")
    exchange.meetings.processes = True
    hands.answer(BEN, ONE, "ACCEPTED")
    clock.at += timedelta(minutes=5)
    assert answers(calendars) == {BEN: "ACCEPTED"}
    calendars.close()


def test_nobody_elses_inbox_is_read(exchange: Exchange) -> None:
    clock = Moved()
    calendars = connected(exchange, clock)
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    ExchangeHands(exchange).answer(BEN, ONE, "ACCEPTED")
    exchange.calls.clear()
    clock.at += timedelta(minutes=5)
    assert answers(calendars) == {BEN: "NEEDS-ACTION"}
    assert "FindItem" not in {name for _, name in exchange.calls}
    calendars.close()
