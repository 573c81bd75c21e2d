"""Mails: what may be asked about the mails of a mailbox, and what is done then.

Not meetings: calendars.py. A mail keeps its id wherever it lies, as it does for who prefers immutable ids.
"""

from __future__ import annotations

import base64
import json
import re
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses
from typing import TYPE_CHECKING

from tests.servers.graph.faults import Json, Refused
from tests.servers.graph.mailbox import Mail, Mailbox

if TYPE_CHECKING:
    from tests.servers.graph import Graph

_TAG = re.compile(r"singleValueExtendedProperties/Any\(ep: ep/id eq '([^']+)' and ep/value (eq|ne) (?:'([^']*)'|null)\)")  # fmt: skip
_ID = re.compile(r"internetMessageId eq '((?:[^']|'')*)'")
_TIME = re.compile(r"receivedDateTime (ge|lt) (\S+)")


class Mails:
    """Requests about one mailbox."""

    def __init__(self, graph: Graph, box: Mailbox, path: str) -> None:
        self._graph, self._box, self._path = graph, box, path

    def draft(self, raw: bytes) -> Json:
        """From MIME, as it is."""
        return self._shown(lay(self._graph, self._box, base64.b64decode(raw), self._graph.now, "drafts"), {})  # fmt: skip

    def update(self, name: str, body: Json) -> Json:
        """Extended properties are all that is written here."""
        mail = self._found(name)
        mail.tags |= {each["id"]: each["value"] for each in body["singleValueExtendedProperties"]}
        return self._shown(mail, {})

    def send(self, name: str) -> None:
        """A draft goes, once: what is in Sent is no draft any more."""
        mail = self._found(name)
        if mail.folder != "drafts":
            raise Refused(400, "ErrorInvalidRequest", "The message is not a draft.")
        if not self._graph.may_send:
            raise Refused(429, "ErrorExceededMessageLimit", "Cannot send mail. Follow the instructions in your Inbox.")  # fmt: skip
        head = _head(mail)
        readers = [a for _, a in getaddresses([str(v) for n in ("To", "Cc", "Bcc") for v in head.get_all(n, [])]) if a]  # fmt: skip
        if not readers:
            raise Refused(400, "ErrorInvalidRecipients", "At least one recipient is not valid.")
        mail.folder, mail.at = "sentitems", self._graph.now
        if self._graph.own_ids:
            mail.raw = re.sub(rb"(?mi)^message-id:.*$", f"Message-ID: <{mail.name[6:12]}@graph.example>".encode(), mail.raw, count=1)  # fmt: skip
        for who in readers:
            deliver(self._graph, who, mail.raw, self._graph.now)

    def one(self, name: str, query: dict[str, str]) -> Json:
        """What of it was asked for."""
        return self._shown(self._found(name), query)

    def raw(self, name: str) -> bytes:
        """As it came."""
        return self._found(name).raw

    def delete(self, name: str) -> None:
        """For good."""
        del self._box.mails[self._found(name).name]

    def listed(self, folder: str, query: dict[str, str]) -> Json:
        """Those that a filter wants, of a folder or of all of them."""
        fits = [each for each in self._box.mails.values() if folder in ("", each.folder) and _fits(each, query.get("$filter", ""))]  # fmt: skip
        every = [self._shown(each, query) for each in fits]
        skip, top = int(query.get("$skip", 0)), int(query.get("$top", 10))
        answer: Json = {"value": every[skip : skip + top]}
        if skip + top < len(every):
            answer["@odata.nextLink"] = self._link(query | {"$skip": str(skip + top)})
        return answer

    def delta(self, query: dict[str, str], prefer: str) -> Json:
        """What has come into the inbox since a token."""
        if token := query.get("$deltatoken") or query.get("$skiptoken"):
            state = json.loads(base64.urlsafe_b64decode(token))
        else:
            if query.get("changeType") != "created":
                raise Refused(400, "ErrorInvalidUrlQuery", "changeType is missing")
            state = {"filter": query.get("$filter", ""), "at": 0}
        if state["at"] and state["at"] < self._box.oldest:
            raise Refused(410, "syncStateNotFound", "The sync state generation is not found.")
        size = re.search(r"odata\.maxpagesize=(\d+)", prefer)
        last = state["at"] + (int(size[1]) if size else 10)
        names = self._box.arrived[state["at"] : last]
        there = [self._box.mails[each] for each in names if each in self._box.mails]
        told = [each for each in there if each.folder == "inbox" and _fits(each, state["filter"])]
        answer: Json = {"value": [self._shown(each, {"$select": "receivedDateTime"}) for each in told]}  # fmt: skip
        more = last < len(self._box.arrived)
        fresh = json.dumps(state | {"at": min(last, len(self._box.arrived))}).encode()
        name = "$skiptoken" if more else "$deltatoken"
        answer["@odata.nextLink" if more else "@odata.deltaLink"] = self._link({name: base64.urlsafe_b64encode(fresh).decode()})  # fmt: skip
        return answer

    def _link(self, query: dict[str, str]) -> str:
        from urllib.parse import urlencode

        return f"{self._graph.url}{self._path}?{urlencode(query)}"

    def _found(self, name: str) -> Mail:
        if name not in self._box.mails:
            raise Refused(404, "ErrorItemNotFound", "The specified object was not found in the store.")  # fmt: skip
        return self._box.mails[name]

    def _shown(self, mail: Mail, query: dict[str, str]) -> Json:
        head, came = _head(mail), mail.folder not in ("drafts", "sentitems")
        body: Json = {
            "@odata.etag": f'W/"{mail.name}"', "id": mail.name, "isDraft": mail.folder == "drafts",
            "receivedDateTime": f"{mail.at:%Y-%m-%dT%H:%M:%SZ}", "internetMessageId": str(head.get("Message-ID", "")).strip(),
            "from": next(iter(_recipients(head, "From")), None), "toRecipients": _recipients(head, "To"),
            "ccRecipients": _recipients(head, "Cc"), "subject": str(head.get("Subject", "")), "parentFolderId": mail.folder,
        }  # fmt: skip
        if "internetMessageHeaders" in query.get("$select", "") and came:
            body["internetMessageHeaders"] = [{"name": name, "value": str(value)} for name, value in head.items()]  # fmt: skip
        if "singleValueExtendedProperties" in query.get("$expand", ""):
            tags = [{"id": name, "value": value} for name, value in mail.tags.items() if f"'{name}'" in query["$expand"]]  # fmt: skip
            body |= {"singleValueExtendedProperties": tags} if tags else {}
        names = set(filter(None, query.get("$select", "").split(",")))
        keep = names | {"id", "singleValueExtendedProperties"}
        return {name: value for name, value in body.items() if not names or name in keep or name.startswith("@")}  # fmt: skip


