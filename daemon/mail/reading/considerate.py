"""Considerate: a condition that only shows regard ("if it's still free", "si no es molestia"), taken out before a reply is read.

Not a condition that leaves anything open: "if I get home in time". The times of a letter are looked at once more before one is booked,
and the other one of the pair is told, so that these conditions hold by themselves.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from daemon.mail.reading.lexicon import LANGUAGES, clause_of, has, lexicon
from daemon.mail.reading.roles import Roles, roles_in
from daemon.mail.reading.sentences import sentences
from daemon.mail.reading.tokens import Token

_TABLES = Path(__file__).parent / "languages" / "roles"
_JOINED = re.compile(r"[\s,;(–—-]*$")
_ENDS = re.compile(r"[\s]*(?:$|[,;:.!?)…–—\n]|[\u2600-\U0001FAFF])")
_BEGINS = re.compile(r"^[\s,;:–—-]+")


@dataclass(frozen=True, slots=True)
class Plain:
    """The lines to be read. `offers`: what was taken out of them ("if you need it before, let me know"); `written`: how
    the sentences were written that are shorter now."""

    lines: list[str]
    offers: list[str]
    written: dict[str, str]

    def as_written(self, rest: Iterable[str]) -> list[str]:
        """The words that are no command, with nothing lost of them."""
        return [*map(self._back, rest), *self.offers]

    def _back(self, text: str) -> str:
        for plain, written in self.written.items():
            text = text.replace(plain, written)
        return text


def without_regard(lines: Iterable[str]) -> Plain:
    """The lines without such conditions. One is taken out where it ends what is said, or stands in front of a comma."""
    plain = Plain([], [], {})
    for line in lines:
        left = _without_offers(line, plain.offers)
        for sentence in sentences(left):
            short = _without(sentence)
            if short != sentence:
                left = left.replace(sentence, short, 1)
                plain.written[short.rstrip(_MARKS)] = sentence.rstrip(_MARKS)
        plain.lines.append(left)
    return plain


_MARKS = " .!"


def _without_offers(line: str, offers: list[str]) -> str:
    """Without "if that doesn't work for Ana, just let me know": to the end of the sentence, where it names no time."""
    for sentence in sentences(line):
        clause = clause_of(sentence)
        played = _regard().played(clause)
        begins = min(
            (
                each.at
                for each in played
                if each.role == "in_case" and _opens(sentence, clause[each.at].at)
            ),
            default=-1,
        )
        told = any(each.role == "tell_me" and each.at > begins for each in played)
        timed = any(token.kind != "word" for token in clause[max(begins, 0) :])
        if begins < 0 or not told or timed or _names_day(clause[begins:]):
            continue
        at, cut = line.find(sentence), clause[begins].at
        left = f"{line[: at + cut].rstrip(' ,;–—-')}. {line[at + len(sentence) :]}".strip(" .")
        if any(char.isalnum() for char in left):
            offers.append(sentence[cut:])
            return _without_offers(left, offers)
    return line


def _opens(sentence: str, at: int) -> bool:
    """Whether a sentence, or what stands behind a comma, begins there."""
    before = sentence[:at].rstrip()
    return not before or before[-1] in ",;:–—-(" or before.split()[-1].lower() in _BUT


_BUT = ("but", "and", "aber", "und", "mais", "et", "pero", "y", "mas", "e")


def _names_day(clause: Sequence[Token]) -> bool:
    return any(
        has(each, ("weekdays", "relative"))
        for code in LANGUAGES
        for each in lexicon(code).found(clause)
    )


def _without(line: str) -> str:
    clause = clause_of(line)
    found = (each for each in _regard().played(clause) if each.role == "regard")
    for each in sorted(found, key=lambda each: (each.at, -each.end)):
        begin, end = clause[each.at].at, clause[each.end - 1].end
        if not _ENDS.match(line[end:]):
            continue
        before, behind = line[:begin], line[end:]
        leads = not before.strip() or before.rstrip()[-1] in ".!?:"
        left = before + _BEGINS.sub("", behind) if leads else _JOINED.sub("", before) + behind
        if any(char.isalnum() for char in left):
            return _without(left)
    return line


@lru_cache(maxsize=1)
def _regard() -> Roles:
    """Of all languages: a phrase of one is none of another."""
    paths = [_TABLES / f"{code}-regard.toml" for code in LANGUAGES]
    return roles_in(*(tomllib.loads(path.read_text(encoding="utf-8")) for path in paths))


def read_tables() -> None:
    """Read what any mail may need, before the time that one mail may take is counted: once a process."""
    _regard()
