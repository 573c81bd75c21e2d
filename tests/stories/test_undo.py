"""UNDO: what was understood is taken back, and whoever has read of it hears so (RULES 7, LETTERS 3).

Not a change of mind after its time: that is MOVE, in test_move_by_reply.py. Not AWAY and PAUSE:
test_undo_of_dates.py.
"""

from __future__ import annotations

import pytest

from tests.stories.beginnings import booked, on_friday
from tests.stories.people import kinds
from tests.stories.rows import row


@row("undo-move")
def test_a_repair_is_taken_back_with_the_same_numbers_and_the_mentor_is_told() -> None:
    stage = booked()
    before = stage.ben.last("proposal").choices
    assert "Reply UNDO by Tue 13 Oct, 18:30 Kolkata" in stage.ben.last("moved").text
    stage.ben.replies("moved", "UNDO")
    assert stage.ana.calendar() == ["Tue 20 Oct 15:00"]
    assert [each.split("  ")[1:] for each in stage.ben.reads()] == [
        ["ack", "Taken back: Tuesday's 1:1 (13 Oct) is not moved."],
        ["proposal", "The times for Tuesday's 1:1 (13 Oct), as before. Which one?"],
    ]
    assert stage.ben.last().choices == before
    assert stage.ana.reads() == [
        "Fri 9 Oct 10:09  off  The 1:1 on Wed 14 Oct, 15:00 Berlin (18:30 Kolkata) can't take place."
    ]
    assert stage.standing("Tue 13 Oct") == "cancelled"
    stage.ben.replies("proposal", "3")
    assert stage.ana.calendar() == ["Thu 15 Oct 15:00 one-off", "Tue 20 Oct 15:00"]
    assert kinds(stage.ana.reads()) == ["moved"]


@row("undo-move", "proposal-none")
def test_whoever_wants_other_times_after_that_reads_of_more_times() -> None:
    stage = booked()
    stage.ben.replies("moved", "UNDO")
    stage.ben.replies("proposal", "NONE")
    stage.passes(2)
    assert stage.ben.last("proposal").first == (
        "More times for Tuesday's 1:1 (13 Oct). Is one of them good?"
    )


@row("undo-move", "proposal-numbers")
def test_a_number_said_to_the_letter_of_before_still_means_the_same_time() -> None:
    stage = booked()
    first = stage.ben.last("proposal")
    stage.ben.replies("moved", "UNDO")
    stage.ben.answers(first, "3")
    assert stage.ana.calendar()[0] == "Thu 15 Oct 15:00 one-off"


@row("undo-move")
def test_a_move_of_what_stood_goes_back_to_its_time_and_the_mentor_is_told() -> None:
    stage = on_friday()
    stage.ben.replies("started", "MOVE")
    stage.ben.replies("proposal", "2")
    assert stage.ana.calendar()[0] == "Wed 14 Oct 15:00"
    stage.ana.reads(), stage.ben.reads()
    stage.ben.replies("moved", "Undo that, please")
    assert stage.ana.calendar()[0] == "Tue 13 Oct 15:00"
    assert stage.ana.reads() == [
        "Fri 9 Oct 10:03  moved  Your 1:1 with Ben is now Tue 13 Oct, 15:00 Berlin (18:30 Kolkata)."
    ]
    assert kinds(stage.ben.reads()) == ["ack", "proposal"]
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert kinds(stage.ben.reads()) == ["proposal-nudge", "prep-mentee", "notes"]


@row("undo-move")
def test_nobody_is_told_of_what_nobody_has_read() -> None:
    stage = on_friday()
    stage.ana.deletes("Tue 13 Oct")
    stage.until("Sat 10 Oct 02:00 Kolkata")  # 22:30 in Berlin
    stage.ben.replies("proposal", "1")
    stage.ben.replies("moved", "UNDO")
    stage.until("Sat 10 Oct 12:00 Berlin")
    assert stage.ana.reads() == []


