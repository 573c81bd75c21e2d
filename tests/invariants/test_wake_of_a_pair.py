"""`wake_at` is never too late, in what befalls a pair as a whole: pauses, absences, breaks, wishes, ends (DESIGN 3).

Not single meetings: test_wake_at.py, which also shows that a lane woken too late is seen.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.domain.cadence import Cadence, RegularTime, Step
from daemon.domain.people import Days, Line
from daemon.domain.value import replace
from tests.invariants.test_wake_at import early, hours
from tests.stories.cast import ANA, BEN, CHI, DAN, EVA, KOSS, line
from tests.stories.stage import running

AUTUMN = Days(date(2026, 10, 26), date(2026, 11, 1), "autumn break")
PROGRAM = replace(KOSS, breaks=(AUTUMN,), still_good_steps=1, pause_days_max=21)
WEEKLY: tuple[Line, ...] = (line(ANA, BEN), line(ANA, CHI, RegularTime(2, 10, 0)))
RARE: tuple[Line, ...] = (
    replace(line(DAN, EVA, RegularTime(3, 17, 0)), cadence=Cadence(Step(weeks=2))),
    line(ANA, BEN, ends=date(2026, 11, 10)),
)
Acts = tuple[tuple[str, str, str, tuple[str, ...]], ...]

OF_WEEKLY: Acts = (
    ("Fri 9 Oct 11:20 Berlin", "ana", "replies", ("started", "AWAY 12-16 Oct")),
    ("Fri 9 Oct 23:30 Berlin", "ana", "replies", ("ack", "UNDO")),
    ("Wed 14 Oct 12:10 Taipei", "chi", "replies", ("prep-mentee", "BIWEEKLY")),
    ("Thu 15 Oct 22:40 Berlin", "ana", "replies", ("wish", "yes")),
    ("Fri 16 Oct 09:00 Berlin", "ana", "drags_following", ("Tue 20 Oct", "Thu 22 Oct 11:00")),
    ("Mon 19 Oct 03:15 Berlin", "ana", "replies", ("started", "PAUSE until 5 Nov")),
    ("Fri 23 Oct 14:00 Taipei", "chi", "replies", ("paused", "RESUME")),
)
OF_RARE: Acts = (
    ("Fri 9 Oct 09:00 Toronto", "eva", "replies", ("started", "AWAY 20-24 Oct")),
    ("Mon 12 Oct 22:00 Toronto", "eva", "replies", ("proposal", "1")),
    ("Thu 15 Oct 10:00 Berlin", "dan", "replies", ("started", "ZONE Lisbon")),
    ("Thu 29 Oct 22:30 Kolkata", "ben", "replies", ("extend", "1")),
    ("Fri 30 Oct 10:30 Toronto", "eva", "replies", ("started", "LEAVE")),
    ("Fri 30 Oct 11:10 Toronto", "eva", "replies", ("leave", "1")),
)


@pytest.mark.parametrize(
    ("lines", "acts", "end"),
    [(WEEKLY, OF_WEEKLY, "Tue 10 Nov 12:00 Berlin"), (RARE, OF_RARE, "Fri 20 Nov 12:00 Berlin")],
)
def test_no_lane_would_do_anything_before_it_is_woken(
    lines: tuple[Line, ...], acts: Acts, end: str
) -> None:
    stage = running(*lines, program=PROGRAM, start="Mon 5 Oct 15:00 Berlin")
    decided = 0
    for at, who, verb, words in acts:
        for _ in hours(stage, at):
            assert early(stage) == []
            decided += 1
        getattr(stage.people[who], verb)(*words)
        assert early(stage) == []
    for _ in hours(stage, end):
        assert early(stage) == []
        decided += 1
    assert decided > 600
