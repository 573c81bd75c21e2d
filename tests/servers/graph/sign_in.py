"""Signing in: the endpoints that msal asks for tokens, and the yes of a person in a browser.

Not what a token is good for: door.py.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tests.servers.graph.faults import Json, Refused

if TYPE_CHECKING:
    from tests.servers.graph import Graph

APP, APP_SECRET, TENANT = "11111111-2222-3333-4444-555555555555", "app secret", "example.onmicrosoft.com"  # fmt: skip
_LATE = 4_102_444_800
"""When an id token is over."""
_ALWAYS = ("openid", "profile", "offline_access")


@dataclass(slots=True)
class Asked:
    """Somebody on their way: what the app wants of them, and how its answer is known."""

    who: str
    scope: str
    challenge: str
    redirect: str
    nonce: str = ""
    allowed: bool = True


class SignIn:
    """Microsoft's identity platform for one tenant."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._codes: dict[str, Asked] = {}
        self._devices: dict[str, Asked] = {}
        self._refresh: dict[str, tuple[str, str]] = {}
        self._numbers = count()
        self.access: dict[str, str] = {}
        """Whose token it is; empty for the app's own."""
        self.taken_back: set[str] = set()
        """Who has taken their yes back."""
        self.types: str = ""
        """Whoever signs in in a browser is that one, whoever was expected."""
        self.granted: list[str] = []
        """How each token was come by."""

    def discovery(self, tenant: str) -> Json:
        """Where the endpoints are (OpenID Connect Discovery)."""
        at = f"{self._graph.url}/{tenant}"
        return {
            "issuer": f"{at}/v2.0", "token_endpoint": f"{at}/oauth2/v2.0/token", "authorization_endpoint": f"{at}/oauth2/v2.0/authorize",
            "device_authorization_endpoint": f"{at}/oauth2/v2.0/devicecode", "jwks_uri": f"{at}/keys",
        }  # fmt: skip

    def authorize(self, query: dict[str, str]) -> str:
        """The person says yes; where the browser goes then."""
        if query["client_id"] != APP or query["code_challenge_method"] != "S256":
            raise Refused(400, "invalid_request")
        who = self.types or query["login_hint"]
        asked = Asked(who, query["scope"], query["code_challenge"], query["redirect_uri"], query.get("nonce", ""))  # fmt: skip
        code = f"code-{len(self._codes)}"
        self._codes[code] = asked
        return f"{asked.redirect}?{urlencode({'code': code, 'state': query['state']})}"

    def device(self, form: dict[str, str]) -> Json:
        """A code to type in somewhere else."""
        code = f"device-{len(self._devices)}"
        self._devices[code] = Asked("", form["scope"], "", "", allowed=False)
        return {
            "device_code": code, "user_code": "ABCD1234", "verification_uri": f"{self._graph.url}/device", "expires_in": 900,
            "interval": 1, "message": "Open it and type the code.",
        }  # fmt: skip

    def typed(self, who: str) -> None:
        """Somebody typed the code, and has signed in."""
        for each in self._devices.values():
            each.who, each.allowed = who, True

    def token(self, tenant: str, form: dict[str, str]) -> Json:
        """By one of the ways that there are. Raises Refused."""
        kind = form["grant_type"]
        self.granted.append(kind)
        if form["client_id"] != APP:
            raise Refused(400, "unauthorized_client", "AADSTS700016: the application was not found in the directory.")  # fmt: skip
        if form.get("client_secret", APP_SECRET) != APP_SECRET:
            raise Refused(401, "invalid_client", "AADSTS7000222: the client secret is expired.")
        match kind:
            case "client_credentials":
                if "client_secret" not in form:
                    raise Refused(401, "invalid_client", "AADSTS7000218: a client secret is needed.")  # fmt: skip
                return self._fresh("")
            case "authorization_code":
                asked = self._codes.pop(form["code"], None)
                proof = hashlib.sha256(form["code_verifier"].encode()).digest()
                if asked is None or base64.urlsafe_b64encode(proof).rstrip(b"=").decode() != asked.challenge:  # fmt: skip
                    raise Refused(400, "invalid_grant", "AADSTS54005: the code was already redeemed.")  # fmt: skip
                return self._whole(tenant, asked)
            case "urn:ietf:params:oauth:grant-type:device_code":
                asked = self._devices[form["device_code"]]
                if not asked.allowed:
                    raise Refused(400, "authorization_pending")
                return self._whole(tenant, asked)
            case "refresh_token":
                who, scope = self._refresh.get(form["refresh_token"], ("", ""))
                if not who or who in self.taken_back:
                    raise Refused(400, "invalid_grant", "AADSTS50173: the grant was revoked.")
                return self._whole(tenant, Asked(who, form.get("scope", scope), "", ""))
        raise Refused(400, "unsupported_grant_type")

    def _fresh(self, who: str) -> Json:
        token = f"at-{next(self._numbers)}"
        self.access[token] = who
        return {"token_type": "Bearer", "access_token": token, "expires_in": 3599}

    def _whole(self, tenant: str, asked: Asked) -> Json:
        self.taken_back.discard(asked.who) if asked.redirect else None
        refresh = f"rt-{len(self._refresh)}"
        self._refresh[refresh] = (asked.who, asked.scope)
        scopes = " ".join(each for each in asked.scope.split() if each not in _ALWAYS)
        claims = {
            "iss": f"{self._graph.url}/{tenant}/v2.0", "aud": APP, "exp": _LATE,
            "sub": asked.who, "oid": asked.who, "tid": TENANT, "preferred_username": asked.who,
        } | ({"nonce": asked.nonce} if asked.nonce else {})  # fmt: skip
        info = {"uid": asked.who, "utid": TENANT}
        return self._fresh(asked.who) | {
            "refresh_token": refresh, "scope": scopes, "client_info": _told(info), "id_token": f"{_told({})}.{_told(claims)}.c2ln",
        }  # fmt: skip

    def owner(self, token: str) -> str | None:
        """Whose token it is; None for none of ours, and for one that was taken back."""
        who = self.access.get(token)
        return None if who is None or who in self.taken_back else who

    def yes(self, who: str) -> str:
        """A refresh token of somebody who has said yes before."""
        refresh = f"rt-{len(self._refresh)}"
        self._refresh[refresh] = (who, "openid profile offline_access")
        return refresh


def _told(claims: Json) -> str:
    return base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
