"""`link: meet`: Google makes a room with the first event that it keeps for a pair, and letters name it.

Not how it is asked for: tests/conformance/test_google_meet.py.
"""

from __future__ import annotations

from daemon.domain.people import MEET
from daemon.domain.value import replace
from tests.stories.cast import PATIENT, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, running

ROOM = "https://meet.google.com/"


def begun() -> Stage:
    """A week into it; everything has been read."""
    stage = running(replace(line(), link=MEET), program=PATIENT)
    stage.until("Wed 7 Oct 10:00 Berlin")
    return stage


def places(stage: Stage) -> list[str]:
    """Where the events of the pair take place, as far as we say."""
    events = stage.outside.world.account("ana@example.org").events.values()
    return [event.location for event in events if not event.gone]


@row("room", settings=("link",))
def test_letters_name_the_room_that_the_calendar_has_made() -> None:
    stage = begun()
    room = f"{ROOM}{stage.series().uid}"
    assert stage.state().room == room
    assert room in stage.ben.last("started").text
    assert places(stage) == [""], "the event has it already"


@row("room")
def test_a_1_1_at_another_time_is_in_the_same_room() -> None:
    stage = begun()
    stage.all_read()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(6)
    stage.until("Thu 8 Oct 12:00 Kolkata")
    stage.ben.replies("proposal", "1")
    assert kinds(stage.ben.reads())[-1:] == ["moved"]
    room = f"{ROOM}{stage.series().uid}"
    assert sorted(places(stage)) == ["", room]
    assert room in stage.ben.last().text


@row("room")
def test_another_link_in_the_files_wins_and_the_way_back_leads_to_a_room() -> None:
    stage = begun()
    room = stage.state().room
    stage.reconfigured(replace(line(), link="https://meet.example.org/ana-ben"))
    assert places(stage) == [stage.state().link] == ["https://meet.example.org/ana-ben"]
    stage.reconfigured(replace(line(), link=MEET))
    assert (stage.state().link, places(stage)) == (room, [""])
