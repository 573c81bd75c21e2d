"""A mentor connects a calendar after the 1:1s have begun in a folder: they are put there, and nobody hears of it.

Not a calendar that is suddenly empty: test_vanished.py.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from connectors.memory import MemoryCalendars, MemoryHands, MemoryWorld
from daemon.domain.cadence import RegularTime
from daemon.domain.meeting import Slot
from daemon.domain.people import Line
from daemon.domain.value import replace
from daemon.ports import Ports
from tests.stories.cast import ANA, BEN, CHI, EVA, FAY, PATIENT, line
from tests.stories.people import kinds, local
from tests.stories.rows import row
from tests.stories.stage import Stage, before

FOUR = (
    line(ANA, BEN),
    line(ANA, CHI, RegularTime(2, 10, 0)),
    line(ANA, EVA, RegularTime(3, 16, 0)),
    line(ANA, FAY, RegularTime(4, 17, 30)),
)


class Moving(Stage):
    """Ana has a folder, and an empty calendar on a server, which invites her guests."""

    def wire(self, ports: Ports) -> Ports:
        """Both of them."""
        ports = super().wire(ports)
        there = self.__dict__.get("there")
        if there is None:
            there = self.there = MemoryWorld(
                self.outside.world.clock, [ANA.address], tells_guests=True
            )
            there.expire(ANA.address)  # no bookmark of a folder is one of a server
        return replace_calendars(ports, internet=MemoryCalendars(there, self.faults))

    def connects(self) -> None:
        """Ana runs `connect`, and the daemon is started again."""
        self.all_read()
        lines = [
            replace(each, mentor=replace(each.mentor, calendar="internet"))
            for each in self.config.lines
        ]
        self.reconfigured(*lines)

    def on_the_server(self, days: int = 15) -> list[str]:
        """What Ana sees there from now on."""
        window = Slot(self.now, self.now + timedelta(days=days))
        shown = MemoryHands(self.there).calendar(ANA.address, window)
        return [local(each.start, ANA.zone) + ("" if each.series else " one-off") for each in shown]


def replace_calendars(ports: Ports, **more: Any) -> Ports:
    """The same with more kinds of calendars."""
    ports.calendars = {**ports.calendars, **more}
    return ports


def moving(*lines: Line) -> Moving:
    """A week into it, in folders."""
    stage = before(*lines, program=PATIENT, kind=Moving)
    assert isinstance(stage, Moving)
    return stage


@row("calendar-moved")
def test_the_series_is_put_on_the_new_calendar_and_nobody_hears_of_it() -> None:
    stage = moving()
    stage.connects()
    assert stage.on_the_server() == ["Tue 13 Oct 15:00", "Tue 20 Oct 15:00"]
    stage.passes(60)
    assert [who.reads() for who in (stage.ana, stage.ben, stage.maya)] == [[], [], []]
    assert (stage.series().standing, stage.series().put_back, stage.on_hold()) == ("put", 0, [])
    stage.until("Wed 21 Oct 10:00 Berlin")
    assert [stage.standing(day) for day in ("Tue 13 Oct", "Tue 27 Oct")] == [
        "held presumed",
        "planned",
    ]
    assert kinds(stage.ben.reads()) == ["prep-mentee", "notes", "prep-mentee", "notes"]
    assert stage.maya.reads() == []


@row("calendar-moved", "seen-1")
def test_from_then_on_it_is_that_calendar_which_is_followed() -> None:
    stage = moving()
    stage.connects()
    place = stage.meeting("Tue 13 Oct").place
    assert place is not None
    MemoryHands(stage.there).delete(ANA.address, place)
    stage.passes(1)
    stage.passes(5)
    assert stage.standing("Tue 13 Oct") == "cancelled"
    assert (kinds(stage.ben.reads()), kinds(stage.ana.reads())) == (["proposal"], [])


@row("calendar-moved", "meeting-moved")
def test_what_was_moved_and_what_has_fallen_out_stay_so() -> None:
    stage = moving()
    stage.ana.drags("Tue 13 Oct", "Thu 15 Oct 11:00")
    stage.passes(10)
    stage.ana.deletes("Tue 20 Oct")
    stage.passes(10)
    stage.connects()
    assert stage.on_the_server(22) == ["Thu 15 Oct 11:00 one-off", "Tue 27 Oct 15:00"]
    assert (stage.standing("Tue 13 Oct"), stage.standing("Tue 20 Oct")) == ("moved", "cancelled")
    stage.passes(60)
    assert [who.reads() for who in (stage.ana, stage.ben, stage.maya)] == [[], [], []]


@row("calendar-moved", "meeting-repaired")
def test_a_1_1_that_was_put_for_one_that_fell_out_is_put_there_as_well() -> None:
    stage = moving()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(6)
    stage.ben.replies("proposal", "1")
    stage.passes(2)
    repaired = stage.meeting("Tue 13 Oct")
    assert repaired.place is not None and repaired.place.recurrence == ""
    stage.connects()
    at = f"{local(repaired.start, ANA.zone)} one-off"
    assert stage.on_the_server() == [at, "Tue 20 Oct 15:00"]
    stage.passes(60)
    assert stage.meeting("Tue 13 Oct").start == repaired.start
    assert [who.reads() for who in (stage.ana, stage.ben, stage.maya)] == [[], [], []]


@row("calendar-moved", "guard-ordinary")
def test_of_four_pairings_none_is_frozen_or_waits() -> None:
    stage = moving(*FOUR)
    stage.daemon.ports.store.drop_cursor(
        f"calendar/{ANA.address}"
    )  # the first reading shows all at once
    stage.connects()
    stage.passes(60)
    assert len(stage.on_the_server(8)) == 4
    assert (stage.maya.reads(), stage.on_hold()) == ([], [])
    told = [kinds(each.reads()) for each in (stage.ana, stage.ben, stage.chi, stage.eva, stage.fay)]
    assert told == [[], [], ["notes"], [], []], "of the 1:1 of that very morning"
