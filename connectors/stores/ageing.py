"""What the store lets go of because it is old, or because a pairing has been closed for long; and how thoroughly.

Not when: the days are in daemon/ageing.py, and for the words of a pair in its own lane (daemon/decide/forgetting.py).
Deleted text is overwritten in the file (`secure_delete`, schema.py); what SQLite's log still has of it goes here.
"""

from __future__ import annotations

from datetime import datetime

from connectors.stores.claims import Claims
from connectors.stores.instants import micros
from daemon.domain.world import Lane

ROWS_AT_ONCE = 5_000
"""A transaction of so many lines keeps nobody waiting for long."""
# The oldest lines are the first ones: a look at them alone costs the same however long the ledger is.
_OLD = """SELECT rowid, key FROM ledger
WHERE rowid < (SELECT MIN(rowid) FROM ledger) + ? AND at < ?"""


class Ageing(Claims):
    """The part of `Store` that forgets; the contract of each public method is daemon/ports."""

    def forget_before(self, before: datetime) -> int:
        """The oldest lines of the ledger; with its last line an effect's key and Message-ID."""
        limits = (ROWS_AT_ONCE, micros(before))
        if not self._rows.read(_OLD, limits):
            return 0
        with self._rows.change():
            waiting = {entry["key"] for _, entry in self._everything_queued()}
            old = self._rows.read(_OLD, limits)
            for number, _ in old:
                self._rows.write("ledger aged", "DELETE FROM ledger WHERE rowid=?", (number,))
            for key in sorted({key for _, key in old if key} - waiting):
                if not self._rows.read("SELECT 1 FROM ledger WHERE key=? LIMIT 1", (key,)):
                    self._rows.write("key aged", "DELETE FROM keys WHERE key=?", (key,))
                    self._rows.write("message aged", "DELETE FROM messages WHERE key=?", (key,))
        return len(old)

    def settle_file(self) -> None:
        """Fold SQLite's log into the file and empty it: it holds pages as they were before a deletion."""
        self._rows.read("PRAGMA wal_checkpoint(TRUNCATE)")

    def _drop_words(self, lane: Lane) -> None:
        """Every note of the pair, and by what the words of letters are known again."""
        self._rows.write("words", "DELETE FROM notes WHERE lane=?", (lane,))
        sql = "UPDATE messages SET marks=x'' WHERE lane=? AND marks<>x''"
        self._rows.write("marks", sql, (lane,))

    def _drop_thread(self, thread: str) -> None:
        """That letters of that chain ever went: nothing that cites them is known any more."""
        self._rows.write("thread", "DELETE FROM messages WHERE lane=?", (thread,))
