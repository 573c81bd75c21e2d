"""`check`: every mistake in configuration and templates at once.

Not a dry run: what a daemon would do next is not looked at, and no data folder is touched.
"""

from __future__ import annotations

from typing import Any

from daemon.commands.folders import Folders
from daemon.commands.waiting import OnProgress, bar
from daemon.commands.wire import Wire
from daemon.mail.fixtures import check as check_templates
from daemon.mail.render import Templates
from daemon.settings import Loaded, Problem, load, report, summary


def check(wire: Wire, where: Folders) -> tuple[Loaded, list[Problem]]:
    """What the folder says, and what is wrong with it or with a template. What is past by the clock is
    warned of."""
    loaded = load(where.config, wire.clock().now().date())
    with bar("templates") as on_progress:
        problems = [*loaded.problems, *template_problems(where, on_progress)]
    return loaded, problems


def template_problems(where: Folders, on_progress: OnProgress = lambda _: None) -> list[Problem]:
    """Every template in every language, every branch rendered against fixtures (trap_77)."""
    return [
        Problem(where.template(each.template), each.line, 1, _sentence(each.why))
        for each in check_templates(Templates(list(where.templates)), on_progress)
    ]


def _sentence(why: str) -> str:
    return why if why.endswith((".", "?", "!")) else f"{why}."


def check_facts(loaded: Loaded, problems: list[Problem]) -> dict[str, Any]:
    """The same for --json."""
    return {
        "ok": not any(each.severity == "error" for each in problems),
        "programs": [program.id for program in loaded.config.programs],
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


def check_words(loaded: Loaded, problems: list[Problem]) -> tuple[str, str]:
    """What goes to stdout, and what to stderr."""
    errors = [each for each in problems if each.severity == "error"]
    if errors:
        return "", report(problems)
    told = report(problems)
    line = summary(loaded.config, loaded.waiting)
    return f"{told}\n{line}" if told else line, ""
