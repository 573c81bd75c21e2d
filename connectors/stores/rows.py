"""TinyDB on one SQLite file: each lane's tables (those of its state, inbox, outbox, pending) are one row each.

Not TinyDB's JSONStorage, which rewrites everything per change and loses the file in a crash (trap finding 2).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import RLock
from typing import Any

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document

from connectors.stores import outbox
from connectors.stores.schema import in_plain_words, raise_plainly
from daemon.domain.record import STATE_ROWS
from daemon.domain.world import Lane

Probe = Callable[[str], None]
"""Called with the name of the next statement of a transaction; what it raises is a crash there."""

NAMES = (*STATE_ROWS, "inbox", "outbox", "pending")
_STATES: Any = dict[str, dict[str, msgspec.Raw]]


LANES_KNOWN = 200
EMPTY = b"{}"
"""The body of a row without documents."""


@dataclass(slots=True)
class Row:
    """One row. `serial` is the last document number given, so that none is ever given twice; `wake_at`
    and `since` are microseconds, None while nothing in it waits for an instant."""

    body: bytes = EMPTY
    serial: int = 0
    wake_at: int | None = None
    since: int | None = None


class Tables(dict[str, Any]):
    """TinyDB's tables of one lane; a row is decoded when its table is first asked for. What belongs to the
    state is left as text: whoever reads it knows its type."""

    def __init__(self, rows: Mapping[str, Row]) -> None:
        super().__init__()
        self._rows = rows

    def __missing__(self, name: str) -> Any:
        kind = _STATES if name in STATE_ROWS else Any
        self[name] = table = msgspec.json.decode(self._rows[name].body, type=kind)
        return table


class LaneStorage(Storage):
    """One lane's documents in memory; Rows writes those that changed with the transaction."""

    def __init__(self, rows: dict[str, Row]) -> None:
        self.rows = rows
        self.changed = False
        self._tables = Tables(rows)
        self._loaded = {name: (row.body, row.serial, row.wake_at) for name, row in rows.items()}

    def read(self) -> dict[str, dict[str, Any]]:
        """This lane's tables and no other's."""
        return self._tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Keep the change until the transaction ends. TinyDB changes what `read` gave out."""
        assert data is self._tables, "a lane's tables are changed in place"
        self.changed = True

    def empty(self, name: str) -> None:
        """Forget a table without decoding it first."""
        self._tables[name] = {}
        self.changed = True

    def written(self) -> None:
        """The transaction was committed: what is here is what lies in the file."""
        self._loaded = {
            name: (row.body, row.serial, row.wake_at) for name, row in self.rows.items()
        }
        for name in STATE_ROWS:  # large, and replaced as a whole: not worth keeping decoded
            self._tables.pop(name, None)
        self.changed = False

    def writes(self) -> Iterator[tuple[str, Row]]:
        """The rows that differ from what lies in the file, with their wake-ups worked out."""
        for name in self._tables:
            self.rows[name].body = msgspec.json.encode(self._tables[name])
        self._work_out_wake_ups()
        for name, row in self.rows.items():
            if (row.body, row.serial, row.wake_at) != self._loaded[name]:
                yield name, row

    def _changed(self, name: str) -> bool:
        return self.rows[name].body != self._loaded[name][0]

    def _work_out_wake_ups(self) -> None:
        inbox, queue = self.rows["inbox"], self.rows["outbox"]
        if self._changed("inbox"):
            loud = [entry["at"] for entry in self._tables["inbox"].values() if not entry["quiet"]]
            inbox.wake_at = outbox.AT_ONCE if loud else None
            inbox.since = min(loud, default=None)
        if inbox.wake_at is not None:
            # What is unread may outdate what is queued: decided first, claimed afterwards.
            queue.wake_at = queue.since = None
        elif self._changed("inbox") or self._changed("outbox"):
            found = outbox.wake(self._tables["outbox"].values())
            queue.wake_at, queue.since = found or (None, None)


class LaneDB(TinyDB):
    """The TinyDB of one lane, with the tables of its state, inbox, outbox and pending."""

    def __init__(self, rows: dict[str, Row]) -> None:
        self.held = LaneStorage(rows)
        super().__init__(storage=lambda: self.held)

    def append(self, name: str, documents: Iterable[Mapping[str, Any]]) -> None:
        """Put documents at the end of a table, under numbers that were never used in it."""
        self.table(name).insert_multiple(Document(each, self.number(name)) for each in documents)

    def documents(self, name: str) -> list[Document]:
        """All documents of a table, oldest first; an empty one is not even decoded."""
        if not self.held.changed and self.held.rows[name].body == EMPTY:
            return []
        return self.table(name).all()

    def number(self, name: str) -> int:
        """The next number of a table."""
        row = self.held.rows[name]
        row.serial += 1
        self.held.changed = True
        return row.serial


_LOAD = "SELECT name, body, serial, wake_at, since FROM rows WHERE lane=?"
_SAVE = """INSERT INTO rows(lane, name, serial, wake_at, since, body) VALUES (?,?,?,?,?,?)
ON CONFLICT(lane, name) DO UPDATE
SET serial=excluded.serial, wake_at=excluded.wake_at, since=excluded.since, body=excluded.body"""


class Rows:
    """The one connection, its short in-process lock, and transactions over it."""

    def __init__(self, connection: sqlite3.Connection, path: str, probe: Probe | None) -> None:
        self.connection = connection
        self.path = path
        self.lock = RLock()
        self.touched: dict[Lane, LaneDB] = {}
        # Lanes as they were last committed or read, until another connection writes to the file.
        self._known: dict[Lane, LaneDB] = {}
        self.facts: dict[str, Any] = {}
        self.before_flush: Callable[[Mapping[Lane, LaneDB]], None] = lambda touched: None
        self._version = -1
        self._probe = probe
        if connection.in_transaction:
            connection.execute("ROLLBACK")  # what a crashed predecessor on this connection left

    @contextmanager
    def change(self) -> Iterator[None]:
        """One transaction: everything written inside happens, or on any exception nothing."""
        with self.lock:
            assert not self.connection.in_transaction, "transactions do not nest"
            try:
                self.write("begin", "BEGIN IMMEDIATE")
                self._forget_what_changed()
                yield
                self.before_flush(self.touched)
                self._flush()
                self.write("commit", "COMMIT")
                for lane, db in self.touched.items():
                    db.held.written()
                    self._keep(lane, db)
                self._pass("committed")
            except BaseException as error:
                for lane in self.touched:
                    self._known.pop(lane, None)
                self.facts.clear()
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                if isinstance(error, sqlite3.DatabaseError):
                    raise_plainly(error, self.path)
                raise
            finally:
                self.touched.clear()

    def write(self, name: str, sql: str, values: tuple[Any, ...] = ()) -> int:
        """Run one statement of a transaction; answers how many rows it changed."""
        self._pass(name)
        return self.connection.execute(sql, values).rowcount

    def read(self, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
        """Everything a SELECT answers."""
        with self.lock:
            try:
                return self.connection.execute(sql, values).fetchall()
            except sqlite3.DatabaseError as error:
                raise_plainly(error, self.path)

    def each(self, sql: str, values: tuple[Any, ...] = ()) -> Iterator[Any]:
        """What a SELECT answers, row by row, for a caller who holds the lock and may stop early."""
        with in_plain_words(self.path):
            yield from self.connection.execute(sql, values)

    def lane(self, lane: Lane) -> LaneDB:
        """A lane's documents. Inside `change` they are the same ones until it ends."""
        found = self.touched.get(lane)
        if found is None:
            found = self._remembered(lane)
            if self.connection.in_transaction:
                self.touched[lane] = found
        return found

    def _remembered(self, lane: Lane) -> LaneDB:
        """A lane that no other connection can have changed since is not read again."""
        self.look()
        found = self._known.get(lane)
        if found is None:
            found = self._load(lane)
            self._keep(lane, found)
        return found

    def look(self) -> None:
        """Forget everything that is only remembered when another connection has written; none can while a
        transaction of ours lasts."""
        if not self.connection.in_transaction:
            self._forget_what_changed()

    def _forget_what_changed(self) -> None:
        (version,) = self.connection.execute("PRAGMA data_version").fetchone()
        if version != self._version:
            self._version = version
            self._known.clear()
            self.facts.clear()

    def _keep(self, lane: Lane, db: LaneDB) -> None:
        self._known.pop(lane, None)
        self._known[lane] = db
        if len(self._known) > LANES_KNOWN:
            del self._known[next(iter(self._known))]

    def _load(self, lane: Lane) -> LaneDB:
        rows = {name: Row() for name in NAMES}
        for name, body, serial, wake_at, since in self.read(_LOAD, (lane,)):
            rows[name] = Row(body, serial, wake_at, since)
        return LaneDB(rows)

    def _flush(self) -> None:
        for lane, db in self.touched.items():
            if db.held.changed:
                for name, row in db.held.writes():
                    values = (lane, name, row.serial, row.wake_at, row.since, row.body)
                    self.write(f"row {name}", _SAVE, values)

    def _pass(self, name: str) -> None:
        if self._probe is not None:
            self._probe(name)
