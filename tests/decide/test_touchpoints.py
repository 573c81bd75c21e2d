"""Which letters a pair is owed in which state, and what stands in preps, as tables (RULES 8, LETTERS 4).

Not the words of the letters, nor the letters after a 1:1: those are in test_touchpoints_notes.py.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from daemon.decide.touchpoints import touchpoints
from daemon.domain.meeting import Meeting
from daemon.domain.pair import Absence, Pause
from daemon.domain.people import Days, Role
from daemon.domain.proposal import Offer, Proposal
from daemon.domain.question import Question
from daemon.domain.thread import Action, AgendaLine, Note
from daemon.domain.value import replace
from daemon.mail.meeting_fixtures import NO_TYPE
from tests.decide.letters_cast import CARD, ROOMY, at, series, stem, turn_at
from tests.decide.pair_cast import (
    DAY,
    HOUR,
    LINKED,
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
from tests.stories.cast import line
from tests.stories.people import moment

MONDAY = "Mon 12 Oct 18:00 Kolkata"  # the mentee's prep
TUESDAY = "Tue 13 Oct 09:00 Berlin"  # the mentor's
BEFORE = Note(origin(6), "mentee", "We met in Rome.", LONG_AGO, copied=True)


# --- in which state


def owing() -> dict[str, Any]:
    """One reason for each kind of letter, whatever the standing."""
    yesterday = moment("Wed 7 Oct 12:00 Berlin")
    times = (Offer(1, moment("Mon 19 Oct 15:00 Berlin"), moment("Mon 19 Oct 15:30 Berlin")),)
    return {
        "series": (series(put_at=yesterday),),
        "meetings": (meeting(6, standing="held"),),
        "absences": (Absence("mentor", Days(date(2026, 10, 20), date(2026, 10, 23)), yesterday),),
        "proposal": Proposal(None, "mentee", "change", yesterday, yesterday + 9 * DAY, times, kind="series"),
        "questions": (Question("kindly", "mentor", "one", yesterday, yesterday + 7 * DAY),),
        "notes": (Note(origin(6), "mentee", "Rome", yesterday),),
        "pause": Pause(yesterday, date(2026, 12, 1), "mentor"),
        "stopped_by": "mentor", "stopped_at": yesterday, "mentor_asked_at": yesterday,
    }  # fmt: skip


RUNNING = [
    "ana started", "ben started", "ben notes", "ben regular-time", "ana break-ahead",
    "ben break-ahead", "ben absence", "ana kindly", "ana copy", "ben paused", "ben ended",
]  # fmt: skip
OWED = {
    "invited": ["ben regular-time", "ana kindly"],
    "active": RUNNING,
    "paused": ["ben notes", "ana kindly", "ana copy", "ben paused", "ben ended"],
    "closing": RUNNING,
    "closed": ["ana copy", "ben ended"],
}


@pytest.mark.parametrize("standing", OWED)
def test_which_letters_a_pair_is_owed_and_which_of_them_comes_first(standing: str) -> None:
    breaks = (Days(date(2026, 10, 12), date(2026, 10, 16), "autumn"),)
    program = replace(ROOMY, breaks=breaks)
    turn = turn_at("Thu 8 Oct 12:00 Berlin", program=program, **{**owing(), "standing": standing})
    touchpoints(turn)
    assert named(turn) == OWED[standing]


FELL = {"cancelled_by": "mentor", "cancelled_at": START - 3 * HOUR, "changed_at": START - 3 * HOUR}
CHOSEN = {"settled_by": "choice", "settled_at": START - 3 * HOUR, "said_by": "mentee", "gone": True}
MOVED = at("Tue 13 Oct 16:00 Berlin", changed_at=LONG_AGO)
IN_DOUBT = (series(standing="gone", gone_at=START - 9 * HOUR),)


@pytest.mark.parametrize(
    ("now", "known", "of_series", "expected"),
    [
        ("Tue 13 Oct 12:30 Berlin", meeting(), (series(),), ["ben prep-mentee"]),
        ("Tue 13 Oct 12:30 Berlin", meeting(), IN_DOUBT, ["ben off"]),
        ("Tue 13 Oct 10:00 Berlin", MOVED, (), ["ben moved", "ben prep-mentee"]),
        # it had fallen out, and has another time
        ("Tue 13 Oct 12:30 Berlin", replace(MOVED, **FELL), (), ["ben moved", "ben prep-mentee"]),
        ("Tue 13 Oct 12:30 Berlin", meeting(standing="cancelled", **FELL), (), ["ben off"]),
        ("Tue 13 Oct 12:30 Berlin", meeting(standing="skipped", **CHOSEN), (), ["ben left-out", "ana left-out"]),
        ("Tue 13 Oct 16:00 Berlin", meeting(), (series(),), ["ben notes"]),
        ("Tue 13 Oct 16:00 Berlin", meeting(), IN_DOUBT, []),
        ("Tue 13 Oct 16:00 Berlin", meeting(standing="held"), IN_DOUBT, ["ben notes"]),
        ("Tue 13 Oct 16:00 Berlin", meeting(standing="missed"), (series(),), []),
        ("Tue 13 Oct 16:00 Berlin", meeting(standing="cancelled", **FELL), (), []),
    ],
)  # fmt: skip
def test_what_is_told_of_one_meeting(
    now: str, known: Meeting, of_series: tuple[Any, ...], expected: list[str]
) -> None:
    asked = moment("Mon 12 Oct 12:00 Berlin")
    turn = turn_at(now, series=of_series, meetings=(known,), marks=STARTED, mentor_asked_at=asked)
    touchpoints(turn)
    assert named(turn) == expected


STARTED = {stem("started", who, "series"): mark("skipped") for who in ("ana", "ben")}


def test_a_prep_of_one_1_1_is_asked_for_before_what_became_of_another() -> None:
    """The caps leave the prep its room only where it comes first."""
    fell = meeting(6, standing="skipped", settled_by="silence", settled_at=moment("Mon 12 Oct 14:00 Berlin"), gone=True)  # fmt: skip
    turn = turn_at("Mon 12 Oct 18:00 Kolkata", meetings=(fell, meeting()))
    touchpoints(turn)
    assert named(turn) == ["ben prep-mentee", "ana left-out"]


# --- preps


def prepped(now: str, **more: Any) -> Any:
    """The letters of Tuesday's 1:1 at that moment, after a note of the week before."""
    known = {"meetings": (meeting(),), "notes": (BEFORE,), "program": ROOMY, **more}
    turn = turn_at(now, **known)
    touchpoints(turn)
    return turn


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("Mon 12 Oct 17:59 Kolkata", []),
        ("Mon 12 Oct 18:00 Kolkata", ["ben prep-mentee"]),
        ("Tue 13 Oct 08:59 Berlin", ["ben prep-mentee"]),
        ("Tue 13 Oct 09:00 Berlin", ["ana prep-mentor", "ben prep-mentee"]),
        ("Tue 13 Oct 12:59 Berlin", ["ana prep-mentor", "ben prep-mentee"]),
        ("Tue 13 Oct 13:00 Berlin", ["ana copy"]),
    ],
)
def test_from_when_and_until_when_preps_come(now: str, expected: list[str]) -> None:
    assert named(prepped(now, agenda=(TOPIC,))) == expected


