"""Signs of life as tables: how silence is counted, when it is asked about, and what no answer leads to (LETTERS 2).

Not the letters about it: tests/stories/test_still_good.py. Not the contact's list: test_programs.py.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from daemon.decide.seen import PairingTurn
from daemon.decide.still_good import (
    answered_still_good,
    ask_whether_still_good,
    heard,
    letter_came,
    silent_still_good,
)
from daemon.domain.cadence import Cadence, Step
from daemon.domain.effect import TellAdmin
from daemon.domain.observation import SignSeen
from daemon.domain.pair import Sign
from daemon.domain.question import Question
from daemon.domain.value import replace
from daemon.domain.world import Commitment
from tests.decide.pair_cast import DAY, MINUTE, NOW, ORIGIN, WEEK, reasons, turn_of
from tests.stories.cast import KOSS, line

SILENT = Sign("mentee", NOW - 60 * DAY, 3, NOW - 3 * WEEK)
QUESTION = Question("still-good", "mentee", "since-1", NOW - WEEK, NOW, told_at=NOW - 6 * DAY)


def turn(*signs: Sign, settings: dict[str, Any] | None = None, **known: Any) -> PairingTurn:
    return turn_of(signs=signs, program=replace(KOSS, **(settings or {})), **known)


# --- letters that ask something


@pytest.mark.parametrize(
    ("touchpoint", "counts"),
    [
        *((each, True) for each in (
            "prep-mentee", "notes", "proposal", "proposal-mentor", "proposal-nudge", "slot-gone",
            "welcome-mentor-connected", "welcome-mentee", "setup-nudge",
        )),
        *((each, False) for each in ("prep-mentor", "copy", "moved", "started", "ack", "still-good", "off")),
    ],
)  # fmt: skip
def test_only_a_letter_that_asks_something_makes_silence_mean_something(
    touchpoint: str, counts: bool
) -> None:
    draft = turn()
    letter_came(draft, f"{touchpoint}/pairing/ana-ben/{ORIGIN}/ben", NOW - MINUTE)
    assert draft.state.signs == ((Sign("mentee", None, 1, NOW - MINUTE),) if counts else ())


def test_each_counts_for_its_reader_since_the_first_of_them() -> None:
    first = Sign("mentee", NOW - 9 * DAY, 1, NOW - DAY)
    draft = turn(first)
    letter_came(draft, f"notes/pairing/ana-ben/{ORIGIN}/ben", NOW)
    letter_came(draft, f"notes/pairing/ana-ben/{ORIGIN}/ana", NOW)
    letter_came(draft, f"notes/pairing/ana-ben/{ORIGIN}/x-ben", NOW)  # nobody of this pair
    assert draft.state.signs == (replace(first, asked=2), Sign("mentor", None, 1, NOW))


@pytest.mark.parametrize(
    ("sign", "listed"),
    [
        (Sign("mentee", None, 0), False),
        (Sign("mentee", None, 1, NOW - DAY), True),  # the second, and never a word
        (Sign("mentee", None, 2, NOW - DAY), False),  # the contact's list has that person already
        (Sign("mentee", NOW - 9 * DAY, 1, NOW - DAY), False),
    ],
)
def test_after_two_letters_without_any_sign_of_life_the_contact_is_to_know(
    sign: Sign, listed: bool
) -> None:
    draft = turn(sign)
    letter_came(draft, f"notes/pairing/ana-ben/{ORIGIN}/ben", NOW)
    expected = [("program/koss", SignSeen("ben", True, NOW))] if listed else []
    assert draft.forwarded == expected


@pytest.mark.parametrize(
    ("lane", "kind", "name", "listed"),
    [
        ("pairing/dan-ben", "told", "alive/koss", False),
        ("pairing/ana-ben", "told", "alive/koss", True),  # this one: before it was forgotten
        ("pairing/dan-ben", "told", "alive/other", True),  # its letters come from elsewhere
        ("pairing/dan-ben", "letter", "alive/koss", True),
    ],
)
def test_unless_a_sign_of_life_came_in_another_pairing_of_the_same_program(
    lane: str, kind: Any, name: str, listed: bool
) -> None:
    bound = Commitment(lane, kind, NOW - DAY, NOW - DAY, name)
    draft = turn(Sign("mentee", None, 1, NOW - DAY), bounds={"ben": (bound,)})
    letter_came(draft, f"notes/pairing/ana-ben/{ORIGIN}/ben", NOW)
    assert [seen for _, seen in draft.forwarded] == ([SignSeen("ben", True, NOW)] if listed else [])


# --- a sign of life


@pytest.mark.parametrize(
    ("sign", "unlisted"),
    [
        (Sign("mentee", None, 2, NOW - DAY), True),
        (Sign("mentee", None, 5, NOW - DAY), True),
        (Sign("mentee", None, 1, NOW - DAY), True),  # another pairing may have listed them
        (Sign("mentee"), True),
        (Sign("mentee", NOW - DAY, 5, NOW - DAY), False),
    ],
)
def test_a_sign_of_life_begins_the_count_anew_and_takes_off_the_list(
    sign: Sign, unlisted: bool
) -> None:
    mentor = Sign("mentor", None, 4, NOW - DAY)
    draft = turn(sign, mentor)
    heard(draft, "mentee", NOW)
    assert draft.state.signs == (mentor, Sign("mentee", NOW, 0, None))
    expected = [("program/koss", SignSeen("ben", False, NOW))] if unlisted else []
    assert draft.forwarded == expected


def test_a_question_that_has_not_gone_is_dropped() -> None:
    draft = turn(questions=(replace(QUESTION, told_at=None),))
    heard(draft, "mentee", NOW)
    assert draft.state.questions == ()
    assert reasons(draft) == ["a sign of life before the question whether it is still good went"]


@pytest.mark.parametrize(
    ("question", "role", "at", "said"),
    [
        (QUESTION, "mentee", NOW, True),
        (QUESTION, "mentor", NOW, False),
        (QUESTION, "mentee", NOW - 6 * DAY - MINUTE, False),  # before the letter
        (replace(QUESTION, kind="kindly"), "mentee", NOW, False),
    ],
)
def test_that_it_came_after_the_question_is_said(
    question: Question, role: Any, at: datetime, said: bool
) -> None:
    draft = turn(questions=(question,))
    heard(draft, role, at)
    why = "a sign of life after the question whether it is still good"
    assert reasons(draft) == ([why] if said else [])


# --- the question


@pytest.mark.parametrize(
    ("sign", "known", "asked"),
    [
        (SILENT, {}, True),
        (replace(SILENT, asked=2), {}, False),
        (replace(SILENT, asked=9), {}, True),
        (replace(SILENT, asked_since=NOW - 3 * WEEK + MINUTE), {}, False),
        (replace(SILENT, role="mentor"), {}, False),
        (replace(SILENT, asked_since=None), {}, False),
        (SILENT, {"standing": "paused"}, False),
        (SILENT, {"standing": "closing"}, False),
        (SILENT, {"settings": {"still_good_letters": 0}}, False),
        (SILENT, {"settings": {"still_good_letters": 4}}, False),
        (SILENT, {"settings": {"still_good_steps": 4}}, False),
        (SILENT, {"of": replace(line(), cadence=Cadence(Step(weeks=2)))}, False),
        (replace(SILENT, asked_since=NOW - 6 * WEEK), {"of": replace(line(), cadence=Cadence(Step(weeks=2)))}, True),
    ],
)  # fmt: skip
def test_after_three_letters_over_three_steps_the_mentee_is_asked(
    sign: Sign, known: dict[str, Any], asked: bool
) -> None:
    draft = turn(sign, **known)
    ask_whether_still_good(draft)
    occasion = f"since-{sign.asked_since:%Y%m%dT%H%M%S}" if sign.asked_since else ""
    assert draft.state.questions == (
        (Question("still-good", "mentee", occasion, NOW, NOW + 7 * DAY),) if asked else ()
    )


def test_it_wakes_when_the_three_steps_are_over() -> None:
    draft = turn(replace(SILENT, asked_since=NOW - 3 * WEEK + MINUTE))
    ask_whether_still_good(draft)
    assert draft.watch.wake_at == NOW + MINUTE


def test_while_it_is_asked_it_is_not_asked_again() -> None:
    draft = turn(SILENT, questions=(QUESTION,))
    ask_whether_still_good(draft)
    assert draft.state.questions == (QUESTION,)


# --- what is answered, and what is not


@pytest.mark.parametrize(
    ("number", "standing", "by", "asked"),
    [
        (1, "active", "", []),
        (2, "active", "", [("wish", "mentor")]),
        (3, "paused", "mentee", []),
        (4, "closing", "", []),
    ],
)
def test_its_four_answers(number: int, standing: str, by: str, asked: list[Any]) -> None:
    draft = turn(SILENT, questions=(QUESTION,))
    answered_still_good(draft, QUESTION, number)
    state = draft.state
    assert (state.standing, state.pause.by if state.pause else "") == (standing, by)
    assert [(q.kind, q.role) for q in state.questions] == asked
    assert state.stopped_by == ("mentee" if number == 4 else "")
    assert (reasons(draft) == ["it is still good"]) is (number == 1)


def test_who_stops_has_the_notice_of_the_program() -> None:
    draft = turn(SILENT, questions=(QUESTION,))
    answered_still_good(draft, QUESTION, 4)
    assert f"{draft.state.agreed.ends}" == "2026-10-21"


@pytest.mark.parametrize(
    ("question", "sign", "known", "paused", "told"),
    [
        (QUESTION, SILENT, {}, True, ["paused-by-silence"]),
        (QUESTION, Sign("mentee"), {}, True, ["paused-by-silence"]),
        (QUESTION, replace(SILENT, heard_at=NOW - WEEK - MINUTE), {}, True, ["paused-by-silence"]),
        # any sign of life since is enough
        (QUESTION, replace(SILENT, heard_at=NOW - WEEK + MINUTE), {}, False, []),
        # only the mentor's
        (QUESTION, replace(SILENT, role="mentor", heard_at=NOW), {}, True, ["paused-by-silence"]),
        # who was never asked has not been silent
        (replace(QUESTION, told_at=None), SILENT, {}, False, []),
        # what ends anyway is not paused
        (QUESTION, SILENT, {"standing": "closing"}, False, []),
    ],
)
def test_what_no_answer_leads_to(
    question: Question, sign: Sign, known: dict[str, Any], paused: bool, told: list[str]
) -> None:
    draft = turn(sign, questions=(question,), **known)
    silent_still_good(draft, question)
    pause = draft.state.pause
    assert (pause and (pause.by, pause.until)) == (("silence", None) if paused else None)
    assert [e.change for e in draft.effects] == [TellAdmin(each) for each in told]
    assert [e.reason for e in draft.effects] == ["no answer to whether it is still good"] * len(
        told
    )
    assert draft.state.questions == ()


def test_why_nothing_is_paused_is_said() -> None:
    draft = turn(replace(SILENT, heard_at=NOW), questions=(QUESTION,))
    silent_still_good(draft, QUESTION)
    assert reasons(draft) == ["there was a sign of life: nothing is paused"]
