"""A pause of the pair: asked for, in the files, or after silence; and how it ends (RULES 3).

Not an absence of one of the two, which leaves out single dates, and not a break of the program.
"""

from __future__ import annotations

from datetime import date

from daemon.domain.cadence import RegularTime
from daemon.domain.value import replace
from tests.stories.beginnings import on_friday
from tests.stories.cast import ANA, BEN, CHI, DAN, KOSS, PATIENT, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import before


@row("pairing-paused", "meeting-skipped-by-rule")
def test_what_lies_inside_is_left_out_and_both_are_told_once() -> None:
    stage = before(at="Mon 12 Oct 19:00 Kolkata")
    assert stage.ana.calendar() == ["Tue 13 Oct 15:00", "Tue 20 Oct 15:00"]
    stage.ben.replies("prep-mentee", "PAUSE until 3 Nov")
    assert stage.ana.calendar(20) == stage.ben.calendar(20) == []
    assert stage.ben.reads() == [
        "Mon 12 Oct 19:01  ack  Understood: the 1:1s pause until 3 November 2026."
    ]
    assert stage.ana.reads() == [
        "Mon 12 Oct 15:31  paused  Your 1:1s with Ben pause until 3 November 2026. Nothing to do."
    ]
    stage.until("Sat 31 Oct 10:00 Berlin")
    assert (stage.ana.reads(), stage.ben.reads()) == ([], [])
    assert stage.standing("Tue 20 Oct") == "skipped rule"
    assert stage.state().tally.due == 1  # of the 6th; what lay in the pause was never due


@row("pairing-resumed", settings=("resume_ahead_days",))
def test_two_days_before_its_end_both_read_the_next_date_and_nothing_is_made_up_for() -> None:
    stage = before()
    stage.ben.replies("started", "PAUSE until 3 Nov")
    stage.ana.reads(), stage.ben.reads()
    stage.until("Tue 3 Nov 10:00 Berlin")
    assert stage.ana.reads() == [
        "Sun 1 Nov 07:00  resumed  Your 1:1s go on: Tue 3 Nov, 15:00 Berlin (19:30 Kolkata)."
    ]
    assert kinds(stage.ben.reads()) == ["resumed", "prep-mentee"]
    assert stage.ana.calendar() == ["Tue 3 Nov 15:00", "Tue 10 Nov 15:00", "Tue 17 Nov 15:00"]


@row("pairing-resumed", settings=("resume_ahead_days",))
def test_told_a_week_ahead_where_the_program_says_so() -> None:
    stage = before(program=replace(PATIENT, resume_ahead_days=7))
    stage.ben.replies("started", "PAUSE until 3 Nov")
    stage.ana.reads()
    stage.until("Wed 28 Oct 10:00 Berlin")
    assert [each.split("  ")[:2] for each in stage.ana.reads()] == [["Tue 27 Oct 07:00", "resumed"]]
    assert stage.ana.calendar()[0] == "Tue 3 Nov 15:00"


@row("pairing-resumed")
def test_it_does_not_go_on_before_the_day_that_was_named() -> None:
    stage = before(line(at=RegularTime(0, 15, 0)), at="Tue 13 Oct 10:00 Berlin")
    stage.ben.replies("started", "PAUSE until 3 Nov")  # a Tuesday; the Monday before it is inside
    stage.until("Tue 3 Nov 10:00 Berlin")
    assert stage.ana.calendar() == ["Mon 9 Nov 15:00", "Mon 16 Nov 15:00"]
    assert stage.ana.last("resumed").first == (
        "Your 1:1s go on: Mon 9 Nov, 15:00 Berlin (19:30 Kolkata)."
    )


