"""Neutral: what may stand beside a command and leave it as it is, its reason or a kind word.

Not the command itself: clauses.py. Here the words need not be known; what counts is that nothing in them is a
condition, a doubt, a turn, or a second choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from daemon.domain.observation import Said
from daemon.mail.reading.lexicon import (
    LANGUAGES,
    Found,
    Lexicon,
    clause_of,
    has,
    is_within,
    known_places,
    lexicon,
    places_of,
)
from daemon.mail.reading.pieces import leaves_open
from daemon.mail.reading.tokens import Token

STRICT = ("choose", "when", "yes", "resume", "keep", "meet")
"""Commands beside which a number, a day or a denial could be another answer."""
FREELY = (
    "cadence", "zone", "language", "invite", "fewer", "change", "report", "done", "leave", "no",
)  # fmt: skip
"""Commands that may be followed by any neutral words."""
BEHIND_REASON = (
    *("none", "move", "skip", "undo", "late", "away", "pause", "cadence", "zone", "language", "fewer", "change"),
    *("report", "invite", "choose", "when", "no", "leave"),
)  # fmt: skip
"""Commands that may stand behind the reason for them."""
WORDS_MAX = 30
_NO_WORDS_MIN = 3
"""Fewer words than these may refuse anything that was said before."""
_COMMANDS = (
    "leave", "change", "report", "undo", "pause", "resume", "none", "skip", "move", "keep", "fewer",
)  # fmt: skip
_TIMES = ("number", "ordinal", "time", "numeric", "iso")
_OF_TIME = ("regrets", "meeting", "weekdays", "relative", "busy", "begs")
_OFTEN = ("weekly", "biweekly", "monthly", "quarterly")
_EVIDENCE: dict[str, tuple[str, ...]] = {
    "none": _OF_TIME, "move": _OF_TIME, "skip": _OF_TIME, "cadence": (*_OFTEN, *_OF_TIME),
}  # fmt: skip
"""What the reason has to speak of where the command alone could be about anything ("skip it")."""


def is_neutral(text: str, said: Said, language: str) -> bool:
    """Whether these words leave that command as it is."""
    clause = clause_of(text)
    strict = said.word in STRICT
    if len(clause) > WORDS_MAX or (strict and "?" in text):
        return False
    if strict and any(token.kind in _TIMES for token in clause):
        return False
    if strict and any(leaves_open(text, words) for words in spoken_in(text, language)):
        return False
    return not any(
        _turns(clause, words.found(clause), said, strict) for words in spoken_in(text, language)
    )


def is_known(text: str, language: str) -> bool:
    """Whether most of these words are known in one language: beside a choice the others could be anything."""
    clause = clause_of(text)
    return any(2 * _known(words, clause) > len(clause) for words in spoken_in(text, language))


def _known(words: Lexicon, clause: Sequence[Token]) -> int:
    """How many words of a clause a language has."""
    return len(known_places(words.found(clause)))


def is_reason(head: str, said: Said, tail: str, language: str) -> bool:
    """Whether what stands in front of a command is no more than its reason."""
    if said.word not in BEHIND_REASON or not is_neutral(head, said, language):
        return False
    if "?" in head or (said.word == "pause" and said.days is None):
        return False
    if said.word == "no" and len(tail.split()) < _NO_WORDS_MIN:
        return False
    of_a_thing = said.word in ("move", "skip") and _is_of_a_thing(head, language)
    if of_a_thing and not _speaks_of(("meeting",), tail, language):
        return False
    needed = _EVIDENCE.get(said.word)
    return needed is None or any(_speaks_of(needed, text, language) for text in (head, tail))


def _is_of_a_thing(head: str, language: str) -> bool:
    """ "The deadline is tomorrow": then "move it" may be about that."""
    clause = clause_of(head)
    for words in spoken_in(head, language):
        found = words.found(clause)
        about = any(
            has(each, ("meeting", "regrets"))
            or (each.at < 2 and has(each, ("weekdays", "relative")))
            for each in found
        )
        if any(each.at == 0 and has(each, ("article",)) for each in found) and not about:
            return True
    return False


def _speaks_of(names: Sequence[str], text: str, language: str) -> bool:
    """Whether one of its phrases has one of these labels."""
    clause = clause_of(text)
    return any(
        has(each, names) for words in spoken_in(text, language) for each in words.found(clause)
    )


def _turns(clause: Sequence[Token], found: Sequence[Found], said: Said, strict: bool) -> bool:
    """Whether something in it makes the command doubtful, or is one itself."""
    spared = places_of(found, ("harmless",))
    spared |= set() if strict else _agreement(found)
    names = (
        ("turns", "says", "doubts", "backs", "shifts", "weekdays", "relative")
        if strict
        else ("turns", "says")
    )
    for each in found:
        if is_within(each, spared):
            continue
        if has(each, names):
            return True
        other = any(name in _COMMANDS and name != said.word for name, _ in each.labels)
        if (
            other
            and said.word != "undo"
            and each.end - each.at > 1
            and not has(each, (said.word, "regrets", "neutral"))
        ):
            return True
    return False


def is_agreement(text: str, language: str) -> bool:
    """Whether it says no more than "if Ana agrees"."""
    clause = clause_of(text)
    return any(
        len(_agreement(words.found(clause))) == len(clause) > 0
        for words in spoken_in(text, language)
    )


def _agreement(found: Sequence[Found]) -> set[int]:
    """The places of "if Ana agrees": a name between two phrases. A change is asked of the other one anyway."""
    ends = {each.end for each in found if has(each, ("agrees_if",))}
    return {
        place
        for then in found
        if has(then, ("agrees_then",)) and then.at - 1 in ends
        for place in range(max(then.at - 5, 0), then.end)
    }


@lru_cache(maxsize=256)
def spoken_in(text: str, language: str) -> Sequence[Lexicon]:
    """The languages that know most of these words, and the writer's own."""
    clause = clause_of(text)
    known = {code: _known(lexicon(code), clause) for code in LANGUAGES}
    best = max(known.values(), default=0)
    if known.get(language) == best:
        return [lexicon(language)]
    return [lexicon(code) for code in LANGUAGES if known[code] == best or code == language]
