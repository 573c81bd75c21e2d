"""UNDO of MOVE, of DONE and of words, in tables: what is taken back, and what stays because somebody has read it.

Not UNDO of a time that was picked: test_undo_kept.py.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from daemon.decide.undo import take_back
from daemon.domain.thread import Action, AgendaLine, Note
from daemon.domain.value import replace
from daemon.domain.world import Mark
from tests.decide.pair_cast import DAY, HOUR, MINUTE, NOW, ORIGIN, meeting, turn_of
from tests.decide.replies_cast import NAME, kept, key


@pytest.mark.parametrize(
    ("found", "taken_back"),
    [
        (meeting(13, asked_by="mentee"), True),
        (meeting(13, asked_by="mentor"), False),
        (meeting(13), False),
        (meeting(13, asked_by="mentee", standing="cancelled"), False),
        (meeting(20, asked_by="mentee"), False),
    ],
)
def test_a_wish_for_another_time_is_taken_back_by_who_wished_it_while_it_stands(
    found: Any, taken_back: bool
) -> None:
    turn = turn_of(found)
    assert take_back(turn, kept("move", NAME, before=meeting(13))) == taken_back
    assert turn.state.meetings == ((meeting(13),) if taken_back else (found,))


def test_done_is_taken_back_of_what_was_ticked_off_then() -> None:
    then, other = NOW - HOUR, NOW - DAY
    given = [Action(x, "mentee", "the CV", other, done_at=at) for x, at in zip("abc", (then, other, then), strict=True)]  # fmt: skip
    turn = turn_of(actions=tuple(given))
    assert take_back(turn, kept("done", "a b"))
    assert [each.done_at for each in turn.state.actions] == [None, other, then]


THEN = NOW - HOUR
NOTE = Note(ORIGIN, "mentee", "We talked.", THEN)
TOPIC = AgendaLine(ORIGIN, "mentee", "The CV", THEN)
TO_DO = Action("a", "mentor", "ask Priya", THEN, by="mentee")


@pytest.mark.parametrize(
    "others",
    [
        {"notes": (replace(NOTE, copied=True),)},
        {"notes": (replace(NOTE, author="mentor"),)},
        {"notes": (replace(NOTE, at=THEN - MINUTE),)},
        {"agenda": (replace(TOPIC, shown=True),)},
        {"agenda": (replace(TOPIC, author="mentor"),)},
        {"actions": (replace(TO_DO, by="mentor"),)},
        {"actions": (replace(TO_DO, at=THEN - MINUTE),)},
    ],
)
def test_words_that_somebody_has_read_or_others_wrote_stay(others: dict[str, Any]) -> None:
    turn = turn_of(**others)
    assert not take_back(turn, kept("words"))
    assert turn.taken_back == []
    assert take_back(turn, kept("words", "private"))  # these nobody ever reads
    assert turn.taken_back == [("mentee", THEN)]
    assert {name: getattr(turn.state, name) for name in others} == others


@pytest.mark.parametrize("own", [{"notes": (NOTE,)}, {"agenda": (TOPIC,)}, {"actions": (TO_DO,)}])
def test_ones_own_words_of_any_kind_are_taken_back(own: dict[str, Any]) -> None:
    turn = turn_of(**own)
    assert take_back(turn, kept("words"))
    assert (turn.state.notes, turn.state.agenda, turn.state.actions) == ((), (), ())
    assert turn.taken_back == [("mentee", THEN)]
    assert [each.text for each in turn.reasons] == ["the last words are taken back"]


@pytest.mark.parametrize(
    ("touchpoint", "person", "standing", "at", "read"),
    [
        ("prep-mentor", "ana", "settled", THEN, True),
        ("copy", "ana", "settled", NOW, True),
        ("prep-mentee", "ana", "settled", THEN, True),
        ("prep-mentor", "ana", "settled", THEN - MINUTE, False),
        ("prep-mentor", "ana", "live", THEN, False),
        ("moved", "ana", "settled", THEN, False),
        ("prep-mentee", "ben", "settled", THEN, False),
    ],
)
def test_a_to_do_stays_once_the_other_one_has_a_letter_that_shows_it(
    touchpoint: str, person: str, standing: Any, at: datetime, read: bool
) -> None:
    turn = turn_of(actions=(TO_DO,))
    stem = key(touchpoint, 13, person).removesuffix("/1")
    turn.marks[stem] = Mark(1, "", standing, at)
    assert take_back(turn, kept("words")) != read
