"""A mentor deletes the whole series (RULES 5 row 3): a question for a person, not an answer.

Not one meeting, and not a calendar that cannot be read.
"""

from __future__ import annotations

from tests.stories.stage import running


def test_nothing_is_made_again_and_the_contact_is_told() -> None:
    stage = running()
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ben.reads()
    stage.ana.deletes_all()
    assert stage.maya.reads() == [
        "Mon 12 Oct 13:31  admin  A series of 1:1s was deleted in its calendar. One pairing needs a word."
    ]
    stage.until("Thu 5 Nov 10:00 Berlin")
    assert stage.ana.calendar(60) == []
    assert (stage.ana.reads(), stage.ben.reads()) == ([], [])  # no prep, no notes, no proposal
    assert stage.maya.reads() == []
    assert stage.standing("Tue 20 Oct") == "cancelled silence"


def test_taken_out_of_the_bin_it_goes_on() -> None:
    stage = running()
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ana.deletes_all()
    stage.until("Wed 14 Oct 10:00 Berlin")
    stage.ben.reads()
    stage.ana.takes_series_out_of_the_bin()
    stage.until("Wed 21 Oct 10:00 Berlin")
    assert [each.split("  ")[:2] for each in stage.ben.reads()] == [
        ["Mon 19 Oct 18:00", "prep-mentee"],
        ["Tue 20 Oct 19:30", "notes"],
    ]
    assert stage.standing("Tue 13 Oct") == "cancelled silence"  # it was gone when its hour came
    assert stage.ana.calendar() == ["Tue 27 Oct 15:00", "Tue 3 Nov 15:00"]


def test_an_open_question_is_not_asked_on_about_a_series_that_is_gone() -> None:
    stage = running()
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ana.deletes("Tue 20 Oct")
    stage.passes(10)
    stage.ben.reads()
    stage.ana.deletes_all()
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert stage.ben.reads() == []
    stage.ana.takes_series_out_of_the_bin()  # and with it the question comes back
    assert [each.split("  ")[1:] for each in stage.ben.reads()] == [
        ["proposal", "Tuesday's 1:1 (20 Oct) can't take place. Pick a new time?"]
    ]


def test_its_owner_and_the_mentee_may_still_say_things() -> None:
    stage = running()
    stage.until("Mon 12 Oct 19:00 Kolkata")
    stage.ana.deletes_all()
    stage.ben.replies("prep-mentee", "The CV")
    stage.until("Wed 21 Oct 10:00 Berlin")
    assert stage.ana.calendar() == []
