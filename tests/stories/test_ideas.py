"""`questions:`: each prep has one idea for its reader, another one each time, and nothing of it stands in a calendar.

Not which one: tests/decide/test_ideas.py.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from daemon.domain.asks import Ask
from daemon.domain.people import Days
from daemon.domain.value import replace
from tests.stories.cast import ANA, PATIENT, RUI, line
from tests.stories.rows import row
from tests.stories.stage import Stage, running

ASKS = (
    Ask("How are you?", "check-in", "personal", "mentor"),
    Ask("What is on your desk?", "check-in", "practical", "mentor"),
    Ask("What would you do in my place?", "advice", "practical", "mentee"),
    Ask("What did you wish to know at my age?", "advice", "personal", "mentee"),
    Ask("Do you feel at home here?", "diversity", "personal", "mentee", sensitive=True),
)


def preps(stage: Stage, reader: str) -> list[str]:
    """The ideas in the preps of one of the two, in their order."""
    person, role = getattr(stage, reader), "mentee" if reader == "ben" else "mentor"
    person.reads()
    letters = [each.text for each in person.letters if each.touchpoint == f"prep-{role}"]
    found = [each.partition("An idea, if you are short of one\n")[2] for each in letters]
    return [each.splitlines()[0].removeprefix("| ") for each in found if each]


@row("idea", settings=("questions",))
def test_the_mentee_has_another_idea_each_time_and_the_mentor_one_where_there_is_news() -> None:
    stage = running(line(), program=replace(PATIENT, asks=ASKS))
    stage.until("Wed 21 Oct 10:00 Berlin")
    mine = preps(stage, "ben")
    assert set(mine) == {"What would you do in my place?", "What did you wish to know at my age?"}
    assert mine[0] != mine[1]
    assert preps(stage, "ana") == [], "no news, no letter: an idea is none"
    stage.ben.replies("prep-mentee", "The thesis.")
    events = stage.outside.world.account("ana@example.org").events.values()
    assert not any(each.text in repr(event) for event in events for each in ASKS)


MANY = tuple(Ask(f"What about number {number}?", "work", "practical") for number in range(12))


def away(stage: Stage) -> None:
    """One who writes beforehand."""
    stage.ana.replies("started", "AWAY 19-23 Oct")


def away_at_once(stage: Stage) -> None:
    """One who writes when the prep has come."""
    stage.until("Tue 20 Oct 01:00 Berlin")
    stage.ben.replies("prep-mentee", "AWAY 20 Oct")


def pause(stage: Stage) -> None:
    """Two weeks of rest."""
    stage.until("Wed 14 Oct 12:00 Berlin")
    stage.ben.replies("started", "PAUSE until 30 Oct")


def break_(stage: Stage) -> None:
    """One of the program, added later."""
    stage.ruled(breaks=(Days(date(2026, 10, 19), date(2026, 10, 25), "autumn break"),))


def moved_behind_the_next(stage: Stage) -> None:
    """By hand, after its prep has come."""
    stage.until("Tue 13 Oct 01:00 Berlin")
    stage.ana.drags("Tue 13 Oct", "Thu 22 Oct 15:00")


@row("idea")
@pytest.mark.parametrize("between", [away, away_at_once, pause, break_, moved_behind_the_next])
def test_what_falls_out_in_between_brings_no_idea_back(between: Callable[[Stage], None]) -> None:
    stage = running(line(), program=replace(PATIENT, asks=MANY))
    between(stage)
    stage.until("Wed 25 Nov 10:00 Berlin")
    mine = preps(stage, "ben")
    assert len(mine) >= 6
    assert len(set(mine)) == len(mine), mine


@row("thought")
def test_the_mentor_has_another_thought_each_time_and_the_mentee_none() -> None:
    thoughts = ("Ask first.", "Listen to the end.", "It is their 1:1.")
    stage = running(line(), program=replace(PATIENT, thoughts=thoughts))
    for day in ("Tue 6 Oct", "Tue 13 Oct", "Tue 20 Oct"):
        stage.until(f"{day} 00:30 Berlin")
        stage.ben.replies("prep-mentee", f"A topic for {day}")  # so that there is something to say
        stage.until(f"{day} 14:00 Berlin")
    stage.all_read()
    preps = [each.text for each in stage.ana.letters if each.touchpoint == "prep-mentor"]
    found = [each.partition("A thought for today\n| ")[2].splitlines()[0] for each in preps]
    assert sorted(found) == sorted(thoughts)
    assert not any(thought in each.text for each in stage.ben.letters for thought in thoughts)


@row("idea", settings=("sensitive_questions", "themes_left_out"))
def test_what_is_sensitive_or_left_out_is_no_idea() -> None:
    only = tuple(each for each in ASKS if each.by == "mentee")
    without = running(line(), program=replace(PATIENT, asks=only, themes_left_out=("advice",)))
    without.until("Wed 7 Oct 10:00 Berlin")
    assert preps(without, "ben") == []
    told = running(
        line(),
        program=replace(PATIENT, asks=only, themes_left_out=("advice",), sensitive_questions=True),
    )
    told.until("Wed 7 Oct 10:00 Berlin")
    assert preps(told, "ben")[0] == "Do you feel at home here?"


@row("idea")
def test_each_has_those_in_the_own_language_first() -> None:
    asks = (
        *(Ask(f"What about number {n}?", "work", "practical", language="en") for n in range(4)),
        *(Ask(f"E o número {n}?", "trabalho", "practical", language="pt-BR") for n in range(4)),
    )
    rui = replace(RUI, language="pt")
    stage = running(line(ANA, rui), program=replace(PATIENT, asks=asks, language="en"))
    stage.until("Wed 18 Nov 10:00 Berlin")
    stage.rui.reads()
    preps = [each.text for each in stage.rui.letters if each.touchpoint == "prep-mentee"]
    found = [
        each.partition("Uma ideia, se faltar assunto\n| ")[2].splitlines()[0] for each in preps
    ]
    assert len(found) > 4
    assert {each[:3] for each in found[:4]} == {"E o"}
    assert all(each[:3] == "Wha" for each in found[4:])
