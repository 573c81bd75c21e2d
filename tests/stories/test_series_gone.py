"""A whole series is deleted, or declined (RULES 5, rows 3, 9 and 14): one question to
one person, and nothing is made again before the answer.

Not one meeting, not its guest taken off (test_guest_gone.py), and not a calendar that cannot be read.
"""

from __future__ import annotations

from datetime import date

from daemon.domain.value import replace
from tests.stories.cast import PATIENT, line
from tests.stories.rows import row
from tests.stories.stage import Stage, before, running


def deleted(at: str = "Mon 12 Oct 10:00 Berlin", **wishes: object) -> Stage:
    """Ana deletes the series."""
    stage = running(program=PATIENT, **wishes)
    stage.until(at)
    stage.all_read()
    stage.ana.deletes_all()
    return stage


@row("seen-3")
def test_its_owner_is_asked_and_nobody_else_hears_of_it() -> None:
    stage = deleted("Wed 7 Oct 10:00 Berlin")
    stage.passes(10)
    assert stage.ana.reads() == [
        "Wed 7 Oct 10:06  series-gone  The 1:1s with Ben are no longer in your calendar. What did you have in mind?"
    ]
    assert stage.ana.last().choices == [
        "1  put them back",
        "2  another regular time",
        "3  a pause",
        "4  I need to stop",
    ]
    stage.until("Mon 12 Oct 10:00 Berlin")
    assert stage.ben.reads() == []
    assert (stage.maya.reads(), stage.ana.calendar(60)) == ([], [])


@row("seen-3", "seen-wait")
def test_the_wait_forgives_a_slip() -> None:
    stage = deleted()
    stage.passes(3)
    stage.ana.takes_series_out_of_the_bin()
    stage.until("Tue 13 Oct 10:00 Berlin")
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["prep-mentee"]
    assert stage.ana.reads() == []


@row("seen-3", settings=("series_gone_hours",))
def test_the_mentee_is_told_a_day_before_a_meeting_that_falls_into_the_silence() -> None:
    stage = deleted("Wed 7 Oct 10:00 Berlin")
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert stage.ben.reads() == [
        "Mon 12 Oct 18:30  off  The 1:1 on Tue 13 Oct, 18:30 Kolkata (15:00 Berlin) can't take place."
    ]
    assert stage.standing("Tue 13 Oct") == "cancelled silence"  # it was gone when its hour came


@row("seen-3")
def test_silence_is_recalled_twice_and_then_it_is_for_the_contact() -> None:
    stage = deleted("Wed 7 Oct 10:00 Berlin")
    stage.until("Thu 15 Oct 10:00 Berlin")
    assert [each.split("  ")[:2] for each in stage.ana.reads()] == [
        ["Wed 7 Oct 10:06", "series-gone"],
        ["Thu 8 Oct 10:06", "series-gone"],
        ["Sat 10 Oct 10:06", "series-gone"],
        ["Wed 14 Oct 10:06", "paused"],
    ]
    said = "If I hear nothing by Wed 14 Oct, 10:06 Berlin (13:36 Kolkata), the 1:1s pause until"
    assert said in stage.ana.last("series-gone").text
    assert [each.split("  ")[2] for each in stage.maya.reads()] == [
        "Ana & Ben: the series was deleted, and what was meant stays open."
    ]


@row("seen-3", "pairing-paused-by-silence", "pairing-resumed")
def test_after_the_silence_it_rests_until_somebody_writes_resume() -> None:
    stage = deleted("Wed 7 Oct 10:00 Berlin")
    stage.until("Thu 15 Oct 10:00 Berlin")
    assert stage.state().standing == "paused"
    assert [each.split("  ")[:2] for each in stage.ben.reads()] == [
        ["Mon 12 Oct 18:30", "off"],
        ["Wed 14 Oct 13:36", "paused"],
    ]
    stage.until("Thu 12 Nov 10:00 Berlin")
    assert stage.ben.reads() == []  # no word about each 1:1 that does not take place
    stage.ben.replies("paused", "RESUME")
    stage.passes(5)
    assert stage.ana.calendar() == ["Tue 17 Nov 15:00", "Tue 24 Nov 15:00"]
    assert [each.split("  ")[1] for each in stage.ana.reads()][-1] == "resumed"


