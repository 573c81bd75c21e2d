"""An HTTP proxy in front of one server: it says who the user is, and makes go wrong what it was told to.

Not a server: everything that does not go wrong is answered by the one behind it.
"""

from __future__ import annotations

import base64
import http.client
import re
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

METHODS = (
    "DELETE",
    "GET",
    "MKCALENDAR",
    "OPTIONS",
    "POST",
    "PROPFIND",
    "PROPPATCH",
    "PUT",
    "REPORT",
)
_DROPPED = {"connection", "transfer-encoding", "content-length", "x-remote-user", "host"}


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that goes wrong: `method` and `within` say with which request (an empty one fits all).

    `status` answers in the server's place; with `after`, once the server has done it. `cut`: the answer breaks off;
    `reset`: the connection does; `silent`: no answer comes; `spoil` changes the body.
    """

    method: str = ""
    within: bytes = b""
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    after: bool = False
    reset: bool = False
    silent: bool = False
    cut: bool = False
    spoil: Callable[[bytes], bytes] | None = None

    def fits(self, method: str, body: bytes) -> bool:
        """Whether it befalls this request."""
        return self.method in ("", method) and self.within in body


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that came."""

    method: str
    path: str
    body: bytes
    headers: Mapping[str, str]


class _Taking(BaseHTTPRequestHandler):
    server: FaultProxy
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def _any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        proxy = self.server
        asked = Asked(self.command, self.path, body, dict(self.headers.items()))
        proxy.asked.append(asked)
        wrong = proxy.next_wrong(self.command, body)
        body = proxy.on_the_way(body)
        if wrong is not None and not wrong.after and (wrong.reset or wrong.silent or wrong.status):
            self._go_wrong(wrong)
            return
        user = self._user()
        if user is None:
            self._say(401, {"WWW-Authenticate": 'Basic realm="proxy"'}, b"")
            return
        status, headers, answer = proxy.forward(self.command, self.path, body, self.headers, user)
        if wrong is not None and wrong.after:
            self._go_wrong(wrong)
            return
        if proxy.answering is not None:
            answer = proxy.answering(asked, answer)
        if wrong is not None and wrong.spoil is not None:
            answer = wrong.spoil(answer)
        self._say(status, headers, answer, cut=wrong is not None and wrong.cut)

    def _user(self) -> str | None:
        kind, _, given = self.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "basic":
            return None
        name, _, password = base64.b64decode(given).decode().partition(":")
        user = self.server.users.get(name)
        return user[1] if user and user[0] == password and name not in self.server.locked else None

    def _go_wrong(self, wrong: Wrong) -> None:
        self.close_connection = True
        if wrong.silent:
            self.connection.recv(1)  # until the other side hangs up
        elif wrong.reset:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        else:
            self._say(wrong.status, wrong.headers, wrong.body)

    def _say(
        self, status: int, headers: Mapping[str, str], body: bytes, *, cut: bool = False
    ) -> None:
        # no connection is kept, so that each request can be refused
        self.close_connection = True
        self.send_response(status)
        self.send_header("Connection", "close")
        for name, text in headers.items():
            if name.lower() not in _DROPPED:
                self.send_header(name, text)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if cut:
            body = body[: len(body) // 2]
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on stderr."""


for _method in METHODS:
    setattr(_Taking, f"do_{_method}", _Taking._any)


class FaultProxy(ThreadingHTTPServer):
    """`users` by the name they log in with: password, and what the server behind calls them."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, behind: str, users: Mapping[str, tuple[str, str]], port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Taking)
        self.behind = urlsplit(behind).netloc
        self.users = dict(users)
        self.locked: set[str] = set()
        self.wrongs: list[Wrong] = []
        self.asked: list[Asked] = []
        self.rewrite: list[tuple[bytes, bytes]] = []
        self.answering: Callable[[Asked, bytes], bytes] | None = None
        """Changes every answer's body: another server than the one behind."""

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_port}/"

    def next_wrong(self, method: str, body: bytes) -> Wrong | None:
        """What befalls this request; it will not befall another one."""
        for wrong in self.wrongs:
            if wrong.fits(method, body):
                self.wrongs.remove(wrong)
                return wrong
        return None

    def on_the_way(self, body: bytes) -> bytes:
        """The request as it reaches the server."""
        for pattern, instead in self.rewrite:
            body = re.sub(pattern, instead, body)
        return body

    def forward(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str], user: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Ask the server behind."""
        kept = {
            name: text
            for name, text in headers.items()
            if name.lower() not in {*_DROPPED, "authorization"}
        }
        connection = http.client.HTTPConnection(self.behind, timeout=30)
        try:
            sent = {**kept, "X-Remote-User": user, "Host": headers["Host"]}
            connection.request(method, path, body or None, sent)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what many tests are about."""


@contextmanager
def fault_proxy(
    behind: str, users: Mapping[str, tuple[str, str]], port: int = 0
) -> Iterator[FaultProxy]:
    """One that runs while the block does."""
    proxy = FaultProxy(behind, users, port)
    thread = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield proxy
    finally:
        proxy.shutdown()
        proxy.server_close()
        thread.join()
