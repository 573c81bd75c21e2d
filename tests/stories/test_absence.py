"""One of the two is away for days: said by AWAY, or seen as an out-of-office event (RULES 5, row 10a).

Not a pause of the pair, and not a break of the program.
"""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from daemon.domain.cadence import Cadence, RegularTime, Step
from daemon.domain.people import Days
from daemon.domain.value import replace
from tests.stories.cast import ANA, BEN, CHI, PATIENT, line
from tests.stories.people import kinds, moment
from tests.stories.rows import row
from tests.stories.stage import before

thursday = partial(before, at="Thu 8 Oct 10:00 Berlin")
TWO_MENTEES = (line(ANA, BEN), line(ANA, CHI, RegularTime(2, 10, 0)))
EVERY_TWO_WEEKS = replace(line(), cadence=Cadence(Step(weeks=2)))
SECOND_TUESDAY = replace(line(at=RegularTime(1, 15, 0, 2)), cadence=Cadence(Step(months=1, nth=2)))


@row("seen-10a", "meeting-skipped-by-rule")
def test_away_leaves_out_what_lies_in_it_and_one_letter_says_all_of_it() -> None:
    stage = thursday()
    assert stage.ana.calendar() == ["Tue 13 Oct 15:00", "Tue 20 Oct 15:00"]
    stage.ana.replies("started", "AWAY 12-23 Oct")
    assert stage.ana.reads() == [
        "Thu 8 Oct 10:01  ack  Understood: you are away from 12 to 23 October."
    ]
    assert stage.ben.reads() == [
        "Thu 8 Oct 13:31  absence  Ana is away from 12 to 23 October. Nothing to do."
    ]
    assert stage.ben.last().text.count("| Tue") == 2
    assert stage.ana.calendar(22) == ["Tue 27 Oct 15:00"]
    stage.until("Mon 26 Oct 10:00 Berlin")
    assert (stage.ana.reads(), stage.ben.reads()) == ([], [])
    assert stage.standing("Tue 13 Oct") == "skipped rule"


@row("seen-10a", "ladder-mover")
def test_it_is_never_on_the_ladder() -> None:
    stage = thursday(program=replace(PATIENT, kindly_after=(1, 6)))
    stage.ben.replies("started", "AWAY 12-23 Oct")
    stage.until("Wed 28 Oct 10:00 Berlin")
    assert "kindly" not in kinds(stage.ben.reads())
    assert [fall.by for fall in stage.state().tally.falls] == ["", ""]  # of the 6th and the 27th


@row("seen-10a")
def test_said_once_it_holds_in_all_pairings_and_each_mentee_hears_of_it() -> None:
    stage = thursday(*TWO_MENTEES)
    stage.ana.replies("started", "AWAY 12-16 Oct")
    assert kinds(stage.ana.reads()) == ["ack"]
    assert kinds(stage.ben.reads()) == kinds(stage.chi.reads()) == ["absence"]
    assert stage.ana.calendar() == ["Tue 20 Oct 15:00", "Wed 21 Oct 10:00"]
    stage.ana.replies("ack", "UNDO")
    stage.passes(2)
    assert kinds(stage.ana.reads()) == ["ack"]
    assert kinds(stage.ben.reads()) == kinds(stage.chi.reads()) == ["moved"]  # "… stays"
    assert stage.ana.calendar(7) == ["Tue 13 Oct 15:00 one-off", "Wed 14 Oct 10:00 one-off"]


@row("seen-10a")
@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("AWAY 12-21 Oct", []),  # the calendar says nothing new
        ("AWAY 5-25 Oct", []),
        ("AWAY 12-13 Oct", ["absence"]),  # it lasts longer than was said
        ("AWAY 15-25 Oct", ["absence"]),  # it begins sooner
    ],
)
def test_what_was_said_already_is_not_asked_about(said: str, asked: list[str]) -> None:
    stage = thursday()
    stage.ana.replies("started", said)
    stage.ana.reads()
    stage.ana.is_out("Mon 12 Oct 00:00", days=10)
    stage.passes(5)
    assert kinds(stage.ana.reads()) == asked


@row("seen-10a", settings=("absence_days",))
@pytest.mark.parametrize("answer", ["1", "Yes please, I'll be at my parents' the whole time"])
def test_an_out_of_office_event_of_days_is_asked_about_once_whatever_it_covers(answer: str) -> None:
    stage = thursday(*TWO_MENTEES)
    stage.ana.is_out("Mon 12 Oct 00:00", days=5)
    stage.passes(5)
    assert stage.ana.reads() == [
        "Thu 8 Oct 10:01  absence  "
        "Your calendar says that you are away from 12 to 16 October. Is that right?"
    ]
    assert (stage.ben.reads(), stage.chi.reads()) == ([], [])
    assert len(stage.ana.calendar()) == 4
    stage.ana.replies("absence", answer)
    assert kinds(stage.ben.reads()) == kinds(stage.chi.reads()) == ["absence"]
    assert stage.ana.calendar() == ["Tue 20 Oct 15:00", "Wed 21 Oct 10:00"]


