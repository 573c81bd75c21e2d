"""Gmail: the mailboxes of accounts, as its API shows them.

Not SMTP or IMAP. Threads as the documentation of Message.threadId has them: the id, the references and the subject have to
agree, all three.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses, parseaddr

from tests.servers.google.refused import Refused, bad, not_found
from tests.servers.google.schema import Json

_SYSTEM = ("INBOX", "SENT", "TRASH", "SPAM", "UNREAD", "STARRED", "IMPORTANT", "DRAFT")


@dataclass(slots=True)
class Mail:
    """One mail in one mailbox."""

    id: str
    thread: str
    raw: bytes
    at: datetime
    labels: list[str]
    history: int = 0

    @property
    def headers(self) -> Message:
        """Its head."""
        return message_from_bytes(self.raw, policy=compat32)


@dataclass(slots=True)
class Mailbox:
    """The mails of an account, and what has happened to them."""

    address: str
    mails: dict[str, Mail] = field(default_factory=dict)
    number: int = 1000
    log: list[tuple[int, str, str, str, list[str]]] = field(default_factory=list)
    """(number, what: messagesAdded, messagesDeleted, labelsAdded, labelsRemoved; mail, thread, which labels)"""
    oldest: int = 0
    """Histories that begin before are not kept."""
    left_today: int = 2000

    def labels(self, name: str) -> list[str]:
        """Of a mail; none where it is gone."""
        return self.mails[name].labels if name in self.mails else []

    def note(self, what: str, mail: Mail, labels: Iterable[str] = ()) -> None:
        """It happened."""
        self.number += 1
        mail.history = self.number
        self.log.append((self.number, what, mail.id, mail.thread, sorted(labels)))


class Gmail:
    """All mailboxes. What goes to nobody here is in `outside`."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.boxes: dict[str, Mailbox] = {}
        self.outside: list[tuple[str, bytes]] = []
        self.forwards: dict[str, Callable[[bytes], object]] = {}
        """Where the owner of a mailbox has what comes in forwarded to as well."""
        self.rewrites_ids = False
        """Whether the Message-ID of what is sent is replaced (trap_48)."""
        self._now = now
        self._made = 0

    def deliver(
        self, to: str, raw: bytes, at: datetime | None = None, label: str = "INBOX"
    ) -> None:
        """A mail comes in from somewhere, under a label that somebody's filter gives it."""
        box = self.boxes.get(_owner(to))
        if box is None:
            self.outside.append((to, raw))
        else:
            self._put(box, raw, [label, "UNREAD"], "", at)
            self._forward(box.address, raw)

    def send(self, account: str, body: Json) -> Json:
        """users.messages.send."""
        box = self.boxes[account]
        if "raw" not in body:
            raise bad(
                "'raw' RFC822 payload message string or uploading message via /upload/* URL required",
                "invalidArgument",
            )
        raw = base64.urlsafe_b64decode(body["raw"] + "=" * (-len(body["raw"]) % 4))
        message = message_from_bytes(raw, policy=compat32)
        readers = [
            who
            for _, who in getaddresses(
                str(v) for n in ("To", "Cc", "Bcc") for v in message.get_all(n, [])
            )
            if who
        ]
        if not readers:
            raise bad("Recipient address required", "invalidArgument")
        if parseaddr(str(message["From"]))[1].lower() != account:
            raise bad("Invalid From header", "invalidArgument")
        if box.left_today < len(readers):
            raise Refused(
                429,
                "userRateLimitExceeded",
                "User-rate limit exceeded.  (Mail sending)",
                domain="usageLimits",
            )
        box.left_today -= len(readers)
        if self.rewrites_ids:
            ours = f"Message-ID: <new{self._made}@mail.gmail.com>\r\nX-Google-Original-Message-ID:"
            raw = re.sub(rb"(?im)^message-id:", ours.encode(), raw, count=1)
        mail = self._put(box, raw, ["SENT"], body.get("threadId", ""))
        for who in readers:
            if _owner(who) == account:  # one mail with both labels
                self.label(account, mail.id, ["INBOX"], [])
                self._forward(account, raw)
            else:
                self.deliver(who, raw)
        return {"id": mail.id, "threadId": mail.thread, "labelIds": list(mail.labels)}

    def _forward(self, account: str, raw: bytes) -> None:
        if account in self.forwards:
            self.forwards[account](raw)

    def _put(
        self, box: Mailbox, raw: bytes, labels: list[str], wanted: str, at: datetime | None = None
    ) -> Mail:
        self._made += 1
        name = f"{self._made:016x}"
        mail = Mail(name, name, raw, at or self._now(), labels)
        cited = set(str(mail.headers.get("References", "")).split()) | {
            str(mail.headers.get("In-Reply-To", "")).strip()
        }
        for other in box.mails.values():
            known = str(other.headers.get("Message-ID", "")).strip()
            same = _subject(other.headers) == _subject(mail.headers)
            if known in cited and same and (not wanted or wanted == other.thread):
                mail.thread = other.thread
        if (
            wanted
            and wanted != mail.thread
            and wanted not in {m.thread for m in box.mails.values()}
        ):
            raise not_found()
        box.mails[name] = mail
        box.note("messagesAdded", mail)
        return mail

    def of(self, account: str, name: str) -> tuple[Mailbox, Mail]:
        """A mail of that account; Refused where there is none."""
        box = self.boxes[account]
        if name not in box.mails:
            raise Refused(404, "notFound", "Requested entity was not found.")
        return box, box.mails[name]

    def found(self, account: str, query: Mapping[str, Sequence[str]]) -> Json:
        """users.messages.list, newest first; of the search words rfc822msgid:, after: and before: alone, these two in
        seconds (developers.google.com/workspace/gmail/api/guides/filtering)."""
        box = self.boxes[account]
        wanted = [_Word(each) for each in query.get("q", [""])[0].split()]
        labels = set(query.get("labelIds", ()))
        hidden = set() if query.get("includeSpamTrash") == ["true"] else {"TRASH", "SPAM"}
        mails = [
            mail for mail in reversed(box.mails.values())
            if labels <= set(mail.labels) and not hidden & set(mail.labels) and all(each.fits(mail) for each in wanted)
        ]  # fmt: skip
        first, size = (
            int(query.get("pageToken", ["0"])[0]),
            int(query.get("maxResults", ["100"])[0]),
        )
        answer: Json = {"resultSizeEstimate": len(mails)}
        if mails[first : first + size]:
            answer["messages"] = [
                {"id": m.id, "threadId": m.thread} for m in mails[first : first + size]
            ]
        if first + size < len(mails):
            answer["nextPageToken"] = str(first + size)
        return answer

    def history(self, account: str, query: Mapping[str, Sequence[str]]) -> Json:
        """users.history.list: what is too long ago is not found."""
        box = self.boxes[account]
        since = int(query["startHistoryId"][0])
        if since < box.oldest or since > box.number:
            raise Refused(404, "notFound", "Requested entity was not found.")
        kinds = {_WORDS[each] for each in query.get("historyTypes", _WORDS)}
        label = query.get("labelId", [""])[0]
        news = [
            each for each in box.log
            if each[0] > since and each[1] in kinds and (not label or label in box.labels(each[2]))
        ]  # fmt: skip
        first, size = (
            int(query.get("pageToken", ["0"])[0]),
            int(query.get("maxResults", ["100"])[0]),
        )
        answer: Json = {"historyId": str(box.number)}
        if news[first : first + size]:
            answer["history"] = [_record(*each, box) for each in news[first : first + size]]
        if first + size < len(news):
            answer["nextPageToken"] = str(first + size)
        return answer

    def label(self, account: str, name: str, add: Iterable[str], remove: Iterable[str]) -> Json:
        """users.messages.modify, and with TRASH users.messages.trash."""
        box, mail = self.of(account, name)
        for each in (*add, *remove):
            if each not in _SYSTEM:
                raise bad(f"Invalid label: {each}", "invalidArgument")
        add, remove = set(add) - set(mail.labels), set(remove) & set(mail.labels)
        mail.labels = [each for each in mail.labels if each not in remove] + sorted(add)
        for what, changed in (("labelsAdded", add), ("labelsRemoved", remove)):
            if changed:
                box.note(what, mail, changed)
        return {"id": mail.id, "threadId": mail.thread, "labelIds": list(mail.labels)}

    def delete(self, account: str, name: str) -> None:
        """users.messages.delete: for good."""
        box, mail = self.of(account, name)
        box.note("messagesDeleted", mail)
        del box.mails[name]

    def delete_all(self, account: str, names: Iterable[str]) -> None:
        """users.messages.batchDelete: "no guarantees that messages were not already deleted or even existed at all"."""
        for name in names:
            if name in self.boxes[account].mails:
                self.delete(account, name)

    def profile(self, account: str) -> Json:
        """users.getProfile."""
        box = self.boxes[account]
        return {
            "emailAddress": account, "messagesTotal": len(box.mails), "historyId": str(box.number),
            "threadsTotal": len({mail.thread for mail in box.mails.values()}),
        }  # fmt: skip


