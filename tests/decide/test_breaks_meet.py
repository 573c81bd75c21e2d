"""MEET as tables: which 1:1 that is left out it is about (LETTERS 2, RULES 3).

Not when a break is told: test_breaks.py. Not the times that are offered: tests/stories/test_breaks.py.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from daemon.decide.breaks import next_left_out
from daemon.decide.seen import PairingTurn
from daemon.domain.meeting import Meeting, Origin, Place
from daemon.domain.people import Days
from daemon.domain.value import replace
from tests.decide.pair_cast import (
    ANAS,
    DAY,
    HOUR,
    MINUTE,
    NOW,
    TUESDAYS,
    berlin,
    day,
    meeting,
    series,
    turn_of,
)
from tests.stories.cast import PATIENT

OUT = replace(meeting(20), standing="skipped", settled_by="rule", off="break")


def meant(**more: Any) -> str:
    found = next_left_out(turn_of(**more))
    return found.origin.wall[5:10] if found else ""


@pytest.mark.parametrize(
    ("known", "day_meant"),
    [
        ((replace(OUT, origin=Origin(day(27), "Europe/Berlin"), start=NOW + 9 * DAY), OUT), "10-27"),
        ((OUT,), "10-20"),
        ((replace(OUT, off="holiday"),), "10-20"),
        ((replace(OUT, off="away"),), ""),
        ((replace(OUT, off="pause"),), ""),
        ((replace(OUT, standing="moved"),), ""),  # it takes place after all
        ((replace(OUT, start=NOW),), ""),  # it is over
        ((replace(OUT, start=NOW + MINUTE),), "10-20"),
    ],
)  # fmt: skip
def test_meet_is_about_the_next_meeting_that_is_left_out(
    known: tuple[Meeting, ...], day_meant: str
) -> None:
    assert meant(meetings=known) == day_meant


FAR = Days(date(2027, 1, 1), date(2027, 1, 10))
NEW_YEAR = "2027-01-05T15:00"
LEAVES_OUT = series(
    rule=replace(TUESDAYS, gaps=(NEW_YEAR,), length_minutes=45), skips=(NEW_YEAR,), known_to=day(20)
)


def far(now: datetime = NOW + 6 * HOUR, **more: Any) -> PairingTurn:
    program = replace(PATIENT, breaks=(FAR,))
    return turn_of(now=now, program=program, **{"series": (LEAVES_OUT,), **more})


def test_a_date_too_far_ahead_to_be_a_meeting_is_one_from_now_on() -> None:
    turn = far(meetings=(meeting(13),))
    start = berlin(NEW_YEAR)
    made = Meeting(
        Origin(NEW_YEAR, "Europe/Berlin"), start, start + 45 * MINUTE, "skipped", gone=True,
        settled_by="rule", settled_at=turn.now, off="break", place=Place(ANAS, "tuesdays", NEW_YEAR),
    )  # fmt: skip
    assert next_left_out(turn) == made
    assert turn.state.meetings == (meeting(13), made)


@pytest.mark.parametrize(("early", "found"), [(MINUTE, False), (0 * MINUTE, True)])
def test_ninety_days_ahead_at_most(early: timedelta, found: bool) -> None:
    turn = far(berlin(NEW_YEAR) - timedelta(days=90) - early)
    assert (next_left_out(turn) is not None) is found
    assert len(turn.state.meetings) == found


@pytest.mark.parametrize(
    "series_then",
    [
        replace(LEAVES_OUT, standing="ended"),
        replace(LEAVES_OUT, skips=()),  # somebody took it off
        replace(LEAVES_OUT, known_to=NEW_YEAR),  # it was a meeting already
    ],
)
def test_no_other_date_is(series_then: Any) -> None:
    assert next_left_out(far(series=(series_then,))) is None


def test_the_earliest_of_two_series_and_a_known_meeting_before_both() -> None:
    later, sooner = "2027-01-05T17:00", "2027-01-04T09:00"
    two = tuple(
        series(
            uid, rule=replace(TUESDAYS, first=first, gaps=(wall,)), skips=(wall,), known_to=day(20)
        )
        for uid, first, wall in (
            ("a", "2026-10-06T17:00", later), ("b", "2026-10-05T09:00", sooner)
        )
    )  # fmt: skip
    found = next_left_out(far(series=two))
    assert found and found.origin.wall == sooner
    found = next_left_out(far(series=two, meetings=(OUT,)))
    assert found == OUT


def test_a_holiday_far_ahead_too_but_no_day_away() -> None:
    off_days = {"DE": frozenset({date(2027, 1, 5)})}
    turn = far()
    turn.world = replace(
        turn.world, program=replace(PATIENT, holidays=("DE",)), holidays=off_days
    )  # fmt: skip
    found = next_left_out(turn)
    assert found and found.off == "holiday"
    turn = far()
    turn.world = replace(turn.world, program=PATIENT)
    assert next_left_out(turn) is None
