"""Whether a line that names somebody to be introduced to is asked about, as a table (S3.13).

Not the letters, and what follows from the answers: tests/stories/test_introductions.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from daemon.decide.introducing import introduce, name_in
from daemon.domain.people import Role
from daemon.domain.question import Question
from daemon.domain.thread import Action, ActionKind
from tests.decide.letters_cast import turn_at
from tests.decide.pair_cast import DAY, facts, letters, meeting
from tests.decide.test_words_kept import NOW, mail

WHO = "Priya Rao, designs at Example Labs"


def question(kind: Any, number: int = 0, **told: str) -> Question:
    """One that the mentor is asked."""
    return Question(kind, "mentor", f"x{number}", NOW - DAY, NOW + DAY, dict(told))


def to_do(letter: str, text: str, *, done: bool = False, kind: ActionKind = "intro") -> Action:
    """One of the mentor's."""
    return Action(letter, "mentor", text, NOW - DAY, NOW if done else None, kind=kind)


THREE = tuple(to_do(letter, f"Person {letter}") for letter in "abc")
FULL = tuple(question("wish", number) for number in range(6))


@pytest.mark.parametrize(
    ("state", "what"),
    [
        ({}, "intro"),
        ({"standing": "closing"}, "intro"),
        ({"standing": "paused"}, "intro-rests"),
        ({"standing": "invited"}, "intro-rests"),
        ({"questions": (question("intro", who="PRIYA RAO"),)}, "intro-known"),
        ({"questions": (question("intro", who="Priya"),)}, "intro"),
        ({"actions": (to_do("a", "Priya Rao - a friend"),)}, "intro-known"),
        ({"actions": (to_do("a", WHO, done=True),)}, "intro"),
        ({"actions": (to_do("a", WHO, kind="todo"),)}, "intro"),
        ({"actions": THREE}, "intro-many"),
        ({"actions": THREE[:2]}, "intro"),
        (
            {"actions": THREE[:2], "questions": (question("intro", who="Person d"),)},
            "intro-many",
        ),
        ({"questions": FULL}, "intro-many"),
        ({"questions": FULL[:5]}, "intro"),
    ],
)
def test_what_is_said_to_a_mentee_s_line(state: dict[str, Any], what: str) -> None:
    asked = ask("mentee", state)
    assert asked[0] == [what]
    assert asked[1] == (what == "intro")


def ask(role: Role, state: dict[str, Any]) -> tuple[list[str], bool]:
    """What its writer hears, and whether one more question is open."""
    turn = turn_at(NOW, **{"meetings": (meeting(20),), **state})
    before = turn.state.questions
    assert introduce(turn, role, mail(intros=(WHO,))).intros == ()
    told = [str(facts(turn, at)["what"]) for at in range(len(letters(turn)))]
    return told, len(turn.state.questions) > len(before)


def test_what_the_other_one_had_wished_as_well_is_a_yes() -> None:
    turn = turn_at(NOW, meetings=(meeting(20),), questions=(question("intro", who=WHO),))
    introduce(turn, "mentor", mail(intros=("Priya Rao",)))
    assert [(a.owner, a.by, a.text, a.kind) for a in turn.state.actions] == [
        ("mentor", "mentee", WHO, "intro")
    ]
    assert turn.state.questions == ()


@pytest.mark.parametrize(
    ("who", "name"),
    [
        (WHO, "Priya Rao"),
        ("Priya Rao (Example Labs)", "Priya Rao"),
        ("Priya Rao – design", "Priya Rao"),
        ("Priya Rao-Lim: design", "Priya Rao-Lim"),
        ("Somebody at Example Labs", "Somebody at Example Labs"),
    ],
)
def test_the_name_ends_where_what_that_person_does_begins(who: str, name: str) -> None:
    assert name_in(who) == name