@row("seen-3", "pairing-resumed")
def test_put_back_after_the_silence_is_as_good_as_resume() -> None:
    stage = deleted("Wed 7 Oct 10:00 Berlin")
    stage.until("Thu 22 Oct 10:00 Berlin")
    stage.ana.reads(), stage.ben.reads()
    stage.ana.takes_series_out_of_the_bin()
    stage.passes(10)
    assert stage.state().standing == "active"
    assert stage.ana.calendar() == ["Tue 27 Oct 15:00", "Tue 3 Nov 15:00"]
    stage.until("Tue 27 Oct 10:00 Berlin")
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["resumed", "prep-mentee"]
    assert [each.split("  ")[1] for each in stage.ana.reads()] == []


@row("seen-9", "pairing-paused-by-silence")
def test_a_series_declined_as_a_whole_and_no_word_rests_too() -> None:
    stage = all_declined()
    stage.until("Fri 16 Oct 10:00 Berlin")
    assert stage.state().standing == "paused"
    assert stage.ana.calendar(60) == []
    assert [each.split("  ")[1] for each in stage.ana.reads()] == ["off", "paused"]


@row("seen-3")
def test_1_puts_it_back() -> None:
    stage = deleted()
    stage.passes(10)
    stage.ana.replies("series-gone", "1")
    stage.passes(5)
    assert stage.ana.calendar() == ["Tue 13 Oct 15:00", "Tue 20 Oct 15:00"]
    assert stage.ben.calendar() == [
        "Tue 13 Oct 18:30 NEEDS-ACTION",
        "Tue 20 Oct 18:30 NEEDS-ACTION",
    ]
    assert len({shown.place.uid for shown in stage.ana.shown()}) == 1
    stage.until("Tue 13 Oct 10:00 Berlin")
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["prep-mentee"]
    assert stage.standing("Tue 13 Oct") == "planned"


@row("seen-3", "effect-refused")
def test_1_and_the_calendar_has_that_id_already_its_meetings_go_along_to_another() -> None:
    stage = deleted()
    stage.passes(10)
    stage.faults.inject("put", "409")
    stage.ana.replies("series-gone", "1")
    stage.ben.replies("welcome-mentee", "MOVE")
    stage.ben.replies("proposal", "1")
    stage.passes(5)
    assert stage.ana.calendar() == ["Wed 14 Oct 15:00", "Tue 20 Oct 15:00"]
    assert stage.standing("Tue 13 Oct") == "moved"


def test_1_after_the_mentee_was_told_says_that_it_stands() -> None:
    stage = deleted()
    stage.until("Mon 12 Oct 15:30 Berlin")
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["off"]
    stage.ana.replies("series-gone", "1")
    stage.until("Tue 13 Oct 09:00 Berlin")
    assert [each.split("  ")[1:] for each in stage.ben.reads()] == [
        ["moved", "Your 1:1 with Ana stays: Tue 13 Oct, 18:30 Kolkata (15:00 Berlin)."],
        ["prep-mentee", "Tue 13 Oct, 18:30 Kolkata (15:00 Berlin): what shall it be about?"],
    ]


@row("seen-3", "series-first-time")
def test_2_looks_for_another_regular_time() -> None:
    stage = deleted()
    stage.passes(10)
    stage.ana.replies("series-gone", "2")
    stage.passes(5)
    assert [each.split("  ")[1:] for each in stage.ben.reads()] == [
        ["regular-time", "Another regular time for your 1:1s with Ana: which one is good?"]
    ]
    chosen = stage.ben.last().choices[1]
    stage.ben.replies("regular-time", "2")
    stage.passes(5)
    assert chosen.split("  ")[1].split(" ")[0].removesuffix("s")[:3] in stage.ana.calendar(30)[0]
    assert stage.ana.calendar(30) != []


@row("seen-3", "letter-told")
def test_1_each_time_that_the_mentee_was_told_says_that_it_stands_and_it_is_there_once() -> None:
    stage = deleted("Mon 12 Oct 15:30 Berlin")
    for _ in range(2):
        stage.passes(5)
        stage.ana.replies("series-gone", "1")
        assert stage.ana.calendar() == ["Tue 13 Oct 15:00", "Tue 20 Oct 15:00"]
        assert [each.split("  ")[1:] for each in stage.ben.reads()] == [
            ["off", "The 1:1 on Tue 13 Oct, 18:30 Kolkata (15:00 Berlin) can't take place."],
            ["moved", "Your 1:1 with Ana stays: Tue 13 Oct, 18:30 Kolkata (15:00 Berlin)."],
        ]
        stage.ana.deletes_all()


