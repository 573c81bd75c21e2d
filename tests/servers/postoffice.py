"""A whole post office in this process: aiosmtpd takes mails, pymap shows them, over real sockets.

Not a careful server: it takes any address of its list, keeps everything in memory and knows no queue.
"""

from __future__ import annotations

import asyncio
import ssl
from argparse import Namespace
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from imaplib import IMAP4, ParseFlags
from threading import Thread
from typing import Any, TypeVar

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from proxyprotocol.reader import ProxyProtocolReader
from pymap.backend.dict import DictBackend
from pymap.backend.dict.filter import FilterSet
from pymap.backend.dict.mailbox import MailboxSet
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.user import UserMetadata
from pysasl.hashing import Cleartext

T = TypeVar("T")
PASSWORD = "pw"


class PostOffice:
    """Mailboxes of these addresses, each with the password `pw`. `keeps_sent`: what somebody submits lies in
    their Sent as well, as at Gmail. Used as a context."""

    def __init__(
        self,
        addresses: tuple[str, ...],
        *,
        keeps_sent: bool = False,
        context: ssl.SSLContext | None = None,
        folders: tuple[str, ...] = ("Sent", "Trash"),
    ) -> None:
        self.addresses = tuple(each.lower() for each in addresses)
        self.keeps_sent = keeps_sent
        self.accepted: list[tuple[str, tuple[str, ...], bytes]] = []
        self.smtp_port = self.imap_port = 0
        self._context = context
        self._folders = folders
        self._loop = asyncio.new_event_loop()
        self._stack = AsyncExitStack()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> PostOffice:
        self._thread.start()
        self._run(self._open())
        return self

    def __exit__(self, *why: object) -> None:
        self._run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def deliver(self, to: str, raw: bytes, at: datetime, folder: str = "INBOX") -> bool:
        """Put a mail into the mailbox to which an address leads; False where it leads nowhere."""
        owner = self.owner(to)
        if owner:
            self._run(self._append(owner, raw, at, folder))
        return bool(owner)

    def mails(self, address: str, folder: str = "INBOX") -> list[bytes]:
        """What lies in a folder of that address, oldest first."""
        with IMAP4("127.0.0.1", self.imap_port) as imap:
            imap.login(address.lower(), PASSWORD)
            imap.select(f'"{folder}"', readonly=True)
            _, (uids, *_) = imap.uid("SEARCH", "ALL")
            return [imap.uid("FETCH", uid, "(BODY.PEEK[])")[1][0][1] for uid in uids.split()]

    def flags(self, address: str) -> list[list[str]]:
        """The flags of what lies in the inbox, but for the server's own \\Recent."""
        with IMAP4("127.0.0.1", self.imap_port) as imap:
            imap.login(address.lower(), PASSWORD)
            imap.select("INBOX", readonly=True)
            told = [each for each in imap.fetch("1:*", "(FLAGS)")[1] if isinstance(each, bytes)]
        return [[f.decode() for f in ParseFlags(each) if f != rb"\Recent"] for each in told]

    def renumber(self, address: str) -> None:
        """Make the inbox anew with the same mails, under another UIDVALIDITY."""
        mails = self.mails(address)
        self._run(self._make(address.lower()))
        for raw in mails:
            self.deliver(address, raw, datetime.now(UTC))

    def owner(self, address: str) -> str:
        """Whose mailbox an address leads to: plus-addressing, and capitals do not count."""
        local, _, domain = address.lower().rpartition("@")
        plain = f"{local.partition('+')[0]}@{domain}"
        return plain if plain in self.addresses else ""

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """aiosmtpd: an address that leads nowhere is refused."""
        if not self.owner(address):
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """aiosmtpd: all readers get it, or nobody does."""
        raw = bytes(envelope.content or b"")
        self.accepted.append((envelope.mail_from or "", tuple(envelope.rcpt_tos), raw))
        now = datetime.now(UTC)
        for to in envelope.rcpt_tos:
            await self._append(self.owner(to), raw, now, "INBOX")
        sender = self.owner(envelope.mail_from or "")
        if self.keeps_sent and sender:
            await self._append(sender, raw, now, "Sent")
        return "250 OK"

    def _authenticated(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        good = isinstance(data, LoginPassword) and data.password.decode() == PASSWORD
        return AuthResult(success=good and data.login.decode() in self.addresses, handled=False)

    async def _open(self) -> None:
        names = Namespace(
            demo_data=False, demo_user=self.addresses[0], demo_password=PASSWORD, host="127.0.0.1",
            port="0", cert=None, key=None, tls=False, proxy_protocol=None, passlib_cfg=None, debug=False,
        )  # fmt: skip
        backend, self._config = await DictBackend.init(
            names, hash_context=Cleartext(), invalid_user_sleep=0.0
        )
        self._config.apply_context()
        for address in self.addresses:
            user = UserMetadata(self._config, address, password=PASSWORD)
            backend.login.users_dict[address] = user
            await self._make(address)
        plain = ProxyProtocolReader(self._config.proxy_protocol)  # the way in that pymap has
        shows = plain.get_callback(IMAPServer(backend.login, self._config))
        imap = await asyncio.start_server(shows, "127.0.0.1", 0, ssl=self._context)
        smtp = await self._loop.create_server(self._session, "127.0.0.1", 0, ssl=self._context)
        for server in (imap, smtp):
            self._stack.callback(server.close)
        self.imap_port = imap.sockets[0].getsockname()[1]
        self.smtp_port = smtp.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        await self._stack.aclose()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for each in others:
            each.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _session(self) -> SMTP:
        return SMTP(
            self, authenticator=self._authenticated, auth_required=True, auth_require_tls=False,
            enable_SMTPUTF8=True, loop=self._loop, hostname="localhost",
        )  # fmt: skip

    async def _make(self, address: str) -> None:
        mailboxes = MailboxSet()
        for name in self._folders:
            await mailboxes.add_mailbox(name)
        self._config.set_cache[address] = (mailboxes, FilterSet())

    async def _append(self, owner: str, raw: bytes, at: datetime, folder: str) -> None:
        self._config.apply_context()
        mailbox = await self._config.set_cache[owner][0].get_mailbox(folder)
        await mailbox.append(AppendMessage(raw, at, frozenset()), recent=True)

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=30)
