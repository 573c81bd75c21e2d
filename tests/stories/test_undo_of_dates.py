"""UNDO of AWAY and of PAUSE: every 1:1 is as it was before (RULES 7, LETTERS 3).

Not UNDO of a single 1:1 or of words: test_undo.py.
"""

from __future__ import annotations

from tests.stories.beginnings import booked, on_friday
from tests.stories.people import kinds
from tests.stories.rows import row


@row("undo-words")
def test_away_is_taken_back_and_the_mentor_hears_what_stands_again() -> None:
    stage = on_friday()
    stage.ben.replies("started", "AWAY 12-22 Oct")
    assert kinds(stage.ana.reads()) == ["absence"]
    assert stage.ana.calendar() == []
    stage.ben.reads()
    stage.ben.replies("ack", "UNDO")
    assert stage.ana.calendar() == ["Tue 13 Oct 15:00 one-off", "Tue 20 Oct 15:00 one-off"]
    assert [each.split("  ")[2] for each in stage.ana.reads()] == [
        "Your 1:1 with Ben stays: Tue 13 Oct, 15:00 Berlin (18:30 Kolkata).",
        "Your 1:1 with Ben stays: Tue 20 Oct, 15:00 Berlin (18:30 Kolkata).",
    ]


@row("undo-words", "meeting-cancelled")
def test_what_somebody_had_taken_off_before_an_absence_needs_another_time_after_it() -> None:
    stage = on_friday()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(6)
    before = stage.ben.last("proposal").choices
    stage.ben.replies("proposal", "AWAY 12-17 Oct")
    assert stage.standing("Tue 13 Oct") == "skipped rule"
    stage.ana.reads(), stage.ben.reads()
    stage.ben.replies("ack", "UNDO")
    stage.passes(10)
    assert stage.ana.calendar() == ["Tue 20 Oct 15:00"]
    assert [each.split("  ")[1:] for each in stage.ana.reads()] == [
        ["ack", "Ben is not away from 12 to 17 October after all. Nothing to do."]
    ]
    assert [each.split("  ")[1:] for each in stage.ben.reads()] == [
        ["ack", "Taken back: you are not away on those days, and the 1:1s stand as before."],
        ["proposal", "Tuesday's 1:1 (13 Oct) can't take place. Pick a new time?"],
    ]
    assert stage.ben.last().choices == before


@row("undo-words", "meeting-repaired")
def test_what_was_repaired_before_an_absence_stands_after_it() -> None:
    stage = booked()
    stage.ben.replies("proposal", "AWAY 12-17 Oct")
    assert stage.ana.calendar() == ["Tue 20 Oct 15:00"]
    stage.ben.replies("ack", "UNDO")
    assert stage.ana.calendar() == ["Wed 14 Oct 15:00 one-off", "Tue 20 Oct 15:00"]
    assert stage.standing("Tue 13 Oct") == "moved"


@row("undo-words")
def test_dates_that_come_back_later_are_named_as_the_next_ones() -> None:
    stage = on_friday()
    stage.ben.replies("started", "AWAY 13 Oct - 4 Nov")
    stage.ben.reads()
    stage.ben.replies("ack", "UNDO")
    assert "Tue 20 Oct, 15:00" in stage.ana.last("moved").first
    assert "After this one, as usual: next Tue 27 Oct." in stage.ana.last("moved").text
    stage.until("Wed 21 Oct 10:00 Berlin")
    assert stage.ana.calendar() == ["Tue 27 Oct 15:00 one-off", "Tue 3 Nov 15:00 one-off"]


@row("undo-words")
def test_what_the_other_one_says_meanwhile_takes_nothing_away() -> None:
    stage = on_friday()
    stage.ben.replies("started", "AWAY 13 Oct")
    stage.ana.replies("started", "AWAY 20 Oct")
    assert stage.ana.calendar() == []
    stage.ben.replies("ack", "UNDO")
    assert stage.ana.calendar() == ["Tue 13 Oct 15:00 one-off"]
    stage.ana.replies("ack", "UNDO")
    assert stage.ana.calendar() == ["Tue 13 Oct 15:00 one-off", "Tue 20 Oct 15:00 one-off"]


@row("undo-words")
def test_a_pause_is_taken_back() -> None:
    stage = on_friday()
    stage.ben.replies("started", "PAUSE")
    assert stage.ana.calendar() == []
    stage.ana.reads(), stage.ben.reads()
    stage.ben.replies("ack", "UNDO")
    assert stage.ana.calendar() == ["Tue 13 Oct 15:00", "Tue 20 Oct 15:00"]
    assert stage.standing("Tue 13 Oct") == "planned"
    assert (kinds(stage.ana.reads()), kinds(stage.ben.reads())) == (["resumed"], ["ack"])


@row("undo-words")
def test_what_had_an_event_of_its_own_before_a_pause_has_one_after_it() -> None:
    stage = on_friday()
    stage.until("Tue 13 Oct 09:00 Berlin")
    stage.ben.replies("started", "AWAY 19-28 Oct")
    stage.ben.replies("ack", "UNDO")
    stage.ana.replies("started", "PAUSE until 10 Nov")
    assert stage.ana.calendar() == []
    stage.ana.replies("ack", "UNDO")
    assert stage.ana.calendar() == ["Tue 13 Oct 15:00", "Tue 20 Oct 15:00 one-off"]
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert stage.ana.calendar() == ["Tue 20 Oct 15:00 one-off", "Tue 27 Oct 15:00 one-off"]


@row("undo-words", "meeting-moved")
def test_what_was_moved_before_a_pause_is_where_it_was_after_it() -> None:
    stage = on_friday()
    stage.ben.replies("started", "MOVE")
    stage.ben.replies("proposal", "2")
    stage.ana.replies("started", "PAUSE")
    stage.ben.reads()
    stage.ana.replies("ack", "UNDO")
    assert stage.ana.calendar() == ["Wed 14 Oct 15:00", "Tue 20 Oct 15:00"]
    assert [each.split("  ")[1:] for each in stage.ben.reads()] == [
        ["resumed", "Your 1:1s go on: Wed 14 Oct, 18:30 Kolkata (15:00 Berlin)."]
    ]


@row("undo-words", "meeting-repaired")
def test_what_was_repaired_before_a_pause_stands_after_it() -> None:
    stage = booked()
    stage.ana.replies("started", "PAUSE")
    stage.ana.replies("ack", "UNDO")
    assert stage.ana.calendar() == ["Wed 14 Oct 15:00 one-off", "Tue 20 Oct 15:00"]
    assert [each.split("  ")[1:] for each in stage.ben.reads()] == [
        ["paused", "Your 1:1s with Ana pause until 8 December 2026. Nothing to do."],
        ["resumed", "Your 1:1s go on: Wed 14 Oct, 18:30 Kolkata (15:00 Berlin)."],
    ]
