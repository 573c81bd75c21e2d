"""Which times suit two people, rule by rule: a literal question before, the slots after (RULES 6, 7).

Not every combination of rules: that is test_slots_brute_force.py. Not what is offered of them in a conversation:
tests/stories/test_proposal.py.
"""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from daemon.decide.slots import Search, Side, find
from daemon.domain.people import Hours
from daemon.domain.value import replace
from tests.decide.slots_cast import (
    ALWAYS,
    APIA,
    BERLIN,
    HALF_HOUR,
    HOUR,
    KATHMANDU,
    KOLKATA,
    LORD_HOWE,
    MENTEE,
    MENTOR,
    NEW_YORK,
    SANTIAGO,
    TUESDAY,
    clocks,
    days,
    every_day,
    slot,
    utc,
)

# --- what is found, one rule at a time


FOUND: dict[str, tuple[Search, Side, Side, list[str]]] = {
    "the hours of the mentor": (TUESDAY, MENTOR, MENTEE, ["09:00", "09:30", "10:00", "10:30"]),
    "the hours of both": (
        TUESDAY, MENTOR, Side(KOLKATA, every_day(("13:00", "14:00")), ()), ["09:30", "10:00"],
    ),
    "wholly in one stretch": (
        TUESDAY, replace(MENTOR, hours=every_day(("09:00", "10:00"), ("10:00", "10:20"))), MENTEE,
        ["09:00", "09:30"],
    ),
    "stretches that overlap count once": (
        TUESDAY, replace(MENTOR, hours=every_day(("09:00", "10:00"), ("09:30", "10:30"))), MENTEE,
        ["09:00", "09:30", "10:00"],
    ),
    "another weekday": (TUESDAY, replace(MENTOR, hours=(Hours(2, 540, 660),)), MENTEE, []),
    "to the end of the day": (
        TUESDAY, replace(MENTOR, hours=every_day(("22:45", "24:00"))), MENTEE, ["23:30", "23:00"],
    ),
    "never over midnight": (
        replace(TUESDAY, window=slot("2026-10-13T20:00", "2026-10-14T00:00"), length=HOUR),
        replace(MENTOR, hours=ALWAYS), MENTEE,
        ["01:00", "00:30", "00:00", "23:00", "22:30", "22:00"],
    ),
    "what is taken": (
        TUESDAY, replace(MENTOR, taken=(slot("2026-10-13T07:30", "2026-10-13T08:00"),)), MENTEE,
        ["09:00", "10:00", "10:30"],
    ),
    "what is taken of the other": (
        TUESDAY, MENTOR, replace(MENTEE, taken=(slot("2026-10-13T07:30", "2026-10-13T08:00"),)),
        ["09:00", "10:00", "10:30"],
    ),
    "what is taken for a second beside the grid": (
        TUESDAY,
        replace(MENTOR, taken=(
            slot("2026-10-13T07:29:59", "2026-10-13T07:30:00"),
            slot("2026-10-13T08:00:00.5", "2026-10-13T08:00:01"),
        )),
        MENTEE, ["09:30", "10:30"],
    ),
    "a buffer before and behind": (
        TUESDAY,
        replace(MENTOR, taken=(slot("2026-10-13T07:40", "2026-10-13T07:50"),), buffer_minutes=10),
        MENTEE, ["09:00", "10:00", "10:30"],
    ),
    "room for the slot and its buffers, to the second": (
        TUESDAY,
        replace(
            MENTOR, buffer_minutes=10,
            taken=(
                slot("2026-10-13T07:00", "2026-10-13T07:20"), slot("2026-10-13T08:10", "2026-10-13T09:00"),
            ),
        ),
        MENTEE, ["09:30"],
    ),
    "a short event inside a long one": (
        TUESDAY,
        replace(
            MENTOR,
            taken=(
                slot("2026-10-13T07:00", "2026-10-13T08:30"), slot("2026-10-13T07:10", "2026-10-13T07:20"),
            ),
        ),
        MENTEE, ["10:30"],
    ),
    "a buffer that is too short by a minute": (
        TUESDAY,
        replace(MENTOR, taken=(slot("2026-10-13T07:39", "2026-10-13T07:51"),), buffer_minutes=10),
        MENTEE, ["10:30"],
    ),
    "promised elsewhere": (
        TUESDAY,
        replace(MENTOR, bound=(slot("2026-10-13T07:30", "2026-10-13T08:00"),), buffer_minutes=5),
        MENTEE, ["10:30"],
    ),
    "never offered": (
        TUESDAY, replace(MENTOR, blackout=(Hours(1, 9 * 60 + 40, 10 * 60),)), MENTEE,
        ["09:00", "10:00", "10:30"],
    ),
    "never offered on another day": (
        TUESDAY, replace(MENTOR, blackout=(Hours(2, 0, 1440),)), MENTEE,
        ["09:00", "09:30", "10:00", "10:30"],
    ),
    "the notice is over in the middle": (
        replace(TUESDAY, window=slot("2026-10-13T07:30:01", "2026-10-13T08:45")), MENTOR, MENTEE,
        ["10:00"],
    ),
    "the old hour or an earlier offer": (
        replace(TUESDAY, avoid=frozenset({utc("2026-10-13T07:00"), utc("2026-10-13T08:01")})),
        MENTOR, MENTEE, ["09:30", "10:00", "10:30"],
    ),
    "a day off": (
        replace(TUESDAY, days_off=frozenset({date(2026, 10, 13)})), MENTOR, MENTEE, [],
    ),
    "a day off is one of the anchor zone": (
        replace(
            TUESDAY, window=slot("2026-10-12T22:00", "2026-10-14T22:00"), zone=KOLKATA,
            days_off=frozenset({date(2026, 10, 13)}), usual=22 * 60,
        ),
        replace(MENTOR, hours=every_day(("20:00", "21:00"))), MENTEE, ["20:00", "20:30", "20:30"],
    ),
    "as many 1:1s as a day may hold": (
        TUESDAY,
        replace(MENTOR, meetings=(utc("2026-10-13T05:00"), utc("2026-10-13T13:00")), per_day_most=2),
        MENTEE, [],
    ),
    "fewer 1:1s than a day may hold": (
        TUESDAY,
        replace(MENTOR, meetings=(utc("2026-10-12T05:00"), utc("2026-10-13T13:00")), per_day_most=2),
        MENTEE, ["09:00", "09:30", "10:00", "10:30"],
    ),
    "a full day is one of the person's own zone": (
        TUESDAY,
        MENTOR,
        replace(MENTEE, zone=KOLKATA, meetings=(utc("2026-10-12T19:00"),), per_day_most=1), [],
    ),
    "no window": (replace(TUESDAY, window=slot("2026-10-13T09:00", "2026-10-13T09:00")), MENTOR, MENTEE, []),
    "a window that ends before it begins": (
        replace(TUESDAY, window=slot("2026-10-13T09:00", "2026-09-01T09:00")), MENTOR, MENTEE, [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FOUND)
def test_what_is_found(name: str) -> None:
    search, mentor, mentee, expected = FOUND[name]
    assert clocks(find(search, (mentor, mentee))) == expected


@pytest.mark.parametrize(
    ("zone", "hours", "grid", "expected"),
    [
        (BERLIN, ("09:10", "10:40"), 30, ["09:30", "10:00"]),
        (BERLIN, ("09:10", "10:40"), 15, ["09:15", "09:30", "09:45", "10:00"]),
        (BERLIN, ("09:10", "10:40"), 60, ["10:00"]),
        # 05:30 ahead: the grid is that of the mentor's own clock
        (KOLKATA, ("09:00", "10:00"), 60, ["09:00"]),
        (KOLKATA, ("09:00", "10:00"), 30, ["09:00", "09:30"]),
        (KATHMANDU, ("09:00", "10:00"), 30, ["09:00", "09:30"]),
        (KATHMANDU, ("09:00", "10:00"), 20, ["09:00", "09:20"]),
    ],
)
def test_slots_start_where_the_clock_of_the_mentor_shows_a_multiple_of_the_grid(
    zone: ZoneInfo, hours: tuple[str, str], grid: int, expected: list[str]
) -> None:
    search = replace(TUESDAY, grid_minutes=grid, usual=0, zone=zone)
    found = find(search, (Side(zone, every_day(hours), ()), MENTEE))
    assert clocks(found, zone) == expected


@pytest.mark.parametrize(
    ("zone", "window", "hours", "expected"),
    [
        # 02:00 to 03:00 does not exist: hours that begin in it begin by the clock before the change
        (BERLIN, ("2026-03-28T23:00", "2026-03-29T03:00"), ("01:00", "04:00"),
         ["00:00", "00:30", "01:00", "01:30"]),
        (BERLIN, ("2026-03-28T23:00", "2026-03-29T03:00"), ("02:00", "04:00"), ["01:00", "01:30"]),
        (BERLIN, ("2026-03-28T23:00", "2026-03-29T03:00"), ("02:30", "03:00"), []),
        # 02:00 to 03:00 comes twice: hours begin and end with the first of the two
        (BERLIN, ("2026-10-24T22:00", "2026-10-25T03:00"), ("02:00", "03:00"),
         ["00:00", "00:30", "01:00", "01:30"]),
        (BERLIN, ("2026-10-24T22:00", "2026-10-25T03:00"), ("01:30", "02:30"), ["23:30", "00:00"]),
        # half an hour comes twice on Lord Howe, where it is 11 and then 10:30 ahead
        (LORD_HOWE, ("2026-04-04T14:00", "2026-04-04T17:00"), ("01:00", "02:30"),
         ["14:00", "14:30", "15:00", "15:30"]),
        # midnight does not exist in Santiago: Saturday ends where Sunday begins at 01:00
        (SANTIAGO, ("2026-09-06T03:00", "2026-09-06T05:00"), ("00:00", "24:00"),
         ["03:00", "03:30", "04:00", "04:30"]),
        # the last hour of Saturday comes twice in Santiago
        (SANTIAGO, ("2026-04-05T02:00", "2026-04-05T05:00"), ("22:30", "24:00"),
         ["02:00", "02:30", "03:00", "03:30"]),
    ],
)  # fmt: skip
def test_hours_on_days_on_which_clocks_change(
    zone: ZoneInfo, window: tuple[str, str], hours: tuple[str, str], expected: list[str]
) -> None:
    search = Search(slot(*window), HALF_HOUR, 30, zone, 0)
    sides = (Side(zone, every_day(hours), ()), Side(zone, ALWAYS, ()))
    found = find(search, sides)
    assert sorted(f"{each.slot.start:%H:%M}" for each in found) == sorted(expected)


def test_hours_of_a_day_that_did_not_exist_are_not_those_of_the_next() -> None:
    """Samoa went from Thursday 29 December 2011 to Saturday the 31st."""
    friday = (Hours(4, 9 * 60, 17 * 60),)
    search = Search(slot("2011-12-29T00:00", "2012-01-02T00:00"), HALF_HOUR, 30, APIA, 0)
    assert find(search, (Side(APIA, friday, ()), Side(APIA, ALWAYS, ()))) == []


# --- in which order


WEEK = replace(TUESDAY, window=slot("2026-10-12T22:00", "2026-10-15T22:00"))


def test_nearest_to_the_usual_hour_first_then_the_usual_weekday_then_the_earliest() -> None:
    search = replace(WEEK, usual=9 * 60 + 30, weekday=2)
    assert days(find(search, (MENTOR, MENTEE))) == [
        "Wed 14 09:30", "Tue 13 09:30", "Thu 15 09:30",
        "Wed 14 10:00", "Wed 14 09:00", "Tue 13 10:00", "Thu 15 10:00", "Tue 13 09:00", "Thu 15 09:00",
        "Wed 14 10:30", "Tue 13 10:30", "Thu 15 10:30",
    ]  # fmt: skip


def test_without_a_usual_weekday_equals_are_by_comfort_and_then_by_time() -> None:
    search = replace(WEEK, usual=9 * 60 + 30, weekday=-1)
    assert days(find(search, (MENTOR, MENTEE)))[:5] == [
        "Tue 13 09:30", "Wed 14 09:30", "Thu 15 09:30", "Tue 13 10:00", "Wed 14 10:00",
    ]  # fmt: skip


def test_far_zones_among_equally_near_what_is_less_uncomfortable_for_who_has_it_worse() -> None:
    """17:00 and 19:00 are equally far from 18:00 in Berlin; in Kolkata it is 20:30 and 22:30 then."""
    search = replace(TUESDAY, usual=18 * 60)
    mentor = replace(MENTOR, hours=every_day(("17:00", "17:30"), ("19:00", "19:30")))
    assert clocks(find(search, (mentor, Side(KOLKATA, ALWAYS, ())))) == ["17:00", "19:00"]
    assert clocks(find(search, (mentor, Side(NEW_YORK, ALWAYS, ())))) == ["17:00", "19:00"]
    early = replace(MENTOR, hours=every_day(("07:00", "07:30"), ("09:00", "09:30")))
    search = replace(TUESDAY, usual=8 * 60)
    assert clocks(find(search, (early, Side(KOLKATA, ALWAYS, ())))) == ["09:00", "07:00"]


def test_what_may_be_overbooked_comes_after_all_that_is_free_and_says_so() -> None:
    mentee = replace(
        MENTEE, yields=(slot("2026-10-13T07:00", "2026-10-13T07:50"),), buffer_minutes=10
    )
    found = find(TUESDAY, (MENTOR, mentee))
    assert [(clock, each.why) for clock, each in zip(clocks(found), found, strict=True)] == [
        ("10:00", "60 min from the usual hour"),
        ("10:30", "90 min from the usual hour"),
        ("09:00", "your usual hour, over what may give way"),
        ("09:30", "30 min from the usual hour, over what may give way"),
    ]


def test_what_is_taken_is_not_offered_although_something_else_there_may_give_way() -> None:
    there = slot("2026-10-13T07:00", "2026-10-13T07:50")
    mentee = replace(MENTEE, yields=(there,), taken=(there,))
    assert clocks(find(TUESDAY, (MENTOR, mentee))) == ["10:00", "10:30"]


@pytest.mark.parametrize(
    ("zone", "weekday", "usual", "why"),
    [
        (BERLIN, 1, 9 * 60, "your usual time"),
        (BERLIN, 2, 9 * 60, "your usual hour"),
        (BERLIN, -1, 9 * 60, "your usual hour"),
        (BERLIN, 1, 23 * 60, "600 min from the usual hour"),
        (KOLKATA, 1, 10 * 60, "60 min from the usual hour, 09:00 and 12:30 there"),
    ],
)
def test_a_slot_says_why(zone: ZoneInfo, weekday: int, usual: int, why: str) -> None:
    search = replace(TUESDAY, usual=usual, weekday=weekday)
    mentor = replace(MENTOR, hours=every_day(("09:00", "09:30")))
    (found,) = find(search, (mentor, replace(MENTEE, zone=zone)))
    assert found.why == why
