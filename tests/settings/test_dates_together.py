"""Dates that leave nothing: literal file, literal answer with both places.

Not dates that are none: those stand in test_wrong_values.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon.settings import load, report
from tests.settings.folders import PROGRAM, Case, write

CASES = [
    Case(
        "a minimum longer than the program",
        PROGRAM
        + """\
minimum_weeks: 30
starts: 2026-09-07
ends: 2027-01-31
""",
        """\
programs/koss.yaml:11:7 ends: 2027-01-31  does not go with minimum_weeks: 30 (line 9) and starts: 2026-09-07 (line 10): from start to end there are 21 weeks.
    Write fewer weeks, or a later end.""",
    ),
    Case(
        "a pairing that starts too late for the minimum",
        PROGRAM
        + """\
    starts: 2027-01-01
minimum_weeks: 12
ends: 2027-02-01
""",
        """\
programs/koss.yaml:9:13 starts: 2027-01-01  does not go with minimum_weeks: 12 (line 10) and ends: 2027-02-01 (line 11): from start to end there are 4 weeks.
    Write fewer weeks, or a later end.""",
    ),
    Case(
        "a minimum shorter than one step",
        PROGRAM
        + """\
    at: first Tue 15:00
cadence: quarterly
minimum_weeks: 4
""",
        """\
programs/koss.yaml:11:16 minimum_weeks: 4  does not go with cadence: quarterly (line 10): it would be over before the second 1:1.
    Write more weeks, or a denser cadence.""",
    ),
    Case(
        "sessions that do not fit",
        PROGRAM
        + """\
    cadence: 6 sessions in 12 weeks
starts: 2026-09-01
ends: 2026-10-01
""",
        """\
programs/koss.yaml:9:14 cadence: 6 sessions in 12 weeks  does not go with starts: 2026-09-01 (line 10) and ends: 2026-10-01 (line 11): from start to end there are 31 days.
    Write a plan that fits, such as 4 sessions in 4 weeks, or a later end.
programs/koss.yaml:9:14 Warning: cadence: 6 sessions in 12 weeks  leaves no effect to at: Tue 15:00 (line 5): each session finds a time of its own.
    Delete at:.""",
    ),
    Case(
        "a pairing that ends before its plan",
        PROGRAM
        + """\
    ends: 2026-10-01
cadence: 6 sessions in 12 weeks
starts: 2026-09-01
""",
        """\
programs/koss.yaml:9:11 ends: 2026-10-01  does not go with cadence: 6 sessions in 12 weeks (line 10) and starts: 2026-09-01 (line 11): from start to end there are 31 days.
    Write a plan that fits, such as 4 sessions in 4 weeks, or a later end.
programs/koss.yaml:10:10 Warning: cadence: 6 sessions in 12 weeks  leaves no effect to at: Tue 15:00 (line 5): each session finds a time of its own.
    Delete at:.""",
    ),
    Case(
        "a regular time without a date",
        PROGRAM
        + """\
starts: 2026-09-09
ends: 2026-09-12
""",
        """\
programs/koss.yaml:10:7 ends: 2026-09-12  does not go with at: Tue 15:00 (line 5), cadence: weekly (the default) and starts: 2026-09-09 (line 9): not one of its dates lies between.
    Write a later end, or a denser cadence.""",
    ),
    Case(
        "a quarter too short",
        PROGRAM
        + """\
    cadence: quarterly
    at: second Tue 15:00
    starts: 2026-09-10
    ends: 2026-09-30
""",
        """\
programs/koss.yaml:12:11 ends: 2026-09-30  does not go with at: second Tue 15:00 (line 10), cadence: quarterly (line 9) and starts: 2026-09-10 (line 11): not one of its dates lies between.
    Write a later end, or a denser cadence.""",
    ),
    Case(
        "a break over all of it",
        PROGRAM
        + """\
starts: 2026-09-07
ends: 2026-12-31
breaks: 2026-09-01 to 2027-01-06
""",
        """\
programs/koss.yaml:11:9 breaks: 2026-09-01 to 2027-01-06  does not go with at: Tue 15:00 (line 5), starts: 2026-09-07 (line 9) and ends: 2026-12-31 (line 10): nobody would ever meet.
    Write shorter breaks, or a later end.""",
    ),
    Case(
        "breaks on every date there is",
        PROGRAM
        + """\
starts: 2026-12-21
ends: 2027-01-03
breaks: [2026-12-22, 2026-12-29 to 2026-12-30]
""",
        """\
programs/koss.yaml:11:9 breaks: 2026-12-22, 2026-12-29 to 2026-12-30  does not go with at: Tue 15:00 (line 5), starts: 2026-12-21 (line 9) and ends: 2027-01-03 (line 10): nobody would ever meet.
    Write shorter breaks, or a later end.""",
    ),
    Case(
        "a pairing inside a break",
        PROGRAM
        + """\
    starts: 2026-12-20
ends: 2027-01-06
breaks: 2026-12-18 to 2027-01-07
""",
        """\
programs/koss.yaml:9:13 starts: 2026-12-20  does not go with breaks: 2026-12-18 to 2027-01-07 (line 11), at: Tue 15:00 (line 5) and ends: 2027-01-06 (line 10): nobody would ever meet.
    Write shorter breaks, or a later end.""",
    ),
    Case(
        "a pause beyond the end",
        PROGRAM
        + """\
    state: paused
    resumes: 2027-01-11
ends: 2026-12-31
""",
        """\
programs/koss.yaml:10:14 resumes: 2027-01-11  does not go with ends: 2026-12-31 (line 11): it would be over before it goes on.
    Change one of the two.""",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_dates_that_leave_nothing_are_refused(case: Case, tmp_path: Path) -> None:
    loaded = load(write(tmp_path, case.files))
    assert report(loaded.problems) == case.told
    assert loaded.errors
