"""Lexicon: what the words of one language may be, from its table in languages/ and from CLDR (Babel).

Not how words make a command: clauses.py. Names of days and months come from Babel because it only lists them; a
library that parses dates guesses one for "2", "mar" or "quinta às 15h".
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from sys import intern
from typing import Literal

from daemon.mail.reading.clocks import clocks
from daemon.mail.reading.tokens import Token, folded, tokens, with_apostrophe

LANGUAGES = ("en", "pt", "es", "fr", "de")
LETTER_WORDS = (
    *("yes", "no", "none", "skip", "move", "keep", "meet", "undo", "help", "report", "leave", "late", "away", "pause"),
    *("resume", "weekly", "biweekly", "monthly", "quarterly", "zone", "language", "invite", "done"),
)  # fmt: skip
"""The words of the letters themselves: read in every language, with the words of that language around them."""
_MARKS_OF_NO_MEANING = frozenset(".,;:!?'\"“”«»„‘()[]*_#~|¡¿…\ufe0f\u20e3")
_TABLES = Path(__file__).parent / "languages"
_OF_AND = ("neutral", "joining", "likewise", "done_with")
"""What a sign for "and" may be in every language."""
_SHORT = 3
_MISSPELT_MIN = 6
"""From how many letters on the name of a day is known with one of them wrong."""
_MISSPELT_MAX = 40
"""No word of a table is longer; without one letter each, a word of n letters takes n² of memory."""

Phrase = tuple[str, ...]
Label = tuple[str, str]
"""A name, and a value where there is one: ("weekdays", "3")."""


CUES = frozenset({"event", "others", "over", "aside", "meanwhile", "denies"})
"""Labels of words that only tell what something else is about: such a word is not known by them."""


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of the lexicon at some place of a clause."""

    at: int
    end: int
    labels: frozenset[Label]
    names: frozenset[str]
    """The labels without their values."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The phrases of one language, each with all that it may be."""

    code: str
    phrases: Mapping[Phrase, frozenset[Label]]
    names: Mapping[Phrase, frozenset[str]]
    of_times: bool
    reach: Mapping[str, int]
    """By the first word of phrases: the length of the longest."""

    def found(self, clause: Sequence[Token]) -> list[Found]:
        """Every phrase at every place."""
        return list(_found(self.code, self.of_times, tuple([token.text for token in clause])))

    def is_a(self, name: str, text: str) -> bool:
        """Whether that text is one phrase with that label."""
        return name in self.names.get(phrase(text), ())


@lru_cache(maxsize=1024)
def _found(code: str, of_times: bool, written: Phrase) -> tuple[Found, ...]:
    """As `Lexicon.found`; the same clause is asked about many times over."""
    words = lexicon(code, of_times=of_times)
    texts = tuple(as_meant(code, text, of_times=of_times) for text in written)
    found: list[Found] = []
    for at in range(len(texts)):
        for end in range(at + 1, min(at + words.reach.get(texts[at], 0), len(texts)) + 1):
            labels = words.phrases.get(texts[at:end])
            if labels:
                found.append(Found(at, end, labels, words.names[texts[at:end]]))
    return tuple(found)


def has(each: Found, names: Collection[str]) -> bool:
    """Whether it may be one of these."""
    return not each.names.isdisjoint(names)


def places_of(found: Iterable[Found], names: Collection[str]) -> set[int]:
    """The places of a clause that are in phrases with these labels."""
    return {place for each in found if has(each, names) for place in range(each.at, each.end)}


def known_places(found: Iterable[Found]) -> set[int]:
    """The places of a clause that are in any phrase that may be part of what is meant."""
    return {place for each in found if not each.names <= CUES for place in range(each.at, each.end)}


def is_within(each: Found, places: set[int]) -> bool:
    """Whether all of its words stand at these places."""
    return places.issuperset(range(each.at, each.end))


def covered(
    length: int,
    found: Sequence[Found],
    allowed: Collection[str],
    free: Collection[int] = frozenset(),
) -> bool:
    """Whether phrases with these labels cover every word; the `free` places are covered already."""
    reached = [False] * (length + 1)
    reached[0] = True
    steps = [(each.at, each.end) for each in found if has(each, allowed)]
    steps += [(place, place + 1) for place in free]
    for at, end in sorted(steps):
        reached[end] |= reached[at]
    return reached[length]


def clause_of(text: str) -> list[Token]:
    """The tokens that have a meaning: no full stops, quotes and brackets; a dash only between two numbers."""
    return list(_clause_of(text))


@lru_cache(maxsize=256)
def _clause_of(text: str) -> tuple[Token, ...]:
    """The same clause is asked about in five languages, for each thing that it may say."""
    return tuple(without_marks(tokens(folded(text))))


