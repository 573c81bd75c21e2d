"""A COUNTER, or "propose new time": a wish, which the other one is asked about (RULES 5, row 12).

Not an answer to the invitation itself: test_answered_by_mail.py.
"""

from __future__ import annotations

import pytest

from tests.stories.calendar_mail import rsvp
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, before

TUESDAY = "Tue 13 Oct"


def proposed() -> Stage:
    """Ben proposes Wednesday, 18:30 in Kolkata, for Tuesday's 1:1."""
    stage = before()
    rsvp(stage.ben, TUESDAY, "TENTATIVE", proposes="Wed 14 Oct 18:30")
    return stage


@row("seen-12")
def test_what_the_mentee_proposes_the_mentor_is_asked_about_and_nothing_moves() -> None:
    stage = proposed()
    assert stage.ben.reads() == [
        "Wed 7 Oct 13:31  ack  Understood: I ask Ana whether Wed 14 Oct, 18:30 Kolkata (15:00 Berlin) suits."
    ]
    assert stage.ana.reads() == [
        "Wed 7 Oct 10:01  counter  Tuesday's 1:1 (13 Oct): Ben proposes another time. OK?"
    ]
    assert stage.ana.last().choices == [
        "1  Wed 14 Oct, 15:00 Berlin (18:30 Kolkata), as proposed",
        "2  Mon 12 Oct, 15:00 Berlin (18:30 Kolkata)",
        "3  Thu 15 Oct, 15:00 Berlin (18:30 Kolkata)",
    ]
    assert stage.ana.calendar()[0] == "Tue 13 Oct 15:00"
    assert stage.standing(TUESDAY) == "planned"


@row("seen-12", "proposal-accepted", "meeting-moved")
@pytest.mark.parametrize("word", ["YES", "1", "Yes, fine"])
def test_once_the_other_one_says_yes_it_is_moved_and_each_is_told_once(word: str) -> None:
    stage = proposed()
    stage.ana.reads(), stage.ben.reads()
    stage.ana.replies("counter", word)
    assert stage.ana.calendar()[0] == "Wed 14 Oct 15:00"
    assert kinds(stage.ana.reads()) == ["moved"]
    assert stage.ben.reads() == [
        "Wed 7 Oct 13:32  moved  Your 1:1 with Ana is now Wed 14 Oct, 18:30 Kolkata (15:00 Berlin)."
    ]
    assert "Ana said yes to the time that you proposed." in stage.ben.last().text


@row("seen-12", "proposal-numbers")
def test_the_other_one_may_pick_another_of_the_times_on_the_list() -> None:
    stage = proposed()
    stage.ana.replies("counter", "3")
    assert stage.ana.calendar()[0] == "Thu 15 Oct 15:00"


@row("seen-12")
def test_no_leaves_it_where_it_is_and_whoever_has_proposed_hears_so() -> None:
    stage = proposed()
    stage.ana.reads(), stage.ben.reads()
    stage.ana.replies("counter", "NO")
    assert kinds(stage.ana.reads()) == ["ack"]
    assert stage.ben.reads() == [
        "Wed 7 Oct 13:32  ack  I found no other time that suits you both. The 1:1 stays where it is."
    ]
    assert stage.ana.calendar()[0] == "Tue 13 Oct 15:00"
    stage.until("Sat 10 Oct 12:00 Berlin")
    assert stage.standing(TUESDAY) == "planned"
    assert stage.ana.reads() == []


@row("seen-12", "proposal-silence")
def test_silence_leaves_it_where_it_is() -> None:
    stage = proposed()
    stage.ana.reads(), stage.ben.reads()
    stage.until("Mon 12 Oct 10:00 Berlin")
    assert kinds(stage.ana.reads()) == ["proposal-nudge"]
    assert stage.ana.calendar()[0] == "Tue 13 Oct 15:00"
    assert stage.standing(TUESDAY) == "planned"


@row("seen-12", "proposal-none")
def test_none_looks_for_other_times() -> None:
    stage = proposed()
    stage.ana.reads(), stage.ben.reads()
    stage.ana.replies("counter", "NONE")
    assert kinds(stage.ben.reads()) == ["proposal"]
    assert "4  " in stage.ben.last().text
    assert kinds(stage.ana.reads()) == ["ack"]
    assert stage.ana.calendar()[0] == "Tue 13 Oct 15:00"


