"""Forms: how the mail programs of acted people write an answer down, with what they put around it.

Not the words (phrases.py). What a program or a list adds holds one of MARKS, so that whoever takes it for
somebody's words is found out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from html import escape
from random import Random
from typing import NamedTuple

from daemon.simulate.letterbox import Letter

MARKS = re.compile(
    rb"[Dd]urian|Sent from my|Von meinem iPhone|(?:wrote|escreveu|escribi\S+|a \S{0,6}crit) ?:"
    rb"|Uhr schrieb|schrieb KOSS|Gesendet:|Original Message"
)
"""What no letter may ever show: nobody has written it."""


class Body(NamedTuple):
    """The body of a mail, and its type."""

    text: str
    kind: str = "text/plain"


Form = Callable[[str, Letter, datetime], Body]
QUOTED_LINES = 12


def _quoted(letter: Letter) -> str:
    return "\n".join(f"> {line}".rstrip() for line in letter.text.splitlines()[:QUOTED_LINES])


def _below(introduction: str) -> Form:
    """The answer, and below it the quoted letter with such a line above."""

    def write(text: str, letter: Letter, at: datetime) -> Body:
        line = introduction.format(at=at, box=letter.mailbox)
        return Body(f"{text}\n\n{line}\n\n{_quoted(letter)}\n")

    return write


def _under(footer: str, introduction: str = "") -> Form:
    """The answer, what is put under it, and the quoted letter if there is one."""

    def write(text: str, letter: Letter, at: datetime) -> Body:
        line = introduction.format(at=at, box=letter.mailbox)
        quote = f"\n\n> {line}\n>\n{_quoted(letter)}" if line else ""
        return Body(f"{text}\n\n{footer}{quote}\n")

    return write


def _outlook(text: str, letter: Letter, at: datetime) -> Body:
    """Nothing is marked as quoted: a block of fields stands above it."""
    head = (
        f"Von: KOSS <{letter.mailbox}>\nGesendet: Montag, {at:%d}. September {at:%Y %H:%M}\n"
        f"An: {letter.to}\nBetreff: {letter.subject}"
    )
    return Body(f"{text}\n\n{'_' * 32}\n{head}\n\n{letter.text}\n")


def _original(text: str, letter: Letter, at: datetime) -> Body:
    """As older programs do it."""
    head = f"From: KOSS <{letter.mailbox}>\nSent: {at:%A, %B %d, %Y %I:%M %p}\nTo: {letter.to}"
    return Body(f"{text}\n\n-----Original Message-----\n{head}\nSubject: {letter.subject}\n\n{letter.text}\n")  # fmt: skip


def _bottom(text: str, letter: Letter, at: datetime) -> Body:
    """The answer stands below what it answers."""
    line = f"On {at:%a, %d %b %Y at %H:%M}, KOSS <{letter.mailbox}> wrote:"
    return Body(f"{line}\n{_quoted(letter)}\n\n{text}\n")


def _inline(text: str, letter: Letter, at: datetime) -> Body:
    """The answer stands in the middle of what it answers."""
    line = f"On {at:%a, %d %b %Y at %H:%M}, KOSS <{letter.mailbox}> wrote:"
    quoted = _quoted(letter).splitlines()
    above, below = quoted[:4], quoted[4:8]
    return Body("\n".join([line, *above, "", text, "", *below]) + "\n")


def _page(text: str, letter: Letter, at: datetime) -> Body:
    """Nothing but HTML, as some programs on the web write it."""
    line = f"On {at:%a, %b %d, %Y at %H:%M}, KOSS &lt;{letter.mailbox}&gt; wrote:"
    said, quote = (escape(each).replace("\n", "<br>") for each in (text, letter.text))
    return Body(
        f'<html><body><div dir="ltr">{said}</div><br><div class="gmail_quote">'
        f'<div dir="ltr" class="gmail_attr">{line}<br></div>'
        f'<blockquote class="gmail_quote" style="margin:0 0 0 .8ex">{quote}</blockquote></div></body></html>\n',
        "text/html",
    )


_LIST = (
    f"{'_' * 47}\nMentees mailing list -- durian@lists.example\n"
    "To unsubscribe send an email to durian-leave@lists.example"
)
FORMS: dict[str, tuple[int, Form]] = {
    "german": (50, _below("Am Mo., {at:%d}. Sept. {at:%Y} um {at:%H:%M} Uhr schrieb KOSS <{box}>:")),
    "french": (40, _below("Le lun. {at:%d} sept. {at:%Y} à {at:%H:%M}, KOSS <{box}> a écrit :")),
    "portuguese": (40, _below("Em seg., {at:%d} de set. de {at:%Y} às {at:%H:%M}, KOSS <{box}> escreveu:")),
    "spanish": (40, _below("El lun, {at:%d} sept {at:%Y} a las {at:%H:%M}, KOSS (<{box}>) escribió:")),
    "outlook": (60, _outlook),
    "original": (20, _original),
    "phone": (60, _under("Sent from my iPhone", "On {at:%d %b %Y}, at {at:%H:%M}, KOSS <{box}> wrote:")),
    "phone-german": (30, _under("Von meinem iPhone gesendet", "Am {at:%d.%m.%Y} um {at:%H:%M} schrieb KOSS <{box}>:")),
    "signature": (50, _under("-- \nJo Doe\nDurian Ltd, 12 Orchard Road\n+49 30 1234567")),
    "list": (30, _under(_LIST)),
    "bottom": (25, _bottom),
    "inline": (25, _inline),
    "page": (40, _page),
}  # fmt: skip
"""By name: how many in a thousand, and how it is written. All others write as letterbox.py does."""


def rolled(random: Random) -> str:
    """The name of a form, empty for that of most people."""
    left = random.randrange(1000)
    for name, (weight, _) in FORMS.items():
        if left < weight:
            return name
        left -= weight
    return ""
