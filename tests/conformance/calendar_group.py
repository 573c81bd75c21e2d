"""What a calendar does with several guests of one event: each is invited, and each answer is told of that guest.

Not a suite of its own: see tests/conformance/calendars.py for the fixtures.
"""

from __future__ import annotations

import pytest

from daemon.domain.meeting import Place
from daemon.domain.people import Address
from daemon.domain.value import replace
from daemon.ports import CalendarConnector
from daemon.simulate.hands import Hands
from tests.conformance.calendar_writing import FIFTH, FOURTH
from tests.conformance.following import Reader, half_hour, series


class GroupConformance:
    """A group is one series with several guests."""

    @pytest.fixture
    def member(self) -> Address:
        """A second guest, of whom nothing is read but the answer."""
        return "cleo@mentees.example"

    def test_each_of_several_guests_is_invited_and_answers_for_oneself(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
        member: Address,
    ) -> None:
        both = replace(series(organizer, guest), guests=(guest, member))
        calendars.put(organizer, both, key="k/1", expected="")
        reader.read()
        asked = reader.known[Place(organizer, "one")].guests
        assert {(each.address, each.partstat) for each in asked} == {
            (guest, "NEEDS-ACTION"),
            (member, "NEEDS-ACTION"),
        }
        hands.answer(guest, Place(organizer, "one", FOURTH), "DECLINED")
        hands.answer(guest, Place(organizer, "one", FIFTH), "ACCEPTED")
        reader.read()
        assert dict(reader.meeting(FOURTH).answers) == {guest: "DECLINED", member: "NEEDS-ACTION"}
        assert dict(reader.meeting(FIFTH).answers)[member] == "NEEDS-ACTION"

    def test_a_series_that_is_put_anew_has_the_guests_of_then_also_at_a_moved_date(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
        member: Address,
    ) -> None:
        alone = series(organizer, guest)
        both = replace(alone, guests=(guest, member))
        calendars.put(organizer, alone, key="k/1", expected="")
        hands.move(organizer, Place(organizer, "one", FOURTH), half_hour("2026-10-28T07:00"))
        calendars.put(organizer, both, key="k/2", expected="")
        reader.read()
        found = reader.known[Place(organizer, "one")].guests
        assert {each.address for each in found} == {guest, member}
        assert set(dict(reader.meeting(FOURTH).answers)) == {guest, member}
        assert reader.meeting(FOURTH).start == half_hour("2026-10-28T07:00").start
        hands.move(organizer, Place(organizer, "one", FIFTH), half_hour("2026-11-05T07:00"))
        reader.read()
        assert set(dict(reader.meeting(FIFTH).answers)) == {guest, member}
        calendars.put(organizer, alone, key="k/3", expected="")
        reader.read()
        assert {each.address for each in reader.known[Place(organizer, "one")].guests} == {guest}
        for moved in (FOURTH, FIFTH):
            assert set(dict(reader.meeting(moved).answers)) == {guest}
        assert len(reader.standing()) == 26
