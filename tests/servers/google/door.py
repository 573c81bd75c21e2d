"""Door: requests over HTTP/1.1 on loopback, each measured by Google's own schema on its way in and out.

Not what they lead to: methods.py.
"""

from __future__ import annotations

import json
import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from tests.servers.google.grants import NotGranted
from tests.servers.google.masks import BadMask, check, mask_of, masked
from tests.servers.google.refused import Refused, bad
from tests.servers.google.schema import Json, Method, discovery

if TYPE_CHECKING:
    from tests.servers.google import Google

BASES = {"/calendar/v3/": "calendar.v3"}


class Server(ThreadingHTTPServer):
    """One thread a connection; none outlives the test."""

    daemon_threads = True

    def __init__(self, google: Google) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.google = google


class Door(BaseHTTPRequestHandler):
    """One connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    wbufsize = 65_536

    def setup(self) -> None:
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().setup()

    def do_GET(self) -> None:
        self._serve("GET")

    def do_POST(self) -> None:
        self._serve("POST")

    def do_PUT(self) -> None:
        self._serve("PUT")

    def do_PATCH(self) -> None:
        self._serve("PATCH")

    def do_DELETE(self) -> None:
        self._serve("DELETE")

    def _serve(self, http: str) -> None:
        url = urlsplit(self.path)
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if url.path == "/token":
            form = {name: values[0] for name, values in parse_qs(raw.decode()).items()}
            self._token(form)
            return
        base = next((each for each in BASES if url.path.startswith(each)), "")
        named = discovery(BASES[base]).method(http, url.path.removeprefix(base)) if base else None  # fmt: skip
        if named is None:
            self.server.google.problems.append(f"nothing is called {http} {url.path}")
            self._answer(404, {"error": {"code": 404, "message": "Not Found", "errors": []}})
            return
        asked = Asked(self.server.google, BASES[base], *named, dict(parse_qs(url.query, keep_blank_values=True)), raw, self.headers)  # fmt: skip
        self._carry_out(asked)

    def _token(self, form: Json) -> None:
        with self.server.google.lock:
            fault = self.server.google.faults.due("token", "")
            if fault and fault.harm == "drop":
                self._cut()
                return
            if fault and fault.harm == "say":
                self._answer(fault.status, {"error": fault.reason})
                return
            try:
                self._answer(200, self.server.google.grants.exchanged(form))
            except NotGranted as why:
                self._answer(400, why.body)

    def _carry_out(self, asked: Asked) -> None:
        account = asked.account()
        fault = self.server.google.faults.due(asked.method.id, account)
        if fault and fault.harm == "hang":
            self.server.google.faults.wait()
        if fault and fault.harm == "drop":
            self._cut()
            return
        with self.server.google.lock:
            if fault and fault.harm == "say":
                status, body = _said(fault.status, fault.reason)
            else:
                status, body = asked.answered(account)
            self.server.google.calls.append((account, asked.method.id, status))
        if fault and fault.harm == "drop-after":
            self._cut()
            return
        if fault and fault.harm == "say-after":
            status, body = _said(fault.status, fault.reason)
        self._answer(status, body, fault.retry_after if fault else None)

    def _cut(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _answer(self, status: int, body: Json | None, retry_after: int | None = None) -> None:
        raw = b"" if body is None else json.dumps(body).encode()
        self.server.google.sent.append(raw)
        self.send_response(status)
        if retry_after is not None:
            self.send_header("Retry-After", str(retry_after))
        self.send_header("Content-Type", "application/json; charset=UTF-8")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)
        self.wfile.flush()

    def log_message(self, *said: object) -> None:
        """Nothing."""


def _said(status: int, reason: str) -> tuple[int, Json]:
    domain = "usageLimits" if "imit" in reason or "uota" in reason else "global"
    return status, Refused(status, reason, reason, domain=domain).body()


class Asked:
    """One request to an API."""

    def __init__(
        self, google: Google, api: str, method: Method, path: dict[str, str], query: dict[str, list[str]], raw: bytes, headers: Any
    ) -> None:  # fmt: skip
        self.google, self.document, self.method, self.path = google, discovery(api), method, path
        self.query, self.raw, self.headers = query, raw, headers

    def account(self) -> str:
        """Who asks; empty for nobody known."""
        grant = self.google.grants.of(self.headers.get("Authorization", ""))
        return grant.account if grant else ""

    def answered(self, account: str) -> tuple[int, Json | None]:
        """The status and the body."""
        try:
            body = self._read(account)
            answer = self.google.carry_out(self, account, body)
        except Refused as why:
            return why.status, why.body()
        if not self.method.response:
            return 204, None
        if wrong := self.document.wrong_in_body(self.method.response, answer):
            self.google.problems += wrong
        self.google.validated += 1
        mask = self._mask()
        return 200, masked(answer, mask)

    def _read(self, account: str) -> Json:
        if not account:
            raise Refused(401, "authError", "Invalid Credentials", location="Authorization")
        grant = self.google.grants.of(self.headers["Authorization"])
        if grant is None or not set(grant.scopes) & set(self.method.scopes):
            raise Refused(403, "insufficientPermissions", "Request had insufficient authentication scopes.")  # fmt: skip
        wrong = self.document.wrong_in_query(self.method, self.query)
        body: Json = {}
        if self.method.request:
            try:
                body = json.loads(self.raw or b"{}")
            except ValueError:
                raise bad("Parse Error", "parseError") from None
            wrong += self.document.wrong_in_body(self.method.request, body)
        elif self.raw:
            wrong.append(f"{self.method.id}: takes no body")
        self.google.validated += 1
        if wrong:
            self.google.problems += wrong
            raise bad(wrong[0])
        self._mask()
        return body

    def _mask(self) -> Any:
        try:
            mask = mask_of(self.query["fields"][0]) if "fields" in self.query else {}
            check(mask, self.document, {"$ref": self.method.response} if self.method.response else {})  # fmt: skip
        except BadMask as why:
            raise bad(str(why), "invalidParameter") from why
        return mask
