"""A time that nobody finds is looked for until it is found, and the contact hears of that once (RULES 6 and 7).

Not the answers to a list of times: test_first_time.py and test_finite_plan.py.
"""

from __future__ import annotations

from daemon.domain.cadence import RegularTime
from daemon.domain.people import Hours
from daemon.domain.value import replace
from tests.stories.beginnings import WITHOUT, begun
from tests.stories.cast import ANA, PATIENT, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, running

NOTHING_FOUND = "Ana & Ben: I found no time that suits both."


def is_full(stage: Stage) -> None:
    """Ana has no hour left in half a year."""
    stage.ana.is_busy("Mon 5 Oct 00:00", hours=24 * 180)


def told(stage: Stage) -> list[str]:
    """What the contact has read since the last look: the day, and what it is about."""
    return [f"{each.split('  ')[0][:-6]}  {each.split('  ')[2]}" for each in stage.maya.reads()]


def gone(**wishes: object) -> Stage:
    """Ana has deleted the series and wants another regular time, but has none left."""
    stage = running(**{"program": PATIENT, **wishes})  # type: ignore[arg-type]
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.all_read()
    stage.ana.deletes_all()
    stage.passes(10)
    is_full(stage)
    stage.ana.replies("series-gone", "2")
    stage.ana.reads()
    return stage


@row("series-first-time", "seen-3")
def test_another_regular_time_is_looked_for_until_there_is_one() -> None:
    stage = gone()
    stage.until("Mon 2 Nov 10:00 Berlin")
    assert (stage.ben.reads(), stage.ana.reads()) == ([], [])
    assert told(stage) == [f"Mon 12 Oct  {NOTHING_FOUND}"]
    stage.ana.frees_everything()
    stage.until("Tue 3 Nov 12:00 Berlin")
    assert [each.split("  ")[1:] for each in stage.ben.reads()] == [
        ["regular-time", "Another regular time for your 1:1s with Ana: which one is good?"]
    ]
    stage.ben.replies("regular-time", "2")
    assert len(stage.ana.calendar(15)) == 2


@row("series-first-time")
def test_the_contact_hears_once_of_each_search_that_finds_none() -> None:
    stage = gone()
    stage.ana.frees_everything()
    stage.until("Tue 13 Oct 15:00 Berlin")
    stage.ben.replies("regular-time", "1")
    assert told(stage) == [f"Mon 12 Oct  {NOTHING_FOUND}"]
    stage.until("Fri 16 Oct 10:00 Berlin")
    stage.ana.deletes_all()
    stage.passes(10)
    is_full(stage)
    stage.ana.replies("series-gone", "2")
    stage.until("Mon 26 Oct 10:00 Berlin")
    assert told(stage) == [f"Fri 16 Oct  {NOTHING_FOUND}"]


@row("series-first-time", "pairing-invited")
def test_of_the_very_first_time_it_is_told_once_too() -> None:
    stage = Stage(WITHOUT, program=PATIENT)
    stage.passes(1)
    is_full(stage)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.until("Sun 11 Oct 10:00 Berlin")
    assert told(stage) == [f"Mon 5 Oct  {NOTHING_FOUND}"]
    stage.ana.frees_everything()
    stage.until("Mon 12 Oct 12:00 Berlin")
    assert kinds(stage.ben.reads()) == ["welcome-mentee"]


@row("series-first-time", "pairing-invited", settings=("at",))
def test_what_the_contact_then_names_in_the_files_ends_the_search() -> None:
    stage = Stage(WITHOUT, program=PATIENT)
    stage.passes(1)
    is_full(stage)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.reconfigured(replace(WITHOUT, at=RegularTime(1, 15, 0)))
    stage.ana.frees_everything()
    stage.until("Wed 7 Oct 10:00 Berlin")
    assert kinds(stage.ben.reads()) == ["welcome-mentee"]
    assert stage.ben.last().choices == []
    stage.ben.replies("welcome-mentee", "Yes")
    assert stage.ana.calendar(15) == ["Tue 13 Oct 15:00", "Tue 20 Oct 15:00"]


THURSDAY_11 = RegularTime(3, 11, 0)


@row("series-first-time", "seen-3", settings=("at",))
def test_another_time_that_the_contact_names_in_the_files_counts_while_none_is_agreed() -> None:
    stage = gone()
    stage.maya.reads()
    stage.ben.reads()
    stage.reconfigured(replace(line(), at=THURSDAY_11))
    assert stage.ana.calendar(15) == ["Thu 15 Oct 11:00", "Thu 22 Oct 11:00"]
    assert kinds(stage.ben.reads()) == ["started"]
    stage.ana.frees_everything()
    stage.until("Sun 25 Oct 10:00 Berlin")
    assert "regular-time" not in kinds(stage.ben.reads())


@row("series-first-time", "proposal-withdrawn", settings=("at",))
def test_a_list_of_other_times_is_taken_back_when_the_files_name_one() -> None:
    stage = gone()
    stage.ana.frees_everything()
    stage.until("Tue 13 Oct 15:00 Berlin")
    assert kinds(stage.ben.reads()) == ["regular-time"]
    stage.reconfigured(replace(line(), at=THURSDAY_11))
    stage.passes(5)
    assert stage.ana.calendar(15) == ["Thu 15 Oct 11:00", "Thu 22 Oct 11:00"]
    assert [each.split("  ")[2] for each in stage.ben.reads()] == [
        "No other time is needed any more.",
        "Your 1:1s are now Thursdays 14:30 Kolkata (11:00 Berlin).",
    ]
    stage.ben.replies("regular-time", "2")
    assert [each.split("  ")[2] for each in stage.ben.reads()] == ["That list is closed."]
    assert len(stage.ana.calendar(15)) == 2


@row("series-first-time", "seen-3", settings=("at",))
def test_files_that_say_what_they_said_before_name_no_other_time() -> None:
    stage = gone()
    stage.reconfigured(replace(line(), link="https://meet.example.org/ana-ben"))
    assert stage.ana.calendar(15) == []
    stage.ana.frees_everything()
    stage.until("Tue 13 Oct 15:00 Berlin")
    assert kinds(stage.ben.reads()) == ["regular-time"]


@row("series-first-time", "proposal-one", "seen-1")
def test_a_1_1_that_falls_out_meanwhile_is_asked_about_all_the_same() -> None:
    """Ana is there on Tuesdays from three to a quarter to four alone: there is no other regular time."""
    narrow = line(replace(ANA, hours=(Hours(1, 15 * 60, 15 * 60 + 45),)))
    stage = running(narrow, program=replace(PATIENT, slot_grid_minutes=15))
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.ben.replies("started", "ZONE Berlin")
    stage.ben.replies("zone-changed", "2")
    assert told(stage) == [f"Wed 7 Oct  {NOTHING_FOUND}"]
    stage.all_read()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(5)
    assert stage.ben.last("proposal").choices == ["1  Tue 13 Oct, 15:15"]


@row("pairing-finite")
def test_of_a_session_it_is_told_once_too() -> None:
    stage = begun()
    stage.ben.replies("proposal", "1")
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.maya.reads()
    is_full(stage)
    stage.until("Sun 18 Oct 10:00 Berlin")
    assert told(stage) == [f"Tue 13 Oct  {NOTHING_FOUND}"]
    stage.ben.reads()
    stage.ana.frees_everything()
    stage.until("Mon 19 Oct 12:00 Berlin")
    assert kinds(stage.ben.reads()) == ["proposal"]
