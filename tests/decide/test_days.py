"""Days on which no 1:1 takes place by rule, as tables: whose clock counts, which reason wins, and where it ends
(RULES 3 and 4).

Not what follows for the calendar or for letters: tests/stories/test_absence.py, test_breaks.py, test_pause.py.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from daemon.decide.days import Off, left_by_rule, off, stretches
from daemon.decide.seen import PairingTurn
from daemon.domain.pair import Absence, Pause
from daemon.domain.people import Days
from daemon.domain.value import replace
from tests.decide.pair_cast import HOUR, MINUTE, NOW, berlin, meeting, turn_of
from tests.stories.cast import ANA, BEN, PATIENT, line

OCT = date(2026, 10, 1)


def october(first: int, last: int, name: str = "") -> Days:
    return Days(OCT.replace(day=first), OCT.replace(day=last), name)


def turned(
    *, breaks: tuple[Days, ...] = (), holidays: tuple[str, ...] = (), ana: dict[str, Any] | None = None,
    ben: dict[str, Any] | None = None, **state: Any,
) -> PairingTurn:  # fmt: skip
    """Ana in Berlin and Ben in Kolkata; DE has a holiday on the 14th, IN on the 15th of October."""
    of = line(replace(ANA, id="ana", **(ana or {})), replace(BEN, id="ben", **(ben or {})))
    program = replace(PATIENT, breaks=breaks, holidays=holidays)
    turn = turn_of(of=of, program=program, **state)
    known = {"DE": frozenset({date(2026, 10, 14)}), "IN": frozenset({date(2026, 10, 15)})}
    turn.world = replace(turn.world, holidays=known)
    return turn


# --- a pause


@pytest.mark.parametrize(
    ("at", "why"),
    [
        (NOW - MINUTE, ""),  # what began before it took place
        (NOW, "pause"),
        (berlin("2026-10-19T23:59"), "pause"),
        (berlin("2026-10-20T00:00"), ""),  # the first day after it, by the clock of the pair
    ],
)
def test_a_pause_lasts_from_when_it_was_said_until_its_day_begins(at: Any, why: Off) -> None:
    paused = Pause(NOW, date(2026, 10, 20), "mentor")
    assert off(turned(pause=paused), at) == why


def test_a_pause_without_an_end_goes_on() -> None:
    assert off(turned(pause=Pause(NOW, None, "silence")), berlin("2028-01-01T12:00")) == "pause"


def test_a_pause_says_more_than_a_break() -> None:
    turn = turned(pause=Pause(NOW, None, "silence"), breaks=(october(12, 16),))
    assert off(turn, berlin("2026-10-13T15:00")) == "pause"


# --- what the program leaves out, by the clock of the pair


@pytest.mark.parametrize(
    ("at", "why"),
    [
        ("2026-10-11T23:59", ""),
        ("2026-10-12T00:00", "break"),
        ("2026-10-16T23:59", "break"),
        ("2026-10-17T00:00", ""),
    ],
)
def test_a_break_lasts_from_its_first_minute_to_its_last(at: str, why: Off) -> None:
    assert off(turned(breaks=(october(12, 16),)), berlin(at)) == why


@pytest.mark.parametrize(("at", "why"), [("2026-10-20T15:00", "break"), ("2026-10-19T15:00", "")])
def test_any_of_several_breaks_counts(at: str, why: Off) -> None:
    assert off(turned(breaks=(october(12, 16), october(20, 20))), berlin(at)) == why


@pytest.mark.parametrize(
    ("at", "codes", "why"),
    [
        ("2026-10-14T00:00", ("DE",), "holiday"),
        ("2026-10-14T23:59", ("DE",), "holiday"),  # in Kolkata it is the 15th already
        ("2026-10-15T00:00", ("DE",), ""),
        ("2026-10-14T12:00", ("IN", "DE"), "holiday"),
        ("2026-10-14T12:00", ("IN",), ""),
        ("2026-10-14T12:00", ("unknown",), ""),
    ],
)
def test_a_public_holiday_of_the_program(at: str, codes: tuple[str, ...], why: Off) -> None:
    assert off(turned(holidays=codes), berlin(at)) == why


def test_a_holiday_inside_a_break_is_a_break() -> None:
    turn = turned(breaks=(october(12, 16),), holidays=("DE",))
    assert off(turn, berlin("2026-10-14T12:00")) == "break"


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"breaks": (october(12, 16),)}, ""),
        ({"holidays": ("DE",)}, ""),
        ({"ana": {"holidays": ("DE",)}}, "holiday"),
        ({"ana": {"away": (october(14, 14),)}}, "away"),
        ({"pause": Pause(NOW, None, "mentor")}, "pause"),
        ({"breaks": (october(12, 16),), "ben": {"away": (october(14, 14),)}}, "away"),
    ],
)
def test_whoever_meets_anyway_is_held_back_by_the_two_of_them_alone(
    more: dict[str, Any], why: Off
) -> None:
    assert off(turned(**more), berlin("2026-10-14T12:00"), anyway=True) == why


# --- what one of the two leaves out, by that person's own clock


@pytest.mark.parametrize(
    ("at", "why"),
    [
        ("2026-10-13T20:29", ""),
        ("2026-10-13T20:30", "away"),  # midnight in Kolkata
        ("2026-10-14T20:29", "away"),
        ("2026-10-14T20:30", ""),
    ],
)
@pytest.mark.parametrize("known", ["in the files", "said"])
def test_a_mentee_is_away_on_days_of_the_own_calendar(at: str, why: Off, known: str) -> None:
    days = october(14, 14)
    said = {"absences": (Absence("mentee", days, NOW),)}
    turn = turned(**({"ben": {"away": (days,)}} if known == "in the files" else said))
    assert off(turn, berlin(at)) == why


@pytest.mark.parametrize(("at", "why"), [("2026-10-13T23:59", ""), ("2026-10-14T00:00", "away")])
def test_a_mentor_too_is_away_on_days_of_the_own_calendar(at: str, why: Off) -> None:
    assert off(turned(absences=(Absence("mentor", october(14, 15), NOW),)), berlin(at)) == why
    assert off(turned(ana={"away": (october(14, 15),)}), berlin(at)) == why


@pytest.mark.parametrize(
    ("at", "why"),
    [("2026-10-14T20:29", ""), ("2026-10-14T20:30", "holiday"), ("2026-10-15T20:30", "")],
)
def test_a_holiday_of_one_is_one_of_both(at: str, why: Off) -> None:
    assert off(turned(ben={"holidays": ("DE-BY", "IN")}), berlin(at)) == why


def test_away_says_more_than_a_holiday_and_the_program_more_than_one_of_the_two() -> None:
    out, away = berlin("2026-10-14T12:00"), {"away": (october(14, 14),), "holidays": ("DE",)}
    assert off(turned(ana=away), out) == "away"
    assert off(turned(ana=away, breaks=(october(14, 14),)), out) == "break"
    assert off(turned(ana=away, holidays=("DE",)), out) == "holiday"


# --- a meeting that is left out


@pytest.mark.parametrize(
    ("was", "gone", "expected"),
    [(False, False, False), (False, True, True), (True, False, True), (True, True, True)],
)
def test_left_out_nobody_is_asked_about_it_any_more(was: bool, gone: bool, expected: bool) -> None:
    known = replace(meeting(13), gone=was, asked_by="mentee", changed_at=NOW - HOUR)
    assert left_by_rule(known, "break", NOW, gone=gone) == replace(
        known, standing="skipped", settled_by="rule", settled_at=NOW, off="break", asked_by=None,
        gone=expected,
    )  # fmt: skip


def test_it_is_on_the_calendar_still_unless_told() -> None:
    assert not left_by_rule(meeting(13), "away", NOW).gone


def test_all_stretches_of_days_that_are_known() -> None:
    said = (Absence("mentee", october(9, 10), NOW), Absence("mentor", october(11, 11), NOW))
    turn = turned(
        breaks=(october(1, 2), october(3, 4)), ana={"away": (october(5, 6),)},
        ben={"away": (october(7, 8),)}, absences=said,
    )  # fmt: skip
    assert [days.first.day for days in stretches(turn)] == [1, 3, 5, 7, 9, 11]
