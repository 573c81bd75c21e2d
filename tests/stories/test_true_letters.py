"""What a letter says is true of its reader and of the moment: whom it names, until when a word works, which 1:1
falls out, and on whose clock.

Not when letters come: test_preps.py, test_caps.py.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.domain.cadence import Cadence, RegularTime, Step
from daemon.domain.value import replace
from tests.stories.cast import ANA, BEN, CHI, DAN, EVA, PATIENT, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, before, running

# --- to the contact


def test_what_only_a_person_can_answer_says_which_pairing_and_who() -> None:
    stage = before(line(ANA, BEN), line(DAN, CHI, RegularTime(3, 10, 0)))
    stage.chi.replies("started", "PAUSE for a month")
    assert stage.maya.reads() == [
        "Wed 7 Oct 13:31  admin  Dan & Chi: something came that only you can answer."
    ]
    told = stage.maya.last().text
    assert "| pairing: Dan Ode & Chi Lin (dan-chi)\n| who: Chi\n| they wrote: PAUSE\n" in told
    assert "| run.py why dan-chi\n" in told


def test_a_wish_that_the_program_cannot_follow_names_who_has_it() -> None:
    stage = before(program=replace(PATIENT, locked=("at",)))
    stage.ben.replies("started", "ZONE Toronto")
    stage.until("Wed 7 Oct 08:00 Toronto")
    stage.ben.replies("zone-changed", "2")
    told = stage.maya.last().text
    assert (
        "| who: Ben\n| about: a wish for another regular time, which this program fixes\n" in told
    )


@row("letter-quiet-list")
def test_the_list_of_who_was_never_heard_of_has_names() -> None:
    stage = Stage()
    stage.passes(1)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.until("Mon 12 Oct 08:00 Kolkata")
    assert "| people: Ben Das\n" in stage.maya.last().text


# --- until when a word works


@row("pairing-finite")
def test_a_session_that_was_picked_offers_no_undo_for_there_is_nothing_to_go_back_to() -> None:
    three = replace(line(), at=None, cadence=Cadence(sessions=3, within_days=42))
    stage = Stage(three, program=PATIENT)
    stage.passes(1)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.ben.replies("welcome-mentee", "Yes")
    stage.passes(1)
    stage.ben.replies("proposal", "3")
    stage.passes(1)
    booked = stage.ben.last("moved").text
    assert booked.startswith("Booked: Thu 8 Oct, 17:30 Kolkata (14:00 Berlin), 30 minutes.\n")
    assert "UNDO" not in booked
    assert "If it does not work, reply MOVE by Wed 7 Oct, 21:30 Kolkata (18:00 Berlin).\n" in booked


@row("meeting-skipped")
def test_left_out_by_you_is_said_to_who_did_it_alone() -> None:
    stage = before()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(6)
    stage.ben.replies("proposal", "SKIP")
    assert "\nAs you asked.\nChanged your mind? Reply UNDO by" in stage.ben.last("left-out").text
    assert "As you asked." not in stage.ana.last("left-out").text
    assert "UNDO" not in stage.ana.last("left-out").text


@pytest.mark.parametrize(
    ("at", "offered"),
    [
        (
            RegularTime(1, 15, 0),
            "reply MOVE by Mon 12 Oct, 22:30 Kolkata (19:00 Berlin), or SKIP.",
        ),
        (RegularTime(1, 9, 0), "If it can't take place, reply SKIP."),  # twenty hours are over
    ],
)
def test_the_prep_says_until_when_it_can_still_be_moved(at: RegularTime, offered: str) -> None:
    stage = running(line(ANA, BEN, at), program=PATIENT)
    stage.until("Mon 12 Oct 19:00 Kolkata")
    assert offered in stage.ben.last("prep-mentee").text


@row("letter-week-card")
def test_where_a_week_card_is_still_to_come_it_brings_the_lines() -> None:
    three = (
        line(ANA, BEN),
        line(ANA, CHI, RegularTime(2, 10, 0)),
        line(ANA, EVA, RegularTime(3, 16, 0)),
    )
    stage = running(*three, program=PATIENT)
    stage.until("Tue 13 Oct 19:00 Taipei")
    assert "gets your lines on Mon 12 Oct, 21:30 Kolkata (18:00 Berlin)." in (
        stage.ben.last("prep-mentee").text
    )
    assert "gets your lines on Wed 14 Oct, 13:59 Taipei (07:59 Berlin)." in (
        stage.chi.last("prep-mentee").text
    )  # the card has gone


@row("pairing-silent", "series-first-time")
def test_a_reminder_says_until_when_and_who_takes_over() -> None:
    stage = Stage(program=PATIENT)
    stage.passes(1)
    stage.until("Wed 7 Oct 12:00 Berlin")
    assert "If I hear nothing by Mon 12 Oct, 10:00 Berlin (13:30 Kolkata), Maya takes over." in (
        stage.ana.last("setup-nudge").text
    )


@row("series-change", "pairing-silent")
def test_a_reminder_of_another_regular_time_says_what_the_first_letter_said() -> None:
    stage = before()
    stage.ana.hides_busy_times()
    stage.ben.replies("started", "ZONE Toronto")
    stage.until("Wed 7 Oct 08:00 Toronto")
    stage.ben.replies("zone-changed", "2")
    stage.until("Fri 9 Oct 20:00 Berlin")
    assert kinds(stage.ana.reads()) == ["regular-time", "setup-nudge"]
    nudge = stage.ana.last().text
    assert nudge.startswith("Another regular time for your 1:1s with Ben: which could you offer?\n")
    assert stage.ana.last().choices == stage.ana.last("regular-time").choices
    assert "Reply with all that work, for example 1 and 3. Ben picks one of them." in nudge
    assert "I change nothing and leave it to Maya." in nudge


@row("pairing-closed")
def test_a_farewell_says_how_long_a_last_line_is_taken() -> None:
    stage = before(line(ends=date(2026, 10, 27)), at="Thu 29 Oct 10:00 Berlin")
    assert "One line by 13 November; Ana gets it too." in stage.ben.last("farewell").text


@row("pairing-closed")
def test_a_farewell_that_comes_when_all_is_closed_asks_for_nothing() -> None:
    stage = before(line(ends=date(2026, 10, 27)), at="Tue 27 Oct 20:00 Berlin")
    stage.sleeps_until("Mon 2 Nov 10:00 Berlin")
    stage.passes(60)
    assert stage.state().standing == "closed"
    assert "\nNothing is asked of you. This is my last letter.\n" in stage.ben.last("farewell").text
    assert "line" not in stage.ben.last("farewell").text.partition("Who reads")[0]


# --- which 1:1 falls out


@row("seen-5")
def test_a_guest_who_was_taken_off_hears_nothing_from_us() -> None:
    stage = before()
    stage.ana.uninvites("ben")
    stage.until("Tue 13 Oct 20:00 Kolkata")
    assert kinds(stage.ana.reads()) == ["guest-gone"]
    assert "Until you answer I change nothing, and Ben hears nothing from me." in (
        stage.ana.last().text
    )
    assert stage.ben.reads() == []


@row("pairing-paused")
def test_a_pause_names_the_next_1_1_that_does_not_take_place() -> None:
    stage = before()
    stage.ana.replies("started", "PAUSE")
    assert "The next one, Tue 13 Oct, 18:30 Kolkata (15:00 Berlin), does not take place." in (
        stage.ben.last("paused").text
    )


@row("letter-leave", "letter-urgent")
def test_an_end_at_once_names_the_1_1_of_the_next_hours_first() -> None:
    stage = before(at="Tue 13 Oct 10:00 Berlin")
    stage.ben.declines_all()
    stage.passes(10)
    stage.ben.replies("declined-all", "4")
    assert stage.ana.last("ended").text.startswith(
        "The 1:1 on Tue 13 Oct, 15:00 Berlin (18:30 Kolkata) can't take place.\n"
        "Your 1:1s with Ben come to an end.\n"
    )


# --- on whose clock


@row("account-lost")
def test_a_letter_about_several_people_shows_each_ones_clock_and_only_the_owners_1_1s() -> None:
    stage = before(
        line(ANA, BEN), line(ANA, CHI, RegularTime(2, 10, 0)), line(DAN, ANA, RegularTime(3, 11, 0))
    )
    stage.ana.locks_out()
    told = stage.ana.last("reconnect").text
    assert "| Ben  Tue 13 Oct, 15:00 Berlin (18:30 Kolkata)\n" in told
    assert "| Chi  Wed 14 Oct, 10:00 Berlin (16:00 Taipei)\n" in told
    assert "Dan" not in told and "| Ana" not in told  # what Dan puts is on Dan's calendar


def test_the_first_letter_in_a_new_zone_shows_the_next_1_1_there() -> None:
    stage = before()
    stage.ben.replies("started", "ZONE Toronto")
    stage.until("Wed 7 Oct 08:00 Toronto")
    assert "The next one: Tue 13 Oct, 09:00 Toronto (15:00 Berlin).\n" in (
        stage.ben.last("zone-changed").text
    )


def test_a_monthly_time_is_counted_on_the_clock_that_the_pair_keeps() -> None:
    """Tuesday 02:00 in Kolkata is Monday evening in Berlin: which Monday it is, Kolkata's calendar cannot say."""
    first_tuesday = RegularTime(1, 2, 0, 1)
    on_kolkata = replace(
        line(ANA, BEN, first_tuesday), anchor="Asia/Kolkata", cadence=Cadence(Step(months=1, nth=1))
    )
    stage = Stage(on_kolkata, program=PATIENT)
    stage.passes(1)
    assert (
        "the day before the first Tuesday of the month, 21:30 Berlin (Tuesdays 02:00 Kolkata)"
        in stage.ana.last("welcome-mentor-connected").text
    )
