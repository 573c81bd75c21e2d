"""What the mentor does to the whole series in the calendar: all of it moved, this and all following moved or
deleted, and edits after that (RULES 5, row 8). It is followed, and never becomes a second series.

Not a series that is deleted or declined as a whole: that is asked about, test_series_gone.py.
"""

from __future__ import annotations

import pytest

from daemon.domain.value import replace
from tests.stories.cast import line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, before


def live(stage: Stage) -> list[str]:
    """The series that go on, as the mentor's calendar has them."""
    events = stage.outside.world.account("ana@example.org").events.values()
    return [
        event.rule.first
        for event in events
        if event.rule and not event.gone and event.rule.until is None
    ]


def in_zone(stage: Stage, name: str) -> None:
    """The calendar says that the series is in that zone."""
    world = stage.outside.world
    for event in world.account("ana@example.org").events.values():
        if event.rule:
            event.rule = replace(event.rule, zone=name)
            world.touch(event)
    stage.passes(10)


@row("seen-8")
@pytest.mark.parametrize(
    ("zone", "moves"),
    [
        ("Europe/Paris", 0),  # the same all through the year: another name, as some calendars give
        ("Africa/Johannesburg", 1),  # the same until winter only
    ],
)
def test_another_name_of_the_same_clock_is_no_change(zone: str, moves: int) -> None:
    stage = before()
    in_zone(stage, zone)
    assert len(stage.why("the whole series was moved")) == moves
    assert (stage.ben.reads(), stage.maya.reads()) == ([], [])


@row("seen-8", "series-one")
def test_all_of_it_moved_is_the_new_regular_time_and_is_told_once() -> None:
    stage = before()
    stage.ana.drags_all("Tue 13 Oct", "Wed 14 Oct 11:00")
    stage.until("Thu 22 Oct 10:00 Berlin")
    assert stage.ana.reads() == []  # she did it herself
    assert [each.split("  ")[:2] for each in stage.ben.reads()] == [
        ["Wed 7 Oct 13:36", "started"],
        ["Tue 13 Oct 18:00", "prep-mentee"],
        ["Wed 14 Oct 15:30", "notes"],
        ["Tue 20 Oct 18:00", "prep-mentee"],
        ["Wed 21 Oct 15:30", "notes"],
    ]
    assert stage.standing("Tue 13 Oct") == "held presumed"  # the same meeting, at another time
    assert live(stage) == ["2026-10-14T11:00"]
    assert stage.ana.calendar() == ["Wed 28 Oct 11:00", "Wed 4 Nov 11:00"]


@row("seen-8")
def test_moved_to_an_hour_that_is_over_today_todays_does_not_take_the_place_of_next_weeks() -> None:
    stage = before()
    stage.until("Tue 13 Oct 14:30 Berlin")
    stage.ben.reads()
    stage.ana.drags_all("Tue 13 Oct", "Tue 13 Oct 13:00")
    stage.until("Tue 20 Oct 15:40 Berlin")
    assert [each.split("  ")[:2] for each in stage.ben.reads()] == [
        ["Tue 13 Oct 18:06", "started"],
        ["Mon 19 Oct 18:00", "prep-mentee"],
        ["Tue 20 Oct 17:30", "notes"],
    ]
    assert stage.standing("Tue 13 Oct") == "skipped rule"
    assert stage.standing("Tue 20 Oct") == "planned"


@row("seen-8", "seen-wait")
def test_dragged_twice_within_the_wait_only_the_last_time_is_told() -> None:
    stage = before()
    stage.ana.drags_all("Tue 13 Oct", "Wed 14 Oct 11:00")
    stage.ana.drags_all("Wed 14 Oct", "Wed 14 Oct 12:00")
    stage.passes(10)
    assert stage.ben.reads() == [
        "Wed 7 Oct 13:37  started  Your 1:1s are now Wednesdays 15:30 Kolkata (12:00 Berlin)."
    ]


