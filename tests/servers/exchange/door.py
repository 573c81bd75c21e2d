"""Door: requests over HTTP/1.1 on loopback, let in by name and password (Basic), one operation each.

Not what they lead to: operations.py.
"""

from __future__ import annotations

import base64
import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import spnego
from lxml import etree

from tests.servers.exchange.faults import Fault
from tests.servers.exchange.items import wrong_in
from tests.servers.exchange.operations import Operations
from tests.servers.exchange.soap import (
    Element,
    Refused,
    child,
    envelope,
    fault,
    inside,
    local,
    response,
)

if TYPE_CHECKING:
    from tests.servers.exchange import Exchange


class Server(ThreadingHTTPServer):
    """One thread a connection; none outlives the test."""

    daemon_threads = True

    def __init__(self, exchange: Exchange) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.exchange = exchange


class Door(BaseHTTPRequestHandler):
    """One connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    wbufsize = 65_536
    _asks, _user = 'Basic realm="exchange"', ""
    _talk: Any

    def setup(self) -> None:
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().setup()

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        exchange, address = self.server.exchange, self._who()
        if not address:
            self._answer(401, b"", {"WWW-Authenticate": self._asks})
            return
        asked, here = _read(raw)
        name = local(asked).removesuffix("Request")
        harm = exchange.faults.due(name, address)
        if harm and harm.harm == "hang":
            exchange.faults.wait()
        if harm and harm.harm in ("drop", "hang"):
            self._cut()
            return
        if harm and harm.harm in ("say", "busy"):
            self._harmed(harm)
            return
        with exchange.lock:
            exchange.calls.append((address, name))
            status, body = self._answered(address, asked, here, harm)
        if harm and harm.harm == "hang-after":
            exchange.faults.wait()
        if harm and harm.harm in ("drop-after", "hang-after"):
            self._cut()
        elif harm and harm.harm == "say-after":
            self._harmed(harm)
        else:
            self._answer(status, body, {}, torn=harm is not None and harm.harm == "tear")

    def _who(self) -> str:
        exchange = self.server.exchange
        kind, _, word = self.headers.get("Authorization", "").partition(" ")
        user = self._by_ntlm(kind, word) if exchange.ntlm else ""
        if kind == "Basic" and not exchange.ntlm:
            said, _, password = base64.b64decode(word).decode().partition(":")
            box = exchange.boxes.get(said.lower())
            user = said.lower() if box and box.password == password else ""
        if kind == "Bearer":
            user = exchange.tokens.get(word, "")
        return "" if user in exchange.shut else user

    def _by_ntlm(self, kind: str, word: str) -> str:
        """Two rounds on one connection, which is let in from then on (MS-NTHT)."""
        if self._user and kind != "NTLM":
            return self._user
        self._asks = "NTLM"
        if kind != "NTLM":
            return ""
        token = base64.b64decode(word)
        if token[8] == 1:  # the first of the three messages
            self._talk = spnego.server(protocol="ntlm")
        try:
            answer = self._talk.step(token)
        except spnego.exceptions.SpnegoError:
            return ""
        if self._talk.complete:
            self._user = str(self._talk.client_principal).rpartition("\\")[2].lower()
            return self._user
        self._asks = f"NTLM {base64.b64encode(answer or b'').decode()}"
        return ""

    def _answered(
        self, address: str, asked: Element, here: str, harm: Fault | None
    ) -> tuple[int, bytes]:
        """What this simulator does not understand is a problem that every test looks for."""
        exchange = self.server.exchange
        try:
            for each in inside(asked, "Items"):
                exchange.judged += 1
                exchange.problems += wrong_in(each)
            if harm and harm.harm == "refuse":
                raise Refused(harm.code)
            answer = Operations(exchange, exchange.boxes[address], here).do(asked)
            return 200, envelope(harm.spoils(answer) if harm and harm.harm == "spoil" else answer)
        except Refused as why:
            name = local(asked)
            return 200, envelope(response(name, [why.message(name)]))
        except Exception as why:
            exchange.problems.append(f"{local(asked)}: {why!r}")
            return 500, fault("ErrorInternalServerError", "An internal server error occurred.")

    def _harmed(self, harm: Fault) -> None:
        if harm.harm == "busy":
            wait = int((harm.wait_seconds or 1) * 1000)
            self._answer(500, fault("ErrorServerBusy", "The server cannot service this request right now. Try again later.", wait), {})  # fmt: skip
            return
        headers = {} if harm.wait_seconds is None else {"Retry-After": f"{harm.wait_seconds:.0f}"}
        self._answer(harm.status, b"", headers)

    def _cut(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _answer(
        self, status: int, body: bytes, headers: dict[str, str], *, torn: bool = False
    ) -> None:
        self.server.exchange.sent.append(body)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if torn else body)
        self.wfile.flush()
        if torn:
            self._cut()

    def log_message(self, *said: object) -> None:
        """Nothing."""


def _read(raw: bytes) -> tuple[Element, str]:
    """The operation, and the zone of the request by its name in Windows."""
    whole = etree.fromstring(raw, etree.XMLParser(resolve_entities=False))
    head, body = child(whole, "Header"), child(whole, "Body")
    assert body is not None
    told = child(head, "TimeZoneContext", "TimeZoneDefinition") if head is not None else None
    return body[0], str(told.get("Id")) if told is not None else "UTC"
