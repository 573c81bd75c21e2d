"""No .ics file stops an account: what is hostile is named and left unread, and all the rest is read and written.

Not the reading of mails: tests/test_careful.py.
"""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from icalendar import Calendar

from connectors.local import LocalCalendars
from daemon.computing import TOO_SLOW
from daemon.domain.meeting import Place
from daemon.domain.observation import Busy, EventSeen, SetAside, Unknown
from daemon.ical.busy import busy_of
from daemon.ical.parsing import Unreadable, parse
from daemon.ports import Cursor
from tests.conformance.calendar_busy import FORTNIGHT
from tests.conformance.calendar_writing import FOURTH, NOON
from tests.conformance.following import WINDOW, series
from tests.conformance.hostile_calendars import (
    HARMLESS,
    REFUSED,
    UNKNOWN,
    calendar,
    event,
    observance,
    zone,
)
from tests.conformance.test_local import StandingClock
from tests.conformance.texts import ANA, BEN

CLEO = "cleo@mentors.example"


@pytest.fixture
def calendars(tmp_path: Path) -> LocalCalendars:
    return LocalCalendars(tmp_path, StandingClock(), (ANA, BEN, CLEO))


@pytest.fixture
def cursor(calendars: LocalCalendars) -> Cursor | None:
    """Ana's calendar with one series of ours, read to the end."""
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    return calendars.changes(ANA, None, WINDOW).cursor


def goes_on(calendars: LocalCalendars, cursor: Cursor | None) -> None:
    """What is ours on that calendar, and the calendars of others, as if nothing lay there."""
    calendars.move(ANA, Place(ANA, "one", FOURTH), NOON, key="k/2", expected="")
    batch = calendars.changes(ANA, cursor, WINDOW)
    assert [
        seen.start for seen in batch.observations
        if isinstance(seen, EventSeen) and seen.place == Place(ANA, "one", FOURTH)
    ] == [NOON.start]  # fmt: skip
    calendars.put(CLEO, series(CLEO, "dee@x.example"), key="k/3", expected="")
    assert calendars.changes(CLEO, None, WINDOW).complete


@pytest.mark.parametrize("name", REFUSED)
def test_trap_31_a_hostile_file_is_named_and_stops_nothing(
    name: str, calendars: LocalCalendars, cursor: Cursor | None, tmp_path: Path
) -> None:
    raw, why = REFUSED[name]
    (tmp_path / "calendars" / ANA / "hostile.ics").write_bytes(raw)
    (aside,) = calendars.changes(ANA, cursor, WINDOW).set_aside
    assert (aside.source, aside.name) == (f"calendar/{ANA}", "hostile.ics")
    assert why in aside.why
    assert isinstance(calendars.busy(ANA, (ANA,), FORTNIGHT)[ANA], Unknown)
    goes_on(calendars, cursor)


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_merely_large_or_odd_is_read(
    name: str, calendars: LocalCalendars, cursor: Cursor | None, tmp_path: Path
) -> None:
    (tmp_path / "calendars" / ANA / "large.ics").write_bytes(HARMLESS[name])
    assert calendars.changes(ANA, cursor, WINDOW).set_aside == ()
    assert isinstance(calendars.busy(ANA, (ANA,), FORTNIGHT)[ANA], Busy)
    goes_on(calendars, cursor)


@pytest.mark.parametrize("name", UNKNOWN)
def test_trap_31_a_person_whose_busy_time_takes_too_long_is_unknown_and_the_file_is_named(
    name: str, calendars: LocalCalendars, cursor: Cursor | None, tmp_path: Path
) -> None:
    (tmp_path / "calendars" / ANA / "hostile.ics").write_bytes(UNKNOWN[name])
    told = calendars.busy(ANA, (ANA,), FORTNIGHT)[ANA]
    assert isinstance(told, Unknown) and told.why.startswith("hostile.ics: ")
    assert isinstance(calendars.busy(ANA, (CLEO,), FORTNIGHT)[CLEO], Busy)
    goes_on(calendars, cursor)


def test_what_took_too_long_is_not_tried_again_before_it_changes(
    calendars: LocalCalendars, tmp_path: Path
) -> None:
    path = tmp_path / "calendars" / CLEO / "hostile.ics"
    path.write_bytes(UNKNOWN["a hundred times what never comes"])
    calendars.busy(CLEO, (CLEO,), FORTNIGHT)
    left = SetAside(f"calendar/{CLEO}", "hostile.ics", TOO_SLOW)
    batch = calendars.changes(CLEO, None, WINDOW)
    assert batch.set_aside == (left,) and not batch.complete
    assert calendars.busy(CLEO, (CLEO,), FORTNIGHT)[CLEO] == Unknown(f"hostile.ics: {TOO_SLOW}")
    path.write_bytes(calendar(event("1")))
    assert calendars.changes(CLEO, batch.cursor, WINDOW).set_aside == ()
    assert isinstance(calendars.busy(CLEO, (CLEO,), FORTNIGHT)[CLEO], Busy)


def test_trap_7_each_file_has_its_own_zones_whatever_was_read_before() -> None:
    def starts(offset: str) -> list[str]:
        standard = ("BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0000")
        ends = (f"TZOFFSETTO:{offset}", "END:STANDARD")
        own = event("1", start="DTSTART;TZID=Own:20261028T110000")
        read = parse(calendar(zone((*standard, *ends)), own))
        return [f"{one.start:%H:%M}" for one in busy_of(read, ANA, FORTNIGHT)]

    assert (starts("+0300"), starts("-0500")) == (["08:00"], ["16:00"])
    with pytest.raises(Unreadable, match="unknown time zone"):
        parse(calendar(event("1", start="DTSTART;TZID=Own:20261028T110000")))


def test_calendars_of_strangers_leave_nothing_in_the_memory() -> None:
    def odd(number: int) -> bytes:
        parts = ([f"BEGIN:X-{number}-{n}", f"END:X-{number}-{n}"] for n in range(200))
        named = [
            line.replace("Own", f"Own{number}") for line in zone(observance("RRULE:FREQ=YEARLY"))
        ]
        return calendar(named, event("1"), *parts)

    parse(odd(0))
    known = len(Calendar._get_component_factory())
    tracemalloc.start()
    try:
        before = tracemalloc.take_snapshot()
        for number in range(1, 40):
            parse(odd(number))
        after = tracemalloc.take_snapshot()
    finally:
        tracemalloc.stop()
    grown = sum(each.size_diff for each in after.compare_to(before, "filename"))
    assert len(Calendar._get_component_factory()) == known
    assert grown < 3_000_000
