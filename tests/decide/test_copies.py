"""What one of the two wrote, and when the other one gets a copy of it, as tables (RULES 8).

Not what a reader has seen by a letter: that is in test_copies_read.py.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from daemon.decide.copies import copies, last_notes
from daemon.domain.cadence import RegularTime
from daemon.domain.thread import Action, AgendaLine, Note
from daemon.domain.value import replace
from tests.decide.letters_cast import CARD, at, stem, turn_at
from tests.decide.pair_cast import (
    DAY,
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
from tests.stories.cast import DAN, FAY, PATIENT, line
from tests.stories.people import moment

NOW = moment("Wed 14 Oct 12:00 Berlin")  # 15:30 in Kolkata: both are awake
NEXT_PREP = replace(PATIENT, share_notes="next_prep")


def note(author: Any = "mentee", text: str = "We met in Rome.", **more: Any) -> Note:
    """A line about Tuesday's 1:1, written ten minutes ago."""
    return Note(ORIGIN, author, text, **{"at": NOW - 10 * MINUTE, **more})


def copied(*notes: Note, now: datetime = NOW, **state: Any) -> Any:
    """The copies of notes that are asked for."""
    turn = turn_at(now, **{"notes": notes, "meetings": (meeting(), meeting(20)), **state})
    copies(turn)
    return turn


# --- notes


@pytest.mark.parametrize(
    ("notes", "state", "expected"),
    [
        ([note()], {}, ["ana copy"]),
        ([note("mentor")], {}, ["ben copy"]),
        ([note(), note("mentor")], {}, ["ben copy", "ana copy"]),
        ([note(private=True)], {}, []),
        ([note(copied=True)], {}, []),
        ([note()], {"meetings": (meeting(20),)}, []),  # its 1:1 is long forgotten
        ([note()], {"program": NEXT_PREP}, []),
        ([note("mentor")], {"program": NEXT_PREP}, []),
        ([note()], {"program": NEXT_PREP, "bounds": CARD}, ["ana copy"]),  # who gets no preps
        ([note("mentor")], {"program": NEXT_PREP, "bounds": CARD}, []),
    ],
)
def test_who_gets_a_copy(notes: list[Note], state: dict[str, Any], expected: list[str]) -> None:
    assert named(copied(*notes, **state)) == expected


def test_all_that_a_copy_of_notes_tells() -> None:
    first, second = note(text="Rome.\n \nThe lab."), note(text="And more.", at=NOW)
    todos = (
        Action("a", "mentor", "read of already", LONG_AGO, shown=True),
        Action("b", "mentor", "ask Priya", first.at - MINUTE),  # by itself
        Action("c", "mentee", "done already", NOW, done_at=NOW),
        Action("d", "mentee", "the CV", NOW),
        Action("e", "mentee", "the mentor's own words", NOW, by="mentor"),
    )
    turn = copied(first, note("mentor", "my own", copied=True), second, actions=todos)
    assert facts(turn) == {
        "what": "note",
        "day": "2026-10-13",
        "lines": ["Rome.", "The lab.", "And more."],
        "actions": [
            {"letter": "b", "owner": "mentor", "text": "ask Priya", "kind": "todo"},
            {"letter": "d", "owner": "mentee", "text": "the CV", "kind": "todo"},
        ],
        "start": "2026-10-20T13:00:00Z",
    }
    letter = letters(turn)[0]
    assert (letter.opens, letter.closes) == (NOW, first.at + 14 * DAY)
    assert (letter.reason, letter.basis, letter.origin) == ("a note was written", "note", ORIGIN)
    assert letter.stem == stem("copy", "ana", f"{ORIGIN}#mentee-20261014T095000")


def test_without_a_next_1_1() -> None:
    assert facts(copied(note(), meetings=(meeting(),)))["start"] is None


WRITTEN = [
    # by day: ten minutes to take it back
    ("Wed 14 Oct 12:00 Berlin", "mentee", "Wed 14 Oct 12:10 Berlin"),
    ("Wed 14 Oct 12:00 Berlin", "mentor", "Wed 14 Oct 12:10 Berlin"),
    # it is night in Kolkata from 17:30 in Berlin on, and in Berlin until 07:00
    ("Wed 14 Oct 17:19 Berlin", "mentee", "Wed 14 Oct 17:29 Berlin"),
    ("Wed 14 Oct 17:20 Berlin", "mentee", "Thu 15 Oct 07:00 Berlin"),
    ("Wed 14 Oct 17:20 Berlin", "mentor", "Thu 15 Oct 07:00 Berlin"),
    ("Thu 15 Oct 05:00 Berlin", "mentee", "Thu 15 Oct 07:00 Berlin"),
    ("Thu 15 Oct 05:00 Berlin", "mentor", "Thu 15 Oct 07:00 Berlin"),
]


