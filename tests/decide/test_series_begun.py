"""How a series begins: its first date, its step, and the dates that it leaves out from the beginning (RULES 6).

Not how it ends, rests or comes back: that is test_series_ended.py.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from daemon.decide.keys import provider_id
from daemon.decide.series import begin, first_start, newest, put_series, rule_of, soonest
from daemon.decide.terms import Terms, terms
from daemon.domain.cadence import Cadence, SeriesRule, Step, wall_text
from daemon.domain.meeting import Meeting, Origin, Place, Series
from daemon.domain.pair import Pause
from daemon.domain.people import Days
from daemon.domain.value import replace
from daemon.domain.world import Mark
from tests.decide.pair_cast import (
    ANAS,
    LONG_AGO,
    MINUTE,
    NOW,
    TUESDAYS,
    berlin,
    day,
    meeting,
    moved,
    reasons,
    series,
    turn_of,
)
from tests.decide.series_cast import THURSDAYS, WEEKLY
from tests.stories.cast import BEN, PATIENT, line

FROM_THE_13TH = date(2026, 10, 13)


def begun(wanted: Terms = WEEKLY, from_day: date = FROM_THE_13TH, **state: Any) -> Any:
    """The turn in which a series begins on that day."""
    turn = turn_of(**state)
    begin(turn, wanted, from_day)
    return turn


def first_dates(turn: Any, count: int = 4) -> list[str]:
    """The dates with a 1:1 of the newest series."""
    rule = turn.state.series[-1].rule
    walls = (wall_text(wall) for wall in rule.walls())
    return [wall[5:10] for wall, _ in zip((w for w in walls if w not in rule.gaps), range(count))]  # noqa: B905


# --- the step and the rule


@pytest.mark.parametrize(
    ("step", "lengths", "each"),
    [
        (Step(weeks=1), (30,), Step(weeks=1)),
        (Step(weeks=2), (30, 60), Step(weeks=4)),
        (Step(months=1, nth=2), (30,), Step(months=1, nth=2)),
        (Step(months=1, nth=2), (30, 60, 45), Step(months=3, nth=2)),
    ],
)
def test_lengths_take_turns(step: Step, lengths: tuple[int, ...], each: Step) -> None:
    wanted = Terms(WEEKLY.at, step, lengths, date(2027, 3, 1), "Europe/Berlin")
    first = datetime(2026, 10, 13, 15, 0)  # noqa: DTZ001
    assert rule_of(wanted, len(lengths) - 1, first) == SeriesRule(
        day(13), "Europe/Berlin", lengths[-1], each, date(2027, 3, 1)
    )


def test_the_newest_of_an_index_is_the_last_one_whatever_became_of_it() -> None:
    known = (series("a"), series("b", index=1), series("c", standing="ended"))
    turn = turn_of(series=known)
    assert (newest(turn), newest(turn, 1), newest(turn, 2)) == (known[2], known[1], None)


def test_a_series_takes_the_place_of_the_one_with_its_uid_or_comes_last() -> None:
    turn = turn_of(series=(series("a"), series("b")))
    put_series(turn, series("a", declined=True))
    put_series(turn, series("c"))
    assert turn.state.series == (series("a", declined=True), series("b"), series("c"))


# --- when the first one is


@pytest.mark.parametrize(
    ("now", "not_before", "first"),
    [
        ("2026-10-12T15:00", None, "2026-10-13T15:00"),  # exactly the notice
        ("2026-10-12T15:01", None, "2026-10-20T15:00"),
        ("2026-10-13T23:30", None, "2026-10-20T15:00"),
        ("2026-10-07T10:00", date(2026, 10, 13), "2026-10-13T15:00"),
        ("2026-10-07T10:00", date(2026, 10, 14), "2026-10-20T15:00"),
        ("2026-10-12T15:01", date(2026, 10, 1), "2026-10-20T15:00"),
        ("2026-10-24T15:01", None, "2026-10-27T15:00"),
    ],
)
def test_the_first_regular_time_leaves_everybody_the_notice(
    now: str, not_before: date | None, first: str
) -> None:
    turn = turn_of(now=berlin(now))
    assert wall_text(first_start(turn, WEEKLY, not_before)) == first


def test_the_notice_is_that_of_the_program() -> None:
    turn = turn_of(now=berlin("2026-10-12T15:01"), program=replace(PATIENT, notice_hours=23))
    assert wall_text(first_start(turn, WEEKLY, None)) == day(13)


UNTIL_NOVEMBER = Pause(LONG_AGO, date(2026, 11, 1), "mentee", ended_at=NOW)


@pytest.mark.parametrize(
    ("starts", "resumed", "first"),
    [
        (None, None, day(13)),
        (date(2026, 10, 21), None, day(27)),
        (None, UNTIL_NOVEMBER, day(34)),
        (None, replace(UNTIL_NOVEMBER, ended_by="mentee"), day(13)),  # somebody ended it sooner
        (None, replace(UNTIL_NOVEMBER, until=None), day(13)),
        (date(2026, 10, 21), UNTIL_NOVEMBER, day(34)),
        (date(2026, 11, 4), UNTIL_NOVEMBER, day(41)),
    ],
)
def test_not_before_its_start_nor_in_a_pause_that_is_about_to_end(
    starts: date | None, resumed: Pause | None, first: str
) -> None:
    turn = turn_of(of=replace(line(), starts=starts), resumed=resumed)
    assert wall_text(soonest(turn, WEEKLY)) == first


# --- begun


def test_a_series_is_begun_as_one_thing() -> None:
    marks = {"series/ana-ben/0": Mark(2, "", "settled", LONG_AGO)}
    turn = begun(marks=marks)
    rule = replace(TUESDAYS, first=day(13))
    uid = provider_id("series/ana-ben/0/3")
    assert turn.state.series == (Series(ANAS, uid, 3, rule, asked_generation=3),)
    assert reasons(turn) == ["a series from 2026-10-13T15:00 on"]


def test_two_lengths_begin_one_step_after_the_other() -> None:
    turn = begun(replace(WEEKLY, lengths_minutes=(30, 60)))
    assert [(s.index, s.rule.first, s.rule.length_minutes) for s in turn.state.series] == [
        (0, day(13), 30),
        (1, day(20), 60),
    ]
    assert not any(s.by_files for s in turn.state.series)


@pytest.mark.parametrize(("last", "count"), [(12, 0), (13, 1)])
def test_none_begins_after_the_end(last: int, count: int) -> None:
    turn = begun(replace(WEEKLY, ends=date(2026, 10, last)))
    assert len(turn.state.series) == count


def test_what_is_off_by_rule_is_left_out_for_four_hundred_days() -> None:
    breaks = (
        Days(date(2026, 10, 19), date(2026, 10, 21)),
        Days(date(2027, 11, 9), date(2028, 1, 1)),
    )
    turn = begun(program=replace(PATIENT, breaks=breaks), now=berlin("2026-10-05T10:00"))
    (only,) = turn.state.series
    assert only.skips == (day(20), "2027-11-09T15:00")  # that is the four hundredth day
    assert only.rule.gaps == only.skips
    assert only.left_out == ()


# --- what people took off, and what fills a date


FALLEN = meeting(20, standing="cancelled", place=None)


@pytest.mark.parametrize(
    ("state", "left_out"),
    [
        ({"meetings": (FALLEN,)}, (day(20),)),
        ({"meetings": (replace(FALLEN, standing="skipped", settled_by="choice"),)}, (day(20),)),
        ({"meetings": (replace(FALLEN, standing="skipped", settled_by="rule"),)}, ()),
        ({"meetings": (replace(FALLEN, standing="planned"),)}, ()),
        ({"meetings": (replace(FALLEN, start=NOW),)}, ()),  # that one is over
        ({"meetings": (replace(FALLEN, start=NOW + MINUTE),)}, (day(20),)),
        ({"meetings": (replace(FALLEN, origin=Origin(day(20), "Asia/Kolkata")),)}, ()),
        ({"meetings": (replace(FALLEN, origin=Origin(day(21), "Europe/Berlin")),)}, ()),
        ({"series": (series(rule=replace(TUESDAYS, gaps=(day(20), day(27), day(21))), skips=(day(27),)),)}, (day(20),)),
        ({"series": (series(rule=replace(TUESDAYS, gaps=(day(20),), zone="Asia/Kolkata")),)}, ()),
        ({"series": (series(rule=replace(TUESDAYS, gaps=(day(27),))),), "meetings": (FALLEN,)}, (day(20), day(27))),
    ],
)  # fmt: skip
def test_dates_that_people_had_taken_off_stay_off(state: Any, left_out: tuple[str, ...]) -> None:
    (*_, new) = begun(**state).state.series
    assert (new.left_out, new.rule.gaps, new.skips) == (left_out, left_out, ())


def test_what_is_off_by_rule_and_was_taken_off_is_off_by_rule() -> None:
    away = (Days(date(2026, 10, 20), date(2026, 10, 20)),)
    turn = begun(of=line(replace(line().mentor, away=away)), meetings=(FALLEN,))
    (new,) = turn.state.series
    assert (new.skips, new.left_out, new.rule.gaps) == ((day(20),), (), (day(20),))


@pytest.mark.parametrize(
    ("known", "first"),
    [
        (moved(13, "2026-10-12T11:00"), ["10-20", "10-27"]),  # of that very date
        (moved(13, "2026-10-21T11:00"), ["10-20", "10-27"]),  # and only of that one
        (moved(13, "2026-10-12T11:00", standing="cancelled"), ["10-20", "10-27"]),  # taken off
        (meeting(13, standing="held"), ["10-13", "10-20"]),
        (moved(13, "2026-10-06T11:00", standing="held"), ["10-20", "10-27"]),  # met before it
        (moved(13, "2026-10-07T10:00"), ["10-20", "10-27"]),  # meeting right now
        (moved(13, "2026-10-06T11:00", standing="cancelled"), ["10-13", "10-20"]),
        (moved(13, "2026-10-06T11:00", standing="skipped"), ["10-13", "10-20"]),
        (moved(6, "2026-10-05T11:00", standing="held"), ["10-13", "10-20"]),
    ],
)
def test_a_date_that_is_filled_has_no_second_one(known: Meeting, first: list[str]) -> None:
    assert first_dates(begun(meetings=(known,)), 2) == first


@pytest.mark.parametrize(
    ("to", "filled"),
    [
        ("2026-10-18T21:59", False),
        ("2026-10-18T22:00", True),  # half a week before Thursday the 22nd at ten
        ("2026-10-25T20:59", True),  # clocks have been put back that night
        ("2026-10-25T21:00", False),
    ],
)
def test_of_no_date_of_the_series_it_fills_the_window_in_which_it_lies(
    to: str, filled: bool
) -> None:
    turn = begun(THURSDAYS, date(2026, 10, 15), meetings=(moved(20, to, place=None),))
    taken = "10-22" not in first_dates(turn)
    assert taken is filled


def test_the_first_date_is_the_first_that_is_free_and_a_filled_one_later_is_settled() -> None:
    two = (moved(13, "2026-10-14T11:00", place=None), moved(27, "2026-10-28T11:00", place=None))
    turn = begun(THURSDAYS, meetings=two)
    (new,) = turn.state.series
    assert (new.rule.first, new.left_out) == ("2026-10-22T10:00", ("2026-10-29T10:00",))
    start = berlin("2026-10-29T10:00")
    settled = Meeting(
        Origin("2026-10-29T10:00", "Europe/Berlin"), start, start + 30 * MINUTE, "skipped",
        gone=True, settled_by="rule", settled_at=NOW, off="change",
    )  # fmt: skip
    assert turn.state.meetings == (*two, settled)


def test_what_is_filled_by_its_own_meeting_gets_no_second_one() -> None:
    known = moved(20, "2026-10-21T11:00")
    turn = begun(meetings=(known,))
    assert turn.state.meetings == (known,)
    assert turn.state.series[0].left_out == (day(20),)


def test_of_two_lengths_the_window_is_that_of_both_together() -> None:
    lengths = replace(THURSDAYS, lengths_minutes=(30, 60))
    known = moved(27, "2026-10-28T11:00", place=None)
    turn = begun(lengths, date(2026, 10, 15), meetings=(known,))
    assert [s.left_out for s in turn.state.series] == [("2026-10-29T10:00",), ()]


def test_the_terms_are_those_of_the_files_until_something_is_agreed() -> None:
    monthly = replace(line(mentee=BEN), cadence=Cadence(Step(months=1)), lengths_minutes=(60,))
    turn = turn_of(of=monthly)
    begin(turn, terms(turn.state, turn.program), FROM_THE_13TH)
    (new,) = turn.state.series
    assert new.rule == SeriesRule("2026-11-03T15:00", "Europe/Berlin", 60, Step(months=1, nth=1))


def test_its_place_is_the_calendar_of_the_mentor() -> None:
    (new,) = begun(of=line(replace(line().mentor, address="a.rao@example.org"))).state.series
    assert Place(new.calendar, "") == Place("a.rao@example.org", "")
