"""Did it take place? (RULES 4) The first evidence that applies decides, and nobody reads the other one's answer.

Not the words themselves: what is kept, copied and quoted is in test_notes.py.
"""

from __future__ import annotations

from daemon.domain.value import replace
from tests.stories.cast import PATIENT
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, running

BOTH_ASKED = replace(PATIENT, mentor_notes_days=1)


def both_asked() -> Stage:
    """Tuesday's 1:1 is over, and both have been asked how it was."""
    stage = running(program=BOTH_ASKED)
    stage.until("Tue 13 Oct 16:10 Berlin")
    stage.all_read()
    return stage


@row("held-no-of-mentee")
def test_a_mentees_no_is_missed_whatever_else_is_said() -> None:
    stage = both_asked()
    stage.ana.replies("notes", "We talked about Rome.")
    assert stage.standing("Tue 13 Oct") == "held confirmed"
    stage.ben.replies("notes", "No")
    assert stage.standing("Tue 13 Oct") == "missed"
    stage.ana.replies("notes", "Yes")
    assert stage.standing("Tue 13 Oct") == "missed"


@row("held-no-of-mentee")
def test_a_no_opens_a_question_about_another_time_and_the_mentor_hears_nothing() -> None:
    stage = both_asked()
    stage.ben.replies("notes", "NO")
    assert stage.ben.reads() == [
        "Tue 13 Oct 19:41  ack  Noted: it did not take place. Nobody is blamed.",
        "Tue 13 Oct 19:41  proposal  The 1:1 of Tuesday (13 Oct): shall we find another time?",
    ]
    stage.ben.replies("proposal", "SKIP")
    assert stage.standing("Tue 13 Oct") == "missed choice"
    assert kinds(stage.ben.reads()) == ["ack"]  # said once, in words
    assert stage.ana.reads() == []


@row("held-no-of-mentee")
def test_a_no_when_it_is_too_late_for_another_time_is_noted_and_that_is_all() -> None:
    stage = both_asked()
    stage.until("Mon 19 Oct 12:00 Kolkata")
    stage.ben.reads()
    stage.ben.replies("notes", "NO")
    stage.passes(10)
    assert kinds(stage.ben.reads()) == ["ack"]
    assert stage.standing("Tue 13 Oct") == "missed no-times"


@row("held-yes")
def test_a_yes_a_note_or_an_action_of_either_is_held_confirmed() -> None:
    for who, words in (
        ("ben", "Yes"),
        ("ana", "yes, it did"),
        ("ben", "We talked about Rome."),
        ("ana", "todo: ask Priya"),
        ("ben", "private: I was nervous"),
    ):
        stage = both_asked()
        stage.people[who].replies("notes", words)
        assert stage.standing("Tue 13 Oct") == "held confirmed", words


@row("held-no-of-mentor")
def test_a_mentors_no_alone_is_missed() -> None:
    stage = both_asked()
    stage.ana.replies("notes", "No")
    assert stage.standing("Tue 13 Oct") == "missed"
    assert stage.ana.reads() == [
        "Tue 13 Oct 16:11  ack  Noted: it did not take place. Nobody is blamed."
    ]
    assert kinds(stage.ben.reads()) == ["proposal"]


@row("held-no-of-mentor", "held-yes", "proposal-withdrawn")
def test_a_mentees_note_outweighs_a_mentors_no_and_the_list_is_taken_back() -> None:
    stage = both_asked()
    stage.ana.replies("notes", "No")
    stage.ana.reads(), stage.ben.reads()
    stage.ben.replies("notes", "We talked about Rome.")
    assert stage.standing("Tue 13 Oct") == "held confirmed"
    assert [each.split("  ")[1:] for each in stage.ben.reads()] == [
        ["first-note", "Saved. From now on I save your lines without writing back."],
        ["ack", "No other time is needed any more for Tuesday's 1:1 (13 Oct)."],
    ]
    assert stage.ana.reads() == []


@row("held-no-of-mentor", "held-yes")
def test_a_mentors_no_reads_the_same_when_the_mentee_has_said_yes() -> None:
    """Otherwise it would tell what the mentee has answered."""
    stage = both_asked()
    stage.ben.replies("notes", "yes")
    stage.ana.replies("notes", "No")
    assert stage.standing("Tue 13 Oct") == "held confirmed"
    assert stage.ana.reads() == [
        "Tue 13 Oct 16:12  ack  Noted: it did not take place. Nobody is blamed."
    ]


