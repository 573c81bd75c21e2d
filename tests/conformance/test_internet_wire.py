"""What is special about SMTP and IMAP: what servers answer, certificates, kept connections, and proof of having sent.

Not the promises of every mailbox: see tests/conformance/test_internet_mail.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest

from connectors.internet import InternetMail, Login, MailAccount
from daemon.domain.effect import Receipt
from daemon.domain.observation import Unknown
from daemon.errors import (
    AccessLost,
    ConnectorError,
    CursorExpired,
    Permanent,
    ReaderRefused,
    Temporary,
)
from daemon.ports import NotSent
from tests.conformance.following import NOW
from tests.conformance.mailboxes import drain, letter, reply
from tests.conformance.test_internet_mail import GUEST, PROGRAM, account_at
from tests.conformance.test_local import StandingClock
from tests.servers.postoffice import PASSWORD, PostOffice
from tests.servers.wire import Fault, Wire

pytestmark = pytest.mark.server("pymap and aiosmtpd")
OURS = letter(PROGRAM, GUEST)


class SetClock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        """As it was set."""
        return self.at


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A post office of the program and Ben."""
    with PostOffice((PROGRAM, GUEST)) as office:
        yield office


@pytest.fixture
def smtp(office: PostOffice) -> Iterator[Wire]:
    """The wire to where mails are handed over."""
    wire = Wire(office.smtp_port)
    yield wire
    wire.close()


@pytest.fixture
def imap(office: PostOffice) -> Iterator[Wire]:
    """The wire to where mails are read."""
    wire = Wire(office.imap_port)
    yield wire
    wire.close()


@pytest.fixture
def account(smtp: Wire, imap: Wire) -> MailAccount:
    """The program's account behind both wires."""
    return account_at(smtp.port, imap.port)


@pytest.fixture
def mail(account: MailAccount) -> Iterator[InternetMail]:
    mail = InternetMail(account, StandingClock())
    yield mail
    mail.close()


def insist(mail: InternetMail, number: int) -> str:
    """Send one letter as daemon/act.py does: after an unknown outcome it is looked for first."""
    ours = letter(PROGRAM, GUEST, number=number)
    for attempt in range(5):
        try:
            if attempt:
                match mail.sent(ours):
                    case Receipt():
                        return "found"
                    case Unknown():
                        return "on hold"
            mail.send(ours, key=ours.key)
        except ConnectorError:
            continue
        return "sent"
    raise AssertionError("it never goes")


def got(office: PostOffice) -> list[bytes]:
    """The last line of each letter that Ben got."""
    return [raw.splitlines()[-1] for raw in office.mails(GUEST)]


CUTS = {
    "before the dot": rb"(?i)^DATA",
    "in the letter": rb"^Letter ",
    "at the dot": rb"^\.\r\n$",
    "after the dot": rb"^\.\r\n$",
}


def test_trap_47_cut_after_the_final_dot_fifty_times_none_twice_and_none_lost(
    mail: InternetMail, office: PostOffice, smtp: Wire
) -> None:
    outcomes = []
    for number in range(50):
        smtp.inject(Fault("reset-after", rb"^\.\r\n$"))
        outcomes.append(insist(mail, number))
    assert outcomes == ["found"] * 50
    assert len(set(got(office))) == len(got(office)) == 50


def test_trap_47_cut_anywhere_none_twice_and_none_lost(
    mail: InternetMail, office: PostOffice, smtp: Wire
) -> None:
    chance = Random(5)
    for number in range(40):
        where = chance.choice(list(CUTS))
        smtp.inject(Fault("reset-after" if where == "after the dot" else "reset", CUTS[where]))
        insist(mail, number)
    assert len(set(got(office))) == len(got(office)) == 40


def test_trap_47_where_the_server_keeps_no_proof_a_lost_answer_waits_for_a_person(
    account: MailAccount, office: PostOffice, smtp: Wire
) -> None:
    mail = InternetMail(replace(account, proof="append"), StandingClock())
    smtp.inject(Fault("reset-after", rb"^\.\r\n$"))
    assert insist(mail, 1) == "on hold"
    assert len(got(office)) == 1
    assert insist(mail, 2) == "sent"
    assert [raw.splitlines()[-1] for raw in office.mails(PROGRAM, "Sent")] == [b"Letter 2: Gr\xc3\xbc\xc3\x9fe aus der Ferne."]  # fmt: skip
    mail.close()


