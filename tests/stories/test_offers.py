"""Which times are offered, to how many at once, and how long an offer waits (RULES 6 and 7).

Not who is asked, and not what is answered: those have stories of their own.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.domain.cadence import Cadence, RegularTime, Step
from daemon.domain.people import Days
from daemon.domain.value import replace
from tests.stories.beginnings import on_monday
from tests.stories.cast import ANA, BEN, CHI, PATIENT, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, running


def offered(stage: Stage, day: str = "Tue 13 Oct") -> list[str]:
    """Ana takes that 1:1 off, and Ben reads these times (on his own clock)."""
    stage.ana.deletes(day)
    stage.passes(6)
    return [each[3:].split(" Kolkata")[0] for each in stage.ben.last("proposal").choices]


def two_pairings() -> Stage:
    """Ana meets Ben at three and Chi at two."""
    return on_monday(line(ANA, BEN), line(ANA, CHI, RegularTime(1, 14, 0)))


def all_off(stage: Stage) -> None:
    """Ana takes both 1:1s of Tuesday off in the same minute."""
    for place in [shown.place for shown in stage.ana.shown(2)]:
        stage.outside.hands.delete("ana@example.org", place)
    stage.passes(1)
    stage.passes(6)


@row("proposal-one")
def test_one_question_at_a_time_the_earliest_meeting_first() -> None:
    stage = on_monday()
    for place in [shown.place for shown in stage.ana.shown(9)]:
        stage.outside.hands.delete("ana@example.org", place)
    stage.passes(1)
    stage.passes(6)
    first = "Tuesday's 1:1 (13 Oct) can't take place. Pick a new time?"
    assert [each.split("  ")[2] for each in stage.ben.reads()] == [first]
    stage.ben.replies("proposal", "SKIP")
    assert [each.split("  ")[2] for each in stage.ben.reads()] == [
        "Tuesday's 1:1 (13 Oct) is left out this time. Nothing to do.",
        "Tuesday's 1:1 (20 Oct) can't take place. Pick a new time?",
    ]
    stage.ben.answers(stage.ben.letters[-3], "2")  # to the first list
    assert kinds(stage.ben.reads()) == ["unclear"]


@row("proposal-numbers")
def test_a_number_of_an_earlier_list_about_the_same_meeting_is_not_booked() -> None:
    stage = on_monday()
    offered(stage)
    first = stage.ben.last("proposal")
    stage.ana.takes_back_deletions()
    stage.ana.is_busy("Thu 15 Oct 09:00", hours=9)
    offered(stage)
    assert first.choices[1] != stage.ben.last("proposal").choices[1]
    stage.ben.reads()
    stage.ben.answers(first, "2")
    assert kinds(stage.ben.reads()) == ["unclear"]
    assert stage.ana.calendar() == ["Tue 20 Oct 15:00"]


@row("proposal-offered-once")
def test_what_is_offered_here_is_not_offered_there() -> None:
    stage = two_pairings()
    stage.ana.is_busy("Wed 14 Oct 09:00", hours=5.5)
    stage.ana.is_busy("Thu 15 Oct 09:00", hours=5.5)
    all_off(stage)
    mine = {each.split("(")[1][:5] + each[3:13] for each in stage.ben.last("proposal").choices}
    theirs = {each.split("(")[1][:5] + each[3:13] for each in stage.chi.last("proposal").choices}
    assert (len(mine), len(theirs)) == (3, 3)
    assert mine & theirs == set()


@row("proposal-offered-once", "proposal-first-wins")
def test_where_too_few_would_remain_both_are_offered_them_and_the_first_answer_wins() -> None:
    stage = two_pairings()
    for day in ("Tue 13 Oct", "Thu 15 Oct", "Fri 16 Oct", "Mon 19 Oct"):
        stage.ana.is_busy(f"{day} 09:00", hours=9)
    stage.ana.is_busy("Wed 14 Oct 11:00", hours=7)
    all_off(stage)
    assert stage.ben.last("proposal").choices == [
        "1  Wed 14 Oct, 13:00 Kolkata (09:30 Berlin)",
        "2  Wed 14 Oct, 14:00 Kolkata (10:30 Berlin)",
    ]
    assert stage.chi.last("proposal").choices == [
        "1  Wed 14 Oct, 15:30 Taipei (09:30 Berlin)",
        "2  Wed 14 Oct, 16:30 Taipei (10:30 Berlin)",
    ]
    stage.chi.replies("proposal", "1")
    assert stage.ana.calendar()[0] == "Wed 14 Oct 09:30 one-off"
    stage.ben.reads()
    stage.ben.replies("proposal", "1")
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["slot-gone"]
    assert "I am sorry" in stage.ben.last().text
    assert stage.ben.last().choices[-1] == "5  Wed 14 Oct, 14:00 Kolkata (10:30 Berlin)"
    stage.ben.replies("slot-gone", "5")
    assert stage.ana.calendar()[1] == "Wed 14 Oct 10:30 one-off"


@row("proposal-gone", "proposal-silence")
def test_a_reminder_leaves_out_what_was_booked_in_another_pairing() -> None:
    stage = two_pairings()
    for day in ("Tue 13 Oct", "Thu 15 Oct", "Fri 16 Oct", "Mon 19 Oct"):
        stage.ana.is_busy(f"{day} 09:00", hours=9)
    stage.ana.is_busy("Wed 14 Oct 11:00", hours=7)
    all_off(stage)
    stage.chi.replies("proposal", "1")
    stage.until("Tue 13 Oct 14:00 Kolkata")
    assert stage.ben.last("proposal-nudge").choices == [
        "2  Wed 14 Oct, 14:00 Kolkata (10:30 Berlin)"
    ]


@pytest.mark.parametrize(
    ("step", "day", "asked", "nudges", "ends", "contact"),
    [
        (Step(weeks=1), "Tue 20 Oct", "Thu 15 Oct", ["Fri 16 Oct"], "Fri 16 Oct 20:00", []),
        (Step(weeks=2), "Tue 20 Oct", "Thu 15 Oct", ["Sat 17 Oct"], "Sun 18 Oct 20:00", ["admin"]),
        (
            *(Step(weeks=3), "Tue 27 Oct", "Tue 20 Oct"),
            *(["Thu 22 Oct", "Sat 24 Oct"], "Mon 26 Oct 20:00", ["admin"]),
        ),
        (
            *(Step(months=1, nth=2), "Tue 10 Nov", "Tue 3 Nov"),
            *(["Thu 5 Nov", "Sat 7 Nov"], "Mon 9 Nov 20:00", ["admin"]),
        ),
    ],
)
@row("proposal-silence")
def test_reminders_and_the_end_of_silence_by_the_cadence(
    step: Step, day: str, asked: str, nudges: list[str], ends: str, contact: list[str]
) -> None:
    rhythm = replace(line(), cadence=Cadence(step), at=RegularTime(1, 15, 0, step.nth))
    stage = running(rhythm, program=PATIENT)
    stage.until(f"{asked} 10:00 Berlin")
    stage.ben.reads(), stage.maya.reads()
    offered(stage, day)
    weekday, number, month = ends[:3], int(ends.split()[1]), ends.split()[2]
    assert (
        f"If I hear nothing by {weekday} {number} {month}, 20:00 Kolkata" in stage.ben.last().text
    )
    stage.until(f"{weekday} {number} {month} 20:30 Kolkata")
    told = [each for each in stage.ben.reads() if "  proposal-nudge  " in each]
    assert [each.rsplit("  ", 2)[0][:-6] for each in told] == nudges
    assert stage.standing(day) == "skipped silence"
    assert kinds(stage.maya.reads()) == contact


@row("proposal-silence", settings=("nudge_after_hours", "answer_by_hours"))
def test_other_reminders_and_another_end() -> None:
    stage = on_monday(nudge_after_hours=(3, 40), answer_by_hours=80)
    offered(stage, "Tue 20 Oct")
    assert "If I hear nothing by Thu 15 Oct, 20:00 Kolkata" in stage.ben.last().text
    stage.until("Fri 16 Oct 10:00 Kolkata")
    assert (
        [each.split("  ")[:2] for each in stage.ben.reads()][1:]
        == [
            ["Mon 12 Oct 18:00", "prep-mentee"],  # the reminder would have come at 16:36
            ["Tue 13 Oct 19:30", "notes"],
            ["Wed 14 Oct 07:00", "proposal-nudge"],
            ["Mon 19 Oct 18:00", "left-out"],
        ][:3]
    )
    assert stage.standing("Tue 20 Oct") == "skipped silence"


@row("proposal-none", settings=("rounds",))
def test_so_many_rounds_and_then_the_contact() -> None:
    stage = on_monday(rounds=1)
    offered(stage)
    stage.ben.replies("proposal", "None of these")
    assert stage.standing("Tue 13 Oct") == "skipped no-times"
    assert [each.split("  ")[2] for each in stage.maya.reads()] == [
        "Ana & Ben: one round of times, and none fitted."
    ]
    assert stage.why("rounds-over")[0].endswith("no time that suits in round 1 of 1")


@row("series-window", settings=("offers",))
def test_as_many_times_as_the_program_says() -> None:
    assert len(offered(on_monday(offers=5))) == 5


@row("series-window", settings=("notice_hours",))
def test_the_earliest_time_leaves_the_notice() -> None:
    assert offered(on_monday())[0] == "Wed 14 Oct, 18:30"
    assert offered(on_monday(notice_hours=72))[0] == "Thu 15 Oct, 17:30"


@row("proposal-numbers", settings=("slot_closes_hours",))
def test_a_time_closes_so_long_before_it_begins() -> None:
    stage = on_monday(slot_closes_hours=30)
    offered(stage)
    stage.until("Tue 13 Oct 12:45 Kolkata")  # thirty hours before Wednesday's is half past twelve
    stage.ben.reads()
    stage.ben.replies("proposal", "1")
    assert kinds(stage.ben.reads()) == ["unclear"]
    stage.ben.replies("proposal", "2")
    assert kinds(stage.ben.reads()) == ["moved"]


@row("series-window", settings=("slot_grid_minutes",))
def test_offered_times_begin_on_the_grid() -> None:
    stage = on_monday(slot_grid_minutes=15)
    stage.ana.is_busy("Tue 13 Oct 09:00", hours=9)
    for day in ("Wed 14 Oct", "Thu 15 Oct", "Fri 16 Oct"):
        stage.ana.is_busy(f"{day} 14:50", hours=1)
    assert offered(stage) == ["Wed 14 Oct, 17:45", "Thu 15 Oct, 17:45", "Fri 16 Oct, 17:45"]


@row("series-window", settings=("buffer_minutes",))
def test_a_buffer_is_kept_around_everything_else() -> None:
    for buffer, expected in ((0, "Wed 14 Oct, 18:30"), (30, "Wed 14 Oct, 18:00")):
        stage = on_monday(buffer_minutes=buffer)
        stage.ana.is_busy("Tue 13 Oct 09:00", hours=9)
        stage.ana.is_busy("Wed 14 Oct 15:30")
        assert offered(stage)[0] == expected


@row("series-window", settings=("mentor_meetings_per_day",))
def test_a_mentor_has_no_more_1_1s_on_one_day_than_that() -> None:
    for most, first in ((4, "Wed 14 Oct, 18:30"), (1, "Thu 15 Oct, 17:30")):
        lines = (line(ANA, BEN), line(ANA, CHI, RegularTime(2, 10, 0)))
        stage = on_monday(*lines, mentor_meetings_per_day=most)
        stage.ana.is_busy("Tue 13 Oct 09:00", hours=9)
        assert offered(stage)[0] == first


@row("series-window", settings=("mentee_meetings_per_day",))
def test_a_mentee_has_no_more_1_1s_on_one_day_than_that() -> None:
    for most, first in ((0, "Wed 14 Oct, 18:30"), (1, "Thu 15 Oct, 17:30")):
        dan = replace(ANA, id="dan", name="Dan Ode", address="dan@example.org")
        lines = (line(ANA, BEN), line(dan, BEN, RegularTime(2, 10, 0)))
        stage = on_monday(*lines, mentee_meetings_per_day=most)
        stage.ana.is_busy("Tue 13 Oct 09:00", hours=9)
        assert offered(stage)[0] == first


@row("series-window")
def test_where_the_next_one_is_left_out_it_is_looked_for_until_a_day_before_the_one_after() -> None:
    """By the clock, which changes on 25 October: the next 1:1 is on Tuesday 27, at three in the afternoon."""
    stage = on_monday(breaks=(Days(date(2026, 10, 20), date(2026, 10, 20)),))
    stage.until("Tue 13 Oct 20:00 Kolkata")
    stage.ana.is_busy("Wed 14 Oct 00:00", hours=24 * 12 + 15.5)  # until 14:30 on Monday 26
    stage.ben.replies("notes", "NO")
    assert stage.ben.last("proposal").choices == ["1  Mon 26 Oct, 19:00 Kolkata (14:30 Berlin)"]