def _head(mail: Mail) -> Message:
    return message_from_bytes(mail.raw, policy=compat32)


def _recipients(head: Message, name: str) -> list[Json]:
    found = getaddresses([str(each) for each in head.get_all(name, [])])
    return [{"emailAddress": {"name": who, "address": address}} for who, address in found]


def _fits(mail: Mail, wanted: str) -> bool:
    return all(_passes(mail, each) for each in wanted.split(" and receivedDateTime") if each)


def _passes(mail: Mail, wanted: str) -> bool:
    if wanted.startswith((" ge", " lt")):
        wanted = f"receivedDateTime{wanted}"
    if told := _TAG.fullmatch(wanted):
        value = mail.tags.get(told[1])
        return value == told[3] if told[2] == "eq" else value is not None
    if told := _ID.fullmatch(wanted):
        return str(_head(mail).get("Message-ID", "")).strip() == told[1].replace("''", "'")
    if told := _TIME.fullmatch(wanted):
        then = datetime.fromisoformat(told[2])
        return mail.at >= then if told[1] == "ge" else mail.at < then
    raise Refused(400, "ErrorInvalidUrlQueryFilter", wanted)


def deliver(graph: Graph, to: str, raw: bytes, at: datetime, folder: str = "inbox") -> bool:
    """A mail comes in from somewhere."""
    box = graph.boxes.get(owner(to) if graph.plus else to.lower())
    if box is not None:
        lay(graph, box, raw, at, folder)
    return box is not None


def lay(graph: Graph, box: Mailbox, raw: bytes, at: datetime, folder: str) -> Mail:
    """It lies there now."""
    mail = Mail(graph.meetings.name(), raw, folder, at)
    box.mails[mail.name] = mail
    if folder == "inbox":
        box.arrived.append(mail.name)
    return mail


def owner(address: str) -> str:
    """Whose mailbox it is: Exchange Online has plus-addresses switched on, as it comes."""
    local_part, _, domain = address.lower().rpartition("@")
    return f"{local_part.partition('+')[0]}@{domain}"
