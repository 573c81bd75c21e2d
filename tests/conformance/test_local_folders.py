"""What is special about folders of .ics files: other programs edit them, and crashes leave them half done.

Not the promises of every connector: see tests/conformance/test_local.py.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from connectors.local import LocalCalendars, LocalHands
from connectors.local import files as local_files
from daemon.domain.meeting import Place
from daemon.domain.observation import EventGone, EventSeen, Unknown
from daemon.domain.value import replace
from daemon.errors import AccessLost, Permanent, Temporary, VersionConflict
from tests.conformance.calendar_writing import FIFTH, FOURTH, NOON
from tests.conformance.following import RULE, WINDOW, Reader, half_hour, listing, one_off, series
from tests.conformance.test_local import StandingClock

ANA, BEN, CLEO = "ana@mentors.example", "ben@mentees.example", "cleo@mentees.example"
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


def edit(path: Path, old: str, new: str) -> None:
    """As a text editor does: in place, one time."""
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


def answer_of(reader: Reader, wall: str) -> str:
    """Ben's answer to one meeting."""
    return dict(reader.meeting(wall).answers)[BEN]


def test_each_event_is_one_file_and_the_guest_has_a_copy(
    reader: Reader, ana: Path, ben: Path
) -> None:
    assert b"X-ONEONONE-KEY" in ana.read_bytes() and b"X-ONEONONE-KEY" not in ben.read_bytes()
    assert b"BEGIN:VTIMEZONE" in ben.read_bytes()
    assert [path.name for path in ana.parent.iterdir()] == ["one.ics"], "nothing half done is left"


@pytest.mark.parametrize("uid", ["../../evil", "a/b", ".hidden", "x" * 300, "ünï", "one.ics"])
def test_whatever_the_uid_the_file_stays_in_its_folder(
    calendars: LocalCalendars, ana: Path, uid: str
) -> None:
    calendars.put(ANA, one_off(BEN, uid=uid), key="k/1", expected="")
    calendars.put(ANA, one_off(BEN, uid=uid, start=NOON.start), key="k/2", expected="")
    assert len(list(ana.parent.glob("[!.]*.ics"))) == 1
    assert list(listing(calendars, ANA)) == [Place(ANA, uid)]


@pytest.mark.parametrize("address", ["../evil", "", "a/b@x.example", "x" * 300])
def test_an_address_that_is_no_folder_is_refused(calendars: LocalCalendars, address: str) -> None:
    with pytest.raises(Permanent):
        calendars.changes(address, None, WINDOW)


def test_edits_in_place_are_seen_even_within_one_tick_and_of_one_size(
    reader: Reader, ben: Path
) -> None:
    edit(ben, "PARTSTAT=NEEDS-ACTION", "PARTSTAT=ACCEPTED")
    reader.read()
    for old, new in [("ACCEPTED", "DECLINED"), ("DECLINED", "ACCEPTED")] * 3:
        edit(ben, f"PARTSTAT={old}", f"PARTSTAT={new}")
        reader.read()
        assert answer_of(reader, FOURTH) == new


def test_trap_99_a_move_in_an_editor_that_keeps_the_yes_asks_anew(
    reader: Reader, calendars: LocalCalendars, ana: Path, ben: Path
) -> None:
    calendars.put(ANA, one_off(BEN), key="k/2", expected="")
    copy, event = ben.with_name("single.ics"), ana.with_name("single.ics")
    edit(copy, "PARTSTAT=NEEDS-ACTION", "PARTSTAT=ACCEPTED")
    reader.read()
    edit(event, "DTSTART;TZID=Europe/Berlin:20261112T160000", "DTSTART:20261112T140000Z")
    reader.read()
    assert dict(reader.meeting("", "single").answers)[BEN] == "NEEDS-ACTION"
    assert b"DTSTART:20261112T140000Z" in copy.read_bytes()
    edit(copy, "PARTSTAT=NEEDS-ACTION", "PARTSTAT=DECLINED")
    reader.read()
    assert dict(reader.meeting("", "single").answers)[BEN] == "DECLINED"


