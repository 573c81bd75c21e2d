"""IMAP IDLE (RFC 2177): a connection of its own to each mailbox, which says that something has come in, and no more.

Not a reading: what has come is read by the next poll, which is made at once. Whatever goes wrong here costs no mail and
stops nobody: polling goes on at its own pace.
"""

from __future__ import annotations

import logging
import re
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Lock, Thread

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, LoginError

from connectors.clock import seconds_running
from connectors.internet.mail.account import MailAccount
from connectors.internet.mail.mailbox import INBOX, opened
from daemon.domain.people import Address
from daemon.errors import AccessLost

log = logging.getLogger("oneonone")


LINE_MAX = 1_000
_NEW = re.compile(rb"\* \d+ EXISTS", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds. A server may let go of whoever says nothing for half an hour (RFC 2177 3); `again` after something went
    wrong, longer each time; `without` where IDLE is not offered, or the password not taken."""

    renew: float = 29 * 60
    again: tuple[float, ...] = (5, 15, 60, 300)
    without: float = 15 * 60
    at_most_every: float = 0.2


class MailWatch:
    """A Push for mailboxes. `find` is asked at each new connection, so that what `connect` finds anew counts."""

    def __init__(
        self, find: Mapping[Address, Callable[[], MailAccount]], pace: Pace | None = None
    ) -> None:
        self._find = dict(find)
        self._pace = pace or Pace()
        self._woken: set[Address] = set()
        self._lock = Lock()
        self._over = Event()
        self._wake: Callable[[], None] = _nobody
        self._open: dict[Address, IMAPClient] = {}

    def listen(self, wake: Callable[[], None]) -> None:
        """See Push."""
        self._wake = wake
        for address in self._find:
            Thread(
                target=self._watch, args=(address,), daemon=True, name=f"watch {address}"
            ).start()

    def woken(self) -> tuple[Address, ...]:
        """See Push."""
        with self._lock:
            told, self._woken = tuple(sorted(self._woken)), set()
        return told

    def watched(self) -> tuple[Address, ...]:
        """See Push. No calendar; and a mailbox is read every minute all the same."""
        return ()

    def close(self) -> None:
        """See Push. A thread that waits for its server ends with the connection."""
        self._over.set()
        with self._lock:
            for imap in self._open.values():
                with suppress(OSError, ValueError):
                    imap.socket().shutdown(socket.SHUT_RDWR)

    def _ring(self, address: Address) -> None:
        with self._lock:
            self._woken.add(address)
        self._wake()

    def _watch(self, address: Address) -> None:
        """Until it is closed: connect, idle, and begin again."""
        failures = 0
        while not self._over.is_set():
            try:
                with self._connected(address) as imap:
                    if not imap.has_capability("IDLE"):
                        log.info("event=watch-impossible why=no-idle")
                        wait = self._pace.without
                    else:
                        failures = 0
                        self._idle(imap, address)
                        continue
            except (AccessLost, LoginError):
                wait = self._pace.without
            # a thread that ends by surprise would end the watching for good, and polling goes on anyway
            except Exception as why:
                wait = self._pace.again[min(failures, len(self._pace.again) - 1)]
                if failures == 0 and not self._over.is_set():
                    log.info("event=watch-lost why=%s", type(why).__name__)
                failures += 1
            self._over.wait(wait)

    def _idle(self, imap: IMAPClient, address: Address) -> None:
        """Until it is time to make the connection anew. Rings once at the beginning: something may have come while
        nobody listened. What the server says is read here and not by IMAPClient, which breaks off at half a line."""
        imap.select_folder(INBOX, readonly=True)
        imap.idle()
        self._ring(address)
        sock, rest, end = imap.socket(), b"", seconds_running() + self._pace.renew
        while (left := end - seconds_running()) > 0:
            sock.settimeout(left)
            try:
                got = sock.recv(65_536)
            except TimeoutError:
                return
            if not got:
                raise ConnectionResetError
            *lines, rest = (rest + got).split(b"\n")
            rest = rest[-LINE_MAX:]
            if any(_NEW.match(line) for line in lines):
                self._ring(address)
                self._over.wait(self._pace.at_most_every)

    @contextmanager
    def _connected(self, address: Address) -> Iterator[IMAPClient]:
        """One connection, which `close` can end as well."""
        imap = opened(self._find[address]())
        try:
            imap.socket().setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            with self._lock:
                self._open[address] = imap
            yield imap
        finally:
            with self._lock:
                self._open.pop(address, None)
            with suppress(IMAPClientError, OSError):
                imap.shutdown()


def _nobody() -> None:
    """Nobody listens yet."""
