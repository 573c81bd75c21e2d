"""The agreement of a program: a text beside its file, read where `agreement:` names it.

Not who is asked to agree, and when: daemon/decide/agreeing.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from daemon.decide.keys import basis_of
from daemon.domain.alone import Agreement
from daemon.domain.value import replace
from daemon.settings.beside import is_there
from daemon.settings.fields import Value
from daemon.settings.file_kinds import TEXTS
from daemon.settings.preset_files import preset_file, preset_values
from daemon.settings.problem import Findings, Mark
from daemon.settings.programs import Page
from daemon.settings.source import printable_path, read_text

CHARACTERS_MAX = 4_000
MARK_CHARACTERS = 7
_WHOLE_FILE = Mark(0, 0)


def add_agreements(pages: Iterable[Page], config_dir: Path) -> list[Findings]:
    """Give every program the text that it names, which several may share; what is wrong with these texts."""
    every: list[Findings] = []
    texts: dict[str, str | None] = {}
    for page in pages:
        said, folder = _named(page, config_dir)
        if page.program is None or said is None:
            continue
        path = Path("programs", said.value)
        if not is_there("agreement", said, folder, TEXTS, page.findings):
            continue
        if said.value not in texts:
            findings = Findings(printable_path(path))
            every.append(findings)
            texts[said.value] = _text(findings, read_text(folder / said.value, findings))
        text = texts[said.value]
        if text is not None:
            mark = basis_of(text)[:MARK_CHARACTERS]
            page.program = replace(
                page.program, agreement=Agreement(text, mark, page.program.version)
            )
    return every


def _named(page: Page, config_dir: Path) -> tuple[Value | None, Path]:
    """Which text a program names, and the folder it is in: beside the program, or that of its preset where the preset names it
    and nobody wrote another one."""
    beside = config_dir / "programs"
    own, preset = page.values.get("agreement"), page.values.get("preset")
    if own is not None or preset is None:
        return own, beside
    named = preset_values(preset.value).get("agreement")
    replaced = named is not None and (beside / named.value).exists()
    return named, beside if replaced else preset_file(preset.value).parent


def _text(findings: Findings, raw: str | None) -> str | None:
    """What both are to agree to; blanks at its edges are no part of it, so that they make no other version."""
    if raw is None:
        return None
    lines = [line.rstrip() for line in raw.strip().splitlines()]
    text = "\n".join(lines)
    if not text:
        findings.error(
            _WHOLE_FILE,
            "This file is empty, and both are to agree to it.",
            "Write what the two agree to, or delete the line agreement: from the program.",
        )
        return None
    if len(text) > CHARACTERS_MAX:
        line = text[:CHARACTERS_MAX].count("\n") + 1
        findings.error(
            Mark(line, 1),
            f"This text has {len(text)} characters, and {CHARACTERS_MAX} at most fit into a letter.",
            "Shorten it, or say the rest in a document that it names.",
        )
        return None
    return text
