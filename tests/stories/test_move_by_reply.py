"""MOVE: one of the two asks for another time in the thread (RULES 7 and 11).

Not a move in the calendar.
"""

from __future__ import annotations

import pytest

from daemon.domain.value import replace
from tests.stories.cast import PATIENT
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, running


def after_prep() -> Stage:
    stage = running()
    stage.until("Mon 12 Oct 18:30 Kolkata")
    stage.ana.reads(), stage.ben.reads()
    return stage


@row("proposal-accepted", "meeting-moved")
def test_the_mentees_move_is_answered_with_times() -> None:
    stage = after_prep()
    stage.ben.replies("prep-mentee", "MOVE")
    assert stage.ben.reads() == [
        "Mon 12 Oct 18:31  proposal  Another time for Tuesday's 1:1 (13 Oct): which one is good?"
    ]
    assert "it stays where it is: Tue 13 Oct, 18:30" in stage.ben.last().text
    assert "Tue 13 Oct, 18:30 Kolkata (15:00 Berlin), your usual" not in stage.ben.last().text
    assert stage.ana.calendar()[0] == "Tue 13 Oct 15:00"  # it stands until a time is picked
    assert stage.ana.reads() == []
    stage.ben.replies("proposal", "1")
    assert stage.ana.calendar()[0] == "Wed 14 Oct 15:00"
    assert (kinds(stage.ben.reads()), kinds(stage.ana.reads())) == (["moved"], ["moved"])


def test_silence_keeps_it_where_it_is() -> None:
    stage = after_prep()
    stage.ben.replies("prep-mentee", "MOVE")
    stage.ben.reads()
    stage.until("Tue 13 Oct 20:00 Kolkata")
    assert kinds(stage.ben.reads()) == ["notes"]
    stage.until("Sat 17 Oct 12:00 Kolkata")
    assert stage.standing("Tue 13 Oct") == "planned"
    assert kinds(stage.ben.reads()) == []
    assert stage.ana.reads() == []


def test_the_mentors_move_asks_the_mentee() -> None:
    stage = running()
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ana.reads(), stage.ben.reads()
    stage.ana.replies("started", "MOVE")
    assert stage.ana.reads() == ["Mon 12 Oct 10:01  ack  Understood: I look for another time."]
    assert stage.ben.reads() == [
        "Mon 12 Oct 13:31  proposal  Another time for Tuesday's 1:1 (13 Oct): which one is good?"
    ]
    stage.ben.replies("proposal", "2")
    assert stage.ana.calendar()[0] == "Thu 15 Oct 15:00"
    assert kinds(stage.ana.reads()) == ["moved"]


@row("proposal-accepted")
def test_the_mentor_hears_that_it_stays_where_the_mentee_keeps_it() -> None:
    stage = running()
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ana.replies("started", "MOVE")
    stage.ana.reads(), stage.ben.reads()
    stage.ben.replies("proposal", "KEEP")
    stays = "I found no other time that suits you both. The 1:1 stays where it is."
    assert stage.ana.reads() == [f"Mon 12 Oct 10:02  ack  {stays}"]
    assert stage.ben.reads() == [
        "Mon 12 Oct 13:32  ack  Understood: the 1:1 stays, Tue 13 Oct, 18:30 Kolkata (15:00 Berlin)."
    ]
    assert "Ana hears that there is no other time, nothing else." in stage.ben.last().text


@row("proposal-silence")
def test_the_mentor_hears_that_it_stays_where_the_mentee_says_nothing() -> None:
    stage = running()
    stage.until("Fri 9 Oct 10:00 Berlin")
    stage.ana.replies("started", "MOVE")
    stage.ana.reads(), stage.ben.reads()
    stage.until("Mon 12 Oct 10:00 Berlin")
    stays = "I found no other time that suits you both. The 1:1 stays where it is."
    assert stage.ana.reads() == [f"Sat 10 Oct 16:30  ack  {stays}"]
    assert kinds(stage.ben.reads()) == ["proposal-nudge"]