@row("pairing-paused", settings=("pause_days_max",))
def test_without_a_day_it_lasts_as_long_as_a_pause_may() -> None:
    stage = before(program=replace(PATIENT, pause_days_max=21))
    stage.ana.replies("started", "PAUSE")
    assert stage.ana.reads() == [
        "Wed 7 Oct 10:01  ack  Understood: the 1:1s pause until 28 October 2026."
    ]
    stage.ana.replies("ack", "PAUSE until 1 Dec")  # longer than it may: the same day is said again
    assert stage.ana.last("ack").first == "Understood: the 1:1s pause until 28 October 2026."
    stage.until("Mon 26 Oct 12:00 Berlin")
    assert stage.ana.calendar()[0] == "Tue 3 Nov 15:00"


@row("pairing-paused")
def test_asked_for_again_it_lasts_longer_and_the_other_hears_the_new_day() -> None:
    stage = before()
    stage.ben.replies("started", "PAUSE until 3 Nov")
    stage.until("Thu 15 Oct 10:00 Berlin")
    stage.ana.reads()
    stage.ben.replies("ack", "PAUSE until 17 Nov")
    assert stage.ana.reads() == [
        "Thu 15 Oct 10:01  paused  Your 1:1s with Ben pause until 17 November 2026. Nothing to do."
    ]
    stage.until("Mon 16 Nov 10:00 Berlin")
    assert kinds(stage.ana.reads()) == ["resumed"]
    assert stage.ana.calendar() == ["Tue 17 Nov 15:00", "Tue 24 Nov 15:00"]


@row("pairing-resumed")
def test_resume_of_either_brings_them_back_with_the_very_dates() -> None:
    stage = before()
    stage.ben.replies("started", "PAUSE")
    stage.until("Fri 9 Oct 10:00 Berlin")
    stage.ana.reads(), stage.ben.reads()
    stage.ana.replies("paused", "RESUME")
    assert stage.ana.reads() == [
        "Fri 9 Oct 10:01  ack  Your 1:1s go on: Tue 13 Oct, 15:00 Berlin (18:30 Kolkata)."
    ]
    assert stage.ben.reads() == [
        "Fri 9 Oct 13:31  resumed  Your 1:1s go on: Tue 13 Oct, 18:30 Kolkata (15:00 Berlin)."
    ]
    assert stage.ana.calendar() == ["Tue 13 Oct 15:00", "Tue 20 Oct 15:00"]
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert kinds(stage.ben.reads()) == ["prep-mentee", "notes"]
    assert stage.standing("Tue 13 Oct") == "planned"


@row("pairing-resumed")
def test_one_that_was_left_out_before_the_pause_is_not_the_next_one() -> None:
    stage = on_friday()
    for word in ("SKIP", "PAUSE", "RESUME"):
        stage.ben.replies("started", word)
    assert stage.ben.last("ack").first == (
        "Your 1:1s go on: Tue 20 Oct, 18:30 Kolkata (15:00 Berlin)."
    )
    stage.passes(1)
    assert stage.ana.calendar()[0] == "Tue 20 Oct 15:00"


@row("pairing-resumed", "undo-words")
def test_undo_brings_everything_back_as_it_was() -> None:
    stage = before(at="Mon 12 Oct 19:00 Kolkata")
    stage.ana.drags("Tue 20 Oct", "Wed 21 Oct 11:00")
    stage.passes(10)
    stage.ben.replies("prep-mentee", "PAUSE")
    assert stage.ana.calendar() == []
    stage.ana.reads(), stage.ben.reads()
    stage.ben.replies("ack", "UNDO")
    stage.passes(1)
    assert stage.ben.reads() == ["Mon 12 Oct 19:13  ack  Taken back: the 1:1s with Ana go on."]
    assert kinds(stage.ana.reads()) == [
        "resumed"
    ]  # who has read of the pause hears that it is over
    assert stage.ana.calendar(16) == ["Tue 13 Oct 15:00", "Wed 21 Oct 11:00", "Tue 27 Oct 15:00"]


@row("pairing-resumed")
def test_a_date_that_took_place_early_does_not_come_once_more() -> None:
    stage = before(at="Mon 12 Oct 10:00 Berlin")
    stage.ana.drags("Tue 20 Oct", "Wed 14 Oct 11:00")
    stage.until("Thu 15 Oct 10:00 Berlin")
    stage.ben.replies("started", "PAUSE")
    stage.passes(1)
    stage.ben.replies("started", "RESUME")
    stage.passes(1)
    assert stage.ana.calendar(20) == ["Tue 27 Oct 15:00", "Tue 3 Nov 15:00"]


