"""Door: requests over HTTP/1.1 and TLS on loopback, let in by a token, each led to what it asks for.

Not what is done there: calendars.py, mails.py, sign_in.py.
"""

from __future__ import annotations

import json
import re
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache, partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from trustme import CA

from tests.servers.graph.calendars import Calendars
from tests.servers.graph.faults import Fault, Json, Refused
from tests.servers.graph.judge import wrong_in
from tests.servers.graph.mails import Mails

if TYPE_CHECKING:
    from tests.servers.graph import Graph

_PREFER = ('IdType="ImmutableId"', 'outlook.timezone="UTC"')


@lru_cache
def authority() -> tuple[ssl.SSLContext, str]:
    """What a server of this process shows, and the authority that vouches for it, as PEM."""
    ca = CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert("127.0.0.1").configure_cert(context)
    return context, ca.cert_pem.bytes().decode()


def authority_in(folder: Path) -> str:
    """A file with that authority, for SSL_CERT_FILE."""
    trusted = folder / "authority.pem"
    trusted.write_text(authority()[1], encoding="ascii")
    return str(trusted)


class Server(ThreadingHTTPServer):
    """One thread a connection; none outlives the test."""

    daemon_threads = True

    def __init__(self, graph: Graph) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.graph = graph

    def handle_error(self, *said: object) -> None:
        """A client that has gone is no news."""