def test_a_guest_who_drags_their_copy_moves_nothing(reader: Reader, ana: Path, ben: Path) -> None:
    before = ana.read_bytes()
    edit(ben, "DTSTART;TZID=Europe/Berlin:20261006T100000", "DTSTART:20261006T093000Z")
    assert reader.read() == ()
    assert ana.read_bytes() == before
    assert b"DTSTART;TZID=Europe/Berlin:20261006T100000" in ben.read_bytes()


def test_trap_98_a_copy_written_in_other_words_says_the_same(
    reader: Reader, ana: Path, ben: Path
) -> None:
    before = ana.read_bytes()
    words = ben.read_bytes().replace(b"\r\n", b"\n").replace(b"SUMMARY:1:1", b"X-A:b\nSUMMARY:1:1")
    ben.write_bytes(b"\xef\xbb\xbf" + words)
    assert reader.read() == ()
    assert (ana.read_bytes(), ben.read_bytes()) == (before, b"\xef\xbb\xbf" + words)


def test_alarms_and_colours_of_the_guest_outlive_a_change(
    reader: Reader, calendars: LocalCalendars, ben: Path
) -> None:
    alarm = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nTRIGGER:-PT9M\r\nEND:VALARM\r\n"
    edit(ben, "END:VEVENT", f"X-COLOUR:blue\r\n{alarm}END:VEVENT")
    calendars.move(ANA, PLACE, NOON, key="k/2", expected="")
    assert b"RECURRENCE-ID" in ben.read_bytes()
    assert b"TRIGGER:-PT9M" in ben.read_bytes() and b"X-COLOUR:blue" in ben.read_bytes()


def test_a_deleted_copy_is_a_no_and_a_new_time_brings_it_back(
    reader: Reader, calendars: LocalCalendars, ben: Path
) -> None:
    ben.unlink()
    reader.read()
    assert answer_of(reader, FOURTH) == answer_of(reader, FIFTH) == "DECLINED"
    assert not ben.exists()
    calendars.move(ANA, PLACE, NOON, key="k/2", expected="")
    reader.read()
    assert (answer_of(reader, FOURTH), answer_of(reader, FIFTH)) == ("NEEDS-ACTION", "DECLINED")
    assert b"RECURRENCE-ID" in ben.read_bytes()


def test_who_never_had_a_copy_did_not_decline(
    reader: Reader, calendars: LocalCalendars, tmp_path: Path
) -> None:
    calendars.invite(ANA, Place(ANA, "one"), (CLEO,), key="k/2", expected="")
    reader.read()
    assert dict(reader.meeting(FOURTH).answers)[CLEO] == "NEEDS-ACTION"
    LocalCalendars(tmp_path, StandingClock(), (CLEO,))
    calendars.invite(ANA, Place(ANA, "one"), (CLEO,), key="k/3", expected="")
    reader.read()
    assert (tmp_path / "calendars" / CLEO / "one.ics").exists()
    assert dict(reader.meeting(FOURTH).answers)[CLEO] == "NEEDS-ACTION"


def test_trap_20_a_guest_whose_whole_folder_is_gone_declined_nothing(
    reader: Reader, hands: LocalHands
) -> None:
    hands.lock_out(BEN)
    assert reader.read() == ()
    hands.let_in(BEN)
    assert reader.read() == ()
    assert answer_of(reader, FOURTH) == "NEEDS-ACTION"


def test_trap_20_a_folder_that_is_gone_is_not_made_anew(reader: Reader, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "calendars" / ANA)
    again = LocalCalendars(tmp_path, StandingClock(), (ANA, BEN))
    with pytest.raises(AccessLost):
        again.changes(ANA, reader.cursor, WINDOW)


