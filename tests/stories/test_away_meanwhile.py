"""Days away that somebody names while a time is agreed on already, or still looked for (RULES 5, row 10a).

Not what they leave out: test_absence.py.
"""

from __future__ import annotations

import pytest

from daemon.domain.cadence import Cadence, Step
from daemon.domain.value import replace
from tests.stories.cast import line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, before

EVERY_TWO_WEEKS = replace(line(), cadence=Cadence(Step(weeks=2)))


def agreed() -> Stage:
    """Ana is away from 19 to 23 October, and has dragged a 1:1 to the 21st nevertheless."""
    stage = before(at="Thu 8 Oct 10:00 Berlin")
    stage.ana.replies("started", "AWAY 19-23 Oct")
    stage.ana.drags("Tue 13 Oct", "Wed 21 Oct 11:00")
    stage.passes(10)
    stage.all_read()
    assert stage.ana.calendar(30)[0] == "Wed 21 Oct 11:00"
    return stage


@row("seen-10a", "seen-7")
@pytest.mark.parametrize("days", ["1-4 Dec", "9-11 Oct", "22-23 Oct"])
def test_a_time_that_was_chosen_stands_whoever_is_away_on_other_days(days: str) -> None:
    stage = agreed()
    stage.ben.replies("started", f"AWAY {days}")
    stage.passes(10)
    assert stage.standing("Tue 13 Oct") == "moved"
    assert stage.ana.calendar(30)[0] == "Wed 21 Oct 11:00"
    assert kinds(stage.ben.reads()) == ["ack"]


@row("seen-10a", "meeting-skipped-by-rule")
@pytest.mark.parametrize(("who", "days"), [("ana", "20-22 Oct"), ("ben", "21 Oct")])
def test_and_is_left_out_when_somebody_is_away_then_after_all(who: str, days: str) -> None:
    stage = agreed()
    stage.people[who].replies("started", f"AWAY {days}")
    stage.passes(10)
    assert stage.standing("Tue 13 Oct") == "skipped rule"
    assert stage.ana.calendar(30) == ["Tue 27 Oct 15:00", "Tue 3 Nov 15:00"]


@row("seen-10a", "undo-words")
def test_undo_takes_back_the_last_of_those_that_were_named_in_the_same_moment() -> None:
    stage = before(at="Thu 8 Oct 10:00 Berlin")
    stage.off = True
    stage.ana.replies("started", "AWAY 13 Oct")
    stage.ana.replies("started", "AWAY 20-21 Oct")
    stage.off = False
    stage.passes(5)
    assert [each.split("  ")[2] for each in stage.ana.reads()] == [
        "Understood: you are away on 13 October.",
        "Understood: you are away from 20 to 21 October.",
    ]
    assert stage.ana.calendar() == []
    stage.ana.replies("ack", "UNDO")
    stage.passes(5)
    assert stage.ana.calendar() == ["Tue 20 Oct 15:00 one-off"]


def looked_for() -> Stage:
    """Ana has deleted a 1:1 that takes place every two weeks, and Ben has read which times are left for it."""
    stage = before(EVERY_TWO_WEEKS, at="Thu 8 Oct 10:00 Berlin")
    stage.ana.deletes("Tue 20 Oct")
    stage.passes(10)
    assert kinds(stage.ben.reads()) == ["proposal"]
    return stage


@row("seen-10a", "seen-1")
@pytest.mark.parametrize("who", ["ana", "ben"])
def test_a_rare_one_that_waits_for_another_time_already_goes_on_waiting(who: str) -> None:
    stage = looked_for()
    times = stage.ben.last("proposal").choices
    stage.people[who].replies("started", "AWAY 19-21 Oct")
    stage.passes(10)
    assert stage.standing("Tue 20 Oct") == "cancelled"
    assert stage.ben.last("proposal").choices == times
    stage.ben.replies("proposal", "2")
    assert stage.standing("Tue 20 Oct") == "moved"
    assert stage.ana.calendar()[0] == "Wed 14 Oct 15:00 one-off"
    stage.until("Wed 21 Oct 10:00 Berlin")
    assert stage.standing("Tue 20 Oct") == "moved"


@row("seen-10a", "proposal-gone")
def test_of_the_times_that_were_offered_those_on_days_away_are_no_more() -> None:
    stage = looked_for()
    assert [each[:13] for each in stage.ben.last("proposal").choices] == [
        "1  Tue 13 Oct", "2  Wed 14 Oct", "3  Thu 15 Oct",
    ]  # fmt: skip
    stage.ana.replies("started", "AWAY 12-14 Oct")
    stage.passes(10)
    assert "proposal" not in kinds(stage.ben.reads())
    stage.ben.replies("proposal", "2")
    assert stage.ben.last().first == "That list is closed. Is one of today's times good?"
    assert [each[:13] for each in stage.ben.last().choices] == ["3  Thu 15 Oct"]
    stage.ben.replies("unclear", "3")
    assert stage.ana.calendar()[0] == "Thu 15 Oct 15:00 one-off"


@row("seen-10a", "letter-cap-week", "letter-window")
def test_a_full_week_puts_the_letter_off_and_never_takes_it_away() -> None:
    stage = before(at="Thu 8 Oct 10:00 Berlin")
    stage.ana.replies("started", "AWAY 9-13 Nov")
    stage.until("Fri 9 Oct 10:00 Berlin")
    assert kinds(stage.ben.reads()) == ["absence"]
    stage.ana.replies("started", "AWAY 24-25 Nov")
    stage.until("Fri 16 Oct 10:00 Berlin")
    assert kinds(stage.ben.reads()) == ["prep-mentee", "notes", "absence"]
    assert stage.ben.last().line == (
        "Thu 15 Oct 13:31  absence  Ana is away from 24 to 25 November. Nothing to do."
    )


@row("seen-10a", "proposal-gone")
def test_where_none_is_left_others_are_looked_for() -> None:
    stage = looked_for()
    stage.ana.replies("started", "AWAY 12-21 Oct")
    stage.passes(10)
    assert stage.ben.last("proposal").first == (
        "More times for Tuesday's 1:1 (20 Oct). Is one of them good?"
    )
    assert [each[:13] for each in stage.ben.last("proposal").choices] == [
        "4  Thu 22 Oct", "5  Fri 23 Oct", "6  Mon 26 Oct",
    ]  # fmt: skip
    stage.ben.replies("proposal", "4")
    assert stage.ana.calendar() == ["Thu 22 Oct 15:00 one-off"]


@row("seen-10a")
def test_a_1_1_that_was_moved_out_of_the_days_stays_where_it_is() -> None:
    """Its old date is no gap of the series: that would take the moved event along."""
    stage = before(at="Wed 7 Oct 10:00 Berlin")
    stage.ana.drags("Tue 13 Oct", "Fri 9 Oct 15:00")
    stage.passes(10)
    stage.ben.replies("started", "AWAY 12-23 Oct")  # two dates: the series is changed once for both
    stage.passes(10)
    assert stage.ana.calendar(21) == ["Fri 9 Oct 15:00", "Tue 27 Oct 15:00"]
    assert stage.standing("Tue 13 Oct") == "moved"
    stage.until("Fri 9 Oct 10:00 Berlin")
    assert kinds(stage.ben.reads())[-1] == "prep-mentee"
    assert stage.ben.calendar(1) == ["Fri 9 Oct 18:30 NEEDS-ACTION"]