@row("seen-8")
def test_this_and_all_following_moved_is_one_series_that_goes_on_elsewhere() -> None:
    stage = before()
    stage.ana.drags_following("Tue 20 Oct", "Wed 21 Oct 11:00")
    stage.passes(10)
    assert stage.ben.reads() == [
        "Wed 7 Oct 13:36  started  Your 1:1s are now Wednesdays 14:30 Kolkata (11:00 Berlin)."
    ]
    assert stage.ana.reads() == []
    assert stage.ana.calendar(22) == ["Tue 13 Oct 15:00", "Wed 21 Oct 11:00", "Wed 28 Oct 11:00"]
    assert live(stage) == ["2026-10-21T11:00"]
    stage.until("Thu 22 Oct 10:00 Berlin")
    assert stage.standing("Tue 20 Oct") == "planned"
    assert kinds(stage.ben.reads()) == ["prep-mentee", "notes", "prep-mentee", "notes"]


@row("seen-8", "series-one", "meeting-skipped")
@pytest.mark.parametrize("how", ["all", "this and following"])
def test_dragged_onto_a_single_1_1_of_the_two_they_meet_once_at_that_hour(how: str) -> None:
    stage = before()
    stage.ana.deletes("Tue 20 Oct")
    stage.passes(6)
    stage.until("Thu 8 Oct 12:00 Kolkata")
    stage.ben.replies("proposal", "3")
    assert "Thu 22 Oct 15:00 one-off" in stage.ana.calendar(20)
    if how == "all":
        stage.ana.drags_all("Tue 13 Oct", "Thu 15 Oct 15:00")
    else:
        stage.ana.drags_all("Tue 13 Oct", "Wed 14 Oct 15:00")
        stage.passes(10)
        stage.ana.drags_following("Wed 21 Oct", "Thu 22 Oct 15:00")
    stage.until("Fri 9 Oct 12:00 Berlin")
    assert stage.ana.calendar(23)[1:] == ["Thu 22 Oct 15:00 one-off", "Thu 29 Oct 15:00"]
    stage.until("Fri 23 Oct 12:00 Berlin")
    stage.ben.reads()
    notes = [each.at for each in stage.ben.letters if each.touchpoint == "notes"]
    first = "Thu 15 Oct 19:30" if how == "all" else "Wed 14 Oct 19:30"
    assert notes[-2:] == [first, "Thu 22 Oct 19:30"]


@row("seen-8")
def test_split_and_then_edited_the_new_one_is_followed_as_the_old_one_was() -> None:
    stage = before()
    stage.ana.drags_following("Tue 20 Oct", "Wed 21 Oct 11:00")
    stage.passes(10)
    stage.ana.drags("Wed 21 Oct", "Thu 22 Oct 11:00")
    stage.passes(10)
    assert kinds(stage.ben.reads()) == ["started", "moved"]
    stage.ana.deletes("Wed 28 Oct")
    stage.passes(10)
    assert kinds(stage.ben.reads()) == ["proposal"]
    stage.ana.drags_following("Wed 4 Nov", "Thu 5 Nov 16:00")
    stage.passes(10)
    assert stage.ana.calendar(40) == [
        "Tue 13 Oct 15:00",
        "Thu 22 Oct 11:00",
        "Thu 5 Nov 16:00",
        "Thu 12 Nov 16:00",
    ]
    assert live(stage) == ["2026-11-05T16:00"]
    assert kinds(stage.ben.reads()) == ["started"]


@row("seen-8", "seen-3")
def test_this_and_all_following_deleted_is_asked_about_and_what_lies_before_stands() -> None:
    stage = before()
    stage.ana.deletes_following("Tue 20 Oct")
    stage.until("Wed 14 Oct 09:00 Berlin")
    assert kinds(stage.ana.reads()) == ["series-gone"] * 3
    assert kinds(stage.ben.reads()) == ["prep-mentee", "notes"]  # of the 13th
    assert stage.ana.calendar(60) == []
    stage.until("Tue 10 Nov 10:00 Berlin")
    assert stage.ben.reads() == [
        "Wed 14 Oct 13:36  paused  Your 1:1s with Ana pause for now. Nothing to do."
    ]  # and no letter for each week to come
    assert kinds(stage.ana.reads()) == ["paused"]


