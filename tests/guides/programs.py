"""A program as a preset makes it, whole or without one of its settings.

Not a preset's own test: the witnesses in test_presets_at_work.py watch such a program at work.
"""

from __future__ import annotations

import re
import tempfile
from functools import cache
from pathlib import Path

from daemon.domain.program import Config
from daemon.settings import load, report
from daemon.settings.preset_files import preset_file
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


def said_by(preset: str) -> list[str]:
    """The names of the settings that stand in a preset."""
    return re.findall(r"^([a-z_]+):", preset_file(preset).read_text(encoding="utf-8"), re.MULTILINE)


def text_of(preset: str, without: str = "") -> str:
    """The text of a preset, without the lines of one setting."""
    text = preset_file(preset).read_text(encoding="utf-8")
    if not without:
        return text
    kept, found = re.subn(rf"^{without}:.*\n(?:[ -].*\n)*", "", text, flags=re.MULTILINE)
    assert found == 1, f"{preset} does not say {without}"
    return kept


@cache
def program_of(preset: str, without: str = "", more: str = "") -> Config:
    """A program that says what the preset says, without one setting, and `more`; one pair, on Tuesdays where it has a rhythm."""
    return _loaded(text_of(preset, without) + more)


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
