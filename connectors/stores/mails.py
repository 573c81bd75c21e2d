"""What the store knows of mails that came in: which were heard, and which were dealt with and still lie in their mailbox.

Not the mails themselves, and not what was understood of them: that is in the inboxes of the lanes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from connectors.stores.instants import micros
from connectors.stores.rows import Rows
from daemon.ports import HEARD_FOR, DealtWith


class Mails:
    """The part of `Store` about mails; the contract of each public method is daemon/ports."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def was_heard(self, name: str) -> bool:
        """Whether a mail of that name was heard."""
        return bool(self._rows.read("SELECT 1 FROM heard WHERE name=?", (name,)))

    def dealt_with(self, source: str, before: datetime, most: int) -> list[str]:
        """The names of mails that were dealt with and came before that moment, oldest first."""
        sql = "SELECT name FROM dealt_with WHERE source=? AND at<? ORDER BY at, name LIMIT ?"
        return [name for (name,) in self._rows.read(sql, (source, micros(before), most))]

    def cleared(self, source: str, names: Iterable[str]) -> None:
        """Forget these: they lie there no more."""
        with self._rows.change():
            for name in names:
                sql = "DELETE FROM dealt_with WHERE source=? AND name=?"
                self._rows.write("cleared", sql, (source, name))

    # --- parts of a larger transaction

    def _keep_heard(self, names: Iterable[str], now: datetime) -> None:
        at = micros(now)
        for name in names:
            sql = "INSERT OR REPLACE INTO heard(name, at) VALUES (?,?)"
            if self._rows.write("heard", sql, (name, at)):
                old = micros(now - HEARD_FOR)
                self._rows.write("heard no more", "DELETE FROM heard WHERE at<?", (old,))

    def _keep_dealt_with(self, source: str, mails: Iterable[DealtWith]) -> None:
        for each in mails:
            sql = "INSERT OR IGNORE INTO dealt_with(source, name, at) VALUES (?,?,?)"
            self._rows.write("dealt with", sql, (source, each.name, micros(each.at)))