@row("undo-move")
def test_while_another_question_is_open_the_list_waits_its_turn() -> None:
    stage = booked()
    stage.ana.deletes("Tue 20 Oct")
    stage.passes(6)
    assert kinds(stage.ben.reads()) == ["proposal"]
    stage.ben.replies("moved", "UNDO")
    assert stage.ana.calendar() == ["Tue 13 Oct 15:00"][1:]
    assert kinds(stage.ben.reads()) == ["ack"]
    stage.ben.replies("proposal", "SKIP")
    assert [each.split("  ")[2] for each in stage.ben.reads()] == [
        "Tuesday's 1:1 (20 Oct) is left out this time. Nothing to do.",
        "Tuesday's 1:1 (13 Oct) can't take place. Pick a new time?",
    ]


@row("undo-move")
def test_what_the_mentor_has_changed_since_is_not_taken_back() -> None:
    stage = booked()
    stage.ana.drags("Wed 14 Oct", "Thu 15 Oct 10:00")
    stage.passes(6)
    stage.ben.replies("moved", "UNDO")
    assert stage.ana.calendar()[0] == "Thu 15 Oct 10:00 one-off"
    assert kinds(stage.ben.reads()) == ["moved", "proposal"]  # read as MOVE


@row("undo-move")
def test_the_same_time_may_be_chosen_again_and_everybody_is_told_again() -> None:
    stage = booked()
    stage.ben.replies("moved", "UNDO")
    stage.ana.reads(), stage.ben.reads()
    stage.ben.replies("proposal", "2")
    assert stage.ana.calendar() == ["Wed 14 Oct 15:00 one-off", "Tue 20 Oct 15:00"]
    assert stage.ana.reads() == [
        "Fri 9 Oct 10:10  moved  Your 1:1 with Ben is now Wed 14 Oct, 15:00 Berlin (18:30 Kolkata)."
    ]
    assert stage.ben.reads() == [
        "Fri 9 Oct 13:40  moved  Booked: Wed 14 Oct, 18:30 Kolkata (15:00 Berlin), 30 minutes."
    ]


@row("undo-move")
def test_what_a_mentor_did_not_name_is_offered_to_the_mentor_again() -> None:
    stage = on_friday(initiator="mentor")
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(6)
    before = stage.ana.last("proposal-mentor").choices
    stage.ana.replies("proposal-mentor", "1 3")
    assert stage.ana.calendar()[0] == "Mon 12 Oct 15:00 one-off"
    stage.ana.reads()
    stage.ana.replies("moved", "UNDO")
    assert kinds(stage.ana.reads()) == ["ack", "proposal-mentor"]
    assert stage.ana.last().choices == before
    stage.ana.replies("proposal-mentor", "2")
    assert stage.ana.calendar()[0] == "Wed 14 Oct 15:00 one-off"


@row("undo-late")
def test_once_its_old_time_could_not_be_chosen_any_more_it_is_read_as_move() -> None:
    stage = on_friday()
    stage.ben.replies("started", "MOVE")
    stage.ben.replies("proposal", "3")
    assert "Reply UNDO by Tue 13 Oct, 12:30 Kolkata (09:00 Berlin)" in stage.ben.last("moved").text
    stage.until("Tue 13 Oct 20:00 Berlin")
    stage.ana.reads(), stage.ben.reads()
    stage.ben.replies("moved", "UNDO")
    assert stage.ana.calendar()[0] == "Thu 15 Oct 15:00"
    assert stage.ben.reads() == ["Tue 13 Oct 23:31  ack  Understood: I look for another time."]
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert [each.split("  ")[1:] for each in stage.ben.reads()] == [
        ["proposal", "Another time for Thursday's 1:1 (15 Oct): which one is good?"]
    ]
    assert stage.ana.reads() == []


