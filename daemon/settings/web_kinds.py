"""Kinds of values that are web addresses: of somebody's calendars, of where people meet and alarms go, and our own.

Not a connection: whether a server is there is found by `connect` and `doctor`.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from daemon.domain.people import MEET, TEAMS
from daemon.settings.kinds import Text, Wrong, plain_line

CHARACTERS_MAX, VENUE_CHARACTERS_MAX = 500, 300
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Venue:
    """Where two people meet."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return f"one line of at most {VENUE_CHARACTERS_MAX} characters, or meet or teams"

    def parse(self, text: str) -> str:
        """The line as it is; MEET and TEAMS however these are written."""
        words = " ".join(text.lower().split()).removeprefix("google ").removeprefix("microsoft ")
        return words if words in (MEET, TEAMS) else Text(VENUE_CHARACTERS_MAX).parse(text)

    def show(self, value: str) -> str:
        """The line."""
        return value


@dataclass(frozen=True, slots=True)
class ServerUrl:
    """The address of a server, or of something on it."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return "an address with https://, or with http:// in one's own network"

    def parse(self, text: str) -> str:
        """The address. One with a password in it is refused."""
        _parts(text, "Write the name as user: and give the password to run.py connect.")
        return text

    def show(self, value: str) -> str:
        """The address as written."""
        return value


@dataclass(frozen=True, slots=True)
class Url:
    """Where something is posted to: encrypted, or on this machine."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return "an address with https://, or with http:// on this machine (localhost)"

    def parse(self, text: str) -> str:
        """The address. One in clear text, or with a password in it, is refused."""
        parts = _parts(text, "Use an address that needs neither.")
        if parts.scheme == "http" and not on_this_machine(text):
            raise Wrong("is not encrypted.", f"Write https://{text.partition('://')[2]}")
        return text

    def show(self, value: str) -> str:
        """The address as written."""
        return value


@dataclass(frozen=True, slots=True)
class PublicUrl:
    """Where people's browsers find us: links in letters begin with it."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return "an address with https://, or with http:// on this machine (localhost)"

    def parse(self, text: str) -> str:
        """The address, without a slash at its end. One in clear text, or of one page, is refused."""
        text = Url().parse(text).rstrip("/")
        if urlsplit(text).query or urlsplit(text).fragment:
            raise Wrong("is the address of one page.", f"Write {text.partition('?')[0]}")
        return text

    def show(self, value: str) -> str:
        """The address as written."""
        return value


def on_this_machine(url: str) -> bool:
    """Whether what is sent there leaves this machine by no wire."""
    return urlsplit(url).hostname in _LOOPBACK


def _parts(text: str, instead: str) -> SplitResult:
    """The address taken apart; `instead` is what to do without a name or password in it."""
    plain_line(text)
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise Wrong("is not a web address.") from None
    if "://" not in text and not host and " " not in text:
        raise Wrong("is not a web address.", f"Write https://{text}")
    if parts.scheme not in ("http", "https") or not host or " " in text:
        raise Wrong("is not a web address.", "Write it in full: https://…")
    if len(text) > CHARACTERS_MAX:
        raise Wrong(f"is longer than {CHARACTERS_MAX} characters.")
    if parts.username is not None or parts.password is not None:
        raise Wrong("has a name or password in it.", instead)
    return parts
