"""The line that introduces a quote, the header block above an original, the dashes between: where a quote begins.

Not the quote itself (quotes.py). Known by structure, a date, an address, a name and a colon, in whatever language;
words of phrases.toml only where the structure could be a sentence of the writer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from daemon.domain.people import Address
from daemon.mail.reading import phrases
from daemon.mail.reading.closings import names_in
from daemon.mail.reading.quotes import depth

LONGEST = 500
WRAPPED_MAX = 4
HEADER_LINES_MAX = 24
TRIED_MAX = 200
"""So many lines are looked at as the end of an introduction: those of a mail are few, and each look costs."""

_CLOCK = re.compile(r"\d{1,2} ?[:.hH時时點点시٫] ?\d{2}")
_DAY = re.compile(
    r"\d{4}|\d{1,2} ?[./年-] ?\d{1,2}|\d{1,2}(?:\.|st|nd|rd|th|º|er)?,? [^\W\d_]{3}|[^\W\d_]{3}\.? \d{1,2}(?!\d)"
)
_ADDRESS = re.compile(r"[\w'=]@\w")
_ANGLED = re.compile(r"[<(\[][^<>()\s]{0,100}@|@[^<>\s]{1,100}[>)\]]")
_ADDRESS_LAST = re.compile(r"@.{1,100}[>)\]]{1,2}\"?\s?[:：]$")
_ADDRESS_ALONE = re.compile(
    r"[^\s@<>]{1,80}@[^\s@<>]{1,100} [^\s\d]{1,20}(?: [^\s\d]{1,12})?\s?[:：]$"
)
_TOKEN = re.compile(r"\+[a-z2-7]{26}@")
_GMAIL_ONCE = re.compile(
    r"\d{4}-\d\d-\d\d \d{1,2}:\d\d (?:GMT|UTC)[+-]\d\d:\d\d [^\W\d_].{0,80}$", re.IGNORECASE
)
_CLOCK_LAST = re.compile(r"\d{4}\D{1,12}\d{1,2}[:.]\d{2}(?: uhr)?\)?\s?[:：]$")
_TITLED = re.compile(r"[-=_*]{3,} ?[^-=_*].{0,60}? ?[-=_*]{3,}$")
_FIELD = re.compile(r"[*_]{0,2}[^\W\d_][^:：\d]{0,24}[:：]\*{0,2} {1,8}\S")
_YEAR = re.compile(r"\d{4}")
_RULE = frozenset("-_=*—–‐─━~ ")
_EDGE = " -—–‐─━*_=|#\t\u200e\u200f\u202a\u202b\u202c"
_DIGIT = re.compile(r"\d")


@dataclass(slots=True)
class Page:
    """The lines of a mail, and what each could be of a heading. `ends`: the last line of an introduction;
    `fields`: a field of a header block."""

    lines: list[str]
    mailbox: Address
    ends: frozenset[int] = field(init=False)
    fields: list[phrases.FieldKind | None] = field(init=False)

    def __post_init__(self) -> None:
        ends = (at for at, line in enumerate(self.lines) if line and _may_end(line))
        self.ends = frozenset(islice(ends, TRIED_MAX))
        self.fields = [kind_of_field(line) for line in self.lines]

    def answers_of(self, start: int) -> frozenset[str]:
        """The names for whom the original below `start` was meant: one of them answers it."""
        near = range(start, min(len(self.lines), start + HEADER_LINES_MAX))
        whom = (self.lines[at].partition(":")[2] for at in near if self.fields[at] == "to")
        return frozenset().union(*map(names_in, islice(whom, 3)))


def kind_of_field(line: str) -> phrases.FieldKind | None:
    """Whether a line is `From: …`, `Sent: …` or `Subject: …` in some language."""
    name, colon, _ = line[:40].replace("：", ":", 1).partition(":")
    if not colon or len(name) > 30:
        return None
    return phrases.FIELDS.get(name.strip(_EDGE).casefold())


def header_block_end(page: Page, at: int, end: int) -> int:
    """Where a header block that begins here ends; 0 where none begins. Values may be wrapped, and an
    empty line may stand between two fields."""
    kinds: list[phrases.FieldKind] = []
    last, blank, wrapped = at, False, 0
    for number in range(at, min(end, at + HEADER_LINES_MAX)):
        kind = page.fields[number]
        if kind:
            kinds.append(kind)
            last, blank, wrapped = number + 1, False, 0
        elif not page.lines[number]:
            if blank:
                break
            blank = True
        elif blank or wrapped == 2:
            break
        else:
            wrapped += 1
    if not kinds[1:]:
        return _unknown_block_end(page, at, end)
    who, when = "who" in kinds, "when" in kinds
    if not (who and when) and (len(kinds) < 3 or not (who or when)) and kinds != ["when", "to"]:
        return 0
    said = " ".join(line[:LONGEST] for line in page.lines[at:last])
    dated = who and when and _DIGIT.search(said) is not None
    return last if "@" in said or dated else 0


def _unknown_block_end(page: Page, at: int, end: int) -> int:
    """Where a header block in a language that no table has ends: at least four fields in a row with an address in
    the first and a year and a clock in the second, and an empty line below."""
    last = at
    while last < min(end, at + 8) and _FIELD.match(page.lines[last][:40]):
        last += 1
    if last - at < 4 or (last < end and page.lines[last]):
        return 0
    first, second = page.lines[at][:LONGEST], page.lines[at + 1][:LONGEST]
    dated = _YEAR.search(second) and _CLOCK.search(second)
    return last if _ANGLED.search(first) and dated else 0


def is_rule(line: str) -> bool:
    """Nothing but dashes, underscores or the like."""
    return len(line) >= 3 and _RULE.issuperset(line)


def is_separator(line: str) -> bool:
    """`-----Original Message-----`, `Begin forwarded message:`, in some language."""
    dashed = line[:2] in ("--", "__", "==", "**", "——", "––", "‐‐", "──", "━━", "~~", "- ", "> ")
    if line.lstrip("[* ")[:29].casefold() == "original message processed by":
        return True
    if not dashed and not line.endswith((":", "：")):
        return False
    core = line[:120].replace("&nbsp;", " ").strip(_EDGE + ":：").casefold()
    if core in phrases.ORIGINALS:
        return True
    return line.startswith("---") and core.startswith(("original message", "forwarded by"))


def strength(said: str, mailbox: Address) -> int:
    """2: this introduces a quote, even of lines without marks. 1: it does, when marked lines follow. 0: it
    is a sentence of the writer."""
    said = said.replace("&nbsp;", " ")
    dashed = said.startswith("--") and said.endswith("--")
    folded = said.strip(_EDGE).casefold()
    verb_last = folded.rstrip(" :：").endswith(phrases.WROTE_LAST)
    ends = folded.endswith((":", "：")) or dashed
    ends = ends or (verb_last and not verb_is_word_of_writer(said))
    own = bool(mailbox and mailbox in folded) or _TOKEN.search(folded) is not None
    if not ends and not own:
        return _strength_without_end(folded)
    address = "@" in folded and _ADDRESS.search(folded) is not None
    clock, day = _CLOCK.search(folded) is not None, _DAY.search(folded) is not None
    angled = address and _ANGLED.search(folded) is not None
    if own and (clock or day) and (ends or (clock and day and angled)):
        return 2
    if not ends:
        return 0
    begins = _begins(folded)
    verb = phrases.WROTE.said_in(folded)
    if verb and not address and phrases.OWN.said_in(folded):
        return 0
    if verb and verb_last and _ADDRESS_ALONE.match(folded):
        return 2
    if verb and ((address and (clock or day) and (angled or begins)) or (angled and verb_last)):
        return 2
    if verb and clock and day and begins:
        return 2
    if angled and (clock or day) and (_ADDRESS_LAST.search(folded) or begins):
        return 2
    if verb and clock and day and _CLOCK_LAST.search(folded):
        return 2
    if verb and (address or clock or day or verb_is_of_a_name(said) or " via " in folded):
        return 1
    return 1 if angled or own or (clock and day and begins) else 0


def _strength_without_end(folded: str) -> int:
    """`2013/10/2 Ben <ben@example.org>` and `2016-03-03 17:21 GMT+01:00 Ben`, as Gmail wrote them once; `"Ben"
    <ben@example.org> – 29. November 2026 13:31`, as Nextcloud does."""
    if not folded[:1].isdigit():
        _, angle, when = folded.partition("> ")
        dated = _DAY.search(when) is not None and _CLOCK.search(when) is not None
        return int(bool(angle) and len(when) <= 50 and dated and _ANGLED.search(folded) is not None)
    if _GMAIL_ONCE.match(folded):
        return 2
    return 1 if folded.endswith(">") and _ANGLED.search(folded) and _DAY.match(folded) else 0


def verb_is_word_of_writer(said: str) -> bool:
    """Without a colon, "… that he wrote" is a sentence unless a date and an address stand before it."""
    return not (_ADDRESS.search(said) and (_CLOCK.search(said) or _DAY.search(said)))


def verb_is_of_a_name(said: str) -> bool:
    """`Ana Rao wrote:`, as against `As I wrote:`."""
    words = said.strip(_EDGE).split()
    before = [word for word in words[:-1] if word.casefold() not in ("a", "ha", "has", "hat")]
    named = all(len(word) > 1 and not word[0].islower() for word in before)
    return 1 <= len(before) <= 5 and named


def _begins(folded: str) -> bool:
    """Whether a line begins as introductions do: with a digit, a word like "On", or soon with a date."""
    if any(character.isdigit() for character in folded[:14]):
        return True
    return phrases.OPENS.match(folded.lstrip("\"'«[(")) is not None


def introduction_start(page: Page, start: int, end: int, least: int) -> int | None:
    """Where the introduction that ends above `end` begins; None where none does. Mail programs wrap it."""
    lines, said = page.lines, ""
    if end - 1 not in page.ends:
        return None
    for count in range(1, WRAPPED_MAX + 1):
        at = end - count
        if at < start or not lines[at] or len(said) > LONGEST:
            return None
        # A mail program may break a line anywhere, also inside "<ben@example.org>".
        said = _joined(lines[at], said)
        if strength(said[:LONGEST], page.mailbox) >= least:
            return _from_its_first_line(lines, start, at, said)
    return None


def apart(lines: list[str], mailbox: Address) -> list[str]:
    """The lines, with an introduction that shares its line with the last words of the writer on one of its own."""
    found: list[str] = []
    tried = 0
    for at, line in enumerate(lines):
        quoted = depth(line) > 0 or tried >= TRIED_MAX
        inside = None if quoted else phrases.OPENS_INSIDE.search(line[:LONGEST], 1)
        if (
            inside
            and not _begins(line.strip(_EDGE).casefold())
            and "@" not in line[: inside.start()]
        ):
            tried += 1
            if _introduces(lines, at, line[inside.start() :], mailbox):
                found.append(line[: inside.start()].rstrip())
                line = line[inside.start() :].lstrip()
        found.append(line)
    return found


def _introduces(lines: list[str], at: int, said: str, mailbox: Address) -> bool:
    for below in lines[at + 1 : at + 1 + WRAPPED_MAX]:
        if strength(said[:LONGEST], mailbox) == 2:
            return True
        if not below:
            return False
        said = _joined(said, below)
    return strength(said[:LONGEST], mailbox) == 2


def _joined(line: str, below: str) -> str:
    glue = "" if line.endswith(("<", "(")) or below[:1] in (">", ")") else " "
    return f"{line.lstrip()}{glue}{below}" if below else line


def _may_end(line: str) -> bool:
    if line[-1] in ":：-*" or "@" in line or line.casefold().endswith(phrases.WROTE_LAST):
        return True
    return line[:2] == "20" and _GMAIL_ONCE.match(line) is not None


def _from_its_first_line(lines: list[str], start: int, at: int, said: str) -> int:
    """An introduction is known by its end; its date may stand one or two lines above."""
    for _ in range(2):
        if at <= start or not lines[at - 1]:
            return at
        above = lines[at - 1]
        opened = phrases.OPENS.match(above.casefold()) is not None or above[:1].isdigit()
        unclosed = above.endswith(("<", "(", "[")) or above.rfind("<") > above.rfind(">")
        dated = _DAY.search(said) is not None or _CLOCK.search(said) is not None
        has_date = len(above) < 200 and (_DAY.search(above) or _CLOCK.search(above)) is not None
        whole = opened and _DAY.search(above) is not None and _CLOCK.search(above) is not None
        if (
            unclosed
            or (has_date and whole and not above.endswith((".", "!", "?")))
            or (not dated and has_date and (opened or "@" in above or len(above) > 25))
        ):
            pass
        elif not (opened and above.endswith(",") and len(above) <= 45):
            return at
        at, said = at - 1, f"{above} {said}"
    return at


def heading_start(lines: list[str], start: int, at: int) -> int:
    """Above a header block or an introduction: dashes and separators that belong to it."""
    for _ in range(3):
        above = at - 1
        while above > start and not lines[above]:
            above -= 1
        if above < start:
            return at
        title = lines[above]
        if not (is_rule(title) or is_separator(title) or _TITLED.match(title[:80])):
            return at
        at = above
    return at


def original(page: Page, start: int, end: int) -> tuple[int, int] | None:
    """Where an original without marks begins, and where its heading ends; None where there is none."""
    lines = page.lines
    for at in range(start, end):
        line = lines[at]
        if not line:
            continue
        if is_separator(line):
            return heading_start(lines, start, at), _heading_end(page, at + 1, end)
        if page.fields[at] in ("who", "when") or (at in page.ends and _FIELD.match(line[:40])):
            below = header_block_end(page, at, end)
            if below:
                return heading_start(lines, start, at), below
        if at in page.ends:
            begins = introduction_start(page, start, at + 1, least=2)
            if begins is not None:
                return heading_start(lines, start, begins), at + 1
    return None


def _heading_end(page: Page, at: int, end: int) -> int:
    """Below `-----Original Message-----` stands a header block, an introduction or nothing."""
    below = at
    while below < end and not page.lines[below]:
        below += 1
    if below == end:
        return at
    block = header_block_end(page, below, end)
    if block:
        return block
    for last in range(below + 1, min(end, below + WRAPPED_MAX) + 1):
        if introduction_start(page, below, last, least=1) is not None:
            return last
    return at
