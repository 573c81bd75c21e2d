"""What lies on a 1:1, as tables: looked for when, taken for what, asked of whom (RULES 5, rows 10 and 10a).

Not the stories of it: tests/stories/test_clash.py and test_absence.py.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from daemon.decide.keys import short
from daemon.decide.looking import answered_clash, drop_clashes, keep_double, look_at_meetings
from daemon.decide.seen import PairingTurn
from daemon.decide.turn import iso
from daemon.domain.meeting import Meeting, Place
from daemon.domain.observation import BusyInterval, BusySeen
from daemon.domain.question import Question
from daemon.domain.value import replace
from tests.decide.pair_cast import (
    ANAS,
    BENS,
    DAY,
    HOUR,
    MINUTE,
    berlin,
    reasons,
    ruled,
    tuesday,
    turn_of,
)

TUESDAY = tuesday(13)
SATURDAY = berlin("2026-10-10T10:00")
OURS = Place(ANAS, "our own one-off")


def busy(start: str, hours: float = 1, **more: Any) -> BusyInterval:
    begins = berlin(start)
    return BusyInterval(begins, begins + timedelta(hours=hours), **{"source": "dentist", **more})


DENTIST = busy("2026-10-13T14:30")


def looked(
    *meetings: Meeting, ana: Any = (), ben: Any = (), failed: bool = False, **state: Any
) -> PairingTurn:
    """A look on Saturday, when a calendar has stirred."""
    stirred = state.pop("stirred", SATURDAY)
    turn = turn_of(*(meetings or (TUESDAY,)), **{"now": SATURDAY, **state})
    turn.stirred = stirred
    known = {ANAS: ana, BENS: ben}
    turn.busy.append(
        BusySeen(berlin("2026-10-01T00:00"), berlin("2026-11-30T00:00"), known, SATURDAY, failed)
    )
    look_at_meetings(turn)
    return turn


def asked(turn: PairingTurn) -> list[tuple[str, str]]:
    return [(q.kind, q.role) for q in turn.state.questions]


# --- when


@pytest.mark.parametrize(
    ("now", "looked_at", "looks"),
    [
        (TUESDAY.start - 50 * HOUR - MINUTE, None, False),
        (TUESDAY.start - 50 * HOUR, None, True),
        (TUESDAY.start - 50 * HOUR, TUESDAY.start - 50 * HOUR - MINUTE, True),
        (TUESDAY.start - 49 * HOUR, TUESDAY.start - 50 * HOUR, False),  # once is enough
        (TUESDAY.start - 24 * HOUR - MINUTE, None, True),
        (TUESDAY.start - 24 * HOUR, None, False),  # too late to be asked
    ],
)
def test_once_more_early_enough_to_be_answered(
    now: datetime, looked_at: datetime | None, looks: bool
) -> None:
    met = replace(TUESDAY, looked_at=looked_at)
    turn = looked(met, ana=(DENTIST,), now=now, stirred=None)
    assert asked(turn) == ([("clash", "mentor")] if looks else [])
    assert turn.state.meetings[0].looked_at == (now if looks else looked_at)


def test_until_then_the_lane_wakes_for_it() -> None:
    turn = looked(stirred=None, now=SATURDAY)
    assert turn.watch.wake_at == TUESDAY.start - 50 * HOUR
    turn = looked(stirred=None, now=SATURDAY, program=ruled(clash_answer_hours=30))
    assert turn.watch.wake_at == TUESDAY.start - 56 * HOUR


def test_what_stirred_is_looked_at_once() -> None:
    turn = looked(ana=(DENTIST,))
    assert (asked(turn), turn.state.meetings[0].looked_at) == ([("clash", "mentor")], SATURDAY)
    again = looked(replace(TUESDAY, looked_at=SATURDAY), ana=(DENTIST,), now=SATURDAY + MINUTE)
    assert asked(again) == []
    anew = looked(replace(TUESDAY, looked_at=SATURDAY - MINUTE), ana=(DENTIST,))
    assert asked(anew) == [("clash", "mentor")]


@pytest.mark.parametrize(
    "meeting",
    [replace(TUESDAY, standing="cancelled"), replace(TUESDAY, place=None), tuesday(6)],
)
def test_only_what_stands_on_a_calendar_and_is_to_come(meeting: Meeting) -> None:
    everything = (busy("2026-10-06T10:00", 24 * 10),)
    assert asked(looked(meeting, ana=everything)) == []


def test_what_could_not_be_read_is_read_again() -> None:
    turn = looked(replace(TUESDAY, looked_at=SATURDAY - MINUTE), ana=(DENTIST,), failed=True)
    assert (asked(turn), turn.state.meetings[0].looked_at) == ([], None)


# --- what


@pytest.mark.parametrize(
    ("there", "on_top"),
    [
        (DENTIST, True),
        (busy("2026-10-13T14:00"), False),  # ends when it begins
        (replace(DENTIST, end=TUESDAY.start + MINUTE), True),
        (busy("2026-10-13T15:30"), False),
        (busy("2026-10-13T15:29"), True),
        (replace(DENTIST, priority=4), False),
        (replace(DENTIST, priority=6), True),
        (replace(DENTIST, source="tuesdays"), False),  # the series itself
        (replace(DENTIST, source=OURS.uid), False),
        (busy("2026-10-13T15:00", 0.5, source=""), False),  # nobody says what it is
        (busy("2026-10-13T15:00", 0.5), True),  # something else, at the very same time
        (busy("2026-10-13T15:00", 1, source=""), True),
        (busy("2026-10-13T14:30", 1, source=""), True),
    ],
)
def test_what_lies_on_it_and_what_is_the_1_1_itself(there: BusyInterval, on_top: bool) -> None:
    turn = looked(TUESDAY, tuesday(20, place=OURS), tuesday(27, place=None), ana=(there,))
    assert asked(turn) == ([("clash", "mentor")] if on_top else [])


def test_the_question_names_the_time_and_remembers_the_event() -> None:
    turn = looked(ben=(DENTIST,))
    question = Question(
        "clash", "mentee", f"{TUESDAY.origin}#mentee-2026-10-13T13:00:00Z", SATURDAY,
        TUESDAY.start - DAY,
        {"start": "2026-10-13T13:00:00Z", "source": short("dentist mentee")},
    )  # fmt: skip
    assert turn.state.questions == (question,)


def test_an_event_without_a_name_is_known_by_its_beginning() -> None:
    turn = looked(ana=(replace(DENTIST, source=""),))
    assert turn.state.questions[0].facts["source"] == short("2026-10-13T12:30:00Z mentor")


def test_what_somebody_kept_is_passed_over_and_the_next_one_is_not() -> None:
    other = busy("2026-10-13T15:00", 1, source="choir")
    turn = looked(ana=(DENTIST, other), double_booked=(short("dentist mentor"),))
    assert [q.facts["source"] for q in turn.state.questions] == [short("choir mentor")]
    turn = looked(ana=(DENTIST,), double_booked=(short("dentist mentee"),))  # kept by the other one
    assert asked(turn) == [("clash", "mentor")]


@pytest.mark.parametrize(
    ("days", "away", "kind"),
    [
        (3, True, "absence"),
        (2.85, True, "absence"),  # three days need not be whole
        (2.84, True, "clash"),
        (3, False, "clash"),
        (1, True, "clash"),
    ],
)
def test_out_of_office_for_days_is_an_absence(days: float, away: bool, kind: str) -> None:
    out = busy("2026-10-13T00:00", days * 24, away=away)
    assert asked(looked(ana=(out,))) == [(kind, "mentor")]


# --- thought better of


NAMED = {"start": iso(TUESDAY.start), "source": short("dentist mentor")}
ABOUT = f"{TUESDAY.origin}#mentor-{iso(TUESDAY.start)}"
CLASH = Question("clash", "mentor", ABOUT, SATURDAY - HOUR, TUESDAY.start - DAY, NAMED)


@pytest.mark.parametrize(
    ("question", "ana", "open_still"),
    [
        (CLASH, (), False),
        (CLASH, (DENTIST,), True),
        (CLASH, None, True),  # nobody can see it now
        (replace(CLASH, told_at=SATURDAY), (), True),
        (replace(CLASH, occasion=ABOUT.replace("10-13T15", "10-20T15", 1)), (), True),
        (replace(CLASH, role="mentee"), (), False),  # Ben's calendar is free as well
        (replace(CLASH, kind="absence"), (), True),
    ],
)
def test_gone_again_before_its_letter_went_it_is_not_asked(
    question: Question, ana: Any, open_still: bool
) -> None:
    turn = looked(ana=ana, questions=(question,))
    assert (question in turn.state.questions) == open_still


# --- answered


def test_1_keeps_it_and_that_event_is_not_asked_about_again() -> None:
    turn = turn_of(TUESDAY, now=SATURDAY, questions=(CLASH,))
    answered_clash(turn, CLASH, 1)
    assert (turn.state.questions, turn.state.meetings) == ((), (TUESDAY,))
    assert turn.state.double_booked == (NAMED["source"],)
    assert reasons(turn) == [f"{ABOUT}: kept as it is"]


@pytest.mark.parametrize(("standing", "moves"), [("planned", True), ("cancelled", False)])
def test_2_looks_for_another_time_of_what_still_stands(standing: str, moves: bool) -> None:
    met = replace(TUESDAY, standing=standing)
    turn = turn_of(tuesday(6), met, now=SATURDAY, questions=(CLASH,))
    answered_clash(turn, CLASH, 2)
    asked_for = replace(met, asked_by="mentor", changed_at=SATURDAY)
    assert turn.state.meetings == (tuesday(6), asked_for if moves else met)
    assert (turn.state.questions, turn.state.double_booked) == ((), ())


def test_silence_keeps_it_as_well_and_the_last_eight_are_known() -> None:
    known = (*"abcdefg", str(NAMED["source"]), "h")
    turn = turn_of(TUESDAY, questions=(CLASH,), double_booked=known)
    keep_double(turn, CLASH)
    assert turn.state.questions == ()
    assert turn.state.double_booked == (*"bcdefgh", NAMED["source"])


@pytest.mark.parametrize(
    ("meeting", "kept"),
    [
        (TUESDAY, True),
        (replace(TUESDAY, standing="moved"), True),
        (replace(TUESDAY, standing="cancelled"), False),
        (replace(TUESDAY, start=TUESDAY.start + HOUR), False),
        (tuesday(20), False),
    ],
)
def test_what_fell_out_or_has_another_time_needs_no_answer(meeting: Meeting, kept: bool) -> None:
    other = replace(CLASH, kind="absence")
    turn = turn_of(meeting, questions=(CLASH, other))
    drop_clashes(turn)
    assert turn.state.questions == ((CLASH, other) if kept else (other,))
