"""Saved: the times that a clause leaves out of all: "any day but Thursday", "alles bis auf Dienstag".

Not what several clauses come to: evident.py, weighing.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from daemon.domain.value import replace
from daemon.domain.when import When
from daemon.mail.reading.lexicon import Found, Lexicon, has
from daemon.mail.reading.named import reason_at, times_named
from daemon.mail.reading.pieces import ALL, saves_at, widest
from daemon.mail.reading.tokens import Token, both_halves


def times_saved(
    piece: Sequence[Token], words: Lexicon, found: Sequence[Found], today: date
) -> list[When]:
    """ "Any day but Thursday": what stands behind it."""
    cut = saves_at(found)
    if not cut:
        return []
    behind = list(piece[cut : reason_at(piece, cut)])
    return times_named(behind, words, widest(words.found(behind)), today) or _hour_or_date(
        behind, words
    )


def _hour_or_date(behind: Sequence[Token], words: Lexicon) -> list[When]:
    """ "The 9 o'clock", "le 9": a number that is none of the list."""
    numbers = [at for at, token in enumerate(behind) if token.kind == "number"]
    if len(numbers) != 1:
        return []
    at, number = numbers[0], behind[numbers[0]].number
    if any(each.at == at + 1 and has(each, ("oclock",)) for each in words.found(behind)):
        return [When(minutes=both_halves(number))]
    return [When(month_day=number)] if _LISTED_MAX < number <= _MONTH_DAYS else []


_LISTED_MAX = 6
"""So many times are on a list, with those of the round before. A later round has higher numbers: one of these is taken for
a day that none of its times has, and so is asked about (daemon/decide/fitting.py)."""
_MONTH_DAYS = 31


def left_out(
    piece: Sequence[Token], words: Lexicon, refs: Sequence[When], today: date, *, of_all: bool
) -> list[When] | None:
    """ "All but Tuesday", "except Tuesday everything works": the times that do not suit; None where it leaves out none.
    `of_all`: all of them were said to suit before."""
    found = widest(words.found(piece))
    leads = any(each.at == 0 and has(each, ("save",)) for each in found)
    if not saves_at(found) and not (leads and (of_all or any(has(each, ALL) for each in found))):
        return None
    saved = times_saved(piece, words, found, today)
    return saved or [replace(each, pick="") for each in refs if each != When()]