def test_a_letter_is_not_called_unsent_before_it_could_be_seen(account: MailAccount) -> None:
    clock = SetClock()
    mail = InternetMail(replace(account, visible_after=timedelta(seconds=60)), clock)
    with pytest.raises(Temporary) as early:
        mail.sent(OURS)
    assert early.value.retry_after == timedelta(seconds=60)
    clock.at += timedelta(seconds=60)
    assert isinstance(mail.sent(OURS), NotSent)
    mail.close()


def test_our_copies_end_in_sent(mail: InternetMail, office: PostOffice) -> None:
    mail.send(OURS, key=OURS.key)
    assert len(office.mails(PROGRAM)) == 1
    assert mail.arrivals(None).observations == ()
    assert (len(office.mails(PROGRAM)), len(office.mails(PROGRAM, "Sent"))) == (0, 1)
    assert isinstance(mail.sent(OURS), Receipt)


def test_a_letter_leaves_with_its_own_envelope(mail: InternetMail, office: PostOffice) -> None:
    returned = f"koss+b-q7x@{PROGRAM.partition('@')[2]}"
    ours = OURS.__class__(OURS.key, OURS.message_id, PROGRAM, GUEST, OURS.raw, "", returned)
    mail.send(ours, key=ours.key)
    assert [(sender, to) for sender, to, _ in office.accepted] == [(returned, (GUEST, PROGRAM))]


ANSWERS: list[tuple[bytes, bytes, type[ConnectorError], str]] = [
    (b"RCPT", b"550 5.1.1 <ben@mentees.example> no such user\r\n", ReaderRefused, "does not take the reader's address (550 5.1.1)"),
    (b"RCPT", b"551 User not local; please try <ben@new.example>\r\n", ReaderRefused, "does not take the reader's address (551)"),
    (b"RCPT", b"553 5.1.3 mailbox name not allowed\r\n", ReaderRefused, "does not take the reader's address (553 5.1.3)"),
    (b"RCPT", b"450 4.2.1 mailbox busy\r\n", Temporary, "does not take the reader's address now (450 4.2.1)"),
    (b"RCPT", b"550 5.2.1 The email account that you tried to reach is disabled\r\n", ReaderRefused, "does not take the reader's address (550 5.2.1)"),
    (b"RCPT", b"554 5.7.1 <ben@mentees.example>: Relay access denied\r\n", AccessLost, "takes nothing of this account any more (554 5.7.1)"),
    (b"RCPT", b"550 5.1.8 Access denied, bad outbound sender\r\n", AccessLost, "takes nothing of this account any more (550 5.1.8)"),
    (b"DATA", b"550 5.7.60 client does not have permissions to send as this sender\r\n", AccessLost, "takes nothing of this account any more (550 5.7.60)"),
    (b"DATA", b"550 5.1.1 no such user here\r\n", ReaderRefused, "does not take the reader's address (550 5.1.1)"),
    (b"DATA", b"552 5.2.2 mailbox full\r\n", ReaderRefused, "does not take the reader's address (552 5.2.2)"),
    (b"DATA", b"552 5.3.4 message size exceeds fixed limit\r\n", Permanent, "does not take the letter (552 5.3.4)"),
    (b"DATA", b"451 4.3.0 try again\r\n", Temporary, "does not take the letter now (451 4.3.0)"),
    (b"RCPT", b"451 4.7.1 Greylisted\r\n", Temporary, "does not take the reader's address now (451 4.7.1)"),
    (b"RCPT", b"452 4.2.2 mailbox full\r\n", Temporary, "does not take the reader's address now (452 4.2.2)"),
    (b"RCPT", b"552 5.2.2 over quota\r\n", ReaderRefused, "does not take the reader's address (552 5.2.2)"),
    (b"MAIL", b"553 5.7.1 sender address rejected: not owned by user\r\n", AccessLost, "does not let this account send as its mailbox (553 5.7.1)"),
    (b"MAIL", b"421 4.7.0 too many messages\r\n", Temporary, "lets this mailbox send no more for now (421 4.7.0)"),
    (b"DATA", b"550 5.4.5 Daily user sending limit exceeded\r\n", Temporary, "lets this mailbox send no more for now (550 5.4.5)"),
    (b"DATA", b"554 5.7.1 looks like spam to ben@mentees.example\r\n", Permanent, "does not take the letter (554 5.7.1)"),
    (b"AUTH", b"535 5.7.8 bad credentials\r\n", AccessLost, "does not take the user name and password"),
    (b"AUTH", b"454 4.7.0 temporary authentication failure\r\n", Temporary, "cannot check the password now"),
]  # fmt: skip


