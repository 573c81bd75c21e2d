"""When somebody is asked for a line after a 1:1, when not, and what that letter tells, as tables (RULES 4 and 8).

Not what becomes of the line: that is in test_words_kept.py and test_copies.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from daemon.decide.touchpoints import touchpoints
from daemon.domain.meeting import Meeting
from daemon.domain.thread import Note
from daemon.domain.value import replace
from tests.decide.letters_cast import ROOMY, at, stem, turn_at
from tests.decide.pair_cast import ORIGIN, START, facts, letters, mark, meeting, named, origin
from tests.stories.people import moment

PREPPED = {stem("prep-mentor", "ana"): mark("skipped"), stem("prep-mentee", "ben"): mark()}


def after(now: str, *meetings: Meeting, **more: Any) -> Any:
    """What is asked for after Tuesday's 1:1, or that of the meetings given."""
    asked = moment("Mon 12 Oct 12:00 Berlin")
    own = {"program": ROOMY, "meetings": meetings or (meeting(),), "mentor_asked_at": asked}
    marks = PREPPED | more.pop("marks", {})
    turn = turn_at(now, **{**own, **more}, marks=marks)
    touchpoints(turn)
    return turn


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("Tue 13 Oct 15:59 Berlin", []),
        ("Tue 13 Oct 16:00 Berlin", ["ben notes"]),
        ("Fri 16 Oct 15:29 Berlin", ["ben notes"]),
        ("Fri 16 Oct 15:30 Berlin", []),
    ],
)
def test_from_when_and_until_when_a_line_is_asked_for(now: str, expected: list[str]) -> None:
    assert named(after(now)) == expected


def test_all_that_a_notes_letter_tells() -> None:
    turn = after("Tue 20 Oct 16:00 Berlin", meeting(20), meeting(27))
    assert facts(turn) == {
        "start": "2026-10-20T13:00:00Z",
        "next_start": "2026-10-27T14:00:00Z",
        "first": True,
        "asks": [],
        "shift": {"minutes": 60, "zone": "Europe/Berlin"},
    }
    letter = letters(turn)[0]
    assert (letter.opens, letter.closes) == (
        moment("Tue 20 Oct 16:00 Berlin"),
        moment("Fri 23 Oct 15:30 Berlin"),
    )
    assert (letter.reason, letter.basis) == ("the 1:1 is over", "2026-10-20T13:00:00Z")


def test_without_a_next_1_1_and_not_the_first_line() -> None:
    for standing, first in (("settled", False), ("withdrawn", True)):
        marks = {stem("first-note", "ben", "ever"): mark(standing)}
        told = facts(after("Tue 13 Oct 16:00 Berlin", marks=marks))
        assert (told["next_start"], told["shift"], told["first"]) == (None, None, first)


def test_at_night_it_waits_for_the_morning() -> None:
    late = at("Tue 13 Oct 20:15 Kolkata")
    turn = after("Tue 13 Oct 21:15 Kolkata", late)
    assert named(turn) == []
    assert turn.watch.wake_at == moment("Wed 14 Oct 07:00 Kolkata")
    assert letters(after("Wed 14 Oct 07:00 Kolkata", late))[0].opens == turn.watch.wake_at


ASKED_BEN = {stem("notes", "ben"): mark()}


@pytest.mark.parametrize(
    ("asked", "yes", "days", "expected"),
    [
        ("Tue 15 Sep 23:30 UTC", "Tue 1 Sep 12:00 Berlin", 28, ["ana notes"]),
        ("Wed 16 Sep 00:30 UTC", "Tue 1 Sep 12:00 Berlin", 28, []),
        ("", "Tue 15 Sep 12:00 Berlin", 28, ["ana notes"]),
        ("", "Wed 16 Sep 12:00 Berlin", 28, []),
        ("", "", 28, ["ana notes"]),  # begun long ago
        ("", "", 0, []),  # never
        ("Mon 12 Oct 12:00 Berlin", "", 1, ["ana notes"]),
    ],
)
def test_the_mentor_is_asked_after_so_many_days(
    asked: str, yes: str, days: int, expected: list[str]
) -> None:
    turn = after(
        "Tue 13 Oct 16:00 Berlin",
        program=replace(ROOMY, mentor_notes_days=days),
        mentor_asked_at=moment(asked) if asked else None,
        mentee_yes=moment(yes) if yes else None,
        marks=ASKED_BEN,
    )
    assert named(turn) == expected


