"""The hard cap: above it every letter waits for a person, and the contact reads so, as tables (RULES 8).

Not the caps that only put letters off: those are in test_caps.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from daemon.decide.caps import note_letters
from daemon.domain.effect import SendLetter, TellAdmin
from daemon.domain.pair import Sent
from daemon.domain.people import Role
from daemon.domain.value import replace
from tests.decide.letters_cast import bound, stem, turn_at
from tests.decide.pair_cast import DAY, LANE
from tests.stories.cast import PATIENT
from tests.stories.people import moment

NOW = moment("Mon 12 Oct 12:00 Kolkata")
ONE_A_DAY = replace(PATIENT, letters_hard_cap=1)
HELD = "cap/2026-10-12"


def asked(*people: str, **state: Any) -> Any:
    """A turn in which a letter to each of them is asked for; one a day is the most."""
    turn = turn_at(NOW, **{"program": ONE_A_DAY, **state})
    for number, person in enumerate(people):
        turn.want(
            stem("ack", person, str(number)), SendLetter("ack", person, {}), account="koss@example.org",
            opens=NOW, closes=NOW + DAY, reason="why",
        )  # fmt: skip
    note_letters(turn)
    return turn


def holds(turn: Any) -> list[str]:
    return [each.hold for each in turn.effects if isinstance(each.change, SendLetter)]


@pytest.mark.parametrize(
    ("known", "held"),
    [
        (Sent("mentee", moment("Mon 12 Oct 00:00 Kolkata"), False, "x"), True),
        (Sent("mentee", moment("Mon 12 Oct 09:00 Kolkata"), True, "x"), True),
        (Sent("mentee", moment("Sun 11 Oct 23:59 Kolkata"), True, "x"), False),
        (Sent("mentor", moment("Mon 12 Oct 09:00 Kolkata"), True, "x"), False),
        (Sent("mentee", NOW, False, stem("ack", "ben", "0")), False),  # this very letter
        (Sent("mentee", NOW, False, stem("ack", "ben", "1")), True),
        (Sent("mentee", moment("Mon 12 Oct 09:00 Kolkata"), False, stem("ack", "ben", "0")), True),
    ],
)
def test_whatever_came_that_day_counts(known: Sent, held: bool) -> None:
    turn = asked("ben", sent=(known,))
    assert holds(turn) == ([HELD] if held else [""])
    assert turn.over_cap == (["mentee"] if held else [])


@pytest.mark.parametrize(
    ("one", "held"),
    [
        (bound("letter", "Mon 12 Oct 09:00 Kolkata"), True),
        (bound("letter", "Sun 11 Oct 09:00 Kolkata"), False),
        (bound("meeting", "Mon 12 Oct 09:00 Kolkata"), False),
        (bound("letter", "Mon 12 Oct 09:00 Kolkata", LANE), False),
    ],
)
def test_over_all_pairings(one: Any, held: bool) -> None:
    assert holds(asked("ben", bounds={"ben": (one,)})) == ([HELD] if held else [""])
    assert holds(asked("ben", bounds={"ana": (one,)})) == [""]


def test_so_many_are_a_setting() -> None:
    known = tuple(Sent("mentee", NOW - number * DAY / 48, True, "x") for number in (1, 2))
    for most, held in ((2, True), (3, False)):
        turn = asked("ben", program=replace(PATIENT, letters_hard_cap=most), sent=known)
        assert holds(turn) == ([HELD] if held else [""])


def test_letters_of_one_turn_count_and_each_of_the_two_for_themselves() -> None:
    turn = asked("ben", "ana", "ben", "ana", "ben")
    assert holds(turn) == ["", "", HELD, HELD, HELD]
    assert turn.over_cap == ["mentee", "mentor", "mentee"]
    roles: list[Role] = ["mentee", "mentor", "mentee", "mentor", "mentee"]
    assert turn.state.sent == tuple(
        Sent(role, NOW, False, stem("ack", "ben" if role == "mentee" else "ana", str(number)))
        for number, role in enumerate(roles)
    )


def test_the_contact_reads_whose_letters_they_are() -> None:
    turn = asked("ana", "ana", "ben", "ben")
    told = turn.effects[-1]
    assert told.change == TellAdmin("letters-over", {"first": "Ana"})
    assert told.reason == "more letters than the hard cap"
    assert [each.change.person for each in turn.effects[:-1]] == ["ana", "ana", "ben", "ben"]


def test_below_it_the_contact_reads_nothing() -> None:
    turn = asked("ana", "ben")
    assert [each.change.touchpoint for each in turn.effects] == ["ack", "ack"]


def test_letters_to_the_contact_and_to_strangers_are_not_counted_here() -> None:
    known = (Sent("mentee", NOW, False, "x"),)
    turn = asked("eva", sent=known)
    turn.tell("somebody-new", reason="why")
    note_letters(turn)
    assert [each.hold for each in turn.effects] == ["", ""]
    assert turn.state.sent == known


def test_what_is_remembered_already_is_remembered_once() -> None:
    same = Sent("mentee", NOW, True, stem("ack", "ben", "0"))
    assert asked("ben", sent=(same,)).state.sent == (same,)
    before = replace(same, at=NOW - DAY)
    assert asked("ben", sent=(before,)).state.sent == (before, replace(same, counts=False))
