"""Breaks as tables: when they are told, and what their letter names (LETTERS 2).

Not MEET: test_breaks_meet.py. Not the dates that the series leaves out: tests/stories/test_breaks.py.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from daemon.decide.breaks import break_letters
from daemon.decide.seen import PairingTurn
from daemon.domain.effect import Effect, SendLetter
from daemon.domain.people import Days
from daemon.domain.value import replace
from daemon.domain.world import Commitment
from tests.decide.pair_cast import (
    DAY,
    HOUR,
    LONG_AGO,
    MINUTE,
    TUESDAYS,
    berlin,
    day,
    series,
    turn_of,
)
from tests.stories.cast import PATIENT

AUTUMN = Days(date(2026, 10, 19), date(2026, 11, 1), "autumn break")
AHEAD = berlin("2026-10-12T00:00")
MORNING = berlin("2026-10-13T10:00")


def told(turn: PairingTurn) -> list[tuple[str, Effect]]:
    """Who is told, and the letter."""
    break_letters(turn)
    return [(e.stem.rsplit("/", 1)[1], e) for e in turn.effects]


def at(now: datetime, days: Days = AUTUMN, ahead: int = 7, **state: Any) -> PairingTurn:
    program = replace(PATIENT, breaks=(days,), break_ahead_days=ahead)
    return turn_of(now=now, program=program, **{"series": (series(),), **state})


def facts(turn: PairingTurn) -> dict[str, Any]:
    """What the letter says, the same to both."""
    said = [e.change.facts for _, e in told(turn) if isinstance(e.change, SendLetter)]
    assert len(said) == 2 and said[0] == said[1]
    return said[0]


def dates(turn: PairingTurn) -> list[str]:
    return [each[5:16] for each in facts(turn)["left_out"]]


# --- when


def test_both_read_the_same_letter_a_week_ahead_with_all_of_it() -> None:
    letters = told(at(MORNING))
    assert [who for who, _ in letters] == ["ana", "ben"]
    for who, effect in letters:
        assert effect.stem == f"break-ahead/pairing/ana-ben/20261019-20261101/{who}"
        assert effect.change == SendLetter(
            "break-ahead", who,
            {
                "name": "autumn break", "first": "2026-10-19", "last": "2026-11-01",
                "left_out": ["2026-10-20T13:00:00Z", "2026-10-27T14:00:00Z"],
                "next_start": "2026-11-03T14:00:00Z",
            },
        )  # fmt: skip
        assert effect.closes == berlin("2026-10-19T00:00")
        assert effect.reason == "a break, first at 2026-10-20T13:00:00Z"


@pytest.mark.parametrize(
    ("now", "who"),
    [
        ("2026-10-12T03:29", []),  # it is night for both
        ("2026-10-12T03:30", ["ben"]),  # seven in Kolkata
        ("2026-10-12T06:59", ["ben"]),
        ("2026-10-12T07:00", ["ana", "ben"]),
        ("2026-10-18T20:00", ["ana"]),  # in Kolkata it is night
        ("2026-10-19T00:00", []),  # it has begun
    ],
)
def test_from_seven_in_the_morning_of_ones_own_clock_until_it_begins(
    now: str, who: list[str]
) -> None:
    assert [each for each, _ in told(at(berlin(now)))] == who


@pytest.mark.parametrize(("now", "wakes"), [(AHEAD - MINUTE, AHEAD), (AHEAD - DAY, AHEAD)])
def test_before_that_the_plan_is_woken_for_it(now: datetime, wakes: datetime) -> None:
    turn = at(now)
    assert told(turn) == []
    assert turn.watch.wake_at == wakes


@pytest.mark.parametrize(("ahead", "who"), [(6, 0), (7, 2), (8, 2)])
def test_it_is_told_as_many_days_ahead_as_the_program_says(ahead: int, who: int) -> None:
    assert len(told(at(AHEAD + 8 * HOUR, ahead=ahead))) == who


def test_one_that_has_begun_is_not_even_left_out_with_a_reason() -> None:
    for now in ("2026-10-19T00:00", "2026-10-20T10:00", "2026-11-02T10:00"):
        turn = at(berlin(now))
        assert (told(turn), turn.skipped, turn.marks) == ([], [], {})


def test_each_break_has_its_own_letter_and_one_that_is_over_none() -> None:
    past, second = Days(date(2026, 9, 1), date(2026, 9, 30)), Days(date(2026, 10, 20), date(2026, 10, 20))  # fmt: skip
    turn = at(MORNING)
    program = replace(turn.program, breaks=(past, AUTUMN, second), letters_per_day=9)
    turn.world = replace(turn.world, program=program)
    occasions = [e.stem.split("/")[3] for _, e in told(turn)]
    assert occasions == ["20261019-20261101"] * 2 + ["20261020-20261020"] * 2


def test_a_mentor_of_many_who_reads_it_elsewhere_does_not_read_it_here() -> None:
    turn = at(MORNING)
    elsewhere = Commitment(
        "pairing/ana-chi", "told", LONG_AGO, LONG_AGO, "break-ahead/20261019-20261101"
    )
    turn.world = replace(turn.world, commitments={"ana": (elsewhere,)})
    assert [who for who, _ in told(turn)] == ["ben"]


@pytest.mark.parametrize(("day", "hour", "goes"), [(14, 19, True), (15, 0, False)])
def test_the_caps_put_it_off_but_not_until_it_has_begun(day: int, hour: int, goes: bool) -> None:
    late = series(rule=replace(TUESDAYS, first=f"2026-10-{day - 7:02d}T{hour:02d}:30"))
    turn = at(MORNING, Days(date(2026, 10, day), date(2026, 10, day)), series=(late,))
    counts = Commitment("pairing/ana-chi", "letter", MORNING, MORNING, "counts")
    turn.world = replace(turn.world, commitments={"ana": (counts,)})
    # on Wednesday the 14th Ana could read it at seven
    assert ("ana" in [who for who, _ in told(turn)]) is goes


# --- what


def test_where_no_1_1_would_have_been_nothing_is_told() -> None:
    weekend = Days(date(2026, 10, 17), date(2026, 10, 18))
    assert told(at(MORNING, weekend)) == []
    assert told(at(MORNING, series=(series(standing="gone"), series(standing="ended")))) == []


@pytest.mark.parametrize(
    ("first", "last", "named"),
    [
        ("2026-10-20", "2026-10-20", ["10-20T13:00"]),
        ("2026-10-20", "2026-10-27", ["10-20T13:00", "10-27T14:00"]),
        ("2026-10-19", "2026-10-26", ["10-20T13:00"]),
    ],
)
def test_first_and_last_day_included(first: str, last: str, named: list[str]) -> None:
    days = Days(date.fromisoformat(first), date.fromisoformat(last))
    assert dates(at(MORNING, days)) == named


def test_a_1_1_at_midnight_is_one_of_that_day() -> None:
    midnight = series(rule=replace(TUESDAYS, first="2026-10-06T00:00"))
    days = Days(date(2026, 10, 20), date(2026, 10, 20))
    assert dates(at(MORNING, days, series=(midnight,))) == ["10-19T22:00"]
    turn = at(MORNING, days, series=(midnight,))
    assert facts(turn)["next_start"] == "2026-10-26T23:00:00Z"


def test_a_1_1_a_minute_before_midnight_is_one_of_the_day_before() -> None:
    evening = series(rule=replace(TUESDAYS, first="2026-10-05T23:59"))
    days = Days(date(2026, 10, 20), date(2026, 10, 26))
    assert dates(at(MORNING, days, series=(evening,))) == ["10-26T22:59"]


def test_ten_dates_at_most() -> None:
    long = Days(date(2026, 10, 19), date(2027, 1, 31))
    named = dates(at(MORNING, long))
    assert (len(named), named[0], named[-1]) == (10, "10-20T13:00", "12-22T14:00")


def test_dates_of_both_lengths_in_the_order_of_time() -> None:
    every_two = replace(TUESDAYS, step=replace(TUESDAYS.step, weeks=2))
    both = (
        series("long", rule=every_two, index=1),
        series("short", rule=replace(every_two, first="2026-10-13T15:00")),
    )
    turn = at(MORNING, series=both)
    assert dates(turn) == ["10-20T13:00", "10-27T14:00"]
    assert facts(at(MORNING, series=both))["next_start"] == "2026-11-03T14:00:00Z"


@pytest.mark.parametrize(
    ("gaps", "next_start"),
    [((), "11-03"), ((day(34),), "11-10"), ((day(34), day(41)), "11-17")],
)
def test_the_next_one_is_the_first_date_after_it_that_takes_place(
    gaps: tuple[str, ...], next_start: str
) -> None:
    turn = at(MORNING, series=(series(rule=replace(TUESDAYS, gaps=gaps)),))
    assert facts(turn)["next_start"][5:10] == next_start


def test_the_next_one_lies_in_no_other_break() -> None:
    turn = at(MORNING)
    second = Days(date(2026, 11, 2), date(2026, 11, 8))
    turn.world = replace(turn.world, program=replace(turn.program, breaks=(AUTUMN, second)))
    assert facts(turn)["next_start"] == "2026-11-10T14:00:00Z"


def test_of_a_series_that_ends_there_is_no_next_one() -> None:
    ends = replace(TUESDAYS, until=date(2026, 10, 31))
    assert facts(at(MORNING, series=(series(rule=ends),)))["next_start"] is None


def test_a_series_that_is_no_more_names_nothing() -> None:
    old = series("old", rule=replace(TUESDAYS, first="2026-10-05T09:00"), standing="ended")
    said = facts(at(MORNING, series=(old, series())))
    assert [each[5:16] for each in said["left_out"]] == ["10-20T13:00", "10-27T14:00"]
    assert said["next_start"] == "2026-11-03T14:00:00Z"
