"""Events that people made by hand: told like ours, and changed in nothing but their rule (docs/adr/0009).

Not a suite of its own: see tests/conformance/calendars.py for the fixtures.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.domain.meeting import Place
from daemon.domain.observation import EventGone, EventSeen
from daemon.domain.people import Address
from daemon.domain.value import replace
from daemon.errors import VersionConflict
from daemon.ports import CalendarConnector
from daemon.simulate.hands import Hands
from tests.conformance.calendar_times import shown
from tests.conformance.calendar_writing import FIFTH, FOURTH, NOON
from tests.conformance.following import RULE, Reader, one_off, series, utc, walls

UID = "5D1A-Made@By-Hand"
"""As calendar programs make them."""


class HandMadeConformance:
    """A series or a single event that somebody made with a program of theirs."""

    def test_what_was_made_by_hand_is_told_with_its_guest_and_again_when_it_is_gone(
        self, hands: Hands, reader: Reader, organizer: Address, guest: Address
    ) -> None:
        hands.make(organizer, series(organizer, guest, uid=UID))
        hands.make(organizer, one_off(guest, uid="once"))
        told = {each.place.uid: each for each in reader.read() if isinstance(each, EventSeen)}
        assert {uid: [g.address for g in each.guests] for uid, each in told.items()} == {
            UID: [guest],
            "once": [guest],
        }
        rule = told[UID].rule
        assert rule is not None and list(walls(rule)) == list(walls(RULE))
        assert told["once"].rule is None
        hands.delete_series(organizer, "once")
        gone = [each.place for each in reader.read() if isinstance(each, EventGone)]
        assert gone == [Place(organizer, "once")]

    def test_its_end_and_its_gaps_are_changed_under_its_own_uid(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
    ) -> None:
        hands.make(organizer, series(organizer, guest, uid=UID))
        reader.read()
        place = Place(organizer, UID)
        version = reader.known[place].version
        until = replace(RULE, until=date(2026, 12, 1), gaps=(FOURTH,))
        ours = replace(series(organizer, "else@where.example", uid=UID, rule=until), theirs=True)
        calendars.put(organizer, ours, key="k/1", expected=version)
        again = calendars.put(organizer, ours, key="k/1", expected=version)
        assert again.repeated
        reader.read()
        seen = reader.known[place]
        assert [each.address for each in seen.guests] == [guest]  # whom we named is not invited
        assert reader.standing(UID) == [wall for wall in walls(until) if wall != FOURTH]
        assert len(shown(hands, organizer)) == len(shown(hands, guest)) == len(reader.standing(UID))
        with pytest.raises(VersionConflict):
            calendars.put(organizer, ours, key="k/2", expected=version)

    def test_one_of_it_is_moved_and_taken_off_as_one_of_ours(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
    ) -> None:
        hands.make(organizer, series(organizer, guest, uid=UID))
        calendars.move(organizer, Place(organizer, UID, FOURTH), NOON, key="k/1", expected="")
        calendars.cancel(organizer, Place(organizer, UID, FIFTH), key="k/2", expected="")
        reader.read()
        assert reader.meeting(FOURTH, UID).start == NOON.start
        assert FIFTH not in reader.standing(UID)
        hands.make(organizer, one_off(guest, uid="once", start=utc("2026-11-12T15:00")))
        calendars.move(organizer, Place(organizer, "once"), NOON, key="k/3", expected="")
        reader.read()
        assert reader.known[Place(organizer, "once")].start == NOON.start

    def test_what_somebody_else_has_made_for_the_two_alone_is_told_as_that_ones_event(
        self, hands: Hands, reader: Reader, organizer: Address, guest: Address, stranger: Address
    ) -> None:
        """As it is on the owner's copy: what the other one takes off or moves, and what the owner declines."""
        team = replace(series(guest, organizer, uid="team"), guests=(organizer, stranger))
        hands.make(guest, series(guest, organizer, uid=UID))
        hands.make(guest, team)
        hands.make(guest, one_off(organizer, uid="once"))
        told = {each.place.uid: each for each in reader.read() if isinstance(each, EventSeen)}
        assert set(told) == {UID, "once"}
        rule = told[UID].rule
        assert rule is not None and list(walls(rule)) == list(walls(RULE))
        for each in told.values():
            assert (each.organizer, [g.address for g in each.guests]) == (guest, [guest])
            assert not each.cancelled and not each.by_owner
        hands.answer(organizer, Place(guest, UID, FOURTH), "DECLINED")
        told = {
            each.place.recurrence: each for each in reader.read() if isinstance(each, EventSeen)
        }
        assert (told[FOURTH].cancelled, told[FOURTH].by_owner) == (True, True)
        hands.move(guest, Place(guest, UID, FIFTH), NOON)
        reader.read()
        assert reader.meeting(FIFTH, UID).start == NOON.start
        hands.delete_series(guest, "once")
        told_off = [
            each for each in reader.read()
            if each.place.uid == "once" and (isinstance(each, EventGone) or each.cancelled)
        ]  # fmt: skip
        assert len(told_off) == 1
