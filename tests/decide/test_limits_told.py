"""What `why` says of a letter's hours and limits: those that count for its reader, in this pairing.

Not when letters go: that is decided in caps.py and moment.py.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.domain.people import LetterRules, Person
from daemon.domain.program import Program
from daemon.domain.value import replace
from daemon.standing import letter_facts, nothing_due
from tests.decide.tuesday_cast import STATE
from tests.stories.cast import ANA, BEN, KOSS, line

EARLY = replace(ANA, quiet=(17 * 60, 8 * 60))
OWN = LetterRules(quiet=(18 * 60, 9 * 60), per_day=2, per_week=5)
PREP = "prep-mentor/pairing/ana-ben/2026-10-13T15:00[Europe/Berlin]/ana/1"


def of_pair(program: Program) -> Program:
    return program.as_agreed(replace(line(), letters=OWN))


@pytest.mark.parametrize(
    ("reader", "program", "told"),
    [
        (ANA, KOSS, ["21:00 to 07:00", "at most 1 such a day, 3 a week for a mentee"]),
        (EARLY, KOSS, ["17:00 to 08:00", "at most 1 such a day, 3 a week for a mentee"]),
        (ANA, of_pair(KOSS), ["18:00 to 09:00", "at most 2 such a day, 5 a week"]),
        (EARLY, of_pair(KOSS), ["17:00 to 08:00, and 18:00 to 09:00", "2 such a day, 5 a week"]),
    ],
)
def test_the_hours_and_limits_are_those_of_the_reader(
    reader: Person, program: Program, told: list[str]
) -> None:
    facts = list(letter_facts(PREP, reader, program, None))
    assert [fact.endswith(end) for fact, end in zip(facts, told, strict=True)] == [True, True]


def test_a_pair_that_has_agreed_on_nothing_has_the_program_as_it_is() -> None:
    assert KOSS.as_agreed(line()) is KOSS


def test_midnight_is_an_hour_of_a_prep() -> None:
    own = replace(line(), letters=LetterRules(prep_mentee_minute=0))
    assert KOSS.as_agreed(own).prep_mentee_minute == 0


@pytest.mark.parametrize(
    ("person", "leads", "day", "prep", "near"),
    [
        (BEN, (1, 0), 12, "at 18:00 before", "the day before or after: Tue 13 Oct 2026 18:30 Kolkata"),
        (BEN, (1, 0), 14, "at 18:00 before", "the day before or after: Tue 13 Oct 2026 18:30 Kolkata"),
        (BEN, (1, 0), 11, "at 18:00 before", "the day before or after: none"),
        (BEN, (3, 2), 10, "at 18:00 3 days before", "the day before or up to 3 days after: Tue 13 Oct 2026 18:30 Kolkata"),
        (BEN, (3, 2), 9, "at 18:00 3 days before", "the day before or up to 3 days after: none"),
        (ANA, (3, 2), 11, "at 09:00 2 days before", "the day before or up to 2 days after: Tue 13 Oct 2026 15:00 Berlin"),
        (ANA, (3, 2), 10, "at 09:00 2 days before", "the day before or up to 2 days after: none"),
    ],
)  # fmt: skip
def test_which_1_1_a_letter_of_a_day_could_be_about(
    person: Person, leads: tuple[int, int], day: int, prep: str, near: str
) -> None:
    program = replace(KOSS, prep_mentee_days=leads[0], prep_mentor_days=leads[1])
    said = list(nothing_due(STATE, person, program, date(2026, 10, day)))
    assert said == [
        f"letters come around a 1:1 (a prep {prep}, notes after), and when something changes",
        f"1:1s that day, {near}",
    ]
