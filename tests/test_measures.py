"""The measures: docs/measures.md says what the code works out, for its examples are executed, and shares of few are shown nowhere.

Not what goes into them: tests/stories/test_measures.py.
"""

from __future__ import annotations

import doctest
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from daemon.decide.measured import Counted, counted, waking_minutes
from daemon.measures import formulas
from daemon.measures.formulas import (
    FORMULAS,
    Share,
    adherence,
    engagement,
    satisfaction,
    time_to_repair,
)
from daemon.measures.page import page
from tests.decide.pair_cast import HOUR, MINUTE, START, berlin, ruled, tuesday

ROOT = Path(__file__).resolve().parent.parent
KOLKATA = ZoneInfo("Asia/Kolkata")


def test_the_page_is_up_to_date() -> None:
    assert (ROOT / "docs" / "measures.md").read_text(encoding="utf-8") == page(), (
        "run: python -m daemon.measures > docs/measures.md"
    )


def test_every_example_of_the_page_is_true() -> None:
    outcome = doctest.testmod(formulas)
    assert (outcome.failed, outcome.attempted >= len(FORMULAS)) == (0, True)
    told = doctest.DocTestParser().get_doctest(
        page().replace("```", ""), vars(formulas).copy(), "page", None, 0
    )
    assert doctest.DocTestRunner().run(told).failed == 0


@pytest.mark.parametrize(
    ("part", "of", "pairings", "percent"),
    [
        (5, 5, 5, 100),
        (0, 5, 5, 0),
        (1, 8, 5, 13),  # 12.5: halves upwards
        (2, 3, 9, None),
        (4, 5, 4, None),
        (0, 0, 9, None),
    ],
)
def test_a_share_of_few_is_not_shown(
    part: int, of: int, pairings: int, percent: int | None
) -> None:
    assert Share(part, of, pairings).percent == percent


def test_of_five_answers_a_mean_and_of_four_none() -> None:
    assert (satisfaction([1, 2, 3, 4, 5]), satisfaction([5] * 4), satisfaction([])) == (
        3.0,
        None,
        None,
    )
    with pytest.raises(AssertionError, match="1 to 5"):
        satisfaction([6] * 5)
    assert (time_to_repair([1, 2, 3, 4, 5, 6]), time_to_repair([1] * 4)) == (3.5, None)
    assert (adherence(0, 6, 6), engagement(6, 6)) == (0, 100)


@pytest.mark.parametrize(
    ("start", "end", "quiet_from", "quiet_to", "minutes"),
    [
        ("2026-10-12T10:00", "2026-10-12T10:31", 1260, 420, 31),
        (
            "2026-10-12T16:30",
            "2026-10-13T04:31",
            1260,
            420,
            60 + 61,
        ),  # a night in Kolkata
        ("2026-10-12T18:00", "2026-10-13T03:00", 1260, 420, 0),
        ("2026-10-10T10:00", "2026-10-12T10:00", 1260, 420, 2 * 14 * 60),
        ("2026-10-12T18:00", "2026-10-13T03:00", 0, 0, 9 * 60),  # no quiet hours at all
        ("2026-10-12T18:00", "2026-10-13T03:00", 60, 540, 210),  # quiet from one to nine
    ],
)
def test_nights_are_nobodys_waiting(
    start: str, end: str, quiet_from: int, quiet_to: int, minutes: int
) -> None:
    program = ruled(quiet_from_minute=quiet_from, quiet_to_minute=quiet_to)
    assert waking_minutes(berlin(start), berlin(end), KOLKATA, program) == minutes


FELL_AT = berlin("2026-10-12T10:00")
FELL: dict[str, Any] = {"cancelled_by": "mentor", "cancelled_at": FELL_AT}


@pytest.mark.parametrize(
    ("standing", "more", "words"),
    [
        ("held", {"evidence": "confirmed"}, "held confirmed"),
        ("held", {"evidence": "presumed"}, "held"),
        ("planned", {}, "held"),
        ("missed", {}, "not-held"),
        ("cancelled", FELL, "not-held fell"),
        ("skipped", {**FELL, "settled_by": "silence"}, "not-held fell"),
        ("skipped", {"settled_by": "rule"}, None),
        ("held", {**FELL, "moved_at": FELL_AT + 31 * MINUTE}, "held fell repaired 31"),
        (
            "cancelled",
            {**FELL, "moved_at": FELL_AT - HOUR},
            "not-held fell",
        ),  # moved, and then it fell
        ("held", {"moved_at": FELL_AT}, "held"),  # moved without falling out
    ],
)
def test_what_counts_of_a_1_1_and_no_side(
    standing: str, more: dict[str, Any], words: str | None
) -> None:
    found = counted(tuesday(13, standing, **more), ruled(), KOLKATA)
    assert (found.words() if found else None) == (words and f"2026-10-13T13:00:00Z {words}")
    assert found is None or Counted.of_words(found.words()) == found


def test_what_the_log_keeps_is_read_back() -> None:
    line = Counted(START, held=True, confirmed=False, fell=True, repaired_minutes=0)
    assert Counted.of_words(line.words()) == line
    assert isinstance(line.start, datetime)