@row("held-gone")
def test_declined_or_gone_at_its_end_it_was_not_held() -> None:
    stage = running(program=PATIENT)
    stage.until("Tue 13 Oct 15:20 Berlin")
    stage.ben.reads(), stage.ana.reads()
    stage.ben.declines("Tue 13 Oct")
    stage.until("Wed 14 Oct 12:00 Kolkata")
    assert stage.standing("Tue 13 Oct") == "cancelled"
    assert kinds(stage.ben.reads()) == ["proposal"]  # and nobody asks how it was
    stage.until("Sat 17 Oct 12:00 Kolkata")
    assert stage.standing("Tue 13 Oct") == "skipped silence"


@row("held-presumed", settings=("presume_after_days",))
def test_silence_is_presumed_held_after_other_days() -> None:
    stage = running(program=replace(PATIENT, presume_after_days=3))
    stage.until("Fri 16 Oct 15:29 Berlin")
    assert stage.standing("Tue 13 Oct") == "planned"
    stage.until("Fri 16 Oct 15:31 Berlin")
    assert stage.standing("Tue 13 Oct") == "held presumed"
    assert [each.split("  ")[1] for each in stage.ana.reads()] == []


@row("held-corrected")
def test_each_may_take_back_ones_own_no_and_not_the_others() -> None:
    stage = both_asked()
    stage.ana.replies("notes", "No")
    stage.ana.replies("notes", "Yes, it did take place")
    assert stage.standing("Tue 13 Oct") == "held confirmed"
    stage.ben.replies("notes", "No")
    stage.ben.replies("notes", "I am sorry")  # words alone do not take a NO back
    assert stage.standing("Tue 13 Oct") == "missed"
    stage.ben.replies("notes", "Yes")
    assert stage.standing("Tue 13 Oct") == "held confirmed"


@row("held-corrected", settings=("correct_within_days",))
def test_after_the_days_of_correction_it_stays_as_it_is() -> None:
    stage = running(program=replace(PATIENT, correct_within_days=3))
    stage.until("Fri 16 Oct 15:35 Berlin")
    stage.ben.reads()
    stage.ben.replies("notes", "NO")
    assert stage.standing("Tue 13 Oct") == "planned"
    assert kinds(stage.ben.reads()) == ["unclear"]
    stage.until("Tue 20 Oct 15:31 Berlin")
    assert stage.standing("Tue 13 Oct") == "held presumed"


@row("meeting-cancelled", "meeting-moved", "meeting-repaired", "meeting-skipped")
def test_what_became_of_five_tuesdays() -> None:
    stage = running(program=PATIENT)
    stage.until("Fri 9 Oct 10:00 Berlin")
    stage.ana.drags("Tue 13 Oct", "Wed 14 Oct 15:00")
    assert stage.standing("Tue 13 Oct") == "moved"
    stage.until("Fri 16 Oct 10:00 Berlin")
    stage.ana.deletes("Tue 20 Oct")
    assert stage.standing("Tue 20 Oct") == "cancelled"
    stage.passes(6)
    stage.ben.replies("proposal", "1")
    assert stage.standing("Tue 20 Oct") == "moved"
    stage.until("Fri 23 Oct 10:00 Berlin")
    stage.ben.declines("Tue 27 Oct")
    stage.passes(6)
    stage.ben.replies("proposal", "SKIP")
    assert stage.standing("Tue 27 Oct") == "skipped choice"
    stage.until("Fri 30 Oct 10:00 Berlin")
    stage.ana.replies("started", "SKIP")  # "I can't": the mentee is asked
    assert stage.standing("Tue 3 Nov") == "cancelled"
    stage.until("Mon 2 Nov 10:00 Berlin")
    assert stage.standing("Tue 3 Nov") == "skipped silence"
    stage.until("Tue 10 Nov 16:10 Berlin")
    stage.ben.replies("notes", "NO")
    assert stage.standing("Tue 10 Nov") == "missed"


@row("held-yes", "held-presumed")
def test_what_took_place_is_counted_once_nothing_about_it_can_be_corrected() -> None:
    stage = running(program=PATIENT)
    for day in ("Tue 6 Oct", "Tue 13 Oct"):
        stage.until(f"{day} 20:00 Kolkata")
        stage.ben.replies("notes", "We read the CV.")
    stage.until("Tue 20 Oct 20:00 Kolkata")  # of this one nobody says a word
    stage.until("Wed 25 Nov 10:00 Berlin")
    tally = stage.state().tally
    assert (tally.due, tally.held, tally.confirmed) == (5, 5, 2)
