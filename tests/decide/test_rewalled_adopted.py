"""A series cut by hand that goes on as another one: it takes the place of the cut one (RULES 5, row 8).

Not a series that is moved as a whole: that is test_rewalled_moves.py.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from daemon.decide.keeping import as_it_stands
from daemon.decide.rewalled import adopt, stranger_seen
from daemon.decide.seen import PairingTurn
from daemon.domain.cadence import RegularTime, SeriesRule, Step
from daemon.domain.meeting import Override, Place, Series
from daemon.domain.observation import EventSeen
from daemon.domain.pair import Agreed
from daemon.domain.question import Question
from daemon.domain.value import replace
from daemon.domain.world import Mark
from tests.decide.pair_cast import (
    ANAS,
    LONG_AGO,
    MINUTE,
    NOW,
    TUESDAYS,
    berlin,
    day,
    mark,
    meeting,
    reasons,
    series,
    turn_of,
)
from tests.decide.series_cast import OTHER, STEM, letter

REST = replace(TUESDAYS, first="2026-10-21T11:00", until=date(2027, 12, 31))
"""What Ana's calendar made of Tuesday the 20th and all that follow, moved to Wednesday at eleven."""
CUT = series(
    rule=replace(TUESDAYS, until=date(2027, 3, 1), gaps=(day(13), day(34))), skips=(day(34),),
    left_out=(day(13),), overrides=(Override(day(34), NOW, NOW),), known_to=day(20),
    cut_to=date(2026, 10, 19), gone_at=LONG_AGO, answer_seen="ACCEPTED",
)  # fmt: skip


def stranger(rule: SeriesRule = REST) -> Series:
    return Series(ANAS, "rest", 0, rule, standing="put", version="v9")


def adopted(**state: Any) -> PairingTurn:
    """The turn in which the rest is looked at."""
    own = {"series": (OTHER, CUT), "stranger": stranger(), "marks": {STEM: mark()}}
    turn = turn_of(**{**own, **state})
    adopt(turn)
    return turn


@pytest.mark.parametrize(
    ("more", "remembered"),
    [
        ({}, True),
        ({"rule": None}, False),
        ({"cancelled": True}, False),
        ({"place": Place(ANAS, "rest", day(20))}, False),
    ],
)
def test_a_recurring_event_made_by_hand_is_remembered(more: Any, remembered: bool) -> None:
    start = berlin(REST.first)
    seen = EventSeen(Place(ANAS, "rest"), "v9", start, start + 30 * MINUTE, rule=REST)
    turn = turn_of()
    stranger_seen(turn, replace(seen, **more) if more else seen)
    assert turn.state.stranger == (stranger() if remembered else None)


def test_the_new_one_takes_the_place_of_the_cut_one() -> None:
    turn = adopted()
    rule = replace(REST, until=date(2027, 3, 1))  # the pairing ends as before
    ended = replace(
        CUT, rule=replace(CUT.rule, until=date(2026, 10, 19)), standing="ended",
        until_put=date(2026, 10, 19), cut_to=None, gone_at=None,
    )  # fmt: skip
    new = replace(
        CUT, uid="rest", generation=2, asked_generation=2, rule=rule, version="v9", known_to="",
        cut_to=None, gone_at=None, changed_by="mentor", changed_at=NOW, skips=(), left_out=(),
        overrides=(), until_put=date(2027, 12, 31),
    )  # fmt: skip
    assert turn.state.series == (OTHER, ended, new)
    assert turn.state.stranger is None
    assert turn.adopted == [Place(ANAS, "rest")]
    assert turn.state.agreed == Agreed(at=RegularTime(2, 11, 0))
    assert reasons(turn) == ["the series goes on as another one from 2026-10-21T11:00"]


def test_nothing_is_put_for_what_stands_there_already() -> None:
    turn = adopted(marks={STEM: Mark(1, "of the old one", "withdrawn", LONG_AGO)})
    mark = turn.marks[STEM]
    as_it_stands(turn, turn.state.series[-1])
    assert mark == turn.marks[STEM]
    assert (mark.generation, mark.standing, mark.at) == (2, "settled", LONG_AGO)
    assert mark.basis != "of the old one"


