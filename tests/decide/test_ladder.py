"""Whom the ladder asks, in tables.

Not what it says and what follows: tests/stories/test_ladder.py.
"""

from __future__ import annotations

import pytest

from daemon.decide.ladder import count_falls
from daemon.domain.pair import Fall, Tally
from daemon.domain.people import Role
from daemon.domain.question import Question, QuestionKind
from daemon.domain.value import replace
from tests.decide.pair_cast import DAY, FELL, LONG_AGO, NOW, turn_of

LEFT_OUT = replace(FELL, standing="skipped", settled_by="choice", cancelled_at=LONG_AGO)


@pytest.mark.parametrize(
    ("kind", "role", "asked"),
    [
        ("kindly", "mentee", ["kindly"]),  # one of these at a time
        ("lighter", "mentee", ["lighter"]),
        ("lighter", "mentor", ["lighter"]),
        ("clash", "mentor", ["clash", "kindly"]),  # any other question is no hindrance
        (None, "mentor", ["kindly"]),
    ],
)
def test_one_of_these_questions_is_asked_at_a_time(
    kind: QuestionKind | None, role: Role, asked: list[str]
) -> None:
    still = (Question(kind, role, "x", NOW, NOW + DAY),) if kind else ()
    earlier = Tally(falls=(Fall("earlier", "mentor"),))
    turn = turn_of(LEFT_OUT, now=LEFT_OUT.end + DAY, questions=still, tally=earlier)
    count_falls(turn)
    assert [each.kind for each in turn.state.questions] == asked