@row("seen-3")
def test_1_leaves_out_the_date_of_what_is_somewhere_else() -> None:
    stage = running(program=PATIENT)
    stage.until("Fri 9 Oct 10:00 Berlin")
    stage.ana.drags("Tue 13 Oct", "Wed 14 Oct 15:00")
    stage.passes(6)
    stage.ana.deletes_all()
    stage.passes(6)
    stage.ana.replies("series-gone", "1")
    assert stage.ana.calendar() == ["Wed 14 Oct 15:00 one-off", "Tue 20 Oct 15:00"]


@row("seen-3", "meeting-cancelled")
def test_1_leaves_out_the_date_that_the_mentee_declined() -> None:
    stage = running(program=PATIENT)
    stage.until("Fri 9 Oct 10:00 Berlin")
    stage.ben.declines("Tue 13 Oct")
    stage.ana.deletes_all()
    stage.passes(6)
    stage.ana.replies("series-gone", "1")
    assert stage.ana.calendar() == ["Tue 20 Oct 15:00"]
    stage.ben.replies("proposal", "2")
    assert stage.ana.calendar() == ["Wed 14 Oct 15:00 one-off", "Tue 20 Oct 15:00"]


@row("seen-3")
def test_1_does_not_bring_back_the_date_of_what_took_place_before_it() -> None:
    stage = running(program=PATIENT)
    stage.until("Fri 9 Oct 10:00 Berlin")
    stage.ben.replies("started", "MOVE")
    stage.ben.replies("proposal", "1")
    assert stage.ana.calendar()[0] == "Mon 12 Oct 15:00"
    stage.until("Mon 12 Oct 17:00 Berlin")
    stage.ana.deletes_all()
    stage.passes(6)
    stage.ana.replies("series-gone", "1")
    assert stage.ana.calendar() == ["Tue 20 Oct 15:00", "Tue 27 Oct 15:00"]


@row("seen-3")
def test_1_said_of_a_cut_series_keeps_what_was_moved_behind_the_cut() -> None:
    stage = running(program=PATIENT)
    stage.until("Fri 9 Oct 10:00 Berlin")
    stage.ana.drags("Tue 20 Oct", "Wed 21 Oct 15:00")
    stage.passes(6)
    stage.ana.deletes_following("Tue 13 Oct")
    stage.passes(6)
    assert stage.ana.calendar() == []
    stage.ana.replies("series-gone", "1")
    assert stage.ana.calendar() == ["Tue 13 Oct 15:00", "Wed 21 Oct 15:00"]


@row("seen-3", settings=("ends",))
def test_1_said_of_a_cut_series_whose_end_was_put_before_it_goes_on_to_that_end() -> None:
    stage = before()
    stage.reconfigured(replace(line(), ends=date(2026, 11, 3)))
    stage.all_read()
    stage.ana.deletes_following("Tue 20 Oct")
    stage.passes(6)
    stage.ana.replies("series-gone", "1")
    stage.passes(5)
    assert stage.ana.calendar(60) == [
        "Tue 13 Oct 15:00", "Tue 20 Oct 15:00", "Tue 27 Oct 15:00", "Tue 3 Nov 15:00"
    ]  # fmt: skip


@row("seen-3", "pairing-paused")
def test_3_is_a_pause() -> None:
    stage = deleted()
    stage.passes(10)
    stage.ana.replies("series-gone", "3")
    stage.until("Tue 13 Oct 08:00 Berlin")
    assert stage.state().standing == "paused"
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["paused"]


@row("seen-3", "pairing-closed")
def test_4_ends_it() -> None:
    stage = deleted()
    stage.passes(10)
    stage.ana.replies("series-gone", "4")
    stage.until("Tue 20 Oct 08:00 Berlin")
    assert stage.state().standing == "closed"
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["ended"]


