"""MailConnector over Microsoft Graph: a letter is a draft first, which is then sent, and keeps its id; the inbox is followed.

Not calendars. A draft does no harm, and there is one for each letter, known by its key: so whatever answer is lost, it is seen whether
the letter still lies there or has gone. Microsoft sends from the mailbox whatever envelope is wanted: what comes back comes to its
plain address, and is known by the letter that it cites.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.message import Message as Head
from email.parser import BytesHeaderParser
from email.policy import compat32
from threading import RLock

from connectors.mails import KEY, LOOK_BACK, VISIBLE_AFTER, Attempts, is_ours, lying
from connectors.microsoft.access import PREFER, Access, Json, path_of, query_of, until
from connectors.microsoft.events import SET, tag, tagged
from daemon.domain.effect import Receipt
from daemon.domain.observation import MailArrived, SetAside, Unknown
from daemon.errors import ConnectorError, CursorExpired, Permanent, Temporary, VersionConflict
from daemon.ports import CLEARED_MOST, Batch, Cleared, Cursor, Lying, NotSent, OutgoingLetter

BYTES_MAX = 50_000_000
MAILS_MAX, BYTES_AT_ONCE = 50, 25_000_000
"""How much one reading takes; the rest follows with the next."""
_OUR_KEY = f"String {{{SET}}} Name key"
_WITH_KEY = f"singleValueExtendedProperties($filter=id eq '{_OUR_KEY}')"
_HEADERS_MAX = 65_536
_PAGES_MAX = 100
_HEAD = "id,receivedDateTime,from,toRecipients,ccRecipients,internetMessageHeaders"


class MicrosoftMail:
    """The program's mailbox at Microsoft 365."""

    def __init__(
        self,
        access: Access,
        *,
        look_back: timedelta = LOOK_BACK,
        visible_after: timedelta = VISIBLE_AFTER,
        bytes_max: int = BYTES_MAX,
    ) -> None:
        self._access, self._clock = access, access.clock
        self._look_back, self._bytes_max = look_back, bytes_max
        self._lock = RLock()
        self._attempts = Attempts(access.clock, visible_after)

    def send(self, letter: OutgoingLetter, *, key: str) -> Receipt:
        """See MailConnector."""
        with self._lock:
            self._attempts.begin(key)
            try:
                name = self._drafted(letter)
                self._access.ask("POST", f"/messages/{path_of(name)}/send")
            except VersionConflict as why:
                raise Temporary(str(why)) from why
            except Temporary as why:
                why.whole = why.whole or why.retry_after is not None
                raise
            self._attempts.over(key)
            return Receipt(message_id=self._real_id(name) or letter.message_id)

    def _drafted(self, letter: OutgoingLetter) -> str:
        """The draft of that letter: that of an attempt before, which may not carry its key yet, or a new one."""
        raw = re.sub(rb"\r\n|\r|\n", b"\r\n", letter.raw)
        for each in self._with_key(letter.key):
            if each.get("isDraft"):
                return str(each["id"])
        there = (
            str(each["id"]) for each in self._with_id(letter.message_id) if each.get("isDraft")
        )
        name = next(there, "")
        if not name:
            made = self._access.ask("POST", "/messages", mime=base64.b64encode(raw))
            name = str(made.get("id", ""))
        body: Json = {"singleValueExtendedProperties": tagged({_OUR_KEY: letter.key})}
        self._access.ask("PATCH", f"/messages/{path_of(name)}", body=body)
        return name

    def _real_id(self, name: str) -> str:
        """Microsoft may give a letter an id of its own, which is the one that people's answers cite. It has gone, so what fails
        now must not make it go again."""
        try:
            there = self._access.ask("GET", f"/messages/{path_of(name)}", query={"$select": "internetMessageId"})  # fmt: skip
        except ConnectorError:
            return ""
        return str(there.get("internetMessageId") or "").strip()

    def sent(self, letter: OutgoingLetter) -> Receipt | NotSent | Unknown:
        """See MailConnector. By the key that it carries at Microsoft, and by its id: what is no draft any more has gone."""
        with self._lock:
            try:
                found = [*self._with_key(letter.key), *self._with_id(letter.message_id)]
            except Permanent:
                return Unknown("Sent cannot be searched")
            for each in found:
                if not each.get("isDraft"):
                    name = str(each.get("internetMessageId") or "").strip()
                    return Receipt(repeated=True, message_id=name or letter.message_id)
            self._attempts.check_absence(letter.key)
            return NotSent()

    def arrivals(self, since: Cursor | None) -> Batch:
        """See MailConnector. A cursor is the token of a delta query, and how many of its first page were told."""
        with self._lock:
            query, done = _read(since)
            if not query:
                before = until(self._clock.now() - self._look_back)
                query = {"changeType": "created", "$select": "receivedDateTime", "$filter": f"receivedDateTime ge {before}"}  # fmt: skip
            headers = {"Prefer": f"{PREFER}, odata.maxpagesize={MAILS_MAX}"}
            answer = self._access.look("/mailFolders/inbox/messages/delta", query, headers)
            link = answer.get("@odata.nextLink") or answer.get("@odata.deltaLink")
            if not link:
                return Batch((), None, complete=False)
            new = [each for each in answer.get("value", ()) if "@removed" not in each]
            told, aside, reached = self._read_in(new, done)
            if reached < len(new):
                return Batch(told, _written(query, reached), complete=True, set_aside=aside)
            return Batch(told, _written(query_of(link), 0), complete=True, set_aside=aside)

    def _read_in(self, new: Sequence[Json], done: int) -> tuple[tuple[MailArrived, ...], tuple[SetAside, ...], int]:  # fmt: skip
        """As many of these as one reading takes, and how far that was."""
        told: list[MailArrived] = []
        aside: list[SetAside] = []
        size, reached = 0, done
        for each in new[done:]:
            if size > BYTES_AT_ONCE:
                break
            reached += 1
            name = str(each["id"])
            try:
                raw = self._access.raw(f"/messages/{path_of(name)}/$value", self._bytes_max)
            except VersionConflict:
                continue  # it is gone
            if raw is None:
                why = f"larger than {self._bytes_max} bytes"
                aside.append(SetAside(f"mail/{self._access.address}", name, why))
                continue
            size += len(raw)
            if not is_ours(_head(raw), self._access.address):
                told.append(MailArrived(name, raw, _at(each)))
        return tuple(told), tuple(aside), reached

    def clear(
        self, names: Sequence[str], before: datetime, may_go: Callable[[Lying], bool]
    ) -> Cleared:
        """See MailConnector. For good, wherever they lie by now."""
        with self._lock:
            gone = self._remove(names)
            more = [self._rid(folder, before, may_go) for folder in ("sentitems", "deleteditems")]
            return Cleared(tuple(gone), any(more))

    def _rid(self, folder: str, before: datetime, may_go: Callable[[Lying], bool]) -> bool:
        """Delete what may go of what lies there since before that moment; whether there may be more."""
        plus = f"{self._access.address.partition('@')[0]}+".lower()
        query = {"$filter": f"receivedDateTime lt {until(before)}", "$select": _HEAD, "$expand": _WITH_KEY}  # fmt: skip
        gone: list[str] = []
        for each in self._listed(f"/mailFolders/{folder}", query):
            found = lying(_head_of(each), in_trash=folder == "deleteditems")
            if not found.key and not any(to.startswith(plus) for to in found.to):
                continue
            if may_go(found):
                gone.append(str(each["id"]))
            if len(gone) == CLEARED_MOST:
                break
        self._remove(gone)
        return len(gone) == CLEARED_MOST

    def _remove(self, names: Sequence[str]) -> list[str]:
        """Those that are gone now, or were already."""
        asked = [f"/messages/{path_of(name)}/permanentDelete" for name in names]
        answers = self._access.several(asked, "POST")
        return [
            name for name, each in zip(names, answers, strict=True) if "error" not in (each or {})
        ]

    def _with_key(self, key: str) -> Iterator[Json]:
        quoted = key.replace("'", "''")
        wanted = f"singleValueExtendedProperties/Any(ep: ep/id eq '{_OUR_KEY}' and ep/value eq '{quoted}')"
        yield from self._listed("", {"$filter": wanted, "$select": "isDraft,internetMessageId"})

    def _with_id(self, message_id: str) -> Iterator[Json]:
        wanted = f"internetMessageId eq '{message_id.replace(chr(39), chr(39) * 2)}'"
        yield from self._listed("", {"$filter": wanted, "$select": "isDraft,internetMessageId"})

    def _listed(self, folder: str, query: dict[str, str]) -> Iterator[Json]:
        query = {**query, "$top": "100"}
        for _ in range(_PAGES_MAX):
            answer = self._access.look(f"{folder}/messages", query)
            yield from answer.get("value", ())
            if not (link := answer.get("@odata.nextLink")):
                return
            query = query_of(link)

    def close(self) -> None:
        """Let the connection go."""
        self._access.close()


