"""Every rhythm a pair can have, as its calendar shows it, and how far away another time may lie (RULES 6).

Not a change from one rhythm to another: test_series_change.py and test_wishes.py.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.domain.cadence import Cadence, RegularTime, Step
from daemon.domain.people import Line
from daemon.domain.value import replace
from tests.stories.cast import ANA, PATIENT, line
from tests.stories.rows import row
from tests.stories.stage import Stage, before, running


def rhythm(step: Step, at: RegularTime) -> Line:
    return replace(line(at=at), cadence=Cadence(step))


WEEKLY = line()
EVERY_TWO_WEEKS = rhythm(Step(weeks=2), RegularTime(1, 15, 0))
EVERY_FIVE_WEEKS = rhythm(Step(weeks=5), RegularTime(1, 15, 0))
SECOND_TUESDAY = rhythm(Step(months=1, nth=2), RegularTime(1, 15, 0, 2))
LAST_FRIDAY = rhythm(Step(months=1, nth=-1), RegularTime(4, 15, 0, -1))
QUARTERLY = rhythm(Step(months=3, nth=1), RegularTime(1, 15, 0, 1))


def choices(stage: Stage) -> list[str]:
    """The days offered to Ben, on his clock."""
    return [each.split("  ")[1] for each in stage.ben.last("proposal").choices]


@row("series-one", settings=("cadence",))
@pytest.mark.parametrize(
    ("one", "dates"),
    [
        (WEEKLY, ["Tue 6 Oct", "Tue 13 Oct", "Tue 20 Oct", "Tue 27 Oct", "Tue 3 Nov"]),
        (EVERY_TWO_WEEKS, ["Tue 6 Oct", "Tue 20 Oct", "Tue 3 Nov", "Tue 17 Nov", "Tue 1 Dec"]),
        (EVERY_FIVE_WEEKS, ["Tue 6 Oct", "Tue 10 Nov", "Tue 15 Dec", "Tue 19 Jan", "Tue 23 Feb"]),
        (SECOND_TUESDAY, ["Tue 13 Oct", "Tue 10 Nov", "Tue 8 Dec", "Tue 12 Jan", "Tue 9 Feb"]),
        (LAST_FRIDAY, ["Fri 30 Oct", "Fri 27 Nov", "Fri 25 Dec", "Fri 29 Jan", "Fri 26 Feb"]),
        (QUARTERLY, ["Tue 6 Oct", "Tue 5 Jan", "Tue 6 Apr", "Tue 6 Jul", "Tue 5 Oct"]),
    ],
)
def test_its_dates_at_the_same_hour_through_summer_and_winter(one: Line, dates: list[str]) -> None:
    stage = running(one, program=PATIENT)
    assert stage.ana.calendar(400)[:5] == [f"{each} 15:00" for each in dates]
    assert len({shown.place.uid for shown in stage.ana.shown(400)}) == 1


@row("series-one")
def test_a_rare_one_is_asked_about_and_prepared_like_any_other() -> None:
    stage = before(SECOND_TUESDAY, at="Mon 12 Oct 10:00 Berlin")
    stage.until("Wed 11 Nov 10:00 Berlin")
    assert [each.split("  ")[:2] for each in stage.ben.reads()] == [
        ["Mon 12 Oct 18:00", "prep-mentee"],
        ["Tue 13 Oct 19:30", "notes"],
        ["Mon 9 Nov 18:00", "prep-mentee"],
        ["Tue 10 Nov 20:30", "notes"],
    ]


@row("series-alternating", settings=("length_minutes",))
def test_two_lengths_in_turn_are_two_series_with_doubled_interval() -> None:
    stage = before(replace(line(), lengths_minutes=(30, 60)), at="Tue 6 Oct 10:00 Berlin")
    shown = stage.ana.shown(30)
    assert stage.ana.calendar(30) == [
        f"Tue {day} 15:00" for day in ("6 Oct", "13 Oct", "20 Oct", "27 Oct", "3 Nov")
    ]
    assert [(each.end - each.start).seconds // 60 for each in shown] == [30, 60, 30, 60, 30]
    assert len({each.place.uid for each in shown}) == 2
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert [each.split("  ")[:2] for each in stage.ben.reads()] == [
        ["Tue 6 Oct 19:30", "notes"],
        ["Mon 12 Oct 18:00", "prep-mentee"],
        ["Tue 13 Oct 20:00", "notes"],  # half an hour later, because it was an hour
    ]


@row("series-window")
@pytest.mark.parametrize(
    ("one", "at", "day", "offered"),
    [
        (WEEKLY, "Mon 12 Oct", "Tue 13 Oct", ["Wed 14 Oct", "Thu 15 Oct", "Fri 16 Oct"]),
        (EVERY_TWO_WEEKS, "Mon 19 Oct", "Tue 20 Oct", ["Wed 21 Oct", "Thu 22 Oct", "Fri 23 Oct"]),
        (SECOND_TUESDAY, "Mon 12 Oct", "Tue 13 Oct", ["Wed 14 Oct", "Thu 15 Oct", "Tue 20 Oct"]),
    ],
)
def test_another_time_lies_within_half_a_step(
    one: Line, at: str, day: str, offered: list[str]
) -> None:
    stage = before(one, at=f"{at} 10:00 Berlin")
    stage.ana.deletes(day)
    stage.passes(5)
    assert [each.split(",")[0] for each in choices(stage)] == offered


@row("series-window")
def test_where_that_is_full_it_is_looked_for_until_a_day_before_the_next_one() -> None:
    stage = before(EVERY_TWO_WEEKS, at="Mon 19 Oct 10:00 Berlin")
    for day in ("Tue 20", "Wed 21", "Thu 22", "Fri 23", "Mon 26", "Tue 27"):
        stage.ana.is_busy(f"{day} Oct 09:00", hours=9)
    stage.ana.deletes("Tue 20 Oct")
    stage.passes(5)
    assert [each.split(",")[0] for each in choices(stage)] == [
        "Wed 28 Oct",
        "Thu 29 Oct",
        "Fri 30 Oct",
    ]
    assert "Too little was free within the usual days." in stage.ben.last("proposal").text


@row("series-origin", "meeting-repaired")
def test_the_next_date_stays_where_it_is_however_late_this_one_is_made_up_for() -> None:
    stage = before(EVERY_TWO_WEEKS, at="Mon 19 Oct 10:00 Berlin")
    stage.ana.deletes("Tue 20 Oct")
    stage.passes(5)
    stage.ben.replies("proposal", "NONE")
    latest = stage.ben.last("proposal").choices[-1]
    stage.ben.replies("proposal", latest.split("  ")[0])
    booked = stage.ana.calendar(40)[0]
    assert booked.endswith("one-off")
    assert stage.ana.calendar(40)[1:] == ["Tue 3 Nov 15:00", "Tue 17 Nov 15:00"]
    assert str(stage.meeting("Tue 20 Oct").origin) == "2026-10-20T15:00[Europe/Berlin]"


# --- whose clock, and from when to when


@row("series-one", settings=("anchor",))
@pytest.mark.parametrize(
    ("anchor", "berlin", "kolkata"),
    [
        ("Europe/Berlin", ["Tue 20 Oct 15:00", "Tue 27 Oct 15:00"], ["18:30", "19:30"]),
        ("Asia/Kolkata", ["Tue 20 Oct 11:30", "Tue 27 Oct 10:30"], ["15:00", "15:00"]),
    ],
)
def test_the_hour_is_kept_on_the_clock_that_was_named(
    anchor: str, berlin: list[str], kolkata: list[str]
) -> None:
    stage = before(replace(line(), anchor=anchor), at="Wed 14 Oct 10:00 Berlin")
    assert stage.ana.calendar() == berlin
    assert [each.split(" ")[3] for each in stage.ben.calendar()] == kolkata


@row("series-one", "letter-zone", settings=("anchor",))
def test_it_does_not_move_along_with_a_mentor_whose_zone_is_another_one_in_the_files() -> None:
    stage = before(line(), at="Wed 7 Oct 10:00 Berlin")
    in_toronto = replace(ANA, zone="America/Toronto")
    stage.reconfigured(replace(line(in_toronto), anchor="America/Toronto"))
    assert stage.ben.calendar(8) == ["Tue 13 Oct 18:30 NEEDS-ACTION"]
    stage.reconfigured(
        replace(line(in_toronto), anchor="America/Toronto", link="https://a.example")
    )
    assert stage.ben.calendar(8) == ["Tue 13 Oct 18:30 NEEDS-ACTION"]
    stage.reconfigured(replace(line(in_toronto), anchor="Asia/Kolkata"))  # the admin says whose
    assert stage.ben.calendar(8) == ["Tue 13 Oct 15:00 NEEDS-ACTION"]


@row("series-one", "pairing-invited", settings=("starts", "ends"))
def test_from_its_first_day_to_its_last() -> None:
    one = replace(line(ends=date(2026, 11, 3)), starts=date(2026, 10, 19))
    stage = Stage(one, program=PATIENT)
    stage.until("Sun 18 Oct 12:00 Berlin")
    assert stage.ana.reads() == []
    stage.until("Mon 19 Oct 12:00 Berlin")
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.ben.replies("welcome-mentee", "Yes")
    assert stage.ana.calendar(60) == ["Tue 20 Oct 15:00", "Tue 27 Oct 15:00", "Tue 3 Nov 15:00"]