@row("seen-14")
def test_row_14_deleted_twice_after_it_was_put_back_it_is_put_back_no_third_time() -> None:
    stage = deleted()
    stage.passes(10)
    for _ in range(2):
        stage.ana.replies("series-gone", "1")
        stage.passes(10)
        stage.ana.deletes_all()
        stage.passes(10)
    stage.ana.reads()
    stage.until("Thu 5 Nov 10:00 Berlin")
    assert [each for each in stage.ana.reads() if "series-gone" in each] == []
    told = [each.split("  ")[2] for each in stage.maya.reads()]
    assert "deleted" in told[0] and len(told) == len(set(told))
    assert stage.ana.calendar(60) == []


@row("seen-3")
def test_taken_out_of_the_bin_it_goes_on() -> None:
    stage = deleted()
    stage.until("Wed 14 Oct 10:00 Berlin")
    stage.ben.reads()
    stage.ana.takes_series_out_of_the_bin()
    stage.until("Wed 21 Oct 10:00 Berlin")
    assert [each.split("  ")[:2] for each in stage.ben.reads()] == [
        ["Mon 19 Oct 18:00", "prep-mentee"],
        ["Tue 20 Oct 19:30", "notes"],
    ]
    assert stage.standing("Tue 13 Oct") == "cancelled silence"
    assert stage.ana.calendar() == ["Tue 27 Oct 15:00", "Tue 3 Nov 15:00"]


@row("seen-3", "proposal-withdrawn")
def test_an_open_question_is_not_asked_on_about_a_series_that_is_gone() -> None:
    stage = running()
    stage.until("Wed 14 Oct 10:00 Berlin")
    stage.ana.deletes("Tue 20 Oct")
    stage.passes(10)
    stage.ben.reads()
    stage.ana.deletes_all()
    stage.until("Thu 15 Oct 10:00 Berlin")
    assert stage.ben.reads() == []
    stage.ana.takes_series_out_of_the_bin()  # and with it the question comes back
    assert [each.split("  ")[1:] for each in stage.ben.reads()] == [
        ["proposal", "Tuesday's 1:1 (20 Oct) can't take place. Pick a new time?"]
    ]


def test_its_owner_and_the_mentee_may_still_say_things() -> None:
    stage = running(program=PATIENT)
    stage.until("Mon 12 Oct 19:00 Kolkata")
    stage.ana.deletes_all()
    stage.ben.replies("prep-mentee", "The CV")
    stage.until("Wed 21 Oct 10:00 Berlin")
    assert stage.ana.calendar() == []


# --- row 9


def all_declined() -> Stage:
    stage = running(program=PATIENT)
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.ana.reads(), stage.ben.reads()
    stage.ben.declines_all()
    stage.passes(10)
    return stage


@row("seen-9")
def test_row_9_the_whole_series_declined_is_asked_about_and_never_read_as_leaving() -> None:
    stage = all_declined()
    assert [each.split("  ")[1:] for each in stage.ben.reads()] == [
        ["declined-all", "Your calendar declined all 1:1s with Ana. What did you mean?"]
    ]
    stage.until("Mon 12 Oct 10:00 Berlin")
    assert stage.ana.reads() == []
    assert stage.standing("Tue 13 Oct") == "planned"
    stage.until("Wed 14 Oct 09:00 Berlin")
    assert [each.split("  ")[:2] for each in stage.ana.reads()] == [["Mon 12 Oct 15:00", "off"]]


@row("seen-9")
def test_row_9_1_was_a_slip() -> None:
    stage = all_declined()
    stage.ben.replies("declined-all", "1")
    stage.until("Tue 13 Oct 14:00 Berlin")
    assert [each.split("  ")[1] for each in stage.ben.reads()] == [
        "declined-all",
        "ack",
        "prep-mentee",
    ]
    assert stage.standing("Tue 13 Oct") == "planned"


@row("seen-9", "series-first-time")
def test_row_9_2_looks_for_another_time() -> None:
    stage = all_declined()
    stage.ben.replies("declined-all", "2")
    stage.passes(5)
    assert [each.split("  ")[1] for each in stage.ben.reads()] == [
        "declined-all",
        "ack",
        "regular-time",
    ]
    assert stage.ana.calendar(60) == []


@row("seen-3")
def test_cancelled_as_a_whole_is_as_good_as_deleted() -> None:
    stage = running(program=PATIENT)
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.ana.reads(), stage.ben.reads()
    stage.ana.cancels_all()
    stage.passes(10)
    assert [each.split("  ")[1] for each in stage.ana.reads()] == ["series-gone"]
    assert stage.ben.reads() == []