def test_until_then_the_daemon_sleeps() -> None:
    assert prepped("Mon 12 Oct 17:59 Kolkata").watch.wake_at == moment(MONDAY)


def test_a_prep_that_is_too_late_is_left_out_with_the_reason_news_or_not() -> None:
    for notes in ((BEFORE,), ()):
        turn = prepped("Tue 13 Oct 13:00 Berlin", notes=notes)
        assert turn.skipped == [
            (f"{stem('prep-mentor', 'ana')}/1", "its time was over at 2026-10-13T11:00:00Z"),
            (f"{stem('prep-mentee', 'ben')}/1", "its time was over at 2026-10-13T11:00:00Z"),
        ]


def test_all_that_the_mentees_prep_tells() -> None:
    known = replace(meeting(), end=START + 90 * MINUTE)
    own = AgendaLine(ORIGIN, "mentee", "The lab", LONG_AGO)
    todos = (Action("a", "mentee", "the CV", LONG_AGO), Action("b", "mentor", "x", LONG_AGO, LONG_AGO))  # fmt: skip
    turn = prepped(MONDAY, of=LINKED, meetings=(known,), agenda=(own,), actions=todos)
    assert facts(turn) == {
        "start": "2026-10-13T13:00:00Z",
        "length_minutes": 90,
        "link": "https://meet.example.org/ana-ben",
        "notes": [{"day": "2026-10-06", "lines": ["We met in Rome."]}],
        "actions": [{"letter": "a", "owner": "mentee", "text": "the CV", "kind": "todo"}],
        "links": [],
        "goals": [],
        "shift": None,
        "pages": [],
        "between": "",
        "own_lines": [],
        **NO_TYPE,
        "shared_links": [],
        "more_links": False,
        "idea": "",
        "asks": [],
        "lines_at": "2026-10-13T07:00:00Z",
        "move_by": "2026-10-12T17:00:00Z",
        "smaller": "",
    }
    letter = letters(turn)[0]
    assert (letter.opens, letter.closes) == (moment(MONDAY), START - 2 * HOUR)
    assert letter.reason == "the 1:1 is at 2026-10-13T13:00:00Z"
    assert letter.origin == ORIGIN


