"""The simulated Google knows what an event can be: of a kind, with a Meet link, with many guests, a copy from elsewhere.

Not who is busy by it: test_simulator.py. Asked by plain HTTP; where a fact comes from is told beside the code.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.google.asking import ANA, AT_SEVEN, BEN, EVENTS, MONDAY, WEEKLY, Client, moment
from tests.servers.google import Google

FREEBUSY = "/calendar/v3/freeBusy"
BERLIN = ZoneInfo("Europe/Berlin")
ALL = ("https://www.googleapis.com/auth/calendar",)
ALONE = {name: value for name, value in WEEKLY.items() if name not in ("recurrence", "attendees")}
DAY = {"start": {"date": "2026-12-07"}, "end": {"date": "2026-12-08"}}
WISH = {"conferenceData": {"createRequest": {"requestId": "r1"}}}


@pytest.fixture
def ana(google: Google) -> Client:
    refresh = google.account(ANA, scopes=ALL)
    google.account(BEN)
    return Client(google, refresh)


@pytest.fixture
def ben(google: Google, ana: Client) -> Client:
    return Client(google, google.grants.granted(BEN, ALL))


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"eventType": "fromGmail"}, "Event type fromGmail cannot be created."),
        ({"eventType": "holiday"}, "Event type holiday cannot be created."),
        ({"eventType": "outOfOffice"} | DAY, "An event of type outOfOffice cannot last all day."),
        ({"eventType": "focusTime", "attendees": [{"email": BEN}]}, "An event of type focusTime cannot have attendees."),
        ({"outOfOfficeProperties": {}}, "outOfOfficeProperties requires an event type of outOfOffice"),
        ({"eventType": "birthday"} | DAY, "A birthday lasts all day, and comes every year."),
    ],
)  # fmt: skip
def test_what_a_kind_cannot_be(ana: Client, body: dict[str, Any], message: str) -> None:
    status, answer = ana.ask("POST", EVENTS, ALONE | body)
    assert (status, answer["error"]["message"]) == (400, message)


def test_a_kind_is_for_good_and_is_found_by_it(ana: Client) -> None:
    for number, kind in enumerate(("default", "outOfOffice", "focusTime", "workingLocation")):
        assert ana.ask("POST", EVENTS, ALONE | {"id": f"aaaaa{number}", "eventType": kind})[0] == 200  # fmt: skip
    birthday = {"id": "aaaaa4", "eventType": "birthday", "recurrence": ["RRULE:FREQ=YEARLY"]}
    assert ana.ask("POST", EVENTS, ALONE | birthday | DAY)[0] == 200
    _, event = ana.ask("PATCH", f"{EVENTS}/aaaaa1", {"eventType": "default"})
    assert event["eventType"] == "outOfOffice"
    _, answer = ana.ask("GET", EVENTS, eventTypes=["outOfOffice", "birthday"])
    assert [each["id"] for each in answer["items"]] == ["aaaaa1", "aaaaa4"]
    window = {"timeMin": "2026-12-01T00:00:00Z", "timeMax": "2026-12-31T00:00:00Z", "items": [{"id": "primary"}]}  # fmt: skip
    ana.ask("DELETE", f"{EVENTS}/aaaaa0")
    _, answer = ana.ask("POST", FREEBUSY, window)
    assert answer["calendars"]["primary"]["busy"] == [
        {"start": "2026-12-07T17:00:00Z", "end": "2026-12-07T18:00:00Z"}
    ]


def test_a_link_that_is_pending_is_there_with_the_next_look(google: Google, ana: Client) -> None:
    google.events.makes_meetings = "pending"
    _, event = ana.ask("POST", EVENTS, WEEKLY | WISH, conferenceDataVersion=1)
    assert event["conferenceData"]["createRequest"]["status"] == {"statusCode": "pending"}
    assert "hangoutLink" not in event
    _, token = ana.full()
    _, event = ana.ask("GET", f"{EVENTS}/aaaaa0")
    assert event["conferenceData"]["createRequest"]["status"] == {"statusCode": "success"}
    assert event["conferenceData"]["entryPoints"][0]["uri"] == event["hangoutLink"]
    assert [each["hangoutLink"] for each in ana.since(token)] == [event["hangoutLink"]]
    assert google.events.calendars[BEN].events["aaaaa0"]["hangoutLink"] == event["hangoutLink"]


def test_a_link_that_fails_and_another_request_for_it(google: Google, ana: Client) -> None:
    google.events.makes_meetings = "failure"
    _, event = ana.ask("POST", EVENTS, WEEKLY | WISH, conferenceDataVersion=1)
    assert event["conferenceData"]["createRequest"]["status"] == {"statusCode": "failure"}
    google.events.makes_meetings = "success"
    path = f"{EVENTS}/aaaaa0"
    _, event = ana.ask("PATCH", path, WISH, conferenceDataVersion=1)
    assert "hangoutLink" not in event  # of the same name: it is none
    again = {"conferenceData": {"createRequest": {"requestId": "r2"}}}
    _, event = ana.ask("PATCH", path, again, conferenceDataVersion=1)
    assert event["hangoutLink"]
    _, event = ana.ask("PATCH", path, {"conferenceData": None})
    assert event["hangoutLink"]  # without its version nothing is read
    _, event = ana.ask("PATCH", path, {"conferenceData": None}, conferenceDataVersion=1)
    assert {"hangoutLink", "conferenceData"}.isdisjoint(event)


def test_a_link_of_another_kind_is_refused(ana: Client) -> None:
    wish = {"createRequest": {"requestId": "r1", "conferenceSolutionKey": {"type": "eventHangout"}}}
    status, answer = ana.ask("POST", EVENTS, WEEKLY | {"conferenceData": wish}, conferenceDataVersion=1)  # fmt: skip
    assert (status, answer["error"]["message"]) == (400, "Invalid conference type value.")


@pytest.mark.parametrize(("guests", "heard"), [(200, "declined"), (201, "needsAction")])
def test_among_more_than_200_guests_nobody_hears_of_the_others(
    google: Google, ana: Client, guests: int, heard: str
) -> None:
    google.account("chi@gmail.example")
    people = [BEN, "chi@gmail.example", *(f"g{number}@x.example" for number in range(guests - 2))]
    assert ana.ask("POST", EVENTS, WEEKLY | {"attendees": [{"email": each} for each in people]})[0] == 200  # fmt: skip
    google.browser(BEN).answer("aaaaa0", "declined")
    said = {
        who: google.events.calendars[who].events["aaaaa0"]["attendees"][0]["responseStatus"]
        for who in (ANA, BEN, "chi@gmail.example")
    }
    assert said == {ANA: "declined", BEN: "declined", "chi@gmail.example": heard}


def test_each_copy_has_its_own_tags_and_all_have_the_shared_ones(ana: Client, ben: Client) -> None:
    ana.make(extendedProperties={"private": {"pair": "1"}, "shared": {"program": "koss"}})
    ben.ask("PATCH", f"{EVENTS}/aaaaa0", {"extendedProperties": {"private": {"mine": "2"}}})
    ana.ask("PATCH", f"{EVENTS}/aaaaa0", {"summary": "Ours"})
    _, event = ben.ask("GET", f"{EVENTS}/aaaaa0")
    assert event["extendedProperties"] == {"private": {"mine": "2"}, "shared": {"program": "koss"}}
    _, event = ana.ask("GET", f"{EVENTS}/aaaaa0")
    assert event["extendedProperties"] == {"private": {"pair": "1"}, "shared": {"program": "koss"}}


def test_who_is_invited_to_one_occurrence_has_that_alone(google: Google, ana: Client) -> None:
    ana.make()
    chi = Client(google, google.account("chi@gmail.example"))
    one = "aaaaa0_20261214T170000Z"
    google.browser(ANA).invite(one, "chi@gmail.example")
    items, _ = chi.full()
    assert [(each["id"], each["recurringEventId"]) for each in items] == [(one, "aaaaa0")]
    _, answer = chi.ask("GET", EVENTS, singleEvents="true")
    assert [each["id"] for each in answer["items"]] == [one]


def test_what_is_imported_is_a_copy_of_which_nobody_hears(google: Google, ana: Client) -> None:
    body = {name: value for name, value in WEEKLY.items() if name != "id"} | {"iCalUID": "1@else.example"}  # fmt: skip
    organizer = {"email": "chi@else.example"}
    _, event = ana.ask("POST", f"{EVENTS}/import", body | {"organizer": organizer})
    assert (event["iCalUID"], event["organizer"]) == ("1@else.example", organizer)
    assert (google.mails, google.events.calendars[BEN].events) == ([], {})
    _, again = ana.ask("POST", f"{EVENTS}/import", body | {"summary": "New"})
    assert (again["id"], again["summary"]) == (event["id"], "New")
    status, answer = ana.ask("POST", f"{EVENTS}/import", body | {"eventType": "focusTime"})
    assert (status, answer["error"]["errors"][0]["reason"]) == (400, "eventTypeRestriction")


def test_the_calendar_and_its_settings_know_the_zone(google: Google, ana: Client) -> None:
    _, calendar = ana.ask("GET", "/calendar/v3/calendars/primary")
    _, setting = ana.ask("GET", "/calendar/v3/users/me/settings/timezone")
    assert (calendar["id"], calendar["timeZone"], setting["value"]) == (ANA, "Europe/Berlin", "Europe/Berlin")  # fmt: skip
    _, settings = ana.ask("GET", "/calendar/v3/users/me/settings")
    assert setting in settings["items"]
    assert ana.ask("GET", "/calendar/v3/users/me/settings/shoesize")[0] == 404
    narrow = Client(google, google.account(BEN))
    assert narrow.ask("GET", "/calendar/v3/users/me/settings/timezone")[0] == 403


def test_an_hour_becomes_a_day_in_the_web_interface(google: Google, ana: Client) -> None:
    ana.ask("POST", EVENTS, ALONE)
    browser = google.browser(ANA)
    browser.edit_one("aaaaa0", start=date(2026, 12, 7), end=date(2026, 12, 8))
    assert ana.ask("GET", f"{EVENTS}/aaaaa0")[1]["start"] == {"date": "2026-12-07"}
    at = moment("2026-12-07T18:00:00").replace(tzinfo=BERLIN)
    browser.edit_one("aaaaa0", start=at, end=at + timedelta(hours=1))
    _, event = ana.ask("GET", f"{EVENTS}/aaaaa0")
    assert (event["start"]["dateTime"], event["end"]["dateTime"]) == ("2026-12-07T18:00:00+01:00", "2026-12-07T19:00:00+01:00")  # fmt: skip


def test_a_series_that_becomes_a_single_event(ana: Client) -> None:
    ana.make()
    _, event = ana.ask("PATCH", f"{EVENTS}/aaaaa0", {"recurrence": []})
    assert "recurrence" not in event
    assert event["start"]["dateTime"] == "2026-12-07T18:00:00+01:00"
    assert (MONDAY["timeZone"], AT_SEVEN["timeZone"]) == (event["start"]["timeZone"],) * 2


def test_to_say_cancelled_is_to_delete(google: Google, ana: Client) -> None:
    ana.make()
    one = "aaaaa0_20261214T170000Z"
    _, event = ana.ask("PATCH", f"{EVENTS}/{one}", {"status": "cancelled"}, sendUpdates="all")
    assert set(event) == {"kind", "etag", "id", "status", "recurringEventId", "originalStartTime"}
    assert [(each.to, each.kind) for each in google.mails[1:]] == [(BEN, "cancellation")]
    _, event = ana.ask("PATCH", f"{EVENTS}/{one}", {"status": "confirmed"})
    assert (event["status"], event["summary"]) == ("confirmed", "1:1")


def test_what_is_tentative_stays_so(ana: Client) -> None:
    ana.make(status="tentative")
    assert ana.ask("PATCH", f"{EVENTS}/aaaaa0", {"summary": "x"})[1]["status"] == "tentative"


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        (["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=Europe/Berlin:20261214T180000"], [7, 21]),
        (["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=Asia/Tokyo:20261215T020000"], [7, 21]),
        (["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20261214T170000Z"], [7, 21]),
        (["RRULE:FREQ=WEEKLY;COUNT=2", "RDATE;TZID=Europe/Berlin:20261209T180000"], [7, 9, 14]),
        (["RRULE:FREQ=WEEKLY;COUNT=3", "EXRULE:FREQ=WEEKLY;INTERVAL=2"], [14]),
        (["RRULE:FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20261214T170000Z"], [7, 10, 14]),
    ],
)
def test_rules_of_a_series(ana: Client, lines: list[str], days: list[int]) -> None:
    ana.make(recurrence=lines)
    _, answer = ana.ask("GET", f"{EVENTS}/aaaaa0/instances")
    assert [moment(each["start"]["dateTime"]).day for each in answer["items"]] == days


def test_this_and_following_keeps_the_number_of_times(google: Google, ana: Client) -> None:
    ana.make(recurrence=["RRULE:FREQ=WEEKLY;COUNT=5"])
    browser = google.browser(ANA)
    new = browser.edit_following("aaaaa0_20261221T170000Z", summary="Later")
    rules = {name: google.events.calendars[ANA].events[name]["recurrence"] for name in ("aaaaa0", new)}  # fmt: skip
    assert rules == {"aaaaa0": ["RRULE:FREQ=WEEKLY;UNTIL=20261221T165959Z"], new: ["RRULE:FREQ=WEEKLY;COUNT=3"]}  # fmt: skip


def test_this_and_following_from_the_first_on_is_all(google: Google, ana: Client) -> None:
    ana.make()
    browser, first = google.browser(ANA), "aaaaa0_20261207T170000Z"
    assert browser.edit_following(first, summary="New") == "aaaaa0"
    assert ana.ask("GET", f"{EVENTS}/aaaaa0")[1]["summary"] == "New"
    browser.delete_following(first)
    assert ana.ask("GET", f"{EVENTS}/aaaaa0")[1]["status"] == "cancelled"
