"""Who is asked first, and whose yes a time needs before it is booked (RULES 7).

Not how the times are found, and not what silence leads to.
"""

from __future__ import annotations

import pytest

from daemon.domain.value import replace
from tests.stories.beginnings import begun
from tests.stories.cast import PATIENT
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, running

MENTOR_FIRST = replace(PATIENT, initiator="mentor")


def on_monday(*hidden: str, **wishes: object) -> Stage:
    """Eight days before the 1:1 that Ana takes off; the busy times of some are hidden."""
    stage = running(**{"program": PATIENT, **wishes})
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.all_read()
    for name in hidden:
        stage.people[name].hides_busy_times()
    stage.ana.deletes("Tue 20 Oct")
    stage.passes(6)
    return stage


@row("proposal-chooser", "proposal-consent")
@pytest.mark.parametrize("hidden", [(), ("ben",)])
def test_the_mentee_chooses_and_a_mentor_whose_times_are_known_gets_no_list(
    hidden: tuple[str, ...],
) -> None:
    stage = on_monday(*hidden)
    assert stage.ana.reads() == []
    assert kinds(stage.ben.reads()) == ["proposal"]
    stage.ben.replies("proposal", "3")
    assert stage.ana.calendar() == ["Tue 13 Oct 15:00", "Thu 22 Oct 15:00 one-off"]
    assert kinds(stage.ana.reads()) == ["moved"]


@row("proposal-consent", "proposal-numbers")
def test_a_mentor_whose_busy_times_are_unknown_says_first_what_is_possible() -> None:
    stage = on_monday("ana")
    assert stage.ben.reads() == []
    assert stage.ana.reads() == [
        "Mon 12 Oct 10:06  proposal-mentor  "
        "Tuesday's 1:1 (20 Oct) can't take place. Which time could you offer?"
    ]
    stage.ana.replies("proposal-mentor", "1 and 3")
    assert kinds(stage.ana.reads()) == ["ack"]
    assert kinds(stage.ben.reads()) == ["proposal"]
    assert stage.ben.last().choices == [
        "1  Mon 19 Oct, 18:30 Kolkata (15:00 Berlin), your usual hour",
        "3  Thu 22 Oct, 18:30 Kolkata (15:00 Berlin), your usual hour",
    ]
    assert stage.ana.calendar() == ["Tue 13 Oct 15:00"]  # nothing is booked before both said yes
    stage.ben.replies("proposal", "2")  # not among what the mentor can do
    assert kinds(stage.ben.reads()) == ["unclear"]
    stage.ben.replies("proposal", "3")
    assert stage.ana.calendar()[-1] == "Thu 22 Oct 15:00 one-off"
    assert (kinds(stage.ana.reads()), kinds(stage.ben.reads())) == (["moved"], ["moved"])


@row("proposal-consent", "proposal-none")
def test_none_of_the_mentor_brings_the_mentor_other_times() -> None:
    stage = on_monday("ana")
    stage.ana.replies("proposal-mentor", "None")
    assert kinds(stage.ana.reads()) == ["proposal-mentor", "proposal-mentor"]
    assert [each[0] for each in stage.ana.last().choices] == ["4", "5", "6"]
    assert stage.ben.reads() == []


@row("proposal-consent", "proposal-silence")
def test_a_silent_mentor_is_reminded_and_then_it_is_left_out() -> None:
    stage = on_monday("ana")
    stage.until("Wed 14 Oct 12:00 Berlin")
    assert [each.split("  ")[:2] for each in stage.ana.reads()] == [
        ["Mon 12 Oct 10:06", "proposal-mentor"],
        ["Tue 13 Oct 10:06", "proposal-nudge"],
        ["Wed 14 Oct 07:00", "left-out"],  # one letter a day
    ]
    assert "left-out" in kinds(stage.ben.reads())
    assert stage.standing("Tue 20 Oct") == "skipped silence"


