"""What becomes of an offer that nobody answers, by the policy of the program (RULES 7).

Not the answers themselves: those are in test_proposal.py.
"""

from __future__ import annotations

from daemon.domain.value import replace
from tests.stories.cast import PATIENT
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, running

AUTO_BOOK = replace(PATIENT, policy="auto-book")
AFTER_DEADLINE = replace(PATIENT, policy="auto-after-deadline")


def on_friday(**wishes: object) -> Stage:
    """Four days before Tuesday's 1:1; everything has been read."""
    stage = running(**wishes)
    stage.until("Fri 9 Oct 10:00 Berlin")
    stage.all_read()
    return stage


def taken_off(stage: Stage) -> Stage:
    """Ana takes it off."""
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(6)
    return stage


@row("proposal-ask", "proposal-silence", settings=("policy",))
def test_ask_leaves_it_out_and_names_the_next_one() -> None:
    stage = taken_off(on_friday(program=PATIENT))
    assert "Your next 1:1 is then Tue 20 Oct." in stage.ben.last().text
    stage.until("Mon 12 Oct 19:00 Kolkata")
    assert [each.split("  ")[:2] for each in stage.ben.reads()] == [
        ["Fri 9 Oct 13:36", "proposal"],
        ["Sat 10 Oct 13:36", "proposal-nudge"],
        ["Mon 12 Oct 18:00", "left-out"],
    ]
    assert kinds(stage.ana.reads()) == ["left-out"]
    assert stage.standing("Tue 13 Oct") == "skipped silence"
    assert stage.maya.reads() == []


@row("proposal-auto-book", settings=("policy",))
def test_auto_book_takes_the_first_time_at_once_and_offers_the_others() -> None:
    stage = taken_off(on_friday(program=AUTO_BOOK))
    assert stage.ana.calendar()[0] == "Mon 12 Oct 15:00 one-off"
    assert stage.ana.reads() == [
        "Fri 9 Oct 10:06  moved  Your 1:1 with Ben is now Mon 12 Oct, 15:00 Berlin (18:30 Kolkata)."
    ]
    assert stage.ben.reads() == [
        "Fri 9 Oct 13:36  moved  Your 1:1 with Ana is now Mon 12 Oct, 18:30 Kolkata (15:00 Berlin)."
    ]
    assert stage.ben.last().choices == [
        "2  Wed 14 Oct, 18:30 Kolkata (15:00 Berlin)",
        "3  Thu 15 Oct, 18:30 Kolkata (15:00 Berlin)",
    ]


@row("proposal-auto-book", "undo-move")
def test_another_number_said_to_it_is_undo_and_a_choice_in_one() -> None:
    stage = taken_off(on_friday(program=AUTO_BOOK))
    stage.ana.reads(), stage.ben.reads()
    stage.ben.replies("moved", "3")
    assert stage.ana.calendar() == ["Thu 15 Oct 15:00 one-off", "Tue 20 Oct 15:00"]
    assert [each.split("  ")[2] for each in stage.ana.reads()] == [
        "Your 1:1 with Ben is now Thu 15 Oct, 15:00 Berlin (18:30 Kolkata)."
    ]
    assert [each.split("  ")[2] for each in stage.ben.reads()] == [
        "Booked: Thu 15 Oct, 18:30 Kolkata (15:00 Berlin), 30 minutes."
    ]
    stage.until("Fri 16 Oct 10:00 Berlin")
    assert stage.ben.calendar()[0] == "Tue 20 Oct 18:30 NEEDS-ACTION"
    assert kinds(stage.ben.reads()) == ["prep-mentee", "notes"]


@row("proposal-auto-book")
def test_nothing_is_booked_for_somebody_whose_busy_times_nobody_knows() -> None:
    stage = on_friday(program=AUTO_BOOK)
    stage.ben.hides_busy_times()
    taken_off(stage)
    assert kinds(stage.ben.reads()) == ["proposal"]
    assert stage.ana.calendar() == ["Tue 20 Oct 15:00"]


