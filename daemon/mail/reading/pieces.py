"""Pieces: a sentence cut into its clauses, and what is known of the words of each.

Not what a clause says: weighing.py for times, valued.py for commands. Read with the lexicon of times, in one language.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from daemon.mail.reading.courtesy import is_courtesy, says_goodbye, without_greeting
from daemon.mail.reading.lexicon import (
    LANGUAGES,
    PARTS,
    Found,
    Lexicon,
    clause_of,
    has,
    is_within,
    known_places,
    lexicon,
    places_of,
    without_marks,
)
from daemon.mail.reading.sentences import sentences
from daemon.mail.reading.tokens import SMILES, Token, folded, tokens

_LEADS = ("hence", "contrast", "because", "thanks_for")
NOR = ("nor", "ni", "nem", "noch")
_ENDS = ",;:()!.…-"
ALL = ("everything", "anything")
PICKS = {"earliest": "earliest", "latest": "latest", "last": "latest", "middle": "middle",
          "first": "first", "second": "second", "third": "third"}  # fmt: skip
_OF_REFS = (
    *("weekdays", "short_weekdays", "months", "relative", "clock", "morning", "midday", "late-afternoon", "afternoon"),
    *("evening", "first", "second", "third", "option", "earliest", "latest", "last", "middle", "week", "everything", "anything", "save", "weekend", "workday", "day_range", "other_one", "pair", "offers"),
    *("at", "day_of", "either_day", "of", "oclock", "since", "until", "meeting", "also", "nth", "past", "week_of", "ahead", "upcoming"),
)  # fmt: skip
KNOWN = ("neutral", "courtesy", "greeting", "yes_word", "weak", "suits", "takes", "likewise", "hence", "joining",
          "harmless", "polite_if", "fillers", "contrast", *_OF_REFS)  # fmt: skip
HARMLESS = ("harmless", "polite_if")
CLOSED = ("open", "says", "preferred_else")
"""Where one of these stands, no command is meant."""
SAYING = frozenset({
    *KNOWN, "against", "engaged", "open", "beside", "or_else", "save", "than", "because", "thanks_for", "says", "regrets",
    "no", "none", "away", "preferred_else", "bounds", "begs", "nothing", "offers", "want", "only", "shifts", "lasting", "farewell", "somewhat",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a sentence. `lead` is what joins it to the one before; `behind_than`: it is what another is better than."""

    text: str
    tokens: tuple[Token, ...]
    lead: str = ""
    behind_than: bool = False


_PARTING_SMILE = re.compile(
    rf"(?<=\w)\s+(?:{SMILES.pattern}|[:;]-?[(/]|[\u2600-\U0001FAFF\uFE0F]{{1,3}})\s+(?=[A-ZÀ-Ý¿¡])"
)
"""A smile with a capital behind it ends a sentence."""


def without_kindness(
    lines: Sequence[str], characters_max: int, sentences_max: int
) -> tuple[str, list[str]] | None:
    """What is said beside courtesy and smiles: as it stands, and its sentences without a greeting. None where that is
    nothing, or too much."""
    text = "\n".join(each for each in lines if each.strip() and not is_courtesy(each))
    text = SMILES.sub(" ", _PARTING_SMILE.sub(". ", text))
    if not text.strip() or len(text) > characters_max:
        return None
    said = [each for line in text.split("\n") for each in sentences(without_greeting(line))]
    said = [each for each in said if not says_goodbye(each)] or said
    return (text, said) if 0 < len(said) <= sentences_max else None


@lru_cache(maxsize=256)
def spoken_words(text: str, language: str) -> Lexicon:
    """The language that knows most of these words; the writer's own before any other."""
    clause = without_marks(tokens(folded(text)))
    codes = sorted(LANGUAGES, key=lambda code: code != language)
    return max(
        (lexicon(code, of_times=True) for code in codes),
        key=lambda words: len(known_places(words.found(clause))),
    )


