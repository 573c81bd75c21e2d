"""What `busy` promises: what is taken is taken, what is off is not, and nobody is free by ignorance.

Not a suite of its own: see tests/conformance/calendars.py for the fixtures.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from daemon.domain.meeting import Place, Slot
from daemon.domain.observation import Busy, BusyInterval, Unknown
from daemon.domain.people import Address
from daemon.ports import CalendarConnector
from daemon.simulate.hands import Hands
from tests.conformance.calendar_writing import FOURTH, NOON
from tests.conformance.following import assert_utc, half_hour, one_off, series, utc

FORTNIGHT = Slot(utc("2026-10-26T00:00"), utc("2026-11-09T00:00"))
FOURTH_AT = utc("2026-10-27T09:00")
FIFTH_AT = utc("2026-11-03T09:00")


def taken(
    calendars: CalendarConnector, calendar: Address, who: Address, window: Slot = FORTNIGHT
) -> list[BusyInterval]:
    """The busy intervals of one person, by start."""
    seen = calendars.busy(calendar, (who,), window)
    assert set(seen) == {who}
    busy = seen[who]
    assert isinstance(busy, Busy)
    for interval in busy.intervals:
        assert_utc(interval.start, interval.end)
        assert 0 <= interval.priority <= 9
        assert interval.start < interval.end
        assert interval.start < window.end and interval.end > window.start, "outside the window"
    return sorted(busy.intervals, key=lambda interval: interval.start)


def starts(
    calendars: CalendarConnector, calendar: Address, who: Address, window: Slot = FORTNIGHT
) -> list[datetime]:
    """When one person is taken."""
    return [interval.start for interval in taken(calendars, calendar, who, window)]


class BusyConformance:
    """busy(people, window)."""

    def test_our_own_meetings_are_busy_for_both_and_carry_their_uid(
        self, calendars: CalendarConnector, organizer: Address, guest: Address
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        calendars.put(organizer, one_off(guest, start=NOON.start), key="k/2", expected="")
        for who in (organizer, guest):
            assert [(seen.start, seen.source) for seen in taken(calendars, organizer, who)] == [
                (FOURTH_AT, "one"),
                (FIFTH_AT, "one"),
                (NOON.start, "single"),
            ]

    @pytest.mark.parametrize("way", ["cancel", "delete"])
    def test_what_the_organizer_took_off_is_busy_for_nobody(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        organizer: Address,
        guest: Address,
        way: str,
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        getattr(hands, way)(organizer, Place(organizer, "one", FOURTH))
        assert starts(calendars, organizer, organizer) == [FIFTH_AT]
        assert starts(calendars, organizer, guest) == [FIFTH_AT]

    @pytest.mark.parametrize("way", ["answer", "delete"])
    def test_what_the_guest_declined_is_not_busy_for_the_guest(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        organizer: Address,
        guest: Address,
        way: str,
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        place = Place(organizer, "one", FOURTH)
        if way == "answer":
            hands.answer(guest, place, "DECLINED")
        else:
            hands.delete(guest, place)
        assert starts(calendars, organizer, guest) == [FIFTH_AT]

    def test_a_declined_series_is_not_busy_for_the_guest(
        self, calendars: CalendarConnector, hands: Hands, organizer: Address, guest: Address
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        hands.answer(guest, Place(organizer, "one"), "DECLINED")
        assert starts(calendars, organizer, guest) == []

    def test_a_deleted_series_is_busy_for_nobody(
        self, calendars: CalendarConnector, hands: Hands, organizer: Address, guest: Address
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        hands.delete_series(organizer, "one")
        assert starts(calendars, organizer, organizer) == []
        assert starts(calendars, organizer, guest) == []

    def test_a_moved_meeting_is_busy_where_it_is_now(
        self, calendars: CalendarConnector, hands: Hands, organizer: Address, guest: Address
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        hands.move(organizer, Place(organizer, "one", FOURTH), NOON)
        far = Place(organizer, "one", "2027-02-02T10:00")
        calendars.move(organizer, far, half_hour("2026-10-30T08:00"), key="k/2", expected="")
        assert starts(calendars, organizer, guest) == [
            utc("2026-10-30T08:00"),
            FIFTH_AT,
            NOON.start,
        ]

    def test_ordinary_events_are_busy_moved_and_freed(
        self, calendars: CalendarConnector, hands: Hands, organizer: Address, guest: Address
    ) -> None:
        hands.occupy(guest, "dentist", half_hour("2026-10-28T09:00"))
        hands.occupy(guest, "train", half_hour("2026-10-29T09:00"))
        hands.occupy(guest, "dentist", half_hour("2026-10-30T09:00"))
        assert starts(calendars, organizer, guest) == [
            utc("2026-10-29T09:00"),
            utc("2026-10-30T09:00"),
        ]
        assert starts(calendars, organizer, organizer) == []
        hands.free(guest, "train")
        assert starts(calendars, organizer, guest) == [utc("2026-10-30T09:00")]

    def test_who_cannot_be_read_is_unknown_and_never_free(
        self, calendars: CalendarConnector, organizer: Address, guest: Address, stranger: Address
    ) -> None:
        seen = calendars.busy(organizer, (organizer, guest, stranger), FORTNIGHT)
        assert set(seen) == {organizer, guest, stranger}
        assert isinstance(seen[stranger], Unknown)
        assert isinstance(seen[organizer], Busy) and isinstance(seen[guest], Busy)

    @pytest.mark.parametrize(
        ("window", "inside"),
        [
            (Slot(FOURTH_AT, FOURTH_AT + timedelta(minutes=30)), True),
            (Slot(FOURTH_AT - timedelta(hours=1), FOURTH_AT), False),
            (Slot(FOURTH_AT + timedelta(minutes=30), FOURTH_AT + timedelta(hours=1)), False),
            (Slot(FOURTH_AT - timedelta(hours=1), FOURTH_AT + timedelta(minutes=1)), True),
            (Slot(FOURTH_AT + timedelta(minutes=29), FOURTH_AT + timedelta(hours=1)), True),
            (Slot(FOURTH_AT + timedelta(minutes=5), FOURTH_AT + timedelta(minutes=6)), True),
        ],
    )
    @pytest.mark.parametrize("what", ["series", "one-off", "moved"])
    def test_windows_are_half_open(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        organizer: Address,
        guest: Address,
        window: Slot,
        inside: bool,
        what: str,
    ) -> None:
        if what == "one-off":
            calendars.put(organizer, one_off(guest, start=FOURTH_AT), key="k/1", expected="")
        else:
            calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        if what == "moved":
            hands.delete(organizer, Place(organizer, "one", FOURTH))
            far = Place(organizer, "one", "2027-02-02T10:00")
            hands.move(organizer, far, half_hour("2026-10-27T09:00"))
        hands.occupy(organizer, "same-time", half_hour("2026-10-27T09:00"))
        assert len(taken(calendars, organizer, guest, window)) == (1 if inside else 0)
        assert len(taken(calendars, organizer, organizer, window)) == (2 if inside else 0)
