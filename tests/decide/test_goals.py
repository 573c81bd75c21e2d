"""Goals as tables: when they are asked for, which day they get, when they are looked at and move on (S2.19).

Not what people read of it: tests/stories/test_goals_on_dates.py.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from daemon.decide.goals import goal_letters, keep_goals
from daemon.decide.met import remember_meetings
from daemon.decide.seen import PairingTurn
from daemon.domain.meeting import Meeting
from daemon.domain.pair import MetAt, Tally
from daemon.domain.thread import Action, Goal
from daemon.domain.value import replace
from tests.decide.pair_cast import (
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
from tests.stories.cast import line

MET = MetAt(berlin("2026-10-06T15:00"), berlin("2026-10-06T15:00"))
SMART = ruled(goals="smart")
CV, PLACE = Goal("mentee", "CV", LONG_AGO), Goal("mentee", "A place", LONG_AGO)


def given(*meetings: Meeting, **more: Any) -> PairingTurn:
    return turn_of(*meetings, **{"program": SMART, "met_at": MET, **more})


# --- a letter and a day


def kept(*goals: Goal, **more: Any) -> list[tuple[str, date | None]]:
    turn = given(goals=goals, **more)
    keep_goals(turn)
    return [(goal.letter, goal.target) for goal in turn.state.goals]


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-10-07T10:00", date(2026, 11, 5)),  # 30 days
        ("2026-10-28T10:00", date(2026, 11, 5)),
        ("2026-10-29T10:00", date(2026, 12, 5)),  # a week before it: the next
        ("2026-12-28T10:00", date(2027, 1, 27)),  # after the last one: 30 days on
    ],
)
def test_a_goal_gets_the_next_of_the_days_unless_it_is_within_a_week(now: str, day: date) -> None:
    assert kept(CV, now=now) == [("a", day)]


def test_a_day_of_its_own_stays_and_letters_are_those_no_to_do_has() -> None:
    own = replace(PLACE, target=date(2026, 10, 20))
    done = replace(PLACE, letter="c", done_at=LONG_AGO)
    actions = (Action("a", "mentee", "the lab", LONG_AGO),)
    assert kept(CV, done, own, actions=actions, now="2026-10-07T10:00") == [
        ("b", date(2026, 11, 5)), ("c", None), ("d", date(2026, 10, 20)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"met_at": None}, [("a", None)]),
        ({"program": ruled(goals="plain", goal_days=())}, [("a", None)]),
        ({"program": ruled()}, [("", None)]),
    ],
)
def test_without_a_1_1_or_days_to_count_there_is_no_day(more: Any, found: Any) -> None:
    assert kept(CV, **more) == found


def test_of_many_that_were_reached_the_oldest_are_only_counted() -> None:
    done = tuple(Goal("mentee", str(n), LONG_AGO, "z", done_at=LONG_AGO) for n in range(7))
    turn = given(goals=(*done, CV))
    keep_goals(turn)
    assert [goal.text for goal in turn.state.goals] == ["2", "3", "4", "5", "6", "CV"]
    assert turn.state.tally.reached == 2


# --- the first and the last 1:1


def met(*meetings: Meeting, before: MetAt | None = None, **more: Any) -> MetAt | None:
    turn = given(*meetings, **{"met_at": before, "now": "2026-10-14T10:00", **more})
    remember_meetings(turn)
    return turn.state.met_at


def at(day: int) -> datetime:
    return tuesday(day).start


def test_what_stood_and_is_over_counts_as_met() -> None:
    held = tuesday(6, "held")
    assert met(held, tuesday(13), tuesday(20)) == MetAt(at(6), at(13))
    assert met(tuesday(6, "missed"), tuesday(13)) == MetAt(at(13), at(13))
    assert met(tuesday(20)) is None


def test_a_no_takes_the_date_back_and_what_left_the_lane_stays() -> None:
    long_ago = MetAt(LONG_AGO, at(13))
    assert met(tuesday(13, "missed"), before=long_ago) == MetAt(LONG_AGO, LONG_AGO)
    assert met(tuesday(20), before=long_ago) == long_ago
    assert met(tuesday(13, "missed"), before=MetAt(at(13), at(13))) is None


def test_where_nobody_asks_for_goals_nothing_is_counted() -> None:
    assert met(tuesday(13), program=ruled()) is None


# --- asked for


def asked(*meetings: Meeting, **more: Any) -> PairingTurn:
    turn = given(*meetings, **{"met_at": None, **more})
    goal_letters(turn)
    return turn


def test_asked_a_week_before_the_first_and_by_day() -> None:
    turn = asked(tuesday(20), now="2026-10-13T14:59")
    assert (named(turn), wakes(turn)) == ([], "2026-10-13T15:00")
    turn = asked(tuesday(20), now="2026-10-13T15:00")
    assert written(turn) == {"goals ben": {"smart": True, "start": "2026-10-20T13:00:00Z"}}
    (effect,) = turn.effects
    assert (effect.opens, effect.closes) == (berlin("2026-10-13T15:00"), at(20))


def test_a_yes_that_comes_later_is_followed_at_once_and_for_three_days() -> None:
    yes = berlin("2026-10-11T10:00")
    turn = asked(tuesday(13), now=yes, mentee_yes=yes)
    (effect,) = turn.effects
    assert (effect.opens, effect.closes) == (yes, berlin("2026-10-14T10:00"))
    turn = asked(tuesday(13), now="2026-10-14T09:59", mentee_yes=yes)
    assert written(turn)["goals ben"]["start"] is None
    assert named(asked(tuesday(13), now="2026-10-14T10:00", mentee_yes=yes)) == []


@pytest.mark.parametrize(
    "more",
    [
        {"program": ruled()},
        {"standing": "closing"},
        {"standing": "paused"},
        {"tally": Tally(due=1)},
        {"marks": {"goals/pairing/ana-ben/first/ben": mark()}},
        {"fewer": ("mentee",)},
    ],
)
def test_not_asked(more: Any) -> None:
    assert named(asked(tuesday(20), **{"now": "2026-10-14T10:00", **more})) == []


def test_a_1_1_that_fell_out_is_not_the_first() -> None:
    turn = asked(tuesday(13, "cancelled"), tuesday(27), now="2026-10-12T10:00")
    assert (named(turn), wakes(turn)) == ([], "2026-10-20T16:00")  # clocks change


# --- looked at

SOON = replace(CV, letter="a", target=date(2026, 11, 5))
LATER = replace(PLACE, letter="b", target=date(2026, 11, 12))
REVIEW = "goal-review/pairing/ana-ben/20261105/ben"


def looked(*goals: Goal, now: str = "2026-11-05T13:30", **more: Any) -> PairingTurn:
    turn = given(goals=goals, now=now, **more)
    goal_letters(turn)
    return turn


def days(turn: PairingTurn) -> list[date | None]:
    return [goal.target for goal in turn.state.goals]


def test_looked_at_in_the_evening_of_the_day_with_those_of_the_week_after() -> None:
    turn = looked(SOON, LATER, now="2026-11-05T13:29")
    assert (named(turn), wakes(turn)) == ([], "2026-11-05T13:30")  # 18:00 in Kolkata
    turn = looked(LATER, SOON, replace(LATER, letter="c", target=date(2026, 11, 13)))
    assert written(turn) == {
        "goal-review ben": {
            "goals": [{"letter": "b", "text": "A place"}, {"letter": "a", "text": "CV"}],
            "next": "2026-12-05",
        }
    }
    (effect,) = turn.effects
    assert effect.stem == REVIEW
    assert days(turn) == [LATER.target, SOON.target, date(2026, 11, 13)]  # not before it went


def test_what_was_told_moves_on_to_the_day_that_was_named() -> None:
    went = mark("settled", berlin("2026-11-05T13:30"))
    turn = looked(SOON, LATER, now="2026-11-05T13:31", marks={REVIEW: went})
    assert (named(turn), days(turn)) == ([], [date(2026, 12, 5)] * 2)


def test_what_is_reached_is_looked_at_no_more() -> None:
    turn = looked(replace(SOON, done_at=LONG_AGO), LATER)
    assert (named(turn), days(turn)) == ([], [SOON.target, LATER.target])


def test_a_letter_that_could_not_go_for_a_week_is_left_out_and_the_goal_moves_on() -> None:
    turn = looked(SOON, now="2026-11-12T13:29")
    assert named(turn) == ["ben goal-review"]
    turn = looked(SOON, now="2026-11-12T13:30")
    assert (named(turn), days(turn)) == ([], [date(2026, 12, 5)])
    assert turn.skipped == [(f"{REVIEW}/1", "its time was over at 2026-11-12T12:30:00Z")]


def test_no_further_day_is_promised_behind_the_end() -> None:
    turn = looked(SOON, of=line(ends=date(2026, 12, 5)))
    assert written(turn)["goal-review ben"]["next"] is None
    turn = looked(SOON, of=line(ends=date(2026, 12, 6)))
    assert written(turn)["goal-review ben"]["next"] == "2026-12-05"
