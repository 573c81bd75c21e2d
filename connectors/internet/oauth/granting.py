"""Somebody signs in in a browser: with a code where the issuer takes codes (RFC 8628), else by pasting where it led.

Not kept here: what is granted is the secret that `run.py connect` keeps.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from connectors.internet.oauth.issuer import Denied, Issuer, asked, google_calendar, issuer_at
from connectors.internet.oauth.tokens import Grant, client, granted
from daemon.domain.account import Account
from daemon.errors import ConnectorError, NotNow, Temporary
from daemon.ports import Clock

REDIRECT = "http://127.0.0.1"
"""Nobody listens there: the browser shows an error, and its address has the code (RFC 8252 7.3)."""
INTERVAL_SECONDS, PAUSE_SECONDS_MOST = 5.0, 60.0
EXPIRES_SECONDS = 900.0
"""How long a code is asked about of which its issuer does not say how long it is good."""
_DEVICE = "urn:ietf:params:oauth:grant-type:device_code"


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever sits at the terminal: `tell` shows a line, `ask` shows one and answers what was typed, `wait` waits."""

    tell: Callable[[str], None]
    ask: Callable[[str], str]
    wait: Callable[[float], None]


def sign_in(account: Account, client_secret: str, person: Person, clock: Clock) -> str:
    """The grant as text. NotNow where nothing was granted, and why."""
    try:
        issuer = issuer_at(account.sign_in) if account.sign_in else google_calendar(account.url)
        if issuer.device:
            grant = _with_code(account, issuer, client_secret, person, clock)
        else:
            grant = _with_redirect(account, issuer, client_secret, person, clock)
    except Denied as why:
        raise NotNow(f"{account.address} was not granted: {why}") from why
    except ConnectorError as why:
        raise NotNow(str(why)) from why
    return grant.text()


def _with_code(
    account: Account, issuer: Issuer, secret: str, person: Person, clock: Clock
) -> Grant:
    who = client(account, secret)
    told = asked(issuer.device, {**who, "scope": issuer.scope})
    where = told.get("verification_uri") or told.get("verification_url")
    person.tell(f"Open {where} in a browser, sign in as {account.address}, and type {told['user_code']}")  # fmt: skip
    form = {**who, "grant_type": _DEVICE, "device_code": str(told["device_code"])}
    pause = _seconds(told.get("interval"), INTERVAL_SECONDS)
    left = _seconds(told.get("expires_in"), EXPIRES_SECONDS)
    while left > 0:
        person.wait(pause)
        left -= max(pause, 1.0)
        try:
            return granted(asked(issuer.token, form), secret, clock.now())
        except Denied as why:
            if str(why) == "slow_down":
                pause += INTERVAL_SECONDS
            elif str(why) != "authorization_pending":
                raise
        except Temporary:
            # whoever is not answered asks half as often (RFC 8628 3.5); the code is still good
            pause = min(max(2 * pause, INTERVAL_SECONDS), PAUSE_SECONDS_MOST)
    raise Denied("expired_token")


def _seconds(told: object, otherwise: float) -> float:
    """What is not said, or is no number, is what the RFC says (RFC 8628 3.2)."""
    said = str(told) if isinstance(told, int | float | str) and not isinstance(told, bool) else ""
    return float(said) if said.replace(".", "", 1).isdigit() else otherwise


def _with_redirect(
    account: Account, issuer: Issuer, secret: str, person: Person, clock: Clock
) -> Grant:
    """With PKCE (RFC 7636), so that a code that somebody else sees is worth nothing."""
    proof, state = secrets.token_urlsafe(48), secrets.token_urlsafe(16)
    digest = base64.urlsafe_b64encode(hashlib.sha256(proof.encode()).digest())
    query = {
        "client_id": account.client_id, "redirect_uri": REDIRECT, "response_type": "code",
        "scope": issuer.scope, "state": state, "code_challenge": digest.rstrip(b"=").decode(),
        "code_challenge_method": "S256", "login_hint": account.address,
        "access_type": "offline", "prompt": "consent",
    }  # fmt: skip
    person.tell(f"Open this in a browser and sign in as {account.address}:\n{issuer.authorize}?{urlencode(query)}")  # fmt: skip
    pasted = person.ask(
        f"The browser then goes to {REDIRECT} and shows an error. Paste its address here: "
    )
    answer = parse_qs(urlsplit(pasted.strip()).query)
    if answer.get("state") != [state] or not answer.get("code"):
        why = answer.get("error", ["no code of this sign-in is in it"])[0]
        raise NotNow(f"That address does not help: {why[:80]}. Nothing is changed.")
    form = {
        **client(account, secret), "grant_type": "authorization_code", "code": answer["code"][0],
        "redirect_uri": REDIRECT, "code_verifier": proof,
    }  # fmt: skip
    return granted(asked(issuer.token, form), secret, clock.now())
