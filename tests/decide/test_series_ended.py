"""How a series ends, is put back, and comes back after a rest: whole values before and after (RULES 4, 5 and 6).

Not how one begins: that is test_series_begun.py.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from daemon.decide.ending import end, end_all, stands_again
from daemon.decide.keys import provider_id
from daemon.decide.series import begin_again, from_now_on
from daemon.domain.meeting import Meeting, Place, Series
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


@pytest.mark.parametrize(
    ("now", "known_to", "after"),
    [
        ("2026-10-06T14:59", "", ""),
        ("2026-10-06T15:00", "", day(6)),
        ("2026-10-14T10:00", "", day(13)),
        ("2026-10-14T10:00", day(6), day(13)),
        ("2026-10-14T10:00", day(20), day(20)),
    ],
)
def test_dates_that_have_passed_never_were_meetings_of_it(
    now: str, known_to: str, after: str
) -> None:
    turn = turn_of(now=berlin(now))
    known = series(known_to=known_to)
    assert from_now_on(turn, known) == replace(known, known_to=after)


# --- put back


CUT: dict[str, Any] = {"cut_to": date(2026, 10, 19), "gone_at": LONG_AGO}


def test_a_cut_series_goes_on_as_it_was() -> None:
    turn = turn_of(series=(series("another one"), series(**CUT)), meetings=(meeting(20),))
    begin_again(turn, turn.state.series[1])
    assert turn.state.series == (
        series("another one"),
        series(until_put=date(2026, 10, 19), known_to=day(6)),
    )
    assert turn.state.meetings == (meeting(20),)


GAPS = replace(TUESDAYS, gaps=(day(20), day(27)), until=date(2027, 3, 1))
GONE = series(
    rule=GAPS, index=1, standing="gone", gone_at=LONG_AGO, known_to=day(20), skips=(day(27),),
    put_back=1, told=("ben@example.org",), by_files=True,
)  # fmt: skip


def test_a_deleted_series_is_the_same_once_more_under_another_id() -> None:
    marks = {"series/ana-ben/1": Mark(1, "", "settled", LONG_AGO)}
    turn = turn_of(series=(series("another one"), GONE), marks=marks)
    begin_again(turn, GONE)
    uid = provider_id("series/ana-ben/1/2")
    assert turn.state.series == (
        series("another one"),
        Series(
            ANAS, uid, 2, replace(GAPS, first=day(13)), 1, asked_generation=2, known_to=day(20),
            skips=(day(27),), put_back=2, left_out=(day(20),),
        ),
    )  # fmt: skip
    assert reasons(turn) == ["the series is put back from 2026-10-13T15:00 on"]


ONE_OFF = Place(ANAS, "one-off")
AGAIN = Place(ANAS, provider_id("series/ana-ben/1/1"), day(13))


@pytest.mark.parametrize(
    ("known", "place"),
    [
        (meeting(13), AGAIN),
        (moved(13, day(13)), AGAIN),  # told that it stays
        (moved(13, day(13), takes_back="move"), AGAIN),  # and there it is already
        (moved(13, "2026-10-14T11:00"), None),  # an event of its own
        (meeting(13, standing="cancelled"), None),
        (meeting(13, standing="skipped"), None),
        (meeting(13, start=NOW + MINUTE), AGAIN),
    ],
)
def test_what_lies_ahead_goes_along_with_it_or_leaves_out_its_date(
    known: Meeting, place: Place | None
) -> None:
    turn = turn_of(series=(GONE,), meetings=(known,))
    begin_again(turn, GONE)
    along = replace(known, place=place, version="", gone=place is None, takes_back="")
    assert turn.state.meetings == (along,)
    left_out = (day(20),) if place else (day(13), day(20))
    assert turn.state.series[0].left_out == left_out
    assert turn.state.series[0].rule.gaps == (*left_out, day(27))


@pytest.mark.parametrize(
    ("known", "left_out"),
    [
        (meeting(6, standing="held"), ()),  # no date of it any more
        (moved(13, "2026-10-06T11:00"), (day(13),)),  # it has taken place
        (moved(27, "2026-10-28T11:00"), ()),  # left out by us already
        (moved(13, "2026-10-14T11:00", place=ONE_OFF), ()),
    ],
)
def test_dates_of_what_is_elsewhere_are_left_out(known: Meeting, left_out: tuple[str, ...]) -> None:
    turn = turn_of(series=(GONE,), meetings=(known,))
    begin_again(turn, GONE)
    assert turn.state.series[0].left_out == (*left_out, day(20))


@pytest.mark.parametrize(
    ("known", "anew"),
    [
        (moved(20, "2026-10-21T11:00"), True),
        (moved(13, "2026-10-14T11:00"), False),  # before the cut
        (moved(20, day(20)), False),
        (meeting(20), False),
        (moved(20, "2026-10-21T11:00", place=None), False),
        (moved(20, "2026-10-21T11:00", standing="cancelled"), False),
    ],
)
def test_what_was_moved_behind_the_cut_is_moved_anew(known: Meeting, anew: bool) -> None:
    turn = turn_of(series=(series(**CUT),), meetings=(known,))
    begin_again(turn, turn.state.series[0])
    again = replace(known, version="", takes_back="move") if anew else known
    assert turn.state.meetings == (again,)


@pytest.mark.parametrize(
    "known", [meeting(13, "another one"), meeting(13, place=None), meeting(13, start=NOW)]
)
def test_what_is_not_of_it_or_has_begun_stays_as_it_is(known: Meeting) -> None:
    turn = turn_of(series=(GONE,), meetings=(known,))
    begin_again(turn, GONE)
    assert turn.state.meetings == (known,)


def test_one_that_is_over_by_now_is_not_put_back() -> None:
    over = replace(GONE, rule=replace(TUESDAYS, until=date(2026, 10, 12)))
    turn = turn_of(series=(over, series("another one")), meetings=(meeting(6),))
    begin_again(turn, over)
    assert turn.state.series == (series("another one"),)
    assert reasons(turn) == []


def test_one_whose_next_date_begins_now_is_put_back_from_the_one_after() -> None:
    turn = turn_of(now=berlin(day(13)), series=(GONE,))
    begin_again(turn, GONE)
    assert turn.state.series[0].rule.first == day(20)


# --- ended


@pytest.mark.parametrize(
    ("until", "ends"),
    [
        (None, True),
        (date(2026, 10, 21), True),
        (date(2026, 10, 20), False),  # that day is its last one anyway
        (date(2026, 10, 13), False),
    ],
)
def test_it_ends_after_that_day_at_the_latest(until: date | None, ends: bool) -> None:
    known = series(rule=replace(TUESDAYS, until=until))
    turn = turn_of(series=(series("another one"), known))
    end(turn, known, date(2026, 10, 20))
    ended = replace(known, rule=replace(TUESDAYS, until=date(2026, 10, 20)), standing="ended")
    assert turn.state.series == (series("another one"), ended if ends else known)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-10-07T10:00", date(2026, 10, 12)),
        ("2026-10-13T14:59", date(2026, 10, 12)),
        ("2026-10-13T15:00", date(2026, 10, 19)),  # the one that has begun is kept
        ("2026-09-01T12:00", date(2026, 10, 5)),
    ],
)
def test_when_all_ends_what_has_not_begun_is_over(now: str, until: date) -> None:
    turn = turn_of(now=berlin(now), series=(series(), series("gone", standing="gone")))
    end_all(turn, "pause")
    assert turn.state.series == (
        series(rule=replace(TUESDAYS, until=until), standing="ended"),
        series("gone", standing="gone"),
    )


def test_one_that_has_no_date_to_come_ends_today() -> None:
    last = replace(TUESDAYS, until=date(2026, 10, 13))
    turn = turn_of(now=berlin("2026-10-13T16:00"), series=(series(rule=last),))
    end_all(turn, "end")
    assert turn.state.series == (series(rule=last),)


LEFT: dict[str, Any] = {
    "standing": "skipped", "settled_by": "rule", "settled_at": NOW, "off": "pause",
}  # fmt: skip


@pytest.mark.parametrize(
    ("known", "left"),
    [
        (meeting(13), True),
        (moved(13, "2026-10-14T11:00"), True),
        (meeting(13, standing="cancelled"), True),
        (meeting(13, standing="skipped", settled_by="choice"), False),
        (meeting(13, start=NOW), False),  # it has begun
        (meeting(13, start=NOW + MINUTE), True),
    ],
)
def test_when_all_ends_what_stands_is_left_out(known: Meeting, left: bool) -> None:
    turn = turn_of(meetings=(known,))
    end_all(turn, "pause")
    assert turn.state.meetings == ((replace(known, **LEFT) if left else known),)


# --- stands again


WEDNESDAY = "2026-10-14T11:00"
BY_ANA: dict[str, Any] = {"cancelled_by": "mentor", "cancelled_at": LONG_AGO + MINUTE}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (meeting(13), {}),
        (meeting(13, gone=True), {"place": None}),
        (meeting(13, standing="cancelled", **BY_ANA), {}),
        (moved(13, WEDNESDAY, standing="cancelled", **BY_ANA, gone=True), {}),
        (moved(13, WEDNESDAY), {"takes_back": "move"}),
        (moved(13, WEDNESDAY, **BY_ANA, moved_at=NOW), {"takes_back": "move"}),  # repaired since
        (meeting(13, cancelled_at=NOW), {}),  # by an absence: that is looked at anew
        (moved(13, WEDNESDAY, place=ONE_OFF), {}),
        (moved(13, WEDNESDAY, place=None), {}),
        (moved(13, WEDNESDAY, gone=True), {"place": None, "gone": False}),
    ],
)
def test_what_a_rule_had_left_out_stands_as_before(before: Meeting, after: dict[str, Any]) -> None:
    left_out = replace(before, **LEFT)
    assert stands_again(left_out) == replace(before, version="", **after)
