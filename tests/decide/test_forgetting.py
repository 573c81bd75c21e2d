"""When the words of a pair go: so many days after its closing, once.

Not the file they lie in: tests/stories/test_retention.py.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from daemon.decide.forgetting import forget_words
from daemon.domain.agenda import Done
from daemon.domain.alone import AgreedTo, Alone, Chemistry, Rating
from daemon.domain.pair import Absence, Fall, SecondAddress, Sign, Tally, Undo
from daemon.domain.thread import Action, AgendaLine, Goal, Note
from tests.decide.pair_cast import (
    DAY,
    MINUTE,
    NOW,
    ORIGIN,
    WEEK_AWAY,
    reasons,
    ruled,
    tuesday,
    turn_of,
)

CLOSED = NOW - 180 * DAY
WORDS: dict[str, Any] = {
    "notes": (Note(ORIGIN, "mentee", "Two internships.", CLOSED),),
    "agenda": (AgendaLine(ORIGIN, "mentor", "Which one?", CLOSED),),
    "actions": (Action("a", "mentee", "the curriculum", CLOSED),),
    "goals": (Goal("mentee", "a summer abroad", CLOSED),),
    "undo": (Undo("words", "mentee", CLOSED, CLOSED),),
    "addresses": (SecondAddress("mentee", "b@example.org", CLOSED),),
    "absences": (Absence("mentor", WEEK_AWAY, CLOSED),),
    "signs": (Sign("mentee", CLOSED),),
    "done": (Done("mentee", "the first draft", CLOSED),),
}


@pytest.mark.parametrize(
    ("standing", "closed_at", "days", "deleted_at", "goes"),
    [
        ("closed", CLOSED, 180, None, True),
        ("closed", CLOSED + MINUTE, 180, None, False),
        ("closed", CLOSED + MINUTE, 179, None, True),
        ("closed", CLOSED, 0, None, False),
        ("closed", CLOSED, 180, CLOSED, False),
        ("closed", CLOSED, 180, CLOSED - DAY, True),  # closed, taken up anew, and closed again
        ("active", CLOSED, 180, None, False),
        ("closing", None, 180, None, False),
    ],
)
def test_when_they_go(
    standing: str, closed_at: datetime | None, days: int, deleted_at: datetime | None, goes: bool
) -> None:
    turn = turn_of(
        standing=standing, closed_at=closed_at, words_deleted_at=deleted_at,
        program=ruled(notes_keep_days=days), **WORDS,
    )  # fmt: skip
    forget_words(turn)
    left = [name for name in WORDS if getattr(turn.state, name)]
    assert (turn.forget_words, left) == (goes, [] if goes else list(WORDS))
    assert reasons(turn) == (
        [f"closed for {days} days: what the two wrote is deleted"] if goes else []
    )
    assert turn.plan().forget_words == goes


def test_the_lane_wakes_for_it_by_itself() -> None:
    turn = turn_of(standing="closed", closed_at=CLOSED + 3 * MINUTE, **WORDS)
    forget_words(turn)
    assert turn.plan().wake_at == NOW + timedelta(minutes=3)


def test_how_often_they_met_stays_and_by_whom_it_fell_out_goes() -> None:
    tally = Tally(due=9, held=7, confirmed=5, done=2, falls=(Fall(str(ORIGIN), "mentor"),))
    turn = turn_of(standing="closed", closed_at=CLOSED, tally=tally)
    forget_words(turn)
    assert turn.state.tally == Tally(due=9, held=7, confirmed=5, done=2)


def test_who_agreed_to_what_stays_and_what_each_said_alone_goes() -> None:
    agreed = AgreedTo("mentee", "1-6b8fc84", "6b8fc84", CLOSED)
    said = Rating("mentee", "check", CLOSED.date(), 2)
    alone = Alone(
        (agreed,),
        (said,),
        {"mentee": CLOSED},
        ("start",),
        {"mentee": CLOSED},
        Chemistry(("mentee",)),
    )
    turn = turn_of(standing="closed", closed_at=CLOSED, alone=alone)
    forget_words(turn)
    assert turn.state.alone == Alone((agreed,))


def test_the_last_1_1s_are_counts_as_well() -> None:
    met = tuesday(6, "held", evidence="confirmed")
    turn = turn_of(met, tuesday(13, "missed"), standing="closed", closed_at=CLOSED)
    forget_words(turn)
    assert (turn.state.meetings, turn.state.tally) == ((), Tally(due=2, held=1, confirmed=1))