def clauses(sentence: str, words: Lexicon) -> Iterator[Clause]:
    """The clauses of a sentence: between commas, at words that turn or conclude, and at an "and" behind a whole one."""
    line = folded(sentence)
    piece: list[Token] = []
    found = tokens(line)
    for place, token in enumerate(found):
        if token.kind == "mark" and token.text in _ENDS and not _within(found, place):
            yield from _parts(sentence, piece, words)
            piece = []
        else:
            piece.append(token)
    yield from _parts(sentence, piece, words)


def _within(found: Sequence[Token], place: int) -> bool:
    """A full stop or a dash inside a date: "2. und 3.", "5.-7."."""
    token = found[place]
    before = found[place - 1] if place else None
    behind = found[place + 1] if place + 1 < len(found) else None
    if token.text == "-" and before is not None and behind is not None:
        if before.end == token.at and behind.text in _AND_OR:
            return True  # "Mittwoch- und Donnerstagabend"
    if token.text == "-" and before is not None and before.text == "." and place > 1:
        before = found[place - 2]
    return token.text in ".-" and before is not None and before.kind in ("number", "numeric")


_AND_OR = ("und", "oder", "bzw", "and", "or")


def _parts(sentence: str, piece: Sequence[Token], words: Lexicon) -> Iterator[Clause]:
    clause = without_marks(piece)
    found = widest(words.found(clause))
    joining, saves = joins(clause, words), saves_at(found)
    at, lead, than = 0, "", False
    for each in sorted((*found, *joining.values()), key=lambda f: (f.at, f.end)):
        if each.at < at or each.at < saves:
            continue
        name = next((name for name in _LEADS if has(each, (name,))), "")
        behind = clause[each.end :]
        short = name == "thanks_for" and each.at > at and each.end - each.at == 1
        if name and behind and not short:
            if each.at > at:
                yield _clause(sentence, clause[at : each.at], lead, than)
            both = each.at == at and (lead, name) == ("contrast", "because")  # "aber da habe ich …"
            at, lead, than = each.end, lead if both else name, False
        elif has(each, ("than",)) and each.at > at and _names_any(clause[each.end :][:3], words):
            wide = each.end - each.at > 1 and _names_any(clause[at : each.at], words)
            if wide or predicate(clause[at : each.at], words):
                yield _clause(sentence, clause[at : each.at], lead, than)
                at, lead, than = each.end, "", True
        elif (
            has(each, ("save",))
            and each.at > at
            and not saves
            and names_time(clause[each.end :], words)
        ):
            if names_time(clause[at : each.at], words) and _tells(clause[at : each.at], words):
                yield _clause(sentence, clause[at : each.at], lead, than)
                at, lead, than = each.end, "nor", False
        elif each.at in joining and each.at > at and not saves:
            if predicate(clause[at : each.at], words) and names_time(behind, words):
                yield _clause(sentence, clause[at : each.at], lead, than)
                at, lead, than = each.end, "nor" if clause[each.at].text in NOR else "and", False
    if clause[at:]:
        yield _clause(sentence, clause[at:], lead, than)


def joins(piece: Sequence[Token], words: Lexicon) -> dict[int, Found]:
    """The places of an "and" that joins two things, and is not part of one."""
    found = words.found(piece)
    return {
        each.at: each for each in found
        if each.end - each.at == 1 and has(each, ("joining",)) and not any(
            o.at <= each.at < o.end and o.end - o.at > 1 and not has(o, ("until", "returning", "since")) for o in found
        )
    }  # fmt: skip


def _clause(sentence: str, piece: Sequence[Token], lead: str, than: bool) -> Clause:
    return Clause(sentence[piece[0].at : piece[-1].end], tuple(piece), lead, than)


