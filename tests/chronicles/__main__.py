"""`python -m tests.chronicles [FILE …]`: plays chronicles and writes down anew what is decided in them.

Not a test. What changed is to be read in the diff, line by line: that is what it is for.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import sys
from pathlib import Path

import tests.conftest  # noqa: F401  # the zones that pytest reads
from tests.chronicles.chronicle import FOLDER, Chronicle


def played(text: str, name: str) -> str:
    """The chronicle with what every act prints today in the place of what stands there."""
    words = Chronicle().words
    parts: list[str] = []
    for part in doctest.DocTestParser().parse(text, name):
        if isinstance(part, str):
            parts.append(part)
            continue
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(part.source, name, "single"), words)
        first, *rest = part.source.splitlines()
        parts.append("\n".join([f">>> {first}", *(f"... {each}" for each in rest)]) + "\n")
        parts.append(printed.getvalue())
    return "".join(parts)


if __name__ == "__main__":
    paths = [Path(name) for name in sys.argv[1:]] or sorted(FOLDER.glob("*.txt"))
    for path in paths:
        path.write_text(played(path.read_text(encoding="utf-8"), path.name), encoding="utf-8")
        print(path.name)
