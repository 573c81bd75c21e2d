"""Wall clocks and quiet hours as tables (TRAPS 2, 3; RULES 8).

Not when letters come: tests/stories/test_preps.py.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from daemon.decide.moment import (
    Quiet,
    Watch,
    at_minute,
    instant,
    local_day,
    quiet,
    quiet_hours,
    speakable,
    speakable_before,
    speakable_to_all,
)
from daemon.domain.people import LetterRules
from daemon.domain.value import replace
from tests.stories.cast import ANA, KOSS

BERLIN, KOLKATA = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kolkata")
VANCOUVER, AUCKLAND = ZoneInfo("America/Vancouver"), ZoneInfo("Pacific/Auckland")
AT_KOSS = quiet_hours(ANA, BERLIN, KOSS)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("wall", "zone", "expected"),
    [
        ("2026-10-13T15:00", "Europe/Berlin", "2026-10-13T13:00"),
        ("2026-10-27T15:00", "Europe/Berlin", "2026-10-27T14:00"),
        # trap_2: 02:30 does not exist on 29 March; the offset before the change counts
        ("2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:30"),
        ("2026-03-29T03:00", "Europe/Berlin", "2026-03-29T01:00"),
        # trap_3: 02:30 happens twice on 25 October; the first one counts
        ("2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30"),
        ("2026-10-25T03:00", "Europe/Berlin", "2026-10-25T02:00"),
        ("2026-12-01T10:00", "America/Vancouver", "2026-12-01T17:00"),  # trap_91
        ("2026-12-01T10:00", "Asia/Kolkata", "2026-12-01T04:30"),
        ("2026-10-04T02:15", "Australia/Lord_Howe", "2026-10-03T15:45"),  # a gap of half an hour
        ("2026-12-01T10:00", "Pacific/Apia", "2026-11-30T21:00"),
    ],
)
def test_a_wall_clock_as_an_instant(wall: str, zone: str, expected: str) -> None:
    assert instant(datetime.fromisoformat(wall), ZoneInfo(zone)) == utc(expected)


def test_minutes_of_a_day_count_the_clock_and_not_what_has_passed() -> None:
    day = date(2026, 10, 25)  # a day of 25 hours
    assert at_minute(day, 0, BERLIN) == utc("2026-10-24T22:00")
    assert at_minute(day, 9 * 60, BERLIN) == utc("2026-10-25T08:00")
    assert at_minute(day, 24 * 60 - 1, BERLIN) == utc("2026-10-25T22:59")
    assert at_minute(day, 24 * 60, BERLIN) == utc("2026-10-25T23:00")
    assert local_day(utc("2026-10-25T23:30"), BERLIN) == date(2026, 10, 26)


def test_whose_quiet_hours_are_whose() -> None:
    assert quiet_hours(ANA, BERLIN, KOSS) == Quiet(BERLIN, 21 * 60, 7 * 60)
    own = replace(ANA, quiet=(18 * 60, 9 * 60))
    assert quiet_hours(own, BERLIN, KOSS) == Quiet(BERLIN, 18 * 60, 9 * 60)


@pytest.mark.parametrize(
    ("local", "silent", "first", "last"),
    [
        ("2026-10-13T06:59", True, "2026-10-13T07:00", "2026-10-12T20:59"),
        ("2026-10-13T07:00", False, "2026-10-13T07:00", "2026-10-13T07:00"),
        ("2026-10-13T20:59", False, "2026-10-13T20:59", "2026-10-13T20:59"),
        ("2026-10-13T21:00", True, "2026-10-14T07:00", "2026-10-13T20:59"),
        ("2026-10-13T23:59", True, "2026-10-14T07:00", "2026-10-13T20:59"),
        ("2026-10-14T00:00", True, "2026-10-14T07:00", "2026-10-13T20:59"),
        # the night of the clock change is an hour longer, and ends at seven all the same
        ("2026-10-25T01:00", True, "2026-10-25T07:00", "2026-10-24T20:59"),
    ],
)
def test_quiet_hours_from_21_to_7(local: str, silent: bool, first: str, last: str) -> None:
    moment = instant(datetime.fromisoformat(local), BERLIN)
    assert quiet(moment, AT_KOSS) is silent
    assert speakable(moment, AT_KOSS) == instant(datetime.fromisoformat(first), BERLIN)
    assert speakable_before(moment, AT_KOSS) == instant(datetime.fromisoformat(last), BERLIN)


@pytest.mark.parametrize(
    ("start", "end", "hour", "silent"),
    [
        (12 * 60, 14 * 60, 11, False),
        (12 * 60, 14 * 60, 12, True),
        (12 * 60, 14 * 60, 13, True),
        (12 * 60, 14 * 60, 14, False),
        (0, 0, 3, False),  # none at all
        (22 * 60, 6 * 60, 23, True),
        (22 * 60, 6 * 60, 6, False),
    ],
)
def test_quiet_hours_as_a_program_sets_them(start: int, end: int, hour: int, silent: bool) -> None:
    hours = Quiet(BERLIN, start, end)
    moment = datetime(2026, 10, 13, hour, tzinfo=BERLIN)
    assert quiet(moment, hours) is silent


def test_of_a_pairs_quiet_hours_and_ones_own_both_count() -> None:
    evening, early = (18 * 60, 9 * 60), (5 * 60, 10 * 60)
    agreed, own = replace(KOSS, of_pair=LetterRules(quiet=evening)), replace(ANA, quiet=early)
    assert quiet_hours(ANA, BERLIN, agreed) == Quiet(BERLIN, *evening)
    assert quiet_hours(own, BERLIN, KOSS) == Quiet(BERLIN, *early)
    assert quiet_hours(own, BERLIN, agreed) == Quiet(BERLIN, *early, evening)
    assert quiet_hours(replace(ANA, quiet=evening), BERLIN, agreed) == Quiet(BERLIN, *evening)


@pytest.mark.parametrize(
    "also",
    [
        None,
        (12 * 60, 14 * 60),  # apart from the other stretch
        (18 * 60, 22 * 60),  # it ends in it
        (6 * 60 + 30, 9 * 60),  # it begins in it
        (20 * 60, 10 * 60),  # around it
        (23 * 60, 1 * 60),  # inside it
        (7 * 60, 21 * 60 - 1),  # a minute is left
    ],
)
@pytest.mark.parametrize(
    "zone", [BERLIN, KOLKATA, VANCOUVER, AUCKLAND, ZoneInfo("Australia/Lord_Howe")]
)
def test_speakable_is_the_nearest_minute_that_is_not_quiet(
    zone: ZoneInfo, also: tuple[int, int] | None
) -> None:
    """Against brute force, minute by minute, over the clock changes of a year."""
    hours = Quiet(zone, 21 * 60, 7 * 60, also)
    minute = timedelta(minutes=1)
    for day in (
        date(2026, 3, 28),
        date(2026, 4, 4),
        date(2026, 10, 3),
        date(2026, 10, 24),
        date(2026, 10, 31),
    ):
        for hour in range(0, 48, 5):
            moment = at_minute(day, 0, zone) + timedelta(hours=hour, minutes=17)
            later = earlier = moment
            while quiet(later, hours):
                later += minute
            while quiet(earlier, hours):
                earlier -= minute
            assert abs(speakable(moment, hours) - later) < minute
            assert abs(speakable_before(moment, hours) - earlier) < minute


def test_the_first_moment_for_both() -> None:
    both = (AT_KOSS, AT_KOSS._replace(zone=KOLKATA))
    far = (AT_KOSS, AT_KOSS._replace(zone=VANCOUVER))
    evening = utc("2026-10-13T19:40")  # 21:40 in Berlin, 01:10 in Kolkata
    assert speakable_to_all(evening, both) == utc("2026-10-14T05:00")
    assert speakable_to_all(utc("2026-10-13T10:00"), both) == utc("2026-10-13T10:00")
    # Vancouver and Berlin are both awake from 07:00 to 12:00 in Vancouver
    assert speakable_to_all(utc("2026-10-13T06:00"), far) == utc("2026-10-13T14:00")


def test_zones_without_a_common_waking_hour_follow_the_first() -> None:
    berlin, auckland = (Quiet(zone, 16 * 60, 8 * 60) for zone in (BERLIN, AUCKLAND))
    moment = utc("2026-10-13T20:00")
    found = speakable_to_all(moment, (berlin, auckland))
    assert found == speakable(moment, berlin) == utc("2026-10-14T06:00")


def test_a_watch_remembers_the_earliest_moment_to_come() -> None:
    now = utc("2026-10-13T10:00")
    watch = Watch(now)
    assert watch.reached(now)
    assert watch.wake_at is None
    for minutes in (50, 10, 30):
        assert not watch.reached(now + timedelta(minutes=minutes))
    assert watch.wake_at == now + timedelta(minutes=10)
