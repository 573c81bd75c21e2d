"""Wall clocks over clock changes, and the newest zone rules (TRAPS A1, 91; I6).

Not the arithmetic of single moments: tests/decide/test_moment.py.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from daemon.decide.moment import instant
from daemon.domain.cadence import RegularTime, SeriesRule, Step, first_wall, wall_text
from daemon.domain.meeting import Slot
from daemon.domain.value import replace
from tests.stories.cast import ANA, BEN, EVA, FAY, PATIENT, line
from tests.stories.stage import running

ROOT = Path(__file__).resolve().parent.parent.parent
ZONES = (
    "America/Vancouver",
    "America/Toronto",
    "America/Sao_Paulo",
    "America/Havana",
    "Europe/London",
    "Europe/Berlin",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Kolkata",
    "Asia/Taipei",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
)


def test_both_times_over_both_clock_changes_of_autumn() -> None:
    """Berlin changes on 25 October, Toronto on 1 November 2026: for one week they are 5 h apart."""
    line_up = line(ANA, EVA, RegularTime(1, 16, 0))
    stage = running(line_up, start="Mon 5 Oct 17:00 Berlin", program=PATIENT)
    stage.until("Wed 11 Nov 12:00 Berlin")
    stage.eva.reads()
    assert [each.first for each in stage.eva.letters if each.touchpoint == "prep-mentee"] == [
        "Tue 13 Oct, 10:00 Toronto (16:00 Berlin): what shall it be about?",
        "Tue 20 Oct, 10:00 Toronto (16:00 Berlin): what shall it be about?",
        "Tue 27 Oct, 11:00 Toronto (16:00 Berlin): what shall it be about?",
        "Tue 3 Nov, 10:00 Toronto (16:00 Berlin): what shall it be about?",
        "Tue 10 Nov, 10:00 Toronto (16:00 Berlin): what shall it be about?",
    ]


def test_no_meeting_is_moved_by_a_clock_change() -> None:
    """I6: the wall clock moves only when a person moves it."""
    stage = running(program=PATIENT)
    stage.until("Wed 4 Nov 12:00 Berlin")
    state = stage.state()
    assert {m.standing for m in state.meetings} == {"planned", "held"}
    assert stage.why("moved") == []
    assert stage.ana.calendar() == ["Tue 10 Nov 15:00", "Tue 17 Nov 15:00"]
    assert stage.ben.calendar()[0] == "Tue 10 Nov 19:30 NEEDS-ACTION"


def test_vancouver_at_ten_on_the_first_of_december_2026_is_17_utc() -> None:
    """trap_91: with the rules of PyPI's tzdata, whatever the system's copy says."""
    stage = running(line(FAY, BEN, RegularTime(1, 10, 0)), start="Mon 23 Nov 10:00 Vancouver")
    shown = [each.start for each in stage.fay.shown(20)]
    assert datetime(2026, 12, 1, 17, 0, tzinfo=UTC) in shown


@pytest.mark.parametrize("zone", ZONES)
def test_a_weekly_wall_clock_is_constant_over_two_years(zone: str) -> None:
    first = first_wall(
        RegularTime(1, 10, 0), Step(weeks=1), datetime(2026, 10, 1, tzinfo=UTC).date()
    )
    rule = SeriesRule(wall_text(first), zone, 30)
    seen = []
    for wall in rule.walls():
        start = instant(wall, ZoneInfo(zone))
        if start > datetime(2028, 10, 1, tzinfo=UTC):
            break
        local = start.astimezone(ZoneInfo(zone))
        seen.append((local.weekday(), local.hour, local.minute))
    assert len(seen) == 104
    assert set(seen) == {(1, 10, 0)}


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Vancouver", "Pacific/Auckland"])
def test_what_the_calendar_shows_is_what_the_daemon_expects_for_a_year(zone: str) -> None:
    mentor = replace(ANA, zone=zone)
    stage = running(
        replace(line(mentor, BEN, RegularTime(1, 10, 0)), anchor=zone), start="Mon 5 Oct 12:00 UTC"
    )
    stage.passes(60 * 24 * 3)
    series = stage.series()
    assert series is not None
    window = Slot(stage.now, stage.now + timedelta(days=365))
    shown = [s.start for s in stage.outside.hands.calendar(mentor.address, window)]
    expected = []
    for wall in series.rule.walls():
        start = instant(wall, ZoneInfo(zone))
        if start >= window.end:
            break
        if start >= window.start:
            expected.append(start)
    assert shown == expected
    assert len(shown) >= 51


def test_on_a_machine_with_old_zone_files_the_entry_point_lets_tzdata_win(tmp_path: Path) -> None:
    """trap_91: the first lines of run.py are run as they stand, against a system copy in which
    Vancouver still is what Toronto is."""
    old = tmp_path / "America"
    old.mkdir()
    (old / "Vancouver").write_bytes(
        files("tzdata.zoneinfo.America").joinpath("Toronto").read_bytes()
    )
    asks = (
        "from datetime import datetime, UTC; from zoneinfo import ZoneInfo; "
        "print(datetime(2026, 12, 1, 10, tzinfo=ZoneInfo('America/Vancouver')).astimezone(UTC))"
    )
    entry = "import run; "
    environment = {"PYTHONTZPATH": str(tmp_path), "PATH": ""}

    def answer(code: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()

    assert answer(asks) == "2026-12-01 15:00:00+00:00"  # without the entry point it would be wrong
    assert answer(entry + asks) == "2026-12-01 17:00:00+00:00"
