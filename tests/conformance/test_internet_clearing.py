"""What is special about deleting over IMAP: Gmail archives, servers without UIDPLUS, numbers that change, other people's marks.

Not the promises of every mailbox: tests/conformance/clearing.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from imaplib import IMAP4

import pytest

from connectors.internet import InternetMail, MailAccount
from daemon.errors import Permanent, Temporary
from daemon.ports import CLEARED_MOST
from tests.conformance.clearing import (
    LATER,
    ClearingConformance,
    TrashConformance,
    anything,
    lines,
    names_in,
    nothing,
)
from tests.conformance.following import NOW
from tests.conformance.mailboxes import letter, reply
from tests.conformance.post import PostHands
from tests.conformance.test_internet_mail import GUEST, PROGRAM, Posted, Trashed, account_at
from tests.conformance.test_local import StandingClock
from tests.servers.gmail import Gmail
from tests.servers.interpreter import Interpreter
from tests.servers.postoffice import PASSWORD, PostOffice
from tests.servers.wire import Fault, Wire

pytestmark = pytest.mark.server("pymap and aiosmtpd")
ARCHIVE = "[Gmail]/All Mail"


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A post office of the program and Ben."""
    with PostOffice((PROGRAM, GUEST), folders=("Sent", "Trash", ARCHIVE)) as office:
        yield office


@pytest.fixture
def imap(office: PostOffice) -> Iterator[Wire]:
    """The wire to where mails are read."""
    wire = Wire(office.imap_port)
    yield wire
    wire.close()


@pytest.fixture
def mail(office: PostOffice, imap: Wire) -> Iterator[InternetMail]:
    mail = InternetMail(account_at(office.smtp_port, imap.port), StandingClock())
    yield mail
    mail.close()


@pytest.fixture
def arrive(office: PostOffice) -> Callable[[int], None]:
    """So many replies of Ben's."""

    def write(count: int) -> None:
        for number in range(count):
            office.deliver(PROGRAM, reply(GUEST, PROGRAM, number), NOW)

    return write


class TestGmail(Posted, Trashed, ClearingConformance, TrashConformance):
    """What is deleted is deleted there too, and not in All Mail."""

    @pytest.fixture
    def office(self) -> Iterator[PostOffice]:
        with PostOffice((PROGRAM, GUEST), folders=("Sent", "Trash", ARCHIVE)) as office:
            yield office

    @pytest.fixture
    def account(self, office: PostOffice) -> Iterator[MailAccount]:
        gmail = Gmail(office.imap_port)
        yield account_at(office.smtp_port, gmail.port)
        gmail.close()

    def test_nothing_is_left_in_the_archive_nor_in_the_trash(
        self, mail: InternetMail, hands: PostHands, office: PostOffice
    ) -> None:
        ours = letter(PROGRAM, GUEST)
        mail.send(ours, key=ours.key)
        hands.write(GUEST, PROGRAM, reply(GUEST, PROGRAM, 1), NOW)
        office.deliver(PROGRAM, b"From: x@y.example\r\n\r\nmine\r\n", NOW, "Trash")
        mail.clear(names_in(mail.arrivals(None)), LATER, lambda lying: not lying.in_trash)
        left = {
            folder: lines(office.mails(PROGRAM, folder)) for folder in ("INBOX", "Sent", ARCHIVE)
        }
        assert left == {"INBOX": [], "Sent": [], ARCHIVE: []}
        assert [raw.splitlines()[-1] for raw in office.mails(PROGRAM, "Trash")] == [b"mine"]

    def test_without_a_trash_to_be_seen_it_is_said_what_to_do(self) -> None:
        with PostOffice((PROGRAM, GUEST), folders=("Sent", ARCHIVE)) as office:
            gmail = Gmail(office.imap_port)
            mail = InternetMail(account_at(office.smtp_port, gmail.port), StandingClock())
            office.deliver(PROGRAM, reply(GUEST, PROGRAM, 1), NOW)
            with pytest.raises(
                Permanent, match="shows no Trash over IMAP: let it, in its settings"
            ):
                mail.clear(names_in(mail.arrivals(None)), NOW, nothing)
            assert len(office.mails(PROGRAM)) == 1
            mail.close()
            gmail.close()


