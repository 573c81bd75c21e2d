"""Grants: who may ask for what, by tokens (RFC 6749, 7009), as Google's OAuth endpoints have it.

Not the page on which a person says yes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from tests.servers.google.schema import Json

LASTS = timedelta(hours=1)


@dataclass(slots=True)
class Grant:
    """What somebody allowed."""

    account: str
    scopes: tuple[str, ...]


class NotGranted(Exception):
    """`error` and what Google says of it; the status is 400."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(error)
        self.body: Json = {"error": error, "error_description": description}


class Grants:
    """The tokens of one client."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.client_id, self.client_secret = "client.apps.example", "secret"
        self.renewed = 0
        self._now = now
        self._refresh: dict[str, Grant] = {}
        self._access: dict[str, tuple[Grant, datetime]] = {}
        self._numbers = count(1)

    def granted(self, account: str, scopes: tuple[str, ...]) -> str:
        """A refresh token, as after consent."""
        token = f"1//refresh-{next(self._numbers)}"
        self._refresh[token] = Grant(account, scopes)
        return token

    def take_back(self, account: str) -> None:
        """What somebody does on the page of their account: every token of theirs is good for nothing."""
        self._refresh = {t: g for t, g in self._refresh.items() if g.account != account}
        self._access = {t: g for t, g in self._access.items() if g[0].account != account}

    def end(self) -> None:
        """Access tokens are over before their time."""
        self._access.clear()

    def of(self, header: str) -> Grant | None:
        """Whose token a request carries; None for none that is good."""
        grant, until = self._access.get(header.removeprefix("Bearer "), (None, self._now()))
        return grant if until > self._now() else None

    def exchanged(self, form: Json) -> Json:
        """The token endpoint. Raises NotGranted."""
        if (form.get("client_id"), form.get("client_secret")) != (self.client_id, self.client_secret):  # fmt: skip
            raise NotGranted("invalid_client", "The OAuth client was not found.")
        if form.get("grant_type") != "refresh_token":
            raise NotGranted("unsupported_grant_type", f"Invalid grant_type: {form.get('grant_type')}")  # fmt: skip
        grant = self._refresh.get(form.get("refresh_token", ""))
        if grant is None:
            raise NotGranted("invalid_grant", "Token has been expired or revoked.")
        token = f"ya29.access-{next(self._numbers)}"
        self._access[token] = (grant, self._now() + LASTS)
        self.renewed += 1
        return {
            "access_token": token, "expires_in": int(LASTS.total_seconds()), "token_type": "Bearer",
            "scope": " ".join(grant.scopes),
        }  # fmt: skip
