"""What becomes of words: topics, notes, to-dos, as tables (RULES 8).

Not how they are found in a mail (tests/mail), and not when the other one reads them: that is in test_copies.py.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from daemon.decide.words import keep_words
from daemon.domain.observation import ReplySeen
from daemon.domain.pair import Undo
from daemon.domain.people import Role
from daemon.domain.thread import Action, AgendaLine, Note
from daemon.domain.value import replace
from tests.decide.letters_cast import END, ROOMY, standing, stem, turn_at
from tests.decide.pair_cast import (
    DAY,
    HOUR,
    LONG_AGO,
    MINUTE,
    ORIGIN,
    START,
    facts,
    letters,
    mark,
    meeting,
    named,
    origin,
)
from tests.stories.people import moment

NOW = moment("Tue 13 Oct 16:30 Berlin")
NOTES, PREP = f"{stem('notes', 'ben')}/1", f"{stem('prep-mentee', 'ben')}/1"


def mail(answers: str = NOTES, text: str = "", **more: Any) -> ReplySeen:
    """A mail of Ben's that says no command."""
    own = {
        "person": "ben",
        "message_id": "<1@example.org>",
        "said": (),
        "at": NOW,
        "trust": "verified",
    }
    return ReplySeen(**{**own, "answers": answers, "text": text, "thread": "a thread", **more})


def kept(
    reply: ReplySeen, now: datetime = NOW, role: Role = "mentee", **state: Any
) -> Any:  # fmt: skip
    """The turn in which the words came."""
    turn = turn_at(now, **{"meetings": (meeting(6), meeting(), meeting(20)), **state})
    keep_words(turn, role, reply)
    return turn


# --- topic or note


@pytest.mark.parametrize(
    ("answers", "now", "topic"),
    [
        (PREP, START - MINUTE, True),
        (PREP, START, False),  # it has begun
        (f"{stem('prep-mentor', 'ana')}/1", START - MINUTE, True),
        (NOTES, START - MINUTE, False),
        (f"{stem('copy', 'ben')}/1", START - MINUTE, False),
    ],
)
def test_to_a_prep_it_is_a_topic_and_to_anything_else_a_note(
    answers: str, now: datetime, topic: bool
) -> None:
    state = kept(mail(answers, "The lab", private="I am nervous"), now).state
    shared, own = (ORIGIN, "mentee", "The lab", now), (ORIGIN, "mentee", "I am nervous", now, True)
    assert state.agenda == ((AgendaLine(*shared),) if topic else ())
    assert state.notes == ((Note(*own),) if topic else (Note(*shared), Note(*own)))


def test_notes_are_kept_for_good_and_topics_for_the_1_1() -> None:
    turn = kept(mail(NOTES, "Rome", private="nervous"))
    assert [(each.text, each.private) for each in turn.kept] == [
        ("Rome", False),
        ("nervous", True),
    ]
    assert kept(mail(PREP, "Rome"), START - HOUR).kept == []


def test_words_of_before_stay_where_they_are() -> None:
    notes = (Note(origin(6), "mentor", "of old", LONG_AGO),)
    agenda = (AgendaLine(ORIGIN, "mentor", "of old", LONG_AGO),)
    assert kept(mail(NOTES, "new"), notes=notes).state.notes[0] == notes[0]
    assert kept(mail(PREP, "new"), START - HOUR, agenda=agenda).state.agenda[0] == agenda[0]


@pytest.mark.parametrize(("length", "left"), [(4000, 4000), (4001, 4000)])
def test_a_very_long_text_is_cut(length: int, left: int) -> None:
    assert len(kept(mail(NOTES, "x" * length)).state.notes[0].text) == left


@pytest.mark.parametrize(
    ("answers", "days", "about"),
    [
        (f"{stem('notes', 'ben', str(origin(6)))}/1", (6, 13, 20), 6),
        ("", (6, 13, 20), 13),  # the last one that is over
        (f"{stem('notes', 'ben', str(origin(1)))}/1", (6, 13, 20), 13),  # forgotten
        ("", (20, 27), 20),  # the next one
        ("", (13, 6), 13),
    ],
)
def test_what_a_line_is_about(answers: str, days: tuple[int, ...], about: int) -> None:
    state = kept(mail(answers, "Rome"), meetings=tuple(map(meeting, days))).state
    assert state.notes[0].origin == origin(about)


def test_over_is_what_has_ended() -> None:
    for now, about in ((END - MINUTE, 6), (END, 13)):
        assert kept(mail("", "Rome"), now).state.notes[0].origin == origin(about)


