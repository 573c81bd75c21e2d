"""Somebody signs in at Microsoft in a browser: sent there from a page of ours, or with a code that they type in.

Not kept here: what is granted is the secret that `run.py connect` keeps. It is what msal keeps, and the secret of the program where
the grant is good with that alone.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

import msal
from msgspec import Struct

from connectors.microsoft.access import App, client, msal_app
from connectors.microsoft.refusals import OUT_OF_REACH, NotGiven
from daemon.domain.people import Address
from daemon.errors import AccessLost, NotNow
from daemon.ports.signing_in import Way

REACHED = "Microsoft cannot be reached to sign in: {}"
INTERVAL_SECONDS, EXPIRES_SECONDS = 5.0, 900.0
T = TypeVar("T")
_PENDING = ("authorization_pending", "slow_down")


class Kept(Struct, frozen=True):
    """What `connect` keeps of a yes, all of it secret."""

    cache: str
    secret: str = ""

    def text(self) -> str:
        """As it lies in the vault, in one line."""
        return json.dumps({"cache": self.cache, "secret": self.secret})

    @classmethod
    def read(cls, text: str, address: Address) -> Kept:
        """AccessLost for what is none, such as a password from before."""
        try:
            told = json.loads(text)
            return cls(str(told["cache"]), str(told["secret"]))
        except (ValueError, KeyError, TypeError) as why:
            raise AccessLost(f"{address} has to sign in: run.py connect {address}") from why


def sent_away(app: App, address: Address, scopes: Sequence[str], redirect: str) -> Way:
    """Where the owner of that address signs in. NotNow where that cannot be said."""

    def begin(there: Any, cache: Any) -> Way:
        # it would rather have the code posted: ours is in the address, and worth nothing without the proof (RFC 7636)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            flow = there.initiate_auth_code_flow(list(scopes), redirect_uri=redirect, login_hint=address)  # fmt: skip
        return Way(str(flow["auth_uri"]), redirect, str(flow["state"]), json.dumps(flow))

    return _there(app, begin)


def come_back(app: App, address: Address, scopes: Sequence[str], way: Way, link: str) -> str:
    """What was granted, as text, by the `link` to which the browser was led. NotNow where nothing was."""

    def end(there: Any, cache: Any) -> str:
        answer = dict(parse_qsl(urlsplit(link).query))
        told = there.acquire_token_by_auth_code_flow(json.loads(way.proof), answer)
        return _kept(told, cache, app, address, scopes)

    return _there(app, end)


def with_code(
    app: App, address: Address, scopes: Sequence[str], tell: Callable[[str], None], wait: Callable[[float], None]
) -> str:  # fmt: skip
    """The same with a code that is typed in on any machine (RFC 8628)."""

    def sign_in(there: Any, cache: Any) -> str:
        flow = there.initiate_device_flow(scopes=list(scopes))
        if "user_code" not in flow:
            raise NotNow(f"{address} was not granted: {NotGiven.read(flow)}")
        tell(f"Open {flow['verification_uri']} in a browser, sign in as {address}, and type {flow['user_code']}")  # fmt: skip
        pause, left = float(flow.get("interval", INTERVAL_SECONDS)), float(flow.get("expires_in", EXPIRES_SECONDS))  # fmt: skip
        while left > 0:
            wait(pause)
            left -= max(pause, 1.0)
            told = there.acquire_token_by_device_flow(flow, exit_condition=lambda flow: True)
            if told.get("error") not in _PENDING:
                return _kept(told, cache, app, address, scopes)
        raise NotNow(f"{address} was not granted: nobody typed the code in time.")

    return _there(app, sign_in)


def _there(app: App, do: Callable[[Any, Any], T]) -> T:
    cache = msal.SerializableTokenCache()
    with client(app.silent_seconds) as http:
        try:
            return do(msal_app(app, cache, http), cache)
        except OUT_OF_REACH as why:
            raise NotNow(REACHED.format(type(why).__name__)) from why


def _kept(
    told: Mapping[str, Any], cache: Any, app: App, address: Address, scopes: Sequence[str]
) -> str:
    """What is kept of a yes. People and admins may leave some of it out: then it would half work."""
    if "access_token" not in told:
        raise NotNow(f"{address} was not granted: {NotGiven.read(told)}")
    granted = {each.rpartition("/")[2].lower() for each in str(told.get("scope", "")).split()}
    lacking = [each for each in scopes if each.lower() not in granted]
    if lacking:
        raise NotNow(
            f"{address} was not granted all of it: {', '.join(lacking)}. Please begin again, and allow it."
        )
    return Kept(cache.serialize(), app.secret).text()