def test_all_that_the_mentors_prep_tells() -> None:
    topics = (
        AgendaLine(ORIGIN, "mentee", "The lab\n\n  and Rome ", LONG_AGO),
        AgendaLine(ORIGIN, "mentee", "read already", LONG_AGO, shown=True),
        AgendaLine(ORIGIN, "mentor", "my own", moment(TUESDAY)),
        AgendaLine(origin(20), "mentee", "of next week", LONG_AGO),
    )
    turn = prepped(TUESDAY, of=LINKED, agenda=topics, marks={stem("prep-mentee", "ben"): mark()})
    assert named(turn) == ["ana prep-mentor"]
    assert facts(turn) == {
        "start": "2026-10-13T13:00:00Z",
        "length_minutes": 30,
        "link": "https://meet.example.org/ana-ben",
        "notes": [{"day": "2026-10-06", "lines": ["We met in Rome."]}],
        "actions": [],
        "links": [],
        "goals": [],
        "shift": None,
        "pages": [],
        "between": "",
        "own_lines": [],
        **NO_TYPE,
        "shared_links": [],
        "more_links": False,
        "carried": [],
        "agenda": ["The lab", "and Rome"],
        "idea": "",
        "thought": "",
    }
    letter = letters(turn)[0]
    assert (letter.opens, letter.closes) == (moment(TUESDAY), START - 2 * HOUR)


TOPIC = AgendaLine(ORIGIN, "mentee", "The lab", LONG_AGO)
ACTION = Action("a", "mentee", "the CV", LONG_AGO)


@pytest.mark.parametrize(
    ("news", "expected"),
    [
        ({}, []),
        ({"notes": (BEFORE,)}, []),  # it was copied
        ({"notes": (replace(BEFORE, copied=False),)}, ["ana prep-mentor"]),
        ({"notes": (replace(BEFORE, author="mentor", copied=False),)}, []),  # one's own
        ({"agenda": (TOPIC,)}, ["ana prep-mentor"]),
        ({"agenda": (replace(TOPIC, shown=True),)}, []),
        ({"agenda": (replace(TOPIC, author="mentor", at=START),)}, []),
        ({"actions": (ACTION,)}, ["ana prep-mentor"]),
        ({"actions": (replace(ACTION, by="mentor"),)}, []),
        ({"actions": (replace(ACTION, done_at=LONG_AGO),)}, []),
        ({"actions": (replace(ACTION, shown=True),)}, []),
    ],
)
def test_the_mentor_gets_one_only_with_news(news: dict[str, Any], expected: list[str]) -> None:
    """What the mentee wrote and the mentor has not read."""
    turn = prepped(TUESDAY, **{"notes": (), **news})
    assert [each for each in named(turn) if "prep-mentor" in each] == expected
    why = "nothing new to say: no news and no ask, no letter"
    assert turn.skipped == ([] if expected else [(f"{stem('prep-mentor', 'ana')}/1", why)])


