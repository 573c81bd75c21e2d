"""What Google is asked, how often, and what never comes by: lost answers, hanging accounts, other people's words.

Not the promises of the port: test_google.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest

from connectors.google import Access, Client, GoogleCalendars, Granted
from daemon.domain.meeting import Place, Slot
from daemon.domain.observation import Busy, Unknown
from daemon.errors import AccessLost, Permanent, Temporary
from daemon.simulate.clock import VirtualClock
from tests.conformance.caldav_world import StandingClock
from tests.conformance.calendar_writing import FOURTH, NOON, change
from tests.conformance.following import NOW, WINDOW, half_hour, listing, one_off, series
from tests.conformance.google_world import GoogleHands
from tests.conformance.hanging import EVERYBODY, others_go_on
from tests.servers.google import SCOPES, Fault, Google

pytestmark = pytest.mark.server("the simulated Google")
ANA, BEN = "ana@mentors.example", "ben@mentees.example"
INSERT, PATCH = "calendar.events.insert", "calendar.events.patch"


@pytest.fixture
def google(request: pytest.FixtureRequest) -> Iterator[Google]:
    with Google(NOW) as google:
        yield google
    assert google.problems == []
    request.node.user_properties.append(("bodies", google.validated))


def client_of(google: Google, seconds: float = 20.0) -> Client:
    grants = google.grants
    return Client(
        grants.client_id, grants.client_secret, f"{google.url}/token", google.url, seconds
    )


def connected_by(google: Google, tokens: dict[str, str]) -> GoogleCalendars:
    client = client_of(google)
    return GoogleCalendars(tokens, lambda who: Granted(client, tokens[who]), StandingClock())


def connected(google: Google, *who: str) -> GoogleCalendars:
    return connected_by(google, {each: google.account(each) for each in who})


@pytest.mark.parametrize("harm", ["drop-after", "say-after"])
def test_a_hundred_lost_answers_are_a_hundred_events_and_one_invitation_each(
    google: Google, harm: Any
) -> None:
    calendars = connected(google, ANA)
    for number in range(100):
        google.inject(Fault(harm, INSERT))
        event = one_off(BEN, uid=f"meeting {number}")
        with pytest.raises(Temporary):
            calendars.put(ANA, event, key=f"k/{number}", expected="")
        assert calendars.put(ANA, event, key=f"k/{number}", expected="").repeated
    assert len(google.events.calendars[ANA].events) == 100
    assert [(each.to, each.kind) for each in google.mails] == [(BEN, "invitation")] * 100
    assert [method for _, method, _ in google.calls].count(INSERT) == 100
    assert google.problems == []


@pytest.mark.parametrize("word", ["put", "move", "invite"])
def test_a_lost_answer_to_a_change_is_looked_up_and_nobody_is_told_twice(
    google: Google, word: str
) -> None:
    calendars = connected(google, ANA)
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    google.mails.clear()
    google.inject(Fault("drop-after", PATCH))
    with pytest.raises(Temporary):
        change(calendars, word, Place(ANA, "one", FOURTH), key="k/2")
    told = list(google.mails)
    assert change(calendars, word, Place(ANA, "one", FOURTH), key="k/2").repeated
    assert google.mails == told != []


def test_no_word_of_somebody_elses_event_ever_comes_by(google: Google) -> None:
    calendars, hands = connected(google, ANA, BEN), GoogleHands(google)
    words = {"summary": "CANARY title", "description": "CANARY text", "location": "CANARY place"}
    for who in (ANA, BEN):
        google.browser(who).make(start=NOON.start, end=NOON.end, **words)
        google.browser(who).make(start=NOON.start, end=NOON.end, guests=["x@y.example"], **words)
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    cursor = calendars.changes(ANA, None, WINDOW).cursor
    hands.occupy(ANA, "dentist", half_hour("2026-10-28T09:00"))
    calendars.changes(ANA, cursor, WINDOW)
    calendars.busy(ANA, (ANA, BEN, "nobody@else.example"), WINDOW)
    for word in ("put", "move", "invite", "cancel"):
        change(calendars, word, Place(ANA, "one", FOURTH), key=f"k/{word}")
    assert google.problems == []
    assert len(google.sent) > 10
    assert not any(b"CANARY" in body for body in google.sent)


def test_a_quiet_calendar_costs_one_request_and_a_change_two(google: Google) -> None:
    calendars = connected(google, ANA)
    cursor = calendars.changes(ANA, None, WINDOW).cursor
    google.calls.clear()
    calendars.changes(ANA, cursor, WINDOW)
    assert [method for _, method, _ in google.calls] == ["calendar.events.list"]
    google.calls.clear()
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    assert [method for _, method, _ in google.calls] == ["calendar.events.list", INSERT]


def test_what_is_too_old_to_be_listed_is_not_gone(google: Google) -> None:
    """A 1:1 of half a year ago, and a process that begins anew: its listing does not reach back so far."""
    token, clock = google.account(ANA), VirtualClock(NOW)

    def begun() -> GoogleCalendars:
        return GoogleCalendars([ANA], lambda who: Granted(client_of(google), token), clock)

    calendars = begun()
    calendars.put(ANA, one_off(BEN, uid="old"), key="k/1", expected="")
    cursor = calendars.changes(ANA, None, WINDOW).cursor
    clock.set(NOW + timedelta(days=180))
    google.now = clock.now()
    batch = begun().changes(ANA, cursor, WINDOW)
    assert (batch.complete, batch.observations) == (True, ())


def test_a_series_until_the_end_of_time_is_read_as_any_other(google: Google) -> None:
    """Some programs write the end of the year 9999 for never."""
    calendars = connected(google, ANA)
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")

    def for_ever(answer: Any) -> Any:
        rule = ["RRULE:FREQ=WEEKLY;UNTIL=99991230T120000Z"]
        return {**answer, "items": [{**each, "recurrence": rule} for each in answer["items"]]}

    google.inject(Fault("spoil", "calendar.events.list", spoils=for_ever))
    batch = calendars.changes(ANA, None, WINDOW)
    assert (batch.complete, len(batch.observations), batch.set_aside) == (True, 1, ())


def test_one_that_hangs_delays_none_of_nine_others(google: Google) -> None:
    """Each lane is a thread of its own, and so is its connection."""
    calendars = connected(google, *EVERYBODY)
    google.inject(Fault("hang", "calendar.events.list", account=EVERYBODY[0]))
    others_go_on(calendars, EVERYBODY, google.faults)


def test_no_two_threads_share_a_connection(google: Google) -> None:
    granted = Granted(client_of(google), google.account(ANA))
    access, found = Access(ANA, lambda: granted, StandingClock()), []
    threads = [Thread(target=lambda: found.append(access.http())) for _ in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(20)
    assert len({id(each) for each in [*found, access.http()]}) == 4
    assert access.http() is access.http()
    assert access.events() is access.events()


def test_a_grant_that_was_taken_back_stops_that_account_and_a_new_one_counts_at_once(
    google: Google,
) -> None:
    tokens = {each: google.account(each) for each in (ANA, BEN)}
    calendars = connected_by(google, tokens)
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    before = listing(calendars, ANA)
    google.grants.take_back(ANA)
    with pytest.raises(AccessLost, match=f"run.py connect {ANA}"):
        calendars.changes(ANA, None, WINDOW)
    assert isinstance(calendars.busy(BEN, (ANA,), WINDOW)[ANA], Unknown)
    assert isinstance(calendars.busy(BEN, (BEN,), WINDOW)[BEN], Busy)
    tokens[ANA] = google.grants.granted(ANA, SCOPES)
    assert listing(calendars, ANA) == before


@pytest.mark.parametrize(
    ("status", "reason", "error", "hours"),
    [
        (403, "quotaExceeded", Temporary, 3),
        (403, "forbiddenForServiceAccounts", Permanent, 0),
        (403, "insufficientPermissions", AccessLost, 0),
    ],
)
def test_what_a_refusal_of_an_invitation_means(
    google: Google, status: int, reason: str, error: Any, hours: int
) -> None:
    calendars = connected(google, ANA)
    google.inject(Fault("say", INSERT, status, reason))
    with pytest.raises(error) as raised:
        calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    if hours:
        assert isinstance(raised.value, Temporary)
        assert raised.value.retry_after is not None
        assert raised.value.retry_after.total_seconds() >= hours * 3600
    assert google.events.calendars[ANA].events == {}


@pytest.mark.parametrize("word", ["put", "move", "invite", "cancel"])
def test_a_token_that_ends_hinders_no_change(google: Google, word: str) -> None:
    calendars = connected(google, ANA)
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    google.expire(ANA)
    assert not change(calendars, word, Place(ANA, "one", FOURTH), key="k/2").repeated


def test_half_an_answer_is_none(google: Google) -> None:
    calendars = connected(google, ANA)
    for method in ("calendar.events.list", INSERT):
        google.inject(Fault("tear", method))
        with pytest.raises(Temporary):
            calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    assert calendars.put(ANA, series(ANA, BEN), key="k/1", expected="").repeated


def test_an_app_that_google_does_not_know_is_nobodys_lost_account(google: Google) -> None:
    tokens = {ANA: google.account(ANA)}
    client = Client(google.grants.client_id, "wrong", f"{google.url}/token", google.url)
    calendars = GoogleCalendars(tokens, lambda who: Granted(client, tokens[who]), StandingClock())
    with pytest.raises(Temporary, match="invalid_client") as raised:
        calendars.changes(ANA, None, WINDOW)
    assert raised.value.whole


def test_what_else_is_known_of_the_guests_of_an_event_made_by_hand_stays(google: Google) -> None:
    calendars = connected(google, ANA)
    guest = {"email": BEN, "displayName": "Ben Das", "optional": True}
    body = {"start": NOON.start, "end": NOON.end, "attendees": [guest]}
    name = google.browser(ANA).make(**body)
    uid = f"{name}@google.com"
    google.browser(ANA).answer(name, "accepted")
    calendars.move(ANA, Place(ANA, uid), half_hour("2026-11-05T08:00"), key="k/1", expected="")
    (after,) = google.events.calendars[ANA].events[name]["attendees"]
    assert after == {**guest, "responseStatus": "needsAction"}
    google.calls.clear()
    calendars.put(ANA, series(ANA, BEN), key="k/2", expected="")
    calendars.move(ANA, Place(ANA, "one"), half_hour("2026-11-05T08:00"), key="k/3", expected="")
    assert all(method != "calendar.events.get" for _, method, _ in google.calls)


def test_an_occurrence_of_somebody_elses_series_is_seen_and_goes(google: Google) -> None:
    """Invited to one of them alone."""
    calendars = connected(google, ANA)
    google.account("boss@else.example")
    boss = google.browser("boss@else.example")
    name = boss.make(start=NOON.start, end=NOON.end, recurrence=["RRULE:FREQ=WEEKLY"])
    cursor = calendars.changes(ANA, None, WINDOW).cursor
    second = f"{name}_20261111T120000Z"
    boss.invite(second, ANA)
    batch = calendars.changes(ANA, cursor, WINDOW)
    assert [each.place.uid for each in batch.observations] == [f"{name}@google.com"]
    boss.drop(second, ANA)
    gone = calendars.changes(ANA, batch.cursor, WINDOW)
    assert [type(each).__name__ for each in gone.observations] == ["EventGone"]


def test_of_people_without_an_account_google_is_asked_and_who_shows_nothing_is_unknown(
    google: Google,
) -> None:
    calendars = connected(google, ANA)
    google.account("cleo@else.example")
    google.account("shy@else.example")
    google.share_busy("cleo@else.example", ANA)
    GoogleHands(google).occupy("cleo@else.example", "dentist", NOON)
    told = calendars.busy(ANA, ("cleo@else.example", "shy@else.example"), WINDOW)
    shown = told["cleo@else.example"]
    assert isinstance(shown, Busy)
    assert [(each.start, each.end) for each in shown.intervals] == [(NOON.start, NOON.end)]
    assert isinstance(told["shy@else.example"], Unknown)


def test_a_long_window_is_asked_for_in_parts_and_half_an_answer_is_none(google: Google) -> None:
    calendars, cleo = connected(google, ANA), "cleo@else.example"
    google.account(cleo)
    google.share_busy(cleo, ANA)
    seam = WINDOW.start + timedelta(days=90)
    GoogleHands(google).occupy(cleo, "trip", Slot(seam - timedelta(hours=1), seam + timedelta(hours=1)))  # fmt: skip
    last = Slot(WINDOW.end - timedelta(hours=2), WINDOW.end - timedelta(hours=1))
    GoogleHands(google).occupy(cleo, "dentist", last)
    shown = calendars.busy(ANA, (cleo,), WINDOW)[cleo]
    assert isinstance(shown, Busy)
    assert [(each.start, each.end) for each in shown.intervals] == [
        (seam - timedelta(hours=1), seam), (seam, seam + timedelta(hours=1)), (last.start, last.end),
    ]  # fmt: skip
    assert [each[1] for each in google.calls].count("calendar.freebusy.query") == 5
    google.inject(Fault("spoil", "calendar.freebusy.query", after=3, spoils=lambda _: {}))
    assert isinstance(calendars.busy(ANA, (cleo,), WINDOW)[cleo], Unknown)
