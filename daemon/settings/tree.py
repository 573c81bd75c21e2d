"""YAML text as a tree of plain strings with their places, read event by event.

Not PyYAML's loader: no typing (NO stays "NO"), no aliases, no tags, no recursion (trap 79).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NoReturn, TypeAlias

import yaml

from daemon.settings.problem import Findings, Mark, shown
from daemon.settings.syntax import explain, separated

DEPTH_MAX = 20

_TABS = re.compile(r"^ *\t[ \t]*", re.MULTILINE)

# libyaml is ten times faster; where PyYAML was built without it, its own parser gives the same events.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value, as written."""

    text: str
    at: Mark


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Node, ...]
    at: Mark


@dataclass(frozen=True, slots=True)
class Entries:
    """Names with values, in the order of the file, each name once."""

    entries: tuple[tuple[Scalar, Node], ...]
    at: Mark

    def names(self, name: str) -> bool:
        """Whether the file says anything under this name, right or wrong."""
        return any(each.text == name for each, _ in self.entries)


Node: TypeAlias = Scalar | Items | Entries


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    at: Mark
    mapping: bool
    children: list[Node] = field(default_factory=list)


class _StopReading(Exception):
    """The rest of the file is not worth reading."""


def read_tree(text: str, findings: Findings) -> Node | None:
    """The one document in `text`, None when it is empty or cannot be understood."""
    mended, glued = separated(text)
    try:
        node = _parsed(mended, findings)
    except _StopReading:
        return None
    except yaml.YAMLError as problem:
        explain(problem, text, findings)
        return _without_tabs(text, findings)
    for at, name in glued:
        findings.error(
            at, f"{name}:  has no space after its colon.", "Put a space after the colon."
        )
    return node


def _without_tabs(text: str, findings: Findings) -> Node | None:
    """The same with spaces for the tabs that lines start with, as far as that makes it YAML: so that the rest
    is checked in the same run. How many are meant by one tab is tried. In such
    a line a column counts the spaces."""
    for spaces in ("  ", "    ") if _TABS.search(text) else ():
        mended = _TABS.sub(partial(_spaced, spaces), text)
        meanwhile = Findings(findings.file)
        try:
            node = _parsed(separated(mended)[0], meanwhile)
        except (_StopReading, yaml.YAMLError):
            continue
        findings.problems += meanwhile.problems
        return node
    return None


def _spaced(spaces: str, found: re.Match[str]) -> str:
    return found[0].replace("\t", spaces)


def _parsed(text: str, findings: Findings) -> Node | None:
    try:
        return _build(yaml.parse(text, Loader=_LOADER), findings)
    except yaml.YAMLError as problem:
        if "nesting" not in str(problem):
            raise
    # libyaml looks ahead and, in newer builds, stops at a depth of its own before it has told of one
    # bracket. The slow parser tells of each, so that ours is the limit that is named, with its place.
    return _build(yaml.parse(text, Loader=yaml.SafeLoader), findings)


def _build(events: Iterator[Any], findings: Findings) -> Node | None:
    root: Node | None = None
    opened: list[_Open] = []
    for event in events:
        done: Node | None = None
        match event:
            case yaml.ScalarEvent():  # nearly all of them
                _refuse_extras(event, findings)
                done = Scalar(event.value.strip(), _mark(event))
            case yaml.DocumentStartEvent() if root is not None:
                findings.error(_mark(event), "A second document starts here (---).", _ONE_DOCUMENT)
                raise _StopReading
            case yaml.AliasEvent():
                _refuse_alias(event, findings)
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                _refuse_extras(event, findings)
                _refuse_depth(event, opened, findings)
                opened.append(_Open(_mark(event), isinstance(event, yaml.MappingStartEvent)))
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                done = _closed(opened.pop(), findings)
            case _:
                pass
        if done is not None and opened:
            opened[-1].children.append(done)
        elif done is not None:
            root = done
    return root


_ONE_DOCUMENT = "One file is one program: put the second one into a file of its own."


def _mark(event: Any) -> Mark:
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)


def _refuse_alias(event: Any, findings: Findings) -> NoReturn:
    findings.error(
        _mark(event),
        "A value starts with * (a YAML alias), and aliases are not allowed.",
        "Write the value out, or put it in quotes if it really starts with *.",
    )
    raise _StopReading  # what it stands for is unknown, so the rest would be judged wrongly


def _refuse_extras(event: Any, findings: Findings) -> None:
    if event.anchor is not None:
        findings.error(
            _mark(event),
            "A value starts with & (a YAML anchor), and anchors are not allowed.",
            "Leave the & word out, or put the value in quotes if it really starts with &.",
        )
    if event.tag is not None:
        findings.error(
            _mark(event),
            "A value starts with ! (a YAML tag), and tags are not allowed.",
            "Leave the ! word out, or put the value in quotes if it really starts with !.",
        )


def _refuse_depth(event: Any, opened: list[_Open], findings: Findings) -> None:
    if len(opened) >= DEPTH_MAX:
        findings.error(
            _mark(event),
            f"Lists and settings are nested more than {DEPTH_MAX} deep here.",
            "A program needs three levels; look for brackets that are not closed.",
        )
        raise _StopReading


def _closed(opened: _Open, findings: Findings) -> Node:
    if not opened.mapping:
        return Items(tuple(opened.children), opened.at)
    entries: dict[str, tuple[Scalar, Node]] = {}
    pairs = zip(opened.children[::2], opened.children[1::2], strict=True)
    for name, value in pairs:
        if not isinstance(name, Scalar):
            findings.error(name.at, "A name must be one plain word.", "Write name: value.")
        elif name.text in entries:
            first = entries[name.text][0].at.line
            findings.error(
                name.at,
                f"{shown(name.text)}:  is here twice, first in line {first}.",
                "Keep one of the two.",
            )
        else:
            entries[name.text] = (name, value)
    return Entries(tuple(entries.values()), opened.at)
