"""MailConnector over Gmail: sends once, looks a letter up by its id and by its key, and reads by the mailbox's history.

Not the requests: see requests.py beside this file. Gmail puts what is sent into Sent itself, and sends from its own address
whatever envelope is wanted: what comes back comes to the plain address, and is known by the letter that it cites.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import parsedate_to_datetime
from threading import RLock

from googleapiclient.errors import HttpError

from connectors.google.access import Access
from connectors.google.mail.clearing import clear
from connectors.google.mail.requests import INBOX, SENT, Requests, Torn
from connectors.google.wire import Json
from connectors.mails import LOOK_BACK, VISIBLE_AFTER, Attempts, is_ours, key_of
from daemon.domain.effect import Receipt
from daemon.domain.observation import MailArrived, SetAside, Unknown
from daemon.errors import (
    AccessLost,
    ConnectorError,
    CursorExpired,
    Permanent,
    Temporary,
    VersionConflict,
)
from daemon.ports import Batch, Cleared, Cursor, Lying, NotSent, OutgoingLetter

log = logging.getLogger("oneonone")

BYTES_MAX = 50_000_000
MAILS_MAX, BYTES_AT_ONCE = 100, 25_000_000
"""How much one reading takes; the rest follows with the next. Each mail is a request, and their number a minute is limited."""
BY_KEY_MOST = 100
"""So many letters are looked at for a key: those that were sent since the one that is looked for was written."""
_HEADERS_MAX = 65_536
_SKEW = timedelta(hours=1)
"""By so much Google's clock and ours may differ."""


