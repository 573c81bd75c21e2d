"""What a search for a regular time takes into account: dates, hours, calendars, promises, days off (RULES 6).

Not the arithmetic of it: test_regular_times.py. Not the conversation: test_regular.py.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from daemon.decide.regular import open_regular
from daemon.domain.cadence import Cadence, Step
from daemon.domain.meeting import Meeting, Origin, Place
from daemon.domain.observation import BusyInterval
from daemon.domain.people import Days, Hours, Line
from daemon.domain.value import replace
from daemon.domain.world import Commitment
from tests.decide.pair_cast import HALF_HOUR
from tests.decide.regular_cast import (
    LINE,
    NOW,
    berlin,
    hours,
    opened,
    series,
    shown,
    times,
    turn_of,
)
from tests.stories.cast import BEN, DAN, PATIENT, line

TUESDAY_AT_TWO = hours((1, 14, 14.5))
BIWEEKLY, MONTHLY = Cadence(Step(weeks=2)), Cadence(Step(months=1))


def taken(month: int, day: int, hour: int, minute: int = 0, **more: Any) -> BusyInterval:
    start = berlin(month, day, hour, minute)
    return BusyInterval(start, start + HALF_HOUR, **more)


# --- which dates


@pytest.mark.parametrize(
    ("cadence", "expected"),
    [
        (Cadence(), ["Tue 14:00 8x"]),
        (BIWEEKLY, ["Tue 14:00 4x"]),
        (Cadence(Step(weeks=3)), ["Tue 14:00 4x"]),
    ],
)
def test_eight_weeks_are_looked_at_and_four_dates_of_what_is_rarer(
    cadence: Cadence, expected: list[str]
) -> None:
    assert times(turn_of(replace(TUESDAY_AT_TWO, cadence=cadence))) == expected


@pytest.mark.parametrize(
    ("now", "starts", "expected"),
    [
        (berlin(10, 12, 14), None, "1 Tue 13 Oct 14:00"),  # just the notice
        (berlin(10, 12, 14, 1), None, "1 Tue 20 Oct 14:00"),
        (berlin(10, 12, 9), date(2026, 10, 13), "1 Tue 13 Oct 14:00"),
        (berlin(10, 12, 9), date(2026, 10, 14), "1 Tue 20 Oct 14:00"),
        (berlin(10, 12, 9), date(2026, 12, 1), "1 Tue 01 Dec 14:00"),
        (berlin(10, 12, 9), date(2026, 9, 1), "1 Tue 13 Oct 14:00"),
    ],
)
def test_the_first_date_leaves_the_notice_and_is_not_before_the_pair_begins(
    now: datetime, starts: date | None, expected: str
) -> None:
    turn = turn_of(replace(TUESDAY_AT_TWO, starts=starts), now=now)
    assert shown(opened(turn).offers) == [expected]


@pytest.mark.parametrize(
    ("more", "until"),
    [
        # nine weeks, and one in which the first of them may lie
        ({}, berlin(12, 21, 23)),
        ({"cadence": BIWEEKLY}, berlin(12, 28, 23)),
        ({"cadence": MONTHLY}, berlin(3, 18, 23)),
        ({"starts": date(2026, 11, 2)}, berlin(1, 11, 0)),
    ],
)
def test_busy_times_are_read_for_all_dates_that_are_looked_at(
    more: dict[str, Any], until: datetime
) -> None:
    turn = turn_of(replace(LINE, **more))
    turn.busy.clear()
    open_regular(turn)
    (need,) = turn.needs
    ends = until.replace(year=2027) if until.month < 10 else until
    assert (need.start, need.end) == (NOW, ends)
    assert (need.calendar, need.people) == ("ana@example.org", ("ana@example.org", "dan@example.org"))  # fmt: skip


def test_of_two_lengths_in_turn_the_longer_one_has_to_fit() -> None:
    turn = turn_of(replace(hours((1, 14, 14.75), (2, 14, 15)), lengths_minutes=(30, 60)))
    (offer,) = opened(turn).offers
    assert (offer.start, offer.end) == (berlin(10, 14, 14), berlin(10, 14, 15))


# --- which of them


@pytest.mark.parametrize(
    ("there", "offers", "expected"),
    [
        # three days before three times of one day
        (hours(*((day, 9, 18) for day in range(5))), 3, ["Tue 13 Oct 14:00", "Wed 14 Oct 14:00", "Thu 15 Oct 14:00"]),
        # of one day only what lies two hours apart
        (hours((1, 9, 18)), 3, ["Tue 13 Oct 12:00", "Tue 13 Oct 14:00", "Tue 13 Oct 16:00"]),
        (hours((1, 11.5, 14)), 3, ["Tue 13 Oct 11:30", "Tue 13 Oct 13:30"]),
        (hours((1, 12, 15.5)), 3, ["Tue 13 Oct 12:00", "Tue 13 Oct 14:00"]),
        (hours((1, 9, 18), (3, 9, 9.5)), 3, ["Tue 13 Oct 12:00", "Tue 13 Oct 14:00", "Thu 15 Oct 09:00"]),
        (hours((1, 9, 18), (3, 9, 9.5)), 2, ["Tue 13 Oct 14:00", "Thu 15 Oct 09:00"]),
        (hours((1, 9, 18)), 1, ["Tue 13 Oct 14:00"]),
    ],
)  # fmt: skip
def test_different_days_are_offered_before_different_hours_of_one_day(
    there: Line, offers: int, expected: list[str]
) -> None:
    turn = turn_of(there, program=replace(PATIENT, offers=offers))
    numbered = [f"{number} {each}" for number, each in enumerate(expected, 1)]
    assert shown(opened(turn).offers) == numbered


ONE_HOUR = hours((1, 14, 15))


@pytest.mark.parametrize(
    ("roster_line", "first", "step", "expected"),
    [
        (ONE_HOUR, "2026-09-01T14:00", Step(weeks=1), ["Tue 13 Oct 14:30"]),
        # in the other week it would be the same hour of the same day
        (replace(ONE_HOUR, cadence=BIWEEKLY), "2026-10-06T14:00", Step(weeks=2), ["Tue 13 Oct 14:30"]),
        (replace(ONE_HOUR, cadence=BIWEEKLY), "2026-09-29T14:00", Step(weeks=2), ["Tue 13 Oct 14:30"]),
        # of the month it is another one
        (replace(TUESDAY_AT_TWO, cadence=MONTHLY), "2026-09-08T14:00", Step(months=1, nth=2), ["Tue 20 Oct 14:00"]),
        (replace(TUESDAY_AT_TWO, cadence=MONTHLY), "2026-09-15T14:00", Step(months=1, nth=3), ["Tue 13 Oct 14:00"]),
    ],
)  # fmt: skip
def test_the_present_time_is_not_offered_as_another_one(
    roster_line: Line, first: str, step: Step, expected: list[str]
) -> None:
    there = (series(first, step=step),)
    program = replace(PATIENT, offers=1)
    turn = turn_of(roster_line, program=program, wants_time="change", series=there)
    assert shown(opened(turn).offers) == [f"1 {each}" for each in expected]


def test_the_present_time_is_known_by_its_first_date_that_leaves_the_notice() -> None:
    """Every four weeks, and tomorrow is a minute too soon: the first one would be on 10 November."""
    four_weeks = replace(ONE_HOUR, cadence=Cadence(Step(weeks=4)))
    turn = turn_of(
        four_weeks,
        now=berlin(10, 12, 14, 1),
        wants_time="change",
        series=(series("2026-09-15T14:00", step=Step(weeks=4)),),
    )
    assert shown(opened(turn).offers) == ["1 Tue 13 Oct 14:30"]


def test_a_day_begins_at_midnight_for_whom_it_suits() -> None:
    night = replace(hours((2, 0, 0.5)), mentee=replace(DAN, hours=(Hours(2, 0, 1440),)))
    assert times(turn_of(night)) == ["Wed 00:00 8x"]


# --- when nothing takes place


def test_breaks_holidays_and_absences_are_no_free_dates() -> None:
    program = replace(PATIENT, breaks=(Days(date(2026, 10, 27), date(2026, 10, 27)),))
    assert times(turn_of(TUESDAY_AT_TWO, program=program)) == ["Tue 14:00 7x"]
    away = (Days(date(2026, 11, 3), date(2026, 11, 12)),)
    out = replace(TUESDAY_AT_TWO, mentee=replace(DAN, away=away))
    assert times(turn_of(out, program=program)) == ["Tue 14:00 5x"]


@pytest.mark.parametrize(
    ("weekday", "hour", "expected"),
    [(0, 20, "Mon 20:00 8x"), (0, 20.5, "Mon 20:30 7x"), (1, 20, "Tue 20:00 7x"), (1, 20.5, "Tue 20:30 8x")],
)  # fmt: skip
def test_a_day_away_is_a_day_of_the_person_s_own_zone(
    weekday: int, hour: float, expected: str
) -> None:
    """In Kolkata Tuesday 20 October lasts from 20:30 to 20:30 in Berlin."""
    away = (Days(date(2026, 10, 20), date(2026, 10, 20)),)
    always = tuple(Hours(day, 0, 1440) for day in range(7))
    mentor = hours((weekday, hour, hour + 0.5)).mentor
    far = replace(line(mentor, replace(BEN, hours=always, away=away)), at=None)
    assert times(turn_of(far)) == [expected]


# --- whose time


@pytest.mark.parametrize(
    ("interval", "overbook", "expected"),
    [
        (taken(10, 20, 14), 0, 7),
        (taken(10, 20, 13, 30), 0, 8),  # touching is free
        (taken(10, 20, 14, 29), 0, 7),
        (taken(10, 20, 14, priority=3), 3, 8),  # may be overbooked
        (taken(10, 20, 14, priority=4), 3, 7),
        (taken(10, 20, 14, source="our-series"), 0, 8),
        (taken(10, 20, 14, source="our-one-off"), 0, 8),
        (taken(10, 20, 14, source="something-else"), 0, 7),
    ],
)
@pytest.mark.parametrize("role", ["mentor", "mentee"])
def test_what_is_taken_is_what_others_have_put_there(
    interval: BusyInterval, overbook: int, expected: int, role: str
) -> None:
    own = Place("ana@example.org", "our-one-off")
    tuesday = Origin("2026-10-13T15:00", "Europe/Berlin")
    nowhere = replace(tuesday, wall="2026-10-20T15:00")
    meetings = (
        Meeting(tuesday, NOW, NOW + HALF_HOUR, place=own),
        Meeting(nowhere, NOW, NOW + HALF_HOUR),
    )
    person = replace(TUESDAY_AT_TWO.person(role), overbook=overbook)  # type: ignore[arg-type]
    turn = turn_of(
        replace(TUESDAY_AT_TWO, **{role: person}),
        series=(series("2026-10-06T15:00", "ended"),),
        meetings=meetings,
        **{role: (interval,)},
    )
    assert times(turn) == [f"Tue 14:00 {expected}x"]


@pytest.mark.parametrize(
    ("buffer", "start", "expected"),
    [(10, berlin(10, 20, 14, 40), 8), (10, berlin(10, 20, 14, 39), 7), (0, berlin(10, 20, 14, 30), 8)],
)  # fmt: skip
def test_the_buffer_of_the_program_is_kept(buffer: int, start: datetime, expected: int) -> None:
    program = replace(PATIENT, buffer_minutes=buffer)
    busy = (BusyInterval(start, start + HALF_HOUR),)
    assert times(turn_of(TUESDAY_AT_TWO, program=program, mentor=busy)) == [
        f"Tue 14:00 {expected}x"
    ]


def test_what_is_never_offered_is_no_regular_time() -> None:
    blackout = (Hours(1, 14 * 60, 14 * 60 + 30),)
    narrow = replace(hours((1, 14, 15)), mentee=replace(DAN, blackout=blackout))
    assert times(turn_of(narrow)) == ["Tue 14:30 8x"]


@pytest.mark.parametrize(
    ("lane", "kind", "minutes", "expected"),
    [
        ("pairing/ana-eva", "meeting", 30, 7),
        ("pairing/ana-eva", "offer", 30, 7),
        ("pairing/ana-eva", "picked", 30, 7),
        ("pairing/ana-eva", "letter", 30, 8),  # takes no time
        ("pairing/ana-eva", "told", 0, 8),
        ("pairing/ana-dan", "meeting", 30, 8),  # their own
    ],
)
@pytest.mark.parametrize("who", ["ana", "dan"])
def test_what_is_promised_in_other_pairings_is_taken(
    lane: str, kind: Any, minutes: int, expected: int, who: str
) -> None:
    start = berlin(10, 20, 14, 10)
    promised = Commitment(lane, kind, start, start + timedelta(minutes=minutes))
    turn = turn_of(TUESDAY_AT_TWO, bounds={who: (promised,)})
    assert times(turn) == [f"Tue 14:00 {expected}x"]


def test_hidden_calendars_leave_the_hours_of_their_owners() -> None:
    turn = turn_of(TUESDAY_AT_TWO, mentor=None, mentee=None)
    assert times(turn) == ["Tue 14:00 8x"]
