"""The banks of questions of the presets: how many of each theme a mentor and a mentee have as ideas, one in each 1:1, and that
none can be taken out of a bank unnoticed.

Not which of them comes when: tests/decide/test_ideas.py. Not the letter: tests/guides/witnesses.py.
"""

from __future__ import annotations

from collections import Counter

import pytest

from daemon.decide.ideas import fitting_in, ideas
from daemon.domain.people import ROLES, Role
from daemon.domain.program import Program
from daemon.domain.value import replace
from tests.guides.programs import program_of
from tests.guides.rows import ROWS

MEETINGS = 80
"""So many 1:1s that each question was there, also those that come late."""
THEMES: dict[str, dict[str, tuple[int, int, str]]] = {
    "koss": {
        "check-in": (4, 0, "S0.15"), "learning": (2, 1, "S0.15"), "team": (1, 0, "S0.16"),
        "us": (1, 2, "S0.17"), "advice": (0, 4, "S0.18"), "feedback": (0, 1, "S0.18"),
    },
    "practical": {
        "check-in": (4, 1, "S1.11"), "development": (5, 3, "S1.11"), "diversity": (4, 0, "S1.15"),
        "engagement": (6, 0, "S1.11"), "feedback": (5, 3, "S1.13"), "productivity": (5, 1, "S1.11"),
        "relationship": (5, 1, "S1.11"),
    },
}  # fmt: skip
"""Of each theme how many a mentor and a mentee may ask, and the row that asks for them. `km` has the bank of `practical`."""
THOUGHTS = {"koss": 0, "practical": 13}
"""Lines against mistakes, and for how one is with another (S1.7, S1.10): how many a mentor has, one in each prep."""
BANKS = [("koss", "koss"), ("practical", "practical"), ("km", "practical")]


def program(preset: str) -> Program:
    """Where what is sensitive is wanted as well."""
    return replace(program_of(preset).programs[0], sensitive_questions=True)


def had(under: Program, role: Role) -> Counter[str]:
    """Of which themes this side has ideas, each question counted once."""
    fitting = fitting_in(under, role)
    shown = set(ideas(fitting, "lane", MEETINGS))
    return Counter(each.theme for each in fitting if each.text in shown)


def wanted(bank: str, role: Role) -> Counter[str]:
    """The same as the table has it."""
    at = ROLES.index(role)
    return +Counter({theme: known[at] for theme, known in THEMES[bank].items()})


def complete(under: Program, bank: str) -> bool:
    """Whether both have all of it."""
    return len(under.thoughts) == THOUGHTS[bank] and all(
        had(under, role) == wanted(bank, role) for role in ROLES
    )


@pytest.mark.parametrize(("preset", "bank"), BANKS)
def test_both_sides_have_so_many_ideas_of_each_theme(preset: str, bank: str) -> None:
    under = program(preset)
    for role in ROLES:
        assert had(under, role) == wanted(bank, role), "a question came or went: mend THEMES here"
    assert len(under.thoughts) == THOUGHTS[bank], "a thought came or went: mend THOUGHTS here"
    assert {row for _, _, row in THEMES[bank].values()} <= {row.id for row in ROWS}


@pytest.mark.parametrize(("preset", "bank"), BANKS)
def test_no_question_and_no_thought_can_be_taken_out_unnoticed(preset: str, bank: str) -> None:
    under = program(preset)
    for each in under.asks:
        rest = tuple(other for other in under.asks if other != each)
        assert not complete(replace(under, asks=rest), bank), each.text
    for number in range(len(under.thoughts)):
        rest_of = under.thoughts[:number] + under.thoughts[number + 1 :]
        assert not complete(replace(under, thoughts=rest_of), bank)
