"""The agreement of a program: a text beside its file, read where `agreement:` names it, in as many languages as there are.

Not who is asked to agree, and when: daemon/decide/agreeing.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from daemon.decide.keys import basis_of
from daemon.domain.alone import Agreement
from daemon.domain.language import nearest_first
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
_ENGLISH = "en"
_LIKE_A_CODE = re.compile(r"[A-Za-z]{2}([-_].*)?$")


def add_agreements(pages: Iterable[Page], config_dir: Path) -> list[Findings]:
    """Give every program the text that it names, which several may share; what is wrong with these texts."""
    every: list[Findings] = []
    texts: dict[Path, Agreement | None] = {}
    in_english: set[Path] = set()
    named = [(page, *_named(page, config_dir)) for page in pages]
    own = {said.value for _, said, _ in named if said is not None}
    for page, said, folder in named:
        if page.program is None or said is None:
            continue
        is_another = _is_translation if not _is_translation(said.value) else (lambda _: False)
        if not is_there("agreement", said, folder, TEXTS, page.findings, is_another):
            continue
        path = folder / said.value
        if nearest_first(page.program.language, [_ENGLISH]):
            in_english.add(path)
        if path not in texts:
            texts[path] = _agreement(path, own, every)
        known = texts[path]
        if known is not None:
            page.program = replace(
                page.program, agreement=replace(known, label=page.program.version)
            )
    for path in sorted(in_english):
        _warn_of_english_twice(path, own, every)
    return every


def _agreement(path: Path, own: set[str], every: list[Findings]) -> Agreement | None:
    """The text, and the same in the languages of which files stand beside it; those that a program names are texts of their `own`."""
    text = _read(path, "delete the line agreement: from the program", every)
    files = _translations(path, own, every)
    spoken = [
        (code, told)
        for code, each in files.items()
        for told in [_read(each, "delete this file", every)] if told is not None
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


def _translations(path: Path, own: set[str], every: list[Findings]) -> dict[str, Path]:
    """Those files, by their languages, and what is wrong with their names."""
    found: dict[str, Path] = {}
    for written, each in translations_of(path).items():
        if each.name in own:
            continue
        try:
            code = Language().parse(written)
        except Wrong as wrong:
            _refuse_language(written, each, path, wrong, every)
            continue
        first = found.get(code)
        if first is None:
            found[code] = each
            continue
        # The one whose name is the code as it is written counts: capitals make no other language.
        found[code], left = (first, each) if written != code else (each, first)
        text = (
            f"This file is not read: {found[code].name} is in {code} as well, and that one counts."
        )
        _findings(left, every).warning(_WHOLE_FILE, text, "Keep one of the two.")
    for code in [each for each in found if "-" in each]:
        base = code.partition("-")[0]
        if base in found:
            text = f"Who reads {code} gets this text alone, and all others of {base} get {found[base].name}."
            _findings(found[code], every).warning(
                _WHOLE_FILE, text, "Keep one of the two, if both are the same text."
            )
    return found


def _refuse_language(
    written: str, translation: Path, path: Path, wrong: Wrong, every: list[Findings]
) -> None:
    """A slip in a language is an error; a draft is none, and is not read."""
    findings = _findings(translation, every)
    advice = f"Name it like {path.stem}.pt-BR{path.suffix}, or in another way."
    if wrong.advice or _LIKE_A_CODE.match(written):
        findings.error(
            _WHOLE_FILE,
            f"{shown(written)}  is no language, and what stands there in a name says which one {path.name} is in.",
            wrong.advice or advice,
        )
    else:
        text = f"{shown(written)}  is no language, so this file is not read."
        findings.warning(_WHOLE_FILE, text, advice)


def _warn_of_english_twice(path: Path, own: set[str], every: list[Findings]) -> None:
    """The text of an English program is that in English already; in a program of another language a file beside it may be
    the translation into that."""
    spoken = {code: each for code, each in translations_of(path).items() if each.name not in own}
    near = nearest_first(_ENGLISH, spoken)
    if near:
        text = f"Who reads {_ENGLISH} gets this text and never {path.name}, whose version they agree to."
        advice = f"Keep one of the two: {path.name} is that of the program."
        _findings(spoken[near[0]], every).warning(_WHOLE_FILE, text, advice)


def _is_translation(name: str) -> bool:
    """Whether a name says a language: `rules.pt-BR.md`."""
    try:
        Language().parse(Path(Path(name).stem).suffix.removeprefix("."))
    except Wrong:
        return False
    return True


def _findings(path: Path, every: list[Findings]) -> Findings:
    """Where problems of a text beside a program are told."""
    findings = Findings(printable_path(Path("programs", path.name)))
    every.append(findings)
    return findings


def _read(path: Path, else_: str, every: list[Findings]) -> str | None:
    findings = _findings(path, every)
    return _text(findings, read_text(path, findings), else_)


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


def _text(findings: Findings, raw: str | None, else_: str) -> str | None:
    """What both are to agree to, and what to do `else_` where nothing stands there; blanks at its edges are no part of it, so that they make no other version."""
    if raw is None:
        return None
    lines = [line.rstrip() for line in raw.strip().splitlines()]
    text = "\n".join(lines)
    if not text:
        findings.error(
            _WHOLE_FILE,
            "This file is empty, and both are to agree to it.",
            f"Write what the two agree to, or {else_}.",
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
