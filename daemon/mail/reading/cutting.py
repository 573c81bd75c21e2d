"""Cutting: the clauses of a sentence that was written without its marks: "quarta não quinta sim".

Not the clauses that marks and joining words make: pieces.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from daemon.mail.reading.lexicon import PARTS, Lexicon, has, places_of
from daemon.mail.reading.pieces import Clause, clauses, names_time
from daemon.mail.reading.tokens import Token


def clauses_of(sentence: str, words: Lexicon) -> Iterator[Clause]:
    """The clauses of a sentence, also where no mark stands between them: "quarta não quinta sim", "a da manhã que à tarde
    tenho aula". A number may end a sentence."""
    for part in [sentence] if words.code == "de" else _AFTER_NUMBER.split(sentence):
        for clause in clauses(part, words):
            cuts = _cuts(clause.tokens, words)
            for at, end in pairwise((0, *cuts, len(clause.tokens))):
                piece, lead = clause.tokens[at:end], clause.lead if not at else ""
                if at and piece[0].text in _BECAUSE[words.code]:
                    piece, lead = piece[1:], "because"
                if piece:
                    begin = clause.tokens[0].at
                    text = clause.text[piece[0].at - begin : piece[-1].end - begin]
                    yield Clause(text, piece, lead, clause.behind_than and not at)


_BECAUSE = {
    "pt": ("que", "q", "pq", "porque"), "es": ("que", "q", "xq", "porq", "porque"), "fr": ("que", "pcq", "car"), "en": (), "de": (),
}  # fmt: skip
_BEFORE_THAN = ("plutot", "antes", "mieux", "mas", "mais", "mejor", "melhor", "do", "del", "es")
_BEFORE_DAY = (
    *("na", "no", "nas", "nos", "a", "ao", "o", "el", "la", "los", "le", "ce", "les", "on", "the", "this", "next", "am", "der", "den", "die"),
    *("diesen", "dieser", "zum", "not", "nicht", "kein"),
)  # fmt: skip


def _cuts(piece: Sequence[Token], words: Lexicon) -> list[int]:
    """Where another clause begins: at a second day that nothing joins to the first, and at a "que" between two times."""
    found = words.found(piece)
    days = sorted({each.at for each in found if has(each, ("weekdays",))})
    joined = places_of(found, ("joining", "than", "until", "save"))
    cuts: set[int] = set()
    for at in days[1:]:
        begin = at - 1 if piece[at - 1].text in _BEFORE_DAY else at
        if begin - 1 not in joined and begin > days[0] + 1 and begin not in joined:
            cuts.add(begin)
    for at, token in enumerate(piece):
        if (
            token.text in _BECAUSE[words.code]
            and at
            and piece[at - 1].text not in _BEFORE_THAN
            and _is_timed(piece[:at], words)
        ):
            if _is_timed(piece[at + 1 :], words):
                cuts.add(at)
    return sorted(cuts)


def _is_timed(piece: Sequence[Token], words: Lexicon) -> bool:
    return names_time(piece, words) or any(has(each, PARTS) for each in words.found(piece))


_AFTER_NUMBER = re.compile(r"(?<=\d)\.\s+(?=[A-ZÀ-Ý](?:[a-zà-ÿ]|\s|['’]))")
