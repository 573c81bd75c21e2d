"""The search for every line that somebody wrote, in every letter that anybody got: person × content.

Not a rule about who may read what: it looks at the letters themselves, text part and HTML part, as a canary would.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from daemon.decide.keys import lane_of_key, lane_of_pairing
from daemon.demo.page.letters import Mail
from daemon.demo.page.readers import cast
from daemon.demo.record import Record, Written
from daemon.domain.people import Address
from daemon.domain.world import Lane

WORDS_MIN = 3
"""A shorter line, such as `DONE a`, could stand in any letter by chance."""
NAMED_MAX = 7
"""So many people have a column of their own; what anybody else got is counted in the last one."""
_OPENS = re.compile(r"\s*(private|todo|@\w+)\s*:\s*", re.IGNORECASE)
_COMMAND = re.compile(r"INVITE ")
_KINDS = {"private": "lines marked private:", "todo": "to-dos", "notes": "notes", "prep": "topics"}


@dataclass(frozen=True, slots=True)
class Content:
    """The lines of one kind that one person wrote to one partner."""

    lane: Lane
    writer: Address
    partner: Address
    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Received:
    """A row: whose content, and how many letters with any of it each person got. `cells` follow the columns."""

    content: Content
    cells: tuple[int, ...]
    elsewhere: int

    @property
    def private(self) -> bool:
        """Whether nobody but the writer may ever see it."""
        return self.content.kind == _KINDS["private"]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Person × content. `outside` counts letters that showed a line to anybody it was not written for."""

    columns: tuple[Address, ...]
    rows: tuple[Received, ...]
    lines: int
    letters: int
    outside: int


def matrix(record: Record, mails: Sequence[Mail]) -> Matrix:
    """Every line that was written, looked for in every letter."""
    columns = tuple(cast(record))[:NAMED_MAX]
    rows = tuple(_received(each, columns, mails) for each in contents(record))
    return Matrix(
        columns, rows, sum(len(row.content.lines) for row in rows), len(mails),
        sum(_outside(row.content, mails) for row in rows),
    )  # fmt: skip


def contents(record: Record) -> list[Content]:
    """What people wrote, by pairing, writer and kind."""
    found: dict[tuple[Lane, Address, str], list[str]] = {}
    for written in record.written:
        for kind, text in _lines(written):
            lane = lane_of_key(written.letter.key)
            found.setdefault((lane, written.writer, kind), []).append(text)
    partners = {
        (lane_of_pairing(line.pairing), one.address): other.address
        for line in record.config.lines
        for one, other in ((line.mentor, line.mentee), (line.mentee, line.mentor))
    }
    return [
        Content(lane, writer, partners.get((lane, writer), ""), kind, tuple(lines))
        for (lane, writer, kind), lines in sorted(found.items())
    ]


def _lines(written: Written) -> Iterator[tuple[str, str]]:
    """The lines of an answer to a letter that asks for words."""
    asked = written.letter.touchpoint
    if asked not in ("notes", "prep-mentee", "prep-mentor", "copy", "farewell", "follow-up"):
        return
    for line in written.text.splitlines():
        opens = _OPENS.match(line)
        named = opens[1].lower() if opens else ""
        text = line[opens.end() :] if opens else line
        kind = "private" if named == "private" else "todo" if named else asked.partition("-")[0]
        if len(text.split()) >= WORDS_MIN and not _COMMAND.match(line):
            yield _KINDS.get(kind, _KINDS["notes"]), text.strip()


def _received(content: Content, columns: tuple[Address, ...], mails: Sequence[Mail]) -> Received:
    got = [mail.address for mail in mails if shows(mail, content)]
    cells = tuple(got.count(address) for address in columns)
    return Received(content, cells, len(got) - sum(cells))


def _outside(content: Content, mails: Sequence[Mail]) -> int:
    known = {content.writer}
    if content.kind != _KINDS["private"]:
        known.add(content.partner)
    return sum(mail.address not in known and shows(mail, content) for mail in mails)


def shows(mail: Mail, content: Content) -> bool:
    """Whether any of the lines stands in either part of the letter."""
    html = mail.html.striptags()
    return any(line in mail.text or line in html for line in content.lines)
