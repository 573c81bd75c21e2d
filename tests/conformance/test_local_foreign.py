"""What stirs a folder: foreign files that come, change and go, and what is none of that.

Not the promise of every connector: see tests/conformance/calendar_stirred.py.
"""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from connectors.local import LocalCalendars, LocalHands
from daemon.domain.meeting import Place, Slot
from daemon.domain.observation import Busy, EventSeen
from daemon.errors import CursorExpired
from tests.conformance.calendar_busy import FORTNIGHT
from tests.conformance.calendar_writing import FOURTH, NOON
from tests.conformance.following import WINDOW, Reader, one_off, series
from tests.conformance.test_local import StandingClock
from tests.conformance.texts import ANA, BEN

HOUR = timedelta(hours=1)
CLEO = "cleo@mentors.example"
LUNCH = "DTSTART:20261028T110000Z\nDTEND:20261028T120000Z\n"
TEXT = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n"
    "BEGIN:VEVENT\r\nUID:lunch\r\nDTSTART:20261028T110000Z\r\nDTEND:20261028T120000Z\r\n{}"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)
FROM_ELSEWHERE = (
    f"ORGANIZER:mailto:boss@corp.example\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:{ANA}\r\n"
)
TASK = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VTODO\r\nUID:t\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def calendars(tmp_path: Path) -> LocalCalendars:
    return LocalCalendars(tmp_path, StandingClock(), (ANA, BEN, CLEO))


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
def lunch(tmp_path: Path) -> Path:
    """A file in Ana's folder that is none of ours."""
    return tmp_path / "calendars" / ANA / "lunch.ics"


def stirs(reader: Reader) -> bool:
    """Whether the next reading stirs; what it tells must be nothing, or an invitation by somebody else."""
    told = [each for each in reader.read() if isinstance(each, EventSeen)]
    assert all(each.organizer for each in told)
    return reader.stirred


@pytest.mark.parametrize("more", ["", FROM_ELSEWHERE, "RRULE:FREQ=DAILY\r\n"])
def test_a_foreign_file_stirs_when_it_comes_changes_and_goes(
    reader: Reader, lunch: Path, more: str
) -> None:
    lunch.write_bytes(TEXT.format(more).encode())
    assert stirs(reader) and not stirs(reader)
    lunch.write_bytes(TEXT.format(more).replace("T110000Z", "T100000Z").encode())
    assert stirs(reader) and not stirs(reader)
    lunch.unlink()
    assert stirs(reader) and not stirs(reader)


def test_an_idle_listing_reads_and_makes_nothing(reader: Reader, lunch: Path) -> None:
    """The very same batch is handed out again: no file was parsed, no cursor was written."""
    lunch.write_bytes(TEXT.format("").encode())
    stirs(reader)
    stirs(reader)
    first, again = (reader.calendars.changes(ANA, reader.cursor, WINDOW) for _ in range(2))
    assert first is again and first.cursor == reader.cursor and not first.stirred


def test_a_restart_stirs_nothing_and_forgets_nothing(
    reader: Reader, lunch: Path, tmp_path: Path
) -> None:
    lunch.write_bytes(TEXT.format("").encode())
    assert stirs(reader)
    reader.calendars = LocalCalendars(tmp_path, StandingClock())
    assert not stirs(reader)
    lunch.unlink()
    reader.calendars = LocalCalendars(tmp_path, StandingClock())
    assert stirs(reader)


def test_tasks_and_files_that_are_no_calendar_take_no_time(reader: Reader, lunch: Path) -> None:
    lunch.write_bytes(TASK)
    assert not stirs(reader)
    lunch.with_suffix(".txt").write_bytes(b"x")
    assert not stirs(reader)


def test_a_half_written_file_stirs_when_it_is_whole(
    reader: Reader, calendars: LocalCalendars, lunch: Path
) -> None:
    whole = TEXT.format("").encode()
    lunch.write_bytes(whole[:-20])
    batch = calendars.changes(ANA, reader.cursor, WINDOW)
    assert not batch.stirred and batch.set_aside
    lunch.write_bytes(whole)
    assert stirs(reader)


def test_a_file_with_ours_and_something_else_stirs(reader: Reader, tmp_path: Path) -> None:
    """Some programs keep a whole calendar in one file."""
    ours = tmp_path / "calendars" / ANA / "one.ics"
    extra = TEXT.format("").split("\r\n", 3)[3].removesuffix("END:VCALENDAR\r\n").encode()
    ours.write_bytes(ours.read_bytes().replace(b"END:VCALENDAR", extra + b"END:VCALENDAR"))
    reader.read()
    assert reader.stirred


