"""Who knows of a pause, and of its end, although no letter said so, as tables (RULES 3).

Not what the letters say: test_pausing_letters.py. Not whole stories: tests/stories/test_pause_again.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from daemon.decide.pausing import pause, pause_letters, resume
from daemon.decide.seen import PairingTurn
from daemon.domain.pair import Pause
from daemon.domain.value import replace
from tests.decide.pair_cast import HOUR, LONG_AGO, NOW, mark, turn_of
from tests.decide.pausing_cast import BY_ANA, LONGEST, NOVEMBER, paused

# --- what was said


def known_of(turn: PairingTurn) -> list[tuple[str, Any]]:
    return [(stem, mark.at) for stem, mark in turn.marks.items() if mark.standing == "settled"]


FIRST = "pairing/ana-ben/pause-20260901T100000-said"


@pytest.mark.parametrize(("by", "person"), [("mentor", "ana"), ("mentee", "ben")])
def test_whoever_had_asked_for_the_pause_whose_place_another_takes_knew_of_it(
    by: Any, person: str
) -> None:
    turn = turn_of(**paused(replace(BY_ANA, by=by)))
    assert pause(turn, "admin", LONGEST)
    assert known_of(turn) == [(f"paused/{FIRST}/{person}", NOW)]
    turn = turn_of()
    assert pause(turn, by, LONGEST)
    assert known_of(turn) == []  # the pause itself says who asked for it


@pytest.mark.parametrize("by", ["admin", "silence"])
def test_nobody_knows_by_themselves_of_what_nobody_of_them_has_asked_for(by: Any) -> None:
    turn = turn_of(**paused(replace(BY_ANA, by=by)))
    assert pause(turn, "mentor", LONGEST)
    assert known_of(turn) == []


@pytest.mark.parametrize(
    ("by", "known"),
    [
        ("mentor", [(f"resumed/{FIRST}/ana", NOW)]),
        ("mentee", [(f"resumed/{FIRST}/ben", NOW)]),
        ("admin", []),
        ("", []),
    ],
)
def test_whoever_ends_it_knows_that_it_is_over(by: Any, known: list[Any]) -> None:
    turn = turn_of(**paused())
    assert resume(turn, by)
    assert known_of(turn) == known


# --- and what follows from it


PAUSED, RESUMED = "paused/pairing/ana-ben/pause", "resumed/pairing/ana-ben/pause"


@pytest.mark.parametrize(
    ("heard", "who"),
    [
        ({f"{PAUSED}-1/ben": 1}, ["resumed ben"]),  # of the pause whose place it took
        ({f"{PAUSED}-1-said/ben": 1}, ["resumed ben"]),  # and had asked for that one
        ({f"{PAUSED}-1/ana": 1}, []),
        ({f"{PAUSED}-1/ben": 1, f"{RESUMED}-1/ben": 2}, []),  # that one was over, and it was told
        ({f"{PAUSED}-1/ben": 1, f"{RESUMED}-1-said/ben": 1}, []),
        ({f"{PAUSED}-1/ben": 1, f"{RESUMED}-1/ana": 2}, ["resumed ben"]),
        ({f"{PAUSED}-2/ben": 2, f"{RESUMED}-1/ben": 1}, ["resumed ben"]),
        ({f"left-out/pairing/ana-ben/{PAUSED}/ben": 1}, []),
    ],
)
def test_who_believes_in_a_pause_hears_that_there_is_none(
    heard: dict[str, int], who: list[str]
) -> None:
    marks = {stem: mark(at=LONG_AGO + number * HOUR) for stem, number in heard.items()}
    over = Pause(LONG_AGO, NOVEMBER, "mentor", ended_by="mentor", ended_at=NOW)
    turn = turn_of(resumed=over, marks=marks)
    pause_letters(turn)
    assert [f"{e.stem.split('/')[0]} {e.stem.rsplit('/', 1)[1]}" for e in turn.effects] == who
