"""Called: the names of the two, and of the contact, as the tables of words write them: Ana, Ben and Maya.

Not whose names they are: that comes with the letter. So "keep the 1:1 with Ben" is read alike whatever the mentee is called,
and what the writer wrote comes back as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from daemon.domain.observation import Said
from daemon.domain.people import Role
from daemon.domain.value import replace
from daemon.mail.reading.lexicon import is_known
from daemon.mail.reading.tokens import folded

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_MARKS = {
    "ana": ("Anǎ", "Anȁ", "Anȧ", "Anạ"),
    "ben": ("Beň", "Beṅ", "Beṇ", "Beṉ"),
    "maya": ("Maỷa", "Maẏa", "Maȳa", "Maỵa"),
}
"""Each folds to the name of the tables, and is written by nobody: one for each way in which a name was written."""
_LETTERS_MIN = 2


@dataclass(frozen=True, slots=True)
class Called:
    """The lines to be read, the names in them, and what the marks in them stand for."""

    lines: list[str]
    names: tuple[str, ...]
    marks: dict[str, str]

    def as_written(self, said: Said | None, rest: Sequence[str]) -> tuple[Said | None, list[str]]:
        """What was read, with the names as their writer wrote them."""
        if not self.marks:
            return said, list(rest)
        return (
            replace(said, text=self._back(said.text)) if said else None,
            [self._back(each) for each in rest],
        )

    def _back(self, text: str) -> str:
        for mark, word in self.marks.items():
            text = text.replace(mark, word)
        return text


def called(
    lines: Sequence[str], writer: Role, partner_first: str, own_name: str, contact_first: str
) -> Called:
    """A name that is a word as well ("May", "Will") stays as it is."""
    own_first = (own_name.split() or [""])[0]
    mentor, mentee = (
        (own_first, partner_first) if writer == "mentor" else (partner_first, own_first)
    )
    meant: dict[str, str] = {}
    for table, name in (("ana", mentor), ("ben", mentee), ("maya", contact_first)):
        said = folded(name)
        if len(said) >= _LETTERS_MIN and said != table and not is_known(said):
            meant.setdefault(said, table)
    marks: dict[str, str] = {}

    def marked(match: re.Match[str]) -> str:
        table = meant.get(folded(match[0]))
        return _mark(match[0], table, marks) if table else match[0]

    read = [_WORD.sub(marked, line) for line in lines] if meant else list(lines)
    names = tuple(name for name in (partner_first, own_first) if name)
    return Called(read, (*names, *meant.values()), {mark: word for word, mark in marks.items()})


def _mark(word: str, table: str, marks: dict[str, str]) -> str:
    """What stands for the name as it is written here; the name itself where it was written in too many ways."""
    if word not in marks:
        free = [
            each
            for each in _MARKS[table]
            if each.casefold() not in map(str.casefold, marks.values())
        ]
        if not free:
            return word
        mark = free[0]
        marks[word] = mark.lower() if word.islower() else mark.upper() if word.isupper() else mark
    return marks[word]