def test_a_second_file_with_the_same_event_is_not_foreign(reader: Reader, lunch: Path) -> None:
    lunch.write_bytes((lunch.parent / "one.ics").read_bytes())
    reader.read()
    assert not reader.stirred


def test_what_another_folder_passes_on_and_tells_stirs_nothing(
    calendars: LocalCalendars, hands: LocalHands
) -> None:
    """Ana is Cleo's mentee as well: that 1:1 is told on Cleo's calendar."""
    reader = Reader(calendars, ANA)
    reader.read()
    calendars.put(CLEO, series(CLEO, ANA, uid="hers"), key="k/1", expected="")
    assert not stirs(reader)
    place = Place(CLEO, "hers", FOURTH)
    calendars.move(CLEO, place, NOON, key="k/2", expected="")
    assert not stirs(reader)
    hands.answer(ANA, place, "DECLINED")
    assert not stirs(reader)
    hands.delete_series(CLEO, "hers")
    calendars.changes(CLEO, None, WINDOW)
    assert not stirs(reader)


def test_what_cleo_invites_to_by_hand_comes_to_whoever_is_read_in_the_next_round(
    calendars: LocalCalendars, tmp_path: Path
) -> None:
    """A round is one reading of each calendar in one window: it looks at every folder once, and not once for each."""

    def writes(uid: str, guest: str) -> None:
        said = f"ORGANIZER:mailto:{CLEO}\r\nATTENDEE:mailto:{guest}\r\n"
        text = TEXT.format(said).replace("UID:lunch", f"UID:{uid}")
        (tmp_path / "calendars" / CLEO / f"{uid}.ics").write_text(text, newline="")

    def has(who: str) -> list[str]:
        return sorted(path.stem for path in (tmp_path / "calendars" / who).glob("*.ics"))

    writes("first", BEN)
    calendars.changes(ANA, None, WINDOW)
    assert has(BEN) == ["first"], "the first of a round looks for all of them"
    writes("second", BEN)
    calendars.changes(BEN, None, WINDOW)
    assert has(BEN) == ["first"], "what comes within a round waits"
    calendars.changes(ANA, None, WINDOW)
    assert has(BEN) == ["first", "second"], "for the next: a calendar is read anew"
    writes("third", BEN)
    calendars.changes(BEN, None, Slot(WINDOW.start + HOUR, WINDOW.end + HOUR))
    assert has(BEN) == ["first", "second", "third"], "or in another window"


def test_an_event_of_the_owner_without_guests_stirs_although_it_is_told(
    reader: Reader, lunch: Path
) -> None:
    """Some programs write an ORGANIZER into everything."""
    lunch.write_bytes(TEXT.format(f"ORGANIZER:mailto:{ANA}\r\n").encode())
    reader.read()
    assert reader.stirred


def test_ours_made_into_what_we_do_not_follow_is_foreign_from_then_on(
    reader: Reader, calendars: LocalCalendars, lunch: Path
) -> None:
    ours = lunch.with_name("one.ics")
    ours.write_bytes(ours.read_bytes().replace(b"BYDAY=TU", b"BYDAY=TU,TH"))
    batch = calendars.changes(ANA, reader.cursor, WINDOW)
    assert batch.stirred and batch.observations == ()
    assert "not followed" in batch.set_aside[0].why


def test_a_cursor_of_an_earlier_form_has_expired(reader: Reader, calendars: LocalCalendars) -> None:
    old = json.loads(str(reader.cursor)) | {"form": 1}
    with pytest.raises(CursorExpired):
        calendars.changes(ANA, json.dumps(old), WINDOW)


def test_an_invitation_from_elsewhere_binds_when_it_is_accepted(
    calendars: LocalCalendars, lunch: Path
) -> None:
    """RULES 5, row 10: accepted or made. Our own 1:1 binds before it is answered."""
    calendars.put(CLEO, one_off(ANA, start=NOON.start), key="k/1", expected="")
    for answer, priority in (("NEEDS-ACTION", 3), ("TENTATIVE", 3), ("ACCEPTED", 5)):
        lunch.write_bytes(TEXT.format(FROM_ELSEWHERE.replace("ACCEPTED", answer)).encode())
        busy = calendars.busy(ANA, (ANA,), FORTNIGHT)[ANA]
        assert isinstance(busy, Busy)
        assert {each.source: each.priority for each in busy.intervals} == {
            "lunch": priority,
            "single": 5,
        }


def test_an_organizer_that_can_be_no_folder_is_somebody_else(reader: Reader, lunch: Path) -> None:
    odd = FROM_ELSEWHERE.replace("mailto:boss@corp.example", "urn:uuid:../../etc/passwd")
    lunch.write_bytes(TEXT.format(odd).encode())
    assert stirs(reader)