@row("seen-8", "seen-3")
def test_put_back_weeks_later_it_goes_on_from_then_and_nothing_was_held_meanwhile() -> None:
    stage = before()
    stage.ana.deletes_following("Tue 20 Oct")
    stage.until("Tue 13 Oct 20:00 Berlin")
    stage.ana.replies("series-gone", "1")
    assert stage.ana.calendar() == ["Tue 20 Oct 15:00", "Tue 27 Oct 15:00"]
    stage.ana.deletes_all()
    stage.until("Wed 4 Nov 10:00 Berlin")
    stage.ben.reads()
    stage.ana.takes_series_out_of_the_bin()
    stage.until("Thu 12 Nov 10:00 Berlin")
    origins = [meeting.origin.wall[:10] for meeting in stage.state().meetings]
    assert "2026-11-03" not in origins  # it was on no calendar that day
    assert kinds(stage.ben.reads()) == ["resumed", "prep-mentee", "notes"]
    assert stage.ana.calendar() == ["Tue 17 Nov 15:00", "Tue 24 Nov 15:00"]


@row("seen-8", "letter-told")
def test_one_that_had_been_moved_goes_along_and_who_read_its_time_hears_of_it() -> None:
    stage = before()
    stage.ana.drags("Tue 13 Oct", "Thu 15 Oct 10:00")
    stage.passes(10)
    assert kinds(stage.ben.reads()) == ["moved"]
    stage.ana.drags_all("Tue 20 Oct", "Wed 14 Oct 11:00")  # her calendar forgets the single move
    stage.passes(10)
    assert stage.ana.calendar() == ["Wed 14 Oct 11:00", "Wed 21 Oct 11:00"]
    assert [each.split("  ")[1:] for each in stage.ben.reads()] == [
        ["started", "Your 1:1s are now Wednesdays 14:30 Kolkata (11:00 Berlin)."],
        ["moved", "Your 1:1 with Ana is now Wed 14 Oct, 14:30 Kolkata (11:00 Berlin)."],
    ]


@row("seen-8", "proposal-withdrawn")
def test_one_that_had_fallen_out_is_on_again_and_its_question_is_closed() -> None:
    stage = before()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(10)
    assert kinds(stage.ben.reads()) == ["proposal"]
    stage.ana.drags_all("Tue 20 Oct", "Wed 14 Oct 11:00")
    stage.passes(10)
    assert stage.ana.calendar() == ["Wed 14 Oct 11:00", "Wed 21 Oct 11:00"]
    assert sorted(kinds(stage.ben.reads())) == ["moved", "started"]
    assert stage.state().proposal is None
    assert stage.standing("Tue 13 Oct") == "moved"
    told = stage.ben.last("moved")
    assert told.first == "Your 1:1 with Ana is now Wed 14 Oct, 14:30 Kolkata (11:00 Berlin)."
    assert "Before, it was Tue 13 Oct, 18:30 Kolkata (15:00 Berlin)." in told.text


@row("seen-8", "letter-told")
def test_one_that_was_moved_and_then_declined_is_told_once_with_the_time_that_was_read_last() -> (
    None
):
    stage = before()
    stage.ana.drags("Tue 13 Oct", "Thu 15 Oct 10:00")
    stage.passes(10)
    stage.ben.declines("Thu 15 Oct")
    stage.passes(10)
    assert kinds(stage.ben.reads()) == ["moved", "proposal"]
    stage.ana.drags_all("Tue 20 Oct", "Wed 14 Oct 11:00")
    stage.passes(10)
    assert kinds(stage.ben.reads()) == ["started", "moved"]
    said = stage.ben.last("moved").text
    assert "Before, it was Thu 15 Oct, 13:30 Kolkata (10:00 Berlin)." in said


