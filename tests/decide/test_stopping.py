"""The end of a pair as tables: which day is the last, what it takes along, when all is closed (RULES 3).

Not whether both go on (test_extending.py), and not the letters (test_farewell.py).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from daemon.decide.seen import PairingTurn
from daemon.decide.stopping import answered_leave, ask_whether_to_leave, keep_end, last_day, stop
from daemon.domain.cadence import Step
from daemon.domain.meeting import Meeting
from daemon.domain.pair import Agreed, Pause
from daemon.domain.proposal import Proposal
from daemon.domain.question import Question
from daemon.domain.value import replace
from tests.decide.pair_cast import (
    DAY,
    MINUTE,
    berlin,
    reasons,
    ruled,
    tuesday,
    tuesdays,
    turn_of,
    wakes,
)
from tests.stories.cast import line

LAST = date(2026, 10, 27)
ENDS = line(ends=LAST)
OVER = berlin("2026-10-28T00:00")
OPEN = Proposal(
    tuesday(27).origin, "mentee", "cancelled", berlin("2026-10-26T10:00"),
    berlin("2026-10-27T10:00"), (),
)  # fmt: skip


# --- somebody ends it


@pytest.mark.parametrize(
    ("ends", "at_once", "last"),
    [
        (None, False, date(2026, 10, 21)),
        (None, True, date(2026, 10, 7)),
        (date(2026, 10, 20), False, date(2026, 10, 20)),  # never later than it would end anyway
        (date(2026, 10, 22), False, date(2026, 10, 21)),
    ],
)
def test_ended_with_notice_or_at_once(ends: date | None, at_once: bool, last: date) -> None:
    agreed = Agreed(step=Step(weeks=2), open_ended=ends is None)
    turn = turn_of(
        of=line(ends=ends),
        agreed=agreed,
        pause=Pause(berlin("2026-10-06T10:00"), None, "mentee"),
    )
    stop(turn, "mentee", at_once=at_once)
    state = turn.state
    assert state.agreed == replace(agreed, ends=last, open_ended=False)
    assert (state.stopped_by, state.stopped_at) == ("mentee", turn.now)
    assert (state.standing, state.pause) == ("closing", None)
    assert reasons(turn) == [f"ends on {last}, as one of the two asked"]


def test_the_day_of_the_notice_is_that_of_the_pairs_clock() -> None:
    turn = turn_of(now="2026-10-07T23:59", program=ruled(notice_days=1))
    stop(turn, "mentor", at_once=False)
    assert turn.state.agreed.ends == date(2026, 10, 8)


@pytest.mark.parametrize(("number", "standing"), [(1, "closing"), (2, "active")])
def test_leave_ends_it_only_after_a_yes(number: int, standing: str) -> None:
    question = Question("leave", "mentor", "m1", berlin("2026-10-07T09:00"), OVER)
    turn = turn_of(questions=(question,))
    answered_leave(turn, question, number)
    assert (turn.state.standing, turn.state.questions) == (standing, ())
    if number == 1:  # with notice, never at once
        assert (turn.state.stopped_by, turn.state.agreed.ends) == ("mentor", date(2026, 10, 21))


def test_leave_is_asked_about_once_and_names_the_day() -> None:
    turn = turn_of(now="2026-10-07T23:30", program=ruled(notice_days=10))
    ask_whether_to_leave(turn, "mentee", "m1")
    asked = Question(
        "leave", "mentee", "m1", turn.now, turn.now + 7 * DAY, {"ends": "2026-10-17"}, own=True
    )
    assert turn.state.questions == (asked,)
    ask_whether_to_leave(turn, "mentee", "m2")
    assert turn.state.questions == (asked,)


# --- which day is the last


@pytest.mark.parametrize(
    ("state", "last"),
    [
        ({}, LAST),
        ({"of": line()}, None),
        ({"agreed": Agreed(ends=date(2026, 11, 3))}, date(2026, 11, 3)),
        ({"agreed": Agreed(open_ended=True)}, None),
        ({"agreed": Agreed(ends=date(2026, 10, 10)), "stopped_by": "mentee"}, date(2026, 10, 10)),
        ({"stopped_by": "admin"}, LAST),
        ({"closing_at": berlin("2026-10-06T23:59")}, date(2026, 10, 6)),
        ({"closing_at": berlin("2026-10-07T00:00")}, date(2026, 10, 7)),
        ({"closing_at": berlin("2026-10-07T10:00"), "of": line()}, date(2026, 10, 7)),
        ({"closing_at": OVER}, LAST),  # never later than it would end anyway
        (
            {
                "closing_at": berlin("2026-10-07T10:00"),
                "stopped_by": "mentee",
                "agreed": Agreed(ends=date(2026, 10, 21)),
            },
            date(2026, 10, 7),
        ),
    ],
)
def test_the_last_day(state: dict[str, Any], last: date | None) -> None:
    assert last_day(turn_of(**{"of": ENDS, **state})) == last


# --- what it takes along


def ended(*meetings: Meeting, now: str, **state: Any) -> PairingTurn:
    turn = turn_of(*meetings, now=now, **{"of": ENDS, "series": (tuesdays(),), **state})
    keep_end(turn)
    return turn


def test_series_on_the_calendar_end_with_the_pair_no_earlier_and_no_later() -> None:
    series = (
        tuesdays(),
        tuesdays(until=date(2026, 12, 1), uid="two"),
        tuesdays(until=date(2026, 10, 6), uid="three", standing="ended"),
        tuesdays(uid="four", standing="gone"),
    )
    turn = ended(now="2026-10-07T10:00", series=series)
    assert [s.rule.until for s in turn.state.series] == [LAST, LAST, date(2026, 10, 6), None]
    assert turn.state.standing == "active"


@pytest.mark.parametrize(
    ("meeting", "standing"),
    [
        (tuesday(27, start=OVER - MINUTE), "planned"),
        (tuesday(27, start=OVER), "skipped"),
        (tuesday(27, "moved", start=OVER), "skipped"),
        (tuesday(27, "cancelled", start=OVER), "skipped"),
        (tuesday(27, "missed", start=OVER), "missed"),
        (tuesday(27, "cancelled"), "cancelled"),
    ],
)
def test_what_lies_after_the_last_day_is_left_out(meeting: Meeting, standing: str) -> None:
    turn = ended(meeting, now="2026-10-26T10:00")
    found = turn.state.meetings[0]
    assert found.standing == standing
    assert (found.off, found.settled_by) == (("end", "rule") if standing == "skipped" else ("", ""))


@pytest.mark.parametrize(
    ("now", "standing"),
    [
        (OVER - MINUTE, "skipped"),
        (OVER, "planned"),  # the end is read when this one has begun
        (OVER + 6 * DAY, "planned"),
    ],
)
def test_what_has_begun_is_not_taken_back_by_an_end_that_is_read_late(
    now: Any, standing: str
) -> None:
    turn = ended(tuesday(27, start=OVER), now=now)
    assert turn.state.meetings[0].standing == standing


def test_what_had_fallen_out_after_it_is_asked_about_no_more() -> None:
    turn = ended(tuesday(27, "cancelled", start=OVER), now=OVER + DAY)
    assert turn.state.meetings[0].off == "end"


def taken(day: int, **more: Any) -> Meeting:
    return tuesday(day, "skipped", off="end", settled_by="rule", **more)


@pytest.mark.parametrize(
    ("meeting", "standing"),
    [
        (taken(27), "planned"),
        (taken(27, start=OVER), "skipped"),  # still after the end
        (taken(27, start=berlin("2026-10-20T10:00")), "skipped"),  # it has begun
        (taken(27, place=None), "skipped"),
        (replace(taken(27), off="pause"), "skipped"),
    ],
)
@pytest.mark.parametrize("ends", [LAST, None])
def test_put_off_it_gives_back_what_it_had_taken_along(
    meeting: Meeting, standing: str, ends: date | None
) -> None:
    turn = ended(meeting, now="2026-10-20T10:00", of=line(ends=ends))
    free = ends is None and meeting.start == OVER
    assert turn.state.meetings[0].standing == ("planned" if free else standing)


@pytest.mark.parametrize(
    "series", [(), (tuesdays(standing="ended"),), (tuesdays(standing="gone"),)]
)
def test_nothing_comes_back_where_its_series_does_not_go_on(series: tuple[Any, ...]) -> None:
    turn = ended(taken(27), now="2026-10-20T10:00", series=series)
    assert turn.state.meetings[0].standing == "skipped"


# --- closing


@pytest.mark.parametrize(
    ("now", "standing"), [(OVER - 7 * DAY - MINUTE, "active"), (OVER - 7 * DAY, "closing")]
)
def test_it_is_closing_one_step_before_the_end(now: Any, standing: str) -> None:
    turn = ended(now=now)
    assert turn.state.standing == standing
    said = [f"the end date {LAST} is within one step"]
    assert reasons(turn) == (said if standing == "closing" else [])
    assert wakes(turn) == ("2026-10-31T00:00" if standing == "closing" else "2026-10-21T01:00")


@pytest.mark.parametrize(
    ("until", "standing"),
    [
        (date(2026, 10, 27), "paused"),  # there is one day after it
        (date(2026, 10, 28), "closing"),
        (None, "closing"),
    ],
)
def test_a_pause_after_which_nothing_follows_ends_it(until: date | None, standing: str) -> None:
    pause = Pause(berlin("2026-10-15T10:00"), until, "mentee")
    turn = ended(now="2026-10-22T10:00", standing="paused", pause=pause)
    assert (turn.state.standing, turn.state.pause) == (
        standing, pause if standing == "paused" else None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("ends", "standing", "said"),
    [
        (date(2026, 10, 28), "active", ["it goes on"]),  # more than a step away again
        (date(2026, 10, 27), "closing", []),
        (None, "active", ["it goes on"]),
    ],
)
def test_an_end_that_is_put_off_opens_it_again(
    ends: date | None, standing: str, said: list[str]
) -> None:
    series = (tuesdays(until=date(2026, 10, 20)),)
    turn = ended(now="2026-10-21T01:00", of=line(ends=ends), series=series, standing="closing")
    assert (turn.state.standing, reasons(turn)) == (standing, said)
    assert turn.state.series[0].rule.until == ends


@pytest.mark.parametrize(
    "state",
    [
        {"stopped_by": "mentee", "agreed": Agreed(ends=date(2026, 12, 1))},
        {"stopped_by": "admin", "of": line(ends=date(2026, 12, 1))},
        {"stopped_by": "admin", "of": line()},
        {"of": replace(line(), state="closing")},
    ],
)
def test_what_somebody_ended_goes_on_by_no_date(state: dict[str, Any]) -> None:
    turn = ended(now="2026-10-07T10:00", standing="closing", **state)
    assert (turn.state.standing, reasons(turn)) == ("closing", [])


def test_closed_at_once_by_the_files() -> None:
    roster = replace(ENDS, state="closed")
    turn = ended(tuesday(6), tuesday(13), now="2026-10-07T10:00", of=roster, stopped_by="")
    state = turn.state
    assert (state.standing, state.stopped_by, state.stopped_at) == ("closed", "admin", turn.now)
    assert [(m.standing, m.off) for m in state.meetings] == [("planned", ""), ("skipped", "end")]
    assert (state.series[0].standing, state.series[0].rule.until) == ("ended", date(2026, 10, 12))
    assert reasons(turn) == ["closed at once by the files"]


@pytest.mark.parametrize(
    ("meetings", "closes"),
    [
        ((), OVER + 3 * DAY),
        ((tuesday(27, "held"),), OVER + 3 * DAY),
        (
            (tuesday(20, "held"), tuesday(27, "held", start=OVER)),
            OVER + 3 * DAY + timedelta(minutes=30),
        ),
        ((tuesday(27, "skipped", start=OVER),), OVER + 3 * DAY),
    ],
)
def test_three_days_for_the_last_notes_and_it_is_closed(
    meetings: tuple[Meeting, ...], closes: Any
) -> None:
    for now, standing in ((closes - MINUTE, "closing"), (closes, "closed")):
        turn = ended(*meetings, now=now, standing="closing")
        assert turn.state.standing == standing
        said = ["the last meeting and its notes are over"]
        assert reasons(turn) == (said if standing == "closed" else [])


def test_a_time_that_is_still_looked_for_keeps_it_open() -> None:
    turn = ended(now="2026-11-20T10:00", standing="closing", proposal=OPEN)
    assert turn.state.standing == "closing"
