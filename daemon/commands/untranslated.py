"""Texts of programs that somebody reads in a language in which nobody has written them: `check` says so.

Not letters (checking.py): a text that is in no other language stands in a letter as its program has it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from daemon.decide.themes import asks_of
from daemon.domain.agenda import Agenda
from daemon.domain.language import nearest_first
from daemon.domain.program import Program
from daemon.mail.render import Templates
from daemon.mail.source import FALLBACK_LANGUAGE
from daemon.mail.words import english
from daemon.settings.banks import language_said
from daemon.settings.preset_files import preset_file, preset_values
from daemon.settings.presets import PRESETS


def untranslated(templates: Templates, program: Program, language: str, config_dir: Path) -> str:
    """What readers in that language read in another one; empty for nothing. Of a language without letters that is said
    anyway."""
    if not templates.speaks(language):
        return ""
    came_along = _came_along()

    def is_foreign(text: str) -> bool:
        """Whether it is in another language: what came along is in English, all else in that of its program."""
        written = FALLBACK_LANGUAGE if text in came_along else program.language
        return not nearest_first(language, [written])

    missing, count, banks = [], 0, ""
    for setting, texts in _lines_of(program).items():
        foreign = [each for each in templates.untranslated(language, texts) if is_foreign(each)]
        if foreign:
            plural = "" if len(foreign) == 1 else "s"
            missing.append(f"{len(foreign)} line{plural} of {setting}")
            count += len(foreign)
    asks = [
        each
        for each in asks_of(program)
        if not nearest_first(language, [each.language or program.language])
    ]
    foreign = templates.untranslated(language, list(dict.fromkeys(each.text for each in asks)))
    if foreign:
        missing.append(f"{len(foreign)} idea{'' if len(foreign) == 1 else 's'} of questions")
        count += len(foreign)
        banks = _in_other_languages(program, language, config_dir)
    text = program.agreement
    if text and not nearest_first(language, dict(text.translations)) and is_foreign(text.text):
        missing.append("the agreement")
        count += 1
    if not missing:
        return ""
    named = english().listed(missing, "and")
    if count == 1:
        return f"{named} is not in {language}: it comes as it stands.{banks}"
    return f"{named} are not in {language}: they come as they stand.{banks}"


def _in_other_languages(program: Program, language: str, config_dir: Path) -> str:
    """The banks of one's own that say they are neither in that language nor in that of the program, which may be a slip."""
    places: dict[str, list[str]] = {}
    for name in program.banks:
        said = language_said(config_dir, name)
        if said and not any(
            nearest_first(each, [said[1]]) for each in (language, program.language)
        ):
            places.setdefault(said[1], []).append(said[0])
    return "".join(
        f" {english().listed(found, 'and')} {'says' if len(found) == 1 else 'say'} language: {each}: "
        f"write the ideas in {language} as well, or correct language: there."
        for each, found in places.items()
    )


def _lines_of(program: Program) -> dict[str, list[str]]:
    """The lines that letters take from a program, by their settings, each once."""
    every = {
        "prep_asks": program.prep_asks,
        "notes_asks": program.notes_asks,
        "meeting_types": _blocks(program.meeting_types),
    }
    return {setting: list(dict.fromkeys(texts)) for setting, texts in every.items()}


def _blocks(agendas: Iterable[Agenda]) -> list[str]:
    return [block.words for agenda in agendas for block in agenda.blocks]


@cache
def _came_along() -> frozenset[str]:
    """The texts of all presets."""
    found: set[str] = set()
    for preset in PRESETS:
        values = preset_values(preset)
        for name in ("prep_asks", "notes_asks"):
            found |= {*values[name].value} if name in values else set()
        if "meeting_types" in values:
            found |= {*_blocks(values["meeting_types"].value)}
        if "agreement" in values:
            path = preset_file(preset).with_name(values["agreement"].value)
            found.add(path.read_text(encoding="utf-8").strip())
    return frozenset(found)
