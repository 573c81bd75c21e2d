"""Corrected: what is left of a reply behind the words that take back what stands before: "Thursday. Oh wait, no. Friday.".

Not what the rest then says: meaning.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from daemon.mail.reading.bearing import view
from daemon.mail.reading.cutting import clauses_of
from daemon.mail.reading.lexicon import Lexicon, clause_of
from daemon.mail.reading.named import times_named
from daemon.mail.reading.pieces import names_time, spoken_words, without_kindness
from daemon.mail.reading.roles import ranks_of, roles_with_ranks

CHARACTERS_MAX = 300
SENTENCES_MAX = 6


def corrected(lines: Sequence[str], today: date, language: str) -> list[str] | None:
    """The sentences behind the last correction of a time, without the reason for it; None where nothing is corrected."""
    short = without_kindness(lines, CHARACTERS_MAX, SENTENCES_MAX)
    if short is None:
        return None
    text, said = short
    words = spoken_words(text, language)
    roles = ranks_of(words.code)
    cut = 0, 0
    for number, sentence in enumerate(said):
        clause = clause_of(sentence)
        ends = [each.end for each in roles.played(clause) if each.role == "retracts"]
        if ends:
            cut = number, clause[max(ends) - 1].end
    number, at = cut
    before = [*said[:number], said[number][:at]]
    if not at or not any(names_time(clause_of(each), words) or _counts(each) for each in before):
        return None
    left = [said[number][at:].strip(" ,;:.!-–—…)"), *said[number + 1 :]]
    return _without_reason([each for each in left if clause_of(each)], words, today)


def _counts(sentence: str) -> bool:
    return any(token.kind in ("number", "ordinal") for token in clause_of(sentence))


def _without_reason(left: Sequence[str], words: Lexicon, today: date) -> list[str] | None:
    """The sentences from the first that names a time, or refuses, on."""
    roles = roles_with_ranks(words.code)
    for number, sentence in enumerate(left):
        for clause in clauses_of(sentence, words):
            here = view(clause, words, roles)
            refs = times_named(here.piece, words, here.found, today)
            if refs or _counts(clause.text) or here.plays("none_said", "flat_no"):
                begin = sentence.find(clause.text)
                return [sentence[max(begin, 0) :], *left[number + 1 :]]
    return None
