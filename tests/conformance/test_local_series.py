"""Series in files that other programs wrote or changed: made by hand, moved as a whole, put back.

Not the promise of every connector: see tests/conformance/calendar_whole.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from connectors.local import LocalCalendars, LocalHands
from daemon.domain.cadence import Step
from daemon.domain.invitation import Guest
from daemon.domain.meeting import Place, Slot
from daemon.domain.observation import EventSeen
from tests.conformance.calendar_writing import FIFTH, FOURTH, NOON
from tests.conformance.following import Reader, half_hour, instant, listing, series, utc
from tests.conformance.test_local import StandingClock
from tests.conformance.texts import ANA, BEN, LAST_TUESDAY, WEEKLY, ics

PLACE = Place(ANA, "one", FOURTH)


@pytest.fixture
def calendars(tmp_path: Path) -> LocalCalendars:
    return LocalCalendars(tmp_path, StandingClock(), (ANA, BEN))


@pytest.fixture
def hands(tmp_path: Path) -> LocalHands:
    return LocalHands(tmp_path, StandingClock())


@pytest.fixture
def reader(calendars: LocalCalendars) -> Reader:
    """Ana's calendar with one series, read to the end."""
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    reader = Reader(calendars, ANA)
    reader.read()
    return reader


@pytest.fixture
def ana(tmp_path: Path) -> Path:
    """The organizer's file."""
    return tmp_path / "calendars" / ANA / "one.ics"


@pytest.fixture
def ben(tmp_path: Path) -> Path:
    """The guest's copy."""
    return tmp_path / "calendars" / BEN / "one.ics"


def edit(path: Path, *changes: tuple[str, str]) -> None:
    """As a calendar program does: some lines are others now."""
    text = path.read_bytes().decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_bytes(text.encode())


@pytest.mark.parametrize(
    ("text", "step"),
    [
        (WEEKLY + "RRULE:FREQ=WEEKLY\n", Step(weeks=1)),
        (WEEKLY + "RRULE:FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1\n", Step(months=1, nth=1)),
        (LAST_TUESDAY + "RRULE:FREQ=MONTHLY;INTERVAL=2;BYDAY=-1TU\n", Step(months=2, nth=-1)),
    ],
)
def test_a_series_that_somebody_made_in_their_own_program_is_told_with_its_rule(
    calendars: LocalCalendars, ana: Path, ben: Path, text: str, step: Step
) -> None:
    """Nobody here put it and it carries no key of ours: guests make it one that may be a 1:1."""
    ana.write_bytes(ics(text))
    seen = listing(calendars, ANA)[Place(ANA, "one")]
    assert seen.rule is not None and seen.rule.step == step
    assert seen.guests == (Guest(BEN, "ACCEPTED"),)
    assert b"RRULE" in ben.read_bytes(), "the guest has a copy"


@pytest.mark.parametrize("organizer", [True, False])
def test_trap_20_a_series_made_by_hand_that_loses_its_last_guest_is_still_there(
    calendars: LocalCalendars, ana: Path, ben: Path, organizer: bool
) -> None:
    """Some programs drop the ORGANIZER with the last ATTENDEE."""
    ana.write_bytes(ics(WEEKLY + "RRULE:FREQ=WEEKLY;UNTIL=20270330T080000Z\n"))
    reader = Reader(calendars, ANA)
    reader.read()
    lines = ana.read_bytes().decode().splitlines(keepends=True)
    gone = ("ATTENDEE",) if organizer else ("ATTENDEE", "ORGANIZER")
    ana.write_bytes("".join(line for line in lines if not line.startswith(gone)).encode())
    batch = calendars.changes(ANA, reader.cursor, Slot(NOON.start, NOON.end))
    (seen,) = batch.observations
    assert isinstance(seen, EventSeen) and seen.rule is not None and seen.guests == ()
    assert not ben.exists()
    if organizer:
        assert Place(ANA, "one") in listing(calendars, ANA)


