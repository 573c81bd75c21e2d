"""How a person signs without a delimiter: `Best regards,` and a name below it, or the name alone.

Not delimiters, footers and contacts (signatures.py). A name alone is known only when it is the writer's.
"""

from __future__ import annotations

import re

from daemon.mail.reading import phrases
from daemon.mail.reading.banners import is_disclaimer

LINES_MAX = 12
WORDS_MAX = 6
"""A line of a signature with more of them has names in it, or numbers."""
_LISTED = re.compile(r"\s*(?:[-*•·]\s|\d+[.)]\s|[a-z][.)]\s(?!\+?\d))")
_TITLE = re.compile(r"(?:[^\W\d_]{1,6}\.|ing|mgr|inż|hab|phd|msc|bsc|dr|prof)$", re.IGNORECASE)
_POSTSCRIPT = re.compile(r"\W*p\.? ?s\b", re.I)
_NAME_MARKS = frozenset("?!:;@/\\=+0123456789")
_EDGE = " ,.*_-–—~/\"'«»()"
_CLOSING_EDGE = " ,.!:،。、，！：*_-–—~\t"
_WORD = re.compile(r"[^\W\d_]+")
_SLASHED = re.compile(r"\s?[/~–—]{1,2}\s?[^\W\d_][\w.'-]{0,20}(?: [^\W\d_][\w.'-]{0,20})?$")
_PARTICLES = frozenset((
    "von", "van", "de", "da", "der", "den", "di", "del", "la", "le", "el", "al", "bin", "ben", "ibn", "y", "e", "und", "zu",
))  # fmt: skip
Names = frozenset[str]


def closing_start(
    lines: list[str], start: int, end: int, *, below: bool, signed: bool, names: Names
) -> int | None:
    """Where a person begins to sign: `Best regards,` and below it a name, also above a marked signature; `LG Ben` in
    one line; or the writer's own name."""
    found = _with_name(lines, start, end, below=below, signed=signed, names=names)
    if found is not None:
        return found
    last = last_said(lines, start, end)
    block = _named_block(lines, start, last, names) if names else None
    if block is None and last > start and _is_own_name(lines[last - 1], names):
        block = last - 1 if not _is_listed(lines, start, last - 1) else None
    return block if block is not None and (below or says(lines, start, block)) else None


def _with_name(
    lines: list[str], start: int, end: int, *, below: bool, signed: bool, names: Names
) -> int | None:
    last = last_said(lines, start, end)
    first = max(start, last - 2 * LINES_MAX)
    for at in range(last - 1, first - 1, -1):
        line = lines[at]
        if not line or len(line) > 60:
            continue
        named = _is_named_and_closed(line)
        closing = (
            is_closing(line)
            or named
            or _is_ordered(lines, start, at)
            or (at < last - 1 and _comes_from_somewhere(line))
        )
        under = [each for each in lines[at + 1 : last] if each.strip()]
        if (
            closing
            and not named
            and not under
            and not (signed and _is_whole(line))
            and not _greets(line)
        ):
            continue
        if not closing and not (at == last - 1 and _closes_with_a_name(line)):
            continue
        if under and not _is_signed(under, names):
            return None
        at = _first_of_closings(lines, start, at)
        return at if below or says(lines, start, at) else None
    return None


def _greets(line: str) -> bool:
    """`Beste Grüße`: nothing but a greeting, also without a name."""
    words = line.strip(_CLOSING_EDGE).casefold().split()
    return len(words) > 1 and not phrases.GREETINGS.isdisjoint(words)


def _is_whole(line: str) -> bool:
    """Not a word of thanks that could be all that is said, as `Thanks` above a signature."""
    return (
        line.endswith((",", "、")) or " " in line.strip() or (not line.isascii() and len(line) >= 8)
    )


def _first_of_closings(lines: list[str], start: int, at: int) -> int:
    """`Thanks,` above `Best regards,` belongs to it."""
    above = last_said(lines, start, at) - 1
    if above > start and above >= at - 2 and is_closing(lines[above]):
        return above
    return at


def last_said(lines: list[str], start: int, end: int) -> int:
    """Below the last line with something in it."""
    while end > start and not lines[end - 1].strip():
        end -= 1
    return end


def says(lines: list[str], start: int, end: int) -> bool:
    """Whether there is a word. What says nothing in words is kept with what stands below it."""
    return any(character.isalnum() for line in lines[start:end] for character in line[:200])


def is_closing(line: str) -> bool:
    """`Best regards,` in some language; also two of them in one line."""
    if len(line) > 60:
        return False
    said = " ".join(line.strip(_CLOSING_EDGE).casefold().split())
    if said in phrases.CLOSINGS:
        return True
    parts = [part for part in phrases.AND.split(said) if part]
    return len(parts) > 1 and all(part in phrases.CLOSINGS for part in parts)


def _comes_from_somewhere(line: str) -> bool:
    """`Liebe Grüße aus Kolkata`."""
    words = line.strip(_CLOSING_EDGE).split()
    for count in range(1, min(len(words), 5)):
        rest = words[count:]
        if rest[0].casefold() in phrases.OUT and 2 <= len(rest) <= 4 and rest[-1][0].isupper():
            return is_closing(" ".join(words[:count]))
    return False


def _is_named_and_closed(line: str) -> bool:
    """`이준호 드림`: in Korean what closes a letter stands below the name, or behind it."""
    words = line.strip(_CLOSING_EDGE).split()
    return 2 <= len(words) <= 4 and words[-1] in phrases.BEHIND and is_name(" ".join(words[:-1]), 3)


