"""Kinds of values that say where alarms go: a web address, and a command with its words.

Not the alarms: daemon/domain/alarm.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from daemon.settings.kinds import Wrong, plain_line

CHARACTERS_MAX = 500
WORDS_MAX = 30
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Url:
    """Where something is posted to: encrypted, or on this machine."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return "an address with https://, or with http:// on this machine (localhost)"

    def parse(self, text: str) -> str:
        """The address. One in clear text, or with a password in it, is refused."""
        plain_line(text)
        try:
            parts = urlsplit(text)
            host, _ = parts.hostname or "", parts.port
        except ValueError:
            raise Wrong("is not a web address.") from None
        if parts.scheme not in ("http", "https") or not host or " " in text:
            raise Wrong("is not a web address.", "Write it in full: https://…")
        if len(text) > CHARACTERS_MAX:
            raise Wrong(f"is longer than {CHARACTERS_MAX} characters.")
        if parts.username is not None or parts.password is not None:
            raise Wrong("has a name or password in it.", "Use an address that needs neither.")
        if parts.scheme == "http" and host not in _LOOPBACK:
            raise Wrong("is not encrypted.", f"Write https://{text.partition('://')[2]}")
        return text

    def show(self, value: str) -> str:
        """The address as written."""
        return value


@dataclass(frozen=True, slots=True)
class Command:
    """A command and its words, run without a shell."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return "the path or name of a program, or a list of it and its words; no shell reads them"

    def parse(self, text: str) -> tuple[str, ...]:
        """The words of `[logger, -t, oneonone]`, or the one word."""
        if text.startswith("[") and text.endswith("]"):
            return self.of_words([word.strip().strip("\"'") for word in text[1:-1].split(",")])
        if " " in text.strip():
            listed = ", ".join(re.split(r" +", text.strip()))
            raise Wrong("has blanks, and no shell takes it apart.", f"Write a list: [{listed}]")
        return self.of_words([text])

    def of_words(self, words: Sequence[str]) -> tuple[str, ...]:
        """The words of a list."""
        for word in words:
            plain_line(word)
        if not words or not words[0]:
            raise Wrong("names no program.")
        if len(words) > WORDS_MAX or sum(map(len, words)) > CHARACTERS_MAX:
            raise Wrong("is too long.", "Put the rest into a script.")
        return tuple(words)

    def show(self, value: tuple[str, ...]) -> str:
        """The list as written."""
        return f"[{', '.join(value)}]" if value else ""
