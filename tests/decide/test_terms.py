"""Which value counts for a pair, as tables: locked by the program, else agreed on, else of the files (RULES 1).

Not how an agreement comes about: tests/stories/test_wishes.py and test_first_time.py.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from daemon.decide.terms import Terms, first_day, terms, with_own
from daemon.domain.cadence import Cadence, RegularTime, Step
from daemon.domain.pair import Agreed
from daemon.domain.people import Line
from daemon.domain.value import replace
from daemon.domain.world import PairingState
from tests.stories.cast import ANA, BEN, KOSS, TUESDAY_15, line

NOTHING = Agreed()
SINCE = datetime(2026, 10, 5, 8, 0, tzinfo=UTC)  # a Monday
THURSDAY_10 = RegularTime(3, 10, 0)
WEEKLY, BIWEEKLY, MONTHLY = Step(weeks=1), Step(weeks=2), Step(months=1, nth=1)
JUNE, JULY = date(2027, 6, 30), date(2027, 7, 31)
FILES = replace(line(ends=JUNE), lengths_minutes=(30, 60))
AGREED = Agreed(at=THURSDAY_10, step=BIWEEKLY, lengths_minutes=(45,), ends=JULY)


def counted(
    agreed: Agreed = NOTHING, own: Line = FILES, *, yes: datetime | None = None, **settings: Any
) -> Terms:
    state = PairingState(own, "active", SINCE, agreed=agreed, mentee_yes=yes)
    return terms(state, replace(KOSS, **settings))


def test_without_an_agreement_the_files_count() -> None:
    assert counted() == Terms(TUESDAY_15, WEEKLY, (30, 60), JUNE, "Europe/Berlin", 0, None)


def test_an_agreement_wins_over_the_files() -> None:
    assert counted(AGREED) == Terms(THURSDAY_10, BIWEEKLY, (45,), JULY, "Europe/Berlin")


@pytest.mark.parametrize(
    ("locked", "expected"),
    [
        ("at", Terms(TUESDAY_15, BIWEEKLY, (45,), JULY, "Europe/Berlin")),
        ("cadence", Terms(THURSDAY_10, WEEKLY, (45,), JULY, "Europe/Berlin")),
        ("length", Terms(THURSDAY_10, BIWEEKLY, (30, 60), JULY, "Europe/Berlin")),
        ("ends", Terms(THURSDAY_10, BIWEEKLY, (45,), JUNE, "Europe/Berlin")),
    ],
)
def test_what_the_program_locks_wins_over_the_agreement_and_locks_nothing_else(
    locked: str, expected: Terms
) -> None:
    assert counted(AGREED, locked=(locked,)) == expected


@pytest.mark.parametrize(
    ("agreed", "locked", "expected"),
    [
        (Agreed(seeking=True), (), None),
        (Agreed(at=THURSDAY_10, seeking=True), (), None),  # it holds no longer
        (Agreed(at=THURSDAY_10, seeking=True), ("at",), TUESDAY_15),
        (Agreed(at=THURSDAY_10), (), THURSDAY_10),
    ],
)
def test_while_another_regular_time_is_looked_for_none_counts(
    agreed: Agreed, locked: tuple[str, ...], expected: RegularTime | None
) -> None:
    assert counted(agreed, locked=locked).at == expected


@pytest.mark.parametrize(
    ("nth", "step", "expected"),
    [
        (0, MONTHLY, Step(months=1, nth=1)),  # the first, unless something else is said
        (3, MONTHLY, Step(months=1, nth=3)),
        (-1, Step(months=3, nth=1), Step(months=3, nth=-1)),
        (3, WEEKLY, WEEKLY),
    ],
)
def test_the_regular_time_says_which_weekday_of_the_month(
    nth: int, step: Step, expected: Step
) -> None:
    at = replace(TUESDAY_15, nth=nth)
    assert counted(own=replace(FILES, at=at, cadence=Cadence(step))).step == expected


def test_without_a_regular_time_a_monthly_step_stays_as_the_files_have_it() -> None:
    own = replace(FILES, at=None, cadence=Cadence(Step(months=1, nth=2)))
    assert counted(own=own).step == Step(months=1, nth=2)


# --- the end


@pytest.mark.parametrize(
    ("agreed", "ends", "settings", "expected"),
    [
        (Agreed(), None, {}, None),
        (Agreed(), None, {"minimum_weeks": 12}, date(2026, 12, 28)),
        (Agreed(), JUNE, {"minimum_weeks": 12}, JUNE),
        (Agreed(ends=JULY), None, {"minimum_weeks": 12}, JULY),
        (Agreed(open_ended=True), JUNE, {"minimum_weeks": 12}, None),
        (Agreed(open_ended=True, ends=JULY), JUNE, {}, None),
        # locked: neither a date nor going on without an end counts
        (Agreed(ends=JULY), JUNE, {"locked": ("ends",)}, JUNE),
        (Agreed(open_ended=True), JUNE, {"locked": ("ends",)}, JUNE),
        (
            Agreed(open_ended=True), None, {"locked": ("ends",), "minimum_weeks": 12},
            date(2026, 12, 28),
        ),
    ],
)  # fmt: skip
def test_when_it_ends(
    agreed: Agreed, ends: date | None, settings: dict[str, Any], expected: date | None
) -> None:
    assert counted(agreed, line(ends=ends), **settings).ends == expected


def test_the_weeks_of_a_program_count_from_the_day_that_the_files_name() -> None:
    later = replace(line(), starts=date(2026, 11, 2))
    assert counted(own=later, minimum_weeks=1).ends == date(2026, 11, 9)
    assert first_day(PairingState(later, "active", SINCE)) == date(2026, 11, 2)
    assert first_day(PairingState(line(), "active", SINCE)) == date(2026, 10, 5)


# --- so many sessions in so many days


@pytest.mark.parametrize(
    ("sessions", "within", "ends", "yes", "expected"),
    [
        # three weeks apart
        (4, 84, None, None, (Step(weeks=3), date(2026, 12, 28), date(2026, 10, 5))),
        # a day less leaves two whole weeks between them
        (4, 83, None, None, (Step(weeks=2), date(2026, 12, 27), date(2026, 10, 5))),
        # never less than a week
        (9, 21, None, None, (Step(weeks=1), date(2026, 10, 26), date(2026, 10, 5))),
        # an end that is set wins, whichever way it lies
        (4, 84, date(2026, 11, 2), None, (Step(weeks=1), date(2026, 11, 2), date(2026, 10, 5))),
        (4, 84, JUNE, None, (Step(weeks=3), date(2026, 12, 28), date(2026, 10, 5))),
        # it begins with the mentee's yes
        (
            4, 84, None, datetime(2026, 10, 12, 9, 0, tzinfo=UTC),
            (Step(weeks=3), date(2027, 1, 4), date(2026, 10, 12)),
        ),
    ],
)  # fmt: skip
def test_a_finite_plan_spreads_its_sessions_over_its_days(
    sessions: int, within: int, ends: date | None, yes: datetime | None,
    expected: tuple[Step, date, date],
) -> None:  # fmt: skip
    own = replace(FILES, ends=ends, cadence=Cadence(WEEKLY, sessions, within))
    apart, last, begun = expected
    assert counted(own=own, yes=yes) == Terms(
        None, apart, (30,), last, "Europe/Berlin", sessions, begun
    )


def test_a_finite_plan_does_not_begin_before_the_day_that_the_files_name() -> None:
    own = replace(line(), cadence=Cadence(WEEKLY, 4, 84), starts=date(2026, 11, 2))
    early = counted(own=own, yes=datetime(2026, 10, 6, 9, 0, tzinfo=UTC))
    assert (early.begun, early.ends) == (date(2026, 11, 2), date(2027, 1, 25))


def test_the_weeks_of_a_program_are_no_end_of_a_finite_plan() -> None:
    own = replace(line(), cadence=Cadence(WEEKLY, 4, 84))
    assert counted(own=own, minimum_weeks=2).ends == date(2026, 12, 28)


# --- zones


@pytest.mark.parametrize(
    ("agreed", "mentor", "mentee"),
    [
        (Agreed(), "Europe/Berlin", "Asia/Kolkata"),
        (Agreed(mentor_zone="America/Toronto"), "America/Toronto", "Asia/Kolkata"),
        (Agreed(mentee_zone="America/Toronto"), "Europe/Berlin", "America/Toronto"),
    ],
)
def test_a_zone_that_somebody_said_is_theirs_and_the_anchor_stays(
    agreed: Agreed, mentor: str, mentee: str
) -> None:
    assert with_own(line(), agreed) == replace(
        line(), mentor=replace(ANA, zone=mentor), mentee=replace(BEN, zone=mentee)
    )
    assert with_own(line(), agreed).anchor == "Europe/Berlin"
