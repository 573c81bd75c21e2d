"""What is asked of a mailbox at Gmail: a search, the news, one mail, its head, that mails be gone.

Not what is made of it: connector.py and clearing.py beside this file. Every method raises any error of daemon/errors.py,
and no other.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from connectors.google.access import Access
from connectors.google.wire import Json, ask
from connectors.mails import HEADERS
from daemon.errors import CursorExpired, Temporary, VersionConflict


class Torn(Temporary):
    """An answer that is only a part of one."""


INBOX, SENT, TRASH = "INBOX", "SENT", "TRASH"
PAGE = 500
REMOVED_AT_ONCE = 1_000
"""users.messages.batchDelete takes no more."""
_REMEMBERED_MOST = 5_000


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as Gmail hands it out."""

    raw: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Head:
    """When a mail came, and what its head says of whose it is."""

    at: datetime
    fields: Message


@dataclass(frozen=True, slots=True)
class News:
    """Something has come into the inbox; `number` is how far the history has been read then."""

    name: str
    number: int


@dataclass(slots=True)
class Requests:
    """To the mailbox of one account. Heads are remembered: a mail never changes."""

    access: Access
    _heads: dict[str, Head] = field(default_factory=dict)

    def send(self, raw: bytes, thread: str) -> Json:
        """Its name and that of its thread. VersionConflict where there is no such thread (any more)."""
        body = {"raw": base64.urlsafe_b64encode(raw).decode()}
        if thread:
            body["threadId"] = thread
        messages = self.access.mails().messages()
        return ask(messages.send(userId="me", body=body, fields="id,threadId"), self.access)

    def number(self) -> int:
        """How far the history goes now."""
        request = self.access.mails().getProfile(userId="me", fields="historyId")
        return _whole(ask(request, self.access).get("historyId"))

    def address(self) -> str:
        """Whose mailbox it is."""
        request = self.access.mails().getProfile(userId="me", fields="emailAddress")
        return str(ask(request, self.access).get("emailAddress", "")).lower()

    def found(
        self, query: str = "", label: str = "", *, everywhere: bool = False
    ) -> Iterator[Json]:
        """Names and threads of mails, the newest first, page by page. `everywhere`: in spam and trash as well."""
        page: str | None = None
        while True:
            request = self.access.mails().messages().list(
                userId="me", q=query or None, labelIds=[label] if label else None, pageToken=page,
                maxResults=PAGE, includeSpamTrash=everywhere or None, fields="messages(id,threadId),nextPageToken",
            )  # fmt: skip
            answer = ask(request, self.access)
            yield from answer.get("messages", [])
            page = answer.get("nextPageToken")
            if not page:
                return

    def news(self, since: int) -> tuple[list[News], int]:
        """What has come into the inbox since, in order, and how far that goes. CursorExpired where Gmail does not know any
        more."""
        page: str | None = None
        told: list[News] = []
        while True:
            request = self.access.mails().history().list(
                userId="me", startHistoryId=str(since), labelId=INBOX, historyTypes=["messageAdded", "labelAdded"],
                maxResults=PAGE, pageToken=page,
                fields="history(id,messagesAdded/message/id,labelsAdded(message/id,labelIds)),historyId,nextPageToken",
            )  # fmt: skip
            try:
                answer = ask(request, self.access)
            except VersionConflict as why:
                raise CursorExpired("Gmail does not know any more what has come since") from why
            for record in answer.get("history", []):
                told += [News(name, _whole(record.get("id"))) for name in _came(record)]
            page = answer.get("nextPageToken")
            if not page:
                return told, _whole(answer.get("historyId"))

    def mail(self, name: str) -> Mail | None:
        """None where it is gone."""
        request = self.access.mails().messages().get(
            userId="me", id=name, format="raw", fields="raw,internalDate"
        )  # fmt: skip
        try:
            answer = ask(request, self.access)
        except VersionConflict:
            return None
        try:
            raw = base64.urlsafe_b64decode(answer["raw"])
        except (KeyError, TypeError, ValueError, binascii.Error) as why:
            raise Torn("Gmail gives a mail without its text") from why
        return Mail(raw, _moment(answer))

    def head(self, name: str) -> Head | None:
        """None where it is gone."""
        if name in self._heads:
            return self._heads[name]
        request = self.access.mails().messages().get(
            userId="me", id=name, format="metadata", metadataHeaders=[*HEADERS, "Message-ID"],
            fields="internalDate,payload/headers",
        )  # fmt: skip
        try:
            answer = ask(request, self.access)
        except VersionConflict:
            return None
        if len(self._heads) >= _REMEMBERED_MOST:
            self._heads.clear()
        head = self._heads[name] = Head(_moment(answer), _fields(answer))
        return head

    def is_known(self, name: str) -> bool:
        """Whether its head was looked at before."""
        return name in self._heads

    def remove(self, names: Sequence[str]) -> None:
        """For good. What is gone already is none of Gmail's concern."""
        for start in range(0, len(names), REMOVED_AT_ONCE):
            body = {"ids": list(names[start : start + REMOVED_AT_ONCE])}
            ask(self.access.mails().messages().batchDelete(userId="me", body=body), self.access)


def _came(record: Json) -> Iterator[str]:
    for each in record.get("messagesAdded", []):
        yield str(each["message"]["id"])
    for each in record.get("labelsAdded", []):
        if INBOX in each.get("labelIds", []):
            yield str(each["message"]["id"])


def _fields(answer: Json) -> Message:
    """As text and back, so that folded and encoded headers are read as everywhere else."""
    told = answer.get("payload", {}).get("headers", [])
    lines = [f"{each['name']}: {' '.join(str(each['value']).split())}" for each in told]
    text = "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape")
    return BytesParser(policy=compat32).parsebytes(text, headersonly=True)


def _moment(answer: Json) -> datetime:
    """internalDate: milliseconds since 1970."""
    return datetime.fromtimestamp(_whole(answer.get("internalDate")) / 1000, UTC)


def _whole(told: object) -> int:
    """A number, which Google writes as text."""
    text = str(told)
    if not (text.isascii() and text.isdigit()):
        raise Torn("Gmail gives an answer that lacks a number")
    return int(text)
