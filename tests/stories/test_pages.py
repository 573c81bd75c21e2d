"""Pages to read before the first 1:1, and what a mentor is called in a program.

Not what is behind the links: nothing of it is read.
"""

from __future__ import annotations

from daemon.domain.value import replace
from tests.stories.cast import ANA, BEN, PATIENT, line
from tests.stories.rows import row
from tests.stories.stage import Stage, running

PROGRAM = replace(
    PATIENT, resources="https://koss.example.org/help", conduct="https://koss.example.org/conduct"
)
LINE = line(
    replace(ANA, page="https://example.org/ana"), replace(BEN, page="https://example.org/ben")
)


@row("pages", settings=("resources", "conduct"))
def test_the_first_preps_link_to_them_and_no_later_one() -> None:
    stage = running(LINE, program=PROGRAM)
    assert "About Ana: https://example.org/ana\n" in stage.ben.last("welcome-mentee").text
    assert "About Ben: https://example.org/ben\n" in stage.ana.last("welcome-mentor-connected").text
    stage.until("Tue 6 Oct 14:00 Berlin")
    assert (
        "About Ana: https://example.org/ana\n"
        "What may help: https://koss.example.org/help\n"
        "How we treat each other: https://koss.example.org/conduct\n"
    ) in stage.ben.last("prep-mentee").text
    mentors = stage.ana.last("prep-mentor").text
    assert "About Ben: https://example.org/ben\nWhat may help: " in mentors
    stage.until("Tue 13 Oct 14:00 Berlin")
    assert "example.org/" not in stage.ben.last("prep-mentee").text.partition("Help, read only")[0]


@row("called", settings=("mentor_called",))
def test_a_lead_is_called_a_lead() -> None:
    stage = Stage(line(), program=replace(PATIENT, mentor_called="lead"))
    stage.passes(1)
    first = stage.ana.last("welcome-mentor-connected").first
    assert first == "Maya suggests you as lead for Ben Das: 30 minutes a week."
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.passes(1)
    assert stage.ben.last("welcome-mentee").first.startswith("Ana Rao will be your lead.")


@row("called-mentee", settings=("mentee_called",))
def test_in_reverse_mentoring_both_read_who_learns() -> None:
    program = replace(PATIENT, mentor_called="reverse mentor", mentee_called="executive")
    stage = running(line(), program=program)
    mentors = stage.ana.last("welcome-mentor-connected")
    assert mentors.first == "Maya suggests you as reverse mentor for Ben Das: 30 minutes a week."
    assert "\nBen takes part as executive.\n" in mentors.text
    mentees = stage.ben.last("welcome-mentee")
    assert mentees.first.startswith("Ana Rao will be your reverse mentor.")
    assert "\nYou take part as executive.\n" in mentees.text
    later = [each.text for each in stage.ben.letters if each.touchpoint != "welcome-mentee"]
    assert not [each for each in later if "executive" in each]
