"""Restore: a backup becomes the store, and everything it still wanted to do waits for a person.

Not a merge: what happened since the backup is observed anew before anything is released (trap 88).
"""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path

from connectors.stores.backup import check_backup, put_in_place
from connectors.stores.beside import leave_out, put_back
from connectors.stores.embedded import EmbeddedStore
from daemon.ports import RESTORED, Hold


def restore(backup: Path, to: Path, *, now: datetime) -> Path | None:
    """Replace the store at `to` by `backup`; answers where the old file is kept, if there was one. Of what lies beside
    it, what is missing is put back, and nothing is replaced.

    UserError when the backup is not whole; then nothing has changed. The caller holds the owner lock.
    """
    check_backup(backup)
    new = to.with_name(f"{to.name}.restoring")
    to.parent.mkdir(parents=True, exist_ok=True)
    new.unlink(missing_ok=True)
    try:
        with closing(EmbeddedStore.open(backup, read_only=True)) as source:
            source.backup(new)
        leave_out(new)
        with closing(EmbeddedStore.open(new)) as store:
            name = f"restore/{now.date().isoformat()}"
            why = "from a backup: it may have been done since"
            store.hold_all(Hold(name, why), now=now)
            store.keep_value(RESTORED, now.isoformat())
        put_back(backup, to.parent)
        return put_in_place(new, to, now)
    finally:
        for end in ("", "-wal", "-shm"):
            new.with_name(new.name + end).unlink(missing_ok=True)
