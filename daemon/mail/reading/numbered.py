"""Numbered: the numbers of a list that one clause of a reply chooses or refuses, amid words that are not all known.

Not days and hours (named.py), and not a clause that is nothing but its numbers: choices.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from daemon.domain.when import When
from daemon.mail.reading.bearing import View
from daemon.mail.reading.clauses import command
from daemon.mail.reading.lexicon import has
from daemon.mail.reading.named import TIMES, has_day
from daemon.mail.reading.pieces import KNOWN, spoken_words, unknown
from daemon.mail.reading.tokens import folded
from daemon.mail.reading.whens import is_counted

_MOST = 12
_BEFORE = (
    *("not", "except", "but", "number", "option", "for", "the", "on", "nicht", "beim", "bei", "nummer", "am", "zum", "der", "die", "das", "den"),
    *("menos", "exceto", "na", "no", "a", "o", "salvo", "la", "el", "en", "le", "pas", "sauf", "pour", "para", "numero", "opcao", "opcion"),
)  # fmt: skip
_OF_CHOICES = (*KNOWN, "begs", "want", "against", "no")


def is_monday_or_second(lines: Sequence[str], language: str) -> bool:
    """ "A segunda, se faz favor": which of the two, nobody knows."""
    text = "\n".join(lines)
    return bool(_A_SEGUNDA.search(folded(text))) and spoken_words(text, language).code == "pt"


_A_SEGUNDA = re.compile(r"\ba segunda\b(?!-| feira| opcao| hipotese| data| proposta| da lista)")


def numbers_said(
    here: View, refs: Sequence[When] | None, today: date
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The numbers that are chosen, and those that are refused."""
    if refs and here.against and here.piece[0].kind == "number" and _places(here)[:1] == [0]:
        if not any(has_day(each) or each.minutes for each in refs):
            return (), (here.piece[0].number,)  # "3 is date night"
    if refs or not any(token.kind in ("number", "ordinal") for token in here.piece):
        return (), ()
    lead = command(here.clause.text, today, here.words.code)
    if lead and lead.word == "choose" and lead.when is None:
        return lead.numbers, ()
    at = _places(here)
    if not at:
        return (), ()
    numbers = tuple(dict.fromkeys(here.piece[place].number for place in at))
    if here.against or (here.engaged and not here.suits):
        begins = at[0] == 0 or here.piece[at[0] - 1].text in _BEFORE
        return (), numbers if begins else ()
    odd = unknown(here.piece, here.found, _OF_CHOICES) - here.fine - set(at)
    takes = here.suits or any(has(each, ("suits", "takes")) for each in here.found)
    return (numbers, ()) if takes and not odd else ((), ())


def numbers_at(here: View) -> tuple[int, ...]:
    """The numbers of the list that a clause may name."""
    return tuple(dict.fromkeys(here.piece[place].number for place in _places(here)))


def names_number(here: View) -> bool:
    """Whether it names a number that may be one of the list."""
    return bool(_places(here))


def _places(here: View) -> list[int]:
    """Where a number of a list may stand: not that of a day, an hour or a stretch."""
    beside = {
        place
        for each in here.found
        if has(each, (*TIMES, "minutes", "months", "lasting", "spelt"))
        for place in (each.at - 1, each.end)
        if not has(each, ("either_day", "day_of", "at", "also", "joining"))
    }
    return [
        at for at, token in enumerate(here.piece)
        if token.kind == "number" and 0 < token.number <= _MOST and at not in beside and not is_counted(here.piece, at)
    ]  # fmt: skip