@pytest.mark.parametrize(("at", "answer", "error", "text"), ANSWERS)
def test_what_a_server_answers_is_said_in_words_that_name_nobody(
    mail: InternetMail,
    office: PostOffice,
    smtp: Wire,
    at: bytes,
    answer: bytes,
    error: type[ConnectorError],
    text: str,
) -> None:
    smtp.inject(Fault("say", rb"(?i)^" + at, answer))
    with pytest.raises(error) as raised:
        mail.send(OURS, key=OURS.key)
    assert type(raised.value) is error
    assert str(raised.value) == f"127.0.0.1:{smtp.port} {text}"
    assert office.mails(GUEST) == []
    mail.send(OURS, key=OURS.key)
    assert len(office.mails(GUEST)) == 1


WHOLE = [
    (b"RCPT", b"451 4.7.1 Greylisted", False), (b"RCPT", b"452 4.2.2 mailbox full", False),
    (b"DATA", b"451 4.3.0 try again", False), (b"MAIL", b"451 4.3.0 busy", True),
    (b"MAIL", b"421 4.7.0 too many messages", True), (b"DATA", b"550 5.4.5 sending limit exceeded", True),
    (b"AUTH", b"454 4.7.0 not now", True), (b"EHLO", b"421 4.3.2 shutting down", True),
]  # fmt: skip


@pytest.mark.parametrize(("at", "answer", "whole"), WHOLE)
def test_what_is_about_all_letters_is_told_apart_from_what_is_about_one(
    mail: InternetMail, smtp: Wire, at: bytes, answer: bytes, whole: bool
) -> None:
    smtp.inject(Fault("say", rb"(?i)^" + at, answer + b"\r\n"))
    with pytest.raises(Temporary) as raised:
        mail.send(OURS, key=OURS.key)
    assert raised.value.whole == whole


def test_a_wrong_password_stops_this_account_until_there_is_a_new_one(account: MailAccount) -> None:
    known = ["wrong"]
    mail = InternetMail(replace(account, login=Login(PROGRAM, lambda: known[0])), StandingClock())
    with pytest.raises(AccessLost, match="does not take the user name and password"):
        mail.send(OURS, key=OURS.key)
    with pytest.raises(AccessLost, match="does not take the user name and password"):
        mail.arrivals(None)
    known[0] = PASSWORD
    assert mail.arrivals(None).observations == ()
    mail.close()


def test_an_address_outside_ascii_needs_a_server_that_takes_it(
    mail: InternetMail, office: PostOffice
) -> None:
    odd = OURS.__class__("k/2", "<2@x>", PROGRAM, "bén@mentees.example", OURS.raw)
    with pytest.raises(Permanent, match="reader's address"):
        mail.send(odd, key=odd.key)
    assert office.accepted == []


def test_an_address_outside_ascii_is_written_to_where_the_server_takes_it() -> None:
    odd = OURS.__class__("k/2", "<2@x>", PROGRAM, "bén@mentees.example", OURS.raw)
    with PostOffice((PROGRAM, odd.to)) as office:
        mail = InternetMail(account_at(office.smtp_port, office.imap_port), StandingClock())
        mail.send(odd, key=odd.key)
        mail.send(letter(PROGRAM, PROGRAM), key="k/3")
        mail.close()
        assert [readers for _, readers, _ in office.accepted] == [
            (odd.to, PROGRAM),
            (PROGRAM, PROGRAM),
        ]


