"""The words of an HTML mail, with what it quotes marked by `> ` as plain text would.

Not a browser, and not html.parser, which takes 20 seconds for 100 KB of open comments (trap_72): a tag
is whatever stands between `<` and the next `>`, and layout, scripts and pictures are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

HTML_CHARACTERS_MAX = 100_000

_BLOCKS = frozenset(
    (
        *("address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "hr", "li", "ol", "p"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "pre", "table", "tr", "ul"),
    )
)
_HARD = frozenset(("br", "p"))
_BOXES = frozenset(("blockquote", "div"))
_SILENT = frozenset(("head", "script", "style", "template", "title"))
_TAG = re.compile(r"(/?)([a-zA-Z][a-zA-Z0-9]{0,20})(?![a-zA-Z0-9])")
# The boxes in which webmail keeps the mail that is being answered.
_QUOTES = re.compile(r"gmail_quote|yahoo_quoted|moz-cite-prefix|protonmail_quote|divRplyFwdMsg")


@dataclass(slots=True)
class _Page:
    """What has been read so far. `boxes`: the open boxes, each with whether it holds a quote."""

    lines: list[str] = field(default_factory=lambda: [""])
    boxes: list[tuple[str, bool]] = field(default_factory=list)
    quotes: int = 0
    silent: str = ""

    def say(self, data: str) -> None:
        """Words outside of tags."""
        if self.silent or not data:
            return
        words = re.sub(r"\s+", " ", unescape(data))
        if not self.lines[-1] and words.strip():
            self.lines[-1] = ("> " if self.quotes else "") + words.lstrip()
        elif self.lines[-1]:
            self.lines[-1] += words

    def tag(self, closing: bool, name: str, inside: str) -> None:
        """A tag that opens or closes something."""
        if name in _SILENT:
            self.silent = "" if closing and self.silent in ("", name) else self.silent or name
        if name in _BOXES and not closing:
            quotes = name == "blockquote" or bool(_QUOTES.search(inside[:500]))
            self._break(name)
            self.boxes.append((name, quotes))
            self.quotes += quotes
        elif name in _BOXES:
            self._close(name)
        if name in _BLOCKS:
            self._break(name)

    def _close(self, name: str) -> None:
        while self.boxes:
            closed, quotes = self.boxes.pop()
            self.quotes -= quotes
            if closed == name:
                return

    def _break(self, name: str) -> None:
        if self.lines[-1] or name in _HARD:
            self.lines.append("")


def words_of_html(html: str) -> str:
    """The words, one block a line. Linear in the length of the page."""
    page = _Page()
    first, *rest = _without_comments(html[:HTML_CHARACTERS_MAX]).split("<")
    page.say(first)
    for piece in rest:
        inside, closed, data = piece.partition(">")
        found = _TAG.match(inside)
        if found and closed:
            page.tag(bool(found[1]), found[2].lower(), inside)
        elif not closed:
            data = f"<{piece}" if not found else ""
        page.say(data)
    return "\n".join(line.rstrip() for line in page.lines)


def _without_comments(html: str) -> str:
    first, *rest = html.split("<!--")
    return first + "".join(piece.partition("-->")[2] for piece in rest)