def test_who_has_been_asked_is_not_forgotten_when_the_days_begin_anew() -> None:
    """The letter lies in the outbox: it is not withdrawn because its own sending starts the days again."""
    live = {**ASKED_BEN, stem("notes", "ana"): mark("live")}
    now = moment("Tue 13 Oct 16:00 Berlin")
    turn = after("Tue 13 Oct 16:00 Berlin", mentor_asked_at=now, marks=live)
    assert turn.wanted == {f"{stem('notes', 'ana')}/1"}


@pytest.mark.parametrize(
    ("evidence", "note", "expected"),
    [
        ("confirmed", Note(ORIGIN, "mentee", "Rome", START), []),
        ("confirmed", Note(ORIGIN, "mentor", "Rome", START, copied=True), ["ben notes"]),
        ("confirmed", Note(origin(6), "mentee", "Rome", START, copied=True), ["ben notes"]),
        ("presumed", Note(ORIGIN, "mentee", "Rome", START, copied=True), ["ben notes"]),
    ],
)
def test_nobody_is_asked_for_a_line_that_is_there(
    evidence: str, note: Note, expected: list[str]
) -> None:
    held = meeting(standing="held", evidence=evidence)
    old = Note(origin(6), "mentor", "of old", START, copied=True)
    turn = after("Tue 13 Oct 16:00 Berlin", held, notes=(old, replace(note, copied=True)))
    assert named(turn) == expected
    passed = [(f"{stem('notes', 'ben')}/1", "there is a note already")]
    assert turn.skipped == ([] if expected else passed)


def test_a_letter_that_is_on_its_way_stays_though_a_note_has_come() -> None:
    held = meeting(standing="held", evidence="confirmed")
    own = Note(ORIGIN, "mentee", "Rome", START, copied=True)
    live = {stem("notes", "ben"): mark("live")}
    turn = after("Tue 13 Oct 16:00 Berlin", held, notes=(own,), marks=live)
    assert turn.wanted == {f"{stem('notes', 'ben')}/1"}


@pytest.mark.parametrize(
    ("off", "on", "now", "expected"),
    [
        ("Tue 13 Oct 12:00 Berlin", "Thu 15 Oct 15:31 Berlin", "Thu 15 Oct 15:31 Berlin", []),
        ("Tue 13 Oct 12:00 Berlin", "Thu 15 Oct 15:30 Berlin", "Thu 15 Oct 15:30 Berlin", ["ben notes"]),
        ("Tue 13 Oct 15:30 Berlin", "Thu 15 Oct 15:31 Berlin", "Thu 15 Oct 15:31 Berlin", []),
        ("Tue 13 Oct 15:31 Berlin", "Thu 15 Oct 15:31 Berlin", "Thu 15 Oct 15:31 Berlin", ["ben notes"]),
        ("Tue 13 Oct 12:00 Berlin", "Tue 13 Oct 15:30 Berlin", "Thu 15 Oct 15:31 Berlin", []),
        ("Tue 13 Oct 12:00 Berlin", "Tue 13 Oct 15:29 Berlin", "Thu 15 Oct 15:31 Berlin", ["ben notes"]),
    ],
)  # fmt: skip
def test_after_a_time_without_power_only_the_last_two_days_are_asked_about(
    off: str, on: str, now: str, expected: list[str]
) -> None:
    turn = after(now, down=(moment(off), moment(on)))
    assert named(turn) == expected
    why = "the power was off: only the last days are asked about"
    assert turn.skipped == ([] if expected else [(f"{stem('notes', 'ben')}/1", why)])
