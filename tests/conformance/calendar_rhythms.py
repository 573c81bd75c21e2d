"""What every rhythm promises that we emit: each N weeks, and the nth weekday of each N months.

Not a suite of its own: see tests/conformance/calendars.py for the fixtures.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from daemon.domain.cadence import SeriesRule, Step
from daemon.domain.meeting import Place, Slot
from daemon.domain.observation import Busy
from daemon.domain.people import Address
from daemon.domain.value import replace
from daemon.errors import Permanent
from daemon.ports import CalendarConnector
from daemon.simulate.hands import Hands
from tests.conformance.calendar_times import TWELVE_ZONES, shown
from tests.conformance.calendar_writing import FIFTH, FOURTH, NOON
from tests.conformance.following import (
    RULE,
    Reader,
    half_hour,
    instant,
    listing,
    series,
    utc,
    walls,
)

YEAR_ON = date(2027, 10, 31)
RHYTHMS: dict[str, SeriesRule] = {
    "monthly, first Tuesday": replace(RULE, step=Step(months=1, nth=1)),
    "monthly, second Tuesday": replace(RULE, first="2026-10-13T10:00", step=Step(months=1, nth=2)),
    "monthly, third Tuesday": replace(RULE, first="2026-10-20T10:00", step=Step(months=1, nth=3)),
    "monthly, fourth Tuesday": replace(RULE, first=FOURTH, step=Step(months=1, nth=4)),
    "monthly, last Tuesday": replace(RULE, first=FOURTH, step=Step(months=1, nth=-1)),
    "monthly, last Saturday, a fifth one": replace(
        RULE, first="2026-10-31T10:00", step=Step(months=1, nth=-1)
    ),
    "every 2 months": replace(RULE, first="2026-10-13T10:00", step=Step(months=2, nth=2)),
    "every 3 months": replace(RULE, first="2026-10-30T10:00", step=Step(months=3, nth=-1)),
    "every 6 months": replace(RULE, first="2026-10-07T10:00", step=Step(months=6, nth=1)),
    **{f"every {weeks} weeks": replace(RULE, step=Step(weeks=weeks)) for weeks in (2, 3, 4, 8)},
}
SECOND = replace(RHYTHMS["monthly, second Tuesday"], until=YEAR_ON)
"""13 October, 10 November, 8 December, 12 January …"""
NOVEMBER, DECEMBER, JANUARY = "2026-11-10T10:00", "2026-12-08T10:00", "2027-01-12T10:00"


def expected(rule: SeriesRule) -> list[datetime]:
    """The instants of a rule, by the day by day reading."""
    return [instant(wall, rule.zone) for wall in walls(rule) if wall not in rule.gaps]


class RhythmConformance:
    """Series of every step that we emit, their exceptions, ends and gaps."""

    @pytest.mark.parametrize("name", RHYTHMS)
    def test_trap_11_every_rhythm_round_trips(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
        name: str,
    ) -> None:
        rule = replace(RHYTHMS[name], until=YEAR_ON)
        calendars.put(organizer, series(organizer, guest, rule=rule), key="k/1", expected="")
        reader.read()
        told = reader.known[Place(organizer, "one")].rule
        assert told is not None
        assert (told.first, told.zone, told.step) == (rule.first, rule.zone, rule.step)
        assert list(walls(told)) == list(walls(rule)) == reader.standing()
        assert shown(hands, organizer) == shown(hands, guest) == expected(rule)
        assert reader.read() == ()

    @pytest.mark.parametrize("name", ["monthly, last Tuesday", "every 2 months", "every 3 weeks"])
    def test_a_rhythm_without_an_end_goes_on(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        organizer: Address,
        guest: Address,
        name: str,
    ) -> None:
        rule = replace(RHYTHMS[name], until=None)
        calendars.put(organizer, series(organizer, guest, rule=rule), key="k/1", expected="")
        year = Slot(utc("2030-01-01T00:00"), utc("2031-01-01T00:00"))
        ended = expected(replace(rule, until=date(2031, 1, 2)))
        assert shown(hands, guest, year) == [at for at in ended if year.start <= at < year.end]

    @pytest.mark.parametrize("zone", TWELVE_ZONES)
    def test_trap_1_a_monthly_wall_clock_stays_when_the_clocks_change(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        organizer: Address,
        guest: Address,
        zone: str,
    ) -> None:
        rule = replace(SECOND, zone=zone)
        calendars.put(organizer, series(organizer, guest, rule=rule), key="k/1", expected="")
        local = [start.astimezone(ZoneInfo(zone)) for start in shown(hands, guest)]
        assert len(local) == 13
        assert {(at.hour, at.minute, at.weekday()) for at in local} == {(10, 0, 1)}
        assert {(at.day - 1) // 7 + 1 for at in local} == {2}

    @pytest.mark.parametrize(
        ("last", "count"),
        [(date(2027, 1, 11), 3), (date(2027, 1, 12), 4), (date(2027, 2, 8), 4)],
    )
    def test_trap_9_until_of_a_monthly_series_counts_itself(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        organizer: Address,
        guest: Address,
        last: date,
        count: int,
    ) -> None:
        late = replace(SECOND, first="2026-10-13T23:30", zone="America/Los_Angeles", until=last)
        calendars.put(organizer, series(organizer, guest, rule=late), key="k/1", expected="")
        assert len(shown(hands, guest)) == count
        told = listing(calendars, organizer)[Place(organizer, "one")].rule
        assert told is not None and len(list(walls(told))) == count

    def test_trap_14_trap_16_moved_and_cancelled_occurrences_of_a_monthly_series(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
    ) -> None:
        calendars.put(organizer, series(organizer, guest, rule=SECOND), key="k/1", expected="")
        reader.read()
        hands.move(organizer, Place(organizer, "one", NOVEMBER), NOON)
        place = Place(organizer, "one", DECEMBER)
        calendars.move(organizer, place, half_hour("2026-12-10T08:00"), key="k/2", expected="")
        hands.cancel(organizer, Place(organizer, "one", JANUARY))
        hands.delete(organizer, Place(organizer, "one", "2027-02-09T10:00"))
        reader.read()
        assert reader.meeting(NOVEMBER).start == NOON.start
        assert reader.meeting(DECEMBER).start == utc("2026-12-10T08:00")
        off = {JANUARY, "2027-02-09T10:00"}
        assert reader.standing() == [wall for wall in walls(SECOND) if wall not in off]
        assert shown(hands, guest)[:3] == [
            utc("2026-10-13T08:00"),
            NOON.start,
            utc("2026-12-10T08:00"),
        ]

    def test_a_first_date_that_is_none_of_its_own_is_refused(
        self, calendars: CalendarConnector, organizer: Address, guest: Address
    ) -> None:
        """RFC 5545 3.8.5.3 leaves undefined what such a series means, and readers differ."""
        crooked = replace(SECOND, first="2026-10-20T10:00")
        with pytest.raises(Permanent):
            calendars.put(organizer, series(organizer, guest, rule=crooked), key="k/1", expected="")
        assert listing(calendars, organizer) == {}

    def test_a_series_ended_before_it_began_is_in_nobodys_calendar(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        reader.read()
        ended = replace(RULE, until=date(2026, 10, 5))
        calendars.put(organizer, series(organizer, guest, rule=ended), key="k/1/end", expected="")
        reader.read()
        assert reader.standing() == shown(hands, organizer) == shown(hands, guest) == []
        calendars.put(organizer, series(organizer, guest), key="k/2", expected="")
        reader.read()
        assert len(reader.standing()) == len(shown(hands, guest)) == 26


class GapConformance:
    """Occurrences that are taken out by changing the series."""

    @pytest.mark.parametrize("name", ["monthly, second Tuesday", "every 2 weeks"])
    def test_gaps_that_are_put_with_any_rhythm_are_no_meetings(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
        name: str,
    ) -> None:
        rule = RHYTHMS[name]
        gaps = tuple(list(walls(rule))[1:4])
        calendars.put(
            organizer, series(organizer, guest, rule=replace(rule, gaps=gaps)), key="k/1", expected=""
        )  # fmt: skip
        reader.read()
        assert reader.standing() == [wall for wall in walls(rule) if wall not in gaps]
        assert shown(hands, guest) == expected(replace(rule, gaps=gaps))

    def test_gaps_that_are_put_later_leave_everything_else_alone(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
    ) -> None:
        """One change of the series for a whole absence: exceptions and answers that fit stay."""
        ana, ben = organizer, guest
        first = replace(RULE, gaps=("2026-12-29T10:00",))
        calendars.put(ana, series(ana, ben, rule=first), key="k/1", expected="")
        hands.answer(ben, Place(ana, "one"), "ACCEPTED")
        hands.move(ana, Place(ana, "one", FOURTH), NOON)
        hands.delete(ana, Place(ana, "one", FIFTH))
        hands.answer(ben, Place(ana, "one", "2026-11-10T10:00"), "DECLINED")
        hands.move(ana, Place(ana, "one", "2027-01-12T10:00"), half_hour("2027-01-13T08:00"))
        reader.read()
        more = ("2027-01-05T10:00", "2027-01-12T10:00", "2027-01-19T10:00")
        gaps = series(ana, ben, rule=replace(RULE, gaps=(*first.gaps, *more)))
        receipt = calendars.put(ana, gaps, key="k/2", expected="")
        reader.read()
        assert reader.known[Place(ana, "one")].version == receipt.version
        out = {FIFTH, *first.gaps, *more}
        assert reader.standing() == [wall for wall in walls(RULE) if wall not in out]
        assert reader.meeting(FOURTH).start == NOON.start
        assert dict(reader.meeting("2026-11-10T10:00").answers)[ben] == "DECLINED"
        assert dict(reader.meeting("2026-11-17T10:00").answers)[ben] == "ACCEPTED"
        assert len(shown(hands, ana)) == 26 - len(out) and NOON.start in shown(hands, ben)

    def test_a_put_that_names_fewer_gaps_brings_nothing_back(
        self, calendars: CalendarConnector, reader: Reader, organizer: Address, guest: Address
    ) -> None:
        """What is taken out stays out: a person may have done it, or a reply."""
        gaps = ("2026-12-22T10:00", "2026-12-29T10:00")
        with_gaps = series(organizer, guest, rule=replace(RULE, gaps=gaps))
        calendars.put(organizer, with_gaps, key="k/1", expected="")
        calendars.put(organizer, series(organizer, guest), key="k/2", expected="")
        reader.read()
        assert reader.standing() == [wall for wall in walls(RULE) if wall not in gaps]

    def test_gaps_of_an_end_that_is_taken_back_are_still_gaps(
        self, calendars: CalendarConnector, reader: Reader, organizer: Address, guest: Address
    ) -> None:
        gaps = ("2026-12-22T10:00",)
        rule = replace(RULE, gaps=gaps)
        calendars.put(organizer, series(organizer, guest, rule=rule), key="k/1", expected="")
        ended = replace(rule, until=date(2026, 11, 30))
        calendars.put(organizer, series(organizer, guest, rule=ended), key="k/1/end", expected="")
        reader.read()
        assert reader.standing()[-1] == "2026-11-24T10:00"
        calendars.put(organizer, series(organizer, guest, rule=rule), key="k/2", expected="")
        reader.read()
        assert reader.standing() == [wall for wall in walls(RULE) if wall not in gaps]

    def test_a_window_of_gaps_is_not_busy(
        self, calendars: CalendarConnector, organizer: Address, guest: Address
    ) -> None:
        gaps = (NOVEMBER, DECEMBER)
        put = series(organizer, guest, rule=replace(SECOND, gaps=gaps))
        calendars.put(organizer, put, key="k/1", expected="")
        window = Slot(utc("2026-10-14T00:00"), utc("2027-01-13T00:00"))
        seen = calendars.busy(organizer, (organizer, guest), window)
        for busy in (seen[organizer], seen[guest]):
            assert isinstance(busy, Busy)
            assert [each.start for each in busy.intervals] == [instant(JANUARY, "Europe/Berlin")]