def test_trap_20_a_half_written_file_is_still_there(
    reader: Reader, calendars: LocalCalendars, ana: Path, ben: Path
) -> None:
    calendars.put(ANA, one_off(BEN), key="k/2", expected="")
    reader.read()
    whole, copy = ana.read_bytes(), ben.read_bytes()
    ana.write_bytes(whole[:-50])
    batch = calendars.changes(ANA, reader.cursor, WINDOW)
    assert batch.observations == () and [one.name for one in batch.set_aside] == ["one.ics"]
    full = calendars.changes(ANA, None, WINDOW)
    assert not full.complete and [seen.place.uid for seen in _seen(full)] == ["single"]
    assert isinstance(calendars.busy(ANA, (ANA,), WINDOW)[ANA], Unknown)
    with pytest.raises(Temporary):
        calendars.move(ANA, PLACE, NOON, key="k/3", expected="")
    assert ben.read_bytes() == copy
    ana.write_bytes(whole)
    assert reader.read() == ()


def test_a_copy_that_cannot_be_read_is_no_answer_and_not_overwritten(
    reader: Reader, calendars: LocalCalendars, ben: Path
) -> None:
    ben.write_bytes(b"BEGIN:VCALENDAR\r\n")
    assert reader.read() == ()
    calendars.move(ANA, PLACE, NOON, key="k/2", expected="")
    assert ben.read_bytes() == b"BEGIN:VCALENDAR\r\n"


def test_a_deleted_file_is_a_deleted_event_and_its_copy_goes_too(
    reader: Reader, ana: Path, ben: Path
) -> None:
    ana.unlink()
    assert reader.read() == (EventGone(Place(ANA, "one")),)
    assert not ben.exists()


def test_a_conflict_copy_of_a_sync_program_is_no_second_series(reader: Reader, ana: Path) -> None:
    ana.with_name("one (conflict).ics").write_bytes(ana.read_bytes())
    reader.read()
    assert list(reader.known) == [Place(ANA, "one")]
    ana.unlink()
    assert EventGone not in {type(seen) for seen in reader.read()}
    assert len(reader.standing()) == 26


def test_an_override_that_somebody_takes_away_is_told_as_planned_again(
    reader: Reader, hands: LocalHands, ana: Path
) -> None:
    before = ana.read_bytes()
    hands.move(ANA, PLACE, NOON)
    reader.read()
    ana.write_bytes(before)
    reader.read()
    assert reader.meeting(FOURTH).start == half_hour("2026-10-27T09:00").start


def test_our_series_made_into_something_we_do_not_follow_is_set_aside(
    reader: Reader, calendars: LocalCalendars, ana: Path
) -> None:
    edit(ana, "BYDAY=TU", "BYDAY=TU,TH")
    batch = calendars.changes(ANA, reader.cursor, WINDOW)
    assert batch.observations == () and "not followed" in batch.set_aside[0].why


def test_trap_38_settling_comes_to_rest(
    reader: Reader, hands: LocalHands, ana: Path, ben: Path
) -> None:
    hands.answer(BEN, PLACE, "DECLINED")
    hands.move(ANA, Place(ANA, "one", FIFTH), NOON)
    reader.read()
    reader.read()
    before = (ana.read_bytes(), ben.read_bytes())
    for _ in range(20):
        assert reader.read() == ()
        hands.calendar(BEN, WINDOW)
    assert (ana.read_bytes(), ben.read_bytes()) == before


CRASHES: dict[str, Callable[[LocalHands], None]] = {
    "a decline": lambda hands: hands.answer(BEN, PLACE, "DECLINED"),
    "a deletion by the guest": lambda hands: hands.delete(BEN, PLACE),
    "a deleted copy": lambda hands: hands.delete(BEN, Place(ANA, "one")),
    "a move": lambda hands: hands.move(ANA, PLACE, NOON),
    "a cancellation": lambda hands: hands.cancel(ANA, PLACE),
    "a deleted series": lambda hands: hands.delete_series(ANA, "one"),
}


