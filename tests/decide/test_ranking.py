"""In which order starts are worth offering: near the usual hour, on the usual day, bearable for both (RULES 6).

Not which starts there are: test_slots.py.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from daemon.decide.masks import frame_of, step_after
from daemon.decide.ranking import View, apart, discomfort, one_a_day, picks
from tests.decide.slots_cast import BERLIN, KOLKATA, NEW_YORK, slot, utc

FRAME = frame_of(slot("2026-10-12T00:00", "2026-10-26T00:00"))
"""Two weeks from Monday the 12th on."""


def in_order(starts: list[str], other: ZoneInfo, usual: float, weekday: int = -1) -> list[str]:
    """Starts `12T08:00` of October in Berlin's summer, the best first; the other one lives in that zone."""
    frame = frame_of(slot("2026-10-12T00:00", "2026-11-09T00:00"))
    view = View(frame, BERLIN, round(usual * 60), weekday, (BERLIN, other), 30)
    names = {step_after(utc(f"2026-10-{each}"), frame): each for each in starts}
    return [names[each.step] for each in picks(sum(1 << step for step in names), 0, view)]


@pytest.mark.parametrize(
    ("weekday", "expected"),
    [
        (-1, ["12T06:00", "13T06:00", "14T06:00", "20T06:00", "13T20:00"]),
        (0, ["12T06:00", "12T20:00", "13T06:00", "14T06:00", "13T20:00"]),
        # in the second week a Tuesday is a Tuesday too
        (1, ["13T06:00", "20T06:00", "13T20:00", "12T06:00", "14T06:00"]),
        (2, ["14T06:00", "12T06:00", "13T06:00", "20T06:00", "13T20:00"]),
    ],
)
def test_far_from_the_usual_hour_the_usual_day_counts_and_then_comfort(
    weekday: int, expected: list[str]
) -> None:
    """08:00 and 22:00 are equally far from 15:00; it is six and eight hours to the middle of the day."""
    assert in_order(sorted(expected), BERLIN, 15, weekday) == expected


@pytest.mark.parametrize(
    ("weekday", "expected"),
    [
        (-1, ["12T13:00", "13T13:00", "20T13:00"]),
        (0, ["12T13:00", "19T13:00", "13T13:00"]),
        (1, ["13T13:00", "20T13:00", "12T13:00"]),
    ],
)
def test_at_the_usual_hour_the_usual_day_is_first(weekday: int, expected: list[str]) -> None:
    assert in_order(sorted(expected), BERLIN, 15, weekday) == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        # 13:00 and 15:00: in Kolkata 16:30 and 18:30, in New York 07:00 and 09:00
        (KOLKATA, ["13T11:00", "13T13:00"]),
        (NEW_YORK, ["13T13:00", "13T11:00"]),
    ],
)
def test_of_two_equally_near_the_one_that_is_better_for_who_has_it_worse(
    other: ZoneInfo, expected: list[str]
) -> None:
    assert in_order(sorted(expected), other, 14) == expected


def test_a_usual_hour_beside_the_grid_has_its_nearest_all_the_same() -> None:
    """They are used to 15:10, which is 13:10 in UTC; whole and half hours are offered all day."""
    all_day = [f"13T{hour:02}:{minute}" for hour in range(6, 20) for minute in ("00", "30")]
    expected = ["13T13:00", "13T13:30", "13T12:30", "13T14:00", "13T12:00", "13T14:30"]
    assert in_order(all_day, BERLIN, 15 + 1 / 6)[:6] == expected


def test_in_the_week_between_two_changes_of_clocks_new_york_is_an_hour_nearer() -> None:
    """14:00 in Berlin: 08:00 there, from 25 October on 09:00, from 1 November on 08:00 again."""
    starts = ["22T12:00", "26T13:00", "30T13:00"]
    assert in_order(starts, NEW_YORK, 14) == ["26T13:00", "30T13:00", "22T12:00"]
    # from the very hour of the change on, far from the usual time too
    assert in_order(["22T07:00", "26T08:00"], NEW_YORK, 18) == ["26T08:00", "22T07:00"]


def test_what_overbooks_nothing_is_before_all_else_and_each_lies_on_another_day() -> None:
    view = View(FRAME, BERLIN, 15 * 60, -1, (BERLIN, BERLIN), 30)

    def mask(*starts: str) -> int:
        return sum(1 << step_after(utc(f"2026-10-{each}"), FRAME) for each in starts)

    free, over = mask("13T08:00", "14T08:00", "14T09:00"), mask("13T13:00", "15T13:00")
    shown = [(each.day, each.yields, each.away) for each in one_a_day(free, over, view, 3)]
    assert shown == [(2, False, 240), (1, False, 300), (3, True, 0)]
    assert one_a_day(free, over, view, 0) == []
    assert len(one_a_day(free, over, view, 9)) == 3


@pytest.mark.parametrize(
    ("minute", "other", "expected"),
    [(0, 0, 0), (540, 570, 30), (0, 720, 720), (0, 721, 719), (1430, 10, 20), (10, 1430, 20)],
)
def test_times_of_day_lie_apart_over_midnight_if_that_is_shorter(
    minute: int, other: int, expected: int
) -> None:
    assert apart(minute, other) == expected


def test_two_in_the_afternoon_is_comfortable() -> None:
    shown = [discomfort(hour * 60) for hour in (14, 9, 18, 2, 0, 38, -10)]
    assert shown == [0, 300, 240, 720, 600, 0, 0]
