"""The control: run.py with a store whose tables lie in one file of TinyDB's own JSONStorage.

Not a store for anybody: it is here to fail under kill -9 (trap finding 2), as the campaign shows.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from run import STORE, Wire

if TYPE_CHECKING:
    from connectors.stores.embedded import EmbeddedStore
    from daemon.domain.program import Config
    from daemon.ports import Ports

JSON = "oneonone.json"
_NAMES = "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'"


def copy_in(path: Path, connection: sqlite3.Connection) -> None:
    """Put everything that the file holds into an empty store; ValueError where it is no JSON."""
    from tinydb.storages import JSONStorage

    with closing(JSONStorage(str(path), access_mode="r")) as storage:
        tables = storage.read() or {}
    for name, rows in tables.items():
        for row in rows.values():
            values = [v.encode("latin-1") if column[:2] == "b:" else v for column, v in row.items()]
            columns = ", ".join(column[2:] for column in row)
            marks = ", ".join("?" * len(values))
            connection.execute(f"INSERT INTO {name}({columns}) VALUES ({marks})", values)


def copy_out(connection: sqlite3.Connection) -> dict[str, dict[str, Any]]:
    """Everything that a store holds as TinyDB's tables; `b:` stands before a column of bytes."""
    tables: dict[str, dict[str, Any]] = {}
    for (name,) in connection.execute(_NAMES).fetchall():
        found = connection.execute(f"SELECT * FROM {name}")
        columns = [column for column, *_ in found.description]
        tables[name] = {
            str(number): {
                f"b:{column}" if isinstance(value, bytes) else f"v:{column}": (
                    value.decode("latin-1") if isinstance(value, bytes) else value
                )
                for column, value in zip(columns, row, strict=True)
            }
            for number, row in enumerate(found, 1)
        }
    return tables


def open_json(path: Path, committed: Callable[[sqlite3.Connection], None] | None) -> EmbeddedStore:
    """The file as a store in memory; `committed` is called at the end of each change."""
    from connectors.stores.embedded import EmbeddedStore

    connection = sqlite3.connect(":memory:", isolation_level=None)

    def probe(name: str) -> None:
        if name == "committed" and committed:
            committed(connection)

    store = EmbeddedStore(connection, probe=probe)
    copy_in(path, connection)
    return store


class JsonWire(Wire):
    """run.py's own wire, with the other store in the place of the embedded one."""

    def __call__(self, config: Config, data: Path) -> Ports:
        """Each change rewrites the file, as JSONStorage does."""
        from tinydb.storages import JSONStorage

        ports = super().__call__(config, data)
        ports.store.close()
        storage = JSONStorage(str(data / JSON))
        store = open_json(data / JSON, lambda connection: storage.write(copy_out(connection)))
        store.free_claims()
        return replace(ports, store=store)


def convert(data: Path) -> None:
    """Put what the embedded store of a folder holds into a file of the other kind."""
    from tinydb.storages import JSONStorage

    with (
        closing(sqlite3.connect(data / STORE)) as connection,
        closing(JSONStorage(str(data / JSON))) as storage,
    ):
        storage.write(copy_out(connection))


if __name__ == "__main__":
    from daemon.cli import main

    main(JsonWire(), sys.argv[1:])
