"""A mentor drags a meeting in the calendar (RULES 5 row 7): it is followed, and never asked back.

Not a move through a proposal.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from daemon.domain.meeting import Slot
from tests.stories.rows import row
from tests.stories.stage import Stage, running


def on_monday(**wishes: bool) -> Stage:
    stage = running(**wishes)
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ana.reads(), stage.ben.reads()
    return stage


@row("seen-7", "meeting-moved")
def test_followed_and_told_to_the_mentee_after_the_wait() -> None:
    stage = on_monday()
    stage.ana.drags("Tue 13 Oct", "Thu 15 Oct 14:00")
    assert stage.standing("Tue 13 Oct") == "moved"
    assert stage.ben.reads() == []
    stage.passes(5)
    assert stage.ben.reads() == [
        "Mon 12 Oct 13:36  moved  Your 1:1 with Ana is now Thu 15 Oct, 17:30 Kolkata (14:00 Berlin)."
    ]
    assert "Before, it was Tue 13 Oct, 18:30 Kolkata (15:00 Berlin)." in stage.ben.last().text
    assert stage.ana.reads() == []
    stage.until("Fri 16 Oct 10:00 Berlin")
    assert [each.split("  ")[:2] for each in stage.ben.reads()] == [
        ["Wed 14 Oct 18:00", "prep-mentee"],
        ["Thu 15 Oct 18:30", "notes"],
    ]


def test_dragged_twice_is_told_once_with_the_last_time() -> None:
    stage = on_monday()
    stage.ana.drags("Tue 13 Oct", "Thu 15 Oct 14:00")
    stage.passes(3)
    stage.ana.drags("Thu 15 Oct", "Fri 16 Oct 10:00")
    stage.passes(6)
    assert stage.ben.reads() == [
        "Mon 12 Oct 13:40  moved  Your 1:1 with Ana is now Fri 16 Oct, 13:30 Kolkata (10:00 Berlin)."
    ]


def test_dragged_on_later_is_told_anew() -> None:
    stage = on_monday()
    stage.ana.drags("Tue 13 Oct", "Thu 15 Oct 14:00")
    stage.passes(10)
    stage.ana.drags("Thu 15 Oct", "Fri 16 Oct 10:00")
    stage.passes(10)
    stage.ana.drags("Fri 16 Oct", "Tue 13 Oct 15:00")
    stage.passes(10)
    assert [each.split("  ")[2] for each in stage.ben.reads()] == [
        "Your 1:1 with Ana is now Thu 15 Oct, 17:30 Kolkata (14:00 Berlin).",
        "Your 1:1 with Ana is now Fri 16 Oct, 13:30 Kolkata (10:00 Berlin).",
        "Your 1:1 with Ana is now Tue 13 Oct, 18:30 Kolkata (15:00 Berlin).",
    ]


@row("seen-7", "letter-told")
def test_a_provider_that_tells_guests_has_told_it() -> None:
    stage = on_monday(tells_guests=True)
    stage.ana.drags("Tue 13 Oct", "Thu 15 Oct 14:00")
    stage.passes(30)
    assert stage.ben.reads() == []


@row("seen-7")
def test_to_where_the_mentee_is_not_there_keep_it_is_one_answer() -> None:
    stage = on_monday()
    stage.ana.drags("Tue 13 Oct", "Thu 15 Oct 17:30")  # 21:00 in Kolkata, after Ben's hours
    stage.passes(5)
    assert stage.ben.reads() == [
        "Mon 12 Oct 13:36  proposal  "
        "Your 1:1 is now Thu 15 Oct, 21:00 Kolkata (17:30 Berlin). Is that good?"
    ]
    assert stage.ben.last().choices == [
        "1  Thu 15 Oct, 21:00 Kolkata (17:30 Berlin), as it is now",
        "2  Wed 14 Oct, 18:30 Kolkata (15:00 Berlin), your usual hour",
        "3  Thu 15 Oct, 18:30 Kolkata (15:00 Berlin), your usual hour",
    ]
    stage.ben.replies("proposal", "1")
    assert stage.ben.reads() == [
        "Mon 12 Oct 13:37  moved  Booked: Thu 15 Oct, 21:00 Kolkata (17:30 Berlin), 30 minutes."
    ]
    assert stage.ana.calendar()[0] == "Thu 15 Oct 17:30"
    assert stage.ana.reads() == []


@row("seen-7")
def test_to_where_the_mentee_is_busy_another_time_is_picked() -> None:
    stage = on_monday()
    stage.ben.is_busy("Thu 15 Oct 17:00", hours=2)
    stage.ana.drags("Tue 13 Oct", "Thu 15 Oct 14:00")  # 17:30 in Kolkata
    stage.passes(5)
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["proposal"]
    stage.ben.replies("proposal", "3")
    assert stage.ana.calendar()[0] == "Wed 14 Oct 15:00"
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["moved"]
    assert [each.split("  ")[1:] for each in stage.ana.reads()] == [
        ["moved", "Your 1:1 with Ben is now Wed 14 Oct, 15:00 Berlin (18:30 Kolkata)."]
    ]


@row("seen-7")
def test_silence_keeps_it_where_the_mentor_put_it() -> None:
    stage = on_monday()
    stage.ana.drags("Tue 13 Oct", "Thu 15 Oct 17:30")
    stage.until("Thu 15 Oct 09:00 Kolkata")
    assert stage.ana.calendar()[0] == "Thu 15 Oct 17:30"
    assert [each.split("  ")[:2] for each in stage.ben.reads()] == [
        ["Mon 12 Oct 13:36", "proposal"],
        ["Wed 14 Oct 18:00", "prep-mentee"],  # with notes and the next prep three in seven days
    ]
    assert stage.ana.reads() == []
    assert stage.standing("Tue 13 Oct") == "moved"


@row("proposal-withdrawn")
def test_dragged_on_while_the_question_is_open() -> None:
    stage = on_monday()
    stage.ana.drags("Tue 13 Oct", "Thu 15 Oct 17:30")
    stage.passes(10)
    stage.ben.reads()
    stage.ana.drags("Thu 15 Oct", "Thu 15 Oct 15:00")
    stage.passes(6)
    assert stage.ben.reads() == [
        "Mon 12 Oct 13:47  moved  Your 1:1 with Ana is now Thu 15 Oct, 18:30 Kolkata (15:00 Berlin)."
    ]


@row("seen-11")
def test_a_longer_meeting_is_followed_without_a_word() -> None:  # RULES 5 row 11
    stage = on_monday()
    meeting = stage.meeting("Tue 13 Oct")
    assert meeting.place is not None
    longer = Slot(meeting.start, meeting.end + timedelta(minutes=30))
    stage.outside.hands.move("ana@example.org", meeting.place, longer)
    stage.passes(10)
    assert stage.standing("Tue 13 Oct") == "planned"
    assert stage.meeting("Tue 13 Oct").end == longer.end
    assert stage.ben.reads() == []
    stage.until("Tue 13 Oct 20:00 Kolkata")
    assert [each.split("  ")[:2] for each in stage.ben.reads()] == [
        ["Mon 12 Oct 18:00", "prep-mentee"],
        ["Tue 13 Oct 20:00", "notes"],
    ]


@row("seen-11", "seen-2")
def test_made_longer_and_declined_in_one_look_another_time_is_as_long() -> None:
    stage = on_monday()
    meeting = stage.meeting("Tue 13 Oct")
    assert meeting.place is not None
    longer = Slot(meeting.start, meeting.end + timedelta(minutes=30))
    stage.outside.hands.move("ana@example.org", meeting.place, longer)
    stage.outside.hands.answer("ben@example.org", meeting.place, "DECLINED")
    stage.passes(1)
    stage.passes(5)
    assert stage.standing("Tue 13 Oct") == "cancelled"
    assert stage.meeting("Tue 13 Oct").end == longer.end
    stage.ben.reads()
    stage.ben.replies("proposal", "1")
    assert stage.ben.reads() == [
        "Mon 12 Oct 13:37  moved  Booked: Wed 14 Oct, 18:30 Kolkata (15:00 Berlin), 60 minutes."
    ]


@row("seen-7", "proposal-withdrawn")
def test_dragged_back_the_wish_for_another_time_is_over() -> None:
    stage = on_monday(tells_guests=True)
    stage.ana.drags("Tue 13 Oct", "Thu 15 Oct 14:00")
    stage.passes(10)
    stage.ben.replies("welcome-mentee", "MOVE")
    stage.passes(1)
    assert stage.ben.reads() == [
        "Mon 12 Oct 13:42  proposal  Another time for Thursday's 1:1 (15 Oct): which one is good?"
    ]
    stage.ana.drags("Thu 15 Oct", "Tue 13 Oct 15:00")
    stage.passes(10)
    assert stage.ben.reads() == [
        "Mon 12 Oct 13:44  ack  No other time is needed any more for Tuesday's 1:1 (13 Oct)."
    ]
    assert stage.standing("Tue 13 Oct") == "planned"
    stage.until("Tue 13 Oct 20:00 Berlin")
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["prep-mentee", "notes"]


@pytest.mark.parametrize("words", ["KEEP", "keep it", "yes", "Yes, that works", "1"])
@row("seen-7", "proposal-accepted")
def test_keep_and_yes_say_that_it_is_good_there(words: str) -> None:
    stage = on_monday()
    stage.ana.drags("Tue 13 Oct", "Thu 15 Oct 17:30")
    stage.passes(5)
    stage.ben.reads()
    stage.ben.replies("proposal", words)
    assert [each.split("  ")[2] for each in stage.ben.reads()] == [
        "Booked: Thu 15 Oct, 21:00 Kolkata (17:30 Berlin), 30 minutes."
    ]
    assert stage.ana.calendar()[0] == "Thu 15 Oct 17:30"
    assert stage.ana.reads() == []
