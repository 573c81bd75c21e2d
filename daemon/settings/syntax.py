"""What went wrong where a file is not YAML at all, in words for people who never heard of YAML.

Not a parser: it looks again at a text that the parser refused.
"""

from __future__ import annotations

import re
from typing import Any

from daemon.settings.known_names import EVERY_NAME
from daemon.settings.problem import Findings, Mark

_TAB = re.compile(r"^ *\t[ \t]*[^ \t#\r\n]")
_GLUED = re.compile(r"^(?P<indent> *(?:- +)?)(?P<name>[a-z_]+):(?=[^\s:/])")

# part of PyYAML's or libyaml's own words → whether the place to show is where the construct began,
# what to say, what to do. First match wins.
_KNOWN: tuple[tuple[str, bool, str, str], ...] = (
    (
        "scanning a quoted scalar",
        True,
        "A quotation mark is opened here and never closed.",
        "Close it, or leave both out.",
    ),
    (
        "mapping values are not allowed",
        False,
        "A colon is not expected here.",
        "Start this line in the same column as its neighbours; put a value that holds ': ' in quotes.",
    ),
    (
        "could not find expected ':'",
        True,
        "This line has no colon.",
        "Write name: value, with a space after the colon.",
    ),
    (
        "cannot start any token",
        False,
        "A value cannot start with this character.",
        'Put the value in quotes: "…".',
    ),
    (
        "parsing a flow",
        True,
        "A bracket is opened here and never closed, or a comma is missing behind it.",
        "Close it, or put the value in quotes if it really starts with a bracket.",
    ),
    (
        "document start",
        False,
        "This line does not line up with the lines above it.",
        "Lines that belong together start in the same column, the outermost in the first.",
    ),
    (
        "while parsing a block",
        False,
        "This line does not line up with the lines above it.",
        "Lines that belong together start in the same column; entries of a list start with '- '.",
    ),
)


def separated(text: str) -> tuple[str, list[tuple[Mark, str]]]:
    """The text with a space behind the colon of `cadence:weekly`, and where that was missing.

    Mended before parsing, so that the rest of the file is checked in the same run.
    """
    if ":" not in text:
        return text, []
    lines = text.split("\n")
    found: list[tuple[Mark, str]] = []
    for number, line in enumerate(lines, start=1):
        glued = _GLUED.match(line)
        if glued and glued["name"] in EVERY_NAME:
            lines[number - 1] = line[: glued.end()] + " " + line[glued.end() :]
            found.append((Mark(number, len(glued["indent"]) + 1), glued["name"]))
    return "\n".join(lines), found


def explain(problem: Any, text: str, findings: Findings) -> None:
    """Note every tab and missing space, else the one place where the parser gave up."""
    before = len(findings.problems)
    for number, line in enumerate(text.split("\n"), start=1):
        if _TAB.match(line):
            findings.error(Mark(number, 1), "This line starts with a tab; use two spaces.")
    for at, name in separated(text)[1]:
        findings.error(
            at, f"{name}:  has no space after its colon.", "Put a space after the colon."
        )
    if len(findings.problems) == before:
        _explain_one(problem, findings)


def _explain_one(problem: Any, findings: Findings) -> None:
    said = f"{getattr(problem, 'context', '')} {getattr(problem, 'problem', '')}"
    here, begun = getattr(problem, "problem_mark", None), getattr(problem, "context_mark", None)
    for part, from_start, text, advice in _KNOWN:
        if part in said:
            findings.error(_mark(begun if from_start and begun else here), text, advice)
            return
    findings.error(
        _mark(here or begun),
        "From here on this is not understood.",
        "Each line is name: value; lines that belong together start in the same column.",
    )


def _mark(mark: Any) -> Mark:
    return Mark(mark.line + 1, mark.column + 1) if mark is not None else Mark(0, 0)
