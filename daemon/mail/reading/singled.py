"""Singled out: whether a reply that refuses all of the times speaks for one of them as well: "Can't this week. The 10th is fine".

Not which one (evident.py): where that is not plain, it is asked about, and nothing is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from daemon.mail.reading.bearing import View, view
from daemon.mail.reading.cutting import clauses_of
from daemon.mail.reading.named import has_day, times_named
from daemon.mail.reading.numbered import names_number
from daemon.mail.reading.pieces import spoken_words, without_kindness
from daemon.mail.reading.roles import roles_with_ranks

CHARACTERS_MAX = 400
SENTENCES_MAX = 6
_FEW = 3
_OF_OTHERS = ("clash", "cannot", "others", "past")
_WISHING = ("wanting", "later_on")


def singles_out(lines: Sequence[str], today: date, language: str) -> bool:
    """Whether some clause is for a number of the list, or for a day, and neither asks nor wishes."""
    short = without_kindness(lines, CHARACTERS_MAX, SENTENCES_MAX)
    if short is None:
        return False
    text, said = short
    words = spoken_words(text, language)
    roles = roles_with_ranks(words.code)
    for sentence in said:
        if "?" in sentence:
            continue
        for clause in clauses_of(sentence, words):
            here = view(clause, words, roles)
            refs = times_named(here.piece, words, here.found, today)
            if _is_for(here, any(map(has_day, refs or ()))):
                return True
    return False


def _is_for(here: View, day: bool) -> bool:
    if here.against or here.engaged or here.plays(*_OF_OTHERS):
        return False
    few = len(here.piece) <= _FEW  # "la 3"
    numbered = names_number(here) and (here.suits or few)
    return numbered or (day and here.suits and not here.plays(*_WISHING))
