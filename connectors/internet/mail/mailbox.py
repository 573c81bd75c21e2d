"""IMAP: one kept connection of a mail account, to read the inbox and to look in Sent.

Not a judgement of what was found: see connector.py beside this file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32

from imapclient import SEEN, IMAPClient
from imapclient.exceptions import (
    IMAPClientAbortError,
    IMAPClientError,
    LoginError,
    ProtocolError,
)
from imapclient.imapclient import SENT, TRASH

from connectors.internet.mail.account import Login, MailAccount
from connectors.internet.mail.submission import LATER, crlf, unreachable
from daemon.errors import AccessLost, ConnectorError, Temporary

INBOX = "INBOX"
GMAIL = "X-GM-EXT-1"
"""By what Gmail is known (its IMAP extensions)."""
_GMAIL_ID = b"X-GM-MSGID"
_BUSY = re.compile(rb"UNAVAILABLE|INUSE|LIMIT|SERVERBUG|too many|temporar|try again|later", re.I)
_HEADERS = "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID X-ONEONONE-KEY)]"
_HEADERS_TOLD = b"BODY[HEADER.FIELDS (MESSAGE-ID X-ONEONONE-KEY)]"


class Garbled(Exception):
    """An answer that is no IMAP: what it should have told is not known."""


class Declined(Exception):
    """The server will not do this one thing, now or ever."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A mail of a folder, before it is fetched: its UID, its bytes, when it came."""

    uid: int
    size: int
    at: datetime