@dataclass(slots=True)
class Request:
    """One, also as a part of a batch."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes = b""
    account: str | None = None
    path: str = field(init=False)
    query: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        self.path, self.query = parts.path, dict(parse_qsl(parts.query, keep_blank_values=True))

    @property
    def json(self) -> Json:
        """What was sent, as an object."""
        told = json.loads(self.body or b"{}")
        assert isinstance(told, dict)
        return told


Answer = tuple[int, Json | bytes | None]
_ONE = r"(?P<name>[^/]+)"
ROUTES = (
    ("delta", "GET", "/calendarView/delta"), ("view", "GET", "/calendarView"), ("instances", "GET", f"/events/{_ONE}/instances"),
    ("event.list", "GET", "/events"), ("event.create", "POST", "/events"), ("event.get", "GET", f"/events/{_ONE}"),
    ("event.update", "PATCH", f"/events/{_ONE}"), ("event.cancel", "POST", f"/events/{_ONE}/cancel"),
    ("event.delete", "DELETE", f"/events/{_ONE}"), ("schedule", "POST", "/calendar/getSchedule"),
    ("mail.delta", "GET", "/mailFolders/inbox/messages/delta"), ("mail.list", "GET", r"(/mailFolders/(?P<folder>\w+))?/messages"),
    ("mail.draft", "POST", "/messages"), ("mail.get", "GET", f"/messages/{_ONE}"), ("mail.update", "PATCH", f"/messages/{_ONE}"),
    ("mail.send", "POST", f"/messages/{_ONE}/send"), ("mail.value", "GET", rf"/messages/{_ONE}/\$value"),
    ("mail.delete", "POST", f"/messages/{_ONE}/permanentDelete"), ("me", "GET", ""),
)  # fmt: skip
_ROUTES = tuple((name, method, re.compile(path)) for name, method, path in ROUTES)
JUDGED = {"event.create": "event", "event.update": "event", "event.cancel": "cancel", "schedule": "getSchedule", "mail.update": "message"}  # fmt: skip
"""Of what is sent."""


class Door(BaseHTTPRequestHandler):
    """One connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    wbufsize = 65_536

    def setup(self) -> None:
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.request = authority()[0].wrap_socket(self.request, server_side=True)
        super().setup()

    def _handle(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        request = Request(self.command, self.path, dict(self.headers.items()), raw)
        graph = self.server.graph
        name, call = self._led(request)
        with graph.under_way(request.account or ""):
            self._go(request, name, call)

    def _go(self, request: Request, name: str, call: Callable[[], Answer]) -> None:
        graph = self.server.graph
        harm = graph.faults.due(name, request.account or "")
        if harm and harm.harm == "hang":
            graph.faults.wait()
        if harm and harm.harm in ("drop", "hang"):
            self._cut()
            return
        if harm and harm.harm == "say":
            self._harmed(harm, name)
            return
        with graph.lock:
            graph.calls.append((request.account or "", name))
            status, told = answered(graph, name, call)
            if harm and harm.harm == "spoil" and isinstance(told, dict):
                told = harm.spoils(told)
        if harm and harm.harm == "hang-after":
            graph.faults.wait()
        if harm and harm.harm in ("drop-after", "hang-after"):
            self._cut()
        elif harm and harm.harm == "say-after":
            self._harmed(harm, name)
        else:
            self._answer(status, told, torn=harm is not None and harm.harm == "tear")

    do_GET = do_POST = do_PATCH = do_DELETE = _handle

    def _led(self, request: Request) -> tuple[str, Callable[[], Answer]]:
        graph = self.server.graph
        if not request.path.startswith("/v1.0/"):
            return "token", lambda: signing_in(graph, request)
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        request.account = graph.sign_in.owner(token) if kind == "Bearer" else None
        if request.account is None or request.account in graph.shut:
            return "shut", lambda: _no(401, "InvalidAuthenticationToken", "Access token has expired or is not yet valid.")  # fmt: skip
        if request.path == "/v1.0/$batch":
            return "batch", lambda: batch(graph, request)
        if request.path.startswith("/v1.0/subscriptions"):
            return "subscription", lambda: graph.subscriptions(request.method, request.path, request.json)  # fmt: skip
        return led(graph, request)

    def _harmed(self, harm: Fault, name: str) -> None:
        headers = {} if harm.wait_seconds is None else {"Retry-After": f"{harm.wait_seconds:.0f}"}
        status, told = _no(harm.status, harm.code or "UnknownError", "Harm.")
        if name == "token":
            told = {"error": harm.code or "server_error"}
        self._answer(status, told, headers=headers)

    def _cut(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _answer(
        self, status: int, told: Json | bytes | None, *, torn: bool = False, headers: dict[str, str] | None = None
    ) -> None:  # fmt: skip
        body = told if isinstance(told, bytes) else b"" if told is None else json.dumps(told).encode()  # fmt: skip
        self.send_response(status)
        if status == 302:
            self.send_header("Location", body.decode())
            body = b""
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "text/plain" if isinstance(told, bytes) else "application/json")  # fmt: skip
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if torn else body)
        self.wfile.flush()
        self.server.graph.sent.append(body)
        if torn:
            self._cut()

    def log_message(self, *said: object) -> None:
        """Nothing."""


def _no(status: int, code: str, message: str) -> Answer:
    return status, {"error": {"code": code, "message": message}}


def answered(graph: Graph, name: str, call: Callable[[], Answer]) -> Answer:
    """What this simulator does not understand is a problem that every test looks for."""
    try:
        return call()
    except Refused as why:
        if name == "token":
            return why.status, {"error": why.code, "error_description": str(why)}
        return _no(why.status, why.code, str(why))
    except Exception as why:
        graph.problems.append(f"{name}: {why!r}")
        return _no(500, "InternalServerError", "")


def led(graph: Graph, request: Request) -> tuple[str, Callable[[], Answer]]:
    """The name of what is asked for, and the way there."""
    found = re.match(r"/v1\.0/(me|users/[^/]+)", request.path)
    whose = request.account or ""
    if found and found[1] != "me":
        whose = unquote(found[1].removeprefix("users/")).lower()
    rest = request.path[found.end() :] if found else "?"
    for name, method, pattern in _ROUTES:
        match = pattern.fullmatch(rest)
        if match and method == request.method:
            return name, partial(_done, graph, request, name, whose, match.groupdict())
    return "unknown", lambda: _unknown(graph, request)


def _unknown(graph: Graph, request: Request) -> Answer:
    graph.problems.append(f"{request.method} {request.path} is not played here")
    return _no(400, "BadRequest", "Resource not found for the segment.")