@row("pairing-resumed", "undo-words", "seen-1")
def test_after_undo_what_is_done_to_the_series_is_seen_as_before() -> None:
    stage = before(at="Tue 13 Oct 09:00 Berlin")  # so that the series ends yesterday
    stage.ben.replies("prep-mentee", "PAUSE")
    stage.passes(1)
    stage.ben.replies("ack", "UNDO")
    stage.passes(1)
    stage.ben.reads()
    stage.ana.cancels("Tue 20 Oct")
    stage.passes(10)
    assert kinds(stage.ben.reads()) == ["proposal"]


@row("pairing-resumed")
def test_undone_before_the_other_woke_it_is_never_mentioned() -> None:
    stage = before(at="Mon 12 Oct 23:00 Berlin")
    stage.ana.replies("started", "PAUSE")
    stage.ana.replies("ack", "UNDO")
    stage.until("Tue 13 Oct 12:00 Kolkata")
    assert stage.ben.reads() == []
    assert stage.ana.calendar(8) == ["Tue 13 Oct 15:00", "Tue 20 Oct 15:00"]


@row("pairing-paused", "letter-urgent")
def test_nobody_sets_out_for_what_was_left_out_in_the_last_hours() -> None:
    stage = before(line(ANA, BEN, RegularTime(1, 9, 0)), at="Mon 12 Oct 22:00 Berlin")
    stage.ana.replies("started", "PAUSE")  # it is 01:30 in Kolkata, eleven hours before the 1:1
    assert stage.ben.reads() == [
        "Tue 13 Oct 01:31  paused  "
        "The 1:1 on Tue 13 Oct, 12:30 Kolkata (09:00 Berlin) can't take place."
    ]
    assert "\nYour 1:1s with Ana pause until 11 December 2026. Nothing to do.\n" in (
        stage.ben.last().text
    )


@row("pairing-paused")
def test_a_mentors_pause_holds_everywhere_a_mentees_only_there() -> None:
    lines = (
        line(ANA, BEN),
        line(ANA, CHI, RegularTime(2, 10, 0)),
        line(DAN, CHI, RegularTime(3, 10, 0)),
    )
    stage = before(*lines)
    stage.chi.replies("started", "PAUSE until 1 Dec")  # her last letter is about Dan
    assert [stage.state(each.pairing).standing for each in lines] == ["active", "active", "paused"]
    stage.ana.replies("started", "PAUSE until 3 Nov")
    assert [stage.state(each.pairing).standing for each in lines] == ["paused", "paused", "paused"]
    pauses = [stage.state(each.pairing).pause for each in lines]
    assert [pause and str(pause.until) for pause in pauses] == [
        "2026-11-03", "2026-11-03", "2026-12-01",
    ]  # fmt: skip
    assert kinds(stage.ana.reads()) == ["ack"]
    assert kinds(stage.ben.reads()) == ["paused"]
    stage.ana.replies("ack", "RESUME")
    assert [stage.state(each.pairing).standing for each in lines] == ["active", "active", "paused"]


@row("pairing-paused", "proposal-withdrawn")
def test_an_open_question_is_taken_back_and_the_pause_says_it() -> None:
    stage = before(at="Mon 12 Oct 10:00 Berlin")
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(5)
    assert kinds(stage.ben.reads()) == ["proposal"]
    stage.ana.replies("started", "PAUSE until 3 Nov")
    assert [each.split("  ")[1:] for each in stage.ben.reads()] == [
        ["paused", "Your 1:1s with Ana pause until 3 November 2026. Nothing to do."],
    ]
    assert "Until they go on none takes place" in stage.ben.last().text


