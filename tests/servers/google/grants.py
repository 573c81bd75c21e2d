"""Grants: who may ask for what, by tokens, as Google's OAuth endpoints have it (RFC 6749, 7009, 7523, 7636).

Not the page on which a person says yes: consent.py.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256

from tests.servers.google.schema import Json

LASTS = timedelta(hours=1)
CODE_LASTS = timedelta(minutes=10)
TESTING_LASTS = timedelta(days=7)
"""Of a consent screen in publishing status "Testing" (PROVIDERS 3)."""
JWT = "urn:ietf:params:oauth:grant-type:jwt-bearer"


@dataclass(slots=True)
class Grant:
    """What somebody allowed. `service`: whom it is used by, where that is no person."""

    account: str
    scopes: tuple[str, ...]
    until: datetime | None = None
    service: str = ""


@dataclass(slots=True)
class Code:
    """What a browser brings back, good once."""

    grant: Grant
    redirect_uri: str
    challenge: str
    offline: bool
    until: datetime


@dataclass(slots=True)
class ServiceAccount:
    """`acts_for`: the domain whose people it may act for (domain-wide delegation); empty for nobody's."""

    key: RSAPublicKey
    acts_for: str = ""


class NotGranted(Exception):
    """`error` and what Google says of it. The status is 400, and 401 for a client that is not known (RFC 6749, 5.2)."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(error)
        self.status = 401 if error == "invalid_client" else 400
        self.body: Json = {"error": error, "error_description": description}


class Grants:
    """The tokens of one client."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.client_id, self.client_secret = "client.apps.example", "secret"
        self.shut: set[str] = set()
        """Accounts of which every token is refused, until they are open again."""
        self.testing = False
        """Whether its consent screen is in status "Testing"."""
        self.redirects: set[str] = set()
        """Where a browser may be sent back to, as registered; empty for anywhere."""
        self.services: dict[str, ServiceAccount] = {}
        self.clock_of_assertions: Callable[[], datetime] = lambda: datetime.now(UTC)
        """google-auth signs with the clock of the machine, and a test does not move that one."""
        self.renewed = 0
        self._now = now
        self._codes: dict[str, Code] = {}
        self._refresh: dict[str, Grant] = {}
        self._access: dict[str, tuple[Grant, datetime]] = {}
        self._numbers = count(1)

    def granted(self, account: str, scopes: tuple[str, ...]) -> str:
        """A refresh token, as after consent."""
        token = f"1//refresh-{next(self._numbers)}"
        until = self._now() + TESTING_LASTS if self.testing else None
        self._refresh[token] = Grant(account, scopes, until)
        return token

    def code(
        self, account: str, scopes: tuple[str, ...], redirect_uri: str, challenge: str, *, offline: bool, asked_anew: bool = True
    ) -> str:  # fmt: skip
        """What the browser is sent back with. Who has agreed before is not asked again unless the app wants it (`asked_anew`,
        prompt=consent), and then there is no other refresh token (google-api-nodejs-client#750)."""
        name = f"4/code-{next(self._numbers)}"
        offline = offline and (asked_anew or not self._stands(account))  # fmt: skip
        grant = Grant(account, scopes)
        self._codes[name] = Code(grant, redirect_uri, challenge, offline, self._now() + CODE_LASTS)
        return name

    def _stands(self, account: str) -> bool:
        return any(
            each.account == account and (each.until is None or each.until > self._now())
            for each in self._refresh.values()
        )

    def take_back(self, account: str) -> None:
        """What somebody does on the page of their account: every token of theirs is good for nothing."""
        self._refresh = {t: g for t, g in self._refresh.items() if g.account != account}
        self._access = {t: g for t, g in self._access.items() if g[0].account != account}

    def revoke(self, token: str) -> bool:
        """RFC 7009: with a token goes the grant that it is of. Whether there was one."""
        grant = self._refresh.get(token) or self._access.get(token, (None, None))[0]
        if grant is not None:
            self.take_back(grant.account)
        return grant is not None

    def end(self) -> None:
        """Access tokens are over before their time."""
        self._access.clear()

    def of(self, header: str) -> Grant | None:
        """Whose token a request carries; None for none that is good."""
        grant, until = self._access.get(header.removeprefix("Bearer "), (None, self._now()))
        if grant is None or until <= self._now() or grant.account in self.shut:
            return None
        return grant

    def exchanged(self, form: Json) -> Json:
        """The token endpoint. Raises NotGranted."""
        kind = form.get("grant_type")
        if kind == JWT:
            return self._answer(self._of_service(form.get("assertion", "")))
        if (form.get("client_id"), form.get("client_secret")) != (
            self.client_id,
            self.client_secret,
        ):
            raise NotGranted("invalid_client", "The OAuth client was not found.")
        if kind == "authorization_code":
            return self._of_code(form)
        if kind != "refresh_token":
            raise NotGranted("unsupported_grant_type", f"Invalid grant_type: {kind}")
        grant = self._refresh.get(form.get("refresh_token", ""))
        over = grant is not None and grant.until is not None and grant.until <= self._now()
        if grant is None or over or grant.account in self.shut:
            raise NotGranted("invalid_grant", "Token has been expired or revoked.")
        self.renewed += 1
        return self._answer(grant)

    def _of_code(self, form: Json) -> Json:
        code = self._codes.pop(form.get("code", ""), None)
        if code is None or code.until <= self._now():
            raise NotGranted("invalid_grant", "Malformed auth code.")
        if form.get("redirect_uri") != code.redirect_uri:
            raise NotGranted("redirect_uri_mismatch", "Bad Request")
        if code.challenge and _challenge(form.get("code_verifier", "")) != code.challenge:
            raise NotGranted("invalid_grant", "Invalid code verifier.")
        answer = self._answer(code.grant)
        if code.offline:
            answer["refresh_token"] = self.granted(code.grant.account, code.grant.scopes)
        return answer

    def _of_service(self, assertion: str) -> Grant:
        """A service account by its key, for itself or for somebody of a domain that lets it."""
        try:
            head, claims, signature = assertion.split(".")
            told: Json = json.loads(_unpadded(claims))
            service = self.services[told["iss"]]
            service.key.verify(
                _unpadded(signature), f"{head}.{claims}".encode(), PKCS1v15(), SHA256()
            )
        except (ValueError, KeyError, InvalidSignature) as why:
            raise NotGranted("invalid_grant", "Invalid JWT Signature.") from why
        begins, ends, now = told.get("iat", 0), told.get("exp", 0), self.clock_of_assertions().timestamp()  # fmt: skip
        if not begins - 300 <= now < ends or ends - begins > LASTS.total_seconds():
            raise NotGranted(
                "invalid_grant",
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.",
            )
        person = told.get("sub", "")
        if person and person.rpartition("@")[2] != service.acts_for:
            raise NotGranted(
                "unauthorized_client",
                "Client is unauthorized to retrieve access tokens using this method, or client not"
                " authorized for any of the scopes requested.",
            )
        scopes = tuple(told.get("scope", "").split())
        return Grant(person or told["iss"], scopes, service="" if person else told["iss"])

    def _answer(self, grant: Grant) -> Json:
        token = f"ya29.access-{next(self._numbers)}"
        self._access[token] = (grant, self._now() + LASTS)
        return {
            "access_token": token, "expires_in": int(LASTS.total_seconds()), "token_type": "Bearer",
            "scope": " ".join(grant.scopes),
        }  # fmt: skip


def _challenge(verifier: str) -> str:
    """S256 (RFC 7636, 4.2)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def _unpadded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
