"""Door: requests over HTTP/1.1 on loopback: to the APIs, for tokens, and of browsers before the page of consent.

Not what they lead to: asked.py, grants.py, consent.py.
"""

from __future__ import annotations

import json
import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from tests.servers.google import consent
from tests.servers.google.asked import Asked
from tests.servers.google.grants import NotGranted
from tests.servers.google.refused import Refused
from tests.servers.google.schema import Json, discovery

if TYPE_CHECKING:
    from tests.servers.google import Google

APIS = {"/calendar/v3/": ("calendar.v3", "/calendar/v3/"), "/gmail/v1/": ("gmail.v1", "/")}
"""By how a path begins, the API, and what its own paths are below (PROVIDERS 1)."""


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
        query = parse_qs(url.query, keep_blank_values=True)
        if http == "POST" and self.headers.get("X-HTTP-Method-Override") == "GET":
            # So the client asks where the address would be too long (googleapiclient.http.MAX_URI_LENGTH).
            http, query, raw = "GET", parse_qs(raw.decode(), keep_blank_values=True), b""
        begin = next((each for each in APIS if url.path.startswith(each)), "")
        if not begin:
            self._sign_in(http, url.path, _plain(query), _plain(parse_qs(raw.decode())))
            return
        api, base = APIS[begin]
        named = discovery(api).method(http, url.path.removeprefix(base))
        if named is None:
            self._nothing(http, url.path)
            return
        self._carry_out(Asked(self.server.google, api, *named, query, raw, self.headers))

    def _nothing(self, http: str, path: str) -> None:
        self.server.google.problems.append(f"nothing is called {http} {path}")
        self._answer(404, {"error": {"code": 404, "message": "Not Found", "errors": []}})

    def _sign_in(self, http: str, path: str, query: Json, form: Json) -> None:
        """The pages and the endpoints of OAuth."""
        google = self.server.google
        if (http, path) == ("POST", "/token"):
            self._token(form)
            return
        with google.lock:
            match (http, path):
                case ("POST", "/revoke"):
                    good = google.grants.revoke(form.get("token", ""))
                    self._answer(200 if good else 400, {} if good else {"error": "invalid_token"})
                case ("GET", "/o/oauth2/v2/auth"):
                    try:
                        text = consent.page(google.grants, query, google.events.calendars)
                        self._page(200, text)
                    except consent.BadRequest as why:
                        self._page(400, str(why))
                case ("POST", "/o/oauth2/consent"):
                    self._page(302, "", consent.way_back(google.grants, form))
                case _:
                    self._nothing(http, path)

    def _token(self, form: Json) -> None:
        fault = self.server.google.faults.due("token", "")
        if fault and fault.harm == "hang":
            self.server.google.faults.wait()
        if fault and fault.harm in ("drop", "hang"):
            self._cut()
            return
        if fault and fault.harm == "say":
            self._answer(fault.status, {"error": fault.reason})
            return
        try:
            with self.server.google.lock:
                answer = self.server.google.grants.exchanged(form)
            self._answer(200, answer)
        except NotGranted as why:
            self._answer(why.status, why.body)

    def _page(self, status: int, text: str, location: str = "") -> None:
        raw = text.encode()
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Type", "text/html; charset=UTF-8")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)
        self.wfile.flush()

    def _carry_out(self, asked: Asked) -> None:
        account = asked.account()
        fault = self.server.google.faults.due(asked.method.id, account)
        if fault and fault.harm == "hang":
            self.server.google.faults.wait()
        if fault and fault.harm in ("drop", "hang"):
            self._cut()
            return
        with self.server.google.lock:
            wait = fault.retry_after if fault else None
            if fault and fault.harm == "say":
                status, body = _said(fault.status, fault.reason)
            else:
                status, body, told = self._answered(asked, account)
                wait = wait if wait is not None else told
            self.server.google.calls.append((account, asked.method.id, status))
        self.server.google.channels.post()
        if fault and fault.harm == "hang-after":
            self.server.google.faults.wait()
        if fault and fault.harm in ("drop-after", "hang-after"):
            self._cut()
            return
        if fault and fault.harm == "spoil" and body is not None:
            body = fault.spoils(body)
        if fault and fault.harm == "say-after":
            status, body = _said(fault.status, fault.reason)
        self._answer(status, body, wait, torn=fault is not None and fault.harm == "tear")

    def _answered(self, asked: Asked, account: str) -> tuple[int, Json | None, int | None]:
        """What this simulator does not understand is a problem that every test looks for, and no lost connection, which
        would pass for a fault of the wire."""
        try:
            return asked.answered(account)
        except Exception as why:
            self.server.google.problems.append(f"{asked.method.id}: {why!r}")
            return *_said(500, "backendError"), None

    def _cut(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _answer(
        self, status: int, body: Json | None, retry_after: int | None = None, *, torn: bool = False
    ) -> None:  # fmt: skip
        raw = b"" if body is None else json.dumps(body).encode()
        self.server.google.sent.append(raw)
        self.send_response(status)
        if retry_after is not None:
            self.send_header("Retry-After", str(retry_after))
        self.send_header("Content-Type", "application/json; charset=UTF-8")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw[: len(raw) // 2] if torn else raw)
        self.wfile.flush()
        if torn:
            self._cut()

    def log_message(self, *said: object) -> None:
        """Nothing."""


def _plain(form: dict[str, list[str]]) -> Json:
    return {name: values[0] for name, values in form.items()}


def _said(status: int, reason: str) -> tuple[int, Json]:
    domain = "usageLimits" if "imit" in reason or "uota" in reason else "global"
    return status, Refused(status, reason, reason, domain=domain).body()
