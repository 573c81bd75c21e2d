"""Weighing: which of the times of a letter a reply is for, where not all of its words are known.

Not the command of a clause in which every word is known (clauses.py), and not which of the times on offer are meant
(daemon/decide/fitting.py). Read only in answer to a letter that shows times. Each clause that names a time speaks for
it or against it; one that does neither may be of no weight, and one that leaves anything open ends the weighing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from daemon.domain.observation import Said
from daemon.domain.value import replace
from daemon.domain.when import When
from daemon.mail.reading.clauses import command, is_question
from daemon.mail.reading.leaning import (
    AGAINST,
    DENYING,
    SPARED,
    is_half_refused,
    is_only_refused,
    only_tells_when,
    says_none,
    status_of,
)
from daemon.mail.reading.lexicon import Found, Lexicon, clause_of, has
from daemon.mail.reading.named import both, has_day, merged, times_named
from daemon.mail.reading.pieces import (
    ALL,
    HARMLESS,
    KNOWN,
    NOR,
    Clause,
    clauses,
    is_open,
    names_time,
    saves_at,
    spoken_words,
    unknown,
    widest,
    without_kindness,
)
from daemon.mail.reading.saved import times_saved
from daemon.mail.reading.tokens import Token
from daemon.mail.reading.values import CADENCES

CHARACTERS_MAX = 700
SENTENCES_MAX = 10
_OTHER_COMMANDS = (
    "none", "skip", "move", "undo", "leave", "pause", "resume", "change", "away", "cadence", "help", "report", "no",
)  # fmt: skip


@dataclass(slots=True)
class _Weights:
    """What was said so far. `slight` was named without a word for or against it; `plain`: what was refused was refused in words that are all known; `other`: the one that is left
    is meant; `none`: that none fits was said before any was named; `bare`: this sentence names a time and says nothing
    of it so far; `before`: how many were taken by those before it."""

    taken: list[When] = field(default_factory=list)
    refused: list[When] = field(default_factory=list)
    slight: list[When] = field(default_factory=list)
    plain: bool = True
    surely: bool = False
    other: bool = False
    none: bool = False
    last: str = ""
    bare: bool = False
    before: int = 0
    rest: list[str] = field(default_factory=list)


def weighed(lines: Sequence[str], today: date, language: str) -> tuple[Said, list[str]] | None:
    """The times that these lines are for, and the words that speak of something else; None where anything is open."""
    short = without_kindness(lines, CHARACTERS_MAX, SENTENCES_MAX)
    if short is None:
        return None
    text, said = short
    words = spoken_words(text, language)
    weights = _Weights()
    for sentence in said:
        weights.bare, weights.before = False, len(weights.taken)
        if "?" in sentence and _is_small_talk(sentence, weights, words):
            weights.rest.append(sentence)
            continue
        parts = [_requested(each, words) for each in clauses(sentence, words)]
        asked = "?" in sentence and not (parts and parts[-1].lead == "request")
        for clause in parts[: -1 if asked else None]:
            if not (
                _weigh(weights, clause, words, today, language)
                or (weights.none and not weights.taken and (asked or _is_aside(clause, words)))
            ):
                return None
        if asked:  # what is asked for may be in the next list
            none = weights.none and not weights.taken
            return (Said("none", text=text[:120]), said) if none else None
    return _result(weights, text)


def _result(weights: _Weights, text: str) -> tuple[Said, list[str]] | None:
    whens = merged(weights.taken)
    if weights.none:
        return None if whens else (Said("none", text=text[:120]), weights.rest)
    if not whens and not weights.other:
        whens = _left(weights)
    others = all(both(one, two) is None for one in weights.slight for two in whens)
    others |= not weights.taken
    if not whens or not (weights.surely or others) or (weights.other and not weights.refused):
        return None
    whens = [each for each in whens if each != When()] or whens
    exact = all(when.minutes and has_day(when) for when in whens)
    refused = [
        no for no in weights.refused if not (exact and no.days)
    ]  # "busy most of this week; Sunday at 8"
    said = Said(
        "when", text=text[:120], when=whens[0], or_when=tuple(whens[1:]),
        but_not=tuple(dict.fromkeys(refused)),
    )  # fmt: skip
    return said, weights.rest


def _refuse_all(
    weights: _Weights, piece: Sequence[Token], found: Sequence[Found], plain: bool
) -> bool:
    """ "I can't make any of them": none; False where only not all of them fit."""
    quantity = min((each.at for each in found if has(each, ALL)), default=-1)
    if quantity < 0:
        return True
    if quantity and any(
        has(each, ("denies",)) and each.end == quantity and each.end - each.at == 1
        for each in found
    ):
        return piece[quantity].text in _ANY
    counted = any(has(each, ALL) and each.end - each.at > 1 for each in found)
    engaged = counted and any(has(each, ("engaged",)) for each in found)
    weights.none |= (plain or engaged) and not weights.taken
    return True


_ANY = ("any", "either")
"""Behind a "not" these mean none, and "all" means some."""


def _may_count(piece: Sequence[Token], words: Lexicon) -> bool:
    """ "2ª" may be Monday or the second."""
    return words.code == "pt" and any(token.kind == "ordinal" for token in piece)


def _left(weights: _Weights) -> list[When]:
    """What can be meant where no time was taken: the one day with its hour that was named, amid words that are not
    known; or what is left of the times when some are refused."""
    named = merged(weights.slight)
    return [When()] if weights.refused and not named and weights.plain else []


def _requested(clause: Clause, words: Lexicon) -> Clause:
    """ "Can you put me down for Thursday?": a choice, put as a question; any other clause as it is."""
    found = words.found(clause.tokens)
    begged = max((each.end for each in found if each.at == 0 and has(each, ("begs",))), default=0)
    rest = clause.tokens[begged:]
    taken = any(
        has(each, ("takes",)) and (each.at == begged or each.end == len(clause.tokens))
        for each in found
    )
    taken = taken or (bool(rest) and (rest[0].text in _DOES or rest[-1].text in _DOES))
    said = {token.text for token in clause.tokens}
    of_us = {token.text for token in clause.tokens[:begged]} & _US or (said & _ME)
    if not (begged and taken and of_us and names_time(rest, words)):
        return clause
    verb = any(each.at == begged and has(each, ("takes",)) for each in found)
    rest = rest[1:] if rest[0].text in _DOES and not verb else rest
    return Clause(clause.text, rest, "request")


_US = frozenset({"we", "i", "wir", "ich", "ma"})
_ME = frozenset({"me", "us", "mich", "uns", "mir"})
_DOES = ("do", "have", "make", "use", "haben", "nehmen", "machen", "kriegen", "bekommen")


def _is_aside(clause: Clause, words: Lexicon) -> bool:
    """Whether a clause behind "none" says no more than when it may be: "gladly after that"."""
    return not names_time(clause.tokens, words) and not is_open(widest(words.found(clause.tokens)))


def _is_small_talk(sentence: str, weights: _Weights, words: Lexicon) -> bool:
    """Whether a question behind a choice asks about something else: "How did your exam go?"."""
    clause = clause_of(sentence)
    found = words.found(clause)
    often = any(has(each, CADENCES) and each.end - each.at > 1 for each in found)
    return (
        bool(weights.taken)
        and weights.last in ("taken", "surely")
        and len(clause) >= _TALK_WORDS_MIN
        and (often or not names_time(clause, words))
        and (often or not any(token.text in _OF_THE_TIME for token in clause))
        and (often or not any(has(each, _OF_A_CHOICE) for each in found))
    )


_TALK_WORDS_MIN = 4
_OF_A_CHOICE = (
    "suits", "against", "open", "shifts", "hours_of", "move", "skip", "none", "busy", "or_else", "beside",
)  # fmt: skip
_OF_THE_TIME = (
    "that",
    "it",
    "this",
    "das",
    "es",
    "dies",
    "isso",
    "eso",
    "esto",
    "ca",
    "cela",
    "isto",
)

# --- weighing


def _weigh(weights: _Weights, clause: Clause, words: Lexicon, today: date, language: str) -> bool:
    """Put one clause on the scales; False where it leaves something open."""
    if clause.lead == "thanks_for":
        return True
    piece = clause.tokens
    found = widest(words.found(piece))
    for_it = any(has(each, ("suits", "takes")) for each in found)
    thought = (*SPARED, "thinking") if for_it else SPARED
    if is_open(found, spared=thought):
        return False
    refs = times_named(piece, words, found, today)
    asks = (
        piece[0].text != "que"
        and clause.lead not in ("request", "hence")
        and is_question(piece, found)
    )
    if refs is None and is_only_refused(found):
        weights.rest.append(clause.text.strip())
        weights.plain = False
        return True
    nor = piece[0].text in NOR and weights.last in (
        "taken",
        "surely",
    )  # "j'ai rien jeudi, ni lundi"
    if refs is None or (refs and (asks or nor)):
        return False
    if clause.lead == "nor" and any(
        each.at == 0 and has(each, ("bounds",)) for each in words.found(piece)
    ):
        return False  # "vendredi, mais pas avant 18h"
    status = status_of(clause, piece, found, weights.last, words) if refs else ""
    exact = (
        bool(refs)
        and status in ("taken", "surely")
        and all(when.minutes or (when.part and not has_day(when)) for when in refs)
    )
    if weights.taken and clause.lead == "contrast" and not (status == "refused" or exact):
        return not refs and only_tells_when(piece, found, words)
    if not refs:
        return _weigh_rest(
            weights, clause, found, words.found(piece), command(clause.text, today, language)
        )
    weights.last = status
    weights.bare = status == "taken"
    return _put(weights, status, refs, clause, words, today)


def _put(
    weights: _Weights,
    status: str,
    refs: list[When],
    clause: Clause,
    words: Lexicon,
    today: date,
) -> bool:
    """Put the times of one clause where they belong; False where only not all of them fit."""
    piece = clause.tokens
    found = widest(words.found(piece))
    match status:
        case "refused" if len(refs) > 1 and is_half_refused(found):
            return False  # "either Friday or not at all this week"
        case "refused":
            other = any(has(each, ("other_one",)) for each in found)  # "les autres soirs j'ai …"
            weights.refused += [each for each in refs if each != When() and not other]
            plain = not unknown(piece, found, (*KNOWN, *DENYING)) and not _may_count(piece, words)
            weights.plain &= plain
            if refs == [When()] and not saves_at(found):
                return _refuse_all(weights, piece, found, plain)
        case "slight":
            weights.slight += refs
        case _:
            weights.other |= any(has(each, ("other_one",)) for each in found)
            weights.surely |= status == "surely"
            saved = times_saved(piece, words, found, today)
            if saves_at(found) and not saved:
                return False  # "all but …": nobody knows what
            if refs == [When()] and len(weights.taken) == 1 and not saved:
                refs = [replace(weights.taken.pop(), pick="all")]
            weights.taken += [each for each in refs if each != When() or not weights.taken]
            weights.refused += saved
    return True


def _weigh_rest(
    weights: _Weights,
    clause: Clause,
    found: Sequence[Found],
    words_found: Sequence[Found],
    other: Said | None,
) -> bool:
    """What a clause that names no time says of the others; `other` is the command that it is."""
    piece = clause.tokens
    shifted = any(
        has(each, ("shifts",)) and not (has(each, ("bounds",)) and each.end < len(piece))
        for each in found
    ) and (
        len(piece) <= 2
        or not unknown(
            piece, found, (*KNOWN, "shifts", "lasting", "spelt", "minutes", "somewhat", "want")
        )
    )
    if shifted or (weights.taken and any(has(each, ("contrast",)) for each in found)):
        return False
    if other and other.word in _OTHER_COMMANDS and other.word != "none":
        return False
    if weights.bare and any(each.at == 0 and has(each, ("engaged",)) for each in found):
        return False  # "Le mercredi, je garde mes petits-enfants"
    strange = unknown(piece, found)
    if weights.bare and weights.before and len(strange) > 1:
        return False  # "The first, yes. The one between, I take my daughter to school"
    weights.rest += [clause.text.strip()] if strange else []
    weights.surely |= (
        bool(weights.taken) and not strange and any(has(each, ("suits",)) for each in found)
    )
    refuses = any(has(each, AGAINST) and not has(each, (*SPARED, "own")) for each in found)
    polite = any(has(each, HARMLESS) for each in found)
    aside = any(each.at == 0 and has(each, ("aside",)) for each in words_found)
    if weights.taken and refuses and len(piece) <= 4 and not (polite or aside):
        return False  # "Friday works for Ana, not for me"
    of_these = bool(weights.refused) and clause.lead == "hence"  # "so neither of those"
    none = (other is not None and other.word == "none") or says_none(piece, found)
    weights.none |= none and not weights.taken and not of_these
    engaged = any(has(each, ("engaged", *AGAINST)) for each in found)
    return engaged or not any(has(each, ("or_else",)) for each in found)
