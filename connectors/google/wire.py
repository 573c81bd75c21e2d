"""One request to Google, and what its refusals mean in the words of daemon/errors.py.

Not which requests there are. Nothing is tried twice here: whoever acts looks first whether it was done.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from http.client import HTTPException
from typing import Any

import httplib2
from google.auth.exceptions import GoogleAuthError, RefreshError
from googleapiclient.errors import HttpError

from connectors.google.access import Access
from connectors.google.pace import NO_GUESTS
from daemon.domain.people import Address
from daemon.errors import (
    AccessLost,
    ConnectorError,
    CursorExpired,
    Permanent,
    Temporary,
    VersionConflict,
)

Json = dict[str, Any]
QUOTA_WAIT = timedelta(hours=3)
"""After "Calendar usage limits exceeded", which lasts for hours (PROVIDERS 3)."""
_RATE = ("rateLimitExceeded", "userRateLimitExceeded")


class NotAllowed(AccessLost):
    """The owner of the account has let us in, and not allowed that: people may leave boxes without a tick."""


NO_LETTERS = "Gmail lets this mailbox send no more for some hours"
_OF_SENDING = b"(mail sending)"
"""Of the limit of letters a day (developers.google.com/workspace/gmail/api/guides/handle-errors)."""


def ask(request: Any, access: Access) -> Json:
    """The answer, as an object. Raises any error of daemon/errors.py, and no other."""
    address, now = access.address, access.clock.now()
    http = access.http()
    access.pace.take(address, now)
    try:
        answer = request.execute(http=http, num_retries=0)
    except HttpError as refused:
        raise _paced(meant(refused, address), access) from refused
    except RefreshError as refused:
        raise _of_tokens(refused, address) from refused
    except (GoogleAuthError, httplib2.HttpLib2Error, HTTPException, OSError, ValueError) as why:
        raise Temporary(f"Google does not answer: {type(why).__name__}") from why
    access.pace.answered(address)
    return answer if isinstance(answer, dict) else {}


def _paced(error: ConnectorError, access: Access) -> ConnectorError:
    """With how long to wait, where Google does not say that."""
    now = access.clock.now()
    if isinstance(error, Temporary) and error.retry_after is None:
        error.retry_after = access.pace.refused(access.address, now)
    if isinstance(error, Temporary) and error.whole:
        access.pace.invites_nobody(access.address, now + QUOTA_WAIT)
    return error


def _of_tokens(refused: RefreshError, address: Address) -> ConnectorError:
    """Why there is no token. Only what its owner can mend is lost access: were it the app that Google does not know, every
    mentor would be asked to connect again, in vain."""
    told = refused.args[1] if len(refused.args) > 1 and isinstance(refused.args[1], dict) else {}
    error = str(told.get("error", ""))
    if error in _OF_THE_OWNER:
        return AccessLost(f"{address} has to be connected again: run.py connect {address}")
    if error == "unauthorized_client":
        return Temporary(NOT_DELEGATED, whole=True)
    return Temporary(f"Google gives no token: {error or 'no reason'}", whole=True)


NOT_DELEGATED = (
    "the admin of the Workspace has not allowed the service account to act for this person with both scopes "
    "(docs/connect-google.md)"
)


_OF_THE_OWNER = ("invalid_grant", "admin_policy_enforced")
"""Taken back, or over after seven days of a consent screen in status "Testing"; or not allowed by their organisation."""


def meant(refused: HttpError, address: Address) -> ConnectorError:
    """A refusal by its status and its reason (PROVIDERS 3)."""
    status, reason = int(refused.resp.status), reason_of(refused)
    wait = _retry_after(refused.resp)
    if status in (403, 429) and _OF_SENDING in refused.content.lower():
        return Temporary(NO_LETTERS, QUOTA_WAIT, whole=True)
    match status:
        case 401:
            return AccessLost(f"{address} has to be connected again: run.py connect {address}")
        case 403 if reason == "quotaExceeded":
            return Temporary(NO_GUESTS, QUOTA_WAIT, whole=True)
        case 403 if reason in _RATE or wait is not None:
            return Temporary("Google takes no more requests just now", wait)
        case 400 | 403 if reason in _OF_THE_PROJECT:
            return Temporary(NOT_SWITCHED_ON.format(reason), QUOTA_WAIT, whole=True)
        case 403 if reason == "forbiddenForServiceAccounts":
            return Permanent("a service account invites nobody without domain-wide delegation")
        case 403 if reason == "insufficientPermissions":
            return NotAllowed(
                f"{address} has not allowed all that is needed: run.py connect {address}"
            )
        case 404 | 409 | 412:
            return VersionConflict(f"Google: {status} {reason}")
        case 410 if "syncToken" in _locations(refused) or reason in _EXPIRED:
            return CursorExpired("Google wants a full listing")
        case 410:
            return VersionConflict("Google: it was deleted")
        case 429:
            return Temporary("Google takes no more requests just now", wait)
        case _ if status >= 500 or status == 408:
            return Temporary(f"Google: {status} {reason}", wait)
    return Permanent(f"Google refuses this: {status} {reason}")


_OF_THE_PROJECT = ("accessNotConfigured", "domainPolicy", "failedPrecondition")
"""What somebody has to switch on: the API in the project, or the service for that person in the Workspace. It says nothing
about what was asked for."""
NOT_SWITCHED_ON = "Google has this API or service switched off for the program or the account: {} (docs/connect-google.md)"
_EXPIRED = ("fullSyncRequired", "updatedMinTooLongAgo")


def reason_of(refused: HttpError) -> str:
    """The reason of a refusal; empty where it names none."""
    return next((str(each.get("reason", "")) for each in _errors(refused)), "")


def _locations(refused: HttpError) -> list[str]:
    return [str(each.get("location", "")) for each in _errors(refused)]


def _errors(refused: HttpError) -> Iterable[Mapping[str, Any]]:
    try:
        errors = json.loads(refused.content)["error"]["errors"]
    except (ValueError, KeyError, TypeError):
        return ()
    return [each for each in errors if isinstance(each, dict)]


def _retry_after(answer: Mapping[str, Any]) -> timedelta | None:
    told = str(answer.get("retry-after", ""))
    return timedelta(seconds=min(int(told), 86_400)) if told.isdigit() else None
