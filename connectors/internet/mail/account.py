"""A mail account of the open internet: where its servers are, how to log in, and what is known of its Sent folder.

Not the settings file: see daemon/settings/accounts.py; secrets are asked for when a connection is made.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from daemon.domain.people import Address

Security = Literal["tls", "starttls", "none"]
Proof = Literal["server", "copy", "append"]
"""What shows that a letter was accepted, as `run.py connect` found out by a mail to itself.

`server`: the server puts everything sent into Sent (Gmail, Microsoft 365).
`copy`: the envelope names our own mailbox as well, so one acceptance means both; the copy becomes the one in Sent.
`append`: neither works; we put it into Sent afterwards, so its absence there proves nothing.
"""


@dataclass(frozen=True, slots=True)
class Server:
    """One server of the account. `none` leaves the connection open to readers: for loopback only."""

    host: str
    port: int
    security: Security = "tls"

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Login:
    """How to log in. `secret` is called at each new connection, so that a new one counts without a restart."""

    user: str
    secret: Callable[[], str] = field(repr=False)
    kind: Literal["password", "xoauth2"] = "password"
    refused: Callable[[str], bool] = field(default=lambda secret: False, repr=False)
    """Told of a secret that a server does not take; whether asking for it again gives another one."""

    @property
    def noun(self) -> str:
        """What it is called in a message."""
        return "token" if self.kind == "xoauth2" else "password"


@dataclass(frozen=True, slots=True)
class MailAccount:
    """Everything that is needed to send from a mailbox and to read it."""

    address: Address
    smtp: Server
    imap: Server
    login: Login
    proof: Proof = "append"
    visible_after: timedelta = timedelta(seconds=60)
    """How long an accepted letter may take until it is found; before, its absence proves nothing."""
    look_back: timedelta = timedelta(days=30)
    """How far back a mailbox is read that was never read before, or was renumbered: as far as what was dealt with lies
    there, or that would stay there for good (docs/adr/0011)."""
    timeout: timedelta = timedelta(seconds=30)
    bytes_max: int = 50_000_000
    trust: ssl.SSLContext | None = None
    """Whose certificates count; None: what the system and SSL_CERT_FILE say."""

    def context(self) -> ssl.SSLContext:
        """The TLS context of both servers."""
        return self.trust or ssl.create_default_context()
