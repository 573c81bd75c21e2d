"""What is told to a person, or said by one, in one of their pairings and holds in all of them, as tables.

Not the stories of it: tests/stories/test_absence.py, test_breaks.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from daemon.decide.once import OWN_PAUSE, absence_name, hand_on, told_elsewhere, told_here
from daemon.domain.observation import PersonSaid, Said
from daemon.domain.pair import Pause
from daemon.domain.people import Role
from daemon.domain.question import Question
from daemon.domain.value import replace
from daemon.domain.world import Commitment, Mark
from tests.decide.pair_cast import DAY, LANE, LONG_AGO, NOW, turn_of

AUTUMN = "break-ahead/20261019-20261101"


def told(lane: str = "pairing/ana-chi", kind: Any = "told", name: str = AUTUMN) -> Commitment:
    return Commitment(lane, kind, LONG_AGO, LONG_AGO, name)


@pytest.mark.parametrize(("role", "person"), [("mentor", "ana"), ("mentee", "ben")])
def test_what_somebody_said_goes_to_all_pairings_of_that_person(role: Role, person: str) -> None:
    turn = turn_of()
    hand_on(turn, role, Said("resume"))
    assert turn.forwarded == [(f"person/{person}", PersonSaid(person, Said("resume"), NOW))]


@pytest.mark.parametrize(
    ("bound", "role", "expected"),
    [
        ({"ana": (told(),)}, "mentor", True),
        ({"ana": (told(lane=LANE),)}, "mentor", False),  # that is what stands here
        ({"ana": (told(kind="letter"),)}, "mentor", False),
        ({"ana": (told(name="break-ahead/20261220-20270106"),)}, "mentor", False),
        ({"ana": (told(lane=LANE), told(kind="letter"), told())}, "mentor", True),
        ({"ana": (told(),)}, "mentee", False),
        ({"ben": (told(),)}, "mentee", True),
        ({}, "mentor", False),
    ],
)
def test_told_elsewhere_is_the_same_thing_in_another_pairing_of_that_person(
    bound: dict[str, tuple[Commitment, ...]], role: Role, expected: bool
) -> None:
    turn = turn_of()
    turn.world = replace(turn.world, commitments=bound)
    assert told_elsewhere(turn, role, AUTUMN) is expected


def test_an_event_that_is_asked_about_here_is_told_here_to_that_person_alone() -> None:
    asked = Question(
        "absence", "mentor", "mentor-out", NOW - DAY, NOW + 7 * DAY, facts={"source": "out"}
    )
    clash = Question("clash", "mentor", "another", NOW, NOW + 7 * DAY, facts={"source": "other"})
    turn = turn_of(questions=(asked, clash))
    assert told_here(turn, "mentor") == [
        Commitment(LANE, "told", NOW - DAY, NOW - DAY, absence_name("out"))
    ]
    assert told_here(turn, "mentee") == []


@pytest.mark.parametrize(
    ("standing", "counts"),
    [("live", True), ("settled", True), ("skipped", False), ("withdrawn", False)],
)
def test_a_break_is_told_here_once_its_letter_is_on_its_way(standing: Any, counts: bool) -> None:
    mark = Mark(1, "2026-10-19", standing, LONG_AGO)
    turn = turn_of(marks={f"break-ahead/{LANE}/20261019-20261101/ana": mark})
    here = Commitment(LANE, "told", LONG_AGO, LONG_AGO, AUTUMN)
    assert told_here(turn, "mentor") == ([here] if counts else [])
    assert told_here(turn, "mentee") == []


@pytest.mark.parametrize(
    ("by", "known"), [("mentor", True), ("mentee", False), ("admin", False), ("silence", False)]
)
def test_a_pause_of_the_mentors_own_is_known_to_the_mentors_other_pairings(
    by: Any, known: bool
) -> None:
    turn = turn_of(standing="paused", pause=Pause(LONG_AGO, None, by))
    here = Commitment(LANE, "told", LONG_AGO, LONG_AGO, OWN_PAUSE)
    assert told_here(turn, "mentor") == ([here] if known else [])
    assert told_here(turn, "mentee") == []


def test_other_letters_are_not_told_for_all() -> None:
    turn = turn_of(marks={f"paused/{LANE}/20261019-20261101/ana": Mark(1, "", "live", LONG_AGO)})
    assert told_here(turn, "mentor") == []
