"""Whether both go on, as tables: who is asked when, what two answers come to, who hears of it (RULES 3).

Not the end itself: test_stopping.py.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from daemon.decide.extending import (
    answered_extend,
    ask_to_extend,
    extend_letter,
    may_still_go_on,
    result,
    worded,
)
from daemon.decide.seen import PairingTurn
from daemon.decide.stopping import last_day
from daemon.domain.cadence import Cadence
from daemon.domain.pair import Agreed, GoingOn
from daemon.domain.people import Role
from daemon.domain.question import Question
from daemon.domain.value import replace
from tests.decide.pair_cast import (
    BEGUN,
    DAY,
    LANE,
    MINUTE,
    berlin,
    reasons,
    ruled,
    turn_of,
    wakes,
    written,
)
from tests.stories.cast import line

LAST = date(2026, 12, 1)
ENDS = line(ends=LAST)
OVER = berlin("2026-12-02T00:00")


def asking(**state: Any) -> PairingTurn:
    """Two weeks before the end, after a look whether it is time to ask."""
    turn = turn_of(**{"now": OVER - 14 * DAY, "of": ENDS, "since": BEGUN, **state})
    ask_to_extend(turn)
    return turn


def kinds(turn: PairingTurn) -> list[tuple[str, str]]:
    return [(q.kind, q.role) for q in turn.state.questions]


BOTH = [("extend", "mentor"), ("extend", "mentee")]


def test_each_is_asked_alone_until_the_last_day_is_over() -> None:
    turn = asking(program=ruled(extend_weeks=8))
    assert turn.state.questions == tuple(
        Question("extend", role, f"{role}-2026-12-01", turn.now, OVER, {"ends": "2026-12-01", "weeks": 8})
        for role in ("mentor", "mentee")
    )  # fmt: skip


@pytest.mark.parametrize(
    ("now", "asked", "wake"),
    [
        (OVER - 14 * DAY - MINUTE, [], "2026-11-18T00:00"),
        (OVER - 14 * DAY, BOTH, ""),
        (OVER - MINUTE, BOTH, ""),
        (OVER, [], ""),
    ],
)
def test_from_two_weeks_before_until_it_is_over(now: Any, asked: Any, wake: str) -> None:
    turn = asking(now=now)
    assert (kinds(turn), wakes(turn)) == (asked, wake)


@pytest.mark.parametrize(("ends", "asked"), [(date(2026, 11, 1), []), (date(2026, 11, 2), BOTH)])
def test_of_four_weeks_from_first_to_last_at_least(ends: date, asked: Any) -> None:
    """They began on 5 October: whoever has just said yes is not asked whether to go on."""
    assert kinds(asking(now="2026-10-30T10:00", of=line(ends=ends))) == asked


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        (berlin("2026-11-03T23:59"), BOTH),
        (berlin("2026-11-04T00:00"), []),
        (None, BOTH),  # only one of the two has said anything
    ],
)
def test_who_said_so_within_four_weeks_before_it_is_not_asked_again(said: Any, asked: Any) -> None:
    ends = date(2026, 11, 10)
    one, both = {"mentor": "yes"}, {"mentor": "yes", "mentee": "2026-12-01"}
    known = GoingOn(ends, both, "mentee", said, LAST) if said else GoingOn(ends, one)  # type: ignore[arg-type]
    assert kinds(asking(going_on=known)) == asked


@pytest.mark.parametrize(
    "state",
    [
        {"of": line()},
        {"program": ruled(extend_ask_days=0)},
        {"program": ruled(locked=("ends",))},
        {"of": replace(ENDS, state="closing")},
        {"stopped_by": "mentee", "agreed": Agreed(ends=LAST)},
        {"stopped_by": "admin"},
        {"standing": "invited"},
        {"standing": "paused"},
        {"standing": "closed"},
        {"of": replace(ENDS, at=None, cadence=Cadence(sessions=3, within_days=200))},
    ],
)
def test_nobody_is_asked_where_it_cannot_go_on(state: dict[str, Any]) -> None:
    assert kinds(asking(**state)) == []


def test_who_has_few_weeks_left_is_closing_and_asked_as_well() -> None:
    assert (
        kinds(asking(standing="closing", program=ruled(extend_ask_days=10), now=OVER - 10 * DAY))
        == BOTH
    )


# --- two answers


def question(role: Role) -> Question:
    return Question("extend", role, f"{role}-{LAST}", OVER - 14 * DAY, OVER, {"ends": "2026-12-01"})


def answered(*said: tuple[Role, int, date | None], **state: Any) -> PairingTurn:
    """Both were asked, and answered one after the other."""
    asked = (question("mentor"), question("mentee"))
    turn = turn_of(**{"now": "2026-11-20T10:00", "of": ENDS, "questions": asked, **state})
    for role, number, till in said:
        answered_extend(turn, question(role), number, till)
    return turn


def test_the_first_answer_is_kept_and_changes_nothing() -> None:
    turn = answered(("mentor", 1, None))
    assert turn.state.going_on == GoingOn(LAST, {"mentor": "yes"})
    assert kinds(turn) == [("extend", "mentee")]
    assert (last_day(turn), result(turn), reasons(turn)) == (LAST, None, [])


JANUARY, FEBRUARY = date(2027, 1, 30), date(2027, 2, 20)


@pytest.mark.parametrize(
    ("mentor", "mentee", "until", "words"),
    [
        ((1, None), (1, None), date(2027, 3, 2), ["yes", "yes"]),
        ((2, JANUARY), (1, None), JANUARY, ["2027-01-30", "yes"]),
        ((1, None), (2, JANUARY), JANUARY, ["yes", "2027-01-30"]),
        ((2, FEBRUARY), (2, JANUARY), JANUARY, ["2027-02-20", "2027-01-30"]),
        ((3, None), (1, None), LAST, ["end", "yes"]),
        ((1, None), (3, None), LAST, ["yes", "end"]),
        ((2, date(2026, 12, 1)), (1, None), LAST, ["2026-12-01", "yes"]),  # that is the end
        ((2, date(2026, 12, 2)), (1, None), date(2026, 12, 2), ["2026-12-02", "yes"]),
    ],
)
def test_the_earlier_day_that_both_can_counts(
    mentor: Any, mentee: Any, until: date, words: list[str]
) -> None:
    turn = answered(("mentor", *mentor), ("mentee", *mentee))
    said = dict(zip(("mentor", "mentee"), words, strict=True))
    assert turn.state.going_on == GoingOn(LAST, said, "mentee", turn.now, until)  # type: ignore[arg-type]
    assert (last_day(turn), turn.state.questions) == (until, ())
    assert reasons(turn) == ([] if until == LAST else [f"both want to go on, until {until}"])


def test_without_weeks_it_goes_on_without_an_end() -> None:
    turn = answered(("mentee", 1, None), ("mentor", 1, None), program=ruled(extend_weeks=0))
    assert turn.state.agreed == Agreed(open_ended=True)
    assert turn.state.going_on is not None
    assert (turn.state.going_on.last, turn.state.going_on.until) == ("mentor", None)
    assert reasons(turn) == ["both want to go on, until further notice"]


def test_a_day_that_both_can_replaces_an_end_they_had_agreed_on() -> None:
    agreed = Agreed(ends=LAST, lengths_minutes=(45,))
    turn = answered(("mentor", 2, JANUARY), ("mentee", 1, None), of=line(), agreed=agreed)
    assert turn.state.agreed == Agreed(ends=JANUARY, lengths_minutes=(45,))


def test_what_was_said_of_an_earlier_end_does_not_count() -> None:
    before = GoingOn(date(2026, 9, 1), {"mentor": "yes", "mentee": "end"}, "mentee", BEGUN, LAST)
    turn = answered(("mentor", 1, None), going_on=before)
    assert turn.state.going_on == GoingOn(LAST, {"mentor": "yes"})


def test_an_end_that_is_there_no_more_is_not_put_off() -> None:
    turn = answered(("mentor", 1, None), ("mentee", 1, None), of=line())
    assert (turn.state.agreed, reasons(turn)) == (Agreed(), [])


# --- who hears of it


SETTLED = GoingOn(
    LAST, {"mentor": "yes", "mentee": "yes"}, "mentee", berlin("2026-11-20T10:00"), JANUARY
)


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (JANUARY, ("extend-on", {"ends": "2027-01-30"})),
        (date(2026, 12, 2), ("extend-on", {"ends": "2026-12-02"})),
        (LAST, ("extend-over", {"ends": "2026-12-01"})),
        (None, ("extend-on", {"ends": ""})),
    ],
)
def test_what_came_of_it_in_words(until: date | None, words: Any) -> None:
    assert worded(replace(SETTLED, until=until)) == words


def test_whoever_answered_first_hears_it_by_day() -> None:
    turn = turn_of(now="2026-11-20T10:00", of=ENDS, going_on=SETTLED)
    extend_letter(turn)
    (effect,) = turn.effects
    assert (effect.opens, effect.closes) == (turn.now, OVER + 3 * DAY)
    said = written(turn)["ack ana"]
    assert (said["what"], said["ends"]) == ("extend-on", "2027-01-30")
    assert effect.stem == f"ack/{LANE}/extend-on.mentor-2026-12-01/ana"


def test_at_night_it_waits_for_the_morning_of_who_hears_it() -> None:
    night = replace(SETTLED, last="mentor", at=berlin("2026-11-20T22:00"))
    turn = turn_of(now="2026-11-20T22:00", of=ENDS, going_on=night)
    extend_letter(turn)
    assert (written(turn), wakes(turn)) == ({}, "2026-11-21T02:30")  # seven in Kolkata
    turn = turn_of(now="2026-11-21T02:30", of=ENDS, going_on=night)
    extend_letter(turn)
    assert list(written(turn)) == ["ack ben"]


def test_heard_late_it_is_said_for_three_days_after_that_morning() -> None:
    late = replace(SETTLED, at=berlin("2026-12-05T10:00"))
    turn = turn_of(now="2026-12-05T10:00", of=ENDS, going_on=late)
    extend_letter(turn)
    assert turn.effects[0].closes == berlin("2026-12-08T10:00")


@pytest.mark.parametrize("going_on", [None, GoingOn(LAST, {"mentor": "yes"})])
def test_before_both_have_said_nobody_hears_anything(going_on: GoingOn | None) -> None:
    turn = turn_of(of=ENDS, going_on=going_on)
    extend_letter(turn)
    assert (written(turn), result(turn)) == ({}, None)


@pytest.mark.parametrize(
    ("asked", "said", "may"),
    [
        ((question("mentor"), question("mentee")), {}, True),
        ((question("mentee"),), {"mentor": "yes"}, True),
        ((question("mentee"),), {"mentor": "end"}, False),  # it was good so
        ((), {"mentor": "yes", "mentee": "yes"}, False),
        ((Question("clash", "mentor", "x", BEGUN, OVER),), {}, False),
    ],
)
def test_whether_an_answer_may_still_change_it(asked: Any, said: Any, may: bool) -> None:
    going_on = GoingOn(LAST, said) if said else None
    assert may_still_go_on(turn_of(questions=asked, going_on=going_on)) == may
