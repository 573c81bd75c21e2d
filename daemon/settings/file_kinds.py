"""Kinds of values that name another file.

Not its content: a roster is read in sheet.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from daemon.settings.kinds import Wrong, plain_line

SHEETS = (".csv", ".tsv", ".txt")
"""What spreadsheets write; Excel's "Unicode text" ends in .txt."""
TEXTS = (".md", ".txt")
_WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".ods", ".numbers")


@dataclass(frozen=True, slots=True)
class SheetName:
    """A CSV file in the folder of the program file."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return "the name of a CSV file in the same folder"

    def parse(self, text: str) -> str:
        """The name, without any folder."""
        plain_line(text)
        ending = f".{text.lower().rpartition('.')[2]}"
        if "/" in text or "\\" in text or text.startswith("."):
            raise Wrong(
                "is not the name of a file in the same folder.",
                "Put the roster beside this file and write its name alone, like koss-2027.csv.",
            )
        if ending in _WORKBOOKS:
            raise Wrong(
                "is a workbook, which is not read here.",
                "Save its sheet as CSV (in Excel: Save As, CSV UTF-8) and write that name.",
            )
        if ending not in SHEETS:
            raise Wrong("is not a CSV file.", "Its name ends in .csv, like koss-2027.csv.")
        return text

    def show(self, value: str) -> str:
        """The name."""
        return value


@dataclass(frozen=True, slots=True)
class TextName:
    """A plain text or Markdown file in the folder of the program file."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return "the name of a text file (.md or .txt) in the same folder"

    def parse(self, text: str) -> str:
        """The name, without any folder."""
        plain_line(text)
        if "/" in text or "\\" in text or text.startswith("."):
            raise Wrong(
                "is not the name of a file in the same folder.",
                "Put the text beside this file and write its name alone, like koss-agreement.md.",
            )
        if not text.lower().endswith(TEXTS):
            raise Wrong(
                "is not a text file.",
                "Save it as plain text; its name ends in .md or .txt, like koss-agreement.md.",
            )
        return text

    def show(self, value: str) -> str:
        """The name."""
        return value
