"""`organizer:` in a program: on which calendar the 1:1s of each pairing live.

Not what happens there: tests/stories/test_organizer.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon.domain.people import MEET
from daemon.settings import load
from daemon.settings.problem import report
from tests.settings.folders import PROGRAM, write


@pytest.mark.parametrize(
    ("said", "organizer"),
    [
        ("mentor", ""),
        ("program", "koss@example.org"),
        ("One-on-Ones@example.org", "one-on-ones@example.org"),
    ],
)
def test_it_is_the_mentors_the_programs_or_another_ones(
    tmp_path: Path, said: str, organizer: str
) -> None:
    loaded = load(write(tmp_path, {"koss.yaml": f"{PROGRAM}organizer: {said}\n"}))
    assert loaded.errors == ()
    assert {line.organizer for line in loaded.config.lines} == {organizer}


def test_what_has_no_calendar_organizes_nothing(tmp_path: Path) -> None:
    files = {
        "koss.yaml": f"{PROGRAM}organizer: program\n",
        "oneonone.yaml": "accounts:\n  koss@example.org: {calendar: none}\n",
    }
    loaded = load(write(tmp_path, files))
    assert report(loaded.errors).startswith(
        "programs/koss.yaml:9:12 organizer: koss@example.org  has calendar: none, so it cannot organize 1:1s.\n"
    )


@pytest.mark.parametrize("link", ["meet", "Google Meet"])
def test_google_makes_rooms_for_what_it_keeps(tmp_path: Path, link: str) -> None:
    here = "google_client_id: x\naccounts:\n  {}: {{calendar: google}}\n"
    files = {
        "koss.yaml": f"{PROGRAM}link: {link}\n",
        "oneonone.yaml": here.format("ana@example.org"),
    }
    loaded = load(write(tmp_path, files))
    assert loaded.errors == ()
    assert {line.link for line in loaded.config.lines} == {MEET}
    files["koss.yaml"] += "organizer: program\n"
    assert report(load(write(tmp_path, files)).errors) == (
        "programs/koss.yaml:9:7 link: meet  is made by Google, and the calendar of koss@example.org is not there.\n"
        "    Write koss@example.org: {calendar: google} in oneonone.yaml, or a link."
    )
    files["oneonone.yaml"] = here.format("koss@example.org")
    assert load(write(tmp_path, files)).errors == ()
