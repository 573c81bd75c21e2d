"""What we write on a real server, read back by an independent client: the same instants, whatever the clocks do.

Not our own reading: the `caldav` package asks, expands on its side, and lets the server expand by our VTIMEZONEs.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import caldav
import httpx
import pytest

from connectors.internet import InternetCalendars, Reached
from daemon.domain.cadence import SeriesRule
from daemon.domain.meeting import Place
from tests.conformance.caldav_world import StandingClock
from tests.conformance.calendar_times import TWELVE_ZONES
from tests.conformance.following import half_hour, series, utc
from tests.conformance.test_caldav_radicale import ANA, BEN, PASSWORDS, Vault
from tests.servers import radicale

pytestmark = pytest.mark.server("Radicale")
CHANGED_IN_2026 = (
    "America/Vancouver",
    "America/Edmonton",
    "America/Winnipeg",
    "America/Inuvik",
    "Africa/Casablanca",
    "America/Havana",
)
"""Zones whose rules for the time after November 2026 are others than they were believed to be (trap_91)."""
ZONES = tuple(dict.fromkeys((*TWELVE_ZONES, *CHANGED_IN_2026)))
START, END = utc("2026-10-01T00:00"), utc("2027-11-20T00:00")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("radicale")
    with radicale.radicale(folder, PASSWORDS) as url:
        login = (ANA, PASSWORDS[ANA])
        assert httpx.request("MKCALENDAR", f"{url}{ANA}/main/", auth=login).status_code == 201
        yield url


@pytest.fixture(scope="module")
def ours(url: str) -> InternetCalendars:
    return InternetCalendars(
        [Reached(ANA, url=url, own_network=True)], Vault(PASSWORDS), StandingClock()
    )


@pytest.fixture(scope="module")
def theirs(url: str) -> Iterator[Any]:
    """trap_100: with its kind of login named, and without guessing."""
    with caldav.DAVClient(
        url, username=ANA, password=PASSWORDS[ANA], auth_type="basic", timeout=300
    ) as client:
        yield client.calendar(url=f"{url}{ANA.replace('@', '%40')}/main/")


def read(theirs: Any, uid: str, **how: bool) -> list[datetime]:
    """The starts of one event, as the other client tells them."""
    found = theirs.search(start=START, end=END, event=True, **how)
    parts = [part for each in found for part in each.icalendar_instance.walk("VEVENT")]
    starts = [part.decoded("DTSTART") for part in parts if str(part["UID"]) == uid]
    assert all(start.tzinfo is not None for start in starts)
    return sorted(start.astimezone(UTC) for start in starts)


def expected(zone: str) -> list[datetime]:
    """Every Tuesday at ten on that zone's clock, from October to October: both changes of the clocks."""
    days = [date.fromordinal(date(2026, 10, 6).toordinal() + 7 * week) for week in range(56)]
    at = [datetime(day.year, day.month, day.day, 10, tzinfo=ZoneInfo(zone)) for day in days]
    return [each.astimezone(UTC) for each in at]


@pytest.mark.parametrize("zone", ZONES)
def test_trap_1_trap_91_another_client_reads_the_same_instants(
    ours: InternetCalendars, theirs: Any, zone: str
) -> None:
    uid = zone.replace("/", "-")
    rule = SeriesRule("2026-10-06T10:00", zone, 30, until=date(2027, 10, 26))
    ours.put(ANA, series(ANA, BEN, uid=uid, rule=rule), key=uid, expected="")
    assert read(theirs, uid, expand=True) == expected(zone)
    ours.cancel(ANA, Place(ANA, uid), key="off", expected="")


@pytest.mark.parametrize("zone", ZONES)
def test_trap_93_the_server_expands_our_zones_to_the_same_instants(
    ours: InternetCalendars, theirs: Any, zone: str
) -> None:
    uid = f"server-{zone.replace('/', '-')}"
    rule = SeriesRule("2026-10-06T10:00", zone, 30, until=date(2027, 10, 26))
    ours.put(ANA, series(ANA, BEN, uid=uid, rule=rule), key=uid, expected="")
    assert read(theirs, uid, server_expand=True) == expected(zone)
    ours.cancel(ANA, Place(ANA, uid), key="off", expected="")


def test_trap_91_vancouver_stays_on_summer_time(ours: InternetCalendars, theirs: Any) -> None:
    rule = SeriesRule("2026-12-01T10:00", "America/Vancouver", 30, until=date(2026, 12, 1))
    ours.put(ANA, series(ANA, BEN, uid="van", rule=rule), key="van", expected="")
    assert read(theirs, "van", expand=True) == [utc("2026-12-01T17:00")]


def test_another_client_sees_what_was_moved_and_what_was_taken_off(
    ours: InternetCalendars, theirs: Any
) -> None:
    rule = SeriesRule("2026-10-06T10:00", "Europe/Berlin", 30, until=date(2026, 11, 10))
    ours.put(ANA, series(ANA, BEN, uid="one", rule=rule), key="k/1", expected="")
    to = half_hour("2026-11-04T12:00")
    ours.move(ANA, Place(ANA, "one", "2026-10-27T10:00"), to, key="k/2", expected="")
    ours.cancel(ANA, Place(ANA, "one", "2026-11-03T10:00"), key="k/3", expected="")
    assert read(theirs, "one", expand=True) == [
        utc("2026-10-06T08:00"),
        utc("2026-10-13T08:00"),
        utc("2026-10-20T08:00"),
        to.start,
        utc("2026-11-10T09:00"),
    ]


def test_trap_94_every_event_has_an_end(ours: InternetCalendars, theirs: Any) -> None:
    ours.put(ANA, series(ANA, BEN, uid="ends"), key="ends", expected="")
    (event,) = [each for each in theirs.events() if each.icalendar_component["UID"] == "ends"]
    assert "DTEND" in event.icalendar_component and "DURATION" not in event.icalendar_component
