"""Marked: the lines of a reply, sorted by who may see them: private ones, to-dos, goals, introductions, chances, themes to
leave out, and the rest.

Not what the rest says: meaning.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from daemon.domain.people import Role, other
from daemon.mail.reading.lexicon import LANGUAGES, listed, table
from daemon.mail.reading.own_lines import for_next
from daemon.mail.reading.tokens import folded

LINE_CHARACTERS_MAX = 300
WRAPPED = 60
"""A line this long was probably wrapped by the mail program and goes on below."""
ALONE = ("next", "private", "theme_out")
"""Lines for nobody but their writer."""
THEME_CHARACTERS_MAX = 60
THEMES_MOST = 5
"""So many in one mail."""
_QUOTE = "[\"“„«']?"
_AROUND = " \t.!*•-\"'“”„«»"
_ITEM = re.compile(r"^\s*[*•-]")
ONE_TEXT = ("goal", "intro", "chance")
"""Lines that are one text each, for the pair."""
_NAMED = re.compile(r"^[\s*•-]*@([^\W\d_][\w'’-]*)\s*[:：]\s*(.+)$")


@dataclass(slots=True)
class Marked:
    """The lines of a reply, sorted by who may see them."""

    lines: list[str]
    private: list[str]
    next: list[str]
    todos: list[tuple[str, str]]
    goals: list[str]
    intros: list[str]
    themes_out: list[str]
    chances: list[str]

    def of(self, kind: str) -> list[str]:
        """Where lines with this mark go that are one text each."""
        return {"goal": self.goals, "intro": self.intros, "chance": self.chances}[kind]


def by_marks(text: str, partner_first: str, writer: Role) -> Marked:
    """Each line in its place; one that was wrapped goes with the one above."""
    found = Marked([], [], [], [], [], [], [], [])
    goes_on = ""
    for line in text.replace("\r\n", "\n").split("\n"):
        kind, value = _marked(line)
        named = None if kind else _todo_for(line, partner_first, writer)
        if kind in ALONE:
            _alone(found, kind).append(value)
        elif named or (kind == "todo" and value):
            found.todos.append(named or (writer, value[:LINE_CHARACTERS_MAX]))
        elif kind in ONE_TEXT and value:
            found.of(kind).append(value[:LINE_CHARACTERS_MAX])
        elif goes_on and line.strip():
            _goes_on(found, goes_on, line.strip())
        else:
            found.lines.append(line.rstrip())
            goes_on = ""
        goes_on = "todo" if named else kind or goes_on
        # Wrapped by the mail program: what began as private must not end up with the partner.
        if len(line) < WRAPPED and not (goes_on == "theme_out" and _ITEM.match(line)):
            goes_on = kind if kind in ALONE and not value else ""
    return found


def shared_lines(text: str) -> list[str]:
    """The lines that have no mark, as they stand: what is marked as private, a to-do, a goal, an introduction or a chance
    goes nowhere else."""
    return by_marks(text, "", "mentee").lines


def _alone(found: Marked, kind: str) -> list[str]:
    lines = {"private": found.private, "next": found.next, "theme_out": found.themes_out}
    return lines[kind]


def themes_in(lines: list[str]) -> tuple[str, ...]:
    """ "money, my family." → "money" and "my family"."""
    parts = [each.strip(_AROUND) for line in lines for each in re.split(r"[,;]", line)]
    return tuple(dict.fromkeys(each[:THEME_CHARACTERS_MAX] for each in parts if each))[:THEMES_MOST]


def _goes_on(found: Marked, kind: str, line: str) -> None:
    if kind in ALONE:
        _alone(found, kind).append(line)
    elif kind == "todo":
        owner, task = found.todos[-1]
        found.todos[-1] = (owner, f"{task} {line}"[:LINE_CHARACTERS_MAX])
    else:
        lines = found.of(kind)
        lines[-1] = f"{lines[-1]} {line}"[:LINE_CHARACTERS_MAX]


@lru_cache(maxsize=1)
def _marks() -> re.Pattern[str]:
    """`private next:`, `private:`, `todo:`, `goal:`, `intro:`, `chance:` and `leave out:` in every language, at the start of a
    line; the last one also in the quotation marks in which a letter shows it."""
    private = {folded(each) for code in LANGUAGES for each in listed(table(code)["private"])}
    groups = [f"(?P<next>{for_next(private)})"]
    for name in ("private", "todo", *ONE_TEXT, "theme_out"):
        words = {folded(each) for code in LANGUAGES for each in listed(table(code)[name])}
        listed_ = "|".join(re.escape(each) for each in sorted(words, key=len, reverse=True))
        groups.append(f"{_QUOTE if name == 'theme_out' else ''}(?P<{name}>{listed_})")
    return re.compile(rf"^[\s*•>-]*(?:{'|'.join(groups)})\s*[:：]\s*")


def _marked(line: str) -> tuple[str, str]:
    found = _marks().match(folded(line))
    if not found:
        return "", ""
    return str(found.lastgroup), line[found.end() :].strip()


def _todo_for(line: str, partner_first: str, writer: Role) -> tuple[str, str] | None:
    named = _NAMED.match(line)
    if not named:
        return None
    theirs = folded(named[1]) == folded(partner_first)
    return (other(writer) if theirs else writer), named[2].strip()[:LINE_CHARACTERS_MAX]
