"""The masks beneath the slot search: what is relied upon of zones, rows of days, and what is kept for how long.

Not what is found with them: test_slots.py.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import ModuleType
from zoneinfo import ZoneInfo, available_timezones

import pytest

from daemon.decide import local_masks, masks, ranking, searching, slots
from daemon.decide.local_masks import (
    PROBE_DAYS,
    clock,
    day_mask,
    day_number,
    day_row,
    inside,
    local_time,
    weekday_mask,
)
from daemon.decide.masks import (
    Frame,
    Same,
    frame_of,
    free_of,
    moment_of,
    painted,
    steps_of,
    striped,
    whole,
)
from daemon.decide.slots import best, find, within
from daemon.domain.meeting import Slot
from daemon.domain.people import Hours
from daemon.domain.value import replace
from tests.decide.slots_cast import (
    BERLIN,
    HALF_HOUR,
    KOLKATA,
    MENTEE,
    MENTOR,
    SANTIAGO,
    TUESDAY,
    every_day,
    slot,
    utc,
)

DAY = timedelta(days=1)


def test_the_zones_of_the_world_are_as_the_masks_rely_upon() -> None:
    """Offsets of whole five minutes, and never two changes within the days between two looks."""
    for name in available_timezones():
        zone = ZoneInfo(name)
        moment, changed = datetime(2026, 1, 1, tzinfo=UTC), datetime.min.replace(tzinfo=UTC)
        offset = moment.astimezone(zone).utcoffset()
        while moment.year < 2029:
            assert offset is not None and not offset % timedelta(minutes=5), name
            moment += DAY
            if moment.astimezone(zone).utcoffset() != offset:
                offset = moment.astimezone(zone).utcoffset()
                assert moment - changed > timedelta(days=PROBE_DAYS + 1), name
                changed = moment


@pytest.mark.parametrize(
    ("window", "first", "weeks"),
    [
        (("2026-10-13T00:00", "2026-10-14T00:00"), "2026-10-12", 1),
        (("2026-10-12T00:00", "2026-10-19T00:00"), "2026-10-12", 1),
        (("2026-10-12T00:00", "2026-10-19T00:00:01"), "2026-10-12", 2),
        (("2026-10-18T23:00", "2026-11-24T00:00"), "2026-10-12", 7),
        (("2026-10-18T23:00", "2026-10-01T00:00"), "2026-10-12", 1),
    ],
)
def test_a_frame_is_whole_weeks(window: tuple[str, str], first: str, weeks: int) -> None:
    frame = frame_of(slot(*window))
    assert (frame.begins, frame.steps) == (utc(f"{first}T00:00"), weeks * 2016)
    assert frame.epoch == frame.begins.timestamp()


def test_runs_are_painted_cut_to_the_frame_and_may_overlap() -> None:
    runs = [(-5, 2), (4, 6), (5, 8), (9, 9), (12, 10), (14, 99)]
    assert list(steps_of(painted(runs, 16))) == [0, 1, 4, 5, 6, 7, 14, 15]


def test_runs_that_lie_apart_are_cut_to_the_frame_and_may_touch() -> None:
    runs = [(-5, 2), (4, 6), (6, 8), (9, 9), (12, 10), (14, 99)]
    for steps in (8, 15, 16):
        cut = [step for step in (0, 1, 4, 5, 6, 7, 14, 15) if step < steps]
        assert list(steps_of(striped(runs, steps))) == cut


def test_clocks_of_a_frame_change_when_the_zone_says() -> None:
    steadies = clock(BERLIN, frame_of(slot("2026-10-19T00:00", "2026-11-01T00:00")))
    assert [(each.offset, each.after) for each in steadies] == [
        (7200, 6 * 288 + 12),  # Sunday, 01:00 in UTC
        (3600, 14 * 288 + 2 * 288),
    ]


def test_a_change_beside_the_hour_is_known_to_the_minute() -> None:
    """Newfoundland used to change its clocks a minute after midnight."""
    frame = frame_of(slot("2006-03-27T00:00", "2006-04-10T00:00"))
    before, behind = clock(ZoneInfo("America/St_Johns"), frame)
    assert frame.begins + timedelta(seconds=before.ends) == utc("2006-04-02T03:31")
    assert (before.offset, behind.offset) == (-12_600, -9_000)


def test_a_local_day_has_as_many_steps_as_it_is_long() -> None:
    frame = frame_of(slot("2026-03-30T00:00", "2026-04-13T00:00"))
    sunday = day_number(utc("2026-04-05T00:00").date(), frame)
    lengths = [day_mask(SANTIAGO, frame, sunday + n).bit_count() // 12 for n in (-2, -1, 0)]
    assert lengths == [24, 25, 24]


def test_every_step_lies_on_one_local_day_and_one_weekday() -> None:
    frame = frame_of(slot("2026-10-19T00:00", "2026-11-09T00:00"))
    for zone in (BERLIN, KOLKATA):
        days = [day_mask(zone, frame, number) for number in range(-1, 23)]
        weekdays = [weekday_mask(zone, frame, number) for number in range(7)]
        for parts in (days, weekdays):
            assert sum(part.bit_count() for part in parts) == frame.steps
            assert sum(parts) == whole(frame)
        assert weekdays[0] & days[1] == days[1]  # day 0 of a frame is a Monday


def test_hours_in_a_frame_in_which_clocks_change_twice() -> None:
    """From March to November, around both nights: what `inside` says of a start is what `within` says."""
    frame = frame_of(slot("2026-03-23T00:00", "2026-11-09T00:00"))
    hours = every_day(("00:30", "02:30"), ("03:00", "23:00"))
    there = inside(BERLIN, hours, frame, HALF_HOUR)
    for night in ("2026-03-27T00:00", "2026-07-10T00:00", "2026-10-24T00:00"):
        first = (utc(night) - frame.begins) // timedelta(minutes=5)
        for step in range(first, first + 3 * 288):
            start = moment_of(step, frame)
            one = Slot(start, start + HALF_HOUR)
            assert bool(there >> step & 1) is within(one, BERLIN, hours), start


@pytest.mark.parametrize(
    ("day", "instants"),
    [
        ("2026-10-24", {"02:00": "2026-10-24T00:00", "03:00": "2026-10-24T01:00"}),
        # twice: the first of the two
        ("2026-10-25", {"01:55": "2026-10-24T23:55", "02:00": "2026-10-25T00:00", "03:00": "2026-10-25T02:00"}),
        # not at all: by the clock before the change
        ("2026-03-29", {"01:55": "2026-03-29T00:55", "02:30": "2026-03-29T01:30", "03:00": "2026-03-29T01:00"}),
    ],
)  # fmt: skip
def test_a_row_of_a_day_goes_by_its_clock(day: str, instants: dict[str, str]) -> None:
    noon = utc(f"{day}T12:00")
    frame = frame_of(Slot(noon, noon))
    number = day_number(noon.date(), frame)
    for shown, instant in instants.items():
        step = (utc(instant) - frame.begins) // timedelta(minutes=5)
        row = day_row(1 << step, BERLIN, frame, number)
        assert row >> (int(shown[:2]) * 12 + int(shown[3:]) // 5) & 1, shown


def test_the_first_day_of_a_frame_has_begun_before_it_in_the_east() -> None:
    frame = frame_of(slot("2026-10-12T00:00", "2026-10-13T00:00"))
    row = day_row(whole(frame), ZoneInfo("Pacific/Kiritimati"), frame, 0)  # 14 hours ahead
    assert row == ((1 << 10 * 12) - 1) << 14 * 12


def test_from_the_change_on_the_new_offset_counts() -> None:
    frame = frame_of(slot("2026-10-25T00:00", "2026-10-26T00:00"))
    at = (utc("2026-10-25T01:00") - frame.begins) // timedelta(minutes=5)
    shown = [local_time(at + step, BERLIN, frame) for step in (-1, 0, 22 * 12)]
    assert shown == [(6, 2 * 60 + 55), (6, 2 * 60), (7, 0)]


# --- what is kept


def test_a_calendar_is_turned_into_steps_once_while_it_is_the_same() -> None:
    taken = (slot("2026-10-13T07:30", "2026-10-13T08:00"),)
    mentor = replace(MENTOR, taken=taken)
    find(TUESDAY, (mentor, MENTEE))
    before = free_of.cache_info().misses, inside.cache_info().misses
    found = best(replace(TUESDAY, usual=600), (replace(mentor), MENTEE), 3)
    assert (free_of.cache_info().misses, inside.cache_info().misses) == before
    other = replace(mentor, taken=(slot("2026-10-13T07:30", "2026-10-13T09:00"),))
    assert find(TUESDAY, (other, MENTEE)) != found
    assert free_of.cache_info().misses == before[0] + 1


def test_another_tuple_of_equal_times_is_another_calendar() -> None:
    one, two = ((slot("2026-10-13T07:30", "2026-10-13T08:00"),) for _ in range(2))
    assert Same(one) != Same(two) and Same(one) == Same(one) and Same(()) == Same(())
    assert Same(one) != one


@pytest.mark.parametrize("module", [masks, local_masks, ranking, slots, searching])
def test_whatever_is_kept_has_a_limit(module: ModuleType) -> None:
    kept = [each for each in vars(module).values() if hasattr(each, "cache_parameters")]
    assert kept
    assert all(each.cache_parameters()["maxsize"] <= 16_384 for each in kept)


@pytest.mark.parametrize("length", [timedelta(minutes=7), timedelta(minutes=30, seconds=1)])
def test_lengths_beside_the_steps_are_exact(length: timedelta) -> None:
    frame = Frame(utc("2026-10-12T00:00").toordinal(), 2016)
    hours = (Hours(0, 0, 37),)
    fitting = [n for n in range(12) if timedelta(minutes=5 * n) + length <= timedelta(minutes=37)]
    assert list(steps_of(inside(ZoneInfo("UTC"), hours, frame, length))) == fitting
    taken = (slot("2026-10-12T01:00", "2026-10-12T02:00"),)
    lost = [
        n
        for n in range(30)
        if frame.begins + timedelta(minutes=5 * n) + length > taken[0].start
        and frame.begins + timedelta(minutes=5 * n) < taken[0].end
    ]
    free = free_of(Same(taken), frame, length, 0)
    assert list(steps_of(whole(frame) ^ free)) == lost
