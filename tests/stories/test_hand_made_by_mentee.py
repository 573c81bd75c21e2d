"""Events that the mentee made by hand and to which the mentor is invited: the calendar of the 1:1s has but a copy, of which
nothing can be changed, and that is said (ADR 0009).

Not those that the mentor made: test_hand_made.py.
"""

from __future__ import annotations

from daemon.domain.value import replace
from tests.stories.cast import PATIENT, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, before
from tests.stories.test_series_by_hand import live

NO_TIME = replace(line(), at=None)


def taken_over() -> Stage:
    """Ben has made a series by hand, and Ana has said that it is the one."""
    stage = before()
    stage.ben.makes("Wed 14 Oct 14:30", "ana", weeks=1)
    stage.passes(10)
    assert stage.ana.reads()[0].endswith(
        "adopt  Your calendar has the 1:1s with Ben twice. Are Ben's the ones?"
    )
    stage.ana.replies("adopt", "1")
    stage.passes(10)
    stage.ana.reads()
    return stage


@row("adopt-double", "adopt-copy")
def test_by_the_mentors_yes_it_is_the_series_and_ours_goes() -> None:
    stage = taken_over()
    assert live(stage) == []  # nothing of ours goes on
    assert stage.ana.calendar(23) == [
        "Wed 14 Oct 11:00 NEEDS-ACTION",
        "Wed 21 Oct 11:00 NEEDS-ACTION",
        "Wed 28 Oct 10:00 NEEDS-ACTION",  # it is on Ben's clock
    ]
    assert [each.split("  ")[1:] for each in stage.ben.reads()] == [
        ["started", "Your 1:1s are now Wednesdays 14:30 Kolkata (11:00 Berlin)."]
    ]
    assert "The event is your own, and I can't change it" in stage.ben.last("started").text
    stage.until("Thu 22 Oct 10:00 Berlin")
    assert stage.standing("Tue 13 Oct") == "held presumed"
    assert kinds(stage.ben.reads()) == ["prep-mentee", "notes", "prep-mentee", "notes"]


@row("adopt-series", "adopt-copy")
def test_before_there_is_one_of_ours_none_is_ever_put() -> None:
    stage = Stage(NO_TIME, program=PATIENT)
    stage.ben.makes("Wed 14 Oct 14:30", "ana", weeks=1)
    stage.passes(10)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.passes(10)
    assert stage.ana.last("adopt").first == (
        "Ben made 1:1s with you in the calendar. Are those the ones?"
    )
    stage.ana.replies("adopt", "1")
    stage.passes(10)
    assert "Wednesdays 14:30 Kolkata (11:00 Berlin)" in stage.ben.last("welcome-mentee").text
    stage.ben.replies("welcome-mentee", "Yes")
    stage.until("Fri 16 Oct 10:00 Berlin")
    assert stage.outside.world.account("ana@example.org").events == {}
    assert kinds(stage.ben.reads())[-3:] == ["started", "prep-mentee", "notes"]


@row("adopt-copy", "seen-1", "seen-2", "meeting-repaired")
def test_taken_off_by_either_another_time_is_put_into_the_mentors_calendar() -> None:
    stage = taken_over()
    stage.all_read()
    stage.ana.declines("Wed 14 Oct")  # as its guest
    stage.passes(10)
    assert kinds(stage.ben.reads()) == ["proposal"]
    assert stage.meeting("Tue 13 Oct").cancelled_by == "mentor"
    stage.ben.replies("proposal", "1")
    stage.passes(10)
    assert stage.standing("Tue 13 Oct") == "moved"
    moved = [each for each in stage.ana.shown() if each.place.calendar == "ana@example.org"]
    assert len(moved) == 1
    stage.ben.deletes("Wed 21 Oct")  # as its organizer
    stage.passes(10)
    assert stage.meeting("Tue 20 Oct").cancelled_by == "mentee"


@row("adopt-copy", "meeting-moved")
def test_moved_by_a_word_its_old_date_is_left_to_the_mentee_who_hears_so() -> None:
    stage = taken_over()
    stage.until("Tue 13 Oct 20:00 Kolkata")
    stage.all_read()
    stage.until("Mon 19 Oct 12:00 Kolkata")
    stage.ana.reads()
    stage.ben.reads()
    stage.ben.replies("started", "MOVE")
    stage.passes(10)
    assert kinds(stage.ben.reads())[-1] == "proposal"
    stage.ben.replies("proposal", "2")
    stage.passes(10)
    assert "Your own event still shows the old time: please take it off there." in (
        stage.ben.last("moved").text
    )
    assert stage.on_hold() == []
    assert not stage.why("refused")


@row("adopt-copy", "seen-7")
def test_dragged_by_the_mentee_it_is_followed_and_the_mentor_hears_of_it() -> None:
    stage = taken_over()
    stage.all_read()
    stage.ben.drags("Wed 14 Oct", "Thu 15 Oct 14:30")
    stage.passes(10)
    assert stage.standing("Tue 13 Oct") == "moved"
    assert kinds(stage.ana.reads()) == ["moved"]
    assert stage.ben.reads() == []


@row("adopt-copy", "seen-3")
def test_deleted_by_the_mentee_the_mentor_is_asked_and_can_have_it_back_as_ours() -> None:
    stage = taken_over()
    stage.all_read()
    stage.ben.deletes_all()
    stage.passes(10)
    assert kinds(stage.ana.reads()) == ["series-gone"]
    stage.ana.replies("series-gone", "1")
    stage.passes(10)
    assert live(stage) == ["2026-10-14T14:30"]  # on Ben's clock


@row("adopt-single", "adopt-copy")
def test_a_single_one_that_the_mentee_made_is_the_new_time_by_the_mentors_yes() -> None:
    stage = before()
    stage.ana.deletes("Tue 13 Oct")
    stage.ben.makes("Thu 15 Oct 14:30", "ana")
    stage.passes(10)
    assert kinds(stage.ben.reads()) == []
    stage.ana.replies("adopt", "1")
    stage.passes(10)
    assert stage.standing("Tue 13 Oct") == "moved"
    assert kinds(stage.ben.reads()) == ["moved"]
    assert stage.ana.calendar(10) == ["Thu 15 Oct 11:00 one-off NEEDS-ACTION"]
    stage.ben.deletes("Thu 15 Oct")
    stage.passes(10)
    assert stage.meeting("Tue 13 Oct").cancelled_by == "mentee"
    assert kinds(stage.ben.reads()) == ["proposal"]


@row("adopt-copy", "adopt-none")
def test_invitations_of_others_are_nobodys_business() -> None:
    stage = before()
    stage.ben.makes("Wed 14 Oct 14:30", "ana", weeks=1, others=("maya@example.org",))
    stage.passes(30)
    assert stage.ana.reads() == []
