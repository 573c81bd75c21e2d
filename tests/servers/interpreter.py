"""A TCP proxy on loopback between an IMAP client and a real server that changes what both say, line by line.

Not a harm (wire.py): a server of another kind, such as one that can do less.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Thread


class Interpreter:
    """Listens on `port`, and passes on to `target` what `asked` makes of each line, and back what `answered` does."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        Thread(target=self._accept, daemon=True).start()

    def asked(self, line: bytes) -> bytes:
        """A line of the client."""
        return line

    def answered(self, line: bytes) -> bytes:
        """A line of the server."""
        return line

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
                for source, to, words in ((near, far, self.asked), (far, near, self.answered)):
                    Thread(target=_pass_on, args=(source, to, words), daemon=True).start()


def _pass_on(source: socket.socket, to: socket.socket, words: object) -> None:
    with suppress(OSError), source.makefile("rb") as lines:
        for line in lines:
            to.sendall(words(line))  # type: ignore[operator]
    with suppress(OSError):
        to.shutdown(socket.SHUT_WR)
