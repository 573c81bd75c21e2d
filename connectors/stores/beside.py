"""What lies beside the store in its folder, in a backup and out of it: invitations, calendars, mail, the book of alarms.

Not the store itself (backup.py), and not the secrets: the vault's folder is saved apart. What is put back replaces
nothing: a calendar belongs to people, and an invitation that is there is at least as new as what a backup knows.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from connectors.stores.schema import in_plain_words
from daemon.errors import NotNow

FOLDERS = ("invitations", "guest-mails", "calendars", "mail")
FILES = ("alarms.json",)
_TABLE = "CREATE TABLE beside (path BLOB PRIMARY KEY, body BLOB NOT NULL)"


def pack(data: Path, backup: Path) -> int:
    """Put all of it into a backup that was just made; answers how many files. Of what goes meanwhile nothing is kept.

    It is read after the store was copied: what was mailed is written down before the store hears of it.
    """
    count = 0
    with in_plain_words(str(backup)), closing(sqlite3.connect(backup)) as copy:
        copy.execute("BEGIN")
        copy.execute(_TABLE)
        for path in _files(data):
            try:
                body = path.read_bytes()
            except FileNotFoundError:
                continue
            except OSError as why:
                raise NotNow(f"{path} cannot be read: {why.strerror}") from why
            name = os.fsencode(path.relative_to(data))
            copy.execute("INSERT INTO beside(path, body) VALUES (?, ?)", (name, body))
            count += 1
        copy.commit()
    return count


def put_back(backup: Path, data: Path) -> int:
    """Write those files that are not there; answers how many."""
    count = 0
    uri = f"{backup.absolute().as_uri()}?mode=ro"
    with in_plain_words(str(backup)), closing(sqlite3.connect(uri, uri=True)) as copy:
        if not copy.execute("SELECT 1 FROM sqlite_master WHERE name='beside'").fetchone():
            return 0  # made before there was any of it
        for name, body in copy.execute("SELECT path, body FROM beside"):
            path = _place(data, os.fsdecode(name))
            if path is not None and not path.exists():
                _write(path, body)
                count += 1
    return count


def leave_out(store: Path) -> None:
    """The store alone, of a backup that was copied whole."""
    with in_plain_words(str(store)), closing(sqlite3.connect(store, isolation_level=None)) as copy:
        if copy.execute("SELECT 1 FROM sqlite_master WHERE name='beside'").fetchone():
            copy.execute("DROP TABLE beside")
            copy.execute("VACUUM")


def _files(data: Path) -> Iterator[Path]:
    for name in FOLDERS:
        for folder, folders, names in os.walk(data / name):
            folders.sort()
            yield from (Path(folder, each) for each in sorted(names) if _counts(folder, each))
    yield from (data / name for name in FILES if (data / name).is_file())


def _counts(folder: str, name: str) -> bool:
    """A whole file: what is just being written has its name later, and a link leads elsewhere."""
    path = Path(folder, name)
    return path.is_file() and not path.is_symlink() and not name.endswith(".writing")


def _place(data: Path, name: str) -> Path | None:
    """Where it belongs; None for what is no name of ours, whoever has made that file."""
    parts = Path(name).parts
    ours = bool(parts) and (parts[0] in FOLDERS or name in FILES)
    return data.joinpath(*parts) if ours and ".." not in parts else None


def _write(path: Path, body: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(body)
    except OSError as why:
        raise NotNow(f"{path} cannot be written: {why.strerror}") from why
