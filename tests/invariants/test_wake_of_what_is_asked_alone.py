"""`wake_at` is never too late, in what each of the two is asked alone: agreement, chemistry, checks, assessments (DESIGN 3).

Not pauses and ends by themselves: test_wake_of_a_pair.py, and not single meetings: test_wake_at.py.
"""

from __future__ import annotations

from datetime import date

from daemon.domain.alone import Agreement
from daemon.domain.value import replace
from tests.invariants.test_wake_at import early, hours
from tests.stories.cast import PATIENT, line
from tests.stories.stage import Stage

PROGRAM = replace(
    PATIENT, agreement=Agreement("We meet every week.", "aaaa111"), chemistry=True, check_weeks=2,
    assess=("start", "mid", "end"), minimum_weeks=0,
)  # fmt: skip
ACTS = (
    ("Mon 5 Oct 12:00 Berlin", "ana", "welcome-mentor-connected", "Yes"),
    ("Mon 5 Oct 18:00 Berlin", "ben", "welcome-mentee", "Yes"),
    ("Fri 9 Oct 09:00 Berlin", "ana", "agreement", "AGREE"),
    ("Tue 13 Oct 12:00 Berlin", "ben", "agreement", "AGREE"),
    ("Thu 29 Oct 12:00 Berlin", "ben", "chemistry", "2"),  # in the week before was no room for it
    ("Mon 2 Nov 09:00 Berlin", "ana", "started", "PAUSE until 11 Nov"),
    ("Tue 3 Nov 12:00 Berlin", "ben", "assess", "3"),
    ("Sat 21 Nov 10:00 Berlin", "ben", "chemistry", "1"),
    ("Sat 19 Dec 10:00 Berlin", "ana", "check", "1"),
)


def test_no_lane_would_do_anything_before_it_is_woken() -> None:
    stage = Stage(line(ends=date(2027, 1, 12)), program=PROGRAM)
    decided = 0
    for at, who, touchpoint, words in ACTS:
        for _ in hours(stage, at):
            assert early(stage) == []
            decided += 1
        stage.people[who].reads()
        stage.people[who].replies(touchpoint, words)
    for _ in hours(stage, "Mon 25 Jan 12:00 Berlin"):
        assert early(stage) == []
        decided += 1
    assert decided > 2000
    said = {each.about for each in stage.state().alone.ratings}
    assert said == {"start", "check"} and stage.state().alone.chemistry is not None
