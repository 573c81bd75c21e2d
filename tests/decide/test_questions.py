"""Questions that are answered by a number: opened once, closed one by one, told at the right moment (LETTERS 2 and 4).

Not what follows from the answers: the stories of each concern.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from daemon.decide.questions import (
    ask_questions,
    asked,
    close_question,
    drop_questions,
    open_question,
    question_told,
)
from daemon.decide.seen import PairingTurn
from daemon.decide.turn import Turn
from daemon.domain.effect import SendLetter
from daemon.domain.question import Question
from daemon.domain.value import replace
from daemon.domain.world import Mark, PairingState
from tests.decide.choosing_cast import world
from tests.decide.pair_cast import DAY, HOUR, WEEK

NOON = datetime(2026, 10, 9, 10, tzinfo=UTC)  # in Berlin; half past three in Kolkata
NIGHT = datetime(2026, 10, 9, 21, tzinfo=UTC)  # in both cities


def turn_at(now: datetime, *questions: Question, told: tuple[str, ...] = ()) -> PairingTurn:
    """A decision about a pair that nobody has asked anything; `told`: the stems of letters that have gone."""
    calm, _ = world("calm")
    state = calm.state
    assert isinstance(state, PairingState)
    gone = {stem: Mark(1, "", "settled", now) for stem in told}
    state = replace(state, questions=questions, marks={**state.marks, **gone})
    return Turn(replace(calm, state=state), state, now)


def question(kind: str = "clash", occasion: str = "a", **more: object) -> Question:
    """A question to Ana, to be answered within a week."""
    known: dict[str, object] = {"opened_at": NOON, "answer_by": NOON + WEEK, "role": "mentor"}
    return Question(kind=kind, occasion=occasion, **(known | more))  # type: ignore[arg-type]


def letters(turn: PairingTurn) -> list[str]:
    """What is written: to whom, which question, about what, and whether it is a reminder, the last one."""
    ask_questions(turn)
    found = []
    for effect in turn.effects:
        assert isinstance(effect.change, SendLetter)
        facts = effect.change.facts
        which = " reminder" * facts["reminder"] + " last" * facts["last"]
        occasion = effect.stem.split("/")[3]
        found.append(f"{effect.change.person} {effect.change.touchpoint} {occasion}{which}")
    return found


def names(turn: PairingTurn) -> list[str]:
    """The open questions."""
    return [f"{q.kind} {q.role} {q.occasion}" for q in turn.state.questions]


# --- opened and closed


def test_a_question_is_known_by_its_kind_and_where_it_is_named_by_its_occasion() -> None:
    turn = turn_at(NOON, question("clash", "a"), question("clash", "b"), question("absence", "a"))
    found = [asked(turn, "clash"), asked(turn, "clash", "b"), asked(turn, "absence", "a")]
    assert found == [turn.state.questions[0], turn.state.questions[1], turn.state.questions[2]]
    assert (asked(turn, "clash", "c"), asked(turn, "leave")) == (None, None)


def test_it_remembers_whom_when_what_and_until_when() -> None:
    turn = turn_at(NOON)
    open_question(
        turn, "leave", "mentee", "m", answer_by=NOON + WEEK, facts={"ends": "x"}, own=True
    )
    assert turn.state.questions == (
        Question("leave", "mentee", "m", NOON, NOON + WEEK, {"ends": "x"}, own=True),
    )
    assert [reason.text for reason in turn.reasons] == ["the mentee is asked: leave"]


@pytest.mark.parametrize(
    ("kind", "occasion", "opened"),
    [("clash", "a", False), ("clash", "b", True), ("absence", "a", True)],
)
def test_the_same_is_not_asked_while_it_is_open(kind: str, occasion: str, opened: bool) -> None:
    turn = turn_at(NOON, question())
    open_question(turn, kind, "mentor", occasion, answer_by=NOON + WEEK)  # type: ignore[arg-type]
    assert (len(turn.state.questions) == 2) is opened


@pytest.mark.parametrize(
    ("stem", "opened"),
    [
        ("clash/pairing/ana-ben/a/ana", False),
        ("clash/pairing/ana-ben/a/ben", True),
        ("clash/pairing/ana-ben/b/ana", True),
        ("absence/pairing/ana-ben/a/ana", True),
    ],
)
def test_nor_once_its_letter_has_gone_to_that_person(stem: str, opened: bool) -> None:
    turn = turn_at(NOON, told=(stem,))
    open_question(turn, "clash", "mentor", "a", answer_by=NOON + WEEK)
    assert (turn.state.questions != ()) is opened


def test_six_questions_are_kept_the_newest_of_them() -> None:
    turn = turn_at(NOON)
    for occasion in "abcdefg":
        open_question(turn, "clash", "mentor", occasion, answer_by=NOON + WEEK)
    assert [each.occasion for each in turn.state.questions] == list("bcdefg")


def test_one_is_closed_and_the_others_stay_open() -> None:
    turn = turn_at(
        NOON,
        question("clash", "a"),
        question("clash", "b"),
        question("absence", "a"),
        question("clash", "a", role="mentee"),
    )
    close_question(turn, question("clash", "a"))
    assert names(turn) == ["clash mentor b", "absence mentor a", "clash mentee a"]


def test_what_no_longer_matters_is_dropped_by_its_kind() -> None:
    turn = turn_at(NOON, question("clash"), question("absence"), question("wish"))
    drop_questions(turn, "clash", "wish")
    assert names(turn) == ["absence mentor a"]


# --- the letters


def test_each_is_asked_of_its_person() -> None:
    turn = turn_at(NOON, question("clash"), question("absence", "b", role="mentee"))
    assert letters(turn) == ["ana clash a", "ben absence b"]


def test_its_letter_says_until_when_and_what_it_is_about_and_is_over_then() -> None:
    turn = turn_at(NOON, question("clash", facts={"start": "2026-10-13T13:00:00Z"}))
    letters(turn)
    effect = turn.effects[0]
    assert isinstance(effect.change, SendLetter)
    assert effect.change.facts == {
        "answer_by": "2026-10-16T10:00:00Z",
        "reminder": False,
        "last": False,
        "start": "2026-10-13T13:00:00Z",
    }
    assert (effect.opens, effect.closes) == (NOON, NOON + WEEK)


@pytest.mark.parametrize(
    ("own", "now", "written"),
    [
        (False, NIGHT, []),
        (False, datetime(2026, 10, 10, 5, tzinfo=UTC), ["ana leave a"]),  # seven in the morning
        (True, NIGHT, ["ana leave a"]),
    ],
)
def test_at_night_only_what_answers_ones_own_command_is_asked(
    own: bool, now: datetime, written: list[str]
) -> None:
    asking = question("leave", opened_at=NIGHT, answer_by=NIGHT + WEEK, own=own)
    assert letters(turn_at(now, asking)) == written


def test_one_that_has_to_wait_does_not_keep_the_others_back() -> None:
    late = question("clash", "a", opened_at=NIGHT)
    own = question("leave", "b", opened_at=NIGHT, own=True)
    assert letters(turn_at(NIGHT, late, own)) == ["ana leave b"]


@pytest.mark.parametrize(
    ("after", "reminders"),
    [
        (timedelta(hours=23, minutes=59), []),
        (timedelta(hours=24), ["ana series-gone a~1 reminder"]),
        (timedelta(hours=71, minutes=59), ["ana series-gone a~1 reminder"]),
        (
            timedelta(hours=72),
            ["ana series-gone a~1 reminder", "ana series-gone a~2 reminder last"],
        ),
    ],
)
def test_a_series_that_is_gone_is_recalled_after_a_day_and_after_three(
    after: timedelta, reminders: list[str]
) -> None:
    gone = question("series-gone", told_at=NOON)
    turn = turn_at(NOON + after, gone, told=("series-gone/pairing/ana-ben/a/ana",))
    assert letters(turn) == reminders


def test_it_is_recalled_from_when_its_letter_came() -> None:
    gone = question("series-gone", told_at=None)
    assert letters(turn_at(NOON + 5 * DAY, gone)) == ["ana series-gone a"]


@pytest.mark.parametrize("kind", ["guest-gone", "declined-all", "clash", "absence", "leave"])
def test_nothing_else_is_asked_twice(kind: str) -> None:
    other = question(kind, told_at=NOON)
    turn = turn_at(NOON + 4 * 24 * HOUR, other, told=(f"{kind}/pairing/ana-ben/a/ana",))
    assert letters(turn) == []


# --- told


def test_the_letter_that_was_accepted_is_that_of_one_question() -> None:
    turn = turn_at(
        NOON,
        question("clash", "a"),
        question("clash", "b"),
        question("absence", "a"),
        question("wish", "a", told_at=NOON - HOUR),
    )
    question_told(turn, "clash/pairing/ana-ben/a/ana", NOON)
    question_told(turn, "wish/pairing/ana-ben/a/ana", NOON)
    assert [each.told_at for each in turn.state.questions] == [NOON, None, None, NOON - HOUR]


# --- whether it is still good: the days begin when the letter goes


def still_good(turn: PairingTurn) -> str:
    """Until when the letter says, and until when the answer is waited for."""
    written = letters(turn)
    effect = turn.effects[0] if written else None
    assert effect is None or isinstance(effect.change, SendLetter)
    said = effect.change.facts["answer_by"][5:10] if effect else "-"
    return f"{said} {turn.state.questions[0].answer_by:%m-%d}"


def test_what_the_caps_put_off_has_its_days_from_then_on() -> None:
    asking = question("still-good", role="mentee")
    assert still_good(turn_at(NOON + timedelta(days=2), asking)) == "10-18 10-18"
    assert still_good(turn_at(NOON, asking)) == "10-16 10-16"


def test_once_it_has_gone_its_days_stay_and_of_other_questions_they_never_move() -> None:
    asking, later = question("still-good", role="mentee"), NOON + timedelta(days=2)
    gone = turn_at(later, asking, told=("still-good/pairing/ana-ben/a/ben",))
    assert still_good(gone) == "- 10-16"
    assert still_good(turn_at(later, question("absence", role="mentee"))) == "10-16 10-16"


def test_only_the_question_itself_gets_other_days() -> None:
    others = (question("clash", "a"), question("absence", "b", role="mentee"))
    turn = turn_at(NOON + timedelta(days=2), question("still-good", role="mentee"), *others)
    letters(turn)
    assert turn.state.questions[1:] == others


def test_while_the_caps_keep_its_letter_back_the_end_is_not_moved_yet() -> None:
    """It is counted anew in every decision until there is a letter."""
    asking = question("still-good", role="mentee", opened_at=NIGHT, answer_by=NIGHT + WEEK)
    turn = turn_at(NIGHT, asking)
    assert still_good(turn) == "- 10-16"
