"""Who issues tokens: where its doors are, and what it answers there.

Not a token: who keeps and renews them is tokens.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx

from daemon.domain.account import Account
from daemon.errors import AccessLost, Temporary

TIMEOUT_SECONDS = 20.0
LATER = timedelta(minutes=5)
BYTES_MAX = 100_000
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_PLACES = ("/.well-known/openid-configuration", "/.well-known/oauth-authorization-server")


@dataclass(frozen=True, slots=True)
class Issuer:
    """`device` is empty where nobody can sign in with a code on another machine (RFC 8628); `authorize` is where the
    browser goes otherwise."""

    token: str
    device: str
    authorize: str
    scope: str


_MICROSOFT = "https://login.microsoftonline.com/common/oauth2/v2.0"
_KNOWN = {
    # its codes for other machines give no right to mail
    "google": Issuer(
        "https://oauth2.googleapis.com/token", "",
        "https://accounts.google.com/o/oauth2/v2/auth", "https://mail.google.com/",
    ),
    "microsoft": Issuer(
        f"{_MICROSOFT}/token", f"{_MICROSOFT}/devicecode", f"{_MICROSOFT}/authorize",
        "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access",
    ),
}  # fmt: skip


def google_for(account: Account) -> Issuer:
    """Google for a calendar, a mailbox or both, with the smallest scopes that do. Its `url` is a stand-in for Google, as
    tests have it."""
    known, at, scope = _KNOWN["google"], account.url, " ".join(google_scopes(account))
    if not at:
        return replace(known, scope=scope)
    _check(at)
    return Issuer(f"{at}/token", "", f"{at}/o/oauth2/v2/auth", scope)


def google_scopes(account: Account) -> tuple[str, ...]:
    """What its owner is asked for (PROVIDERS 3). A mailbox that is read needs all of mail: Google lets nobody delete single
    mails for good with less (users.messages.delete), and what was dealt with is deleted."""
    mail = SENDING if account.read_in else MAIL
    return (
        *(CALENDAR_SCOPES if account.calendar == "google" else ()),
        *((mail,) if account.mail == "google" else ()),
    )


CALENDAR_SCOPES = (
    "https://www.googleapis.com/auth/calendar.events.owned",
    "https://www.googleapis.com/auth/calendar.freebusy",
)
MAIL, SENDING = "https://mail.google.com/", "https://www.googleapis.com/auth/gmail.send"


EWS_SCOPE = "https://outlook.office365.com/EWS.AccessAsUser.All offline_access"


def issuer_for(account: Account) -> Issuer:
    """Who issues its tokens. At Microsoft what is asked for is another thing for Exchange Web Services than for IMAP and SMTP."""
    found = issuer_at(account.sign_in)
    if account.at_exchange and account.sign_in == "microsoft":
        return replace(found, scope=EWS_SCOPE)
    return found


class Denied(Exception):
    """It answers a request with a word of RFC 6749 5.2, such as invalid_grant."""


def issuer_at(sign_in: str) -> Issuer:
    """The doors of a known issuer, or those that the one at this address publishes (RFC 8414). AccessLost where it
    publishes none, Temporary where it does not answer."""
    if sign_in in _KNOWN:
        return _KNOWN[sign_in]
    base = sign_in.rstrip("/")
    for place in _PLACES:
        told = _answer("GET", base + place, None)
        if told is None:
            continue
        if str(told.get("issuer", "")).rstrip("/") != base:
            raise AccessLost(f"{base} says that it is somebody else")  # RFC 8414 3.3
        doors = {
            name: str(told.get(f"{name}_endpoint", ""))
            for name in ("token", "device_authorization", "authorization")
        }
        for url in filter(None, doors.values()):
            _check(url)
        if not doors["token"]:
            break
        return Issuer(doors["token"], doors["device_authorization"], doors["authorization"], "openid email offline_access")  # fmt: skip
    raise AccessLost(f"{base} does not say how to sign in there")


def asked(url: str, form: Mapping[str, str]) -> dict[str, Any]:
    """What the issuer answers to a form. Raises Denied, and Temporary where it cannot be asked now."""
    told = _answer("POST", url, form)
    if told is None:
        raise Temporary(f"{_host(url)} does not give tokens now", LATER)
    return told


def _answer(method: str, url: str, form: Mapping[str, str] | None) -> dict[str, Any] | None:
    """None where there is nothing at that address."""
    host = _host(url)
    try:
        with httpx.Client(trust_env=False, timeout=TIMEOUT_SECONDS) as client:
            answer = client.request(
                method, url, data=form, headers={"Accept": "application/json"}
            )  # fmt: skip
    except httpx.HTTPError as why:
        raise Temporary(f"{host} cannot be reached: {type(why).__name__}") from why
    told = _table(answer)
    if told.get("error") == "slow_down":
        raise Denied("slow_down")
    if answer.status_code == 429 or answer.status_code >= 500:
        raise Temporary(f"{host} does not give tokens now ({answer.status_code})", LATER)
    if answer.status_code in (400, 401, 403) and isinstance(told.get("error"), str):
        raise Denied(told["error"][:60])
    if answer.status_code != 200:
        return None
    if not told:
        raise Temporary(f"{host} answers what is no JSON", LATER)
    return told


def _table(answer: httpx.Response) -> dict[str, Any]:
    if len(answer.content) > BYTES_MAX:
        return {}
    try:
        told = answer.json()
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _check(url: str) -> None:
    """Tokens go in no clear text but on this machine."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise AccessLost(f"{_host(url)} would get tokens in clear text")


def _host(url: str) -> str:
    return urlsplit(url).hostname or "the issuer"
