"""The simulated Google takes a request as its documentation has it: what a parameter means is done, and what is wrong is said.

Not what becomes of events: test_simulator.py. Asked by plain HTTP; where a fact comes from is told beside the code.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.google.asking import ANA, AT_SEVEN, BEN, EVENTS, MONDAY, WEEKLY, Client
from tests.servers.google import Fault, Google

FREEBUSY = "/calendar/v3/freeBusy"
DECEMBER = {"timeMin": "2026-12-01T00:00:00Z", "timeMax": "2026-12-31T00:00:00Z", "items": [{"id": ANA}]}  # fmt: skip
ALONE = {name: value for name, value in WEEKLY.items() if name not in ("recurrence", "attendees")}


@pytest.fixture
def ana(google: Google) -> Client:
    refresh = google.account(ANA)
    google.account(BEN)
    return Client(google, refresh)


def error(answer: Any) -> dict[str, str]:
    return dict(answer["error"]["errors"][0])


def ids(answer: Any) -> list[str]:
    return [each["id"] for each in answer["items"]]


def at(day: str, hour: int) -> dict[str, Any]:
    return {
        side: {"dateTime": f"{day}T{hour + later:02}:00:00", "timeZone": "Europe/Berlin"}
        for side, later in (("start", 0), ("end", 1))
    }


def test_a_patch_takes_away_with_null_and_merges_times(ana: Client) -> None:
    ana.ask("POST", EVENTS, ALONE | {"description": "x"})
    path = f"{EVENTS}/aaaaa0"
    _, event = ana.ask("PATCH", path, {"description": None})
    assert "description" not in event
    status, answer = ana.ask("PATCH", path, {"start": {"date": "2026-12-07"}, "end": {"date": "2026-12-08"}})  # fmt: skip
    assert (status, answer["error"]["message"]) == (400, "Invalid start time.")
    day = {"start": {"date": "2026-12-07", "dateTime": None}, "end": {"date": "2026-12-08", "dateTime": None}}  # fmt: skip
    _, event = ana.ask("PATCH", path, day)
    assert event["start"] == {"date": "2026-12-07"}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"attendees": [{}]}, "invalid"),
        ({"attendees": [{"email": "ben"}]}, "invalid"),
        ({"start": {}}, "required"),
        ({"recurrence": [], "start": {"dateTime": "2026-12-07T18:00:00"}}, "invalid"),
        ({"start": {"date": "2026-12-07"}, "recurrence": []}, "invalid"),
    ],
    ids=["a guest without an address", "no address", "no time", "no offset and no zone", "half a day"],
)  # fmt: skip
def test_a_body_that_the_schema_lets_pass(ana: Client, body: dict[str, Any], reason: str) -> None:
    status, answer = ana.ask("POST", EVENTS, WEEKLY | body)
    assert (status, error(answer)["reason"]) == (400, reason)


def test_events_by_their_order_their_words_and_their_last_change(google: Google, ana: Client) -> None:  # fmt: skip
    ana.ask("POST", EVENTS, ALONE | {"id": "later", "summary": "Tea with Chi"} | at("2026-12-09", 9))  # fmt: skip
    google.now = google.now.replace(minute=30)
    ana.ask("POST", EVENTS, ALONE | {"id": "first"} | at("2026-12-08", 9))
    status, answer = ana.ask("GET", EVENTS, orderBy="startTime")
    assert (status, error(answer)["location"]) == (400, "orderBy")
    assert ids(ana.ask("GET", EVENTS, orderBy="startTime", singleEvents="true")[1]) == ["first", "later"]  # fmt: skip
    assert ids(ana.ask("GET", EVENTS, orderBy="updated")[1]) == ["later", "first"]
    assert ids(ana.ask("GET", EVENTS, q="tea")[1]) == ["later"]
    assert ids(ana.ask("GET", EVENTS, updatedMin="2026-11-30T09:30:00Z")[1]) == ["first"]
    ana.ask("DELETE", f"{EVENTS}/later")
    assert ids(ana.ask("GET", EVENTS, updatedMin="2026-11-30T09:30:00Z")[1]) == ["later", "first"]


def test_events_by_what_is_tagged_for_oneself_and_for_all(ana: Client) -> None:
    tags = {"private": {"pair": "1"}, "shared": {"program": "koss"}}
    ana.ask("POST", EVENTS, WEEKLY | {"extendedProperties": tags})
    ana.ask("POST", EVENTS, WEEKLY | {"id": "bbbbb0"})
    assert ids(ana.ask("GET", EVENTS, privateExtendedProperty="pair=1")[1]) == ["aaaaa0"]
    assert ids(ana.ask("GET", EVENTS, sharedExtendedProperty="program=koss")[1]) == ["aaaaa0"]
    assert ids(ana.ask("GET", EVENTS, sharedExtendedProperty="pair=1")[1]) == []


def test_a_window_is_told_with_offsets_and_is_not_empty(ana: Client) -> None:
    status, answer = ana.ask("GET", EVENTS, timeMin="2026-12-01T00:00:00")
    assert (status, error(answer)["location"]) == (400, "timeMin")
    same = "2026-12-01T00:00:00Z"
    status, answer = ana.ask("GET", EVENTS, timeMin=same, timeMax=same)
    assert (status, error(answer)["reason"]) == (400, "timeRangeEmpty")


def test_a_series_that_began_years_ago_goes_on(ana: Client) -> None:
    ana.make(**at("2022-01-03", 10))
    since = "2026-12-01T00:00:00Z"
    assert ids(ana.ask("GET", EVENTS, timeMin=since)[1]) == ["aaaaa0"]
    _, answer = ana.ask("GET", EVENTS, timeMin=since, singleEvents="true", maxResults=2)
    assert ids(answer) == ["aaaaa0_20261207T090000Z", "aaaaa0_20261214T090000Z"]


def test_in_another_zone_and_with_fewer_guests(ana: Client) -> None:
    ana.make()
    _, answer = ana.ask("GET", EVENTS, timeZone="Asia/Tokyo", maxAttendees=1)
    assert answer["timeZone"] == "Asia/Tokyo"
    assert answer["items"][0]["start"] == {"dateTime": "2026-12-08T02:00:00+09:00", "timeZone": "Europe/Berlin"}  # fmt: skip
    ana.ask("PATCH", f"{EVENTS}/aaaaa0", {"attendees": [{"email": BEN}, {"email": ANA}]})
    _, event = ana.ask("GET", f"{EVENTS}/aaaaa0", maxAttendees=1)
    assert ([each["email"] for each in event["attendees"]], event["attendeesOmitted"]) == ([ANA], True)  # fmt: skip


def test_what_is_deleted_between_two_pages_hides_nothing(ana: Client) -> None:
    for number in range(4):
        ana.make(id=f"bbbbb{number}")
    _, first = ana.ask("GET", EVENTS, maxResults=2)
    ana.ask("DELETE", f"{EVENTS}/bbbbb0")
    _, second = ana.ask("GET", EVENTS, maxResults=2, pageToken=first["nextPageToken"])
    assert ids(second) == ["bbbbb2", "bbbbb3"]
    assert [(e["id"], e["status"]) for e in ana.since(second["nextSyncToken"])] == [("bbbbb0", "cancelled")]  # fmt: skip


@pytest.mark.parametrize("token", ["abc", "%%%", "MTI="])
def test_a_token_that_nobody_gave(ana: Client, token: str) -> None:
    status, answer = ana.ask("GET", EVENTS, syncToken=token)
    assert (status, error(answer)["location"]) == (400, "syncToken")
    assert ana.ask("GET", EVENTS, pageToken=token)[0] == 400


def test_with_a_token_comes_the_reason_why_nothing_else_may(ana: Client) -> None:
    _, token = ana.full()
    _, answer = ana.ask("GET", EVENTS, syncToken=token, timeMin="2026-12-01T00:00:00Z")
    assert error(answer)["reason"] == "syncTokenWithRequestRestrictions"


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"timeMax": None}, "required"),
        ({"timeMin": "2026-12-31T00:00:00Z"}, "timeRangeEmpty"),
        ({"timeMin": "2026-12-01T00:00:00"}, "badRequest"),
        ({"timeMax": "2027-03-01T00:00:01Z"}, "timeRangeTooLong"),
        ({"calendarExpansionMax": 0}, "tooManyCalendarsRequested"),
    ],
    ids=["half a window", "an empty one", "without an offset", "more than 90 days", "more than wanted"],
)  # fmt: skip
def test_busy_times_of_a_window_that_makes_no_sense(ana: Client, more: dict[str, Any], reason: str) -> None:  # fmt: skip
    body = {name: value for name, value in (DECEMBER | more).items() if value is not None}
    status, answer = ana.ask("POST", FREEBUSY, body)
    assert (status, error(answer)["reason"]) == (400, reason)


def test_busy_times_in_a_zone(ana: Client) -> None:
    ana.ask("POST", EVENTS, ALONE)
    _, answer = ana.ask("POST", FREEBUSY, DECEMBER | {"timeZone": "Asia/Tokyo"})
    assert answer["calendars"][ANA]["busy"] == [
        {"start": "2026-12-08T02:00:00+09:00", "end": "2026-12-08T03:00:00+09:00"}
    ]


def test_where_in_a_request_a_refusal_looks(ana: Client) -> None:
    ana.make()
    _, answer = ana.ask("PATCH", f"{EVENTS}/aaaaa0", {}, if_match='"0"')
    assert (error(answer)["locationType"], error(answer)["location"]) == ("header", "If-Match")
    _, answer = ana.ask("POST", EVENTS, WEEKLY | {"id": "ccccc0", "end": MONDAY | {"dateTime": "2026-12-07T17:00:00"}})  # fmt: skip
    assert (error(answer)["locationType"], error(answer)["location"]) == ("parameter", "timeMax")


def test_a_fault_of_a_page_in_the_middle(google: Google, ana: Client) -> None:
    for number in range(3):
        ana.make(id=f"bbbbb{number}")
    google.inject(Fault("say", at="calendar.events.list", after=1))
    _, first = ana.ask("GET", EVENTS, maxResults=1)
    query = {"maxResults": 1, "pageToken": first["nextPageToken"]}
    assert [ana.ask("GET", EVENTS, **query)[0] for _ in range(2)] == [503, 200]


class TestProblems:
    """Planted, and found."""

    @pytest.fixture
    def google(self) -> Any:
        with Google() as google:
            yield google

    @pytest.mark.parametrize(
        ("body", "problem"),
        [
            ({"end": None}, "Event.end: None is no object"),
            ({"start": AT_SEVEN | {"dateTime": "2026-12-07 18:00:00"}}, "Event.start.dateTime: '2026-12-07 18:00:00' is no time as RFC 3339 has it"),
            ({"start": AT_SEVEN | {"dateTime": "2026-12-07T18:00"}}, "Event.start.dateTime: '2026-12-07T18:00' is no time as RFC 3339 has it"),
            ({"sequence": 2**31}, "Event.sequence: 2147483648 is no int32"),
            ({"description": None}, "Event.description: None is no string"),
        ],
        ids=["null for what is required", "a space for the T", "no seconds", "too large", "null in an insert"],
    )  # fmt: skip
    def test_in_a_body(self, google: Google, ana: Client, body: dict[str, Any], problem: str) -> None:  # fmt: skip
        assert ana.ask("POST", EVENTS, WEEKLY | body)[0] == 400
        assert google.problems[0] == problem

    def test_what_is_required_is_not_there(self, google: Google, ana: Client) -> None:
        ana.make()
        assert ana.ask("PUT", f"{EVENTS}/aaaaa0", {"start": MONDAY})[0] == 400
        assert google.problems == ["Event: end is required"]

    def test_fewer_than_one(self, google: Google, ana: Client) -> None:
        assert ana.ask("GET", EVENTS, maxResults=0)[0] == 400
        assert google.problems == ["calendar.events.list: maxResults=0: 0 is not from 1 to None"]

    def test_what_the_simulator_itself_does_not_understand(self, google: Google, ana: Client) -> None:  # fmt: skip
        ana.make()
        del google.events.calendars[ANA].events["aaaaa0"]["start"]
        assert ana.ask("GET", EVENTS, timeMin="2026-12-01T00:00:00Z")[0] == 500
        assert google.problems == ["calendar.events.list: KeyError('start')"]