@row("seen-10a")
@pytest.mark.parametrize(
    "answer", ["2", "no", "Nope, that's a colleague's trip. I can still meet", ""]
)
def test_no_or_no_answer_and_everything_stays(answer: str) -> None:
    stage = thursday(*TWO_MENTEES)
    stage.ana.is_out("Mon 12 Oct 00:00", days=5)
    stage.passes(5)
    if answer:
        stage.ana.replies("absence", answer)
    stage.until("Thu 15 Oct 10:00 Berlin")
    assert kinds(stage.ana.reads()) == (["absence", "ack"] if answer else ["absence"])
    assert kinds(stage.ben.reads()) == kinds(stage.chi.reads()) == ["prep-mentee", "notes"]


@row("seen-10a")
def test_other_days_may_be_named_instead() -> None:
    stage = thursday()
    stage.ana.is_out("Mon 12 Oct 00:00", days=5)
    stage.ana.reads()
    stage.ana.replies("absence", "AWAY 12-23 Oct")
    assert kinds(stage.ana.reads()) == ["ack"]
    assert stage.ben.reads() == [
        "Thu 8 Oct 13:32  absence  Ana is away from 12 to 23 October. Nothing to do."
    ]
    assert stage.ana.calendar(22) == ["Tue 27 Oct 15:00"]


@row("seen-10a", "seen-10", settings=("absence_days",))
@pytest.mark.parametrize(("least", "asked"), [(3, "clash"), (2, "absence")])
def test_a_shorter_one_is_something_that_lies_on_a_1_1(least: int, asked: str) -> None:
    stage = thursday(program=replace(PATIENT, absence_days=least))
    stage.ana.is_out("Mon 12 Oct 00:00", days=2)
    stage.passes(10)
    assert kinds(stage.ana.reads()) == [asked]


@row("seen-10a", "seen-10", settings=("absence_days",))
@pytest.mark.parametrize(("days", "asked"), [(2.85, "absence"), (2.84, "clash")])
def test_three_days_need_not_be_whole(days: float, asked: str) -> None:
    stage = thursday()
    stage.ana.is_out("Mon 12 Oct 00:00", days=days)
    stage.passes(10)
    assert kinds(stage.ana.reads()) == [asked]


@row("seen-10a")
@pytest.mark.parametrize("one", [EVERY_TWO_WEEKS, SECOND_TUESDAY])
def test_a_rare_one_is_not_lost_another_time_in_its_window_is_offered(one: object) -> None:
    first = {EVERY_TWO_WEEKS: "20 Oct", SECOND_TUESDAY: "13 Oct"}[one]  # type: ignore[index]
    stage = thursday(one)
    stage.ana.replies("started", f"AWAY {int(first[:2]) - 1}-{int(first[:2]) + 1} Oct")
    stage.passes(6)
    assert kinds(stage.ben.reads()) == ["absence", "proposal"]
    assert stage.standing(f"Tue {first}") == "cancelled"
    days = [int(each.split(",")[0].split(" ")[3]) for each in stage.ben.last("proposal").choices]
    assert not {int(first[:2]) + away for away in (-1, 0, 1)} & {*days}
    stage.ben.replies("proposal", "1")
    assert stage.standing(f"Tue {first}") == "moved"


@row("seen-10a")
def test_a_rare_one_without_an_answer_is_left_out_and_counts_for_nobody() -> None:
    stage = thursday(EVERY_TWO_WEEKS)
    stage.ana.replies("started", "AWAY 19-23 Oct")
    stage.until("Wed 28 Oct 10:00 Berlin")
    assert stage.standing("Tue 20 Oct") == "skipped silence"
    assert all(fall.by == "" for fall in stage.state().tally.falls)
    assert stage.ana.calendar() == ["Tue 3 Nov 15:00"]


@row("seen-10a")
def test_of_two_absences_the_second_does_not_take_the_place_of_the_first() -> None:
    stage = thursday()
    stage.ana.replies("started", "AWAY 12-16 Oct")
    stage.ana.replies("started", "AWAY 26-30 Oct")
    stage.ben.replies("started", "AWAY 12-16 Oct")
    assert [(a.role, a.days.first.day) for a in stage.state().absences] == [
        ("mentor", 12),
        ("mentor", 26),
        ("mentee", 12),
    ]
    assert stage.ana.calendar(30) == ["Tue 20 Oct 15:00", "Tue 3 Nov 15:00"]


@row("seen-10a")
def test_what_the_same_person_has_said_already_is_not_asked() -> None:
    stage = thursday()
    stage.ana.replies("started", "AWAY 12-16 Oct")
    stage.ana.reads()
    stage.ana.is_out("Mon 12 Oct 00:00", days=5)
    stage.until("Sat 10 Oct 10:00 Berlin")
    assert stage.ana.reads() == []


