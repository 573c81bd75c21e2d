"""The files end a pairing: closing, closed, and an end that is read late (RULES 3).

Not an end that was known long before, and not one that the two ask for: those are in test_end.py.
"""

from __future__ import annotations

from datetime import date

from daemon.domain.cadence import RegularTime
from daemon.domain.meeting import Slot
from daemon.domain.people import Line
from daemon.domain.value import replace
from tests.stories.beginnings import THREE_SESSIONS, begun, take
from tests.stories.cast import line
from tests.stories.people import kinds, moment
from tests.stories.rows import row
from tests.stories.stage import Stage, before

THURSDAYS = line(at=RegularTime(3, 15, 0))


def closing(this: Line) -> Line:
    return replace(this, state="closing")


def on_thursdays(at: str) -> Stage:
    """Their Tuesdays became Thursdays a while ago."""
    stage = before()
    stage.reconfigured(THURSDAYS)
    stage.until(at)
    stage.all_read()
    return stage


@row("pairing-closing", "pairing-closed", "series-change")
def test_closing_after_another_regular_time_ends_that_day_and_the_last_1_1_counts() -> None:
    stage = on_thursdays("Fri 16 Oct 10:00 Berlin")
    assert stage.ana.calendar(7) == ["Thu 22 Oct 15:00"]
    stage.reconfigured(closing(THURSDAYS))
    assert (stage.state().standing, stage.ana.calendar(60)) == ("closing", [])
    assert stage.standing("Thu 15 Oct") == "planned"
    assert [s.rule.until for s in stage.state().series] == [date(2026, 10, 12), date(2026, 10, 16)]
    stage.until("Mon 19 Oct 22:00 Berlin")
    assert stage.state().standing == "closing"
    assert kinds(stage.ana.reads()) == kinds(stage.ben.reads()) == ["farewell"]
    assert "Thu 15 Oct, 18:30 Kolkata (15:00 Berlin)" in stage.ben.last().text
    stage.until("Tue 20 Oct 10:00 Berlin")
    assert stage.state().standing == "closed"


@row("pairing-closing")
def test_closing_taken_back_in_the_files_goes_on_and_said_once_more_it_ends_then() -> None:
    stage = before(at="Wed 14 Oct 10:00 Berlin")
    stage.reconfigured(closing(line()))
    stage.until("Thu 15 Oct 10:00 Berlin")
    stage.reconfigured(line())
    assert (stage.state().standing, stage.ana.calendar(7)) == ("active", ["Tue 20 Oct 15:00"])
    stage.until("Wed 21 Oct 10:00 Berlin")
    stage.reconfigured(closing(line()))
    assert stage.series().rule.until == date(2026, 10, 21)
    assert stage.standing("Tue 20 Oct") == "planned"


@row("pairing-finite", "pairing-closed")
def test_a_plan_that_the_files_let_end_is_closed_as_well() -> None:
    stage = begun()
    take(stage, 1)
    stage.until("Fri 9 Oct 10:00 Berlin")
    stage.reconfigured(closing(THREE_SESSIONS))
    assert stage.state().standing == "closing"
    stage.until("Tue 13 Oct 10:00 Berlin")
    assert stage.state().standing == "closed"


@row("pairing-closing", "held-presumed")
def test_an_end_that_is_read_late_takes_back_nothing_that_took_place() -> None:
    stage = before(at="Wed 14 Oct 10:00 Berlin")
    stage.reconfigured(line(ends=date(2026, 10, 10)))
    assert stage.ana.calendar(30) == []
    assert stage.standing("Tue 13 Oct") == "planned"
    assert stage.standing("Tue 20 Oct") == "skipped rule"
    stage.until("Wed 21 Oct 10:00 Berlin")
    assert stage.standing("Tue 13 Oct") == "held presumed"
    assert "Tue 13 Oct, 18:30 Kolkata (15:00 Berlin)" in stage.ben.last("farewell").text


@row("pairing-closed-at-once", "seen-3")
def test_what_was_asked_about_the_series_is_over_with_the_pairing() -> None:
    stage = before()
    stage.ana.deletes_all()
    stage.passes(10)
    assert kinds(stage.ana.reads()) == ["series-gone"]
    stage.reconfigured(replace(line(), state="closed"))
    assert stage.state().questions == ()
    stage.until("Fri 30 Oct 10:00 Berlin")
    assert (stage.ana.reads(), stage.ben.reads(), stage.maya.reads()) == ([], [], [])


@row("pairing-closed-at-once", "seen-3", "seen-wait")
def test_nobody_is_asked_about_a_series_that_was_deleted_just_before_it_was_closed() -> None:
    stage = before()
    stage.ana.deletes_all()
    stage.reconfigured(replace(line(), state="closed"))
    stage.until("Fri 30 Oct 10:00 Berlin")
    assert (stage.ana.reads(), stage.ben.reads(), stage.maya.reads()) == ([], [], [])


@row("pairing-closed", settings=("ends",))
def test_an_end_long_ago_takes_nothing_that_took_place_off_a_calendar() -> None:
    stage = before(at="Wed 14 Oct 10:00 Berlin")
    stage.reconfigured(replace(line(), ends=date(2026, 9, 30)))
    stage.until("Thu 5 Nov 10:00 Berlin")
    october = Slot(moment("Thu 1 Oct 00:00 Berlin"), moment("Sat 31 Oct 00:00 Berlin"))
    shown = stage.outside.hands.calendar("ana@example.org", october)
    assert [f"{each.start:%d %b}" for each in shown] == ["06 Oct", "13 Oct"]
    assert len(stage.why("it ends on 2026-10-13")) == 1