def predicate(piece: Sequence[Token], words: Lexicon) -> bool:
    """Whether it names a time and says something of it."""
    found = widest(words.found(piece))
    says = any(has(each, ("suits", "takes", "against", "engaged")) for each in found)
    return names_time(piece, words) and (says or bool(unknown(piece, found)))


_NAMING = (
    "weekdays",
    "relative",
    "week",
    "weekend",
    "workday",
    "day_range",
    "other_one",
    "clock",
    "nth",
    "pair",
    *PICKS,
)


def _tells(piece: Sequence[Token], words: Lexicon) -> bool:
    """Whether it is against no time."""
    found = widest(words.found(piece))
    return not any(
        has(each, ("against", "engaged")) and not has(each, ("suits", "takes")) for each in found
    )


def _names_any(piece: Sequence[Token], words: Lexicon) -> bool:
    """Whether it names a time, or only a part of a day."""
    return names_time(piece, words) or any(has(each, PARTS) for each in words.found(piece))


def names_time(piece: Sequence[Token], words: Lexicon) -> bool:
    return any(t.kind in ("time", "ordinal", "numeric", "iso") for t in piece) or any(
        has(each, _NAMING) for each in words.found(piece)
    )


def widest(every: Sequence[Found]) -> list[Found]:
    """The phrases that say something here and are part of no longer one, in their order."""
    found = [each for each in every if has(each, SAYING)]
    return [
        each for each in sorted(found, key=lambda f: (f.at, -f.end))
        if not any(
            o.at <= each.at and each.end <= o.end and o.end - o.at > each.end - each.at for o in found
        )
    ]  # fmt: skip


def leaves_open(text: str, words: Lexicon, *, spared: Collection[str] = ()) -> bool:
    """Whether something in it is a condition, a doubt, or put off."""
    wide = lexicon(words.code, of_times=True)
    return is_open(widest(wide.found(clause_of(text))), spared=spared)


def is_open(
    found: Sequence[Found],
    names: Collection[str] = ("open",),
    *,
    harmless: Collection[str] = HARMLESS,
    spared: Collection[str] = (),
) -> bool:
    """Whether one of these leaves open what is said, and is neither part of a phrase that does no harm nor one of the
    `spared` itself."""
    places = places_of(found, harmless)
    return any(
        has(each, names) and not has(each, spared) and not is_within(each, places) for each in found
    )


def unknown(
    piece: Sequence[Token], found: Sequence[Found], names: Collection[str] = KNOWN
) -> set[int]:
    known = places_of(found, names)
    known |= {
        each.end for each in found
        if has(each, ("weekdays", "relative", "at", "day_of", "either_day")) and each.end < len(piece)
        and piece[each.end].kind == "number"
    }  # fmt: skip
    for each in found:  # "after dinner", "nach der Arbeit"
        if has(each, ("bounds",)):
            behind = [at for at in range(each.end, len(piece)) if at not in known][:2]
            known |= {*range(each.at, each.end), *behind} if behind[:1] == [each.end] else set()
    if words_apart(piece, known):
        known.add(len(piece) - 1)
    return {
        at for at, t in enumerate(piece) if at not in known and t.kind in ("word", "mark", "number")
    }


def words_apart(piece: Sequence[Token], known: Collection[int]) -> bool:
    """Whether the last word is the end of a verb that stands before: "merken Sie mich … vor"."""
    return len(piece) > 2 and piece[-1].text in _ENDS_OF_VERBS and len(piece) - 2 in known


_ENDS_OF_VERBS = ("vor", "ein", "zu", "mit", "dazu", "hin")


def saves_at(found: Sequence[Found]) -> int:
    """ "Any day but Thursday": the place behind the "but"; 0 where there is none."""
    for each in found:
        denied = any(has(o, ("against", "engaged")) and o.end <= each.at for o in found)
        if has(each, ("save",)) and any(has(o, ALL) and 0 <= each.at - o.end <= 2 for o in found):
            return 0 if denied else each.end
    return 0
