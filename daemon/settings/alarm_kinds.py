"""The kind of value that is a command with its words, which an alarm runs.

Not the alarms: daemon/domain/alarm.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from daemon.settings.kinds import Wrong, plain_line

CHARACTERS_MAX = 500
WORDS_MAX = 30


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
