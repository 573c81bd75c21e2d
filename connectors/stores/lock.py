"""The owner lock: one process at a time runs beats on a data folder (trap 89).

Not needed for reading, and not a record of work: claims with leases are in the store.
"""

from __future__ import annotations

import fcntl
import os
import socket
from datetime import datetime
from pathlib import Path
from types import TracebackType

from daemon.errors import NotNow

FILE = "owner.lock"


class OwnerLock:
    """Held from construction until `release`, or until the process dies, however it dies."""

    def __init__(self, folder: Path, command: str, now: datetime) -> None:
        """Take the folder for `command`; NotNow, which says who holds it, when it is taken."""
        path = folder / FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise NotNow(f"{folder} cannot be used as data folder: {error.strerror}") from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._file)
            who = path.read_text(encoding="utf-8") or "another process, starting just now"
            raise NotNow(
                f"{folder} is already run by {who}: stop that one first, or use another --data"
            ) from None
        # The file is never deleted: a lock on a deleted file would exclude nobody.
        since = now.isoformat(timespec="seconds")
        self._write(f"`{command}`, pid {os.getpid()} on {socket.gethostname()}, since {since}")

    def release(self) -> None:
        """Let the next owner in."""
        self._write("")
        os.close(self._file)

    def __enter__(self) -> OwnerLock:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()

    def _write(self, text: str) -> None:
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, text.encode(), 0)


def owner(folder: Path) -> str | None:
    """Who runs beats on the folder now, as `command, pid, host, since`; None for nobody."""
    try:
        text = (folder / FILE).read_text(encoding="utf-8")
        if not text:
            return None
        file = os.open(folder / FILE, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return text
    finally:
        os.close(file)
    return None