def _is_ordered(lines: list[str], start: int, at: int) -> bool:
    """`i. A. Petra Lohmann` begins a signature by itself, where a paragraph does."""
    name = _without_order(lines[at])
    return name != lines[at] and (at == start or not lines[at - 1]) and is_name(name, 4)


def _closes_with_a_name(line: str) -> bool:
    """`LG Ben`, `Saludos, Ana`: a closing and one or two names in one line."""
    before, comma, after = line.partition(",")
    if comma and after.strip():
        return is_closing(before) and is_name(after, 3)
    words = line.split()
    return any(
        len(words) - count in (1, 2)
        and is_closing(" ".join(words[:count]))
        and (
            count > 1 or words[0].isupper() or words[0].casefold().strip(".") not in phrases.THANKS
        )
        and is_name(" ".join(words[count:]), 2)
        for count in range(1, len(words))
    )


def _is_signed(under: list[str], names: Names) -> bool:
    """Whether what stands below a closing is a name, with at most what belongs to one."""
    under = [_without_order(line) for line in under if not _is_rule(line)]
    while under and (is_closing(under[0]) or not under[0]):
        under = under[1:]
    while len(under) > 1 and is_disclaimer(under[-1], least=2):
        under = under[:-1]
    if not under:
        return True
    if len(under) > LINES_MAX or any(len(line) > 90 for line in under):
        return False
    if len(under) == 1:
        return is_name(_without_titles(under[0]), 3) or _is_of(under[0], names)
    strange = any(
        _POSTSCRIPT.match(line)
        or _LISTED.match(line)
        or line.endswith(("?", "？", ":"))
        or (line.endswith((".", "!")) and len(line.split()) >= 5 and "|" not in line)
        or _is_sentence(line.split())
        for line in under
        if not line.casefold().startswith(phrases.HOURS)
    )
    first = under[0].split("|")[0]
    named = is_name(first, 5) or is_name(_without_titles(first), 4) or _is_of(first, names)
    return named and not strange


def _is_sentence(words: list[str]) -> bool:
    plain = sum(word[0].islower() for word in words)
    return len(words) > WORDS_MAX and 3 * plain > 2 * len(words)


def _is_rule(line: str) -> bool:
    return len(line) >= 3 and not line.strip("-_=*~—–")


def _without_order(line: str) -> str:
    """`i. A. Ana Rao` is signed by Ana Rao."""
    folded = line.lstrip().casefold()
    for order in phrases.ORDER:
        if folded.startswith(order) and not folded[len(order) : len(order) + 1].isalnum():
            return line.lstrip()[len(order) :].strip()
    return line


def is_name(line: str, words_max: int) -> bool:
    """Few words with capitals, without digits or questions; or few characters of a script without capitals."""
    words = line.strip(" ,.*_-–—~\"'").split()
    if not 1 <= len(words) <= words_max or len(line) > 50 or _NAME_MARKS.intersection(line):
        return False
    if not any(character.isalpha() for character in line):
        return False
    if words[0].casefold() in phrases.NO_NAMES:
        return False
    return all(not word[0].islower() or word in _PARTICLES for word in words) or len(words) == 1


def _without_titles(line: str) -> str:
    """`doc. dr. Ivana Horvat, PhD` is called Ivana Horvat."""
    words = line.partition(",")[0].split()
    while len(words) > 1 and _TITLE.match(words[0]):
        words = words[1:]
    return " ".join(words)


def names_in(said: str) -> Names:
    """The words of a name, with what an address says of it."""
    return frozenset(
        word.casefold() for word in _WORD.findall(said[:400]) if len(word) > 1 or not word.isascii()
    )


def _is_of(line: str, names: Names) -> bool:
    words = [word.casefold() for word in _WORD.findall(_without_titles(line[:80]))]
    known = [word for word in words if word in names and word not in phrases.NO_NAMES]
    initials = {name[0] for name in names}
    return (
        1 <= len(words) <= 4
        and len(line) <= 60
        and bool(known)
        and all(word in names or (len(word) == 1 and word in initials) for word in words)
    )


def _named_block(lines: list[str], start: int, last: int, names: Names) -> int | None:
    """A last paragraph that begins with the writer's whole name, and the line with a comma above it."""
    at = last
    while at > start and lines[at - 1].strip() and last - at < LINES_MAX:
        at -= 1
    for first in range(at, min(at + 2, last)):
        words = _WORD.findall(lines[first][:80])
        whole = len(words) > 1 or not lines[first].isascii()
        if not whole or not _is_of(lines[first].split("|")[0], names):
            continue
        closed = first == at or (lines[at].endswith(",") and len(lines[at].split()) <= 5)
        short = all(
            len(each) <= 90 and not each.endswith(("?", "!", "."))
            for each in lines[first + 1 : last]
        )
        return at if closed and short and not _is_listed(lines, start, at) else None
    return None


def _is_listed(lines: list[str], start: int, at: int) -> bool:
    """Whether a last line is one of several of its kind, or what a line with a colon announces."""
    above = lines[last_said(lines, start, at) - 1] if says(lines, start, at) else ""
    return above.endswith((":", "：")) or above[:1] == lines[at][:1] == "/"


def _is_own_name(line: str, names: Names) -> bool:
    """The name of the writer and nothing else, or `/Ben`."""
    if _is_of(line, names):
        return not line.endswith(("?", ":")) and not any(mark.isdigit() for mark in line)
    return _SLASHED.match(line) is not None
