"""What somebody says as a mentor holds in all own pairings, and what they say as a mentee in that one alone; also where
that one comes to its end (RULES 3 and 11).

Not how a pause begins and ends: test_pause.py, test_pause_again.py.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.domain.cadence import RegularTime
from daemon.domain.value import replace
from tests.stories.cast import ANA, BEN, CHI, line
from tests.stories.people import Read, kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, before, running

IN_BETWEEN = (line(ANA, BEN), line(BEN, CHI, RegularTime(3, 11, 0)))
"""Ben is Ana's mentee, and Chi's mentor."""
TWO_MENTEES = (line(ANA, BEN), line(ANA, CHI, RegularTime(2, 10, 0)))


def standings(stage: Stage) -> list[str]:
    return [stage.state(each.pairing).standing for each in stage.config.lines]


def started(stage: Stage, name: str, other: str) -> Read:
    """The letter with which the 1:1s with that other one began."""
    letters = stage.people[name].letters
    return next(each for each in letters if each.touchpoint == "started" and other in each.text)


# --- of somebody who is mentee here and mentor there


@row("pairing-paused", "pairing-resumed")
def test_a_pause_said_as_mentee_leaves_ones_own_mentees_alone() -> None:
    stage = before(*IN_BETWEEN)
    stage.ben.answers(started(stage, "ben", "Ana"), "PAUSE until 3 Nov")
    stage.passes(10)
    assert standings(stage) == ["paused", "active"]
    assert stage.chi.reads() == []
    stage.ben.replies("ack", "UNDO")
    stage.passes(10)
    assert standings(stage) == ["active", "active"]


@row("pairing-paused", "pairing-resumed")
@pytest.mark.parametrize("said", ["PAUSE until 17 Nov", "RESUME", "UNDO"])
def test_nor_does_what_is_said_as_mentee_touch_a_pause_that_was_asked_for_as_mentor(
    said: str,
) -> None:
    stage = before(*IN_BETWEEN)
    stage.ben.answers(started(stage, "ben", "Ana"), "PAUSE until 3 Nov")
    stage.passes(10)
    asked_here = stage.ben.last("ack")
    stage.ben.answers(started(stage, "ben", "Chi"), "PAUSE until 10 Nov")
    stage.passes(10)
    stage.ben.answers(asked_here, said)
    stage.passes(10)
    pause = stage.state("ben-chi").pause
    assert pause and pause.until == date(2026, 11, 10)
    assert stage.state("ana-ben").standing == ("paused" if "PAUSE" in said else "active")


@row("pairing-paused")
def test_a_pause_said_as_mentor_leaves_the_1_1s_with_ones_own_mentor_alone() -> None:
    stage = before(*IN_BETWEEN)
    stage.ben.answers(started(stage, "ben", "Chi"), "PAUSE until 3 Nov")
    stage.passes(10)
    assert standings(stage) == ["active", "paused"]


# --- in the thread of a pairing that comes to its end


def ending(*lines: object) -> Stage:
    """The 1:1s of Ana and Ben come to an end within the week."""
    first, *rest = lines
    stage = running(replace(first, ends=date(2026, 10, 16)), *rest)  # type: ignore[type-var]
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.all_read()
    assert standings(stage)[0] == "closing"
    return stage


@row("pairing-closing", "letter-unclear")
@pytest.mark.parametrize("said", ["PAUSE until 3 Nov", "PAUSE", "RESUME"])
def test_a_mentee_reads_that_they_end_anyway_and_what_can_be_done(said: str) -> None:
    stage = ending(line())
    stage.ben.replies("started", said)
    assert stage.ben.reads() == [
        "Mon 12 Oct 13:31  ack  Your 1:1s with Ana come to an end: the last day is 16 October 2026."
    ]
    assert stage.ana.calendar() == ["Tue 13 Oct 15:00"]
    stage.ben.replies("ack", "UNDO")
    assert stage.ben.last("ack").first == "There is nothing left that I could take back."


@row("pairing-closing", "pairing-paused", "pairing-resumed")
def test_a_mentors_word_holds_in_the_other_pairings_all_the_same() -> None:
    stage = ending(*TWO_MENTEES)
    stage.ana.answers(started(stage, "ana", "Ben"), "PAUSE until 3 Nov")
    stage.passes(10)
    assert standings(stage) == ["closing", "paused"]
    assert kinds(stage.ana.reads()) == ["ack"]
    stage.ana.answers(started(stage, "ana", "Ben"), "RESUME")
    stage.passes(10)
    assert standings(stage) == ["closing", "active"]