@pytest.mark.parametrize(("written", "author", "goes"), WRITTEN)
def test_a_copy_goes_when_both_are_awake(written: str, author: str, goes: str) -> None:
    line_ = note(author, at=moment(written))
    assert copied(line_, now=line_.at).watch.wake_at == moment(goes)
    assert letters(copied(line_, now=moment(goes)))[0].opens == moment(goes)


@pytest.mark.parametrize(
    ("start", "written", "goes"),
    [
        ("Thu 15 Oct 13:05 Berlin", "Thu 15 Oct 12:00 Berlin", "Thu 15 Oct 12:05 Berlin"),
        ("Thu 15 Oct 12:30 Berlin", "Thu 15 Oct 12:00 Berlin", ""),  # at once
        ("Thu 15 Oct 12:30 Berlin", "Thu 15 Oct 12:40 Berlin", "Thu 15 Oct 12:50 Berlin"),
        (
            "Thu 15 Oct 18:25 Berlin",
            "Thu 15 Oct 17:22 Berlin",
            "Thu 15 Oct 17:25 Berlin",
        ),  # not in the morning
        ("Thu 15 Oct 07:30 Berlin", "Wed 14 Oct 21:30 Berlin", "Thu 15 Oct 06:30 Berlin"),
        ("Thu 15 Oct 08:00 Berlin", "Wed 14 Oct 21:30 Berlin", "Thu 15 Oct 07:00 Berlin"),
        ("Thu 15 Oct 06:30 Berlin", "Thu 15 Oct 06:00 Berlin", ""),
    ],
)
def test_it_goes_an_hour_before_the_next_1_1_at_the_latest(
    start: str, written: str, goes: str
) -> None:
    line_ = note(at=moment(written))
    now = moment(goes or written)
    turn = copied(line_, now=now, meetings=(meeting(), at(start, 20)))
    assert [each.opens for each in letters(turn)] == [now]
    if goes:
        assert named(copied(line_, now=now - MINUTE, meetings=(meeting(), at(start, 20)))) == []


def test_where_two_are_never_awake_together_the_readers_morning_counts() -> None:
    far = line(DAN, FAY, RegularTime(1, 15, 0))
    early = replace(PATIENT, quiet_from_minute=17 * 60, quiet_to_minute=9 * 60)
    for author, goes in (("mentor", "Wed 14 Oct 09:00 Vancouver"), ("mentee", "Thu 15 Oct 09:00 Berlin")):  # fmt: skip
        turn = copied(note(author, at=NOW), of=far, program=early)
        expected = moment(goes) if author == "mentor" else NOW + 10 * MINUTE
        assert turn.watch.wake_at == expected


@pytest.mark.parametrize(
    ("now", "wakes"),
    [
        ("Wed 14 Oct 23:00 Berlin", "Thu 15 Oct 06:30 Berlin"),  # before the 1:1 at 07:30
        ("Thu 15 Oct 06:30 Berlin", ""),
        ("Thu 15 Oct 06:59 Berlin", ""),
    ],
)
def test_a_copy_that_is_late_wakes_nobody_before_it_has_to(now: str, wakes: str) -> None:
    late = note(at=moment("Wed 14 Oct 12:00 Berlin"))
    turn = copied(late, now=moment(now), meetings=(meeting(), at("Thu 15 Oct 07:30 Berlin", 20)))
    assert named(turn) == ([] if wakes else ["ana copy"])
    assert turn.watch.wake_at == (moment(wakes) if wakes else late.at + 14 * DAY)


# --- topics


def topic(author: Any = "mentee", text: str = "The lab", **more: Any) -> AgendaLine:
    """What is to be talked about on Tuesday, written ten minutes before noon of that day."""
    return AgendaLine(ORIGIN, author, text, **{"at": NOON - 10 * MINUTE, **more})


NOON = moment("Tue 13 Oct 12:00 Berlin")
PREPPED = {stem("prep-mentor", "ana"): mark()}


def added(*topics: AgendaLine, now: datetime = NOON, **state: Any) -> Any:
    """The copies of topics after the mentor's prep."""
    own = {"agenda": topics, "meetings": (meeting(), meeting(20)), "marks": PREPPED}
    turn = turn_at(now, **{**own, **state})
    copies(turn)
    return turn