@row("proposal-chooser", settings=("initiator",))
@pytest.mark.parametrize("hidden", [(), ("ana",)])
def test_a_mentor_with_the_initiative_picks_and_a_known_mentee_is_told(
    hidden: tuple[str, ...],
) -> None:
    stage = on_monday(*hidden, program=MENTOR_FIRST)
    assert (kinds(stage.ana.reads()), stage.ben.reads()) == (["proposal-mentor"], [])
    stage.ana.replies("proposal-mentor", "3 2")
    assert [each.split("  ")[2] for each in stage.ana.reads()] == [
        "Booked: Wed 21 Oct, 15:00 Berlin (18:30 Kolkata), 30 minutes."
    ]
    assert [each.split("  ")[2] for each in stage.ben.reads()] == [
        "Your 1:1 with Ana is now Wed 21 Oct, 18:30 Kolkata (15:00 Berlin)."
    ]
    stage.ana.replies("moved", "UNDO")
    assert kinds(stage.ana.reads()) == ["ack", "proposal-mentor"]
    assert [each.split("  ")[2] for each in stage.ben.reads()] == [
        "The 1:1 on Wed 21 Oct, 18:30 Kolkata (15:00 Berlin) can't take place."
    ]
    stage.ana.replies("proposal-mentor", "3")
    assert stage.ana.calendar()[-1] == "Thu 22 Oct 15:00 one-off"


@row("proposal-chooser", "proposal-consent", settings=("initiator",))
def test_a_mentee_whose_busy_times_are_unknown_is_asked_although_the_mentor_begins() -> None:
    stage = on_monday("ben", program=MENTOR_FIRST)
    stage.ana.replies("proposal-mentor", "1 3")
    assert kinds(stage.ben.reads()) == ["proposal"]
    assert stage.ana.calendar() == ["Tue 13 Oct 15:00"]
    stage.ben.replies("proposal", "1")
    assert stage.ana.calendar()[-1] == "Mon 19 Oct 15:00 one-off"


@row("proposal-consent")
def test_the_mentors_skip_while_asked_leaves_it_out_and_only_the_mentor_reads_as_you_wished() -> (
    None
):
    stage = on_monday("ana")
    stage.ana.replies("proposal-mentor", "SKIP")
    assert stage.standing("Tue 20 Oct") == "skipped choice"
    stage.until("Wed 14 Oct 08:00 Kolkata")
    assert "As you asked." in stage.ana.last("left-out").text
    assert "As you asked." not in stage.ben.last("left-out").text


@row("proposal-consent", "proposal-withdrawn")
def test_a_mentor_who_was_asked_hears_when_no_time_is_needed_any_more() -> None:
    stage = running(program=PATIENT)
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ana.hides_busy_times()
    stage.ben.declines("Tue 20 Oct")
    stage.passes(6)
    assert kinds(stage.ana.reads())[-1] == "proposal-mentor"
    stage.ana.replies("proposal-mentor", "1 3")
    stage.ana.reads(), stage.ben.reads()
    stage.ben.accepts("Tue 20 Oct")
    assert stage.standing("Tue 20 Oct") == "planned"
    assert (kinds(stage.ana.reads()), kinds(stage.ben.reads())) == (["ack"], ["ack"])
    stage.ben.replies("proposal", "1")
    assert kinds(stage.ben.reads()) == ["unclear"]


@row("proposal-consent")
@pytest.mark.parametrize("program", [PATIENT, MENTOR_FIRST])
def test_a_mentees_move_is_answered_by_a_word_when_the_mentor_is_asked_first(
    program: object,
) -> None:
    stage = running(program=program)
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ana.hides_busy_times()
    stage.ana.reads(), stage.ben.reads()
    stage.ben.replies("started", "MOVE")
    assert kinds(stage.ben.reads()) == ["ack"]
    assert kinds(stage.ana.reads()) == ["proposal-mentor"]


@row("proposal-consent")
def test_a_mentors_move_of_what_the_mentee_is_asked_about_already_is_answered() -> None:
    stage = running(program=PATIENT)
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ana.reads(), stage.ben.reads()
    stage.ben.replies("started", "MOVE")
    assert kinds(stage.ben.reads()) == ["proposal"]
    stage.ana.replies("started", "MOVE")
    assert kinds(stage.ana.reads()) == ["ack"]
    stage.ben.replies("proposal", "1")
    assert stage.ana.calendar()[0] == "Wed 14 Oct 15:00"


# --- the mentee picks, or says NONE, and the mentor has to be asked once more


def offered_by_ana() -> Stage:
    """Ana, whose busy times are unknown, has said what she can do, and Ben has it before him."""
    stage = on_monday("ana")
    stage.ana.replies("proposal-mentor", "1 3")
    stage.all_read()
    return stage


@row("proposal-consent", "proposal-gone")
def test_a_mentee_whose_time_is_gone_hears_so_while_the_mentor_is_asked_anew() -> None:
    stage = offered_by_ana()
    stage.ben.is_busy("Thu 22 Oct 18:30")
    stage.ben.replies("proposal", "3")
    assert stage.ben.reads() == [
        "Mon 12 Oct 13:39  ack  Thu 22 Oct, 18:30 Kolkata (15:00 Berlin) is not possible now."
    ]
    assert "I am sorry." in stage.ben.last().text
    assert kinds(stage.ana.reads()) == ["proposal-mentor"]
    stage.ana.replies("proposal-mentor", "5")
    assert [each[0] for each in stage.ben.last("proposal").choices] == ["5"]
    assert stage.ben.last("proposal").first.startswith("Another time for Tuesday's 1:1 (20 Oct).")


