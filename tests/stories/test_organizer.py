"""`organizer: program`: one calendar of the program invites both, and what either answers there is seen in it.

Not the calendar of a mentor, which every other story has.
"""

from __future__ import annotations

from daemon.domain.cadence import RegularTime
from daemon.domain.value import replace
from tests.stories.cast import ANA, BEN, CHI, PATIENT, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, running

OURS = "one-on-ones@example.org"


def begun(*lines: object) -> Stage:
    """A week into it; everything has been read."""
    every = lines or (line(ANA, BEN),)
    stage = running(*(replace(each, organizer=OURS) for each in every), program=PATIENT)  # type: ignore[type-var]
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.all_read()
    return stage


@row("organizer", settings=("organizer",))
def test_it_invites_both() -> None:
    stage = begun()
    assert stage.series().calendar == OURS
    assert stage.ana.calendar()[0] == "Tue 13 Oct 15:00 NEEDS-ACTION"
    assert stage.ben.calendar()[0] == "Tue 13 Oct 18:30 NEEDS-ACTION"
    (event,) = stage.outside.world.account(OURS).events.values()
    assert sorted(event.guests) == ["ana@example.org", "ben@example.org"]


@row("organizer", "seen-1")
def test_the_mentors_no_is_a_meeting_that_falls_out() -> None:
    stage = begun()
    stage.ana.declines("Tue 13 Oct")
    stage.passes(10)
    assert stage.standing("Tue 13 Oct") == "cancelled"
    assert stage.meeting("Tue 13 Oct").cancelled_by == "mentor"
    assert kinds(stage.ben.reads()) == ["proposal"]
    stage.ben.replies("proposal", "1")
    assert kinds(stage.ben.reads()) == ["moved"]
    moved = stage.meeting("Tue 13 Oct")
    assert (moved.standing, moved.place and moved.place.calendar) == ("moved", OURS)
    stage.ana.reads()
    # the new time may be answered no as well
    day = f"{moved.start:%a} {moved.start.day} {moved.start:%b}"
    stage.ana.declines(day)
    stage.passes(10)
    assert stage.standing("Tue 13 Oct") == "cancelled"


@row("organizer", "seen-1")
def test_a_no_that_is_taken_back_within_the_wait_is_nothing() -> None:
    stage = begun()
    stage.ana.declines("Tue 13 Oct")
    stage.ana.accepts("Tue 13 Oct")
    stage.passes(20)
    assert stage.standing("Tue 13 Oct") == "planned"
    assert stage.ben.reads() == []


@row("organizer", "seen-2")
def test_the_mentees_no_is_theirs() -> None:
    stage = begun()
    stage.ben.declines("Tue 13 Oct")
    stage.passes(10)
    assert stage.meeting("Tue 13 Oct").cancelled_by == "mentee"


@row("organizer", "seen-9")
def test_a_mentor_who_says_no_to_all_of_them_is_asked_what_is_meant() -> None:
    stage = begun()
    stage.ana.declines_all()
    stage.passes(10)
    assert kinds(stage.ana.reads()) == ["declined-all"]
    assert stage.ben.reads() == []


@row("organizer", "account-lost")
def test_where_it_cannot_be_reached_the_contact_hears_of_it_and_nobody_else() -> None:
    stage = begun(line(ANA, BEN), line(ANA, CHI, RegularTime(2, 10, 0)))
    stage.outside.hands.lock_out(OURS)
    stage.passes(400)
    assert stage.maya.reads() == [
        "Wed 7 Oct 14:00  reconnect  Since Wed 7 Oct, 14:00 Kolkata I cannot see the calendar of the KOSS 1:1s."
    ]
    assert "run.py connect one-on-ones@example.org" in stage.maya.last().text
    for someone in (stage.ana, stage.ben, stage.chi):
        assert set(kinds(someone.reads())) <= {"notes", "prep-mentor", "prep-mentee"}
    assert stage.standing("Tue 13 Oct", "ana-ben") == "planned"


@row("organizer", "calendar-moved")
def test_a_program_that_gets_a_calendar_of_its_own_puts_there_what_stands() -> None:
    stage = running(line(ANA, BEN), program=PATIENT)
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.all_read()
    stage.reconfigured(replace(line(ANA, BEN), organizer=OURS))
    stage.passes(5)
    assert stage.series().calendar == OURS
    assert stage.series().standing == "put"
    place = stage.meeting("Tue 13 Oct").place
    assert place is not None and place.calendar == OURS
    assert stage.maya.reads() == []
