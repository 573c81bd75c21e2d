"""Every kind of step against independent readings of RFC 5545, and the day of the month traps (TRAPS 11, 12).

Not the whole comparison: `python -m tests.decide.cadence_against_oracle` runs two hundred thousand.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import WEEKLY, rrule
from hypothesis import given, settings
from hypothesis import strategies as st

from daemon.decide.moment import instant
from daemon.domain.cadence import RegularTime, SeriesRule, Step, first_wall, nth_of, wall_text
from tests.decide.cadence_against_oracle import (
    START_DAYS,
    STEPS,
    ZONES,
    by_dateutil,
    compare,
    is_nth,
    shown_at,
    walked,
)

DAY = timedelta(days=1)


def test_thousands_of_series_expand_as_two_other_readings_do() -> None:
    told = compare(4_000, seed=11)
    assert (told.expansions, told.first_mismatch) == (4_000, "")
    assert told.occurrences > 10 * told.expansions


def test_both_changes_of_the_clock_lie_in_every_horizon() -> None:
    """Else the comparison would prove little: all but one of these zones change their clock."""
    changing = 0
    for zone in ZONES:
        at = [datetime.combine(START_DAYS[0] + n * DAY, time(12)) for n in range(366)]
        changing += (
            len({wall - instant(wall, ZoneInfo(zone)).replace(tzinfo=None) for wall in at}) > 1
        )
    assert len(ZONES) >= 13 and changing >= len(ZONES) - 2


@pytest.mark.parametrize("months", [1, 2, 3, 6])
def test_trap_11_from_any_day_of_the_month_no_month_is_skipped(months: int) -> None:
    """The 29th to 31st are the last of their weekday, and every month has one."""
    for day in START_DAYS:
        step = Step(months=months, nth=nth_of(day))
        rule = SeriesRule(wall_text(datetime.combine(day, time(10))), "Europe/Berlin", 30, step)
        walls = list(islice(rule.walls(), 24 // months))
        assert walls[0].date() == day, "the day itself is the first"
        apart = [(wall.year - day.year) * 12 + wall.month - day.month for wall in walls]
        assert apart == list(range(0, 24, months))
        assert all(
            wall.weekday() == day.weekday() and is_nth(wall.date(), step.nth) for wall in walls
        )


@pytest.mark.parametrize("nth", [1, 2, 3, 4, -1])
@pytest.mark.parametrize("named", [0, 1])
def test_trap_11_a_monthly_series_begins_with_an_occurrence_of_its_own(
    nth: int, named: int
) -> None:
    """Also for a regular time that names only the weekday: the step says which of the month."""
    step = Step(months=1, nth=nth)
    for day in START_DAYS[:62]:
        for weekday in range(7):
            first = first_wall(RegularTime(weekday, 10, 0, nth * named), step, day)
            assert first.date() >= day and first.weekday() == weekday and is_nth(first.date(), nth)
            assert not any(
                (each.weekday(), is_nth(each, nth)) == (weekday, True)
                for each in (day + n * DAY for n in range((first.date() - day).days))
            )


@pytest.mark.parametrize("weeks", range(1, 9))
@pytest.mark.parametrize("week_start", [0, 6])
def test_trap_12_parity_holds_over_five_years_whenever_the_week_begins(
    weeks: int, week_start: int
) -> None:
    for number in range(0, 28, 9):
        first = datetime.combine(START_DAYS[number], time(15))
        rule = SeriesRule(wall_text(first), "Europe/Berlin", 30, Step(weeks=weeks))
        until = first + timedelta(days=5 * 366)
        expected = list(rrule(WEEKLY, interval=weeks, wkst=week_start, dtstart=first, until=until))
        assert list(islice(rule.walls(), len(expected))) == expected


@pytest.mark.parametrize("weeks", [2, 3])
def test_trap_12_a_series_made_anew_from_any_of_its_dates_keeps_the_parity(weeks: int) -> None:
    old = SeriesRule("2026-10-06T15:00", "Europe/Berlin", 30, Step(weeks=weeks))
    for number in range(0, 130, 7):
        anew = SeriesRule(wall_text(old.wall(number)), old.zone, 30, old.step)
        assert list(islice(anew.walls(), 9)) == [old.wall(number + n) for n in range(9)]


@given(
    step=st.sampled_from(STEPS),
    day=st.sampled_from(START_DAYS),
    years=st.integers(0, 60),
    days=st.integers(0, 365),
)
@settings(max_examples=300, deadline=None)
def test_the_age_of_a_series_changes_nothing(step: Step, day: date, years: int, days: int) -> None:
    """What a jump finds after decades is what the day by day reading finds there."""
    if step.months and not is_nth(day, step.nth):
        day = first_wall(RegularTime(day.weekday(), 0, 0, step.nth), step, day).date()
    rule = SeriesRule(wall_text(datetime.combine(day, time(10))), "Europe/Berlin", 30, step)
    then = day + timedelta(days=years * 365 + days)
    year = [each for each in by_dateutil(day, step, then + timedelta(days=400)) if each > then]
    found = [
        wall.date() for wall in islice(rule.walls(datetime.combine(then, time(10))), len(year))
    ]
    assert found == year
    number = rule.number(datetime.combine(found[0], time(10)))
    assert rule.wall(number).date() == found[0] and rule.wall(number - 1).date() <= then


def test_the_oracle_knows_gap_and_overlap_by_heart() -> None:
    """Literal rows of RFC 5545 3.3.5, so that the oracle itself is held against something."""
    for wall, zone, expected in (
        ("2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:30"),
        ("2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30"),
        ("2026-10-04T02:15", "Australia/Lord_Howe", "2026-10-03T15:45"),
        ("2027-03-14T02:30", "America/New_York", "2027-03-14T07:30"),
        ("2026-11-01T01:30", "America/New_York", "2026-11-01T05:30"),
    ):
        found = shown_at(datetime.fromisoformat(wall), zone)
        assert found.replace(tzinfo=None) == datetime.fromisoformat(expected)


def test_the_walker_counts_days_as_the_calendar_does() -> None:
    second_tuesday, last_friday = Step(months=1, nth=2), Step(months=2, nth=-1)
    assert [
        d.isoformat() for d in walked(date(2026, 10, 13), second_tuesday, date(2027, 1, 31))
    ] == [
        "2026-10-13",
        "2026-11-10",
        "2026-12-08",
        "2027-01-12",
    ]
    assert [d.isoformat() for d in walked(date(2026, 10, 30), last_friday, date(2027, 3, 1))] == [
        "2026-10-30",
        "2026-12-25",
        "2027-02-26",
    ]