def shown(mail: Mail, form: str, headers: Sequence[str]) -> Json:
    """A mail in one of the formats of users.messages.get."""
    answer: Json = {
        "id": mail.id, "threadId": mail.thread, "labelIds": list(mail.labels), "historyId": str(mail.history),
        "internalDate": str(int(mail.at.timestamp() * 1000)), "sizeEstimate": len(mail.raw), "snippet": "",
    }  # fmt: skip
    if form == "raw":
        answer["raw"] = base64.urlsafe_b64encode(mail.raw).decode()
    elif form in ("metadata", "full"):
        wanted = {each.lower() for each in headers}
        told = [
            {"name": n, "value": " ".join(str(v).split())}
            for n, v in mail.headers.items()
            if not wanted or n.lower() in wanted
        ]
        answer["payload"] = {"mimeType": mail.headers.get_content_type(), "headers": told}
        if form == "full":
            answer["payload"] = _part(mail.headers, "") | {"headers": told}
    return answer


def _part(mail: Message, name: str) -> Json:
    """MessagePart: containers hold parts, leaves a body."""
    part: Json = {
        "partId": name, "mimeType": mail.get_content_type(), "filename": mail.get_filename() or "",
        "headers": [{"name": n, "value": str(v)} for n, v in mail.items()], "body": {"size": 0},
    }  # fmt: skip
    if mail.is_multipart():
        inner = [each for each in mail.get_payload() if isinstance(each, Message)]
        part["parts"] = [_part(each, f"{name}.{at}".strip(".")) for at, each in enumerate(inner)]
    elif isinstance(raw := mail.get_payload(decode=True), bytes):
        part["body"] = {"size": len(raw), "data": base64.urlsafe_b64encode(raw).decode()}
    return part