def test_without_smtputf8_that_reader_alone_is_refused(
    mail: InternetMail, office: PostOffice, smtp: Wire
) -> None:
    odd = OURS.__class__("k/2", "<2@x>", PROGRAM, "bén@mentees.example", OURS.raw)
    smtp.inject(Fault("say", rb"(?i)^EHLO", b"250-localhost\r\n250 AUTH PLAIN LOGIN\r\n"))
    with pytest.raises(ReaderRefused, match="letters outside ASCII"):
        mail.send(odd, key=odd.key)
    smtp.cut()  # to that server nobody has ever said EHLO
    mail.send(OURS, key=OURS.key)
    assert len(office.mails(GUEST)) == 1


def test_where_the_copy_to_ourselves_alone_is_refused_the_letter_goes_and_is_put_into_sent(
    mail: InternetMail, office: PostOffice, smtp: Wire
) -> None:
    for number, answer in enumerate((b"550 5.1.1 no", b"452 4.2.2 full", b"451 4.3.0 later")):
        ours = letter(PROGRAM, GUEST, number=number)
        smtp.inject(Fault("say", rb"(?i)^RCPT TO:<koss@", answer + b"\r\n"))
        mail.send(ours, key=ours.key)
        assert isinstance(mail.sent(ours), Receipt)
    assert len(set(got(office))) == len(got(office)) == 3
    assert len(office.mails(PROGRAM, "Sent")) == 3


def test_a_mailbox_numbered_anew_loses_nothing(
    mail: InternetMail, office: PostOffice, imap: Wire
) -> None:
    office.deliver(PROGRAM, reply(GUEST, PROGRAM, 1), NOW)
    _, cursor = drain(mail, None)
    office.renumber(PROGRAM)
    imap.cut()
    with pytest.raises(CursorExpired):
        mail.arrivals(cursor)
    assert len(drain(mail, None)[0]) == 1


def test_a_mailbox_never_read_before_is_read_from_a_month_back(
    mail: InternetMail, office: PostOffice
) -> None:
    office.deliver(PROGRAM, reply(GUEST, PROGRAM, 1), NOW - timedelta(days=40))
    told, cursor = drain(mail, None)
    assert told == []
    office.deliver(PROGRAM, reply(GUEST, PROGRAM, 2), NOW - timedelta(days=400))
    assert len(drain(mail, cursor)[0]) == 1, "it came just now, whatever its date says"


def test_reading_marks_nothing_as_read(
    mail: InternetMail, office: PostOffice, account: MailAccount
) -> None:
    office.deliver(PROGRAM, reply(GUEST, PROGRAM, 1), NOW)
    drain(mail, None)
    assert office.flags(PROGRAM) == [[]]


def test_a_connection_is_kept_and_one_that_was_let_go_is_made_anew(
    mail: InternetMail, office: PostOffice, smtp: Wire, imap: Wire
) -> None:
    for number in range(3):
        ours = letter(PROGRAM, GUEST, number=number)
        mail.send(ours, key=ours.key)
        mail.arrivals(None)
    assert (smtp.connections, imap.connections) == (1, 1)
    smtp.cut()
    imap.cut()
    mail.send(OURS, key=OURS.key)
    assert mail.arrivals(None).complete
    assert (smtp.connections, imap.connections) == (2, 2)


def test_nobody_listens(account: MailAccount, smtp: Wire, imap: Wire) -> None:
    smtp.close()
    imap.close()
    mail = InternetMail(account, StandingClock())
    for call in (lambda: mail.send(OURS, key=OURS.key), lambda: mail.arrivals(None)):
        with pytest.raises(Temporary, match=r"127\.0\.0\.1:\d+ refuses connections"):
            call()


@pytest.mark.parametrize("read_before", [False, True])
def test_a_listing_that_is_cut_short_loses_nothing(
    mail: InternetMail, office: PostOffice, imap: Wire, read_before: bool
) -> None:
    cursor = drain(mail, None)[1] if read_before else None
    for number in range(2):
        office.deliver(PROGRAM, reply(GUEST, PROGRAM, number), NOW)
    imap.inject(Fault("say", rb"RFC822\.SIZE", b"{tag} OK that was all\r\n"))
    batch = mail.arrivals(cursor)
    assert len(drain(mail, batch.cursor or cursor)[0]) == 2