@row("proposal-none")
def test_whom_none_of_the_times_fits_hears_that_it_stays() -> None:
    stage = running(program=PATIENT)
    stage.until("Fri 9 Oct 10:00 Berlin")
    stage.ben.replies("started", "MOVE")
    stage.ana.reads(), stage.ben.reads()
    for _ in range(3):
        stage.ben.replies("proposal", "NONE")
    assert kinds(stage.ben.reads()) == ["proposal", "proposal", "ack"]
    assert stage.ben.last().first == (
        "I found no other time that suits you both. The 1:1 stays where it is."
    )
    assert stage.ana.reads() == []  # who never knew that another one was wanted


@row("proposal-accepted")
def test_a_time_that_it_had_before_may_be_chosen_again() -> None:
    stage = running(program=PATIENT)
    stage.until("Fri 9 Oct 10:00 Berlin")
    stage.ben.replies("started", "MOVE")
    stage.ben.replies("proposal", "2")
    assert stage.ana.calendar()[0] == "Wed 14 Oct 15:00"
    for day, to in (("Wed 14 Oct", "Thu 15 Oct"), ("Thu 15 Oct", "Fri 16 Oct")):
        stage.ana.drags(day, f"{to} 10:00")
        stage.passes(6)
    stage.ana.reads(), stage.ben.reads()
    stage.ben.replies("moved", "MOVE")
    assert "3  Wed 14 Oct, 18:30 Kolkata" in stage.ben.last("proposal").text
    stage.ben.replies("proposal", "3")
    assert stage.ana.calendar()[0] == "Wed 14 Oct 15:00"
    assert kinds(stage.ben.reads()) == ["proposal", "moved"]
    assert kinds(stage.ana.reads()) == ["moved"]


def test_written_at_night_the_word_is_answered_at_once_and_the_times_in_the_morning() -> None:
    stage = after_prep()
    stage.until("Thu 15 Oct 23:00 Kolkata")
    stage.ben.reads()
    stage.ben.replies("notes", "move")  # of the next one, Tue 20 Oct
    assert stage.ben.reads() == ["Thu 15 Oct 23:01  ack  Understood: I look for another time."]
    stage.until("Fri 16 Oct 08:00 Kolkata")
    assert [each.split("  ")[:2] for each in stage.ben.reads()] == [
        ["Fri 16 Oct 07:00", "proposal"]
    ]


@row("proposal-too-near")
def test_too_near_the_daemon_does_not_move_it() -> None:
    """no_change_hours: skip, or talk to each other; what is done in the calendar is a fact."""
    stage = after_prep()
    stage.until("Mon 12 Oct 23:00 Kolkata")
    stage.ben.replies("prep-mentee", "move")
    assert stage.ben.reads() == [
        "Mon 12 Oct 23:01  ack  The 1:1 on Tue 13 Oct, 18:30 Kolkata (15:00 Berlin) is too near to be moved."
    ]
    stage.until("Tue 13 Oct 08:00 Kolkata")
    assert stage.ben.reads() == []
    assert stage.standing("Tue 13 Oct") == "planned"


def test_where_nothing_else_is_free_it_stays_and_says_so() -> None:
    stage = after_prep()
    for day in ("Tue 13 Oct", "Wed 14 Oct", "Thu 15 Oct", "Fri 16 Oct", "Mon 19 Oct"):
        stage.ana.is_busy(f"{day} 09:00", hours=9)
    stage.ben.replies("prep-mentee", "Move")
    assert stage.ben.reads() == [
        "Mon 12 Oct 18:31  ack  "
        "I found no other time that suits you both. The 1:1 stays where it is."
    ]
    assert stage.standing("Tue 13 Oct") == "planned"


@row("proposal-one")
def test_move_while_another_question_is_open_waits_its_turn() -> None:
    stage = running()
    stage.until("Mon 12 Oct 17:00 Kolkata")
    stage.ana.deletes("Tue 20 Oct")
    stage.until("Mon 12 Oct 18:30 Kolkata")
    assert kinds(stage.ben.reads())[-2:] == ["proposal", "prep-mentee"]
    stage.ben.replies("prep-mentee", "MOVE")
    assert kinds(stage.ben.reads()) == ["ack"]
    stage.ben.replies("proposal", "1")
    assert [each.split("  ")[1:] for each in stage.ben.reads()] == [
        ["moved", "Booked: Mon 19 Oct, 18:30 Kolkata (15:00 Berlin), 30 minutes."],
        ["proposal", "Another time for Tuesday's 1:1 (13 Oct): which one is good?"],
    ]


