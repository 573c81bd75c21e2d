"""The follow-up as tables: offered with which day, asked when, how long it is waited for, what is deleted (S3.15).

Not what people read of it: tests/stories/test_follow_up.py.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from daemon.decide.follow_up import (
    answered_follow_up,
    follow_up_day,
    follow_up_letters,
    is_heard,
    keep_follow_ups,
)
from daemon.decide.seen import PairingTurn
from daemon.domain.observation import ReplySeen, Said
from daemon.domain.pair import FollowUp, MetAt, PassedOn
from daemon.domain.thread import Goal, Note
from daemon.domain.value import replace
from tests.decide.pair_cast import (
    LONG_AGO,
    ORIGIN,
    berlin,
    facts,
    letters,
    mark,
    named,
    ruled,
    turn_of,
    wakes,
    written,
)

LATER = FollowUp("mentee", date(2027, 1, 19), line="The draft")
PLACE = Goal("mentee", "A place", LONG_AGO)
STEM = "follow-up/pairing/ana-ben/later/ben"
NINE = "2027-01-19T04:30"
"""09:00 in Kolkata."""


def closed(now: str, **more: Any) -> PairingTurn:
    given = {"standing": "closed", "follow_ups": (LATER,), "goals": (PLACE,), **more}
    return turn_of(now=now, program=ruled(follow_up_days=90), **given)


@pytest.mark.parametrize(
    ("program", "standing", "day"),
    [
        (ruled(follow_up_days=90), "closing", date(2027, 1, 19)),
        (ruled(follow_up_days=90), "closed", None),
        (ruled(), "closing", None),
    ],
)
def test_the_day_is_counted_from_the_farewell(program: Any, standing: Any, day: Any) -> None:
    turn = turn_of(program=program, standing=standing)
    assert follow_up_day(turn, berlin("2026-10-21T20:00"), "mentee") == day


def test_asked_on_the_morning_of_the_day_once() -> None:
    turn = closed("2027-01-19T04:29")
    follow_up_letters(turn)
    assert (named(turn), wakes(turn)) == ([], NINE)
    turn = closed(NINE)
    follow_up_letters(turn)
    assert written(turn) == {
        "follow-up ben": {"line": "The draft", "goals": ["A place"], "last_start": None}
    }
    (effect,) = turn.effects
    assert (effect.stem, effect.closes) == (STEM, berlin("2027-02-02T04:30"))
    turn = closed(NINE, marks={STEM: mark()})
    follow_up_letters(turn)
    assert named(turn) == []


def kept(now: str, **more: Any) -> tuple[tuple[FollowUp, ...], tuple[Goal, ...], MetAt | None]:
    turn = closed(now, met_at=MetAt(LONG_AGO, LONG_AGO), **more)
    keep_follow_ups(turn)
    return turn.state.follow_ups, turn.state.goals, turn.state.met_at


def test_what_it_needs_stays_until_it_is_over_and_is_deleted_then() -> None:
    whole = ((LATER,), (PLACE,), MetAt(LONG_AGO, LONG_AGO))
    went = {STEM: mark("settled", berlin("2027-01-19T04:30"))}
    assert kept("2027-01-10T12:00") == whole
    assert kept("2027-02-02T04:29", marks=went) == whole
    assert kept("2027-02-02T04:30", marks=went) == ((), (), None)
    assert kept("2027-02-02T04:30") == ((), (), None)  # it could not go


def test_of_two_that_are_asked_the_last_one_counts() -> None:
    mentor = FollowUp("mentor", date(2027, 3, 1))
    assert kept("2027-02-02T04:30", follow_ups=(LATER, mentor))[:2] == ((mentor,), (PLACE,))


def test_a_pair_that_goes_on_keeps_its_goals_and_is_not_asked() -> None:
    assert kept("2026-11-01T12:00", standing="active")[:2] == ((), (PLACE,))


def test_the_line_is_what_was_written_after_the_farewell_and_not_in_private() -> None:
    farewell = {"farewell/pairing/ana-ben/last/ben": mark("settled", berlin("2026-10-21T20:00"))}
    at = berlin("2026-10-22T10:00")
    notes = (
        Note(ORIGIN, "mentee", "earlier", LONG_AGO),
        Note(ORIGIN, "mentor", "of Ana's", at),
        Note(ORIGIN, "mentee", "private", at, private=True),
        Note(ORIGIN, "mentee", f"\n{'x' * 300}\nmore", at),
    )
    bare = FollowUp("mentee", LATER.on)
    ((found,), *_) = kept("2026-10-23T10:00", follow_ups=(bare,), notes=notes, marks=farewell)
    assert found.line == "x" * 200
    ((found,), *_) = kept("2026-10-23T10:00", notes=notes, marks=farewell)
    assert found.line == "The draft"


def said(answers: str, thread: str = "pairing/ana-ben") -> ReplySeen:
    return ReplySeen("ben", "<1@example.org>", answers, (), "Well.", LONG_AGO, thread=thread)


@pytest.mark.parametrize(
    ("now", "reply", "heard"),
    [
        ("2027-02-02T04:29", said(f"{STEM}/1"), True),
        ("2027-02-02T04:30", said(f"{STEM}/1"), False),
        ("2027-01-20T10:00", said("", "person/ben/koss"), True),
        ("2027-01-20T10:00", said(""), False),
        ("2027-01-20T10:00", said("farewell/pairing/ana-ben/last/ben/1"), False),
    ],
)
def test_its_token_counts_for_two_weeks_and_for_it_alone(
    now: str, reply: ReplySeen, heard: bool
) -> None:
    went = {STEM: mark("settled", berlin("2027-01-19T04:30"))}
    turn = closed(now, marks=went)
    assert is_heard(turn, "mentee", reply) == heard
    assert not is_heard(turn, "mentor", reply)
    assert not is_heard(closed(now), "mentee", reply)


# --- what was answered

NIGHT = berlin("2027-01-20T02:00")
WORD = PassedOn("4f1c", NIGHT, "I got it.\n\n  In Leiden.", meet=True)
WAITS = FollowUp("mentee", LATER.on, words=(WORD,), passed=1)
PASSED = "follow-up-word/pairing/ana-ben/4f1c/ana"


def test_an_answer_reaches_the_other_one_by_day() -> None:
    asked = {STEM: mark("settled", berlin("2027-01-19T04:30"))}
    turn = closed("2027-01-20T06:59", follow_ups=(WAITS,), marks=asked)
    follow_up_letters(turn)
    assert (named(turn), wakes(turn)) == ([], "2027-01-20T07:00")
    turn = closed("2027-01-20T07:00", follow_ups=(WAITS,), marks=asked)
    follow_up_letters(turn)
    assert written(turn) == {
        "follow-up-word ana": {
            "lines": ["I got it.", "In Leiden."],
            "meet": True,
            "blocks": [],
            "length_minutes": 30,
        }
    }


def test_words_stay_until_the_other_one_has_them_and_no_longer() -> None:
    went = {STEM: mark("settled", berlin("2027-01-19T04:30"))}
    assert kept("2027-02-02T04:30", follow_ups=(WAITS,), marks=went)[0] == (WAITS,)
    read = {**went, PASSED: mark()}
    ((found,), *_) = kept("2027-01-21T10:00", follow_ups=(WAITS,), marks=read)
    assert (found.words, found.passed) == ((), 1)
    assert kept("2027-02-03T07:00", follow_ups=(WAITS,), marks=went)[0] == ()


def answered(text: str, *words: str, **more: Any) -> PairingTurn:
    went = {STEM: mark("settled", berlin("2027-01-19T04:30"))}
    turn = closed("2027-01-19T10:00", marks=went)
    said_words = tuple(Said(word, text=word.upper()) for word in words)
    reply = replace(said(f"{STEM}/1"), said=said_words, text=text, **more)
    assert answered_follow_up(turn, "mentee", reply)
    return turn


@pytest.mark.parametrize(
    ("text", "words", "passed", "told"),
    [
        ("Well.", (), ("Well.", False), []),
        ("", ("yes",), ("YES", False), []),
        ("", ("meet",), ("", True), ["meet-once"]),
        ("x" * 900, ("meet",), ("x" * 600, True), ["meet-once"]),
        ("", (), None, []),
    ],
)
def test_what_is_passed_on(text: str, words: Any, passed: Any, told: list[str]) -> None:
    turn = answered(text, *words)
    found = [(each.text, each.meet) for each in turn.state.follow_ups[0].words]
    assert found == ([passed] if passed else [])
    assert [facts(turn, n)["what"] for n in range(len(letters(turn)))] == told


def test_what_may_be_meant_for_few_is_not_passed_on_and_stop_deletes_all() -> None:
    turn = answered("It was hard.", confidential=True)
    assert (turn.state.follow_ups, facts(turn)["what"]) == ((LATER,), "kept-back")
    turn = answered("Well.", "stop")
    assert (turn.state.follow_ups, turn.state.goals, facts(turn)["what"]) == ((), (), "stop")


def test_what_is_said_to_another_letter_is_not_about_it() -> None:
    turn = closed("2027-01-19T10:00", marks={STEM: mark("settled", berlin("2027-01-19T04:30"))})
    assert not answered_follow_up(turn, "mentee", said("notes/pairing/ana-ben/x/ben/1"))
    assert not answered_follow_up(closed("2027-01-19T10:00"), "mentee", said(f"{STEM}/1"))
