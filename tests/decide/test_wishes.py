"""Wishes as tables: what each of them asks of the other one, what a yes changes, and when nobody is asked (RULES 11).

Not the letters about them: tests/stories/test_wishes.py.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from daemon.decide.seen import PairingTurn
from daemon.decide.wishes import (
    answered_wish,
    silent_wish,
    wish_cadence,
    wish_rarer,
    wish_shorter,
)
from daemon.domain.cadence import Cadence, RegularTime, Step
from daemon.domain.effect import SendLetter, TellAdmin
from daemon.domain.meeting import Origin
from daemon.domain.pair import Agreed
from daemon.domain.question import Question
from daemon.domain.value import replace
from tests.decide.pair_cast import DAY, MINUTE, NOW, START
from tests.decide.tuesday_cast import FALLEN, PLANNED
from tests.decide.wishes_cast import ASKED, turn
from tests.stories.cast import TUESDAY_15, line
from tests.stories.people import moment

MONTHLY = Cadence(Step(months=1, nth=1))
QUARTERLY = Cadence(Step(months=3, nth=1))


def asks(draft: PairingTurn) -> list[tuple[str, dict[str, Any]]]:
    assert all(q.kind == "wish" for q in draft.state.questions)
    return [(q.role, q.facts) for q in draft.state.questions]


def told(draft: PairingTurn) -> list[Any]:
    return [e.change for e in draft.effects if isinstance(e.change, TellAdmin)]


# --- another rhythm


@pytest.mark.parametrize(
    ("word", "weeks", "months"),
    [("biweekly", 2, 0), ("monthly", 0, 1), ("quarterly", 0, 3)],
)
def test_another_rhythm_is_asked_of_the_other_who_has_a_week(
    word: str, weeks: int, months: int
) -> None:
    draft = turn()
    assert wish_cadence(draft, "mentee", word, "m1")
    facts = {"what": "cadence", "weeks": weeks, "months": months}
    assert draft.state.questions == (
        Question("wish", "mentor", "m1", NOW, NOW + timedelta(days=7), facts),
    )
    other = turn(replace(line(), cadence=MONTHLY))
    assert wish_cadence(other, "mentor", "weekly", "m1")
    assert asks(other) == [("mentee", {"what": "cadence", "weeks": 1, "months": 0})]


@pytest.mark.parametrize(
    ("word", "changed", "asked"),
    [
        ("biweekly", {"standing": "paused"}, True),
        ("biweekly", {"standing": "invited"}, False),
        ("biweekly", {"standing": "closing"}, False),
        ("biweekly", {"standing": "closed"}, False),
        ("biweekly", {"locked": ("cadence",)}, False),
        ("biweekly", {"locked": ("at", "length", "ends")}, True),
        ("biweekly", {"own": replace(line(), cadence=Cadence(Step(weeks=1), 4, 84))}, False),
        ("weekly", {}, False),  # so it is already
        ("monthly", {"own": replace(line(), cadence=MONTHLY)}, False),
        ("quarterly", {"own": replace(line(), cadence=MONTHLY)}, True),
        ("biweekly", {"agreed": Agreed(step=Step(weeks=2))}, False),
        ("weekly", {"agreed": Agreed(step=Step(weeks=2))}, True),
        ("fortnightly", {}, False),  # no word for it
    ],
)
def test_when_a_rhythm_can_be_wished_for(word: str, changed: dict[str, Any], asked: bool) -> None:
    draft = turn(**changed)
    assert wish_cadence(draft, "mentee", word, "m1") is asked
    assert len(draft.state.questions) == asked


@pytest.mark.parametrize(
    ("step", "weeks", "months"),
    [
        (Step(weeks=1), 2, 0),
        (Step(weeks=2), 0, 1),
        (Step(weeks=3), 0, 1),
        (Step(months=1, nth=1), 0, 3),
        (Step(months=2, nth=1), 0, 3),
    ],
)
def test_less_often_is_one_rung(step: Step, weeks: int, months: int) -> None:
    draft = turn(replace(line(), cadence=Cadence(step)))
    wish_rarer(draft, "mentee")
    assert asks(draft) == [("mentor", {"what": "cadence", "weeks": weeks, "months": months})]
    assert draft.state.questions[0].occasion == "rarer-20261007T080000"
    assert told(draft) == []


@pytest.mark.parametrize(
    ("cadence", "locked", "standing"),
    [
        (QUARTERLY, (), "active"),
        (Cadence(Step(months=6, nth=1)), (), "active"),
        (Cadence(), ("cadence",), "active"),
        (Cadence(Step(weeks=1), 4, 84), (), "active"),  # a plan of so many sessions
        (Cadence(), (), "closing"),
    ],
)
def test_below_the_last_rung_or_where_it_cannot_be_the_contact_hears_of_it(
    cadence: Cadence, locked: tuple[str, ...], standing: str
) -> None:
    draft = turn(replace(line(), cadence=cadence), locked, standing=standing)
    wish_rarer(draft, "mentee")
    what = "a wish to meet less often than this program can"
    assert (asks(draft), told(draft)) == ([], [TellAdmin("for-contact", {"what": what})])


# --- shorter


@pytest.mark.parametrize(
    ("lengths", "minutes"),
    [
        ((90,), 60),
        ((60,), 40),
        ((50,), 30),
        ((45,), 30),
        ((30,), 20),
        ((25,), 15),
        ((20,), 15),  # never less than a quarter of an hour
        ((16,), 15),
        ((30, 60), 30),  # of two that alternate the shorter one
        ((60, 30), 30),
    ],
)
def test_shorter_is_about_two_thirds_in_steps_of_five_minutes(
    lengths: tuple[int, ...], minutes: int
) -> None:
    draft = turn(replace(line(), lengths_minutes=lengths))
    wish_shorter(draft, "mentee")
    assert asks(draft) == [("mentor", {"what": "length", "minutes": minutes})]
    assert draft.state.questions[0].occasion == "shorter-20261007T080000"
    assert told(draft) == []


@pytest.mark.parametrize(("lengths", "locked"), [((15,), ()), ((10,), ()), ((60,), ("length",))])
def test_where_it_cannot_be_shorter_the_contact_hears_of_it(
    lengths: tuple[int, ...], locked: tuple[str, ...]
) -> None:
    draft = turn(replace(line(), lengths_minutes=lengths), locked)
    wish_shorter(draft, "mentee")
    what = "a wish for shorter 1:1s than this program can"
    assert (asks(draft), told(draft)) == ([], [TellAdmin("for-contact", {"what": what})])


# --- asked once, and agreed to


def test_twice_the_same_from_one_is_asked_once() -> None:
    draft = turn(questions=(ASKED,))
    wish_cadence(draft, "mentee", "biweekly", "m2")
    assert (draft.state.questions, draft.state.agreed) == ((ASKED,), Agreed())


def test_the_same_from_the_other_is_a_yes() -> None:
    draft = turn(questions=(ASKED,))
    wish_cadence(draft, "mentor", "biweekly", "m2")
    assert (draft.state.questions, draft.state.agreed.step) == ((), Step(weeks=2))


@pytest.mark.parametrize(("role", "other"), [("mentee", "mentor"), ("mentor", "mentee")])
def test_another_wish_takes_the_place_of_the_first(role: Any, other: str) -> None:
    draft = turn(questions=(ASKED,))
    wish_cadence(draft, role, "monthly", "m2")
    assert asks(draft) == [(other, {"what": "cadence", "weeks": 0, "months": 1})]
    assert draft.state.agreed == Agreed()


def agreed_to(facts: dict[str, Any], **known: Any) -> Agreed:
    question = replace(ASKED, facts=facts)
    draft = turn(questions=(question,), **known)
    answered_wish(draft, question, 1)
    assert (draft.state.questions, draft.effects) == ((), [])
    assert [each.text for each in draft.reasons] == ["both agree: cadence or length changes"]
    return draft.state.agreed


def test_a_yes_changes_what_was_asked_and_keeps_what_was_agreed_on_before() -> None:
    before = Agreed(at=RegularTime(3, 10, 0), step=Step(weeks=2), ends=date(2027, 6, 30))
    shorter = agreed_to({"what": "length", "minutes": 20}, agreed=before)
    assert shorter == replace(before, lengths_minutes=(20,))
    weekly = agreed_to({"what": "cadence", "weeks": 1, "months": 0}, agreed=before)
    assert weekly == replace(before, step=Step(weeks=1))


@pytest.mark.parametrize(
    ("meetings", "nth"),
    [
        ((PLANNED,), 2),
        ((replace(PLANNED, start=NOW),), 1),  # it has begun
        ((replace(PLANNED, start=NOW + MINUTE),), 2),
        ((FALLEN,), 1),
        ((), 1),
        # the first of those to come says it, and of a moved one its own day
        ((replace(PLANNED, origin=Origin("2026-10-20T15:00", "Europe/Berlin")), PLANNED), 2),
        ((replace(PLANNED, standing="moved", start=START + 7 * DAY),), 2),
        ((replace(PLANNED, origin=Origin("2026-10-29T15:00", "Europe/Berlin")),), -1),
    ],
)
def test_a_monthly_1_1_keeps_the_day_of_the_next_date(meetings: Any, nth: int) -> None:
    found = agreed_to({"what": "cadence", "weeks": 0, "months": 3}, meetings=meetings)
    assert (found.step, found.at) == (Step(months=3, nth=1), replace(TUESDAY_15, nth=nth))


def test_by_weeks_again_no_weekday_of_the_month_counts() -> None:
    own = replace(line(at=replace(TUESDAY_15, nth=3)), cadence=MONTHLY)
    found = agreed_to({"what": "cadence", "weeks": 2, "months": 0}, own=own, meetings=(PLANNED,))
    assert (found.step, found.at) == (Step(weeks=2), TUESDAY_15)


def test_without_a_regular_time_only_the_rhythm_is_agreed_on() -> None:
    own = replace(line(), at=None)
    found = agreed_to({"what": "cadence", "weeks": 0, "months": 1}, own=own, meetings=(PLANNED,))
    assert found == Agreed(step=Step(months=1, nth=1))


@pytest.mark.parametrize("silent", [True, False])
def test_a_no_and_silence_change_nothing_and_who_wished_it_hears_so(silent: bool) -> None:
    draft = turn(questions=(ASKED,))
    silent_wish(draft, ASKED) if silent else answered_wish(draft, ASKED, 2)
    assert (draft.state.questions, draft.state.agreed) == ((), Agreed())
    (letter,) = [e.change for e in draft.effects if isinstance(e.change, SendLetter)]
    assert (letter.touchpoint, letter.person, letter.facts["what"]) == ("ack", "ben", "wish-no")
    assert draft.effects[0].stem == "ack/pairing/ana-ben/wish-no.m1/ben"
    why = "the wish was not agreed to: everything stays as it is"
    assert [each.text for each in draft.reasons] == ([] if silent else [why])


@pytest.mark.parametrize("silent", [True, False])
@pytest.mark.parametrize(
    ("now", "morning"),
    [
        ("Wed 7 Oct 20:59", ""),
        ("Wed 7 Oct 21:00", "Thu 8 Oct 07:00"),
        ("Thu 8 Oct 06:59", "Thu 8 Oct 07:00"),
        ("Thu 8 Oct 07:00", ""),
    ],
)
def test_who_wished_it_hears_of_it_by_day_and_until_then_it_can_still_be_agreed_to(
    now: str, morning: str, silent: bool
) -> None:
    draft = turn(questions=(ASKED,), now=moment(f"{now} Kolkata"))
    silent_wish(draft, ASKED) if silent else answered_wish(draft, ASKED, 2)
    if morning:
        at = moment(f"{morning} Kolkata")
        answered = 0 if silent else 2
        assert draft.state.questions == (replace(ASKED, answer_by=at, answered=answered),)
        assert (draft.effects, draft.watch.wake_at) == ([], at)
    else:
        assert (draft.state.questions, len(draft.effects)) == ((), 1)
