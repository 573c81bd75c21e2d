"""`calendar: exchange` and `mail: exchange`: whether Exchange Web Services are to be had where the files say.

Not a connection: whether a server is there is found by `connect` and `doctor`.
"""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from daemon.domain.account import EWS_OFF, EWS_ONLINE, EWS_OVER, Account

_EXAMPLE = "https://mail.example.org/EWS/Exchange.asmx"


def barred(account: Account, today: date | None) -> tuple[str, str] | None:
    """Why not, and what to do; None where nothing bars the way."""
    what = "calendar" if account.calendar == "exchange" else "mail"
    if not account.url:
        return (
            f"{what}: exchange  needs to say where your Exchange is.",
            f"Write url: as well, for example {_EXAMPLE}.",
        )
    host = urlsplit(account.url).hostname or ""
    if host not in EWS_ONLINE:
        return None
    if today and today >= EWS_OVER:
        return (
            f"url:  is Microsoft 365, where Exchange Web Services ended on {EWS_OVER}.",
            f"Write {what}: microsoft instead (docs/connect-microsoft365.md).",
        )
    if not account.ews_allowed:
        return (
            f"url:  is Microsoft 365, where Exchange Web Services are off since {EWS_OFF} and end on {EWS_OVER}.",
            f"Write {what}: microsoft instead (docs/connect-microsoft365.md); or ews_allowed: true if your tenant has switched them on for this program.",
        )
    return None
