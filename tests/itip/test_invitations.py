"""The 16 invitation mails of another project: what each of them says, word for word.

Not what guests answer (test_answering.py). The mails stay in the shared folder that ONEONONE_SHARED names.
"""

from __future__ import annotations

from datetime import date, datetime

import pytest

from daemon.domain.invitation import Partstat
from daemon.ical.message import Told, told_in
from daemon.mail.reading.incoming import read
from tests.itip.measure import corpus

MARKS: dict[Partstat, str] = {
    "ACCEPTED": "yes", "DECLINED": "no", "TENTATIVE": "maybe", "NEEDS-ACTION": "?",
}  # fmt: skip
THREE = (
    "sender@example.com, for sender@example.com yes, receiver@example.com ?, other@example.com ?"
)
DAILY = "; FREQ=DAILY;COUNT=3;INTERVAL=1;WKST=SU"
SAID = {
    "single-event": f"REQUEST 02e79b96.0: Single Event, 2022-03-16 11:00–11:30 Somewhere CONFIRMED; by {THREE}",
    "update-minor": f"REQUEST 02e79b96.0: Updated Event, 2022-03-16 11:00–11:30 Updated location CONFIRMED; by {THREE}",
    "update-major": f"REQUEST 02e79b96.2: Single Event, 2022-03-16 05:00–05:30 Somewhere CONFIRMED; by {THREE}",
    "cancel-single-event": f"CANCEL 02e79b96.1: Single Event, 2022-03-16 11:00–11:30 Somewhere CANCELLED; by {THREE}",
    "event-with-file-attachment": (
        f"REQUEST 02e79b96-file.0: File Attachment Event, 2022-03-16 11:00–11:30 Somewhere CONFIRMED; by {THREE}"
    ),
    "repeat-event": f"REQUEST 02e79b96.0: Repeat Event, 2022-03-16 11:00–11:30{DAILY} Somewhere CONFIRMED; by {THREE}",
    "repeat-update-minor": (
        f"REQUEST 02e79b96.0: Updated Event, 2022-03-16 11:00–11:30{DAILY} Updated location CONFIRMED; by {THREE}"
    ),
    "repeat-update-major": (
        f"REQUEST 02e79b96.2: Repeat Event, 2022-03-16 05:00–05:30{DAILY} Somewhere CONFIRMED; by {THREE}"
    ),
    "exception-minor": (
        "REQUEST 02e79b96.0 of 2022-03-17 11:00: Exception title, 2022-03-17 11:00–11:30 Exception location CONFIRMED; "
        f"by {THREE}"
    ),
    "exception-major": (
        f"REQUEST 02e79b96.2 of 2022-03-17 11:00: Repeat Event, 2022-03-17 05:00–05:30 Somewhere CONFIRMED; by {THREE}"
    ),
    "cancel-repeat-event": (  # it does not say when it begins
        f"CANCEL 02e79b96.1: Repeat Event, –2022-03-16 11:30{DAILY} but not 2022-03-17 11:00 Somewhere CANCELLED; "
        f"by {THREE}"
    ),
    "meet-meeting-invite": (
        "REQUEST 65m17hsdolmotv3kvmrtg40ont@google.com.0: Meeeeet me HTML, 2021-03-22 09:30–10:30 CONFIRMED; "
        "by example@gmail.com, for example@gmail.com yes, homer@example.com ?"
    ),
    "outlook-test-invite": (  # 9:00 in "FLE Standard Time", which the mail itself explains
        "REQUEST 030000008200E00074C5B7101A82E0080000000060B608D090DDD7010000000000000000100000004BE0CFFA54BCF64E956E34"
        "143362C3C0.0: Testaus, 2021-11-27 07:00–07:30 CONFIRMED; by marge@example.org, for homer@example.org ?"
    ),
    "teams-meeting-invite": (
        "REQUEST 056000008200E00074C5B7101A82E008000000001AF84C64CBC8D601000000000000000010000000403B5AC10A0EB444A947D2"
        "B499A4B98C.0: Teams meeting, 2020-12-02 17:00–19:00 CONFIRMED; by marge@example.com, for bart@example.com ?, "
        "homer@example.com ?"
    ),
}  # fmt: skip
NO_INVITATION = {
    "message-containing-event": "Remember your booking @ 09.25",
    "message-non-invite": "Hey, we're having a party! You're not invited ;)",
}
"""Calendar files (METHOD:PUBLISH) attached to what somebody wrote."""


def shown(moment: date | datetime | None) -> str:
    """An instant without its UTC, which all are in."""
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""


def in_words(told: Told) -> str:
    """All that one event says, in one line."""
    occurrence = f" of {shown(told.recurrence)}" if told.recurrence else ""
    same_day = told.start and told.end and shown(told.start)[:10] == shown(told.end)[:10]
    end = shown(told.end)[11:] if same_day else shown(told.end)
    rule = f"; {told.rule}" if told.rule else ""
    gaps = "".join(f" but not {shown(gap)}" for gap in told.gaps)
    where = f" {told.location}" if told.location else ""
    guests = ", ".join(f"{guest.address} {MARKS[guest.partstat]}" for guest in told.guests)
    return (
        f"{told.method} {told.uid}.{told.sequence}{occurrence}: {told.summary}, {shown(told.start)}–{end}{rule}{gaps}"
        f"{where} {told.status}; by {told.organizer}, for {guests}"
    )


def mail(name: str) -> bytes:
    """One of the mails."""
    folder = corpus().parent.parent / "invitations"
    if not folder.exists():
        pytest.skip("the invitation mails are not here; set ONEONONE_SHARED to their folder")
    return (folder / f"{name}.eml").read_bytes()


@pytest.mark.parametrize("name", SAID)
def test_what_an_invitation_says(name: str) -> None:
    incoming = read(mail(name))
    assert incoming.kind == "calendar"
    assert [in_words(each) for each in told_in(incoming.calendar_text)] == [SAID[name]]


@pytest.mark.parametrize("name", NO_INVITATION)
def test_a_calendar_file_beside_words_is_no_invitation(name: str) -> None:
    incoming = read(mail(name))
    assert (incoming.kind, incoming.calendar, incoming.calendar_text) == ("human", None, b"")
    assert incoming.text == NO_INVITATION[name]


def test_these_are_all_of_them() -> None:
    mail("single-event")
    there = {path.stem for path in (corpus().parent.parent / "invitations").glob("*.eml")}
    assert there == SAID.keys() | NO_INVITATION.keys()
    assert len(there) == 16
