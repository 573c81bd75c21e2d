"""A substitute, when somebody says no or the files say something else; and what the mentee hands over to one.

Not the weeks of it: test_substitute.py. Not a new mentor for good: test_handover.py.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.domain.cadence import Cadence, Step
from daemon.domain.people import Days
from daemon.domain.value import replace
from tests.stories.cast import CHI, DAN, PATIENT, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import before, running
from tests.stories.substitutes import KEY, OCTOBER, arranged, entry, named

# --- somebody says no, or the files say something else


@row("substitute-asked")
def test_no_is_for_the_contact_and_the_pairing_rests_all_the_same() -> None:
    stage = named()
    stage.until("Mon 12 Oct 20:00 Berlin")
    stage.cara.replies("welcome-mentor-connected", "No")
    stage.passes(10)
    assert "Cara & Ben: a no to the suggested pairing." in " ".join(stage.maya.reads())
    stage.until("Wed 28 Oct 10:00 Berlin")
    assert "substitute" not in kinds(stage.ana.reads())
    assert "welcome-mentee" not in kinds(stage.ben.reads())
    assert stage.ana.calendar(22) == ["Tue 17 Nov 15:00"]


@row("substitute-asked")
def test_agreed_on_late_what_still_fits_takes_place() -> None:
    rare = replace(line(), cadence=Cadence(Step(weeks=2)))
    stage = before(rare, at="Wed 4 Nov 10:00 Berlin", program=PATIENT)
    stage.reconfigured(*entry(pair=rare))
    stage.until("Wed 4 Nov 18:00 Berlin")
    stage.cara.replies("welcome-mentor-connected", "Yes")
    stage.until("Thu 5 Nov 9:00 Berlin")
    stage.ben.replies("welcome-mentee", "1")
    stage.passes(10)
    assert len(stage.cara.calendar(30)) == 1
    stage.ben.reads()
    assert "started" in kinds([stage.ben.last("started").line])


@row("substitute-changed")
def test_taken_out_of_the_files_the_substitute_s_pairing_ends_quietly_and_the_other_goes_on() -> (
    None
):
    stage = arranged()
    stage.until("Wed 28 Oct 10:00 Berlin")
    stage.all_read()
    stage.reconfigured(line())
    stage.passes(30)
    assert stage.state(KEY).standing == "closed"
    assert stage.cara.calendar(30) == []
    assert stage.ana.calendar(13) == ["Tue 3 Nov 15:00 one-off"]
    assert stage.cara.reads() == []
    assert [each.split("  ")[1:] for each in stage.ben.reads()] == [
        ["moved", f"Your 1:1 with Ana stays: Tue {day} Nov, 19:30 Kolkata (15:00 Berlin)."]
        for day in (3, 10)
    ]
    stage.restart()
    stage.until("Wed 18 Nov 10:00 Berlin")
    assert stage.cara.reads() == []
    assert stage.ana.calendar(8) == ["Tue 24 Nov 15:00"]


@row("substitute-changed")
def test_taken_out_before_anybody_was_asked_nobody_hears_of_it() -> None:
    stage = named()
    stage.reconfigured(line())
    stage.until("Wed 28 Oct 10:00 Berlin")
    assert stage.cara.reads() == []
    assert "moved" not in kinds(stage.ben.reads())
    assert stage.ana.calendar(8) == ["Tue 3 Nov 15:00 one-off"]


@row("substitute-changed")
def test_another_person_takes_the_place_of_the_first() -> None:
    stage = arranged()
    stage.until("Wed 28 Oct 10:00 Berlin")
    stage.reconfigured(*entry(who=DAN))
    stage.passes(10)
    assert (stage.state(KEY).standing, stage.cara.calendar(30)) == ("closed", [])
    stage.dan.replies("welcome-mentor-connected", "Yes")
    stage.passes(10)
    stage.ben.replies("welcome-mentee", "1")
    stage.passes(10)
    assert stage.state("ben-dan-20261026").standing == "active"
    assert [each[:10] for each in stage.dan.calendar(30)] == [
        "Thu 29 Oct",
        "Thu 5 Nov ",
        "Thu 12 Nov",
    ]
    assert kinds(stage.ana.reads()) == ["substitute"]


@row("substitute-changed")
@pytest.mark.parametrize(
    ("last", "meanwhile", "after"),
    [
        (date(2026, 11, 29), 5, "Tue 1 Dec 15:00"),
        (date(2026, 11, 8), 2, "Tue 10 Nov 15:00 one-off"),
    ],
    ids=["longer", "shorter"],
)
def test_another_last_day_is_followed_on_both_sides(last: date, meanwhile: int, after: str) -> None:
    stage = arranged()
    stage.reconfigured(*entry(days=Days(OCTOBER.first, last)))
    stage.passes(30)
    assert len(stage.cara.calendar(60)) == meanwhile
    stage.until("Mon 2 Nov 20:00 Berlin")
    assert next(each for each in stage.ana.calendar(40)) == after


@row("substitute-changed", "pairing-line-gone")
def test_lines_that_disappear_end_neither() -> None:
    stage = arranged()
    stage.reconfigured(line(DAN, CHI))
    stage.until("Tue 3 Nov 12:00 Berlin")
    assert stage.cara.calendar() == ["Mon 9 Nov 09:30"]
    assert stage.ana.calendar() == ["Tue 17 Nov 15:00"]


@row("substitute-changed", "pairing-closed-at-once")
def test_where_the_pairing_itself_ends_so_does_its_substitute_s() -> None:
    stage = arranged()
    pair, meanwhile = entry()
    stage.reconfigured(replace(pair, state="closed"), meanwhile)
    stage.passes(10)
    assert stage.state(KEY).standing == "closed"
    assert stage.cara.calendar(40) == stage.ana.calendar(40) == []


# --- what the mentee hands over


@row("handover-asked", "handover-allowed")
def test_the_mentee_says_line_by_line_what_the_substitute_may_read() -> None:
    stage = running(program=PATIENT)
    stage.until("Tue 13 Oct 19:40 Kolkata")
    stage.ben.replies("notes", "We met in Rome.\ntodo: send the CV")
    stage.until("Wed 14 Oct 12:00 Berlin")
    stage.reconfigured(*entry())
    stage.all_read()
    stage.cara.replies("welcome-mentor-connected", "Yes")
    stage.until("Thu 15 Oct 12:00 Berlin")
    stage.ben.replies("welcome-mentee", "1")
    stage.passes(20)
    letter = stage.ben.last("handover")
    assert letter.first == "Cara stands in for Ana. Which of your lines may Cara read?"
    assert [each for each in letter.text.split("\n") if each[1:3] == "  "] == [
        "a  To-do: send the CV",
        "b  Note: We met in Rome.",
    ]
    stage.ben.answers(letter, "b")
    stage.until("Mon 26 Oct 08:00 Berlin")
    assert "send the CV" not in "".join(each.text for each in stage.cara.letters)
    stage.until("Mon 26 Oct 13:20 Berlin")
    stage.cara.reads()
    prep = stage.cara.last("prep-mentor").text
    assert "We met in Rome." in prep and "send the CV" not in prep
    assert [each.text for each in stage.state().actions] == ["send the CV"]
