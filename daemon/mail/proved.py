"""Whether letters are still as they were proved when this program was made: then `check` need not prove them once more.

Not the proof: proof.py. Its result stands in `.proved` beside the letters, written by `python -m daemon.mail.proved templates`.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

NAME = ".proved"


def digest(folder: Path) -> str:
    """Of every letter in a folder of templates, and of what surrounds it."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != NAME:
            whole.update(f"{path.relative_to(folder).as_posix()}\n".encode())
            whole.update(path.read_bytes())
    return whole.hexdigest()


def is_proved(folder: Path) -> bool:
    """Whether nothing there was changed since."""
    try:
        return (folder / NAME).read_text(encoding="ascii").strip() == digest(folder)
    except (OSError, UnicodeDecodeError):
        return False


if __name__ == "__main__":
    where = Path(sys.argv[1])
    (where / NAME).write_text(f"{digest(where)}\n", encoding="ascii")
