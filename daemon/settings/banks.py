"""Banks of questions: questions/NAME.yaml, read where a program names them.

Not which question is chosen: daemon/decide/ideas.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from daemon.domain.asks import Ask
from daemon.domain.value import replace
from daemon.settings.bank_table import ASK, BANK
from daemon.settings.fields import Value, read_block
from daemon.settings.pairings import Draft
from daemon.settings.problem import Findings, Mark, nearest
from daemon.settings.programs import Page
from daemon.settings.source import printable_path, read_text
from daemon.settings.tree import Entries, Items, Node, read_tree

Read = Callable[[str], tuple[Findings, Node | None]]
"""A bank by its name: what is wrong with the file is found there."""
_EXAMPLE = "Write - ask: … with theme: and need:"


def add_questions(pages: list[Page], read: Read, known: list[str]) -> None:
    """Give every program the questions of the banks that it names. `known` are the names of all banks that are there."""
    banks: dict[str, _Bank] = {}
    for page in pages:
        if page.program is None or not page.program.banks:
            continue
        said = page.values.get("questions") or page.values.get("preset")
        for name in page.program.banks:
            if name not in known:
                meant = nearest(name, known)
                page.findings.error(
                    said.at if said else page.top, f"questions: {name}  has no file questions/{name}.yaml.",
                    f"Did you mean {meant}?" if meant else f"Write that file; there are: {', '.join(known)}.",
                )  # fmt: skip
            elif name not in banks:
                banks[name] = _bank(*read(name))
        used = [banks[name] for name in page.program.banks if name in banks]
        asks = tuple(ask for each in used for ask in each.asks)
        thoughts = tuple(dict.fromkeys(line for each in used for line in each.thoughts))
        page.program = replace(page.program, asks=asks, thoughts=thoughts)
        themes = {each.theme for each in asks}
        _check_themes(page.values.get("themes_left_out"), page.findings, themes)


def check_left_out(drafts: list[Draft]) -> None:
    """What single pairings leave out is a theme of the questions that they have."""
    for draft in drafts:
        program = draft.page.program
        if program is not None:
            themes = {each.theme for each in program.asks}
            _check_themes(draft.values.get("themes_left_out"), draft.findings, themes)


def _check_themes(value: Value | None, findings: Findings, themes: set[str]) -> None:
    for name in value.value if value else ():
        if name not in themes:
            assert value is not None
            meant = nearest(name, sorted(themes))
            there = f"There are: {', '.join(sorted(themes))}."
            findings.error(
                value.at, f"themes_left_out: {name}  is the theme of no question here.",
                f"Did you mean {meant}?" if meant
                else there if themes else "The program names no bank of questions (questions:).",
            )  # fmt: skip


def language_said(config_dir: Path, name: str) -> tuple[str, str] | None:
    """Where a bank of one's own says what it is written in, as file:line, and in what; None where it does not, and of a bank that
    came along."""
    file = Path("questions", f"{name}.yaml")
    findings = Findings(printable_path(file))
    text = read_text(config_dir / file, findings) if (config_dir / file).exists() else None
    node = read_tree(text, findings) if text is not None else None
    said = read_block(node, BANK, findings).get("language") if isinstance(node, Entries) else None
    return (f"{findings.file}:{said.at.line}", said.value) if said else None


@dataclass(frozen=True, slots=True)
class _Bank:
    """What one file holds."""

    asks: tuple[Ask, ...] = ()
    thoughts: tuple[str, ...] = ()


def _bank(findings: Findings, node: Node | None) -> _Bank:
    if not isinstance(node, Entries):
        if node is not None:
            findings.error(node.at, "This file holds no bank (credit: and questions:).", _EXAMPLE)
        return _Bank()
    values = read_block(node, BANK, findings)
    thoughts = values["thoughts"].value if "thoughts" in values else ()
    questions = values["questions"].value if "questions" in values else None
    if questions is None:
        return _Bank(thoughts=thoughts)
    if not isinstance(questions, Items):
        findings.error(questions.at, "questions:  is not a list.", _EXAMPLE)
        return _Bank(thoughts=thoughts)
    language = values["language"].value if "language" in values else ""
    asks = tuple(replace(each, language=language) for each in _asks(questions, findings))
    return _Bank(asks, thoughts)


def _asks(questions: Items, findings: Findings) -> tuple[Ask, ...]:
    asks: list[Ask] = []
    there: dict[str, Mark] = {}
    for item in questions.items:
        ask = _ask(item, findings)
        if ask is None:
            continue
        plain = "".join(each for each in ask.text.casefold() if each.isalnum())
        if plain in there:
            findings.error(
                item.at, f"“{ask.text}”  stands in line {there[plain].line} already.", "Remove one of the two."
            )  # fmt: skip
            continue
        there[plain] = item.at
        asks.append(ask)
    return tuple(asks)


def _ask(item: Node, findings: Findings) -> Ask | None:
    if not isinstance(item, Entries):
        findings.error(item.at, "A question has at least ask:, theme: and need:.", _EXAMPLE)
        return None
    values = read_block(item, ASK, findings)
    if any(each.required and each.name not in values for each in ASK):
        return None
    given: dict[str, Any] = {
        each.fields[0]: values[each.name].value for each in ASK if each.name in values
    }
    return Ask(**given)