@row("undo-late")
def test_said_once_more_it_takes_nothing_else_back_and_moves_nothing_else() -> None:
    stage = booked()
    stage.ben.replies("moved", "UNDO")
    stage.ben.reads()
    stage.ben.replies("moved", "UNDO")
    stage.ben.replies("moved", "MOVE")
    assert [each.split("  ")[1:] for each in stage.ben.reads()] == [
        ["ack", "There is nothing left that I could take back."],
        ["unclear", "Which time do you mean?"],
    ]
    assert [m.asked_by for m in stage.state().meetings] == [None, None, None]


@row("undo-late")
def test_a_1_1_that_is_over_is_not_moved_and_neither_is_the_next_one() -> None:
    stage = booked()
    stage.until("Wed 14 Oct 20:00 Berlin")
    stage.ben.reads()
    stage.ben.replies("moved", "UNDO")
    assert [each.split("  ")[2] for each in stage.ben.reads()] == [
        "There is nothing left that I could take back."
    ]


@row("undo-late")
def test_after_its_time_it_is_read_as_move() -> None:
    stage = booked()
    stage.until("Tue 13 Oct 15:30 Berlin")
    stage.ben.reads()
    stage.ben.replies("moved", "UNDO")
    assert stage.ana.calendar()[0] == "Wed 14 Oct 15:00 one-off"
    assert [each.split("  ")[1:] for each in stage.ben.reads()] == [
        ["proposal", "Another time for Wednesday's 1:1 (14 Oct): which one is good?"]
    ]


@row("undo-late", settings=("undo_until_hours", "undo_minutes"))
@pytest.mark.parametrize(
    ("settings", "after", "taken_back"),
    [
        ({"undo_until_hours": 140}, 5, True),  # ten minutes in any case
        ({"undo_until_hours": 140}, 15, False),
        ({"undo_until_hours": 140, "undo_minutes": 30}, 15, True),
        ({"undo_until_hours": 24}, 15, True),
    ],
)
def test_until_when_it_can_be_taken_back(
    settings: dict[str, object], after: int, taken_back: bool
) -> None:
    stage = booked(**settings)
    stage.passes(after)
    stage.ben.replies("moved", "UNDO")
    assert (stage.standing("Tue 13 Oct") == "cancelled") == taken_back


@row("undo-words")
def test_a_skip_is_taken_back_and_the_mentor_hears_that_it_stands() -> None:
    stage = on_friday()
    stage.until("Mon 12 Oct 18:30 Kolkata")
    stage.ben.reads()
    stage.ben.replies("prep-mentee", "SKIP")
    assert (kinds(stage.ana.reads()), kinds(stage.ben.reads())) == (["left-out"], ["left-out"])
    assert "Reply UNDO by Mon 12 Oct, 18:41 Kolkata" in stage.ben.last().text
    stage.ben.replies("left-out", "UNDO")
    assert stage.ana.calendar()[0] == "Tue 13 Oct 15:00 one-off"
    assert stage.ben.calendar()[0] == "Tue 13 Oct 18:30 one-off NEEDS-ACTION"
    assert [each.split("  ")[2] for each in stage.ana.reads()] == [
        "Your 1:1 with Ben stays: Tue 13 Oct, 15:00 Berlin (18:30 Kolkata)."
    ]
    assert kinds(stage.ben.reads()) == ["ack"]


@row("undo-words", "proposal-skip")
def test_a_skip_of_an_offer_is_taken_back_with_its_list() -> None:
    stage = on_friday()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(6)
    before = stage.ben.last("proposal").choices
    stage.ben.replies("proposal", "SKIP")
    stage.ben.reads()
    stage.ben.replies("left-out", "UNDO")
    assert kinds(stage.ben.reads()) == ["ack", "proposal"]
    assert stage.ben.last().choices == before
    stage.ben.replies("proposal", "2")
    assert stage.ana.calendar()[0] == "Wed 14 Oct 15:00 one-off"