def test_a_mentor_with_a_card_gets_none_and_the_mentee_does() -> None:
    turn = prepped(TUESDAY, bounds=CARD)
    assert named(turn) == ["ben prep-mentee"]
    assert turn.skipped == [(f"{stem('prep-mentor', 'ana')}/1", "it is on the week card")]


def test_what_changes_by_itself_makes_no_new_prep_and_news_do() -> None:
    late = prepped("Tue 13 Oct 12:30 Berlin", notes=())  # too late for MOVE
    basis = letters(late)[0].basis
    assert facts(late)["move_by"] is None
    assert letters(prepped(MONDAY, notes=()))[0].basis == basis
    assert letters(prepped(MONDAY))[0].basis != basis
    told = [letters(prepped(TUESDAY, agenda=(each,)))[0].basis for each in (TOPIC, replace(TOPIC, text="Rome"))]  # fmt: skip
    assert told[0] != told[1]


def test_clocks_that_change_are_named_to_whom_they_shift_the_hour() -> None:
    topic = replace(TOPIC, origin=origin(27))
    clocks = prepped("Tue 27 Oct 09:00 Berlin", meetings=(meeting(27),), agenda=(topic,))
    assert [facts(clocks, n)["shift"] for n in (0, 1)] == [
        None,
        {"minutes": 60, "zone": "Europe/Berlin"},
    ]


def test_that_is_news_to_the_mentor_too() -> None:
    of_ben = replace(line(), anchor="Asia/Kolkata")
    clocks = prepped("Tue 27 Oct 09:00 Berlin", of=of_ben, meetings=(meeting(27),))
    assert named(clocks) == ["ana prep-mentor", "ben prep-mentee"]
    assert facts(clocks)["shift"] == {"minutes": -60, "zone": "Europe/Berlin"}


WORDS = " ".join(["word"] * 119)
LONG = f"{WORDS} abcde"  # 600 characters


@pytest.mark.parametrize(
    ("author", "copied", "now", "whole"),
    [
        ("mentee", False, TUESDAY, True),  # never read by the mentor
        ("mentee", True, TUESDAY, False),
        ("mentee", False, MONDAY, False),  # one's own
        ("mentor", False, MONDAY, True),
    ],
)
def test_a_note_that_its_reader_has_not_read_stands_there_whole(
    author: Role, copied: bool, now: str, whole: bool
) -> None:
    text = f"{LONG}\n\n  the end "
    note = Note(origin(6), author, text, moment("Tue 6 Oct 16:00 Berlin"), copied=copied)
    shown = facts(prepped(now, notes=(note,)))["notes"][0]["lines"]
    assert shown == ([LONG, "the end"] if whole else [f"{WORDS} …"])


@pytest.mark.parametrize(
    ("text", "shown"),
    [(LONG, [LONG]), (LONG + "x", [f"{WORDS} …"])],
    ids=["600 characters", "601 characters"],
)
def test_a_quotation_ends_with_a_word(text: str, shown: list[str]) -> None:
    note = Note(origin(6), "mentee", text, LONG_AGO, copied=True)
    assert facts(prepped(MONDAY, notes=(note,)))["notes"][0]["lines"] == shown
    topic = AgendaLine(ORIGIN, "mentee", text, LONG_AGO)
    assert facts(prepped(TUESDAY, agenda=(topic,)))["agenda"] == shown