def without_marks(found: Sequence[Token]) -> list[Token]:
    """As `clause_of`, of tokens."""
    kept: list[Token] = []
    for place, token in enumerate(found):
        if token.kind == "mark" and token.text in _MARKS_OF_NO_MEANING:
            continue
        if token.text == "-" and not _between_numbers(found, place):
            continue
        kept.append(token)
    return kept


def _between_numbers(found: Sequence[Token], place: int) -> bool:
    before = [token for token in found[:place] if token.text != "."]
    after = found[place + 1 : place + 2]
    if not after:
        return bool(before)
    is_date = after[0].kind != "word" or after[0].text in _months()
    return bool(before) and before[-1].kind != "mark" and is_date


@lru_cache(maxsize=8)
def beginnings(names: tuple[str, ...]) -> frozenset[str]:
    """The first words of all phrases with these labels: most lines begin with none of them."""
    return frozenset(
        words[0]
        for code in LANGUAGES
        for words, labels in lexicon(code).phrases.items()
        if any(name in names for name, _ in labels)
    )


@lru_cache(maxsize=1)
def _months() -> frozenset[str]:
    """The names of months in all languages: in "20 Dec - Jan 3" the dash means "to"."""
    return frozenset(
        folded(text).rstrip(".")
        for code in LANGUAGES
        for name, _, text in _named(code)
        if name == "months"
    )


def phrase(text: str) -> Phrase:
    """A phrase as the lexicon knows it. Most of a table are plain words with blanks between them: these need no search
    for times and addresses."""
    plain = folded(text)
    if plain.replace(" ", "").isalpha():
        return tuple([intern(with_apostrophe(word)) for word in plain.split()])
    return tuple([intern(token.text) for token in clause_of(text)])


def lexicon(code: str, *, of_times: bool = False) -> Lexicon:
    """The lexicon of one language, read when a mail first needs it. `of_times`: with what is said for and against the
    times that a letter shows."""
    return _lexicon(code, of_times)


def read_tables() -> None:
    """Read what any mail may need, before the time that one mail may take is counted: once a process."""
    for code in LANGUAGES:
        for of_times in (False, True):
            lexicon(code, of_times=of_times)


@lru_cache(maxsize=2 * len(LANGUAGES))
def _lexicon(code: str, of_times: bool) -> Lexicon:
    phrases: defaultdict[Phrase, set[Label]] = defaultdict(set)
    phrases.update((words, set(labels)) for words, labels in _of_any_mail(code).items())
    if of_times:
        _add(phrases, _entries(times_table(code)))
    phrases.pop((), None)
    for sign in ("&", "+"):
        phrases[(sign,)].update((name, "") for name in _OF_AND)
    _glue(code, phrases, table(code).get("glued", ""))
    frozen = {words: _shared(frozenset(labels)) for words, labels in phrases.items()}
    names_of = {labels: frozenset(name for name, _ in labels) for labels in set(frozen.values())}
    names = {words: names_of[labels] for words, labels in frozen.items()}
    reach: dict[str, int] = {}
    for words in frozen:
        reach[words[0]] = max(reach.get(words[0], 0), len(words))
    return Lexicon(code, frozen, names, of_times, reach)


@cache
def _shared(labels: frozenset[Label]) -> frozenset[Label]:
    """One for all phrases that are the same: there are eighty thousand phrases, and a few thousand kinds."""
    return labels


@lru_cache(maxsize=len(LANGUAGES))
def _of_any_mail(code: str) -> Mapping[Phrase, frozenset[Label]]:
    """What both lexicons of a language begin with."""
    phrases: defaultdict[Phrase, set[Label]] = defaultdict(set)
    spoken_times = clocks(listed(table(code)["hours"]), listed(table(code)["clock"]))
    _add(phrases, (*_entries(table(code)), *_named(code), *spoken_times))
    if code != "en":
        for word in LETTER_WORDS:
            phrases[(word,)].add((word, ""))
    return {words: _shared(frozenset(labels)) for words, labels in phrases.items()}


def _add(phrases: defaultdict[Phrase, set[Label]], entries: Iterable[tuple[str, str, str]]) -> None:
    for name, value, text in entries:
        for written in {text, text.replace("ß", "ss")}:
            words = phrase(written)
            phrases[words].add((name, value))
            if name == "yes" and len(words) == 1:
                phrases[words].add(("yes_word", ""))


@lru_cache(maxsize=len(LANGUAGES))
def table(code: str) -> Mapping[str, str]:
    """The table of one language as it stands in its files."""
    return _joined(path for path in _files(code) if "-times" not in path.stem)


@lru_cache(maxsize=len(LANGUAGES))
def times_table(code: str) -> Mapping[str, str]:
    """The table of what is said for and against times."""
    return _joined(path for path in _files(code) if "-times" in path.stem)


def _files(code: str) -> list[Path]:
    return sorted([_TABLES / f"{code}.toml", *_TABLES.glob(f"{code}-*.toml")])