class Mailbox:
    """Reads a mailbox; logs in when first needed, and keeps the connection."""

    def __init__(self, account: MailAccount) -> None:
        self._account = account
        self._imap: IMAPClient | None = None
        self._sent: str | None = None
        self._trash: str | None = None

    def open_inbox(self) -> tuple[int, int]:
        """Select the inbox; answers its UIDVALIDITY and the last UID given so far (RFC 9051 2.3.1.1)."""
        told = self._select(INBOX, readonly=True)
        with self._translated():
            return told[b"UIDVALIDITY"], told[b"UIDNEXT"] - 1

    def entries_after(self, uid: int) -> list[Entry]:
        """What the selected folder has with a higher UID, in that order."""
        with self._translated():
            # `n:*` names the last mail even where its UID is lower than n (RFC 9051 9, seq-range)
            found = self._client().search(["UID", f"{uid + 1}:*"])
            return self._entries(each for each in found if each > uid)

    def entries_since(self, day: date) -> list[Entry]:
        """What came into the selected folder on that day or later, by UID."""
        with self._translated():
            return self._entries(self._client().search(["SINCE", day]))

    def raws(self, uids: Iterable[int]) -> Mapping[int, bytes]:
        """These mails as they lie there, without marking them as read; some may be gone meanwhile."""
        with self._translated():
            told = self._client().fetch(list(uids), ["BODY.PEEK[]"])
            return {uid: each[b"BODY[]"] or b"" for uid, each in told.items() if b"BODY[]" in each}

    def holds(self, folder: str, message_id: str, key: str) -> bool:
        """Whether a mail of that folder bears this id or this key in its own header; raises Declined."""
        self._select(folder, readonly=True)
        return bool(self._with("MESSAGE-ID", message_id) or self._with("X-ONEONONE-KEY", key))

    def find(self, folder: str, message_id: str) -> int | None:
        """The UID of the mail of that id; raises Declined."""
        self._select(folder, readonly=True)
        found = self._with("MESSAGE-ID", message_id)
        return max(found, default=None)

    def remove(self, folder: str, message_id: str) -> None:
        """Delete the mails of that id for good, and nothing else; raises Declined where only that is impossible."""
        self.must_delete()
        validity = self.open(folder)
        if found := self._with("MESSAGE-ID", message_id):
            self.delete(folder, validity, found)

    def must_delete(self) -> None:
        """Raises Declined where single mails cannot be deleted (RFC 4315): the others that people have marked in their
        mail programs would go with them."""
        self._reopen_if_dead()
        with self._translated():
            if not self._client().has_capability("UIDPLUS"):
                raise Declined("its server deletes no single mails (UIDPLUS)")

    def open(self, folder: str) -> int:
        """Select a folder to look at; answers its UIDVALIDITY."""
        told = self._select(folder, readonly=True)
        with self._translated():
            return told[b"UIDVALIDITY"]

    def there(self, uids: Sequence[int]) -> list[int]:
        """Those of them that the selected folder has."""
        if not uids:
            return []
        with self._translated():
            return sorted(self._client().search(["UID", ",".join(map(str, uids))]))

    def older(self, day: date, criteria: Sequence[object]) -> list[int]:
        """What the selected folder has from before that day and with these."""
        charset = None if all(str(each).isascii() for each in criteria) else "UTF-8"
        with self._translated():
            return sorted(self._client().search(["BEFORE", day, *criteria], charset))

    def heads(
        self, uids: Sequence[int], names: Sequence[str]
    ) -> dict[int, tuple[datetime, Message]]:
        """When each came into the selected folder, and these of its headers; some may be gone meanwhile."""
        part = f"BODY.PEEK[HEADER.FIELDS ({' '.join(names).upper()})]"
        with self._translated():
            told = self._client().fetch(list(uids), ["INTERNALDATE", part])
            return {
                uid: (each[b"INTERNALDATE"].astimezone(UTC), _head(each))
                for uid, each in told.items()
            }

    def delete(self, folder: str, validity: int, uids: Sequence[int]) -> None:
        """Delete these for good, as long as their numbers mean what they meant. Gmail only archives what is deleted
        outside its Trash."""
        trash = self.trash_folder()
        with self._translated():
            archives = self._client().has_capability(GMAIL) and folder != trash
        if archives:
            if trash is None:
                raise Declined("it is Gmail, and shows no Trash over IMAP: let it, in its settings")
            validity, uids = self._thrown_away(folder, validity, uids, trash)
            folder = trash
        client = self._numbered(folder, validity)
        if uids:
            with self._translated():
                client.delete_messages(uids, silent=True)
                client.uid_expunge(uids)

    def _thrown_away(
        self, folder: str, validity: int, uids: Sequence[int], trash: str
    ) -> tuple[int, list[int]]:
        """Move them to the Trash of Gmail; its UIDVALIDITY and their UIDs there, by the id that a mail has for good."""
        there = self._select(trash, readonly=True)
        client = self._numbered(folder, validity)
        with self._translated():
            ids = {each[_GMAIL_ID] for each in client.fetch(uids, [_GMAIL_ID]).values()}
            client.move(uids, trash)
        self._select(trash, readonly=True)
        with self._translated():
            first, client = there[b"UIDNEXT"], self._client()
            new = [uid for uid in client.search(["UID", f"{first}:*"]) if uid >= first]
            told = client.fetch(new, [_GMAIL_ID]) if new else {}
            found = [uid for uid, each in told.items() if each[_GMAIL_ID] in ids]
            return there[b"UIDVALIDITY"], found

    def _numbered(self, folder: str, validity: int) -> IMAPClient:
        """The client, with that folder selected to be changed; Garbled where its mails were numbered anew meanwhile."""
        told = self._select(folder, readonly=False)
        if told[b"UIDVALIDITY"] != validity:
            raise Garbled(f"{self._account.imap} has numbered its mails anew just now")
        return self._client()

    def offers(self) -> frozenset[str]:
        """What the server says that it can do (RFC 9051 6.1.1)."""
        self._reopen_if_dead()
        with self._translated():
            return frozenset(each.decode().upper() for each in self._client().capabilities())

    def sent_folder(self) -> str:
        """Where what was sent lies (RFC 6154 \\Sent, else the usual names); made where there is none."""
        if self._sent is None:
            self._reopen_if_dead()
            with self._translated():
                self._sent = self._client().find_special_folder(SENT)
                if self._sent is None:
                    self._client().create_folder("Sent")
                    self._sent = "Sent"
        return self._sent

    def trash_folder(self) -> str | None:
        """Where people's programs put what they throw away (RFC 6154 \\Trash, else the usual names), if anywhere."""
        if self._trash is None:
            self._reopen_if_dead()
            with self._translated():
                self._trash = self._client().find_special_folder(TRASH) or ""
        return self._trash or None

    def move_to_sent(self, uids: list[int]) -> None:
        """Our own copies out of the inbox, as read."""
        folder = self.sent_folder()
        self._select(INBOX, readonly=False)
        with self._translated():
            client = self._client()
            client.add_flags(uids, [SEEN], silent=True)
            if client.has_capability("MOVE"):
                client.move(uids, folder)
            else:
                client.copy(uids, folder)
                client.delete_messages(uids, silent=True)
                client.uid_expunge(uids) if client.has_capability("UIDPLUS") else client.expunge()

    def append_to_sent(self, raw: bytes, at: datetime) -> None:
        """Put a copy there ourselves."""
        folder = self.sent_folder()
        with self._translated():
            self._client().append(folder, crlf(raw), flags=[SEEN], msg_time=at)

    def close(self) -> None:
        """Let the connection go."""
        imap, self._imap = self._imap, None
        if imap is not None:
            with suppress(IMAPClientError, OSError):
                imap.shutdown()

    def _with(self, header: str, value: str) -> list[int]:
        """The mails of the selected folder whose own header says exactly this. SEARCH finds parts of a header (RFC 9051 6.4.4), so the header itself is looked at."""
        with self._translated():
            try:
                found = self._client().search(["HEADER", header, value])
            except IMAPClientAbortError:
                raise
            except IMAPClientError as why:
                if _BUSY.search(str(why).encode()):
                    raise
                raise Declined(str(why)) from why
            told = self._client().fetch(found, [_HEADERS]) if found else {}
        return [uid for uid, each in told.items() if value in _values(each, header)]

    def _entries(self, uids: Iterable[int]) -> list[Entry]:
        """All of these, or Garbled: one that was passed over would never be read."""
        wanted = sorted(uids)
        if not wanted:
            return []
        told = self._client().fetch(wanted, ["RFC822.SIZE", "INTERNALDATE"])
        return [
            Entry(uid, told[uid][b"RFC822.SIZE"], told[uid][b"INTERNALDATE"].astimezone(UTC))
            for uid in wanted
        ]

    def _select(self, folder: str, readonly: bool) -> dict[bytes, int]:
        self._reopen_if_dead()
        with self._translated():
            told: dict[bytes, int] = self._client().select_folder(folder, readonly=readonly)
            return told

    def _reopen_if_dead(self) -> None:
        """A kept connection that the server has let go is opened anew: nothing has been asked of it yet."""
        if self._imap is not None:
            try:
                self._imap.noop()
            except (IMAPClientError, OSError):
                self.close()

    def _client(self) -> IMAPClient:
        if self._imap is None:
            self._imap = opened(self._account)
        return self._imap

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Vendor errors become those of daemon/errors.py; after any of them the connection is not used again."""
        try:
            yield
        except (ConnectorError, Declined):
            raise
        except ProtocolError as why:
            self.close()
            raise Garbled(f"{self._account.imap} answered what is no IMAP") from why
        except (IMAPClientError, OSError) as why:
            self.close()
            raise self._meant(why) from why
        except (LookupError, ValueError, AttributeError, TypeError) as why:
            # what IMAPClient raises about an answer that it cannot take apart
            self.close()
            raise Garbled(f"{self._account.imap} answered what is no IMAP") from why

    def _meant(self, why: Exception) -> ConnectorError:
        server = str(self._account.imap)
        match why:
            case IMAPClientAbortError():
                return Temporary(f"{server} broke off the connection")
            case LoginError() if not _BUSY.search(str(why).encode()):
                return AccessLost(
                    f"{server} does not take the user name and {self._account.login.noun}"
                )
            case IMAPClientError():
                return Temporary(f"{server} does not answer that now", LATER)
            case _:
                return unreachable(why, server, self._account.timeout)


def opened(account: MailAccount) -> IMAPClient:
    """A new connection, logged in. What IMAPClient and the network raise is not translated."""
    server, context = account.imap, account.context()
    tls = server.security == "tls"
    imap = IMAPClient(
        server.host, server.port, ssl=tls, ssl_context=context if tls else None,
        timeout=account.timeout.total_seconds(),
    )  # fmt: skip
    try:
        imap.normalise_times = False
        if server.security == "starttls":
            imap.starttls(context)
        _log_in(imap, account.login)
    except BaseException:
        with suppress(IMAPClientError, OSError):
            imap.shutdown()
        raise
    return imap


def _log_in(imap: IMAPClient, login: Login) -> None:
    secret = login.secret()
    if login.kind == "xoauth2":
        try:
            imap.oauth2_login(login.user, secret)
        except LoginError as why:
            if _BUSY.search(str(why).encode()) or not login.refused(secret):
                raise
            imap.oauth2_login(login.user, login.secret())
    elif imap.has_capability("AUTH=PLAIN"):
        imap.plain_login(login.user, secret)
    else:
        imap.login(login.user, secret)


def _head(told: Mapping[bytes, object]) -> Message:
    """The headers that one FETCH has told, whatever the server calls that part."""
    raw = next((each for name, each in told.items() if name.startswith(b"BODY[HEADER")), b"")
    return BytesHeaderParser(policy=compat32).parsebytes(raw if isinstance(raw, bytes) else b"")


def _values(told: Mapping[bytes, bytes], header: str) -> set[str]:
    head = BytesHeaderParser(policy=compat32).parsebytes(told.get(_HEADERS_TOLD, b""))
    return {" ".join(str(each).split()) for each in head.get_all(header, [])}
