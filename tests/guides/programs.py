"""A program as a preset makes it, whole or without one of its settings.

Not a preset's own test: the witnesses in test_presets_at_work.py watch such a program at work.
"""

from __future__ import annotations

import json
import re
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from daemon.domain.program import Config
from daemon.settings import load, report
from daemon.settings.kinds import listed
from daemon.settings.preset_files import preset_file, preset_values
from tests.settings.folders import write

HEAD = """\
name: KOSS 1:1s
contact: Maya <maya@example.org>
mailbox: koss@example.org
timezone: Asia/Kolkata
first_run: send
"""
PEOPLE = """\
ana: {name: Ana Rao, address: ana@example.org, zone: Europe/Berlin}
ben: {name: Ben Das, address: ben@example.org, zone: Asia/Kolkata}
"""
PAIR = "pairings:\n  - mentor: ana\n    mentee: ben\n"
AT = "    at: Tue 15:00\n"


def values_in(preset: str) -> dict[str, Any]:
    """What stands in a preset, as YAML has it."""
    values: dict[str, Any] = yaml.safe_load(preset_file(preset).read_text(encoding="utf-8"))
    return values


def said_by(preset: str) -> list[str]:
    """The names of the settings that stand in a preset; of a block each name in it, as `meeting_types.first`."""
    names: list[str] = []
    for name, value in values_in(preset).items():
        names += [f"{name}.{inner}" for inner in value] if isinstance(value, dict) else [name]
    return names


def items_of(preset: str, name: str) -> list[str]:
    """What a setting of a preset lists, line by line or with commas; nothing where that is one thing."""
    top, _, inner = name.partition(".")
    value = values_in(preset)[top]
    if inner:
        value = value[inner]
    elif isinstance(value, str) and isinstance(preset_values(preset)[top].value, tuple):
        value = listed(value)
    items = [str(each) for each in value] if isinstance(value, list) else []
    return items if len(items) > 1 else []


def text_of(preset: str, without: str = "", item: str = "") -> str:
    """The text of a preset without the lines of one setting, or without one `item` that it lists."""
    text = preset_file(preset).read_text(encoding="utf-8")
    if not without:
        return text
    top, _, inner = without.partition(".")
    kept, found = re.subn(rf"^{top}:.*\n(?:[ -].*\n)*", "", text, flags=re.MULTILINE)
    assert found == 1, f"{preset} does not say {without}"
    value = values_in(preset)[top]
    rest: Any = [each for each in items_of(preset, without) if each != item] if item else None
    if inner:
        rest = {**value, inner: rest} if rest else {k: v for k, v in value.items() if k != inner}
    elif rest and isinstance(value, str):
        rest = ", ".join(rest)
    return f"{kept}{top}: {json.dumps(rest, ensure_ascii=False)}\n" if rest else kept


@cache
def program_of(preset: str, without: str = "", more: str = "", item: str = "") -> Config:
    """A program that says what the preset says, without one setting or one `item` of it, and `more`; one pair, on Tuesdays where
    it has a rhythm."""
    return _loaded(text_of(preset, without, item) + more)


@cache
def program_by_name(preset: str) -> Config:
    """The same, as a user writes it."""
    return _loaded(f"preset: {preset}\n")


def _loaded(text: str) -> Config:
    with tempfile.TemporaryDirectory() as folder:
        finite = re.search(r"^cadence: .*session", text, re.MULTILINE) or "preset: ctan" in text
        files = {
            "koss.yaml": HEAD + text + PAIR + ("" if finite else AT),
            "people.yaml": PEOPLE,
            **{
                f"programs/{each.name}": each.read_text(encoding="utf-8")
                for each in preset_file("").parent.glob("*.md")
            },
        }
        loaded = load(write(Path(folder), files))
    assert not loaded.errors, report(loaded.errors)
    return loaded.config
