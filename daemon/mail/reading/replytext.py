"""What a person wrote, apart from what they quoted and how they signed.

Not its meaning (meaning.py). Every line gets one of three labels and none is rewritten; time grows with the length
of the mail (trap_69), and what is read of a mail is bounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from daemon.domain.people import Address
from daemon.mail.reading import own_letter
from daemon.mail.reading.attribution import (
    LONGEST,
    Page,
    apart,
    heading_start,
    introduction_start,
    is_rule,
    kind_of_field,
    original,
    strength,
)
from daemon.mail.reading.banners import banner_end, unarmored
from daemon.mail.reading.closings import Names, names_in
from daemon.mail.reading.quotes import Stretch, bare, depth, lines_of, marks_of, stretches
from daemon.mail.reading.signatures import signature_start

READ_CHARACTERS_MAX = 100_000
QUESTION_LINES_MAX = 12
POINTED_AT_MAX = 3
UNWRAPPED_MAX = 50
"""A line that could have been so long is no line that goes on below."""
FULL = 66
"""The same of a line that ends as a sentence does."""
_ITEM = re.compile(r"(?:[-*•·]|\d{1,2}[.)]?|[a-z][.)]?) ")
ANSWERS_IN_LETTER_MAX = 8
SHARE_KNOWN = 0.6
"""So much of our letter must be there before what stands between its lines counts as an answer."""
SIGNED_MAX = 8
"""People sign above or below everything quoted: so many stretches at either end are looked at."""
_TEXT, _QUOTE, _SIGNATURE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Written:
    """`text` is what the person wrote; above an inline answer stands the question, its lines marked by `> `.
    `quoted` has introductions and headers too, `signature` banners and footers too."""

    text: str
    quoted: str
    signature: str


@dataclass(slots=True)
class _Mail:
    """A mail line by line. `marks`: whether a line is quoted, by its mark or because it is our letter."""

    lines: list[str]
    marks: list[bool]
    letter: own_letter.Found | None
    names: Names
    page: Page = field(init=False)
    labels: bytearray = field(init=False)

    def __post_init__(self) -> None:
        self.labels = bytearray(len(self.lines))

    def label(self, start: int, end: int, label: int) -> None:
        """Lines `start` up to `end` are no longer the writer's."""
        if end > start:
            self.labels[start:end] = bytes((label,)) * (end - start)

    def says(self, start: int, end: int) -> bool:
        """Whether a line of the writer stands there."""
        return any(self.lines[at] and self.labels[at] == _TEXT for at in range(start, end))


def written(text: str, *, mailbox: Address = "", letter: bytes = b"", writer: str = "") -> Written:
    """A reply taken apart. `mailbox` is our own address: a line that names it introduces our letter, in any
    language; `letter`: the marks of the letter answered, where they are at hand; `writer`: the names of the writer."""
    lines = apart(unarmored(lines_of(text[:READ_CHARACTERS_MAX].strip())), mailbox.lower())
    marks = marks_of(lines)
    mail = _Mail(lines, marks, own_letter.find(lines, letter), names_in(writer))
    if mail.letter is not None:
        _mark_our_letter(mail, mail.letter)
    mail.page = Page(lines, mailbox.lower())
    _label(mail, stretches(mail.marks))
    said = [label == _TEXT for label in mail.labels]
    for at in _questions(mail):
        said[at] = True
    return Written(
        _joined(lines, said),
        _joined(lines, [label == _QUOTE for label in mail.labels]),
        _joined(lines, [label == _SIGNATURE for label in mail.labels]),
    )


def _mark_our_letter(mail: _Mail, found: own_letter.Found) -> None:
    """Our letter is a quote without marks as well, and an answer between its lines is none with marks."""
    before = 0
    for start, end in own_letter.spans(found, 0, len(mail.lines)):
        mail.marks[start:end] = [True] * (end - start)
        between = [at for at in range(before, start) if mail.lines[at] and mail.marks[at]]
        if before and len(between) <= ANSWERS_IN_LETTER_MAX and found.share >= SHARE_KNOWN:
            for at in between:
                if found.origins[at] == "theirs":
                    mail.marks[at], mail.lines[at] = False, bare(mail.lines[at])
        before = end