def test_without_any_1_1_it_is_asked_what_is_meant() -> None:
    turn = kept(mail("", "Rome"), meetings=())
    assert named(turn) == ["ben unclear"]
    assert facts(turn)["about"] == "other"
    assert (turn.state.notes, turn.state.undo) == ((), ())


# --- to-dos


def test_to_dos_get_the_next_letter_that_is_free() -> None:
    known = (Action("a", "mentor", "x", LONG_AGO), Action("c", "mentor", "y", LONG_AGO))
    todos = (("mentor", "ask Priya"), ("mentee", "the CV"), ("", "x" * 201))
    state = kept(mail(todos=todos), actions=known).state
    assert state.actions == (
        *known,
        Action("b", "mentor", "ask Priya", NOW, by="mentee"),
        Action("d", "mentee", "the CV", NOW, by="mentee"),
        Action("e", "mentee", "x" * 200, NOW, by="mentee"),
    )


def test_who_wrote_them_down_and_what_comes_after_z() -> None:
    known = tuple(Action(each, "mentor", "x", LONG_AGO) for each in "abcdefghijklmnopqrstuvwxyz")
    todos = (("mentor", "one more"),)
    last = kept(mail(todos=todos), role="mentor", actions=known).state.actions[-1]
    assert last == Action("z", "mentor", "one more", NOW, by="mentor")
    assert kept(mail(todos=todos), actions=known[:25]).state.actions[-1].letter == "z"


# --- the first note


@pytest.mark.parametrize(
    ("reply", "state", "expected"),
    [
        (mail(NOTES, "Rome"), {}, ["ben first-note"]),
        (mail(NOTES, private="nervous"), {}, []),
        (mail(NOTES, "Rome"), {"notes": (Note(origin(6), "mentee", "a", LONG_AGO),)}, []),
        (mail(NOTES, "Rome"), {"notes": (Note(origin(6), "mentor", "a", LONG_AGO),)}, ["ben first-note"]),
        (mail(NOTES, "Rome"), {"notes": (Note(origin(6), "mentee", "a", LONG_AGO, True),)}, ["ben first-note"]),
        (mail(NOTES, "Rome"), {"marks": {stem("first-note", "ben", "ever"): mark()}}, []),
    ],
)  # fmt: skip
def test_a_persons_very_first_note_is_confirmed(
    reply: ReplySeen, state: dict[str, Any], expected: list[str]
) -> None:
    assert named(kept(reply, **state)) == expected


def test_all_that_the_confirmation_tells() -> None:
    for program, copied in ((ROOMY, True), (replace(ROOMY, share_notes="next_prep"), False)):
        turn = kept(mail(NOTES, "Rome"), program=program)
        letter = letters(turn)[0]
        assert facts(turn) == {
            "start": "2026-10-13T13:00:00Z",
            "copied": copied,
            "next_start": "2026-10-20T13:00:00Z",
        }
        assert (letter.change.answers, letter.change.thread) == ("<1@example.org>", "a thread")
        assert letter.reason == "a person's very first note is confirmed"
        assert letter.stem == stem("first-note", "ben", "ever")
        known = turn.marks[stem("first-note", "ben", "ever")]
        assert (known.generation, known.standing, known.at) == (1, "settled", NOW)


# --- UNDO of words


@pytest.mark.parametrize(
    ("reply", "name"),
    [
        (mail(NOTES, "Rome"), ""),
        (mail(NOTES, private="nervous"), "private"),
        (mail(NOTES, "Rome", private="nervous"), ""),
        (mail(NOTES, private="nervous", todos=(("mentor", "x"),)), ""),
        (mail(NOTES, todos=(("mentor", "x"),)), ""),
    ],
)
def test_words_can_be_taken_back_for_a_fortnight(reply: ReplySeen, name: str) -> None:
    assert kept(reply).state.undo == (Undo("words", "mentee", NOW, NOW + 14 * DAY, name=name),)


# --- did it take place?


@pytest.mark.parametrize(
    ("answers", "now", "expected"),
    [
        (NOTES, END, "held confirmed"),
        (NOTES, END - MINUTE, "planned"),
        (PREP, START - MINUTE, "planned"),
        (PREP, END, "held confirmed"),
    ],
)
def test_a_line_after_its_end_says_that_it_took_place(
    answers: str, now: datetime, expected: str
) -> None:
    turn = kept(mail(answers, "Rome"), now)
    assert standing(turn) == expected
    why = [f"{ORIGIN}: took place, says the mentee"]
    assert [each.text for each in turn.reasons] == (why if "held" in expected else [])
