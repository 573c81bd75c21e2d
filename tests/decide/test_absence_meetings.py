"""What becomes of a meeting whose day is off, and when its day is off no more, as tables (RULES 4 and 5, row 10a).

Not which days are off: test_days.py. Not the calendar and the letters: tests/stories/test_absence.py.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from daemon.decide.absence import leave_out_by_rule
from daemon.decide.seen import PairingTurn
from daemon.domain.cadence import Cadence, Step
from daemon.domain.meeting import Meeting, Place
from daemon.domain.pair import Absence, Pause
from daemon.domain.people import Days, Role
from daemon.domain.value import replace
from tests.decide.pair_cast import (
    ANAS,
    DAY,
    FELL,
    HOUR,
    LONG_AGO,
    MINUTE,
    NOW,
    TUESDAYS,
    WEEK_AWAY,
    berlin,
    day,
    mark,
    meeting,
    moved,
    reasons,
    series,
    turn_of,
)
from tests.stories.cast import PATIENT, line

ABSENT = (Absence("mentor", WEEK_AWAY, LONG_AGO),)
BREAK = replace(PATIENT, breaks=(WEEK_AWAY,))
BIWEEKLY = replace(line(), cadence=Cadence(Step(weeks=2)))
MONTHLY = replace(line(), cadence=Cadence(Step(months=1, nth=2)))
WAITS = replace(meeting(13), standing="cancelled", cancelled_at=LONG_AGO, off="away")
OUT = replace(meeting(13), standing="skipped", settled_by="rule", settled_at=LONG_AGO, off="away")


def left(known: Meeting, **more: Any) -> tuple[Meeting, list[str]]:
    """What the meeting is then, and the reasons."""
    turn = turn_of(meetings=(known,), **more)
    leave_out_by_rule(turn)
    return turn.state.meetings[0], reasons(turn)


def skipped(known: Meeting, off: Any) -> Meeting:
    return replace(
        known, standing="skipped", settled_by="rule", settled_at=NOW, off=off, asked_by=None
    )


# --- its day is off


@pytest.mark.parametrize("known", [meeting(13), replace(meeting(13), asked_by="mentee"), FELL])
def test_what_stands_and_what_waits_for_another_time_is_left_out(known: Meeting) -> None:
    why = "2026-10-13T15:00[Europe/Berlin]: left out (away)"
    assert left(known, absences=ABSENT) == (skipped(known, "away"), [why])
    why = "2026-10-13T15:00[Europe/Berlin]: left out (break)"
    assert left(known, program=BREAK) == (skipped(known, "break"), [why])


@pytest.mark.parametrize(
    "known",
    [
        replace(meeting(13), standing="held"),
        replace(meeting(13), standing="missed"),
        replace(FELL, settled_by="silence"),  # settled is settled
        replace(FELL, settled_by="choice"),
        replace(OUT, off="pause"),
        meeting(20),  # another day
    ],
)
def test_nothing_else_is(known: Meeting) -> None:
    assert left(known, absences=ABSENT) == (known, [])


@pytest.mark.parametrize(("begins", "out"), [(NOW, False), (NOW + MINUTE, True)])
def test_what_has_begun_takes_place(begins: Any, out: bool) -> None:
    known = replace(meeting(7), start=begins, end=begins + HOUR)
    today = (Absence("mentor", Days(date(2026, 10, 7), date(2026, 10, 7)), NOW),)
    assert (left(known, absences=today)[0].off == "away") is out


def test_every_meeting_is_looked_at() -> None:
    known = (replace(meeting(6), start=LONG_AGO), meeting(20), meeting(13))
    turn = turn_of(meetings=known, absences=ABSENT)
    leave_out_by_rule(turn)
    assert [each.off for each in turn.state.meetings] == ["", "", "away"]


@pytest.mark.parametrize("of", [BIWEEKLY, MONTHLY])
def test_of_a_rare_one_another_time_is_offered(of: Any) -> None:
    known = replace(meeting(13), asked_by="mentee", changed_at=LONG_AGO, settled_by="silence")
    assert left(known, absences=ABSENT, of=of) == (
        replace(
            known, standing="cancelled", cancelled_at=NOW, changed_at=NOW, off="away",
            settled_by="", asked_by=None,
        ),
        ["2026-10-13T15:00[Europe/Berlin]: somebody is away, another time is offered"],
    )  # fmt: skip
    for waits in (WAITS, FELL):  # for another time already, and goes on waiting
        assert left(waits, absences=ABSENT, of=of) == (waits, [])


def test_a_break_leaves_out_a_rare_one_as_well() -> None:
    for known in (meeting(13), FELL, WAITS):
        assert left(known, program=BREAK, of=BIWEEKLY)[0] == skipped(known, "break")


# --- that very time was chosen


AGREED = moved(20, "2026-10-13T11:00", moved_at=LONG_AGO)


@pytest.mark.parametrize(
    ("absent", "out"),
    [(LONG_AGO - MINUTE, False), (LONG_AGO, False), (LONG_AGO + MINUTE, True)],
    ids=["known when it was chosen", "at that moment", "said later"],
)
def test_a_time_that_was_chosen_although_somebody_is_away_stands(absent: Any, out: bool) -> None:
    meeting_then, why = left(AGREED, absences=(Absence("mentor", WEEK_AWAY, absent),))
    assert meeting_then == (skipped(AGREED, "away") if out else AGREED)
    assert len(why) == out


LATE = moved(20, "2026-10-13T21:00", moved_at=LONG_AGO)  # past midnight in Kolkata


@pytest.mark.parametrize(
    ("role", "first", "out"),
    [
        ("mentor", 13, True),
        ("mentor", 14, False),
        ("mentee", 13, False),
        ("mentee", 14, True),
    ],
)
def test_and_so_it_does_when_somebody_names_other_days_of_the_own_calendar_later(
    role: Role, first: int, out: bool
) -> None:
    known = Absence("mentor", WEEK_AWAY, LONG_AGO - MINUTE)
    day = date(2026, 10, first)
    later = Absence(role, Days(day, day), LONG_AGO + MINUTE)
    assert left(LATE, absences=(later, known))[0] == (skipped(LATE, "away") if out else LATE)
    assert left(LATE, absences=(known, later))[0] == (skipped(LATE, "away") if out else LATE)


def test_a_time_that_was_chosen_inside_a_break_stands_whatever_was_said_of_absences() -> None:
    other_days = Absence("mentor", Days(date(2026, 12, 1), date(2026, 12, 4)), NOW)
    assert left(AGREED, program=BREAK, absences=(other_days,)) == (AGREED, [])


def test_a_pause_takes_what_was_chosen_along() -> None:
    pause = Pause(LONG_AGO, date(2026, 11, 3), "mentor")
    assert left(AGREED, pause=pause)[0] == skipped(AGREED, "pause")


def test_a_regular_date_was_chosen_by_nobody() -> None:
    kept = replace(meeting(13), moved_at=LONG_AGO)
    assert left(kept, absences=ABSENT)[0] == skipped(kept, "away")


# --- its day is off no more


@pytest.mark.parametrize("off", ["away", "break", "holiday"])
def test_it_stands_as_it_was(off: Any) -> None:
    known = replace(OUT, off=off, asked_by="mentee")
    back = replace(known, standing="planned", settled_by="", settled_at=None, off="", asked_by=None)
    assert left(known) == (back, ["2026-10-13T15:00[Europe/Berlin]: its day is off no more"])


@pytest.mark.parametrize("off", ["pause", "end", "change"])
def test_what_other_rules_left_out_comes_back_by_them(off: Any) -> None:
    known = replace(OUT, off=off)
    assert left(known) == (known, [])


def test_what_was_moved_before_stands_at_that_time() -> None:
    known = replace(AGREED, standing="skipped", settled_by="rule", settled_at=NOW, off="away")
    assert left(known)[0] == replace(AGREED, settled_at=None)


def test_a_rare_one_that_waits_for_another_time_needs_none() -> None:
    back = replace(WAITS, standing="planned", cancelled_at=None, off="")
    assert left(WAITS, of=BIWEEKLY)[0] == back


@pytest.mark.parametrize(
    "known",
    [
        replace(OUT, settled_by="choice"),
        replace(OUT, settled_by="silence"),
        replace(WAITS, settled_by="silence"),
        replace(OUT, standing="held"),
        replace(FELL, off="break"),  # somebody took it off
    ],
)
def test_what_somebody_decided_stays_as_it_is(known: Meeting) -> None:
    assert left(known) == (known, [])


@pytest.mark.parametrize(
    ("gone", "skips", "uid", "kept"),
    [
        (False, (), "tuesdays", True),
        (True, (), "tuesdays", False),
        (False, (day(13),), "tuesdays", False),
        (False, (day(20),), "tuesdays", True),
        (False, (day(13),), "another", True),
    ],
)
def test_where_the_calendar_has_given_it_up_it_is_an_event_of_its_own(
    gone: bool, skips: tuple[str, ...], uid: str, kept: bool
) -> None:
    known = replace(OUT, gone=gone, place=Place(ANAS, uid, day(13)))
    rule = replace(TUESDAYS, gaps=skips)
    both = (series("older", rule=rule), series(rule=rule, skips=skips))
    back, _ = left(known, series=both)
    assert (back.standing, back.gone) == ("planned", False)
    assert back.place == (known.place if kept else None)


def test_one_without_a_place_stands_again_and_the_calendar_gives_it_one() -> None:
    back, _ = left(replace(OUT, place=None), series=(series(),))
    assert (back.standing, back.place) == ("planned", None)


# --- and somebody has read that it is left out


def told(first: int, last: int, standing: Any = "settled", what: str = "break-ahead") -> Any:
    stem = f"{what}/pairing/ana-ben/202610{first:02}-202610{last:02}/ben"
    return {stem: replace(mark(), standing=standing)}


def brought_back(marks: Any, known: Meeting = OUT) -> PairingTurn:
    turn = turn_of(meetings=(replace(known, off="break"),), marks=marks)
    leave_out_by_rule(turn)
    return turn


@pytest.mark.parametrize(
    ("marks", "hears"),
    [
        (told(13, 13), True),
        (told(1, 13), True),
        (told(13, 31), True),
        (told(1, 12), False),
        (told(14, 31), False),
        (told(1, 5) | told(12, 16), True),
        (told(13, 13, "live"), False),
        (told(13, 13, "withdrawn"), False),
        (told(13, 13, what="absence"), False),
        ({}, False),
    ],
)
def test_whoever_has_read_of_the_break_hears_that_it_stands(marks: Any, hears: bool) -> None:
    known = replace(OUT, told=(ANAS,), changed_at=LONG_AGO)
    (back,) = brought_back(marks, known).state.meetings
    plain = replace(known, standing="planned", settled_by="", settled_at=None, off="")
    assert back == (
        replace(
            plain, standing="moved", moved_from=OUT.start, moved_at=NOW, moved_by="program",
            told=(), checked=True,
        )
        if hears
        else plain
    )  # fmt: skip


def test_the_day_is_that_of_the_pairs_own_clock() -> None:
    late = berlin("2026-10-13T21:00")  # in Kolkata it is the 14th
    known = replace(OUT, start=late, end=late + HOUR)
    assert brought_back(told(13, 13), known).state.meetings[0].standing == "moved"
    assert brought_back(told(14, 14), known).state.meetings[0].standing == "planned"


def test_a_date_that_is_over_is_left_alone() -> None:
    over = replace(OUT, start=NOW - DAY, end=NOW - DAY + HOUR)
    assert left(over) == (over, [])
