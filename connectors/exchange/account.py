"""One account at Exchange, for the life of the process, and what its refusals mean in the words of daemon/errors.py.

Not what is asked: mirror.py and calendar.py. Nothing is tried again here: exchangelib's own patience sends a meeting twice
after an answer that was lost, so it fails at once, and whoever acts looks first whether it was done.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from threading import RLock
from typing import TypeVar
from urllib.parse import urlsplit

from exchangelib import (
    DELEGATE,
    OAUTH2,
    Account,
    Configuration,
    Credentials,
    EWSTimeZone,
    FailFast,
    OAuth2AuthorizationCodeCredentials,
)
from exchangelib import errors as said
from exchangelib.protocol import Protocol
from exchangelib.version import EXCHANGE_2019, Version
from oauthlib.oauth2 import OAuth2Error, OAuth2Token
from requests.exceptions import RequestException

from daemon.domain.account import EWS_ONLINE, EWS_OVER
from daemon.domain.account import Account as Account_
from daemon.domain.people import Address
from daemon.errors import (
    AccessLost,
    ConnectorError,
    CursorExpired,
    Permanent,
    Temporary,
    VersionConflict,
)

# It writes whole requests to its log where something goes wrong: letters, names and passwords among them.
logging.getLogger("exchangelib").addHandler(logging.NullHandler())
logging.getLogger("exchangelib").propagate = False
T = TypeVar("T")
_GONE = (
    said.ErrorItemNotFound, said.ErrorIrresolvableConflict, said.ErrorStaleObject, said.ErrorChangeKeyRequired,
    said.ErrorCalendarOccurrenceIsDeletedFromRecurrence, said.ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange,
    said.ErrorInvalidChangeKey,
)  # fmt: skip
_PASSING = (
    said.ErrorInternalServerError, said.ErrorInternalServerTransientError, said.ErrorMailboxStoreUnavailable,
    said.ErrorTimeoutExpired, said.ErrorMailboxMoveInProgress, said.ErrorConnectionFailed, said.ErrorInsufficientResources,
    said.RateLimitError, said.MalformedResponseError, said.SOAPError,
)  # fmt: skip
_SHUT = (said.UnauthorizedError, said.ErrorAccessDenied, said.ErrorNonExistentMailbox)


@dataclass(frozen=True, slots=True)
class Login:
    """Where an account is, and how to log in there. `silent_seconds`: how long an answer may take."""

    address: Address
    url: str
    user: str
    password: str
    silent_seconds: float = 30.0
    token: str = ""
    """The token of the hour, where its owner has signed in instead."""


class _Own(Credentials):  # type: ignore[misc]
    """Those of one connection alone: exchangelib shares one protocol between equal ones, and closes it for all of them."""

    __eq__ = object.__eq__
    __hash__ = object.__hash__


class _Bearer(OAuth2AuthorizationCodeCredentials):  # type: ignore[misc]
    """A token that we renew ourselves: exchangelib has its troubles with that (#1090, #1345)."""

    __eq__ = object.__eq__
    __hash__ = object.__hash__


def login_of(account: Account_, password: str, token: str, today: date) -> Login:
    """Where the files say that the account is. AccessLost where Exchange Web Services are over."""
    if today >= EWS_OVER and urlsplit(account.url).hostname in EWS_ONLINE:
        raise AccessLost(f"Exchange Web Services of Microsoft 365 ended on {EWS_OVER}")
    user = account.user or account.address
    return Login(account.address, account.url, user, password, token=token)


class Reached:
    """One account. `login` is asked each time, so that connecting again counts at once; of an unchanged one there is ever
    one Account, or open files would pile up (exchangelib #1100)."""

    def __init__(self, address: Address, login: Callable[[], Login], zone: str) -> None:
        self.address, self._login, self._zone = address, login, zone
        self._lock = RLock()
        self._known: Login | None = None
        self._account: Account | None = None

    def ask(self, call: Callable[[Account], T]) -> T:
        """What that call answers. Raises any error of daemon/errors.py, and no other."""
        with self._lock:
            account = self._reach()
            try:
                return call(account)
            except ConnectorError:
                raise
            except (
                said.EWSError,
                RequestException,
                OAuth2Error,
                OSError,
                ValueError,
                AttributeError,
            ) as why:
                raise meant(why, self.address) from why

    def close(self) -> None:
        """Let the connection go."""
        with self._lock:
            if self._account is not None:
                with suppress(KeyError):
                    del Protocol[self._account.protocol.config]
                self._account.protocol.close()
            self._account, self._known = None, None

    def _reach(self) -> Account:
        login = self._login()
        if self._account is None or login != self._known:
            self.close()
            credentials, kind = _Own(login.user, login.password), None
            if login.token:
                token = OAuth2Token({"access_token": login.token, "token_type": "Bearer"})
                credentials, kind = _Bearer(access_token=token), OAUTH2
            configuration = Configuration(
                service_endpoint=login.url, credentials=credentials, auth_type=kind,
                version=Version(build=EXCHANGE_2019), retry_policy=FailFast(), max_connections=1,
            )  # fmt: skip
            self._account = Account(
                login.address, config=configuration, autodiscover=False, access_type=DELEGATE,
                default_timezone=EWSTimeZone(self._zone),
            )  # fmt: skip
            self._account.protocol.TIMEOUT = login.silent_seconds
            self._known = login
        return self._account


def meant(why: Exception, address: Address) -> ConnectorError:
    """What an error of exchangelib or of the network means for us."""
    match why:
        case said.ErrorServerBusy():
            wait = timedelta(seconds=why.back_off) if why.back_off else None
            return Temporary("Exchange takes no more requests just now", wait)
        case _ if isinstance(why, _SHUT):
            return AccessLost(f"{address} has to be connected again: run.py connect {address}")
        case said.ErrorInvalidSyncStateData():
            return CursorExpired("Exchange wants a full listing")
        case _ if isinstance(why, _GONE):
            return VersionConflict(f"Exchange: {type(why).__name__}")
        case _ if isinstance(why, _PASSING) or not isinstance(why, said.ResponseMessageError):
            return Temporary(f"Exchange does not answer: {type(why).__name__}")
    return Permanent(f"Exchange refuses this: {type(why).__name__}")
