"""The pages over HTTP: what each address shows, and what a browser may do with it.

Not what they do: connecting.py. GET shows, and a button does; the one exception is the way back from a provider, whose code
is good once and for that browser alone.
"""

from __future__ import annotations

import logging
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, make_response, redirect, render_template, request
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException

from daemon.commands.connecting import ISSUERS
from daemon.errors import NotNow
from daemon.ports import Posted, PostedTo, Push
from daemon.web.connecting import AWAY_MOST, BACK, Connecting, Owner

log = logging.getLogger("oneonone")

PAGES = Path(__file__).parent / "pages"
COOKIE = "oneonone-connect"
REQUEST_BYTES_MAX = 64_000


@dataclass(slots=True)
class Pages:
    """Those of an installation. `connected` is told whose calendar can be read now; `push` what providers post."""

    connecting: Connecting
    push: Push | None
    connected: Callable[[str], None]
    style: str = field(init=False)

    def __post_init__(self) -> None:
        self.style = (PAGES / "page.css").read_text(encoding="utf-8")

    def app(self) -> Flask:
        """As WSGI."""
        app = Flask("oneonone", template_folder=str(PAGES), static_folder=None)
        app.jinja_env.undefined = StrictUndefined
        app.config["MAX_CONTENT_LENGTH"] = REQUEST_BYTES_MAX
        app.add_url_rule("/connect/<token>", "show", self.show)
        app.add_url_rule("/connect/<token>", "go", self.go, methods=["POST"])
        app.add_url_rule(BACK, "back", self.back)
        app.add_url_rule("/push/<provider>", "posted", self.posted, methods=["POST"])
        app.register_error_handler(Exception, self.failed)
        guards = _guards(self.style, self.connecting.signs_in_at())

        @app.after_request
        def guarded(answer: Response) -> Response:
            answer.headers.update(guards)
            return answer

        return app

    def show(self, token: str) -> Any:
        """What is read, what is written, what never; and a button."""
        return self._page("connect.html", **_of(self._owner(token)))

    def go(self, token: str) -> Any:
        """To the provider. The browser keeps by what it is known again when it comes back."""
        owner = self._owner(token)
        try:
            way = self.connecting.sent_away(token)
        except NotNow as why:
            return self._not(owner, token, str(why))
        web = urlsplit(self.connecting.config.web.address)
        answer = make_response(redirect(way.link, 303))
        answer.set_cookie(
            COOKIE, way.state, max_age=int(AWAY_MOST.total_seconds()), path=f"{web.path}/connect",
            secure=web.scheme == "https", httponly=True, samesite="Lax",
        )  # fmt: skip
        return answer

    def back(self) -> Any:
        """From the provider."""
        state = request.args.get("state", "")
        known = self.connecting.come_back(state) if state == request.cookies.get(COOKIE) else None
        if known is None:
            abort(410)
        token, way = known
        owner = self._owner(token)
        if request.args.get("error") == "access_denied":
            return self._not(owner, token, "You said no there, or left the page.")
        try:
            self.connecting.connected(token, way, request.url)
        except NotNow as why:
            return self._not(owner, token, str(why))
        self.connected(owner.account.address)
        meetings = list(self.connecting.next_ones(owner))
        return self._page("connected.html", meetings=meetings, **_of(owner))

    def posted(self, provider: str) -> Any:
        """A provider says that something has changed."""
        push, answer = self.push, None
        if isinstance(push, PostedTo):
            told = Posted(dict(request.headers), dict(request.args), request.get_data())
            answer = push.posted(provider, told)
        if answer is None:
            return "", 404
        return (answer, 200, {"Content-Type": "text/plain; charset=utf-8"}) if answer else ("", 204)

    def failed(self, why: Exception) -> Any:
        """Whatever goes wrong, in words."""
        status = why.code if isinstance(why, HTTPException) and why.code else 500
        if status == 500:
            log.error("event=page-failed why=%s", type(why).__name__)
        return self._page("nothing.html", status=status), status

    def _owner(self, token: str) -> Owner:
        return self.connecting.owners.get(token) or abort(404)

    def _not(self, owner: Owner, token: str, why: str) -> Any:
        return self._page("not.html", owner=owner, token=token, why=why), 400

    def _page(self, name: str, **told: Any) -> str:
        return render_template(name, style=self.style, **told)


def _of(owner: Owner) -> dict[str, Any]:
    """What a page says of whose link it is."""
    return {"owner": owner, "issuer": ISSUERS[owner.account.calendar]}


def _guards(style: str, signs_in_at: set[str]) -> dict[str, str]:
    """Nothing of another server is loaded, nobody frames the page, and its address, which is a secret, goes nowhere. A
    form may lead to where people sign in: browsers hold that against `form-action` as well."""
    named = b64encode(sha256(style.encode()).digest()).decode()
    places = " ".join(sorted(signs_in_at))
    return {
        "Content-Security-Policy": f"default-src 'none'; img-src data:; style-src 'sha256-{named}'; form-action 'self' {places}; "
        "frame-ancestors 'none'; base-uri 'none'",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex, nofollow",
    }  # fmt: skip
