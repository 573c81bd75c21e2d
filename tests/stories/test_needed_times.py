"""When another time is looked for, for which meeting, and when that comes to an end by itself (RULES 5 to 7).

Not the answers to the question: test_proposal.py.
"""

from __future__ import annotations

import pytest

from daemon.domain.value import replace
from tests.stories.beginnings import THREE_SESSIONS, begun, on_monday
from tests.stories.cast import PATIENT, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, before


def question(stage: Stage) -> str:
    """What is asked about at the moment: the cause and the numbers."""
    proposal = stage.state().proposal
    if proposal is None:
        return "nothing"
    return f"{proposal.cause} {' '.join(str(each.number) for each in proposal.current)}"


# --- the wait that forgives a slip


@row("seen-wait", settings=("repair_wait_minutes",))
@pytest.mark.parametrize(
    ("seen", "asked"),
    [
        ("Tue 13 Oct 12:59 Berlin", "nothing"),  # two hours before it begins
        ("Tue 13 Oct 13:00 Berlin", "cancelled 1 2 3"),
    ],
)
def test_nothing_is_waited_for_when_it_begins_within_two_hours(seen: str, asked: str) -> None:
    stage = on_monday()
    stage.until(seen)
    stage.ana.deletes("Tue 13 Oct")
    assert question(stage) == asked
    stage.passes(5)
    assert question(stage) == "cancelled 1 2 3"


@row("seen-wait", settings=("repair_wait_minutes",))
def test_the_wait_is_over_when_its_minutes_are() -> None:
    stage = on_monday(repair_wait_minutes=20)
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(19)
    assert question(stage) == "nothing"
    stage.passes(1)
    assert question(stage) == "cancelled 1 2 3"


@row("seen-wait", "seen-7")
def test_dragged_away_from_what_begins_soon_is_not_waited_for_either() -> None:
    stage = on_monday()
    stage.until("Tue 13 Oct 13:30 Berlin")
    stage.ben.reads()
    stage.ana.drags("Tue 13 Oct", "Thu 15 Oct 17:30")  # after Ben's hours
    assert kinds(stage.ben.reads()) == ["proposal"]


@row("seen-wait", "seen-1")
def test_what_was_moved_days_ago_is_waited_for_when_it_falls_out() -> None:
    stage = on_monday()
    stage.until("Tue 13 Oct 13:30 Berlin")
    stage.ana.drags("Tue 13 Oct", "Thu 15 Oct 15:00")
    stage.until("Wed 14 Oct 10:00 Berlin")
    stage.ana.deletes("Thu 15 Oct")
    stage.passes(4)
    assert question(stage) == "nothing"
    stage.passes(1)
    assert question(stage) == "cancelled 1 2 3"


# --- moved by hand to where it does not suit


@row("seen-7")
def test_an_event_that_only_touches_the_new_time_is_no_reason_to_ask() -> None:
    stage = on_monday()
    stage.ben.is_busy("Thu 15 Oct 16:30", hours=1)
    stage.ben.is_busy("Thu 15 Oct 18:00", hours=1)
    stage.ana.drags("Tue 13 Oct", "Thu 15 Oct 14:00")  # 17:30 to 18:00 in Kolkata
    stage.passes(5)
    assert question(stage) == "nothing"
    assert kinds(stage.ben.reads()) == ["moved"]


@row("seen-7")
def test_it_is_looked_at_once_a_move() -> None:
    stage = on_monday()
    stage.ana.drags("Tue 13 Oct", "Thu 15 Oct 14:00")
    stage.passes(5)
    stage.ben.is_busy("Thu 15 Oct 17:30")
    stage.passes(60)
    assert question(stage) == "nothing"
    stage.ana.drags("Thu 15 Oct", "Thu 15 Oct 14:30")
    stage.passes(5)
    assert question(stage) == "moved 1 2 3"


@row("seen-7")
def test_where_nothing_else_is_free_it_stays_where_the_mentor_put_it() -> None:
    stage = on_monday()
    for day in ("Mon 12 Oct", "Tue 13 Oct", "Wed 14 Oct", "Fri 16 Oct", "Mon 19 Oct"):
        stage.ana.is_busy(f"{day} 09:00", hours=9)
    stage.ana.is_busy("Thu 15 Oct 09:00", hours=8.5)
    stage.ana.drags("Tue 13 Oct", "Thu 15 Oct 17:30")
    stage.passes(5)
    assert (question(stage), stage.standing("Tue 13 Oct")) == ("nothing", "moved")
    assert "no other time suits both, so it stays" in " ".join(stage.why("stays"))
    assert kinds(stage.ben.reads()) == ["moved"]


@row("seen-7")
def test_it_is_never_offered_where_it_was_dragged_away_from() -> None:
    stage = on_monday()
    stage.ana.drags("Tue 13 Oct", "Thu 15 Oct 17:30")
    stage.passes(5)
    assert not [each for each in stage.ben.last("proposal").choices if "Tue 13 Oct, 18:30" in each]


@row("seen-7", settings=("offers",))
def test_keep_it_is_one_of_so_many_answers() -> None:
    stage = on_monday(offers=2)
    stage.ana.drags("Tue 13 Oct", "Thu 15 Oct 17:30")
    stage.passes(5)
    assert stage.ben.last("proposal").choices == [
        "1  Thu 15 Oct, 21:00 Kolkata (17:30 Berlin), as it is now",
        "2  Wed 14 Oct, 18:30 Kolkata (15:00 Berlin), your usual hour",
    ]