@row("seen-8", "meeting-skipped")
def test_one_that_was_left_out_stays_left_out() -> None:
    stage = before()
    stage.ben.replies("started", "SKIP")
    stage.passes(5)
    stage.ana.drags_all("Tue 20 Oct", "Wed 14 Oct 11:00")
    stage.passes(10)
    assert stage.ana.calendar() == ["Wed 21 Oct 11:00"]
    assert stage.standing("Tue 13 Oct") == "skipped choice"


@row("seen-8", "series-change")
def test_another_rhythm_in_the_calendar_is_the_pairs_rhythm() -> None:
    stage = before()
    stage.ana.repeats_every(2)
    stage.passes(10)
    assert stage.ana.calendar(40) == ["Tue 20 Oct 15:00", "Tue 3 Nov 15:00"]
    assert kinds(stage.ben.reads()) == ["started"]
    assert "every second Tuesday" in stage.ben.last().first
    stage.until("Wed 4 Nov 10:00 Berlin")
    assert [each.split("  ")[0] for each in stage.ben.reads() if "prep-" in each] == [
        "Mon 19 Oct 18:00",
        "Mon 2 Nov 18:00",
    ]


@row("seen-8", "series-alternating")
def test_of_two_lengths_in_turn_the_other_one_follows() -> None:
    stage = before(replace(line(), lengths_minutes=(30, 60)))
    assert stage.ana.calendar(22) == ["Tue 13 Oct 15:00", "Tue 20 Oct 15:00", "Tue 27 Oct 15:00"]
    stage.ana.drags_all("Tue 13 Oct", "Wed 14 Oct 11:00", minutes=60)
    stage.passes(10)
    assert stage.ana.calendar(22) == ["Wed 14 Oct 11:00", "Wed 21 Oct 11:00", "Wed 28 Oct 11:00"]
    shown = [(each.end - each.start).seconds // 60 for each in stage.ana.shown(22)]
    assert shown == [60, 30, 60]
    assert kinds(stage.ben.reads()) == ["started"]


@row("seen-11", "seen-8")
def test_another_length_of_all_is_followed_and_told() -> None:
    stage = before()
    stage.ana.drags_all("Tue 13 Oct", "Tue 13 Oct 15:00", minutes=45)
    stage.passes(10)
    assert kinds(stage.ben.reads()) == ["started"]
    assert "45 minutes" in stage.ben.last().text
    assert stage.maya.reads() == []  # whoever fixes nothing need not hear of it
    stage.until("Tue 13 Oct 20:00 Kolkata")
    assert stage.ben.last("notes").at == "Tue 13 Oct 19:45"


@row("seen-8", "seen-3")
def test_the_question_about_a_cut_series_is_asked_no_more_once_it_goes_on() -> None:
    stage = before()
    stage.ana.deletes_following("Tue 20 Oct")
    stage.passes(10)
    assert kinds(stage.ana.reads()) == ["series-gone"]
    stage.ana.takes_back_the_cut()
    stage.until("Wed 21 Oct 10:00 Berlin")
    assert (stage.ana.reads(), stage.maya.reads()) == ([], [])
    assert kinds(stage.ben.reads()) == ["prep-mentee", "notes", "prep-mentee", "notes"]


@row("seen-8", "series-one")
def test_an_ended_one_that_goes_on_again_by_hand_is_for_a_person() -> None:
    stage = before()
    stage.ana.drags_following("Tue 20 Oct", "Wed 21 Oct 11:00")
    stage.passes(10)
    assert stage.maya.reads() == []
    stage.ana.takes_back_the_cut()
    stage.passes(10)
    assert live(stage) == ["2026-10-06T15:00", "2026-10-21T11:00"]  # both hers: neither is ended
    assert kinds(stage.maya.reads()) == ["admin"]
    assert "a series that had ended goes on again in its calendar" in stage.maya.last().text
    stage.ana.takes_back_the_cut()
    stage.until("Thu 22 Oct 10:00 Berlin")
    assert stage.maya.reads() == []
    assert stage.standing("Tue 20 Oct") == "planned"  # on Wednesday the 21st


@row("seen-8", "pairing-resumed")
def test_after_the_silence_about_a_cut_taking_it_back_is_as_good_as_resume() -> None:
    stage = before()
    stage.ana.deletes_following("Tue 20 Oct")
    stage.until("Thu 22 Oct 10:00 Berlin")
    assert stage.state().standing == "paused"
    stage.all_read()
    stage.ana.takes_back_the_cut()
    stage.until("Tue 27 Oct 10:00 Berlin")
    assert stage.state().standing == "active"
    assert stage.ana.calendar() == ["Tue 27 Oct 15:00", "Tue 3 Nov 15:00", "Tue 10 Nov 15:00"]
    assert kinds(stage.ben.reads()) == ["resumed", "prep-mentee"]
    assert (stage.ana.reads(), stage.maya.reads()) == ([], [])


@row("seen-3", "seen-8")
def test_of_a_cut_that_is_undone_the_reason_names_no_end() -> None:
    stage = before()
    stage.ana.deletes_following("Tue 20 Oct")
    stage.passes(10)
    stage.ana.replies("series-gone", "1")
    stage.passes(2)
    assert live(stage) == ["2026-10-06T15:00"]
    assert stage.why("it goes on") == ["on hold: it goes on"]
    assert stage.why("None") == []


@row("seen-3", "series-alternating")
def test_both_of_two_lengths_deleted_are_one_question_and_one_answer() -> None:
    stage = before(replace(line(), lengths_minutes=(30, 60)))
    stage.ana.deletes_all()
    stage.ana.deletes_all()
    stage.passes(10)
    assert kinds(stage.ana.reads()) == ["series-gone"]
    stage.ana.replies("series-gone", "1")
    stage.passes(2)
    assert stage.ana.calendar(22) == ["Tue 13 Oct 15:00", "Tue 20 Oct 15:00", "Tue 27 Oct 15:00"]
    assert stage.ben.reads() == []


@row("seen-3", "seen-1")
def test_put_back_it_leaves_out_what_had_been_taken_off_far_ahead() -> None:
    stage = before()
    stage.ana.deletes("Tue 3 Nov")
    stage.ana.deletes_all()
    stage.passes(10)
    stage.ana.replies("series-gone", "1")
    stage.passes(2)
    assert stage.ana.calendar(35) == [
        f"Tue {day} 15:00" for day in ("13 Oct", "20 Oct", "27 Oct", "10 Nov")
    ]
    stage.until("Wed 21 Oct 10:00 Berlin")
    assert kinds(stage.ben.reads())[-1] == "proposal"  # about the 3rd, when it comes near
    assert stage.standing("Tue 3 Nov") == "cancelled"


@row("seen-7", "meeting-moved")
def test_a_date_moved_far_ahead_is_told_when_it_comes_near() -> None:
    stage = before()
    stage.ana.drags("Tue 10 Nov", "Wed 11 Nov 11:00")
    stage.until("Mon 26 Oct 10:00 Berlin")
    assert "moved" not in kinds(stage.ben.reads())
    stage.until("Tue 27 Oct 20:00 Berlin")  # it is one of the next two now
    assert [each for each in stage.ben.reads() if "moved" in each] == [
        "Tue 27 Oct 20:35  moved  Your 1:1 with Ana is now Wed 11 Nov, 15:30 Kolkata (11:00 Berlin)."
    ]
    assert stage.standing("Tue 10 Nov") == "moved"


@row("seen-8", "seen-wait")
def test_moved_by_itself_and_with_all_others_before_anybody_was_told_is_told_once() -> None:
    stage = before()
    stage.ana.drags("Tue 13 Oct", "Thu 15 Oct 10:00")
    stage.ana.drags_all("Tue 20 Oct", "Wed 14 Oct 11:00")
    stage.passes(10)
    assert kinds(stage.ben.reads()) == ["started"]
    assert stage.standing("Tue 13 Oct") == "planned"
