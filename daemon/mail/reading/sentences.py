"""Sentences: where one ends, in a line that somebody has written.

Not the lines of a mail (replytext.py), and not clauses (clauses.py, weighing.py).
"""

from __future__ import annotations

import re

from daemon.mail.reading.lexicon import LANGUAGES, lexicon
from daemon.mail.reading.tokens import folded

_END = re.compile(
    r"(?<![.!?;…])[.!?;…]++(?=\s|$)"
)  # begun once a run, and never taken back: linear
_SHORT = (
    "a.m",
    "p.m",
    "nr",
    "ca",
    "z.b",
    "approx",
    "dr",
    "mr",
    "mrs",
    "bzw",
    "num",
    "etc",
    "inkl",
    "incl",
    "einschl",
    "exkl",
)


def sentences(line: str) -> list[str]:
    """The sentences of a line. A full stop behind a number or a short word ends none."""
    found, begin = [], 0
    for end in _END.finditer(line):
        before = line[max(begin, end.start() - 20) : end.start()].split()
        last = folded(before[-1]) if before else ""
        if (
            end[0] == "."
            and end.end() < len(line.rstrip())
            and (re.fullmatch(r"[\d./–-]+", last) or is_short(last))
        ):
            continue
        found.append(line[begin : end.end()].strip())
        begin = end.end()
    found.append(line[begin:].strip())
    return [each for each in found if any(char.isalnum() for char in each)]


_WHOLE = ("may", "mai", "june", "july", "juni", "juli", "marz", "mayo", "maio", "juin", "aout")
"""Months whose name is no longer than an abbreviation."""


def is_short(word: str) -> bool:
    """Whether a full stop behind this word is that of an abbreviation."""
    if word in _WHOLE:
        return False
    return word in _SHORT or any(
        name in ("short_weekdays", "months") and len(word) <= 4
        for code in LANGUAGES
        for name, _ in lexicon(code).phrases.get((word,), ())
    )