@pytest.mark.parametrize(
    ("topics", "state", "expected"),
    [
        ([topic()], {}, ["ana copy"]),
        ([topic("mentor")], {}, ["ben copy"]),
        ([topic(shown=True)], {}, []),
        ([topic()], {"marks": {}}, []),  # the prep will show it
        ([topic()], {"marks": {stem("prep-mentor", "ana"): mark("live")}}, []),
        ([topic()], {"marks": {stem("prep-mentor", "ana"): mark("skipped")}}, ["ana copy"]),
        ([topic("mentor")], {"marks": {}}, ["ben copy"]),  # whose prep shows no topics
        ([topic()], {"meetings": (meeting(standing="cancelled"),)}, []),
        ([topic()], {"meetings": (meeting(standing="skipped"),)}, []),
        ([topic()], {"now": START - MINUTE}, ["ana copy"]),
        ([topic()], {"now": START}, []),
    ],
)
def test_what_comes_too_late_for_the_prep_is_copied(
    topics: list[AgendaLine], state: dict[str, Any], expected: list[str]
) -> None:
    assert named(added(*topics, **state)) == expected


def test_all_that_a_copy_of_topics_tells() -> None:
    read = topic(text="read", shown=True, at=LONG_AGO)
    turn = added(read, topic(text="The lab\n \nand Rome"), topic(text="More", at=NOON))
    assert facts(turn) == {
        "what": "agenda",
        "day": "2026-10-13",
        "lines": ["The lab", "and Rome", "More"],
        "actions": [],
        "start": "2026-10-13T13:00:00Z",
    }
    letter = letters(turn)[0]
    assert (letter.opens, letter.closes) == (NOON, START)
    assert (letter.reason, letter.basis) == ("topics came after the prep", "agenda")
    assert letter.stem == stem("copy", "ana", f"{ORIGIN}#agenda-mentee-20261013T095000")


@pytest.mark.parametrize(
    ("written", "goes"),
    [
        ("Tue 13 Oct 11:00 Berlin", "Tue 13 Oct 11:10 Berlin"),
        ("Tue 13 Oct 13:55 Berlin", "Tue 13 Oct 14:00 Berlin"),
        ("Tue 13 Oct 14:30 Berlin", "Tue 13 Oct 14:30 Berlin"),
    ],
)
def test_topics_come_an_hour_before_the_1_1_at_the_latest(written: str, goes: str) -> None:
    one = topic(at=moment(written))
    assert [each.opens for each in letters(added(one, now=moment(goes)))] == [moment(goes)]
    if goes != written:
        assert named(added(one, now=moment(goes) - MINUTE)) == []


def test_an_hour_before_the_1_1_topics_go_at_night_too() -> None:
    one = topic(at=moment("Mon 12 Oct 22:00 Berlin"))
    early = (at("Tue 13 Oct 07:30 Berlin"),)
    turn = added(one, now=moment("Tue 13 Oct 06:29 Berlin"), meetings=early)
    assert (named(turn), turn.watch.wake_at) == ([], moment("Tue 13 Oct 06:30 Berlin"))
    assert named(added(one, now=moment("Tue 13 Oct 06:30 Berlin"), meetings=early)) == ["ana copy"]


# --- what a prep quotes


def about(day: int, text: str, **more: Any) -> Note:
    return Note(origin(day), "mentee", text, LONG_AGO, **{"copied": True, **more})


@pytest.mark.parametrize(
    ("notes", "quoted"),
    [
        ([about(6, "a"), about(6, "b")], ["a", "b"]),
        ([about(6, "a"), about(1, "b")], ["a"]),
        ([about(6, "a"), about(1, "b", copied=False)], ["a", "b"]),  # so late that none has
        ([about(6, "a"), about(13, "b")], ["a"]),  # of the very 1:1 that it is for
        ([about(6, "a"), about(8, "b", private=True)], ["a"]),
        ([about(6, "a"), about(1, "b", private=True, copied=False)], ["a"]),
        ([about(13, "b")], []),
        ([], []),
    ],
)
def test_a_prep_quotes_the_last_1_1_that_has_notes(notes: list[Note], quoted: list[str]) -> None:
    turn = turn_at(NOW, notes=tuple(notes))
    assert [each.text for each in last_notes(turn, str(ORIGIN))] == quoted
