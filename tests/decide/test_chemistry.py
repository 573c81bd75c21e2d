"""The chemistry check as tables: who is asked when, and what the answers of both come to.

Not the letters: tests/stories/test_chemistry.py.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from daemon.decide.chemistry import answered_chemistry, chemistry_letter, keep_chemistry
from daemon.decide.seen import PairingTurn
from daemon.decide.stopping import last_day
from daemon.domain.alone import Alone, Chemistry
from daemon.domain.effect import TellAdmin
from daemon.domain.meeting import Meeting
from daemon.domain.pair import Tally
from daemon.domain.people import Role
from daemon.domain.question import Question
from tests.decide.pair_cast import BEGUN, DAY, berlin, ruled, tuesday, turn_of, wakes, written

BOTH: tuple[Role, ...] = ("mentor", "mentee")
ASKED_AT = berlin("2026-10-07T03:30")
UNTIL = berlin("2026-10-10T15:30")
FIRST = tuesday(6, "held")


def keeping(
    *meetings: Meeting, now: datetime = ASKED_AT, wished: bool = True, known: Chemistry | None = None,
    **state: Any,
) -> PairingTurn:  # fmt: skip
    turn = turn_of(
        *(meetings or (FIRST, tuesday(13))), now=now, program=ruled(chemistry=wished), since=BEGUN,
        alone=Alone(chemistry=known), **state,
    )  # fmt: skip
    keep_chemistry(turn)
    return turn


def asked(turn: PairingTurn) -> list[tuple[str, str]]:
    return [(q.role, q.occasion) for q in turn.state.questions]


ONE = [("mentor", "mentor-1"), ("mentee", "mentee-1")]


@pytest.mark.parametrize(
    ("meetings", "wishes", "expected", "wake"),
    [
        ((FIRST,), {}, ONE, ""),
        ((FIRST,), {"now": berlin("2026-10-07T03:29")}, [], "2026-10-07T03:30"),
        ((FIRST,), {"now": berlin("2026-10-13T15:29")}, ONE, ""),
        ((FIRST,), {"now": berlin("2026-10-13T15:30")}, [], ""),
        ((FIRST,), {"wished": False}, [], ""),
        ((FIRST,), {"standing": "closing"}, [], ""),
        ((FIRST,), {"tally": Tally(1, 1)}, [], ""),
        ((tuesday(6, "missed"),), {}, [], ""),
        ((tuesday(13),), {}, [], "2026-10-13T15:30"),
    ],
)
def test_both_are_asked_after_the_very_first(
    meetings: tuple[Meeting, ...], wishes: dict[str, Any], expected: Any, wake: str
) -> None:
    turn = keeping(*meetings, **wishes)
    assert asked(turn) == expected
    assert wakes(turn) == wake


@pytest.mark.parametrize(
    ("coming", "until"),
    [
        (tuesday(13), "2026-10-10T15:30"),  # four days
        (tuesday(13, "moved", start=berlin("2026-10-10T09:00")), "2026-10-09T09:00"),
        (
            tuesday(13, "moved", start=berlin("2026-10-08T09:00")),
            "2026-10-08T03:30",
        ),  # a day at least
        (tuesday(13, "cancelled"), "2026-10-10T15:30"),
    ],
)
def test_it_is_settled_before_the_next(coming: Meeting, until: str) -> None:
    turn = keeping(FIRST, coming)
    assert {q.answer_by for q in turn.state.questions} == {berlin(until)}
    known = turn.state.alone.chemistry
    assert known == Chemistry(BOTH, until=berlin(until))


def open_round(said: dict[Role, int], *asked_roles: Role, settled: bool = False) -> Chemistry:
    return Chemistry(
        asked_roles or BOTH, said, UNTIL, settled_at=ASKED_AT if settled else None
    )  # fmt: skip


GOES_ON, WAITS, ENDS, ONCE_MORE = "goes on", "waits", "ends", "once more"


def outcome(turn: PairingTurn) -> str:
    known = turn.state.alone.chemistry
    assert known is not None
    if turn.state.stopped_by:
        return ENDS
    if known.over:
        return GOES_ON
    return WAITS if known.until else ONCE_MORE


@pytest.mark.parametrize(
    ("known", "before", "at_the_day"),
    [
        (open_round({}), WAITS, GOES_ON),
        (open_round({"mentor": 1}), WAITS, GOES_ON),
        (open_round({"mentor": 1, "mentee": 1}), GOES_ON, GOES_ON),
        (open_round({"mentor": 3}), WAITS, ENDS),
        (open_round({"mentor": 3, "mentee": 1}), ENDS, ENDS),
        (open_round({"mentor": 2, "mentee": 3}), ENDS, ENDS),
        (open_round({"mentor": 2}), WAITS, ONCE_MORE),
        (open_round({"mentor": 1, "mentee": 2}), ONCE_MORE, ONCE_MORE),
        (open_round({}, "mentee", settled=True), WAITS, GOES_ON),
        (open_round({"mentee": 2}, "mentee", settled=True), GOES_ON, GOES_ON),
        (open_round({"mentee": 3}, "mentee", settled=True), ENDS, ENDS),
    ],
)
def test_what_the_answers_come_to(known: Chemistry, before: str, at_the_day: str) -> None:
    early = keeping(known=known, now=UNTIL - DAY)
    assert outcome(early) == before
    assert wakes(early) == ("2026-10-10T15:30" if before == WAITS else wakes(early))
    assert outcome(keeping(known=known, now=UNTIL)) == at_the_day


def test_an_end_names_nobody_and_tells_the_contact_once() -> None:
    turn = keeping(known=open_round({"mentor": 3, "mentee": 1}))
    state = turn.state
    assert (state.stopped_by, state.standing, last_day(turn)) == (
        "pair",
        "closing",
        date(2026, 10, 7),
    )
    assert state.alone.chemistry == Chemistry(BOTH, {}, UNTIL, over=True)
    told = [each.change for each in turn.effects]
    assert told == [TellAdmin("chemistry-off", {})]


def test_what_was_said_is_forgotten_when_it_is_settled() -> None:
    turn = keeping(known=open_round({"mentor": 1, "mentee": 2}))
    assert turn.state.alone.chemistry == Chemistry(("mentee",), {}, settled_at=ASKED_AT)


@pytest.mark.parametrize(
    ("now", "meetings", "expected"),
    [
        ("2026-10-14T03:29", (FIRST, tuesday(13, "held")), []),
        ("2026-10-14T03:30", (FIRST, tuesday(13, "held")), [("mentee", "mentee-2")]),
        ("2026-10-14T12:00", (FIRST, tuesday(13, "missed")), []),
    ],
)
def test_who_is_not_sure_is_asked_after_the_next(
    now: str, meetings: tuple[Meeting, ...], expected: Any
) -> None:
    known = Chemistry(("mentee",), settled_at=ASKED_AT)
    assert asked(keeping(*meetings, now=berlin(now), known=known)) == expected


def test_an_answer_is_kept_for_its_round_and_none_after_it() -> None:
    turn = keeping()
    question = turn.state.questions[1]
    answered_chemistry(turn, question, 2)
    assert turn.state.alone.chemistry == Chemistry(BOTH, {"mentee": 2}, UNTIL)
    assert asked(turn) == ONE[:1]
    settled = keeping(known=Chemistry((), settled_at=ASKED_AT, over=True))
    answered_chemistry(settled, question, 3)
    assert settled.state.alone.chemistry == Chemistry((), settled_at=ASKED_AT, over=True)


def test_a_question_that_is_open_when_the_setting_goes_is_asked_no_more() -> None:
    question = Question("chemistry", "mentor", "mentor-1", ASKED_AT, UNTIL, {"again": False})
    assert asked(keeping(wished=False, questions=(question,))) == []


@pytest.mark.parametrize(
    ("known", "stopped", "letters"),
    [
        (Chemistry((), settled_at=berlin("2026-10-07T12:00"), over=True), "", 2),
        (Chemistry(("mentee",), settled_at=berlin("2026-10-07T12:00")), "", 2),
        (Chemistry(BOTH, until=UNTIL), "", 0),
        (Chemistry((), settled_at=berlin("2026-10-07T12:00"), over=True), "pair", 0),
    ],
)
def test_both_hear_that_it_goes_on_or_neither(known: Chemistry, stopped: Any, letters: int) -> None:
    turn = turn_of(now=berlin("2026-10-07T12:00"), alone=Alone(chemistry=known), stopped_by=stopped)
    chemistry_letter(turn)
    assert len(written(turn)) == letters
