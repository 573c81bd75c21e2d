"""When each is asked how it goes, and the mentee how sure, as tables; what an answer leaves behind.

Not the letters and not who reads what: tests/stories/test_ratings.py.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from daemon.decide.rating import (
    answered_rating,
    ask_how_it_goes,
    ask_how_sure,
    asked_here,
    first_held,
)
from daemon.decide.seen import PairingTurn
from daemon.domain.alone import Alone, Moment, Rating
from daemon.domain.pair import Pause, Tally
from daemon.domain.people import Role
from daemon.domain.question import Question
from daemon.domain.world import Commitment
from tests.decide.pair_cast import BEGUN, DAY, LANE, NOW, berlin, ruled, tuesday, turn_of, wakes
from tests.stories.cast import line

DUE = berlin("2026-11-16T10:00")
DUE_KOLKATA = berlin("2026-11-16T05:30")


def checking(now: datetime = DUE, weeks: int = 6, **state: Any) -> PairingTurn:
    wishes = {"since": BEGUN, "mentee_yes": BEGUN, "now": now, **state}
    turn = turn_of(program=ruled(check_weeks=weeks), **wishes)
    ask_how_it_goes(turn)
    return turn


def asked(turn: PairingTurn) -> list[str]:
    return [q.role for q in turn.state.questions]


@pytest.mark.parametrize(
    ("state", "expected", "wake"),
    [
        ({}, ["mentor", "mentee"], ""),
        ({"now": DUE_KOLKATA}, ["mentee"], "2026-11-16T10:00"),
        ({"weeks": 0}, [], ""),
        ({"standing": "paused"}, [], ""),
        ({"standing": "closing"}, [], ""),
        ({"fewer": ("mentor",)}, ["mentee"], ""),
        ({"alone": Alone(checked_at={"mentor": DUE - 7 * DAY})}, ["mentee"], "2026-12-21T10:00"),
        ({"alone": Alone(asked_at={"mentee": DUE - 3 * DAY})}, ["mentor"], "2026-11-20T10:00"),
        ({"of": line(ends=date(2026, 11, 29))}, [], ""),
        ({"of": line(ends=date(2026, 11, 30))}, ["mentor", "mentee"], ""),
    ],
)
def test_who_is_asked_and_when_it_is_looked_at_next(
    state: dict[str, Any], expected: list[str], wake: str
) -> None:
    turn = checking(**state)
    assert (asked(turn), wakes(turn)) == (expected, wake)


@pytest.mark.parametrize(
    ("pause", "wake"),
    [
        (Pause(NOW, date(2026, 11, 14), "mentor", ended_at=DUE - 5 * DAY), "2026-11-21T05:30"),
        (Pause(NOW, None, "mentor", ended_by="mentee", ended_at=DUE - 2 * DAY), "2026-11-21T05:30"),
        (Pause(NOW, date(2026, 11, 1), "mentor", ended_at=NOW), ""),
    ],
)
def test_the_week_after_a_pause_is_left_alone(pause: Pause, wake: str) -> None:
    turn = checking(resumed=pause)
    assert (asked(turn), wakes(turn)) == ([] if wake else ["mentor", "mentee"], wake)


def test_whoever_was_asked_in_another_pairing_waits_a_week() -> None:
    at = DUE - 2 * DAY
    bound = {"ana": (Commitment("pairing/ana-chi", "told", at, at, "asked-alone"),)}
    turn = checking(bounds=bound)
    assert (asked(turn), wakes(turn)) == (["mentee"], "2026-11-21T10:00")


@pytest.mark.parametrize(("days", "told"), [(6, 1), (7, 0)])
def test_the_others_hear_of_it_for_a_week(days: int, told: int) -> None:
    turn = checking(alone=Alone(asked_at={"mentor": DUE - days * DAY}), weeks=0)
    here = asked_here(turn, "mentor")
    assert [(c.lane, c.name) for c in here] == [(LANE, "asked-alone")] * told
    assert asked_here(turn, "mentee") == []


# --- how sure


def assessing(about: Moment, now: datetime, **state: Any) -> PairingTurn:
    wishes = {"since": BEGUN, "now": now, **state}
    turn = turn_of(program=ruled(assess=(about,)), **wishes)
    ask_how_sure(turn)
    return turn


FIRST = tuesday(6, "held")
JANUARY = line(ends=date(2027, 1, 15))


@pytest.mark.parametrize(
    ("about", "now", "state", "expected", "wake"),
    [
        ("start", "2026-10-07T03:29", {"meetings": (FIRST,)}, 0, "2026-10-07T03:30"),
        ("start", "2026-10-07T03:30", {"meetings": (FIRST,)}, 1, ""),
        ("start", "2026-10-20T15:29", {"meetings": (FIRST,)}, 1, ""),
        ("start", "2026-10-20T15:30", {"meetings": (FIRST,)}, 0, ""),
        ("start", "2026-10-07T12:00", {"meetings": (tuesday(6, "missed"),)}, 0, ""),
        ("start", "2026-10-07T12:00", {"meetings": (FIRST,), "tally": Tally(1, 1)}, 0, ""),
        ("start", "2026-10-07T12:00", {"meetings": (FIRST,), "standing": "paused"}, 0, ""),
        ("start", "2026-10-07T12:00", {"meetings": (FIRST,), "fewer": ("mentee",)}, 0, ""),
        ("start", "2026-10-06T12:00", {"meetings": (tuesday(6),)}, 0, "2026-10-06T15:30"),
        ("mid", "2026-11-25T05:29", {"of": JANUARY}, 0, "2026-11-25T05:30"),
        ("mid", "2026-11-25T05:30", {"of": JANUARY}, 1, ""),
        ("mid", "2026-11-26T12:00", {"of": line(ends=date(2026, 11, 25))}, 0, ""),
        ("mid", "2027-01-04T05:30", {}, 1, ""),
        ("mid", "2027-01-18T05:30", {}, 0, ""),
        ("end", "2027-01-01T23:59", {"of": JANUARY}, 0, "2027-01-02T00:00"),
        ("end", "2027-01-02T00:00", {"of": JANUARY, "standing": "closing"}, 1, ""),
        ("end", "2027-01-16T00:00", {"of": JANUARY}, 0, ""),
        ("end", "2027-01-02T00:00", {}, 0, ""),
    ],
)
def test_the_moments(
    about: Moment, now: str, state: dict[str, Any], expected: int, wake: str
) -> None:
    turn = assessing(about, berlin(now), **state)
    assert (asked(turn), wakes(turn)) == (["mentee"] * expected, wake)
    assert turn.state.alone.assessed == (about,) * expected


def test_each_moment_once() -> None:
    known = Alone(assessed=("start",))
    turn = assessing("start", berlin("2026-10-07T12:00"), meetings=(FIRST,), alone=known)
    assert asked(turn) == []


def test_the_first_is_the_earliest_that_took_place() -> None:
    turn = turn_of(
        now=berlin("2026-10-28T12:00"),
        meetings=(tuesday(20), tuesday(6, "missed"), tuesday(13, "held")),
    )
    assert first_held(turn) == tuesday(13, "held")


# --- what is kept


def rated(values: list[tuple[Role, str, int]]) -> tuple[Rating, ...]:
    return tuple(Rating(role, about, date(2026, 10, 1), value) for role, about, value in values)


def test_an_answer_is_a_number_and_a_day_and_the_last_eight_checks_are_kept() -> None:
    known = rated([("mentee", "start", 1), *[("mentor", "check", 1 + n % 5) for n in range(8)]])
    question = Question("check", "mentee", "mentee-20261116", DUE, DUE)
    turn = checking(weeks=0, alone=Alone(ratings=known), questions=(question,))
    answered_rating(turn, question, 4)
    assert turn.state.alone.ratings == (
        known[0], *known[2:], Rating("mentee", "check", date(2026, 11, 16), 4),
    )  # fmt: skip
    assert turn.state.questions == ()