class GmailMailbox:
    """The program's mailbox at Gmail. `reads`: whether its owner has allowed more than sending."""

    def __init__(
        self,
        access: Access,
        *,
        reads: bool = True,
        look_back: timedelta = LOOK_BACK,
        visible_after: timedelta = VISIBLE_AFTER,
        bytes_max: int = BYTES_MAX,
    ) -> None:
        self._access, self._requests, self._reads = access, Requests(access), reads
        self._look_back, self._bytes_max = look_back, bytes_max
        self._lock = RLock()
        self._began = access.clock.now()
        self._attempts = Attempts(access.clock, visible_after)
        self._threads: dict[str, str] = {}
        """Gmail's names of the threads in which letters were sent, by ours."""

    def send(self, letter: OutgoingLetter, *, key: str) -> Receipt:
        """See MailConnector. In the conversation that the letter goes on with: Gmail wants its id, the references and the
        subject to agree, all three."""
        raw = re.sub(rb"\r\n|\r|\n", b"\r\n", letter.raw)
        with self._lock:
            self._attempts.begin(key)
            answer = self._handed_over(raw, self._thread_of(letter))
            self._attempts.over(key)
            if letter.thread:
                self._threads[letter.thread] = str(answer.get("threadId", ""))
            return Receipt(message_id=self._real_id(str(answer.get("id", "")), letter.message_id))

    def sent(self, letter: OutgoingLetter) -> Receipt | NotSent | Unknown:
        """See MailConnector. Looks by id, then through what was sent since it was written."""
        if not self._reads:
            return Unknown("who may only send is not told what was sent")
        with self._lock:
            try:
                found = self._by_id(letter) or self._by_key(letter)
            except Permanent:
                return Unknown("Sent cannot be searched")
            if found is None:
                return Unknown("too much was sent since to look through")
            if found:
                return Receipt(repeated=True, message_id=self._real_id(found, letter.message_id))
            self._attempts.check_absence(letter.key)
            return NotSent()

    def arrivals(self, since: Cursor | None) -> Batch:
        """See MailConnector. A cursor is how far the history was read; while the inbox is read for the first time, how far
        the history went when that began, and the last mail told."""
        with self._lock:
            number, last = _read(since)
            try:
                if number is None:
                    return self._from_the_beginning(self._requests.number(), "")
                if last:
                    return self._from_the_beginning(number, last)
                return self._since(number)
            except Torn:
                return Batch((), None, complete=False)

    def clear(
        self, names: Sequence[str], before: datetime, may_go: Callable[[Lying], bool]
    ) -> Cleared:
        """See MailConnector."""
        with self._lock:
            return clear(self._requests, self._access.address, names, before, may_go)

    def _handed_over(self, raw: bytes, thread: str) -> Json:
        """What Gmail answers. Where it takes no more, that holds for every letter."""
        try:
            try:
                return self._requests.send(raw, thread)
            except VersionConflict:
                return self._requests.send(raw, "")  # the conversation is gone, and nothing went
        except VersionConflict as why:
            raise Temporary(str(why)) from why
        except Temporary as why:
            why.whole = why.whole or why.retry_after is not None
            raise
        except Permanent as why:
            if isinstance(why.__cause__, HttpError) and int(why.__cause__.resp.status) == 403:
                raise AccessLost(str(why)) from why  # it is not the letter that is refused
            raise

    def _thread_of(self, letter: OutgoingLetter) -> str:
        """Gmail's name of the conversation; empty where there is none, or none is found. The letter goes all the same."""
        known = self._threads.get(letter.thread, "") if letter.thread else ""
        cited = str(_head(letter.raw).get("References", "")).split()
        if known or not self._reads or len(cited) < 2:  # the first is of our making, and no mail's
            return known
        try:
            for each in self._requests.found(f"rfc822msgid:{cited[-1].strip('<>')}"):
                return str(each["threadId"])
        except AccessLost:
            raise
        except ConnectorError as why:
            log.info("event=no-thread why=%s", type(why).__name__)
        return ""

    def _real_id(self, name: str, ours: str) -> str:
        """Gmail may give a letter an id of its own, which is the one that people's answers cite (trap_48). It has gone, so
        what fails now must not make it go again."""
        if not self._reads:
            return ours
        try:
            head = self._requests.head(name)
        except ConnectorError as why:
            log.warning("event=no-real-id why=%s", type(why).__name__)
            return ours
        return str(head.fields.get("Message-ID", "")).strip() or ours if head else ours

    def _by_id(self, letter: OutgoingLetter) -> str:
        query = f"rfc822msgid:{letter.message_id.strip('<>')}"
        for each in self._requests.found(query, everywhere=True):
            return str(each["id"])
        return ""

    def _by_key(self, letter: OutgoingLetter) -> str | None:
        """Its name, empty where it is not there; None where there is too much to look through."""
        written = min(_date(letter.raw) or self._began, self._access.clock.now())
        query = f"after:{int((written - _SKEW).timestamp())}"
        for count, each in enumerate(self._requests.found(query, SENT), 1):
            if count > BY_KEY_MOST:
                return None
            head = self._requests.head(str(each["id"]))
            if head and key_of(head.fields) == letter.key:
                return str(each["id"])
        return ""

    def _from_the_beginning(self, number: int, last: str) -> Batch:
        """The inbox as far back as it is looked at, oldest first, after the mail `last`. What comes meanwhile is news."""
        before = self._access.clock.now() - self._look_back
        found = self._requests.found(f"after:{int(before.timestamp())}", INBOX)
        names = [str(each["id"]) for each in found][::-1]
        names = names[names.index(last) + 1 :] if last in names else names
        told, aside, done = self._read_in(names)
        cursor = f"{number}" if done == len(names) else f"{number} {names[done - 1]}"
        return Batch(tuple(told), cursor, complete=True, set_aside=tuple(aside))

    def _since(self, number: int) -> Batch:
        news, reached = self._requests.news(number)
        numbers = {each.name: each.number for each in reversed(news)}
        names = list(dict.fromkeys(each.name for each in news))
        told, aside, done = self._read_in(names)
        if done < len(names):  # records that were told in whole
            left = numbers[names[done]]
            reached = max((each for each in numbers.values() if each < left), default=number)
        return Batch(tuple(told), f"{reached}", complete=True, set_aside=tuple(aside))

    def _read_in(self, names: Sequence[str]) -> tuple[list[MailArrived], list[SetAside], int]:
        """As many of these as one reading takes, and how many those were."""
        told: list[MailArrived] = []
        aside: list[SetAside] = []
        size = 0
        for done, name in enumerate(names):
            if done == MAILS_MAX or size > BYTES_AT_ONCE:
                return told, aside, done
            mail = self._requests.mail(name)
            if mail is None:
                continue
            size += len(mail.raw)
            if len(mail.raw) > self._bytes_max:
                why = f"larger than {self._bytes_max} bytes"
                aside.append(SetAside(f"mail/{self._access.address}", name, why))
            elif not is_ours(_head(mail.raw), self._access.address):
                told.append(MailArrived(name, mail.raw, mail.at))
        return told, aside, len(names)


def _read(since: Cursor | None) -> tuple[int | None, str]:
    """How far the history was read, and the last mail told of a first reading."""
    if since is None:
        return None, ""
    number, _, last = since.partition(" ")
    if not (number.isascii() and number.isdigit()):
        raise CursorExpired("this was never read so far")
    return int(number), last


def _head(raw: bytes) -> Message:
    return BytesHeaderParser(policy=compat32).parsebytes(raw[:_HEADERS_MAX])


def _date(raw: bytes) -> datetime | None:
    """When a letter was written, as it says (RFC 5322 3.6.1)."""
    try:
        said = parsedate_to_datetime(str(_head(raw).get("Date", "")))
    except ValueError:
        return None
    return said if said.tzinfo else said.replace(tzinfo=UTC)
