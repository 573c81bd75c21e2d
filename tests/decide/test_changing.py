"""Another cadence, time or length: which series it concerns, where the old one is cut, and what is kept (RULES 6).

Not the letters about it, nor the calendar: tests/stories/test_series_change.py.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from daemon.decide.changing import change, outdated
from daemon.decide.seen import PairingTurn
from daemon.decide.terms import Terms
from daemon.domain.cadence import RegularTime, SeriesRule, Step
from daemon.domain.pair import Agreed
from daemon.domain.value import replace
from tests.decide.pair_cast import TUESDAYS, ZONES, berlin, queued, reasons, series, turn_of
from tests.decide.series_cast import LONGER, THIRTY, THURSDAYS, TWO, WEEKLY, changed
from tests.stories.cast import PATIENT

IN_TURN = replace(WEEKLY, lengths_minutes=(30, 60))


def ends(turn: PairingTurn) -> list[str]:
    """Each series: its index, first date, length, and the last day where it has ended."""
    return [
        f"{s.index} {s.rule.first} {s.rule.length_minutes} "
        + (f"ended {s.rule.until}" if s.standing == "ended" else s.standing)
        for s in turn.state.series
    ]


# --- which are not as they should be


@pytest.mark.parametrize(
    ("wanted", "known", "indices"),
    [
        (WEEKLY, (series(),), []),
        (WEEKLY, (series(standing="asked"),), []),
        (WEEKLY, (series(standing="ended"),), []),
        (WEEKLY, (), []),
        (replace(WEEKLY, ends=date(2027, 1, 1)), (series(),), []),  # an end is no change of shape
        (replace(WEEKLY, at=RegularTime(2, 15, 0)), (series(),), [0]),
        (replace(WEEKLY, at=RegularTime(1, 16, 0)), (series(),), [0]),
        (replace(WEEKLY, at=RegularTime(1, 15, 30)), (series(),), [0]),
        (replace(WEEKLY, step=Step(weeks=2)), (series(),), [0]),
        (replace(WEEKLY, zone="Asia/Kolkata"), (series(),), [0]),
        (LONGER, (series(),), [0]),
        (IN_TURN, TWO, []),
        (IN_TURN, (series(),), [0, 1]),
        (IN_TURN, (TWO[0], replace(TWO[1], standing="ended")), [0, 1]),
        (IN_TURN, (TWO[0], replace(TWO[1], index=0)), [0, 1]),
        (WEEKLY, TWO, [0]),
        (replace(IN_TURN, lengths_minutes=(30, 90)), TWO, [1]),
        (replace(IN_TURN, lengths_minutes=(45, 60)), TWO, [0]),
        (replace(IN_TURN, at=RegularTime(1, 16, 0)), TWO, [0, 1]),
    ],
)
def test_which_series_are_not_as_they_should_be(
    wanted: Terms, known: Any, indices: list[int]
) -> None:
    assert outdated(turn_of(series=known), wanted) == indices


# --- where the old one is cut


@pytest.mark.parametrize(
    ("now", "hours", "last", "first"),
    [
        ("2026-10-07T10:00", 48, "2026-10-12", "2026-10-15T10:00"),
        ("2026-10-11T14:59", 48, "2026-10-12", "2026-10-15T10:00"),
        ("2026-10-11T15:00", 48, "2026-10-19", "2026-10-22T10:00"),  # later than the notice
        ("2026-10-11T15:00", 47, "2026-10-12", "2026-10-15T10:00"),
        ("2026-09-01T10:00", 48, "2026-10-05", "2026-10-08T10:00"),
    ],
)
def test_it_counts_from_the_first_date_that_is_later_than_the_notice(
    now: str, hours: int, last: str, first: str
) -> None:
    program = replace(PATIENT, series_notice_hours=hours)
    turn = changed(THURSDAYS, now=berlin(now), program=program)
    assert ends(turn) == [f"0 2026-10-06T15:00 30 ended {last}", f"0 {first} 30 asked"]
    assert reasons(turn) == ["another cadence, time or length", f"a series from {first} on"]


@pytest.mark.parametrize(
    ("now", "hour", "last", "first"),
    [
        ("2026-10-11T08:59", 9, "2026-10-12", "2026-10-13T09:00"),
        ("2026-10-11T09:00", 9, "2026-10-13", "2026-10-20T09:00"),  # that one is not later
        ("2026-10-11T14:59", 9, "2026-10-13", "2026-10-20T09:00"),
        ("2026-10-11T15:00", 9, "2026-10-19", "2026-10-20T09:00"),
        ("2026-10-11T14:59", 16, "2026-10-12", "2026-10-13T16:00"),
    ],
)
def test_where_the_new_hour_lies_inside_the_notice_the_old_one_takes_place_once_more(
    now: str, hour: int, last: str, first: str
) -> None:
    turn = changed(replace(WEEKLY, at=RegularTime(1, hour, 0)), now=berlin(now))
    assert ends(turn) == [f"0 2026-10-06T15:00 30 ended {last}", f"0 {first} 30 asked"]


def test_the_new_one_has_its_notice_on_its_own_clock() -> None:
    """On Wednesday at nine in Auckland it is still Tuesday in Toronto, and that is inside the notice."""
    old = series(rule=SeriesRule("2026-10-06T18:00", "America/Toronto", 30))
    wanted = replace(WEEKLY, at=RegularTime(2, 9, 0), zone="Pacific/Auckland")
    turn = turn_of(now=datetime(2026, 10, 11, 21, 0, tzinfo=UTC), series=(old,))
    turn.world = replace(turn.world, zones={**ZONES, wanted.zone: ZoneInfo(wanted.zone)})
    change(turn, wanted)
    assert ends(turn) == [
        "0 2026-10-06T18:00 30 ended 2026-10-14",
        "0 2026-10-21T09:00 30 asked",
    ]


def test_one_without_a_later_date_is_followed_from_the_day_of_the_notice() -> None:
    last = series(rule=replace(TUESDAYS, until=date(2026, 10, 8)))
    turn = changed(THURSDAYS, now=berlin("2026-10-06T09:00"), series=(last,))
    assert ends(turn) == [
        "0 2026-10-06T15:00 30 ended 2026-10-07",
        "0 2026-10-08T10:00 30 asked",
    ]


def test_all_of_two_lengths_are_cut_on_the_day_of_the_earlier_one() -> None:
    turn = changed(replace(IN_TURN, at=RegularTime(3, 10, 0)), series=TWO)
    assert ends(turn) == [
        "0 2026-10-06T15:00 30 ended 2026-10-12",
        "1 2026-10-13T15:00 60 ended 2026-10-12",
        "0 2026-10-15T10:00 30 asked",
        "1 2026-10-22T10:00 60 asked",
    ]


def test_one_length_in_the_place_of_two() -> None:
    turn = changed(WEEKLY, series=TWO)
    assert ends(turn) == [
        "0 2026-10-06T15:00 30 ended 2026-10-12",
        "1 2026-10-13T15:00 60 ended 2026-10-12",
        "0 2026-10-13T15:00 30 asked",
    ]


@pytest.mark.parametrize(
    ("agreed_in_this_turn", "by_files"), [(False, True), (True, False)], ids=["files", "pair"]
)
@pytest.mark.parametrize(
    ("wanted", "known"),
    [(THURSDAYS, (series(),)), (replace(IN_TURN, lengths_minutes=(30, 90)), TWO)],
    ids=["all", "one of two"],
)
def test_whose_change_it_is(
    wanted: Terms, known: Any, agreed_in_this_turn: bool, by_files: bool
) -> None:
    turn = turn_of(series=known)
    if agreed_in_this_turn:
        turn.state = replace(turn.state, agreed=Agreed(at=wanted.at))
    change(turn, wanted)
    assert turn.state.series[-1].by_files is by_files


# --- not on the calendar yet


@pytest.mark.parametrize(
    ("standing", "waits"), [("", False), ("due", False), ("on hold", False), ("claimed", True)]
)
def test_what_nobody_has_seen_is_replaced_unless_it_may_be_on_its_way(
    standing: str, waits: bool
) -> None:
    asked = series(standing="asked", put_at=None)
    outbox = (queued("series/ana-ben/0", standing),) if standing else ()
    turn = changed(THURSDAYS, series=(asked,), outbox=outbox)
    if waits:
        assert turn.state.series == (asked,)
        assert reasons(turn) == []
    else:
        assert ends(turn) == ["0 2026-10-08T10:00 30 asked"]


def test_of_two_that_nobody_has_seen_both_are_replaced_and_what_is_put_ends() -> None:
    one, other = TWO[0], replace(TWO[1], standing="asked", put_at=None)
    turn = changed(replace(IN_TURN, lengths_minutes=(30, 90)), series=(one, other))
    assert ends(turn) == [
        "0 2026-10-06T15:00 30 ended 2026-10-12",
        "0 2026-10-13T15:00 30 asked",
        "1 2026-10-20T15:00 90 asked",
    ]


# --- one of two lengths


@pytest.mark.parametrize(
    ("lengths", "now", "expected"),
    [
        # the next of that length falls to the cut, in its own week
        ((30, 90), "2026-10-07T10:00", ["1 2026-10-13T15:00 60 ended 2026-10-12", "1 2026-10-13T15:00 90 asked"]),
        ((30, 90), "2026-10-12T10:00", ["1 2026-10-13T15:00 60 ended 2026-10-26", "1 2026-10-27T15:00 90 asked"]),
        ((45, 60), "2026-10-07T10:00", ["0 2026-10-06T15:00 30 ended 2026-10-19", "0 2026-10-20T15:00 45 asked"]),
    ],
)  # fmt: skip
def test_one_of_two_lengths_follows_in_the_same_weeks(
    lengths: tuple[int, int], now: str, expected: list[str]
) -> None:
    turn = changed(replace(IN_TURN, lengths_minutes=lengths), now=berlin(now), series=TWO)
    index = expected[0][0]
    assert [each for each in ends(turn) if each[0] == index] == expected
    assert [each for each in ends(turn) if each[0] != index and "put" not in each] == []


def where(turn: PairingTurn) -> tuple[str, str]:
    """The last day of the second series, and the first date of what follows it."""
    _, old, new = turn.state.series
    return str(old.rule.until), new.rule.first


@pytest.mark.parametrize(
    ("weekday", "expected"),
    [
        (0, ("2026-10-11", "2026-10-12T15:00")),
        (2, ("2026-10-12", "2026-10-14T15:00")),
        (4, ("2026-10-12", "2026-10-16T15:00")),
        (5, ("2026-10-09", "2026-10-10T15:00")),  # three days before are nearer than four after
    ],
)
def test_it_goes_to_the_nearest_such_day(weekday: int, expected: tuple[str, str]) -> None:
    first = {0: "05", 2: "07", 4: "09", 5: "10"}[weekday]
    right = replace(THIRTY, first=f"2026-10-{first}T15:00")
    wanted = replace(IN_TURN, at=RegularTime(weekday, 15, 0))
    assert where(changed(wanted, series=(series("thirty", right), TWO[1]))) == expected


@pytest.mark.parametrize(
    ("now", "first"),
    [
        ("2026-10-09T14:59", ("2026-10-09", "2026-10-10T15:00")),
        ("2026-10-09T15:00", ("2026-10-13", "2026-10-24T15:00")),
    ],
)
def test_nearest_but_never_inside_the_notice_of_a_single_one(
    now: str, first: tuple[str, str]
) -> None:
    """Cut is the 13th; the nearest Saturday before it may be too near, then it is one step on, and the 13th
    itself stays."""
    right = replace(THIRTY, first="2026-10-03T15:00")
    known = (series("thirty", right), TWO[1])
    turn = changed(replace(IN_TURN, at=RegularTime(5, 15, 0)), now=berlin(now), series=known)
    assert where(turn) == first


def test_every_other_month_it_is_that_weekday_of_the_same_month() -> None:
    second = Step(months=2, nth=2)
    wanted = Terms(RegularTime(1, 15, 0, 2), Step(months=1, nth=2), (30, 90), None, "Europe/Berlin")
    right = SeriesRule("2026-09-08T15:00", "Europe/Berlin", 30, second)
    wrong = SeriesRule("2026-10-27T15:00", "Europe/Berlin", 90, replace(second, nth=4))
    turn = changed(wanted, series=(series("thirty", right), series("ninety", wrong, index=1)))
    assert where(turn) == ("2026-10-12", "2026-10-13T15:00")
