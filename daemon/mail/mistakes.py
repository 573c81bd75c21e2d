"""What is wrong with a template, in the words of whoever writes one.

Not the place of it: render.py finds the line.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import TemplateSyntaxError

from daemon.mail.sandbox import filter_names

_NO_NAME = re.compile(r"'(\w+)' is undefined")
_NO_PART = re.compile(r"'(?:[\w.]*\.)?(\w+) object' has no attribute '(\w+)'")

_OPEN = re.compile(r"Unexpected end of template\..*needs to be closed is '(\w+)'", re.DOTALL)
_CLOSED = re.compile(r"(?:Encountered unknown tag|Unexpected.*tag) '(end\w+|else|elif)'", re.DOTALL)
_TAG = re.compile(r"Encountered unknown tag '(\w+)'")
_FILTER = re.compile(r"No filter named '(\w+)'")
_TAGS = ("if", "elif", "else", "endif", "for", "endfor", "set", "endset", "macro", "endmacro")


def in_words(error: BaseException, given: Mapping[str, Any]) -> str:
    """An error of Jinja2 without Python in it. `given` is what the template was handed."""
    text = str(error)
    if found := _NO_NAME.fullmatch(text):
        known = [name for name in given if not name.startswith("_")]
        return f"{found[1]} is not known here. {meant(found[1], known)}".rstrip()
    if found := _NO_PART.fullmatch(text):
        kind, part = found.groups()
        value = next((each for each in given.values() if type(each).__name__ == kind), None)
        known = [name for name in dir(value) if not name.startswith("_")]
        return f"a {kind.lower()} has no {part}. {meant(part, known)}".rstrip()
    return text


def syntax_in_words(error: TemplateSyntaxError) -> tuple[str, str]:
    """What Jinja2 could not read, and what to write instead."""
    text = error.message or ""
    if found := _OPEN.search(text):
        return (
            f"{{% {found[1]} %}} is opened and never closed",
            f"Write {{% end{found[1]} %}} where it ends.",
        )
    if found := _CLOSED.search(text):
        return f"{{% {found[1]} %}} closes nothing that is open", "Delete it, or open it above."
    if found := _TAG.search(text):
        known = f"Known here: {', '.join(_TAGS)}."
        return f"{{% {found[1]} %}} is not known here", meant(found[1], _TAGS) or known
    if found := _FILTER.search(text):
        return unknown_word("filter", found[1], filter_names())
    return f"this cannot be read: {text}", "Look for braces that do not match: {{ … }} or {% … %}."


def unknown_word(kind: str, word: str, known: Iterable[str]) -> tuple[str, str]:
    """A filter or a test that there is none of."""
    names = list(known)
    return f"the {kind} {word} is not known here", meant(
        word, names
    ) or f"Known here: {', '.join(names)}."


def line_of_syntax(error: TemplateSyntaxError, text: str) -> int:
    """The line to look at: of what is never closed the one that opens it, not the end of the file."""
    found = _OPEN.search(error.message or "")
    if not found:
        return error.lineno
    opened: list[int] = []
    for number, line in enumerate(text.split("\n"), start=1):
        for tag in re.findall(r"{%[-+]?\s*(\w+)", line):
            if tag == found[1]:
                opened.append(number)
            elif tag == f"end{found[1]}" and opened:
                opened.pop()
    return opened[-1] if opened else error.lineno


def meant(word: str, known: Iterable[str]) -> str:
    """The question whether another word was meant, empty where none is near."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"Did you mean {near[0]}?" if near else ""
