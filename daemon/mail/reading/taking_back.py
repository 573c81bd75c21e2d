"""Taking back: what behind a command takes it back, and what only says it again.

Not where the command and what is behind it begin: spoken.py. What may stand beside any command: neutral.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from daemon.domain.observation import Said
from daemon.domain.value import replace
from daemon.mail.reading.choices import PLAIN
from daemon.mail.reading.clauses import is_all
from daemon.mail.reading.lexicon import (
    Found,
    clause_of,
    has,
    is_within,
    known_places,
)
from daemon.mail.reading.neutral import is_agreement, spoken_in
from daemon.mail.reading.tokens import Token

AFTER_REGRET = ("none", "move", "skip")
"""Commands that a regret may stand before."""
CHOOSING = ("choose", "when")
_WITH_AN_ANSWER = ("cadence", "resume", "keep", "meet", "pause")
"""What may be said beside the number of an answer, which it only tells in words."""
_REGRET = frozenset(
    {"regrets", "neutral", "courtesy", "greeting", "meeting", "no", "when", "regrets_with"}
)
BUTS = ("but", "aber", "mas", "pero", "mais")


def regrets(part: str) -> bool:
    return not part.rstrip().endswith("?") and is_all(part, _REGRET, "regrets")


def leaves_choice(text: str, said: Said, language: str) -> bool:
    """Whether it owns up to a mistake made before, or regrets a day that was not chosen."""
    if is_all(text, PLAIN | {"mistake"}, "mistake") or _apologises(text, language):
        return True
    return said.when is not None and _regrets_another(text, said, language)


def _apologises(text: str, language: str) -> bool:
    """ "Sorry about Tuesday": of what is over."""
    clause = clause_of(text)
    timed = any(token.kind in ("number", "ordinal", "time", "numeric") for token in clause)
    return not timed and any(
        each.at == 0 and has(each, ("apology",))
        for words in spoken_in(text, language)
        for each in words.found(clause)
    )


def _regrets_another(tail: str, said: Said, language: str) -> bool:
    """ "Thursday and Friday, Wednesday is impossible": of a day that was not chosen."""
    chosen = {str(when.weekday) for when in (said.when, *said.or_when) if when is not None}
    days = {
        value
        for words in spoken_in(tail, language)
        for each in words.found(clause_of(tail))
        for name, value in each.labels
        if name == "weekdays"
    }
    return bool(days) and days.isdisjoint(chosen) and regrets(tail)


def same(one: Said | None, two: Said) -> bool:
    """Whether a sentence says what was said already, or what was taken along with it."""
    if one is None:
        return False
    return one.word in (two.word, "yes") or (one.word in CHOOSING and two.word in CHOOSING)


def joined(said: Said, other: Said) -> Said | None:
    pair = {said.word: said, other.word: other}
    if (said.word, said.numbers, said.days, said.when) == (
        other.word,
        other.numbers,
        other.days,
        other.when,
    ):
        return said
    if set(pair) == {"choose", "when"} and pair["choose"].when is None:
        return replace(pair["choose"], when=pair["when"].when, or_when=pair["when"].or_when)
    if said.word == "choose" and other.word in _WITH_AN_ANSWER:
        return said
    if said.word in ("none", "move") and other.word == "when":
        return said  # a wish for the next round
    if other.word in ("yes", "done") or (said.word == "yes" and other.word in CHOOSING):
        return other if said.word == "yes" and other.word in CHOOSING else said
    return None


def takes_back(said: Said, text: str, language: str) -> bool:
    if said.word in AFTER_REGRET and regrets(text):
        return False
    if said.word not in CHOOSING and is_agreement(text, language):
        return False
    clause = clause_of(text)
    for words in spoken_in(text, language):
        found = words.found(clause)
        begins = max(
            (each.end for each in found if each.at == 0 and has(each, ("backs",))), default=0
        )
        harmless = [each for each in found if has(each, ("harmless",))]
        polite = max(
            (e.end for e in found if e.at == 0 and has(e, ("courtesy", "harmless"))), default=0
        )
        wish = said.word in ("none", "move") and clause and clause[0].text in BUTS
        if begins and begins >= polite and not wish:
            return True
        if said.word in CHOOSING and _doubted(clause, found, harmless):
            return True
    return said.word in CHOOSING and any(
        t.kind in ("number", "ordinal", "time", "numeric") for t in clause
    )


def _doubted(clause: Sequence[Token], found: Sequence[Found], harmless: Sequence[Found]) -> bool:
    spared = known_places(harmless)
    return any(has(each, ("doubts", "weekdays")) and not is_within(each, spared) for each in found)
