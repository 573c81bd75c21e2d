"""The agreement of a program: a text beside its file, read where `agreement:` names it, in as many languages as there are.

Not who is asked to agree, and when: daemon/decide/agreeing.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from daemon.decide.keys import basis_of
from daemon.domain.alone import Agreement
from daemon.domain.value import replace
from daemon.settings.beside import is_there, names_beside
from daemon.settings.fields import Value
from daemon.settings.file_kinds import TEXTS
from daemon.settings.kinds import Wrong
from daemon.settings.language_kind import Language
from daemon.settings.preset_files import preset_file, preset_values
from daemon.settings.problem import Findings, Mark, shown
from daemon.settings.programs import Page
from daemon.settings.source import printable_path, read_text

CHARACTERS_MAX = 4_000
MARK_CHARACTERS = 7
_WHOLE_FILE = Mark(0, 0)


def add_agreements(pages: Iterable[Page], config_dir: Path) -> list[Findings]:
    """Give every program the text that it names, which several may share; what is wrong with these texts."""
    every: list[Findings] = []
    texts: dict[Path, Agreement | None] = {}
    named = [(page, *_named(page, config_dir)) for page in pages]
    own = {said.value for _, said, _ in named if said is not None}
    for page, said, folder in named:
        if page.program is None or said is None:
            continue
        if not is_there("agreement", said, folder, TEXTS, page.findings):
            continue
        path = folder / said.value
        if path not in texts:
            texts[path] = _agreement(path, own, every)
        known = texts[path]
        if known is not None:
            page.program = replace(
                page.program, agreement=replace(known, label=page.program.version)
            )
    return every


def _agreement(path: Path, own: set[str], every: list[Findings]) -> Agreement | None:
    """The text, and the same in the languages of which files stand beside it; those that a program names are texts of their `own`."""
    text = _read(path, every)
    spoken = [
        (code, told)
        for code, each in _translations(path, own, every)
        for told in [_read(each, every)] if told is not None
    ]  # fmt: skip
    if text is None:
        return None
    return Agreement(text, basis_of(text)[:MARK_CHARACTERS], translations=tuple(spoken))


def translations_of(path: Path) -> dict[str, Path]:
    """Files beside that text, by what stands before their ending: `rules.pt-BR.md` is `rules.md` in pt-BR."""
    begun, ending = f"{path.stem}.", path.suffix
    names = [each for each in names_beside(path.parent, TEXTS) if each.startswith(begun)]
    return {
        name.removeprefix(begun).removesuffix(ending): path.with_name(name)
        for name in names if name.endswith(ending) and name != path.name
    }  # fmt: skip


def _translations(path: Path, own: set[str], every: list[Findings]) -> Iterator[tuple[str, Path]]:
    for written, each in translations_of(path).items():
        if each.name in own:
            continue
        try:
            yield Language().parse(written), each
        except Wrong as wrong:
            findings = Findings(printable_path(Path("programs", each.name)))
            every.append(findings)
            findings.error(
                _WHOLE_FILE,
                f"{shown(written)}  is no language, and what stands there in a name says which one {path.name} is in.",
                wrong.advice or f"Name it like {path.stem}.pt-BR{path.suffix}, or in another way.",
            )


def _read(path: Path, every: list[Findings]) -> str | None:
    findings = Findings(printable_path(Path("programs", path.name)))
    every.append(findings)
    return _text(findings, read_text(path, findings))


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
