"""Absences as tables: what is asked, what is remembered, and for how long (RULES 5, row 10a).

Not the dates that a letter names: test_absence_letters.py. Not what becomes of the meetings: test_absence_meetings.py.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from daemon.decide.absence import (
    answered_absence,
    ask_about_absence,
    away,
    forget_absences,
    keep_absent,
    occasion_of_absence,
)
from daemon.decide.once import absence_name
from daemon.decide.seen import PairingTurn
from daemon.domain.observation import BusyInterval, PersonSaid, Said
from daemon.domain.pair import Absence
from daemon.domain.people import Days, Role
from daemon.domain.question import Question
from daemon.domain.value import replace
from daemon.domain.world import Commitment
from tests.decide.pair_cast import (
    LONG_AGO,
    NOW,
    WEEK_AWAY,
    berlin,
    day,
    meeting,
    reasons,
    series,
    turn_of,
)

KNOWN = series(known_to=day(20))


def out(start: str, end: str) -> BusyInterval:
    return BusyInterval(berlin(start), berlin(end), away=True)


def asked(turn: PairingTurn) -> list[tuple[str, Any, Any]]:
    """The days that each question names, and until when it waits."""
    return [
        (f"{q.facts['first'][8:]}-{q.facts['last'][8:]}", q.occasion, q.answer_by)
        for q in turn.state.questions
    ]


# --- an event of days is asked about


def test_one_letter_with_what_it_is_about_and_nothing_of_its_text() -> None:
    turn = turn_of(series=(KNOWN,), meetings=(meeting(13), meeting(20)))
    ask_about_absence(turn, "mentor", out("2026-10-12T00:00", "2026-10-17T00:00"), "event-1")
    assert turn.state.questions == (
        Question(
            "absence", "mentor", "mentor-event-1-20261012-20261016", NOW, berlin("2026-10-11T00:00"),
            {
                "own": True, "first": "2026-10-12", "last": "2026-10-16", "source": "event-1",
                "left_out": ["2026-10-13T13:00:00Z"],
            },
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-10-12T00:00", "2026-10-16T23:59", "12-16"),
        ("2026-10-12T00:00", "2026-10-17T00:00", "12-16"),  # midnight ends the day before
        ("2026-10-12T00:00", "2026-10-17T00:01", "12-17"),
        ("2026-10-11T23:59", "2026-10-17T00:00", "11-16"),
    ],
)
def test_its_days_are_those_of_the_persons_own_calendar(start: str, end: str, days: str) -> None:
    turn = turn_of()
    ask_about_absence(turn, "mentor", out(start, end), "x")
    assert [each[0] for each in asked(turn)] == [days]


def test_a_mentees_days_begin_by_the_mentees_clock() -> None:
    turn = turn_of()
    # 20:30 in Berlin is midnight in Kolkata
    ask_about_absence(turn, "mentee", out("2026-10-11T20:30", "2026-10-16T20:30"), "x")
    assert asked(turn) == [("12-16", "mentee-x-20261012-20261016", berlin("2026-10-10T20:30"))]


@pytest.mark.parametrize(
    ("start", "until"),
    [
        ("2026-10-10T00:00", "2026-10-09T00:00"),  # a day before it begins
        ("2026-10-09T00:00", "2026-10-08T10:00"),  # and a day from now at least
        ("2026-10-07T00:00", "2026-10-08T10:00"),
    ],
)
def test_how_long_the_answer_is_waited_for(start: str, until: str) -> None:
    turn = turn_of()
    ask_about_absence(turn, "mentor", out(start, "2026-10-17T00:00"), "x")
    assert [each[2] for each in asked(turn)] == [berlin(until)]


@pytest.mark.parametrize(
    ("role", "first", "last", "again"),
    [
        ("mentor", 12, 16, False),
        ("mentor", 11, 17, False),
        ("mentor", 13, 16, True),
        ("mentor", 12, 15, True),
        ("mentee", 12, 16, True),
    ],
)
def test_days_that_were_said_already_are_not_asked_about(
    role: Role, first: int, last: int, again: bool
) -> None:
    said = Absence(role, Days(date(2026, 10, first), date(2026, 10, last)), LONG_AGO)
    turn = turn_of(absences=(said,))
    ask_about_absence(turn, "mentor", out("2026-10-12T00:00", "2026-10-17T00:00"), "x")
    assert bool(asked(turn)) is again


@pytest.mark.parametrize(("name", "again"), [("x", False), ("y", True)])
def test_what_is_asked_in_another_pairing_is_not_asked_here(name: str, again: bool) -> None:
    told = Commitment("pairing/ana-chi", "told", LONG_AGO, LONG_AGO, absence_name("x"))
    turn = turn_of()
    turn.world = replace(turn.world, commitments={"ana": (told,)})
    ask_about_absence(turn, "mentor", out("2026-10-12T00:00", "2026-10-17T00:00"), name)
    assert bool(asked(turn)) is again


# --- its answer


QUESTION = Question(
    "absence", "mentor", "mentor-x", LONG_AGO, LONG_AGO + timedelta(days=7),
    facts={"first": "2026-10-12", "last": "2026-10-16", "source": "x"},
)  # fmt: skip


def test_yes_is_true_in_all_pairings() -> None:
    turn = turn_of(questions=(QUESTION,))
    answered_absence(turn, QUESTION, 1)
    assert turn.state.absences == (Absence("mentor", WEEK_AWAY, NOW, "calendar"),)
    assert turn.state.questions == () and turn.state.double_booked == ()
    days = (WEEK_AWAY.first, WEEK_AWAY.last)
    assert turn.forwarded == [("person/ana", PersonSaid("ana", Said("away", days=days), NOW))]


@pytest.mark.parametrize("answered", [True, False], ids=["no", "no answer"])
def test_no_keeps_everything_and_that_event_is_not_asked_about_again(answered: bool) -> None:
    turn = turn_of(questions=(QUESTION,), double_booked=("a", "b"))
    if answered:
        answered_absence(turn, QUESTION, 2)
    else:
        keep_absent(turn, QUESTION)
    assert turn.state.absences == () and turn.state.questions == ()
    assert turn.state.double_booked == ("a", "b", "x")
    assert turn.forwarded == [("person/ana", PersonSaid("ana", Said("keep", text="x"), NOW))]


def test_only_the_last_eight_of_them_are_kept_in_mind() -> None:
    turn = turn_of(questions=(QUESTION,), double_booked=tuple("abcdefgh"))
    keep_absent(turn, QUESTION)
    assert turn.state.double_booked == tuple("bcdefghx")


# --- away


@pytest.mark.parametrize(
    ("first", "last", "known"),
    [
        ("2026-10-01", "2026-10-07", True),  # the last day is today
        ("2026-10-01", "2026-10-06", False),
        ("2026-10-08", "2027-10-09", True),  # 366 days on
        ("2026-10-08", "2027-10-10", False),
    ],
)
def test_days_that_are_over_or_longer_than_a_year_are_none(
    first: str, last: str, known: bool
) -> None:
    turn = turn_of()
    days = Days(date.fromisoformat(first), date.fromisoformat(last))
    said = away(turn, "mentor", days)
    assert said == (Absence("mentor", days, NOW, "reply") if known else None)
    assert turn.state.absences == ((said,) if said else ())
    assert reasons(turn) == ([f"the mentor is away {first}–{last}"] if known else [])


@pytest.mark.parametrize(("role", "known"), [("mentor", True), ("mentee", False)])
def test_today_is_that_of_the_person(role: Role, known: bool) -> None:
    turn = turn_of(now=berlin("2026-10-07T21:00"))  # past midnight in Kolkata
    days = Days(date(2026, 10, 7), date(2026, 10, 7))
    assert (away(turn, role, days) is not None) is known


def test_said_once_more_it_takes_the_place_of_the_first_and_of_nothing_else() -> None:
    later = Days(date(2026, 10, 26), date(2026, 10, 30))
    first, others = Absence("mentor", WEEK_AWAY, LONG_AGO, "calendar"), (
        Absence("mentor", later, LONG_AGO), Absence("mentee", WEEK_AWAY, LONG_AGO),
    )  # fmt: skip
    turn = turn_of(absences=(first, *others), not_away=(first, *others))
    said = away(turn, "mentor", WEEK_AWAY)
    assert turn.state.absences == (*others, said)
    assert turn.state.not_away == others


@pytest.mark.parametrize(("role", "open_still"), [("mentor", 0), ("mentee", 1)])
def test_it_answers_what_that_person_is_asked(role: Role, open_still: int) -> None:
    turn = turn_of(questions=(QUESTION,))
    away(turn, role, Days(date(2026, 10, 12), date(2026, 10, 23)))
    assert len(turn.state.questions) == open_still


# --- how long it is remembered


@pytest.mark.parametrize(("last", "kept"), [("2026-09-30", True), ("2026-09-29", False)])
def test_a_week_after_its_last_day_it_is_nobodys_business(last: str, kept: bool) -> None:
    over = Absence("mentor", Days(date(2026, 9, 1), date.fromisoformat(last)), LONG_AGO)
    lasting = Absence("mentee", WEEK_AWAY, LONG_AGO)
    turn = turn_of(absences=(over, lasting), not_away=(lasting,))
    forget_absences(turn)
    assert turn.state.absences == ((over, lasting) if kept else (lasting,))
    turn = turn_of(absences=(lasting,), not_away=(over, lasting))
    forget_absences(turn)
    assert turn.state.not_away == ((over, lasting) if kept else (lasting,))
    assert turn.state.absences == (lasting,)


def test_how_its_letters_are_named() -> None:
    absence = Absence("mentee", WEEK_AWAY, NOW + timedelta(days=1))
    assert occasion_of_absence(absence) == "mentee-20261012-20261016"