@row("seen-7", "proposal-consent")
def test_even_of_a_mentor_whose_times_are_unknown_it_is_the_mentee_who_is_asked() -> None:
    stage = on_monday()
    stage.ana.hides_busy_times()
    stage.ana.drags("Tue 13 Oct", "Thu 15 Oct 17:30")
    stage.passes(5)
    assert kinds(stage.ben.reads()) == ["proposal"]
    assert stage.ana.reads() == []


# --- times that pass


@row("proposal-numbers", settings=("slot_closes_hours",))
@pytest.mark.parametrize(
    ("at", "left"),
    [("Wed 14 Oct 08:59 Berlin", "cancelled 1 2 3"), ("Wed 14 Oct 09:00 Berlin", "cancelled 2 3")],
)
def test_a_time_is_closed_six_hours_before_it_begins(at: str, left: str) -> None:
    stage = on_monday(answer_by_hours=96)
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(5)
    stage.until(at)
    assert question(stage) == left


@row("proposal-none", settings=("slot_closes_hours",))
def test_when_all_have_passed_before_the_silence_ends_others_are_offered() -> None:
    stage = on_monday()
    for day in ("Mon 12 Oct", "Tue 13 Oct", "Thu 15 Oct", "Fri 16 Oct", "Mon 19 Oct"):
        stage.ana.is_busy(f"{day} 09:00", hours=9)
    stage.ana.is_busy("Wed 14 Oct 11:00", hours=7)
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(5)
    assert question(stage) == "cancelled 1 2"
    stage.ana.frees_everything()
    stage.ruled(slot_closes_hours=48)  # and both are on Wednesday morning
    stage.passes(30)
    assert question(stage) == "cancelled 4 5 6"
    assert stage.ben.last().first == "More times for Tuesday's 1:1 (13 Oct). Is one of them good?"
    taken = [each[3:] for letter in stage.ben.letters for each in letter.choices]
    assert len(set(taken)) == len(taken)  # none of them a second time


@row("series-window")
def test_few_times_near_by_are_said_to_be_few_and_not_none() -> None:
    stage = on_monday()
    for day in ("Mon 12 Oct", "Tue 13 Oct", "Thu 15 Oct", "Fri 16 Oct", "Mon 19 Oct"):
        stage.ana.is_busy(f"{day} 09:00", hours=9)
    stage.ana.is_busy("Wed 14 Oct 11:00", hours=7)
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(5)
    letter = stage.ben.last("proposal")
    assert [each[3:13] for each in letter.choices] == ["Wed 14 Oct", "Wed 14 Oct"]  # the day after
    assert "Too little was free within the usual days." in letter.text


@row("series-first-time", settings=("slot_closes_hours",))
def test_a_regular_time_is_as_good_next_week() -> None:
    stage = Stage(replace(line(), at=None), program=PATIENT)
    stage.passes(1)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.until("Fri 9 Oct 10:00 Berlin")  # Tuesday, Wednesday and Thursday have passed
    assert question(stage) == "first 1 2 3"


# --- one question at a time


@row("proposal-one")
def test_of_two_that_wait_the_earlier_one_is_asked_about_whichever_fell_out_first() -> None:
    stage = before(at="Fri 9 Oct 10:00 Berlin")
    stage.ana.deletes("Tue 20 Oct")
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(3)
    assert question(stage) == "nothing"
    stage.sleeps_until("Fri 9 Oct 12:00 Berlin")
    assert str(stage.state().proposal.origin).startswith("2026-10-13")  # type: ignore[union-attr]


@row("proposal-one", "seen-3")
def test_of_a_series_that_is_gone_no_single_1_1_is_asked_about() -> None:
    stage = before(at="Fri 9 Oct 10:00 Berlin")
    stage.ana.deletes("Tue 13 Oct")
    stage.ana.deletes_all()
    stage.passes(30)
    assert question(stage) == "nothing"
    assert stage.ben.reads() == []


@row("pairing-paused", "seen-1")
def test_in_a_pause_no_other_time_is_looked_for() -> None:
    stage = before(at="Fri 9 Oct 10:00 Berlin")
    stage.ana.deletes("Tue 13 Oct")
    stage.ben.replies("started", "PAUSE")
    stage.passes(60)
    assert question(stage) == "nothing"


@row("pairing-finite", "pairing-closing")
def test_of_a_plan_that_the_files_end_no_further_session_is_asked_about() -> None:
    stage = begun()
    assert question(stage) == "session 1 2 3"
    stage.reconfigured(replace(THREE_SESSIONS, state="closing"))
    stage.until("Mon 12 Oct 10:00 Berlin")
    assert question(stage) == "nothing"


# --- MOVE of a mentee, where the mentor has to be asked first


@row("proposal-consent")
def test_written_at_night_it_is_answered_by_one_word_alone() -> None:
    stage = on_monday()
    stage.ana.hides_busy_times()
    stage.until("Mon 12 Oct 22:00 Kolkata")
    stage.ben.reads()
    stage.ben.replies("notes", "MOVE")  # of the one after tomorrow's, which is too near
    assert kinds(stage.ben.reads()) == ["ack"]
