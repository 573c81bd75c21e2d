"""What people do in Google's web interface: the six edits, and one after another, keep the pairing, with no second series.

Not what each of them means (tests/stories): here the same story is told on calendars at Google as on any other, letter for
letter.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.google.stage import GoogleStage
from tests.servers.google import Google
from tests.stories.cast import PATIENT
from tests.stories.stage import Stage, before


def split_then_all(stage: Stage) -> None:
    stage.ana.drags_following("Tue 20 Oct", "Wed 21 Oct 11:00")
    stage.until("Thu 8 Oct 10:00 Berlin")
    stage.ana.drags_all("Wed 21 Oct", "Wed 21 Oct 12:00")


EDITS: dict[str, Callable[[Stage], None]] = {
    "one edited": lambda stage: stage.ana.drags("Tue 13 Oct", "Wed 14 Oct 11:00"),
    "this and following edited": lambda stage: stage.ana.drags_following("Tue 20 Oct", "Wed 21 Oct 11:00"),
    "all edited": lambda stage: stage.ana.drags_all("Tue 13 Oct", "Wed 14 Oct 11:00"),
    "one deleted": lambda stage: stage.ana.deletes("Tue 13 Oct"),
    "this and following deleted": lambda stage: stage.ana.deletes_following("Tue 20 Oct"),
    "all deleted": lambda stage: stage.ana.deletes_all(),
    "one deleted by the guest": lambda stage: stage.ben.deletes("Tue 13 Oct"),
    "split, then all of it edited": split_then_all,
}  # fmt: skip


def told(stage: Stage, edit: str) -> list[list[str]]:
    """What everybody reads in the four weeks after."""
    EDITS[edit](stage)
    stage.until("Wed 4 Nov 10:00 Berlin")
    return [stage.ana.reads(), stage.ben.reads(), stage.maya.reads()]


def going_on(google: Google) -> list[str]:
    """When the series begin that have no end, in Ana's calendar at Google."""
    events = google.events.calendars["ana@example.org"].events.values()
    return [
        each["start"]["dateTime"]
        for each in events
        if each["status"] == "confirmed"
        and each.get("recurrence")
        and "UNTIL" not in each["recurrence"][0]
    ]


@pytest.mark.parametrize("edit", EDITS)
def test_it_is_told_as_on_any_other_calendar(google: Google, edit: str) -> None:
    there = before(program=PATIENT, tells_guests=True)
    here = before(program=PATIENT, kind=GoogleStage, google=google)
    assert told(here, edit) == told(there, edit)
    assert [s.standing for s in here.state().series] == [s.standing for s in there.state().series]
    assert here.state().standing == there.state().standing
    world = there.outside.world.account("ana@example.org").events.values()
    there_goes_on = [
        each for each in world if each.rule and not each.gone and each.rule.until is None
    ]
    assert len(going_on(google)) == len(there_goes_on) <= 1