def _label(mail: _Mail, parts: list[Stretch]) -> None:
    """Every line is the writer's, a quote or a signature. Below an original without marks all is quoted."""
    lines, start = mail.lines, 0
    if not parts[0].marked:
        start = banner_end(lines, 0, parts[0].end)
        mail.label(0, start, _SIGNATURE)
    below = False
    for number, part in enumerate(parts):
        if part.marked:
            mail.label(part.start, part.end, _QUOTE)
            continue
        begin, last = max(start, part.start), part.end
        marked_below = number + 1 < len(parts)
        stop, all_quoted = _quote_start(mail, begin, last, marked_below=marked_below)
        mail.label(stop, len(lines) if all_quoted else last, _QUOTE)
        signed = stop
        if number < SIGNED_MAX or number >= len(parts) - SIGNED_MAX or all_quoted:
            names = mail.names | (mail.page.answers_of(stop) if all_quoted else frozenset())
            signed = signature_start(lines, begin, stop, below=below, names=names)
        mail.label(signed, stop, _SIGNATURE)
        if all_quoted:
            return
        below = below or mail.says(begin, signed)


def _quote_start(mail: _Mail, start: int, end: int, *, marked_below: bool) -> tuple[int, bool]:
    """Where the quote below lines without marks begins, and whether everything below belongs to it."""
    lines = mail.lines
    last = end
    while last > start and not lines[last - 1]:
        last -= 1
    found = original(mail.page, start, last)
    if found is not None:
        begins, heading_ends = found
        return begins, not (marked_below and heading_ends >= last and _is_known(mail, end))
    if marked_below and last > start:
        introduced = introduction_start(mail.page, start, last, least=1)
        if introduced is not None:
            return heading_start(lines, start, introduced), False
        if is_rule(lines[last - 1]) and kind_of_field(bare(lines[end])):
            return last - 1, False
    return end, False


def _is_known(mail: _Mail, at: int) -> bool:
    """Whether a quote can be told from the answers in it: by its marks, or because it is our letter."""
    if mail.letter is None or depth(mail.lines[at]):
        return True
    return mail.letter.share >= SHARE_KNOWN


def _questions(mail: _Mail) -> list[int]:
    """The quoted lines right above inline answers. An answer is inline where the quote goes on below it, or
    where an answer above it was; below the whole quote it is none."""
    found: list[int] = []
    parts = stretches(
        [mark or label == _QUOTE for mark, label in zip(mail.marks, mail.labels, strict=True)]
    )
    last = max((n for n, part in enumerate(parts) if _quotes_words(mail, part)), default=0)
    inline = False
    for number in range(1, len(parts)):
        part = parts[number]
        if part.marked or not mail.says(part.start, part.end):
            continue
        inline = inline or number < last
        if inline or _is_pointed_at(mail, parts[number - 1]):
            found += _question_above(mail, part.start)
    return found


def _is_pointed_at(mail: _Mail, part: Stretch) -> bool:
    """A few quoted lines that nothing introduces, amid what was written: the writer has put them there. So has he one
    line on top of a mail whose quote stands further down."""
    above = part.start - 1
    while above >= 0 and not mail.lines[above]:
        above -= 1
    if above < 0 and mail.marks[part.start]:
        return part.end - part.start == 1 and _QUOTE in mail.labels[part.end :]
    introduced = not mail.marks[part.start] or mail.labels[above] != _TEXT
    return not introduced and part.end - part.start <= POINTED_AT_MAX


def _quotes_words(mail: _Mail, part: Stretch) -> bool:
    return part.marked and any(
        mail.marks[at] and bare(mail.lines[at]) for at in range(part.start, part.end)
    )


def _question_above(mail: _Mail, start: int) -> list[int]:
    """One quoted paragraph. Our own words are no question: we know them."""
    at = start - 1
    while at >= 0 and mail.marks[at] and not bare(mail.lines[at]).strip():
        at -= 1
    level = depth(mail.lines[at]) if at >= 0 else 0
    found: list[int] = []
    below = ""
    while at >= 0 and mail.marks[at] and len(found) < QUESTION_LINES_MAX:
        line = mail.lines[at]
        ours = mail.letter is not None and mail.letter.origins[at] in ("ours", "partly")
        said = bare(line).strip()
        if ours or not level or depth(line) != level or not said:
            break
        if found and not _goes_on(said, below):
            break
        if said.endswith((":", "：")) and strength(said[:LONGEST], mail.page.mailbox):
            break
        found.append(at)
        at, below = at - 1, said
    return found


def _goes_on(line: str, below: str) -> bool:
    """Whether a line was wrapped, so that the one below it belongs to it."""
    full = FULL if line.endswith((".", "?", "!")) else UNWRAPPED_MAX
    return len(line) + 1 + len(below.split(" ", 1)[0]) > full and not _ITEM.match(below)


def _joined(lines: list[str], kept: list[bool]) -> str:
    """The lines that are kept. Where others stood between them stands one empty line."""
    said: list[str] = []
    gap = False
    for line, keep in zip(lines, kept, strict=True):
        if not keep:
            gap = gap or bool(line)
        elif line or not gap:
            if gap and said and said[-1]:
                said.append("")
            said.append(line.rstrip())
            gap = False
    return "\n".join(said).strip("\n").rstrip()
