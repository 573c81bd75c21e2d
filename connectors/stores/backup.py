"""Copies of a store: written while it is in use, and put back in its place.

Not a copy of the secrets: the vault's folder is saved apart, or its accounts are connected anew.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from connectors.stores.rows import Rows
from connectors.stores.schema import in_plain_words, open_file
from daemon.errors import NotNow, StoreDamaged, UserError


def copy_out(rows: Rows, to: Path) -> None:
    """A consistent copy in a new file; UserError when there is one already."""
    if to.exists():
        raise UserError(f"{to} exists already: a backup replaces nothing, give a new name")
    if not to.parent.is_dir():
        raise UserError(f"there is no folder {to.parent} to put a backup in")
    partial = to.with_name(f"{to.name}.partial")
    try:
        if rows.path:
            # A second connection reads its own snapshot, so that nobody waits for the copy.
            with closing(open_file(Path(rows.path), read_only=True)) as source:
                _copy(source, partial)
        else:
            with rows.lock:
                _copy(rows.connection, partial)
        os.replace(partial, to)
    except OSError as error:
        raise NotNow(f"{to} cannot be written: {error.strerror}. Name another place") from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def in_memory(path: Path) -> sqlite3.Connection:
    """A connection to a copy in memory, which ends with it; an empty database where there is no file.

    Where no log lies beside the file nobody has it open, and it is read as it is: any other way of opening
    it would leave files of SQLite's behind.
    """
    copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    if path.exists():
        with in_plain_words(str(path)), closing(_reader(path)) as source:
            source.backup(copy)
    return copy


def _reader(path: Path) -> sqlite3.Connection:
    if path.with_name(f"{path.name}-wal").exists():
        return open_file(path, read_only=True)
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def _copy(source: sqlite3.Connection, to: Path) -> None:
    """SQLite's online backup in one step, as one file without a log beside it, on disk at the end."""
    with in_plain_words(str(to)):
        to.unlink(missing_ok=True)
        os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(sqlite3.connect(to, isolation_level=None)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
    with to.open("rb") as file:
        os.fsync(file.fileno())


def check_backup(backup: Path) -> None:
    """Raise UserError unless the file is a whole store that this oneonone can read."""
    if not backup.is_file():
        raise UserError(f"there is no backup at {backup}")
    try:
        open_file(backup, read_only=True).close()
    except StoreDamaged as error:
        raise UserError(
            f"{backup} cannot be read as a backup: {error.__cause__ or error}"
        ) from error


def put_in_place(new: Path, to: Path, now: datetime) -> Path | None:
    """Make `new` the store at `to` at one stroke; what was there is kept under the name answered.

    The caller holds the owner lock.
    """
    kept = to.with_name(f"{to.name}.before-restore-{now:%Y%m%dT%H%M%S}")
    if kept.exists():
        raise UserError(f"{kept} exists already: move it away, then restore again")
    was_there = to.exists()
    if was_there:
        _fold_in_log(to)
        # A log left beside the new file would be read into it, so the log of a file too damaged to fold
        # it in moves first.
        for end in ("-wal", "-shm"):
            beside = to.with_name(to.name + end)
            if beside.exists():
                beside.rename(kept.with_name(kept.name + end))
        _second_name(to, kept)
    os.replace(new, to)
    folder = os.open(to.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return kept if was_there else None


def _fold_in_log(store: Path) -> None:
    """Make the old store one file, unless it is damaged: then nothing of it is touched."""
    try:
        open_file(store, read_only=True).close()
    except UserError:
        return
    with closing(sqlite3.connect(store, isolation_level=None)) as old:
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _second_name(store: Path, kept: Path) -> None:
    try:
        os.link(store, kept)
    except OSError:  # a file system without hard links
        shutil.copy2(store, kept)
