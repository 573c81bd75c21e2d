"""Problems: what is wrong in a file, where exactly, and what to write instead.

Not exceptions: a wrong file is an everyday thing, and all problems are shown at once.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

SHOWN_CHARACTERS = 60
PROBLEMS_PER_FILE = 100

Severity = Literal["error", "warning"]

_SECRET_NAME = re.compile(
    r"(pass(word|wd|phrase|code)?|pwd|pw|secret|token|credentials?|(api|private|access)?[_-]?key)s?$",
    re.IGNORECASE,
)
_SECRET_TEXT = re.compile(
    r"(pass(word|wd|phrase|code)?|pwd|\bpw|secret|token|credentials?|key)s?[\"']?\s*[:=]"
    r"|^[a-z]{4}([ -]?[a-z]{4}){3}$"
    r"|://[^/\s]*:[^/\s]*@"
    r"|^(?=[^ ]*[0-9])(?=[^ ]*[A-Za-z])[A-Za-z0-9+/=_-]{32,}$",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a file; both count from 1, and 0 means the file as a whole."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `text` says what is wrong, `advice` what to write instead."""

    file: str
    line: int
    column: int
    text: str
    advice: str = ""
    severity: Severity = "error"

    @property
    def where(self) -> str:
        """`file:line:column`, or the file alone where no line is to blame."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(slots=True)
class Findings:
    """The problems of one file while it is read. Grows to a limit, so that one slip that repeats
    ten thousand times stays readable."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    cells: bool = False
    """Whether it is a spreadsheet's, so that a place is a row and a column of cells."""

    @property
    def full(self) -> bool:
        """True once nobody would read further ones."""
        return len(self.problems) >= PROBLEMS_PER_FILE

    def error(self, at: Mark, text: str, advice: str = "") -> None:
        """Note what stops this file from being used."""
        self._add(Problem(self.file, at.line, at.column, text, advice))

    def warning(self, at: Mark, text: str, advice: str = "") -> None:
        """Note what is probably not meant, but can be lived with."""
        self._add(Problem(self.file, at.line, at.column, text, advice, "warning"))

    def more(self) -> None:
        """Note that there are further ones."""
        if len(self.problems) == PROBLEMS_PER_FILE:
            text = f"This file has more than {PROBLEMS_PER_FILE} mistakes; the first that were found are told."
            advice = "Mend them and run check again."
            self.problems.append(Problem(self.file, 0, 0, text, advice))

    def _add(self, problem: Problem) -> None:
        if self.full:
            self.more()
        else:
            self.problems.append(problem)


def names_secret(name: str) -> bool:
    """Whether a setting of this name would hold a password, token, key or the like."""
    return bool(_SECRET_NAME.search(name.strip()))


def shown(text: str) -> str:
    """A value as it may stand in a message: short, printable, and never a secret."""
    if _SECRET_TEXT.search(text):
        return "(not shown)"
    plain = _UNSEEN.sub("?", text)
    return plain if len(plain) <= SHOWN_CHARACTERS else plain[: SHOWN_CHARACTERS - 1] + "…"


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, empty when none is near."""
    if len(word) > SHOWN_CHARACTERS:
        return ""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.65)
    return close[0] if close else ""


def report(problems: Iterable[Problem]) -> str:
    """All problems as they are printed: errors first, then warnings, each by place."""
    wanted = sorted(problems, key=lambda each: (each.file, each.line, each.column, each.text))
    blocks = [
        _block([each for each in wanted if each.severity == "error"], ""),
        _block([each for each in wanted if each.severity == "warning"], "Warning: "),
    ]
    return "\n".join(block for block in blocks if block)


def _block(problems: list[Problem], label: str) -> str:
    width = max((len(each.where) for each in problems), default=0)
    lines = []
    for each in problems:
        lines.append(f"{each.where:<{width}} {label}{each.text}")
        if each.advice:
            lines.append(f"    {each.advice}")
    return "\n".join(lines)
