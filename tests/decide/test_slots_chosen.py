"""One slot by itself, which of many are offered, and why others are not (RULES 6, 7).

Not what is found and in which order: test_slots.py.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from daemon.decide.slots import (
    Found,
    Search,
    Side,
    best,
    find,
    overlaps,
    rejections,
    spread,
    why_not,
    within,
)
from daemon.domain.meeting import Slot
from daemon.domain.people import Hours
from daemon.domain.value import replace
from tests.decide.slots_cast import ALWAYS, BERLIN, HALF_HOUR, MENTEE, MENTOR, TUESDAY, slot, utc

# --- one slot


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        (("2026-10-13T09:00", "2026-10-13T10:00"), False),  # touching is free
        (("2026-10-13T10:30", "2026-10-13T11:00"), False),
        (("2026-10-13T10:29", "2026-10-13T11:00"), True),
        (("2026-10-13T09:00", "2026-10-13T10:01"), True),
        (("2026-10-13T10:10", "2026-10-13T10:20"), True),
        (("2026-10-13T09:00", "2026-10-13T12:00"), True),
        (("2026-10-13T10:15", "2026-10-13T10:15"), True),  # a moment inside
        (("2026-10-13T10:00", "2026-10-13T10:00"), False),
    ],
)
def test_overlaps(taken: tuple[str, str], expected: bool) -> None:
    assert overlaps(slot("2026-10-13T10:00", "2026-10-13T10:30"), [slot(*taken)]) is expected


OFFICE = tuple(Hours(day, 9 * 60, 18 * 60) for day in range(5))


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-10-13T07:00", True),  # 09:00 in Berlin
        ("2026-10-13T06:59", False),
        ("2026-10-13T15:30", True),  # ends at 18:00
        ("2026-10-13T15:31", False),
        ("2026-10-17T08:00", False),  # a Saturday
        ("2026-10-26T08:00", True),  # 09:00 after the change of clocks
        ("2026-10-26T07:30", False),
    ],
)
def test_within(start: str, expected: bool) -> None:
    begin = utc(start)
    assert within(Slot(begin, begin + HALF_HOUR), BERLIN, OFFICE) is expected


# --- which of them


def found(day: int, hour: int, minute: int = 0) -> Found:
    begin = datetime(2026, 10, day, hour, minute, tzinfo=UTC)
    return Found(Slot(begin, begin + HALF_HOUR), date(2026, 10, day), abs(hour * 60 + minute - 900))


SPREAD = [
    ([(14, 15), (15, 15), (16, 15), (14, 16)], [(14, 15), (15, 15), (16, 15)]),
    # two days: not all on one day, and an hour apart
    ([(14, 15), (14, 15, 30), (14, 16), (15, 12)], [(14, 15), (14, 16), (15, 12)]),
    # one day only: two, never all three on it
    ([(14, 15), (14, 16), (14, 17)], [(14, 15), (14, 16)]),
    ([(14, 15), (14, 15, 30)], [(14, 15)]),
    ([], []),
]


@pytest.mark.parametrize(("there", "expected"), SPREAD)
def test_spread(there: list[tuple[int, ...]], expected: list[tuple[int, ...]]) -> None:
    chosen = spread([found(*each) for each in there], 3)
    assert chosen == [found(*each) for each in expected]


@pytest.mark.parametrize(("there", "expected"), SPREAD)
def test_the_best_are_the_spread_of_all(
    there: list[tuple[int, ...]], expected: list[tuple[int, ...]]
) -> None:
    """The same table, asked of calendars that leave just these times."""
    window = slot("2026-10-14T00:00", "2026-10-17T00:00")
    open_ = {found(*each).slot.start for each in there}
    starts = [window.start + number * HALF_HOUR for number in range(144)]
    busy = tuple(Slot(start, start + HALF_HOUR) for start in starts if start not in open_)
    search = Search(window, HALF_HOUR, 30, ZoneInfo("UTC"), 15 * 60)
    sides = (Side(ZoneInfo("UTC"), ALWAYS, busy), MENTEE)
    chosen = best(search, sides, 3)
    assert [each.slot for each in chosen] == [found(*each).slot for each in expected]
    assert chosen == spread(find(search, sides), 3)
    assert spread(chosen, 3) == chosen
    assert best(search, sides, 0) == []


# --- the reasons


BUSY = replace(
    MENTOR,
    taken=(slot("2026-10-13T07:00", "2026-10-13T07:30"),),
    blackout=(Hours(1, 10 * 60, 10 * 60 + 10),),
)
REASONS: dict[str, tuple[Search, Side, Side, dict[str, int]]] = {
    "hours, calendar and what is never offered": (
        TUESDAY, BUSY, MENTEE, {"outside the hours": 44, "never offered": 1, "busy": 1},
    ),
    "of both": (
        TUESDAY, BUSY, replace(MENTEE, taken=(slot("2026-10-13T07:00", "2026-10-13T08:00"),)),
        {"outside the hours": 44, "never offered": 1, "busy": 2},
    ),
    "the first that applies": (
        replace(TUESDAY, avoid=frozenset({utc("2026-10-13T07:00"), utc("2026-10-13T01:00")})),
        BUSY, MENTEE, {"the old hour or an earlier offer": 2, "outside the hours": 43, "never offered": 1},
    ),
    "a day off": (
        replace(TUESDAY, days_off=frozenset({date(2026, 10, 13)})), BUSY, MENTEE, {"a day off": 48},
    ),
    "a full day": (
        TUESDAY, replace(MENTOR, meetings=(utc("2026-10-13T05:00"),), per_day_most=1), MENTEE,
        {"outside the hours": 44, "enough 1:1s that day": 4},
    ),
    "only inside the window": (
        replace(TUESDAY, window=slot("2026-10-13T06:30", "2026-10-13T08:00")), BUSY, MENTEE,
        {"outside the hours": 1, "busy": 1},
    ),
    "what may give way is offered": (
        replace(TUESDAY, window=slot("2026-10-13T07:00", "2026-10-13T08:00")),
        replace(MENTOR, yields=BUSY.taken), MENTEE, {},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REASONS)
def test_rejections_count_the_first_reason_of_every_other_start(name: str) -> None:
    search, mentor, mentee, expected = REASONS[name]
    assert rejections(search, (mentor, mentee)) == expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-10-12T21:30", "outside the window"),
        ("2026-10-13T21:31", "outside the window"),
        ("2026-10-13T06:30", "outside the hours"),
        ("2026-10-13T07:00", "busy"),
        ("2026-10-13T07:30", ""),
        ("2026-10-13T08:00", "never offered"),
        ("2026-10-13T07:35", "never offered"),
        ("2026-10-13T08:10", ""),  # touching is free
    ],
)
def test_why_not(start: str, expected: str) -> None:
    begin = utc(start)
    assert why_not(TUESDAY, Slot(begin, begin + HALF_HOUR), (BUSY, MENTEE)) == expected


@pytest.mark.parametrize(("weekday", "why"), [(1, "your usual time"), (2, "your usual hour")])
def test_of_the_usual_weekday_the_usual_hour_is_the_usual_time(weekday: int, why: str) -> None:
    found = find(replace(TUESDAY, weekday=weekday), (MENTOR, MENTEE))
    assert {each.why for each in found if each.slot.start == utc("2026-10-13T07:00")} == {why}