@row("proposal-auto-book", settings=("no_change_hours",))
def test_nothing_is_booked_so_near_that_nobody_would_see_it_in_time() -> None:
    stage = on_friday(program=replace(AUTO_BOOK, no_change_hours=80))  # until Monday 18:06
    taken_off(stage)
    assert stage.ana.calendar()[0] == "Wed 14 Oct 15:00 one-off"
    assert kinds(stage.ben.reads()) == ["moved"]


@row("proposal-auto-book")
def test_at_night_it_is_booked_at_once_and_told_in_the_morning() -> None:
    stage = on_friday(program=AUTO_BOOK)
    stage.until("Fri 9 Oct 20:00 Berlin")
    taken_off(stage)
    assert stage.ana.calendar()[0] == "Mon 12 Oct 15:00 one-off"
    stage.until("Sat 10 Oct 08:00 Kolkata")
    assert [each.split("  ")[:2] for each in stage.ben.reads()] == [["Sat 10 Oct 07:00", "moved"]]


@row("proposal-auto-deadline", settings=("policy",))
def test_after_the_deadline_the_first_time_is_booked_and_can_be_taken_back() -> None:
    stage = taken_off(on_friday(program=AFTER_DEADLINE))
    assert kinds(stage.ben.reads()) == ["proposal"]
    stage.until("Sat 10 Oct 20:30 Kolkata")
    assert stage.ana.calendar()[0] == "Mon 12 Oct 15:00 one-off"
    assert [each.split("  ")[:2] for each in stage.ben.reads()] == [
        ["Sat 10 Oct 13:36", "proposal-nudge"],
        ["Sat 10 Oct 20:00", "moved"],
    ]
    assert [each.split("  ")[:2] for each in stage.ana.reads()] == [["Sat 10 Oct 16:30", "moved"]]
    stage.ben.replies("moved", "UNDO")
    assert kinds(stage.ben.reads()) == ["ack", "proposal"]
    stage.until("Wed 14 Oct 20:00 Kolkata")  # and it is not booked a second time
    assert stage.standing("Tue 13 Oct") == "skipped silence"


@row("proposal-auto-deadline")
def test_what_was_taken_meanwhile_is_passed_over_without_a_word() -> None:
    stage = taken_off(on_friday(program=AFTER_DEADLINE))
    stage.ben.reads()
    stage.ana.is_busy("Mon 12 Oct 15:00")
    stage.until("Sat 10 Oct 20:30 Kolkata")
    assert kinds(stage.ben.reads()) == ["proposal-nudge", "moved"]
    assert stage.ana.calendar()[0] == "Wed 14 Oct 15:00 one-off"


@row("proposal-auto-deadline")
def test_where_nothing_is_free_any_more_it_is_left_out() -> None:
    stage = taken_off(on_friday(program=AFTER_DEADLINE))
    for day in ("Mon 12 Oct", "Wed 14 Oct", "Thu 15 Oct"):
        stage.ana.is_busy(f"{day} 15:00")
    stage.until("Sat 10 Oct 20:30 Kolkata")
    assert stage.standing("Tue 13 Oct") == "skipped silence"


@row("proposal-auto-deadline")
def test_busy_times_that_cannot_be_read_are_read_again_before_it_ends() -> None:
    stage = taken_off(on_friday(program=AFTER_DEADLINE))
    stage.until("Sat 10 Oct 19:59 Kolkata")
    stage.faults.inject("busy", "timeout")
    stage.until("Sat 10 Oct 20:05 Kolkata")
    assert stage.standing("Tue 13 Oct") == "cancelled"
    stage.until("Sat 10 Oct 20:15 Kolkata")
    assert stage.ana.calendar()[0] == "Mon 12 Oct 15:00 one-off"


@row("proposal-auto-deadline")
def test_nothing_is_booked_for_somebody_who_was_not_asked_yet_or_is_unknown() -> None:
    stage = on_friday(program=AFTER_DEADLINE)
    stage.ana.hides_busy_times()
    taken_off(stage)
    assert kinds(stage.ana.reads()) == ["proposal-mentor"]
    stage.until("Mon 12 Oct 10:00 Berlin")
    assert stage.standing("Tue 13 Oct") == "skipped silence"
