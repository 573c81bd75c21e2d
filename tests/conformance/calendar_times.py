"""What occurrences promise: wall clocks stay put, and an exception belongs to its original start.

Not a suite of its own: see tests/conformance/calendars.py for the fixtures.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from daemon.domain.cadence import SeriesRule, Step
from daemon.domain.meeting import Place, Slot
from daemon.domain.observation import Busy
from daemon.domain.people import Address
from daemon.domain.value import replace
from daemon.ports import CalendarConnector
from daemon.simulate.hands import Hands
from tests.conformance.calendar_writing import FIFTH, FOURTH, NOON
from tests.conformance.following import RULE, WINDOW, Reader, half_hour, listing, series, utc, walls

TWELVE_ZONES = (
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/Los_Angeles",
    "America/Vancouver",
    "America/Sao_Paulo",
    "Africa/Cairo",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
)


def shown(hands: Hands, who: Address, window: Slot = WINDOW) -> list[datetime]:
    """The starts in a person's calendar, checked for form and order."""
    events = hands.calendar(who, window)
    starts = [event.start for event in events]
    assert starts == sorted(starts)
    assert all(event.start.utcoffset() == event.end.utcoffset() == timedelta(0) for event in events)
    return starts


class TimesConformance:
    """Series, zones, and exceptions of a series."""

    resets_answers = True

    @pytest.mark.parametrize("zone", TWELVE_ZONES)
    def test_trap_1_the_wall_clock_stays_when_the_clocks_change(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        organizer: Address,
        guest: Address,
        zone: str,
    ) -> None:
        rule = replace(RULE, zone=zone, until=date(2027, 10, 26))
        calendars.put(organizer, series(organizer, guest, rule=rule), key="k/1", expected="")
        seen = listing(calendars, organizer)[Place(organizer, "one")].rule
        assert seen is not None and (seen.first, seen.zone) == (rule.first, zone)
        local = [start.astimezone(ZoneInfo(zone)) for start in shown(hands, organizer)]
        assert len(local) == 56 and len(set(local)) == 56
        assert {(at.hour, at.minute, at.weekday()) for at in local} == {(10, 0, 1)}

    def test_trap_2_a_start_that_does_not_exist_is_shifted_over_the_gap(
        self, calendars: CalendarConnector, hands: Hands, organizer: Address, guest: Address
    ) -> None:
        rule = SeriesRule("2027-03-21T02:30", "Europe/Berlin", 30, until=date(2027, 4, 4))
        calendars.put(organizer, series(organizer, guest, rule=rule), key="k/1", expected="")
        assert shown(hands, organizer) == [
            utc("2027-03-21T01:30"),
            utc("2027-03-28T01:30"),
            utc("2027-04-04T00:30"),
        ]

    def test_trap_3_a_start_that_exists_twice_is_the_first_of_the_two(
        self, calendars: CalendarConnector, hands: Hands, organizer: Address, guest: Address
    ) -> None:
        rule = SeriesRule("2026-10-18T02:30", "Europe/Berlin", 30, until=date(2026, 11, 1))
        calendars.put(organizer, series(organizer, guest, rule=rule), key="k/1", expected="")
        assert shown(hands, organizer) == [
            utc("2026-10-18T00:30"),
            utc("2026-10-25T00:30"),
            utc("2026-11-01T01:30"),
        ]

    def test_trap_12_every_other_week_keeps_its_parity(
        self, calendars: CalendarConnector, hands: Hands, organizer: Address, guest: Address
    ) -> None:
        rule = replace(RULE, step=Step(weeks=2))
        calendars.put(organizer, series(organizer, guest, rule=rule), key="k/1", expected="")
        seen = listing(calendars, organizer)[Place(organizer, "one")].rule
        assert seen is not None and seen.step == Step(weeks=2)
        first = date(2026, 10, 6)
        assert [(start.date() - first).days % 14 for start in shown(hands, guest)] == [0] * 13

    def test_a_series_without_an_end_goes_on(
        self, calendars: CalendarConnector, hands: Hands, organizer: Address, guest: Address
    ) -> None:
        rule = replace(RULE, until=None)
        calendars.put(organizer, series(organizer, guest, rule=rule), key="k/1", expected="")
        seen = listing(calendars, organizer)[Place(organizer, "one")].rule
        assert seen is not None and seen.until is None
        year = Slot(utc("2028-01-01T00:00"), utc("2029-01-01T00:00"))
        assert len(shown(hands, guest, year)) == 52

    @pytest.mark.parametrize(
        ("last", "count"),
        [(date(2026, 10, 26), 3), (date(2026, 10, 27), 4), (date(2026, 11, 2), 4)],
    )
    def test_trap_9_until_is_a_local_date_and_counts_itself(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        organizer: Address,
        guest: Address,
        last: date,
        count: int,
    ) -> None:
        rule = SeriesRule("2026-10-06T23:30", "America/Los_Angeles", 30, until=last)
        calendars.put(organizer, series(organizer, guest, rule=rule), key="k/1", expected="")
        assert len(shown(hands, organizer)) == count
        seen = listing(calendars, organizer)[Place(organizer, "one")].rule
        assert seen is not None and len(list(walls(seen))) == count

    def test_gaps_that_were_put_are_no_meetings(
        self, calendars: CalendarConnector, hands: Hands, organizer: Address, guest: Address
    ) -> None:
        rule = replace(RULE, gaps=("2026-12-22T10:00", "2026-12-29T10:00"))
        calendars.put(organizer, series(organizer, guest, rule=rule), key="k/1", expected="")
        seen = listing(calendars, organizer)[Place(organizer, "one")].rule
        assert seen is not None and sorted(seen.gaps) == sorted(rule.gaps)
        assert len(shown(hands, organizer)) == len(shown(hands, guest)) == 24

    def test_a_series_with_all_kinds_of_exceptions_round_trips(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
    ) -> None:
        ana, ben = organizer, guest
        calendars.put(ana, series(ana, ben), key="k/1", expected="")
        hands.move(ana, Place(ana, "one", "2026-10-13T10:00"), NOON)
        hands.cancel(ana, Place(ana, "one", "2026-10-20T10:00"))
        hands.answer(ben, Place(ana, "one", "2026-10-27T10:00"), "DECLINED")
        hands.delete(ana, Place(ana, "one", "2026-11-03T10:00"))
        reader.read()
        assert reader.meeting("2026-10-06T10:00").start == utc("2026-10-06T08:00")
        moved = reader.meeting("2026-10-13T10:00")
        assert (moved.start, moved.end, moved.off) == (NOON.start, NOON.end, False)
        assert reader.meeting("2026-10-20T10:00").off
        declined = reader.meeting("2026-10-27T10:00")
        assert (declined.off, declined.start) == (False, utc("2026-10-27T09:00"))
        assert dict(declined.answers)[ben] == "DECLINED"
        assert reader.meeting("2026-11-03T10:00").off
        rule = reader.known[Place(ana, "one")].rule
        assert rule is not None and "2026-11-03T10:00" in rule.gaps
        assert "2026-10-13T10:00" not in rule.gaps, "a moved occurrence is not a gap"

    @pytest.mark.parametrize("way", ["cancel", "delete"])
    def test_trap_14_trap_15_a_cancelled_one_is_off_and_hides_no_later_one(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
        way: str,
    ) -> None:
        rule = replace(RULE, until=date(2027, 9, 28))
        calendars.put(organizer, series(organizer, guest, rule=rule), key="k/1", expected="")
        getattr(hands, way)(organizer, Place(organizer, "one", FOURTH))
        reader.read()
        assert reader.standing() == [wall for wall in walls(rule) if wall != FOURTH]
        assert len(reader.standing()) == 51

    def test_trap_16_moved_twice_then_cancelled(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
    ) -> None:
        """The exception is found by its original start, wherever it has been moved to."""
        place = Place(organizer, "one", FOURTH)
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        hands.move(organizer, place, NOON)
        reader.read()
        calendars.move(organizer, place, half_hour("2026-10-30T07:00"), key="k/2", expected="")
        reader.read()
        assert reader.meeting(FOURTH).start == utc("2026-10-30T07:00")
        assert shown(hands, guest).count(utc("2026-10-30T07:00")) == 1
        assert NOON.start not in shown(hands, guest)
        hands.cancel(organizer, place)
        reader.read()
        assert reader.meeting(FOURTH).off
        assert len(reader.standing()) == len(list(walls(RULE))) - 1

    @pytest.mark.parametrize("way", ["cancel", "delete"])
    def test_trap_16_a_moved_one_that_is_taken_off_is_nowhere(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
        way: str,
    ) -> None:
        place = Place(organizer, "one", FOURTH)
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        hands.move(organizer, place, NOON)
        reader.read()
        getattr(hands, way)(organizer, place)
        reader.read()
        assert reader.meeting(FOURTH).off
        fortnight = Slot(utc("2026-10-26T00:00"), utc("2026-11-09T00:00"))
        for who in (organizer, guest):
            busy = calendars.busy(organizer, (who,), fortnight)[who]
            assert isinstance(busy, Busy)
            assert [interval.start for interval in busy.intervals] == [utc("2026-11-03T09:00")]

    def test_a_place_keeps_its_name_when_moved_onto_another_ones_start(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
    ) -> None:
        there = half_hour("2026-11-03T09:00")
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        hands.delete(organizer, Place(organizer, "one", FIFTH))
        calendars.move(organizer, Place(organizer, "one", FOURTH), there, key="k/2", expected="")
        reader.read()
        assert reader.meeting(FOURTH).start == there.start
        assert reader.meeting(FIFTH).off

    def test_trap_99_a_declined_meeting_that_we_move_asks_anew(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
    ) -> None:
        """trap_99: a provider that keeps the answer through a move says so by `resets_answers`."""
        place = Place(organizer, "one", FOURTH)
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        hands.answer(guest, place, "DECLINED")
        reader.read()
        calendars.move(organizer, place, NOON, key="k/2", expected="")
        reader.read()
        kept = dict(reader.meeting(FOURTH).answers)[guest] == "DECLINED"
        assert kept != self.resets_answers

    def test_what_people_see_is_what_was_put(
        self, calendars: CalendarConnector, hands: Hands, organizer: Address, guest: Address
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        hands.move(organizer, Place(organizer, "one", FOURTH), NOON)
        week = Slot(utc("2026-11-01T00:00"), utc("2026-11-08T00:00"))
        for who in (organizer, guest):
            seen = hands.calendar(who, week)
            assert [(event.place.recurrence, event.start) for event in seen] == [
                (FIFTH, utc("2026-11-03T09:00")),
                (FOURTH, NOON.start),
            ]
            assert all(event.series and event.place.calendar == organizer for event in seen)

    def test_a_deleted_copy_is_seen_by_its_organizer_only(
        self, calendars: CalendarConnector, hands: Hands, organizer: Address, guest: Address
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        hands.delete(guest, Place(organizer, "one", FOURTH))
        assert len(shown(hands, organizer)) == 26
        assert len(shown(hands, guest)) == 25
