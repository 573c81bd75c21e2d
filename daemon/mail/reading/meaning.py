"""What a reply says: commands, private lines, to-dos, and the words to keep.

Not what follows from it (daemon/decide). A command counts only where it stands alone: a digit or a
command word inside a sentence is part of the sentence (trap_76). When in doubt it is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from daemon.domain.observation import Said
from daemon.domain.people import Role, other
from daemon.mail.reading import words

TEXT_CHARACTERS_MAX = 4_000
TODO_CHARACTERS_MAX = 300
TODOS_MAX = 20
FOR_NOBODY_ELSE = ("for-contact", "leave")
"""Commands below which nothing is for the partner, not even what takes them back: LEAVE is asked about anyway."""
_WRAPPED = 60  # a line this long was probably wrapped by the mail program and goes on below

_PRIVATE = re.compile(r"^[\s*•-]*private\s*[:：]\s*(.*)$", re.IGNORECASE)
_TODO = re.compile(r"^[\s*•-]*to-?\s?do\s*[:：]\s*(.+)$", re.IGNORECASE)
_NAMED = re.compile(r"^[\s*•-]*@([^\W\d_][\w'’-]*)\s*[:：]\s*(.+)$")


@dataclass(frozen=True, slots=True)
class Meaning:
    """`todos` are (owner role, text); `private` stays with the writer, `text` is what the pair keeps."""

    said: tuple[Said, ...] = ()
    text: str = ""
    private: str = ""
    todos: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Sorted:
    """The lines of a reply, sorted by who may see them."""

    lines: list[str]
    private: list[str]
    todos: list[tuple[str, str]]


def understand(
    text: str, partner_first: str, writer: Role, own_name: str = "", *, today: date
) -> Meaning:
    """The meaning of a reply that is already free of quotes. `own_name`: how the writer may sign; `today`
    is the writer's."""
    found = _sorted(text, partner_first, writer)
    lines, done = _without_done(words.without_courtesy(found.lines, own_name))
    said, rest = _first_command(lines, today)
    private = found.private
    if said is not None and said.word in FOR_NOBODY_ELSE:
        # What is written below HELP or LEAVE is for nobody in the thread (LETTERS 1.12).
        private, rest = [*private, *rest], []
    kept = "\n".join(rest).strip()[:TEXT_CHARACTERS_MAX]
    return Meaning(
        said=(*((said,) if said else ()), *((done,) if done else ())),
        text=re.sub(r"\n{3,}", "\n\n", kept),
        private="\n".join(private).strip()[:TEXT_CHARACTERS_MAX],
        todos=tuple(found.todos[:TODOS_MAX]),
    )


def _sorted(text: str, partner_first: str, writer: Role) -> _Sorted:
    found = _Sorted([], [], [])
    goes_on = ""
    for line in text.replace("\r\n", "\n").split("\n"):
        private, todo = _PRIVATE.match(line), _todo(line, partner_first, writer)
        if private:
            found.private.append(private[1].strip())
            goes_on = "private"
        elif todo:
            found.todos.append(todo)
            goes_on = "todo"
        elif goes_on == "private" and line.strip():
            found.private.append(line.strip())
        elif goes_on == "todo" and line.strip():
            owner, task = found.todos[-1]
            found.todos[-1] = (owner, f"{task} {line.strip()}"[:TODO_CHARACTERS_MAX])
        else:
            found.lines.append(line.rstrip())
        # Wrapped by the mail program: what began as private must not end up with the partner.
        if len(line) < _WRAPPED:
            goes_on = "private" if private and not private[1].strip() else ""
    return found


def _todo(line: str, partner_first: str, writer: Role) -> tuple[str, str] | None:
    plain = _TODO.match(line)
    if plain:
        return writer, plain[1].strip()[:TODO_CHARACTERS_MAX]
    named = _NAMED.match(line)
    if not named:
        return None
    theirs = named[1].casefold() == partner_first.casefold()
    return (other(writer) if theirs else writer), named[2].strip()[:TODO_CHARACTERS_MAX]


def _without_done(lines: list[str]) -> tuple[list[str], Said | None]:
    """Take out lines like "DONE a b", wherever they stand alone."""
    letters: list[str] = []
    found = False
    kept: list[str] = []
    for line in lines:
        named = words.done_letters(line)
        if named is None:
            kept.append(line)
        else:
            letters += [letter for letter in named if letter not in letters]
            found = True
    return kept, Said("done", letters=tuple(letters)) if found else None


def _first_command(lines: list[str], today: date) -> tuple[Said | None, list[str]]:
    """The command on the first written line, and what is left.

    No command, when what follows takes it back ("Actually, …", "but …", another command).
    """
    at = next((number for number, line in enumerate(lines) if line.strip()), None)
    if at is None:
        return None, []
    said, tail = words.command(lines[at], today)
    if said is None:
        return None, lines
    rest = [*([tail] if tail else []), *lines[at + 1 :]]
    if said.word in FOR_NOBODY_ELSE:
        return said, rest
    return (None, lines) if _taken_back(rest, today) else (said, rest)


def _taken_back(rest: list[str], today: date) -> bool:
    return any(
        words.takes_back(line) or words.command(line, today)[0] is not None
        for line in rest
        if line.strip()
    )