def test_move_that_then_falls_out_becomes_another_question() -> None:
    stage = after_prep()
    stage.ben.replies("prep-mentee", "MOVE")
    stage.ben.reads()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(6)
    assert [each.split("  ")[2] for each in stage.ben.reads()] == [
        "Tuesday's 1:1 (13 Oct) can't take place. Pick a new time?"
    ]
    assert "I leave it out" in stage.ben.last().text


def test_skip_of_the_mentee_takes_it_off_and_tells_both() -> None:
    stage = after_prep()
    stage.ben.replies("prep-mentee", "SKIP")
    assert stage.ana.calendar() == ["Tue 20 Oct 15:00", "Tue 27 Oct 15:00"][:1]
    assert (kinds(stage.ben.reads()), kinds(stage.ana.reads())) == (["left-out"], ["left-out"])


def test_skip_of_the_mentor_means_cant_and_asks_the_mentee() -> None:
    stage = running()
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ana.reads(), stage.ben.reads()
    stage.ana.replies("started", "Skip this one")
    assert stage.ana.reads() == ["Mon 12 Oct 10:01  ack  Understood: this 1:1 can't take place."]
    stage.passes(5)
    assert kinds(stage.ben.reads()) == ["proposal"]
    stage.ben.replies("proposal", "1")
    assert stage.ana.calendar()[0] == "Wed 14 Oct 15:00"


@pytest.mark.parametrize(
    ("hours", "expected"), [(20, ["proposal"]), (26, ["ack"]), (0, ["proposal"])]
)
@row("proposal-too-near", settings=("no_change_hours",))
def test_how_near_is_too_near(hours: int, expected: list[str]) -> None:
    stage = running(program=replace(PATIENT, no_change_hours=hours))
    stage.until("Mon 12 Oct 18:00 Kolkata")  # 24 hours and a half before
    stage.ben.reads()
    stage.ben.replies("prep-mentee", "MOVE")
    assert kinds(stage.ben.reads()) == expected


@row("proposal-too-near")
def test_a_calendar_may_move_it_however_near() -> None:
    stage = after_prep()
    stage.until("Tue 13 Oct 14:00 Berlin")
    stage.ana.drags("Tue 13 Oct", "Tue 13 Oct 17:00")
    assert [each.split("  ")[2] for each in stage.ben.reads()] == [
        "Your 1:1 with Ana is now Tue 13 Oct, 20:30 Kolkata (17:00 Berlin)."
    ]


@row("proposal-skip")
def test_keep_said_to_the_times_leaves_it_where_it_is() -> None:
    stage = after_prep()
    stage.ben.replies("prep-mentee", "MOVE")
    stage.ben.replies("proposal", "KEEP")
    assert kinds(stage.ben.reads()) == ["proposal", "ack"]
    assert (stage.state().proposal, stage.standing("Tue 13 Oct")) == (None, "planned")
    assert stage.maya.reads() == []


@row("series-window", "seen-7")
def test_what_was_moved_ahead_by_hand_is_not_its_own_predecessor() -> None:
    stage = running(program=PATIENT)
    stage.until("Fri 9 Oct 10:00 Berlin")
    stage.ana.drags("Tue 13 Oct", "Mon 12 Oct 15:00")
    stage.passes(5)
    stage.ben.replies("moved", "MOVE")
    assert stage.ben.last("proposal").choices == [
        "1  Wed 14 Oct, 18:30 Kolkata (15:00 Berlin), your usual hour",
        "2  Thu 15 Oct, 18:30 Kolkata (15:00 Berlin), your usual hour",
        "3  Fri 16 Oct, 18:30 Kolkata (15:00 Berlin), your usual hour",
    ]
