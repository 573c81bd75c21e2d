"""Settings out of one block of a file: each name looked up in its table, each value read by its kind.

Not what several settings mean together: that is checked by whoever asked for the block.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from daemon.settings.addresses import Mentees
from daemon.settings.alarm_kinds import Command
from daemon.settings.day_kinds import Stretches
from daemon.settings.few_kinds import NONE, NumbersOrNone
from daemon.settings.kinds import Numbers, Wrong
from daemon.settings.known_names import LATER, OF_SEVERAL, SAME_AS
from daemon.settings.problem import Findings, Mark, names_secret, nearest, shown
from daemon.settings.readers import Readers
from daemon.settings.report_kinds import ReportReaders, Reports
from daemon.settings.rhythm import Lengths
from daemon.settings.roster_table import MEMBER, STRETCH
from daemon.settings.setting import Setting
from daemon.settings.tree import Entries, Items, Node, Scalar

NAMES_LISTED_MAX = 28
ENTRIES_MAX = 60
"""So many entries a list may have: every pairing carries those of its people."""


@dataclass(frozen=True, slots=True)
class Value:
    """What stood in the file for one setting: the value, its text and its place.

    `entries` are those of a list, each with a place of its own; a single value is its only entry.
    """

    value: Any
    text: str
    at: Mark
    entries: tuple[Value, ...] = ()


Values = dict[str, Value]


def read_block(
    entries: Entries,
    table: Iterable[Setting],
    findings: Findings,
    owner: str = "",
    elsewhere: Mapping[str, str] = MappingProxyType({}),
) -> Values:
    """Every good value of a block. `owner` is whose password would be asked for, where one stands; `elsewhere`
    tells of a name that belongs somewhere else what to know about it."""
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
        elif name.text in elsewhere:
            findings.error(name.at, f"{name.text}:  is not a setting here.", elsewhere[name.text])
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
        f"Delete the {'column' if findings.cells else 'line'}, make a new {word} (this one may be in a backup or in git), "
        f"then: run.py connect {owner or 'ADDRESS'}",
    )


def _refuse_unknown(name: Scalar, by_name: dict[str, Setting], findings: Findings) -> str:
    """Note it, and return the name that was probably meant."""
    written = shown(name.text)
    if findings.full:
        findings.more()
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
    if isinstance(node, Items) and isinstance(
        setting.kind, Numbers | Lengths | Readers | Reports | ReportReaders
    ):
        texts = [item.text for item in node.items if isinstance(item, Scalar)]
        empty = NONE if isinstance(setting.kind, NumbersOrNone) and not node.items else ""
        return _parsed(setting, Scalar(", ".join(texts) or empty, node.at), findings)
    if isinstance(node, Items) and isinstance(setting.kind, Command):
        return _command(setting, setting.kind, node, findings)
    if setting.repeats:
        items = node.items if isinstance(node, Items) else (node,)
        return _repeated(setting, items, node.at, findings)
    if isinstance(node, Scalar):
        return _parsed(setting, node, findings)
    _refuse_shape(setting, node, findings)
    return None


def _command(setting: Setting, kind: Command, node: Items, findings: Findings) -> Value | None:
    """The words of a list as they stand: a comma in one of them is a part of it."""
    words = [item.text for item in node.items if isinstance(item, Scalar)]
    if len(words) < len(node.items):
        _refuse_shape(setting, node, findings)
        return None
    try:
        return Value(kind.of_words(words), kind.show(tuple(words)), node.at)
    except Wrong as wrong:
        findings.error(node.at, f"{setting.name}:  {wrong.text}", wrong.advice)
        return None


def _refuse_shape(setting: Setting, node: Node, findings: Findings) -> None:
    findings.error(
        node.at,
        f"{setting.name}:  is one value, not a list or a block.",
        OF_SEVERAL[setting.name]
        if setting.name in OF_SEVERAL and isinstance(node, Items) and len(node.items) > 1
        else _example(setting),
    )


def _repeated(
    setting: Setting, items: tuple[Node, ...], at: Mark, findings: Findings
) -> Value | None:
    if len(items) > ENTRIES_MAX:
        findings.error(
            at, f"{setting.name}:  has more than {ENTRIES_MAX} entries.", "Write few long ones."
        )
        return None
    if not items and isinstance(setting.kind, Mentees):  # nobody at all would be no pairing
        _refuse_empty(setting, at, findings)
    entries = [
        entry for item in items for entry in [_entry(setting, item, findings)] if entry is not None
    ]
    if not entries:
        return None
    found = dict.fromkeys(each for entry in entries for each in entry.value)
    text = ", ".join(entry.text for entry in entries)
    return Value(tuple(found), text, at, tuple(entries))


def _entry(setting: Setting, item: Node, findings: Findings) -> Value | None:
    if isinstance(item, Scalar):
        return _parsed(setting, item, findings)
    if isinstance(item, Entries) and isinstance(setting.kind, Stretches):
        return _block(setting, setting.kind, item, findings)
    if isinstance(item, Entries) and isinstance(setting.kind, Mentees):
        values = read_block(item, MEMBER, findings)
        if len(values) < len(MEMBER):
            return None
        text = f"{values['name'].value} <{values['address'].value}>"
        return Value((text,), text, item.at)
    _refuse_shape(setting, item, findings)
    return None


def _block(setting: Setting, kind: Stretches, item: Entries, findings: Findings) -> Value | None:
    """One entry of a list, written as a block of its own."""
    before = len(findings.problems)
    names = ("from", "to", "name") if kind.named else ("from", "to")
    values = read_block(item, [each for each in STRETCH if each.name in names], findings)
    if len(findings.problems) > before:
        return None
    try:
        days = kind.of_parts({name: value.value for name, value in values.items()})
    except Wrong as wrong:
        last = values["to"]
        findings.error(last.at, f"{setting.name}: to: {last.text}  {wrong.text}", wrong.advice)
        return None
    return Value(days, kind.show(days), item.at)


def _parsed(setting: Setting, scalar: Scalar, findings: Findings) -> Value | None:
    if not scalar.text:
        _refuse_empty(setting, scalar.at, findings)
        return None
    try:
        return Value(setting.kind.parse(scalar.text), scalar.text, scalar.at)
    except Wrong as wrong:
        findings.error(
            scalar.at,
            f"{setting.name}: {shown(scalar.text)}  {wrong.text}",
            wrong.advice or f"Allowed: {setting.kind.allowed}. {_example(setting)}",
        )
        return None


def _refuse_empty(setting: Setting, at: Mark, findings: Findings) -> None:
    findings.error(at, f"{setting.name}:  is empty.", _example(setting))


def _example(setting: Setting) -> str:
    return f"For example: {setting.name}: {setting.example}"