def _joined(paths: Iterable[Path]) -> dict[str, str]:
    """The entries of several files; an entry may stand in more than one of them."""
    found: dict[str, str] = {}
    for path in paths:
        for name, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found[name] = f"{found[name]},\n{entry}" if name in found else entry
    return found


def listed(text: str) -> list[str]:
    """The phrases of one entry of a table."""
    return [each.strip() for each in re.split(r"[,\n]", text) if each.strip()]


def _entries(of: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for name, entry in of.items():
        if name in ("confidential", "glued", "hours", "clock", "intro", "theme_out", "chance"):
            # parts of words, and marks
            continue
        for each in listed(entry):
            written, _, value = each.partition(" = ")
            yield name, value, written


def _named(code: str) -> Iterator[tuple[str, str, str]]:
    """Days and months as CLDR has them. A short name is one only where a date follows, or a full stop: see
    whens.py."""
    from babel.dates import get_day_names, get_month_names

    widths: tuple[Literal["wide", "abbreviated"], ...] = ("wide", "abbreviated")
    for width in widths:
        for number, name in get_day_names(width, locale=code).items():
            short = len(name.rstrip(".")) <= _SHORT
            yield "short_weekdays" if short else "weekdays", str(number), name.replace("-", " ")
            yield "short_weekdays" if short else "weekdays", str(number), name
    for width in widths:
        for number, name in get_month_names(width, locale=code).items():
            yield "months", str(number), name


def as_meant(code: str, text: str, *, of_times: bool = False) -> str:
    """The word, or the long name of a day that it is but for one letter; beside times, any longer word."""
    if not _MISSPELT_MIN <= len(text) <= _MISSPELT_MAX:
        return text
    if not text.isalpha() or is_known(text):
        return text
    return _meant(code, text, of_times)


@lru_cache(maxsize=2048)
def _meant(code: str, text: str, of_times: bool) -> str:
    near = {
        word
        for variant in (text, *_shortened(text))
        for word in _by_variant(code, of_times).get(variant, ())
        if word[0] == text[0] and one_apart(word, text)
    }
    return near.pop() if len(near) == 1 else text


def _shortened(text: str) -> list[str]:
    return [text[:at] + text[at + 1 :] for at in range(len(text))]


@lru_cache(maxsize=2 * len(LANGUAGES))
def _by_variant(code: str, of_times: bool) -> Mapping[str, frozenset[str]]:
    """The words that may be meant, by themselves and by what they are without one letter."""
    words = {
        word
        for phrase_, names in lexicon(code, of_times=of_times).names.items()
        if of_times or (len(phrase_) == 1 and "weekdays" in names)
        for word in phrase_
        if len(word) >= _MISSPELT_MIN
    }
    found: defaultdict[str, set[str]] = defaultdict(set)
    for word in words:
        for variant in (word, *_shortened(word)):
            found[variant].add(word)
    return {variant: frozenset(words) for variant, words in found.items()}


def is_known(text: str) -> bool:
    """Whether any language has that word, alone or in a phrase."""
    return text in _known_words()


@lru_cache(maxsize=1)
def _known_words() -> frozenset[str]:
    return frozenset(
        word
        for code in LANGUAGES
        for words in lexicon(code, of_times=True).phrases
        for word in words
    )


def one_apart(one: str, two: str) -> bool:
    """Whether two words differ in one letter: another one, one too many, or two in the wrong order."""
    if one == two or abs(len(one) - len(two)) > 1:
        return False
    at = next(
        (n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b),
        min(len(one), len(two)),
    )
    if len(one) != len(two):
        longer, shorter = (one, two) if len(one) > len(two) else (two, one)
        return longer[at + 1 :] == shorter[at:]
    swapped = one[at : at + 2] == two[at : at + 2][::-1] and one[at + 2 :] == two[at + 2 :]
    return swapped or one[at + 1 :] == two[at + 1 :]


def _glue(code: str, phrases: defaultdict[Phrase, set[Label]], glued: str) -> None:
    """Words that a language writes in one: Donnerstagnachmittag, Mon-Fri."""
    days = [(words[0], label) for words, labels in phrases.items() if len(words) == 1
            for label in labels if label[0] == "weekdays"]  # fmt: skip
    short = [(words[0], label) for words, labels in phrases.items() if len(words) == 1
             for label in labels if label[0] in ("weekdays", "short_weekdays")]  # fmt: skip
    for day, label in days if code == "en" else ():
        phrases[(f"{day}'s",)].add(label)  # "Monday's grand"
    for (one, (_, first)), (two, (_, last)) in product(short, short):
        if first < last:
            phrases[(f"{one}-{two}",)].add(("day_range", f"{first}{last}"))
    for part in listed(glued):
        names = [label for label in phrases.get(phrase(part), ()) if label[0] in PARTS]
        for day, label in days:
            phrases[(day + folded(part),)].update({label, *names})


PARTS = ("morning", "midday", "late-afternoon", "afternoon", "evening")
