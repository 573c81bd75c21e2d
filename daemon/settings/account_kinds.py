"""Kinds of values that say where a mailbox is, and how its owner signs in there.

Not a connection: whether a server is there is found by `connect` and `doctor`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from daemon.settings.kinds import Wrong, plain_line
from daemon.settings.web_kinds import Url

_HOST = re.compile(
    r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*"
)


KNOWN_ISSUERS = ("google", "microsoft")


@dataclass(frozen=True, slots=True)
class SignIn:
    """Who issues tokens: one that is known, or the address of one of one's own."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return "google, microsoft, or the address of your own issuer (OAuth 2.0, OpenID Connect)"

    def parse(self, text: str) -> str:
        """The name in small letters, or the address."""
        plain_line(text)
        if text.lower() in KNOWN_ISSUERS:
            return text.lower()
        if "://" not in text:
            raise Wrong("is nobody known who issues tokens.", "Write google, microsoft, or the https:// address of your own.")  # fmt: skip
        return Url().parse(text).rstrip("/")

    def show(self, value: str) -> str:
        """As written."""
        return value


@dataclass(frozen=True, slots=True)
class HostPort:
    """The name of a mail server, with its port where that is not the `usual` one."""

    usual: int

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return "the name of a server, with its port where it is not the usual one"

    def parse(self, text: str) -> str:
        """The host, or host:port."""
        plain_line(text)
        if "://" in text:
            raise Wrong(
                "is not the name of a server.",
                f"Write {urlsplit(text).netloc or 'its name'} alone.",
            )
        host, colon, port = text.partition(":")
        if "@" in text or not _HOST.fullmatch(host):
            raise Wrong("is not the name of a server.", "Write it like this: mail.example.org")
        if colon and not (port.isascii() and port.isdigit() and 0 < int(port) < 65_536):
            raise Wrong(
                "has no port behind the colon.", f"Write {host}:{self.usual}, or {host} alone."
            )
        return text.lower()

    def show(self, value: str) -> str:
        """The server as written."""
        return value


@dataclass(frozen=True, slots=True)
class Listen:
    """Where this machine answers."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return "a port of this machine alone, or host:port"

    def parse(self, text: str) -> str:
        """The host and the port."""
        host, _, port = text.rpartition(":")
        return HostPort(8080).parse(f"{host or '127.0.0.1'}:{port}")

    def show(self, value: str) -> str:
        """Both as written."""
        return value