def labels() -> list[Json]:
    """users.labels.list: nobody here makes labels of their own."""
    return [
        {
            "id": each, "name": each, "type": "system", "messageListVisibility": "hide", "labelListVisibility": "labelShow",
        }
        for each in _SYSTEM
    ]  # fmt: skip


_WORDS = {
    "messageAdded": "messagesAdded", "messageDeleted": "messagesDeleted", "labelAdded": "labelsAdded", "labelRemoved": "labelsRemoved",
}  # fmt: skip


def _record(
    number: int, what: str, name: str, thread: str, labels: list[str], box: Mailbox
) -> Json:
    mail = box.mails.get(name)
    message: Json = {"id": name, "threadId": thread} | (
        {"labelIds": list(mail.labels)} if mail else {}
    )
    changed: Json = {"message": message} | ({"labelIds": labels} if labels else {})
    return {"id": str(number), "messages": [{"id": name, "threadId": thread}], what: [changed]}


class _Word:
    """One word of a search. Refused where it is not played here."""

    def __init__(self, said: str) -> None:
        self._what, _, self._value = said.partition(":")
        if self._what not in ("rfc822msgid", "after", "before"):
            raise Refused(501, "notImplemented", f"q={said} is not played here")

    def fits(self, mail: Mail) -> bool:
        """Whether that mail is meant."""
        if self._what == "rfc822msgid":
            return _bare(str(mail.headers.get("Message-ID", ""))) == _bare(self._value)
        seconds = int(mail.at.timestamp())
        return seconds > int(self._value) if self._what == "after" else seconds < int(self._value)


def _owner(address: str) -> str:
    local, _, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _subject(headers: Message) -> str:
    text = str(headers.get("Subject", "")).strip()
    while text.lower().startswith("re:"):
        text = text[3:].strip()
    return text


def _bare(name: str) -> str:
    return name.strip().strip("<>")
