"""Which times suit two people: tables, and a property against brute force (RULES 6).

Not what is offered of them in a conversation: tests/stories/test_proposal.py.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daemon.decide.slots import Found, Search, Side, find, free, spread, taken_by, within_hours
from daemon.domain.meeting import Slot
from daemon.domain.observation import BusyInterval
from daemon.domain.people import Hours

BERLIN, KOLKATA = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kolkata")
OFFICE = tuple(Hours(day, 9 * 60, 18 * 60) for day in range(5))
EVENINGS = tuple(Hours(day, 17 * 60, 21 * 60) for day in range(7))
HALF_HOUR = timedelta(minutes=30)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def slot(start: str, end: str) -> Slot:
    return Slot(utc(start), utc(end))


def walls(found: list[Found]) -> list[str]:
    return [f"{each.slot.start.astimezone(BERLIN):%a %d %H:%M}" for each in found]


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        (("2026-10-13T09:00", "2026-10-13T10:00"), True),  # touching is free
        (("2026-10-13T10:30", "2026-10-13T11:00"), True),
        (("2026-10-13T10:29", "2026-10-13T11:00"), False),
        (("2026-10-13T09:00", "2026-10-13T10:01"), False),
        (("2026-10-13T10:10", "2026-10-13T10:20"), False),
        (("2026-10-13T09:00", "2026-10-13T12:00"), False),
    ],
)
def test_free(taken: tuple[str, str], expected: bool) -> None:
    assert free(slot("2026-10-13T10:00", "2026-10-13T10:30"), [slot(*taken)]) is expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-10-13T07:00", True),  # 09:00 in Berlin
        ("2026-10-13T06:59", False),
        ("2026-10-13T15:30", True),  # ends at 18:00
        ("2026-10-13T15:31", False),
        ("2026-10-17T08:00", False),  # a Saturday
        ("2026-10-26T08:00", True),  # 09:00 after the clock change
        ("2026-10-26T07:30", False),
    ],
)
def test_within_hours(start: str, expected: bool) -> None:
    begin = utc(start)
    side = Side(BERLIN, OFFICE, ())
    assert within_hours(Slot(begin, begin + HALF_HOUR), side) is expected


def test_the_event_itself_is_left_out_of_what_is_taken_by_its_uid() -> None:
    begin = utc("2026-10-13T10:00")
    intervals = [
        BusyInterval(begin, begin + HALF_HOUR, source="ours"),
        BusyInterval(begin, begin + HALF_HOUR, source="theirs"),
        BusyInterval(begin, begin + HALF_HOUR),
    ]
    assert len(taken_by(intervals)) == 3
    assert len(taken_by(intervals, frozenset({"ours"}))) == 2


def test_nearest_to_the_usual_hour_first() -> None:
    window = slot("2026-10-14T00:00", "2026-10-16T00:00")
    search = Search(window, HALF_HOUR, 30, BERLIN, 15 * 60)
    found = find(search, (Side(BERLIN, OFFICE, ()), Side(KOLKATA, EVENINGS, ())))
    assert walls(found)[:6] == [
        "Wed 14 15:00",
        "Thu 15 15:00",
        "Wed 14 14:30",
        "Wed 14 15:30",
        "Thu 15 14:30",
        "Thu 15 15:30",
    ]


def found(day: int, hour: int, minute: int = 0) -> Found:
    begin = datetime(2026, 10, day, hour, minute, tzinfo=UTC)
    return Found(Slot(begin, begin + HALF_HOUR), date(2026, 10, day), abs(hour * 60 + minute - 900))


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        ([(14, 15), (15, 15), (16, 15), (14, 16)], [(14, 15), (15, 15), (16, 15)]),
        # two days: not all on one day, and an hour apart
        ([(14, 15), (14, 15, 30), (14, 16), (15, 12)], [(14, 15), (14, 16), (15, 12)]),
        # one day only: two, never all three on it
        ([(14, 15), (14, 16), (14, 17)], [(14, 15), (14, 16)]),
        ([(14, 15), (14, 15, 30)], [(14, 15)]),
        ([], []),
    ],
)  # fmt: skip
def test_spread(there: list[tuple[int, ...]], expected: list[tuple[int, ...]]) -> None:
    chosen = spread([found(*each) for each in there], 3)
    assert chosen == [found(*each) for each in expected]


MINUTE = timedelta(minutes=1)
DAY = datetime(2026, 10, 25, tzinfo=UTC)  # with a clock change in Berlin


@st.composite
def hours_of_a_day(draw: st.DrawFn) -> tuple[Hours, ...]:
    start = draw(st.integers(0, 40)) * 30
    return tuple(
        Hours(day, start, min(start + draw(st.integers(1, 12)) * 30, 1440)) for day in range(7)
    )


@st.composite
def busy_times(draw: st.DrawFn) -> tuple[Slot, ...]:
    starts = draw(st.lists(st.integers(0, 47), max_size=4))
    return tuple(
        Slot(
            DAY + n * HALF_HOUR, DAY + n * HALF_HOUR + timedelta(minutes=draw(st.integers(1, 200)))
        )
        for n in starts
    )


def minutes_of(side: Side) -> set[datetime]:
    """Every minute at which that person is there and free, one by one."""
    there: set[datetime] = set()
    for n in range(-60, 25 * 60):
        minute = DAY + n * MINUTE
        wall = minute.astimezone(side.zone)
        at = wall.hour * 60 + wall.minute
        if any(
            h.weekday == wall.weekday() and h.from_minute <= at < h.to_minute for h in side.hours
        ):
            if all(not t.start <= minute < t.end for t in side.taken):
                there.add(minute)
    return there


@settings(max_examples=60, deadline=None)
@given(hours_of_a_day(), hours_of_a_day(), busy_times(), busy_times(), st.sampled_from([30, 60]))
def test_whatever_is_found_is_free_for_both_and_whatever_is_free_on_the_grid_is_found(
    one: tuple[Hours, ...], two: tuple[Hours, ...], busy: tuple[Slot, ...], taken: tuple[Slot, ...], length: int
) -> None:  # fmt: skip
    sides = (Side(BERLIN, one, busy), Side(KOLKATA, two, taken))
    window = Slot(
        DAY + timedelta(hours=4), DAY + timedelta(hours=20)
    )  # after the change of the clock
    search = Search(window, timedelta(minutes=length), 30, BERLIN, 900)
    result = find(search, sides)
    both = minutes_of(sides[0]) & minutes_of(sides[1])
    expected = {
        start
        for n in range(49)
        for start in (DAY + n * HALF_HOUR,)
        if window.start <= start
        and start + timedelta(minutes=length) <= window.end
        and all(start + m * MINUTE in both for m in range(length))
    }
    assert {each.slot.start for each in result} == expected
    assert [each.away_minutes for each in result] == sorted(each.away_minutes for each in result)