@row("undo-words", "letter-told")
def test_a_skip_said_again_after_its_undo_is_answered_again_and_the_mentor_hears_so() -> None:
    stage = on_friday()
    stage.ben.replies("started", "SKIP")
    stage.ben.replies("left-out", "UNDO")
    stage.ana.reads(), stage.ben.reads()
    stage.ben.replies("started", "SKIP")
    left_out = "left-out  Tuesday's 1:1 (13 Oct) is left out this time. Nothing to do."
    assert stage.ben.reads() == [f"Fri 9 Oct 13:33  {left_out}"]
    assert stage.ana.reads() == [f"Fri 9 Oct 10:03  {left_out}"]
    stage.ben.replies("left-out", "UNDO")
    assert stage.ana.calendar()[0] == "Tue 13 Oct 15:00 one-off"
    assert [each.split("  ")[2] for each in stage.ana.reads()] == [
        "Your 1:1 with Ben stays: Tue 13 Oct, 15:00 Berlin (18:30 Kolkata)."
    ]


@row("undo-words", "letter-told")
def test_whoever_heard_that_it_is_left_out_and_of_no_list_since_hears_it_once() -> None:
    stage = on_friday()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(6)
    for _ in range(2):
        stage.ben.replies("proposal", "SKIP")
        stage.ben.replies("left-out", "UNDO")
    assert kinds(stage.ana.reads()) == ["left-out"]
    assert kinds(stage.ben.reads()) == ["proposal", *["left-out", "ack", "proposal"] * 2]


@row("undo-words")
def test_move_is_taken_back() -> None:
    stage = on_friday()
    stage.ana.replies("started", "MOVE")
    assert (kinds(stage.ana.reads()), kinds(stage.ben.reads())) == (["ack"], ["proposal"])
    stage.ana.replies("ack", "UNDO")
    assert [each.split("  ")[2] for each in stage.ana.reads()] == [
        "Taken back: the 1:1 stays, Tue 13 Oct, 15:00 Berlin (18:30 Kolkata)."
    ]
    assert [each.split("  ")[2] for each in stage.ben.reads()] == [
        "No other time is needed any more for Tuesday's 1:1 (13 Oct)."
    ]


@row("undo-words")
def test_done_is_taken_back_and_nothing_older_by_a_second_undo() -> None:
    stage = on_friday()
    stage.until("Tue 13 Oct 20:00 Kolkata")
    stage.ben.replies("notes", "todo: send the CV")
    stage.until("Mon 19 Oct 18:30 Kolkata")
    stage.ben.reads()
    stage.ben.replies("prep-mentee", "DONE a")
    stage.ben.replies("ack", "UNDO")
    assert [action.done_at for action in stage.state().actions] == [None]
    stage.ben.replies("ack", "UNDO")
    assert [each.split("  ")[2] for each in stage.ben.reads()][1:] == [
        "Taken back: it is on the list as before.",
        "There is nothing left that I could take back.",
    ]
    assert len(stage.state().actions) == 1


@row("undo-move", "meeting-cancelled")
def test_a_mentor_can_after_all() -> None:
    stage = on_friday()
    stage.ana.replies("started", "SKIP")
    assert "Reply UNDO within a day." in stage.ana.last("ack").text
    stage.passes(6)
    assert kinds(stage.ben.reads()) == ["proposal"]
    stage.ana.replies("ack", "UNDO")
    assert stage.ana.last("ack").first == "Taken back: Tuesday's 1:1 (13 Oct) is not left out."
    stage.passes(10)
    assert [each.split("  ")[2] for each in stage.ben.reads()] == [
        "Your 1:1 with Ana stays: Tue 13 Oct, 18:30 Kolkata (15:00 Berlin)."
    ]
    assert (stage.standing("Tue 13 Oct"), stage.state().proposal) == ("moved", None)


@row("undo-move")
def test_but_not_once_another_time_is_picked() -> None:
    stage = on_friday()
    stage.ana.replies("started", "SKIP")
    stage.passes(6)
    stage.ben.replies("proposal", "2")
    stage.ana.replies("ack", "UNDO")
    assert stage.ana.last("ack").first == "There is nothing left that I could take back."
    assert stage.standing("Tue 13 Oct") == "moved"
