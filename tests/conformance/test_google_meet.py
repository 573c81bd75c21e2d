"""The Meet link of an event at Google: asked for once, waited for, and left alone where people have put one there.

Not what a pair is told of it: tests/stories/test_room.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from connectors.google import GoogleCalendars, Granted
from daemon.domain.value import replace
from daemon.errors import Temporary
from daemon.ports import OneOff, SeriesEvent
from daemon.simulate.clock import VirtualClock
from tests.conformance.following import NOW, one_off, series
from tests.conformance.test_google_wire import ANA, BEN, client_of
from tests.servers.google import Fault, Google

pytestmark = pytest.mark.server("the simulated Google")
LINK = "https://meet.google.com/abc-defg-hij"
INSERT, PATCH, GET = "calendar.events.insert", "calendar.events.patch", "calendar.events.get"
MEETING = replace(series(ANA, BEN), meet=True)


@dataclass
class Desk:
    """Ana's calendar, and a clock."""

    google: Google
    calendars: GoogleCalendars
    clock: VirtualClock

    def put(self, event: SeriesEvent | OneOff, key: str = "k/1") -> Any:
        return self.calendars.put(ANA, event, key=key, expected="")

    @property
    def event(self) -> Any:
        """The one that is there."""
        (event,) = self.google.events.calendars[ANA].events.values()
        return event

    def asked(self, method: str) -> int:
        return [each for _, each, _ in self.google.calls].count(method)


@pytest.fixture
def desk(request: pytest.FixtureRequest) -> Iterator[Desk]:
    with Google(NOW) as google:
        token, clock = google.account(ANA), VirtualClock(NOW)
        client = client_of(google)
        calendars = GoogleCalendars([ANA], lambda who: Granted(client, token), clock)
        yield Desk(google, calendars, clock)
    assert google.problems == []
    request.node.user_properties.append(("bodies", google.validated))


@pytest.mark.parametrize("event", [MEETING, replace(one_off(BEN), meet=True)], ids=["series", "one-off"])  # fmt: skip
def test_it_is_made_with_the_event_and_told_in_the_receipt(
    desk: Desk, event: SeriesEvent | OneOff
) -> None:
    receipt = desk.put(event)
    assert (receipt.link, desk.event["hangoutLink"]) == (LINK, LINK)
    again = desk.put(event)
    assert (again.link, again.repeated) == (LINK, True)
    assert (desk.asked(INSERT), desk.asked(PATCH)) == (1, 0)
    assert [each.kind for each in desk.google.mails] == ["invitation"]


def test_who_wants_none_gets_none(desk: Desk) -> None:
    assert desk.put(series(ANA, BEN)).link == ""
    assert "hangoutLink" not in desk.event


def test_while_google_is_still_making_it_the_change_is_not_done(desk: Desk) -> None:
    desk.google.events.makes_meetings = "pending"
    desk.google.inject(Fault("spoil", GET, spoils=lambda answer: {**answer, **_pending()}))
    with pytest.raises(Temporary, match="still making the Meet link") as waits:
        desk.put(MEETING)
    assert waits.value.retry_after == timedelta(minutes=1)
    receipt = desk.put(MEETING)
    assert (receipt.link, receipt.repeated) == (LINK, True)
    assert desk.asked(INSERT) == 1


def test_what_is_never_made_is_waited_for_a_quarter_of_an_hour_and_the_1_1_is_there_all_the_same(
    desk: Desk,
) -> None:
    desk.google.inject(Fault("spoil", GET, times=9, spoils=lambda answer: _pending(answer["updated"])))  # fmt: skip
    with pytest.raises(Temporary):
        desk.put(MEETING)
    desk.clock.set(NOW + timedelta(minutes=16))
    assert desk.put(MEETING).link == ""
    assert desk.event["status"] == "confirmed"


def test_an_account_for_which_google_makes_none_has_its_1_1s_without(desk: Desk) -> None:
    desk.google.inject(Fault("say", INSERT, 400, "invalid"))
    assert desk.put(MEETING).link == ""
    assert "conferenceData" not in desk.event
    desk.google.events.makes_meetings = "failure"
    assert desk.put(replace(MEETING, uid="two")).link == ""


@pytest.mark.parametrize("harm", ["drop", "say", "tear"])
def test_a_link_that_cannot_be_asked_about_is_asked_about_again(desk: Desk, harm: Any) -> None:
    desk.google.inject(Fault(harm, GET))
    with pytest.raises(Temporary):
        desk.put(MEETING)
    receipt = desk.put(MEETING)
    assert (receipt.link, receipt.repeated, desk.asked(INSERT)) == (LINK, True, 1)


def test_a_lost_answer_makes_neither_a_second_event_nor_a_second_link(desk: Desk) -> None:
    desk.google.inject(Fault("drop-after", INSERT))
    with pytest.raises(Temporary):
        desk.put(MEETING)
    assert desk.put(MEETING).link == LINK
    assert (desk.asked(INSERT), desk.asked(PATCH)) == (1, 0)


def test_it_comes_and_goes_with_the_files_and_comes_again(desk: Desk) -> None:
    elsewhere = replace(series(ANA, BEN), location="https://meet.example.org/ana")
    desk.put(elsewhere, "k/1")
    desk.put(MEETING, "k/2")
    assert (desk.event["hangoutLink"], desk.event.get("location", "")) == (LINK, "")
    first = desk.event["conferenceData"]["createRequest"]["requestId"]
    desk.put(elsewhere, "k/3")
    assert ("hangoutLink" in desk.event, desk.event["location"]) == (False, elsewhere.location)
    desk.put(MEETING, "k/4")
    assert desk.event["hangoutLink"] == LINK
    assert desk.event["conferenceData"]["createRequest"]["requestId"] != first


def test_a_link_that_its_owner_has_put_there_stays_and_is_told(desk: Desk) -> None:
    desk.put(series(ANA, BEN), "k/1")
    own = "https://meet.google.com/own-room-ana"
    desk.event["hangoutLink"] = own
    assert desk.put(MEETING, "k/2").link == own
    desk.put(series(ANA, BEN), "k/3")
    assert desk.event["hangoutLink"] == own


def _pending(updated: str = "2026-10-01T08:00:00.000Z") -> Any:
    request = {"requestId": "x", "status": {"statusCode": "pending"}}
    return {"updated": updated, "hangoutLink": "", "conferenceData": {"createRequest": request}}
