"""The letter about an absence, as tables: which dates it names, when it goes, and what it never says
(RULES 5, row 10a; LETTERS 2).

Not what is asked and remembered: test_absence.py. Not whole stories: tests/stories/test_absence.py.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from daemon.decide.absence import absence_letters, dates_left_out
from daemon.decide.seen import PairingTurn
from daemon.domain.effect import Effect, SendLetter
from daemon.domain.meeting import Meeting
from daemon.domain.pair import Absence, Pause
from daemon.domain.people import Days, Role
from daemon.domain.value import replace
from daemon.domain.world import Commitment, Mark
from tests.decide.pair_cast import (
    DAY,
    HOUR,
    LONG_AGO,
    MINUTE,
    NOW,
    TUESDAYS,
    WEEK_AWAY,
    berlin,
    day,
    meeting,
    series,
    turn_of,
)

# --- the dates that a letter names


def named(days: Days = WEEK_AWAY, role: Role = "mentor", **state: Any) -> list[str]:
    return [each[5:16] for each in dates_left_out(turn_of(**state), role, days)]


def test_meetings_that_stand_or_fell_out_for_it_and_dates_that_are_none_yet() -> None:
    whole = Days(date(2026, 10, 7), date(2026, 11, 3))
    fell = replace(meeting(20), standing="skipped", off="away")
    of_hand = replace(meeting(27), standing="skipped", off="pause")
    known = series(known_to=day(27))
    assert named(whole, series=(known,), meetings=(of_hand, fell, meeting(13))) == [
        "10-13T13:00", "10-20T13:00", "11-03T14:00",
    ]  # fmt: skip


def test_none_that_has_begun_and_none_of_a_series_that_ended() -> None:
    today = Days(date(2026, 10, 7), date(2026, 10, 20))
    begun = replace(meeting(6), start=NOW, end=NOW + HOUR)
    soon = replace(meeting(7), start=NOW + DAY, end=NOW + DAY)
    assert named(today, meetings=(begun, soon)) == ["10-08T08:00"]
    assert named(today, series=(series(standing="ended"),)) == []
    assert named(today, series=(series(standing="asked"),)) == ["10-13T13:00", "10-20T13:00"]


@pytest.mark.parametrize(
    ("first", "last", "dates"),
    [(13, 13, ["10-13T13:00"]), (14, 19, []), (12, 13, ["10-13T13:00"]), (13, 20, ["10-13T13:00", "10-20T13:00"])],
)  # fmt: skip
def test_first_and_last_day_included(first: int, last: int, dates: list[str]) -> None:
    days = Days(date(2026, 10, first), date(2026, 10, last))
    assert named(days, series=(series(),)) == dates
    assert named(days, meetings=(meeting(20), meeting(13))) == dates


def test_by_the_clock_of_who_is_away() -> None:
    late = series(rule=replace(TUESDAYS, first="2026-10-06T21:00"))  # past midnight in Kolkata
    wednesday = Days(date(2026, 10, 14), date(2026, 10, 14))
    assert named(wednesday, "mentee", series=(late,)) == ["10-13T19:00"]
    assert named(wednesday, "mentor", series=(late,)) == []


def test_ten_at_most_the_earliest() -> None:
    dates = named(Days(date(2026, 10, 12), date(2027, 1, 31)), series=(series(),))
    assert (len(dates), dates[0], dates[-1]) == (10, "10-13T13:00", "12-15T14:00")


@pytest.mark.parametrize(
    ("skips", "away_then", "dates"),
    [((), True, []), ((day(13),), True, ["10-13T13:00"]), ((day(13),), False, [])],
    ids=["taken off by hand", "left out for this", "left out for something else"],
)
def test_a_date_that_the_series_leaves_out(
    skips: tuple[str, ...], away_then: bool, dates: list[str]
) -> None:
    left_out = series(rule=replace(TUESDAYS, gaps=(day(13),)), skips=skips)
    absences = (Absence("mentor", WEEK_AWAY, NOW),) if away_then else ()
    assert named(series=(left_out,), absences=absences) == dates


def test_a_pause_says_more() -> None:
    left_out = series(rule=replace(TUESDAYS, gaps=(day(13),)), skips=(day(13),))
    pause = Pause(LONG_AGO, None, "silence")
    absences = (Absence("mentor", WEEK_AWAY, NOW),)
    assert named(series=(left_out,), pause=pause, absences=absences) == []


# --- the letter


def letters(turn: PairingTurn) -> list[Effect]:
    absence_letters(turn)
    return turn.effects


def absent(role: Role = "mentor", at: datetime = NOW, **state: Any) -> PairingTurn:
    """Away from the 12th to the 16th; there is a 1:1 on the 13th."""
    said = (Absence(role, WEEK_AWAY, at),)
    return turn_of(**{"absences": said, "meetings": (meeting(13),), **state})


@pytest.mark.parametrize(("role", "reader"), [("mentor", "ben"), ("mentee", "ana")])
def test_the_other_one_reads_dates_and_neither_where_nor_why(role: Role, reader: str) -> None:
    (effect,) = letters(absent(role))
    assert effect.stem == f"absence/pairing/ana-ben/{role}-20261012-20261016/{reader}"
    assert effect.change == SendLetter(
        "absence", reader,
        {
            "own": False, "first": "2026-10-12", "last": "2026-10-16", "reminder": False,
            "answer_by": None, "left_out": ["2026-10-13T13:00:00Z"],
        },
    )  # fmt: skip
    assert effect.reason == "the other one is away, first at 2026-10-13T13:00:00Z"


def test_days_without_a_1_1_are_told_too() -> None:
    (effect,) = letters(absent(meetings=()))
    assert effect.reason == "the other one is away, first at no 1:1"


def test_each_absence_has_its_own_letter() -> None:
    later = Days(date(2026, 11, 2), date(2026, 11, 6))
    both = (Absence("mentor", WEEK_AWAY, NOW), Absence("mentee", later, NOW))
    assert [e.stem.split("/")[3] for e in letters(absent(absences=both))] == [
        "mentor-20261012-20261016", "mentee-20261102-20261106",
    ]  # fmt: skip


def test_what_the_letter_says_is_said_once_whatever_becomes_of_the_dates() -> None:
    stem = "absence/pairing/ana-ben/mentor-20261012-20261016/ben"
    told = Mark(1, "mentor-20261012-20261016", "settled", NOW)
    assert letters(absent(marks={stem: told}, meetings=())) == []


NIGHT = berlin("2026-10-07T22:00")  # half past one in Kolkata
MORNING = berlin("2026-10-08T03:30")


def soon(start: datetime) -> tuple[Meeting, ...]:
    return (replace(meeting(13), start=start, end=start + HOUR),)


def today(start: datetime, now: datetime, at: datetime) -> PairingTurn:
    """Away since today, with a 1:1 at that time."""
    days = Days(date(2026, 10, 7), date(2026, 10, 16))
    said = (Absence("mentor", days, at),)
    return turn_of(now=now, absences=said, meetings=soon(start))


def test_at_night_it_waits_for_the_morning_of_its_reader() -> None:
    turn = absent(now=NIGHT, at=NIGHT)
    assert (letters(turn), turn.watch.wake_at) == ([], MORNING)
    (effect,) = letters(absent(now=MORNING, at=NIGHT))
    assert effect.opens == MORNING


@pytest.mark.parametrize(
    ("start", "goes"),
    [
        (NIGHT + 12 * HOUR - MINUTE, True),
        (NIGHT + 12 * HOUR, False),
        (NIGHT + MINUTE, True),
    ],
)
def test_about_a_1_1_of_the_next_hours_it_wakes_somebody(start: datetime, goes: bool) -> None:
    found = letters(today(start, NIGHT, NIGHT))
    assert [e.opens for e in found] == ([NIGHT] if goes else [])


@pytest.mark.parametrize(("late", "goes"), [(0 * MINUTE, True), (MINUTE, False)])
def test_the_caps_put_it_off_until_twelve_hours_before_the_first_1_1(
    late: timedelta, goes: bool
) -> None:
    turn = today(MORNING + 12 * HOUR + late, NOW, NOW)
    counts = Commitment("pairing/dan-ben", "letter", NOW, NOW, "counts")
    turn.world = replace(turn.world, commitments={"ben": (counts,)})
    assert len(letters(turn)) == goes


# --- and that it is none


def none_after_all(now: datetime = NOW, at: datetime = NOW) -> PairingTurn:
    return turn_of(now=now, not_away=(Absence("mentor", WEEK_AWAY, at),))


def test_whoever_was_told_hears_that_it_is_none() -> None:
    (effect,) = letters(none_after_all())
    occasion = "not-away.mentor-20261012-20261016-20261007T080000"
    assert effect.stem == f"ack/pairing/ana-ben/{occasion}/ben"
    assert isinstance(effect.change, SendLetter)
    said = effect.change.facts
    assert (said["what"], said["days"]) == ("not-away", ["2026-10-12", "2026-10-16"])


def test_that_it_is_none_is_told_by_day_as_well() -> None:
    turn = none_after_all(NIGHT, NIGHT)
    assert (letters(turn), turn.watch.wake_at) == ([], MORNING)
    assert [e.opens for e in letters(none_after_all(MORNING, NIGHT))] == [MORNING]
