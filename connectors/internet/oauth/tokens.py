"""What an account was granted, kept in the vault, and the token of the hour, renewed when it is needed.

Not the granting: that is a person in a browser, see granting.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from connectors.internet.oauth.issuer import Denied, asked, issuer_at
from daemon.domain.account import Account
from daemon.errors import AccessLost, Temporary
from daemon.ports import Clock

EARLY = timedelta(minutes=2)
"""A token that ends within this time is renewed before it is used."""
_RENEWING = Lock()
"""One renewal at a time: some issuers take a refresh token only once, and give another."""


@dataclass(frozen=True, slots=True)
class Grant:
    """All of it is secret. `until` is when the access token ends, as ISO 8601."""

    refresh_token: str
    client_secret: str = ""
    access_token: str = ""
    until: str = ""

    def text(self) -> str:
        """As it lies in the vault, in one line."""
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, text: str, address: str) -> Grant:
        """AccessLost for what is none, such as a password from before."""
        try:
            return cls(**json.loads(text))
        except (ValueError, TypeError) as why:
            raise AccessLost(f"{address} has to sign in: run.py connect {address}") from why


class Tokens:
    """The tokens of one account; `load` and `save` are its place in the vault, which other processes use as well."""

    def __init__(
        self, account: Account, load: Callable[[], str], save: Callable[[str], None], clock: Clock
    ) -> None:
        self._account = account
        self._load = load
        self._save = save
        self._clock = clock

    def access(self) -> str:
        """A token that is good for a while. AccessLost where the grant was taken back."""
        with _RENEWING:
            grant = self._grant()
            if not self._ends(grant):
                return grant.access_token
            return self._renewed(grant).access_token

    def refused(self, token: str) -> bool:
        """The server does not take this token: it is used no more. Whether there is another one to try."""
        with _RENEWING:
            grant = self._grant()
            if grant.access_token == token:
                self._renewed(grant)
            return True

    def _grant(self) -> Grant:
        return Grant.read(self._load(), self._account.address)

    def _ends(self, grant: Grant) -> bool:
        if not grant.access_token or not grant.until:
            return True
        return datetime.fromisoformat(grant.until) - self._clock.now() < EARLY

    def _renewed(self, grant: Grant) -> Grant:
        address = self._account.address
        form = {
            "grant_type": "refresh_token", "refresh_token": grant.refresh_token,
            **client(self._account, grant.client_secret),
        }  # fmt: skip
        try:
            told = asked(issuer_at(self._account.sign_in).token, form)
        except Denied as why:
            if str(why) in ("temporarily_unavailable", "server_error", "slow_down"):
                raise Temporary(f"no token for {address} now ({why})") from why
            raise AccessLost(
                f"{address} has to sign in again ({why}): run.py connect {address}"
            ) from why
        fresh = granted(told, grant.client_secret, self._clock.now(), grant.refresh_token)
        self._save(fresh.text())
        return fresh


def client(account: Account, secret: str) -> dict[str, str]:
    """Who asks, as the issuer has registered it."""
    told = {"client_id": account.client_id}
    return {**told, "client_secret": secret} if secret else told


def granted(told: dict[str, Any], secret: str, now: datetime, before: str = "") -> Grant:
    """A successful answer (RFC 6749 5.1); without a new refresh token the one from before stays good."""
    access, refresh = told.get("access_token"), told.get("refresh_token") or before
    if not isinstance(access, str) or not isinstance(refresh, str) or not refresh:
        raise AccessLost("the issuer gives no token that can be renewed")
    seconds = told.get("expires_in", 3600)
    lasts = timedelta(seconds=float(seconds) if str(seconds).isdigit() else 3600)
    return replace(Grant(refresh, secret), access_token=access, until=(now + lasts).isoformat())