class Simple(Interpreter):
    """A server without UIDPLUS."""

    def answered(self, line: bytes) -> bytes:
        return line.replace(b" UIDPLUS", b"")


def test_a_server_that_deletes_no_single_mails_is_left_as_it_is(
    office: PostOffice, arrive: Callable[[int], None]
) -> None:
    simple = Simple(office.imap_port)
    mail = InternetMail(account_at(office.smtp_port, simple.port), StandingClock())
    arrive(1)
    names = names_in(mail.arrivals(None))
    with pytest.raises(Permanent, match=r"its server deletes no single mails \(UIDPLUS\)"):
        mail.clear(names, NOW, anything)
    assert len(office.mails(PROGRAM)) == 1
    mail.close()
    simple.close()


def test_what_a_person_has_marked_as_deleted_stays_until_they_expunge_it(
    mail: InternetMail, office: PostOffice, arrive: Callable[[int], None]
) -> None:
    arrive(3)
    first, *_ = names_in(mail.arrivals(None))
    with IMAP4("127.0.0.1", office.imap_port) as imap:
        imap.login(PROGRAM, PASSWORD)
        imap.select("INBOX")
        imap.store("2", "+FLAGS", r"\Deleted")
    mail.clear([first], NOW, nothing)
    assert len(office.mails(PROGRAM)) == 2


def test_numbers_of_before_mean_nothing_after_the_server_has_numbered_anew(
    mail: InternetMail, office: PostOffice, arrive: Callable[[int], None]
) -> None:
    arrive(2)
    old = names_in(mail.arrivals(None))
    office.renumber(PROGRAM)
    assert set(mail.clear(old, NOW, nothing).gone) == set(old)
    assert len(office.mails(PROGRAM)) == 2


def test_mails_that_are_numbered_anew_in_between_are_left_for_the_next_time(
    mail: InternetMail, office: PostOffice, imap: Wire, arrive: Callable[[int], None]
) -> None:
    """Between the look at the numbers and the deletion; the client sees the new ones when it selects the folder."""
    arrive(1)
    names = names_in(mail.arrivals(None))
    words = b"* 1 EXISTS\r\n* OK [UIDVALIDITY 1] numbered anew\r\n* OK [UIDNEXT 9] next\r\n{tag} OK [READ-WRITE] done\r\n"
    imap.inject(Fault("say", rb"SELECT", words))
    with pytest.raises(Temporary, match="numbered its mails anew"):
        mail.clear(names, NOW, nothing)
    assert len(office.mails(PROGRAM)) == 1


def test_of_many_old_letters_some_hundreds_go_at_once_and_the_rest_the_next_time(
    mail: InternetMail, office: PostOffice
) -> None:
    count = CLEARED_MOST + 5
    for number in range(count):
        raw = letter(PROGRAM, GUEST, number=number).raw
        office.deliver(PROGRAM, raw, NOW - timedelta(days=40), "Sent")
    told = [mail.clear([], NOW, anything).more for _ in range(2)]
    assert (told, office.mails(PROGRAM, "Sent")) == ([True, False], [])


def test_a_letter_is_old_by_the_minute(mail: InternetMail, office: PostOffice) -> None:
    for number, at in enumerate((NOW - timedelta(minutes=1), NOW, NOW + timedelta(minutes=1))):
        office.deliver(PROGRAM, letter(PROGRAM, GUEST, number=number).raw, at, "Sent")
    mail.clear([], NOW, anything)
    left = [raw.splitlines()[-1] for raw in office.mails(PROGRAM, "Sent")]
    assert [line.split()[1] for line in left] == [b"1:", b"2:"]


def test_an_address_that_is_not_in_ascii_is_looked_for_all_the_same(office: PostOffice) -> None:
    account = replace(
        account_at(office.smtp_port, office.imap_port), address="köss@program.example"
    )
    mail = InternetMail(account, StandingClock())
    assert mail.clear([], NOW, anything).more is False
    mail.close()
