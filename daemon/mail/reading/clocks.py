"""Clocks: times of day and lengths of time that are spoken: "half past eight", "halb acht", "siete y media".

Not times in digits: tokens.py. The table of a language names its hours and how they are put together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

_HOUR_MAX = 24


def clocks(named: Sequence[str], forms: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Every spoken time of a language with its minute of the day, from the names of its hours. In a form, H is an hour in
    words, N one in words or in digits, and behind the sign stand the minutes to add; words with a stroke between them
    are in turn, and a dash among them is none: "pelas/- H"."""
    hours = [(name, int(value)) for name, _, value in (each.partition(" = ") for each in named)]
    for written, minutes in _unfolded(forms):
        if not {"H", "N"} & set(written.split()):
            yield "clock", minutes, written
            continue
        digits = (
            [(str(hour), hour) for hour in range(1, _HOUR_MAX)] if "N" in written.split() else []
        )
        for name, hour in (*hours, *digits):
            said = hour * 60 + int(minutes)
            if said >= 0:
                yield "clock", str(said), re.sub(r"\b[HN]\b", name, written)


def _unfolded(forms: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each form once for each of the words that may stand in it."""
    for each in forms:
        written, _, minutes = each.partition(" = ")
        ways = product(*(word.split("/") for word in written.split()))
        for words in ways:
            yield " ".join(word for word in words if word != "-"), minutes
