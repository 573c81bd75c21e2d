"""From a letter's structure and its values to the text part and the HTML part.

Not a template engine: a structure is Markdown in which every value is a numbered slot.

Values never pass through Markdown or HTML. They are put into the finished parts, each time escaped
for the part they land in, so `*stars*`, `<script>` or `1.` appear literally in both (trap_57). As a
structure does not depend on the values, its HTML is made once and then kept.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

import css_inline
from markdown_it import MarkdownIt

# Two private-use characters; they are stripped from every value, so a value cannot forge a slot.
SLOT_OPEN = "\ue000"
SLOT_CLOSE = "\ue001"

_SLOT = re.compile(f"{SLOT_OPEN}(\\d+){SLOT_CLOSE}")
# A line "1  Wed 2 Dec …" or "a  Ben: …" is a block of its own, so that a long one hangs below itself.
_CHOICE = re.compile(
    f"^((?:<p>)?)({SLOT_OPEN}\\d+{SLOT_CLOSE}|\\d)  (.*?)(?:<br ?/?>)?((?:</p>)?)$", re.MULTILINE
)
# Control characters, line and paragraph separators, and bidi overrides that could reverse what
# follows on the line (trap_58).
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u2066-\u2069\u202a-\u202e\ue000\ue001]")
_SPACES = re.compile(r"[ \t\n\r\v\f\u2028\u2029]+")

_BODY = "<!-- body -->"

_INLINER = css_inline.CSSInliner(
    keep_style_tags=False, keep_at_rules=True, load_remote_stylesheets=False
)


class Link(str):
    """A value that is an address to open or to write to."""

    __slots__ = ()


def clean(value: str) -> str:
    """One printable line, without lone surrogates (trap_73)."""
    if value.isascii() and value.isprintable() and "  " not in value:
        return value.strip()
    printable = _UNPRINTABLE.sub("", _SPACES.sub(" ", value)).strip()
    return printable.encode("utf-8", "replace").decode("utf-8")


def tidy(rendered: str) -> str:
    """The structure without stray blank lines and trailing spaces."""
    lines = [line.rstrip() for line in rendered.strip().splitlines()]
    kept = [line for at, line in enumerate(lines) if line or lines[at - 1]]
    return "\n".join(kept) + "\n"


def text_part(structure: str, values: list[str]) -> str:
    """The text part: the structure itself, its first line without the asterisks."""
    first, _, rest = structure.partition("\n")
    if first.startswith("**") and first.endswith("**"):
        first = first[2:-2]
    return _SLOT.sub(lambda found: values[int(found[1])], f"{first}\n{rest}")


def html_part(structure: str, layout: str, values: list[str]) -> str:
    """The HTML part: the same words in the layout, values escaped."""
    pieces = _shell(structure, layout)
    written = list(pieces)
    for at in range(1, len(pieces), 2):
        written[at] = _html_value(values[int(pieces[at])])
    return "".join(written)


def _html_value(value: str) -> str:
    shown = escape(value)
    if not isinstance(value, Link):
        return shown
    if value.startswith(("https://", "http://")):
        return f'<a href="{shown}">{shown}</a>'
    return f'<a href="mailto:{shown}">{shown}</a>' if "@" in value else shown


@lru_cache(maxsize=2048)
def _shell(structure: str, layout: str) -> tuple[str, ...]:
    """HTML of a structure with styles inlined, split at its slots: text, number, text, …"""
    body: str = _MARKDOWN.render(_quotes(structure))
    body = _CHOICE.sub(r'\1<span class="choice"><b>\2</b> \3</span>\4', body)
    return tuple(_SLOT.split(_INLINER.inline(layout.replace(_BODY, body))))


def _quotes(structure: str) -> str:
    """`| line` as Markdown's `> line`, closed by a blank line so that nothing is drawn into it; `|` alone parts
    paragraphs of one quote.

    The first line, the news, is a paragraph of its own.
    """
    first, *rest = structure.splitlines()
    lines = [first, ""]
    quoted = False
    for line in rest:
        is_quote = line.startswith("| ") or line == "|"
        if is_quote != quoted:
            lines.append("")
        lines.append("> " + line[2:] if is_quote else line)
        quoted = is_quote
    return "\n".join(lines) + "\n"


def _markdown() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
    # No images that carry meaning (LETTERS 1.9), and an indented line is no program listing.
    return parser.disable(["image", "code", "html_block", "html_inline"])


_MARKDOWN = _markdown()
