"""Who is asked to agree, and when, as tables; what an answer leaves behind.

Not the letters, and not what a pairing waits for besides: tests/stories/test_agreement.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from daemon.decide.agreeing import (
    agreed_to,
    answered_agreement,
    ask_to_agree,
    consents_given,
    drop_old_text,
)
from daemon.decide.agreeing import wrote_instead as wrote
from daemon.decide.seen import PairingTurn
from daemon.domain.alone import AgreedTo, Agreement, Alone
from daemon.domain.people import Role
from daemon.domain.value import replace
from tests.decide.pair_cast import BEGUN, DAY, LONG_AGO, NOW, ruled, turn_of, wakes

TEXT = Agreement("We meet.", "aaaa111", "2027-1")
OTHER = Agreement("We meet often.", "bbbb222", "2027-1")
YES: dict[str, Any] = {"mentor_yes": BEGUN, "mentee_yes": BEGUN}


def of(*agreed: tuple[Role, Agreement]) -> Alone:
    return Alone(tuple(AgreedTo(role, each.version, each.mark, LONG_AGO) for role, each in agreed))


def turn(text: Agreement | None = TEXT, **state: Any) -> PairingTurn:
    wishes = {"standing": "invited", "since": BEGUN, "now": NOW, **YES, **state}
    return turn_of(program=ruled(agreement=text), **wishes)


def asking(text: Agreement | None = TEXT, **state: Any) -> PairingTurn:
    found = turn(text, **state)
    ask_to_agree(found)
    return found


def asked(found: PairingTurn) -> list[tuple[str, str, bool]]:
    return [(q.role, q.occasion, q.facts["renewal"]) for q in found.state.questions]


FIRST = [("mentor", "mentor-aaaa111-20261007", False), ("mentee", "mentee-aaaa111-20261007", False)]
AGAIN = [("mentor", "mentor-aaaa111", True), ("mentee", "mentee-aaaa111", True)]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ({}, FIRST),
        ({"mentee_yes": None}, []),
        ({"mentor_yes": None}, []),
        ({"text": None}, []),
        ({"alone": of(("mentor", TEXT))}, FIRST[1:]),
        ({"alone": of(("mentor", OTHER), ("mentee", TEXT))}, FIRST[:1]),
        ({"standing": "active"}, AGAIN),
        ({"standing": "active", "alone": of(("mentor", OTHER), ("mentee", OTHER))}, AGAIN),
        ({"standing": "active", "alone": of(("mentor", TEXT), ("mentee", OTHER))}, AGAIN[1:]),
        ({"standing": "paused"}, []),
        ({"standing": "closing"}, []),
    ],
)
def test_who_is_asked(state: dict[str, Any], expected: Any) -> None:
    assert asked(asking(**state)) == expected


@pytest.mark.parametrize(
    ("text", "alone", "given"),
    [
        (None, Alone(), True),
        (TEXT, Alone(), False),
        (TEXT, of(("mentor", TEXT)), False),
        (TEXT, of(("mentor", TEXT), ("mentee", OTHER)), False),
        (TEXT, of(("mentor", TEXT), ("mentee", TEXT)), True),
    ],
)
def test_what_a_pairing_waits_for(text: Agreement | None, alone: Alone, given: bool) -> None:
    assert consents_given(turn(text, alone=alone)) is given


@pytest.mark.parametrize(("text", "left"), [(None, []), (OTHER, []), (TEXT, FIRST)])
def test_a_question_about_a_text_that_counts_no_more_is_closed(
    text: Agreement | None, left: Any
) -> None:
    found = turn(text, questions=asking().state.questions)
    drop_old_text(found)
    assert asked(found) == left


def test_before_it_begins_it_is_waited_for_and_a_new_text_has_two_weeks() -> None:
    assert {q.answer_by - NOW for q in asking().state.questions} == {365 * DAY}
    assert {q.answer_by - NOW for q in asking(standing="active").state.questions} == {14 * DAY}


def test_the_state_holds_no_word_of_the_text() -> None:
    assert all("We meet" not in str(q.facts) for q in asking().state.questions)


@pytest.mark.parametrize(
    ("told_days", "answered", "expected", "wake"),
    [
        (6, 0, [], "2026-10-08T10:00"),
        (7, 0, ["agreement-silent"], "2026-10-14T10:00"),  # when the letter to the contact closes
        (7, 2, [], ""),
    ],
)
def test_after_a_week_the_contact_is_told(
    told_days: int, answered: int, expected: list[str], wake: str
) -> None:
    (question, _) = asking().state.questions
    known = replace(question, told_at=NOW - told_days * DAY, answered=answered)
    found = asking(questions=(known,), alone=of(("mentee", TEXT)))
    told = [each.change.fact for each in found.effects]  # type: ignore[union-attr]
    assert (told, wakes(found)) == (expected, wake)


def test_agree_is_kept_with_version_and_instant_in_place_of_the_earlier_one() -> None:
    found = asking(alone=of(("mentor", OTHER), ("mentee", OTHER)))
    answered_agreement(found, found.state.questions[0], 1)
    assert agreed_to(found, "mentor") == AgreedTo("mentor", "2027-1-aaaa111", "aaaa111", NOW)
    assert len(found.state.alone.agreed_to) == 2
    assert asked(found) == FIRST[1:]


@pytest.mark.parametrize(("standing", "waits"), [("invited", True), ("active", False)])
def test_whoever_does_not_agree_is_still_heard_before_it_begins(standing: str, waits: bool) -> None:
    found = asking(standing=standing)
    assert wrote(found, "mentor") is waits
    known = [(q.role, q.answered) for q in found.state.questions]
    assert sorted(known) == ([("mentee", 0), ("mentor", 2)] if waits else [("mentee", 0)])
    assert wrote(turn(), "mentor") is False
