"""The words of an HTML mail, with what it quotes marked by `> ` as plain text would.

Not a browser: layout, styles, scripts and pictures are left out.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

HTML_CHARACTERS_MAX = 100_000

_BLOCKS = frozenset(
    (
        *("address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "hr", "li", "ol", "p"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "pre", "table", "tr", "ul"),
    )
)
_SILENT = frozenset(("head", "script", "style", "template", "title"))
# The boxes in which webmail keeps the mail that is being answered.
_QUOTES = re.compile(r"gmail_quote|yahoo_quoted|moz-cite-prefix|protonmail_quote|divRplyFwdMsg")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self._open: list[tuple[str, bool]] = []
        self._quotes = 0
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._new_line(hard=tag in ("br", "p"))
        if tag in _SILENT:
            self._silent += 1
        if tag not in ("blockquote", "div"):
            return
        box = " ".join(value or "" for name, value in attrs if name in ("class", "id"))
        quotes = tag == "blockquote" or bool(_QUOTES.search(box))
        self._open.append((tag, quotes))
        if quotes:
            self._quotes += 1
            self._new_line(hard=False)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        while tag in ("blockquote", "div") and self._open:
            closed, quotes = self._open.pop()
            self._quotes -= quotes
            if closed == tag:
                break
        if tag in _BLOCKS:
            self._new_line(hard=tag == "p")

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        words = re.sub(r"\s+", " ", data)
        line = self.lines[-1]
        if not line and self._quotes and words.strip():
            line = "> "
        self.lines[-1] = line + (words.lstrip() if not line or line == "> " else words)

    def _new_line(self, hard: bool) -> None:
        if self.lines[-1] or hard:
            self.lines.append("")


def words_of_html(html: str) -> str:
    """The words, one block a line."""
    words = _Words()
    words.feed(html[:HTML_CHARACTERS_MAX])
    words.close()
    return "\n".join(line.rstrip() for line in words.lines)