def test_trap_98_a_rule_in_other_words_asks_nobody_anew(
    reader: Reader, hands: LocalHands, ana: Path, ben: Path
) -> None:
    hands.answer(BEN, Place(ANA, "one"), "ACCEPTED")
    reader.read()
    edit(ana, ("FREQ=WEEKLY", "FREQ=WEEKLY;WKST=SU"), ("INTERVAL=1;", ""), (";BYDAY=TU", ""))
    copy = ben.read_bytes()
    reader.read()
    assert dict(reader.meeting(FOURTH).answers)[BEN] == "ACCEPTED"
    assert ben.read_bytes() == copy, "the copy says the same"


def test_trap_19_all_moved_by_a_program_that_leaves_old_exceptions_lying_about(
    reader: Reader, hands: LocalHands, ana: Path
) -> None:
    """EXDATE and RECURRENCE-ID of times that the series no longer has mean nothing."""
    hands.move(ANA, PLACE, NOON)
    hands.delete(ANA, Place(ANA, "one", FIFTH))
    reader.read()
    edit(
        ana,
        ("DTSTART;TZID=Europe/Berlin:20261006T100000", "DTSTART;TZID=Europe/Berlin:20261006T110000"),
        ("DTEND;TZID=Europe/Berlin:20261006T103000", "DTEND;TZID=Europe/Berlin:20261006T113000"),
    )  # fmt: skip
    reader.read()
    assert len(reader.standing()) == 25, "UNTIL was left lying about as well: 10:00 of the last day"
    assert all(wall.endswith("T11:00") for wall in reader.standing())
    assert reader.meeting("2026-10-27T11:00").start == utc("2026-10-27T10:00")


@pytest.mark.parametrize("way", ["delete", "cancel"])
def test_a_date_that_the_organizer_puts_back_is_no_decline(
    reader: Reader, hands: LocalHands, ana: Path, ben: Path, way: str
) -> None:
    """The guest's copy still has it out, because that is what the guest was shown."""
    hands.answer(BEN, Place(ANA, "one"), "ACCEPTED")
    reader.read()
    before = ana.read_bytes()
    getattr(hands, way)(ANA, PLACE)
    reader.read()
    assert reader.meeting(FOURTH).off
    ana.write_bytes(before)
    reader.read()
    assert dict(reader.meeting(FOURTH).answers)[BEN] == "ACCEPTED"
    starts = [one.start for one in hands.calendar(BEN, Slot(utc("2026-10-26T00:00"), NOON.end))]
    assert instant(FOURTH, "Europe/Berlin") in starts


def test_a_date_that_the_guest_took_out_stays_a_no_through_other_changes(
    reader: Reader, hands: LocalHands, calendars: LocalCalendars
) -> None:
    hands.delete(BEN, PLACE)
    reader.read()
    calendars.move(ANA, Place(ANA, "one", FIFTH), half_hour("2026-11-04T09:00"), key="k/2", expected="")  # fmt: skip
    hands.delete(ANA, Place(ANA, "one", "2026-11-10T10:00"))
    reader.read()
    assert dict(reader.meeting(FOURTH).answers)[BEN] == "DECLINED"
    assert len(reader.standing()) == 25


def test_a_cut_leaves_nothing_of_what_came_after_it_in_any_file(
    reader: Reader, hands: LocalHands, ana: Path, ben: Path
) -> None:
    hands.move(ANA, Place(ANA, "one", "2026-11-17T10:00"), half_hour("2026-11-18T09:00"))
    reader.read()
    assert b"RECURRENCE-ID" in ben.read_bytes()
    hands.cut_series(ANA, PLACE)
    reader.read()
    for path in (ana, ben):
        assert b"RECURRENCE-ID" not in path.read_bytes()
        assert b"UNTIL=20261026T090000Z" in path.read_bytes()
