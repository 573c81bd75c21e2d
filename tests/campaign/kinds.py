"""The two kinds of store that are killed: ours, and TinyDB's own as a control.

Not how they work: here they are only opened by somebody else, and read to the last document.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from connectors.stores.embedded import EmbeddedStore
from daemon.ports import QueueEntry
from run import STORE
from tests.campaign.json_root import JSON, open_json


@dataclass(frozen=True, slots=True)
class Kind:
    """`root` is the composition root that uses it, `file` its name in the data folder, `change_seconds`
    how long a small change takes at most."""

    name: str
    root: tuple[str, ...]
    file: str
    open: Callable[[Path], EmbeddedStore]
    change_seconds: float

    def read(self, data: Path) -> list[QueueEntry]:
        """Decode everything that the store holds; what is in its outboxes. It raises when it cannot."""
        with closing(self.open(data / self.file)) as store:
            for lane in store.lane_names():
                store.world(lane)
                store.notes(lane)
            store.ledger(last=10**9)
            return store.queue()


def _embedded(path: Path) -> EmbeddedStore:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        found = connection.execute("PRAGMA quick_check").fetchall()
    if found != [("ok",)]:
        raise ValueError(f"{path.name} is damaged: {found}")
    return EmbeddedStore.open(path, read_only=True)


EMBEDDED = Kind("TinyDB on SQLite", ("run.py",), STORE, _embedded, 0.004)
CONTROL = Kind(
    "TinyDB's own JSONStorage",
    ("-m", "tests.campaign.json_root"),
    JSON,
    lambda path: open_json(path, None),
    0.025,
)
