"""Did it take place? What a yes, a no and a line of either make of a 1:1, as a table (RULES 4).

Not the question about another time that may follow: stories tell that.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from daemon.decide.words import took_place
from daemon.domain.meeting import Meeting
from daemon.domain.observation import ReplySeen, Said
from daemon.domain.people import Role
from daemon.domain.value import replace
from tests.decide.letters_cast import END, ROOMY, standing, turn_at
from tests.decide.pair_cast import DAY, LONG_AGO, MINUTE, ORIGIN, facts, meeting, named
from tests.stories.people import moment

NOW = moment("Tue 13 Oct 16:30 Berlin")


def said(role: Role, yes: bool, known: Meeting, words: str = "", now: datetime = NOW) -> Any:
    """One of the two says yes or no to how it was."""
    turn = turn_at(now, meetings=(known,), program=ROOMY)
    commands = (Said(words),) if words else ()
    reply = ReplySeen(
        "ben", "<1@example.org>", "", commands, "" if words else "Rome", now, trust="verified"
    )
    took_place(turn, role, reply, known, yes)
    return turn


def held(evidence: str = "presumed") -> Meeting:
    return meeting(standing="held", evidence=evidence)


@pytest.mark.parametrize(
    ("role", "known", "expected", "answered"),
    [
        ("mentee", meeting(), "missed  mentee", True),
        ("mentor", meeting(), "missed  mentor", True),
        ("mentee", meeting(standing="moved"), "missed  mentee", True),
        ("mentee", held(), "missed  mentee", True),
        ("mentor", held(), "missed  mentor", True),
        ("mentee", held("confirmed"), "missed  mentee", True),
        ("mentor", held("confirmed"), "held confirmed", True),  # and reads the same
        ("mentee", meeting(standing="missed", said_by="mentor"), "missed  mentor", True),
        ("mentee", meeting(standing="cancelled"), "cancelled", False),
        ("mentee", meeting(standing="skipped", settled_by="choice"), "skipped   choice", False),
    ],
)
def test_a_no_makes_it_missed_and_a_mentors_does_not_outweigh_what_is_confirmed(
    role: Role, known: Meeting, expected: str, answered: bool
) -> None:
    turn = said(role, False, known)
    assert standing(turn) == expected
    who = "ben" if role == "mentee" else "ana"
    assert named(turn) == ([f"{who} ack"] if answered else [])
    if answered:
        assert facts(turn)["what"] == "missed"
    why = [f"{ORIGIN}: did not take place, says the {role}"]
    assert [each.text for each in turn.reasons] == (why if known.standing in ("planned", "moved", "held") else [])  # fmt: skip


def test_what_fell_out_by_a_no_is_looked_at_from_now_on() -> None:
    known = meeting(standing="held", evidence="presumed", changed_at=LONG_AGO, settled_by="choice")
    after = said("mentee", False, known).state.meetings[0]
    assert after == replace(
        known, standing="missed", evidence="", changed_at=NOW, settled_by="", said_by="mentee"
    )


def missed(by: str) -> Meeting:
    return meeting(standing="missed", said_by=by, settled_by="silence")


@pytest.mark.parametrize(
    ("role", "known", "words", "expected"),
    [
        ("mentee", meeting(), "", "held confirmed"),
        ("mentor", meeting(), "", "held confirmed"),
        ("mentee", meeting(standing="moved"), "", "held confirmed"),
        ("mentor", held(), "yes", "held confirmed"),
        ("mentee", missed("mentee"), "yes", "held confirmed"),
        ("mentor", missed("mentor"), "yes", "held confirmed"),
        ("mentee", missed("mentor"), "", "held confirmed"),  # outweighs the mentor's NO
        ("mentee", missed("mentee"), "", "missed  mentee silence"),  # words take no NO back
        ("mentee", missed("mentee"), "done", "missed  mentee silence"),
        ("mentor", missed("mentor"), "", "missed  mentor silence"),
        ("mentor", missed("mentee"), "yes", "missed  mentee silence"),
        ("mentee", meeting(standing="cancelled"), "yes", "cancelled"),
        ("mentee", meeting(standing="skipped"), "yes", "skipped"),
    ],
)
def test_a_yes_makes_it_held_and_words_alone_take_no_no_back(
    role: Role, known: Meeting, words: str, expected: str
) -> None:
    turn = said(role, True, known, words)
    assert standing(turn) == expected
    why = [f"{ORIGIN}: took place, says the {role}"]
    assert [each.text for each in turn.reasons] == (why if "held" in expected else [])
    assert named(turn) == []  # a yes is not answered


@pytest.mark.parametrize(
    ("ago", "expected"), [(-MINUTE, "held confirmed"), (0 * MINUTE, "missed  mentee silence")]
)
def test_a_no_can_be_corrected_for_a_fortnight(ago: Any, expected: str) -> None:
    assert standing(said("mentee", True, missed("mentee"), "yes", END + 14 * DAY + ago)) == expected
