"""The mails of invitations: their tree, byte for byte as in golden/, and times that every program reads the same.

Not the messages in them: test_scheduling.py. `PYTHONTZPATH= python -m tests.itip.test_mailing` writes
golden/ anew.
"""

from __future__ import annotations

import email
import email.policy
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical

from daemon.ical.mailing import mail_of
from daemon.ical.message import told_in
from daemon.ical.parsing import parse
from daemon.ical.scheduling import Message, declined_counter, messages, messages_of_one
from daemon.ical.writing import text_of
from daemon.mail.headers import AddressRefused
from daemon.mail.reading.incoming import read
from tests.itip.cast import BEN, MAILBOX, NOW, ONE, UID, cancelled, envelope, moved, one_off, series

GOLDEN = Path(__file__).parent / "golden"
TREE = [
    "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/ics",
]  # fmt: skip
CHANGED_IN_2026 = [
    "America/Vancouver", "America/Edmonton", "America/Winnipeg", "America/Inuvik", "Africa/Casablanca",
    "America/Havana",
]  # fmt: skip


def to_ben() -> dict[str, Message]:
    """What Ben is told, by the name of its golden file."""
    stays = declined_counter(series(), ONE, BEN, MAILBOX, NOW)
    assert stays is not None
    return {
        "invited": messages(None, series(), MAILBOX, NOW)[1],
        "invited-vancouver": messages(None, series("America/Vancouver", "2026-10-06T10:00"), MAILBOX, NOW)[1],
        "invited-once": messages(None, one_off(), MAILBOX, NOW)[1],
        "moved-one": messages_of_one(moved(series()), UID, ONE, MAILBOX, NOW)[1],
        "cancelled-one": messages_of_one(cancelled(series()), UID, ONE, MAILBOX, NOW)[1],
        "cancelled-series": messages(series(), cancelled(series(), ""), MAILBOX, NOW)[1],
        "stays": stays,
    }  # fmt: skip


def written(name: str) -> bytes:
    """The mail."""
    return mail_of(to_ben()[name], envelope(f"invite/ana-ben/{name}/ben/1"))


NAMES = sorted(to_ben())


@pytest.mark.parametrize("name", NAMES)
def test_it_is_byte_for_byte_as_before(name: str) -> None:
    assert written(name) == (GOLDEN / f"{name}.eml").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_trap_56_the_tree_that_all_programs_read(name: str) -> None:
    mail = email.message_from_bytes(written(name), policy=email.policy.default)
    assert [part.get_content_type() for part in mail.walk()] == TREE
    calendar, attached = list(mail.walk())[-2:]
    assert isinstance(calendar, EmailMessage)
    assert calendar.get_content_disposition() is None  # inline breaks Thunderbird
    assert attached.get_content_disposition() == "attachment"
    assert calendar.get_payload(decode=True) == attached.get_payload(decode=True)
    method = to_ben()[name].method
    assert calendar.get_param("method") == method
    assert f"METHOD:{method}\r\n".encode() in calendar.get_payload(decode=True)


@pytest.mark.parametrize("name", NAMES)
def test_trap_95_the_mail_is_plain_to_every_server_and_no_automatic_answer(name: str) -> None:
    raw = written(name)
    assert raw.isascii()
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"Auto-Submitted" not in raw  # trap_95
    assert raw == written(name)


@pytest.mark.parametrize("name", NAMES)
def test_trap_94_trap_93_we_read_our_own_mail_as_it_was_meant(name: str) -> None:
    incoming = read(written(name))
    assert incoming.kind == "calendar"
    (told,) = told_in(incoming.calendar_text)
    message = to_ben()[name]
    assert (told.method, told.uid, told.sequence) == (message.method, UID, message.sequence)
    assert told.end is not None  # trap_94
    assert b"DURATION" not in incoming.calendar_text
    assert b"RDATE" not in incoming.calendar_text  # trap_93


def test_names_and_titles_are_only_ever_names_and_titles() -> None:
    """trap_58: whatever a title says, it stays inside its header."""
    calendar = text_of(series()).replace(
        b"1:1 Ana and Ben", "Täglich\\nBcc: eve@example.org".encode()
    )
    (_, message) = messages(None, parse(calendar), MAILBOX, NOW)
    mail = email.message_from_bytes(mail_of(message, envelope("x/1")), policy=email.policy.default)
    assert mail["Bcc"] is None
    assert mail["Subject"].startswith("Invitation: Täglich")
    with pytest.raises(AddressRefused):
        mail_of(
            replace(message, recipient="ben@example.org>\r\nBcc: <eve@example.org"), envelope("x/1")
        )


@pytest.mark.parametrize(
    "zone", [*CHANGED_IN_2026, "Europe/Berlin", "America/New_York", "Asia/Kolkata"]
)
def test_trap_91_another_program_finds_the_same_instants_by_the_vtimezone_alone(zone: str) -> None:
    """dateutil reads nothing but the VTIMEZONE in the mail, and knows no zone by its name."""
    message = messages(None, series(zone, "2026-10-06T10:00"), MAILBOX, NOW)[1]
    text = text_of(message.calendar).decode().replace("\r\n ", "")
    there = text[text.index("BEGIN:VTIMEZONE") : text.index("BEGIN:VEVENT")]
    theirs = tzical(io.StringIO(there)).get(zone)
    for week in range(60):
        wall = datetime(2026, 10, 6, 10) + timedelta(weeks=week)  # noqa: DTZ001
        ours = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        assert wall.replace(tzinfo=theirs).astimezone(UTC) == ours, wall


def test_trap_91_ten_in_vancouver_in_december_2026_is_five_in_the_afternoon_utc() -> None:
    (told,) = told_in(read(written("invited-vancouver")).calendar_text)
    assert told.start == datetime(2026, 10, 6, 17, tzinfo=UTC)
    december = datetime(2026, 12, 1, 10, tzinfo=ZoneInfo("America/Vancouver"))
    assert december.astimezone(UTC) == datetime(2026, 12, 1, 17, tzinfo=UTC)


if __name__ == "__main__":
    for each in NAMES:
        (GOLDEN / f"{each}.eml").write_bytes(written(each))
