"""Gmail's peculiarity over IMAP, before a post office of tests/servers: what is deleted is only archived.

Not Gmail: mails lie in folders and not under labels. What its documentation says of deleting is kept: X-GM-EXT-1 among
the capabilities, X-GM-MSGID for each mail, and EXPUNGE anywhere but in the Trash leaves the mail in All Mail.
"""

from __future__ import annotations

import re
import socket
from contextlib import suppress
from threading import Thread

TRASH, ARCHIVE = b"Trash", b'"[Gmail]/All Mail"'
_SELECT = re.compile(rb'^\S+ (?:SELECT|EXAMINE) "?([^"\r\n]+)"?', re.I)
_EXPUNGE = re.compile(rb"^(\S+) UID EXPUNGE ([0-9,:]+)", re.I)


class Gmail:
    """Listens on `port` and passes everything on to the IMAP server at `target`, in Gmail's words."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Listen no more."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._target))
                Thread(target=_asks, args=(near, far), daemon=True).start()
                Thread(target=_answers, args=(far, near), daemon=True).start()


def _asks(near: socket.socket, far: socket.socket) -> None:
    selected = b""
    with suppress(OSError), near.makefile("rb") as lines:
        for line in lines:
            if found := _SELECT.match(line):
                selected = found[1]
            if (found := _EXPUNGE.match(line)) and selected != TRASH:
                line = b"%s UID MOVE %s %s\r\n" % (found[1], found[2], ARCHIVE)
            far.sendall(line.replace(b"X-GM-MSGID", b"EMAILID"))
    with suppress(OSError):
        far.shutdown(socket.SHUT_WR)


def _answers(far: socket.socket, near: socket.socket) -> None:
    with suppress(OSError), far.makefile("rb") as lines:
        for line in lines:
            line = line.replace(b"EMAILID (", b"X-GM-MSGID (")
            near.sendall(line.replace(b"IMAP4rev1", b"IMAP4rev1 X-GM-EXT-1", 1))
    with suppress(OSError):
        near.shutdown(socket.SHUT_WR)
