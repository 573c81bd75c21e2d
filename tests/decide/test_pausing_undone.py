"""UNDO of a pause, and when a pair meets next, as tables (RULES 3 and 7).

Not how a pause begins and ends: test_pausing.py. Not whole stories: tests/stories/test_pause.py.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from daemon.decide.pausing import next_start, take_back_pause
from daemon.domain.pair import Pause, Undo
from daemon.domain.value import replace
from tests.decide.pair_cast import (
    DAY,
    LONG_AGO,
    MINUTE,
    NOW,
    TUESDAYS,
    berlin,
    day,
    meeting,
    moved,
    series,
    turn_of,
)
from tests.decide.pausing_cast import BY_ANA, NOVEMBER
from tests.stories.cast import line

# --- UNDO


PAUSED_NOW = Pause(NOW - MINUTE, NOVEMBER, "mentor")
UNDO = Undo("pause", "mentor", NOW - MINUTE, NOW + DAY)
OVER = replace(BY_ANA, ended_by="mentor", ended_at=NOW - DAY)
LEFT_OUT = replace(
    meeting(13), standing="skipped", settled_by="rule", settled_at=NOW - MINUTE, off="pause"
)


def taken_back(**state: Any) -> Any:
    turn = turn_of(standing="paused", pause=PAUSED_NOW, **state)
    assert take_back_pause(turn, UNDO)
    assert turn.state.standing == "active"
    return turn.state


@pytest.mark.parametrize(
    ("known", "standing"),
    [
        (LEFT_OUT, "planned"),
        (replace(LEFT_OUT, settled_at=NOW - DAY), "planned"),  # by one whose place it took
        (replace(LEFT_OUT, settled_at=NOW - DAY - MINUTE), "skipped"),  # by one that is over
        (replace(LEFT_OUT, off="away"), "skipped"),
        (replace(LEFT_OUT, start=NOW), "skipped"),
        (replace(LEFT_OUT, cancelled_by="mentor", cancelled_at=LONG_AGO), "cancelled"),
        (replace(moved(13, "2026-10-14T11:00"), standing="skipped", settled_by="rule", settled_at=NOW - MINUTE, off="pause"), "moved"),
    ],
)  # fmt: skip
def test_what_was_left_out_because_of_it_stands_again(known: Any, standing: str) -> None:
    assert taken_back(meetings=(known,), resumed=OVER).meetings[0].standing == standing


CUT = replace(TUESDAYS, until=date(2026, 10, 12))


@pytest.mark.parametrize(
    ("ends", "until"), [(None, None), (date(2026, 12, 1), date(2026, 12, 1))]
)  # fmt: skip
def test_the_same_series_goes_on_to_its_own_end(ends: date | None, until: date | None) -> None:
    older = series("older", rule=CUT, standing="ended")
    state = taken_back(of=line(ends=ends), series=(older, series(rule=CUT, standing="ended")))
    assert [(s.uid, s.standing, s.rule.until) for s in state.series] == [
        ("older", "ended", CUT.until), ("tuesdays", "put", until),
    ]  # fmt: skip


def test_both_series_of_two_lengths_go_on() -> None:
    two = tuple(series(u, rule=CUT, standing="ended", index=n) for n, u in enumerate("ab"))
    state = taken_back(of=replace(line(), lengths_minutes=(30, 60)), series=two)
    assert [s.standing for s in state.series] == ["put", "put"]


@pytest.mark.parametrize("more", [{"put_at": None}, {"standing": "put"}])
def test_one_that_is_on_no_calendar_is_not_put_by_it(more: dict[str, Any]) -> None:
    known = series(rule=CUT, **{"standing": "ended", **more})
    assert taken_back(series=(known,)).series == (known,)


def test_what_the_first_pause_of_all_left_out_stands_again() -> None:
    known = replace(LEFT_OUT, settled_at=LONG_AGO)
    assert taken_back(meetings=(known,)).meetings[0].standing == "planned"


def test_dates_that_passed_in_a_pause_whose_place_it_took_never_were_1_1s() -> None:
    first = replace(TUESDAYS, first="2026-09-15T15:00", until=date(2026, 9, 21))
    known = series(rule=first, standing="ended", known_to="2026-09-15T15:00")
    assert [s.known_to for s in taken_back(series=(known,)).series] == ["2026-10-06T15:00"]


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"pause": PAUSED_NOW},
        {"standing": "paused", "pause": replace(PAUSED_NOW, by="mentee")},
        {"standing": "paused", "pause": replace(PAUSED_NOW, since=NOW)},
    ],
    ids=["none", "not paused", "of somebody else", "another one since"],
)
def test_only_the_very_pause_that_was_asked_for_is_taken_back(state: dict[str, Any]) -> None:
    turn = turn_of(**state)
    assert not take_back_pause(turn, UNDO)
    assert turn.state == turn.world.state


# --- the next one


@pytest.mark.parametrize(
    ("state", "start"),
    [
        ({"meetings": (meeting(20), meeting(13))}, berlin(day(13))),
        ({"meetings": (replace(meeting(13), standing="skipped"), meeting(20))}, berlin(day(20))),
        ({"meetings": (replace(meeting(6), start=NOW), meeting(20))}, berlin(day(20))),
        ({"meetings": (meeting(20),), "series": (series(),)}, berlin(day(13))),
        ({"meetings": (meeting(13),), "series": (series(known_to=day(13)),)}, berlin(day(13))),
        ({"series": (series(rule=replace(TUESDAYS, gaps=(day(13),))),)}, berlin(day(20))),
        ({"series": (series(rule=replace(TUESDAYS, gaps=(day(13),)), skips=(day(13),)),)}, berlin(day(13))),
        ({"meetings": (moved(13, "2026-10-14T11:00"),), "series": (series(known_to=day(13)),)}, berlin("2026-10-14T11:00")),
        ({"series": (series(rule=replace(TUESDAYS, first="2026-10-12T09:00"), standing="ended"),)}, berlin(day(13))),
        ({}, berlin(day(13))),  # the first regular time that leaves notice
        ({"of": replace(line(), at=None)}, None),
        ({"of": replace(line(), at=None), "meetings": (meeting(20),)}, berlin(day(20))),
    ],
)  # fmt: skip
def test_when_they_meet_next(state: dict[str, Any], start: Any) -> None:
    assert next_start(turn_of(**state)) == start


def test_a_date_that_passed_is_not_the_next() -> None:
    assert next_start(turn_of(now=berlin(day(13)), series=(series(),))) == berlin(day(20))
