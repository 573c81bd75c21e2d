"""SKIP by mail while the calendar does not answer: the word of a person counts, and the other one hears it.

Not what is left out by silence, and not the reconnect letters of a lost calendar.
"""

from __future__ import annotations

from tests.stories.stage import Stage, running


def day_before() -> Stage:
    """Ben has his prep for Tuesday 15:00 in Berlin; it is Monday."""
    stage = running()
    stage.until("Mon 12 Oct 18:00 Kolkata")
    stage.ana.reads(), stage.ben.reads()
    return stage


def left_out(reads: list[str]) -> list[str]:
    return [each.split("  ")[0] for each in reads if each.split("  ")[1] == "left-out"]


def test_with_the_receipt_both_hear_it_in_the_same_beat() -> None:
    stage = day_before()
    stage.ben.replies("prep-mentee", "SKIP")
    assert left_out(stage.ben.reads()) == ["Mon 12 Oct 18:01"]
    assert left_out(stage.ana.reads()) == ["Mon 12 Oct 14:31"]
    assert stage.ana.calendar() == ["Tue 20 Oct 15:00"]


def test_a_calendar_that_is_lost_keeps_the_mentor_waiting_for_an_hour_at_most() -> None:
    stage = day_before()
    stage.ana.locks_out()
    stage.ben.replies("prep-mentee", "SKIP")
    assert left_out(stage.ben.reads()) == ["Mon 12 Oct 18:02"]
    assert left_out(stage.ana.reads()) == []
    stage.passes(60)
    assert left_out(stage.ana.reads()) == ["Mon 12 Oct 15:32"]
    stage.until("Wed 14 Oct 12:00 Berlin")
    assert left_out(stage.ana.reads()) == []


def test_a_calendar_that_refuses_keeps_nobody_waiting_until_the_meeting() -> None:
    stage = day_before()
    stage.faults.inject("cancel", "403-rights")
    stage.until("Tue 13 Oct 18:00 Kolkata")
    stage.ana.reads()
    stage.ben.replies("prep-mentee", "SKIP")
    assert left_out(stage.ana.reads()) == []
    stage.passes(5)
    assert left_out(stage.ana.reads()) == ["Tue 13 Oct 14:36"]
