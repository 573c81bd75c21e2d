"""`organizer:` in a program: on which calendar the 1:1s of each pairing live.

Not what happens there: tests/stories/test_organizer.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

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