@row("seen-10a")
@pytest.mark.parametrize(
    ("start", "until"),
    [("Mon 19 Oct 00:00", "Sun 18 Oct 00:00"), ("Fri 9 Oct 00:00", "Fri 9 Oct 10:01")],
    ids=["a day before it begins", "a day at least"],
)
def test_how_long_an_answer_is_waited_for(start: str, until: str) -> None:
    stage = thursday()
    stage.ana.is_out(start, days=5)
    assert [q.answer_by for q in stage.state().questions] == [moment(f"{until} Berlin")]


@row("seen-10a", "meeting-skipped-by-rule")
def test_days_taken_out_of_the_files_bring_a_rare_one_back_that_waited_for_another_time() -> None:
    away = replace(ANA, away=(Days(date(2026, 10, 19), date(2026, 10, 21)),))
    stage = thursday(EVERY_TWO_WEEKS)
    stage.reconfigured(replace(EVERY_TWO_WEEKS, mentor=away))
    stage.passes(6)
    assert stage.standing("Tue 20 Oct") == "cancelled"
    stage.ben.reads()
    stage.reconfigured(EVERY_TWO_WEEKS)
    stage.passes(6)
    assert stage.standing("Tue 20 Oct") == "planned"
    assert stage.state().proposal is None
    assert stage.ana.calendar() == ["Tue 20 Oct 15:00"]


@row("seen-10a", "undo-words")
def test_a_rare_one_comes_back_when_the_days_are_taken_back() -> None:
    stage = thursday(EVERY_TWO_WEEKS)
    stage.ana.replies("started", "AWAY 19-21 Oct")
    stage.passes(6)
    assert stage.standing("Tue 20 Oct") == "cancelled"
    stage.ana.replies("ack", "UNDO")
    stage.passes(6)
    assert stage.standing("Tue 20 Oct") == "moved"
    assert stage.state().proposal is None
    assert stage.ana.calendar() == ["Tue 20 Oct 15:00"]


@row("seen-10a", "proposal-withdrawn")
def test_what_had_fallen_out_and_waits_for_another_time_is_left_out_with_the_rest() -> None:
    stage = thursday()
    stage.ana.deletes("Tue 20 Oct")
    stage.passes(6)
    assert stage.standing("Tue 20 Oct") == "cancelled"
    stage.ana.replies("started", "AWAY 19-23 Oct")
    assert stage.standing("Tue 20 Oct") == "skipped rule"
    assert stage.state().proposal is None
    assert stage.ana.calendar(20) == ["Tue 13 Oct 15:00", "Tue 27 Oct 15:00"]


@row("seen-10a", "letter-urgent")
def test_a_1_1_of_the_next_hours_that_is_left_out_is_told_at_once() -> None:
    stage = thursday(line(at=RegularTime(1, 9, 0)), at="Mon 12 Oct 22:00 Berlin")
    stage.ana.replies("started", "AWAY 13-16 Oct")
    assert stage.ben.reads() == [
        "Tue 13 Oct 01:31  absence  Ana is away from 13 to 16 October. Nothing to do."
    ]


@row("seen-10a")
def test_what_was_moved_out_of_those_days_stands_and_what_was_moved_into_them_does_not() -> None:
    stage = thursday()
    stage.ana.drags("Tue 13 Oct", "Fri 9 Oct 15:00")
    stage.ana.drags("Tue 20 Oct", "Fri 16 Oct 15:00")
    stage.passes(10)
    stage.ben.reads()
    stage.ana.replies("started", "AWAY 12-16 Oct")
    assert stage.ana.calendar(20) == ["Fri 9 Oct 15:00", "Tue 27 Oct 15:00"]
    stage.until("Wed 14 Oct 10:00 Kolkata")  # three letters a week: it waits, and never too long
    assert [
        each for each in stage.ben.last("absence").text.split("\n") if each.startswith("|")
    ] == ["| Fri 16 Oct, 18:30 Kolkata (15:00 Berlin)"]


@row("seen-10a", "series-later-break")
def test_months_ahead_it_is_one_change_of_the_series() -> None:
    stage = thursday()
    stage.ben.replies("started", "AWAY 20 Dec - 10 Jan")
    assert stage.ana.calendar(100)[-2:] == ["Tue 15 Dec 15:00", "Tue 12 Jan 15:00"]
    assert len(stage.why("the series as it is agreed")) == 1
    assert stage.ana.last("absence").text.count("| Tue") == 3


@row("seen-10a")
def test_first_and_last_day_are_days_away_as_well() -> None:
    stage = thursday()
    stage.ben.replies("started", "AWAY 22 Dec - 12 Jan")
    assert stage.ana.calendar(110)[-2:] == ["Tue 15 Dec 15:00", "Tue 19 Jan 15:00"]
    assert stage.ana.last("absence").text.count("| Tue") == 4
