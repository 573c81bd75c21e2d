"""Where a person's own words end and a signature or the footer of a phone begins.

Not what a company or a mailing list puts below (banners.py). What only looks like a signature stays: a cut word is
worse than a name too many.
"""

from __future__ import annotations

import re

from daemon.mail.reading import banners, phrases
from daemon.mail.reading.closings import LINES_MAX, Names, closing_start, is_name, last_said, says

EXACT_LINES_MAX = 40
EDGE_LINES_MAX = 80
"""Footers of phones stand near the edges of what was written."""
CONTACT_LINES_MAX = 10
TOP_WORDS_MAX = 8
"""Above everything written stands at most so long a footer; what is longer is a sentence."""
_DELIMITERS = frozenset(("-- ", "--", "- --", "—", "–", "__", "___", "---", "——"))
_EXACT = frozenset(("-- ", "- --"))
_FOOTER_LONGEST = 120
_LINK = re.compile(r"<?(?:https?://|mailto:)\S{1,300}>?|\[[^\]]{1,80}\]")
_PHONE = re.compile(r"\+?\(?\d[\d\s()./-]{6,18}\d(?!\d)")
_LABEL = re.compile(
    r"^(?:tel|phone|mobile|mob|cell|fax|t|m|p|tél|tlf|telefon|handy|móvil|w|web)\b ?[.:]", re.I
)
_LISTED = re.compile(r"\s*(?:[-*•·]\s|\d+[.)]\s|[a-z][.)]\s)")
_ARABIC_SIGNS = re.compile("[\u0640\u064b-\u0652]")
_OF_AN_APP = re.compile(
    r"https?://(?:aka\.ms/|go\.onelink\.me|mail\.onelink\.me|[a-z.]*onelink\.me|yho\.com|play\.google\.com/store/apps"
    r"|apps\.apple\.com|itunes\.apple\.com|overview\.mail\.yahoo|outlook\.com/mobile|(?:www\.)?proton\.me|protonmail\.com"
    r"|smartphone\.android|cloudmagic\.com|readdle\.com|sparkmailapp\.com|bluemail\.me|getairmail|www\.avast\.com/sig-email)"
)


def signature_start(
    lines: list[str], start: int, end: int, *, below: bool, names: Names = frozenset()
) -> int:
    """Where the signature of the lines from `start` up to `end` begins; `end` where there is none. `below`:
    whether something was written above `start` already; `names`: what the writer is called."""
    end = banners.footer_start(lines, start, end)
    phone = _phone_footer(lines, start, end, below=below)
    end = phone if phone is not None else end
    marked = _delimited(lines, start, end, below=below)
    end = marked if marked is not None else end
    closing = closing_start(lines, start, end, below=below, signed=marked is not None, names=names)
    if closing is not None:
        return closing
    contact = _contact(lines, start, end)
    return contact if contact is not None else end


# --- phones and apps


def is_phone_footer(line: str) -> bool:
    """`Sent from my iPhone`, in some language; and `Get Outlook for Android`."""
    if not line or len(line) > 3 * _FOOTER_LONGEST or line[0].isdigit():
        return False
    plain = _LINK.sub("", line).strip(" .*_-–—|[]()<>\u200e\u200f").casefold()
    plain = _ARABIC_SIGNS.sub("", plain)
    if not 4 <= len(plain) <= _FOOTER_LONGEST:
        return False
    if len(plain) <= 60 and _OF_AN_APP.search(line) and phrases.APPS.said_in(plain):
        return True
    for pattern, needs_app, open_end in phrases.SENT_FIRST.get(plain[:2], ()):
        found = pattern.match(plain)
        if not found or (needs_app and not phrases.APPS.said_in(line.casefold())):
            continue
        rest = plain[found.end() :]
        if open_end or not rest or not rest[0].isalnum():
            if len(rest) <= 60 and not (open_end and _is_sentence(plain)):
                return True
    return plain.endswith(phrases.SENT_LAST_ENDS) and any(
        plain.endswith(last)
        and pattern.match(plain)
        and (not needs_app or phrases.APPS.said_in(plain))
        for last, pattern, needs_app in phrases.SENT_LAST
    )


def _is_sentence(plain: str) -> bool:
    """Longer than a device is called, and none is named."""
    return len(plain.split()) > 7 and not phrases.APPS.said_in(plain)


def _phone_footer(lines: list[str], start: int, end: int, *, below: bool) -> int | None:
    """A phone puts its line below everything written; only where nothing stands above is it alone."""
    last = last_said(lines, start, end) - 1
    said = below
    for at in range(start, end):
        if start + LINES_MAX <= at < end - EDGE_LINES_MAX:
            said = True
            continue
        fresh = at in (start, last) or not lines[at - 1].strip() or lines[at - 1] in _DELIMITERS
        if fresh and is_phone_footer(lines[at]):
            if said or not says(lines, at + 1, end):
                return at
            if len(lines[at].split()) <= TOP_WORDS_MAX:
                lines[at] = ""
        said = said or says(lines, at, at + 1)
    return None


# --- signatures


def _delimited(lines: list[str], start: int, end: int, *, below: bool) -> int | None:
    """`-- ` ends what was written. Other dashes do where little stands below them, and that a name."""
    first = _first_oflast_said(lines, start, end, EXACT_LINES_MAX)
    for at in range(first, end):
        if (lines[at] in _DELIMITERS or is_long_rule(lines[at])) and _delimits(
            lines, start, at, end, below=below
        ):
            return at
    return None


def _first_oflast_said(lines: list[str], start: int, end: int, count: int) -> int:
    """Where the last `count` lines with words begin, and the line above them."""
    at = end
    while at > start and count >= 0:
        at -= 1
        count -= bool(lines[at].strip())
    return at


def is_long_rule(line: str) -> bool:
    """A line drawn above a signature."""
    return len(line) >= 8 and not line.strip("-_=—–─━~*")


def _delimits(lines: list[str], start: int, at: int, end: int, *, below: bool) -> bool:
    line = lines[at]
    under = [each for each in lines[at + 1 : end] if each.strip()]
    if line in _EXACT:
        return True
    short = len(under) <= LINES_MAX and all(len(each) <= 90 for each in under)
    if line == "--" and lines[start:end].count(line) > 1:  # a pair of them is the writer's
        return False
    if any(_LISTED.match(each) for each in under):
        return False
    if line == "--" and short:
        return True
    named = bool(under) and is_name(under[0], 4) and len(under) <= 8 and short
    return named and (below or says(lines, start, at))


def _contact(lines: list[str], start: int, end: int) -> int | None:
    """A last paragraph that names somebody and two ways to reach them, below other words."""
    last = last_said(lines, start, end)
    at = last
    while at > start and lines[at - 1] and last - at <= CONTACT_LINES_MAX:
        at -= 1
    block = lines[at:last]
    if not 3 <= len(block) <= CONTACT_LINES_MAX or any(len(line) > 90 for line in block):
        return None
    above = last_said(lines, start, at)
    if not says(lines, start, above) or lines[above - 1].endswith((":", "：")):
        return None
    phones = sum(bool(_PHONE.search(line) or _LABEL.match(line)) for line in block[1:])
    links = sum("@" in line or "www." in line or "http" in line for line in block[1:])
    return at if is_name(block[0].split("|")[0], 4) and phones and links else None
