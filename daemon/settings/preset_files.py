"""What each preset sets: config/presets/NAME.yaml, read like the part of a program file that it stands for.

Not which presets there are, nor what their guides want: presets.py, guide_table.py.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from daemon.domain.cadence import Cadence
from daemon.settings.agendas import add_agendas, check_few_lines
from daemon.settings.fields import Value, Values, read_block
from daemon.settings.guide_table import wanted
from daemon.settings.problem import Findings, report
from daemon.settings.program_table import PROGRAM
from daemon.settings.setting import LENGTH
from daemon.settings.tree import Entries, read_tree

CAME_ALONG = Path(__file__).resolve().parent.parent.parent / "config"
"""Where presets and banks of questions are that ship."""
_OF_ONE_PROGRAM = ("preset", "id", "pairings", "roster", "accounts", "letters_to", "ok")
SETTABLE = tuple(each for each in PROGRAM if not each.required and each.name not in _OF_ONE_PROGRAM)
"""What a preset may set: whatever is not about the people of one program."""


def preset_file(preset: str) -> Path:
    """Where that preset stands."""
    return CAME_ALONG / "presets" / f"{preset}.yaml"


@cache
def preset_values(preset: str) -> Values:
    """All that a preset sets."""
    return values_of(preset_file(preset).read_text(encoding="utf-8"), f"presets/{preset}.yaml")


def values_of(text: str, file: str) -> Values:
    """What the text of a preset sets. A shipped file is never wrong: a test reads each of them."""
    findings = Findings(file)
    node = read_tree(text, findings)
    values = read_block(node, SETTABLE, findings) if isinstance(node, Entries) else {}
    add_agendas(values, findings)
    check_few_lines(values, findings)
    assert not findings.problems, report(findings.problems)
    return values


def preset_value(preset: str, name: str, cadence: Cadence) -> Value | None:
    """What a preset says of one setting; None where it says nothing. The length goes with the rhythm where its guide
    has one for each."""
    known = preset_values(preset).get(name)
    fit = wanted(preset, cadence) if name == "length_minutes" else None
    if known is None or fit is None:
        return known
    return Value(LENGTH.parse(str(fit.least)), str(fit.least), known.at)
