"""The machine was off for days (RULES 10, LETTERS 2): nothing old is sent, nothing twice, and the contact is told.

Not a crash in the middle of a beat: those are in test_series.py and in the invariants.
"""

from __future__ import annotations

from functools import partial

from daemon.domain.cadence import RegularTime
from daemon.domain.value import replace
from tests.stories.cast import ANA, BEN, CHI, DAN, EVA, PATIENT, line
from tests.stories.people import kinds, when
from tests.stories.rows import row
from tests.stories.stage import before

monday_noon = partial(before, at="Mon 12 Oct 12:00 Berlin")
THREE = (
    line(ANA, BEN),
    line(ANA, CHI, RegularTime(2, 10, 0)),
    line(DAN, EVA, RegularTime(4, 16, 0)),
)


@row("down", settings=("catch_up_hours",))
def test_notes_are_asked_for_of_the_last_two_days_and_older_ones_end_as_held() -> None:
    stage = monday_noon(*THREE)
    stage.sleeps_until("Fri 16 Oct 09:00 Berlin")  # Tuesday's was 66 hours ago, Wednesday's 47
    stage.until("Sat 17 Oct 12:00 Berlin")
    assert when(stage.ben.reads()) == []
    assert when(stage.chi.reads()) == ["Fri 16 Oct 15:00  notes"]
    assert stage.why("power") == [
        "skipped: the power was off: only the last days are asked about",
    ]
    stage.until("Wed 21 Oct 10:00 Berlin")
    assert stage.standing("Tue 13 Oct") == "held presumed"

    stage = monday_noon(*THREE, program=replace(PATIENT, catch_up_hours=72))
    stage.sleeps_until("Fri 16 Oct 09:00 Berlin")
    stage.until("Sat 17 Oct 12:00 Berlin")
    assert when(stage.ben.reads()) == ["Fri 16 Oct 12:30  notes"]


@row("down")
def test_the_contact_is_told_once_and_a_short_standstill_is_nobodys_business() -> None:
    stage = monday_noon(*THREE)
    stage.sleeps_until("Wed 14 Oct 20:00 Berlin")
    stage.until("Fri 16 Oct 12:00 Berlin")
    told = stage.maya.reads()
    assert [each.split("  ")[2] for each in told] == [
        "The machine was off. What came too late was left out, and nothing was sent twice."
    ]
    assert "hours: 56" in stage.maya.last().text

    stage = monday_noon(*THREE)
    stage.sleeps_until("Tue 13 Oct 06:00 Berlin")
    stage.until("Wed 14 Oct 12:00 Berlin")
    assert stage.maya.reads() == []


@row("down", "letter-quiet")
def test_back_at_night_nobody_is_woken_and_each_gets_one_letter() -> None:
    stage = monday_noon(*THREE)
    stage.sleeps_until("Wed 14 Oct 23:00 Berlin")  # half past two in Kolkata
    stage.until("Thu 15 Oct 20:00 Kolkata")
    assert when(stage.ben.reads()) == ["Thu 15 Oct 07:00  notes"]
    assert when(stage.chi.reads()) == ["Thu 15 Oct 07:00  notes"]


@row("down", "effect-skipped")
def test_what_was_due_meanwhile_is_skipped_with_the_reason() -> None:
    stage = monday_noon()
    stage.sleeps_until("Tue 13 Oct 15:10 Berlin")  # while they meet
    stage.until("Tue 13 Oct 20:00 Kolkata")
    assert when(stage.ben.reads()) == ["Tue 13 Oct 19:30  notes"]
    assert stage.why("2026-10-13")[:2] == ["skipped: its time was over at 2026-10-13T11:00:00Z"] * 2


@row("down")
def test_what_happened_on_the_calendars_meanwhile_is_seen_and_nothing_is_asked_about_the_past() -> (
    None
):
    stage = monday_noon()
    for day in ("Tue 13 Oct", "Tue 20 Oct"):
        place = next(shown.place for shown in stage.ana.shown() if day in f"{shown.start:%a %d %b}")
        stage.outside.hands.delete("ana@example.org", place)
    stage.sleeps_until("Thu 15 Oct 10:00 Berlin")
    stage.until("Thu 15 Oct 12:00 Berlin")
    assert [each.split("  ")[2] for each in stage.ben.reads() if "proposal" in each] == [
        "Tuesday's 1:1 (20 Oct) can't take place. Pick a new time?"
    ]


@row("down")
def test_an_offer_whose_time_ran_out_meanwhile_ends_as_it_said() -> None:
    stage = monday_noon()
    stage.ana.deletes("Tue 20 Oct")
    stage.passes(6)
    assert kinds(stage.ben.reads()) == ["proposal"]
    stage.sleeps_until("Fri 16 Oct 12:00 Berlin")
    stage.until("Sat 17 Oct 12:00 Kolkata")
    assert stage.standing("Tue 20 Oct") == "skipped silence"
    assert "proposal-nudge" not in kinds(stage.ben.reads())


@row("down")
def test_a_reply_that_lay_there_is_read_and_dated_to_the_day_it_was_read() -> None:
    stage = monday_noon()
    stage.until("Tue 13 Oct 20:00 Kolkata")
    stage.ben.reads()
    stage.off = True
    stage.ben.replies("notes", "We talked about Rome.")
    stage.sleeps_until("Fri 16 Oct 12:00 Berlin")
    stage.passes(15)
    assert stage.standing("Tue 13 Oct") == "held confirmed"
    assert kinds(stage.ana.reads()) == ["copy"]
