"""A letter of a rehearsal: the same words to the one address of `letters_to:`, with "Would go to" on top.

Not another letter: thread, reply address and key are those of the reader it would go to.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape

from daemon.domain.people import Address, Person
from daemon.domain.value import replace as changed
from daemon.mail.render import Rendering

SAYS = "This is a rehearsal: nobody else gets this letter. Reply as {first} would."
_BODY = re.compile("<body[^>]*>", re.IGNORECASE)
_FRAME = (
    "margin:0 auto;max-width:34em;padding:12px 18px;border-bottom:2px dashed #8a8a8a;"
    "font-family:-apple-system,'Segoe UI',Roboto,Arial,sans-serif;font-size:16px;line-height:1.5"
)


def rehearsed(
    rendering: Rendering, reader: Person, letters_to: Address
) -> tuple[Rendering, Person]:
    """The letter as it goes out instead, and to whom.

    Letters to different readers stay apart: each has its name in the subject, because mail programs join by
    subject what threads keep apart. The real address stands nowhere, so no reply can reach it.
    """
    head, says = f"Would go to: {reader.name}", SAYS.format(first=reader.first)
    told = replace(
        rendering,
        subject=f"[for {reader.first}] {rendering.subject}",
        text=f"{head}\n{says}\n\n{rendering.text}",
        html=_above(rendering.html, f"<b>{escape(head)}</b><br>{escape(says)}"),
    )
    return told, changed(reader, name=f"{reader.name} (rehearsal)", address=letters_to)


def _above(html: str, words: str) -> str:
    """The words on top of the page; a layout of one's own may have no body tag."""
    top = f'<div style="{_FRAME}">{words}</div>\n'
    found = _BODY.search(html)
    at = found.end() if found else 0
    return f"{html[:at]}\n{top}{html[at:].lstrip()}"
