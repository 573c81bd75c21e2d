"""What somebody has seen by a letter that was accepted, as tables: it needs no copy and cannot be taken back (RULES 8).

Not when such letters go: that is in test_copies.py and test_touchpoints.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from daemon.decide.copies import told, unread_to_dos
from daemon.domain.proposal import Offer, Proposal
from daemon.domain.thread import Action, AgendaLine, Note
from daemon.domain.value import replace
from tests.decide.letters_cast import stem, turn_at
from tests.decide.pair_cast import DAY, LONG_AGO, MINUTE, ORIGIN, START, mark, origin
from tests.stories.people import moment

NOW = moment("Tue 13 Oct 12:00 Berlin")
ASKED = NOW - 10 * MINUTE
"""When the letter was decided; it was accepted now."""
TIMES = Proposal(ORIGIN, "mentee", "cancelled", LONG_AGO, NOW + DAY, (Offer(1, START, START),), occasion=2, round=3)  # fmt: skip


def after(letter: str, *, decided: bool = True, **state: Any) -> Any:
    """What is remembered once that letter was accepted."""
    marks = {letter: mark(at=ASKED)} if decided else {}
    turn = turn_at(NOW, marks=marks, **state)
    told(turn, letter, NOW)
    return turn.state


# --- lists


@pytest.mark.parametrize(
    ("touchpoint", "occasion", "proposal", "seen"),
    [
        ("proposal", f"{ORIGIN}#2.3", TIMES, True),
        ("slot-gone", f"{ORIGIN}#2.3", TIMES, True),
        ("welcome-mentee", f"{ORIGIN}#2.3", TIMES, True),
        ("regular-time", f"{ORIGIN}#2.3", TIMES, True),
        ("proposal-mentor", f"{ORIGIN}#2.3", TIMES, True),
        ("proposal-nudge", f"{ORIGIN}#2.3", TIMES, False),
        ("moved", f"{ORIGIN}#2.3", TIMES, False),
        ("proposal", f"{ORIGIN}#2.2", TIMES, False),  # an earlier round
        ("proposal", f"{ORIGIN}#1.3", TIMES, False),  # an earlier question
        ("proposal", f"{origin(20)}#2.3", TIMES, False),
        ("proposal", f"{ORIGIN}#2.3v", TIMES, False),
        ("proposal", f"{ORIGIN}#2.3v", replace(TIMES, vetted=True), True),
        ("proposal", f"{ORIGIN}#2.3", replace(TIMES, vetted=True), False),
    ],
)
def test_a_list_has_been_read_with_the_letter_that_shows_it(
    touchpoint: str, occasion: str, proposal: Proposal, seen: bool
) -> None:
    state = after(stem(touchpoint, "ben", occasion), proposal=proposal)
    assert state.proposal == (replace(proposal, told_at=NOW) if seen else proposal)


def test_a_list_that_is_closed_by_then_is_nothing() -> None:
    assert after(stem("proposal", "ben", f"{ORIGIN}#2.3")).proposal is None


# --- the mentor is asked for a note


@pytest.mark.parametrize(
    ("letter", "asked"),
    [
        (stem("notes", "ana"), NOW),
        (stem("notes", "ben"), None),
        (stem("moved", "ana"), None),
    ],
)
def test_when_the_mentor_was_asked_last(letter: str, asked: Any) -> None:
    assert after(letter).mentor_asked_at == asked


# --- preps


def line(author: Any = "mentee", **more: Any) -> AgendaLine:
    own = {"origin": ORIGIN, "text": "The lab", "at": ASKED}
    return AgendaLine(author=author, **{**own, **more})


def note(author: Any = "mentee", **more: Any) -> Note:
    own = {"origin": origin(6), "text": "Rome", "at": ASKED}
    return Note(author=author, **{**own, **more})


TOPICS = [
    (line(), True),
    (line(at=ASKED + MINUTE), False),  # written while the letter was on its way
    (line("mentor"), False),
    (line(origin=origin(20)), False),
]


@pytest.mark.parametrize(("one", "seen"), TOPICS)
def test_topics_that_the_mentors_prep_has_shown(one: AgendaLine, seen: bool) -> None:
    assert after(stem("prep-mentor", "ana"), agenda=(one,)).agenda == (replace(one, shown=seen),)


def test_the_mentees_prep_shows_no_topics() -> None:
    for author in ("mentor", "mentee"):
        assert after(stem("prep-mentee", "ben"), agenda=(line(author),)).agenda == (line(author),)


@pytest.mark.parametrize(
    ("touchpoint", "person", "one", "seen"),
    [
        ("prep-mentor", "ana", note(), True),
        ("prep-mentor", "ana", note("mentor"), False),
        ("prep-mentor", "ana", note(at=ASKED + MINUTE), False),
        ("prep-mentor", "ana", note(origin=ORIGIN), False),  # it is not quoted
        ("prep-mentor", "ana", note(private=True), False),
        ("prep-mentee", "ben", note("mentor"), True),
        ("prep-mentee", "ben", note(), False),
    ],
)
def test_notes_that_a_prep_has_quoted(touchpoint: str, person: str, one: Note, seen: bool) -> None:
    later = note(at=NOW, text="not yet")
    state = after(stem(touchpoint, person), notes=(one, later))
    assert state.notes == (replace(one, copied=seen), later)


@pytest.mark.parametrize(
    ("letter", "reader"),
    [
        (stem("prep-mentor", "ana"), "mentor"),
        (stem("prep-mentee", "ben"), "mentee"),
        (stem("copy", "ana", f"{ORIGIN}#mentee-20261013T095000"), "mentor"),
        (stem("copy", "ben", f"{ORIGIN}#mentor-20261013T095000"), "mentee"),
    ],
)
def test_to_dos_have_been_read_with_a_prep_and_with_a_copy_of_notes(
    letter: str, reader: Any
) -> None:
    by = "mentee" if reader == "mentor" else "mentor"
    known = (
        Action("a", "mentor", "ask Priya", ASKED, by=by),
        Action("b", "mentee", "the CV", ASKED + MINUTE, by=by),  # while it was on its way
        Action("c", "mentee", "the CV", ASKED + MINUTE, done_at=NOW, by=by),
        Action("d", "mentee", "one's own", ASKED + MINUTE, by=reader),
    )
    turn = turn_at(NOW, marks={letter: mark(at=ASKED)}, actions=known)
    assert [each.letter for each in unread_to_dos(turn, reader)] == ["a", "b"]
    told(turn, letter, NOW)
    assert [each.letter for each in unread_to_dos(turn, reader)] == ["b"]
    assert unread_to_dos(turn, by) == [known[3]]
    assert [each.shown for each in turn.state.actions] == [True, False, False, False]


def test_a_copy_of_topics_shows_no_to_dos() -> None:
    letter = stem("copy", "ana", f"{ORIGIN}#agenda-mentee-20261013T095000")
    turn = turn_at(NOW, marks={letter: mark(at=ASKED)}, agenda=(line(),), actions=(Action("a", "mentor", "x", ASKED),))  # fmt: skip
    told(turn, letter, NOW)
    assert len(unread_to_dos(turn, "mentor")) == 1


def test_without_a_memory_of_the_letter_its_arrival_counts() -> None:
    letter = stem("prep-mentor", "ana")
    state = after(letter, decided=False, notes=(note(at=NOW),), agenda=(line(at=NOW),))
    assert (state.notes[0].copied, state.agenda[0].shown) == (True, True)
    late = NOW + MINUTE
    state = after(letter, decided=False, notes=(note(at=late),), agenda=(line(at=late),))
    assert (state.notes[0].copied, state.agenda[0].shown) == (False, False)


# --- copies


@pytest.mark.parametrize(("one", "seen"), TOPICS)
def test_topics_that_a_copy_has_passed_on(one: AgendaLine, seen: bool) -> None:
    known = note()
    letter = stem("copy", "ana", f"{ORIGIN}#agenda-mentee-20261013T095000")
    state = after(letter, agenda=(one,), notes=(known,))
    assert state.agenda == (replace(one, shown=seen),)
    assert state.notes == (known,)


def test_topics_of_the_mentor_in_a_copy() -> None:
    letter = stem("copy", "ben", f"{ORIGIN}#agenda-mentor-20261013T095000")
    assert after(letter, agenda=(line("mentor"),)).agenda == (line("mentor", shown=True),)


@pytest.mark.parametrize(
    ("one", "seen"),
    [
        (note(), True),
        (note(origin=ORIGIN), True),  # one copy carries what waits of every 1:1
        (note(at=ASKED + MINUTE), False),
        (note("mentor"), False),
    ],
)
def test_notes_that_a_copy_has_passed_on(one: Note, seen: bool) -> None:
    letter = stem("copy", "ana", f"{ORIGIN}#mentee-20261013T095000")
    state = after(letter, notes=(one,), agenda=(line(),))
    assert state.notes == (replace(one, copied=seen),)
    assert state.agenda == (line(),)


def test_a_copy_of_which_nothing_is_remembered_has_passed_on_what_there_is() -> None:
    letter = stem("copy", "ana", f"{ORIGIN}#mentee-20261013T095000")
    for written, seen in ((NOW, True), (NOW + MINUTE, False)):
        state = after(letter, decided=False, notes=(note(at=written),))
        assert state.notes[0].copied == seen


@pytest.mark.parametrize("touchpoint", ["moved", "notes", "ack"])
def test_other_letters_show_none_of_it(touchpoint: str) -> None:
    state = after(stem(touchpoint, "ana"), notes=(note(),), agenda=(line(),))
    assert (state.notes, state.agenda) == ((note(),), (line(),))