@pytest.mark.parametrize("act", CRASHES)
@pytest.mark.parametrize("lost", ["memory", "copy and memory"])
def test_a_crash_while_settling_repeats_harmlessly(
    reader: Reader, hands: LocalHands, tmp_path: Path, act: str, lost: str
) -> None:
    """What had been written after the crash point is put back as it was; the next beat finishes."""
    CRASHES[act](hands)
    kept = tmp_path / "kept"
    shutil.copytree(tmp_path / "calendars", kept)
    reader.read()
    told, files = reader.meetings(), _files(tmp_path)
    shutil.copyfile(
        kept / ".scheduling" / f"{ANA}.json", tmp_path / "calendars" / ".scheduling" / f"{ANA}.json"
    )
    if "copy" in lost:
        shutil.rmtree(tmp_path / "calendars" / BEN)
        shutil.copytree(kept / BEN, tmp_path / "calendars" / BEN)
    again = Reader(LocalCalendars(tmp_path, StandingClock()), ANA)
    again.read()
    assert again.meetings() == told
    assert _files(tmp_path) == files


def test_an_answer_given_right_after_a_crash_counts(
    reader: Reader, hands: LocalHands, calendars: LocalCalendars, tmp_path: Path
) -> None:
    """The copy shows the new time although the memory of having shown it is lost."""
    memory = tmp_path / "calendars" / ".scheduling" / f"{ANA}.json"
    before = memory.read_bytes()
    calendars.move(ANA, PLACE, NOON, key="k/2", expected="")
    memory.write_bytes(before)
    hands.answer(BEN, PLACE, "DECLINED")
    reader.read()
    assert answer_of(reader, FOURTH) == "DECLINED"


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"one": {"file": 3}}'])
def test_a_damaged_memory_passes_everything_on_anew(
    reader: Reader, hands: LocalHands, tmp_path: Path, damage: bytes
) -> None:
    hands.answer(BEN, PLACE, "DECLINED")
    (tmp_path / "calendars" / ".scheduling" / f"{ANA}.json").write_bytes(damage)
    reader.read()
    assert (answer_of(reader, FOURTH), answer_of(reader, FIFTH)) == ("DECLINED", "NEEDS-ACTION")


def test_a_full_disk_changes_nothing_and_says_so(
    reader: Reader, calendars: LocalCalendars, ana: Path
) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no device that is always full")
    before = ana.read_bytes()
    fresh = ana.with_name(".one.ics.writing")
    fresh.symlink_to(full)
    with pytest.raises(Temporary, match="disk is full"):
        calendars.move(ANA, PLACE, NOON, key="k/2", expected="")
    assert ana.read_bytes() == before and reader.read() == ()
    fresh.unlink()
    assert not calendars.move(ANA, PLACE, NOON, key="k/2", expected="").repeated


def test_a_folder_that_cannot_be_written_is_temporary(reader: Reader, tmp_path: Path) -> None:
    lock = tmp_path / "calendars" / ".scheduling" / "lock"
    lock.unlink()
    lock.mkdir()
    with pytest.raises(Temporary):
        reader.calendars.move(ANA, PLACE, NOON, key="k/2", expected="")
    assert reader.read() == (), "what needs no writing still works"


def test_trap_39_a_file_changed_under_our_hands_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "one.ics"
    path.write_bytes(b"theirs")
    for before in (b"as we read it", None):
        with pytest.raises(VersionConflict):
            local_files.replace(path, b"ours", before)
    assert path.read_bytes() == b"theirs" and len(list(tmp_path.iterdir())) == 1


def test_a_change_of_the_whole_series_reaches_the_guest(
    reader: Reader, calendars: LocalCalendars, ben: Path
) -> None:
    later = replace(RULE, first="2026-10-06T11:00")
    calendars.put(ANA, series(ANA, BEN, rule=later), key="k/2", expected="")
    assert b"DTSTART;TZID=Europe/Berlin:20261006T110000" in ben.read_bytes()


def _seen(batch: object) -> list[EventSeen]:
    return [seen for seen in getattr(batch, "observations", ()) if isinstance(seen, EventSeen)]


def _files(root: Path) -> dict[str, bytes]:
    return {
        f"{path.parent.name}/{path.name}": path.read_bytes()
        for path in sorted((root / "calendars").rglob("*.ics"))
    }
