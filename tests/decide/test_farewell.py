"""The letters of the end, as tables: to whom, when, until when, with which dates and counts (RULES 3, LETTERS 4).

Not the end itself: test_stopping.py.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from daemon.decide.farewell import counts, end_letters
from daemon.decide.seen import PairingTurn
from daemon.domain.cadence import Cadence
from daemon.domain.meeting import Meeting
from daemon.domain.pair import Agreed, GoingOn, Tally
from daemon.domain.people import Days
from daemon.domain.proposal import Proposal
from daemon.domain.question import Question
from daemon.domain.thread import Action
from daemon.domain.value import replace
from tests.decide.pair_cast import (
    BEGUN,
    DAY,
    MINUTE,
    berlin,
    ruled,
    tuesday,
    tuesdays,
    turn_of,
    wakes,
    written,
)
from tests.stories.cast import line

AT = berlin("2026-10-07T10:00")
LAST = date(2026, 10, 27)


def told(*meetings: Meeting, **state: Any) -> PairingTurn:
    turn = turn_of(*meetings, **state)
    end_letters(turn)
    return turn


# --- ended


def stopped(*meetings: Meeting, **state: Any) -> PairingTurn:
    """Ben has ended it on Wednesday morning."""
    given = {"stopped_by": "mentee", "stopped_at": AT, "standing": "closing", "now": AT}
    return told(*meetings, **{**given, "agreed": Agreed(ends=date(2026, 10, 21)), **state})


def out(day: int, **more: Any) -> Meeting:
    return tuesday(day, "skipped", off="end", settled_by="rule", **{"settled_at": AT, **more})


def test_the_partner_alone_hears_by_day_that_it_ends_and_which_is_the_last() -> None:
    turn = stopped(tuesday(13), tuesday(20), out(27))
    assert written(turn) == {
        "ended ana": {
            "last_start": "2026-10-20T13:00:00Z", "out_start": "2026-10-27T14:00:00Z", "urgent": False,
        }
    }  # fmt: skip
    (effect,) = turn.effects
    assert (effect.opens, effect.closes) == (AT, AT + 14 * DAY)
    assert (effect.stem, effect.basis) == ("ended/pairing/ana-ben/stopped/ana", "ended")


def test_the_mentor_ended_it_and_the_mentee_hears() -> None:
    assert list(written(stopped(stopped_by="mentor"))) == ["ended ben"]


@pytest.mark.parametrize(
    "state", [{"stopped_by": "admin"}, {"stopped_by": ""}, {"stopped_at": None}]
)
def test_what_the_files_end_has_no_such_letter(state: dict[str, Any]) -> None:
    assert written(stopped(**state)) == {}


def test_without_any_1_1_ahead_no_date_is_named() -> None:
    facts = written(stopped(tuesday(6), out(6, settled_at=AT - DAY)))["ended ana"]
    assert facts == {"last_start": None, "out_start": None, "urgent": False}


def test_a_1_1_that_has_begun_is_neither_the_last_nor_left_out_ahead() -> None:
    begun = tuesday(6, start=AT)
    facts = written(stopped(begun, out(13, start=AT, settled_at=AT)))["ended ana"]
    assert facts == {"last_start": None, "out_start": None, "urgent": False}


@pytest.mark.parametrize("more", [{"settled_at": AT - DAY}, {"off": "pause"}])
def test_what_was_left_out_before_or_for_another_reason_is_not_named(more: Any) -> None:
    other = replace(out(13), **more)
    assert written(stopped(other, out(20)))["ended ana"]["out_start"] == "2026-10-20T13:00:00Z"


def test_at_night_it_waits_unless_it_takes_away_a_1_1_of_the_next_hours() -> None:
    night = berlin("2026-10-12T22:00")
    later = out(27, settled_at=night)
    turn = stopped(later, now=night, stopped_at=night)
    assert (written(turn), wakes(turn)) == ({}, "2026-10-13T07:00")
    assert list(written(stopped(later, now="2026-10-13T07:00", stopped_at=night))) == ["ended ana"]
    near = out(13, start=berlin("2026-10-13T08:00"), settled_at=night)
    facts = written(stopped(later, near, now=night, stopped_at=night))["ended ana"]
    assert (facts["urgent"], facts["out_start"]) == (True, "2026-10-13T06:00:00Z")


@pytest.mark.parametrize(
    ("more", "last"),
    [
        ({"until": date(2026, 10, 27)}, "2026-10-27T14:00:00Z"),
        ({"until": date(2026, 10, 27), "gaps": ("2026-10-27T15:00",)}, "2026-10-20T13:00:00Z"),
        ({"until": date(2026, 10, 27), "known_to": "2026-10-27T15:00"}, "2026-10-13T13:00:00Z"),
        ({"until": date(2026, 10, 27), "standing": "ended"}, "2026-10-13T13:00:00Z"),
        ({"until": None}, "2026-10-13T13:00:00Z"),
    ],
)
def test_the_last_one_may_be_a_date_that_is_no_meeting_yet(more: Any, last: str) -> None:
    series = tuesdays(**{"known_to": "2026-10-13T15:00", **more})
    assert written(stopped(tuesday(13), series=(series,)))["ended ana"]["last_start"] == last


def test_a_date_on_which_nothing_takes_place_is_not_the_last() -> None:
    program = ruled(breaks=(Days(date(2026, 10, 26), date(2026, 10, 30)),))
    series = tuesdays(known_to="2026-10-13T15:00", until=date(2026, 10, 27))
    facts = written(stopped(tuesday(13), series=(series,), program=program))["ended ana"]
    assert facts["last_start"] == "2026-10-20T13:00:00Z"


# --- farewell

DONE = Action("a", "mentee", "send the CV", AT, AT)
MET = (tuesday(13, "held"), tuesday(20, "held"), tuesday(27))


def bye(*meetings: Meeting, **state: Any) -> PairingTurn:
    """The day after the last 1:1, at 15:30."""
    given = {"now": "2026-10-28T15:30", "of": line(ends=LAST), "since": BEGUN}
    given |= {"standing": "closing"}
    return told(*(meetings or MET), **{**given, **state})


def test_the_day_after_the_last_1_1_both_read_what_they_have_done() -> None:
    turn = bye(
        tally=Tally(due=4, held=4, done=2), actions=(DONE, DONE, replace(DONE, done_at=None))
    )
    said = {
        "since": "2026-10-05", "held": 7, "done": 4, "last_start": "2026-10-27T14:00:00Z", "goals": [],
        "line_by": "2026-11-13", "reached": [], "reached_count": None, "later": None, "exit": False,
    }  # fmt: skip
    assert written(turn) == {"farewell ana": said, "farewell ben": said}
    assert {e.opens for e in turn.effects} == {berlin("2026-10-28T15:30")}
    assert {e.closes for e in turn.effects} == {berlin("2026-11-11T15:30")}
    assert {e.basis for e in turn.effects} == {"farewell"}
    assert turn.effects[0].stem == "farewell/pairing/ana-ben/last/ana"


def test_not_before_a_day_has_passed_and_by_day() -> None:
    turn = bye(now="2026-10-28T15:29")
    assert (written(turn), wakes(turn)) == ({}, "2026-10-28T15:30")
    late = tuesday(27, start=berlin("2026-10-27T17:00"))  # 21:30 in Kolkata when it ends
    turn = bye(late, now="2026-10-28T17:30")
    assert (list(written(turn)), wakes(turn)) == (["farewell ana"], "2026-10-29T02:30")


def test_it_may_be_read_for_two_weeks_after_the_end_where_that_comes_later() -> None:
    turn = bye(of=line(ends=date(2026, 11, 2)))
    assert {e.closes for e in turn.effects} == {berlin("2026-11-03T00:00") + 14 * DAY}
    assert written(turn)["farewell ana"]["line_by"] == "2026-11-19"


def test_a_last_line_is_taken_until_two_weeks_after_the_last_notes() -> None:
    late = tuesday(27, "moved", start=berlin("2026-10-30T22:00"))
    facts = written(bye(late, now="2026-10-31T22:30"))
    assert facts == {}  # it is night for both
    facts = written(bye(late, now="2026-11-01T09:00"))
    # closed on 2 November, 22:30 in Berlin, and that is the third in Kolkata
    assert (facts["farewell ana"]["line_by"], facts["farewell ben"]["line_by"]) == (
        "2026-11-15", "2026-11-16",
    )  # fmt: skip
    assert written(bye(standing="closed"))["farewell ana"]["line_by"] is None


@pytest.mark.parametrize(
    "state",
    [
        {"standing": "active"},
        {"standing": "paused"},
        {"stopped_by": "admin"},
        {"stopped_by": "mentee", "stopped_at": None},
        {"of": line()},  # it goes on
        {"proposal": Proposal(None, "mentee", "cancelled", AT, AT, ())},
    ],
)
def test_where_it_is_not_over_or_somebody_stopped_it_nobody_is_thanked(state: Any) -> None:
    assert written(bye(**state)) == {}


@pytest.mark.parametrize(
    "meetings",
    [
        (tuesday(13, "missed"), tuesday(20, "skipped", settled_by="choice")),  # they never met
        (tuesday(20, "held"), tuesday(27, start=berlin("2026-10-28T15:01"))),  # one is going on
    ],
)
def test_not_before_the_last_and_not_to_whom_never_met(meetings: tuple[Meeting, ...]) -> None:
    assert written(bye(*meetings)) == {}


def test_the_last_one_that_took_place_counts_and_not_what_fell_out_after_it() -> None:
    turn = bye(tuesday(13, "held"), tuesday(27, "missed"), tuesday(20, "held"))
    assert written(turn)["farewell ben"]["last_start"] == "2026-10-20T13:00:00Z"


def test_what_two_answers_came_to_is_told_with_the_other_letters_of_the_end() -> None:
    settled = GoingOn(LAST, {"mentor": "yes", "mentee": "yes"}, "mentee", AT, date(2027, 1, 30))
    assert list(written(told(now=AT, going_on=settled, of=line(ends=LAST)))) == ["ack ana"]


def test_as_long_as_one_may_still_say_yes_it_waits_for_the_end() -> None:
    asked = (Question("extend", "mentee", "x", AT, AT + 14 * DAY),)
    more = {"questions": asked, "of": line(ends=date(2026, 10, 29))}
    turn = bye(now="2026-10-29T23:59", **more)
    assert (written(turn), wakes(turn)) == ({}, "2026-10-30T00:00")
    assert len(written(bye(now="2026-10-30T07:00", **more))) == 2
    said = GoingOn(date(2026, 10, 29), {"mentor": "end"})
    assert len(written(bye(now="2026-10-29T10:00", going_on=said, **more))) == 2


@pytest.mark.parametrize(
    ("tally", "settings", "held"),
    [
        (Tally(), {}, 3),
        (Tally(), {"closing_held_least": 4}, 0),
        (Tally(due=1, held=1), {"closing_held_least": 4}, 4),
        (Tally(due=2), {}, 3),  # three of five, that is sixty of a hundred
        (Tally(due=2), {"closing_share_percent": 61}, 0),
        (Tally(due=3), {}, 0),
        (Tally(due=96, held=56), {}, 0),  # 59 of 99 are not quite that many
    ],
)
def test_counts_only_where_they_are_something_to_be_glad_of(
    tally: Tally, settings: dict[str, int], held: int
) -> None:
    program, done = ruled(**settings), replace(tally, done=5)
    said = written(bye(tally=done, program=program))["farewell ana"]
    assert (said["held"], said["done"]) == (held, 5 if held else 0)


@pytest.mark.parametrize(
    ("sessions", "settings", "held"),
    [
        (3, {"closing_held_least": 4}, 3),
        (4, {"closing_held_least": 4}, 0),
        (5, {"closing_held_least": 3}, 3),
        (3, {"closing_held_least": 4, "closing_share_percent": 100}, 3),
    ],
)
def test_all_of_a_plan_of_few_sessions_are_enough(
    sessions: int, settings: dict[str, int], held: int
) -> None:
    plan = replace(line(), at=None, cadence=Cadence(sessions=sessions, within_days=42))
    assert written(bye(of=plan, program=ruled(**settings)))["farewell ana"]["held"] == held


@pytest.mark.parametrize(
    ("meeting", "counted"),
    [
        (tuesday(6, "held"), (6, 8)),
        (tuesday(6), (6, 8)),  # it stood, and is over
        (tuesday(6, "moved"), (6, 8)),
        (tuesday(6, "missed"), (5, 8)),
        (tuesday(6, "cancelled"), (5, 8)),
        (tuesday(6, "skipped", settled_by="choice"), (5, 8)),
        (tuesday(6, "skipped", settled_by="rule"), (5, 7)),
        (tuesday(6, end=AT), (6, 8)),
        (tuesday(6, end=AT + MINUTE), (5, 7)),
    ],
)
def test_held_of_due_over_the_life_of_the_pair(meeting: Meeting, counted: tuple[int, int]) -> None:
    assert counts(turn_of(meeting, now=AT, tally=Tally(due=7, held=5))) == counted
