"""The simulated Google answers as recorded answers of the live API do: one test a fact of PROVIDERS.md 2 and 3.

Not a test of the daemon. Asked by plain HTTP.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.google.asking import AT_SEVEN, BEN, EVENTS, MONDAY, WEEKLY, Client, moment
from tests.servers.google import Fault, Google

BERLIN = ZoneInfo("Europe/Berlin")
ANA = "ana@gmail.example"
FIRST, SECOND = "aaaaa0_20261207T170000Z", "aaaaa0_20261214T170000Z"


@pytest.fixture
def ana(google: Google) -> Client:
    refresh = google.account(ANA)
    google.account(BEN)
    return Client(google, refresh)


@pytest.fixture
def ben(google: Google, ana: Client) -> Client:
    return Client(google, google.grants.granted(BEN, ("https://www.googleapis.com/auth/calendar",)))


def reason(answer: Any) -> str:
    return str(answer["error"]["errors"][0]["reason"])


def test_an_id_is_the_clients_own_and_stays_taken_for_ever(ana: Client) -> None:
    ana.make()
    status, answer = ana.ask("POST", EVENTS, WEEKLY)
    assert (status, answer["error"]["message"]) == (409, "The requested identifier already exists.")
    assert ana.ask("DELETE", f"{EVENTS}/aaaaa0") == (204, None)
    status, answer = ana.ask("DELETE", f"{EVENTS}/aaaaa0")
    assert (status, answer["error"]["message"]) == (410, "Resource has been deleted")
    assert ana.ask("POST", EVENTS, WEEKLY)[0] == 409
    assert ana.ask("PUT", f"{EVENTS}/aaaaa0", WEEKLY)[0] == 403
    assert ana.ask("POST", EVENTS, WEEKLY | {"id": "wxyz0"})[0] == 400


def test_a_changed_occurrence_comes_with_its_series(ana: Client) -> None:
    master = ana.make()
    _, token = ana.full()
    body = {"start": MONDAY | {"dateTime": "2026-12-08T10:00:00"}, "end": AT_SEVEN | {"dateTime": "2026-12-08T11:00:00"}}  # fmt: skip
    assert ana.ask("PATCH", f"{EVENTS}/{FIRST}", body)[0] == 200
    series, changed = ana.since(token)
    assert series == master
    assert changed["id"] == FIRST
    assert changed["recurringEventId"] == "aaaaa0"
    assert changed["originalStartTime"] == {"dateTime": "2026-12-07T18:00:00+01:00", "timeZone": "Europe/Berlin"}  # fmt: skip
    assert changed["start"]["dateTime"] == "2026-12-08T10:00:00+01:00"
    assert changed["sequence"] == 1


def test_of_a_deleted_occurrence_six_keys_are_left_and_of_a_series_four(ana: Client) -> None:
    ana.make()
    _, token = ana.full()
    ana.ask("DELETE", f"{EVENTS}/{SECOND}")
    _, gone = ana.since(token)
    assert set(gone) == {"kind", "etag", "id", "status", "recurringEventId", "originalStartTime"}
    assert (gone["id"], gone["status"]) == (SECOND, "cancelled")
    ana.ask("DELETE", f"{EVENTS}/aaaaa0")
    assert {frozenset(each) for each in ana.since(token)} == {frozenset({"kind", "etag", "id", "status"})}  # fmt: skip


def test_this_and_following_makes_a_second_series_without_a_word_of_the_first(
    google: Google, ana: Client
) -> None:
    ana.make(extendedProperties={"private": {"pair": "ana-ben"}})
    browser = google.browser(ANA)
    browser.edit_one("aaaaa0_20261221T170000Z", summary="with a note")
    _, token = ana.full()
    later = moment("2026-12-14T20:00:00").replace(tzinfo=BERLIN)
    new = browser.edit_following(SECOND, start=later, end=later + timedelta(hours=1))
    assert new == "aaaaa0_R20261214T170000"
    found = {each["id"]: each for each in ana.since(token)}
    assert found["aaaaa0"]["recurrence"] == ["RRULE:FREQ=WEEKLY;UNTIL=20261214T165959Z"]
    assert set(found["aaaaa0_20261221T170000Z"]) == {"kind", "etag", "id", "status"}
    second = found[new]
    assert "recurringEventId" not in second
    assert second["iCalUID"] != found["aaaaa0"]["iCalUID"]
    assert second["recurrence"] == ["RRULE:FREQ=WEEKLY"]
    assert second["start"] == {"dateTime": "2026-12-14T20:00:00+01:00", "timeZone": "Europe/Berlin"}
    token = ana.full()[1]
    browser.edit_all("aaaaa0", summary="both")
    assert [each["id"] for each in ana.since(token)] == ["aaaaa0", new]


def test_an_hour_stays_that_hour_when_the_clocks_change(ana: Client) -> None:
    ana.make(start=MONDAY | {"dateTime": "2027-03-22T18:00:00"}, end=AT_SEVEN | {"dateTime": "2027-03-22T19:00:00"})  # fmt: skip
    _, answer = ana.ask("GET", f"{EVENTS}/aaaaa0/instances", maxResults=2)
    assert [(e["id"], e["start"]["dateTime"]) for e in answer["items"]] == [
        ("aaaaa0_20270322T170000Z", "2027-03-22T18:00:00+01:00"),
        ("aaaaa0_20270329T160000Z", "2027-03-29T18:00:00+02:00"),
    ]
    assert answer["nextPageToken"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"start": {"dateTime": "2026-12-07T18:00:00+01:00"}}, "Missing time zone definition for start time."),
        ({"recurrence": ["RRULE:FREQ=WEEKLY;UNTIL=20270101T000000"]}, "Invalid recurrence rule: UNTIL has to be in UTC."),
        ({"end": MONDAY | {"dateTime": "2026-12-07T17:00:00"}}, "The specified time range is empty."),
        ({"start": MONDAY | {"timeZone": "Berlin"}}, "Invalid time zone Berlin"),
    ],
    ids=["no zone", "until in wall time", "over before it begins", "a zone that nobody knows"],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(ana: Client, body: dict[str, Any], message: str) -> None:
    status, answer = ana.ask("POST", EVENTS, WEEKLY | body)
    assert (status, answer["error"]["message"]) == (400, message)


def test_a_token_goes_on_where_its_last_page_ended(ana: Client) -> None:
    for number in range(5):
        ana.make(id=f"bbbbb{number}")
    seen: list[str] = []
    query: dict[str, Any] = {"maxResults": 2}
    while True:
        _, answer = ana.ask("GET", EVENTS, **query)
        seen += [each["id"] for each in answer["items"]]
        if "nextSyncToken" in answer:
            break
        query["pageToken"] = answer["nextPageToken"]
        if len(seen) == 2:
            ana.ask("PATCH", f"{EVENTS}/bbbbb0", {"summary": "changed amid"})
    assert seen == [f"bbbbb{number}" for number in range(5)]
    assert [each["id"] for each in ana.since(answer["nextSyncToken"])] == ["bbbbb0"]


@pytest.mark.parametrize(
    "name", ["timeMin", "timeMax", "updatedMin", "orderBy", "q", "iCalUID", "privateExtendedProperty"]
)  # fmt: skip
def test_with_a_token_nothing_else_may_be_asked_for(ana: Client, name: str) -> None:
    _, token = ana.full()
    value = {"orderBy": "updated", "privateExtendedProperty": "a=b"}.get(name, "2026-12-07T18:00:00Z")  # fmt: skip
    assert ana.ask("GET", EVENTS, syncToken=token, **{name: value})[0] == 400


def test_with_a_token_the_rest_is_as_in_the_first_request(ana: Client) -> None:
    _, token = ana.full()
    assert ana.ask("GET", EVENTS, syncToken=token, singleEvents="true")[0] == 400
    assert ana.ask("GET", EVENTS, syncToken=token, showDeleted="false")[0] == 400


@pytest.mark.parametrize("why", ["fullSyncRequired", "updatedMinTooLongAgo", "deleted"])
def test_a_token_that_is_too_old(google: Google, ana: Client, why: str) -> None:
    _, token = ana.full()
    google.expire(ANA, why)
    status, answer = ana.ask("GET", EVENTS, syncToken=token)
    error = answer["error"]["errors"][0]
    assert (status, error["reason"], error["domain"]) == (410, why, "calendar")
    assert error["location"] == "syncToken"


def test_an_etag_that_is_not_the_last(ana: Client) -> None:
    old = ana.make()["etag"]
    _, answer = ana.ask("PATCH", f"{EVENTS}/aaaaa0", {"summary": "x"}, if_match=old)
    assert answer["etag"] != old
    status, answer = ana.ask("PATCH", f"{EVENTS}/aaaaa0", {"summary": "y"}, if_match=old)
    assert (status, reason(answer)) == (412, "conditionNotMet")
    assert ana.ask("DELETE", f"{EVENTS}/aaaaa0", if_match=old)[0] == 412


def test_guests_have_a_copy_and_what_they_say_is_in_all_of_them(
    google: Google, ana: Client, ben: Client
) -> None:
    ana.make(extendedProperties={"private": {"pair": "ana-ben"}})
    _, copy = ben.ask("GET", f"{EVENTS}/aaaaa0")
    assert copy["organizer"] == {"email": ANA}
    assert copy["attendees"] == [{"email": BEN, "responseStatus": "needsAction", "self": True}]
    assert "extendedProperties" not in copy
    _, token = ana.full()
    google.browser(BEN).answer(SECOND, "declined", "Exam")
    series, said = ana.since(token)
    assert series["attendees"] == [{"email": BEN, "responseStatus": "needsAction"}]
    assert said["attendees"] == [{"email": BEN, "responseStatus": "declined", "comment": "Exam"}]
    google.browser(BEN).delete_all("aaaaa0")
    assert ana.ask("GET", f"{EVENTS}/aaaaa0")[1]["attendees"][0]["responseStatus"] == "declined"
    assert ana.ask("PATCH", f"{EVENTS}/aaaaa0", {"summary": "Ours"})[0] == 200
    status, answer = ben.ask("PATCH", f"{EVENTS}/{FIRST}", {"summary": "Mine"})
    assert (status, reason(answer)) == (403, "forbiddenForNonOrganizer")


@pytest.mark.parametrize(
    ("wanted", "to"),
    [("all", [BEN, "chi@else.example"]), ("externalOnly", ["chi@else.example"]), ("none", []), ("", [])],
)  # fmt: skip
def test_who_is_told(google: Google, ana: Client, wanted: str, to: list[str]) -> None:
    query = {"sendUpdates": wanted} if wanted else {}
    guests = [{"email": BEN}, {"email": "chi@else.example"}]
    ana.ask("POST", EVENTS, WEEKLY | {"attendees": guests}, **query)
    assert [(each.to, each.kind) for each in google.mails] == [(one, "invitation") for one in to]
    ana.ask("DELETE", f"{EVENTS}/aaaaa0", **query)
    assert [each.to for each in google.mails if each.kind == "cancellation"] == to


def test_busy_is_what_takes_time_and_who_is_not_known_is_not_free(
    google: Google, ana: Client, ben: Client
) -> None:
    browser = google.browser(BEN)
    at = moment("2026-12-07T10:00:00").replace(tzinfo=BERLIN)
    hour = timedelta(hours=1)
    browser.make(summary="A secret", start=at, end=at + hour)
    browser.make(summary="Another", start=at + hour / 2, end=at + 2 * hour)
    browser.make(summary="Free", start=at + 4 * hour, end=at + 5 * hour, transparency="transparent")
    browser.make(summary="Office", start=at + 4 * hour, end=at + 5 * hour, eventType="workingLocation")  # fmt: skip
    browser.make(summary="Ill", start=date(2026, 12, 8), end=date(2026, 12, 9))
    google.share_busy(BEN, ANA)
    body = {
        "timeMin": "2026-12-07T00:00:00Z", "timeMax": "2026-12-09T12:00:00Z",
        "items": [{"id": BEN}, {"id": "nobody@gmail.example"}],
    }  # fmt: skip
    status, answer = ana.ask("POST", "/calendar/v3/freeBusy", body)
    assert status == 200
    assert answer["calendars"][BEN]["busy"] == [
        {"start": "2026-12-07T09:00:00Z", "end": "2026-12-07T11:00:00Z"},
        {"start": "2026-12-07T23:00:00Z", "end": "2026-12-08T23:00:00Z"},
    ]
    assert answer["calendars"]["nobody@gmail.example"]["errors"][0]["reason"] == "notFound"
    many = body | {"items": [{"id": BEN}] * 51}
    assert ana.ask("POST", "/calendar/v3/freeBusy", many)[0] == 400


def test_a_mask_lets_through_what_it_names(google: Google, ana: Client) -> None:
    at = moment("2026-12-07T10:00:00").replace(tzinfo=BERLIN)
    google.browser(ANA).make(summary="CANARY", start=at, end=at + timedelta(hours=1))
    google.sent.clear()
    _, answer = ana.ask("GET", EVENTS, fields="items(id,start/dateTime),nextSyncToken")
    assert set(answer) == {"items", "nextSyncToken"}
    assert [set(each) for each in answer["items"]] == [{"id", "start"}]
    assert not any(b"CANARY" in body for body in google.sent)
    assert ana.ask("GET", EVENTS, fields="items(id,titel)")[0] == 400
    assert ana.ask("GET", EVENTS, fields="items(id")[0] == 400


def test_a_link_is_made_where_it_is_asked_for_by_its_version(ana: Client) -> None:
    wish = {"conferenceData": {"createRequest": {"requestId": "r1"}}}
    _, event = ana.ask("POST", EVENTS, WEEKLY | wish)
    assert "hangoutLink" not in event
    _, event = ana.ask("POST", EVENTS, WEEKLY | wish | {"id": "aaaaa1"}, conferenceDataVersion=1)
    assert event["hangoutLink"] == "https://meet.google.com/abc-defg-hij"
    assert event["conferenceData"]["createRequest"]["status"] == {"statusCode": "success"}


def test_who_has_invited_too_many_may_read_and_not_invite(google: Google, ana: Client) -> None:
    google.events.spared.add(ANA)
    status, answer = ana.ask("POST", EVENTS, WEEKLY)
    assert (status, reason(answer)) == (403, "quotaExceeded")
    assert ana.ask("GET", EVENTS)[0] == 200


def test_a_token_that_was_taken_back(google: Google, ana: Client) -> None:
    google.grants.take_back(ANA)
    assert ana.ask("GET", EVENTS)[0] == 401


def test_a_scope_that_was_not_given(google: Google, ana: Client) -> None:
    only = google.grants.granted(ANA, ("https://www.googleapis.com/auth/calendar.freebusy",))
    status, answer = Client(google, only).ask("GET", EVENTS)
    assert (status, reason(answer)) == (403, "insufficientPermissions")


def test_an_answer_that_is_lost_after_it_was_done(google: Google, ana: Client) -> None:
    google.inject(Fault("drop-after", at="calendar.events.insert"))
    with pytest.raises(ConnectionError):
        ana.make()
    assert ana.ask("POST", EVENTS, WEEKLY)[0] == 409
    google.inject(Fault("say-after", at="calendar.events.delete", status=503))
    assert ana.ask("DELETE", f"{EVENTS}/aaaaa0")[0] == 503
    assert ana.ask("DELETE", f"{EVENTS}/aaaaa0")[0] == 410


class TestWhatTheSchemaDoesNotKnow:
    """Planted, and found."""

    @pytest.fixture
    def google(self) -> Iterator[Google]:
        with Google() as google:
            yield google

    def test_a_field_of_a_request(self, google: Google, ana: Client) -> None:
        assert ana.ask("POST", EVENTS, WEEKLY | {"titel": "x"})[0] == 400
        assert google.problems == ["Event: no property titel"]

    def test_a_parameter(self, google: Google, ana: Client) -> None:
        assert ana.ask("GET", EVENTS, sendUpdate="all")[0] == 400
        assert google.problems == ["calendar.events.list: no parameter sendUpdate"]

    def test_a_field_of_an_answer(self, google: Google, ana: Client) -> None:
        ana.make()
        google.events.calendars[ANA].events["aaaaa0"]["colour"] = "red"
        ana.ask("GET", f"{EVENTS}/aaaaa0")
        assert google.problems == ["Event: no property colour"]
