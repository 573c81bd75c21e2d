"""Tokens: a line as words, numbers, times and marks, folded so that case and accents do not count.

Not their meaning: that depends on the language (lexicon.py).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal, NamedTuple

from daemon.mail.reading.umlauts import with_umlauts

Kind = Literal["word", "number", "ordinal", "time", "numeric", "iso", "address", "link", "mark"]
TOKENS_MAX = 80
SMILES = re.compile(
    r"[\U0001F44D\U0001F44C\U0001F642\U0001F60A\U0001F600\U0001F603\U0001F604\U0001F64F\U0001F389\u2705\u263A\u2764]"
    r"[\U0001F3FB-\U0001F3FF\uFE0F]*|(?<!\S)[:;]-?[)D](?!\S)"
)
"""Signs that agree or thank. Any other sign (a rolling eye) may turn the words around."""

_SIGNS = str.maketrans({
    "’": "'", "‘": "'", "´": "'", "`": "'", "–": "-", "—": "-", "‑": "-", "−": "-", "\xa0": " ", "\u202f": " ",
    "\t": " ",
})  # fmt: skip
_ACCENT_COUNTS = re.compile(r"(?i)\bsí\b")
"""A word that would mean something else without its accent: "si" is an if."""
_UMLAUT_COUNTS = re.compile(r"(?i)\b([wt])ä(?=[rt]'?s?\b)")
""" "Wär" and "tät" are wishes, "war" and "tat" are over."""
_HOUR = r"(?P<hour>[01]?\d|2[0-4])"
_CLOCK = rf"{_HOUR}(?:[:h](?P<minute>[0-5]\d)|\.(?P<dotted>[0-5]\d)(?=\s?(?:uhr|h\b|am\b|pm\b|hs\b|horas)))"
_AM_A_DAY = r"(?!\s+(?:\d|(?:mo|di|mi|do|fr|sa|so|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)\b))"
""" "20:30 am Do": the German word before a day."""
_AFTER = rf"(?:\s?(?P<half>[ap])\.?m\b\.?{_AM_A_DAY}|\s?(?:uhr|horas?|heures?|hrs?|hs|h)\b)"
_TOKEN = re.compile(
    rf"""(?P<link>https?://\S+)
    |(?P<address>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
    |(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})(?!\d)
    |(?P<time>(?:(?P<hour2>1[0-2]|0?[1-9])(?P<minute2>[0-5]\d)\s?(?P<half3>[ap])\.?m\b\.?|{_CLOCK}(?![\d]){_AFTER}?|(?P<whole>[01]?\d|2[0-4]){_AFTER.replace("half", "half2")})(?![\w:]))
    |(?P<numeric>\d{{1,2}}[./]\d{{1,2}}(?:[./](?:\d{{4}}|\d{{2}}))?(?![\d])\.?)
    |(?P<ordinal>\d{{1,2}}(?:st|nd|rd|th|\.?[ªº°]|eme|er|ere|nd|nde|e|te|ten|ter|re|a|o)\b)
    |(?P<yes>s1\b)
    |(?P<ratio>\d+:\d+)
    |(?P<number>\d+)
    |(?P<word>[^\W\d_]+(?:['-][^\W\d_]+)*'?(?:/[^\W\d_]+)?)
    |(?P<mark>\S)""",
    re.VERBOSE,
)
_APOSTROPHES = {
    **{f"{word}nt": f"{word}n't" for word in (
        "ca", "did", "do", "does", "is", "was", "were", "are", "could", "would", "should", "have", "has", "had", "wo", "need",
    )},
    "im": "i'm", "ive": "i've", "thats": "that's", "lets": "let's", "theres": "there's", "youre": "you're", "youve": "you've",
    "weve": "we've", "itll": "it'll", "thatll": "that'll", "jai": "j'ai", "jaurai": "j'aurai", "jarrive": "j'arrive",
    "jaimerais": "j'aimerais", "cest": "c'est", "daccord": "d'accord", "jetais": "j'etais", "jespere": "j'espere",
}  # fmt: skip
"""Words that are written without their apostrophe on a telephone, where they are no other word."""
_ELIDED = re.compile(r"^([cdjlmnst]|qu|jusqu)'(\w.+)$")


def with_apostrophe(word: str) -> str:
    """The word as it is written elsewhere than on a telephone."""
    return _APOSTROPHES.get(word, word)


class Token(NamedTuple):
    """`text` is folded, `at` and `end` are places in the folded line; `minutes` of a time: one, or two if it may be
    one of the morning or the afternoon. `dotted`: a full stop follows."""

    kind: Kind
    text: str
    number: int
    minutes: tuple[int, ...]
    at: int
    end: int
    dotted: bool = False


def folded(text: str) -> str:
    """The same text in small letters, without accents and typographic signs, each character in its old place."""
    if text.isascii():
        return text.translate(_SIGNS).lower()
    plain = _ACCENT_COUNTS.sub("s1", unicodedata.normalize("NFC", text)).translate(_SIGNS)
    plain = _UMLAUT_COUNTS.sub(r"\1æ", plain)
    return "".join(map(_bare, plain))


@lru_cache(maxsize=4096)
def _bare(char: str) -> str:
    small = char.lower()
    if small.isascii():
        return small
    base = unicodedata.normalize("NFD", small)[0]
    return base if base.isalpha() else char


@lru_cache(maxsize=4096)
def _as_in_tables(word: str) -> str:
    """The word, folded as the tables are, though its umlauts are written apart."""
    return folded(with_umlauts(word))


def tokens(line: str) -> list[Token]:
    """The tokens of a line that is folded already; long ones are cut."""
    found: list[Token] = []
    for match in _TOKEN.finditer(line):
        kind: Kind = match.lastgroup if match.lastgroup in _KINDS else _kind(match)  # type: ignore[assignment]
        found += _token(kind, match, line)
        if len(found) >= TOKENS_MAX:
            break
    return found


_KINDS = ("link", "address", "iso", "numeric", "ordinal", "number", "word", "mark")


def _kind(match: re.Match[str]) -> Kind:
    return "time" if match["time"] else "word"  # also 1:1, and the `yes` of _ACCENT_COUNTS


def _token(kind: Kind, match: re.Match[str], line: str) -> list[Token]:
    text, at, end = match[0], match.start(), match.end()
    if kind == "word":
        parts: list[str] = []
        text = with_apostrophe(_as_in_tables(text))
        elided = _ELIDED.match(text)
        while elided:
            parts.append(f"{elided[1]}'")
            text = elided[2]
            elided = _ELIDED.match(text)
        return [Token("word", part, 0, (), at, end) for part in (*parts, text)]
    if kind == "time":
        return [Token("time", text, 0, _minutes(match), at, end)]
    number = re.match(r"\d+", text) if kind in ("number", "ordinal") else None
    dotted = line[end : end + 1] == "." and kind == "number"
    return [Token(kind, text, int(number[0][:6]) if number else 0, (), at, end, dotted)]


def _minutes(match: re.Match[str]) -> tuple[int, ...]:
    hour = int(match["hour"] or match["hour2"] or match["whole"])
    minute = int(match["minute"] or match["minute2"] or match["dotted"] or 0)
    half = match["half"] or match["half2"] or match["half3"]
    if half:
        return (hour % 12 * 60 + minute + (720 if half == "p" else 0),) if 0 < hour <= 12 else ()
    return both_halves(hour, minute)


def both_halves(hour: int, minute: int = 0) -> tuple[int, ...]:
    """What a time without am and pm may be: "at 3" is in the night or in the afternoon, 15:00 is one time."""
    if hour > 23 or minute > 59:
        return ()
    said = hour * 60 + minute
    return (said, said + 720) if 0 < hour < 12 else (said, said - 720) if hour == 12 else (said,)
