"""Roles: what the words of a sentence do in it, from the table of roles of a language ("shift": adiar, empurrar, passar).

Not which command they make together (gist.py) and not which time is meant (evident.py). A phrase of these tables may end
in a star: then any word with that beginning is meant, so that one entry stands for a whole verb. A star alone is any word,
"…" up to six of them: "lassen … ausfallen", "put … on hold".
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from daemon.mail.reading.lexicon import LANGUAGES, listed, phrase
from daemon.mail.reading.lexicon import read_tables as read_lexicons
from daemon.mail.reading.tokens import Token, folded
from daemon.mail.reading.ways import MISREAD

_TABLES = Path(__file__).parent / "languages" / "roles"
_STEM_MIN = 3
_GAP = "…"
_GAP_MAX = 6
Pattern = tuple[tuple[str, bool], ...]
"""Words, each with whether it is only a beginning."""


@dataclass(frozen=True, slots=True)
class Played:
    """A phrase at some place of a sentence, and its role there."""

    role: str
    at: int
    end: int
    gapped: bool = False
    """Whether any words may stand amid its own."""


@dataclass(frozen=True, slots=True, eq=False)
class Roles:
    """The phrases of one language by their first word, or by its first letters."""

    whole: Mapping[str, Sequence[tuple[str, Pattern]]]
    begun: Mapping[str, Sequence[tuple[str, Pattern]]]

    def played(self, clause: Sequence[Token]) -> list[Played]:
        """Every phrase at every place."""
        return list(_played(self, tuple([token.text for token in clause])))


@lru_cache(maxsize=512)
def _played(roles: Roles, texts: tuple[str, ...]) -> tuple[Played, ...]:
    """As `Roles.played`; the same clause is asked about more than once."""
    found: list[Played] = []
    for at, text in enumerate(texts):
        begun = roles.begun.get(text[:_STEM_MIN], ())
        behind = texts[at + 1] if at + 1 < len(texts) else ""
        for role, pattern in (*roles.whole.get(text, ()), *begun):
            first, begins = pattern[0]
            if begins and not text.startswith(first):
                continue  # most of them: told here, without a call
            if len(pattern) > 1:
                word, begins = pattern[1]
                if word != _GAP and not (behind.startswith(word) if begins else behind == word):
                    continue
            end = at + 1 if len(pattern) == 1 else _end(pattern, texts, at)
            if end:
                found.append(Played(role, at, end, any(word == _GAP for word, _ in pattern)))
    return tuple(found)


def _end(pattern: Pattern, texts: Sequence[str], at: int) -> int:
    """Where a phrase ends that begins there; 0 where it does not stand there."""
    for n, (word, begun) in enumerate(pattern):
        if word == _GAP:
            rest = pattern[n + 1 :]
            places = range(at + n, min(at + n + _GAP_MAX + 1, len(texts)))
            return next((end for place in places if (end := _end(rest, texts, place))), 0)
        if at + n >= len(texts):
            return 0
        text = texts[at + n]
        if not (text.startswith(word) if begun else text == word):
            return 0
    return at + len(pattern)


@lru_cache(maxsize=8)
def roles_of(code: str) -> Roles:
    """The roles of a language."""
    return _roles(code, ("", "-ways", "-calls", "-held"))


@lru_cache(maxsize=8)
def ranks_of(code: str) -> Roles:
    """The few roles by which a reply ranks times, takes one back or refuses them all."""
    return _roles(code, ("-ranks",))


@lru_cache(maxsize=8)
def roles_with_ranks(code: str) -> Roles:
    """Both, for a reply in which one of these few is played."""
    return _roles(code, ("", "-ways", "-calls", "-held", "-ranks"))


def _roles(code: str, parts: Sequence[str]) -> Roles:
    paths = [_TABLES / f"{code}{part}.toml" for part in parts]
    return _by_first_word(each for path in paths for each in _of_file(path))


@lru_cache(maxsize=64)
def _of_file(path: Path) -> Sequence[tuple[str, Pattern]]:
    """The phrases of one table with their roles: most tables are part of two sets of them."""
    return list(_phrases(tomllib.loads(path.read_text(encoding="utf-8"))))


def roles_in(*tables: Mapping[str, str]) -> Roles:
    """The roles of these tables: by its name, the phrases of each."""
    return _by_first_word(each for table in tables for each in _phrases(table))


def _phrases(table: Mapping[str, str]) -> Iterator[tuple[str, Pattern]]:
    for role, entry in table.items():
        for each in listed(entry):
            yield role, _pattern(each)


def _by_first_word(phrases: Iterable[tuple[str, Pattern]]) -> Roles:
    whole: defaultdict[str, list[tuple[str, Pattern]]] = defaultdict(list)
    begun: defaultdict[str, list[tuple[str, Pattern]]] = defaultdict(list)
    for role, pattern in phrases:
        word, is_begun = pattern[0]
        (begun if is_begun else whole)[word[:_STEM_MIN] if is_begun else word].append(
            (role, pattern)
        )
    return Roles(dict(whole), dict(begun))


def read_tables() -> None:
    """Read what any mail may need, before the time that one mail may take is counted: once a process."""
    read_lexicons()
    for code in LANGUAGES:
        for tables in (roles_of, ranks_of, roles_with_ranks):
            tables(code)


def _pattern(written: str) -> Pattern:
    found: list[tuple[str, bool]] = []
    for word in written.split():
        if word in ("*", _GAP):
            found.append(("", True) if word == "*" else (_GAP, False))
            continue
        parts = _parts(word.rstrip("*"))
        found += [(part, False) for part in parts[:-1]]
        found.append((parts[-1], word.endswith("*")))
    return tuple(found)


@lru_cache(maxsize=16_384)
def _parts(word: str) -> tuple[str, ...]:
    """The word as the lexicon knows it: a few thousand of them make all phrases."""
    return phrase(word)


def plays(played: Iterable[Played], roles: Collection[str]) -> bool:
    """Whether one of these roles is played."""
    return any(each.role in roles for each in played)


def places(played: Iterable[Played], roles: Collection[str]) -> set[int]:
    """Where these roles are played."""
    return {at for each in played if each.role in roles for at in range(each.at, each.end)}


def longest(played: Iterable[Played]) -> list[Played]:
    """The phrases that are part of no longer one of their role."""
    every = list(played)
    return [
        each for each in every
        if not any(
            o.role == each.role and o.at <= each.at and each.end <= o.end and o.end - o.at > each.end - each.at
            for o in every
        )
    ]  # fmt: skip


def calls(clause: Sequence[Token], names: Collection[str]) -> bool:
    """Whether one of the two is named in it, beside other words."""
    folded_names = {folded(each) for each in names if each}
    return len(clause) > 1 and any(token.text in folded_names for token in clause)


def is_misread(word: str, clause: Sequence[Token], code: str) -> bool:
    """Whether a command whose words are known is one for nobody here: "I left the group, too many messages"."""
    played = roles_of(code).played(clause)
    if word == "move" and plays(played, ("settled",)) and not plays(played, _AGAINST):
        return True  # "the new time is fine"
    if word == "cadence" and not plays(played, ("mails",)):
        told = any(each.role == "others" and each.at == 0 for each in played)
        return told or plays(played, ("fewer_said",))  # "each week is too much": of no mails
    return plays(played, MISREAD.get(word, ()))


_AGAINST = ("cannot", "begging", "reschedule", "wish", "shift")