def _read(since: Cursor | None) -> tuple[dict[str, str], int]:
    if since is None:
        return {}, 0
    try:
        plain = json.loads(since)
        return {str(k): str(v) for k, v in plain["query"].items()}, int(plain["done"])
    except (ValueError, KeyError, TypeError, AttributeError) as why:
        raise CursorExpired("this was never read so far") from why


def _written(query: dict[str, str], done: int) -> Cursor:
    return json.dumps({"query": query, "done": done}, separators=(",", ":"), sort_keys=True)


def _at(mail: Json) -> datetime:
    return datetime.fromisoformat(str(mail["receivedDateTime"])).astimezone(UTC)


def _head(raw: bytes) -> Head:
    return BytesHeaderParser(policy=compat32).parsebytes(raw[:_HEADERS_MAX])


def _head_of(mail: Json) -> Head:
    """The head of a mail as it is told: of one that was sent, no header lines are."""
    head = Head()
    for each in mail.get("internetMessageHeaders") or ():
        head[str(each["name"])] = str(each["value"]).replace("\r", " ").replace("\n", " ")
    told = {"From": [mail.get("from") or {}], "To": mail.get("toRecipients") or (), "Cc": mail.get("ccRecipients") or ()}  # fmt: skip
    for name, recipients in told.items():
        if name not in head:
            for each in recipients:
                head[name] = str((each.get("emailAddress") or {}).get("address") or "")
    if KEY not in head and (key := tag(mail, _OUR_KEY)):
        head[KEY] = key
    return head
