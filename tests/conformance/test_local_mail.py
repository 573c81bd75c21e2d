"""What is special about Maildirs: mail programs move and rename files, and crashes leave them half done.

Not the promises of every mailbox: see tests/conformance/test_local.py.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from connectors.local import LocalHands, LocalMail
from daemon.domain.effect import Receipt
from daemon.domain.observation import MailArrived
from daemon.errors import CursorExpired, Permanent, Temporary
from daemon.ports import NotSent, OutgoingLetter
from tests.conformance.following import NOW
from tests.conformance.mailboxes import drain, letter, reply
from tests.conformance.test_local import StandingClock

PROGRAM, BEN = "koss@program.example", "ben@mentees.example"
OURS = letter(PROGRAM, BEN)


@pytest.fixture
def open_mail(tmp_path: Path) -> Callable[[], LocalMail]:
    return lambda: LocalMail(tmp_path, PROGRAM, StandingClock())


@pytest.fixture
def mail(open_mail: Callable[[], LocalMail]) -> LocalMail:
    return open_mail()


@pytest.fixture
def hands(tmp_path: Path) -> LocalHands:
    return LocalHands(tmp_path, StandingClock())


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The program's Maildir."""
    return tmp_path / "mail" / PROGRAM


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Ben's Maildir."""
    return tmp_path / "mail" / BEN


def only(folder: Path) -> Path:
    """The one file of a folder."""
    (path,) = folder.iterdir()
    return path


def test_a_letter_is_new_for_its_reader_and_seen_in_sent(
    mail: LocalMail, home: Path, inbox: Path
) -> None:
    mail.send(OURS, key=OURS.key)
    assert only(inbox / "new").read_bytes() == OURS.raw
    assert only(home / ".Sent" / "cur").name.endswith(":2,S")
    assert list((home / ".Sent" / "tmp").iterdir()) == list((inbox / "tmp").iterdir()) == []


def archive(got: Path, inbox: Path) -> None:
    """The reader puts it away."""
    (inbox / ".Archive").mkdir()
    got.rename(inbox / ".Archive" / got.name)


def throw_away(got: Path, inbox: Path) -> None:
    """The reader has read it and does not want it any more."""
    got.unlink()


@pytest.mark.parametrize("then", [archive, throw_away])
def test_trap_47_cut_short_after_the_delivery_it_is_not_delivered_again(
    mail: LocalMail,
    open_mail: Callable[[], LocalMail],
    hands: LocalHands,
    home: Path,
    inbox: Path,
    then: Callable[[Path, Path], None],
) -> None:
    """The crash lies between the move into the inbox and the rename in Sent; then the reader acts."""
    mail.send(OURS, key=OURS.key)
    sent, got = only(home / ".Sent" / "cur"), only(inbox / "new")
    sent.rename(home / ".Sent" / "tmp" / got.name)
    then(got, inbox)
    assert isinstance(open_mail().sent(OURS), Receipt)
    assert open_mail().send(OURS, key=OURS.key).repeated
    assert hands.letters(BEN) == []
    assert open_mail().send(OURS, key=OURS.key).repeated


@pytest.mark.parametrize("left", [{".leaving": 40}, {".leaving": 10**6, "": 10**6}])
def test_trap_47_cut_short_before_the_delivery_it_is_delivered_once(
    mail: LocalMail,
    open_mail: Callable[[], LocalMail],
    hands: LocalHands,
    home: Path,
    inbox: Path,
    left: dict[str, int],
) -> None:
    """The crash lies in the writing of the letter, or just before its move into the inbox."""
    mail.send(OURS, key=OURS.key)
    name = only(inbox / "new").name
    only(home / ".Sent" / "cur").unlink()
    only(inbox / "new").unlink()
    for end, size in left.items():
        (home / ".Sent" / "tmp" / f"{name}{end}").write_bytes(OURS.raw[:size])
    assert isinstance(open_mail().sent(OURS), NotSent)
    assert not open_mail().send(OURS, key=OURS.key).repeated
    assert hands.letters(BEN) == [OURS.raw]


@pytest.mark.parametrize("name", ["{unique}:2,FRS", "{unique}", "1234.another-name.host:2,S"])
def test_trap_48_a_mail_program_may_rename_what_is_in_sent(
    mail: LocalMail, open_mail: Callable[[], LocalMail], home: Path, name: str
) -> None:
    mail.send(OURS, key=OURS.key)
    path = only(home / ".Sent" / "cur")
    path.rename(path.with_name(name.format(unique=path.name.partition(":")[0])))
    assert isinstance(open_mail().sent(OURS), Receipt)


def test_a_letter_to_a_plus_address_lies_with_its_owner(mail: LocalMail, inbox: Path) -> None:
    local, _, domain = BEN.partition("@")
    plus = f"{local}+lists@{domain}"
    mail.send(OutgoingLetter("k/9", "<9@x>", PROGRAM, plus, OURS.raw), key="k/9")
    assert only(inbox / "new").read_bytes() == OURS.raw


@pytest.mark.parametrize("to", ["../../evil", "a/b@x.example", ""])
def test_an_address_that_is_no_folder_is_refused(mail: LocalMail, to: str) -> None:
    with pytest.raises(Permanent):
        mail.send(OutgoingLetter("k/9", "<9@x>", PROGRAM, to, OURS.raw), key="k/9")


