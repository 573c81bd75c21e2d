"""Consent: the page on which a person lets an app do things, and the way back to it (RFC 6749, 4.1; RFC 7636).

Not what the tokens are good for: grants.py. The page is plain: which account, which scopes, yes or no.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import urlencode

from tests.servers.google.grants import Grants
from tests.servers.google.schema import Json

_TICK = "scope_"
"""People tick what they allow, and may leave some out (developers.google.com/identity/protocols/oauth2/resources/
granular-permissions): an app has to look at the scopes that come back."""
_NEEDED = ("client_id", "redirect_uri", "response_type", "scope")


class BadRequest(Exception):
    """Said on a page of Google's own: nobody is sent back to an app that is not known."""


def page(grants: Grants, asked: Json, accounts: Iterable[str]) -> str:
    """What somebody sees who follows the link. Raises BadRequest."""
    missing = [name for name in _NEEDED if not asked.get(name)]
    if missing:
        raise BadRequest(f"Error 400: invalid_request. Missing required parameter: {missing[0]}")
    if asked["client_id"] != grants.client_id:
        raise BadRequest("Error 401: invalid_client. The OAuth client was not found.")
    if grants.redirects and asked["redirect_uri"] not in grants.redirects:
        raise BadRequest("Error 400: redirect_uri_mismatch")
    if asked["response_type"] != "code" or asked.get("code_challenge_method", "S256") != "S256":
        raise BadRequest("Error 400: invalid_request")
    hidden = "".join(
        f'<input type="hidden" name="{escape(n)}" value="{escape(v)}">' for n, v in asked.items()
    )
    wanted = "".join(
        f'<li><input type="checkbox" name="{_TICK}{at}" value="{escape(scope)}" checked>{escape(scope)}</li>'
        for at, scope in enumerate(asked["scope"].split())
    )
    hint = asked.get("login_hint", "")
    people = "".join(
        f"<option{' selected' if who == hint else ''}>{escape(who)}</option>" for who in accounts
    )
    return (
        "<!doctype html><meta charset=utf-8><link rel=icon href=data:,><title>Sign in with Google</title><h1>An app wants access</h1>"
        f'<form method="post" action="/o/oauth2/consent">{hidden}<select name="account">{people}</select><ul>{wanted}</ul>'
        '<button name="answer" value="allow">Continue</button> <button name="answer" value="deny">Cancel</button></form>'
    )


def way_back(grants: Grants, said: Json) -> str:
    """Where the browser is sent after the answer."""
    back = {"state": said["state"]} if "state" in said else {}
    scopes = tuple(value for name, value in said.items() if name.startswith(_TICK))
    if said.get("answer") != "allow" or not scopes:
        return f"{said['redirect_uri']}?{urlencode(back | {'error': 'access_denied'})}"
    code = grants.code(
        said["account"], scopes, said["redirect_uri"], said.get("code_challenge", ""),
        offline=said.get("access_type") == "offline", asked_anew="consent" in said.get("prompt", "").split(),
    )  # fmt: skip
    return f"{said['redirect_uri']}?{urlencode(back | {'code': code, 'scope': ' '.join(scopes)})}"
