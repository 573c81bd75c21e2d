"""The words of an HTML mail, with what it quotes marked by `> ` as plain text would.

Not a browser, and not html.parser, which takes 20 seconds for 100 KB of open comments (trap_72): a tag
is whatever stands between `<` and the next `>`, and layout, scripts and pictures are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from typing import Literal

HTML_CHARACTERS_MAX = 100_000

_BLOCKS = frozenset(
    (
        *("address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "hr", "li", "ol", "p"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "pre", "table", "tr", "ul"),
    )
)
_HARD = frozenset(("br", "p"))
_BOXES = frozenset(("blockquote", "div", "pre"))
_SILENT = frozenset(("head", "script", "style", "template", "title"))
_VOID = frozenset(("br", "hr", "img", "input", "link", "meta", "wbr"))
_UNSEEN = re.compile(
    r"\shidden(?=[\s/=]|$)|style=[^>]*?(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]))",
    re.IGNORECASE,
)
"""What no reader sees, no reader has written."""
_TAG = re.compile(r"(/?)([a-zA-Z][a-zA-Z0-9]{0,20})(?![a-zA-Z0-9])")
# The boxes of which all is quoted, and those around an introduction and its quote: below the first quote in one of
# these people write their inline answers.
_QUOTES = re.compile(
    r"yahoo_quoted|moz-cite-prefix|mail-editor-reference-message-container|tutanota_quote|name=[\"']?quote\b"
)
_AROUND = re.compile(r"gmail_quote|protonmail_quote")
# Outlook and Hotmail: all that follows is the mail that is answered.
_REST_QUOTED = re.compile(r"id=[\"']?(?:x_)?(?:divRplyFwdMsg|stopSpelling)\b")
_SIGNATURES = re.compile(
    r"gmail_signature\b|moz-signature|(?:id|class)=[\"']?(?:x_)?Signature\b|ms-outlook-mobile-signature|composer_signature"
    r"|AppleMailSignature|protonmail_signature_block(?!-empty)|yahoo-signature|signature-desktop",
    re.IGNORECASE,
)
# Webmail moves a paragraph to the right by a blockquote without a border: the writer's own words.
_INDENTED = re.compile(r"webkit-indent-blockquote|border\s*:\s*(?:none|0)\b", re.IGNORECASE)
DEPTH_MAX = 9

_Box = Literal["quote", "around", "signature", "plain"]


@dataclass(slots=True)
class _Page:
    """What has been read so far. `boxes`: the open boxes, each with what it is; `open`: how many of each name;
    `quoted_around`: whether a quote ended in the box around; `unseen`: how many of the kind that hides are open;
    `signed`: the line that begins a signature, if one does."""

    lines: list[str] = field(default_factory=lambda: [""])
    boxes: list[tuple[str, _Box]] = field(default_factory=list)
    open: Counter[str] = field(default_factory=Counter)
    kinds: Counter[_Box] = field(default_factory=Counter)
    rest_quoted: bool = False
    quoted_around: bool = False
    signed: int | None = None
    silent: str = ""
    hider: str = ""
    unseen: int = 0

    def say(self, data: str) -> None:
        """Words outside of tags."""
        if self.silent or self.unseen or not data:
            return
        parts = unescape(data).split("\n") if self.open["pre"] else [unescape(data)]
        for number, part in enumerate(parts):
            if number:
                self.lines.append("")
            words = re.sub(r"\s+", " ", part)
            if words.strip():
                self._unsigned()
            if not self.lines[-1] and words.strip():
                self.lines[-1] = self._marks() + words.lstrip()
            elif self.lines[-1]:
                self.lines[-1] += words

    def _marks(self) -> str:
        introduces = self.kinds["around"] and not self.quoted_around
        depth = self.kinds["quote"] + self.rest_quoted or bool(introduces)
        return "> " * min(depth, DEPTH_MAX)

    def _unsigned(self) -> None:
        """Words of the writer below a signature: it stands above them, and nothing ends there."""
        elsewhere = self.kinds["signature"] or self.kinds["around"] or self._marks()
        if self.signed is not None and not elsewhere:
            self.lines[self.signed] = ""
            self.signed = None

    def tag(self, closing: bool, name: str, inside: str) -> None:
        """A tag that opens or closes something."""
        if name in _SILENT:
            self.silent = "" if closing and self.silent in ("", name) else self.silent or name
        if self.unseen:
            self.unseen += name == self.hider and (-1 if closing else 1)
        elif not closing and name not in _VOID and _UNSEEN.search(inside[:500]):
            self.hider, self.unseen = name, 1
        if name in ("div", "hr") and not closing and _REST_QUOTED.search(inside[:500]):
            self._break(name)
            self.rest_quoted = True
        if name in _BOXES and not closing:
            self._break(name)
            self._open(name, _kind_of_box(name, inside[:500]))
        elif name in _BOXES:
            self._close(name)
        if name in _BLOCKS:
            self._break(name)

    def _open(self, name: str, kind: _Box) -> None:
        if kind == "signature" and not self._marks() and not self.kinds["signature"]:
            self.lines += ["-- ", ""]
            self.signed = len(self.lines) - 2
        if kind == "around" and not self.kinds["around"]:
            self.quoted_around = False
        self.boxes.append((name, kind))
        self.open[name] += 1
        self.kinds[kind] += 1

    def _close(self, name: str) -> None:
        while self.open[name]:
            closed, kind = self.boxes.pop()
            self.open[closed] -= 1
            self.kinds[kind] -= 1
            self.quoted_around = self.quoted_around or kind == "quote"
            if closed == name:
                return

    def _break(self, name: str) -> None:
        if self.lines[-1] or name in _HARD:
            self.lines.append("")


def _kind_of_box(name: str, inside: str) -> _Box:
    if name == "blockquote":
        return "plain" if _INDENTED.search(inside) and "cite" not in inside else "quote"
    if _QUOTES.search(inside):
        return "quote"
    if _AROUND.search(inside):
        return "around"
    return "signature" if _SIGNATURES.search(inside) else "plain"


def words_of_html(html: str) -> str:
    """The words, one block a line. Linear in the length of the page."""
    page = _Page()
    first, *rest = _without_comments(html[:HTML_CHARACTERS_MAX]).split("<")
    said = [first]
    for piece in rest:
        inside, closed, data = piece.partition(">")
        found = _TAG.match(inside)
        if found and closed:
            page.say("".join(said))
            said.clear()
            page.tag(bool(found[1]), found[2].lower(), inside)
        elif not closed:
            data = f"<{piece}" if not found else ""
        said.append(data)
    page.say("".join(said))
    return "\n".join(line if line == "-- " else line.rstrip() for line in page.lines)


def _without_comments(html: str) -> str:
    first, *rest = html.split("<!--")
    return first + "".join(piece.partition("-->")[2] for piece in rest)
