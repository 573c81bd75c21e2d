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

from connectors.internet.oauth.issuer import Denied, Issuer, asked, google_for, issuer_for
from connectors.internet.oauth.tokens import Grant, client, granted
from daemon.domain.account import Account
from daemon.errors import ConnectorError, NotNow, Temporary
from daemon.ports import Clock
from daemon.ports.signing_in import Way

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

    def grant() -> Grant:
        issuer = _issuer_of(account)
        way = _with_code if issuer.device else _with_redirect
        return way(account, issuer, client_secret, person, clock)

    return _spoken(account, grant)


def _spoken(account: Account, grant: Callable[[], Grant]) -> str:
    """What was granted, as text; else why not, in words for the one who asked."""
    try:
        return grant().text()
    except Denied as why:
        raise NotNow(f"{account.address} was not granted: {why}") from why
    except ConnectorError as why:
        raise NotNow(str(why)) from why


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
    way = _sent_away(account, issuer, REDIRECT)
    person.tell(f"Open this in a browser and sign in as {account.address}:\n{way.link}")
    pasted = person.ask(
        f"The browser then goes to {REDIRECT} and shows an error. Paste its address here: "
    )
    return _come_back(account, issuer, secret, way, pasted.strip(), clock)


class SigningIn:
    """See SignsIn."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def place(self, account: Account) -> str:
        """See SignsIn."""
        parts = urlsplit(_issuer_of(account).authorize)
        return f"{parts.scheme}://{parts.netloc}"

    def sent_away(self, account: Account, redirect: str) -> Way:
        """See SignsIn."""
        try:
            return _sent_away(account, _issuer_of(account), redirect)
        except ConnectorError as why:
            raise NotNow(str(why)) from why

    def come_back(self, account: Account, secret: str, way: Way, address: str) -> str:
        """See SignsIn."""

        def grant() -> Grant:
            issuer = _issuer_of(account)
            return _come_back(account, issuer, secret, way, address, self._clock)

        return _spoken(account, grant)


def _issuer_of(account: Account) -> Issuer:
    return issuer_for(account) if account.sign_in else google_for(account)


def _sent_away(account: Account, issuer: Issuer, redirect: str) -> Way:
    proof, state = secrets.token_urlsafe(48), secrets.token_urlsafe(16)
    digest = base64.urlsafe_b64encode(hashlib.sha256(proof.encode()).digest())
    # without prompt=consent a second yes brings no token that lasts (google-api-nodejs-client#750)
    query = {
        "client_id": account.client_id, "redirect_uri": redirect, "response_type": "code",
        "scope": issuer.scope, "state": state, "code_challenge": digest.rstrip(b"=").decode(),
        "code_challenge_method": "S256", "login_hint": account.address,
        "access_type": "offline", "prompt": "consent",
    }  # fmt: skip
    return Way(f"{issuer.authorize}?{urlencode(query)}", redirect, state, proof)


def _come_back(
    account: Account, issuer: Issuer, secret: str, way: Way, address: str, clock: Clock
) -> Grant:
    answer = parse_qs(urlsplit(address).query)
    if answer.get("state") != [way.state] or not answer.get("code"):
        why = answer.get("error", ["no code of this sign-in is in it"])[0]
        raise NotNow(f"That address does not help: {why[:80]}. Nothing is changed.")
    form = {
        **client(account, secret), "grant_type": "authorization_code", "code": answer["code"][0],
        "redirect_uri": way.redirect, "code_verifier": way.proof,
    }  # fmt: skip
    told = asked(issuer.token, form)
    if not account.sign_in:
        _check_whole(issuer, str(told.get("scope", issuer.scope)))
    return granted(told, secret, clock.now())


def _check_whole(issuer: Issuer, scopes: str) -> None:
    """People may leave out some of what they are asked for (Google's granular permissions): then it would half work."""
    left_out = [each for each in issuer.scope.split() if each not in scopes.split()]
    if left_out:
        names = " and ".join(each.rpartition("/")[2] for each in left_out)
        raise Denied(
            f"a box was left without a tick ({names}). Please begin again, and leave every box ticked."
        )
