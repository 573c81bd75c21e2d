"""MEET about a 1:1 that somebody's word, or silence, has left out: a time for it is looked for after all.

Not MEET in a break or on a holiday: test_breaks.py.
"""

from __future__ import annotations

from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, running

SKIPPED = ["Tue 20 Oct 15:00"]


def day_before() -> Stage:
    """Ben has his prep for Tuesday 15:00 in Berlin; it is Sunday at noon."""
    stage = running()
    stage.until("Sun 11 Oct 10:00 Berlin")
    stage.all_read()
    return stage


def firsts(reads: list[str]) -> list[str]:
    return [each.split("  ")[2] for each in reads]


@row("meet-left-out")
def test_who_has_skipped_it_gets_times_and_its_own_hour_is_one_of_them() -> None:
    stage = day_before()
    stage.ben.replies("started", "SKIP")
    stage.all_read()
    assert (stage.standing("Tue 13 Oct"), stage.ana.calendar()) == ("skipped choice", SKIPPED)
    stage.ben.replies("left-out", "MEET")
    assert firsts(stage.ben.reads()) == [
        "Understood: I look for a time for Tuesday's 1:1 (13 Oct) after all.",
        "A time for Tuesday's 1:1 (13 Oct) after all: which is good?",
    ]
    choices = stage.ben.last("proposal").choices
    assert [each for each in choices if "Tue 13 Oct, 18:30 Kolkata (15:00 Berlin)" in each]
    number = next(n for n, each in enumerate(choices, 1) if "Tue 13 Oct" in each)
    stage.ben.replies("proposal", str(number))
    assert stage.ana.calendar() == ["Tue 13 Oct 15:00 one-off", *SKIPPED]
    assert kinds(stage.ana.reads()) == ["moved"]


@row("meet-left-out")
def test_in_another_letter_it_means_the_next_that_is_left_out() -> None:
    stage = day_before()
    stage.ben.replies("started", "SKIP")
    stage.all_read()
    stage.ana.replies("started", "MEET")
    assert stage.ana.last("ack").first == (
        "Understood: I look for a time for Tuesday's 1:1 (13 Oct) after all."
    )
    assert kinds(stage.ben.reads()) == ["proposal"]


@row("meet-left-out", "proposal-silence")
def test_silence_leaves_it_out_as_it_was_and_nobody_hears_so_again() -> None:
    stage = day_before()
    stage.ben.replies("started", "SKIP")
    stage.all_read()
    stage.ben.replies("left-out", "MEET")
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert stage.standing("Tue 13 Oct") == "skipped choice"
    assert stage.ana.calendar() == ["Tue 20 Oct 15:00", "Tue 27 Oct 15:00"]
    assert "left-out" not in kinds(stage.ben.reads()) + kinds(stage.ana.reads())


@row("meet-left-out")
def test_what_the_mentor_took_off_is_not_offered_at_its_own_hour() -> None:
    stage = day_before()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(6)
    stage.ben.replies("proposal", "SKIP")
    stage.all_read()
    stage.ben.replies("left-out", "MEET")
    choices = stage.ben.last("proposal").choices
    assert choices and not [each for each in choices if "Tue 13 Oct, 18:30" in each]


@row("meet-left-out")
def test_after_its_hour_there_is_nothing_left_to_meet_for() -> None:
    stage = day_before()
    stage.ben.replies("started", "SKIP")
    stage.until("Tue 13 Oct 15:30 Berlin")
    stage.ben.replies("left-out", "MEET")
    assert stage.ben.last("ack").first == (
        "I see no left-out 1:1 in the next days. Nothing has changed."
    )