@row("proposal-consent", "proposal-none")
def test_none_of_a_mentee_is_answered_while_the_mentor_is_asked_anew() -> None:
    stage = offered_by_ana()
    stage.ben.replies("proposal", "NONE")
    assert stage.ben.reads() == ["Mon 12 Oct 13:39  ack  Understood: none of these fits."]
    assert kinds(stage.ana.reads()) == ["proposal-mentor"]


@row("proposal-consent", "proposal-none")
def test_where_the_next_list_comes_by_return_it_is_the_answer() -> None:
    stage = on_monday("ana")
    stage.ana.reads()
    stage.ana.replies("proposal-mentor", "NONE")
    assert kinds(stage.ana.reads()) == ["proposal-mentor"]


@row("proposal-none", "meeting-moved")
def test_none_of_the_last_list_is_answered_though_the_1_1_stays() -> None:
    stage = running(program=replace(PATIENT, rounds=1))
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.all_read()
    stage.ben.replies("started", "MOVE")
    stage.ben.reads()
    stage.ben.replies("proposal", "NONE")
    assert [each.split("  ")[2] for each in stage.ben.reads()] == [
        "I found no other time that suits you both. The 1:1 stays where it is."
    ]
    assert stage.standing("Tue 13 Oct") == "planned"


@row("proposal-none", "proposal-numbers")
def test_none_said_twice_to_the_same_letter_is_one_none() -> None:
    stage = on_monday()
    first = stage.ben.last("proposal")
    stage.ben.answers(first, "NONE")
    stage.ben.reads()
    stage.ben.answers(first, "NONE")
    assert [each.split("  ")[2] for each in stage.ben.reads()] == [
        "That list is closed. Is one of today's times good?"
    ]
    assert [each[0] for each in stage.ben.last().choices] == ["4", "5", "6"]
    assert stage.state().proposal.round == 2  # type: ignore[union-attr]


@row("proposal-none", "proposal-numbers")
def test_nor_is_it_another_one_to_a_reminder_of_that_list() -> None:
    stage = on_monday(program=replace(PATIENT, letters_per_day=5))
    stage.until("Tue 13 Oct 14:00 Kolkata")
    reminder = stage.ben.last("proposal-nudge")
    stage.ben.answers(reminder, "NONE")
    assert stage.state().proposal.round == 2  # type: ignore[union-attr]
    stage.ben.answers(reminder, "NONE")
    assert stage.state().proposal.round == 2  # type: ignore[union-attr]
    stage.ben.answers(stage.ben.last("proposal"), "NONE")
    assert stage.state().proposal.round == 3  # type: ignore[union-attr]


# --- of a mentor who takes the initiative the mentee gets no time that the mentor has not offered


@row("proposal-chooser", "proposal-none", "series-first-time", settings=("initiator",))
def test_every_round_of_regular_times_goes_to_a_mentor_with_the_initiative_first() -> None:
    stage = running(program=MENTOR_FIRST)
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ana.deletes_all()
    stage.passes(10)
    stage.ana.replies("series-gone", "2")
    stage.ana.replies("regular-time", "1 2 3")
    stage.all_read()
    stage.ben.replies("regular-time", "NONE")
    assert [each.split("  ")[2] for each in stage.ana.reads()] == [
        "More regular times for your 1:1s with Ben. Which could you offer?"
    ]
    assert "regular-time" not in kinds(stage.ben.reads())
    stage.ana.replies("regular-time", "4 6")
    assert [each[0] for each in stage.ben.last("regular-time").choices] == ["4", "6"]


@row("proposal-chooser", "proposal-none", "pairing-finite", settings=("initiator",))
def test_and_every_round_for_a_session() -> None:
    stage = begun(program=MENTOR_FIRST)
    stage.ana.replies("proposal-mentor", "1 2 3")
    stage.all_read()
    stage.ben.replies("proposal", "NONE")
    assert kinds(stage.ana.reads()) == ["proposal-mentor"]
    assert "proposal" not in kinds(stage.ben.reads())
    stage.ana.replies("proposal-mentor", "5")
    assert [each[0] for each in stage.ben.last("proposal").choices] == ["5"]
