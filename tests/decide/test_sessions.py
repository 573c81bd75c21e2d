"""A plan of so many sessions as tables: where each belongs, when it is asked about, when all is done (RULES 3).

Not its questions and answers: test_sessions_asked.py, and as people read them tests/stories/test_finite_plan.py.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from daemon.decide.seen import PairingTurn
from daemon.decide.sessions import open_session, plan_is_done
from daemon.domain.cadence import Cadence
from daemon.domain.meeting import Meeting
from daemon.domain.pair import Tally
from daemon.domain.value import replace
from tests.decide.pair_cast import BEGUN, berlin, ruled, tuesday, wakes
from tests.decide.sessions_cast import LIST, TWO, pair, window
from tests.stories.cast import line

FIRST = tuesday(6, "held", place=None)


def sought(turn: PairingTurn) -> tuple[datetime, datetime] | None:
    """Where a time is looked for: the window whose busy times have to be known."""
    open_session(turn)
    assert turn.state.proposal is None
    return (turn.needs[0].start, turn.needs[0].end) if turn.needs else None


# --- where and when


@pytest.mark.parametrize(
    ("now", "meetings", "where"),
    [
        ("05T10:00", (), window("06T10:00", "15T10:00")),  # a day of notice
        ("06T10:00", (), window("07T10:00", "16T10:00")),
        ("07T23:59", (FIRST,), None),
        ("08T00:00", (FIRST,), window("15T00:00", "24T00:00")),  # a week before its share
        ("20T10:00", (FIRST,), window("21T10:00", "24T00:00")),  # not past the plan
        ("22T23:59", (FIRST,), window("23T23:59", "24T00:00")),
        ("23T00:00", (FIRST,), None),
        ("20T10:00", (FIRST, tuesday(13, "held")), None),  # all have been
    ],
)
def test_each_session_is_looked_for_in_its_share(
    now: str, meetings: tuple[Meeting, ...], where: Any
) -> None:
    turn = pair(*meetings, now=f"2026-10-{now}")
    assert sought(turn) == where
    if now == "07T23:59":
        assert wakes(turn) == "2026-10-08T00:00"


def test_the_notice_of_the_program_is_left() -> None:
    turn = pair(now="2026-10-05T10:00", program=ruled(notice_hours=48))
    assert sought(turn) == window("07T10:00", "16T10:00")


@pytest.mark.parametrize(
    ("meetings", "tally", "second"),
    [
        ((FIRST,), Tally(), True),
        ((tuesday(6, "missed"),), Tally(), True),
        ((tuesday(6, "skipped", settled_by="choice"),), Tally(), True),  # it is not made up for
        ((tuesday(6, "skipped", settled_by="rule"),), Tally(), False),  # and this one is
        ((), Tally(due=1), True),
        ((), Tally(held=1, confirmed=1), False),
    ],
)
def test_which_one_comes_next(meetings: tuple[Meeting, ...], tally: Tally, second: bool) -> None:
    turn = pair(*meetings, now="2026-10-10T10:00", tally=tally)
    assert sought(turn) == (
        window("15T00:00", "24T00:00") if second else window("11T10:00", "20T10:00")
    )


@pytest.mark.parametrize(
    ("ahead", "waits"),
    [
        ((tuesday(13), tuesday(20)), "2026-10-13T15:30"),
        ((tuesday(20), tuesday(13, "moved")), "2026-10-13T15:30"),
        ((tuesday(20), tuesday(13, "cancelled")), "2026-10-20T15:30"),
        ((tuesday(6), tuesday(20)), "2026-10-20T15:30"),  # that of the 6th is over
    ],
)
def test_nobody_is_asked_before_the_one_ahead_is_over(
    ahead: tuple[Meeting, ...], waits: str
) -> None:
    many = replace(TWO, cadence=Cadence(sessions=9, within_days=18))
    turn = pair(*ahead, now="2026-10-10T10:00", of=many)
    assert (sought(turn), wakes(turn)) == (None, waits)


def test_it_is_over_at_its_very_end() -> None:
    assert sought(pair(tuesday(13), now="2026-10-13T15:30")) is not None


@pytest.mark.parametrize("ends", [date(2026, 10, 4), date(2026, 10, 5)])
def test_a_plan_that_ends_before_it_begins_has_no_sessions(ends: date) -> None:
    assert sought(pair(now="2026-10-05T10:00", of=replace(TWO, ends=ends))) is None


def test_a_rhythm_has_no_sessions() -> None:
    assert sought(pair(now="2026-10-05T10:00", of=line())) is None


@pytest.mark.parametrize(
    ("closed", "opens"),
    [
        ((LIST,), "2026-10-08T00:00"),
        ((replace(LIST, answer_by=berlin("2026-10-07T23:59")),), "2026-10-08T00:00"),
        ((replace(LIST, answer_by=berlin("2026-10-08T00:00")),), "2026-10-17T00:00"),
        ((replace(LIST, answer_by=berlin("2026-10-08T00:00")), LIST), "2026-10-17T00:00"),
        ((replace(LIST, standing="accepted"),), None),
        ((replace(LIST, kind="meeting"),), None),
    ],
)
def test_whoever_did_not_answer_is_left_alone_until_the_next_share(
    closed: Any, opens: str | None
) -> None:
    before = berlin(opens) - timedelta(minutes=1) if opens else BEGUN
    turn = pair(now=before, closed_proposals=closed)
    assert (sought(turn) is None) == (opens is not None)
    if opens:
        assert wakes(turn) == opens
        assert sought(pair(now=opens, closed_proposals=closed)) is not None


# --- the plan is done


@pytest.mark.parametrize(
    ("meetings", "more", "last"),
    [
        ((FIRST, tuesday(13, "held")), {}, date(2026, 10, 13)),
        ((tuesday(13, "held"), FIRST), {}, date(2026, 10, 13)),
        ((FIRST,), {}, None),
        ((tuesday(13, "held"),), {"tally": Tally(due=1)}, date(2026, 10, 13)),
        ((FIRST, tuesday(13)), {}, date(2026, 10, 13)),  # over, and nobody has said anything yet
        ((FIRST, tuesday(20)), {}, None),
        ((FIRST, tuesday(13, "cancelled")), {}, None),  # another time may be found
        ((FIRST, tuesday(13, "skipped", settled_by="choice")), {}, date(2026, 10, 13)),
        ((FIRST, tuesday(13, "missed"), tuesday(20, "skipped", settled_by="rule")), {}, date(2026, 10, 13)),
        ((FIRST, tuesday(13, "held")), {"proposal": LIST}, None),
        ((FIRST, tuesday(13, "held")), {"of": line()}, None),
        ((), {"tally": Tally(due=2)}, date(2026, 10, 14)),
    ],
)  # fmt: skip
def test_the_plan_is_done_on_the_day_of_its_last_session(
    meetings: tuple[Meeting, ...], more: Any, last: date | None
) -> None:
    assert plan_is_done(pair(*meetings, **{"now": "2026-10-14T10:00", **more})) == last


def test_the_day_is_that_of_the_pairs_clock_and_until_then_the_lane_wakes() -> None:
    late = replace(tuesday(13), start=berlin("2026-10-13T23:30"), end=berlin("2026-10-13T23:59"))
    turn = pair(FIRST, late, now="2026-10-13T12:00")
    assert (plan_is_done(turn), wakes(turn)) == (None, "2026-10-13T23:59")
    assert plan_is_done(pair(FIRST, late, now=late.end)) == date(2026, 10, 13)
