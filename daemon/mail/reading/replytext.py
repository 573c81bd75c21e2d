"""What a person wrote, without what they quoted and how they signed.

Not its meaning (meaning.py). Quotes of our own letters are recognised exactly; what other programs add
is left to a library, which gets little to read because it is quadratic (trap_69).
"""

from __future__ import annotations

import re

from mailparser_reply import EmailReplyParser

from daemon.domain.people import Address

READ_CHARACTERS_MAX = 20_000
LIBRARY_CHARACTERS_MAX = 4_000

_QUOTED = re.compile(r"^\s{0,3}>")
_BLANKS = re.compile(r"\n\s*\n\s*\n+")
_TOKEN = re.compile(r"\+[a-z2-7]{26}@", re.IGNORECASE)
_DATED = re.compile(r"\d{1,2}:\d{2}|\b\d{4}\b|@")
_LANGUAGES = ["en", "de", "fr", "es", "it", "nl", "pl", "pt", "sv", "da"]

_ADDRESSED = re.compile(r"[\w.+-]+@[\w.-]+\w")
_SEPARATOR = re.compile(r"^\s*(?:-{3,}.*-{3,}|_{10,}|={4,}|--\s*)$")
# Never our own words at the start of a line: what is written below them is the writer's.
_FIELD = re.compile(
    r"^(?!\W*(?:to-?\s?do|private)\s*[:：])[>*\s]*[^\W\d_][\w\s.]{0,18}\*?\s?:\*?\s?\S"
)
_PHONE = re.compile(
    r"^(?:sent|get|gesendet|envoyé|enviado|inviato|verzonden) .{0,60}$", re.IGNORECASE
)

_PARSER = EmailReplyParser(languages=_LANGUAGES)


def reply_text(text: str, mailbox: Address = "", letter: str = "") -> str:
    """What was written above, below or between the quotes.

    `mailbox` is our own address, so that the line that introduces our letter is known in any language;
    `letter` is the text of the letter answered, where it is at hand.
    """
    lines = _BLANKS.sub("\n\n", text[:READ_CHARACTERS_MAX].replace("\r\n", "\n")).split("\n")
    lines = _without_introductions(lines)
    lines = _without_our_letter(lines, mailbox.lower())
    known = {line.strip() for line in letter.splitlines() if len(line.strip()) >= 12}
    ours = [line for line in lines if not _QUOTED.match(line) and line.strip() not in known]
    plain = _BLANKS.sub("\n\n", "\n".join(_above_original(ours))).strip()
    if not plain:
        return ""
    # Empty is what the library says of a mail it takes for one long signature or quote (trap_70).
    return (_PARSER.parse_reply(plain[:LIBRARY_CHARACTERS_MAX]) or "").strip() or plain


def _without_introductions(lines: list[str]) -> list[str]:
    """Drop "On … wrote:", in any language and wrapped as it may be, where it introduces a quote."""
    kept: list[str] = []
    for line in lines:
        if _QUOTED.match(line) and not (kept and _QUOTED.match(kept[-1])):
            kept = kept[: len(kept) - _introduction_length(kept)]
        kept.append(line)
    return kept


def _introduction_length(lines: list[str]) -> int:
    """How many lines at the end introduce a quote: up to three, the last with a colon, one with a
    date or an address."""
    blank = 1 if lines and not lines[-1].strip() else 0
    written = lines[: len(lines) - blank]
    if not written or not written[-1].rstrip().endswith((":", "：")) or not written[-1].strip():
        return 0
    for count in (1, 2, 3):
        said = written[-count:]
        if len(said) < count or not said[0].strip():
            return 0
        if _DATED.search(said[0]) and (count > 1 or len(said[0]) > 15):
            wrapped = count < len(written) and _goes_on(written[-count - 1])
            return blank + count + (1 if wrapped else 0)
    return 0


def _goes_on(line: str) -> bool:
    """Whether an introduction began a line earlier: long enough to be wrapped, and dated."""
    return len(line) > 30 and bool(_DATED.search(line))


def _without_our_letter(lines: list[str], mailbox: str) -> list[str]:
    """Cut where our letter follows without quote marks: at the line that names our address."""
    for at, line in enumerate(lines):
        named = bool(_TOKEN.search(line)) or bool(mailbox and mailbox in line.lower())
        if named and not _QUOTED.match(line):
            before = at - 1 if at and _goes_on(lines[at - 1]) else at
            below = [later for later in lines[at + 1 :] if _QUOTED.match(later)]
            return lines[:before] + (lines[at + 1 :] if below else [])
    return lines


def _above_original(lines: list[str]) -> list[str]:
    """Cut where a mail program put the original below without quote marks, whatever its language."""
    for at, line in enumerate(lines):
        if not any(above.strip() for above in lines[:at]):
            continue
        if _SEPARATOR.match(line) or _is_header_block(lines[at : at + 3]) or _is_phone(lines, at):
            return lines[:at]
        if _ADDRESSED.search(line) and line.rstrip(" -").endswith((":", "：", "wrote")):
            begun = (
                at and not _DATED.search(line[: line.find("@")]) and _DATED.search(lines[at - 1])
            )
            return lines[: at - 1 if begun else at]
    return lines


def _is_header_block(lines: list[str]) -> bool:
    """`From: …`, `Sent: …`: two fields in a row, one of them with an address."""
    fields = [line for line in lines if _FIELD.match(line)]
    return (
        bool(_FIELD.match(lines[0]))
        and len(fields) >= 2
        and bool(_ADDRESSED.search(" ".join(lines)))
    )


def _is_phone(lines: list[str], at: int) -> bool:
    """The line a phone adds below everything that was written."""
    below = next((line for line in lines[at + 1 :] if line.strip()), "")
    alone = not lines[at - 1].strip()
    return alone and bool(_PHONE.match(lines[at])) and (not below or bool(_SEPARATOR.match(below)))
