"""A mailbox in memory: letters go into other mailboxes and into Sent, as bytes.

Not idempotent, because SMTP is not: a letter handed over twice arrives twice, and can be counted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import takewhile

from connectors.memory.faults import AFTER, BEFORE, Faults, error
from connectors.memory.world import Mail, Mailbox, MemoryWorld, number
from daemon.domain.effect import Receipt
from daemon.domain.observation import MailArrived, SetAside, Unknown
from daemon.domain.people import Address
from daemon.errors import CursorExpired, ReaderRefused, Temporary
from daemon.ports import Batch, Cleared, Cursor, Lying, NotSent, OutgoingLetter

KEY_HEADER = b"x-oneonone-key"


class MemoryMail:
    """A MailConnector over one mailbox of a MemoryWorld. A cursor is the number of mails told."""

    def __init__(self, world: MemoryWorld, mailbox: Address, faults: Faults) -> None:
        self._world = world
        self._address = mailbox
        self._box: Mailbox = world.mailbox(mailbox)
        self._faults = faults

    def send(self, letter: OutgoingLetter, *, key: str) -> Receipt:
        """To the one person and into Sent, both or neither."""
        kind = self._strike("send")
        now, box = self._world.clock(), self._box
        if self._world.mailbox(letter.to).busy:
            raise Temporary("the reader's address is not taken now", timedelta(minutes=5))
        if refusal := self._world.mailbox(letter.to).refuses:
            raise ReaderRefused("the reader's address is refused", refusal)
        self._world.deliver(letter.to, letter.raw, now)
        headers = _headers(letter.raw)
        mail = Mail(letter.raw, now, headers.get(KEY_HEADER, ""))
        box.sent_count += 1
        box.sent[box.sent_count] = mail
        box.sent_ids[headers.get(b"message-id", "")] = box.sent_count
        box.sent_keys[mail.key] = box.sent_count
        if kind in AFTER:
            raise error(kind)
        return Receipt(message_id=letter.message_id)

    def sent(self, letter: OutgoingLetter) -> Receipt | NotSent | Unknown:
        """Sent is complete here, so that absence is proof."""
        if self._strike("sent") == "unknown":
            return Unknown("injected: Sent cannot be read")
        box = self._box
        place = box.sent_ids.get(letter.message_id, box.sent_keys.get(letter.key))
        if place is None:
            return NotSent()
        found = _headers(box.sent[place].raw).get(b"message-id", letter.message_id)
        return Receipt(message_id=found, repeated=True)

    def arrivals(self, since: Cursor | None) -> Batch:
        """What cannot be read is set aside each time anew, and the cursor goes on past it."""
        arrived, unreadable = self._box.arrived, self._box.unreadable
        if since == str(len(arrived)) and not unreadable and self._faults.calm("arrivals"):
            return Batch((), since, True)
        if since is not None and not (number(since) and int(since) <= len(arrived)):
            raise CursorExpired(f"the cursor {since!r} of {self._address} is not known")
        kind = self._strike("arrivals")
        start = int(since or 0)
        mails = [
            MailArrived(str(place), mail.raw, mail.at)
            for place, mail in enumerate(arrived[start:], start)
            if place not in unreadable and place not in self._box.cleared
        ]
        aside = tuple(
            SetAside(self._address, str(place), "cannot be read") for place in sorted(unreadable)
        )
        if not kind:
            return Batch(tuple(mails), str(len(arrived)), True, aside)
        cut = self._faults.cut(len(mails))
        if kind == "garbage":
            name = mails[cut].id if mails else "entry"
            aside += (SetAside(self._address, name, "injected: cannot be read"),)
            return Batch((*mails[:cut], *mails[cut + 1 :]), since, False, aside)
        return Batch(tuple(mails[:cut]), since, False, aside)

    def clear(
        self, names: Sequence[str], before: datetime, may_go: Callable[[Lying], bool]
    ) -> Cleared:
        """There is no Trash here: nobody but the daemon puts anything away."""
        kind, box = self._strike("clear"), self._box
        for place in (int(name) for name in names if number(name)):
            if place < len(box.arrived):
                box.cleared.add(place)
                box.arrived[place] = Mail(b"", box.arrived[place].at)
        old = list(takewhile(lambda place: box.sent[place].at < before, box.sent))
        for place in old:
            if may_go(Lying(False, (self._address,), (), box.sent[place].key)):
                self._forget(place)
        if kind in AFTER:
            raise error(kind)
        return Cleared(tuple(names))

    def _forget(self, place: int) -> None:
        box, mail = self._box, self._box.sent.pop(place)
        for known, name in (
            (box.sent_ids, _headers(mail.raw).get(b"message-id", "")),
            (box.sent_keys, mail.key),
        ):
            if known.get(name) == place:
                del known[name]

    def _strike(self, call: str) -> str:
        kind = self._faults.meet(call)
        if kind in BEFORE:
            raise error(kind)
        return kind


def _headers(raw: bytes) -> dict[bytes, str]:
    """The header part by lower-case name, unfolded (RFC 5322 2.2.3); no decoding is needed here."""
    head = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    lines = head.replace(b"\n ", b" ").replace(b"\n\t", b" ").split(b"\n")
    named = (line.partition(b":") for line in lines)
    return {
        name.strip().lower(): value.strip().decode("ascii", "replace") for name, _, value in named
    }
