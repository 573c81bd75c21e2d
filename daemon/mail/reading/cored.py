"""Cored: the command whose core stands in a clause, three words of it or more, amid words that are not known.

Not a command all of whose words are known (clauses.py). A core that is denied, put off, told of somebody else or of
the past is none, and so is one beside another.
"""

from __future__ import annotations

from collections.abc import Sequence

from daemon.domain.observation import Said
from daemon.mail.reading.clauses import is_question
from daemon.mail.reading.lexicon import Found, Lexicon, clause_of, has, is_within, lexicon
from daemon.mail.reading.pieces import CLOSED, KNOWN, is_open, unknown, widest
from daemon.mail.reading.roles import is_spoilt
from daemon.mail.reading.tokens import Token

CORES = ("skip", "move", "undo", "keep", "fewer", "no", "none")
CORE_WORDS_MIN = 3
WORDS_MAX = 24
_KNOWN = (
    *KNOWN,
    "regrets_with",
    "move_with",
    "skip_with",
    "none_with",
    "engaged",
    "against",
    "aside",
)
_OF_THE_PAST = ("undo", "no")
"""What is said of something that is over."""


def cored(text: str, words: Lexicon, *, of_times: bool) -> Said | None:
    """The one command whose core stands there."""
    clause = clause_of(text)
    if len(clause) > WORDS_MAX:
        return None
    wide = lexicon(words.code, of_times=True)
    found = wide.found(clause)
    cores = [each for each in found if has(each, CORES) and each.end - each.at >= CORE_WORDS_MIN]
    said = {name for each in cores for name in CORES if has(each, (name,))}
    if len(said) != 1:
        return None
    word = said.pop()
    if is_spoilt(word, clause, words.code):
        return None
    if word == "no" and of_times:
        return None
    return Said(word, text=text.strip()[:120]) if _holds(word, clause, found, cores, text) else None


def _holds(
    word: str, clause: Sequence[Token], found: Sequence[Found], cores: Sequence[Found], text: str
) -> bool:
    """Whether nothing in the clause makes something else of the core."""
    inside = {place for each in cores for place in range(each.at, each.end)}
    around = [each for each in widest(found) if not is_within(each, inside)]
    if any(at >= max(inside) for at in unknown(clause, widest(found), _KNOWN)):
        return False
    begged = any(has(each, ("begs",)) and not is_within(each, inside) for each in found)
    if ("?" in text or is_question(clause, found)) and not begged:
        return False
    names = ("against", "others") if word in _OF_THE_PAST else ("against", "others", "over")
    if begged and word == "move":
        names = ("against", "over")  # "is there any other time she could do?"
    outside = [each for each in found if not is_within(each, inside)]
    return not is_open(around, (*CLOSED, "contrast")) and not any(
        has(each, names) for each in outside
    )
