"""Which lines of a mail are marked as quoted, and the stretches of lines that are or are not.

Not what introduces a quote (attribution.py). Marks that a mail program broke when it wrapped lines are mended here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

LINES_MAX = 5_000
_MARK = re.compile(r"[ \t]{0,3}[>＞]")
_MARKS = re.compile(r"(?:[ \t]{0,3}[>＞])+ ?")
_TAIL = re.compile(r"[ \t]{0,3}>(?:[ \t]*|[ ][^>]{1,40}|\))[:：]$")
_MBOX = re.compile(r">From ")
_ELIDED = re.compile(r"[\[(<]?(?:\.{2,6}|…|snip(?:ped)?|cut|gekürzt|coupé)[\])>]?$", re.IGNORECASE)
_LINK = re.compile(r"\s?[(<]https?://\S{1,500}[)>]")
_WIDE = 60
_FULL = 70


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines `start` up to `end`, all of them marked as quoted or none."""

    start: int
    end: int
    marked: bool


def lines_of(text: str) -> list[str]:
    """The lines without spaces at their ends; `-- `, which begins a signature (RFC 3676 4.3), keeps its own.
    Of more lines than a person writes the first and the last are read."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    lines = [line if line == "-- " else line.rstrip() for line in text.split("\n")]
    if len(lines) > LINES_MAX:
        lines = [*lines[: LINES_MAX // 2], *lines[-LINES_MAX // 2 :]]
    return lines


def bare(line: str) -> str:
    """A line without its marks."""
    found = _MARKS.match(line)
    return line[found.end() :] if found else line


def depth(line: str) -> int:
    """How often a line was quoted."""
    found = _MARKS.match(line)
    return found[0].count(">") + found[0].count("＞") if found else 0


def marks_of(lines: list[str]) -> list[bool]:
    """Whether each line is marked as quoted, with broken marks mended."""
    marks = [_MARK.match(line) is not None for line in lines]
    for at in range(1, len(lines)):
        if marks[at] and not marks[at - 1] and _goes_on(lines[at - 1], lines[at]):
            marks[at] = False
    found = stretches(marks)
    if len(found) == 3 and _is_of_the_writer(lines, found[1]):
        return [False] * len(lines)
    for number, each in enumerate(found):
        if not each.marked and number and _broken(lines, found, number):
            marks[each.start : each.end] = [True] * (each.end - each.start)
        elif each.marked and each.end - each.start == 1 and _MBOX.match(lines[each.start]):
            # An mbox puts a mark before a sentence that begins with "From".
            marks[each.start] = False
            lines[each.start] = lines[each.start][1:]
    return marks


def stretches(marks: list[bool]) -> list[Stretch]:
    """The whole mail in stretches, marked and not in turn."""
    found: list[Stretch] = []
    at = 0
    for marked, group in groupby(marks):
        length = sum(1 for _ in group)
        found.append(Stretch(at, at + length, marked))
        at += length
    return found


def _goes_on(before: str, line: str) -> bool:
    """`… <ben@example.org` and below it `> wrote:`: the address was wrapped, nothing is quoted."""
    opened = before.rfind("<")
    return opened > before.rfind(">") and "@" in before[opened:] and _TAIL.match(line) is not None


def _is_of_the_writer(lines: list[str], only: Stretch) -> bool:
    """The only marked line of a mail, in the middle of a paragraph that does not introduce it."""
    if only.end - only.start != 1:
        return False
    above, below = lines[only.start - 1], lines[only.end]
    return bool(above and below) and not above.endswith((":", "："))


def _broken(lines: list[str], found: list[Stretch], number: int) -> bool:
    """The end of a quoted line, wrapped without a mark: small letters right below a full line, and no
    empty line on either side. Also `[...]` and the rest of a link."""
    each = found[number]
    above, line = lines[each.start - 1], lines[each.start]
    if each.end - each.start == 1 and number + 1 < len(found):
        unclosed = above.rfind("(") > above.rfind(")") and line.endswith(")") and " " not in line
        if unclosed or _ELIDED.match(line) or _LINK.match(line):
            return True
    if each.end - each.start != 1 or not line[:1].islower() or len(above) < _WIDE:
        return False
    if len(above) + 1 + len(line.split(" ", 1)[0]) <= _FULL or number + 1 == len(found):
        return False
    if above.endswith(("?", "？")):
        return False
    top_posted = any(lines[at] for at in range(min(found[0].end, 20))) and not found[0].marked
    return top_posted or not above.endswith((".", "!", ":", "。"))
