"""A calendar that would not let the old series end: there are never two at one time (RULES 6 and 9).

Not what the pair or the files want: test_series_change.py.
"""

from __future__ import annotations

from daemon.domain.cadence import Cadence, Step
from daemon.domain.value import replace
from tests.stories.cast import line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, before

WEEKLY = ["Tue 13 Oct 15:00", "Tue 20 Oct 15:00", "Tue 27 Oct 15:00"]


def refused(how: str) -> Stage:
    """The files say every two weeks, and the calendar refuses to end the weekly series."""
    stage = before()
    stage.faults.inject("put", how)
    stage.reconfigured(replace(line(), cadence=Cadence(Step(weeks=2))))
    return stage


@row("series-change", "effect-refused")
def test_the_new_series_waits_until_the_old_one_has_ended() -> None:
    stage = refused("403-rights")
    assert stage.ana.calendar(21) == WEEKLY
    assert kinds(stage.maya.reads()) == ["admin"]
    assert (stage.ana.reads(), stage.ben.reads()) == ([], [])
    stage.until("Thu 8 Oct 12:00 Berlin")  # the end is asked for once more, and taken
    assert stage.ana.calendar(21) == ["Tue 13 Oct 15:00", "Tue 27 Oct 15:00"]
    assert [each[:30] for each in stage.ana.reads()] == ["Thu 8 Oct 07:00  started  Your"]


@row("series-change")
def test_a_conflict_about_the_end_holds_it_up_for_minutes_only() -> None:
    stage = refused("412")
    assert stage.ana.calendar(21) == WEEKLY
    stage.passes(10)  # read once more, then asked for anew
    assert stage.ana.calendar(21) == ["Tue 13 Oct 15:00", "Tue 27 Oct 15:00"]
    assert kinds(stage.ana.reads()) == ["started"]
