"""The kind of value that says who can read along in the program's mailbox (LETTERS 1.8).

Not who gets letters: that is `contact`, `help_to` and `letters_to`.
"""

from __future__ import annotations

from dataclasses import dataclass

from daemon.settings.kinds import Wrong, listed, plain_line

NOBODY = "nobody"
READERS_MOST = 5
"""More than a sentence of a letter can name."""
CHARACTERS_MOST = 60
_NO_NAMES = frozenset(("none", "no", "no one", "noone", "yes", "true", "false", "-"))


@dataclass(frozen=True, slots=True)
class Readers:
    """Names of people, with commas, or nobody."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return f"{NOBODY}, or at most {READERS_MOST} names with commas"

    def parse(self, text: str) -> tuple[str, ...]:
        """The names as they are written, each once; empty for nobody."""
        plain_line(text)
        names = tuple(dict.fromkeys(listed(text)))
        if not names:
            raise Wrong("names no one.", f"Write {NOBODY}, if it is so, or delete the line.")
        for name in names:
            if name.lower() in _NO_NAMES:
                raise Wrong(f"has {name} in it, which is no name.", f"Did you mean {NOBODY}?")
        if any("@" in name for name in names):
            raise Wrong("holds an address, and every welcome would show it.", "Write names alone.")
        if NOBODY in {name.lower() for name in names}:
            if len(names) > 1:
                raise Wrong(f"says {NOBODY}, and names somebody.")
            return ()
        if len(names) > READERS_MOST:
            raise Wrong(f"has more than {READERS_MOST} names.", "Write a group: the board")
        if any(len(name) > CHARACTERS_MOST for name in names):
            raise Wrong(f"has a name of more than {CHARACTERS_MOST} characters.")
        return names

    def show(self, value: tuple[str, ...] | None) -> str:
        """The names as written."""
        return "" if value is None else ", ".join(value) or NOBODY
