"""MailConnector over Exchange Web Services: letters go as they were written, are found again in Sent, and the inbox is followed.

Not calendars. Exchange sends from the mailbox whatever envelope is wanted: what comes back comes to its plain address, and is
known by the letter that it cites.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from email.message import Message as Head
from email.parser import BytesHeaderParser
from email.policy import compat32
from functools import partial
from threading import RLock
from typing import Any

from exchangelib import Account, ExtendedProperty, Message
from exchangelib.errors import ErrorItemNotFound, EWSError
from exchangelib.fields import FieldPath
from exchangelib.folders import Folder
from exchangelib.items import HARD_DELETE, ID_ONLY, SEND_TO_NONE
from exchangelib.services import SyncFolderItems

from connectors.exchange.account import Reached
from connectors.exchange.events import SET, moment_there
from connectors.mails import LOOK_BACK, VISIBLE_AFTER, Attempts, is_ours, lying
from daemon.domain.effect import Receipt
from daemon.domain.observation import MailArrived, SetAside, Unknown
from daemon.errors import CursorExpired, Permanent, Temporary
from daemon.ports import CLEARED_MOST, Batch, Cleared, Clock, Cursor, Lying, NotSent, OutgoingLetter

BYTES_MAX = 50_000_000
MAILS_MAX, BYTES_AT_ONCE = 100, 25_000_000
"""How much one reading takes; the rest follows with the next."""
_WHOLE_AT_ONCE = 10
_FIRST = "first "
"""How a cursor begins while a mailbox is read for the first time."""
_HEADERS_MAX = 65_536


class _OurKey(ExtendedProperty):  # type: ignore[misc]
    """The key of a letter of ours."""

    property_set_id, property_name, property_type = SET, "key", "String"


Message.register("our_key", _OurKey)


class ExchangeMail:
    """The program's mailbox at Exchange."""

    def __init__(
        self,
        reached: Reached,
        clock: Clock,
        *,
        look_back: timedelta = LOOK_BACK,
        visible_after: timedelta = VISIBLE_AFTER,
        bytes_max: int = BYTES_MAX,
    ) -> None:
        self._reached, self._clock = reached, clock
        self._look_back, self._bytes_max = look_back, bytes_max
        self._lock = RLock()
        self._attempts = Attempts(clock, visible_after)

    def send(self, letter: OutgoingLetter, *, key: str) -> Receipt:
        """See MailConnector."""
        raw = re.sub(rb"\r\n|\r|\n", b"\r\n", letter.raw)

        def send(account: Account) -> None:
            mail = Message(
                account=account, folder=account.sent, mime_content=raw, our_key=letter.key
            )
            mail.send_and_save(send_meeting_invitations=SEND_TO_NONE)

        with self._lock:
            self._attempts.begin(key)
            try:
                self._reached.ask(send)
            except Temporary as why:
                why.whole = why.whole or why.retry_after is not None
                raise
            self._attempts.over(key)
            return Receipt(message_id=letter.message_id)

    def sent(self, letter: OutgoingLetter) -> Receipt | NotSent | Unknown:
        """See MailConnector. By the key that it carries at Exchange, and by its id."""

        def find(account: Account) -> list[str]:
            for wanted in ({"our_key": letter.key}, {"message_id": letter.message_id}):
                for folder in (account.sent, account.inbox):
                    for each in folder.filter(**wanted).only("message_id"):
                        return [str(each.message_id or letter.message_id)]
            return []

        with self._lock:
            try:
                found = self._reached.ask(find)
            except Permanent:
                return Unknown("Sent cannot be searched")
            if found:
                return Receipt(repeated=True, message_id=found[0])
            self._attempts.check_absence(letter.key)
            return NotSent()

    def arrivals(self, since: Cursor | None) -> Batch:
        """See MailConnector. A cursor is the sync state of Exchange."""
        with self._lock:
            state, new = self._page(since)
            begins = datetime.min.replace(tzinfo=UTC)
            if since is None or since.startswith(_FIRST):
                begins = self._clock.now() - self._look_back
            new = sorted((each for each in new if _at(each) >= begins), key=_at)
            wanted = [each for each in new if each.size <= self._bytes_max]
            mails = self._reached.ask(
                lambda account: _fetched(account, [str(each.id) for each in wanted])
            )
            if len(mails) < len(wanted):
                return Batch((), None, complete=False)
            told: list[MailArrived] = []
            for listed, mail in zip(wanted, mails, strict=True):
                if mail is None:
                    continue
                raw = b"" if listed.size == 0 else mail.mime_content
                if not isinstance(raw, bytes):
                    return Batch((), None, complete=False)
                if not is_ours(_head(raw), self._reached.address):
                    told.append(MailArrived(str(listed.id), raw, _at(listed)))
            why = f"larger than {self._bytes_max} bytes"
            source = f"mail/{self._reached.address}"
            aside = [
                SetAside(source, str(each.id), why) for each in new if each.size > self._bytes_max
            ]
            return Batch(tuple(told), state, complete=True, set_aside=tuple(aside))

    def _page(self, since: Cursor | None) -> tuple[Cursor, list[Any]]:
        """What has come, as much of it as one reading takes: fewer at once where they are large."""
        most = MAILS_MAX
        while True:
            state, new = self._reached.ask(partial(_news, since=since, most=most))
            size = sum(each.size for each in new if each.size <= self._bytes_max)
            if size <= BYTES_AT_ONCE or len(new) <= 1:
                return state, new
            most = max(1, min(most, len(new)) // 4)

    def clear(
        self, names: Sequence[str], before: datetime, may_go: Callable[[Lying], bool]
    ) -> Cleared:
        """See MailConnector. The id of a mail is another one wherever it is moved to, so only what still lies in the inbox is
        found."""
        with self._lock:
            self._reached.ask(lambda account: _remove(account, names))
            more = [
                self._reached.ask(partial(_rid, before=before, may_go=may_go, in_trash=in_trash))
                for in_trash in (False, True)
            ]
            return Cleared(tuple(names), any(more))

    def close(self) -> None:
        """Let the connection go."""
        self._reached.close()


def _news(account: Account, *, since: Cursor | None, most: int) -> tuple[Cursor, list[Any]]:
    """What has come into the inbox, one page of it, and the state after that."""
    first = since is None or since.startswith(_FIRST)
    state = since.removeprefix(_FIRST) if since else None
    service = SyncFolderItems(account=account)
    names = ("datetime_received", "size")
    fields = {FieldPath(field=Message.get_field_by_fieldname(name)) for name in names}
    told = list(
        service.call(
            folder=account.inbox, shape=ID_ONLY, additional_fields=fields, sync_state=state, ignore=None,
            max_changes_returned=most, sync_scope=None,
        )
    )  # fmt: skip
    if not service.sync_state:
        raise CursorExpired("Exchange gives no state to go on from")
    more = first and not service.includes_last_item_in_range
    new = [item for kind, item in told if kind == "create"]
    return f"{_FIRST if more else ''}{service.sync_state}", new


def _fetched(account: Account, names: list[str]) -> list[Any]:
    """Each mail as it came; None for what is gone."""
    found: list[Any] = []
    if names:
        for each in account.fetch(
            ids=[(name, None) for name in names], folder=account.inbox, only_fields=("mime_content", "datetime_received")
        ):  # fmt: skip
            if isinstance(each, EWSError) and not isinstance(each, ErrorItemNotFound):
                raise each
            found.append(None if isinstance(each, ErrorItemNotFound) else each)
    return found


def _remove(account: Account, names: Iterable[str]) -> None:
    ids = [(name, None) for name in names]
    for done in account.bulk_delete(ids=ids, delete_type=HARD_DELETE) if ids else ():
        if isinstance(done, Exception) and not isinstance(done, ErrorItemNotFound):
            raise done


def _rid(
    account: Account, *, before: datetime, may_go: Callable[[Lying], bool], in_trash: bool
) -> bool:
    """Delete what may go of what lies there since before that moment; whether there may be more."""
    folder: Folder = account.trash if in_trash else account.sent
    old = folder.filter(datetime_received__lt=moment_there(before))
    if not in_trash:
        old = old.filter(our_key__exists=True)
    plus = f"{account.primary_smtp_address.partition('@')[0]}+".lower()
    names = [str(each.id) for each in old.only("datetime_received")]
    gone: list[str] = []
    for each in _whole(account, names):
        found = lying(_head(each.mime_content or b""), in_trash=in_trash)
        if not found.key and not any(to.startswith(plus) for to in found.to):
            continue
        if may_go(found):
            gone.append(str(each.id))
        if len(gone) == CLEARED_MOST:
            break
    _remove(account, gone)
    return len(gone) == CLEARED_MOST


def _whole(account: Account, names: list[str]) -> Iterable[Any]:
    for start in range(0, len(names), _WHOLE_AT_ONCE):
        some = names[start : start + _WHOLE_AT_ONCE]
        yield from (each for each in _fetched(account, some) if each)


def _at(mail: Any) -> datetime:
    return datetime.fromtimestamp(mail.datetime_received.timestamp(), UTC)


def _head(raw: bytes) -> Head:
    return BytesHeaderParser(policy=compat32).parsebytes(raw[:_HEADERS_MAX])
