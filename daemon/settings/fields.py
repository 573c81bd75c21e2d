"""Settings out of one block of a file: each name looked up in its table, each value read by its kind.

Not what several settings mean together: that is checked by whoever asked for the block.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from daemon.settings.kinds import Numbers, Wrong
from daemon.settings.known_names import LATER, SAME_AS
from daemon.settings.problem import Findings, Mark, names_secret, nearest, shown
from daemon.settings.setting import Setting
from daemon.settings.tree import Entries, Items, Node, Scalar

NAMES_LISTED_MAX = 12


@dataclass(frozen=True, slots=True)
class Value:
    """What stood in the file for one setting: the value, its text and its place."""

    value: Any
    text: str
    at: Mark


Values = dict[str, Value]


def read_block(
    entries: Entries, table: Iterable[Setting], findings: Findings, owner: str = ""
) -> Values:
    """Every good value of a block. `owner` is whose password would be asked for, where one stands."""
    by_name = {setting.name: setting for setting in table}
    values: Values = {}
    missing = {setting.name: setting for setting in by_name.values() if setting.required}
    for name, node in entries.entries:
        setting = by_name.get(name.text)
        if setting is not None:
            missing.pop(setting.name, None)
            value = _value(setting, node, findings)
            if value is not None:
                values[setting.name] = value
        elif names_secret(name.text):
            refuse_secret(name, findings, owner)
        else:
            missing.pop(_refuse_unknown(name, by_name, findings), None)
    for setting in missing.values():
        findings.error(
            entries.at,
            f"{setting.name}:  is missing.",
            f"Add a line like {setting.name}: {setting.example}",
        )
    return values


def refuse_secret(name: Scalar, findings: Findings, owner: str) -> None:
    """Say that a secret does not belong here, without its value."""
    word = "password" if "pass" in name.text.lower() or "pw" in name.text.lower() else "secret"
    findings.error(
        name.at,
        f"{shown(name.text)}: (not shown)  A {word} does not belong in this file, and I have not kept it.",
        f"Delete the line, make a new {word} (this one may be in a backup or in git), "
        f"then: run.py connect {owner or 'ADDRESS'}",
    )


def _refuse_unknown(name: Scalar, by_name: dict[str, Setting], findings: Findings) -> str:
    """Note it, and return the name that was probably meant."""
    written = shown(name.text)
    if findings.full:
        return ""
    if name.text in LATER:
        findings.error(
            name.at, f"{written}:  comes with a later version.", "Delete the line until then."
        )
        return ""
    plain = name.text.lower().strip().replace("-", "_").replace(" ", "_")
    meant = plain if plain in by_name else SAME_AS.get(plain, "")
    if meant not in by_name:
        meant = nearest(plain, by_name)
    every = "All settings stand in docs/settings.md."
    if len(by_name) <= NAMES_LISTED_MAX:
        every = f"Known here: {', '.join(sorted(by_name))}."
    advice = f"Did you mean {meant}?" if meant else every
    findings.error(name.at, f"{written}:  is not a setting.", advice)
    return meant


def _value(setting: Setting, node: Node, findings: Findings) -> Value | None:
    if setting.nested:
        return Value(node, "", node.at)
    if isinstance(node, Items) and setting.repeats:
        return _repeated(setting, node, findings)
    if isinstance(node, Items) and isinstance(setting.kind, Numbers):
        texts = [item.text for item in node.items if isinstance(item, Scalar)]
        return _parsed(setting, Scalar(", ".join(texts), node.at), findings)
    if not isinstance(node, Scalar):
        findings.error(
            node.at,
            f"{setting.name}:  is one value, not a list or a block.",
            f"For example: {setting.name}: {setting.example}",
        )
        return None
    parsed = _parsed(setting, node, findings)
    if parsed is None or not setting.repeats:
        return parsed
    return Value(tuple(parsed.value), parsed.text, parsed.at)


def _repeated(setting: Setting, node: Items, findings: Findings) -> Value | None:
    found: list[Any] = []
    for item in node.items:
        parsed = _parsed(setting, item, findings) if isinstance(item, Scalar) else None
        found.extend(parsed.value if parsed else ())
    return Value(tuple(found), "", node.at) if found else None


def _parsed(setting: Setting, scalar: Scalar, findings: Findings) -> Value | None:
    example = f"For example: {setting.name}: {setting.example}"
    if not scalar.text:
        findings.error(scalar.at, f"{setting.name}:  is empty.", example)
        return None
    try:
        return Value(setting.kind.parse(scalar.text), scalar.text, scalar.at)
    except Wrong as wrong:
        findings.error(
            scalar.at,
            f"{setting.name}: {shown(scalar.text)}  {wrong.text}",
            wrong.advice or f"Allowed: {setting.kind.allowed}. {example}",
        )
        return None
