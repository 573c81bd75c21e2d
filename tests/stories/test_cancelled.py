"""A mentor takes one meeting off the calendar, and another time is found (RULES 5 row 1, 6, 7).

Not a decline by the mentee and not a whole series: those have stories of their own.
"""

from __future__ import annotations

import pytest

from tests.stories.rows import row
from tests.stories.stage import Stage, running


def on_monday() -> Stage:
    stage = running()
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ana.reads(), stage.ben.reads()
    return stage


@row("seen-1", "meeting-repaired")
def test_deleted_by_the_mentor_three_times_offered_one_picked() -> None:
    stage = on_monday()
    stage.ana.deletes("Tue 13 Oct")
    assert stage.standing("Tue 13 Oct") == "cancelled"
    assert stage.ben.reads() == []  # five minutes might still undo it

    stage.passes(5)
    assert stage.ben.reads() == [
        "Mon 12 Oct 13:36  proposal  Tuesday's 1:1 (13 Oct) can't take place. Pick a new time?"
    ]
    assert stage.ben.last().choices == [
        "1  Wed 14 Oct, 18:30 Kolkata (15:00 Berlin), your usual hour",
        "2  Thu 15 Oct, 18:30 Kolkata (15:00 Berlin), your usual hour",
        "3  Fri 16 Oct, 18:30 Kolkata (15:00 Berlin), your usual hour",
    ]
    assert "by Wed 14 Oct, 12:30 Kolkata" not in stage.ben.last().text
    assert "If I hear nothing by Tue 13 Oct, 20:00 Kolkata (16:30 Berlin)" in stage.ben.last().text

    stage.ben.replies("proposal", "2")
    assert stage.ana.calendar() == ["Thu 15 Oct 15:00 one-off", "Tue 20 Oct 15:00"]
    assert stage.ben.calendar()[0] == "Thu 15 Oct 18:30 one-off NEEDS-ACTION"
    assert stage.ben.reads() == [
        "Mon 12 Oct 13:37  moved  Booked: Thu 15 Oct, 18:30 Kolkata (15:00 Berlin), 30 minutes."
    ]
    assert 'I read your "2" as the second time.' in stage.ben.last().text
    assert stage.ana.reads() == [
        "Mon 12 Oct 10:07  moved  Your 1:1 with Ben is now Thu 15 Oct, 15:00 Berlin (18:30 Kolkata)."
    ]
    stage.until("Fri 16 Oct 10:00 Berlin")
    assert [each.split("  ")[:2] for each in stage.ben.reads()] == [
        ["Wed 14 Oct 18:00", "prep-mentee"],
        ["Thu 15 Oct 19:30", "notes"],
    ]
    assert stage.standing("Tue 13 Oct") == "moved"  # the origin never changes


@row("seen-1")
def test_cancelled_but_left_visible_is_the_same() -> None:
    stage = on_monday()
    stage.ana.cancels("Tue 13 Oct")
    stage.passes(5)
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["proposal"]
    stage.ben.replies("proposal", "1")
    assert stage.ana.calendar()[0] == "Wed 14 Oct 15:00 one-off"


@row("seen-wait")
def test_put_back_within_the_wait_is_nothing() -> None:
    stage = on_monday()
    stage.ana.drags("Tue 13 Oct", "Thu 15 Oct 15:00")
    stage.passes(2)
    stage.ana.drags("Thu 15 Oct", "Tue 13 Oct 15:00")
    stage.until("Tue 13 Oct 10:00 Berlin")
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["prep-mentee"]
    assert stage.ana.reads() == []


def test_a_decline_taken_back_within_the_wait_is_nothing() -> None:
    stage = on_monday()
    stage.ben.declines("Tue 13 Oct")
    stage.passes(2)
    stage.ben.accepts("Tue 13 Oct")
    stage.until("Tue 13 Oct 10:00 Berlin")
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["prep-mentee"]
    assert stage.standing("Tue 13 Oct") == "planned"


def test_within_two_hours_nothing_is_waited_for() -> None:
    stage = on_monday()
    stage.until("Tue 13 Oct 13:30 Berlin")
    stage.ben.reads()
    stage.ana.deletes("Tue 13 Oct")
    assert stage.ben.reads() == [
        "Tue 13 Oct 17:01  proposal  Tuesday's 1:1 (13 Oct) can't take place. Pick a new time?"
    ]


