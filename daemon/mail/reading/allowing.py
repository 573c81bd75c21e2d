"""Allowing: which lines may be read, in answer to the letter that asks: "a c", ALL or NOTHING, and nothing else.

Not letters of to-dos that are done: brought.py. Whatever else is written there allows nothing; it is asked about.
"""

from __future__ import annotations

import re

from daemon.domain.observation import Said
from daemon.mail.reading.tokens import folded

LETTER = "handover"
_ALL = frozenset(
    [
        *("all", "everything", "all of it", "all of them", "tudo", "todas", "todos", "todo", "tout", "toutes"),
        *("alles", "alle", "tous"),
    ]
)  # fmt: skip
_NOTHING = frozenset(
    [
        *("nothing", "none", "no", "nothing at all", "none of it", "none of them", "nada", "nenhum", "nenhuma"),
        *("nao", "rien", "aucun", "aucune", "non", "nichts", "keine", "nein", "ninguna", "ninguno"),
    ]
)  # fmt: skip
_BETWEEN = frozenset(
    [
        "and",
        "und",
        "et",
        "e",
        "y",
        "only",
        "just",
        "nur",
        "so",
        "apenas",
        "solo",
        "seulement",
        "also",
    ]
)
_PLEASE = re.compile(
    r"\b(?:please|thanks|thank you|bitte|danke|s'il (?:te|vous) plait|merci|por favor|gracias|obrigad[oa])\b"
)
_APART = re.compile(r"[\s,;/+&.()]+")
_CHARACTERS_MAX = 120


def allowing(lines: list[str], polite: list[str], letter: str) -> Said | None:
    """What is allowed, where every word of the reply is part of that. A lone letter at its end may be how the writer signs,
    and so missing among the `polite` lines: then it is not sure which is meant, unless nothing else is written."""
    if letter != LETTER:
        return None
    whole, signed = _allowed(lines), _allowed(polite)
    if whole and signed and whole.letters != signed.letters:
        return None
    return signed or whole


def _allowed(lines: list[str]) -> Said | None:
    text = " ".join(line.strip() for line in lines if line.strip())
    if not text or len(text) > _CHARACTERS_MAX:
        return None
    plain = " ".join(_APART.sub(" ", _PLEASE.sub("", folded(text))).strip(" \"'“”*_!").split())
    if plain in _NOTHING:
        return Said("allow", text=text)
    if plain in _ALL:
        return Said("allow", letters=("*",), text=text)
    words = [each for each in plain.split() if each not in _BETWEEN]
    if words and all(re.fullmatch("[a-z]", each) for each in words):
        return Said("allow", letters=tuple(dict.fromkeys(words)), text=text)
    return None
