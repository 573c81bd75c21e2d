"""Homework as tables: when the question half-way comes, and for which to-do smaller steps are proposed.

Not what people read of it: tests/stories/test_homework.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from daemon.decide.homework import halfway_letter, smaller_asked, smaller_steps
from daemon.decide.met import remember_meetings
from daemon.decide.seen import PairingTurn
from daemon.domain.meeting import Meeting
from daemon.domain.pair import MetAt
from daemon.domain.thread import Action
from daemon.domain.value import replace
from tests.decide.pair_cast import (
    DAY,
    LONG_AGO,
    berlin,
    mark,
    named,
    ruled,
    tuesday,
    turn_of,
    wakes,
    written,
)

CV = Action("a", "mentee", "the CV", LONG_AGO)
LAB = Action("b", "mentor", "the lab", LONG_AGO)
CHANCE = Action("c", "mentee", "a summer school", LONG_AGO, through=5, kind="chance")
MET = MetAt(LONG_AGO, berlin("2026-10-13T15:00"))
SATURDAY = "2026-10-17T14:30"
"""18:00 in Kolkata."""
STEM = "halfway/pairing/ana-ben/20261013T1300/ben"


def at(now: str, *meetings: Meeting, **more: Any) -> PairingTurn:
    given = {"program": ruled(halfway=True), "met_at": MET, "actions": (CV, LAB), **more}
    turn = turn_of(*(meetings or (tuesday(13), tuesday(20))), now=now, **given)
    halfway_letter(turn)
    return turn


def test_in_the_evening_of_the_day_half_way_with_what_is_the_mentees() -> None:
    turn = at("2026-10-17T14:29")
    assert (named(turn), wakes(turn)) == ([], SATURDAY)
    turn = at(SATURDAY)
    assert written(turn) == {
        "halfway ben": {
            "actions": [{"letter": "a", "owner": "mentee", "text": "the CV"}],
            "next_start": "2026-10-20T13:00:00Z",
        }
    }
    (effect,) = turn.effects
    assert (effect.stem, effect.closes) == (STEM, berlin("2026-10-19T14:30"))  # the next prep


@pytest.mark.parametrize(
    "more",
    [
        {"program": ruled()},
        {"met_at": None},
        {"standing": "paused"},
        {"standing": "closing"},
        {"marks": {STEM: mark()}},
        {"fewer": ("mentee",)},
    ],
)
def test_not_asked(more: Any) -> None:
    assert named(at(SATURDAY, **more)) == []


@pytest.mark.parametrize("actions", [(), (LAB,), (CHANCE,), (replace(CV, done_at=LONG_AGO),)])
def test_where_nothing_of_the_mentees_is_open_it_is_left_out_for_good(actions: Any) -> None:
    turn = at(SATURDAY, actions=actions)
    assert (named(turn), turn.over(STEM)) == ([], True)


@pytest.mark.parametrize(("days", "asked"), [(5, ["ben halfway"]), (4, [])])
def test_less_than_five_days_need_no_question(days: int, asked: list[str]) -> None:
    near = tuesday(20, start=tuesday(13).start + days * DAY)
    middle = tuesday(13).start + days * DAY / 2
    assert named(at(f"{middle:%Y-%m-%dT14:30}", tuesday(13), near)) == asked


def test_two_days_later_it_is_too_late() -> None:
    far = tuesday(27)
    assert named(at("2026-10-22T14:29", tuesday(13), far)) == ["ben halfway"]
    assert named(at("2026-10-22T14:30", tuesday(13), far)) == []


# --- open through so many


def test_each_1_1_that_took_place_counts_once_for_what_was_open_before_it() -> None:
    young, done = replace(CV, at=tuesday(13).start), replace(CV, done_at=LONG_AGO)
    given = {"program": ruled(halfway=True), "now": "2026-10-14T10:00"}
    turn = turn_of(tuesday(6), tuesday(13), actions=(CV, young, done), **given)
    remember_meetings(turn)
    assert [each.through for each in turn.state.actions] == [2, 0, 0]
    remember_meetings(turn)
    assert [each.through for each in turn.state.actions] == [2, 0, 0]
    missed = turn_of(
        tuesday(13, "missed"), actions=(CV,), met_at=MetAt(LONG_AGO, LONG_AGO), **given
    )
    remember_meetings(missed)
    assert [each.through for each in missed.state.actions] == [0]


@pytest.mark.parametrize(
    ("action", "proposed"),
    [
        (replace(CV, through=2), ""),
        (replace(CV, through=3), "a"),
        (replace(CV, through=9), "a"),
        (replace(CV, through=3, smaller_asked=True), ""),
        (replace(CV, through=3, done_at=LONG_AGO), ""),
        (replace(LAB, through=3), ""),
        (CHANCE, ""),
    ],
)
def test_smaller_steps_are_for_what_stays_with_the_mentee(action: Action, proposed: str) -> None:
    turn = turn_of(actions=(action,), program=ruled(halfway=True))
    assert smaller_steps(turn) == proposed
    assert smaller_steps(turn_of(actions=(action,))) == ""


def test_proposed_once_and_for_the_next_one_next_time() -> None:
    two = (replace(CV, through=3), replace(CV, letter="c", through=3))
    turn = turn_of(actions=two, program=ruled(halfway=True))
    smaller_asked(turn, "notes/pairing/ana-ben/x/ben")
    assert smaller_steps(turn) == "a"
    smaller_asked(turn, "prep-mentee/pairing/ana-ben/x/ben")
    assert smaller_steps(turn) == "c"
