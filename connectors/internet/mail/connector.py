"""MailConnector over SMTP and IMAP: sends once, proves it by a copy, and reads what came in by UID.

Not the protocols: see submission.py and mailbox.py beside this file.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from email.parser import BytesHeaderParser
from email.policy import compat32
from threading import RLock

from connectors.internet.mail.account import MailAccount
from connectors.internet.mail.clearing import clear
from connectors.internet.mail.mailbox import INBOX, Declined, Entry, Garbled, Mailbox
from connectors.internet.mail.submission import Submission
from connectors.mails import Attempts, is_ours
from daemon.domain.effect import Receipt
from daemon.domain.observation import MailArrived, SetAside, Unknown
from daemon.errors import ConnectorError, CursorExpired, Permanent, Temporary
from daemon.ports import Batch, Cleared, Clock, Cursor, Lying, NotSent, OutgoingLetter

log = logging.getLogger("oneonone")

MAILS_MAX = 500
BYTES_AT_ONCE = 25_000_000
"""How much one reading takes; the rest follows with the next."""
_HEADERS_MAX = 65_536


class InternetMail:
    """The program's mailbox on any server.

    Where the server does not keep what is sent, our own mailbox stands beside the reader in the envelope:
    the server takes both or none, so the copy that comes back proves the other, and is moved to Sent.
    """

    def __init__(self, account: MailAccount, clock: Clock) -> None:
        self._account = account
        self._clock = clock
        self._lock = RLock()
        self._submission = Submission(account, clock)
        self._mailbox = Mailbox(account)
        self._attempts = Attempts(clock, account.visible_after)

    def send(self, letter: OutgoingLetter, *, key: str) -> Receipt:
        """See MailConnector."""
        copy_to = self._account.address if self._account.proof == "copy" else ""
        with self._lock:
            self._attempts.begin(key)
            sender = letter.returned_to or letter.sender
            copied = self._submission.send(letter.raw, sender, letter.to, copy_to)
            self._attempts.over(key)
            if not copied and self._account.proof != "server":
                self._append(letter)
            return Receipt(message_id=letter.message_id)

    def sent(self, letter: OutgoingLetter) -> Receipt | NotSent | Unknown:
        """See MailConnector. Looks in Sent, then in the inbox, by id and by key."""
        with self._lock:
            try:
                if self._found(letter):
                    return Receipt(repeated=True, message_id=letter.message_id)
            except (Declined, Garbled):
                return Unknown("Sent cannot be searched")
            self._attempts.check_absence(letter.key)
            if self._account.proof == "append":
                return Unknown("this server keeps no proof of what it accepted")
            return NotSent()

    def arrivals(self, since: Cursor | None) -> Batch:
        """See MailConnector. A cursor is UIDVALIDITY and the last UID told; without one, the days to look back."""
        with self._lock:
            try:
                return self._arrivals(since)
            except Garbled:
                return Batch((), None, complete=False)

    def clear(
        self, names: Sequence[str], before: datetime, may_go: Callable[[Lying], bool]
    ) -> Cleared:
        """See MailConnector."""
        with self._lock:
            try:
                return clear(self._mailbox, self._account.address, names, before, may_go)
            except Declined as why:
                raise Permanent(f"{self._account.imap}: {why}") from why
            except Garbled as why:
                raise Temporary(str(why)) from why

    def close(self) -> None:
        """Let both connections go."""
        self._submission.close()
        self._mailbox.close()

    def _found(self, letter: OutgoingLetter) -> bool:
        folders = (self._mailbox.sent_folder(), INBOX)
        return any(self._mailbox.holds(each, letter.message_id, letter.key) for each in folders)

    def _append(self, letter: OutgoingLetter) -> None:
        """The letter has gone, so a Sent folder that is full or away must not make it go again."""
        try:
            self._mailbox.append_to_sent(letter.raw, self._clock.now())
        except (ConnectorError, Garbled):
            log.warning("event=no-copy-in-sent")

    def _arrivals(self, since: Cursor | None) -> Batch:
        validity, last = self._mailbox.open_inbox()
        if since is None:
            entries = self._mailbox.entries_since(
                (self._clock.now() - self._account.look_back).date()
            )
        else:
            last = _last_uid(since, validity)
            entries = self._mailbox.entries_after(last)
        batch = _first(entries)
        raws = self._mailbox.raws(
            each.uid for each in batch if each.size <= self._account.bytes_max
        )
        told: list[MailArrived] = []
        aside: list[SetAside] = []
        copies: list[int] = []
        for each in batch:
            name = f"{validity}.{each.uid}"
            if each.size > self._account.bytes_max:
                why = f"larger than {self._account.bytes_max} bytes"
                aside.append(SetAside(f"mail/{self._account.address}", name, why))
            elif each.uid not in raws:
                # gone since it was listed, or the answer was cut: only the next listing can tell
                return Batch(tuple(told), None, complete=False)
            elif self._is_our_copy(raws[each.uid]):
                copies.append(each.uid)
            else:
                told.append(MailArrived(name, raws[each.uid], each.at))
        self._put_away(copies)
        last = batch[-1].uid if batch else last
        return Batch(tuple(told), f"{validity} {last}", complete=True, set_aside=tuple(aside))

    def _is_our_copy(self, raw: bytes) -> bool:
        """A forged one hides only itself."""
        head = BytesHeaderParser(policy=compat32).parsebytes(raw[:_HEADERS_MAX])
        return is_ours(head, self._account.address)

    def _put_away(self, copies: list[int]) -> None:
        """Our copies belong in Sent; where that fails they stay in the inbox, where `sent` finds them too."""
        if copies:
            try:
                self._mailbox.move_to_sent(copies)
            except (ConnectorError, Garbled):
                log.warning("event=copies-left-in-inbox count=%d", len(copies))


def _first(entries: list[Entry]) -> list[Entry]:
    """As many as one reading takes, and one at least."""
    taken, size = 0, 0
    for each in entries[:MAILS_MAX]:
        size += each.size
        if taken and size > BYTES_AT_ONCE:
            break
        taken += 1
    return entries[:taken]


def _last_uid(since: Cursor, validity: int) -> int:
    known, _, last = since.partition(" ")
    if known != str(validity) or not last.isdigit():
        raise CursorExpired("the server has numbered this mailbox anew")
    return int(last)
