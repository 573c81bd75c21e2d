"""The book of rules: which story shows which row, and which setting; docs/rules.md is made from it.

Not a test: tests/test_rules.py wants every row and every setting to have its story.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from daemon.settings.program_table import PROGRAM
from tests.stories.rows import ROWS

STORIES = Path(__file__).resolve().parent
WITHOUT_RULE = frozenset(
    [
        *("preset", "id", "name", "contact", "mailbox", "timezone", "help_to", "pairings"),
        *(
            "accounts",
            "ok",
            "link",
            "organizer",
            "owner",
            "roster",
            "verify",
            "version",
            "authserv_id",
        ),
    ]
)
"""Settings that name people and places, or have one value only: no rule to tell a story about."""


@dataclass(slots=True)
class Book:
    """`rows` and `settings`: name → the stories that show it, as `file::function`."""

    rows: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    settings: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def read(self, path: Path) -> None:
        """Take in the stories of one file."""
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for mark in node.decorator_list:
                    if isinstance(mark, ast.Call) and getattr(mark.func, "id", "") == "row":
                        self._note(f"{path.name}::{node.name}", mark)

    def _note(self, story: str, mark: ast.Call) -> None:
        for name in mark.args:
            self.rows[ast.literal_eval(name)].append(story)
        for word in mark.keywords:
            for name in ast.literal_eval(word.value):
                self.settings[name].append(story)


def book() -> Book:
    """Every story there is."""
    found = Book()
    for path in sorted(STORIES.glob("test_*.py")):
        found.read(path)
    return found


def missing() -> list[str]:
    """Rows and settings without a story, and settings that stories name but nobody can set."""
    found = book()
    names = {setting.name for setting in PROGRAM}
    wanted = names - WITHOUT_RULE
    return [
        *(f"row {name}" for name in ROWS if name not in found.rows),
        *(f"setting {name}" for name in sorted(wanted) if name not in found.settings),
        *(f"unknown setting {name}" for name in sorted(found.settings) if name not in names),
    ]


def document() -> str:
    """docs/rules.md."""
    found = book()
    lines = [
        "# Rules",
        "",
        "<!-- Made by `python -m tests.stories.book > docs/rules.md`; a test fails when it is out of date. -->",
        "",
        "What follows from what, and which story in tests/stories shows it, literally, before and after.",
        "",
        "| row | rule | stories |",
        "|--|--|--|",
        *(f"| `{name}` | {text} | {_told(found.rows[name])} |" for name, text in ROWS.items()),
        "",
        "## Settings",
        "",
        "Meaning, unit, default and example of each are in [settings.md](settings.md).",
        "",
        "| setting | meaning | stories |",
        "|--|--|--|",
        *(
            f"| `{each.name}` | {each.meaning} | {_told(found.settings[each.name])} |"
            for each in PROGRAM
            if each.name not in WITHOUT_RULE
        ),
    ]
    return "\n".join(lines) + "\n"


def _told(stories: list[str]) -> str:
    return "<br>".join(f"`{story}`" for story in stories)


if __name__ == "__main__":
    print(document(), end="")