@row("seen-12")
def test_declined_and_another_time_in_one_breath_is_both() -> None:
    stage = before()
    rsvp(stage.ben, TUESDAY, "DECLINED", proposes="Wed 14 Oct 18:30")
    stage.passes(6)
    assert stage.standing(TUESDAY) == "cancelled"
    assert "I leave it out" in stage.ana.last("counter").text
    stage.ana.replies("counter", "YES")
    assert stage.ana.calendar()[0] == "Wed 14 Oct 15:00"
    assert stage.standing(TUESDAY) == "moved"


@row("seen-12")
def test_trap_29_a_program_that_proposes_this_very_moment_means_some_other_time() -> None:
    stage = before()
    rsvp(stage.ben, TUESDAY, "TENTATIVE", proposes="Wed 7 Oct 13:30")
    assert stage.ana.reads() == []
    assert kinds(stage.ben.reads()) == ["ack", "proposal"]
    assert stage.ana.calendar()[0] == "Tue 13 Oct 15:00"


@row("seen-12")
def test_a_time_at_which_the_other_one_is_busy_is_not_asked_about() -> None:
    stage = before()
    stage.ana.is_busy("Wed 14 Oct 15:00")
    rsvp(stage.ben, TUESDAY, "TENTATIVE", proposes="Wed 14 Oct 18:30")
    assert stage.ana.reads() == []
    assert kinds(stage.ben.reads()) == ["ack", "proposal"]


@row("seen-12")
def test_too_near_to_be_moved_is_said() -> None:
    stage = before(at="Tue 13 Oct 08:00 Berlin")
    stage.all_read()
    rsvp(stage.ben, TUESDAY, "TENTATIVE", proposes="Wed 14 Oct 18:30")
    assert "too near to be moved" in stage.ben.last().first
    assert kinds(stage.ana.reads()) == []
    assert stage.standing(TUESDAY) == "planned"


@row("seen-12")
@pytest.mark.parametrize(
    "odd",
    [
        {"From": "Carl <carl@example.org>"},
        {"From": "Ana Rao <ana@example.org>"},
        {"To": "koss@example.org"},
        {"changes": (("mailto:ben@example.org", "mailto:carl@example.org"),)},
        {"changes": (("mailto:ben@example.org", "mailto:ben.das@example.org"),)},
        {"changes": (("UID:", "UID:x"),)},
        {"changes": (("RECURRENCE-ID;TZID=Europe/Berlin:20261013", "RECURRENCE-ID;TZID=Europe/Berlin:20261014"),)},
        {"changes": (("BEGIN:VEVENT", "BEGIN:VTODO"), ("END:VEVENT", "END:VTODO"))},
        {"changes": (("END:VCALENDAR", ""),)},
    ],
    ids=["from elsewhere", "from the partner", "no token", "a delegate", "an alias", "another event", "no such date",
         "a task", "cut off"],
)  # fmt: skip
def test_trap_66_of_whom_it_is_not_proved_nothing_follows(odd: dict[str, object]) -> None:
    stage = before()
    rsvp(stage.ben, TUESDAY, "DECLINED", proposes="Wed 14 Oct 18:30", **odd)  # type: ignore[arg-type]
    stage.passes(30)
    assert (stage.ana.reads(), stage.ben.reads()) == ([], [])
    assert stage.standing(TUESDAY) == "planned"


@row("seen-12")
def test_a_mail_that_somebody_has_caught_and_sends_once_more_says_nothing_new() -> None:
    stage = before()
    caught = {"proposes": "Wed 14 Oct 18:30", "Message_ID": "<one@google.com>"}
    rsvp(stage.ben, TUESDAY, "TENTATIVE", **caught)  # type: ignore[arg-type]
    stage.ana.replies("counter", "NO")
    stage.all_read()
    rsvp(stage.ben, TUESDAY, "TENTATIVE", **caught)  # type: ignore[arg-type]
    assert (stage.ana.reads(), stage.ben.reads()) == ([], [])
    rsvp(stage.ben, TUESDAY, "TENTATIVE", proposes="Wed 14 Oct 18:30")
    assert kinds(stage.ana.reads()) == ["counter"]


