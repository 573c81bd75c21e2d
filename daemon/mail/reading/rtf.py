"""The words of a text in Rich Text Format, as Outlook sends it; where it was made of HTML, that HTML again.

Not a typesetter: fonts, pictures, tables and fields are left out. In linear time, which striprtf is not (33 seconds for 60 KB of
fields that do not end).
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace

from daemon.mail.reading.markup import words_of_html

RTF_CHARACTERS_MAX = 400_000
GROUPS_MAX = 200

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_ASIDE = frozenset((
    *("fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "generator", "header", "footer", "themedata"),
    *("datastore", "fldinst", "listtable", "listoverridetable", "rsidtbl", "xmlnstbl", "latentstyles", "pntext"),
))  # fmt: skip
_CHARACTERS = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "row": "\n", "tab": "\t", "cell": "\t", "lquote": "‘",
    "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emdash": "—", "endash": "–", "bullet": "•", "~": " ", "_": "-",
    "{": "{", "}": "}", "\\": "\\", "\n": "\n", "\r": "\n",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds inside a pair of braces: nothing of it is read (`aside`), it is a tag of HTML, or it is what only a
    reader of RTF needs (MS-OXRTFEX 2.1.3.1); how many characters follow a Unicode one for older readers."""

    aside: bool = False
    for_rtf: bool = False
    follow: int = 1


@dataclass(slots=True)
class _Reader:
    """What was read so far. `bytes`: characters in the code page that are not decoded yet."""

    group: _Group = field(default_factory=_Group)
    around: list[_Group] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    bytes: bytearray = field(default_factory=bytearray)
    page: str = "cp1252"
    skipped: int = 0

    def say(self, text: str) -> None:
        """Text that a reader sees."""
        if self.bytes:
            self.said.append(self.bytes.decode(self.page, "replace"))
            self.bytes.clear()
        if text and not self.group.aside and not self.group.for_rtf:
            self.said.append(text)

    def brace(self, which: str) -> None:
        """A group that begins or ends. Those in one another deeper than any are read as one."""
        self.say("")
        if which == "{" and len(self.around) < GROUPS_MAX:
            self.around.append(self.group)
        elif which == "}" and self.around:
            self.group = self.around.pop()

    def word(self, word: str, number: str | None) -> None:
        """A control word."""
        if word == "u" and number:
            self.say(chr(int(number) % 0x10000))
            self.skipped = self.group.follow
        elif word == "uc" and number:
            self.group = replace(self.group, follow=min(int(number), 9))
        elif word == "ansicpg" and number:
            self.page = _page(f"cp{number}") or self.page
        elif word == "htmltag":
            self.group = replace(self.group, aside=False)
        elif word == "htmlrtf":
            self.group = replace(self.group, for_rtf=number != "0")
        elif word in _ASIDE:
            self.group = replace(self.group, aside=True)
        else:
            self.say(_CHARACTERS.get(word, ""))

    def text(self, text: str) -> None:
        """Characters that stand for themselves."""
        text, self.skipped = text[self.skipped :], max(0, self.skipped - len(text))
        self.say(text)

    def byte(self, number: str) -> None:
        """A character by its number in the code page."""
        if self.skipped:
            self.skipped -= 1
        elif not self.group.aside and not self.group.for_rtf:
            self.bytes.append(int(number, 16))


def _page(name: str) -> str:
    """A code page, empty where nobody knows it."""
    try:
        return codecs.lookup("utf-8" if name == "cp65001" else name).name
    except LookupError:
        return ""


def words_of_rtf(rtf: str) -> str:
    """The words, one paragraph a line; empty for what is no RTF."""
    if not rtf.startswith("{\\rtf"):
        return ""
    reader = _Reader()
    for found in _TOKEN.finditer(rtf[:RTF_CHARACTERS_MAX]):
        word, number, byte, mark, brace, text = found.groups()
        if word:
            reader.word(word, number)
        elif byte:
            reader.byte(byte)
        elif brace:
            reader.brace(brace)
        elif mark == "*":
            reader.group = replace(reader.group, aside=True)
        elif mark:
            reader.say(_CHARACTERS.get(mark, ""))
        elif text:
            reader.text(text)
    reader.say("")
    said = "".join(reader.said).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return words_of_html(said) if "\\fromhtml" in rtf[:500] else said.strip()
