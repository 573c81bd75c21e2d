"""The tables of phrases.toml and closings.toml in the form in which it is asked: dictionaries and compiled patterns.

Not the rules that ask (attribution.py, closings.py, signatures.py, banners.py): no structure of a mail is known here.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

FieldKind = Literal["who", "when", "to", "rest"]


def _table(name: str) -> dict[str, dict[str, list[str]]]:
    """By language, the phrases of each kind."""
    return tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))


_LANGUAGES = _table("phrases.toml")
_APPS = _LANGUAGES.pop("apps")["names"]
_SIGNED = _table("closings.toml")


def _all(kind: str) -> list[str]:
    """The phrases of every language, longest first, each once."""
    tables = (*_LANGUAGES.values(), *_SIGNED.values())
    found = {phrase.casefold() for words in tables for phrase in words.get(kind, [])}
    return sorted(found, key=lambda phrase: (-len(phrase), phrase))


@dataclass(frozen=True, slots=True)
class Words:
    """Some phrases, looked for as whole words where a script has spaces between them. Names
    of some length may carry the ending of a case, as in `iPhonesta` and `iPhonu`."""

    patterns: dict[str, re.Pattern[str]]

    def said_in(self, folded: str) -> bool:
        """A plain search comes first: patterns of all languages at once are a hundred times slower."""
        return any(
            phrase in folded and pattern.search(folded) is not None
            for phrase, pattern in self.patterns.items()
        )


def _words(phrases: list[str]) -> Words:
    return Words({phrase: re.compile(_edge(phrase)) for phrase in phrases})


def _declined(names: list[str]) -> Words:
    stems = {name[:-1] if len(name) >= 6 and name.endswith("e") else name for name in names}
    return Words({stem: re.compile(_edge(stem, open_end=len(stem) >= 5)) for stem in stems})


def _edge(phrase: str, *, open_end: bool = False) -> str:
    before = r"(?<![^\W\d_])" if phrase[0].isalpha() and phrase[0] < "\u0e00" else ""
    after = (
        r"(?![^\W\d_])" if not open_end and phrase[-1].isalpha() and phrase[-1] < "\u0e00" else ""
    )
    return f"{before}{re.escape(phrase)}{after}"


WROTE = _words(_all("wrote"))
OWN = _words(_all("own"))
WROTE_LAST = tuple(phrase for phrase in _all("wrote") if phrase != "ο/η")
OUTSIDE = re.compile("|".join(re.escape(phrase) for phrase in _all("outside")))
OPENS = re.compile(rf"(?:{'|'.join(map(re.escape, _all('opens')))})(?![^\W\d_])")
_CAPITALS = (phrase[0].upper() + phrase[1:] for phrase in _all("opens") if phrase[0] < "\u0370")
OPENS_INSIDE = re.compile(
    rf"(?:(?<=[\s.!?])|-{{2,}} ?)(?:{'|'.join(re.escape(each) for each in _CAPITALS if len(each) > 1)}) [^@<>]{{0,30}}?\d"
)
"""The same in the middle of a line, with a digit soon after."""
CLOSINGS = frozenset(_all("closing"))
GREETINGS = frozenset(_all("greeting"))
THANKS = frozenset(_all("thanks"))
NO_NAMES = frozenset(_all("no_name"))
AND = re.compile(rf"[ ,]+(?:{'|'.join(map(re.escape, _all('and')))})[ ]+|, | ?[/|] ?")
OUT = frozenset(_all("out"))
ORDER = tuple(_all("order"))
BEHIND = frozenset(_all("behind"))
HOURS = tuple(_all("hours"))
ORIGINALS = frozenset(_all("original"))
VIRUS = tuple(_all("virus"))
APPS = _declined(_APPS)

FIELDS: dict[str, FieldKind] = {
    **dict.fromkeys(_all("rest"), "rest"),
    **dict.fromkeys(_all("to"), "to"),
    **dict.fromkeys(_all("when"), "when"),
    **dict.fromkeys(_all("who"), "who"),
}

LEGAL = tuple(
    tuple(re.compile(family.casefold()) for family in words["legal"])
    for words in _LANGUAGES.values()
)


_ARABIC_SIGNS = re.compile("[\u0640\u064b-\u0652]")


def _footer(phrase: str) -> re.Pattern[str]:
    """`*` is up to forty characters; `@` as well, but an app has to be named in the line."""
    pieces = [re.escape(_ARABIC_SIGNS.sub("", piece)) for piece in re.split(r"[*@]", phrase)]
    return re.compile(".{0,40}?".join(pieces))


SENT_FIRST: dict[str, list[tuple[re.Pattern[str], bool, bool]]] = {}
"""By the first two characters: the pattern of a footer, whether it needs an app, whether it ends open."""
SENT_LAST: list[tuple[str, re.Pattern[str], bool]] = []
"""Footers that begin with the device: how they end, the pattern, whether it needs an app."""

for _phrase in _all("sent"):
    if _phrase[0] in "*@":
        SENT_LAST.append((re.split(r"[*@]", _phrase)[-1], _footer(_phrase), "@" in _phrase))
    else:
        SENT_FIRST.setdefault(_ARABIC_SIGNS.sub("", _phrase)[:2], []).append(
            (_footer(_phrase), "@" in _phrase, _phrase[-1] in "*@")
        )

SENT_LAST_ENDS = tuple({last for last, _, _ in SENT_LAST})
