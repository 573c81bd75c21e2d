"""`calendar: none` through the real run.py: both are invited by mail, and a look ahead sends nothing.

Not what follows from their answers: tests/stories/test_without_calendar.py.
"""

from __future__ import annotations

import pytest

from daemon.mail.reading.incoming import read
from tests.cli.place import Place

ANA = "ana-rao: {name: Ana Rao, address: ana@example.org, calendar: none}\n"


def invitations(place: Place, address: str) -> list[str]:
    """The mails with a calendar part in somebody's mailbox."""
    return [mail for mail in place.letters(address) if "text/calendar" in mail]


@pytest.fixture
def begun(place: Place) -> Place:
    """Both have said yes."""
    place.write("send")
    (place.config / "people.yaml").write_text(ANA)
    for person in ("ana-rao", "ben-das"):
        place.run("once")
        assert place.run("reply", "ana-rao-ben-das", person, "YES").returncode == 0
    assert place.run("once").returncode == 0
    return place


def test_both_are_invited_by_a_mail_of_their_own(begun: Place) -> None:
    for address in ("ana@example.org", "ben@example.org"):
        (mail,) = invitations(begun, address)
        assert "method=REQUEST" in mail
        assert f"To: <{address}>" in mail
        assert "Reply-To: <koss+" in mail
    status = begun.run("status").stdout
    assert "program koss: 1 active" in status
    assert " and 2 about events in 24 hours" in status, "they count in letters_a_day"


def test_a_look_ahead_knows_of_them_and_sends_nothing(begun: Place) -> None:
    assert "no calendar would change" in begun.run("plan").stdout
    assert "vanished" not in begun.run("plan").stdout
    assert len(invitations(begun, "ben@example.org")) == 1


def test_read_says_whose_answer_it_is(begun: Place) -> None:
    (mail,) = invitations(begun, "ben@example.org")
    calendar = read(mail.encode()).calendar_text.decode().replace("\r\n ", "")
    token = mail.partition("Reply-To: <")[2].partition(">")[0]
    uid = calendar.partition("UID:")[2].partition("\r\n")[0]
    answer = (
        f"From: Ben Das <{{sender}}>\r\nTo: {token}\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n"
        f"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:{uid}\r\n"
        "ATTENDEE;PARTSTAT=DECLINED:mailto:ben@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    for sender, whose in (
        ("ben@example.org", ("ben-das", "verified")),
        ("carl@example.org", (None, None)),
    ):
        (begun.config / "answer.eml").write_text(answer.format(sender=sender), newline="")
        told = begun.facts("read", str(begun.config / "answer.eml"))
        assert (told["kind"], told["calendar"]["partstat"]) == ("calendar", "DECLINED")
        assert (told["person"], told["trust"]) == whose


def test_in_a_rehearsal_calendars_are_files_and_nobody_is_invited(begun: Place) -> None:
    text = begun.program.read_text()
    begun.program.write_text(f"letters_to: maya@example.org\n{text}")
    for person in ("ana-rao", "ben-das"):
        begun.run("once")
        begun.run("reply", "ana-rao-ben-das", person, "YES")
    begun.run("once")
    assert len(invitations(begun, "ben@example.org")) == 1
    assert not (begun.data / "rehearsal" / "invitations").exists()