@row("pairing-paused", "pairing-resumed")
def test_the_admin_pauses_in_the_files_and_both_are_told() -> None:
    stage = before()
    stage.reconfigured(replace(line(), state="paused", resumes=date(2026, 10, 27)))
    told = "pause until 27 October 2026. Nothing to do."
    assert stage.ana.reads() == [f"Wed 7 Oct 10:00  paused  Your 1:1s with Ben {told}"]
    assert stage.ben.reads() == [f"Wed 7 Oct 13:30  paused  Your 1:1s with Ana {told}"]
    stage.until("Tue 27 Oct 10:00 Berlin")  # the files still say so, and it counts once
    assert kinds(stage.ana.reads()) == ["resumed"]
    assert stage.ana.calendar() == ["Tue 27 Oct 15:00", "Tue 3 Nov 15:00", "Tue 10 Nov 15:00"]


@row("pairing-resumed")
def test_the_admin_ends_it_in_the_files() -> None:
    stage = before()
    stage.reconfigured(replace(line(), state="paused"))
    stage.until("Thu 22 Oct 10:00 Berlin")
    stage.ana.reads(), stage.ben.reads()
    stage.reconfigured(line())
    assert kinds(stage.ana.reads()) == kinds(stage.ben.reads()) == ["resumed"]
    assert stage.ana.calendar() == ["Tue 27 Oct 15:00", "Tue 3 Nov 15:00"]


@row("pairing-paused-by-silence", settings=("still_good_answer_days", "still_good_steps"))
def test_whether_it_is_still_good_stays_unanswered() -> None:
    stage = before(program=replace(KOSS, still_good_steps=1, still_good_answer_days=7))
    stage.until("Tue 20 Oct 20:00 Kolkata")
    assert "Wed 14 Oct 07:00  still-good  Are the 1:1s with Ana still good for you?" in (
        stage.ben.reads()
    )
    assert stage.state().standing == "active"
    stage.until("Wed 21 Oct 12:00 Kolkata")
    neutral = "pause for now. Nothing to do."
    assert stage.ben.reads() == [f"Wed 21 Oct 07:00  paused  Your 1:1s with Ana {neutral}"]
    assert stage.ana.reads() == [f"Wed 21 Oct 07:00  paused  Your 1:1s with Ben {neutral}"]
    assert kinds(stage.maya.reads()) == ["admin"]
    assert stage.ana.calendar(60) == []


@row("pairing-paused-by-silence", "pairing-resumed", settings=("pause_days_max",))
def test_only_a_word_ends_it_and_after_the_longest_pause_the_contact_is_asked() -> None:
    stage = before(program=replace(KOSS, still_good_steps=1, pause_days_max=30))
    stage.until("Wed 21 Oct 10:00 Berlin")
    stage.maya.reads(), stage.ana.reads()
    stage.until("Tue 1 Dec 10:00 Berlin")
    assert [each.split("  ")[:2] for each in stage.maya.reads()] == [["Fri 20 Nov 07:00", "admin"]]
    assert stage.state().standing == "paused"
    stage.ben.replies("paused", "RESUME")
    assert stage.ana.calendar() == ["Tue 8 Dec 15:00", "Tue 15 Dec 15:00"]
    assert kinds(stage.ana.reads()) == ["resumed"]


@row("pairing-paused", "held-presumed")
def test_the_last_one_before_it_is_still_asked_about() -> None:
    stage = before(at="Tue 13 Oct 15:40 Berlin")
    stage.ana.replies("started", "PAUSE")  # before the notes went out
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert kinds(stage.ben.reads()) == ["notes", "paused"]


@row("pairing-resumed", "proposal-withdrawn")
def test_undo_brings_an_open_question_back_too() -> None:
    stage = before(at="Mon 12 Oct 10:00 Berlin")
    stage.ana.deletes("Tue 20 Oct")
    stage.passes(6)
    stage.ben.replies("proposal", "PAUSE")
    stage.ben.reads()
    stage.ben.replies("ack", "UNDO")
    stage.passes(10)
    assert stage.standing("Tue 20 Oct") == "cancelled"
    assert "proposal" in kinds(stage.ben.reads())