def test_dates_of_it_that_have_passed_never_were_meetings() -> None:
    turn = adopted(now=berlin("2026-10-28T12:00"))
    assert turn.state.series[-1].known_to == "2026-10-28T11:00"


def test_meetings_after_the_cut_go_along_and_those_before_it_stay() -> None:
    three = (meeting(13), meeting(20), meeting(27))
    turn = adopted(meetings=three)
    at = [berlin("2026-10-21T11:00"), berlin("2026-10-28T11:00")]
    assert turn.state.meetings == (
        meeting(13),
        *(
            replace(
                known, place=Place(ANAS, "rest", wall), start=start, end=start + 30 * MINUTE,
                version="",
            )
            for known, wall, start in zip(
                three[1:], ("2026-10-21T11:00", "2026-10-28T11:00"), at, strict=True
            )
        ),
    )  # fmt: skip


def test_on_the_day_of_the_cut_and_after_it() -> None:
    """The cut counts by local days: an occurrence on its last day is still one of the old series."""
    cut = replace(CUT, cut_to=date(2026, 10, 20))
    turn = adopted(series=(cut,), meetings=(meeting(20), meeting(27)))
    assert [m.place.uid for m in turn.state.meetings if m.place] == ["tuesdays", "rest"]


def test_one_at_midnight_after_the_cut_goes_along() -> None:
    known = meeting(20, place=Place(ANAS, "tuesdays", "2026-10-20T00:00"))
    (after,) = adopted(meetings=(known,)).state.meetings
    assert after.place == Place(ANAS, "rest", "2026-10-21T11:00")


def test_the_question_is_over_and_who_read_otherwise_hears_that_it_stands() -> None:
    questions = tuple(
        Question(kind, "mentor", "x", LONG_AGO, NOW) for kind in ("series-gone", "clash")
    )  # type: ignore[arg-type]
    marks = {STEM: mark(), letter("off", 20, "ben"): mark()}
    turn = adopted(questions=questions, marks=marks, meetings=(meeting(20),))
    assert [q.kind for q in turn.state.questions] == ["clash"]
    assert (turn.state.meetings[0].standing, turn.state.meetings[0].moved_by) == ("moved", "mentor")


NOT_THE_REST: list[dict[str, Any]] = [
    {"stranger": None},
    {"series": (OTHER, replace(CUT, cut_to=None))},
    {"series": (OTHER, replace(CUT, standing="gone"))},
    {"series": (OTHER, replace(CUT, standing="ended"))},
    {"marks": {}},
    {"marks": {STEM: Mark(1, "", "live", LONG_AGO)}},  # a change of ours is under way
    {"marks": {"series/ana-ben/1": mark()}},
]


@pytest.mark.parametrize("state", NOT_THE_REST)
def test_what_is_not_the_rest_of_a_cut_one_is_nobodys_business(state: dict[str, Any]) -> None:
    turn = adopted(meetings=(meeting(20),), **state)
    assert turn.adopted == []
    assert turn.state.series == state.get("series", (OTHER, CUT))
    assert turn.state.meetings == (meeting(20),)
    assert turn.state.stranger == state.get("stranger", stranger())


@pytest.mark.parametrize(
    ("first", "step", "goes_on"),
    [
        ("2026-10-19T15:00", Step(weeks=1), False),  # on the last day of the old one
        ("2026-10-20T09:00", Step(weeks=1), True),
        ("2026-11-03T09:00", Step(weeks=1), True),  # two steps and a day
        ("2026-11-04T09:00", Step(weeks=1), False),
        ("2026-11-17T09:00", Step(weeks=2), True),
        ("2026-11-18T09:00", Step(weeks=2), False),
    ],
)
def test_it_begins_within_two_steps_of_the_cut(first: str, step: Step, goes_on: bool) -> None:
    cut = replace(CUT, rule=replace(CUT.rule, step=step))
    turn = adopted(series=(cut,), stranger=stranger(replace(REST, first=first)))
    assert bool(turn.adopted) is goes_on
