"""What is wrong with a template, in the words of whoever writes one.

Not the place of it: render.py finds the line.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any

_NO_NAME = re.compile(r"'(\w+)' is undefined")
_NO_PART = re.compile(r"'(?:[\w.]*\.)?(\w+) object' has no attribute '(\w+)'")


def in_words(error: BaseException, given: Mapping[str, Any]) -> str:
    """An error of Jinja2 without Python in it. `given` is what the template was handed."""
    text = str(error)
    if found := _NO_NAME.fullmatch(text):
        known = [name for name in given if not name.startswith("_")]
        return f"{found[1]} is not known here.{_meant(found[1], known)}"
    if found := _NO_PART.fullmatch(text):
        kind, part = found.groups()
        value = next((each for each in given.values() if type(each).__name__ == kind), None)
        known = [name for name in dir(value) if not name.startswith("_")]
        return f"a {kind.lower()} has no {part}.{_meant(part, known)}"
    return text


def _meant(word: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" Did you mean {near[0]}?" if near else ""