@row("seen-12")
def test_what_the_mentor_proposes_the_mentee_is_asked_about() -> None:
    """Whose program it is does not matter: Outlook tells of it on the event, iMIP by mail."""
    stage = before()
    rsvp(stage.ana, TUESDAY, "TENTATIVE", proposes="Wed 14 Oct 15:00")
    assert kinds(stage.ana.reads()) == ["ack"]
    assert stage.ben.reads() == [
        "Wed 7 Oct 13:31  counter  Tuesday's 1:1 (13 Oct): Ana proposes another time. OK?"
    ]
    stage.ben.replies("counter", "YES")
    assert stage.ana.calendar()[0] == "Wed 14 Oct 15:00"
    assert "Ben said yes to the time that you proposed." in stage.ana.last("moved").text


@row("seen-12")
def test_of_a_mentor_whose_busy_times_nobody_knows_only_the_proposed_time_is_offered() -> None:
    stage = before()
    stage.ana.hides_busy_times()
    rsvp(stage.ana, TUESDAY, "TENTATIVE", proposes="Wed 14 Oct 15:00")
    assert stage.ben.last("counter").choices == [
        "1  Wed 14 Oct, 18:30 Kolkata (15:00 Berlin), as proposed"
    ]


@row("seen-12", "undo-move")
def test_a_yes_can_be_taken_back() -> None:
    stage = proposed()
    stage.ana.replies("counter", "YES")
    stage.all_read()
    stage.ana.replies("moved", "UNDO")
    assert stage.ana.calendar()[0] == "Tue 13 Oct 15:00"
    assert (
        "1  Wed 14 Oct, 15:00 Berlin (18:30 Kolkata), as proposed"
        in stage.ana.last("counter").choices
    )


@row("seen-12", "proposal-one")
def test_while_times_are_on_offer_the_list_is_what_counts() -> None:
    stage = before()
    rsvp(stage.ben, TUESDAY, "DECLINED")
    stage.passes(6)
    assert kinds(stage.ben.reads()) == ["proposal"]
    rsvp(stage.ben, TUESDAY, "TENTATIVE", proposes="Thu 15 Oct 11:30")
    assert (stage.ana.reads(), stage.ben.reads()) == ([], [])
    stage.ben.replies("proposal", "1")
    assert stage.standing(TUESDAY) == "moved"


@row("seen-12")
@pytest.mark.parametrize("to", ["Tue 13 Oct 18:30", "Tue 6 Oct 18:30"])
def test_the_time_that_it_has_or_one_that_is_over_is_no_other_time(to: str) -> None:
    stage = before()
    rsvp(stage.ben, TUESDAY, "TENTATIVE", proposes=to)
    assert stage.ana.reads() == []
    assert stage.ana.calendar()[0] == "Tue 13 Oct 15:00"


@row("seen-12")
def test_one_that_lies_too_far_ahead_stays_which_is_said() -> None:
    stage = before()
    rsvp(stage.ben, "Tue 10 Nov", "TENTATIVE", proposes="Wed 11 Nov 19:30")
    assert stage.ben.reads() == [
        "Wed 7 Oct 13:31  ack  That 1:1 is too far ahead to be moved. Nothing has changed."
    ]
    stage.passes(30)
    assert stage.ana.reads() == []


@row("seen-12")
def test_another_regular_time_is_for_a_person_to_settle() -> None:
    stage = before()
    rsvp(stage.ben, TUESDAY, "TENTATIVE", proposes="Wed 14 Oct 18:30", everything=True)
    assert "Maya" in stage.ben.last("ack").text
    assert stage.ana.reads() == []
    stage.passes(24 * 60)
    assert "NEW TIME" in stage.maya.last("admin").text
    assert stage.ana.calendar()[0] == "Tue 13 Oct 15:00"


@row("seen-12")
def test_a_proposal_about_the_time_before_a_move_is_about_nothing() -> None:
    stage = before()
    stage.ana.drags(TUESDAY, "Wed 14 Oct 10:00")
    stage.passes(6)
    stage.all_read()
    rsvp(stage.ben, "Wed 14 Oct", "TENTATIVE", proposes="Thu 15 Oct 18:30", given="Wed 7 Oct 13:00")
    assert stage.ana.reads() == []
    rsvp(stage.ben, "Wed 14 Oct", "TENTATIVE", proposes="Thu 15 Oct 18:30")
    assert kinds(stage.ana.reads()) == ["counter"]
