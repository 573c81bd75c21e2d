"""The tables of the embedded store: their text, their version, and how a file of them is opened.

Not what the rows mean: see rows.py, outbox.py and shelf.py.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NoReturn

from daemon.errors import NotNow, StoreDamaged, UserError

VERSION = 1
BUSY_SECONDS_MAX = 30.0

# `rows` has a rowid on purpose: bodies are several KB, and SQLite advises against WITHOUT ROWID for such rows.
# The index covers every question of an idle beat, so that it never touches a body.
_TABLES = """
CREATE TABLE rows(
    lane TEXT NOT NULL, name TEXT NOT NULL, serial INTEGER NOT NULL,
    wake_at INTEGER, since INTEGER, body BLOB NOT NULL, PRIMARY KEY(lane, name));
CREATE INDEX rows_wake ON rows(name, wake_at, since, lane) WHERE wake_at IS NOT NULL;
CREATE TABLE keys(key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE letters(
    key TEXT PRIMARY KEY, message_id TEXT NOT NULL, sender TEXT NOT NULL,
    recipient TEXT NOT NULL, raw BLOB NOT NULL, returned_to TEXT NOT NULL);
CREATE TABLE messages(
    message_id TEXT PRIMARY KEY, lane TEXT NOT NULL, key TEXT NOT NULL,
    person TEXT NOT NULL, seq INTEGER NOT NULL, marks BLOB NOT NULL DEFAULT x'');
CREATE INDEX messages_thread ON messages(lane, person, seq);
CREATE INDEX messages_key ON messages(key);
CREATE TABLE places(
    calendar TEXT NOT NULL, uid TEXT NOT NULL, lane TEXT NOT NULL, shown INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY(calendar, uid)) WITHOUT ROWID;
CREATE INDEX places_unshown ON places(calendar) WHERE shown=0;
CREATE TABLE commitments(person TEXT PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE notes(lane TEXT NOT NULL, body BLOB NOT NULL);
CREATE INDEX notes_lane ON notes(lane);
CREATE TABLE ledger(
    at INTEGER NOT NULL, lane TEXT NOT NULL, key TEXT NOT NULL,
    what TEXT NOT NULL, why TEXT NOT NULL);
CREATE INDEX ledger_lane ON ledger(lane);
CREATE INDEX ledger_key ON ledger(key);
CREATE TABLE cursors(source TEXT PRIMARY KEY, cursor TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE set_aside(
    seen_by TEXT NOT NULL, source TEXT NOT NULL, name TEXT NOT NULL, why TEXT NOT NULL,
    PRIMARY KEY(seen_by, source, name)) WITHOUT ROWID;
CREATE TABLE asked(
    number INTEGER PRIMARY KEY AUTOINCREMENT, word TEXT NOT NULL, key TEXT NOT NULL,
    at INTEGER NOT NULL);
CREATE TABLE heard(name TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX heard_at ON heard(at);
CREATE TABLE dealt_with(
    source TEXT NOT NULL, name TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(source, name)) WITHOUT ROWID;
CREATE INDEX dealt_with_at ON dealt_with(source, at);
CREATE TABLE vals(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


def open_file(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """A connection to the file at `path`, made on first use; checked before anything is read."""
    if read_only and not path.exists():
        raise NotNow(f"there is no store at {path} yet: `run.py start` or `once` makes it")
    if not read_only and not path.exists():
        _make_private(path)
    uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}"
    with in_plain_words(str(path)):
        connection = sqlite3.connect(
            uri, uri=True, timeout=BUSY_SECONDS_MAX, isolation_level=None, check_same_thread=False
        )
        try:
            _check_whole(connection, str(path))
            if read_only and _version(connection) == 0:
                raise UserError(f"{path} is no store of oneonone")
            if not read_only:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("PRAGMA synchronous=FULL")
                connection.execute("PRAGMA secure_delete=ON")  # not every SQLite is built with it
            prepare(connection, str(path))
        except BaseException:
            connection.close()
            raise
    return connection


def prepare(connection: sqlite3.Connection, path: str) -> None:
    """Make the tables in an empty database; refuse one that a newer oneonone has written."""
    version = _version(connection)
    if version > VERSION:
        raise UserError(
            f"{path} was written by a newer oneonone (store version {version}, this one knows "
            f"{VERSION}): upgrade oneonone, or restore a backup of this version"
        )
    if version == 0:
        _make(connection)


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _make_private(path: Path) -> None:
    """An empty file is an empty database; nobody else may read this one, nor SQLite's files beside it."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError as error:
        raise NotNow(f"{path} cannot be made: {error.strerror}") from error


def _make(connection: sqlite3.Connection) -> None:
    """All tables and the version in one transaction: two first starts at once make them once."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _version(connection) == 0:
            for statement in _TABLES.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version={VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _check_whole(connection: sqlite3.Connection, path: str) -> None:
    with closing(connection.execute("PRAGMA quick_check(1)")) as answer:
        (found,) = answer.fetchone()
    if found != "ok":
        raise _damaged(path, found)


def _damaged(path: str, what: str) -> StoreDamaged:
    return StoreDamaged(
        f"the store {path} is damaged ({what}). Nothing was changed. "
        f"Way back: `run.py restore BACKUP`; it keeps the damaged file beside the new one"
    )


_SAID = {
    "SQLITE_FULL": "the disk is full: make room, nothing was half-written in {path}",
    "SQLITE_READONLY": "{path} may not be written to: check its folder, its owner and the disk",
    "SQLITE_CANTOPEN": "{path} cannot be opened: check its folder, its owner and the disk",
    "SQLITE_PERM": "{path} may not be opened: check its folder and its owner",
    "SQLITE_BUSY": "{path} is in use by another program for too long: find it, then try again",
    "SQLITE_IOERR": "the disk refuses {path} ({error}): check room and disk, nothing was half-written",
}


@contextmanager
def in_plain_words(path: str) -> Iterator[None]:
    """Failures of disk and file, said to a person; mistakes in our SQL stay what they are."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise_plainly(error, path)


def raise_plainly(error: sqlite3.DatabaseError, path: str) -> NoReturn:
    """The same for a caller in a hurry, who catches by hand."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        raise _damaged(path, str(error)) from error
    for start, text in _SAID.items():
        if name.startswith(start):
            raise NotNow(text.format(path=path, error=error)) from error
    raise error
