"""How long a question waits, by the cadence and by the settings of the program, as tables (LETTERS 2).

Not when its letters go: tests/stories/test_offers.py.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from daemon.decide.patience import answer_time, reminders
from daemon.domain.cadence import Step
from daemon.domain.value import replace
from tests.stories.cast import KOSS

WEEKLY, BIWEEKLY, MONTHLY = Step(weeks=1), Step(weeks=2), Step(months=1, nth=1)
RARER = (Step(weeks=3), MONTHLY, Step(months=3, nth=1))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("step", "after"),
    [
        (WEEKLY, (24 * HOUR,)),  # two would outlive it
        (BIWEEKLY, (48 * HOUR,)),
        *((step, (2 * DAY, 4 * DAY)) for step in RARER),
    ],
)
def test_reminders_by_the_cadence(step: Step, after: tuple[timedelta, ...]) -> None:
    assert reminders(step, KOSS) == after


@pytest.mark.parametrize(
    ("step", "waits"),
    [(WEEKLY, 48 * HOUR), (BIWEEKLY, 4 * DAY), *((step, 7 * DAY) for step in RARER)],
)
def test_the_end_of_silence_by_the_cadence(step: Step, waits: timedelta) -> None:
    assert answer_time(step, KOSS) == waits


@pytest.mark.parametrize("step", [WEEKLY, BIWEEKLY, MONTHLY])
def test_a_program_may_say_its_own_for_all(step: Step) -> None:
    program = replace(KOSS, nudge_after_hours=(6, 30), answer_by_hours=1)
    assert reminders(step, program) == (6 * HOUR, 30 * HOUR)
    assert answer_time(step, program) == HOUR


def test_each_of_the_two_settings_stands_alone() -> None:
    assert answer_time(WEEKLY, replace(KOSS, nudge_after_hours=(6,))) == 48 * HOUR
    assert reminders(WEEKLY, replace(KOSS, answer_by_hours=6)) == (24 * HOUR,)
