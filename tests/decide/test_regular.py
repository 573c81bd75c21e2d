"""The conversation about a regular time: when one is looked for, and who is asked what until when (RULES 6, 7).

Not which times suit: test_regular_searched.py. Not what follows from an answer: test_regular_rounds.py.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from daemon.decide.regular import (
    look_for_time,
    open_regular,
    time_is_fixed,
)
from daemon.domain.cadence import Cadence, RegularTime, Step
from daemon.domain.pair import Agreed
from daemon.domain.proposal import Proposal
from daemon.domain.value import replace
from daemon.domain.world import Mark
from tests.decide.pair_cast import DAY, HALF_HOUR, reasons
from tests.decide.regular_cast import LINE, NOW, berlin, hours, opened, series, shown, told, turn_of
from tests.stories.cast import BEN, PATIENT, line

ACTIVE: dict[str, Any] = {"standing": "active", "wants_time": "change", "mentee_yes": NOW}

# --- another one is wanted


@pytest.mark.parametrize(
    ("locked", "sessions", "fixed"),
    [((), 0, False), (("cadence",), 0, False), (("at",), 0, True), ((), 1, True), ((), 6, True)],
)
def test_a_time_is_fixed_where_the_program_locks_it_or_plans_single_sessions(
    locked: tuple[Any, ...], sessions: int, fixed: bool
) -> None:
    cadence = Cadence(Step(weeks=1), sessions, 90)
    turn = turn_of(replace(LINE, cadence=cadence), program=replace(PATIENT, locked=locked))
    assert time_is_fixed(turn) is fixed


def test_a_wish_that_the_program_does_not_leave_them_is_for_the_contact() -> None:
    turn = turn_of(program=replace(PATIENT, locked=("at",)), standing="active", wants_time="")
    before = turn.state
    look_for_time(turn, "mentee")
    what = "a wish for another regular time, which this program fixes"
    assert told(turn) == [("for-contact", {"what": what})]
    assert (turn.state, reasons(turn)) == (before, [])
    assert [each.reason for each in turn.effects] == [what]


@pytest.mark.parametrize(
    ("standing", "seeking", "expected"),
    [
        ("put", False, False),  # it goes on until another time is found
        ("asked", False, False),
        ("gone", False, True),
        ("ended", False, True),
        ("put", True, True),
    ],
)
def test_while_a_series_stands_its_time_counts_until_another_one_is_found(
    standing: str, seeking: bool, expected: bool
) -> None:
    agreed = Agreed(at=RegularTime(1, 15, 0), seeking=seeking)
    there = (series("2026-10-06T15:00", standing),)
    turn = turn_of(standing="active", wants_time="", agreed=agreed, series=there)
    look_for_time(turn, "mentor")
    assert turn.state.agreed == replace(agreed, seeking=expected)
    assert turn.state.wants_time == "change"
    assert reasons(turn) == ["another regular time is looked for (mentor)"]


def test_that_nobody_in_particular_wants_it_is_said_too() -> None:
    turn = turn_of(standing="active", wants_time="")
    look_for_time(turn)
    assert reasons(turn) == ["another regular time is looked for"]


# --- offered


def test_three_times_are_offered_to_the_mentee_for_a_week() -> None:
    turn = turn_of()
    proposal = opened(turn)
    assert shown(proposal.offers) == ["1 Tue 13 Oct 14:00", "2 Wed 14 Oct 14:00", "3 Thu 15 Oct 14:00"]  # fmt: skip
    assert {(o.end - o.start, o.why, o.open) for o in proposal.offers} == {
        (HALF_HOUR, "free 8 times", True)
    }
    assert (proposal.kind, proposal.origin, proposal.cause) == ("series", None, "first")
    assert (proposal.asked, proposal.vetting, proposal.round) == ("mentee", False, 1)
    assert (proposal.opened_at, proposal.answer_by) == (NOW, NOW + 7 * DAY)
    assert (proposal.occasion, turn.state.wants_time) == (1, "")
    assert reasons(turn) == ["3 regular times offered (first)"]
    assert turn.effects == []


def test_another_time_for_a_running_pair_says_that_it_is_a_change() -> None:
    turn = turn_of(**ACTIVE)
    assert opened(turn).cause == "change"
    assert reasons(turn) == ["3 regular times offered (change)"]


@pytest.mark.parametrize(
    ("cause", "mentor_yes", "known", "initiator", "vetting"),
    [
        ("change", NOW, True, "mentee", False),
        ("change", NOW, False, "mentee", True),
        ("change", NOW, True, "mentor", True),
        # who has just said yes to the welcome is not asked once more
        ("first", NOW, True, "mentor", False),
        ("first", None, True, "mentor", True),
        ("first", NOW, False, "mentor", True),
        ("first", NOW, False, "mentee", True),
        ("first", NOW, True, "mentee", False),
    ],
)
def test_the_mentor_is_asked_first_where_that_is_the_way_or_the_calendar_is_hidden(
    cause: str, mentor_yes: datetime | None, known: bool, initiator: Any, vetting: bool
) -> None:
    program = replace(PATIENT, initiator=initiator)
    mentor = () if known else None
    turn = turn_of(program=program, mentor=mentor, mentor_yes=mentor_yes, wants_time=cause)
    assert opened(turn).vetting is vetting


@pytest.mark.parametrize(
    ("known", "answer_by"),
    [
        (True, berlin(10, 20, 3, 30)),  # 07:00 in Kolkata
        (False, berlin(10, 20, 7)),
    ],
)
def test_the_week_for_an_answer_begins_in_the_morning_of_who_is_asked(
    known: bool, answer_by: datetime
) -> None:
    """It is 23:00 in Berlin, and 02:30 in Kolkata."""
    far = replace(line(LINE.mentor, BEN), at=None)
    turn = turn_of(far, now=berlin(10, 12, 23), mentor=() if known else None)
    assert opened(turn).answer_by == answer_by


def test_every_list_has_a_number_of_its_own() -> None:
    def closed(kind: Any, occasion: int) -> Proposal:
        return Proposal(None, "mentee", "change", NOW, NOW, (), occasion, kind=kind)

    mark = Mark(1, "", "settled", NOW)
    for marks, earlier, expected in (
        ((), (), 1),
        (("regular-time/pairing/ana-dan/series#3.1/dan",), (), 4),
        (("proposal/pairing/ana-dan/session#3.1/dan",), (), 1),
        ((), (closed("series", 2), closed("series", 1)), 3),
        ((), (closed("session", 2),), 1),
        (("setup-nudge/pairing/ana-dan/series#1.2/dan",), (closed("series", 2),), 3),
    ):
        turn = turn_of(marks=dict.fromkeys(marks, mark), closed_proposals=earlier)
        assert opened(turn).occasion == expected


def test_busy_times_that_were_not_read_leave_everything_as_it_is() -> None:
    turn = turn_of()
    turn.busy.clear()
    before = turn.state
    open_regular(turn)
    assert (turn.state, len(turn.needs)) == (before, 1)


def test_where_nothing_suits_the_contact_is_told_and_it_is_looked_at_a_day_later() -> None:
    turn = turn_of(hours((1, 6, 7)))  # the mentee is there from 8 on
    open_regular(turn)
    assert told(turn) == [("no-time-found", {"what": "series"})]
    assert [each.reason for each in turn.effects] == ["no regular time suits both"]
    assert turn.state.proposal is None
    assert turn.watch.wake_at == NOW + DAY


@pytest.mark.parametrize("wants", ["first", "change"])
def test_it_is_wanted_until_it_is_found_and_told_once(wants: Any) -> None:
    turn = turn_of(hours((1, 6, 7)), **{**ACTIVE, "wants_time": wants})
    for _ in range(3):
        open_regular(turn)
        turn.now += DAY
    assert (turn.state.wants_time, turn.state.proposal) == (wants, None)
    assert told(turn) == [("no-time-found", {"what": "series"})]
    turn.state = replace(turn.state, line=LINE)
    assert opened(turn).cause == wants
    assert turn.state.wants_time == ""


@pytest.mark.parametrize(("wants", "left"), [("first", ""), ("change", "change")])
def test_a_first_time_that_the_files_name_meanwhile_is_not_looked_for(
    wants: Any, left: str
) -> None:
    turn = turn_of(replace(hours((1, 6, 7)), at=RegularTime(1, 6, 0)), wants_time=wants)
    open_regular(turn)
    assert (turn.state.wants_time, turn.state.proposal) == (left, None)
    assert told(turn) == [("no-time-found", {"what": "series"})] * bool(left)


def test_nor_is_one_that_the_program_fixes_meanwhile() -> None:
    turn = turn_of(program=replace(PATIENT, locked=("at",)), **ACTIVE)
    open_regular(turn)
    assert (turn.state.wants_time, turn.state.proposal, told(turn)) == ("", None, [])
