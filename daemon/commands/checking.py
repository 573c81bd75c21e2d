"""`check`: every mistake in configuration and templates at once.

Not a dry run: what a daemon would do next is not looked at, and no data folder is written to.
"""

from __future__ import annotations

from typing import Any

from daemon.commands.capacity import too_many
from daemon.commands.differing import overridden
from daemon.commands.folders import Folders
from daemon.commands.founding import founded_twice
from daemon.commands.progress import OnProgress, bar
from daemon.commands.untranslated import untranslated
from daemon.commands.wire import Wire
from daemon.domain.program import Config
from daemon.errors import UserError
from daemon.mail.proof import check as check_templates
from daemon.mail.proved import is_proved
from daemon.mail.render import Templates
from daemon.mail.words import english, is_language
from daemon.ports import Store
from daemon.settings import Loaded, Problem, load, report, summary


def check(wire: Wire, where: Folders) -> tuple[Loaded, list[Problem]]:
    """What the folder says, and what is wrong with it or with a template. What is past by the clock is
    warned of."""
    loaded = load(where.config, wire.clock().now().date())
    with bar("templates") as on_progress:
        of_templates = template_problems(where, on_progress)
    problems = [*loaded.problems, *of_templates]
    if not any(each.severity == "error" for each in problems):
        problems += in_english(loaded.config, where)
    return loaded, [*problems, *([] if loaded.errors else _beside_what_runs(wire, where, loaded))]


def _beside_what_runs(wire: Wire, where: Folders, loaded: Loaded) -> list[Problem]:
    """What the files say in vain, or too much, given what has begun; before anything runs the files alone."""
    try:
        store = wire.beside(where.data, read_only=True)
    except UserError:
        return [*too_many(loaded, None), *founded_twice(loaded, None)]
    try:
        return [
            *_overridden(store, loaded),
            *too_many(loaded, store),
            *founded_twice(loaded, store),
        ]
    finally:
        store.close()


def _overridden(store: Store, loaded: Loaded) -> list[Problem]:
    """Each value that counts no more because the pair agreed on another one (RULES 1)."""
    found = []
    for each in overridden(store, loaded.config):
        file, at = loaded.place(each["pairing"], each["setting"])
        text = f"{each['setting']}: {each['file']}  does not count for {each['pairing']}: the two agreed on {each['agreed']}."
        found.append(Problem(file, at.line, at.column, text, severity="warning"))
    return found


def template_problems(where: Folders, on_progress: OnProgress = lambda _: None) -> list[Problem]:
    """Every template in every language, every branch rendered against fixtures (trap_77), and files of the
    admin's own that no letter is made from. Those that came along, unchanged and alone, were proved with the program."""
    templates = Templates(list(where.templates))
    if all(is_proved(each) for each in where.templates if each.is_dir()):
        return _unused(templates, where)
    wrong = [
        Problem(
            where.template(each.template), each.line, each.column, _sentence(each.why), each.advice
        )
        for each in check_templates(templates, on_progress)
    ]
    return [*wrong, *_unused(templates, where)]


def in_english(config: Config, where: Folders) -> list[Problem]:
    """For each program the languages that somebody reads, and what of them comes in English all the same."""
    templates, found = Templates(list(where.templates)), []
    for program in config.programs:
        lines = [line for line in config.lines if line.program == program.id]
        people = [(each.language, each.name) for line in lines for each in line.people]
        readers: dict[str, dict[str, None]] = {}
        for language, name in [*people, (program.language, program.contact_name)]:
            readers.setdefault(language, {})[name] = None
        for language, names in sorted(readers.items()):
            words = _of_language(templates, language, list(names))
            words = f"{words} {untranslated(templates, program, language, where.config)}".strip()
            if words:
                text = f"{program.name}: {words}"
                found.append(Problem(f"templates/{language}", 0, 0, text, _ADVICE, "warning"))
    return found


_ADVICE = "docs/languages.md tells how letters are written in a language."
_READERS_NAMED = 3


def _of_language(templates: Templates, language: str, readers: list[str]) -> str:
    if not templates.speaks(language):
        more = len(readers) - _READERS_NAMED
        named = english().listed(
            [*readers[:_READERS_NAMED], *([f"{more} more"] if more > 0 else [])], "and"
        )
        return f"no letter is written in {language}, so {named} get{'s' if len(readers) == 1 else ''} English ones."
    missing = templates.missing(language)
    if not missing:
        return ""
    told = "that letter goes" if len(missing) == 1 else "these go"
    return f"{language} has no {english().listed(missing, 'or')}: {told} in English."


def _unused(templates: Templates, where: Folders) -> list[Problem]:
    """A letter in the wrong folder would be missed by nobody before it is read as it was."""
    found = [(path, "No letter is made from this file.") for path in templates.strays()]
    for language in templates.languages():
        if is_language(language):
            continue
        words = f"{language} is the code of no language, so this folder is not used."
        found += [
            (folder / language, words) for folder in where.templates if (folder / language).is_dir()
        ]
    advice = "A letter of your own is templates/LANGUAGE/NAME.md, like templates/en/notes.md, with the NAME of a shipped one."
    return [
        Problem(where.template(str(path)), 0, 0, text, advice, "warning") for path, text in found
    ]


def _sentence(why: str) -> str:
    return why if why.endswith((".", "?", "!")) else f"{why}."


def check_facts(loaded: Loaded, problems: list[Problem]) -> dict[str, Any]:
    """The same for --json."""
    return {
        "ok": not any(each.severity == "error" for each in problems),
        "programs": [
            {
                "id": program.id,
                "name": program.name,
                "owner": program.owner,
                "version": program.version,
                "pairings": sum(line.program == program.id for line in loaded.config.lines),
            }
            for program in loaded.config.programs
        ],
        "pairings": len(loaded.config.lines),
        "waiting": len(loaded.waiting),
        "rehearsal": loaded.config.rehearsal,
        "problems": [
            {
                "file": each.file,
                "line": each.line,
                "column": each.column,
                "severity": each.severity,
                "text": each.text,
                "advice": each.advice,
            }
            for each in problems
        ],
    }


def check_words(loaded: Loaded, problems: list[Problem], options: str) -> tuple[str, str]:
    """What goes to stdout, and what to stderr; the next command has the same `options`."""
    errors = [each for each in problems if each.severity == "error"]
    if errors:
        return "", report(problems)
    told = report(problems)
    line = f"{summary(loaded.config, loaded.waiting)}{options}"
    return f"{told}\n{line}" if told else line, ""