def test_at_night_before_a_morning_meeting_off_comes_at_once_and_times_in_the_morning() -> None:
    stage = on_monday()
    stage.until("Tue 13 Oct 05:00 Berlin")  # 08:30 in Kolkata: not night there
    stage.ben.reads()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(5)
    assert [each.split("  ")[:2] for each in stage.ben.reads()] == [
        ["Tue 13 Oct 08:36", "proposal"]
    ]


OFF = "The 1:1 on Tue 13 Oct, 18:30 Kolkata (15:00 Berlin) can't take place."


@pytest.mark.parametrize(
    ("at", "letters"),
    [
        # more than twelve hours ahead, Ben's night: only the times, in the morning
        ("Mon 12 Oct 18:20 Berlin", ["Tue 13 Oct 07:00  proposal"]),
        # five minutes before twelve hours ahead, and a minute inside them (06:36 is night in Kolkata)
        ("Tue 13 Oct 02:54 Berlin", ["Tue 13 Oct 07:00  proposal"]),
        ("Tue 13 Oct 03:00 Berlin", ["Tue 13 Oct 06:36  off", "Tue 13 Oct 07:00  proposal"]),
        # by day the question says it
        ("Tue 13 Oct 05:00 Berlin", ["Tue 13 Oct 08:36  proposal"]),
    ],
)
def test_off_is_for_the_last_twelve_hours_at_night_too(at: str, letters: list[str]) -> None:
    stage = on_monday()
    stage.until("Mon 12 Oct 18:10 Berlin")
    stage.ben.reads()
    stage.until(at)
    stage.ana.deletes("Tue 13 Oct")
    stage.until("Tue 13 Oct 12:00 Berlin")
    assert ["  ".join(each.split("  ")[:2]) for each in stage.ben.reads()] == letters
    assert [each.first for each in stage.ben.letters if each.touchpoint == "off"] in ([], [OFF])


@row("proposal-withdrawn")
def test_back_after_the_question_was_asked_is_told() -> None:
    stage = on_monday()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(5)
    stage.ben.reads()
    stage.ana.takes_back_deletions()
    stage.passes(5)
    assert stage.standing("Tue 13 Oct") == "moved"
    assert stage.ben.reads() == [
        "Mon 12 Oct 13:42  moved  Your 1:1 with Ana stays: Tue 13 Oct, 18:30 Kolkata (15:00 Berlin)."
    ]
    assert stage.ana.reads() == []
    stage.ben.replies("proposal", "2")
    assert stage.ben.reads() == ["Mon 12 Oct 13:43  unclear  That list is closed."]
    assert stage.ana.calendar()[0] == "Tue 13 Oct 15:00"


def test_back_before_anybody_was_asked_is_nothing() -> None:
    stage = on_monday()
    stage.ana.deletes("Tue 13 Oct")
    stage.ana.takes_back_deletions()
    stage.until("Tue 13 Oct 10:00 Berlin")
    assert stage.standing("Tue 13 Oct") == "planned"
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["prep-mentee"]


def test_deleted_after_it_took_place_says_nothing() -> None:
    stage = on_monday()
    stage.until("Tue 13 Oct 15:31 Berlin")
    stage.ben.reads()
    stage.outside.hands.delete("ana@example.org", stage.meeting("Tue 13 Oct").place)
    stage.until("Tue 20 Oct 10:00 Berlin")
    assert stage.standing("Tue 13 Oct") == "planned"
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["notes", "prep-mentee"]
    stage.until("Wed 21 Oct 10:00 Berlin")
    assert stage.standing("Tue 13 Oct") == "held presumed"


@row("proposal-one")
def test_two_cancelled_are_asked_about_one_after_the_other() -> None:
    stage = on_monday()
    stage.ana.deletes("Tue 20 Oct")
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(6)
    assert [each.split("  ")[2] for each in stage.ben.reads()] == [
        "Tuesday's 1:1 (20 Oct) can't take place. Pick a new time?"
    ]
    stage.ben.replies("proposal", "2")
    assert [each.split("  ")[1:] for each in stage.ben.reads()] == [
        ["moved", "Booked: Wed 21 Oct, 18:30 Kolkata (15:00 Berlin), 30 minutes."],
        ["proposal", "Tuesday's 1:1 (13 Oct) can't take place. Pick a new time?"],
    ]
