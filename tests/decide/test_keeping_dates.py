"""When a series is begun, changed, thinned out and forgotten (RULES 3, 5 and 6).

Not what is asked of the calendar for it: that is test_keeping.py.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from daemon.decide.keeping import keep_series
from daemon.decide.seen import PairingTurn
from daemon.domain.cadence import Cadence, RegularTime, Step
from daemon.domain.meeting import Series
from daemon.domain.pair import Absence, Agreed, Pause
from daemon.domain.people import Days
from daemon.domain.value import replace
from tests.decide.pair_cast import (
    LONG_AGO,
    TUESDAYS,
    berlin,
    day,
    meeting,
    reasons,
    series,
    turn_of,
)
from tests.stories.cast import ANA, BEN, PATIENT, line


def kept(**state: Any) -> PairingTurn:
    """The turn after everything was brought in line."""
    turn = turn_of(**state)
    keep_series(turn)
    return turn


def standing(turn: PairingTurn) -> list[str]:
    """Each series as it stands, with its first date."""
    return [f"{s.standing} from {s.rule.first[5:10]}" for s in turn.state.series]


NEW = series("new", replace(TUESDAYS, first=day(20)))

# --- begun and changed


IN_TURN = replace(line(), lengths_minutes=(30, 60))
ON_THURSDAYS = line(at=RegularTime(3, 10, 0))
SESSIONS = replace(line(), cadence=Cadence(sessions=4, within_days=60))
ENDS = series(rule=replace(TUESDAYS, until=date(2026, 10, 12)), standing="ended")
SOUGHT = Agreed(seeking=True)


@pytest.mark.parametrize(
    ("state", "after"),
    [
        ({}, ["asked from 10-13"]),
        ({"standing": "closing"}, []),  # nothing new is begun
        ({"standing": "paused"}, []),
        ({"standing": "invited"}, []),
        ({"of": SESSIONS}, []),
        ({"agreed": SOUGHT}, []),  # no regular time is known
        ({"series": (series(),)}, ["put from 10-06"]),
        ({"series": (series(standing="gone"),)}, ["gone from 10-06"]),  # its owner is asked first
        ({"series": (series(standing="gone"),), "of": ON_THURSDAYS}, ["gone from 10-06"]),
        ({"series": (series(),), "of": ON_THURSDAYS}, ["ended from 10-06", "asked from 10-15"]),
        (
            {"series": (series(),), "of": ON_THURSDAYS, "standing": "closing"},
            ["ended from 10-06", "asked from 10-15"],
        ),
        ({"series": (series(),), "of": ON_THURSDAYS, "standing": "paused"}, ["put from 10-06"]),
        ({"series": (ENDS,)}, ["ended from 10-06", "asked from 10-13"]),
        ({"of": IN_TURN}, ["asked from 10-13", "asked from 10-20"]),
        (
            {"of": IN_TURN, "series": (series(rule=replace(TUESDAYS, step=Step(weeks=2))),)},
            [
                "ended from 10-06",
                "asked from 10-20",
                "asked from 10-27",
            ],  # the other one is missing
        ),
        (
            {"of": IN_TURN, "series": (series(index=1, standing="gone"),)},
            ["gone from 10-06"],
        ),
    ],
)
def test_when_one_is_begun_or_changed(state: Any, after: list[str]) -> None:
    assert standing(kept(**state)) == after


# --- thinned out


def away(first: date, last: date) -> Absence:
    return Absence("mentee", Days(first, last), LONG_AGO)


def gaps(turn: PairingTurn) -> tuple[tuple[str, ...], tuple[str, ...]]:
    (own,) = turn.state.series
    return own.skips, own.rule.gaps


OCTOBER = away(date(2026, 10, 19), date(2026, 10, 28))
ONE_DAY = away(date(2026, 10, 20), date(2026, 10, 20))

ONE_DAY_IN_TORONTO = Days(date(2026, 10, 6), date(2026, 10, 6))


def test_several_dates_are_taken_out_in_one_change() -> None:
    own = series(rule=replace(TUESDAYS, gaps=(day(13), day(41))), skips=(day(41),))
    turn = kept(series=(own,), absences=(OCTOBER,))
    skips = (day(20), day(27), day(41))
    assert gaps(turn) == (skips, (day(13), *skips))
    assert reasons(turn) == ["2 dates are taken out of the series"]


@pytest.mark.parametrize(("state", "taken"), [("put", False), ("asked", True)])
def test_a_single_date_is_taken_out_only_before_it_is_put(state: Any, taken: bool) -> None:
    put_at = LONG_AGO if state == "put" else None
    turn = kept(series=(series(standing=state, put_at=put_at),), absences=(ONE_DAY,))
    assert gaps(turn) == (((day(20),), (day(20),)) if taken else ((), ()))


@pytest.mark.parametrize(
    ("now", "absence", "taken"),
    [
        ("2026-10-20T14:59", OCTOBER, (day(20), day(27))),
        ("2026-10-20T15:00", OCTOBER, ()),  # one of the two has begun, the other is a single one
        ("2026-10-07T10:00", away(date(2026, 10, 20), date(2026, 10, 27)), (day(20), day(27))),
        ("2026-10-07T10:00", away(date(2026, 10, 21), date(2026, 10, 27)), ()),
        ("2026-10-07T10:00", away(date(2026, 10, 20), date(2026, 10, 26)), ()),
        ("2026-10-07T10:00", away(date(2026, 9, 1), date(2026, 10, 14)), ()),
        ("2026-10-07T10:00", away(date(2026, 9, 1), date(2026, 10, 20)), (day(13), day(20))),
    ],
)
def test_dates_to_come_from_its_first_day_to_its_last(
    now: str, absence: Absence, taken: tuple[str, ...]
) -> None:
    turn = kept(now=berlin(now), series=(series(),), absences=(absence,))
    assert gaps(turn) == (taken, taken)


def test_only_what_is_taken_out_already_is_not_taken_out_again() -> None:
    own = series(rule=replace(TUESDAYS, gaps=(day(20),)))
    assert gaps(kept(series=(own,), absences=(OCTOBER,))) == ((), (day(20),))
    both = series(rule=replace(TUESDAYS, gaps=(day(20), day(27))))
    assert reasons(kept(series=(both,), absences=(OCTOBER,))) == []


def test_breaks_of_the_program_and_the_files_count_together() -> None:
    program = replace(PATIENT, breaks=(Days(date(2026, 10, 20), date(2026, 10, 20)),))
    files = line(replace(ANA, away=(Days(date(2026, 11, 3), date(2026, 11, 3)),)))
    turn = kept(of=files, program=program, series=(series(),), absences=(ONE_DAY,))
    assert gaps(turn)[0] == (day(20), day(34))


@pytest.mark.parametrize("known", [series(standing="gone"), ENDS])
def test_nothing_is_taken_out_of_what_is_gone_or_ends(known: Series) -> None:
    turn = kept(standing="closing", series=(known,), absences=(OCTOBER,))
    assert gaps(turn) == ((), ())
    assert reasons(turn) == []


def test_in_a_pause_nothing_is_taken_out() -> None:
    turn = kept(standing="paused", series=(series(),), absences=(OCTOBER,))
    assert gaps(turn) == ((), ())


@pytest.mark.parametrize(
    ("now", "taken"),
    [("15:59", ()), ("16:00", ("2027-11-09T15:00", "2027-11-16T15:00"))],  # winter time by then
)
def test_no_further_ahead_than_four_hundred_days(now: str, taken: tuple[str, ...]) -> None:
    far = away(date(2027, 11, 8), date(2027, 11, 30))
    turn = kept(now=berlin(f"2026-10-12T{now}"), series=(series(),), absences=(far,))
    assert gaps(turn) == (taken, taken)


def test_an_absence_is_not_over_while_it_is_still_its_last_day_somewhere() -> None:
    """In Toronto it is still Tuesday the 6th at 22:00 when it is Wednesday in UTC."""
    toronto = replace(ANA, zone="America/Toronto", away=(ONE_DAY_IN_TORONTO,))
    files = line(toronto, at=RegularTime(1, 23, 0))
    rule = replace(TUESDAYS, first="2026-10-06T23:00", zone="America/Toronto")
    own = series(rule=rule, standing="asked", put_at=None)
    turn = kept(now=berlin("2026-10-07T04:00"), of=files, series=(own,))
    assert turn.state.series[0].skips == ("2026-10-06T23:00",)


def test_an_absence_lasts_to_its_last_day_where_that_person_lives() -> None:
    """Wednesday 2:00 in Berlin is Tuesday 20:00 in Toronto."""
    toronto = replace(BEN, zone="America/Toronto")
    files = line(mentee=toronto, at=RegularTime(2, 2, 0))
    rule = replace(TUESDAYS, first="2026-10-07T02:00")
    turn = kept(of=files, series=(series(rule=rule, standing="asked"),), absences=(ONE_DAY,))
    assert gaps(turn)[0] == ("2026-10-21T02:00",)


# --- forgotten


OVER = series("old", replace(TUESDAYS, until=date(2026, 10, 12)), standing="ended", until_put=date(2026, 10, 12))  # fmt: skip
PAUSED = Pause(LONG_AGO, None, "silence")


@pytest.mark.parametrize(
    ("known", "meetings", "forgotten"),
    [
        ((OVER, NEW), (), True),
        ((OVER, NEW), (meeting(6, "old"),), False),  # its last one is still remembered
        ((OVER, NEW), (meeting(20, "new"), meeting(13, place=None)), True),
        ((OVER,), (), False),  # there is no other one
        ((OVER, replace(NEW, index=1)), (), False),
        ((replace(OVER, until_put=None), NEW), (), False),  # the calendar does not know yet
        ((replace(OVER, standing="gone"), NEW), (), False),
        ((replace(OVER, standing="put"), NEW), (), False),
    ],
)
def test_one_that_we_ended_is_forgotten_when_it_is_over(
    known: Any, meetings: Any, forgotten: bool
) -> None:
    turn = kept(standing="paused", pause=PAUSED, series=known, meetings=meetings)
    assert any(s.uid == "old" for s in turn.state.series) is not forgotten
    assert len(turn.state.series) == len(known) - forgotten
