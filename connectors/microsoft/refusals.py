"""What the refusals of Microsoft mean, in the words of daemon/errors.py.

Not the requests. Sources: learn.microsoft.com/graph/errors, /graph/throttling, and of tokens /entra/identity-platform/
reference-error-codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
from msal.exceptions import MsalServiceError

from daemon.domain.people import Address
from daemon.errors import (
    AccessLost,
    ConnectorError,
    CursorExpired,
    Permanent,
    Temporary,
    VersionConflict,
)

OUT_OF_REACH = (httpx.HTTPError, httpx.InvalidURL, MsalServiceError, OSError, ValueError)
"""What comes of a network and of answers that are none; msal says ValueError where it cannot ask for tokens."""
QUOTA_WAIT = timedelta(hours=3)
"""After "too many mails", which lasts for hours."""
_FULL_LISTING = ("syncstatenotfound", "syncstateinvalid", "resyncrequired")
_SENT_TOO_MUCH = ("ErrorMessageSubmissionBlocked", "ErrorExceededMessageLimit", "ErrorQuotaExceeded")  # fmt: skip
_NO_MAILBOX = ("MailboxNotEnabledForRESTAPI", "MailboxNotSupportedForRESTAPI", "ErrorInvalidUser", "Request_ResourceNotFound")  # fmt: skip
NO_MAILBOX = "{} has no mailbox in this tenant of Microsoft 365 (docs/connect-microsoft365.md)"
NOT_ALLOWED = "{} may not be used: what the program is allowed there is not enough (docs/connect-microsoft365.md)"


class NotAllowed(AccessLost):
    """We are let in, and may not do that."""


def meant(status: int, code: str, headers: Mapping[str, str], address: Address) -> ConnectorError:
    """A refusal by its status and the code of its error."""
    wait = _retry_after(headers)
    if code in _SENT_TOO_MUCH:
        return Temporary("Microsoft lets this mailbox send no more for some hours", wait or QUOTA_WAIT, whole=True)  # fmt: skip
    if code in _NO_MAILBOX:
        return AccessLost(NO_MAILBOX.format(address))
    if status == 410 or code.lower() in _FULL_LISTING:
        return CursorExpired("Microsoft wants a full listing")
    match status:
        case 401:
            return AccessLost(f"{address} has to be connected again: run.py connect {address}")
        case 403 if wait is None and code in ("ErrorAccessDenied", "accessDenied", "Authorization_RequestDenied"):  # fmt: skip
            return NotAllowed(NOT_ALLOWED.format(address))
        case 403 if wait is not None:
            return Temporary("Microsoft takes no more requests just now", wait)
        case 404 | 409 | 412:
            return VersionConflict(f"Microsoft: {status} {code}")
        case 423 | 429:
            return Temporary("Microsoft takes no more requests just now", wait)
        case _ if status >= 500 or status == 408:
            return Temporary(f"Microsoft: {status} {code}", wait)
    return Permanent(f"Microsoft refuses this: {status} {code}")


def _retry_after(headers: Mapping[str, str]) -> timedelta | None:
    told = str(headers.get("retry-after", ""))
    return timedelta(seconds=min(int(told), 86_400)) if told.isdigit() else None


@dataclass(frozen=True, slots=True)
class NotGiven:
    """Why there is no token: the word of OAuth, and the number of Microsoft's."""

    error: str
    number: str

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> NotGiven:
        """As msal hands it on. Its description names people, and goes nowhere."""
        words = str(told.get("error_description", "")).split(":")[0]
        return cls(str(told.get("error", ""))[:60], words if words.startswith("AADSTS") else "")

    def __str__(self) -> str:
        return f"{self.error} {self.number}".strip() or "no reason"


_OF_THE_OWNER = ("invalid_grant", "interaction_required", "consent_required", "login_required")
_OF_THE_APP = ("invalid_client", "unauthorized_client")


def of_tokens(why: NotGiven, address: Address) -> ConnectorError:
    """Only what its owner can mend is lost access: were it the app that is not known any more, every mentor would be asked to
    connect again, in vain."""
    if why.error in _OF_THE_OWNER:
        return AccessLost(f"{address} has to be connected again: run.py connect {address}")
    if why.error in _OF_THE_APP:
        told = f"Microsoft does not know the program any more, or its client secret is over ({why}): docs/connect-microsoft365.md"
        return Temporary(told, whole=True)
    return Temporary(f"Microsoft gives no token: {why}", whole=True)
