"""German words that are written without umlauts, as keyboards abroad have none: "koennen", "naechste", "ausser".

Not a rule of spelling: "neue" and "bueno" stay as they are, because only words that the German tables have are known.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

_TABLES = Path(__file__).parent / "languages"
_APART = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_WRITTEN = re.compile(r"([^\W\d_]*[äöüß][^\W\d_]*)(\*?)")
_MONTHS = "märz jänner"
"""Names of months come from CLDR, and stand in no table."""
_TELLING = ("ae", "oe", "ue", "ss")
_STEM_MIN = 3


@lru_cache(maxsize=4096)
def with_umlauts(word: str) -> str:
    """The word with its umlauts, where it is one of those that are written apart; `word` is in small letters."""
    if not any(each in word for each in _TELLING):
        return word
    whole, stems = _known()
    if word in whole:
        return whole[word]
    for apart, stem in stems.get(word[:_STEM_MIN], ()):
        if word.startswith(apart):
            return stem + word[len(apart) :]
    return word


@lru_cache(maxsize=1)
def _known() -> tuple[dict[str, str], dict[str, list[tuple[str, str]]]]:
    """As they are written apart → with umlauts: whole words, and by their first letters those with any ending."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(_TABLES.rglob("de*.toml"))]
    found = set(_WRITTEN.findall("\n".join([*texts, _MONTHS]).lower()))
    whole = {word.translate(_APART): word for word, star in found if not star}
    stems: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for word, star in sorted(found, key=lambda each: -len(each[0])):  # the longest knows most
        apart = word.translate(_APART)
        if star and len(apart) >= _STEM_MIN:
            stems[apart[:_STEM_MIN]].append((apart, word))
    return whole, dict(stems)
