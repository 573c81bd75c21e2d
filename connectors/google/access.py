"""Access to one account: its credentials, and a connection for each thread.

Not what is asked for: wire.py. httplib2 is not safe between threads (googleapis.github.io/google-api-python-client/docs/
thread_safety.html), so each thread has a connection of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from http.client import BadStatusLine
from threading import local
from typing import Any

import httplib2
from google.oauth2 import service_account
from google.oauth2.credentials import Credentials
from google_auth_httplib2 import AuthorizedHttp
from googleapiclient.discovery import build

from connectors.google.pace import Pace
from daemon.domain.people import Address
from daemon.ports import Clock

TOKENS = "https://oauth2.googleapis.com/token"
API = "https://www.googleapis.com"


@dataclass(frozen=True, slots=True)
class Client:
    """The app as it is registered at Google. `tokens` and `api`: where Google is, for tests and proxies; `silent_seconds`:
    how long an answer may take."""

    id: str
    secret: str
    tokens: str = TOKENS
    api: str = API
    silent_seconds: float = 30.0


class _Once:
    """httplib2 sends a request once more by itself when a connection ends without an answer (`_conn_request`), also one that
    was carried out: then it shall be told instead."""

    def getresponse(self) -> Any:
        """As http.client has it."""
        try:
            return super().getresponse()  # type: ignore[misc]
        except BadStatusLine as nothing:
            raise ConnectionResetError("the connection ended without an answer") from nothing


class _Plain(_Once, httplib2.HTTPConnectionWithTimeout):  # type: ignore[misc]
    pass


class _Secure(_Once, httplib2.HTTPSConnectionWithTimeout):  # type: ignore[misc]
    pass


class OneShot(httplib2.Http):  # type: ignore[misc]
    """A connection for each request: one that was kept may have been closed meanwhile, which looks like a lost answer."""

    def request(self, uri: str, *given: Any, **more: Any) -> Any:
        """As httplib2 does it, and once."""
        more["connection_type"] = _Secure if uri.startswith("https:") else _Plain
        try:
            return super().request(uri, *given, **more)
        finally:
            self.close()


@dataclass(frozen=True, slots=True)
class Granted:
    """What the owner of an account has allowed: a token that can be renewed, and the app that it is good for. Or what the
    admin of their Workspace has: `key` is that of a service account which may act for them, as JSON, with these `scopes`: what
    a person has allowed stands in their consent."""

    client: Client
    refresh_token: str = ""
    key: str = ""
    scopes: tuple[str, ...] = ()


class Access:
    """One account. What was granted is looked up each time, so that connecting again counts at once."""

    def __init__(
        self,
        address: Address,
        granted: Callable[[], Granted],
        clock: Clock,
        pace: Pace | None = None,
    ) -> None:
        self.address, self.clock, self.pace = address, clock, pace or Pace()
        self._granted = granted
        self._of_thread = local()

    def events(self) -> Any:
        """The requests about events. AccessLost where nobody has connected the account."""
        return _requests(self._granted().client.api)[0]

    def freebusy(self) -> Any:
        """The requests about when somebody is busy; as for events."""
        return _requests(self._granted().client.api)[1]

    def mails(self) -> Any:
        """The requests about a mailbox; as for events."""
        return _mail_requests(self._granted().client.api)

    def http(self) -> AuthorizedHttp:
        """The connection of this thread, which lets itself in."""
        granted = self._granted()
        if getattr(self._of_thread, "granted", None) != granted:
            self._of_thread.granted = granted
            self._of_thread.http = _let_in(granted, self.address)
        return self._of_thread.http


@lru_cache(maxsize=8)
def _requests(api: str) -> tuple[Any, Any]:
    """For all accounts and threads: a service has 0.6 MB and takes 5 ms to make, and only puts requests together. They have
    to be carried out by a connection of their own."""
    service = build(
        "calendar", "v3", http=_Nobody(), static_discovery=True, cache_discovery=False,
        client_options={"api_endpoint": f"{api}/calendar/v3/"},
    )  # fmt: skip
    return service.events(), service.freebusy()


@lru_cache(maxsize=8)
def _mail_requests(api: str) -> Any:
    """The same of Gmail, which has a host of its own, and paths that begin with its name."""
    elsewhere = {} if api == API else {"client_options": {"api_endpoint": api}}
    service = build(
        "gmail", "v1", http=_Nobody(), static_discovery=True, cache_discovery=False, **elsewhere
    )
    return service.users()


class _Nobody:
    """No connection: what is put together belongs to nobody yet."""

    def request(self, *given: Any, **more: Any) -> Any:
        """Never."""
        raise AssertionError("a request needs the connection of its account")


def _let_in(granted: Granted, address: Address) -> AuthorizedHttp:
    return AuthorizedHttp(
        _credentials(granted, address), http=OneShot(timeout=granted.client.silent_seconds)
    )


def _credentials(granted: Granted, address: Address) -> Any:
    client = granted.client
    if granted.key:
        # a key goes to Google, wherever its file says that tokens are
        info = {**json.loads(granted.key), "token_uri": client.tokens}
        return service_account.Credentials.from_service_account_info(
            info, scopes=list(granted.scopes), subject=address
        )  # type: ignore[no-untyped-call]
    # The constructor: from_authorized_user_info would put Google's own token_uri into it (PROVIDERS 1).
    return Credentials(  # type: ignore[no-untyped-call]
        None, refresh_token=granted.refresh_token, token_uri=client.tokens, client_id=client.id,
        client_secret=client.secret,
    )  # fmt: skip