def test_a_full_disk_sends_nothing_and_a_retry_sends_once(
    mail: LocalMail, hands: LocalHands, home: Path, inbox: Path
) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no device that is always full")
    mail.send(OURS, key=OURS.key)
    name = only(inbox / "new").name
    only(home / ".Sent" / "cur").unlink()
    only(inbox / "new").unlink()
    fresh = home / ".Sent" / "tmp" / f"{name}.leaving"
    fresh.symlink_to(full)
    again = LocalMail(home.parent.parent, PROGRAM, StandingClock())
    with pytest.raises(Temporary, match="disk is full"):
        again.send(OURS, key=OURS.key)
    assert hands.letters(BEN) == [] and isinstance(again.sent(OURS), NotSent)
    fresh.unlink()
    again.send(OURS, key=OURS.key)
    assert hands.letters(BEN) == [OURS.raw]


def test_a_mail_program_that_moves_mails_from_new_to_cur_makes_none_new_or_lost(
    mail: LocalMail, hands: LocalHands, home: Path
) -> None:
    hands.write(BEN, PROGRAM, reply(BEN, PROGRAM, 1), NOW)
    first, cursor = drain(mail, None)
    hands.write(BEN, PROGRAM, reply(BEN, PROGRAM, 2), NOW)
    for path in list((home / "new").iterdir()):
        path.rename(home / "cur" / f"{path.name}:2,S")
    second, cursor = drain(mail, cursor)
    assert (first, second) == ([reply(BEN, PROGRAM, 1)], [reply(BEN, PROGRAM, 2)])
    for path in list((home / "cur").iterdir()):
        path.rename(f"{path}F")
    assert drain(mail, cursor)[0] == []


def test_an_older_mail_that_is_moved_in_later_is_told(
    mail: LocalMail, hands: LocalHands, home: Path
) -> None:
    hands.write(BEN, PROGRAM, reply(BEN, PROGRAM, 1), NOW)
    _, cursor = drain(mail, None)
    late = home / "cur" / "100.from-another-folder:2,S"
    late.write_bytes(reply(BEN, PROGRAM, 2))
    os.utime(late, (100, 100))
    assert drain(mail, cursor)[0] == [reply(BEN, PROGRAM, 2)]


def test_the_cursor_stays_small(mail: LocalMail, hands: LocalHands) -> None:
    for number in range(50):
        hands.write(BEN, PROGRAM, reply(BEN, PROGRAM, number), NOW)
    _, cursor = drain(mail, None)
    assert cursor is not None and len(cursor) < 40


def test_two_readers_of_one_mailbox_give_the_same_numbers(
    open_mail: Callable[[], LocalMail], hands: LocalHands
) -> None:
    one, other = open_mail(), open_mail()
    hands.write(BEN, PROGRAM, reply(BEN, PROGRAM, 1), NOW)
    _, cursor = drain(one, None)
    hands.write(BEN, PROGRAM, reply(BEN, PROGRAM, 2), NOW)
    assert drain(other, cursor)[0] == drain(one, cursor)[0] == [reply(BEN, PROGRAM, 2)]


def test_a_lost_list_makes_the_cursor_expire_and_loses_nothing(
    mail: LocalMail, hands: LocalHands, home: Path
) -> None:
    hands.write(BEN, PROGRAM, reply(BEN, PROGRAM, 1), NOW)
    drain(mail, None)
    (home / "oneonone-arrivals").write_text("another birth\n")
    with pytest.raises(CursorExpired):
        mail.arrivals("20260101T000000 1")
    assert drain(mail, None)[0] == [reply(BEN, PROGRAM, 1)]


def test_a_line_cut_short_by_a_power_failure_is_written_again(
    mail: LocalMail, hands: LocalHands, home: Path, open_mail: Callable[[], LocalMail]
) -> None:
    hands.write(BEN, PROGRAM, reply(BEN, PROGRAM, 1), NOW)
    _, cursor = drain(mail, None)
    hands.write(BEN, PROGRAM, reply(BEN, PROGRAM, 2), NOW)
    with (home / "oneonone-arrivals").open("a") as file:
        file.write("2 17908")
    told, after = drain(open_mail(), cursor)
    assert told == [reply(BEN, PROGRAM, 2)]
    assert drain(open_mail(), after)[0] == []


def test_what_becomes_readable_later_is_told_then(
    mail: LocalMail, hands: LocalHands, home: Path
) -> None:
    odd = home / "new" / "1.odd.host"
    odd.mkdir()
    hands.write(BEN, PROGRAM, reply(BEN, PROGRAM, 1), NOW)
    batch = mail.arrivals(None)
    assert len(batch.observations) == 1 and [one.name for one in batch.set_aside] == ["1.odd.host"]
    assert mail.arrivals(batch.cursor).set_aside == batch.set_aside, (
        "named as long as it lies there"
    )
    odd.rmdir()
    odd.write_bytes(reply(BEN, PROGRAM, 2))
    (seen,) = mail.arrivals(batch.cursor).observations
    assert isinstance(seen, MailArrived) and seen.raw == reply(BEN, PROGRAM, 2)
