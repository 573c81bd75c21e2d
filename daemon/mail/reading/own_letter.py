"""Our own letter, found again in a reply word by word: quoted or not, and however its lines were broken.

Not quotes of other mails (quotes.py). One line of ours alone is the writer's: people copy the time that they choose.
The letter itself is not kept once it has gone: `marks_of` is what is kept of it (docs/adr/0008).
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from daemon.mail.reading.quotes import bare

LETTER_CHARACTERS_MAX = 20_000
WORDS_MAX = 30_000
RUN = 4
"""So many words in the same order are ours."""
MARKS_MAX = 512
_WORD = re.compile(r"\w+")
_LINK = re.compile(r"<(?:https?://|mailto:)[^>\s]{1,2000}>")

Origin = Literal["ours", "partly", "empty", "theirs"]


@dataclass(frozen=True, slots=True)
class Found:
    """What each line is, how many words of it are ours, and how much of the letter is there."""

    origins: list[Origin]
    words: list[int]
    share: float


def marks_of(letter: str) -> bytes:
    """By what a letter is known again: four bytes for each run of words, at most 2 KB. No word can be read in it."""
    words = _words(letter[:LETTER_CHARACTERS_MAX])
    marks = sorted(dict.fromkeys(islice(_runs(words), MARKS_MAX)))
    return struct.pack(f"<{len(marks)}I", *marks)


def _words(text: str) -> list[str]:
    return _WORD.findall(_LINK.sub(" ", text).casefold())


def _runs(words: list[str]) -> Iterator[int]:
    """The mark of each run of words, by where it begins."""
    of_words = {word: zlib.crc32(word.encode("utf-8", "replace")) for word in dict.fromkeys(words)}
    numbers = [of_words[word] for word in words]
    for one, two, three, four in zip(numbers, numbers[1:], numbers[2:], numbers[3:], strict=False):
        yield (((one * 31 + two) * 31 + three) * 31 + four) & 0xFFFFFFFF


def find(lines: list[str], marks: bytes) -> Found | None:
    """Where the letter with these marks stands; None where none is at hand. Time grows with the words of the mail."""
    known = frozenset(each for (each,) in struct.iter_unpack("<I", marks[: len(marks) // 4 * 4]))
    if not known:
        return None
    words: list[str] = []
    of_line: list[int] = []
    for number, line in enumerate(lines):
        if len(words) > WORDS_MAX:
            break
        said = _words(bare(line)) if line else []
        words += said
        of_line += [number] * len(said)
    ours = bytearray(len(words))
    seen: set[int] = set()
    for at, mark in enumerate(_runs(words)):
        if mark in known:
            ours[at : at + RUN] = b"\x01" * RUN
            seen.add(mark)
    return _by_line(len(lines), of_line, ours, len(seen) / len(known))


def _by_line(count: int, of_line: list[int], ours: bytearray, share: float) -> Found:
    total, covered = [0] * count, [0] * count
    for number, is_ours in zip(of_line, ours, strict=True):
        total[number] += 1
        covered[number] += is_ours
    origins: list[Origin] = [
        "empty"
        if not each
        else "ours"
        if each == known
        else "partly"
        if 2 * known > each
        else "theirs"
        for each, known in zip(total, covered, strict=True)
    ]
    return Found(origins, covered, share)


def spans(found: Found, start: int, end: int) -> list[tuple[int, int]]:
    """The lines from `start` up to `end` that are our letter: more of them than one would copy by hand."""
    spans: list[tuple[int, int]] = []
    at = start
    while at < end:
        if found.origins[at] != "ours":
            at += 1
            continue
        last = begun = at
        lines = words = 0
        while at < end and found.origins[at] in ("ours", "empty"):
            if found.origins[at] == "ours":
                last, lines, words = at + 1, lines + 1, words + found.words[at]
            at += 1
        if words >= 25 or (lines >= 3 and words >= 12) or (found.share > 0.5 and words >= 12):
            spans.append((begun, last))
    return spans
