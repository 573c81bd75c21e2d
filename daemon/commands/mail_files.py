"""The mails in files, folders and pipes that a command is given, one after another.

Not what is in them: daemon/mail/reading. A file that cannot be opened is told, and the next one is read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

STDIN = "-"
BYTES_MAX = 32_000_000
"""Of one mail; what comes behind is not looked at."""


@dataclass(frozen=True, slots=True)
class Found:
    """One mail by the name of its file, or why there is none."""

    file: str
    raw: bytes = b""
    missing: str = ""


def mails(names: Iterable[str]) -> Iterator[Found]:
    """A file is one mail, or an mbox; a folder is a Maildir; `-` is what comes through a pipe."""
    for name in names:
        try:
            yield from _mails_of(name)
        except OSError as why:
            yield Found(name, missing=why.strerror or "it cannot be opened")


def _mails_of(name: str) -> Iterator[Found]:
    if name == STDIN:
        yield from _split(name, sys.stdin.buffer)
    elif Path(name).is_dir():
        yield from _maildir(Path(name))
    else:
        with Path(name).open("rb") as lines:
            yield from _split(name, lines)


def _maildir(folder: Path) -> Iterator[Found]:
    boxes = [folder / part for part in ("new", "cur") if (folder / part).is_dir()]
    if not boxes:
        yield Found(str(folder), missing="it is a folder, but no Maildir with new/ or cur/ in it")
    for box in boxes:
        for path in sorted(box.iterdir()):
            if path.is_file() and path.name[0] != ".":
                try:
                    with path.open("rb") as file:
                        yield Found(str(path), file.read(BYTES_MAX))
                except OSError as why:
                    yield Found(str(path), missing=why.strerror or "it cannot be opened")


def _split(name: str, lines: Iterable[bytes]) -> Iterator[Found]:
    """One mail, or as many as an mbox holds: there each begins with a line `From `, after an empty one."""
    mail, size, count, is_mbox, empty = list[bytes](), 0, 0, False, True
    for line in lines:
        begins = empty and line.startswith(b"From ") and (is_mbox or not mail)
        is_mbox = is_mbox or begins
        if begins and mail:
            count += 1
            yield Found(f"{name}#{count}", b"".join(mail))
            mail, size = [], 0
        elif not begins and size < BYTES_MAX:
            plain = line[1:] if is_mbox and line.lstrip(b">").startswith(b"From ") and line[:1] == b">" else line  # fmt: skip
            mail.append(plain[: BYTES_MAX - size])
            size += len(plain)
        empty = not line.strip(b"\r\n")
    if mail or not count:
        yield Found(f"{name}#{count + 1}" if count else name, b"".join(mail))
