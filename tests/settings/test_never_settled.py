"""`maintenance_word: true` where no pair lasts that long: a warning, and none where one may (literal file, literal answer).

Not the word itself: tests/stories/test_phases.py.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from daemon.settings import load, report
from tests.settings.folders import PROGRAM, Case, write

CASES = [
    Case(
        "the word when development is over, in a plan of two months",
        "preset: ctan\n" + PROGRAM.replace("at: Tue 15:00\n", "") + "maintenance_word: true\n",
        """\
programs/koss.yaml:9:19 Warning: maintenance_word: true  has no effect with development_weeks: 13 (the default): no pair lasts longer than 60 days, and the last 14 are its close.
    Write development_weeks: 6 or less, or maintenance_word: false.""",
    ),
    Case(
        "the same, and it is over in time",
        "preset: ctan\n"
        + PROGRAM.replace("at: Tue 15:00\n", "")
        + "maintenance_word: true\ndevelopment_weeks: 6\n",
        "",
    ),
    *(
        Case(
            f"the word when development is over: {said}",
            PROGRAM + said,
            told and f"programs/koss.yaml:{told}",
        )
        for said, told in (
            (
                "maintenance_word: true\nminimum_weeks: 12\nextend_ask_days: 0\n",
                "9:19 Warning: maintenance_word: true  has no effect with development_weeks: 13 (the default): no pair lasts longer than 84 days, "
                "and the last 14 are its close.\n    Write development_weeks: 10 or less, or maintenance_word: false.",
            ),
            (
                "maintenance_word: true\ndevelopment_weeks: 11\nminimum_weeks: 12\nlocked: ends\n",
                "10:20 Warning: development_weeks: 11  leaves no effect to maintenance_word: true (line 9): no pair lasts longer than 84 days, "
                "and the last 14 are its close.\n    Write development_weeks: 10 or less, or maintenance_word: false.",
            ),
            (
                "maintenance_word: true\nstarts: 2026-09-07\nends: 2026-09-21\nextend_ask_days: 0\n",
                "9:19 Warning: maintenance_word: true  has no effect with development_weeks: 13 (the default): no pair lasts longer than 14 days, "
                "and the last 14 are its close.\n    Write maintenance_word: false.",
            ),
            (
                "maintenance_word: true\nminimum_weeks: 12\ndevelopment_weeks: 10\nextend_ask_days: 0\n",
                "",
            ),
            ("maintenance_word: true\nminimum_weeks: 12\n", ""),
            ("maintenance_word: true\nends: 2026-07-31\nextend_ask_days: 0\n", ""),
            ("maintenance_word: true\n", ""),
            ("maintenance_word: false\nminimum_weeks: 12\nextend_ask_days: 0\n", ""),
        )
    ),
    Case(
        "the word of which one pairing of two has no use",
        PROGRAM.replace("at: Tue 15:00\n", "")
        + """\
    cadence: 2 sessions in 60 days
  - mentor: Ana Rao
    mentee: Chi Lin <chi@example.org>
maintenance_word: true
""",
        "",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_a_word_that_never_comes_is_warned_of(case: Case, tmp_path: Path) -> None:
    loaded = load(write(tmp_path, case.files), date(2026, 6, 1))
    assert report(loaded.problems) == case.told
    assert not loaded.errors
