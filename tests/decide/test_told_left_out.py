"""Who hears that a 1:1 is left out, when, and what that letter tells, as tables (RULES 7 and 8, `left-out`).

Not what falls out for the moment: that is in test_told_off.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from daemon.decide.told import left_out
from daemon.domain.meeting import Meeting
from daemon.domain.pair import Undo
from tests.decide.letters_cast import ROOMY, turn_at
from tests.decide.pair_cast import DAY, HOUR, ORIGIN, facts, letters, mark, meeting, named
from tests.stories.people import moment

NOON = moment("Tue 13 Oct 12:00 Berlin")  # three hours before


def skipped(by: str = "choice", who: str = "mentee", **more: Any) -> Meeting:
    """Left out at noon of the day before, and off the calendar."""
    own = {"standing": "skipped", "settled_by": by, "settled_at": NOON - DAY, "said_by": who}
    return meeting(**{**own, "gone": True, **more})


def out(known: Meeting, now: Any = NOON - DAY, **state: Any) -> Any:
    """The letters about a 1:1 that is left out."""
    turn = turn_at(now, **{"meetings": (known, meeting(20)), "program": ROOMY, **state})
    for answers in (False, True):
        left_out(turn, known, answers=answers)
    return turn


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (skipped("choice"), ["ana left-out", "ben left-out"]),
        (skipped("silence", ""), ["ana left-out", "ben left-out"]),
        (skipped("no-times", ""), ["ana left-out", "ben left-out"]),
        (skipped("rule", ""), []),  # the letter of the break, the absence or the pause says it
        (skipped("", ""), []),
        (skipped(settled_at=None), []),
        (skipped(told=("ana@example.org", "ben@example.org")), ["ben left-out"]),
        (skipped("silence", "mentee", told=("ben@example.org",)), ["ana left-out"]),
        (skipped(gone=False), ["ben left-out"]),  # whose word it was; the other one by the receipt
        (skipped("silence", "", gone=False), []),
    ],
)
def test_who_hears_that_it_is_left_out(known: Meeting, expected: list[str]) -> None:
    assert named(out(known)) == expected


@pytest.mark.parametrize(
    ("settled", "now", "expected"),
    [
        ("Mon 12 Oct 12:00 Berlin", "Mon 12 Oct 12:59 Berlin", []),
        ("Mon 12 Oct 12:00 Berlin", "Mon 12 Oct 13:00 Berlin", ["ana left-out"]),  # an hour at most
        ("Tue 13 Oct 12:30 Berlin", "Tue 13 Oct 12:59 Berlin", []),
        ("Tue 13 Oct 12:30 Berlin", "Tue 13 Oct 13:00 Berlin", ["ana left-out"]),  # two hours before
        ("Tue 13 Oct 14:00 Berlin", "Tue 13 Oct 14:04 Berlin", []),
        ("Tue 13 Oct 14:00 Berlin", "Tue 13 Oct 14:05 Berlin", ["ana left-out"]),  # not at once
    ],
)  # fmt: skip
def test_a_calendar_that_does_not_answer_keeps_nobody_waiting_for_ever(
    settled: str, now: str, expected: list[str]
) -> None:
    known = skipped(gone=False, settled_at=moment(settled))
    assert named(out(known, now)) == [*expected, "ben left-out"]


def test_what_is_left_out_by_silence_waits_for_the_receipt() -> None:
    known = skipped("silence", "", gone=False)
    assert named(out(known, NOON - DAY + 2 * HOUR)) == []


def test_all_that_it_tells_of_what_is_left_out() -> None:
    undo = Undo("skip", "mentee", NOON - DAY, NOON, name=str(ORIGIN))
    turn = out(skipped(), NOON - DAY + HOUR, undo=(undo,))
    told = {
        "start": "2026-10-13T13:00:00Z",
        "next_start": "2026-10-20T13:00:00Z",
        "why": "choice",
        "by_you": False,
        "undo_by": None,
        "left_behind": False,
    }
    assert facts(turn, 0) == told
    assert facts(turn, 1) == {**told, "by_you": True, "undo_by": "2026-10-13T10:00:00Z"}
    for letter in letters(turn):
        assert (letter.opens, letter.closes) == (NOON - DAY, NOON + 2 * DAY)
        assert letter.reason == "left out (choice)"


def test_without_a_next_1_1_and_without_undo() -> None:
    known = skipped("silence", "")
    undo = Undo("skip", "mentee", NOON - DAY, NOON, name=str(ORIGIN))
    told = facts(out(known, meetings=(known,), undo=(undo,)), 1)
    assert (told["next_start"], told["undo_by"], told["why"]) == (None, None, "silence")


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, []),
        ({"settled_at": NOON - DAY + HOUR}, ["ben left-out"]),  # said again: answered again
        (
            {"settled_at": NOON - DAY + HOUR, "moved_at": NOON - DAY},
            ["ana left-out", "ben left-out"],
        ),
        ({"settled_by": "silence", "said_by": ""}, ["ben left-out"]),  # UNDO, and no word then
    ],
)
def test_it_is_told_again_to_who_says_it_again_and_to_who_has_heard_otherwise_since(
    more: dict[str, Any], expected: list[str]
) -> None:
    read = {each.stem: mark(basis=each.basis) for each in letters(out(skipped()))}
    assert named(out(skipped(**more), NOON - DAY + HOUR, marks=read)) == expected


@pytest.mark.parametrize(
    ("settled", "morning"),
    [
        ("Mon 12 Oct 01:30 Berlin", "Mon 12 Oct 07:00 Berlin"),
        ("Mon 12 Oct 21:30 Berlin", "Tue 13 Oct 07:00 Berlin"),
    ],
)
def test_at_night_the_answer_goes_at_once_and_the_other_one_waits(
    settled: str, morning: str
) -> None:
    known = skipped(settled_at=moment(settled))
    turn = out(known, settled)
    assert named(turn) == ["ben left-out"]
    assert turn.watch.wake_at == moment(morning)
    assert [each.opens for each in letters(out(known, morning))] == [
        moment(morning),
        moment(settled),
    ]


def test_within_hours_nobody_waits() -> None:
    known = skipped(settled_at=moment("Tue 13 Oct 03:30 Berlin"))
    assert named(out(known, "Tue 13 Oct 03:30 Berlin")) == ["ana left-out", "ben left-out"]


def test_the_answer_to_ones_own_word_does_not_count_for_the_caps_and_the_other_ones_does() -> None:
    turn = out(skipped())
    assert [(each.role, each.counts) for each in turn.state.sent] == [
        ("mentor", True),
        ("mentee", False),
    ]


def test_what_stands_on_no_calendar_ahead_is_not_waited_for() -> None:
    known = skipped("silence", "", gone=False, place=None)
    assert named(out(known)) == ["ana left-out", "ben left-out"]
