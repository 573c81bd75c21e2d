"""The labelled replies: no action that nobody asked for, and most of them understood.

Not the figures by language: `python -m tests.corpus.measure` prints them.
"""

from __future__ import annotations

import pytest

from tests.corpus.measure import Case, action, cases, figures, is_wrong

CASES = list(cases())
HALVES = sorted({case.half for case in CASES})
COVERAGE_MIN = {
    "own": 0.99,
    "seen": 0.99,
    "unseen": 0.96,
    "second": 0.94,
    "third": 0.92,
    "fourth": 0.92,
    "fifth": 0.94,
}
"""What is held today, of replies that have all been looked at since (README.md says what each came to before). What is missed
is asked about, or kept as words."""


@pytest.mark.parametrize("half", HALVES)
def test_no_reply_leads_to_an_action_that_nobody_asked_for(half: str) -> None:
    known = [case for case in CASES if case.half == half]
    wrong = [
        (case.reply, action(case), case.expect) for case in known if is_wrong(case, action(case))
    ]
    assert wrong == []


@pytest.mark.parametrize("half", HALVES)
def test_most_are_understood(half: str) -> None:
    assert figures(case for case in CASES if case.half == half).coverage >= COVERAGE_MIN[half]


def test_the_half_that_knows_the_rules_is_large_enough_and_has_its_traps() -> None:
    own = [case for case in CASES if case.half == "own"]
    assert {case.language for case in own} == {"en", "pt", "es", "fr", "de"}
    assert len(own) >= 220
    assert sum(case.expect in ("ask", "note", "nothing") for case in own) >= 60


def test_the_measure_finds_a_wrong_action() -> None:
    planted = Case("own", "en", "proposal", CASES[0].slots, "2", "ask", CASES[0].today)
    assert is_wrong(planted, action(planted))
