"""An issuer of tokens on loopback (RFC 6749, 7662, 8414, 8628): people sign in, tokens end, grants are taken back.

Not careful and not quick: one person, who says yes as soon as a code is shown, unless a test says otherwise.
"""

from __future__ import annotations

import base64
import hashlib
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qs

CLIENT = "oneonone-at-example"


class Issuer:
    """`username` is who signs in. Used as a context; the rest is what befalls it."""

    def __init__(self, username: str) -> None:
        self.username = username
        self.codes = True
        """Whether one can sign in with a code on another machine."""
        self.patience = 1
        """So often it says that nobody has typed the code yet."""
        self.says = ""
        """The next answers of its token door are this error; `500` is one of the machine."""
        self.polls: list[str] = []
        """What befalls the next questions whether a code was typed: an error, `500`, `cut` (no answer), `429 slow_down`."""
        self.interval: object = 0
        """How long to wait between two of them, in seconds; `absent` for a word about it at all."""
        self.lasts = 3600
        self.renewed = 0
        self._numbers = count(1)
        self._good: set[str] = set()
        self._refresh: set[str] = set()
        self._proofs: dict[str, str] = {}
        self._lock = Lock()

    def __enter__(self) -> Issuer:
        issuer = self

        class Door(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                issuer._publish(self)

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                form = {k: v[0] for k, v in parse_qs(self.rfile.read(length).decode()).items()}
                with issuer._lock:
                    issuer._answer(self, form)

            def log_message(self, *said: object) -> None:
                """Nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *why: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def introspection(self) -> str:
        """Where a mail server asks whether a token is good."""
        return f"{self.url}/introspect"

    def granted(self, refresh_token: str) -> None:
        """Somebody has signed in before."""
        self._refresh.add(refresh_token)

    def end_tokens(self) -> None:
        """Before their time."""
        self._good.clear()

    def take_back(self) -> None:
        """The grant, and every token with it."""
        self._good.clear()
        self._refresh.clear()

    def code_for(self, challenge: str) -> str:
        """What the browser is led on with, after somebody has signed in at the authorization door."""
        code = f"code-{next(self._numbers)}"
        self._proofs[code] = challenge
        return code

    def _publish(self, door: BaseHTTPRequestHandler) -> None:
        if door.path != "/.well-known/openid-configuration":
            _say(door, 404, {})
            return
        told = {
            "issuer": self.url, "token_endpoint": f"{self.url}/token",
            "authorization_endpoint": f"{self.url}/authorize",
        }  # fmt: skip
        if self.codes:
            told["device_authorization_endpoint"] = f"{self.url}/device"
        _say(door, 200, told)

    def _answer(self, door: BaseHTTPRequestHandler, form: dict[str, str]) -> None:
        if door.path == "/introspect":
            known = form.get("token") in self._good
            _say(door, 200, {"active": known, **({"username": self.username} if known else {})})
        elif form.get("client_id") != CLIENT:
            _say(door, 401, {"error": "invalid_client"})
        elif door.path == "/device":
            told = {
                "device_code": "device-1", "user_code": "WDJB-MJHT", "interval": self.interval,
                "verification_uri": f"{self.url}/device", "expires_in": 600,
            }  # fmt: skip
            if self.interval == "absent":
                del told["interval"]
            _say(door, 200, told)
        elif self.polls and form.get("grant_type", "").endswith("device_code"):
            _befall(door, self.polls.pop(0))
        elif self.says == "500":
            _say(door, 500, {})
        elif self.says:
            _say(door, 400, {"error": self.says})
        else:
            self._grant(door, form)

    def _grant(self, door: BaseHTTPRequestHandler, form: dict[str, str]) -> None:
        match form.get("grant_type", "").rpartition(":")[2]:
            case "device_code" if self.patience > 0:
                self.patience -= 1
                _say(door, 400, {"error": "authorization_pending"})
            case "device_code" if form.get("device_code") == "device-1":
                self._give(door)
            case "authorization_code" if self._is_proved(form):
                self._give(door)
            case "refresh_token" if form.get("refresh_token") in self._refresh:
                self._refresh.clear()  # taken once
                self.renewed += 1
                self._give(door)
            case _:
                _say(door, 400, {"error": "invalid_grant"})

    def _is_proved(self, form: dict[str, str]) -> bool:
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        return self._proofs.pop(form.get("code", ""), None) == challenge

    def _give(self, door: BaseHTTPRequestHandler) -> None:
        access, refresh = f"access-{next(self._numbers)}", f"refresh-{next(self._numbers)}"
        self._good.add(access)
        self._refresh.add(refresh)
        _say(door, 200, {
            "access_token": access, "refresh_token": refresh, "token_type": "Bearer",
            "expires_in": self.lasts,
        })  # fmt: skip


def _befall(door: BaseHTTPRequestHandler, what: str) -> None:
    if what == "cut":
        door.close_connection = True
    elif what[:3].isdigit():
        _say(door, int(what[:3]), {"error": what[4:]} if what[4:] else {})
    else:
        _say(door, 400, {"error": what})


def _say(door: BaseHTTPRequestHandler, status: int, told: dict[str, Any]) -> None:
    raw = json.dumps(told).encode()
    door.send_response(status)
    door.send_header("Content-Type", "application/json")
    door.send_header("Content-Length", str(len(raw)))
    door.end_headers()
    door.wfile.write(raw)
