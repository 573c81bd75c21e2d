"""Rated: a number on a scale of five, as people write one where it is asked for: "4/5", "4 out of 5".

Not a number alone, which every letter with a list reads (choices.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from daemon.domain.observation import Said

RATING_LETTERS = ("check", "assess", "exit")
CHARACTERS_MAX = 60
_OF_FIVE = re.compile(
    r"\W*(?:(?:a|an|eine?|une?|uma?|un) )?([1-5])(?:[.,]0)?\s*(?:/|of|out of|von|aus|sur|de|em|entre)\s*5\W*",
    re.IGNORECASE,
)


def rated(lines: Sequence[str], letter: str) -> tuple[Said, list[str]] | None:
    """The number and the lines behind it; None where the first line is something else, or the letter asks for none."""
    at = next((number for number, line in enumerate(lines) if line.strip()), None)
    if at is None or letter not in RATING_LETTERS or len(lines[at]) > CHARACTERS_MAX:
        return None
    found = _OF_FIVE.fullmatch(lines[at].strip())
    if found is None:
        return None
    said = Said("choose", numbers=(int(found[1]),), text=lines[at].strip())
    return said, list(lines[at + 1 :])