def _done(graph: Graph, request: Request, name: str, whose: str, told: dict[str, str]) -> Answer:
    """One request about one mailbox. Raises Refused."""
    if request.account and whose != request.account:
        raise Refused(404, "ErrorItemNotFound", "The specified object was not found in the store.")
    if whose not in graph.boxes or (not request.account and whose not in graph.scoped):
        raise Refused(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.")  # fmt: skip
    lacking = [each for each in _PREFER if each not in request.headers.get("Prefer", "")]
    graph.problems += [f"{name} does not prefer {each}" for each in lacking]
    if (model := JUDGED.get(name)) is not None:
        graph.judged += 1
        graph.problems += wrong_in(model, request.json)
    status, answer = _asked(graph, request, name, whose, told)
    if isinstance(answer, dict) and name != "me":
        model = "message" if name.startswith("mail") else "scheduleInformation" if name == "schedule" else "event"  # fmt: skip
        bodies = answer.get("value", [answer])
        graph.judged += len(bodies)
        graph.problems += [each for body in bodies for each in wrong_in(model, body)]
    return status, answer


def _asked(graph: Graph, request: Request, name: str, whose: str, told: dict[str, str]) -> Answer:
    query, prefer, box = request.query, request.headers.get("Prefer", ""), graph.boxes[whose]
    one = unquote(told.get("name") or "")
    events, mails = Calendars(graph, box, request.path), Mails(graph, box, request.path)
    match name:
        case "me":
            return 200, {"id": whose, "mail": whose, "userPrincipalName": whose}
        case "delta":
            return 200, events.delta(query, prefer)
        case "view":
            return 200, events.view(query)
        case "instances":
            return 200, events.instances(one, query)
        case "event.list":
            return 200, events.listed(query)
        case "event.get":
            return 200, events.one(one, query)
        case "event.create":
            return 201, events.create(request.json)
        case "event.update":
            return 200, events.update(one, request.json, request.headers.get("If-Match", ""))
        case "event.cancel":
            events.cancel(one)
            return 202, None
        case "event.delete":
            events.delete(one)
            return 204, None
        case "schedule":
            return 200, events.schedule(request.json)
        case "mail.delta":
            return 200, mails.delta(query, prefer)
        case "mail.list":
            return 200, mails.listed(told.get("folder") or "", query)
        case "mail.draft":
            return 201, mails.draft(request.body)
        case "mail.get":
            return 200, mails.one(one, query)
        case "mail.update":
            return 200, mails.update(one, request.json)
        case "mail.send":
            mails.send(one)
            return 202, None
        case "mail.value":
            return 200, mails.raw(one)
    mails.delete(one)
    return 204, None


def batch(graph: Graph, request: Request) -> Answer:
    """Several requests in one, answered in no order that was promised."""
    responses = []
    for each in request.json["requests"]:
        inner = Request(each["method"], f"/v1.0{each['url']}", each.get("headers", {}), account=request.account)  # fmt: skip
        name, call = led(graph, inner)
        graph.calls.append((request.account or "", name))
        status, told = answered(graph, name, call)
        responses.append({"id": each["id"], "status": status, "headers": {}, "body": told})
    return 200, {"responses": responses[::-1]}


def signing_in(graph: Graph, request: Request) -> Answer:
    """What msal asks for, and where a browser goes."""
    tenant, _, rest = request.path[1:].partition("/")
    form = dict(parse_qsl(request.body.decode()))
    match rest:
        case "v2.0/.well-known/openid-configuration":
            return 200, graph.sign_in.discovery(tenant)
        case "oauth2/v2.0/token":
            return 200, graph.sign_in.token(tenant, form)
        case "oauth2/v2.0/devicecode":
            return 200, graph.sign_in.device(form)
        case "oauth2/v2.0/authorize":
            return 302, graph.sign_in.authorize(request.query).encode()
    return _unknown(graph, request)
