"""What every mail connector must do: inherit `MailConformance` and give three fixtures; one that asks somebody
over a wire inherits `MailFaultConformance` as well and gives `inject`, as in calendar_faults.py.

Not a test of one server. A subclass gives `mail` (a MailConnector over the program's mailbox), `hands` (Hands
over the same post office) and `spoil` (puts something that cannot be read into the program's mailbox), and
where needed its own `program` and `guest` addresses and `reopen`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from daemon.domain.effect import Receipt
from daemon.domain.observation import MailArrived, Unknown
from daemon.domain.people import Address
from daemon.errors import CursorExpired, Temporary
from daemon.ports import Batch, Cursor, MailConnector, NotSent, OutgoingLetter
from daemon.simulate.hands import Hands
from tests.conformance.calendar_faults import Inject
from tests.conformance.faults import KINDS, cells
from tests.conformance.following import NOW, assert_utc


def letter(program: Address, guest: Address, *, number: int = 1) -> OutgoingLetter:
    """A letter of ours, as bytes, with the two names by which it can be found again."""
    key = f"prep-mentee/pairing/koss-ana-ben/2026-10-06/{number}"
    message_id = f"<letter-{number}.q7x@{program.partition('@')[2]}>"
    raw = (
        f'From: "Ana via KOSS 1:1s" <{program}>\r\nTo: {guest}\r\nSubject: Your 1:1\r\n'
        "Date: Thu, 01 Oct 2026 08:00:00 +0000\r\n"
        f"Message-ID: {message_id}\r\nX-Oneonone-Key: {key}\r\n"
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: 8bit\r\n\r\n"
        f"Letter {number}: Grüße aus der Ferne.\r\n"
    ).encode()
    return OutgoingLetter(key, message_id, program, guest, raw)


def reply(guest: Address, program: Address, number: int) -> bytes:
    """An ordinary mail of a person."""
    return (
        f"From: {guest}\r\nTo: {program}\r\nSubject: Re: Your 1:1\r\n"
        f"Message-ID: <reply-{number}@mentees.example>\r\n\r\nanswer {number}\r\n"
    ).encode()


GARBAGE: dict[str, bytes] = {
    "nothing at all": b"",
    "no header": b"just words\r\n",
    "control characters": bytes(range(256)) * 4,
    "a charset nobody knows": b"Content-Type: text/plain; charset=foo-bar\r\n\r\n\xff\xfe",
    "a broken id": b"Message-ID: <<<<\r\nFrom: x\r\n\r\nhello",
    "a thousand parts": b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n" * 1000,
    "lines without end": b"From: a@b.example\nSubject: x\n\n" + b"x" * 20_000,
}


def told(batch: Batch) -> list[bytes]:
    """The raw mails of a batch."""
    raws = []
    for seen in batch.observations:
        assert isinstance(seen, MailArrived)
        assert_utc(seen.at)
        raws.append(seen.raw)
    return raws


def drain(mail: MailConnector, since: Cursor | None) -> tuple[list[bytes], Cursor | None]:
    """All mails since the cursor, however many readings it takes, and the next cursor."""
    raws: list[bytes] = []
    for _ in range(50):
        batch = mail.arrivals(since)
        raws += told(batch)
        if batch.cursor == since or not batch.observations:
            return raws, batch.cursor
        since = batch.cursor
    raise AssertionError("arrivals never come to an end")


class MailConformance:
    """send, sent and arrivals. `class TestMine(MailConformance)` with the fixtures named above."""

    @pytest.fixture
    def program(self) -> Address:
        """The program's mailbox."""
        return "koss@program.example"

    @pytest.fixture
    def guest(self) -> Address:
        """Who gets letters and answers."""
        return "ben@mentees.example"

    @pytest.fixture
    def reopen(self, mail: MailConnector) -> Callable[[], MailConnector]:
        """A new connector over the same mailbox, as after a crash of ours."""
        return lambda: mail

    def test_a_letter_goes_to_its_one_person_as_it_was_written(
        self, mail: MailConnector, hands: Hands, program: Address, guest: Address
    ) -> None:
        ours = letter(program, guest)
        mail.send(ours, key=ours.key)
        (got,) = hands.letters(guest)
        assert ours.raw.splitlines() == got.splitlines()[-len(ours.raw.splitlines()) :]
        assert hands.letters("somebody@else.example") == []

    def test_letters_lie_in_the_order_in_which_they_were_sent(
        self, mail: MailConnector, hands: Hands, program: Address, guest: Address
    ) -> None:
        for number in range(12):
            ours = letter(program, guest, number=number)
            mail.send(ours, key=ours.key)
        bodies = [raw.splitlines()[-1].decode() for raw in hands.letters(guest)]
        assert bodies == [f"Letter {number}: Grüße aus der Ferne." for number in range(12)]

    def test_before_it_is_sent_it_is_not_sent(
        self, mail: MailConnector, program: Address, guest: Address
    ) -> None:
        other = letter(program, guest, number=2)
        mail.send(other, key=other.key)
        assert isinstance(mail.sent(letter(program, guest)), NotSent)

    def test_trap_47_after_send_it_is_sent_also_for_who_forgot(
        self,
        mail: MailConnector,
        reopen: Callable[[], MailConnector],
        hands: Hands,
        program: Address,
        guest: Address,
    ) -> None:
        ours = letter(program, guest)
        receipt = mail.send(ours, key=ours.key)
        assert not receipt.repeated
        found = reopen().sent(ours)
        assert isinstance(found, Receipt)
        assert found.message_id in ("", ours.message_id, receipt.message_id)
        assert len(hands.letters(guest)) == 1

    def test_trap_48_a_letter_is_found_by_its_key_when_its_id_is_another(
        self, mail: MailConnector, program: Address, guest: Address
    ) -> None:
        ours = letter(program, guest)
        mail.send(ours, key=ours.key)
        under_another_id = OutgoingLetter(ours.key, "<x@y.example>", program, guest, ours.raw)
        assert isinstance(mail.sent(under_another_id), Receipt)

    @pytest.mark.parametrize("line", ["Message-ID: {id}", "X-Oneonone-Key: {key}"])
    def test_an_id_quoted_in_a_body_is_no_proof(
        self, mail: MailConnector, program: Address, guest: Address, line: str
    ) -> None:
        ours, other = letter(program, guest), letter(program, guest, number=2)
        quoted = line.format(id=ours.message_id, key=ours.key).encode()
        quoting = other.raw + b"> " + quoted + b"\r\n\r\n" + quoted + b"\r\n"
        mail.send(
            OutgoingLetter(other.key, other.message_id, program, guest, quoting), key=other.key
        )
        assert isinstance(mail.sent(ours), NotSent)

    def test_a_key_that_begins_like_another_is_not_that_other(
        self, mail: MailConnector, program: Address, guest: Address
    ) -> None:
        eleventh = letter(program, guest, number=11)
        mail.send(eleventh, key=eleventh.key)
        assert isinstance(mail.sent(letter(program, guest, number=1)), NotSent)

    def test_arrivals_are_told_once_in_order_and_none_is_lost(
        self, mail: MailConnector, hands: Hands, program: Address, guest: Address
    ) -> None:
        written = [reply(guest, program, number) for number in range(12)]
        nothing, cursor = drain(mail, None)
        assert nothing == []
        read: list[bytes] = []
        for number, raw in enumerate(written):
            hands.write(guest, program, raw, NOW + timedelta(minutes=number))
            if number % 3 == 0:
                more, cursor = drain(mail, cursor)
                read += more
        more, cursor = drain(mail, cursor)
        assert [raw.splitlines() for raw in read + more] == [raw.splitlines() for raw in written]
        assert drain(mail, cursor)[0] == []

    def test_from_the_beginning_everything_is_told(
        self,
        mail: MailConnector,
        reopen: Callable[[], MailConnector],
        hands: Hands,
        program: Address,
        guest: Address,
    ) -> None:
        for number in range(3):
            hands.write(guest, program, reply(guest, program, number), NOW)
        first, cursor = drain(mail, None)
        assert len(first) == 3
        assert drain(reopen(), None)[0] == first
        assert drain(reopen(), cursor)[0] == []

    def test_reading_again_with_the_same_cursor_tells_the_same(
        self, mail: MailConnector, hands: Hands, program: Address, guest: Address
    ) -> None:
        hands.write(guest, program, reply(guest, program, 1), NOW)
        _, cursor = drain(mail, None)
        hands.write(guest, program, reply(guest, program, 2), NOW + timedelta(minutes=1))
        first, again = mail.arrivals(cursor), mail.arrivals(cursor)
        assert len(first.observations) == 1
        assert first.observations == again.observations

    def test_each_mail_has_a_name_of_its_own_and_the_time_it_came(
        self, mail: MailConnector, hands: Hands, program: Address, guest: Address
    ) -> None:
        same = reply(guest, program, 1)
        hands.write(guest, program, same, NOW)
        hands.write(guest, program, same, NOW + timedelta(hours=1))
        seen = [one for one in mail.arrivals(None).observations if isinstance(one, MailArrived)]
        assert len({one.id for one in seen}) == 2
        assert [_second(one.at) for one in seen] == [NOW, NOW + timedelta(hours=1)]

    def test_a_plus_address_is_the_program_and_a_like_name_is_not(
        self, mail: MailConnector, hands: Hands, program: Address, guest: Address
    ) -> None:
        local, _, domain = program.partition("@")
        hands.write(guest, f"{local}+t0ken.s1@{domain}", reply(guest, program, 1), NOW)
        hands.write(guest, f"{local}{domain}@elsewhere.example", reply(guest, program, 2), NOW)
        hands.write(guest, f"x{program}", reply(guest, program, 3), NOW)
        assert len(mail.arrivals(None).observations) == 1

    def test_our_own_letters_are_no_arrivals(
        self, mail: MailConnector, program: Address, guest: Address
    ) -> None:
        ours = letter(program, guest)
        mail.send(ours, key=ours.key)
        assert mail.arrivals(None).observations == ()

    @pytest.mark.parametrize("what", GARBAGE)
    def test_trap_72_garbage_is_told_and_stops_nothing(
        self, mail: MailConnector, hands: Hands, program: Address, guest: Address, what: str
    ) -> None:
        hands.write(guest, program, reply(guest, program, 1), NOW)
        hands.write(guest, program, GARBAGE[what], NOW + timedelta(minutes=1))
        hands.write(guest, program, reply(guest, program, 2), NOW + timedelta(minutes=2))
        read, cursor = drain(mail, None)
        assert len(read) == 3
        assert _on_the_wire(GARBAGE[what]) == _on_the_wire(read[1])
        assert drain(mail, cursor)[0] == []

    def test_trap_72_something_unreadable_does_not_stop_the_others(
        self,
        mail: MailConnector,
        hands: Hands,
        program: Address,
        guest: Address,
        spoil: Callable[[], None],
    ) -> None:
        hands.write(guest, program, reply(guest, program, 1), NOW)
        spoil()
        hands.write(guest, program, reply(guest, program, 2), NOW + timedelta(minutes=2))
        batch = mail.arrivals(None)
        assert [raw.splitlines()[-1] for raw in told(batch)] == [b"answer 1", b"answer 2"]
        assert [one.name for one in batch.set_aside] != []

    def test_a_cursor_that_was_never_ours_loses_nothing(
        self, mail: MailConnector, hands: Hands, program: Address, guest: Address
    ) -> None:
        hands.write(guest, program, reply(guest, program, 1), NOW)
        try:
            assert len(mail.arrivals("garbage").observations) == 1
        except CursorExpired:
            assert len(mail.arrivals(None).observations) == 1


