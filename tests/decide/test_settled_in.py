"""The word at the change to maintenance, as tables: of which 1:1 it is, what is counted, and which rhythms are offered.

Not the letters: tests/stories/test_phases.py.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from daemon.decide.settled_in import settled_in
from daemon.domain.alone import Alone, Chemistry
from daemon.domain.cadence import Cadence, Step
from daemon.domain.pair import Agreed, Tally
from daemon.domain.value import replace
from tests.decide.pair_cast import BEGUN, berlin, ruled, tuesday, turn_of
from tests.stories.cast import line

MET = tuple(tuesday(number, "held") for number in (6, 13, 20, 27))
"""Both said yes on 5 October, and development lasts four weeks: until 2 November."""


def told(*meetings: Any, **known: Any) -> list[int]:
    """Which of these 1:1s it is of, by their place, on the second of November."""
    turn = at_the_change(*meetings, **known)
    return [
        at
        for at, each in enumerate(turn.state.meetings)
        if settled_in(turn, each, "mentee") is not None
    ]


def at_the_change(*meetings: Any, **known: Any) -> Any:
    """The turn of such a pair."""
    rules = {"development_weeks": 4, "maintenance_word": True, **known.pop("rules", {})}
    return turn_of(
        *meetings, now=berlin("2026-11-02T12:00"), program=ruled(**rules), since=BEGUN, mentee_yes=BEGUN,
        **known,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("meetings", "known", "expected"),
    [
        ((*MET, tuesday(34)), {}, [4]),
        ((*MET, tuesday(34), tuesday(41)), {}, [4]),
        ((*MET, tuesday(34, "cancelled"), tuesday(41)), {}, [4, 5]),  # it is said with the next
        ((*MET, tuesday(34, "held"), tuesday(41)), {}, [4]),  # they have met in maintenance
        ((tuesday(34),), {}, []),  # their first
        ((*MET, tuesday(34)), {"rules": {"maintenance_word": False}}, []),
        ((*MET, tuesday(34)), {"rules": {"development_weeks": 5}}, []),
        ((*MET, tuesday(34)), {"alone": Alone(chemistry=Chemistry(("mentor",)))}, []),
        ((*MET, tuesday(34)), {"agreed": Agreed(ends=date(2026, 11, 10))}, []),  # at its close
    ],
)
def test_of_which_1_1_it_is(meetings: Any, known: dict[str, Any], expected: list[int]) -> None:
    assert told(*meetings, **known) == expected


@pytest.mark.parametrize(
    ("known", "held", "reached"),
    [
        ({}, 4, 0),
        ({"tally": Tally(due=4, held=3, reached=2)}, 7, 2),
        ({"tally": Tally(due=30, held=1)}, 0, 0),  # nothing to be glad of
    ],
)
def test_what_is_counted(known: dict[str, Any], held: int, reached: int) -> None:
    turn = at_the_change(*MET, tuesday(34), **known)
    found = settled_in(turn, turn.state.meetings[-1], "mentor")
    assert found and (found["held"], found["reached"]) == (held, reached)


@pytest.mark.parametrize(
    ("step", "locked", "offered"),
    [
        (Step(weeks=1), (), ["biweekly", "monthly"]),
        (Step(weeks=2), (), ["monthly"]),
        (Step(weeks=3), (), ["monthly"]),
        (Step(weeks=4), (), []),
        (Step(months=1, nth=1), (), []),
        (Step(weeks=1), ("cadence",), []),
    ],
)
def test_which_rhythms_are_offered(step: Step, locked: tuple[str, ...], offered: list[str]) -> None:
    of = replace(line(), cadence=Cadence(step))
    turn = at_the_change(*MET, tuesday(34), of=of, rules={"locked": locked})
    found = settled_in(turn, turn.state.meetings[-1], "mentor")
    assert found and found["rarer"] == offered
