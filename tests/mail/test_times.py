"""The wording of times, as a table: the reader's time first, the partner's in brackets.

Not about when something is due: only how an instant is written.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.mail import times
from daemon.mail.times import Reading

KOLKATA_BERLIN = Reading("Asia/Kolkata", "Europe/Berlin")

WHEN = [
    ("2026-12-03T15:00:00Z", KOLKATA_BERLIN, "Thu 3 Dec, 20:30 Kolkata (16:00 Berlin)"),
    ("2026-07-02T14:00:00Z", KOLKATA_BERLIN, "Thu 2 Jul, 19:30 Kolkata (16:00 Berlin)"),
    ("2026-12-03T15:00:00Z", Reading("Europe/Berlin", "Europe/Paris"), "Thu 3 Dec, 16:00"),
    ("2026-12-03T15:00:00Z", Reading("Europe/Berlin"), "Thu 3 Dec, 16:00 Berlin"),
    # The same offset in winter only: what is shown is decided day by day.
    ("2026-12-03T15:00:00Z", Reading("Africa/Lagos", "Europe/Berlin"), "Thu 3 Dec, 16:00"),
    (
        "2026-07-03T15:00:00Z",
        Reading("Africa/Lagos", "Europe/Berlin"),
        "Fri 3 Jul, 16:00 Lagos (17:00 Berlin)",
    ),
    (
        "2026-12-03T20:00:00Z",
        Reading("Europe/Berlin", "Asia/Taipei"),
        "Thu 3 Dec, 21:00 Berlin (Fri 04:00 Taipei)",
    ),
    (
        "2026-12-03T17:30:00Z",
        Reading("America/Argentina/Buenos_Aires", "America/Sao_Paulo", 12),
        "Thu 3 Dec, 2:30 pm",
    ),
    (
        "2026-12-03T05:00:00Z",
        Reading("America/New_York", "Europe/Berlin", 12),
        "Thu 3 Dec, 12:00 am New York (6:00 am Berlin)",
    ),
    (
        "2026-12-03T17:00:00Z",
        Reading("America/New_York", "Europe/Berlin", 12),
        "Thu 3 Dec, 12:00 pm New York (6:00 pm Berlin)",
    ),
    ("2026-12-03T16:00:00+01:00", KOLKATA_BERLIN, "Thu 3 Dec, 20:30 Kolkata (16:00 Berlin)"),
]


@pytest.mark.parametrize(("instant", "reading", "shown"), WHEN)
def test_an_instant_is_worded_for_its_reader(instant: str, reading: Reading, shown: str) -> None:
    assert times.when(instant, reading) == shown


def test_trap_91_vancouver_has_kept_summer_time() -> None:
    """In a process of its own: tzdata wins only where PYTHONTZPATH was empty from the start."""
    said = (
        "from daemon.mail.times import Reading, when;"
        "print(when('2026-12-01T17:00:00Z', Reading('America/Vancouver', 'Europe/Berlin')))"
    )
    root = Path(__file__).resolve().parents[2]
    shown = subprocess.run(
        [sys.executable, "-c", said],
        cwd=root,
        env={**os.environ, "PYTHONTZPATH": "", "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout == "Tue 1 Dec, 10:00 Vancouver (18:00 Berlin)\n"


def test_parts_of_a_time() -> None:
    instant = "2026-12-03T20:00:00Z"
    reading = Reading("Europe/Berlin", "Asia/Taipei")
    assert times.day(instant, reading) == "Thu 3 Dec"
    assert times.clock(instant, reading) == "21:00 Berlin (Fri 04:00 Taipei)"
    assert times.weekly(instant, reading) == "Thursdays 21:00 Berlin (Fridays 04:00 Taipei)"
    assert times.regular_clock(instant, reading) == "21:00 Berlin (Fridays 04:00 Taipei)"
    assert times.weekday(instant, reading) == "Thursday"
    assert times.short_date("2026-11-24", reading) == "24 Nov"
    assert times.long_date("2026-11-24", reading) == "24 November"
    assert times.full_date("2027-06-30", reading) == "30 June 2027"
    assert (
        times.plain("2026-12-03T20:00:00Z", Reading("Europe/Berlin")) == "Thu 3 Dec, 21:00 Berlin"
    )
    assert times.plain(3, reading) == "3"
    assert times.plain("a longer piece of text", reading) == "a longer piece of text"
    assert times.plain(["ben-das", "chi-lin"], reading) == "ben-das, chi-lin"


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        times.when("2026-12-03T20:00:00", KOLKATA_BERLIN)


ZONES = (
    *("Europe/Berlin", "Asia/Kolkata", "America/New_York", "America/Sao_Paulo", "Asia/Taipei"),
    *("Australia/Sydney", "Pacific/Auckland", "Africa/Lagos", "America/Toronto", "Asia/Tehran"),
    *("Pacific/Kiritimati", "America/Vancouver"),
)


@given(
    minutes=st.integers(0, 3 * 365 * 24 * 60),
    mine=st.sampled_from(ZONES),
    theirs=st.sampled_from(ZONES),
)
def test_trap_4_both_local_times_are_right_on_every_day_of_three_years(
    minutes: int, mine: str, theirs: str
) -> None:
    instant = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    shown = times.when(instant.isoformat(), Reading(mine, theirs))
    here, there = (instant.astimezone(ZoneInfo(zone)) for zone in (mine, theirs))
    assert f"{here:%a} {here.day} {here:%b}, {here:%H:%M}" in shown
    assert f"{there:%H:%M}" in shown
    assert (times.city(theirs) in shown) == (here.utcoffset() != there.utcoffset())
