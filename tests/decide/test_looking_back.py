"""What a look back on the month begins with: to-dos that were done since the one before.

Not which 1:1 looks back: test_meeting_types.py.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from daemon.decide.looking_back import DONE_MOST, keep_done, look_back
from daemon.decide.meeting_types import type_of
from daemon.domain.agenda import Agenda, Block, Done, Met
from daemon.domain.pair import Tally
from daemon.domain.thread import Action
from daemon.domain.value import replace
from tests.decide.pair_cast import LONG_AGO, berlin, tuesday, turn_of
from tests.stories.cast import PATIENT

ONE = (Block(30, "talk"),)
MONTHLY = replace(PATIENT, meeting_types=(Agenda("monthly_review", ONE),))
MET = {"tally": Tally(due=1, held=1), "met": Met(date(2026, 9, 5), date(2026, 9, 29))}


def did(text: str, at: str) -> Action:
    """A to-do of Ben's that was done then."""
    return Action("a", "mentee", text, LONG_AGO, berlin(at))


def test_a_look_back_begins_with_what_was_done_since_the_last_one() -> None:
    held, coming = tuesday(6, "held"), tuesday(34 + 7)
    turn = turn_of(
        held, coming, program=MONTHLY, **MET,
        done=(Done("mentor", "of old", berlin("2026-10-05T10:00")), Done("mentor", "ask Priya", berlin("2026-10-20T10:00"))),
        actions=(did("the CV", "2026-11-09T10:00"), Action("b", "mentee", "open", LONG_AGO)),
    )  # fmt: skip
    assert look_back(turn, coming, type_of(turn, coming)) == {
        "done_since": [
            {"owner": "mentor", "text": "ask Priya", "kind": "todo"},
            {"owner": "mentee", "text": "the CV", "kind": "todo"},
        ],
    }
    assert look_back(turn, coming, "regular") == {"done_since": []}


@pytest.mark.parametrize(
    ("program", "standing", "kept"),
    [
        (PATIENT, "held", []),  # nobody will look back on it
        (MONTHLY, "held", ["the talk"]),  # on the rest the 1:1 of the 6th has looked back
        (
            MONTHLY,
            "planned",
            ["the CV", "the talk"],
        ),  # it may still be said that it did not take place
        (MONTHLY, "missed", ["the CV", "the talk"]),
    ],
)
def test_what_is_kept_of_to_dos_that_are_done(program: Any, standing: str, kept: list[str]) -> None:
    turn = turn_of(tuesday(6, standing), program=program, **MET)
    leaving = (did("the CV", "2026-10-05T10:00"), did("the talk", "2026-10-06T18:00"))
    assert [each.text for each in keep_done(turn, leaving)] == kept


def test_only_a_few_are_kept_and_each_is_short() -> None:
    turn = turn_of(program=MONTHLY)
    leaving = [did(f"{number} {'x' * 300}", "2026-10-05T10:00") for number in range(9)]
    found = keep_done(turn, leaving)
    assert len(found) == DONE_MOST and found[-1].text.startswith("8 x")
    assert {len(each.text) for each in found} == {120}
