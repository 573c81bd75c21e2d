"""What every mail connector deletes, and what it never touches: inherit `ClearingConformance` beside MailConformance,
and `TrashConformance` where mail programs put what is thrown away into a folder.

Not when, and not which mails need nobody any more: daemon/clearing.py and tests/stories/test_mailbox_keep.py.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from daemon.clearing import may_go
from daemon.domain.effect import Receipt
from daemon.domain.observation import MailArrived
from daemon.domain.people import Address
from daemon.ports import Batch, Lying, MailConnector, NotSent
from daemon.simulate.hands import Hands
from tests.conformance.following import NOW
from tests.conformance.mailboxes import drain, letter, reply

LONG_AGO, LATER = datetime(2020, 1, 1, tzinfo=UTC), datetime(2090, 1, 1, tzinfo=UTC)
TOKEN = "abcdefghijklmnopqrstuvwxyz"[:26]


def nothing(lying: Lying) -> bool:
    """All that lies there is needed."""
    return False


def anything(lying: Lying) -> bool:
    """Nothing of what was asked about is."""
    return True


def names_in(batch: Batch) -> list[str]:
    """The names of what arrived."""
    return [each.id for each in batch.observations if isinstance(each, MailArrived)]


def lines(raws: list[bytes]) -> list[list[bytes]]:
    """Mails whatever their line ends are."""
    return [raw.splitlines() for raw in raws]


class ClearingConformance:
    """clear: by name, by key, and nothing else."""

    def test_what_is_named_is_deleted_and_nothing_else(
        self, mail: MailConnector, hands: Hands, program: Address, guest: Address
    ) -> None:
        written = [reply(guest, program, number) for number in range(3)]
        for raw in written:
            hands.write(guest, program, raw, NOW)
        batch = mail.arrivals(None)
        first, second, third = names_in(batch)
        assert set(mail.clear([first, second], NOW, anything).gone) == {first, second}
        assert lines(hands.letters(program)) == lines(written[2:])
        assert set(mail.clear([first, second], NOW, anything).gone) == {first, second}
        assert drain(mail, batch.cursor)[0] == []
        assert names_in(mail.arrivals(None)) == [third]

    def test_a_mail_that_comes_after_it_is_told_once(
        self, mail: MailConnector, hands: Hands, program: Address, guest: Address
    ) -> None:
        hands.write(guest, program, reply(guest, program, 1), NOW)
        batch = mail.arrivals(None)
        mail.clear(names_in(batch), NOW, nothing)
        hands.write(guest, program, reply(guest, program, 2), NOW)
        told, cursor = drain(mail, batch.cursor)
        assert lines(told) == lines([reply(guest, program, 2)])
        assert drain(mail, cursor)[0] == []

    def test_names_that_lead_nowhere_are_gone(
        self, mail: MailConnector, hands: Hands, program: Address, guest: Address
    ) -> None:
        hands.write(guest, program, reply(guest, program, 1), NOW)
        (name,) = names_in(mail.arrivals(None))
        nowhere = ["77.1", "garbage", "999999"]
        assert set(mail.clear(nowhere, NOW, anything).gone) == set(nowhere)
        assert names_in(mail.arrivals(None)) == [name]

    @pytest.mark.parametrize("read", [False, True])
    def test_letters_of_ours_are_deleted_when_they_are_old_and_may_go(
        self, mail: MailConnector, hands: Hands, program: Address, guest: Address, read: bool
    ) -> None:
        """`read`: whether copies of them that came into the inbox were put away."""
        gone, kept = letter(program, guest, number=1), letter(program, guest, number=2)
        for each in (gone, kept):
            mail.send(each, key=each.key)
        if read:
            mail.arrivals(None)
        asked: list[Lying] = []

        def old_news(lying: Lying) -> bool:
            asked.append(lying)
            return lying.key == gone.key

        assert mail.clear([], LONG_AGO, anything).gone == ()
        assert isinstance(mail.sent(gone), Receipt)
        mail.clear([], LATER, old_news)
        assert {(each.key, each.senders, each.in_trash) for each in asked} == {
            (each.key, (program,), False) for each in (gone, kept)
        }
        assert isinstance(mail.sent(gone), NotSent)
        assert isinstance(mail.sent(kept), Receipt)
        assert len(hands.letters(guest)) == 2, "the reader's own is the reader's"
        mail.clear([], LATER, old_news)

    def test_what_carries_no_key_is_not_even_asked_about(
        self, mail: MailConnector, hands: Hands, program: Address, guest: Address
    ) -> None:
        ours = letter(program, guest)
        quoting = reply(guest, program, 1) + b"> X-Oneonone-Key: " + ours.key.encode() + b"\r\n"
        local, _, domain = program.partition("@")
        to_token = reply(guest, f"{local}+{TOKEN}@{domain}", 2)
        for raw in (quoting, to_token):
            hands.write(guest, program, raw, NOW - timedelta(days=400))
        mail.clear([], LATER, anything)
        assert sorted(lines(hands.letters(program))) == sorted(lines([quoting, to_token]))


class TrashConformance:
    """What people threw away. A subclass gives `throw_away` (puts a mail into the Trash) and `thrown_away` (what lies there)."""

    def test_of_the_trash_what_was_written_to_us_and_by_us_goes_and_what_is_somebodys_stays(
        self,
        mail: MailConnector,
        program: Address,
        guest: Address,
        throw_away: Callable[[bytes, datetime], None],
        thrown_away: Callable[[], list[bytes]],
    ) -> None:
        local, _, domain = program.partition("@")
        old, young = NOW - timedelta(days=31), NOW - timedelta(days=29)
        ours, other = letter(program, guest, number=1), letter(program, guest, number=2)
        forged = letter("somebody@else.example", guest, number=1)
        to_us = reply(guest, f"Koss <{local}+{TOKEN}@{domain}>", 1)
        bounced = reply("", f"{local}+b-{TOKEN}@{domain}", 2)
        theirs = [
            reply(guest, program, 3),
            reply(guest, f"{local}+lists@{domain}", 4),
            reply(guest, f"{local}+{TOKEN}@elsewhere.example", 5),
            forged.raw,
            other.raw,
        ]
        for raw in (ours.raw, to_us, bounced, *theirs):
            throw_away(raw, old)
        throw_away(to_us, young)

        class Known:
            """A store that has asked for the first letter alone."""

            def was_asked(self, key: str) -> bool:
                return key == ours.key

        mail.clear(
            [],
            NOW - timedelta(days=30),
            lambda lying: may_go(lying, program, frozenset(), Known()),  # type: ignore[arg-type]
        )
        assert sorted(lines(thrown_away())) == sorted(lines([*theirs, to_us]))
