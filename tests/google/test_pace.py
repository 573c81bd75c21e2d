"""Google is asked less often than it takes, and left alone for as long as it says.

Not what is asked. The limits of the simulated Google are those that it is known to have.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from connectors.google import Client, GoogleCalendars, Granted
from connectors.google.pace import Pace
from daemon.domain.meeting import Place, Slot
from daemon.domain.program import GoogleLimits
from daemon.errors import Temporary
from daemon.simulate.clock import VirtualClock
from tests.conformance.following import one_off
from tests.servers.google import Fault, Google

NOW = datetime(2026, 12, 7, 9, tzinfo=UTC)
ANA, BEN = "ana@mentors.example", "ben@mentees.example"
WINDOW = Slot(NOW - timedelta(days=30), NOW + timedelta(days=60))
INSERT = "calendar.events.insert"


def as_often_as_it_goes(
    pace: Pace, people: list[str], steps: int, step: timedelta
) -> list[datetime]:
    """Everybody asks at every moment; when it went."""
    went = []
    for number in range(steps):
        now = NOW + number * step
        for each in people:
            while True:
                try:
                    pace.take(each, now)
                except Temporary as why:
                    assert why.retry_after is not None and why.retry_after > timedelta(0)
                    break
                went.append(now)
    return went


def most_in(window: timedelta, went: list[datetime]) -> int:
    """In any window of that length."""
    begins, most = 0, 0
    for ends, moment in enumerate(went):
        while went[begins] <= moment - window:
            begins += 1
        most = max(most, ends - begins + 1)
    return most


@pytest.mark.parametrize(
    ("limits", "people", "window", "limit"),
    [
        (GoogleLimits(60, 10_000, 1_000_000), 1, timedelta(minutes=1), 60),
        (GoogleLimits(600, 60, 1_000_000), 4, timedelta(minutes=1), 60),
        (GoogleLimits(600, 600, 500), 4, timedelta(days=1), 500),
    ],
)
def test_no_window_has_more_than_google_takes(
    limits: GoogleLimits, people: int, window: timedelta, limit: int
) -> None:
    step = window / 240
    went = as_often_as_it_goes(Pace(limits), [f"p{n}" for n in range(people)], 960, step)
    assert limit * 0.9 <= most_in(window, went) <= limit
    assert len(went) > 1.9 * limit  # and it goes on


def test_a_clock_that_goes_back_brings_nothing() -> None:
    pace = Pace(GoogleLimits(2, 100, 100))
    pace.take(ANA, NOW)
    with pytest.raises(Temporary):
        pace.take(ANA, NOW - timedelta(hours=1))
    pace.take(ANA, NOW + timedelta(hours=1))


def test_who_is_refused_comes_back_by_chance_and_later_each_time() -> None:
    pace, waits = Pace(), []
    for _ in range(12):
        waits.append([pace.refused(f"m{n}@x.example", NOW) for n in range(200)])
    for number, some in enumerate(waits, start=1):
        most = min(timedelta(hours=1), timedelta(minutes=2**number))
        assert timedelta(0) <= min(some) < most * 0.1
        assert most * 0.9 < max(some) <= most
        assert len(Counter(some)) > 190
    pace.answered("m0@x.example")
    assert pace.refused("m0@x.example", NOW) <= timedelta(minutes=2)


def test_where_google_takes_no_guests_nobody_is_invited_for_hours_and_the_rest_goes_on(
    google: Google,
) -> None:
    google.now, clock = NOW, VirtualClock(NOW)
    grants = google.grants
    client = Client(grants.client_id, grants.client_secret, f"{google.url}/token", google.url)
    tokens = {each: google.account(each) for each in (ANA, "dan@mentors.example")}
    calendars = GoogleCalendars(tokens, lambda who: Granted(client, tokens[who]), clock)
    calendars.put(ANA, one_off(BEN, uid="one"), key="k/1", expected="")
    google.inject(Fault("say", INSERT, 403, reason="quotaExceeded"))
    for _ in range(3):
        with pytest.raises(Temporary, match="invite nobody for some hours") as why:
            calendars.put(ANA, one_off(BEN, uid="two"), key="k/2", expected="")
        assert why.value.whole
        clock.spend(timedelta(minutes=30))
    asked = Counter(method for who, method, _ in google.calls if who == ANA)
    assert asked[INSERT] == 2
    calendars.cancel(ANA, Place(ANA, "one"), key="k/3", expected="")
    assert calendars.changes(ANA, None, WINDOW).complete
    calendars.put("dan@mentors.example", one_off(BEN, uid="three"), key="k/4", expected="")
    clock.spend(timedelta(hours=2))
    calendars.put(ANA, one_off(BEN, uid="two"), key="k/2", expected="")
