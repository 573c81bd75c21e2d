"""How many letters a day well-known providers let an account send, as they publish it; of all others nothing is known.

Not what this program sends: that is in its file. Not a promise: providers change it, and new accounts get less.
"""

from __future__ import annotations

from daemon.domain.people import Address

LIMITS: tuple[tuple[str, int, str], ...] = (
    ("gmail.com", 500, "Gmail lets an account send about 500 letters a day, one of Google Workspace about 2,000"),
    ("office365.com", 10_000, "Microsoft 365 lets a mailbox send 10,000 letters a day, and 30 a minute"),
    ("outlook.com", 300, "Outlook.com lets a new account send about 300 letters a day"),
    ("mail.me.com", 1_000, "iCloud lets an account send 1,000 letters a day"),
    ("mail.yahoo.com", 500, "Yahoo lets an account send about 500 letters a day"),
)  # fmt: skip


PERSONAL, WORKSPACE = 400, 1_800
"""Letters a day from a mailbox at Gmail, of the 500 and 2,000 that Google allows: people use it as well."""


AT_MICROSOFT = 8_000
"""The same at Microsoft 365, of the 10,000 that it allows."""


def at_gmail(address: Address) -> int:
    """Letters a day from that mailbox at Gmail: one's own domain is a Workspace."""
    personal = address.rpartition("@")[2] in ("gmail.com", "googlemail.com")
    return PERSONAL if personal else WORKSPACE


def limit_of(host: str) -> tuple[int, str] | None:
    """Letters a day of the server at that host, and the sentence about it."""
    for name, most, words in LIMITS:
        if host == name or host.endswith(f".{name}"):
            return most, words
    return None
