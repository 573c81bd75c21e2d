"""What `stirred` and `away` promise: other changes are noticed once, absences are told whole.

Not a suite of its own: see tests/conformance/calendars.py for the fixtures.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from daemon.domain.meeting import Place, Slot
from daemon.domain.people import Address
from daemon.ports import CalendarConnector
from daemon.simulate.hands import Hands
from tests.conformance.calendar_busy import FORTNIGHT, taken
from tests.conformance.calendar_listing import ONE_ACT_EACH
from tests.conformance.calendar_writing import CHANGES, FOURTH, NOON, change
from tests.conformance.following import WINDOW, Reader, half_hour, series, utc

DENTIST, LATER = half_hour("2026-10-28T09:00"), half_hour("2026-10-30T09:00")
Foreign = Callable[[Hands, Address], None]
FOREIGN: dict[str, Foreign] = {
    "made": lambda hands, ana: hands.occupy(ana, "train", DENTIST),
    "moved": lambda hands, ana: hands.occupy(ana, "dentist", LATER),
    "deleted": lambda hands, ana: hands.free(ana, "dentist"),
    "an absence": lambda hands, ana: hands.leave_office(ana, "holidays", LATER),
}
MONTH_OFF = Slot(utc("2026-10-12T22:00"), utc("2026-11-12T23:00"))


class StirredConformance:
    """changes(since): something else on that calendar has changed."""

    @pytest.mark.parametrize("what", FOREIGN)
    def test_a_foreign_event_stirs_once(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
        what: str,
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        hands.occupy(organizer, "dentist", DENTIST)
        reader.read()
        reader.read()
        assert not reader.stirred
        FOREIGN[what](hands, organizer)
        assert reader.read() == (), "it is not told, it only stirs"
        assert reader.stirred
        assert reader.read() == () and not reader.stirred

    def test_after_a_listing_without_a_cursor_nothing_old_stirs(
        self, hands: Hands, reader: Reader, organizer: Address
    ) -> None:
        hands.occupy(organizer, "dentist", DENTIST)
        reader.read()
        reader.read()
        assert not reader.stirred

    @pytest.mark.parametrize("word", CHANGES)
    def test_trap_38_our_own_writes_stir_nothing(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
        word: str,
    ) -> None:
        hands.occupy(organizer, "dentist", DENTIST)
        reader.read()
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        reader.read()
        assert not reader.stirred
        change(calendars, word, Place(organizer, "one", FOURTH), key="k/2")
        reader.read()
        assert not reader.stirred

    @pytest.mark.parametrize("act", ONE_ACT_EACH)
    def test_what_is_told_stirs_nothing(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
        act: str,
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        reader.read()
        ONE_ACT_EACH[act](hands, organizer, guest)
        assert reader.read() != () and not reader.stirred

    def test_a_series_made_by_hand_is_told_and_stirs_nothing(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        reader.read()
        hands.split_series(organizer, Place(organizer, "one", FOURTH), NOON, "rest")
        reader.read()
        assert Place(organizer, "rest") in reader.known and not reader.stirred

    def test_a_foreign_event_and_ours_are_told_in_one_reading(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        reader.read()
        hands.occupy(organizer, "dentist", DENTIST)
        hands.occupy(organizer, "train", LATER)
        hands.move(organizer, Place(organizer, "one", FOURTH), NOON)
        assert reader.read() != () and reader.stirred
        assert reader.read() == () and not reader.stirred

    def test_reading_again_with_the_same_cursor_stirs_again(
        self, calendars: CalendarConnector, hands: Hands, reader: Reader, organizer: Address
    ) -> None:
        """A crash between the reading and its record must lose nothing."""
        reader.read()
        hands.occupy(organizer, "dentist", DENTIST)
        for _ in range(2):
            assert calendars.changes(organizer, reader.cursor, WINDOW).stirred

    def test_what_another_person_is_busy_with_stirs_only_their_calendar(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        other = Reader(calendars, guest)
        reader.read()
        other.read()
        hands.occupy(guest, "dentist", DENTIST)
        reader.read()
        other.read()
        assert (reader.stirred, other.stirred) == (False, True)


class AwayConformance:
    """busy(): out of office."""

    @pytest.mark.parametrize(
        "window",
        [
            FORTNIGHT,
            Slot(utc("2026-10-01T00:00"), utc("2026-10-13T00:00")),
            Slot(utc("2026-11-12T22:00"), utc("2026-11-20T00:00")),
            Slot(utc("2026-10-20T09:00"), utc("2026-10-20T09:30")),
            WINDOW,
        ],
    )
    def test_an_absence_is_told_from_beginning_to_end(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        organizer: Address,
        guest: Address,
        window: Slot,
    ) -> None:
        hands.leave_office(guest, "holidays", MONTH_OFF)
        (away,) = taken(calendars, organizer, guest, window)
        assert (away.start, away.end) == (MONTH_OFF.start, MONTH_OFF.end)
        assert (away.away, away.priority, away.source) == (True, 9, "holidays")
        assert taken(calendars, organizer, organizer, window) == []

    def test_an_absence_outside_the_window_is_not_told(
        self, calendars: CalendarConnector, hands: Hands, organizer: Address, guest: Address
    ) -> None:
        hands.leave_office(guest, "holidays", MONTH_OFF)
        before = Slot(utc("2026-10-01T00:00"), MONTH_OFF.start)
        after = Slot(MONTH_OFF.end, utc("2026-12-01T00:00"))
        assert taken(calendars, organizer, guest, before) == []
        assert taken(calendars, organizer, guest, after) == []

    def test_an_absence_is_moved_shortened_and_taken_back(
        self, calendars: CalendarConnector, hands: Hands, organizer: Address, guest: Address
    ) -> None:
        hands.leave_office(guest, "holidays", MONTH_OFF)
        hands.leave_office(guest, "holidays", FORTNIGHT)
        (away,) = taken(calendars, organizer, guest, WINDOW)
        assert (away.start, away.end, away.away) == (FORTNIGHT.start, FORTNIGHT.end, True)
        hands.occupy(guest, "holidays", FORTNIGHT)
        (busy,) = taken(calendars, organizer, guest, WINDOW)
        assert not busy.away and busy.priority < 9
        hands.free(guest, "holidays")
        assert taken(calendars, organizer, guest, WINDOW) == []

    def test_meetings_and_ordinary_events_are_no_absence(
        self, calendars: CalendarConnector, hands: Hands, organizer: Address, guest: Address
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        hands.occupy(guest, "conference", Slot(utc("2026-10-28T08:00"), utc("2026-10-28T18:00")))
        hands.leave_office(guest, "holidays", MONTH_OFF)
        told = {each.source: each.away for each in taken(calendars, organizer, guest)}
        assert told == {"one": False, "conference": False, "holidays": True}