class MailFaultConformance:
    """Each call under each fault: the right error, the truth about the letter, and no mail lost."""

    @pytest.mark.parametrize(("call", "kind"), cells("send", "sent", "arrivals"))
    def test_a_fault_in_a_call(
        self,
        mail: MailConnector,
        hands: Hands,
        program: Address,
        guest: Address,
        inject: Inject,
        call: str,
        kind: str,
    ) -> None:
        fault, ours = KINDS[kind], letter(program, guest)
        for number in range(3):
            hands.write(guest, program, reply(guest, program, number), NOW)
        inject(call, kind)
        if fault.error is None:
            _answers(mail, call, ours, part=fault.outcome == "part")
        else:
            with pytest.raises(fault.error) as raised:
                _call(mail, call, ours)
            if fault.waits:
                assert isinstance(raised.value, Temporary) and raised.value.retry_after
        arrived = call == "send" and fault.outcome == "done"
        assert len(hands.letters(guest)) == arrived
        assert isinstance(mail.sent(ours), Receipt if arrived else NotSent)
        assert len(drain(mail, None)[0]) == 3

    @pytest.mark.parametrize(("call", "kind"), cells("clear"))
    def test_a_fault_while_mails_are_deleted(
        self,
        mail: MailConnector,
        hands: Hands,
        program: Address,
        guest: Address,
        inject: Inject,
        call: str,
        kind: str,
    ) -> None:
        """The next time it is finished, and nothing else is gone."""
        fault = KINDS[kind]
        for number in range(3):
            hands.write(guest, program, reply(guest, program, number), NOW)
        names = [
            each.id for each in mail.arrivals(None).observations if isinstance(each, MailArrived)
        ]
        inject(call, kind)
        if fault.error is None:
            assert set(mail.clear(names[:2], NOW, lambda lying: False).gone) == set(names[:2])
        else:
            with pytest.raises(fault.error) as raised:
                mail.clear(names[:2], NOW, lambda lying: False)
            if fault.waits:
                assert isinstance(raised.value, Temporary) and raised.value.retry_after
        assert len(hands.letters(program)) == (3 if fault.outcome == "nothing" else 1)
        assert set(mail.clear(names[:2], NOW, lambda lying: False).gone) == set(names[:2])
        (left,) = hands.letters(program)
        assert left.splitlines() == reply(guest, program, 2).splitlines()


def _on_the_wire(raw: bytes) -> list[bytes]:
    """A literal of IMAP knows no NUL (RFC 9051 4.3), and dovecot tells it as 0x80."""
    return raw.replace(b"\0", b"\x80").splitlines()


def _second(at: datetime) -> datetime:
    return at.replace(microsecond=0)


def _call(
    mail: MailConnector, call: str, ours: OutgoingLetter
) -> Receipt | NotSent | Unknown | Batch:
    match call:
        case "send":
            return mail.send(ours, key=ours.key)
        case "sent":
            return mail.sent(ours)
        case _:
            return mail.arrivals(None)


def _answers(mail: MailConnector, call: str, ours: OutgoingLetter, *, part: bool) -> None:
    answer = _call(mail, call, ours)
    match call:
        case "sent":
            assert isinstance(answer, Unknown if part else NotSent)
        case "arrivals":
            assert isinstance(answer, Batch) and answer.complete != part
            assert not part or answer.cursor is None, "a part must not move the cursor on"
        case _:
            assert isinstance(answer, Receipt)
