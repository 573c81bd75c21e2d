"""Addresses that a report in words names as not reached, each with what is said of it.

Not reports for machines (bounces.py): qmail, Exim, Exchange of old, Yahoo, Notes and many more write only
words. They have in common that an address that failed stands at the beginning of a line, or behind a label, or in
a sentence that says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from daemon.domain.people import Address
from daemon.mail.reading.bounce_words import FAILED, GIVEN_BACK, why
from daemon.mail.reading.markup import words_of_html
from daemon.mail.reading.mime import Part

ADDRESS = re.compile(
    r"(?<![\w.+=-])[\w!#$%&'*+/=?^`{|}~.-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?"
)
LINES_MAX = 400
LINE_CHARACTERS_MAX = 400
SAID_LINES_MAX = 14

_HEADERS_BEGIN = re.compile(
    r"^>?(?:Received|Return-Path|Delivered-To|Message-ID):\s", re.IGNORECASE
)
_BULLET = re.compile(r"^[\s*>•·|\"'<(\[-]*(?:smtp:|mailto:)?$", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:address(?:e[es]|es)?|recipients?|user(?:id)?|mailbox|error-for|attempts?|(?:undeliverable|deliver(?:ed)?|addressed)"
    r"(?: message)? *to|failed|adresse|destinataire|empf[aä]nger|destinatario|destinat[aá]rio)"
    r"\s*[:=]?[\s\"'<(\[]*(?:smtp:|mailto:|rfc822;)?\s*$|smtp=$",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"(?:^|[\s(])(?:from|reply-to|sender|cc|return-path|contact|de|von|mail from|reply to|write to|e-?mail|mail to|assistance|help|if|e\.g\.|try|example)\b[^@]{0,60}$",
    re.IGNORECASE,
)
_FORMERLY = re.compile(
    r"\((?:expanded|generated) from:?[\s<\"]*$|originally addressed to[\s<\"]*$", re.IGNORECASE
)
_TO = re.compile(r"^[\s*>-]*(?:to|an|para|pour|à)\s*:", re.IGNORECASE)
_HOUSE = re.compile(
    r"^(?:postmaster|mailer-daemon|abuse|support|helpdesk|help|noreply|no-reply|mail-?admin|hostmaster)@",
    re.IGNORECASE,
)
_SPEAKING = re.compile(r"^\W*(?:wrote|schrieb|a écrit|escribió|escreveu)\b")
_LOCAL_NAME = re.compile(r"^[ \t]+([A-Za-z][\w.-]{1,40})\s*$")


@dataclass(frozen=True, slots=True)
class Named:
    """An address, and the lines that speak of it."""

    address: Address
    said: str


def report_of(mail: Part) -> str:
    """The words of the report, without the letter that it gives back."""
    words: list[str] = []
    for part in mail.walk(into_mails=False):
        if part.type.startswith("message/") or (words and part.type == "text/rfc822-headers"):
            if words:
                break
        elif part.type in ("text/plain", "text/html") and not part.attached:
            said = part.text()
            words.append(words_of_html(said) if part.type == "text/html" else said)
            if words[-1].strip() and mail.type != "multipart/alternative":
                break
    return _own("\n".join(words))


def _own(text: str) -> str:
    lines: list[str] = []
    for line in text.splitlines()[:LINES_MAX]:
        line = line[:LINE_CHARACTERS_MAX]
        if any(lines) and (_HEADERS_BEGIN.match(line) or GIVEN_BACK.match(line)):
            break
        lines.append(line)
    return "\n".join(lines)


def named(text: str, mail: Part) -> list[Named]:
    """Addresses that the report names as not reached; its own reader and writer only where it names nobody else."""
    lines = text.splitlines()
    ours = set(mail.addresses("From", "To", "Delivered-To", "X-Original-To", "Return-Path"))
    mentioned = [_mentioned(at, line) for at, line in enumerate(lines)]
    all_plain = [each for plain, _ in mentioned for each in plain]
    told = [each for _, said in mentioned for each in said if each[1] not in ours]
    found = [each for each in all_plain if each[1] not in ours]
    found = found or [(at, address) for at, address in told if _fails(lines, at)]
    found = found or _to_whom(lines, ours) or _local_names(lines, mail) or all_plain
    return _with_words(lines, found)


def _mentioned(at: int, line: str) -> tuple[list[tuple[int, Address]], list[tuple[int, Address]]]:
    """The addresses in a line: those that stand there to be told, and those in a sentence."""
    plain: list[tuple[int, Address]] = []
    told: list[tuple[int, Address]] = []
    for found in ADDRESS.finditer(line):
        address = found[0].lower().rpartition("smtp=")[2].strip("'.")
        before, after = line[: found.start()], line[found.end() :]
        if _HOUSE.match(address) or _SPEAKING.match(after):
            continue
        labelled = "smtp=" in found[0].lower() or _LABEL.search(before)
        if _BULLET.match(before) or _FORMERLY.search(before):
            plain.append((at, address))
        elif not _OTHERS.search(before):
            if labelled:
                plain.append((at, address))
            elif not _TO.match(line):
                told.append((at, address))
    return plain, told


def _fails(lines: list[str], at: int) -> bool:
    """Whether the paragraph of that line says that something was not delivered."""
    first, last = at, at
    while first and lines[first - 1].strip() and at - first < 6:
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].strip() and last - at < 6:
        last += 1
    said = "\n".join(lines[first : last + 1])
    return bool(FAILED.search(said.lower())) or why(said) != "unknown"


def _to_whom(lines: list[str], ours: set[Address]) -> list[tuple[int, Address]]:
    """Where nobody is named at all, the one who is named as the reader of the letter."""
    found = [
        (at, address[0].lower())
        for at, line in enumerate(lines)
        if _TO.match(line)
        for address in ADDRESS.finditer(line)
        if address[0].lower() not in ours
    ]
    return found if len(found) == 1 else []


def _local_names(lines: list[str], mail: Part) -> list[tuple[int, Address]]:
    """A lone word below a line that announces addresses is a name at the server that reports."""
    senders = mail.addresses("From")
    domain = senders[0].rpartition("@")[2] if senders else ""
    found = []
    for at, line in enumerate(lines):
        name = _LOCAL_NAME.match(line)
        if name and domain and at and lines[at - 1].rstrip().endswith(":"):
            found.append((at, f"{name[1].lower()}@{domain}"))
    return found


def _with_words(lines: list[str], found: list[tuple[int, Address]]) -> list[Named]:
    """Each address once, with the lines up to the next one."""
    each: list[Named] = []
    for number, (at, address) in enumerate(found):
        if any(known.address == address for known in each):
            continue
        others = (line for line, other in found[number + 1 :] if other != address and line > at)
        end = min(next(others, len(lines)), at + SAID_LINES_MAX)
        each.append(Named(address, "\n".join(lines[at : max(end, at + 1)])))
    return each[:100]
