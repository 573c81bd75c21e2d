"""What `why` says of a letter's hours and limits: those that count for its reader, in this pairing.

Not when letters go: that is decided in caps.py and moment.py.
"""

from __future__ import annotations

import pytest

from daemon.domain.people import LetterRules, Person
from daemon.domain.program import Program
from daemon.domain.value import replace
from daemon.standing import letter_facts
from tests.stories.cast import ANA, KOSS, line

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
