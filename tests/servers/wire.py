"""A TCP proxy on loopback between a client and a real server, which does one kind of harm when it is told to.

Not a protocol: it passes bytes on, and looks only for the line at which to act.
"""

from __future__ import annotations

import re
import socket
import struct
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock, Thread
from typing import Literal

Harm = Literal["refuse", "reset", "silence", "reset-after", "silence-after", "say", "drip"]


@dataclass(frozen=True, slots=True)
class Fault:
    """`refuse`: what is open is cut, and so is the next connection before a word. `reset`, `silence`: at the line `at`,
    which the server never gets. `…-after`: the server gets that line and acts on it, but its answer never comes. `say`:
    the line is answered with `words` instead (`{tag}`: its first word). `drip`: from that line on, all that the server
    answers comes one byte at a time."""

    harm: Harm
    at: bytes = b""
    words: bytes = b""


class Wire:
    """Listens on `port` and passes everything on to `target` on loopback. One fault at a time, and once."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._fault: Fault | None = None
        self._lock = Lock()
        self.connections = 0
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        Thread(target=self._accept, daemon=True).start()

    def inject(self, fault: Fault) -> None:
        """Do this harm the next time its line passes."""
        self._fault = fault
        if fault.harm == "refuse":
            self.cut()

    def cut(self) -> None:
        """Reset every connection that there is."""
        with self._lock:
            pairs, self._pairs = self._pairs, []
        for pair in pairs:
            for end in pair:
                _reset(end)

    def close(self) -> None:
        """Listen no more."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if self._fault and self._fault.harm == "refuse":
                self._fault = None
                _reset(near)
                continue
            self.connections += 1
            far = socket.create_connection(("127.0.0.1", self._target))
            for end in (near, far):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else 40 ms a line
            with self._lock:
                self._pairs.append((near, far))
            Pair(self, near, far).start()

    def due(self, line: bytes) -> Fault | None:
        """The fault of this line, where it has one; then it is spent."""
        fault = self._fault
        if fault and fault.harm != "refuse" and re.search(fault.at, line):
            self._fault = None
            return fault
        return None


class Pair:
    """One connection: near the client, far the server."""

    def __init__(self, wire: Wire, near: socket.socket, far: socket.socket) -> None:
        self._wire, self._near, self._far = wire, near, far
        self._silent = False
        self._reset_at_answer = False
        self._drips = False

    def start(self) -> None:
        """Pass on in both directions."""
        Thread(target=self._up, daemon=True).start()
        Thread(target=self._down, daemon=True).start()

    def _up(self) -> None:
        rest = b""
        with suppress(OSError):
            while data := self._near.recv(65_536):
                *lines, rest = (rest + data).split(b"\n")
                for line in lines:
                    if not self._passed(line + b"\n"):
                        return
        _shut(self._far)

    def _passed(self, line: bytes) -> bool:
        """Pass one line of the client on, or do it harm; whether there may be a next one."""
        fault = self._wire.due(line)
        match fault.harm if fault else None:
            case "reset":
                _reset(self._near)
                _reset(self._far)
                return False
            case "say":
                assert fault is not None
                self._near.sendall(fault.words.replace(b"{tag}", line.split(b" ", 1)[0]))
                return True
            case "silence":
                self._silent = True
                return False
            case "reset-after":
                self._reset_at_answer = True
            case "silence-after":
                self._silent = True
            case "drip":
                self._drips = True
        self._far.sendall(line)
        return True

    def _down(self) -> None:
        with suppress(OSError):
            while data := self._far.recv(65_536):
                if self._reset_at_answer:
                    _reset(self._near)
                elif not self._silent:
                    for piece in (
                        [data[at : at + 1] for at in range(len(data))] if self._drips else [data]
                    ):
                        self._near.sendall(piece)
        _shut(self._near)


def _reset(end: socket.socket) -> None:
    """Close with RST instead of FIN."""
    with suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        end.shutdown(socket.SHUT_RD)
    end.close()


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_WR)
