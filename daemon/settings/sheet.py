"""A roster out of a spreadsheet: the rows of a CSV file as entries of `pairings:`.

Not what the cells mean: pairings.py reads a row exactly as it reads an entry of YAML. A place is a row and a
column as the spreadsheet counts them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from daemon.domain.people import ROLES
from daemon.settings.fields import refuse_secret
from daemon.settings.known_names import SAME_AS
from daemon.settings.problem import Findings, Mark, names_secret, nearest, shown
from daemon.settings.programs import Written
from daemon.settings.roster_table import PAIRING, SHEET
from daemon.settings.tree import Entries, Scalar

ADDRESSES = {f"{role}_address": role for role in ROLES}
"""Spreadsheets keep an address in a column of its own, beside the name."""
COLUMNS = tuple(setting.name for setting in (*PAIRING, *SHEET) if not setting.nested)

_SEPARATORS = (",", ";", "\t")
_HINT = re.compile(
    r"sep=([,;\t|])\1*"
)  # Excel's own first line, where a country separates otherwise
_ADDRESS = re.compile(r"(mentor|mentee)_(?:e_?)?(?:mail|address|mail_address)")
_ADDRESS_OF = re.compile(r"(?:e_?)?(?:mail|address|mail_address)_(?:of_)?(mentor|mentee)")
_ZONE = re.compile(r"(mentor|mentee)_(?:time_?zone|tz)")
_IN_OTHER_WORDS = tuple(
    f"{role}_{word}" for role in ROLES for word in ("e_mail", "email", "timezone")
)
_EXAMPLE = "For example: mentor, mentor_address, mentee, mentee_address, at"


@dataclass(frozen=True, slots=True)
class _Row:
    """One row. `line` counts from 1, as a spreadsheet does."""

    line: int
    cells: tuple[str, ...]

    def at(self, index: int) -> Mark:
        """The place of a cell."""
        return Mark(self.line, index + 1)


def read_sheet(text: str, findings: Findings) -> tuple[Written, ...]:
    """Every row that says who meets whom; the first row names the columns."""
    rows = [row for row in _rows(text, findings) if any(row.cells)]
    columns = _columns(rows[0], findings) if rows else None
    if columns is None:
        if not findings.problems:
            findings.error(Mark(0, 0), "This roster is empty.", f"Name its columns. {_EXAMPLE}")
        return ()
    if not rows[1:] and not findings.problems:
        findings.warning(
            Mark(0, 0),
            "This roster has no row, so nobody of it meets.",
            "Add one for each pairing.",
        )
    sheet = _Sheet(rows[0], columns, findings)
    entries = [sheet.entry(row) for row in rows[1:]]
    return tuple(Written(entry, findings, SHEET) for entry in entries if entry is not None)


def _rows(text: str, findings: Findings) -> Iterator[_Row]:
    first, _, rest = text.partition("\n")
    hint = _HINT.fullmatch(first)
    before = 1 if hint else 0
    body = rest if hint else text
    separator = hint[1] if hint else _separator(body)
    reader = csv.reader(
        io.StringIO(body, newline=""), delimiter=separator, strict=True, skipinitialspace=True
    )
    begins = 1 + before
    try:
        for cells in reader:
            yield _Row(begins, tuple(cell.strip() for cell in cells))
            begins = 1 + before + reader.line_num
    except csv.Error as problem:
        _refuse_quotes(Mark(begins, 1), str(problem), findings)


def _separator(text: str) -> str:
    """What stands between the names of the columns: comma, semicolon or tab."""
    head = next((line for line in text.split("\n") if line.strip(" ,;\t")), "")
    plain = re.sub(r'"[^"]*"', "", head)
    return max(_SEPARATORS, key=plain.count)


def _refuse_quotes(at: Mark, said: str, findings: Findings) -> None:
    if "expected after" in said:
        findings.error(
            at,
            "A cell of this row goes on behind its closing quotation mark.",
            'Write the whole cell in quotes and a mark inside it twice (""), or leave them out.',
        )
        return
    findings.error(
        at,
        "A quotation mark is opened in this row and never closed, so no row below it can be read.",
        "Close it, or leave it out.",
    )


def _columns(head: _Row, findings: Findings) -> dict[int, str] | None:
    """Which column holds what; None where nobody can tell who meets whom."""
    columns: dict[int, str] = {}
    names = [_column(text) for text in head.cells]
    for index, (text, name) in enumerate(zip(head.cells, names, strict=True)):
        if name in columns.values():
            findings.error(
                head.at(index),
                f"{shown(text)}:  is here twice, first in column {names.index(name) + 1}.",
                "Keep one of the two columns.",
            )
        elif name:
            columns[index] = name
        elif text and any(names):
            meant = _tell_unknown(text, head.at(index), names, findings)
            if meant:
                columns[index] = meant  # so that its rows are checked in the same run
    given = {ADDRESSES.get(name, name) for name in columns.values()}
    if "mentees" in given:
        given.add("mentee")  # rows of groups name them there
    missing = [role for role in ROLES if role not in given]
    if missing and not any(each.severity == "error" for each in findings.problems):
        findings.error(
            head.at(0),
            f"The first row names no column {' and no column '.join(missing)}.",
            f"The first row names the columns. {_EXAMPLE}",
        )
    return None if missing else columns


def _plain(text: str) -> str:
    """`Mentor's E-Mail` → mentor_e_mail."""
    owned = re.sub(r"['’]s\b", "", text.lower())
    return re.sub(r"[\s_-]+", "_", owned).strip("_").removesuffix("_name")


def _column(text: str) -> str:
    """The setting that a column is for, empty where it is none."""
    plain = _plain(text)
    address, zone = _ADDRESS.fullmatch(plain), _ZONE.fullmatch(plain)
    name = f"{address[1]}_address" if address else f"{zone[1]}_zone" if zone else plain
    name = name if name in COLUMNS else SAME_AS.get(name, "")
    return name if name in COLUMNS else ""


def _tell_unknown(text: str, at: Mark, given: list[str], findings: Findings) -> str:
    """The column that was meant. A slip is an error. A spreadsheet has columns for other purposes too: they are named, and not read."""
    if names_secret(text):
        refuse_secret(Scalar(text, at), findings, "")
        return ""
    turned = _ADDRESS_OF.fullmatch(_plain(text))
    near = "" if turned else nearest(_plain(text), (*COLUMNS, *_IN_OTHER_WORDS))
    meant = f"{turned[1]}_address" if turned else _column(near)
    if meant and meant not in given:
        findings.error(
            at, f"{shown(text)}:  is not a column of a roster.", f"Did you mean {meant}?"
        )
        return meant
    findings.warning(
        at,
        f"{shown(text)}:  is not a column of a roster, and is not read.",
        f"Known here: {', '.join(COLUMNS)}.",
    )
    return ""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The first row, and which of its columns are read."""

    head: _Row
    columns: dict[int, str]
    findings: Findings

    def entry(self, row: _Row) -> Entries | None:
        """One row as an entry; a cell that is empty says nothing."""
        only = row.cells[0] if len(row.cells) == 1 < len(self.head.cells) else ""
        if any(each in only for each in _SEPARATORS):
            self.findings.error(
                row.at(0),
                f"This row is one cell, and the first row has {len(self.head.cells)}.",
                "Let the spreadsheet save the file anew: it separates the cells of all rows alike.",
            )
            return None
        self._refuse_unnamed(row)
        cells = {
            self.columns[at]: Scalar(text, row.at(at))
            for at, text in enumerate(row.cells)
            if text and at in self.columns
        }
        if "mentees" in cells and "mentee_address" in cells and "mentee" not in cells:
            self._refuse_addresses_apart(cells["mentee_address"])
            return None
        for name, role in ADDRESSES.items():
            if name in cells:
                cells[role] = _named(cells.get(role), cells.pop(name))
        if self._lacks_somebody(row, cells):
            return None
        return Entries(
            tuple((Scalar(name, each.at), each) for name, each in cells.items()), row.at(0)
        )

    def _refuse_addresses_apart(self, addresses: Scalar) -> None:
        self.findings.error(
            addresses.at,
            f"mentee_address: {shown(addresses.text)}  stands beside mentees.",
            "Write each address behind its name: Ben Das <ben@example.org>; Cleo Kim <cleo@example.org>",
        )

    def _refuse_unnamed(self, row: _Row) -> None:
        """What stands under no name is not shown: it may be anything."""
        named = [bool(text) for text in self.head.cells]
        for at, text in enumerate(row.cells):
            if text and not (at < len(named) and named[at]):
                self.findings.error(
                    row.at(at),
                    "This cell stands in a column without a name.",
                    "A cell that holds a comma or semicolon goes into quotes; else name the column in the first row.",
                )
                return

    def _lacks_somebody(self, row: _Row, cells: dict[str, Scalar]) -> bool:
        given = {*cells, *(["mentee"] if "mentees" in cells else [])}
        lacking = [role for role in ROLES if role not in given]
        for role in lacking:
            columns = {ADDRESSES.get(name, name): at for at, name in self.columns.items()}
            index = columns[role] if role in columns else columns["mentees"]
            self.findings.error(
                row.at(index),
                f"{role}:  is empty in this row.",
                "Write who it is, or empty the whole row.",
            )
        return bool(lacking)


def _named(name: Scalar | None, address: Scalar) -> Scalar:
    """Name and address of two cells, as they would stand in one."""
    text = address.text if name is None else f"{name.text} <{address.text}>"
    return Scalar(text, address.at)
